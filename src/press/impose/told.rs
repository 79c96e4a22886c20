//! What is said of the sheets: on the screen, and in the slug line of each.

use super::geometry::Page;
use super::plan::Plan;
use super::write::Laid;
use super::{Binding, Job, Method};
use crate::manifest::Mm;
use crate::press::marks::MM;
use std::fmt;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTold {
    /// The signature to which it belongs, from 1.
    pub signature: usize,
    /// Its place in the signature, from 1, the outermost first.
    pub place: usize,
    /// Its forms: the pages of each, from 1, in the order of reading; `None` is blank.
    pub forms: Vec<Vec<Option<usize>>>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Pages of the source.
    pub extent: usize,
    /// Places in the reading order, from 1, that are blank.
    pub blanks: Vec<usize>,
    /// Pages of each signature, in order.
    pub signatures: Vec<usize>,
    /// The sheets in the order of the file.
    pub sheets: Vec<SheetTold>,
    /// Each sheet's size as it lies: width and height.
    pub sizes: Vec<(Mm, Mm)>,
    /// How far the innermost pages were moved towards the spine.
    pub creep: Mm,
    /// What is kept beyond the trim.
    pub bleed: Mm,
    /// What the pages have beyond the trim.
    pub bleed_given: Mm,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    binding: Binding,
    method: Method,
}

/// Gathers what is to be said.
pub(super) fn tell(job: &Job, page: &Page, plan: &Plan, sheets: &[Laid<'_>], right_to_left: bool) -> Told {
    let told = |laid: &Laid<'_>| {
        let shown = |form: &Vec<super::fold::Cell>| {
            let mut slots: Vec<usize> = form.iter().filter_map(|c| laid.sheet.slots.get(c.page).copied()).collect();
            slots.sort_unstable();
            slots.into_iter().map(|slot| plan.pages.get(slot).copied().flatten().map(|p| p + 1)).collect()
        };
        let forms = laid.layout.forms.iter().map(shown).collect();
        SheetTold { signature: laid.sheet.signature + 1, place: laid.sheet.place + 1, forms }
    };
    let deepest = |laid: &Laid<'_>| (0..laid.sheet.slots.len()).map(|p| laid.sheet.depth(p)).max().unwrap_or(0);
    let blank = |(n, page): (usize, &Option<usize>)| page.is_none().then_some(n + 1);
    Told {
        extent: plan.pages.iter().flatten().count(),
        blanks: plan.pages.iter().enumerate().filter_map(blank).collect(),
        signatures: plan.signatures.clone(),
        sheets: sheets.iter().map(told).collect(),
        sizes: sheets.iter().map(|l| (Mm(l.place.width / MM), Mm(l.place.height / MM))).collect(),
        creep: Mm(sheets.iter().map(|l| page.creep(deepest(l))).fold(0.0, f64::max) / MM),
        bleed: Mm(page.bleed / MM),
        bleed_given: Mm(page.given / MM),
        right_to_left,
        binding: job.binding,
        method: job.method,
    }
}

