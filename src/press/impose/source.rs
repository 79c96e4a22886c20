//! The PDF that is imposed: its pages' boxes, and its pages as forms.
//!
//! A page's content that is one stream is moved as it stands; what is in parts is joined. Resources are shared, not copied.

use super::{Refusal, refuse};
use crate::press::marks::{Rect, Spot};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// What one stream may unpack to, in bytes.
const LARGEST: usize = 128 << 20;
/// What the content of all pages may come to, in bytes: pages may share a stream, forms do not.
const ALL_CONTENT: usize = 512 << 20;
/// Pages that are imposed at most.
const MOST_PAGES: usize = 4000;
/// Spot inks that have patches of their own.
const MOST_SPOTS: usize = 12;
/// Sides of a page in points: smaller or larger is damage.
const SIDES: std::ops::RangeInclusive<f64> = 20.0..=15_000.0;
/// Sizes that differ by less are the same, in points.
const CLOSE: f64 = 0.75;

/// A page's boxes in its own units, and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Boxes {
    pub(super) trim: Rect,
    pub(super) bleed: Rect,
    /// Quarter turns clockwise.
    quarters: i64,
    /// Points in a unit.
    unit: f64,
}

/// What all pages have in common, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Trimmed {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The bleed that every side of some page has.
    pub(super) bleed: f64,
}

/// An opened PDF.
pub(super) struct Source {
    pub(super) document: Document,
    ids: Vec<ObjectId>,
    pub(super) pages: Vec<Boxes>,
    /// What it says of its reading direction.
    pub(super) right_to_left: bool,
}

/// Reads a file that is whole and open to all.
fn loaded(pdf: &[u8]) -> Result<Document, Refusal> {
    if !pdf.get(..1024.min(pdf.len())).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-")) {
        return refuse("the file is no PDF");
    }
    // The reader mends what it can; of a file that was not copied to the end it would show a part, and pages would be lost.
    let tail = pdf.get(pdf.len().saturating_sub(2048)..).unwrap_or_default();
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        return refuse(
            "the file is cut off, its end is missing: copy it again, and compare its size with the original's",
        );
    }
    let options = LoadOptions { max_decompressed_size: Some(LARGEST), ..Default::default() };
    let document = match Document::load_mem_with_options(pdf, options) {
        Ok(document) => document,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => return locked(),
        Err(error) => {
            let why = error.to_string().to_lowercase();
            return refuse(format!("the file cannot be read ({why}): export it anew"));
        }
    };
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return locked();
    }
    Ok(document)
}

/// Opens a PDF.
pub(super) fn open(pdf: &[u8]) -> Result<Source, Refusal> {
    let document = loaded(pdf)?;
    let ids: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
    if ids.is_empty() {
        return refuse("the file has no pages, or is cut off: export it anew");
    }
    if ids.len() > MOST_PAGES {
        return refuse(format!("the file has more than {MOST_PAGES} pages: part it first"));
    }
    let claimed = document.catalog().and_then(|c| c.get_deref(b"Pages", &document)).and_then(Object::as_dict);
    let claimed = claimed.and_then(|tree| tree.get_deref(b"Count", &document)).and_then(Object::as_i64).ok();
    if claimed.is_some_and(|count| usize::try_from(count) != Ok(ids.len())) {
        let (has, count) = (ids.len(), claimed.unwrap_or(0));
        return refuse(format!("the file is damaged: of {count} pages {has} can be found: export it anew"));
    }
    let numbered = ids.iter().enumerate();
    let pages = numbered.map(|(n, id)| boxes(&document, *id, n + 1)).collect::<Result<_, _>>()?;
    let catalog = document.catalog().ok();
    let view = catalog.and_then(|c| c.get_deref(b"ViewerPreferences", &document).ok()).and_then(|o| o.as_dict().ok());
    let right_to_left = view.and_then(|v| v.get(b"Direction").ok()).and_then(|d| d.as_name().ok()) == Some(b"R2L");
    Ok(Source { document, ids, pages, right_to_left })
}

