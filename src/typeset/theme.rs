//! A theme: its settings (colours, fonts, grid) and the page templates in the engine's language.

use std::collections::BTreeMap;

/// A colour on screens and on the press.
#[derive(Debug, Clone, PartialEq)]
pub struct Colour {
    /// `#rrggbb`, sRGB.
    pub rgb: String,
    /// Cyan, magenta, yellow, black in per cent.
    pub cmyk: [f64; 4],
}

/// The grid, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Height of a line.
    pub line: f64,
    /// Size of the text.
    pub size: f64,
    /// Columns on trims of at least 180 mm.
    pub columns: usize,
    /// Between columns.
    pub gutter: f64,
}

/// The families of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Families {
    /// Reading text.
    pub text: String,
    /// Big words.
    pub display: String,
    /// Everything else.
    pub sans: String,
    /// For scripts that the others lack.
    pub fallback: Vec<String>,
}

/// A theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its colours by name.
    pub colours: BTreeMap<String, Colour>,
    /// Its families.
    pub fonts: Families,
    /// Its grid.
    pub grid: Grid,
    /// Page templates: file name and text.
    pub templates: Vec<(String, String)>,
    /// E-book style.
    pub epub_css: String,
}
