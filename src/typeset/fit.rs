//! The fit loop: the pages are laid out, measured, adjusted and laid out again until every article ends well.
//!
//! What it may change is small and listed here: the height of an article's lead picture, the band at the foot of its
//! last page (an advert, a short text), the room above that band by which the columns come out level, and the number of
//! lines that a wide box is given. It ends after [`ROUNDS`] rounds at the latest.

use super::plan::Item;
use super::walk::{Found, Mark};
use super::{Format, data};
use crate::issue::Issue;
use crate::manifest::AdvertSize;
use crate::manuscript::ArticleKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The most rounds of laying out.
pub(super) const ROUNDS: usize = 14;

/// What the loop decided; the page templates read it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fit {
    pub(super) articles: Vec<ArticleFit>,
    /// Lines of wide boxes, by article and block.
    pub(super) boxes: BTreeMap<(usize, u32), u32>,
    /// The pages on which each credited picture stands, by picture.
    pub(super) credits: BTreeMap<usize, Vec<usize>>,
}

/// What was decided for one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ArticleFit {
    /// Lines of the lead picture.
    pub(super) lead: i32,
    /// Lines kept free at the foot of the last page.
    pub(super) room: i32,
    /// What stands in them.
    pub(super) band: Vec<Item>,
    /// Pictures and boxes of one column stand in the text instead of floating.
    pub(super) flow: bool,
}

impl Fit {
    /// Where the loop begins.
    pub(super) fn start(issue: &Issue, format: &Format) -> Fit {
        let articles = (0..issue.articles.len())
            .map(|n| ArticleFit { lead: lead_limits(issue, format, n).1, ..ArticleFit::default() })
            .collect();
        Fit { articles, ..Fit::default() }
    }

