//! `masthead.lock`: the layout decisions of an issue and the block with which each page starts, kept so that a corrected
//! reissue has every folio where readers and citations found it.
//!
//! Everything is named as the manifest names it (articles by their slug, adverts by their id), never by a number.

use super::fit::{ArticleFit, Desk, Fit};
use super::pages::Layout;
use super::plan::{Item, Leaf};
use super::theme::OpenerStyle;
use crate::issue::pages::Anchor;
use crate::issue::{Article, Issue};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The file's name, in the issue's folder.
pub const LOCK_FILE: &str = "masthead.lock";
const VERSION: u32 = 1;

/// A pagination that is to be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lock {
    about: String,
    version: u32,
    theme: String,
    /// Trimmed width and height in millimetres.
    trim: (f64, f64),
    contents: usize,
    leaves: Vec<LockedLeaf>,
    pub(super) pages: Vec<LockedPage>,
    /// The pages on which each credited picture stands, by its file: where they are still those, the list of credits need not be
    /// set twice. Only within one process, which is in a hurry.
    #[serde(skip)]
    credits: BTreeMap<String, Vec<usize>>,
    /// Lines of short texts by a digest of what was measured, narrow and wide: pages with them at their feet need not be set anew.
    /// Only within one process too: another might measure otherwise.
    #[serde(skip)]
    measured: BTreeMap<(u64, bool), i32>,
}

/// A page as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct LockedPage {
    pub(super) folio: String,
    /// Article, block and word with which it starts; only the first two where it starts with a whole block.
    pub(super) starts: String,
    /// A digest of its words.
    pub(super) words: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LockedLeaf {
    Cover,
    Contents,
    Back,
    Advert(String),
    Adverts(Vec<Vec<LockedItem>>),
    Article(LockedArticle),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LockedItem {
    Advert(String),
    Filler { name: String, wide: bool },
    Guest { lines: i32, article: LockedArticle },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct LockedArticle {
    name: String,
    opener: String,
    lead: i32,
    room: i32,
    flow: bool,
    tight: i32,
    pictures: i32,
    hidden: Vec<u32>,
    pages: i32,
    boxes: Vec<(u32, u32)>,
    paragraphs: Vec<(u32, i32)>,
    #[serde(default)]
    wraps: Vec<(u32, i32)>,
    band: Vec<LockedItem>,
}

/// Why a lock cannot be kept to.
#[derive(Debug, Clone, PartialEq)]
pub struct Unusable(pub String);

impl Lock {
    /// Reads the file's text.
    ///
    /// # Errors
    /// [`Unusable`] when it is no lock.
    pub fn read(text: &str) -> Result<Lock, Unusable> {
        let lock: Lock = serde_json::from_str(text).map_err(|e| Unusable(format!("it cannot be read: {e}")))?;
        if lock.version != VERSION {
            return Err(Unusable(format!("it is of version {}, this program reads version {VERSION}", lock.version)));
        }
        Ok(lock)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |text| text + "\n")
    }

    /// The lock of a finished layout.
    pub(super) fn of(desk: &Desk<'_>, layout: &Layout, leaves: &[Leaf], fit: &Fit) -> Lock {
        let issue = desk.issue;
        let namer = Namer { desk, issue, fit };
        let digests = digests(desk);
        let page = |(index, page): (usize, &super::Page)| LockedPage {
            folio: page.folio.clone(),
            starts: namer.start(&page.starts),
            words: layout.digests.get(index).cloned().unwrap_or_default(),
        };
        Lock {
            about:
                "Which block starts each page, and how it came there. Delete this file to let the pages be found anew."
                    .to_owned(),
            version: VERSION,
            theme: desk.theme.name.clone(),
            trim: (issue.trim.width.0, issue.trim.height.0),
            contents: fit.contents,
            leaves: leaves.iter().map(|l| namer.leaf(l)).collect(),
            pages: layout.pages.iter().enumerate().map(page).collect(),
            credits: fit.credits.iter().map(|(p, pages)| (issue.pictures[*p].path.clone(), pages.clone())).collect(),
            measured: desk.fillers.iter().map(|((f, wide), lines)| ((digests[*f], *wide), *lines)).collect(),
        }
    }

    /// Lines of those short texts that are as they were measured.
    pub(super) fn measured(&self, desk: &Desk<'_>) -> BTreeMap<(usize, bool), i32> {
        let both = digests(desk).into_iter().enumerate().flat_map(|(f, d)| [(f, d, false), (f, d, true)]);
        both.filter_map(|(f, d, wide)| Some(((f, wide), *self.measured.get(&(d, wide))?))).collect()
    }

    /// The decisions that it holds, for the issue as it is now.
    ///
    /// # Errors
    /// [`Unusable`] when the theme, the trim, the articles or the adverts are others than they were.
    pub(super) fn decisions(&self, desk: &Desk<'_>) -> Result<(Fit, Vec<Leaf>), Unusable> {
        let issue = desk.issue;
        let trim = (issue.trim.width.0, issue.trim.height.0);
        if self.theme != desk.theme.name {
            return Err(Unusable(format!(
                "it is of theme `{}`, the publication now has `{}`",
                self.theme, desk.theme.name
            )));
        }
        if self.trim != trim {
            return Err(Unusable("it is of another trim".to_owned()));
        }
        let pictures = issue.pictures.iter().enumerate().filter(|(_, p)| p.credited);
        let credits = pictures.filter_map(|(n, p)| self.credits.get(&p.path).map(|pages| (n, pages.clone())));
        let mut fit = Fit { contents: self.contents, credits: credits.collect(), ..Fit::start(desk) };
        let mut seen = vec![false; issue.articles.len()];
        let mut reader = Reader { desk, fit: &mut fit, seen: &mut seen };
        let leaves = self.leaves.iter().map(|l| reader.leaf(l)).collect::<Result<Vec<Leaf>, Unusable>>()?;
        match seen.iter().position(|s| !s) {
            Some(article) => Err(Unusable(format!("it does not know the article `{}`", issue.articles[article].slug))),
            None => Ok((fit, leaves)),
        }
    }
}

/// A digest of each short text as a theme sets it.
fn digests(desk: &Desk<'_>) -> Vec<u64> {
    let mut theme = DefaultHasher::new();
    format!("{:?} {:?}", desk.theme, desk.issue.trim).hash(&mut theme);
    let of = |filler: &Article| {
        let mut hasher = theme.clone();
        format!("{filler:?}").hash(&mut hasher);
        hasher.finish()
    };
    desk.issue.fillers.iter().map(of).collect()
}

/// Numbers to names.
struct Namer<'a> {
    desk: &'a Desk<'a>,
    issue: &'a Issue,
    fit: &'a Fit,
}

