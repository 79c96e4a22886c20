//! The lines of the main text as they stand on the pages, with what can be measured on each.

use super::Format;
use super::walk::{Mark, mark};
use std::collections::BTreeMap;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A line of body text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Page index.
    pub(super) page: usize,
    /// Column in reading order.
    pub(super) column: usize,
    /// Its baseline, in points from the top of the page.
    pub(super) y: f64,
    /// The article and block that it belongs to.
    pub(super) block: Option<(usize, u32)>,
    /// How wide its word spaces are, as a multiple of the font's own; 1 on a line without any.
    pub(super) spacing: f64,
    /// How far it goes beyond its column, in points; 0 within it.
    pub(super) beyond: f64,
    /// Whether it ends in a hyphen.
    pub(super) hyphen: bool,
    /// Its first words, for messages.
    pub(super) text: String,
}

/// Where the numbers of trials begin; articles are below.
pub(super) const TRIALS: usize = 1_000_000;

/// How the columns of a page are counted.
pub(super) struct Columns<'a> {
    pub(super) format: &'a Format,
    /// Columns of every page, and whether they follow each other from right to left.
    pub(super) counts: &'a [(usize, bool)],
}

/// A line that is still being put together: runs arrive in pieces.
#[derive(Default)]
struct Open {
    spaces: f64,
    natural: f64,
    beyond: f64,
    block: Option<(usize, u32)>,
    text: String,
}

/// Every line of body text (`family` at the format's size), page by page, column by column, from the top.
pub(super) fn lines(document: &PagedDocument, family: &str, columns: &Columns<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    // A block may go on over pages.
    let mut block = None;
    for (page, laid) in document.pages().iter().enumerate() {
        let mut walker = Walker { page, family, columns, block, open: BTreeMap::new() };
        walker.frame(&laid.frame, Transform::identity());
        block = walker.block;
        for ((column, y), open) in walker.open {
            let text = open.text.trim_end();
            let hyphen = text.ends_with(['-', '\u{2010}', '\u{ad}']);
            let spacing = if open.natural > 0.0 { open.spaces / open.natural } else { 1.0 };
            let text = text.chars().take(60).collect();
            let (beyond, block) = (open.beyond, open.block);
            lines.push(Line { page, column, y: y as f64 / 100.0, block, spacing, beyond, hyphen, text });
        }
    }
    lines
}

struct Walker<'a> {
    page: usize,
    family: &'a str,
    columns: &'a Columns<'a>,
    block: Option<(usize, u32)>,
    /// By column and hundredths of a point.
    open: BTreeMap<(usize, i64), Open>,
}

impl Walker<'_> {
    fn frame(&mut self, frame: &Frame, outer: Transform) {
        for (point, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => self.text(text, Point::zero().transform(here)),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let found = content.to_packed::<MetadataElem>().and_then(|m| mark(&m.value));
                    match found {
                        Some(Mark::BlockBegin(a, b)) => self.block = Some((a, b)),
                        Some(Mark::Trial(n, step)) => self.block = Some((TRIALS + n, step)),
                        Some(Mark::BlockEnd(a, b)) if self.block == Some((a, b)) => self.block = None,
                        _ => {}
                    }
                }
                FrameItem::Image(..) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(Tag::End(..)) => {}
            }
        }
    }

    fn text(&mut self, item: &TextItem, at: Point) {
        let format = self.columns.format;
        let (x, y) = (at.x.to_pt(), at.y.to_pt());
        let body = (item.size.to_pt() - format.size).abs() < 0.01 && item.font.info().family == self.family;
        if !body || y < format.top || y > format.height - format.bottom + 0.5 {
            return;
        }
        let usual = (format.columns, format.rtl);
        let (count, rtl) = self.columns.counts.get(self.page).copied().unwrap_or(usual);
        let column = format.column_at(x, self.page, count, rtl);
        let open = self.open.entry((column, (y * 100.0).round() as i64)).or_default();
        open.block = open.block.or(self.block);
        let (from, to) = format.column_edges(column, self.page, count, rtl);
        open.beyond = open.beyond.max(x + item.width().to_pt() - to).max(from - x);
        open.text.push_str(&item.text);
        for glyph in &item.glyphs {
            if item.text.get(glyph.range()).is_some_and(|t| matches!(t, " " | "\u{a0}")) {
                open.spaces += glyph.x_advance.get();
                open.natural += item.font.x_advance(glyph.id).map_or(0.0, |a| a.get());
            }
        }
    }
}