    pub(super) fn json(&self) -> Value {
        let boxes: serde_json::Map<String, Value> =
            self.boxes.iter().map(|((a, b), lines)| (format!("{a}-{b}"), json!(lines))).collect();
        let credits: serde_json::Map<String, Value> =
            self.credits.iter().map(|(p, pages)| (p.to_string(), json!(pages))).collect();
        json!({
            "articles": self.articles.iter().map(|a| json!({
                "lead": a.lead, "room": a.room, "flow": a.flow, "band": a.band.iter().map(Item::json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "boxes": boxes,
            "credits": credits,
        })
    }
}

/// The smallest, the usual and the largest height of a lead picture, in grid lines. All zero without one; all equal where
/// the picture may not be cut.
pub(super) fn lead_limits(issue: &Issue, format: &Format, article: usize) -> (i32, i32, i32) {
    let Some(lead) = &issue.articles[article].lead else { return (0, 0, 0) };
    let probe = &issue.pictures[lead.picture.0].probe;
    let ratio = f64::from(probe.width.max(1)) / f64::from(probe.height.max(1));
    let natural = (format.type_width() / ratio / format.line).round() as i32;
    let page = format.lines as i32;
    if !data::croppable(issue, lead.picture.0) {
        return (natural, natural, natural);
    }
    let feature = issue.articles[article].manuscript.front.kind == ArticleKind::Feature;
    let (low, usual, high) = if feature {
        (page * 36 / 100, page * 46 / 100, page * 60 / 100)
    } else {
        (page * 22 / 100, page * 36 / 100, page * 48 / 100)
    };
    // A panorama is not cut to a square, nor a portrait to a letterbox.
    let usual = usual.min(natural.max(low));
    (low.min(usual), usual, high.min((natural * 13 / 10).max(usual)))
}

/// Where an article ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ending {
    /// Page index of its first page.
    pub(super) first: usize,
    /// Page index of the page on which its text ends.
    pub(super) text: usize,
    /// Page index of its last page: pictures on pages of their own follow the text.
    pub(super) last: usize,
    /// Lines that are free at the foot of every column if the columns are made level.
    pub(super) free: i32,
}

/// Where every article ended.
pub(super) fn endings(pages: &[Vec<Found>], format: &Format, count: usize) -> Vec<Option<Ending>> {
    let mut first = vec![None; count];
    let mut list: Vec<Option<Ending>> = vec![None; count];
    let mut current = None;
    for (page, found) in pages.iter().enumerate() {
        for f in found {
            match f.mark {
                Mark::Leaf(_) => current = None,
                Mark::ArticleBegin(n) if n < count => {
                    first[n] = Some(page);
                    current = Some(n);
                }
                Mark::ArticleEnd(n) if n < count => {
                    let free = free_lines(f, column_top(found, format), format);
                    list[n] = first[n].map(|first| Ending { first, text: page, last: page, free });
                }
                _ => {}
            }
        }
        if let Some(end) = current.and_then(|n| list[n].as_mut()) {
            end.last = page;
        }
    }
    list
}

/// Articles after whose last words floats were left over: first their floats stand in the text, then their lead picture
/// gives way. Whether anything was changed.
pub(super) fn gather_floats(issue: &Issue, format: &Format, fit: &mut Fit, ends: &[Option<Ending>]) -> bool {
    let mut changed = false;
    for (article, end) in ends.iter().enumerate() {
        let Some(end) = end else { continue };
        if end.last - end.text <= super::blocks::plate_pages(issue, article) {
            continue;
        }
        let (low, ..) = lead_limits(issue, format, article);
        let fit = &mut fit.articles[article];
        if !fit.flow {
            fit.flow = true;
            changed = true;
        } else if fit.lead > low {
            fit.lead = (fit.lead - 4).max(low);
            changed = true;
        }
    }
    changed
}

/// The top of the text columns: below whatever stands across them. The opener's own small type comes before the
/// article's beginning, and is passed over.
fn column_top(found: &[Found], format: &Format) -> f64 {
    let begin = found.iter().position(|f| matches!(f.mark, Mark::ArticleBegin(_))).unwrap_or(0);
    let body = found[begin..].iter().filter(|f| match f.mark {
        Mark::BlockBegin(..) => true,
        Mark::Text(_) => (f.size - format.size).abs() < 0.01,
        _ => false,
    });
    let inside = body.map(|f| f.y).filter(|&y| y > format.top - 1.0);
    // A baseline stands three quarters down its line.
    inside.fold(f64::INFINITY, f64::min).min(format.height) - 0.75 * format.line
}

fn free_lines(end: &Found, top: f64, format: &Format) -> i32 {
    let bottom = format.height - format.bottom;
    let step = (format.type_width() + format.gutter) / format.columns as f64;
    let column = (((end.x - format.inner) / step).floor().max(0.0) as usize).min(format.columns - 1);
    let rest = (format.columns - 1 - column) as f64 * (bottom - top.max(format.top)).max(0.0);
    // The end mark stands on the line after the last.
    let here = (bottom - end.y).max(0.0);
    ((here + rest) / format.columns as f64 / format.line).floor() as i32
}

/// The lines that a band of items takes, with its rule and label.
pub(super) fn band_lines(issue: &Issue, format: &Format, band: &[Item]) -> i32 {
    let _ = issue;
    let height = band.iter().map(|i| match i {
        Item::Advert { height, .. } => height + 16.0,
        Item::Filler { width, .. } => {
            if *width > 0.6 * format.type_width() {
                9.0 * format.line
            } else {
                14.0 * format.line
            }
        }
    });
    let tallest = height.fold(0.0, f64::max);
    if tallest == 0.0 { 0 } else { (tallest / format.line).ceil() as i32 + 1 }
}

/// Gives adverts and short texts to the articles whose last pages have room for them; the booked ones first.
/// Returns the booked fractions that found no place.
pub(super) fn assign(issue: &Issue, format: &Format, fit: &mut Fit, ends: &[Option<Ending>]) -> Vec<usize> {
    let mut left = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let fractions = |booked: bool| {
        issue
            .adverts
            .iter()
            .enumerate()
            .filter(move |(_, a)| a.size != AdvertSize::Full && a.partner.is_some() == booked)
    };
    for (index, advert) in fractions(true) {
        let band = vec![Item::advert(issue, format, index)];
        let wanted = advert.after.map(|a| a.0);
        match best(issue, format, ends, &taken, &band, wanted) {
            Some(article) => {
                taken.insert(article);
                give(issue, format, fit, ends, article, band);
            }
            None => left.push(index),
        }
    }
    let mut pool: Vec<Vec<Item>> = fractions(false).map(|(i, _)| vec![Item::advert(issue, format, i)]).collect();
    // A narrow item shares its band with a short text.
    let mut fillers: Vec<usize> = (0..issue.fillers.len()).collect();
    for band in pool.iter_mut().chain(fit.articles.iter_mut().map(|a| &mut a.band)) {
        if let [Item::Advert { width, .. }] = band.as_slice()
            && *width < 0.6 * format.type_width()
            && let Some(filler) = fillers.pop()
        {
            let width = *width;
            band.push(Item::Filler { filler, width });
        }
    }
    pool.extend(fillers.into_iter().map(|filler| vec![Item::Filler { filler, width: format.type_width() }]));
    pool.sort_by_key(|band| -band_lines(issue, format, band));
    for band in pool {
        if let Some(article) = best(issue, format, ends, &taken, &band, None) {
            taken.insert(article);
            give(issue, format, fit, ends, article, band);
        }
    }
    for (article, end) in ends.iter().enumerate() {
        if let Some(end) = end
            && !taken.contains(&article)
        {
            settle_lead(issue, format, fit, article, end.free);
        }
    }
    left
}

/// Puts what found no place yet into rooms that are now known to the line: booked adverts first, then the house's own,
/// then short texts, the tallest first. Takes out of `left` what it places; whether it placed anything.
pub(super) fn fill(issue: &Issue, format: &Format, fit: &mut Fit, left: &mut Vec<usize>) -> bool {
    let used: Vec<Item> = fit.articles.iter().flat_map(|a| a.band.iter().cloned()).collect();
    let adverts = |booked: bool| {
        let fraction =
            move |(_, a): &(usize, &crate::issue::Advert)| a.size != AdvertSize::Full && a.partner.is_some() == booked;
        let bands =
            issue.adverts.iter().enumerate().filter(fraction).map(|(i, _)| vec![Item::advert(issue, format, i)]);
        bands.filter(|b| !used.contains(&b[0])).collect::<Vec<_>>()
    };
    let filler = |i: usize| Item::Filler { filler: i, width: format.type_width() };
    let is_used = |i: usize| used.iter().any(|u| matches!(u, Item::Filler { filler, .. } if *filler == i));
    let texts: Vec<Vec<Item>> = (0..issue.fillers.len()).filter(|i| !is_used(*i)).map(|i| vec![filler(i)]).collect();
    let mut placed = false;
    for mut bands in [adverts(true), adverts(false), texts] {
        bands.sort_by_key(|band| -band_lines(issue, format, band));
        for band in bands {
            let need = band_lines(issue, format, &band);
            let fits = |a: &&mut ArticleFit| a.band.is_empty() && a.room >= need;
            let Some(article) = fit.articles.iter_mut().filter(fits).min_by_key(|a| a.room) else { continue };
            left.retain(|l| !matches!(band[0], Item::Advert { advert, .. } if advert == *l));
            article.band = band;
            placed = true;
        }
    }
    placed
}

/// The article whose last page comes closest to having just the room that a band needs.
fn best(
    issue: &Issue,
    format: &Format,
    ends: &[Option<Ending>],
    taken: &BTreeSet<usize>,
    band: &[Item],
    wanted: Option<usize>,
) -> Option<usize> {
    let need = band_lines(issue, format, band);
    let candidates = (0..ends.len()).filter(|a| !taken.contains(a)).filter(|a| wanted.is_none_or(|w| w == *a));
    candidates
        .filter_map(|a| {
            let end = ends[a]?;
            let (low, usual, high) = lead_limits(issue, format, a);
            let rest = end.free - need;
            // What is missing is taken from the lead picture; what is over is given to it.
            let feasible = rest >= low - usual;
            let white = (rest - (high - usual)).max(0) + (-rest).max(0) / 2;
            feasible.then_some((white, a))
        })
        .filter(|(white, _)| *white < 16 || wanted.is_some())
        .min()
        .map(|(_, a)| a)
}

fn give(issue: &Issue, format: &Format, fit: &mut Fit, ends: &[Option<Ending>], article: usize, band: Vec<Item>) {
    let need = band_lines(issue, format, &band);
    let free = ends[article].map_or(0, |e| e.free);
    fit.articles[article].band = band;
    settle_lead(issue, format, fit, article, free - need);
}

/// Lets the lead picture take up `spare` lines (or give them, if negative), within its limits.
fn settle_lead(issue: &Issue, format: &Format, fit: &mut Fit, article: usize, spare: i32) {
    let (low, _, high) = lead_limits(issue, format, article);
    let lead = &mut fit.articles[article].lead;
    *lead = (*lead + spare).clamp(low, high);
}

/// Sets right what the first settling could only guess: lead pictures give what a band still lacks, or what spilled onto
/// a last page of a few lines; then they take what is over. Whether anything was changed. Later passes only give, so
/// that the loop ends.
pub(super) fn adjust(issue: &Issue, format: &Format, fit: &mut Fit, ends: &[Option<Ending>], pass: usize) -> bool {
    let mut changed = false;
    for (article, end) in ends.iter().enumerate() {
        let Some(end) = end else { continue };
        let (low, _, high) = lead_limits(issue, format, article);
        let before = fit.articles[article].lead;
        let need = band_lines(issue, format, &fit.articles[article].band);
        let spare = end.free - need;
        // How many lines of every column the last page holds.
        let held = (format.lines as i32 - end.free).max(0);
        let spilled = end.text > end.first && held > 0 && held <= before - low && need == 0;
        let change = match () {
            () if spilled => -held - 1,
            () if spare < 0 => spare,
            () if pass == 0 => spare,
            () => 0,
        };
        let lead = (before + change).clamp(low, high);
        changed |= lead != before;
        fit.articles[article].lead = lead;
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

/// Raises the lines of wide boxes whose text did not fit; whether any was raised.
pub(super) fn raise_boxes(pages: &[Vec<Found>], format: &Format, fit: &mut Fit) -> bool {
    let mut raised = false;
    for found in pages {
        for f in found {
            let Mark::Box(article, block, lines) = f.mark else { continue };
            let end = found.iter().find(|e| matches!(e.mark, Mark::BoxEnd(a, b) if (a, b) == (article, block)));
            // The box's own mark stands below its columns; text that ends lower ran out of them.
            if end.is_some_and(|e| e.y > f.y + 0.5 * format.line) {
                fit.boxes.insert((article, block), lines + 1);
                raised = true;
            }
        }
    }
    raised
}