fn locked<T>() -> Result<T, Refusal> {
    refuse("the file is protected by a password: export it without protection")
}

/// A page's own entry, or its parents'.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok();
    for _ in 0..64 {
        let here = node?;
        if let Ok(value) = here.get(key).and_then(|v| document.dereference(v).map(|_| v)) {
            return Some(value);
        }
        node = here.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    None
}

fn value<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    document.dereference(inherited(document, page, key)?).ok().map(|(_, value)| value)
}

fn number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().map(f64::from).filter(|n| n.is_finite())
}

fn rect(document: &Document, object: &Object) -> Option<Rect> {
    let list: Vec<f64> = object.as_array().ok()?.iter().filter_map(|o| number(document, o)).collect();
    let [a, b, c, d] = Rect::try_from(list).ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

fn meet(a: Rect, b: Rect) -> Rect {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// A page's boxes; without a bleed box the paper of a page with a trim box counts as its bleed.
fn boxes(document: &Document, page: ObjectId, number_of: usize) -> Result<Boxes, Refusal> {
    let read = |key: &[u8]| value(document, page, key).and_then(|o| rect(document, o));
    let Some(media) = read(b"MediaBox") else {
        return refuse(format!("page {number_of} does not say how large it is: export the file anew"));
    };
    let within =
        |inner: Option<Rect>| inner.map(|r| meet(r, media)).filter(|r| r[2] - r[0] >= 1.0 && r[3] - r[1] >= 1.0);
    let crop = within(read(b"CropBox")).unwrap_or(media);
    let named = within(read(b"TrimBox")).or_else(|| within(read(b"ArtBox")));
    let trim = named.unwrap_or(crop);
    let outer = if named.is_some() { media } else { trim };
    let bleed = within(read(b"BleedBox"))
        .map_or(outer, |b| [b[0].min(trim[0]), b[1].min(trim[1]), b[2].max(trim[2]), b[3].max(trim[3])]);
    let turn = value(document, page, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0);
    let own = document.get_dictionary(page).ok().and_then(|d| d.get(b"UserUnit").ok());
    let unit = own.and_then(|u| number(document, u)).filter(|u| (0.01..=1000.0).contains(u)).unwrap_or(1.0);
    let sides = [(trim[2] - trim[0]) * unit, (trim[3] - trim[1]) * unit];
    if !sides.iter().all(|side| SIDES.contains(side)) || trim.iter().any(|v| v.abs() > 1e6) {
        return refuse(format!("page {number_of} has no sensible size: export the file anew"));
    }
    Ok(Boxes { trim, bleed, quarters: turn.rem_euclid(360) / 90, unit })
}

impl Boxes {
    /// The trimmed page's width and height in points, as it is shown.
    pub(super) fn size(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.trim;
        let (width, height) = ((right - left) * self.unit, (top - bottom) * self.unit);
        if self.quarters % 2 == 0 { (width, height) } else { (height, width) }
    }

    /// The matrix that lays the trimmed page, as it is shown, with its lower left at the origin.
    fn upright(&self) -> [f64; 6] {
        let ([left, bottom, right, top], u) = (self.trim, self.unit);
        match self.quarters {
            1 => [0.0, -u, u, 0.0, -bottom * u, right * u],
            2 => [-u, 0.0, 0.0, -u, right * u, top * u],
            3 => [0.0, u, -u, 0.0, top * u, -left * u],
            _ => [u, 0.0, 0.0, u, -left * u, -bottom * u],
        }
    }

    /// The matrix that lays the page's trim with its lower left at a point of the sheet, or on its head there.
    pub(super) fn laid(&self, x: f64, y: f64, turned: bool) -> [f64; 6] {
        let [a, b, c, d, e, f] = self.upright();
        let (width, height) = self.size();
        if turned { [-a, -b, -c, -d, x + width - e, y + height - f] } else { [a, b, c, d, x + e, y + f] }
    }

    /// The least bleed of its four sides, in points.
    fn least_bleed(&self) -> f64 {
        let (t, b) = (self.trim, self.bleed);
        [t[0] - b[0], t[1] - b[1], b[2] - t[2], b[3] - t[3]].into_iter().fold(f64::MAX, f64::min).max(0.0) * self.unit
    }
}

impl Source {
    /// The one size of all pages.
    pub(super) fn trimmed(&self) -> Result<Trimmed, Refusal> {
        let Some(first) = self.pages.first() else { return refuse("the file has no pages") };
        let (width, height) = first.size();
        for (n, page) in self.pages.iter().enumerate() {
            let (w, h) = page.size();
            if (w - width).abs() > CLOSE || (h - height).abs() > CLOSE {
                let mm = |points: f64| format!("{:.1}", points / crate::press::marks::MM);
                return refuse(format!(
                    "page {} is {} x {} mm and page 1 is {} x {} mm: all pages of one booklet have one size; \
                     hand over single pages, and a spread or a wrap-around cover as a file of its own",
                    n + 1,
                    mm(w),
                    mm(h),
                    mm(width),
                    mm(height)
                ));
            }
        }
        let bleed = self.pages.iter().map(Boxes::least_bleed).fold(0.0, f64::max);
        Ok(Trimmed { width, height, bleed })
    }

    /// Every page as a form in the document.
    pub(super) fn forms(&mut self) -> Result<Vec<ObjectId>, Refusal> {
        let mut forms = Vec::with_capacity(self.ids.len());
        let mut bytes = 0;
        for number in 0..self.ids.len() {
            let form = self.form(number)?;
            bytes += form.content.len();
            if bytes > ALL_CONTENT {
                return refuse("the pages' content is larger than can be opened safely");
            }
            forms.push(self.document.add_object(form));
        }
        Ok(forms)
    }

    /// A page as a form.
    fn form(&self, number: usize) -> Result<Stream, Refusal> {
        let (document, id) = (&self.document, self.ids[number]);
        let broken = |why: &str| Refusal::new(format!("page {} {why}: export the file anew", number + 1));
        let page = document.get_dictionary(id).map_err(|_| broken("cannot be read"))?;
        let mut dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => self.pages[number].bleed.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>(),
            "Resources" => inherited(document, id, b"Resources").cloned().unwrap_or_else(|| Dictionary::new().into()),
        };
        if let Ok(group) = page.get(b"Group") {
            dict.set("Group", group.clone());
        }
        let parts = content(document, page).ok_or_else(|| broken("has lost its content"))?;
        if let Some(name) = lost(document, dict.get(b"Resources").ok()) {
            return Err(broken(&format!("has lost `{name}`, which is drawn on it")));
        }
        if parts.iter().any(|part| part.dict.has(b"F")) {
            return Err(broken("refers to a file beside it"));
        }
        if let [only] = parts.as_slice() {
            for key in [&b"Filter"[..], b"DecodeParms"] {
                if let Ok(value) = only.dict.get(key) {
                    dict.set(key, value.clone());
                }
            }
            // It is moved as it is, but what does not unpack would be an empty page on paper.
            only.get_plain_content_with_limit(LARGEST).map_err(|_| broken("does not unpack"))?;
            return Ok(Stream::new(dict, only.content.clone()));
        }
        let mut form = Stream::new(dict, joined(&parts).ok_or_else(|| broken("does not unpack"))?);
        form.compress().map_err(|_| broken("does not pack"))?;
        Ok(form)
    }

    /// The spot inks of the file, by name.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let mut found = BTreeMap::new();
        for object in self.document.objects.values() {
            separations(&self.document, object, 0, &mut found);
        }
        let spot = |(name, space): (Vec<u8>, Object)| Spot { name: String::from_utf8_lossy(&name).into_owned(), space };
        found.into_iter().take(MOST_SPOTS).map(spot).collect()
    }
}

