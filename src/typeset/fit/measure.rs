//! How much room every article takes, read from laid-out pages.

use super::Fit;
use super::desk::Desk;
use crate::typeset::plan::Leaf;
use crate::typeset::walk::{Found, Mark};

/// Where an article stands and ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::typeset) struct Ending {
    /// Page index of its first page.
    pub(in crate::typeset) first: usize,
    /// Page index of the page on which its text begins: a picture on pages of its own may stand before it.
    pub(in crate::typeset) begin: usize,
    /// Page index of the page on which its text ends.
    pub(in crate::typeset) text: usize,
    /// Page index of its last page: pictures on pages of their own follow the text.
    pub(in crate::typeset) last: usize,
    /// Lines that the opener takes above the text.
    pub(in crate::typeset) opener: i32,
    /// Column-lines that are free on the page on which the text ends, those at its foot included whatever stands there.
    pub(in crate::typeset) free: i32,
    /// Whether a picture or box runs into what stands at the foot, or off the page.
    pub(in crate::typeset) crowded: bool,
}

impl Ending {
    /// Pages from the beginning of the text to its end.
    pub(in crate::typeset) fn text_pages(&self) -> i32 {
        (self.text - self.begin + 1) as i32
    }
}

/// Where every article stands; none for one that is not on the pages.
pub(in crate::typeset) fn endings(
    desk: &Desk<'_>,
    pages: &[Vec<Found>],
    leaves: &[Leaf],
    fit: &Fit,
) -> Vec<Option<Ending>> {
    let count = desk.issue.articles.len();
    let mut leaf = vec![None; count];
    let mut list: Vec<Option<Ending>> = vec![None; count];
    let mut current: Option<usize> = None;
    for (page, found) in pages.iter().enumerate() {
        for (at, f) in found.iter().enumerate() {
            match f.mark {
                Mark::Leaf(n) => {
                    current = match leaves.get(n) {
                        Some(Leaf::Article(article)) => Some(*article),
                        _ => None,
                    };
                    if let Some(article) = current {
                        leaf[article] = Some(page);
                    }
                }
                Mark::ArticleBegin(n) if n < count => {
                    let top = column_top(desk, found, at);
                    let opener = ((top - desk.format.top) / desk.format.line).round().max(0.0) as i32;
                    let first = leaf[n].unwrap_or(page);
                    list[n] =
                        Some(Ending { first, begin: page, text: page, last: page, opener, free: 0, crowded: false });
                }
                Mark::ArticleEnd(n) if n < count => {
                    let Some(end) = list[n].as_mut() else { continue };
                    let top = match end.begin == page {
                        true => desk.format.top + f64::from(end.opener) * desk.format.line,
                        // Where the article has nothing but its last words there, the first text is that at the foot.
                        false => column_top(desk, found, 0).min(f.y - desk.format.line).max(desk.format.top),
                    };
                    (end.text, end.last) = (page, page);
                    end.free = free_lines(desk, n, page, f, top) + rooms(desk, n, page, f, fit);
                }
                _ => {}
            }
        }
        if let Some(end) = current.and_then(|n| list[n].as_mut()) {
            end.last = page;
        }
    }
    crowded(desk, pages, fit, &mut list);
    list
}

fn crowded(desk: &Desk<'_>, pages: &[Vec<Found>], fit: &Fit, list: &mut [Option<Ending>]) {
    for foot in feet(desk, pages) {
        let Some(end) = list.get_mut(foot.article).and_then(Option::as_mut) else { continue };
        let room = if foot.page == end.last { fit.articles[foot.article].room } else { 0 };
        end.crowded |= foot.below + f64::from(room) > 1.0 / desk.format.line;
    }
}

/// Where a picture or a box in a column ends.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Foot {
    pub(in crate::typeset) article: usize,
    pub(in crate::typeset) block: u32,
    pub(in crate::typeset) page: usize,
    /// How many lines lower than the last line of the page; negative above it.
    pub(in crate::typeset) below: f64,
}

