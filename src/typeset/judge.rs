//! The layout report: what is measured on every page, and which of it falls short.

use super::astray::{Astray, astray};
use super::fit::{self, Ending, Fit};
use super::lines::{Columns, Line, lines};
use super::pages::{Layout, Page, Placed};
use super::plan::{Item, Leaf};
use super::walk::{Found, Mark};
use super::{Desk, pages};
use crate::issue::PictureId;
use std::collections::BTreeMap;
use typst_layout::PagedDocument;

/// Word spaces wider than this many times the font's own are loose.
pub(super) const LOOSE: f64 = 1.6;
/// More lines than this in a row that end in a hyphen are a ladder.
pub(super) const HYPHENS: usize = 2;
/// How far a line may go beyond its column, in points: signs at its end hang in the margin.
pub(super) const BEYOND: f64 = 6.0;
/// The furthest that a baseline may be from the grid, in points.
pub(super) const OFF_GRID: f64 = 0.2;
/// The fewest pixels to the inch of a photograph on paper.
pub(super) const PPI: f64 = 200.0;

/// What was measured on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Lines of body text.
    pub lines: usize,
    /// Depth left white at an article's end, in lines of the page.
    pub unused: f64,
    /// The narrow advert at the foot beside which most lines stay white, and how many.
    pub beside: Option<(usize, i32)>,
    /// How far the last columns of an article end from each other, in lines; none if no article ends here.
    pub balance: Option<i32>,
    /// The widest word spaces of a line, as a multiple of the font's own, and the line.
    pub loosest: Option<(f64, String)>,
    /// Lines whose word spaces are wider than [`LOOSE`].
    pub loose: usize,
    /// The line that goes furthest beyond its column, if by more than [`BEYOND`], and how far in points.
    pub wide: Option<(f64, String)>,
    /// The most lines in a row that end in a hyphen.
    pub ladder: usize,
    /// Whether the last word of the page is divided.
    pub divided: bool,
    /// First lines of a paragraph alone at a foot, or last lines alone at a head, by their words.
    pub widows: Vec<String>,
    /// The furthest that a baseline is from the grid, in points.
    pub off_grid: f64,
    /// The picture with the fewest pixels to the inch.
    pub ppi: Option<(PictureId, f64)>,
    /// Pictures that stand on another spread than their place in the text: article, block, and pages between.
    pub far: Vec<(usize, u32, i32)>,
}

/// What was measured on an issue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Page by page.
    pub pages: Vec<Measures>,
    /// Depth left white over all pages, in per cent.
    pub unused: f64,
    /// Articles whose last page holds text on less than a quarter and nothing else: article and its depth in per cent.
    pub short_ends: Vec<(usize, f64)>,
    /// Features that open on another side than the theme asks, or in a plainer way.
    pub misplaced: Vec<usize>,
    /// Articles in which a picture or box runs into the foot of its page, and that page's index.
    pub crowded: Vec<(usize, usize)>,
    /// Pages missing to a multiple of four.
    pub missing: usize,
    /// Booked adverts that stand away from the article that they were booked after.
    pub elsewhere: Vec<usize>,
    /// Words that the pages lack or hold twice.
    pub astray: Vec<Astray>,
}

pub(super) struct Judge<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) document: &'a PagedDocument,
    pub(super) found: &'a [Vec<Found>],
    pub(super) leaves: &'a [Leaf],
    pub(super) fit: &'a Fit,
}

