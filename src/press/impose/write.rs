//! The sheets as pages of the document that the source was; what belonged to its pages alone goes.
//!
//! Streams keep their bytes. The catalog keeps what makes the file a PDF/X and what its content refers to, no more.

use super::fold::Cell;
use super::geometry::{Layout, Page, Place};
use super::plan::{Plan, Sheet};
use super::source::Boxes;
use super::told::slug;
use super::{Binding, Job, Refusal};
use crate::press::marks::{self, MM, Rect, Spot};
use lopdf::{Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What the catalog keeps.
const KEPT: &[&[u8]] = &[b"Type", b"Version", b"Extensions", b"OutputIntents", b"Metadata", b"OCProperties", b"Lang"];
/// Entries that point into the tags, which do not come along.
const TAGS: &[&[u8]] = &[b"StructParent", b"StructParents"];
/// A collation mark's width and height in points, and its step from one signature to the next.
const COLLATION: (f64, f64, f64) = (2.5 * MM, 6.0 * MM, 8.0 * MM);

/// A sheet with everything placed.
pub(super) struct Laid<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) layout: Layout,
    pub(super) place: Place,
}

/// What all sheets have in common.
pub(super) struct Set<'a> {
    pub(super) job: &'a Job,
    pub(super) page: &'a Page,
    pub(super) plan: &'a Plan,
    pub(super) forms: &'a [ObjectId],
    pub(super) spots: &'a [Spot],
    pub(super) pages: &'a [Boxes],
}

/// Writes the sheets.
pub(super) fn write(
    mut document: Document,
    set: &Set<'_>,
    sheets: &[Laid<'_>],
    source: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for laid in sheets {
        for form in 0..laid.layout.forms.len() {
            let page = set.side(&mut document, laid, form, tree);
            kids.push(Object::Reference(document.add_object(page)));
        }
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }.into());
    let broken = |_| Refusal::new("the file has no catalog: export it anew");
    let catalog = document.catalog_mut().map_err(broken)?;
    let all: Vec<Vec<u8>> = catalog.iter().map(|(key, _)| key.clone()).collect();
    for key in all.iter().filter(|key| !KEPT.contains(&key.as_slice())) {
        catalog.remove(key);
    }
    catalog.set("Pages", tree);
    untagged(&mut document);
    super::claims::dropped(&mut document);
    renamed(&mut document, source, set.job);
    document.prune_objects();
    let modern = document.version.as_str() >= "1.5";
    let options = SaveOptions::builder().use_object_streams(modern).use_xref_streams(modern).build();
    let mut out = Vec::with_capacity(source.len());
    let failed = |e| Refusal::new(format!("the sheets cannot be written ({e}): export the file anew"));
    document.save_with_options(&mut out, options).map_err(failed)?;
    Ok(out)
}

/// Takes the tags' entries off everything that is drawn.
fn untagged(document: &mut Document) {
    for object in document.objects.values_mut() {
        let dict = match object {
            Object::Stream(stream) => &mut stream.dict,
            Object::Dictionary(dict) => dict,
            _ => continue,
        };
        for key in TAGS {
            dict.remove(key);
        }
    }
}

/// The second identifier says which version of the file it is (ISO 32000-1, 14.4): it depends on source and job alone.
fn renamed(document: &mut Document, source: &[u8], job: &Job) {
    let hash = Sha256::new().chain_update(source).chain_update(format!("{job:?}")).finalize();
    let own = Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    let old = document.trailer.get_deref(b"ID", document).and_then(Object::as_array).ok();
    let first = old.and_then(|ids| ids.first().cloned()).unwrap_or_else(|| own.clone());
    document.trailer.set("ID", vec![first, own]);
}

fn boxed(rect: Rect) -> Object {
    Object::Array(rect.iter().map(|v| Object::Real(*v as f32)).collect())
}

