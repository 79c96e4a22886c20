//! The pages' boxes, read and judged (ISO 32000-1, 14.11.2).

use super::catalogue::Rule;
use super::geometry::{POINTS, Rect};
use super::notes::Notes;
use super::{Purpose, Wanted};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// How far boxes may differ and still be called the same, in millimetres.
const SAME: f64 = 0.1;
/// The size of a page that says none, in points (A4).
const USUAL: Rect = Rect { left: 0.0, bottom: 0.0, right: 595.276, top: 841.89 };

/// A page's boxes in points of its own space.
#[derive(Debug, Clone)]
pub struct Page {
    /// Counted from 1.
    pub number: usize,
    pub(super) id: ObjectId,
    /// The whole sheet.
    pub media: Rect,
    /// What is left after cutting; where no box says it, what is shown.
    pub trim: Rect,
    /// Clockwise turn for viewing in degrees.
    pub rotate: i64,
    said_trim: bool,
    said_art: bool,
    said_bleed: Option<Rect>,
    shown: Rect,
    unit: Option<f64>,
    separated: bool,
}

impl Page {
    /// What is printed with so many millimetres of bleed.
    pub(super) fn bleed(&self, wanted: f64) -> Rect {
        self.trim.grown(wanted.max(0.0) * POINTS)
    }

    /// Width and height of the trim in millimetres.
    pub fn size(&self) -> (f64, f64) {
        (self.trim.width() / POINTS, self.trim.height() / POINTS)
    }

    pub(super) fn read(document: &Document, number: usize, id: ObjectId) -> Page {
        let empty = Dictionary::new();
        let dict = document.get_dictionary(id).unwrap_or(&empty);
        let own = |key: &[u8]| Rect::read(document, dict.get_deref(key, document).ok()?);
        let from = |key: &[u8]| Rect::read(document, inherited(document, dict, key)?);
        let media = from(b"MediaBox").unwrap_or(USUAL);
        let shown = from(b"CropBox").map(|c| c.meet(&media)).filter(|c| !c.is_empty()).unwrap_or(media);
        let (trim, art) = (own(b"TrimBox"), own(b"ArtBox"));
        let turn = inherited(document, dict, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0);
        Page {
            number,
            id,
            media,
            trim: trim.or(art).unwrap_or(shown),
            rotate: turn.rem_euclid(360),
            said_trim: trim.is_some(),
            said_art: art.is_some(),
            said_bleed: own(b"BleedBox"),
            shown,
            unit: dict.get(b"UserUnit").ok().and_then(|o| super::geometry::number(document, o)),
            separated: dict.has(b"SeparationInfo"),
        }
    }

    /// Judges the boxes of this page alone.
    pub(super) fn judge(&self, wanted: &Wanted<'_>, notes: &mut Notes) {
        let page = self.number;
        if self.rotate != 0 {
            notes.page(Rule::ROTATED, page, || format!("page {page} is turned by {} degrees for viewing", self.rotate));
        }
        if let Some(unit) = self.unit.filter(|u| (u - 1.0).abs() > 1e-6) {
            notes.page(Rule::USER_UNIT, page, || format!("page {page} is measured in units of {unit} points"));
        }
        if self.separated {
            notes.page(Rule::PRESEPARATED, page, || format!("page {page} is one plate of a page"));
        }
        if !self.said_trim && !self.said_art {
            notes.page(Rule::NO_TRIM, page, || format!("page {page} has no trim box"));
            return;
        }
        if self.said_trim && self.said_art {
            notes.page(Rule::TRIM_AND_ART, page, || format!("page {page} has a trim box and an art box"));
        }
        if let Some(message) = self.nesting() {
            notes.page(Rule::NOT_NESTED, page, || format!("page {page}: {message}"));
            return;
        }
        self.judge_bleed(wanted, notes);
    }

    fn nesting(&self) -> Option<String> {
        let tolerance = SAME * POINTS;
        if !self.media.holds(&self.trim, tolerance) {
            return Some("the trim box lies outside the media box".to_owned());
        }
        let bleed = self.said_bleed?;
        if !bleed.holds(&self.trim, tolerance) {
            return Some("the trim box lies outside the bleed box".to_owned());
        }
        (!self.media.holds(&bleed, tolerance)).then(|| "the bleed box lies outside the media box".to_owned())
    }

