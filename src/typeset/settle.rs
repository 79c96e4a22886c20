//! The rounds of laying out: measure, search, see what it came to, make the columns level.

use super::fit::{self, Around, Chosen, Fit, Levels, Needs};
use super::kept::{self, Decisions};
use super::lock::{Kept, LOCK_FILE, Lock};
use super::pages::{self, Layout};
use super::plan::{self, Leaf};
use super::theme::{OpenerStyle, Side};
use super::walk::Mark;
use super::{Engine, Round, Settings};
use crate::manifest::AdvertSize;
use crate::report::{Code, Finding, Report, Span};

/// The most times that wide boxes are given another line.
const BOX_ROUNDS: usize = 6;
/// The most times that floats left over after a text are called back.
const FLOAT_ROUNDS: usize = 6;
/// The most searches: each knows better than the last what room an article needs.
const SEARCHES: usize = 7;
/// The most times that paragraphs of settled pages are mended: one that is drawn in moves those after it.
const POLISHES: usize = 3;
/// The most searches after that for an extent that is a multiple of four.
const DRIFTED: usize = 8;
/// What is tried where a line stands alone: lines of room at the foot, lines of the lead picture, steps of tightness.
const WIDOW_STEPS: [(i32, i32, i32); 13] = [
    (-1, 0, 0),
    (0, -1, 0),
    (0, 1, 0),
    (-2, 0, 0),
    (0, 0, -1),
    (0, 0, 1),
    (0, -2, 0),
    (0, 2, 0),
    (-3, 0, 0),
    (0, -3, 0),
    (0, 0, -2),
    (-1, 0, -1),
    (-2, -1, 1),
];
/// How many articles with pictures make contents over two pages worth while.
const LONG_CONTENTS: usize = 6;
/// How many lines of white one fault of a tried layout is worth.
const LOSS: f64 = 6.0;
/// The most rounds of making columns level.
const LEVEL_ROUNDS: usize = 8;

/// Settled pages, and what was decided for them; the last says whether all columns came out level.
type Settled = (Fit, Vec<Leaf>, Round, bool);

