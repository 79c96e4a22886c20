//! What a shop wants around the pages: boxes and marks, and nothing left that is only for screens.

use super::super::marks::{self, Across, Around, Rect};
use super::super::shop::Shop;
use crate::issue::Issue;
use crate::typeset::PT_PER_MM;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// What only readers on screens have a use for, in the catalogue.
const FOR_SCREENS: &[&[u8]] = &[
    b"Outlines",
    b"PageMode",
    b"PageLayout",
    b"ViewerPreferences",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"AA",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"OCProperties",
    b"PageLabels",
];

/// Gives every page its boxes and marks, and takes away what is for screens. `folds` tells where each page is folded, in points
/// from the left edge of its bleed.
pub(super) fn dress(document: &mut Document, issue: &Issue, shop: &Shop, folds: &[Vec<f64>]) {
    if let Ok(catalog) = document.catalog_mut() {
        FOR_SCREENS.iter().for_each(|key| drop(catalog.remove(key)));
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let last = pages.len();
    for (index, page) in pages.into_iter().enumerate() {
        let Ok(dict) = document.get_dictionary_mut(page) else { continue };
        for key in [&b"Annots"[..], b"AA", b"Tabs", b"StructParents", b"Metadata", b"CropBox", b"ArtBox"] {
            dict.remove(key);
        }
        let slug = format!(
            "{} {}, {}, page {} of {last}, {}",
            issue.publication.title.value,
            issue.name,
            issue.date,
            index + 1,
            shop.name
        );
        boxes(document, page, shop, &slug, folds.get(index).map_or(&[], Vec::as_slice));
    }
}

/// The engine's media box is the trim with its bleed.
fn boxes(document: &mut Document, page: ObjectId, shop: &Shop, slug: &str, folds: &[f64]) {
    let Some(bleed) = rect(document, page, b"MediaBox") else { return };
    let b = shop.bleed.0 * PT_PER_MM;
    let trim = [bleed[0] + b, bleed[1] + b, bleed[2] - b, bleed[3] - b];
    let around = marks::margin(shop.marks, shop.bleed).0 * PT_PER_MM;
    let media = [trim[0] - around, trim[1] - around, trim[2] + around, trim[3] + around];
    for (key, value) in [(&b"MediaBox"[..], media), (b"BleedBox", bleed), (b"TrimBox", trim)] {
        if let Ok(dict) = document.get_dictionary_mut(page) {
            dict.set(key, value.map(|v| Object::Real(((v * 1000.0).round() / 1000.0) as f32)).to_vec());
        }
    }
    if shop.marks.any() {
        let folds = folds.iter().map(|x| Across::Upright(bleed[0] + x)).collect();
        let around = Around { trim, bleed, media, cuts: Vec::new(), folds };
        add(document, page, marks::draw(&around, shop.marks, &[], Some(slug)));
    }
}

/// Draws marks on top of a page.
fn add(document: &mut Document, page: ObjectId, drawn: marks::Drawn) {
    let form = document.add_object(drawn.into_form());
    let before = document.add_object(stream(b"q\n"));
    let after = document.add_object(stream(b"\nQ\nq /MastheadMarks Do Q\n"));
    let resources = document.get_dictionary(page).and_then(|d| d.get_deref(b"Resources", document)).cloned();
    let mut resources = resources.and_then(|r| r.as_dict().cloned()).unwrap_or_default();
    let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict);
    let mut objects = objects.cloned().unwrap_or_default();
    objects.set("MastheadMarks", form);
    resources.set("XObject", objects);
    let Ok(dict) = document.get_dictionary_mut(page) else { return };
    let own = dict.get(b"Contents").cloned().unwrap_or(Object::Array(Vec::new()));
    let mut contents = vec![Object::Reference(before)];
    match own {
        Object::Array(list) => contents.extend(list),
        other => contents.push(other),
    }
    contents.push(Object::Reference(after));
    dict.set("Contents", contents);
    dict.set("Resources", resources);
}

fn stream(content: &[u8]) -> lopdf::Stream {
    lopdf::Stream::new(Dictionary::new(), content.to_vec())
}

fn rect(document: &Document, page: ObjectId, key: &[u8]) -> Option<Rect> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..32 {
        if let Ok(list) = node.get_deref(key, document).and_then(Object::as_array) {
            let numbers: Vec<f64> = list.iter().filter_map(|o| o.as_float().ok()).map(f64::from).collect();
            return Rect::try_from(numbers).ok();
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}
