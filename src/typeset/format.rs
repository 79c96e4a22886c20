//! The trim, its margins and its grid; everything in points (1/72 inch).

use crate::manifest::{AdvertSize, Trim};

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

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
    /// Text columns.
    pub columns: usize,
    /// Between columns.
    pub gutter: f64,
    /// Height of a grid line.
    pub line: f64,
    /// Size of the text.
    pub size: f64,
    /// Grid lines on a page.
    pub lines: usize,
}

impl Format {
    /// The format of a trim with a theme's grid. Margins grow with the page: 15 mm at the sides of A4.
    pub(super) fn new(trim: Trim, grid: &super::theme::Grid) -> Format {
        let (width, height) = (trim.width.0 * PT_PER_MM, trim.height.0 * PT_PER_MM);
        let side = (width * 15.0 / 210.0).max(11.0 * PT_PER_MM);
        let top = 5.0 * grid.line;
        let lines = ((height - top - 4.6 * grid.line) / grid.line).floor().max(20.0);
        Format {
            width,
            height,
            top,
            bottom: height - top - lines * grid.line,
            inner: side,
            outer: side,
            columns: if trim.width.0 >= 180.0 { grid.columns } else { grid.columns.min(2) },
            gutter: grid.gutter,
            line: grid.line,
            size: grid.size,
            lines: lines as usize,
        }
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
            AdvertSize::Full => (self.width, self.height),
            AdvertSize::HalfHorizontal => (w, part(2.0)),
            AdvertSize::HalfVertical => ((w - gap) / 2.0, h - label),
            AdvertSize::Third => (w, part(3.0)),
            AdvertSize::Quarter => ((w - gap) / 2.0, part(2.0)),
            AdvertSize::Eighth => ((w - gap) / 2.0, part(4.0)),
        }
    }
}
