//! The order of the issue's pages: which leaf follows which, before the engine knows how many pages each takes.

use super::Format;
use crate::issue::{Advert, Issue};
use crate::manifest::{AdvertPlace, AdvertSize};
use serde_json::{Value, json};

/// A part of the issue that begins on a page of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Leaf {
    /// The cover.
    Cover,
    /// A full-page advert.
    FullAdvert(usize),
    /// Fractions that found no place at the foot of an article, in rows.
    Adverts(Vec<Vec<Item>>),
    /// The contents.
    Contents,
    /// An article, by its number.
    Article(usize),
    /// Partners, picture credits, imprint.
    Back,
}

/// Something in a band or a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// An advert at a size in points.
    Advert { advert: usize, width: f64, height: f64 },
    /// A short text at a width in points.
    Filler { filler: usize, width: f64 },
}

impl Item {
    /// An advert in the slot that it was booked in.
    pub(super) fn advert(issue: &Issue, format: &Format, advert: usize) -> Item {
        let (width, height) = format.slot(issue.adverts[advert].size);
        Item::Advert { advert, width, height }
    }

    /// The advert, if a partner booked it: it must find a place.
    pub(super) fn booked(&self, issue: &Issue) -> Option<usize> {
        match self {
            Item::Advert { advert, .. } if issue.adverts[*advert].partner.is_some() => Some(*advert),
            _ => None,
        }
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Item::Advert { advert, width, height } => {
                json!({"k": "advert", "advert": advert, "width": width, "height": height})
            }
            Item::Filler { filler, width } => json!({"k": "filler", "filler": filler, "width": width}),
        }
    }
}

impl Leaf {
    pub(super) fn json(&self, _format: &Format) -> Value {
        match self {
            Leaf::Cover => json!({"k": "cover"}),
            Leaf::FullAdvert(advert) => json!({"k": "advert", "full": true, "adverts": [advert]}),
            Leaf::Adverts(rows) => json!({
                "k": "advert", "full": false,
                "rows": rows.iter().map(|r| r.iter().map(Item::json).collect::<Vec<_>>()).collect::<Vec<_>>(),
            }),
            Leaf::Contents => json!({"k": "contents"}),
            Leaf::Article(article) => json!({"k": "article", "article": article}),
            Leaf::Back => json!({"k": "back"}),
        }
    }
}

/// The leaves in order. `left` are fractions that found no band.
pub(super) fn plan(issue: &Issue, format: &Format, left: &[usize]) -> Vec<Leaf> {
    let placed = |wanted: AdvertPlace| {
        let booked =
            issue.adverts.iter().enumerate().filter(move |(_, a)| a.place == wanted && a.size == AdvertSize::Full);
        booked.map(|(i, _)| Leaf::FullAdvert(i))
    };
    let mut leaves = vec![Leaf::Cover];
    leaves.extend(placed(AdvertPlace::InsideFrontCover));
    leaves.push(Leaf::Contents);
    let free: Vec<usize> =
        full(issue).filter(|&(_, a)| a.after.is_none() && a.place == AdvertPlace::RunOfBook).map(|(i, _)| i).collect();
    let count = issue.articles.len();
    for article in 0..count {
        leaves.push(Leaf::Article(article));
        leaves.extend(
            full(issue).filter(|(_, a)| a.after.is_some_and(|x| x.0 == article)).map(|(i, _)| Leaf::FullAdvert(i)),
        );
        // Run-of-book pages are spread evenly between the articles.
        let due = |n: usize| (n * (free.len() + 1)) / count.max(1);
        let (from, to) = (due(article).min(free.len()), due(article + 1).min(free.len()));
        leaves.extend(free[from..to].iter().map(|advert| Leaf::FullAdvert(*advert)));
    }
    leaves.extend(rows(issue, format, left).into_iter().map(Leaf::Adverts));
    leaves.push(Leaf::Back);
    leaves.extend(placed(AdvertPlace::InsideBackCover));
    leaves.extend(placed(AdvertPlace::BackCover));
    leaves
}

/// Booked full-page adverts.
fn full(issue: &Issue) -> impl Iterator<Item = (usize, &Advert)> {
    issue.adverts.iter().enumerate().filter(|(_, a)| a.size == AdvertSize::Full && a.partner.is_some())
}

/// Fractions gathered on pages: narrow ones in pairs, as many rows as fit.
fn rows(issue: &Issue, format: &Format, left: &[usize]) -> Vec<Vec<Vec<Item>>> {
    let mut rows: Vec<Vec<Item>> = Vec::new();
    let mut narrow: Vec<usize> = Vec::new();
    for &advert in left {
        match issue.adverts[advert].size {
            AdvertSize::Quarter | AdvertSize::Eighth | AdvertSize::HalfVertical => narrow.push(advert),
            _ => rows.push(vec![Item::advert(issue, format, advert)]),
        }
    }
    narrow.sort_by_key(|&a| issue.adverts[a].size as u8);
    for pair in narrow.chunks(2) {
        rows.push(pair.iter().map(|&a| Item::advert(issue, format, a)).collect());
    }
    let height = |row: &Vec<Item>| {
        row.iter().map(|i| if let Item::Advert { height, .. } = i { height + 18.0 } else { 0.0 }).fold(0.0, f64::max)
    };
    let mut pages: Vec<Vec<Vec<Item>>> = Vec::new();
    let mut used = f64::INFINITY;
    for row in rows {
        let h = height(&row);
        if used + h > format.type_height() + 10.0 {
            pages.push(Vec::new());
            used = 0.0;
        }
        used += h;
        if let Some(page) = pages.last_mut() {
            page.push(row);
        }
    }
    pages
}