/// The streams of a page's content, in order; `None` if one is missing.
fn content<'a>(document: &'a Document, page: &'a Dictionary) -> Option<Vec<&'a Stream>> {
    let Ok(contents) = page.get(b"Contents") else { return Some(Vec::new()) };
    match document.dereference(contents).ok()?.1 {
        Object::Stream(stream) => Some(vec![stream]),
        Object::Array(parts) => {
            parts.iter().map(|o| document.dereference(o).ok().and_then(|(_, o)| o.as_stream().ok())).collect()
        }
        Object::Null => Some(Vec::new()),
        _ => None,
    }
}

/// The name of a picture, form or font in resources that is nowhere in the file.
fn lost(document: &Document, resources: Option<&Object>) -> Option<String> {
    let resources = document.dereference(resources?).ok()?.1.as_dict().ok()?;
    let tables = [&b"XObject"[..], b"Font"].into_iter().filter_map(|kind| resources.get_deref(kind, document).ok());
    let entries = tables.filter_map(|table| table.as_dict().ok()).flat_map(Dictionary::iter);
    let mut missing = entries.filter(|(_, object)| document.dereference(object).is_err());
    missing.next().map(|(name, _)| String::from_utf8_lossy(name).into_owned())
}

/// Streams unpacked and joined; a blank between, for a token ends where its stream does (ISO 32000-1, 7.8.2).
fn joined(parts: &[&Stream]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for part in parts {
        all.extend(part.get_plain_content_with_limit(LARGEST).ok()?);
        all.push(b'\n');
        if all.len() > LARGEST {
            return None;
        }
    }
    Some(all)
}

