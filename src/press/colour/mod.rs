//! A document's colours made the inks of one press: every operator, picture, shading and group.
//!
//! Photographs come in inks already; this is about all that is drawn. What cannot be converted stays as it is, and the
//! preflight names it.

mod calculator;
mod content;
mod function;
mod picture;
mod shading;
mod spaces;

use super::Shop;
use crate::picture::Inks;
use content::{Matrix, Rewriter};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use spaces::Space;
use std::collections::BTreeSet;

/// The most bytes that a content stream unpacks to.
const LARGEST: usize = 256 << 20;
/// Forms within forms.
const DEEPEST: usize = 24;

/// Converts a document. `adverts` are forms whose own overprint, lines and blacks are left alone: they are their makers'.
pub(super) fn to_inks(document: &mut Document, shop: &Shop, inks: &Inks, adverts: &BTreeSet<ObjectId>) {
    let overprint = document.add_object(dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 });
    let knockout = document.add_object(dictionary! { "Type" => "ExtGState", "OP" => false, "op" => false, "OPM" => 0 });
    let states = [("MastheadOver", overprint), ("MastheadOut", knockout)];
    let mut press = Press { document, shop, inks, adverts, states, done: BTreeSet::new(), depth: 0 };
    let pages: Vec<ObjectId> = press.document.get_pages().into_values().collect();
    for page in pages {
        press.page(page);
    }
}

/// A conversion in work.
struct Press<'a> {
    document: &'a mut Document,
    shop: &'a Shop,
    inks: &'a Inks,
    adverts: &'a BTreeSet<ObjectId>,
    /// Names and objects of the graphics states that let black text print over what is beneath it, or not.
    states: [(&'static str, ObjectId); 2],
    done: BTreeSet<ObjectId>,
    depth: usize,
}

impl Press<'_> {
    fn page(&mut self, page: ObjectId) {
        let Ok(content) = self.document.get_page_content_with_limit(page, LARGEST) else { return };
        let resources = self.inherited(page);
        let Some((content, resources)) = Rewriter::new(self, resources, Matrix::identity(), true).run(&content) else {
            return;
        };
        let mut stream = Stream::new(Dictionary::new(), content);
        let _ = stream.compress();
        let stream = self.document.add_object(stream);
        let Ok(dict) = self.document.get_dictionary(page) else { return };
        let group = dict.get_deref(b"Group", self.document).and_then(Object::as_dict).ok().cloned();
        let Ok(dict) = self.document.get_dictionary_mut(page) else { return };
        dict.set("Contents", stream);
        dict.set("Resources", resources);
        if let Some(group) = group {
            dict.set("Group", blending(group));
        }
    }

    /// A form, a tile or a soft mask's group, once; where it first stands decides.
    fn form(&mut self, id: ObjectId, outer: &Dictionary, matrix: Matrix, ours: bool) {
        if self.depth >= DEEPEST || !self.done.insert(id) {
            return;
        }
        let Some(stream) = self.stream(id) else { return };
        let Some(content) = plain(&stream) else { return };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let resources = own.unwrap_or(outer).clone();
        let own = function::numbers(self.document, &stream.dict, b"Matrix");
        let matrix = own.and_then(|m| Matrix::of(&m)).map_or(matrix, |m| m.then(matrix));
        let ours = ours && !self.adverts.contains(&id);
        self.depth += 1;
        let made = Rewriter::new(self, resources, matrix, ours).run(&content);
        self.depth -= 1;
        let Some((content, resources)) = made else { return };
        let mut dict = stream.dict;
        let group = dict.get_deref(b"Group", self.document).and_then(Object::as_dict).ok().cloned();
        if let Some(group) = group {
            dict.set("Group", blending(group));
        }
        dict.set("Resources", resources);
        dict.remove(b"Filter");
        dict.remove(b"DecodeParms");
        let mut stream = Stream::new(dict, content);
        let _ = stream.compress();
        self.document.objects.insert(id, stream.into());
    }

    fn stream(&self, id: ObjectId) -> Option<Stream> {
        self.document.get_object(id).and_then(Object::as_stream).ok().cloned()
    }

    /// The resources of a page, its parents' where it has none.
    fn inherited(&self, page: ObjectId) -> Dictionary {
        let mut node = self.document.get_dictionary(page).ok();
        for _ in 0..64 {
            let Some(here) = node else { break };
            if let Ok(found) = here.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
                return found.clone();
            }
            node = here.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok();
        }
        Dictionary::new()
    }

    /// The object behind a name in a table of the resources, with its id if it has one.
    fn named(&self, resources: &Dictionary, table: &[u8], name: &[u8]) -> Option<(Option<ObjectId>, Object)> {
        let table = resources.get_deref(table, self.document).and_then(Object::as_dict).ok()?;
        let (id, object) = self.document.dereference(table.get(name).ok()?).ok()?;
        Some((id, object.clone()))
    }

    /// A graphics state's soft mask and its group.
    fn graphics_state(&mut self, state: &Object, resources: &Dictionary, matrix: Matrix) {
        let Ok(mask) = state.as_dict().and_then(|d| d.get_deref(b"SMask", self.document)).and_then(Object::as_dict)
        else {
            return;
        };
        if let Ok(id) = mask.get(b"G").and_then(Object::as_reference) {
            self.form(id, resources, matrix, false);
        }
    }

    /// A pattern by its name.
    fn pattern(&mut self, resources: &Dictionary, name: &[u8], matrix: Matrix, ours: bool) {
        let Some((id, object)) = self.named(resources, b"Pattern", name) else { return };
        match (id, object) {
            (Some(id), Object::Stream(_)) => self.form(id, resources, matrix, ours),
            (Some(id), Object::Dictionary(mut dict)) if self.done.insert(id) => {
                if let Ok(shading) = dict.get(b"Shading").cloned() {
                    if let Some(made) = self.shading(&shading, resources) {
                        dict.set("Shading", made);
                    }
                    self.document.objects.insert(id, dict.into());
                }
            }
            _ => {}
        }
    }
}

/// A transparency group whose colours are mixed as inks: in any other space, what is under it changes (ISO 15930-7, 6.13).
fn blending(mut group: Dictionary) -> Dictionary {
    if group.has(b"CS") {
        group.set("CS", "DeviceCMYK");
    }
    group
}

/// A stream without its filters.
fn plain(stream: &Stream) -> Option<Vec<u8>> {
    match stream.filters().is_ok_and(|f| !f.is_empty()) {
        true => stream.decompressed_content_with_limit(LARGEST).ok(),
        false => Some(stream.content.clone()),
    }
}

#[cfg(test)]
mod tests;
