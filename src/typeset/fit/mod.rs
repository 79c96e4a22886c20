//! Copyfitting: the issue is laid out, measured, decided and laid out again until every article ends well.
//!
//! What may change is listed in [`ArticleFit`]; how far, in [`desk`]; what each fault costs, in [`cost`]. The search over
//! the whole issue works on measured room and never starts the engine; the engine then shows what the decisions come to.

mod bands;
pub(super) mod cost;
pub(super) mod desk;
mod level;
mod measure;
mod options;
mod refill;
mod search;

pub(super) use desk::Desk;
pub(super) use level::Levels;
pub(super) use measure::{Ending, columns_of_pages, endings, feet};
pub(super) use options::Needs;
pub(super) use refill::{fill_advert_pages, fill_beside, grow_feet, share, stretch};
pub(super) use search::{Around, Chosen, advert_order, search};

use super::plan::{Item, Leaf};
use super::theme::OpenerStyle;
use super::walk::{Found, Mark};
use crate::issue::Issue;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the search decided; the page templates read it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fit {
    pub(super) articles: Vec<ArticleFit>,
    /// Pages of the contents.
    pub(super) contents: usize,
    /// Lines of wide boxes, by article and block; 0 of any box that stands in the text, since no column had room for it.
    pub(super) boxes: BTreeMap<(usize, u32), u32>,
    /// Steps by which single paragraphs are looser or tighter than their article, by article and block.
    pub(super) paragraphs: BTreeMap<(usize, u32), i32>,
    /// Lines of text that stand above something that the text runs around, by article and block; -1 where it does not.
    pub(super) wraps: BTreeMap<(usize, u32), i32>,
    /// The pages on which each credited picture stands, by picture.
    pub(super) credits: BTreeMap<usize, Vec<usize>>,
    /// Pages of the back matter, while pages are still being found: contents and back matter are then left blank, for what
    /// tells page numbers is set anew whenever a page moves. 0 sets them.
    pub(super) sketch: usize,
    /// Whether the lines that short texts take are to be measured.
    pub(super) measuring: bool,
    /// Paragraphs to set for trial after the last page, by article and block, with the steps to try.
    pub(super) trials: Vec<((usize, u32), Vec<i32>)>,
}

/// What was decided for one article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct ArticleFit {
    /// How it opens.
    pub(super) opener: OpenerStyle,
    /// Lines of the lead picture.
    pub(super) lead: i32,
    /// Lines kept free at the foot of the last page.
    pub(super) room: i32,
    /// What stands in them.
    pub(super) band: Vec<Item>,
    /// Pictures and boxes of one column stand in the text instead of floating.
    pub(super) flow: bool,
    /// Steps by which the text is looser (more than 0) or tighter than usual.
    pub(super) tight: i32,
    /// Lines by which pictures in a column are taller or flatter than usual.
    pub(super) pictures: i32,
    /// Pull quotes that are left out, by block number.
    pub(super) hidden: Vec<u32>,
    /// Pages of text that the search counts on; 0 before it.
    pub(super) planned: i32,
}

impl Fit {
    /// Where the search begins: everything as usual.
    pub(super) fn start(desk: &Desk<'_>) -> Fit {
        let articles = (0..desk.issue.articles.len())
            .map(|n| ArticleFit { opener: desk.openers(n)[0], lead: desk.lead(n).usual, ..ArticleFit::default() })
            .collect();
        Fit { articles, contents: 1, ..Fit::default() }
    }

    /// Articles that stand at another's foot.
    pub(super) fn guests(&self) -> impl Iterator<Item = usize> {
        self.articles.iter().flat_map(|a| &a.band).filter_map(|i| match i {
            Item::Article { article, .. } => Some(*article),
            _ => None,
        })
    }

    pub(super) fn json(&self, desk: &Desk<'_>, leaves: &[Leaf]) -> Value {
        let boxes: serde_json::Map<String, Value> =
            self.boxes.iter().map(|((a, b), lines)| (format!("{a}-{b}"), json!(lines))).collect();
        let credits: serde_json::Map<String, Value> =
            self.credits.iter().map(|(p, pages)| (p.to_string(), json!(pages))).collect();
        json!({
            "plan": leaves.iter().map(|leaf| leaf.json(desk)).collect::<Vec<_>>(),
            "articles": self.articles.iter().enumerate().map(|(n, a)| a.json(desk, n, self)).collect::<Vec<_>>(),
            "contents": self.contents,
            "sketch": self.sketch,
            "measuring": self.measuring,
            "boxes": boxes,
            "credits": credits,
            "trials": self.trials.iter().map(|((article, block), steps)| json!({
                "article": article, "block": block, "steps": steps,
            })).collect::<Vec<_>>(),
        })
    }
}