/// Numbers as operands: a hundred-thousandth of a point or of a matrix is finer than any press.
fn put(out: &mut String, numbers: &[f64], operator: &str) {
    for n in numbers {
        let _ = write!(out, "{} ", (n * 1e5).round() / 1e5);
    }
    out.push_str(operator);
    out.push('\n');
}

impl Set<'_> {
    /// One form of a sheet as a page of the document.
    fn side(&self, document: &mut Document, laid: &Laid<'_>, form: usize, tree: ObjectId) -> lopdf::Dictionary {
        let mut content = String::new();
        let mut forms = lopdf::Dictionary::new();
        for cell in laid.layout.forms.get(form).into_iter().flatten() {
            self.cell(laid, cell, &mut content, &mut forms);
        }
        let around = laid.layout.around(&laid.place, self.page);
        if self.job.marks.any() {
            let text = slug(self.job, self.plan, laid, form);
            let drawn = marks::draw(&around, self.job.marks, self.spots, Some(&text));
            forms.set("Marks", document.add_object(drawn.into_form()));
            content.push_str("q /Marks Do Q\n");
        }
        if form == 0 {
            self.collation(laid, &mut content);
        }
        let mut stream = Stream::new(lopdf::Dictionary::new(), content.into_bytes());
        // Without compression it is as good, only longer.
        let _ = stream.compress();
        let content = document.add_object(stream);
        dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => boxed(around.media),
            "BleedBox" => boxed(within(around.bleed, around.media)),
            "TrimBox" => boxed(around.trim),
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => content,
        }
    }

    fn cell(&self, laid: &Laid<'_>, cell: &Cell, content: &mut String, forms: &mut lopdf::Dictionary) {
        let slot = laid.sheet.slots.get(cell.page).and_then(|slot| self.plan.pages.get(*slot)).copied().flatten();
        let Some(number) = slot else { return };
        let (Some(form), Some(boxes)) = (self.forms.get(number), self.pages.get(number)) else { return };
        let name = format!("P{}", number + 1);
        let [left, bottom, right, top] = laid.layout.seen(cell, &laid.place, self.page);
        let [x, y, ..] = laid.layout.trim(cell, &laid.place, self.page);
        let creep = self.page.creep(laid.sheet.depth(cell.page));
        let x = if cell.spine_right { x + creep } else { x - creep };
        content.push_str("q\n");
        put(content, &[left, bottom, right - left, top - bottom], "re W n");
        put(content, &boxes.laid(x, y, cell.turned), "cm");
        let _ = writeln!(content, "/{name} Do Q");
        forms.set(name, *form);
    }

    /// A step on the spine of each gathered signature: a signature that is missing or out of order breaks the stair.
    fn collation(&self, laid: &Laid<'_>, content: &mut String) {
        let gathered = self.job.binding == Binding::Perfect && self.plan.signatures.len() > 1;
        if !gathered || laid.sheet.place > 0 || !self.job.marks.any() || self.job.mill.0 <= 0.0 {
            return;
        }
        let Some(cell) = laid.layout.forms.first().and_then(|f| f.iter().find(|c| c.page == 0)) else { return };
        let [left, bottom, right, top] = laid.layout.trim(cell, &laid.place, self.page);
        let (width, height, step) = COLLATION;
        let (mill, room) = (self.job.mill.0 * MM, (top - bottom - height).max(0.0));
        let middle = if cell.spine_right { right + mill } else { left - mill };
        let steps = (room / step).floor() as usize + 1;
        let down = (laid.sheet.signature % steps) as f64 * step;
        // Downwards on the folded signature, also where the page stands on its head.
        let y = if cell.turned { bottom + down } else { top - height - down };
        let width = width.min(2.0 * mill);
        content.push_str("q 0 0 0 1 k\n");
        put(content, &[middle - width / 2.0, y, width, height], "re f Q");
    }
}

fn within(inner: Rect, outer: Rect) -> Rect {
    [inner[0].max(outer[0]), inner[1].max(outer[1]), inner[2].min(outer[2]), inner[3].min(outer[3])]
}
