//! What set pages still leave white: larger feet where there is room, pages of adverts made full.

use super::Fit;
use super::bands::{Band, Row, bands, rows, uses};
use super::desk::{Desk, PICTURE_PLAY, TIGHT_GAIN, TIGHT_PLAY};
use super::measure::Ending;
use crate::typeset::plan::{Item, Leaf};
use std::collections::BTreeMap;

/// The least white, in lines, that is worth filling.
const WORTH: i32 = 5;
/// The least white, in lines, for which pictures are made taller.
const SOME_WHITE: i32 = 2;
/// The most white, in lines, for which text is set looser.
const MOST_LOOSENED: i32 = 8;

/// Adds unused short texts and adverts of the house to the feet of articles that leave room; `most` says how many lines the
/// foot of an article may take where more was tried in vain. Which articles were changed.
pub(in crate::typeset) fn grow_feet(
    desk: &Desk<'_>,
    fit: &mut Fit,
    leaves: &[Leaf],
    ends: &[Option<Ending>],
    most: &BTreeMap<usize, i32>,
) -> Vec<usize> {
    let bands = bands(desk);
    let mut used = used(fit, leaves);
    let guests: Vec<usize> = fit.guests().collect();
    let mut changed = Vec::new();
    for (article, end) in ends.iter().enumerate() {
        let Some(end) = end.filter(|_| !guests.contains(&article)) else { continue };
        let now = fit.articles[article].band.clone();
        let lines = desk.band_lines(&now);
        // A foot that found no room under the text stands on a page of its own.
        let alone = lines > 0 && end.last > end.text + crate::typeset::plates::plate_pages(desk.issue, article);
        let allowed = if alone { desk.format.lines as i32 - 1 } else { end.free / desk.columns(article) as i32 };
        // Two lines of text at the least: of one in every column each would stand alone.
        let allowed = allowed.min(desk.format.lines as i32 - 2);
        let allowed = most.get(&article).map_or(allowed, |most| allowed.min(*most));
        if allowed - lines < WORTH || now.iter().any(|i| matches!(i, Item::Article { .. })) {
            continue;
        }
        // Something is added to what stands there, or takes its place if nobody booked it.
        let booked = now.iter().filter_map(Item::advert_of).any(|a| desk.issue.adverts[a].partner.is_some());
        let others = used & !uses(&now);
        let grown = |band: &Band| {
            let added = (band.uses & used == 0).then(|| joined(&now, &band.items));
            let instead = (!booked && band.uses & others == 0).then(|| band.items.clone());
            let tries = added.into_iter().chain(instead).filter(|_| !band.booked);
            let tries = tries.map(|items| (desk.band_lines(&items), items));
            let fit = tries.filter(|(taken, _)| (lines + 1..=allowed).contains(taken));
            fit.map(|(taken, items)| (f64::from(allowed - taken) + band.cost, items)).min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let best = bands.iter().filter_map(grown).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, items)) = best {
            used = others | uses(&items);
            let of = &mut fit.articles[article];
            (of.room, of.band) = (desk.band_lines(&items), items);
            changed.push(article);
        }
    }
    changed
}

/// Takes up a part of the lines that are white at the ends of articles: first the lead picture becomes taller, then pictures in
/// columns, then the text looser, each within its limits. Which articles were changed.
pub(in crate::typeset) fn stretch(desk: &Desk<'_>, fit: &mut Fit, ends: &[Option<Ending>], part: f64) -> Vec<usize> {
    let guests: Vec<usize> = fit.guests().collect();
    let mut changed = Vec::new();
    for (article, end) in ends.iter().enumerate() {
        let Some(end) = end.filter(|_| !guests.contains(&article)) else { continue };
        let columns = desk.columns(article) as i32;
        let white = end.free / columns - desk.band_lines(&fit.articles[article].band);
        if white < SOME_WHITE {
            continue;
        }
        let limits = desk.lead(article);
        let playful = desk.playful_pictures(article);
        let of = &mut fit.articles[article];
        let before = of.clone();
        let lines = (f64::from(white) * part).floor() as i32;
        let taller = if of.opener.is_above_text() { lines.min(limits.high - of.lead).max(0) } else { 0 };
        of.lead += taller;
        let mut rest = (lines - taller) * columns;
        if playful > 0 {
            let each = (rest / playful).clamp(0, (PICTURE_PLAY - of.pictures).max(0));
            of.pictures += each;
            rest -= each * playful;
        }
        let text = end.text_pages() * desk.format.lines as i32 * columns - end.free - columns * end.opener;
        let gain = (f64::from(text.max(0)) * TIGHT_GAIN).ceil() as i32;
        // Looser text is worth it only where it fills the page.
        while white <= MOST_LOOSENED && gain > 0 && rest >= gain && of.tight < TIGHT_PLAY {
            of.tight += 1;
            rest -= gain;
        }
        if *of != before {
            changed.push(article);
        }
    }
    changed
}