impl Namer<'_> {
    fn start(&self, anchor: &Anchor) -> String {
        match anchor {
            Anchor::Article { article, block } => {
                let name = &self.issue.articles[article.0].slug;
                match block {
                    None => name.clone(),
                    Some((block, 0)) => format!("{name} {block}"),
                    Some((block, word)) => format!("{name} {block} {word}"),
                }
            }
            Anchor::Advert(advert) => format!("advert {}", self.issue.adverts[advert.0].id),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    fn leaf(&self, leaf: &Leaf) -> LockedLeaf {
        match leaf {
            Leaf::Cover => LockedLeaf::Cover,
            Leaf::Contents => LockedLeaf::Contents,
            Leaf::Back => LockedLeaf::Back,
            Leaf::FullAdvert(advert) => LockedLeaf::Advert(self.issue.adverts[*advert].id.clone()),
            Leaf::Adverts(rows) => LockedLeaf::Adverts(rows.iter().map(|r| self.items(r)).collect()),
            Leaf::Article(article) => LockedLeaf::Article(self.article(*article)),
        }
    }

    fn items(&self, items: &[Item]) -> Vec<LockedItem> {
        let one = |item: &Item| match item {
            Item::Advert { advert, .. } => LockedItem::Advert(self.issue.adverts[*advert].id.clone()),
            Item::Filler { filler, width } => {
                let wide = *width > 0.6 * self.desk.format.type_width();
                LockedItem::Filler { name: self.issue.fillers[*filler].slug.clone(), wide }
            }
            Item::Article { article, lines } => LockedItem::Guest { lines: *lines, article: self.article(*article) },
        };
        items.iter().map(one).collect()
    }

    fn article(&self, article: usize) -> LockedArticle {
        let f = &self.fit.articles[article];
        let of = |(a, _): &(usize, u32)| *a == article;
        LockedArticle {
            name: self.issue.articles[article].slug.clone(),
            opener: f.opener.name().to_owned(),
            lead: f.lead,
            room: f.room,
            flow: f.flow,
            tight: f.tight,
            pictures: f.pictures,
            hidden: f.hidden.clone(),
            pages: f.planned,
            boxes: self.fit.boxes.iter().filter(|(k, _)| of(k)).map(|((_, b), l)| (*b, *l)).collect(),
            paragraphs: self.fit.paragraphs.iter().filter(|(k, _)| of(k)).map(|((_, b), s)| (*b, *s)).collect(),
            wraps: self.fit.wraps.iter().filter(|(k, _)| of(k)).map(|((_, b), l)| (*b, *l)).collect(),
            band: self.items(&f.band),
        }
    }
}

/// Names to numbers.
struct Reader<'a> {
    desk: &'a Desk<'a>,
    fit: &'a mut Fit,
    seen: &'a mut Vec<bool>,
}

