//! What may stand at the foot of an article's last page: adverts and short texts, in one row or two.

use super::cost;
use super::desk::Desk;
use crate::manifest::AdvertSize;
use crate::typeset::plan::Item;

/// A band that may stand at an article's foot.
pub(super) struct Band {
    pub(super) items: Vec<Item>,
    pub(super) lines: i32,
    /// Which adverts and short texts it uses, as bits.
    pub(super) uses: u128,
    pub(super) cost: f64,
    /// The article that it was booked after, if any.
    pub(super) wanted: Option<usize>,
    /// Whether a partner's advert is in it.
    pub(super) booked: bool,
}

/// How many adverts, and how many short texts, may stand at the feet of articles. What is beyond has no bit: booked adverts
/// go on pages of their own, short texts and adverts of the house wait for another month.
const ADVERTS: usize = 88;
const FILLERS: usize = 40;

/// The bit by which a used advert is known; 0 for one that is never at a foot.
pub(super) fn advert_bit(advert: usize) -> u128 {
    if advert < ADVERTS { 1 << advert } else { 0 }
}

fn filler_bit(filler: usize) -> u128 {
    1 << (ADVERTS + filler)
}

/// The bits of the adverts and short texts in a band.
pub(super) fn uses(items: &[Item]) -> u128 {
    let bits = items.iter().map(|item| match item {
        Item::Advert { advert, .. } => advert_bit(*advert),
        Item::Filler { filler, .. } => filler_bit(*filler),
        Item::Article { .. } => 0,
    });
    bits.fold(0, |all, bit| all | bit)
}

/// Something that may stand in a row of its own across a foot.
pub(super) struct Row {
    pub(super) items: Vec<Item>,
    pub(super) uses: u128,
    pub(super) cost: f64,
    wanted: Option<usize>,
    pub(super) booked: bool,
}

/// Every band of one row or two.
pub(super) fn bands(desk: &Desk<'_>) -> Vec<Band> {
    let rows = rows(desk);
    let mut bands = Vec::new();
    let mut add = |items: Vec<Item>, uses: u128, cost: f64, wanted: Option<usize>, booked: bool| {
        let lines = desk.band_lines(&items);
        if lines + 3 < desk.format.lines as i32 {
            bands.push(Band { lines, items, uses, cost, wanted, booked });
        }
    };
    for (n, row) in rows.iter().enumerate() {
        add(row.items.clone(), row.uses, row.cost, row.wanted, row.booked);
        for other in &rows[n + 1..] {
            let apart = desk.compete(&row.items, &other.items)
                || row.wanted.is_some() && other.wanted.is_some() && row.wanted != other.wanted;
            if row.uses & other.uses == 0 && !apart {
                // What belongs to the magazine stands nearer to its text than an advert does.
                let adverts = |r: &Row| r.items.iter().filter(|i| matches!(i, Item::Advert { .. })).count();
                let (upper, lower) = if adverts(row) > adverts(other) { (other, row) } else { (row, other) };
                let items = [upper.items.clone(), lower.items.clone()].concat();
                let booked = row.booked || other.booked;
                add(items, row.uses | other.uses, row.cost + other.cost, row.wanted.or(other.wanted), booked);
            }
        }
    }
    bands
}

/// Every row: something across the page, or two narrow ones side by side.
pub(super) fn rows(desk: &Desk<'_>) -> Vec<Row> {
    let issue = desk.issue;
    let fractions = issue.adverts.iter().enumerate().take(ADVERTS).filter(|(_, a)| a.size.pages() == 0);
    // A half page that stands upright leaves no room for text beside it; it goes on a page of adverts.
    let fractions = fractions.filter(|(_, a)| a.size != AdvertSize::HalfVertical);
    let adverts: Vec<Row> = fractions
        .map(|(i, a)| Row {
            items: vec![Item::advert(issue, desk.format, i)],
            uses: advert_bit(i),
            cost: if a.partner.is_some() { -0.5 } else { cost::HOUSE_ADVERT.cost },
            wanted: a.after.map(|x| x.0),
            booked: a.partner.is_some(),
        })
        .collect();
    let narrow = |row: &Row| desk.is_narrow(&row.items[0]);
    let filler = |filler: usize, width: f64| Row {
        items: vec![Item::Filler { filler, width }],
        uses: filler_bit(filler),
        cost: cost::FILLER.cost,
        wanted: None,
        booked: false,
    };
    let beside = |a: &Row, b: &Row| Row {
        items: [a.items.clone(), b.items.clone()].concat(),
        uses: a.uses | b.uses,
        cost: a.cost + b.cost,
        wanted: a.wanted.or(b.wanted),
        booked: a.booked || b.booked,
    };
    let fillers = issue.fillers.len().min(FILLERS);
    let mut rows: Vec<Row> = (0..fillers).map(|f| filler(f, desk.format.type_width())).collect();
    for (n, advert) in adverts.iter().enumerate() {
        if !narrow(advert) {
            rows.push(beside(advert, &Row { items: Vec::new(), uses: 0, cost: 0.0, wanted: None, booked: false }));
            continue;
        }
        let (width, height) = (advert.items[0].width(), advert.items[0].height());
        // Alone it leaves half the row white.
        let alone = f64::from(desk.band_lines(&advert.items)) / 2.0 * cost::UNUSED.cost;
        rows.push(beside(advert, &Row { items: Vec::new(), uses: 0, cost: alone, wanted: None, booked: false }));
        for f in 0..fillers {
            let text = filler(f, width);
            // A short text beside an advert is no taller than it.
            if desk.band_lines(&text.items) <= desk.band_lines(&advert.items) {
                rows.push(beside(advert, &text));
            }
        }
        let pairs = adverts[n + 1..].iter().filter(|o| narrow(o) && (o.items[0].height() - height).abs() < 0.1);
        let pairs = pairs.filter(|o| !desk.compete(&o.items, &advert.items));
        let pairs = pairs.filter(|o| o.wanted.is_none() || advert.wanted.is_none() || o.wanted == advert.wanted);
        rows.extend(pairs.map(|o| beside(advert, o)));
    }
    rows
}
