//! The decisions of a finished search, kept for the next build of the same issue: the engine then sets every page once.
//!
//! They are kept under a digest of all that the search looks at, this program's own text included, and so bring the same pages
//! to the byte. What is found there is checked like any file: decisions that are not of this issue are as if there were none.

use super::fit::{ArticleFit, Fit};
use super::plan::{Item, Leaf};
use super::{Engine, Fonts, Settings};
use crate::issue::Issue;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// More lines, pages or steps than any decision counts.
const MOST: i32 = 10_000;

/// What was decided, as it is written down.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Decisions {
    articles: Vec<ArticleFit>,
    contents: usize,
    boxes: Vec<((usize, u32), u32)>,
    paragraphs: Vec<((usize, u32), i32)>,
    wraps: Vec<((usize, u32), i32)>,
    credits: Vec<(usize, Vec<usize>)>,
    leaves: Vec<Leaf>,
    fillers: Vec<((usize, bool), i32)>,
    /// Whether all columns came out level.
    pub(super) level: bool,
}

impl Decisions {
    /// The decisions behind settled pages.
    pub(super) fn of(fit: &Fit, leaves: &[Leaf], fillers: &BTreeMap<(usize, bool), i32>, level: bool) -> Decisions {
        let steps = |map: &BTreeMap<(usize, u32), i32>| map.iter().map(|(at, n)| (*at, *n)).collect();
        Decisions {
            articles: fit.articles.clone(),
            contents: fit.contents,
            boxes: fit.boxes.iter().map(|(at, n)| (*at, *n)).collect(),
            paragraphs: steps(&fit.paragraphs),
            wraps: steps(&fit.wraps),
            credits: fit.credits.iter().map(|(picture, pages)| (*picture, pages.clone())).collect(),
            leaves: leaves.to_vec(),
            fillers: fillers.iter().map(|(at, n)| (*at, *n)).collect(),
            level,
        }
    }

    /// As they were written down, if they can be this issue's.
    pub(super) fn read(bytes: &[u8], issue: &Issue) -> Option<Decisions> {
        serde_json::from_slice(bytes).ok().filter(|d: &Decisions| d.fits(issue))
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What the search found: fit, leaves, and the lines of short texts.
    pub(super) fn found(self) -> (Fit, Vec<Leaf>, BTreeMap<(usize, bool), i32>) {
        let fit = Fit {
            articles: self.articles,
            contents: self.contents,
            boxes: self.boxes.into_iter().collect(),
            paragraphs: self.paragraphs.into_iter().collect(),
            wraps: self.wraps.into_iter().collect(),
            credits: self.credits.into_iter().collect(),
            ..Fit::default()
        };
        (fit, self.leaves, self.fillers.into_iter().collect())
    }

    /// Whether they speak of what the issue has, and every article stands somewhere once.
    fn fits(&self, issue: &Issue) -> bool {
        let articles = issue.articles.len();
        let sane = |n: i32| (-MOST..=MOST).contains(&n);
        let item = |i: &Item| match i {
            Item::Advert { advert, .. } => *advert < issue.adverts.len(),
            Item::Filler { filler, .. } => *filler < issue.fillers.len(),
            Item::Article { article, lines } => *article < articles && sane(*lines),
        };
        let leaf = |l: &Leaf| match l {
            Leaf::Cover | Leaf::Contents | Leaf::Back => true,
            Leaf::FullAdvert(advert) => *advert < issue.adverts.len(),
            Leaf::Adverts(rows) => rows.iter().flatten().all(item),
            Leaf::Article(article) => *article < articles,
        };
        let own = |a: &ArticleFit| {
            a.band.iter().all(item) && [a.lead, a.room, a.tight, a.pictures, a.planned].into_iter().all(sane)
        };
        let on_leaves = self.leaves.iter().filter_map(|l| if let Leaf::Article(a) = l { Some(*a) } else { None });
        let guests = self.articles.iter().flat_map(|a| &a.band);
        let guests = guests.filter_map(|i| if let Item::Article { article, .. } = i { Some(*article) } else { None });
        let mut placed: Vec<usize> = on_leaves.chain(guests).collect();
        placed.sort_unstable();
        let steps = self.paragraphs.iter().chain(&self.wraps);
        self.articles.len() == articles
            && placed.into_iter().eq(0..articles)
            && self.articles.iter().all(own)
            && self.leaves.iter().all(leaf)
            && self.contents <= MOST as usize
            && self.boxes.iter().all(|(_, lines)| *lines <= MOST as u32)
            && steps.into_iter().all(|(_, n)| sane(*n))
            && self.fillers.iter().all(|(_, n)| sane(*n))
            && self.credits.iter().all(|(picture, _)| *picture < issue.pictures.len())
    }
}

/// The name under which an issue's decisions are kept: everything that the search looks at is in it.
pub(super) fn key(issue: &Issue, settings: &Settings<'_>) -> String {
    let mut told = Told(Sha256::new());
    let Fonts { own, .. } = &*settings.fonts;
    // The digest takes whatever it is given.
    let _ = write!(told, "layout {} {own} {issue:?} {:?}", env!("MASTHEAD_TEXT"), settings.theme);
    told.0.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// Text that is digested as it is written: that of a whole issue need not be in memory.
struct Told(Sha256);

impl std::fmt::Write for Told {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

impl Engine<'_> {
    /// The decisions that an earlier build found for the same issue.
    pub(super) fn recalled(&self, settings: &Settings<'_>, key: &str) -> Option<Decisions> {
        settings.kept.get(key).and_then(|bytes| Decisions::read(&bytes, self.issue))
    }
}
