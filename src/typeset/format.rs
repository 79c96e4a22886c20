//! The trim, its margins and its grid; everything in points (1/72 inch).

use super::theme::Theme;
use crate::manifest::{AdvertSize, Trim};

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// The narrowest column, in sizes of its text: about 30 letters.
const NARROWEST: f64 = 14.0;

/// A page's measures in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Format {
    /// Trimmed width.
    pub width: f64,
    /// Trimmed height.
    pub height: f64,
    /// From the top edge to the first grid line.
    pub top: f64,
    /// From the last grid line to the bottom edge.
    pub bottom: f64,
    /// Margin at the spine.
    pub inner: f64,
    /// Margin at the outer edge.
    pub outer: f64,
    /// Text columns, where an article's kind has no others.
    pub columns: usize,
    /// The most columns that the trim carries.
    pub(super) most_columns: usize,
    /// Between columns.
    pub gutter: f64,
    /// Height of a grid line.
    pub line: f64,
    /// Size of the text.
    pub size: f64,
    /// Grid lines on a page.
    pub lines: usize,
    /// Whether pages turn from right to left.
    pub rtl: bool,
}

impl Format {
    /// The format of a trim with a theme's grid. The theme's margins are those of A4; they grow and shrink with the page, to
    /// 10 mm at the least.
    pub(super) fn new(trim: Trim, theme: &Theme, rtl: bool) -> Format {
        let (grid, margins) = (&theme.grid, &theme.margins);
        let (width, height) = (trim.width.0 * PT_PER_MM, trim.height.0 * PT_PER_MM);
        let across = |mm: f64| (mm * trim.width.0 / 210.0).max(10.0) * PT_PER_MM;
        let down = |mm: f64| (mm * trim.height.0 / 297.0).max(10.0) * PT_PER_MM;
        let top = down(margins.top);
        let lines = ((height - top - down(margins.bottom)) / grid.line).floor().max(20.0);
        // A column of fewer than some thirty letters cannot be set well.
        let narrowest = NARROWEST * grid.size;
        let room = width - across(margins.inner) - across(margins.outer);
        let carried = ((room + grid.gutter) / (narrowest + grid.gutter)).floor().max(1.0) as usize;
        let most_columns = if trim.width.0 >= 180.0 { 4 } else { carried.min(2) };
        Format {
            width,
            height,
            top,
            bottom: height - top - lines * grid.line,
            inner: across(margins.inner),
            outer: across(margins.outer),
            columns: grid.columns.min(most_columns),
            most_columns,
            gutter: grid.gutter,
            line: grid.line,
            size: grid.size,
            lines: lines as usize,
            rtl,
        }
    }

    /// The left edge of the type area on a page, by its index: page 0 is a right one (a left one where pages turn from
    /// right to left).
    pub fn left_edge(&self, page: usize) -> f64 {
        if page.is_multiple_of(2) == self.rtl { self.outer } else { self.inner }
    }

    /// The column, counted in reading order, in which `x` lies on a page whose text runs from right to
    /// left or not.
    pub fn column_at(&self, x: f64, page: usize, columns: usize, rtl: bool) -> usize {
        let step = (self.type_width() + self.gutter) / columns as f64;
        let from_left = ((x - self.left_edge(page) + 0.1) / step).floor().clamp(0.0, (columns - 1) as f64) as usize;
        if rtl { columns - 1 - from_left } else { from_left }
    }

    /// The left and right edges of a column, counted in reading order.
    pub(super) fn column_edges(&self, column: usize, page: usize, columns: usize, rtl: bool) -> (f64, f64) {
        let step = (self.type_width() + self.gutter) / columns as f64;
        let from_left = if rtl { columns - 1 - column } else { column };
        let left = self.left_edge(page) + step * from_left as f64;
        (left, left + step - self.gutter)
    }

    /// The width of the type area.
    pub fn type_width(&self) -> f64 {
        self.width - self.inner - self.outer
    }

    /// The height of the type area.
    pub fn type_height(&self) -> f64 {
        self.lines as f64 * self.line
    }

    /// Width and height of an advert's slot. Full pages are the trim; fractions divide the type area, 6 mm apart and with
    /// room for the word above them that says what they are.
    pub fn slot(&self, size: AdvertSize) -> (f64, f64) {
        let gap = 6.0 * PT_PER_MM;
        let label = self.line;
        let (w, h) = (self.type_width(), self.type_height());
        let part = |n: f64| (h - (n - 1.0) * gap * 0.5) / n - label;
        match size {
            AdvertSize::Double => (2.0 * self.width, self.height),
            AdvertSize::Full => (self.width, self.height),
            AdvertSize::HalfHorizontal => (w, part(2.0)),
            AdvertSize::HalfVertical => ((w - gap) / 2.0, h - label),
            AdvertSize::Third => (w, part(3.0)),
            AdvertSize::Quarter => ((w - gap) / 2.0, part(2.0)),
            AdvertSize::Eighth => ((w - gap) / 2.0, part(4.0)),
        }
    }
}
