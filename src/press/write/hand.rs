//! How pages are handed over: alone, facing pages as one, the cover apart or wrapped around as one page.
//!
//! Pages become forms on new pages; each stays within its own half, and only goes into its bleed where it meets no other.

use super::super::marks::Rect;
use super::super::shop::{Binding, Cover, Inks, Shop};
use crate::typeset::PT_PER_MM;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::fmt::Write;

/// A page to hand over: pages side by side from left to right, and what lies between the first two, in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pages: Vec<usize>,
    between: f64,
}

impl Sheet {
    fn alone(page: usize) -> Sheet {
        Sheet { pages: vec![page], between: 0.0 }
    }
}

/// One file to hand over.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct File {
    /// What its name ends in.
    pub(super) suffix: &'static str,
    /// What it holds.
    pub(super) what: &'static str,
    /// Its pages.
    pub(super) sheets: Vec<Sheet>,
    /// Whether it is a cover wrapped around.
    pub(super) wrapped: bool,
}

/// The spine's width is not known, and the cover needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoSpine;

/// The files of an issue of so many pages, as the shop wants them.
pub(super) fn files(extent: usize, shop: &Shop, rtl: bool) -> Result<Vec<File>, NoSpine> {
    let apart = shop.cover != Cover::WithPages && extent > 4;
    let inner = if apart { 2..extent - 2 } else { 0..extent };
    let sheets = if shop.spreads { spreads(inner, rtl) } else { inner.map(Sheet::alone).collect() };
    let what = if apart { "the inner pages" } else { "all pages" };
    let mut files = vec![File { suffix: "", what, sheets, wrapped: false }];
    let last = extent.saturating_sub(1);
    if apart && shop.cover == Cover::Separate {
        let sheets = [0, 1, last - 1, last].map(Sheet::alone).into();
        files.push(File { suffix: "-cover", what: "the cover's four pages", sheets, wrapped: false });
    } else if apart {
        let spine = match shop.binding {
            Binding::Saddle => 0.0,
            Binding::Perfect => shop.spine(extent - 4).ok_or(NoSpine)?.0 * PT_PER_MM,
        };
        let side = |left: usize, right: usize| {
            let pages = if rtl { vec![right, left] } else { vec![left, right] };
            Sheet { pages, between: spine }
        };
        let sheets = vec![side(last, 0), side(1, last - 1)];
        files.push(File { suffix: "-cover", what: "the cover, outside and inside", sheets, wrapped: true });
    }
    Ok(files)
}

/// Page 1 is a right one (a left one where pages turn from right to left), and stands alone.
fn spreads(pages: std::ops::Range<usize>, rtl: bool) -> Vec<Sheet> {
    let (mut sheets, end) = (Vec::new(), pages.end);
    let mut page = pages.start;
    while page < end {
        let pair = page % 2 == 1 && page + 1 < end;
        let list = match (pair, rtl) {
            (false, _) => vec![page],
            (true, false) => vec![page, page + 1],
            (true, true) => vec![page + 1, page],
        };
        page += list.len();
        sheets.push(Sheet { pages: list, between: 0.0 });
    }
    sheets
}

/// Makes the pages of a document those of a file; gives back, for each, where it is folded, in points from its left edge.
/// Pages have a bleed of `bleed` points around their trim; `spine` is what fills what two pages leave open between them.
pub(super) fn arrange(document: &mut Document, file: &File, bleed: f64, spine: Inks) -> Vec<Vec<f64>> {
    let old: Vec<ObjectId> = document.get_pages().into_values().collect();
    let tree = document.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference);
    let Ok(tree) = tree else { return Vec::new() };
    let (mut kids, mut folds) = (Vec::new(), Vec::new());
    for sheet in &file.sheets {
        let made = match sheet.pages.as_slice() {
            [page] => old.get(*page).map(|id| (*id, Vec::new())),
            pages => {
                let ids: Vec<ObjectId> = pages.iter().filter_map(|p| old.get(*p).copied()).collect();
                together(document, &ids, sheet.between, bleed, spine)
            }
        };
        let Some((id, folded)) = made else { continue };
        // What pages inherit from a tree of many branches is their own from now on.
        for key in [&b"Resources"[..], b"MediaBox"] {
            let value = inherited(document, id, key);
            if let (Some(value), Ok(page)) = (value, document.get_dictionary_mut(id)) {
                page.set(key, value);
            }
        }
        if let Ok(page) = document.get_dictionary_mut(id) {
            page.set("Parent", tree);
        }
        kids.push(Object::Reference(id));
        folds.push(folded);
    }
    let count = kids.len() as i64;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    folds
}