impl Judge<'_> {
    /// Measures everything.
    pub(super) fn measure(&self, layout: &Layout) -> Measured {
        let count = self.found.len();
        let desk = &self.desk;
        let ends = fit::endings(desk, self.found, self.leaves, self.fit);
        let columns = fit::columns_of_pages(desk, &ends, count);
        let lines = lines(self.document, &desk.theme.fonts.text, &Columns { format: desk.format, counts: &columns });
        let mut measured = Measured { pages: vec![Measures::default(); count], ..Measured::default() };
        for page in 0..count {
            let here: Vec<&Line> = lines.iter().filter(|l| l.page == page).collect();
            self.page(&here, &mut measured.pages[page]);
        }
        self.widows(&lines, &mut measured.pages);
        self.articles(&ends, &mut measured);
        self.pictures(layout, &mut measured.pages);
        measured.missing = (4 - count % 4) % 4;
        measured.elsewhere = self.elsewhere(layout);
        let size = (desk.format.width, desk.format.height);
        measured.astray = astray(desk.issue, self.found, size, &layout.articles);
        measured
    }

    fn page(&self, lines: &[&Line], measures: &mut Measures) {
        let format = self.desk.format;
        measures.lines = lines.len();
        let mut ladder = 0;
        let mut column = usize::MAX;
        for line in lines {
            let from_top = (line.y - format.top - 0.75 * format.line) / format.line;
            let off = (from_top - from_top.round()).abs() * format.line;
            measures.off_grid = measures.off_grid.max(off);
            ladder = match line.hyphen {
                true if line.column == column => ladder + 1,
                true => 1,
                false => 0,
            };
            column = line.column;
            measures.ladder = measures.ladder.max(ladder);
            measures.loose += usize::from(line.spacing > LOOSE);
            // Short texts at a foot have columns of their own.
            if line.block.is_some() && line.beyond > measures.wide.as_ref().map_or(BEYOND, |(most, _)| *most) {
                measures.wide = Some((line.beyond, line.text.clone()));
            }
            if measures.loosest.as_ref().is_none_or(|(s, _)| line.spacing > *s) {
                measures.loosest = Some((line.spacing, line.text.clone()));
            }
        }
        measures.divided = lines.last().is_some_and(|l| l.hyphen);
    }

    /// Lines of a paragraph that stand alone in a column.
    fn widows(&self, lines: &[Line], pages: &mut [Measures]) {
        let mut blocks: BTreeMap<(usize, u32), Vec<&Line>> = BTreeMap::new();
        for line in lines {
            if let Some(block) = line.block {
                blocks.entry(block).or_default().push(line);
            }
        }
        for of in blocks.values() {
            let place = |l: &Line| (l.page, l.column);
            let (Some(first), Some(last)) = (of.first(), of.last()) else { continue };
            if place(first) == place(last) {
                continue;
            }
            for edge in [first, last] {
                if of.iter().filter(|l| place(l) == place(edge)).count() == 1 {
                    pages[edge.page].widows.push(edge.text.clone());
                }
            }
        }
    }

    fn articles(&self, ends: &[Option<Ending>], measured: &mut Measured) {
        let format = self.desk.format;
        let guests: Vec<usize> = self.fit.guests().collect();
        let feet = fit::feet(&self.desk, self.found);
        let mut white = 0.0;
        for (article, end) in ends.iter().enumerate().filter(|(a, _)| !guests.contains(a)) {
            let Some(end) = end else { continue };
            let columns = self.desk.columns(article);
            let foot = self.desk.band_lines(&self.fit.articles[article].band);
            let free = f64::from(end.free) / columns as f64 - f64::from(foot);
            let unused = free.max(0.0);
            measured.pages[end.text].unused += unused;
            white += unused;
            measured.pages[end.text].balance = self.balance(article, end);
            measured.pages[end.last].beside = self.beside(&self.fit.articles[article].band);
            let depth = format.lines as f64 - f64::from(foot) - unused;
            let share = depth / format.lines as f64;
            if share < 0.25 && foot == 0 && end.text > end.begin {
                measured.short_ends.push((article, share * 100.0));
            }
            if end.crowded {
                let lowest = feet.iter().filter(|f| f.article == article).max_by(|a, b| a.below.total_cmp(&b.below));
                measured.crowded.push((article, lowest.map_or(end.last, |f| f.page)));
            } else if let Some(page) = (end.first..=end.last).find(|page| self.runs_off(*page)) {
                measured.crowded.push((article, page));
            }
            if self.is_misplaced(article, end) {
                measured.misplaced.push(article);
            }
        }
        measured.unused = 100.0 * white / (format.lines * measured.pages.len().max(1)) as f64;
    }

    /// Whether a picture that begins in the type area ends well below it.
    fn runs_off(&self, page: usize) -> bool {
        let format = self.desk.format;
        let lowest = format.height - format.bottom + 2.0 * format.line;
        self.found[page].iter().any(|found| match found.mark {
            Mark::Picture(_, _, height) => found.y >= format.top - 1.0 && found.y + height > lowest,
            _ => false,
        })
    }

    /// What stays white beside the adverts of a band.
    fn beside(&self, band: &[Item]) -> Option<(usize, i32)> {
        let lines = |item: &Item| self.desk.band_lines(std::slice::from_ref(item));
        let white = |row: &[Item]| {
            let (first, others) = row.split_first()?;
            let advert = first.advert_of().filter(|_| self.desk.is_narrow(first))?;
            Some((advert, lines(first) - others.iter().map(lines).max().unwrap_or(0)))
        };
        self.desk.rows_of(band).into_iter().filter_map(white).max_by_key(|(_, lines)| *lines)
    }

    /// How far the columns of an article's last page end from each other: whatever stands in them, empty ones left out.
    fn balance(&self, article: usize, end: &Ending) -> Option<i32> {
        let format = self.desk.format;
        let limit = format.height - format.bottom - f64::from(self.fit.articles[article].room) * format.line;
        let top = format.top + if end.begin == end.text { f64::from(end.opener) * format.line } else { 0.0 };
        let mut feet: BTreeMap<usize, f64> = BTreeMap::new();
        for found in &self.found[end.text] {
            let (low, wide) = match found.mark {
                Mark::Text(_) => (found.y, 0.0),
                Mark::Picture(_, width, height) => (found.y + height, width),
                _ => continue,
            };
            if low > top && low <= limit + 1.0 {
                // A picture across the columns ends all of them.
                let left = self.desk.column_at(article, found.x + 1.0, end.text);
                let right = self.desk.column_at(article, found.x + wide - 1.0, end.text);
                for column in left.min(right)..=left.max(right) {
                    let foot = feet.entry(column).or_insert(0.0);
                    *foot = foot.max(low);
                }
            }
        }
        let low = feet.values().copied().fold(f64::INFINITY, f64::min);
        let high = feet.values().copied().fold(0.0, f64::max);
        (feet.len() > 1).then(|| ((high - low) / format.line).round() as i32)
    }

    fn is_misplaced(&self, article: usize, end: &Ending) -> bool {
        use super::theme::Side;
        use crate::manuscript::ArticleKind;
        let feature = self.desk.issue.articles[article].manuscript.front.kind == ArticleKind::Feature;
        let right = end.first.is_multiple_of(2);
        feature
            && match self.desk.theme.side {
                Side::Any => false,
                Side::Left => right,
                Side::Right => !right,
            }
    }

    fn pictures(&self, layout: &Layout, pages: &mut [Measures]) {
        let issue = self.desk.issue;
        for Placed { picture, page, width, .. } in &layout.placed {
            let of = &issue.pictures[picture.0];
            if of.probe.is_vector() || of.stand_in || *width < 1.0 {
                continue;
            }
            let ppi = f64::from(of.probe.width) / (width / 72.0);
            if pages[*page].ppi.is_none_or(|(_, p)| ppi < p) {
                pages[*page].ppi = Some((*picture, ppi));
            }
        }
        let mut blocks: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        for (page, found) in self.found.iter().enumerate() {
            for f in found {
                if let Mark::BlockBegin(a, b) = f.mark {
                    blocks.entry((a, b)).or_insert(page);
                }
            }
        }
        for (page, found) in self.found.iter().enumerate() {
            for f in found {
                let Mark::Aside(a, b) = f.mark else { continue };
                // The last block before it tells where it is mentioned.
                let Some((_, mention)) = blocks.range((a, 0)..(a, b)).next_back() else { continue };
                let spread = |p: usize| p.div_ceil(2) as i32;
                if spread(page) != spread(*mention) {
                    pages[page].far.push((a, b, page as i32 - *mention as i32));
                }
            }
        }
    }

    fn elsewhere(&self, layout: &Layout) -> Vec<usize> {
        let away = layout.adverts.iter().filter(|(advert, at)| {
            let wanted = self.desk.issue.adverts[advert.0].after;
            wanted.is_some() && wanted != *at && !self.is_guest_of(wanted.map(|w| w.0), at.map(|a| a.0))
        });
        away.map(|(advert, _)| advert.0).collect()
    }

    /// Whether an article stands at the foot of another.
    fn is_guest_of(&self, guest: Option<usize>, host: Option<usize>) -> bool {
        let (Some(guest), Some(host)) = (guest, host) else { return false };
        let band = self.fit.articles.get(host).map_or(&[][..], |a| &a.band);
        band.iter().any(|i| matches!(i, super::plan::Item::Article { article, .. } if *article == guest))
    }
}

impl Page {
    /// Where a page stands for people: "page 12", "the cover".
    pub fn spoken(&self) -> String {
        if self.folio == pages::COVER { "the cover".to_owned() } else { format!("page {}", self.folio) }
    }
}
