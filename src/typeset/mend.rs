//! Pages mended after the search, because they came out otherwise than it counted on: last words drawn back, feet cleared and
//! filled.

use super::fit::{self, Fit};
use super::plan::{Item, Leaf};
use super::{Engine, Round};
use std::collections::BTreeMap;

/// What is tried to draw an article's last lines back to the page before: steps of tightness, lines of the lead picture, lines
/// of the pictures in columns, whether single paragraphs are made shorter.
const DRAWN_IN: [(i32, i32, i32, bool); 5] =
    [(-1, 0, 0, false), (-1, -3, -1, false), (-1, -3, -1, true), (-2, -3, -2, false), (-2, -6, -3, true)];
/// The most items that are taken from a foot.
const CLEARED: usize = 4;
/// The most times that something gives way to what runs off a page.
const GIVEN_WAY: usize = 4;
/// The parts of what is white that pictures and text are stretched by, one after the other.
const STRETCHED: [f64; 3] = [1.0, 0.6, 0.4];
/// The most times that lead pictures are made flatter so that text goes below them.
const JOINED: usize = 6;
/// The most times that lines are set above what the text runs around.
const LOWERED: usize = 4;
/// The most tries to fill what is white at the feet of articles.
const REFILLS: usize = 8;

impl Engine<'_> {
    /// Articles on whose last page there are fewer than four lines of text.
    pub(super) fn few(&self, fit: &Fit, ends: &[Option<fit::Ending>]) -> Vec<usize> {
        let desk = self.desk();
        let is_few = |(article, end): (usize, &Option<fit::Ending>)| {
            let foot = desk.band_lines(&fit.articles[article].band);
            let depth = |e: &fit::Ending| {
                self.format.lines as i32 - foot - (e.free / desk.columns(article) as i32 - foot).max(0)
            };
            end.filter(|e| e.text > e.begin && depth(e) < 4).map(|_| article)
        };
        ends.iter().enumerate().filter_map(is_few).collect()
    }

    /// Draws the last lines of such articles back to the page before: tighter text, flatter pictures, single paragraphs made a
    /// line shorter. What stood at the foot is free again; a booked advert gets a page after the article.
    pub(super) fn draw_in(&mut self, fit: &mut Fit, leaves: &mut Vec<Leaf>, round: &mut Round) -> Result<(), String> {
        let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
        let guest = |item: &Item| matches!(item, Item::Article { .. });
        let mut few = self.few(fit, &ends);
        few.retain(|a| !fit.articles[*a].band.iter().any(guest));
        for (tight, lead, pictures, paragraphs) in DRAWN_IN {
            if few.is_empty() {
                break;
            }
            let before = fit.clone();
            for article in &few {
                let low = self.desk().lead(*article).low;
                let of = &mut fit.articles[*article];
                (of.band, of.room) = (Vec::new(), 0);
                of.tight += tight;
                of.lead = (of.lead + lead).max(low.min(of.lead));
                of.pictures += pictures;
            }
            let mut next = self.round(fit, leaves)?;
            if paragraphs {
                for article in &few {
                    self.shorten(fit, leaves, &next, *article)?;
                }
                next = self.round(fit, leaves)?;
            }
            let now = fit::endings(&self.desk(), &next.pages, leaves, fit);
            let pages = |end: &Option<fit::Ending>| end.map_or(0, |e| e.last - e.first);
            let drawn: Vec<usize> = few.iter().copied().filter(|a| pages(&now[*a]) < pages(&ends[*a])).collect();
            for article in few.iter().filter(|a| !drawn.contains(a)) {
                fit.articles[*article] = before.articles[*article].clone();
                fit.paragraphs.retain(|(a, _), _| a != article);
                fit.paragraphs.extend(before.paragraphs.range((*article, 0)..=(*article, u32::MAX)));
            }
            for article in &drawn {
                let booked = |i: &&Item| i.advert_of().is_some_and(|a| self.issue.adverts[a].partner.is_some());
                let booked: Vec<Vec<Item>> =
                    before.articles[*article].band.iter().filter(booked).map(|i| vec![i.clone()]).collect();
                let at = leaves.iter().position(|l| *l == Leaf::Article(*article)).unwrap_or(0);
                if !booked.is_empty() {
                    leaves.insert(at + 1, Leaf::Adverts(booked));
                }
            }
            if drawn.is_empty() {
                continue;
            }
            few.retain(|a| !drawn.contains(a));
            *round = self.round(fit, leaves)?;
        }
        self.put_fit(fit, leaves);
        Ok(())
    }

    /// Takes away what stands at the foot of a page into which a picture or a box would run, the tallest first: short texts and
    /// adverts of the house until they are wanted elsewhere, booked adverts to a page of their own.
    pub(super) fn clear(&mut self, fit: &mut Fit, leaves: &mut Vec<Leaf>, round: &mut Round) -> Result<(), String> {
        for _ in 0..CLEARED {
            let crowded = self.crowded(fit, leaves, round);
            let bands = crowded.iter().filter(|a| !fit.articles[**a].band.is_empty());
            let bands: Vec<usize> = bands.copied().collect();
            if bands.is_empty() {
                break;
            }
            for article in bands {
                let booked = |i: &Item| i.advert_of().is_some_and(|a| self.issue.adverts[a].partner.is_some());
                let guest = |i: &Item| matches!(i, Item::Article { .. });
                let desk = self.desk();
                let rank = |i: &Item| (!booked(i) && !guest(i), desk.band_lines(std::slice::from_ref(i)));
                let mut band = fit.articles[article].band.clone();
                let Some(at) = (0..band.len()).filter(|n| !guest(&band[*n])).max_by_key(|n| rank(&band[*n])) else {
                    continue;
                };
                let item = band.remove(at);
                let room = desk.band_lines(&band);
                (fit.articles[article].band, fit.articles[article].room) = (band, room);
                if booked(&item) {
                    let last =
                        leaves.iter().rposition(|l| matches!(l, Leaf::Article(_) | Leaf::Adverts(_))).unwrap_or(0);
                    leaves.insert(last + 1, Leaf::Adverts(vec![vec![item]]));
                }
            }
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }

    /// Makes room for what runs off a page: the lead picture above it gives way, or else the box stands in the text and goes on in the
    /// next column. The engine itself sets a float that is too tall for an empty column as if it were as tall as that.
    pub(super) fn give_way(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for _ in 0..GIVEN_WAY {
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            let before = fit.clone();
            for foot in fit::feet(&self.desk(), &round.pages).into_iter().filter(|f| f.below * self.format.line > 1.0) {
                let low = self.desk().lead(foot.article).low;
                let opens = ends[foot.article].is_some_and(|e| e.begin == foot.page);
                let of = &mut fit.articles[foot.article];
                let flatter = of.lead - foot.below.ceil() as i32;
                if opens && of.opener.is_above_text() && flatter >= low {
                    of.lead = flatter;
                } else {
                    fit.boxes.insert((foot.article, foot.block), 0);
                }
            }
            if *fit == before {
                break;
            }
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }

    /// Articles whose opener stands alone on its page, the text beginning on the next.
    pub(super) fn parted(&self, fit: &Fit, ends: &[Option<fit::Ending>]) -> Vec<usize> {
        let is_parted = |(article, end): (usize, &Option<fit::Ending>)| {
            // Its marks go to the next page with the text.
            end.filter(|e| fit.articles[article].opener.is_above_text() && e.opener == 0).map(|_| article)
        };
        ends.iter().enumerate().filter_map(is_parted).collect()
    }

    /// Makes the lead pictures of such articles flatter until the text begins below them.
    pub(super) fn join(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for _ in 0..JOINED {
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            let before = fit.clone();
            for article in self.parted(fit, &ends) {
                let low = self.desk().lead(article).low;
                let of = &mut fit.articles[article];
                of.lead = (of.lead - 2).max(low.min(of.lead));
            }
            if *fit == before {
                break;
            }
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }

    /// Sets lines of text above what the text runs around, where a column's foot would stay white; what brings another page is
    /// taken back.
    pub(super) fn lower(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for _ in 0..LOWERED {
            let before = fit.clone();
            if !fit::lower_wraps(&self.desk(), &round.pages, fit) {
                break;
            }
            let next = self.round(fit, leaves)?;
            if next.pages.len() > round.pages.len() {
                *fit = before;
                self.put_fit(fit, leaves);
                break;
            }
            *round = next;
        }
        Ok(())
    }

    /// Articles in which a picture or a box runs into what stands at the foot.
    pub(super) fn crowded(&self, fit: &Fit, leaves: &[Leaf], round: &Round) -> Vec<usize> {
        let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
        ends.iter().enumerate().filter(|(_, e)| e.is_some_and(|e| e.crowded)).map(|(a, _)| a).collect()
    }

    /// Makes lead pictures and pictures in columns taller, and text looser, where lines are white at an article's end; what
    /// brings another page, or runs into a foot, is taken back.
    pub(super) fn stretch(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for part in STRETCHED {
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            let before = fit.clone();
            let stretched = fit::stretch(&self.desk(), fit, &ends, part);
            if stretched.is_empty() {
                break;
            }
            let next = self.round(fit, leaves)?;
            let now = fit::endings(&self.desk(), &next.pages, leaves, fit);
            let shape = |end: &Option<fit::Ending>| end.map(|e| (e.last - e.first, e.text - e.begin, e.crowded));
            let white = |end: &Option<fit::Ending>| end.map_or(0, |e| e.free);
            let wrong = |a: &usize| shape(&now[*a]) != shape(&ends[*a]) || white(&now[*a]) > white(&ends[*a]);
            let (wrong, right): (Vec<usize>, Vec<usize>) = stretched.into_iter().partition(wrong);
            for article in &wrong {
                fit.articles[*article] = before.articles[*article].clone();
            }
            match (wrong.is_empty(), right.is_empty()) {
                (true, _) => *round = next,
                (_, true) => self.put_fit(fit, leaves),
                _ => *round = self.round(fit, leaves)?,
            }
        }
        Ok(())
    }

    /// Fills what the search left white because pages came out otherwise than it counted on.
    pub(super) fn refill(&mut self, fit: &mut Fit, leaves: &mut Vec<Leaf>, round: &mut Round) -> Result<(), String> {
        let mut most = BTreeMap::new();
        for _ in 0..REFILLS {
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            let beside = fit::fill_beside(&self.desk(), fit, leaves);
            let before = fit.clone();
            let grown = fit::grow_feet(&self.desk(), fit, leaves, &ends, &most);
            if grown.is_empty() && beside.is_empty() {
                break;
            }
            let next = self.round(fit, leaves)?;
            let now = fit::endings(&self.desk(), &next.pages, leaves, fit);
            let pages = |end: &Option<fit::Ending>| end.map(|e| (e.last - e.first, e.crowded));
            let wrong: Vec<usize> = grown.iter().copied().filter(|a| pages(&now[*a]) != pages(&ends[*a])).collect();
            if wrong.is_empty() {
                *round = next;
                continue;
            }
            // Less next time: pictures that stand in the way are tall.
            most.extend(wrong.iter().map(|a| {
                let stood = self.desk().band_lines(&before.articles[*a].band);
                (*a, stood + (fit.articles[*a].room - stood) * 3 / 4)
            }));
            // What stood there before may have gone to another foot meanwhile: that is taken back, too.
            let mut back = wrong;
            while let Some(article) = back.pop() {
                fit.articles[article] = before.articles[article].clone();
                let band = &fit.articles[article].band;
                let taken = |a: &usize| *a != article && fit::share(&fit.articles[*a].band, band);
                back.extend(grown.iter().copied().filter(taken));
            }
            *round = self.round(fit, leaves)?;
        }
        let before = leaves.clone();
        fit::fill_advert_pages(&self.desk(), fit, &before, leaves);
        if *leaves != before {
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }
}