/// Fills the pages of adverts among `leaves` with what stands nowhere in the issue `all`. The lines that are taken on the last.
pub(in crate::typeset) fn fill_advert_pages(desk: &Desk<'_>, fit: &Fit, all: &[Leaf], leaves: &mut [Leaf]) -> i32 {
    let mut used = used(fit, all);
    let rows: Vec<Row> = rows(desk).into_iter().filter(|r| !r.booked).collect();
    let mut filled = 0;
    for leaf in leaves {
        let Leaf::Adverts(page) = leaf else { continue };
        for row in page.iter_mut() {
            fill_row(desk, &rows, row, &mut used);
        }
        loop {
            let taken: i32 = page.iter().map(|row| desk.band_lines(row)).sum();
            // The first row has no line free above it.
            let room = desk.format.lines as i32 + 1 - taken;
            let fits = |r: &&Row| r.uses & used == 0 && desk.band_lines(&r.items) <= room;
            // What is tallest of what costs least: an advert alone in half a row costs its white.
            let worth = |r: &Row| f64::from(desk.band_lines(&r.items)) - 2.0 * r.cost;
            let best = rows.iter().filter(fits).max_by(|a, b| worth(a).total_cmp(&worth(b)));
            let Some(row) = best else { break };
            used |= row.uses;
            let at = if adverts(&row.items) == 0 { 0 } else { page.len() };
            page.insert(at, row.items.clone());
        }
        filled = page.iter().map(|row| desk.band_lines(row)).sum();
    }
    filled
}

/// Fills the places beside narrow advertisements at the feet of articles: what the search combined was the cheapest of few, and
/// what was added later came in whole rows. No foot grows by it. Which articles were changed.
pub(in crate::typeset) fn fill_beside(desk: &Desk<'_>, fit: &mut Fit, leaves: &[Leaf]) -> Vec<usize> {
    let rows: Vec<Row> = rows(desk).into_iter().filter(|r| !r.booked).collect();
    let mut used = used(fit, leaves);
    let mut changed = Vec::new();
    for (article, of) in fit.articles.iter_mut().enumerate() {
        let mut filled: Vec<Vec<Item>> = desk.rows_of(&of.band).into_iter().map(<[Item]>::to_vec).collect();
        for row in &mut filled {
            fill_row(desk, &rows, row, &mut used);
        }
        let band = filled.concat();
        if band != of.band {
            of.band = band;
            changed.push(article);
        }
    }
    changed
}

/// Puts the tallest thing that nobody needs beside a narrow advert that stands alone in its row, or beside which a short text leaves
/// much white.
fn fill_row(desk: &Desk<'_>, rows: &[Row], row: &mut Vec<Item>, used: &mut u128) {
    let lines = |item: &Item| desk.band_lines(std::slice::from_ref(item));
    let (only, now) = match row.as_slice() {
        [only @ Item::Advert { .. }] => (only.clone(), None),
        [only @ Item::Advert { .. }, text @ Item::Filler { .. }] => (only.clone(), Some(text.clone())),
        _ => return,
    };
    let (height, taken) = (lines(&only), now.as_ref().map_or(0, lines));
    if !desk.is_narrow(&only) || taken + WORTH > height {
        return;
    }
    let narrow = rows.iter().flat_map(|r| r.items.iter().map(|i| (i, uses(std::slice::from_ref(i)))));
    let fits = |(item, bit): &(&Item, u128)| {
        let tall = desk.known_lines(item).map_or(0, |_| lines(item));
        bit & *used == 0 && (item.width() - only.width()).abs() < 1.0 && tall <= height && tall > taken
    };
    if let Some((item, bit)) = narrow.filter(fits).max_by_key(|(item, _)| lines(item)) {
        *used |= bit;
        row.truncate(1);
        row.push(item.clone());
        *used &= now.map_or(u128::MAX, |text| !uses(&[text]));
    }
}

/// Whether two bands have something in common.
pub(in crate::typeset) fn share(one: &[Item], other: &[Item]) -> bool {
    uses(one) & uses(other) != 0
}

/// Two bands as one: what has fewer adverts stands nearer to the text.
fn joined(a: &[Item], b: &[Item]) -> Vec<Item> {
    if adverts(a) > adverts(b) { [b, a].concat() } else { [a, b].concat() }
}

fn adverts(items: &[Item]) -> usize {
    items.iter().filter(|i| matches!(i, Item::Advert { .. })).count()
}

/// Everything of the pool that stands somewhere, as bits.
fn used(fit: &Fit, leaves: &[Leaf]) -> u128 {
    let feet = fit.articles.iter().map(|a| uses(&a.band));
    let pages = leaves.iter().flat_map(|leaf| match leaf {
        Leaf::Adverts(rows) => rows.iter().map(|row| uses(row)).collect(),
        _ => Vec::new(),
    });
    feet.chain(pages).fold(0, |all, bits| all | bits)
}
