//! Rules that need the page rendered into plates: how much ink comes together, and whether the bleed is filled.
//!
//! Plates are the caller's: this only counts. Single pixels do not count, a neighbourhood must agree.

use super::catalogue::Rule;
use super::geometry::{POINTS, Rect};
use super::notes::Notes;
use super::{Page, Purpose, Verdict};
use crate::press::Shop;

/// How far over the limit is still rounding of the rendering, in per cent.
const TOLERANCE: f64 = 2.0;
/// Half the side of the square of pixels that is averaged.
const AROUND: usize = 1;
/// How long a white edge must be, in millimetres.
const LONG: f64 = 5.0;

/// A page's plates, all of one size, of its whole media box as it stands in the file.
#[derive(Debug, Clone)]
pub struct Plates {
    /// The page, counted from 1.
    pub page: usize,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// One plate for each ink, row by row from the top: 0 is no ink, 255 is full.
    pub inks: Vec<(String, Vec<u8>)>,
}

impl Plates {
    /// The sum of all inks at a pixel in per cent.
    fn total(&self, x: usize, y: usize) -> f64 {
        let at = y * self.width + x;
        self.inks.iter().map(|(_, plate)| f64::from(plate.get(at).copied().unwrap_or(0))).sum::<f64>() / 2.55
    }

    /// The pixel of a point of the page.
    fn pixel(&self, page: &Page, x: f64, y: f64) -> (usize, usize) {
        let across = (x - page.media.left) / page.media.width() * self.width as f64;
        let down = (page.media.top - y) / page.media.height() * self.height as f64;
        let clamp = |v: f64, most: usize| (v.max(0.0) as usize).min(most.saturating_sub(1));
        (clamp(across, self.width), clamp(down, self.height))
    }

    fn at(&self, page: &Page, (x, y): (f64, f64)) -> f64 {
        let (x, y) = self.pixel(page, x, y);
        self.total(x, y)
    }
}

/// Adds to a verdict what the plates of its pages show.
pub fn rendered(verdict: &mut Verdict, plates: impl IntoIterator<Item = Plates>, shop: &Shop, purpose: &Purpose) {
    let bleed = match purpose {
        Purpose::Advert { bleed, .. } => bleed.0,
        _ => shop.bleed.0,
    };
    let unfilled: Vec<usize> =
        verdict.faults.iter().filter(|f| f.rule == Rule::BLEED_UNFILLED).flat_map(|f| f.pages.clone()).collect();
    let mut notes = Notes::default();
    for plates in plates {
        let Some(page) = plates.page.checked_sub(1).and_then(|i| verdict.pages.get(i)) else { continue };
        // A page that is turned for viewing is rendered turned: its places would be wrong.
        if page.rotate != 0 || plates.width < 8 || plates.height < 8 {
            continue;
        }
        coverage(&plates, page, shop.ink_limit, bleed, &mut notes);
        if bleed > 0.0 && !unfilled.contains(&plates.page) && page.media.holds(&page.bleed(bleed / 2.0), 0.3) {
            white_edges(&plates, page, bleed, &mut notes);
        }
    }
    verdict.take(notes, shop, purpose);
}

fn coverage(plates: &Plates, page: &Page, limit: f64, bleed: f64, notes: &mut Notes) {
    let printed = page.bleed(bleed).meet(&page.media);
    let (left, top) = plates.pixel(page, printed.left, printed.top);
    let (right, bottom) = plates.pixel(page, printed.right, printed.bottom);
    let (mut most, mut found): (f64, Option<[usize; 4]>) = (0.0, None);
    for y in top + AROUND..bottom.saturating_sub(AROUND) {
        for x in left + AROUND..right.saturating_sub(AROUND) {
            // Most pixels are far below the limit: only those above it are worth their neighbours.
            if plates.total(x, y) <= limit + TOLERANCE {
                continue;
            }
            let near = (y - AROUND..=y + AROUND).flat_map(|y| (x - AROUND..=x + AROUND).map(move |x| (x, y)));
            let mean = near.map(|(x, y)| plates.total(x, y)).sum::<f64>() / ((2 * AROUND + 1) as f64).powi(2);
            if mean > limit + TOLERANCE {
                most = most.max(mean);
                let [l, t, r, b] = found.unwrap_or([x, y, x, y]);
                found = Some([l.min(x), t.min(y), r.max(x), b.max(y)]);
            }
        }
    }
    let Some([l, t, r, b]) = found else { return };
    let (across, down) = (page.media.width() / plates.width as f64, page.media.height() / plates.height as f64);
    let area = Rect::new(
        (page.media.left + l as f64 * across, page.media.top - t as f64 * down),
        (page.media.left + (r + 1) as f64 * across, page.media.top - (b + 1) as f64 * down),
    );
    notes.at(Rule::INK_COVERAGE, "", page.number, area, || {
        format!("page {} has up to {most:.0} % ink in one place; the limit is {limit:.0} %", page.number)
    });
}

fn white_edges(plates: &Plates, page: &Page, bleed: f64, notes: &mut Notes) {
    let trim = page.trim;
    let steps = |length: f64| (length / POINTS).floor() as usize;
    for side in 0..4 {
        let upright = side % 2 == 0;
        let length = steps(if upright { trim.height() } else { trim.width() });
        // A point beside the cut, so many millimetres along it and outwards.
        let point = |along: usize, out: f64| {
            let (a, o) = ((along as f64 + 0.5) * POINTS, out * POINTS);
            match side {
                0 => (trim.left - o, trim.bottom + a),
                1 => (trim.left + a, trim.bottom - o),
                2 => (trim.right + o, trim.bottom + a),
                _ => (trim.left + a, trim.top + o),
            }
        };
        let is_white = |along: usize| {
            let inked = |out: f64| plates.at(page, point(along, out)) >= 10.0;
            inked(-0.5)
                && inked(-1.2)
                && !inked(0.7f64.min(bleed * 0.5))
                && plates.at(page, point(along, bleed * 0.5)) < 2.0
        };
        let (mut run, mut longest) = (0, (0, 0));
        for along in 0..length {
            run = if is_white(along) { run + 1 } else { 0 };
            longest = longest.max((run, along));
        }
        if longest.0 as f64 >= LONG {
            let (from, to) = (point(longest.1 + 1 - longest.0, -1.5), point(longest.1, bleed));
            let side = ["left", "bottom", "right", "top"][side];
            notes.at(Rule::WHITE_AT_TRIM, "", page.number, Rect::new(from, to), || {
                format!("page {} shows ink at its {side} cut and white outside it", page.number)
            });
        }
    }
}
