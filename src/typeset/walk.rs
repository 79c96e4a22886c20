//! What stands where on the laid-out pages: read back from the engine's frames, in the order in which it set them.

use typst::foundations::{Repr, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

/// Something found on a page.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A leaf of the plan begins.
    Leaf(usize),
    /// A block of an article's main text begins.
    BlockBegin(usize, u32),
    /// … and ends.
    BlockEnd(usize, u32),
    /// A picture or a box beside an article's main text.
    Aside(usize, u32),
    /// Something beside an article's main text ends.
    Foot(usize, u32),
    /// An article's text begins.
    ArticleBegin(usize),
    /// An article's text ends.
    ArticleEnd(usize),
    /// A wide box was given this many lines.
    Box(usize, u32, u32),
    /// The text of a wide box ends.
    BoxEnd(usize, u32),
    /// What the text runs around begins, or the lines above it.
    Wrap(usize, u32),
    /// A paragraph set for trial, by its number among the trials, and which try.
    Trial(usize, u32),
    /// A short text, across the page (1) or in half of it (0), takes so many lines.
    FillerLines(usize, bool, i32),
    /// Partners (0), credits (1) or the imprint (2) begin.
    Part(usize),
    /// A run of text.
    Text(String),
    /// A picture, by its number in the issue, at a width and height in points.
    Picture(usize, f64, f64),
}

/// A mark and its place on the page, in points from the top left.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) mark: Mark,
}

/// Every mark of every page.
pub(super) fn walk(document: &PagedDocument) -> Vec<Vec<Found>> {
    document
        .pages()
        .iter()
        .map(|page| {
            let mut found = Vec::new();
            frame(&page.frame, Transform::identity(), &mut found);
            found
        })
        .collect()
}

fn frame(frame: &Frame, outer: Transform, found: &mut Vec<Found>) {
    for (point, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(point.x, point.y));
        let origin = Point::zero().transform(here);
        let (x, y) = (origin.x.to_pt(), origin.y.to_pt());
        let mut push = |size, mark| found.push(Found { x, y, size, mark });
        match item {
            FrameItem::Group(group) => self::frame(&group.frame, here.pre_concat(group.transform), found),
            // Marks that stand above or below letters repeat these: the letters have a width.
            FrameItem::Text(text) if text.glyphs.iter().all(|g| g.x_advance.get() == 0.0) => {}
            FrameItem::Text(text) => push(text.size.to_pt(), Mark::Text(text.text.to_string())),
            FrameItem::Image(image, size, _) => {
                let id = match image.kind() {
                    ImageKind::Raster(raster) => super::data::picture_of(raster.data()),
                    ImageKind::Svg(svg) => super::data::vector_of(svg.data()),
                    ImageKind::Pdf(_) => None,
                };
                if let Some(id) = id {
                    push(0.0, Mark::Picture(id, size.x.to_pt(), size.y.to_pt()));
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                if let Some(elem) = content.to_packed::<MetadataElem>()
                    && let Some(mark) = mark(&elem.value)
                {
                    push(0.0, mark);
                }
            }
            FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(Tag::End(..)) => {}
        }
    }
}

/// The theme's marks are arrays: a name, then numbers.
pub(super) fn mark(value: &Value) -> Option<Mark> {
    let Value::Array(array) = value else { return None };
    let mut values = array.iter();
    let name = match values.next()? {
        Value::Str(s) => s.as_str().to_owned(),
        _ => return None,
    };
    let numbers: Vec<usize> = values.filter_map(|v| v.repr().parse().ok()).collect();
    let number = |i: usize| numbers.get(i).copied();
    let block = |i: usize| number(i).and_then(|n| u32::try_from(n).ok());
    match name.as_str() {
        "plan" => Some(Mark::Leaf(number(0)?)),
        "b" => Some(Mark::BlockBegin(number(0)?, block(1)?)),
        "e" => Some(Mark::BlockEnd(number(0)?, block(1)?)),
        "aside" => Some(Mark::Aside(number(0)?, block(1)?)),
        "foot" => Some(Mark::Foot(number(0)?, block(1)?)),
        "article-begin" => Some(Mark::ArticleBegin(number(0)?)),
        "article-end" => Some(Mark::ArticleEnd(number(0)?)),
        "part" => Some(Mark::Part(number(0)?)),
        "trial" => Some(Mark::Trial(number(0)?, block(1)?)),
        "filler-lines" => Some(Mark::FillerLines(number(0)?, number(1)? == 1, i32::try_from(number(2)?).ok()?)),
        "wrap" => Some(Mark::Wrap(number(0)?, block(1)?)),
        "box" => Some(Mark::Box(number(0)?, block(1)?, block(2)?)),
        "box-end" => Some(Mark::BoxEnd(number(0)?, block(1)?)),
        _ => None,
    }
}
