//! The page of an advert's PDF as a form in another document.
//!
//! Only what is drawn comes along: no actions, annotations, tags, layers or metadata; and nothing that
//! PDF/A-2 (ISO 19005-2) forbids but files for printers often hold.

use super::content::without_marks;
use super::swap::Inked;
use crate::picture::{Artwork, COATED, LARGEST_STREAM, Rect};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// What never comes along, whatever object holds it.
const DROPPED: &[&[u8]] = &[
    b"AA",
    b"A",
    b"Alternates",
    b"Interpolate",
    b"LastModified",
    b"Metadata",
    b"OC",
    b"OPI",
    b"OPM",
    b"Parent",
    b"PieceInfo",
    b"PS",
    b"Properties",
    b"Ref",
    b"StructParent",
    b"StructParents",
    b"HTP",
];

/// Objects that an advert may hold at most.
const MOST_OBJECTS: usize = 100_000;

/// The copying of one document's objects into another.
pub(super) struct Import<'a> {
    from: &'a Document,
    into: &'a mut Document,
    /// What inks without a profile mean, and the colour space that says it: made when first needed, shared by all adverts.
    inked: Inked,
    coated: &'a mut Option<ObjectId>,
    known: BTreeMap<ObjectId, ObjectId>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

/// Makes a form of an artwork's page: the unit square is the trimmed page and so much more on each side, in
/// parts of its width and height, as far as its bleed fills that.
///
/// # Errors
/// A sentence that says what does not unpack.
pub(super) fn form(
    artwork: &Artwork,
    (across, down): (f64, f64),
    into: &mut Document,
    (inked, coated): (Inked, &mut Option<ObjectId>),
) -> Result<Stream, String> {
    let from = &artwork.document;
    let [left, bottom, right, top] = artwork.trim;
    // Parts of the page as it is shown.
    let (across, down) = if artwork.rotate % 180 == 90 { (down, across) } else { (across, down) };
    let (x, y) = (across * (right - left), down * (top - bottom));
    let place = [left - x, bottom - y, right + x, top + y];
    let own = artwork.bleed;
    let region: Rect = [place[0].max(own[0]), place[1].max(own[1]), place[2].min(own[2]), place[3].min(own[3])];
    let content = from.get_page_content_with_limit(artwork.page, LARGEST_STREAM).map_err(|e| e.to_string())?;
    let mut import = Import { from, into, inked, coated, known: BTreeMap::new(), waiting: Vec::new() };
    let own = inherited(from, artwork.page);
    let resources = import.resources(&own);
    let mut dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => region.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>(),
        "Matrix" => unit_square(place, artwork.rotate).iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>(),
        "Resources" => resources,
    };
    let page = from.get_dictionary(artwork.page).map_err(|e| e.to_string())?;
    if let Ok(group) = page.get_deref(b"Group", from).and_then(Object::as_dict) {
        dict.set("Group", import.dictionary(group));
    }
    import.finish()?;
    let mut stream = Stream::new(dict, without_marks(&content));
    stream.compress().map_err(|e| e.to_string())?;
    Ok(stream)
}

