//! An advert's PDF opened with suspicion: one page, its boxes, all fonts inside, nothing that runs.
//!
//! The document comes from anywhere: sizes are limited, circles are expected, and a panic of the reader is a fault.

use super::Fault;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most bytes that one stream of an advert may unfold to.
pub(crate) const LARGEST_STREAM: usize = 64 << 20;

/// A rectangle in a page's own units: left, bottom, right, top.
pub type Rect = [f64; 4];

/// A PDF of one page that may be placed as an advert.
#[derive(Debug, Clone)]
pub struct Artwork {
    /// The document.
    pub document: Document,
    /// Its only page.
    pub page: ObjectId,
    /// What is left after trimming (TrimBox, else CropBox, else MediaBox), in points of the page before rotation.
    pub trim: Rect,
    /// What is printed before trimming (BleedBox, else the trim).
    pub bleed: Rect,
    /// Clockwise turn for showing: 0, 90, 180 or 270 degrees.
    pub rotate: u16,
}

impl Artwork {
    /// Width and height of the trimmed page as shown, in points.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = (self.trim[2] - self.trim[0], self.trim[3] - self.trim[1]);
        if self.rotate % 180 == 90 { (height, width) } else { (width, height) }
    }
}

fn fault<T>(what: impl Into<String>, remedy: &str) -> Result<T, Fault> {
    Err(Fault::Pdf { what: what.into(), remedy: remedy.to_owned() })
}

const ASK: &str = "ask the advertiser for a PDF/X-4 with all fonts embedded";
const RESAVE: &str = "print or export it to a new PDF, or ask the advertiser for a sound file";

/// Opens an advert's PDF.
///
/// # Errors
/// [`Fault::Pdf`] that says why it cannot be placed.
pub fn artwork(bytes: &[u8]) -> Result<Artwork, Fault> {
    // The reader is careful, but it reads what anyone sends: a panic in it must not end the build.
    match catch_unwind(AssertUnwindSafe(|| open(bytes))) {
        Ok(result) => result,
        Err(_) => fault("cannot be read", RESAVE),
    }
}

fn open(bytes: &[u8]) -> Result<Artwork, Fault> {
    // The reader mends what it can; of a file that was not copied to the end it would show a part, or nothing.
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        return fault("is cut off: its end is missing", "copy it again, and compare its size with the original's");
    }
    let options = LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..Default::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => return locked(),
        Err(error) => return fault(format!("cannot be read ({})", error.to_string().to_lowercase()), RESAVE),
    };
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return locked();
    }
    let pages: Vec<ObjectId> = document.page_iter().take(1000).collect();
    let page = match pages.as_slice() {
        [page] => *page,
        [] => return fault("has no pages, or is cut off", RESAVE),
        more => {
            let count = more.len();
            return fault(
                format!("has {count} pages; an advert is one"),
                "save the page that you want as a PDF of its own",
            );
        }
    };
    if has_script(&document) {
        return fault("holds a script or starts a program", "print or export it to a new PDF without scripts");
    }
    if has_hidden_layers(&document) {
        return fault("has layers that are switched off", "flatten its layers, so that what is seen is all there is");
    }
    let artwork = boxes(document, page)?;
    if artwork.document.get_page_content_with_limit(page, LARGEST_STREAM).is_err() {
        return fault("does not unpack: it is damaged, or larger than can be opened safely", RESAVE);
    }
    let missing = missing_fonts(&artwork.document, page);
    if !missing.is_empty() {
        let names = missing.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        return fault(format!("uses fonts that are not embedded: {names}"), ASK);
    }
    Ok(artwork)
}

fn locked<T>() -> Result<T, Fault> {
    fault("is protected by a password", "ask the advertiser for the file without protection")
}

/// The page's boxes; what a page does not say its parents may.
fn boxes(document: Document, page: ObjectId) -> Result<Artwork, Fault> {
    let inherited = |key: &[u8]| {
        let mut node = document.get_dictionary(page).ok();
        for _ in 0..64 {
            let here = node?;
            if let Ok(value) = here.get_deref(key, &document) {
                return Some(value);
            }
            node = here.get_deref(b"Parent", &document).and_then(Object::as_dict).ok();
        }
        None
    };
    let rect = |key: &[u8]| inherited(key).and_then(|o| rect(&document, o));
    let Some(media) = rect(b"MediaBox") else { return fault("does not say how large its page is", RESAVE) };
    let within =
        |inner: Option<Rect>| inner.map(|r| intersect(r, media)).filter(|r| r[2] - r[0] >= 1.0 && r[3] - r[1] >= 1.0);
    let crop = within(rect(b"CropBox")).unwrap_or(media);
    let trim = within(rect(b"TrimBox")).or(within(rect(b"ArtBox"))).unwrap_or(crop);
    let bleed = within(rect(b"BleedBox")).filter(|b| intersect(*b, trim) == trim).unwrap_or(trim);
    let turn = inherited(b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0).rem_euclid(360);
    let rotate = u16::try_from(turn / 90 * 90).unwrap_or(0);
    if trim[2] - trim[0] < 1.0 || trim[3] - trim[1] < 1.0 || trim.iter().any(|v| v.abs() > 20_000.0) {
        return fault("has a page of no sensible size", RESAVE);
    }
    Ok(Artwork { page, trim, bleed, rotate, document })
}

