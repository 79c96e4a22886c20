//! The ways in which one article can fill its pages, found from its measured room.

use super::desk::{Desk, PICTURE_PLAY, TIGHT_GAIN, TIGHT_PLAY};
use super::measure::Ending;
use super::{ArticleFit, Fit, cost};
use crate::typeset::theme::OpenerStyle;

/// About how many lines a headline and standfirst take where they stand above the text without a picture.
const PLAIN_OPENER: i32 = 12;

/// What one article needs.
#[derive(Debug, Clone)]
pub(super) struct Need {
    pub(super) columns: i32,
    /// Grid lines of a page.
    lines: i32,
    /// Column-lines with everything as usual and the picture of the opener not counted.
    base: i32,
    /// Lines of the opener without its picture, when the text begins below it.
    head: i32,
    /// How the article opened when it was measured.
    measured: OpenerStyle,
    lead: super::desk::Lead,
    openers: Vec<OpenerStyle>,
    /// Column-lines that one step of tightening saves.
    gain: f64,
    pictures: i32,
    quotes: Vec<(u32, i32)>,
    /// Pages of pictures after the text.
    plates: i32,
    /// Lines that it needed more than was thought when it stood at another's foot.
    more_as_guest: i32,
    /// Ways that took more pages than was thought: what cannot be divided left white before it.
    failed: Vec<Failed>,
}

/// A way that did not go in.
#[derive(Debug, Clone, Copy)]
struct Failed {
    text_pages: i32,
    foot: i32,
    /// Lines of every column by which such a way must be shorter.
    extra: i32,
}

/// How many lines shorter a way must be after one that did not go in.
const SHORTER: i32 = 3;

/// What every article needs; none for one that could not be measured.
#[derive(Debug, Clone, Default)]
pub(in crate::typeset) struct Needs(Vec<Option<Need>>);

impl Needs {
    pub(super) fn as_slice(&self) -> &[Option<Need>] {
        &self.0
    }

    /// Learns from laid-out pages. A guest at another's foot cannot be measured there, only that its lines were too few;
    /// the page it shares says nothing about its host but where the text ended.
    pub(in crate::typeset) fn learn(
        &mut self,
        desk: &Desk<'_>,
        fit: &Fit,
        ends: &[Option<Ending>],
        overflown: &[usize],
    ) {
        let guests: Vec<usize> = fit.guests().collect();
        self.0.resize(ends.len(), None);
        for (article, end) in ends.iter().enumerate().filter(|(a, _)| !guests.contains(a)) {
            if let Some(end) = end {
                self.see(desk, article, fit, end);
            }
        }
        for article in overflown {
            if let Some(need) = &mut self.0[*article] {
                need.more_as_guest += 2;
            }
        }
    }
}

impl Needs {
    /// What one article shows. The room it needs is best known from pages without anything at their foot; a way that took
    /// more pages than it should is remembered as such.
    fn see(&mut self, desk: &Desk<'_>, article: usize, fit: &Fit, end: &Ending) {
        let decided = &fit.articles[article];
        let foot = desk.band_lines(&decided.band);
        let plates = crate::typeset::plates::plate_pages(desk.issue, article);
        let ran_over = end.text_pages() > decided.planned || end.last - end.text > plates || (end.crowded && foot > 0);
        match &mut self.0[article] {
            None => self.0[article] = Some(Need::new(desk, article, decided, end)),
            Some(need) if decided.planned > 0 && ran_over => {
                let text_pages = decided.planned;
                match need.failed.iter_mut().find(|f| f.text_pages == text_pages && (f.foot > 0) == (foot > 0)) {
                    Some(failed) => failed.extra = failed.extra * 2 + 1,
                    None => need.failed.push(Failed { text_pages, foot, extra: SHORTER }),
                }
            }
            Some(need) => {
                // Half of what the pages say: floats that fall otherwise next time take other room.
                let fresh = Need::new(desk, article, decided, end);
                if fresh.measured == need.measured {
                    need.base = (need.base + fresh.base + 1) / 2;
                }
            }
        }
    }
}

/// One way to set an article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub(super) fit: ArticleFit,
    /// All its pages.
    pub(super) pages: i32,
    pub(super) cost: f64,
}

/// The pages that a style takes before the text.
pub(super) fn pages_before(style: OpenerStyle) -> i32 {
    match style {
        OpenerStyle::Plain | OpenerStyle::Bleed => 0,
        OpenerStyle::Page => 1,
        OpenerStyle::Spread => 2,
    }
}

