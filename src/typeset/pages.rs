//! The finished layout: pages with their folios, what begins on each, and where every picture stands.

use super::Format;
use super::fit::{Desk, Fit};
use super::judge::{Judge, Measured};
use super::plan::{Item, Leaf};
use super::text;
use super::walk::{Found, Mark};
use crate::issue::pages::{Anchor, PageBreak};
use crate::issue::{AdvertId, ArticleId, Issue, PictureId};
use std::collections::BTreeMap;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

/// A fitted issue.
pub struct Layout {
    /// The page's measures.
    pub format: Format,
    /// Every page in order.
    pub pages: Vec<Page>,
    /// Every picture as it was placed, page by page. The sizes are of the whole picture, cut parts included.
    pub placed: Vec<Placed>,
    /// First and last page index of every article.
    pub articles: Vec<Article>,
    /// What was measured on the pages.
    pub measured: Measured,
    /// A digest of the words of every page.
    pub(super) digests: Vec<String>,
    /// The decisions behind the pages, as they can be kept.
    pub lock: Option<super::Lock>,
    /// What became of locked pages; none where nothing was locked.
    pub kept: Option<super::Kept>,
    /// Adverts in page order, and the article on or after whose last page each stands.
    pub adverts: Vec<(AdvertId, Option<ArticleId>)>,
    /// The engine's pages, until they are let go.
    pub(super) document: Option<PagedDocument>,
    pub(super) seen: BTreeMap<String, Bytes>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What readers call it: "C1", "2", "3" …
    pub folio: String,
    /// What begins or goes on there.
    pub starts: Anchor,
}

/// A picture on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Which picture.
    pub picture: PictureId,
    /// Page index.
    pub page: usize,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// The pages of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// Page index of its first page.
    pub first: usize,
    /// Page index of its last page.
    pub last: usize,
}

impl Layout {
    /// Every file that the engine saw when it set these pages, by path: page templates, data, pictures as stand-ins.
    /// `main.typ` is where the engine begins. With these, the shipped fonts and nothing else it sets the same pages again.
    pub fn engine_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.seen.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The page breaks for a page list, in page order.
    pub fn page_breaks(&self) -> Vec<PageBreak> {
        self.pages.iter().map(|p| PageBreak { folio: p.folio.clone(), at: p.starts.clone() }).collect()
    }

    /// The folio of an article's first page.
    pub fn folio_of(&self, article: ArticleId) -> &str {
        self.articles.get(article.0).and_then(|a| self.pages.get(a.first)).map_or("", |p| p.folio.as_str())
    }

    /// The folios of the pages on which a picture stands, the contents page left out.
    pub fn folios_of(&self, picture: PictureId) -> Vec<String> {
        let shown = self.placed.iter().filter(|p| p.picture == picture);
        let mut list: Vec<String> = Vec::new();
        for placed in shown.filter(|p| self.pages[p.page].starts != Anchor::Contents) {
            let folio = &self.pages[placed.page].folio;
            if list.last() != Some(folio) {
                list.push(folio.clone());
            }
        }
        list
    }
}

/// The cover's folio.
pub(super) const COVER: &str = "C1";

/// What readers call a page: the cover is C1, the next page 2.
fn folio(index: usize) -> String {
    if index == 0 { COVER.to_owned() } else { (index + 1).to_string() }
}

/// Which leaf every page belongs to.
fn leaves_of(pages: &[Vec<Found>]) -> Vec<usize> {
    let mut current = 0;
    pages
        .iter()
        .map(|found| {
            if let Some(leaf) = found.iter().find_map(|f| if let Mark::Leaf(n) = f.mark { Some(n) } else { None }) {
                current = leaf;
            }
            current
        })
        .collect()
}

/// How many pages the back matter takes.
pub(super) fn back_pages(pages: &[Vec<Found>], leaves: &[Leaf]) -> usize {
    let of = leaves_of(pages);
    of.iter().filter(|leaf| leaves.get(**leaf) == Some(&Leaf::Back)).count()
}

/// The page indexes of the contents.
pub(super) fn contents_pages(pages: &[Vec<Found>], leaves: &[Leaf]) -> Vec<usize> {
    let of = leaves_of(pages);
    (0..pages.len()).filter(|&p| leaves.get(of[p]) == Some(&Leaf::Contents)).collect()
}

pub(super) fn layout(
    desk: &Desk<'_>,
    document: PagedDocument,
    found: &[Vec<Found>],
    leaves: &[Leaf],
    fit: &Fit,
) -> Layout {
    let (issue, format) = (desk.issue, desk.format.clone());
    let ends = super::fit::endings(desk, found, leaves, fit);
    let articles =
        ends.iter().map(|e| e.map_or(Article { first: 0, last: 0 }, |e| Article { first: e.first, last: e.last }));
    let articles: Vec<Article> = articles.collect();
    let of = leaves_of(found);
    let mut reader = Reader { issue, size: format.size, open: None, begun: None, last: BTreeMap::new() };
    let pages = found
        .iter()
        .enumerate()
        .map(|(index, marks)| Page { folio: folio(index), starts: reader.start(marks, &leaves[of[index]]) })
        .collect();
    let adverts = super::fit::advert_order(leaves, fit);
    let mut layout = Layout {
        format,
        pages,
        placed: placed(found),
        articles,
        adverts,
        measured: Measured::default(),
        digests: found.iter().map(|f| digest(f)).collect(),
        lock: None,
        kept: None,
        document: None,
        seen: BTreeMap::new(),
    };
    let judge = Judge { desk: *desk, document: &document, found, leaves, fit };
    layout.measured = judge.measure(&layout);
    layout.lock = Some(super::Lock::of(desk, &layout, leaves, fit));
    layout.document = Some(document);
    layout
}

