//! What the layout may change about an article, and how far: the limits that a designer would keep to.

use crate::issue::Issue;
use crate::manuscript::{ArticleKind, Block, BlockKind, Width};
use crate::typeset::plan::Item;
use crate::typeset::theme::{OpenerStyle, Theme};
use crate::typeset::{Format, data};
use std::collections::BTreeMap;

/// The issue on the layout desk.
#[derive(Clone, Copy)]
pub(in crate::typeset) struct Desk<'a> {
    pub(in crate::typeset) issue: &'a Issue,
    pub(in crate::typeset) theme: &'a Theme,
    pub(in crate::typeset) format: &'a Format,
    /// Lines of short texts, by number and whether across the page, as the engine measured them.
    pub(in crate::typeset) fillers: &'a BTreeMap<(usize, bool), i32>,
}

/// The height of a lead picture in grid lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Lead {
    pub(in crate::typeset) low: i32,
    pub(in crate::typeset) usual: i32,
    pub(in crate::typeset) high: i32,
}

/// How many lines a picture in a column may be made taller or flatter by cutting.
pub(super) const PICTURE_PLAY: i32 = 3;
/// How many steps text may be tightened or loosened.
pub(super) const TIGHT_PLAY: i32 = 2;
/// What one step of tightening saves, as a part of the lines of a text: 0.004 em of about half an em a letter, and the word spaces.
pub(super) const TIGHT_GAIN: f64 = 0.014;
/// The fewest pixels across of a picture that fills two pages: 130 ppi on A4, the least that print shops take unasked.
const SPREAD_PIXELS: u32 = 2150;
/// The most words of an article that is set complete at the foot of the page on which another ends.
const SHORT_WORDS: usize = 520;

impl<'a> Desk<'a> {
    /// Text columns of an article.
    pub(in crate::typeset) fn columns(&self, article: usize) -> usize {
        let kind = self.issue.articles[article].manuscript.front.kind;
        self.theme.columns_of(kind).min(self.format.most_columns)
    }

    /// The column of an article, counted in reading order, in which `x` lies on a page.
    pub(in crate::typeset) fn column_at(&self, article: usize, x: f64, page: usize) -> usize {
        self.format.column_at(x, page, self.columns(article), self.runs_left(article))
    }

    /// Whether an article's columns follow each other from right to left.
    pub(in crate::typeset) fn runs_left(&self, article: usize) -> bool {
        crate::words::direction(&self.issue.articles[article].language) == crate::words::Direction::RightToLeft
    }

    /// The limits of a lead picture's height. All zero without one; all equal where the picture may not be cut.
    pub(in crate::typeset) fn lead(&self, article: usize) -> Lead {
        let Some(lead) = &self.issue.articles[article].lead else { return Lead { low: 0, usual: 0, high: 0 } };
        let probe = &self.issue.pictures[lead.picture.0].probe;
        let ratio = f64::from(probe.width.max(1)) / f64::from(probe.height.max(1));
        let natural = (self.format.type_width() / ratio / self.format.line).round() as i32;
        let page = self.format.lines as i32;
        if !data::croppable(self.issue, lead.picture.0) {
            return Lead { low: natural, usual: natural, high: natural };
        }
        let feature = self.issue.articles[article].manuscript.front.kind == ArticleKind::Feature;
        let (low, usual, high) = if feature {
            (page * 36 / 100, page * 46 / 100, page * 62 / 100)
        } else {
            (page * 20 / 100, page * 36 / 100, page * 50 / 100)
        };
        // A panorama is not cut to a square, nor a portrait to a letterbox.
        let usual = usual.min(natural.max(low));
        Lead { low: low.min(usual), usual, high: high.min((natural * 13 / 10).max(usual)) }
    }

    /// How an article may open, the theme's wish first.
    pub(super) fn openers(&self, article: usize) -> Vec<OpenerStyle> {
        let subject = &self.issue.articles[article];
        let lead = subject.lead.as_ref().map(|f| f.picture.0).filter(|p| data::croppable(self.issue, *p));
        let (Some(picture), ArticleKind::Feature) = (lead, subject.manuscript.front.kind) else {
            return vec![OpenerStyle::Plain];
        };
        let probe = &self.issue.pictures[picture].probe;
        let spread = probe.aspect() >= 1.2 && probe.width >= SPREAD_PIXELS;
        match self.theme.opener {
            OpenerStyle::Spread if spread => vec![OpenerStyle::Spread, OpenerStyle::Page, OpenerStyle::Bleed],
            OpenerStyle::Spread | OpenerStyle::Page => vec![OpenerStyle::Page, OpenerStyle::Bleed],
            OpenerStyle::Bleed => vec![OpenerStyle::Bleed],
            OpenerStyle::Plain => vec![OpenerStyle::Plain],
        }
    }

    /// Pictures in one column that may be cut a little.
    pub(super) fn playful_pictures(&self, article: usize) -> i32 {
        let subject = &self.issue.articles[article];
        let column = subject.manuscript.body.iter().filter_map(|b| match &b.kind {
            BlockKind::Figure(f) if f.width == Width::Column => subject.figures.get(&f.file.span),
            _ => None,
        });
        column.filter(|f| data::croppable(self.issue, f.picture.0)).count() as i32
    }

