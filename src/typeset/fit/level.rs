//! Level columns: the most room at the foot of an article's last page that adds no page.
//!
//! The engine fills one column after the other. Room kept free at the foot shortens all of them; at the most room that
//! the text still bears they end within a line of each other. It is found by halving, all articles at once.

use super::measure::Ending;
use super::{Desk, Fit};

/// What is known of every article's room: what fits, and the least that does not.
pub(in crate::typeset) struct Levels {
    limits: Vec<(i32, i32)>,
    pages: Vec<Option<usize>>,
    first: bool,
}

impl Levels {
    /// From pages on which every article has just the room that its band needs.
    pub(in crate::typeset) fn new(desk: &Desk<'_>, fit: &Fit, ends: &[Option<Ending>]) -> Levels {
        let limits = ends.iter().enumerate().map(|(article, end)| {
            let need = desk.band_lines(&fit.articles[article].band);
            match end {
                Some(end) => (need, need.max(end.free / desk.columns(article) as i32) + 2),
                None => (need, need + 1),
            }
        });
        let pages = ends.iter().map(|e| e.as_ref().map(|e| e.last - e.first)).collect();
        Levels { limits: limits.collect(), pages, first: true }
    }

    /// Whether every article's room is known to the line.
    pub(in crate::typeset) fn settled(&self) -> bool {
        self.limits.iter().all(|(low, high)| high - low <= 1)
    }

    /// Sets the rooms to try next: first the likeliest, then halfway.
    pub(in crate::typeset) fn propose(&mut self, fit: &mut Fit) {
        for (article, (low, high)) in self.limits.iter().enumerate() {
            fit.articles[article].room = match (self.first, high - low) {
                (_, ..=1) => *low,
                (true, _) => (high - 2).max(*low),
                (false, 2..=4) => high - 1,
                (false, _) => (low + high) / 2,
            };
        }
        self.first = false;
    }

    /// Learns from how the proposal came out.
    pub(in crate::typeset) fn learn(&mut self, fit: &Fit, ends: &[Option<Ending>]) {
        for (article, (low, high)) in self.limits.iter_mut().enumerate() {
            let (Some(before), Some(now)) = (self.pages[article], &ends[article]) else {
                *high = *low + 1;
                continue;
            };
            let room = fit.articles[article].room;
            let fits = now.last - now.first <= before && !now.crowded;
            if fits { *low = room.max(*low) } else { *high = room.min(*high) }
        }
    }

    /// Sets the best rooms that are known.
    pub(in crate::typeset) fn take(&self, fit: &mut Fit) {
        for (article, (low, _)) in self.limits.iter().enumerate() {
            fit.articles[article].room = *low;
        }
    }
}