impl Need {
    /// From an article as it was laid out with `fit`.
    pub(super) fn new(desk: &Desk<'_>, article: usize, fit: &ArticleFit, end: &Ending) -> Need {
        let columns = desk.columns(article) as i32;
        let lines = desk.format.lines as i32;
        let lead = desk.lead(article);
        let quotes = desk.pull_quotes(article);
        let pictures = desk.playful_pictures(article);
        let volume = end.text_pages() * lines * columns - end.free;
        let text = volume - columns * end.opener;
        let gain = f64::from(text.max(0)) * TIGHT_GAIN;
        let hidden: i32 = quotes.iter().filter(|(n, _)| fit.hidden.contains(n)).map(|(_, l)| l).sum();
        let shown = if fit.opener.is_above_text() { fit.lead * columns } else { 0 };
        let base = volume - shown - fit.pictures * pictures - (f64::from(fit.tight) * gain).round() as i32 + hidden;
        let head = if fit.opener.is_above_text() { (end.opener - fit.lead).max(0) } else { PLAIN_OPENER };
        let plates = crate::typeset::plates::plate_pages(desk.issue, article) as i32;
        let openers = desk.openers(article);
        Need {
            columns,
            lines,
            base,
            head,
            measured: fit.opener,
            lead,
            openers,
            gain,
            pictures,
            quotes,
            plates,
            more_as_guest: 0,
            failed: Vec::new(),
        }
    }

    /// Column-lines with everything as usual, for a style.
    fn usual(&self, style: OpenerStyle) -> i32 {
        let lead = if style.is_above_text() { self.lead.usual * self.columns } else { 0 };
        let head = match (style.is_above_text(), self.measured.is_above_text()) {
            (true, false) => self.head * self.columns,
            (false, true) => -self.head * self.columns,
            _ => 0,
        };
        self.base + lead + head
    }

    /// Lines of one column each if the article is set complete at another's foot.
    pub(super) fn as_guest(&self) -> i32 {
        let volume = self.usual(self.openers[0]) - (self.lead.usual - self.lead.low) * self.columns;
        (volume + self.columns - 1) / self.columns + 2 + self.more_as_guest
    }

    /// The ways to fill pages above a foot of `foot` lines (0: none).
    pub(super) fn ways(&self, foot: i32) -> Vec<Way> {
        let mut ways = Vec::new();
        for (rank, style) in self.openers.iter().enumerate() {
            let page = self.lines * self.columns;
            let usual = self.usual(*style) + foot * self.columns;
            let least = (usual - usual / 5).max(1);
            let (from, to) = ((least + page - 1) / page, (usual + usual / 5 + page) / page);
            for pages in from.max(1)..=to.max(1) {
                if let Some(mut way) = self.way(*style, pages, foot) {
                    way.cost += rank as f64 * cost::OPENER.cost;
                    ways.push(way);
                }
            }
        }
        ways
    }

    /// The gentlest way to fill so many pages of text; none if the text does not go in.
    fn way(&self, style: OpenerStyle, text_pages: i32, foot: i32) -> Option<Way> {
        let capacity = (text_pages * self.lines - foot) * self.columns;
        let failed = self.failed.iter().filter(|f| f.text_pages == text_pages && (f.foot > 0) == (foot > 0));
        let extra = failed.map(|f| f.extra).max().unwrap_or(0);
        let mut slack = capacity - self.usual(style) - extra * self.columns;
        let mut fit = ArticleFit { opener: style, lead: self.lead.usual, planned: text_pages, ..ArticleFit::default() };
        let mut price = 0.0;
        if style.is_above_text() {
            let wanted =
                slack.div_euclid(self.columns).clamp(self.lead.low - self.lead.usual, self.lead.high - self.lead.usual);
            fit.lead += wanted;
            slack -= wanted * self.columns;
            price += f64::from(wanted.abs()) * cost::LEAD.cost;
        }
        if self.pictures > 0 {
            let wanted = slack.div_euclid(self.pictures).clamp(-PICTURE_PLAY, PICTURE_PLAY);
            fit.pictures = wanted;
            slack -= wanted * self.pictures;
            price += f64::from(wanted.abs()) * cost::PICTURE.cost;
        }
        while slack < 0 && fit.tight > -TIGHT_PLAY {
            slack += self.gain.floor() as i32;
            fit.tight -= 1;
        }
        while f64::from(slack) > self.gain.max(f64::from(self.columns)) && self.gain >= 1.0 && fit.tight < TIGHT_PLAY {
            slack -= self.gain.ceil() as i32;
            fit.tight += 1;
        }
        price += f64::from(fit.tight.abs()) * cost::TIGHT.cost;
        for (number, lines) in &self.quotes {
            if slack >= 0 {
                break;
            }
            fit.hidden.push(*number);
            slack += lines;
            price += cost::PULL_QUOTE.cost;
        }
        if slack < 0 {
            return None;
        }
        let unused = f64::from(slack) / f64::from(self.columns);
        price += unused * cost::UNUSED.cost + self.last_page(text_pages, foot, unused);
        let pages = text_pages + pages_before(style) + self.plates;
        Some(Way { fit, pages, cost: price })
    }

    /// What the depth of the text on the last page costs.
    fn last_page(&self, text_pages: i32, foot: i32, unused: f64) -> f64 {
        let depth = f64::from(self.lines - foot) - unused;
        let depth = if text_pages == 1 { depth - f64::from(self.head) } else { depth };
        let short = if depth < f64::from(self.lines) / 4.0 && foot == 0 && text_pages > 1 {
            cost::SHORT_LAST_PAGE.cost
        } else {
            0.0
        };
        let few = if depth < 5.0 { cost::FEW_LAST_LINES.cost } else { 0.0 };
        short + few
    }
}