/// Pages side by side as one, and where it is folded.
fn together(
    document: &mut Document,
    pages: &[ObjectId],
    between: f64,
    bleed: f64,
    spine: Inks,
) -> Option<(ObjectId, Vec<f64>)> {
    let first: Rect = rect(&inherited(document, *pages.first()?, b"MediaBox")?)?;
    let (width, height) = (first[2] - first[0] - 2.0 * bleed, first[3] - first[1]);
    let whole = pages.len() as f64 * width + (pages.len() - 1) as f64 * between + 2.0 * bleed;
    let (mut content, mut objects, mut folds) = (String::new(), Dictionary::new(), Vec::new());
    if between > 2.0 * bleed {
        let [c, m, y, k] = spine.map(|v| v / 100.0);
        let left = bleed + width;
        let _ = writeln!(content, "q {c:.4} {m:.4} {y:.4} {k:.4} k {left:.3} 0 {between:.3} {height:.3} re f Q");
    }
    for (number, page) in pages.iter().enumerate() {
        let left = bleed + number as f64 * (width + between);
        // Into its own bleed at the outside, to the middle of what lies between at the inside.
        let inward = bleed.min(between / 2.0);
        let low = if number == 0 { 0.0 } else { left - inward };
        let high = if number + 1 == pages.len() { whole } else { left + width + inward };
        let name = format!("P{number}");
        let _ = writeln!(content, "q {low:.3} 0 {:.3} {height:.3} re W n", high - low);
        let _ = writeln!(content, "1 0 0 1 {:.3} {:.3} cm /{name} Do Q", left - bleed - first[0], -first[1]);
        let form = form(document, *page)?;
        objects.set(name, document.add_object(form));
        folds.extend((number > 0).then_some(left));
        folds.extend((between > 0.0 && number + 1 < pages.len()).then_some(left + width));
    }
    let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let page = dictionary! {
        "Type" => "Page", "Contents" => content,
        "MediaBox" => [0.0, 0.0, whole, height].map(|v| Object::Real(v as f32)).to_vec(),
        "Resources" => dictionary! { "XObject" => objects },
    };
    folds.sort_by(f64::total_cmp);
    folds.dedup();
    Some((document.add_object(page), folds))
}

/// A page as a form. Its content is one stream by now.
fn form(document: &Document, page: ObjectId) -> Option<Stream> {
    let dict = document.get_dictionary(page).ok()?;
    let stream = dict.get_deref(b"Contents", document).and_then(Object::as_stream).ok()?;
    let mut form = stream.clone();
    form.dict.set("Type", "XObject");
    form.dict.set("Subtype", "Form");
    form.dict.set("BBox", inherited(document, page, b"MediaBox")?);
    form.dict.set("Resources", inherited(document, page, b"Resources")?);
    if let Ok(group) = dict.get(b"Group") {
        form.dict.set("Group", group.clone());
    }
    Some(form)
}

fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..32 {
        if let Ok(value) = node.get(key) {
            return Some(value.clone());
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

fn rect(object: &Object) -> Option<Rect> {
    let numbers: Vec<f64> = object.as_array().ok()?.iter().filter_map(|o| o.as_float().ok()).map(f64::from).collect();
    Rect::try_from(numbers).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Mm;

    fn shop(cover: Cover, spreads: bool, binding: Binding) -> Shop {
        let mut shop = Shop::named("fogra39-x4").unwrap();
        (shop.cover, shop.spreads, shop.binding) = (cover, spreads, binding);
        shop
    }

    fn pages(file: &File) -> Vec<Vec<usize>> {
        file.sheets.iter().map(|s| s.pages.iter().map(|p| p + 1).collect()).collect()
    }

    #[test]
    fn pages_go_where_the_shop_wants_them() {
        let one = files(8, &shop(Cover::WithPages, false, Binding::Saddle), false).unwrap();
        assert_eq!((one.len(), pages(&one[0]).len()), (1, 8));
        let spreads = files(8, &shop(Cover::WithPages, true, Binding::Saddle), false).unwrap();
        assert_eq!(pages(&spreads[0]), [vec![1], vec![2, 3], vec![4, 5], vec![6, 7], vec![8]]);
        let turned = files(8, &shop(Cover::WithPages, true, Binding::Saddle), true).unwrap();
        assert_eq!(pages(&turned[0])[1], [3, 2]);
        let apart = files(8, &shop(Cover::Separate, false, Binding::Saddle), false).unwrap();
        assert_eq!(pages(&apart[0]), [[3], [4], [5], [6]]);
        assert_eq!(pages(&apart[1]), [[1], [2], [7], [8]]);
        let stapled = files(8, &shop(Cover::WrapAround, true, Binding::Saddle), false).unwrap();
        assert_eq!(pages(&stapled[0]), [vec![3], vec![4, 5], vec![6]]);
        assert_eq!(pages(&stapled[1]), [[8, 1], [2, 7]]);
        assert!(stapled[1].sheets[0].between.abs() < 1e-9);
    }

    #[test]
    fn a_glued_cover_needs_its_spine() {
        let mut shop = shop(Cover::WrapAround, false, Binding::Perfect);
        assert_eq!(files(68, &shop, false), Err(NoSpine));
        (shop.leaf, shop.board) = (Some(Mm(0.1)), Some(Mm(0.25)));
        let made = files(68, &shop, false).unwrap();
        assert!((made[1].sheets[0].between - 3.7 * PT_PER_MM).abs() < 1e-9);
    }
}
