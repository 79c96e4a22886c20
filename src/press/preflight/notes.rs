//! What was found, folded: the same kind of thing is one fault with its pages, its places and its count.

use super::catalogue::Rule;
use super::geometry::Rect;
use std::collections::{BTreeMap, BTreeSet};

/// The most places that are kept of one fault.
const PLACES: usize = 2000;
/// The most of them on one page.
const PLACES_HERE: usize = 60;
/// The most different faults.
const KINDS: usize = 400;

/// One kind of fault while it is gathered.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    pub(super) message: String,
    pub(super) count: usize,
    /// Numbers of pages from 1.
    pub(super) pages: BTreeSet<usize>,
    /// Number of the page, and the box in its own space.
    pub(super) places: Vec<(usize, Rect)>,
    /// How many of the places are on the page last noted.
    here: usize,
}

/// Faults by rule and by what tells two of one rule apart (a font's name, a spot colour).
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    pub(super) folded: BTreeMap<(Rule, String), Folded>,
}

impl Notes {
    /// Notes a fault of the whole file.
    pub(super) fn file(&mut self, rule: Rule, message: impl Into<String>) {
        self.add(rule, "", None, || message.into());
    }

    /// Notes a fault of a page.
    pub(super) fn page(&mut self, rule: Rule, page: usize, message: impl FnOnce() -> String) {
        self.add(rule, "", Some((page, None)), message);
    }

    /// Notes a fault at a place.
    pub(super) fn at(&mut self, rule: Rule, key: &str, page: usize, area: Rect, message: impl FnOnce() -> String) {
        self.add(rule, key, Some((page, Some(area))), message);
    }

    fn add(&mut self, rule: Rule, key: &str, place: Option<(usize, Option<Rect>)>, message: impl FnOnce() -> String) {
        let key = (rule, key.to_owned());
        if self.folded.len() >= KINDS && !self.folded.contains_key(&key) {
            return;
        }
        let folded = self.folded.entry(key).or_insert_with(|| Folded {
            message: message(),
            count: 0,
            pages: BTreeSet::new(),
            places: Vec::new(),
            here: 0,
        });
        folded.count += 1;
        let Some((page, area)) = place else { return };
        if folded.pages.insert(page) {
            folded.here = 0;
        }
        if let Some(area) = area
            && folded.places.len() < PLACES
            && folded.here < PLACES_HERE
        {
            folded.here += 1;
            folded.places.push((page, area));
        }
    }

    /// Takes over what was found on later pages.
    pub(super) fn absorb(&mut self, later: Notes) {
        for (key, more) in later.folded {
            match self.folded.get_mut(&key) {
                None => {
                    self.folded.insert(key, more);
                }
                Some(known) => {
                    known.count += more.count;
                    known.pages.extend(more.pages);
                    let room = PLACES.saturating_sub(known.places.len());
                    known.places.extend(more.places.into_iter().take(room));
                }
            }
        }
    }
}

/// Numbers in order, folded: `1, 3-5, 9`.
pub(super) fn ranges(pages: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == page => *end = page,
            _ => parts.push((page, page)),
        }
    }
    let part = |&(a, b): &(usize, usize)| match b - a {
        0 => a.to_string(),
        1 => format!("{a}, {b}"),
        _ => format!("{a}-{b}"),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}