fn rect(document: &Document, object: &Object) -> Option<Rect> {
    let list = object.as_array().ok()?;
    let number =
        |i: usize| document.dereference(list.get(i)?).ok()?.1.as_float().ok().map(f64::from).filter(|v| v.is_finite());
    let (a, b, c, d) = (number(0)?, number(1)?, number(2)?, number(3)?);
    let rect = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (rect[2] > rect[0] && rect[3] > rect[1]).then_some(rect)
}

fn intersect(a: Rect, b: Rect) -> Rect {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Whether any object is an action that runs something.
fn has_script(document: &Document) -> bool {
    document.objects.values().any(|object| {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return false,
        };
        runs(dict, 0)
    })
}

fn runs(dict: &Dictionary, depth: usize) -> bool {
    const ACTIONS: &[&[u8]] =
        &[b"JavaScript", b"Launch", b"ImportData", b"SubmitForm", b"Rendition", b"Movie", b"RichMediaExecute"];
    let kind = dict.get(b"S").and_then(Object::as_name).unwrap_or_default();
    let subtype = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    let inner = |object: &Object| match object {
        Object::Dictionary(inner) => runs(inner, depth + 1),
        Object::Array(list) => list.iter().any(|o| o.as_dict().is_ok_and(|d| runs(d, depth + 1))),
        _ => false,
    };
    ACTIONS.contains(&kind)
        || dict.has(b"JS")
        || [&b"RichMedia"[..], b"Screen", b"3D"].contains(&subtype)
        || depth < 32 && dict.iter().any(|(_, value)| inner(value))
}

fn has_hidden_layers(document: &Document) -> bool {
    let properties = document.catalog().ok().and_then(|c| c.get_deref(b"OCProperties", document).ok()?.as_dict().ok());
    let config = properties.and_then(|p| p.get_deref(b"D", document).ok()?.as_dict().ok());
    config.is_some_and(|config| {
        let list =
            |key: &[u8]| config.get_deref(key, document).ok().and_then(|o| o.as_array().ok()).map_or(0, Vec::len);
        let base = config.get(b"BaseState").and_then(Object::as_name).unwrap_or(b"ON");
        list(b"OFF") > 0 || base == b"OFF"
    })
}

/// Names of fonts that the page, or a form or pattern in it, uses and the file does not hold.
fn missing_fonts(document: &Document, page: ObjectId) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&Dictionary> = Vec::new();
    if let Ok((direct, ids)) = document.get_page_resources(page) {
        waiting.extend(direct);
        waiting.extend(ids.iter().filter_map(|id| document.get_dictionary(*id).ok()));
    }
    while let Some(resources) = waiting.pop() {
        for (key, parts) in [(&b"Font"[..], true), (b"XObject", false), (b"Pattern", false)] {
            let Some(list) = resources.get_deref(key, document).ok().and_then(|o| o.as_dict().ok()) else { continue };
            for (_, value) in list.iter() {
                if value.as_reference().is_ok_and(|id| !seen.insert(id)) {
                    continue;
                }
                let Ok((_, object)) = document.dereference(value) else { continue };
                let Some(dict) = dict_of(object) else { continue };
                if parts && !is_embedded(document, dict) {
                    missing.insert(font_name(dict));
                }
                waiting.extend(dict.get_deref(b"Resources", document).ok().and_then(|o| o.as_dict().ok()));
            }
        }
    }
    missing
}

fn dict_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    let within = |dict: &Dictionary| {
        let descriptor = dict.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
        descriptor.is_ok_and(|d| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| d.has(key)))
    };
    match font.get(b"Subtype").and_then(Object::as_name).unwrap_or_default() {
        // Its letters are drawings within the file.
        b"Type3" => true,
        b"Type0" => {
            let parts = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
            let first = parts.ok().and_then(|list| document.dereference(list.first()?).ok()?.1.as_dict().ok());
            first.is_some_and(within)
        }
        _ => within(font),
    }
}

/// A font's name without the six letters of a subset.
fn font_name(font: &Dictionary) -> String {
    let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"a font without a name");
    let name = String::from_utf8_lossy(name).into_owned();
    name.split_once('+').map_or(name.clone(), |(_, rest)| rest.to_owned())
}

#[cfg(test)]
#[path = "advert_tests.rs"]
mod tests;
