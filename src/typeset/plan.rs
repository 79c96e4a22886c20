//! The order of the issue's pages: which leaf follows which, before the engine knows how many pages each takes.

use super::Format;
use super::fit::Desk;
use crate::issue::Issue;
use crate::manifest::{AdvertPlace, AdvertSize};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A part of the issue that begins on a page of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Item {
    /// An advert at a size in points.
    Advert {
        advert: usize,
        #[serde(with = "bits")]
        width: f64,
        #[serde(with = "bits")]
        height: f64,
    },
    /// A short text at a width in points.
    Filler {
        filler: usize,
        #[serde(with = "bits")]
        width: f64,
    },
    /// A short article, complete, in so many lines across the page.
    Article { article: usize, lines: i32 },
}

/// Lengths written down to the last bit, which decimals need not keep.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(length: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(length.to_bits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}

impl Item {
    /// An advert in the slot that it was booked in.
    pub(super) fn advert(issue: &Issue, format: &Format, advert: usize) -> Item {
        let (width, height) = format.slot(issue.adverts[advert].size);
        Item::Advert { advert, width, height }
    }

    /// The advert that it is.
    pub(super) fn advert_of(&self) -> Option<usize> {
        if let Item::Advert { advert, .. } = self { Some(*advert) } else { None }
    }

    /// Width in points; none of an article's own.
    pub(super) fn width(&self) -> f64 {
        match self {
            Item::Advert { width, .. } | Item::Filler { width, .. } => *width,
            Item::Article { .. } => f64::INFINITY,
        }
    }

    /// Height in points, where it is given.
    pub(super) fn height(&self) -> f64 {
        match self {
            Item::Advert { height, .. } => *height,
            Item::Filler { .. } | Item::Article { .. } => 0.0,
        }
    }

    /// With the grid lines that it takes, if they are known: what is of a known height needs no measuring by the engine.
    pub(super) fn json(&self, desk: &Desk<'_>) -> Value {
        let lines = desk.known_lines(self);
        match self {
            Item::Advert { advert, width, height } => {
                json!({"k": "advert", "advert": advert, "width": width, "height": height, "lines": lines})
            }
            Item::Filler { filler, width } => {
                json!({"k": "filler", "filler": filler, "width": width, "lines": lines})
            }
            Item::Article { article, .. } => json!({"k": "article", "article": article, "lines": lines}),
        }
    }
}

impl Leaf {
    pub(super) fn json(&self, desk: &Desk<'_>) -> Value {
        match self {
            Leaf::Cover => json!({"k": "cover"}),
            Leaf::FullAdvert(advert) => {
                json!({"k": "advert", "full": true, "adverts": [advert], "anchor": advert})
            }
            Leaf::Adverts(rows) => json!({
                "k": "advert", "full": false,
                "anchor": rows.iter().flatten().find_map(Item::advert_of).unwrap_or(0),
                "rows": rows.iter().map(|r| r.iter().map(|i| i.json(desk)).collect::<Vec<_>>()).collect::<Vec<_>>(),
            }),
            Leaf::Contents => json!({"k": "contents"}),
            Leaf::Article(article) => json!({"k": "article", "article": article}),
            Leaf::Back => json!({"k": "back"}),
        }
    }
}

/// Full-page adverts booked for a place.
fn placed(issue: &Issue, wanted: AdvertPlace) -> impl Iterator<Item = Leaf> {
    let booked = issue.adverts.iter().enumerate();
    booked.filter(move |(_, a)| a.place == wanted && a.size == AdvertSize::Full).map(|(i, _)| Leaf::FullAdvert(i))
}

/// Pages before the contents.
pub(super) fn front(issue: &Issue) -> usize {
    1 + placed(issue, AdvertPlace::InsideFrontCover).count()
}

/// Pages after the back matter.
pub(super) fn closing(issue: &Issue) -> usize {
    placed(issue, AdvertPlace::InsideBackCover).count() + placed(issue, AdvertPlace::BackCover).count()
}

/// Full-page adverts booked after an article.
pub(super) fn after(issue: &Issue, article: usize) -> impl Iterator<Item = usize> {
    let full = issue.adverts.iter().enumerate().filter(|(_, a)| a.size.pages() > 0 && a.partner.is_some());
    full.filter(move |(_, a)| a.after.is_some_and(|x| x.0 == article)).map(|(i, _)| i)
}

/// The issue's leaves, `middle` (articles and what follows them) between front and back.
pub(super) fn around(issue: &Issue, middle: Vec<Leaf>) -> Vec<Leaf> {
    let mut leaves = vec![Leaf::Cover];
    leaves.extend(placed(issue, AdvertPlace::InsideFrontCover));
    leaves.push(Leaf::Contents);
    leaves.extend(middle);
    leaves.push(Leaf::Back);
    leaves.extend(placed(issue, AdvertPlace::InsideBackCover));
    leaves.extend(placed(issue, AdvertPlace::BackCover));
    leaves
}

/// Every article on pages of its own, nothing but fixed adverts between them: for measuring.
pub(super) fn bare(issue: &Issue) -> Vec<Leaf> {
    around(issue, (0..issue.articles.len()).map(Leaf::Article).collect())
}

/// Fractions gathered on pages: narrow ones in pairs, as many rows as fit.
pub(super) fn rows(issue: &Issue, format: &Format, left: &[usize]) -> Vec<Vec<Vec<Item>>> {
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