impl Engine<'_> {
    /// Finds the layout: by the decisions that an earlier build kept, or else by searching.
    pub(super) fn settle(&mut self, settings: &Settings<'_>, report: &mut Report) -> Result<Layout, String> {
        let key = settings.kept.is_on().then(|| kept::key(self.issue, settings));
        let known = key.as_ref().and_then(|key| self.again(settings, key));
        let (fit, leaves, round, level) = match known {
            Some(known) => known,
            None => {
                let (fit, leaves, round, level) = self.search()?;
                if let Some(key) = key {
                    settings.kept.put(&key, &Decisions::of(&fit, &leaves, &self.fillers, level).bytes());
                }
                (fit, leaves, round, level)
            }
        };
        if !level {
            report.push(Finding::new(
                Code::LAYOUT_UNSETTLED,
                Span::whole(self.issue.publication.file),
                format!("the columns of some articles did not come out level in {LEVEL_ROUNDS} rounds"),
            ));
        }
        Ok(pages::layout(&self.desk(), round.document, &round.pages, &leaves, &fit))
    }

    /// The pages that kept decisions bring; none where there are none for this issue.
    fn again(&mut self, settings: &Settings<'_>, key: &str) -> Option<Settled> {
        let decisions = self.recalled(settings, key)?;
        let level = decisions.level;
        let (fit, leaves, fillers) = decisions.found();
        let before = std::mem::replace(&mut self.fillers, fillers);
        match self.round(&fit, &leaves) {
            Ok(round) => Some((fit, leaves, round, level)),
            Err(_) => {
                self.fillers = before;
                None
            }
        }
    }

    /// Searches for the layout.
    fn search(&mut self) -> Result<Settled, String> {
        self.searching = true;
        let mut fit = Fit::start(&self.desk());
        let mut leaves = plan::bare(self.issue);
        let mut round = self.measure(&mut fit, &leaves)?;
        let pictured = self.issue.articles.iter().filter(|a| a.lead.is_some()).count();
        self.with_credits(&mut fit, &leaves, &mut round)?;
        let around =
            Around { back: pages::back_pages(&round.pages, &leaves).max(1), long_contents: pictured >= LONG_CONTENTS };
        fit.sketch = around.back;
        self.choose(&mut fit, &mut leaves, &mut round, around)?;
        self.join(&mut fit, &leaves, &mut round)?;
        self.draw_in(&mut fit, &mut leaves, &mut round)?;
        self.clear(&mut fit, &mut leaves, &mut round)?;
        self.give_way(&mut fit, &leaves, &mut round)?;
        if self.square(&mut fit, &mut leaves, round.pages.len(), around) {
            round = self.round(&fit, &leaves)?;
        }
        self.lower(&mut fit, &leaves, &mut round)?;
        self.refill(&mut fit, &mut leaves, &mut round)?;
        self.stretch(&mut fit, &leaves, &mut round)?;
        let level = self.level(&mut fit, &leaves, &mut round)?;
        self.lower(&mut fit, &leaves, &mut round)?;
        self.finish(&mut fit, &leaves, &mut round)?;
        self.give_way(&mut fit, &leaves, &mut round)?;
        fit.sketch = 0;
        round = self.round(&fit, &leaves)?;
        self.with_credits(&mut fit, &leaves, &mut round)?;
        // A lock keeps the pages that texts came to, not those that the search counted on.
        let ends = fit::endings(&self.desk(), &round.pages, &leaves, &fit);
        for (of, end) in fit.articles.iter_mut().zip(&ends) {
            of.planned = end.map_or(0, |e| e.text_pages());
        }
        Ok((fit, leaves, round, level))
    }

    /// Lays out by kept decisions; where an article has become longer or shorter by a page, its text is tightened or
    /// loosened until it has its pages again.
    pub(super) fn keep(&mut self, lock: &Lock, settings: &Settings<'_>, report: &mut Report) -> Result<Layout, String> {
        let (mut fit, leaves) = match lock.decisions(&self.desk()) {
            Ok(decisions) => decisions,
            Err(why) => {
                let message = format!("`{LOCK_FILE}` cannot be kept to: {}; the pages were found anew", why.0);
                report.push(
                    Finding::new(Code::LAYOUT_LOCK, Span::whole(self.issue.file), message)
                        .hint("delete the file, or run `masthead lock` to keep the new pages"),
                );
                return self.settle(settings, report);
            }
        };
        self.fillers = lock.measured(&self.desk());
        let mut round = self.round(&fit, &leaves)?;
        // Pages that are only shown meanwhile are found anew anyway, where they moved.
        let steps = if settings.lock.is_some() { [-1, -2, 1, 2].as_slice() } else { &[] };
        for step in steps {
            let ends = fit::endings(&self.desk(), &round.pages, &leaves, &fit);
            let wrong = |(a, end): (usize, &Option<fit::Ending>)| {
                let planned = fit.articles[a].planned;
                end.filter(|e| planned > 0 && e.text_pages() != planned).map(|_| a)
            };
            let wrong: Vec<usize> = ends.iter().enumerate().filter_map(wrong).collect();
            if wrong.is_empty() {
                break;
            }
            wrong.iter().for_each(|a| fit.articles[*a].tight = *step);
            round = self.round(&fit, &leaves)?;
        }
        self.with_credits(&mut fit, &leaves, &mut round)?;
        let mut layout = pages::layout(&self.desk(), round.document, &round.pages, &leaves, &fit);
        let kept = layout.lock.as_ref().map(|now| Kept::new(lock, now)).unwrap_or_default();
        if !kept.moved.is_empty() {
            let message = format!("pages that no longer start as they were locked: {}", kept.moved.join(", "));
            report.push(
                Finding::new(Code::LAYOUT_LOCK, Span::whole(self.issue.file), message)
                    .hint("shorten or lengthen the corrected passage by a few words, or run `masthead lock` to keep the new pages"),
            );
        }
        layout.kept = Some(kept);
        Ok(layout)
    }

    /// Sets the pages on which the pictures stand into the list of credits. The numbers may make that longer, so twice.
    fn with_credits(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for _ in 0..2 {
            let skip = pages::contents_pages(&round.pages, leaves);
            let credits = fit::picture_pages(self.issue, &round.pages, &skip);
            if credits == fit.credits {
                break;
            }
            fit.credits = credits;
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }

    /// The last touches on settled pages: paragraphs mended, and where a line still stands alone, the article's columns a line
    /// longer, its lead picture a line flatter or taller, or its text tighter. Nothing that adds a page is kept.
    fn finish(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        let extent = round.pages.len();
        for _ in 0..POLISHES {
            let before = fit.paragraphs.clone();
            if !self.polish(fit, leaves, round, true)? {
                break;
            }
            *round = self.round(fit, leaves)?;
            if round.pages.len() != extent {
                fit.paragraphs = before;
                *round = self.round(fit, leaves)?;
                break;
            }
        }
        for (room, lead, tight) in WIDOW_STEPS {
            let alone = self.with_widows(fit, leaves, round);
            if alone.is_empty() {
                break;
            }
            let before = fit.clone();
            for article in &alone {
                let (limits, band) = (self.desk().lead(*article), fit.articles[*article].band.clone());
                let least = self.desk().band_lines(&band);
                let of = &mut fit.articles[*article];
                of.room = (of.room + room).max(least.min(of.room));
                of.lead = (of.lead + lead).clamp(limits.low, limits.high.max(limits.low));
                of.tight += tight;
            }
            *round = self.round(fit, leaves)?;
            let mut still = self.with_widows(fit, leaves, round);
            still.extend(self.crowded(fit, leaves, round));
            let mended: Vec<usize> = alone.iter().copied().filter(|a| !still.contains(a)).collect();
            if mended.len() < alone.len() || round.pages.len() != extent || still.iter().any(|a| !alone.contains(a)) {
                // Only what helped stays.
                let keep = if round.pages.len() == extent { mended } else { Vec::new() };
                for article in alone.iter().filter(|a| !keep.contains(a)) {
                    fit.articles[*article] = before.articles[*article].clone();
                }
                *round = self.round(fit, leaves)?;
            }
        }
        self.relieve(fit, leaves, round)
    }

    /// The first laying out: everything as usual, nothing shared.
    fn measure(&mut self, fit: &mut Fit, leaves: &[Leaf]) -> Result<Round, String> {
        fit.measuring = true;
        let mut round = self.round(fit, leaves)?;
        fit.measuring = false;
        for found in round.pages.iter().flatten() {
            if let Mark::FillerLines(filler, wide, lines) = found.mark {
                self.fillers.insert((filler, wide), lines);
            }
        }
        for _ in 0..BOX_ROUNDS {
            if !fit::raise_boxes(&round.pages, self.format.line, fit) {
                break;
            }
            round = self.round(fit, leaves)?;
        }
        if self.polish(fit, leaves, &mut round, false)? {
            round = self.round(fit, leaves)?;
        }
        for _ in 0..FLOAT_ROUNDS {
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            if !fit::gather_floats(&self.desk(), fit, &ends) {
                break;
            }
            round = self.round(fit, leaves)?;
        }
        Ok(round)
    }

    /// Searches over the issue and looks at what it came to, until the two agree; else the best that was seen stays.
    fn choose(
        &mut self,
        fit: &mut Fit,
        leaves: &mut Vec<Leaf>,
        round: &mut Round,
        around: Around,
    ) -> Result<(), String> {
        let mut needs = Needs::default();
        let mut best: Option<(f64, Chosen)> = None;
        let mut drift = 0;
        for search in 0..SEARCHES + DRIFTED {
            // If the best has not the pages it was to have, the search is told to count on as many more or fewer as last time.
            let off = best.as_ref().is_some_and(|(_, b)| b.pages % 4 != 0);
            if search >= SEARCHES && !off {
                break;
            }
            let counted = if search < SEARCHES { 0 } else { drift };
            let around = Around { back: (around.back as i32 + counted).max(0) as usize, ..around };
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            let overflown = fit::overflown(&self.desk(), &round.pages, fit);
            needs.learn(&self.desk(), fit, &ends, &overflown);
            let mut chosen = fit::search(&self.desk(), fit, &needs, around);
            if best.as_ref().is_some_and(|(_, b)| b.leaves == chosen.leaves && b.fit.articles == chosen.fit.articles) {
                break;
            }
            *round = self.round(&chosen.fit, &chosen.leaves)?;
            (*fit, *leaves) = (chosen.fit.clone(), chosen.leaves.clone());
            chosen.pages = round.pages.len();
            drift = chosen.pages as i32 - chosen.extent as i32 + counted;
            let faults = self.faults(&chosen, round);
            let loss = faults * LOSS + self.white(&chosen, round);
            if best.as_ref().is_none_or(|(l, _)| loss < *l) {
                best = Some((loss, chosen));
            }
            // Floats left over after a text stand in it from now on, and no longer alone on a page.
            let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
            fit::float_in(&self.desk(), fit, &ends);
            if faults == 0.0 {
                break;
            }
        }
        if let Some((_, chosen)) = best
            && (chosen.fit != *fit || chosen.leaves != *leaves)
        {
            (*fit, *leaves) = (chosen.fit, chosen.leaves);
            *round = self.round(fit, leaves)?;
        }
        Ok(())
    }

    /// Where the pages came out otherwise than the search counted on, one more or less of what fills pages brings them to a
    /// multiple of four: an advert of the house at the end, or a page of contents where no opener's side depends on it.
    /// Whether anything was changed.
    fn square(&self, fit: &mut Fit, leaves: &mut Vec<Leaf>, extent: usize, around: Around) -> bool {
        let sided = self.theme.side != Side::Any || fit.articles.iter().any(|a| a.opener == OpenerStyle::Spread);
        let house = |advert: usize| {
            let advert = &self.issue.adverts[advert];
            advert.partner.is_none() && advert.size == AdvertSize::Full
        };
        let last = leaves.iter().rposition(|l| matches!(l, Leaf::Article(_))).unwrap_or(0);
        let (missing, before) = ((4 - extent % 4) % 4, fit.contents);
        if missing == 3 {
            // One page too many.
            let spare = leaves.iter().rposition(|l| matches!(l, Leaf::FullAdvert(a) if house(*a)));
            match spare.filter(|at| *at > last || !sided) {
                Some(at) => return matches!(leaves.remove(at), Leaf::FullAdvert(_)),
                None if before > 1 && !sided => fit.contents = 1,
                None => {}
            }
            return fit.contents != before;
        }
        let mut added = 0;
        for advert in (0..self.issue.adverts.len()).filter(|a| house(*a)) {
            if added < missing && !leaves.contains(&Leaf::FullAdvert(advert)) {
                leaves.insert(last + 1, Leaf::FullAdvert(advert));
                added += 1;
            }
        }
        if added < missing && before == 1 && around.long_contents && !sided {
            fit.contents = 2;
            added += 1;
        }
        let all = leaves.clone();
        fit::fill_advert_pages(&self.desk(), fit, &all, leaves);
        if added < missing {
            // A page of short texts and smaller adverts of the house, where the pool has that much left.
            let mut page = vec![Leaf::Adverts(Vec::new())];
            let behind = leaves.iter().rposition(|l| matches!(l, Leaf::Adverts(_) | Leaf::Article(_))).unwrap_or(last);
            if fit::fill_advert_pages(&self.desk(), fit, leaves, &mut page) >= self.format.lines as i32 * 3 / 4 {
                leaves.splice(behind + 1..behind + 1, page);
                added += 1;
            }
        }
        added > 0
    }

    /// Lines that stay white at the ends of articles.
    fn white(&self, chosen: &Chosen, round: &Round) -> f64 {
        let desk = self.desk();
        let ends = fit::endings(&desk, &round.pages, &chosen.leaves, &chosen.fit);
        let guests: Vec<usize> = chosen.fit.guests().collect();
        let white = |(article, end): (usize, &Option<fit::Ending>)| {
            let end = end.filter(|_| !guests.contains(&article))?;
            let foot = desk.band_lines(&chosen.fit.articles[article].band);
            Some((f64::from(end.free) / desk.columns(article) as f64 - f64::from(foot)).max(0.0))
        };
        ends.iter().enumerate().filter_map(white).sum()
    }

    /// How far the pages are from what the search counted on: pages too many or too few, texts that ran over.
    fn faults(&self, chosen: &Chosen, round: &Round) -> f64 {
        let desk = self.desk();
        let ends = fit::endings(&desk, &round.pages, &chosen.leaves, &chosen.fit);
        let overflown = fit::overflown(&desk, &round.pages, &chosen.fit).len();
        let extent = round.pages.len().abs_diff(chosen.extent);
        let few = self.few(&chosen.fit, &ends);
        let left_over = fit::left_over(&desk, &ends).len();
        let crowded = ends.iter().flatten().filter(|e| e.crowded).count();
        let parted = self.parted(&chosen.fit, &ends).len();
        (extent * 10 + parted * 10 + overflown * 10 + few.len() * 5 + left_over * 5 + crowded * 10) as f64
    }

    /// Makes the columns of every last page level; whether it came to an end.
    fn level(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<bool, String> {
        let ends = fit::endings(&self.desk(), &round.pages, leaves, fit);
        let mut levels = Levels::new(&self.desk(), fit, &ends);
        for _ in 0..LEVEL_ROUNDS {
            if levels.settled() {
                break;
            }
            levels.propose(fit);
            *round = self.round(fit, leaves)?;
            levels.learn(fit, &fit::endings(&self.desk(), &round.pages, leaves, fit));
        }
        levels.take(fit);
        *round = self.round(fit, leaves)?;
        Ok(levels.settled())
    }
}