    /// Pull quotes, last first, and about how many lines of a column each takes.
    pub(super) fn pull_quotes(&self, article: usize) -> Vec<(u32, i32)> {
        let size = self.theme.sizes.get("pull-quote").copied().unwrap_or(15.0);
        let columns = self.columns(article) as f64;
        let width = (self.format.type_width() - (columns - 1.0) * self.format.gutter) / columns;
        let body = &self.issue.articles[article].manuscript.body;
        let quotes = body.iter().rev().filter_map(|block| match &block.kind {
            BlockKind::PullQuote(quote) => {
                let letters = crate::manuscript::plain(&quote.text).chars().count() as f64;
                let lines = (letters * size * 0.46 / width).ceil() * size * 1.2 / self.format.line;
                Some((block.number, lines.ceil() as i32 + 3))
            }
            _ => None,
        });
        quotes.collect()
    }

    /// Whether an article may stand complete at the foot of the page on which the one before it ends.
    pub(super) fn is_short(&self, article: usize) -> bool {
        let subject = &self.issue.articles[article];
        let starts_section =
            self.issue.sections[subject.section].articles.first().is_some_and(|first| first.0 == article);
        let kind = subject.manuscript.front.kind;
        let plain = |b: &Block| match &b.kind {
            BlockKind::Paragraph(_) | BlockKind::Heading(..) | BlockKind::List(_) | BlockKind::PullQuote(_) => true,
            BlockKind::Figure(f) => !matches!(f.width, Width::Page | Width::Wide),
            _ => false,
        };
        !starts_section
            && matches!(kind, ArticleKind::Article | ArticleKind::Column | ArticleKind::Obituary)
            && subject.manuscript.notes.is_empty()
            && subject.manuscript.body.iter().all(plain)
            && crate::typeset::text::words_in(&subject.manuscript.body) <= SHORT_WORDS
    }

    /// The trades whose adverts are among items.
    pub(super) fn trades(&self, items: &[Item]) -> Vec<&'a str> {
        items.iter().filter_map(Item::advert_of).filter_map(|a| self.issue.trade_of(a)).collect()
    }

    /// Whether there are adverts of competitors in two places.
    pub(super) fn compete(&self, one: &[Item], other: &[Item]) -> bool {
        let trades = self.trades(other);
        self.trades(one).iter().any(|t| trades.contains(t))
    }

    /// The lines that a band takes: rows one above the other, a line free above each.
    pub(in crate::typeset) fn band_lines(&self, band: &[Item]) -> i32 {
        let tallest = |row: &[Item]| row.iter().map(|item| self.item_lines(item) + 1).max().unwrap_or(0);
        self.rows_of(band).into_iter().map(tallest).sum()
    }

    /// Whether two such items stand side by side.
    pub(in crate::typeset) fn is_narrow(&self, item: &Item) -> bool {
        item.width() < 0.6 * self.format.type_width()
    }

    /// The rows of a band: narrow items stand side by side.
    pub(in crate::typeset) fn rows_of<'b>(&self, band: &'b [Item]) -> Vec<&'b [Item]> {
        let whole = self.format.type_width();
        let (mut rows, mut from, mut across) = (Vec::new(), 0, 0.0);
        for (at, item) in band.iter().enumerate() {
            let width = item.width().min(whole);
            if at > from && across + width > whole + 1.0 {
                rows.push(&band[from..at]);
                (from, across) = (at, 0.0);
            }
            across += width;
        }
        rows.extend((from < band.len()).then(|| &band[from..]));
        rows
    }

    fn item_lines(&self, item: &Item) -> i32 {
        self.known_lines(item).unwrap_or_else(|| match item {
            Item::Filler { filler, width } => self.guessed_lines(*filler, *width),
            Item::Advert { .. } | Item::Article { .. } => 0,
        })
    }

    /// The lines that an item takes; none for a short text that the engine has not measured.
    pub(in crate::typeset) fn known_lines(&self, item: &Item) -> Option<i32> {
        match item {
            // The word above it that says what it is, and the rule.
            Item::Advert { height, .. } => Some(((height + 14.0) / self.format.line).ceil() as i32),
            Item::Filler { filler, width } => self.fillers.get(&(*filler, self.is_wide(*width))).copied(),
            Item::Article { lines, .. } => Some(*lines),
        }
    }

    fn is_wide(&self, width: f64) -> bool {
        width > 0.6 * self.format.type_width()
    }

    /// How many lines a short text takes at a width, guessed from its letters.
    fn guessed_lines(&self, filler: usize, width: f64) -> i32 {
        let subject = &self.issue.fillers[filler];
        let letters: usize = crate::typeset::text::texts(&subject.manuscript.body).values().map(String::len).sum();
        let per_point = 1.0 / (0.44 * self.format.size);
        let wide = self.is_wide(width);
        let text = if wide { (width - 2.0 * self.format.gutter) * 0.36 * 2.0 } else { width };
        let lines = (letters as f64 / (text * per_point)).ceil() as i32;
        if wide { lines + 3 } else { lines + 5 }
    }
}