/// The slug line of a form.
pub(super) fn slug(job: &Job, plan: &Plan, laid: &Laid<'_>, form: usize) -> String {
    let in_signature = plan.sheets.iter().filter(|s| s.signature == laid.sheet.signature).count();
    let side = match (job.method.is_one_form(), form) {
        (true, _) => "both sides",
        (false, 0) => "front",
        (false, _) => "back",
    };
    let signature = format!("signature {} of {}", laid.sheet.signature + 1, plan.signatures.len());
    let sheet = format!("sheet {} of {in_signature}", laid.sheet.place + 1);
    [job.name.as_str(), &signature, &sheet, side, job.method.name()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Numbers as people write them: `1-8, 57-64, blank`.
fn ranges(pages: &[Option<usize>]) -> String {
    let mut list: Vec<(Option<usize>, usize)> = Vec::new();
    for page in pages {
        match (list.last_mut(), page) {
            (Some((Some(first), count)), Some(page)) if *first + *count == *page => *count += 1,
            (Some((None, count)), None) => *count += 1,
            _ => list.push((*page, 1)),
        }
    }
    let text = |(first, count): &(Option<usize>, usize)| match (first, count) {
        (None, 1) => "blank".to_owned(),
        (None, n) => format!("{n} blank"),
        (Some(first), 1) => first.to_string(),
        (Some(first), 2) => format!("{first}, {}", first + 1),
        (Some(first), n) => format!("{first}-{}", first + n - 1),
    };
    list.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

impl Told {
    fn paper(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sizes: Vec<String> = Vec::new();
        for (width, height) in &self.sizes {
            let size = format!("{:.0} x {:.0} mm", width.0, height.0);
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
        let forms: usize = self.sheets.iter().map(|s| s.forms.len()).sum();
        let sheets = counted(self.sheets.len(), "sheet", "sheets");
        writeln!(f, "{sheets} of {}, {}: {}", sizes.join(" and "), counted(forms, "form", "forms"), self.turning())
    }

    fn turning(&self) -> &'static str {
        match self.method {
            Method::Sheetwise => "front and back in turn; turn the sheets like the leaves of a book",
            Method::Perfecting => "front and back in turn; the press turns the sheets over their lower edge",
            Method::WorkAndTurn => "print both sides from one form, turn like a leaf, cut upright into two copies",
            Method::WorkAndTumble => {
                "print both sides from one form, turn over the lower edge, cut across into two copies"
            }
        }
    }

    fn binding(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (how, place) = match self.binding {
            Binding::Saddle => ("saddle stitch, one inside the other", "the innermost"),
            Binding::Perfect => ("perfect bound, one after the other", "last but one"),
        };
        let direction = if self.right_to_left { ", read from right to left" } else { "" };
        let pages: Vec<String> = self.signatures.iter().map(ToString::to_string).collect();
        let signatures = counted(self.signatures.len(), "signature", "signatures");
        writeln!(f, "{signatures} ({} pages): {how}{direction}", pages.join(" + "))?;
        let most = self.signatures.iter().max();
        match self.signatures.iter().position(|n| Some(n) != most) {
            Some(at) if self.signatures.len() > 1 => {
                writeln!(f, "the smaller signature of {} pages is number {}, {place}", self.signatures[at], at + 1)
            }
            _ => Ok(()),
        }
    }
}

impl Told {
    /// What comes of creep and bleed at the pages' edges.
    fn edges(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.bleed_given.0.min(self.bleed.0.max(f64::MIN_POSITIVE));
        if self.bleed_given.0 < 0.05 {
            writeln!(f, "note: the pages have no bleed: what should run off them may show a white edge")?;
        } else if self.bleed_given.0 + 0.05 < self.bleed.0 {
            let (has, wanted) = (self.bleed_given.0, self.bleed.0);
            writeln!(f, "note: the pages have {has:.1} mm of bleed, less than the {wanted:.1} mm that is kept")?;
        }
        if self.creep.0 > 0.0 {
            writeln!(f, "creep: the innermost pages moved {:.2} mm towards the spine", self.creep.0)?;
        }
        if self.creep.0 > given && given >= 0.05 {
            writeln!(f, "note: that is more than the bleed of {given:.1} mm: paper may show at the face")?;
        }
        Ok(())
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.paper(f)?;
        self.binding(f)?;
        match self.blanks.as_slice() {
            [] => writeln!(f, "{} pages, none blank", self.extent)?,
            blanks => {
                let places: Vec<Option<usize>> = blanks.iter().map(|n| Some(*n)).collect();
                let added = counted(blanks.len(), "blank page", "blank pages");
                writeln!(f, "{} pages and {added} added, in place {}", self.extent, ranges(&places))?;
            }
        }
        self.edges(f)?;
        for sheet in &self.sheets {
            let forms: Vec<String> = sheet.forms.iter().map(|form| ranges(form)).collect();
            let pages = match forms.as_slice() {
                [front, back] => format!("front {front}; back {back}"),
                all => all.join("; "),
            };
            writeln!(f, "  signature {} sheet {}: {pages}", sheet.signature, sheet.place)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_in_ranges() {
        let pages = [Some(1), Some(2), Some(3), Some(9), None, None, Some(20), Some(21)];
        assert_eq!(ranges(&pages), "1-3, 9, 2 blank, 20, 21");
        assert_eq!(ranges(&[]), "");
    }
}
