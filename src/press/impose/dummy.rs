//! A dummy: pages with nothing but their numbers, to be printed, folded and leafed through before the real ones are.
//!
//! Numbers are drawn as strokes, so the file holds no font.

use super::{Refusal, refuse};
use crate::manifest::Mm;
use crate::press::marks::{MM, lettering};
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// Bleed of a dummy's pages in points.
const BLEED: f64 = 3.0 * MM;

/// A PDF of so many numbered pages of a trimmed size.
///
/// # Errors
/// When there are no pages, or too many.
pub fn dummy(pages: usize, width: Mm, height: Mm) -> Result<Vec<u8>, Refusal> {
    if !(1..=1000).contains(&pages) {
        return refuse(format!("a dummy of {pages} pages is not made: name from 1 to 1000"));
    }
    let (width, height) = (width.0 * MM, height.0 * MM);
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (1..=pages).map(|n| page(&mut document, tree, n, pages, (width, height)).into()).collect();
    let count = i64::try_from(pages).unwrap_or(0);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let id = Object::String(format!("dummy {pages:>9}").into_bytes(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut out = Vec::new();
    document.save_to(&mut out).map_err(|e| Refusal::new(format!("the dummy cannot be written ({e})")))?;
    Ok(out)
}

fn page(document: &mut Document, tree: ObjectId, number: usize, of: usize, (width, height): (f64, f64)) -> ObjectId {
    let out = BLEED;
    let (right, top) = (out + width, out + height);
    // The ground runs off the page; the frame shows where it should have been cut; the arrow shows its head.
    let mut content = format!("0.05 0 0 0 k 0 0 {} {} re f\n", width + 2.0 * out, height + 2.0 * out);
    content.push_str(&format!("0 0 0 1 K 0.5 w {out} {out} {width} {height} re S\n"));
    let middle = out + width / 2.0;
    let arrow = height / 25.0;
    let (tip, foot) = (top - arrow, top - 2.5 * arrow);
    content.push_str(&format!(
        "0 0 0 1 k {middle} {tip} m {} {foot} l {} {foot} l f\n",
        middle - arrow,
        middle + arrow
    ));
    let big = (height / 4.0).min(width / 4.0);
    content.push_str(&format!("{} w 1 J 1 j\n", big / 12.0));
    content.push_str(&lettering(&number.to_string(), middle, out + height / 2.0 - big / 2.0, big));
    let small = big / 6.0;
    content.push_str(&format!("{} w\n", small / 8.0));
    content.push_str(&lettering(&format!("page {number} of {of}"), middle, out + height / 4.0, small));
    let content = document.add_object(Stream::new(lopdf::Dictionary::new(), content.into_bytes()));
    let boxed = |r: [f64; 4]| r.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>();
    let media = boxed([0.0, 0.0, right + out, top + out]);
    document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => media.clone(),
        "BleedBox" => media,
        "TrimBox" => boxed([out, out, right, top]),
        "Resources" => lopdf::Dictionary::new(),
        "Contents" => content,
    })
}
