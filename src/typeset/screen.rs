//! The laid-out pages for screens without a PDF: each as a drawing, with its words and links and where they stand.
//!
//! The drawing holds outlines and no text; words for selecting, searching and finding the manuscript again come beside it.

use super::Layout;
use super::data::stand_in_id;
use super::walk::{Mark, mark};
use crate::issue::{ArticleId, Issue, PictureId};
use crate::picture::{Format, stand_in};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use typst::introspection::{Introspector, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst_svg::SvgOptions;

/// Words in one line of one face. Lengths are in points from the page's top left.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Left end.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Size of the type.
    pub size: f64,
    /// The words.
    pub text: String,
    /// The article and the block of its text to which they belong; no block in its head, nothing in furniture and adverts.
    pub block: Option<(ArticleId, Option<u32>)>,
}

/// A part of a page that leads somewhere. Lengths are in points from the page's top left.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Where to.
    pub to: To,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum To {
    /// A page of the issue, by its index.
    Page(usize),
    /// An address.
    Web(String),
}

/// What stands on a page beside its drawing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// In the order in which they were set.
    pub runs: Vec<Run>,
    /// Links.
    pub links: Vec<Link>,
}

impl Layout {
    /// A page as SVG 1.1, its photographs and adverts in the given files (media type and bytes); those without one stay grey.
    pub fn page_svg(&self, issue: &Issue, page: usize, pictures: &BTreeMap<PictureId, (&str, &[u8])>) -> String {
        let Some(page) = self.document.iter().flat_map(|d| d.pages()).nth(page) else { return String::new() };
        let mut svg = typst_svg::svg(page, &SvgOptions::default());
        for (id, (media_type, bytes)) in pictures {
            let Some(picture) = issue.pictures.get(id.0) else { continue };
            let stand_in = STANDARD.encode(stand_in(&picture.probe, &stand_in_id(*id)));
            let real = format!("data:{media_type};base64,{}", STANDARD.encode(bytes));
            svg = svg.replace(&format!("data:image/jpeg;base64,{stand_in}"), &real);
        }
        svg
    }

    /// What a page's drawing depends on, in few letters: pages of the same digest look the same but for their pictures' content.
    pub fn page_digest(&self, page: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        if let Some(page) = self.document.iter().flat_map(|d| d.pages()).nth(page) {
            look_of(&page.frame, &mut hasher);
        }
        hasher.finish()
    }

    /// The pictures with a stand-in on a page, and the largest width of each in points.
    pub fn pictures_on(&self, issue: &Issue, page: usize) -> BTreeMap<PictureId, f64> {
        let mut widths = BTreeMap::new();
        let here = self.placed.iter().filter(|p| p.page == page);
        for placed in here.filter(|p| issue.pictures[p.picture.0].probe.format != Format::Svg) {
            let width = widths.entry(placed.picture).or_insert(0.0_f64);
            *width = width.max(placed.width);
        }
        widths
    }

    /// The words and links of every page.
    pub fn words(&self, issue: &Issue) -> Vec<Words> {
        let texts = issue.articles.iter().map(|a| {
            let all = super::text::all_texts(&a.manuscript);
            all.into_iter().map(|(block, text)| (block, letters(&text))).collect()
        });
        let mut reader = Reader { layout: self, texts: texts.collect(), open: Vec::new(), article: None, near: None };
        let pages = self.document.iter().flat_map(|d| d.pages());
        pages
            .map(|page| {
                let mut words = Words::default();
                reader.frame(&page.frame, Transform::identity(), &mut words);
                words
            })
            .collect()
    }
}

/// Follows articles and blocks from page to page.
struct Reader<'a> {
    layout: &'a Layout,
    /// The letters of every block of every article.
    texts: Vec<BTreeMap<u32, String>>,
    /// Blocks that have begun and not ended, the innermost last.
    open: Vec<(usize, u32)>,
    article: Option<usize>,
    /// The article whose boxes and pictures stand here.
    near: Option<usize>,
}

/// So many letters say of which paragraph of an article they are.
const TELLING: usize = 6;

impl Reader<'_> {
    fn frame(&mut self, frame: &Frame, outer: Transform, words: &mut Words) {
        for (point, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(point.x, point.y));
            let origin = Point::zero().transform(here);
            let (x, y) = (origin.x.to_pt(), origin.y.to_pt());
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform), words),
                FrameItem::Text(item) if !item.text.trim().is_empty() => {
                    let text = item.text.to_string();
                    let block = self.block(&text);
                    let (width, size) = (item.width().to_pt(), item.size.to_pt());
                    words.runs.push(Run { x, y, width, size, text, block });
                }
                FrameItem::Link(to, size) => {
                    if let Some(to) = self.target(to) {
                        let (width, height) = (size.x.to_pt(), size.y.to_pt());
                        words.links.push(Link { x, y, width, height, to });
                    }
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let found = content.to_packed::<MetadataElem>().and_then(|elem| mark(&elem.value));
                    self.note(found);
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, found: Option<Mark>) {
        match found {
            Some(Mark::BlockBegin(article, block)) => self.open.push((article, block)),
            Some(Mark::BlockEnd(article, block)) => self.open.retain(|open| *open != (article, block)),
            Some(Mark::ArticleBegin(article)) => (self.article, self.near) = (Some(article), Some(article)),
            // What stands in a box has no marks of its own.
            Some(Mark::Aside(article, _)) => self.near = Some(article),
            Some(Mark::Leaf(_) | Mark::ArticleEnd(_)) => {
                self.article = None;
                self.open.clear();
            }
            _ => {}
        }
    }

    /// The block to which words belong: an open one that holds them, for floats stand between a paragraph's parts.
    fn block(&self, text: &str) -> Option<(ArticleId, Option<u32>)> {
        let letters = letters(text);
        let holds = |&&(article, block): &&(usize, u32)| {
            let whole = self.texts.get(article).and_then(|t| t.get(&block));
            !letters.is_empty() && whole.is_some_and(|whole| whole.contains(&letters))
        };
        if let Some((article, block)) = self.open.iter().rev().find(holds) {
            return Some((ArticleId(*article), Some(*block)));
        }
        let article = self.near.filter(|_| letters.len() >= TELLING)?;
        let mut texts = self.texts.get(article)?.iter();
        match texts.find(|(_, whole)| whole.contains(&letters)) {
            Some((block, _)) => Some((ArticleId(article), Some(*block))),
            None => self.article.map(|article| (ArticleId(article), None)),
        }
    }

    fn target(&self, to: &Destination) -> Option<To> {
        let position = match to {
            Destination::Url(url) => return Some(To::Web(url.as_str().to_owned())),
            Destination::Position(position) => *position,
            Destination::Location(location) => {
                let document = self.layout.document.as_ref()?;
                Introspector::position(document.introspector().as_ref(), *location)?.as_paged()?
            }
        };
        Some(To::Page(position.page.get() - 1))
    }
}

/// Hashes what can be seen of a frame: its marks and links change with every page before it.
fn look_of(frame: &Frame, hasher: &mut DefaultHasher) {
    for (point, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                (point, group.transform, &group.clip).hash(hasher);
                look_of(&group.frame, hasher);
            }
            FrameItem::Text(text) => {
                (point, &text.font, text.size, &text.fill, &text.stroke).hash(hasher);
                for glyph in &text.glyphs {
                    (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_offset).hash(hasher);
                }
            }
            FrameItem::Shape(shape, _) => (point, shape).hash(hasher),
            FrameItem::Image(image, size, _) => (point, image, size).hash(hasher),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

/// Letters and digits alone: hyphens at the ends of lines, ligatures and spaces differ between page and manuscript.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