impl Reader<'_> {
    fn leaf(&mut self, leaf: &LockedLeaf) -> Result<Leaf, Unusable> {
        Ok(match leaf {
            LockedLeaf::Cover => Leaf::Cover,
            LockedLeaf::Contents => Leaf::Contents,
            LockedLeaf::Back => Leaf::Back,
            LockedLeaf::Advert(id) => Leaf::FullAdvert(self.advert(id)?),
            LockedLeaf::Adverts(rows) => {
                Leaf::Adverts(rows.iter().map(|r| self.items(r)).collect::<Result<Vec<_>, Unusable>>()?)
            }
            LockedLeaf::Article(article) => Leaf::Article(self.article(article)?),
        })
    }

    fn advert(&self, id: &str) -> Result<usize, Unusable> {
        let found = self.desk.issue.adverts.iter().position(|a| a.id == id);
        found.ok_or_else(|| Unusable(format!("the advert `{id}` is gone")))
    }

    fn slug(list: &[Article], slug: &str) -> Result<usize, Unusable> {
        list.iter().position(|a| a.slug == slug).ok_or_else(|| Unusable(format!("the article `{slug}` is gone")))
    }

    fn items(&mut self, items: &[LockedItem]) -> Result<Vec<Item>, Unusable> {
        let issue = self.desk.issue;
        let width = self.desk.format.type_width();
        items
            .iter()
            .map(|item| {
                Ok(match item {
                    LockedItem::Advert(id) => Item::advert(issue, self.desk.format, self.advert(id)?),
                    LockedItem::Filler { name, wide } => {
                        let narrow = self.desk.format.slot(crate::manifest::AdvertSize::Quarter).0;
                        let width = if *wide { width } else { narrow };
                        Item::Filler { filler: Self::slug(&issue.fillers, name)?, width }
                    }
                    LockedItem::Guest { lines, article } => {
                        Item::Article { article: self.article(article)?, lines: *lines }
                    }
                })
            })
            .collect()
    }

    fn article(&mut self, locked: &LockedArticle) -> Result<usize, Unusable> {
        let article = Self::slug(&self.desk.issue.articles, &locked.name)?;
        let opener = [OpenerStyle::Plain, OpenerStyle::Bleed, OpenerStyle::Page, OpenerStyle::Spread];
        let opener = opener.into_iter().find(|o| o.name() == locked.opener).unwrap_or_default();
        let band = self.items(&locked.band)?;
        self.fit.articles[article] = ArticleFit {
            opener,
            lead: locked.lead,
            room: locked.room,
            band,
            flow: locked.flow,
            tight: locked.tight,
            pictures: locked.pictures,
            hidden: locked.hidden.clone(),
            planned: locked.pages,
        };
        self.fit.boxes.extend(locked.boxes.iter().map(|(b, l)| ((article, *b), *l)));
        self.fit.paragraphs.extend(locked.paragraphs.iter().map(|(b, s)| ((article, *b), *s)));
        self.fit.wraps.extend(locked.wraps.iter().map(|(b, l)| ((article, *b), *l)));
        self.seen[article] = true;
        Ok(article)
    }
}

/// What became of the pages since they were locked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// Folios of pages whose words changed.
    pub changed: Vec<String>,
    /// Folios of pages that start with another block or word than they did.
    pub moved: Vec<String>,
}

impl Kept {
    /// Compares pages with a lock.
    pub(super) fn new(lock: &Lock, now: &Lock) -> Kept {
        let before: BTreeMap<&str, &LockedPage> = lock.pages.iter().map(|p| (p.folio.as_str(), p)).collect();
        let mut kept = Kept::default();
        for page in &now.pages {
            let was = before.get(page.folio.as_str());
            if was.is_none_or(|w| w.starts != page.starts) {
                kept.moved.push(page.folio.clone());
            }
            if was.is_none_or(|w| w.words != page.words) {
                kept.changed.push(page.folio.clone());
            }
        }
        let gone = lock.pages.iter().filter(|p| !now.pages.iter().any(|n| n.folio == p.folio));
        kept.moved.extend(gone.map(|p| p.folio.clone()));
        kept
    }
}