/// Every such end.
pub(in crate::typeset) fn feet(desk: &Desk<'_>, pages: &[Vec<Found>]) -> Vec<Foot> {
    let bottom = desk.format.height - desk.format.bottom;
    let of = |page: usize, f: &Found| match f.mark {
        Mark::Foot(article, block) => Some(Foot { article, block, page, below: (f.y - bottom) / desk.format.line }),
        _ => None,
    };
    pages.iter().enumerate().flat_map(|(page, found)| found.iter().filter_map(move |f| of(page, f))).collect()
}

/// Columns of every page, and whether they follow each other from right to left.
pub(in crate::typeset) fn columns_of_pages(
    desk: &Desk<'_>,
    ends: &[Option<Ending>],
    count: usize,
) -> Vec<(usize, bool)> {
    let mut columns = vec![(desk.format.columns, desk.format.rtl); count];
    for (article, end) in ends.iter().enumerate() {
        if let Some(end) = end {
            (end.first..=end.last)
                .filter(|p| *p < count)
                .for_each(|p| columns[p] = (desk.columns(article), desk.runs_left(article)));
        }
    }
    columns
}

/// The top of the text columns: below whatever stands across them, from a mark on.
fn column_top(desk: &Desk<'_>, found: &[Found], from: usize) -> f64 {
    let format = desk.format;
    let body = found[from..].iter().filter(|f| match f.mark {
        Mark::BlockBegin(..) => true,
        Mark::Text(_) => (f.size - format.size).abs() < 0.01,
        _ => false,
    });
    let inside = body.map(|f| f.y).filter(|&y| y > format.top - 1.0);
    // A baseline stands three quarters down its line.
    let lowest = inside.fold(f64::INFINITY, f64::min).min(format.height) - 0.75 * format.line;
    lowest.max(format.top)
}

/// Lines that are white at the foot of a column because what follows went to the head of the next.
pub(super) fn white_before(desk: &Desk<'_>, pages: &[Vec<Found>], article: usize, page: usize, at: &Found) -> i32 {
    let format = desk.format;
    let body = |f: &&Found| matches!(f.mark, Mark::Text(_)) && (f.size - format.size).abs() < 0.01;
    let column_of = |f: &Found, page: usize| desk.column_at(article, f.x, page);
    let column = column_of(at, page);
    let is_first = !pages[page].iter().filter(body).any(|f| column_of(f, page) == column && f.y < at.y);
    let before = match column {
        0 => page.checked_sub(1).map(|p| (p, desk.columns(article) - 1)),
        _ => Some((page, column - 1)),
    };
    let Some((page, column)) = before.filter(|_| is_first) else { return 0 };
    let there = || pages[page].iter().filter(|f| column_of(f, page) == column);
    let last = there().filter(body).map(|f| f.y).fold(0.0, f64::max);
    if last == 0.0 {
        return 0;
    }
    // Below the text a picture or a box may stand at the column's foot, a line free above it.
    let floats = there().filter(|f| matches!(f.mark, Mark::Aside(..)) && f.y > last);
    let foot = floats.map(|f| f.y - format.line).fold(format.height - format.bottom, f64::min);
    ((foot - last - 0.25 * format.line) / format.line + 0.05).floor() as i32
}

fn free_lines(desk: &Desk<'_>, article: usize, page: usize, end: &Found, top: f64) -> i32 {
    let format = desk.format;
    let columns = desk.columns(article);
    let bottom = format.height - format.bottom;
    let column = desk.column_at(article, end.x, page);
    let rest = (columns - 1 - column) as f64 * (bottom - top).max(0.0);
    let here = (bottom - end.y).max(0.0);
    ((here + rest) / format.line).floor() as i32
}

/// Column-lines that the room at the foot takes from the columns that are full: they would be free without it.
fn rooms(desk: &Desk<'_>, article: usize, page: usize, end: &Found, fit: &Fit) -> i32 {
    let column = desk.column_at(article, end.x, page);
    fit.articles.get(article).map_or(0, |a| a.room) * column as i32
}