    fn judge_bleed(&self, wanted: &Wanted<'_>, notes: &mut Notes) {
        let (page, bleed) = (self.number, wanted.bleed);
        if bleed <= 0.0 {
            return;
        }
        if self.trim.holds(&self.media, SAME * POINTS) {
            notes.page(Rule::TRIM_IS_MEDIA, page, || {
                format!("page {page} ends at its trim box: there is no room for {bleed:.1} mm of bleed")
            });
            return;
        }
        let room =
            self.said_bleed.unwrap_or(if self.shown.holds(&self.bleed(bleed), 0.3) { self.shown } else { self.media });
        let least = [
            self.trim.left - room.left,
            self.trim.bottom - room.bottom,
            room.right - self.trim.right,
            room.top - self.trim.top,
        ]
        .into_iter()
        .fold(f64::MAX, f64::min)
            / POINTS;
        if least < bleed - SAME {
            notes.page(Rule::BLEED_SMALL, page, || {
                format!("page {page} has {:.1} mm of bleed; the shop asks {bleed:.1} mm", least.max(0.0))
            });
        } else if self.said_bleed.is_none() {
            notes.page(Rule::NO_BLEED_BOX, page, || format!("page {page} has no bleed box"));
        }
    }
}

/// A value that a page does not say may be its parents'.
pub(super) fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// Judges the pages together.
pub(super) fn judge(pages: &[Page], wanted: &Wanted<'_>, notes: &mut Notes, unchecked: &mut Vec<String>) {
    pages.iter().for_each(|page| page.judge(wanted, notes));
    match wanted.purpose {
        Purpose::Issue => {
            sizes(pages, wanted.shop.spreads, notes);
            extent(pages.len(), wanted, notes);
        }
        Purpose::Cover { page, inner_pages } => {
            cover(pages, wanted, (page.0.0, page.1.0), *inner_pages, notes, unchecked)
        }
        Purpose::Advert { trim, .. } => advert(pages, (trim.0.0, trim.1.0), notes),
    }
}

fn same(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.25 && (a.1 - b.1).abs() < 0.25
}

/// Pages of another size than most; a shop that takes spreads takes their halves too.
fn sizes(pages: &[Page], spreads: bool, notes: &mut Notes) {
    let mut counts: BTreeMap<(i64, i64), (usize, (f64, f64))> = BTreeMap::new();
    for page in pages {
        let (w, h) = page.size();
        counts.entry(((w * 4.0).round() as i64, (h * 4.0).round() as i64)).or_insert((0, (w, h))).0 += 1;
    }
    // Of two sizes that are as frequent, the earlier page's counts.
    let Some(most) = counts.values().map(|c| c.0).max() else { return };
    let usual = pages
        .iter()
        .map(Page::size)
        .find(|size| counts.values().any(|(count, known)| *count == most && same(*size, *known)));
    let Some(usual) = usual else { return };
    for page in pages.iter().filter(|p| !same(p.size(), usual)) {
        let ((w, h), number) = (page.size(), page.number);
        let double = same((w, h), (usual.0 * 2.0, usual.1));
        if spreads && (double || same((w * 2.0, h), usual)) {
            continue;
        }
        let rule = if double { Rule::SPREAD } else { Rule::PAGE_SIZES };
        notes.page(rule, number, || match double {
            true => format!("page {number} is two pages side by side ({w:.1} x {h:.1} mm)"),
            false => format!("page {number} is {w:.1} x {h:.1} mm; others are {:.1} x {:.1} mm", usual.0, usual.1),
        });
    }
}

fn extent(count: usize, wanted: &Wanted<'_>, notes: &mut Notes) {
    let multiple = wanted.shop.multiple_of.max(1) as usize;
    if !count.is_multiple_of(multiple) && !wanted.shop.spreads {
        notes.file(Rule::EXTENT, format!("{count} pages are no multiple of {multiple}"));
    }
}

fn cover(
    pages: &[Page],
    wanted: &Wanted<'_>,
    (width, height): (f64, f64),
    inner: usize,
    notes: &mut Notes,
    unchecked: &mut Vec<String>,
) {
    let Some(spine) = wanted.shop.spine(inner) else {
        unchecked.push("the spine: the shop's profile does not say how thick the paper is".to_owned());
        return;
    };
    let asked = (2.0 * width + spine.0, height);
    for page in pages {
        let ((w, h), number) = (page.size(), page.number);
        if (w - asked.0).abs() > 0.3 || (h - asked.1).abs() > 0.3 {
            notes.page(Rule::SPINE, number, || {
                format!(
                    "the cover is {w:.1} x {h:.1} mm; with a spine of {:.1} mm for {inner} pages it must be {:.1} x {:.1} mm",
                    spine.0, asked.0, asked.1
                )
            });
        }
    }
}

fn advert(pages: &[Page], slot: (f64, f64), notes: &mut Notes) {
    if pages.len() > 1 {
        notes.file(Rule::ADVERT_PAGES, format!("the file has {} pages; an advert is one", pages.len()));
    }
    let Some(page) = pages.first() else { return };
    let (mut w, mut h) = page.size();
    if page.rotate % 180 == 90 {
        (w, h) = (h, w);
    }
    if (w - slot.0).abs() > 0.5 || (h - slot.1).abs() > 0.5 {
        notes.page(Rule::ADVERT_SIZE, 1, || {
            format!("the advert is {w:.1} x {h:.1} mm; booked are {:.1} x {:.1} mm", slot.0, slot.1)
        });
    }
}