impl ArticleFit {
    fn json(&self, desk: &Desk<'_>, number: usize, fit: &Fit) -> Value {
        let own = |map: &BTreeMap<(usize, u32), i32>| -> serde_json::Map<String, Value> {
            let of = map.range((number, 0)..=(number, u32::MAX)).filter(|(_, n)| **n != 0);
            of.map(|((_, block), n)| (block.to_string(), json!(n))).collect()
        };
        json!({
            "opener": self.opener.name(), "lead": self.lead, "room": self.room,
            "band": self.band.iter().map(|i| i.json(desk)).collect::<Vec<_>>(),
            "flow": self.flow, "tight": self.tight, "pictures": self.pictures, "hide": self.hidden,
            "paragraphs": own(&fit.paragraphs), "wraps": own(&fit.wraps),
        })
    }
}

/// Articles after whose last words floats were left over.
pub(super) fn left_over(desk: &Desk<'_>, ends: &[Option<Ending>]) -> Vec<usize> {
    let left = |(article, end): (usize, &Option<Ending>)| {
        let plates = super::plates::plate_pages(desk.issue, article);
        end.filter(|e| e.last - e.text > plates).map(|_| article)
    };
    ends.iter().enumerate().filter_map(left).collect()
}

/// Lets the floats of such articles stand in their text; whether any did not yet.
pub(super) fn float_in(desk: &Desk<'_>, fit: &mut Fit, ends: &[Option<Ending>]) -> bool {
    let mut changed = false;
    for article in left_over(desk, ends) {
        changed |= !std::mem::replace(&mut fit.articles[article].flow, true);
    }
    changed
}

/// Calls floats back that were left over: first they stand in the text, then the lead picture gives way. Whether anything was
/// changed.
pub(super) fn gather_floats(desk: &Desk<'_>, fit: &mut Fit, ends: &[Option<Ending>]) -> bool {
    if float_in(desk, fit, ends) {
        return true;
    }
    let mut changed = false;
    for article in left_over(desk, ends) {
        let low = desk.lead(article).low;
        let fit = &mut fit.articles[article];
        if fit.lead > low {
            fit.lead = (fit.lead - 4).max(low);
            changed = true;
        }
    }
    changed
}

/// The pages on which each credited picture stands, the contents page left out.
pub(super) fn picture_pages(issue: &Issue, pages: &[Vec<Found>], skip: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut map: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (page, found) in pages.iter().enumerate().filter(|(p, _)| !skip.contains(p)) {
        for f in found {
            if let Mark::Picture(picture, ..) = f.mark
                && issue.pictures.get(picture).is_some_and(|p| p.credited)
            {
                let list = map.entry(picture).or_default();
                if list.last() != Some(&page) {
                    list.push(page);
                }
            }
        }
    }
    map
}

/// Guests whose text ran out of the lines that they were given.
pub(super) fn overflown(desk: &Desk<'_>, pages: &[Vec<Found>], fit: &Fit) -> Vec<usize> {
    let foot = desk.format.height - desk.format.bottom;
    let ends_below = |article: usize| {
        let mut marks = pages.iter().flatten();
        marks.any(|f| matches!(f.mark, Mark::ArticleEnd(n) if n == article) && f.y > foot + 0.1)
    };
    fit.guests().filter(|g| ends_below(*g)).collect()
}

/// Sets as many lines above what the text runs around as are white before it, where it went to another column; whether any
/// were. A single line would stand alone there. What did not help is given up: -1.
pub(super) fn lower_wraps(desk: &Desk<'_>, pages: &[Vec<Found>], fit: &mut Fit) -> bool {
    let mut lowered = false;
    for (page, found) in pages.iter().enumerate() {
        for f in found {
            let Mark::Wrap(article, block) = f.mark else { continue };
            let white = measure::white_before(desk, pages, article, page, f);
            if white > 1 {
                let lines = if fit.wraps.contains_key(&(article, block)) { -1 } else { white };
                fit.wraps.insert((article, block), lines);
                lowered = true;
            }
        }
    }
    lowered
}

/// Raises the lines of wide boxes whose text did not fit; whether any was raised.
pub(super) fn raise_boxes(pages: &[Vec<Found>], line: f64, fit: &mut Fit) -> bool {
    let mut raised = false;
    for found in pages {
        for f in found {
            let Mark::Box(article, block, lines) = f.mark else { continue };
            let end = found.iter().find(|e| matches!(e.mark, Mark::BoxEnd(a, b) if (a, b) == (article, block)));
            // The box's own mark stands below its columns; text that ends lower ran out of them.
            if lines < 60 && end.is_some_and(|e| e.y > f.y + 0.5 * line) {
                fit.boxes.insert((article, block), lines + 1);
                raised = true;
            }
        }
    }
    raised
}