/// The resources of a page, its parents' where it has none.
fn inherited(document: &Document, page: ObjectId) -> Dictionary {
    let mut node = document.get_dictionary(page).ok();
    for _ in 0..64 {
        let Some(here) = node else { break };
        if let Ok(found) = here.get_deref(b"Resources", document).and_then(Object::as_dict) {
            return found.clone();
        }
        node = here.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    Dictionary::new()
}

/// The matrix that lays a region of the page on the unit square, turned as the page is shown.
fn unit_square([left, bottom, right, top]: Rect, rotate: u16) -> [f64; 6] {
    let (w, h) = (right - left, top - bottom);
    match rotate {
        90 => [0.0, -1.0 / w, 1.0 / h, 0.0, -bottom / h, right / w],
        180 => [-1.0 / w, 0.0, 0.0, -1.0 / h, right / w, top / h],
        270 => [0.0, 1.0 / w, -1.0 / h, 0.0, top / h, -left / w],
        _ => [1.0 / w, 0.0, 0.0, 1.0 / h, -left / w, -bottom / h],
    }
}

/// Whether a key belongs to a graphics state and must not (ISO 19005-2, 6.2.5); in a soft mask `TR` may stand.
fn is_forbidden_state(key: &[u8], value: &Object, dict: &Dictionary) -> bool {
    let kind = dict.get(b"Type").and_then(Object::as_name).unwrap_or(b"ExtGState");
    let default = value.as_name().is_ok_and(|n| n == b"Default");
    kind == b"ExtGState" && !dict.has(b"G") && (key == b"TR" || key == b"HT" || key == b"TR2" && !default)
}

impl Import<'_> {
    /// Copies what is still referred to.
    fn finish(&mut self) -> Result<(), String> {
        while let Some((old, new)) = self.waiting.pop() {
            if self.known.len() > MOST_OBJECTS {
                return Err("it holds too many objects".to_owned());
            }
            let object = match self.from.get_object(old) {
                Ok(Object::Stream(stream)) => Object::Stream(self.stream(stream)?),
                Ok(object) => self.object(object),
                // A reference to nothing means null (ISO 32000-1, 7.3.10).
                Err(_) => Object::Null,
            };
            self.into.objects.insert(new, object);
        }
        Ok(())
    }

    fn object(&mut self, object: &Object) -> Object {
        match object {
            Object::Reference(old) => Object::Reference(self.place(*old)),
            Object::Array(list) => Object::Array(list.iter().map(|o| self.object(o)).collect()),
            Object::Dictionary(dict) => Object::Dictionary(self.dictionary(dict)),
            Object::Name(name) if name == b"DeviceCMYK" && self.inked == Inked::Coated => {
                Object::Reference(self.inks())
            }
            other => other.clone(),
        }
    }

    fn place(&mut self, old: ObjectId) -> ObjectId {
        if let Some(new) = self.known.get(&old) {
            return *new;
        }
        let new = self.into.new_object_id();
        self.known.insert(old, new);
        self.waiting.push((old, new));
        new
    }

    /// Copies a dictionary whose keys have their meaning from the standard.
    fn dictionary(&mut self, dict: &Dictionary) -> Dictionary {
        let mut copy = Dictionary::new();
        for (key, value) in dict.iter() {
            let key = key.as_slice();
            let inner = self.from.dereference(value).ok().and_then(|(_, o)| o.as_dict().ok());
            let value = match (key, inner) {
                // PDF/A-2 forbids the overprint mode, and a press needs it.
                (b"OPM", _) if self.inked == Inked::Device => self.object(value),
                _ if DROPPED.contains(&key) || is_forbidden_state(key, value, dict) => continue,
                (b"Resources", Some(inner)) => Object::Dictionary(self.resources(inner)),
                (b"CharProcs" | b"Colorants", Some(inner)) => Object::Dictionary(self.table(inner)),
                _ => self.object(value),
            };
            copy.set(key, value);
        }
        copy
    }

    /// Copies a dictionary whose keys are names of the file's own choice.
    fn table(&mut self, table: &Dictionary) -> Dictionary {
        let mut copy = Dictionary::new();
        for (key, value) in table.iter() {
            copy.set(key.as_slice(), self.object(value));
        }
        copy
    }

    /// Copies resources, and says what inks without a profile mean (ISO 32000-1, 8.6.5.6) unless the file says it.
    fn resources(&mut self, resources: &Dictionary) -> Dictionary {
        let mut copy = Dictionary::new();
        for kind in [&b"ColorSpace"[..], b"ExtGState", b"Font", b"Pattern", b"Shading", b"XObject"] {
            if let Ok(table) = resources.get_deref(kind, self.from).and_then(Object::as_dict) {
                copy.set(kind, self.table(table));
            }
        }
        let mut spaces = copy.get(b"ColorSpace").and_then(Object::as_dict).cloned().unwrap_or_default();
        if self.inked == Inked::Device {
            // Inks are the press's own, whatever the file says of them.
            spaces.remove(b"DefaultCMYK");
            spaces.remove(b"DefaultGray");
            copy.set("ColorSpace", spaces);
        } else if !spaces.has(b"DefaultCMYK") {
            spaces.set("DefaultCMYK", self.inks());
            copy.set("ColorSpace", spaces);
        }
        copy
    }

    fn stream(&mut self, stream: &Stream) -> Result<Stream, String> {
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default().to_vec();
        let draws = kind == b"Form" || stream.dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|t| t == 1);
        let filters = stream.filters().unwrap_or_default();
        let dated = filters.iter().any(|f| *f == b"LZWDecode");
        if stream.dict.has(b"F") || filters.iter().any(|f| *f == b"Crypt") {
            return Err("it refers to data outside itself".to_owned());
        }
        let mut dict = self.dictionary(&stream.dict);
        if !draws && !dated {
            // Lengths that were written as references would point to nothing new.
            let mut copy = Stream::new(dict, stream.content.clone()).with_compression(false);
            copy.start_position = None;
            return Ok(copy);
        }
        let mut content = match filters.is_empty() {
            true => stream.content.clone(),
            false => stream.decompressed_content_with_limit(LARGEST_STREAM).map_err(|e| e.to_string())?,
        };
        if draws {
            content = without_marks(&content);
        }
        dict.remove(b"Filter");
        dict.remove(b"DecodeParms");
        let mut copy = Stream::new(dict, content);
        copy.compress().map_err(|e| e.to_string())?;
        Ok(copy)
    }

    fn inks(&mut self) -> ObjectId {
        if let Some(id) = *self.coated {
            return id;
        }
        let mut profile = Stream::new(dictionary! { "N" => 4 }, COATED.to_vec());
        // Without compression the profile is as good, only longer.
        let _ = profile.compress();
        let profile = self.into.add_object(profile);
        let space = vec![Object::Name(b"ICCBased".to_vec()), Object::Reference(profile)];
        let id = self.into.add_object(space);
        *self.coated = Some(id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_lies_on_the_unit_square_as_the_page_is_shown() {
        let region = [10.0, 20.0, 110.0, 220.0];
        // Where the region's lower left and upper right corners are seen.
        let cases = [
            (0, (0.0, 0.0), (1.0, 1.0)),
            (90, (0.0, 1.0), (1.0, 0.0)),
            (180, (1.0, 1.0), (0.0, 0.0)),
            (270, (1.0, 0.0), (0.0, 1.0)),
        ];
        for (rotate, low, high) in cases {
            let [a, b, c, d, e, f] = unit_square(region, rotate);
            let seen = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
            for (got, wanted) in [(seen(10.0, 20.0), low), (seen(110.0, 220.0), high)] {
                assert!((got.0 - wanted.0).abs() < 1e-9 && (got.1 - wanted.1).abs() < 1e-9, "{rotate}: {got:?}");
            }
        }
    }
}
