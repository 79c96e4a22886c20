//! Which pages go on which sheet: the extent filled up, parted into signatures, and those into sheets.
//!
//! Every page of the source stands on exactly one sheet; what is added is blank and told.

use super::{Binding, Blanks, Refusal};

/// A sheet of paper in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The signature to which it belongs, from 0.
    pub(super) signature: usize,
    /// Its place in the signature, from 0, the outermost first.
    pub(super) place: usize,
    /// The place in the reading order of each of its pages, as the folded sheet is read.
    pub(super) slots: Vec<usize>,
    /// How many spreads lie around it.
    pub(super) around: usize,
}

impl Sheet {
    /// How many spreads lie around the one on which a page of the sheet stands.
    pub(super) fn depth(&self, page: usize) -> usize {
        let (leaf, leaves) = (page / 2, self.slots.len() / 2);
        self.around + leaf.min(leaves.saturating_sub(1 + leaf))
    }
}

/// What becomes of all pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// The source's page at each place of the reading order; `None` is blank.
    pub(super) pages: Vec<Option<usize>>,
    /// The pages of each signature.
    pub(super) signatures: Vec<usize>,
    pub(super) sheets: Vec<Sheet>,
}

/// Parts the extent. `fits` says whether a sheet can be folded to so many pages on the paper.
pub(super) fn plan(
    extent: usize,
    signature: usize,
    binding: Binding,
    blanks: Blanks,
    fits: &dyn Fn(usize) -> bool,
) -> Result<Plan, Refusal> {
    let pages = filled(extent, blanks);
    let mut signatures = vec![signature; pages.len() / signature];
    match pages.len() % signature {
        0 => {}
        rest if binding == Binding::Saddle => signatures.push(rest),
        // A thin signature at the very end comes loose easily: it stands last but one.
        rest => signatures.insert(signatures.len().saturating_sub(1), rest),
    }
    let mut plan = Plan { pages, signatures, sheets: Vec::new() };
    let (mut first, mut last, mut around) = (0, plan.pages.len(), 0);
    for (number, pages) in plan.signatures.iter().enumerate() {
        let (mut low, mut high) = match binding {
            Binding::Saddle => (first, last),
            Binding::Perfect => (first, first + pages),
        };
        if binding == Binding::Perfect {
            around = 0;
        }
        for (place, count) in sheets(*pages, fits)?.into_iter().enumerate() {
            let slots = (low..low + count / 2).chain(high - count / 2..high).collect();
            plan.sheets.push(Sheet { signature: number, place, slots, around });
            (low, high, around) = (low + count / 2, high - count / 2, around + count / 4);
        }
        match binding {
            Binding::Saddle => (first, last) = (low, high),
            Binding::Perfect => first += pages,
        }
    }
    Ok(plan)
}

/// The pages with blank ones where the trade puts them.
fn filled(extent: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let added = extent.next_multiple_of(4) - extent;
    let after = match blanks {
        Blanks::AtEnd => 0,
        // So few pages have no cover.
        Blanks::BeforeBackCover if extent < 4 => 0,
        // The back of the cover stays the back: the last leaf if the extent has whole leaves, or else the last page.
        Blanks::BeforeBackCover => 2 - extent % 2,
    };
    let (before, after) = (0..extent - after, extent - after..extent);
    before.map(Some).chain(std::iter::repeat_n(None, added)).chain(after.map(Some)).collect()
}

/// The sheets of one signature, the outermost first: as few as can be.
fn sheets(pages: usize, fits: &dyn Fn(usize) -> bool) -> Result<Vec<usize>, Refusal> {
    let possible: Vec<usize> = super::fold::sizes().rev().filter(|size| *size <= pages && fits(*size)).collect();
    let even = possible.iter().find(|size| pages.is_multiple_of(**size)).map(|size| vec![*size; pages / size]);
    let (mut rest, mut greedy) = (pages, Vec::new());
    for size in &possible {
        while rest >= *size {
            greedy.push(*size);
            rest -= size;
        }
    }
    // An inner sheet that is larger than the one around it folds badly, so the largest is outermost in both.
    match even {
        Some(even) if even.len() <= greedy.len() || rest > 0 => Ok(even),
        _ if rest == 0 && !greedy.is_empty() => Ok(greedy),
        _ => Err(Refusal::new(format!("a signature of {pages} pages cannot be folded from sheets of this size"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(extent: usize, signature: usize, binding: Binding, most: usize) -> Plan {
        plan(extent, signature, binding, Blanks::AtEnd, &|n| n <= most).unwrap()
    }

    #[test]
    fn saddle_nests_all_and_perfect_gathers() {
        let saddle = made(64, 16, Binding::Saddle, 16);
        assert_eq!(saddle.sheets.len(), 4);
        assert_eq!(saddle.sheets[0].slots[7..9], [7, 56]);
        assert_eq!(saddle.sheets[3].slots, (24..40).collect::<Vec<_>>());
        assert_eq!((saddle.sheets[3].around, saddle.sheets[3].depth(7)), (12, 15));
        let perfect = made(64, 16, Binding::Perfect, 4);
        assert_eq!(perfect.sheets.len(), 16);
        assert_eq!(perfect.sheets[5].slots, [18, 19, 28, 29]);
        assert_eq!((perfect.sheets[4].around, perfect.sheets[5].around), (0, 1));
    }

    #[test]
    fn the_small_signature_is_innermost_or_last_but_one() {
        assert_eq!(made(56, 16, Binding::Saddle, 16).signatures, [16, 16, 16, 8]);
        assert_eq!(made(56, 16, Binding::Perfect, 16).signatures, [16, 16, 8, 16]);
        assert_eq!(made(8, 16, Binding::Perfect, 16).signatures, [8]);
        assert_eq!(made(20, 16, Binding::Perfect, 16).signatures, [4, 16]);
        assert_eq!(made(20, 20, Binding::Perfect, 16).sheets.len(), 2);
    }

    #[test]
    fn blanks_stand_before_the_back_cover_or_at_the_end() {
        let places = |extent, blanks| {
            let pages = filled(extent, blanks);
            let blank: Vec<usize> = (0..pages.len()).filter(|n| pages[*n].is_none()).collect();
            assert_eq!(pages.iter().flatten().copied().collect::<Vec<_>>(), (0..extent).collect::<Vec<_>>());
            blank
        };
        assert_eq!(places(62, Blanks::BeforeBackCover), [60, 61]);
        assert_eq!(places(61, Blanks::BeforeBackCover), [60, 61, 62]);
        assert_eq!(places(62, Blanks::AtEnd), [62, 63]);
        assert_eq!(places(2, Blanks::BeforeBackCover), [2, 3]);
        assert!(places(64, Blanks::AtEnd).is_empty());
    }
}