/// Every picture on the pages.
pub(super) fn placed(found: &[Vec<Found>]) -> Vec<Placed> {
    let on = |(page, marks): (usize, &Vec<Found>)| {
        let one = |f: &Found| match f.mark {
            Mark::Picture(p, width, height) => Some(Placed { picture: PictureId(p), page, width, height }),
            _ => None,
        };
        marks.iter().filter_map(one).collect::<Vec<_>>()
    };
    found.iter().enumerate().flat_map(on).collect()
}

/// A digest of a page's words: letters alone, so that another hyphen at a line's end is no change.
fn digest(found: &[Found]) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for f in found {
        if let Mark::Text(text) = &f.mark {
            text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| c.hash(&mut hasher));
        }
    }
    format!("{:016x}", hasher.finish())
}

/// Follows an article's main text from page to page.
struct Reader<'a> {
    issue: &'a Issue,
    size: f64,
    /// The block that the last page left unfinished.
    open: Option<(usize, u32)>,
    /// The article and the block with which the last page began.
    begun: Option<(usize, u32)>,
    /// The last block that began, by article.
    last: BTreeMap<usize, u32>,
}

impl Reader<'_> {
    fn start(&mut self, marks: &[Found], leaf: &Leaf) -> Anchor {
        match leaf {
            Leaf::Cover => Anchor::Cover,
            Leaf::Contents => Anchor::Contents,
            Leaf::FullAdvert(advert) => Anchor::Advert(AdvertId(*advert)),
            Leaf::Adverts(rows) => {
                let mut items = rows.iter().flatten();
                items.find_map(Item::advert_of).map_or(Anchor::Partners, |a| Anchor::Advert(AdvertId(a)))
            }
            Leaf::Back => self.back(marks),
            Leaf::Article(article) => self.article(marks, *article),
        }
    }

    /// The page's first part; a page that only goes on with one belongs to the last that began.
    fn back(&mut self, marks: &[Found]) -> Anchor {
        let part = marks.iter().find_map(|f| if let Mark::Part(n) = f.mark { Some(n) } else { None });
        match part {
            Some(0) => Anchor::Partners,
            Some(1) => Anchor::Credits,
            _ => Anchor::Imprint,
        }
    }

    fn article(&mut self, marks: &[Found], article: usize) -> Anchor {
        let id = ArticleId(article);
        let begins = marks.iter().any(|f| matches!(f.mark, Mark::ArticleBegin(_)));
        let first = marks.iter().find_map(|f| match f.mark {
            Mark::BlockBegin(a, b) if a == article => Some(b),
            _ => None,
        });
        let at = match (begins, self.open) {
            (true, _) => None,
            (false, Some((a, block))) if a == article => Some((block, self.word(marks, article, block))),
            (false, _) => {
                // A page without main text begins with what stands beside it, unless that would lead back in the text.
                let before = self.begun.filter(|(a, _)| *a == article).map_or(0, |(_, block)| block);
                let aside = marks.iter().filter_map(|f| match f.mark {
                    Mark::Aside(a, b) if a == article && b >= before => Some(b),
                    _ => None,
                });
                let next = first.or(aside.min()).or_else(|| self.last.get(&article).copied());
                next.map(|block| (block, 0))
            }
        };
        self.begun = at.map(|(block, _)| (article, block)).or(Some((article, 0)));
        self.follow(marks, article);
        Anchor::Article { article: id, block: at }
    }

    /// The word of an unfinished block with which the page begins.
    fn word(&self, marks: &[Found], article: usize, block: u32) -> usize {
        let end = marks.iter().position(|f| matches!(f.mark, Mark::BlockEnd(a, b) if (a, b) == (article, block)));
        let upto = &marks[..end.unwrap_or(marks.len())];
        let tail: String = upto
            .iter()
            .filter_map(|f| match &f.mark {
                Mark::Text(t) if (f.size - self.size).abs() < 0.01 => Some(t.as_str()),
                _ => None,
            })
            .collect();
        let texts = text::texts(&self.issue.articles[article].manuscript.body);
        texts.get(&block).and_then(|whole| text::word_of_tail(whole, &tail)).unwrap_or(0)
    }

    fn follow(&mut self, marks: &[Found], article: usize) {
        for f in marks {
            match f.mark {
                Mark::BlockBegin(a, b) if a == article => {
                    self.open = Some((a, b));
                    self.last.insert(a, b);
                }
                Mark::BlockEnd(a, b) if self.open == Some((a, b)) => self.open = None,
                _ => {}
            }
        }
    }
}