/// Collects the colour spaces of inks that are none of the four.
fn separations(document: &Document, object: &Object, depth: usize, found: &mut BTreeMap<Vec<u8>, Object>) {
    if depth > 16 {
        return;
    }
    match object {
        Object::Array(list) => {
            if let [Object::Name(kind), name, _, _] = list.as_slice()
                && kind == b"Separation"
                && let Ok((_, Object::Name(name))) = document.dereference(name)
            {
                let usual: [&[u8]; 6] = [b"All", b"None", b"Cyan", b"Magenta", b"Yellow", b"Black"];
                if !usual.contains(&name.as_slice()) {
                    found.entry(name.clone()).or_insert_with(|| object.clone());
                }
            }
            list.iter().for_each(|o| separations(document, o, depth + 1, found));
        }
        Object::Dictionary(dict) => dict.iter().for_each(|(_, o)| separations(document, o, depth + 1, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, o)| separations(document, o, depth + 1, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_laid_as_they_are_shown() {
        // Where the trim's corners are seen: lower left and upper right.
        let cases = [
            (0, [(100.0, 200.0), (110.0, 220.0)]),
            (1, [(100.0, 210.0), (120.0, 200.0)]),
            (2, [(110.0, 220.0), (100.0, 200.0)]),
            (3, [(120.0, 200.0), (100.0, 210.0)]),
        ];
        for (quarters, wanted) in cases {
            let boxes = Boxes { trim: [5.0, 7.0, 10.0, 17.0], bleed: [0.0; 4], quarters, unit: 2.0 };
            let (w, h) = boxes.size();
            for turned in [false, true] {
                let [a, b, c, d, e, f] = boxes.laid(100.0, 200.0, turned);
                for ((x, y), (right, up)) in [(5.0, 7.0), (10.0, 17.0)].into_iter().zip(wanted) {
                    let seen = (a * x + c * y + e, b * x + d * y + f);
                    let wanted = if turned { (200.0 + w - right, 400.0 + h - up) } else { (right, up) };
                    assert_eq!(seen, wanted, "{quarters} {turned}");
                }
            }
        }
    }
}
