//! A theme: its settings (colours, fonts, sizes, grid, margins, openers) and the page templates in the engine's language.
//!
//! A publication names a shipped theme, or a folder of its own with a `theme.toml` that inherits one and says what differs.

mod contrast;
mod settings;
mod shipped;

pub use contrast::Pair;
pub(crate) use contrast::contrast;
pub(crate) use settings::kind_name;

use crate::data::{Codes, Table, check, toml};
use crate::manifest::Publication;
use crate::manuscript::ArticleKind;
use crate::report::{Code, Finding, Report, Span, Spanned};
use crate::source::Sources;
use serde::{Deserialize, Serialize};
use settings::SHAPE;
use shipped::{SHIPPED, Shipped};
use std::collections::BTreeMap;

/// A colour on screens and on the press.
#[derive(Debug, Clone, PartialEq)]
pub struct Colour {
    /// `#rrggbb`, sRGB.
    pub rgb: String,
    /// Cyan, magenta, yellow, black in per cent.
    pub cmyk: [f64; 4],
}

impl Default for Colour {
    fn default() -> Self {
        Colour { rgb: "#000000".to_owned(), cmyk: [0.0, 0.0, 0.0, 100.0] }
    }
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

/// Margins on A4, in millimetres; other trims take them in proportion.
#[derive(Debug, Clone, PartialEq)]
pub struct Margins {
    /// Above the first line.
    pub top: f64,
    /// Below the last line, at least.
    pub bottom: f64,
    /// At the spine.
    pub inner: f64,
    /// At the outer edge.
    pub outer: f64,
}

/// The families of a theme.
#[derive(Debug, Clone, PartialEq, Default)]
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

/// How a feature opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OpenerStyle {
    /// Headline, then the picture within the type area.
    #[default]
    Plain,
    /// The picture runs off the head of the page, the headline below it.
    Bleed,
    /// The picture fills a page of its own.
    Page,
    /// The picture fills two facing pages.
    Spread,
}

impl OpenerStyle {
    /// Whether its picture stands above the text, on the page on which that begins.
    pub(super) fn is_above_text(self) -> bool {
        matches!(self, OpenerStyle::Plain | OpenerStyle::Bleed)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            OpenerStyle::Plain => "plain",
            OpenerStyle::Bleed => "bleed",
            OpenerStyle::Page => "page",
            OpenerStyle::Spread => "spread",
        }
    }
}

/// On which page of a spread something begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On either.
    Any,
    /// On the left one, an even folio.
    Left,
    /// On the right one, an odd folio.
    Right,
}

/// A theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// One line about it.
    pub about: String,
    /// Its colours by name.
    pub colours: BTreeMap<String, Colour>,
    /// The sections' colours, taken in turn.
    pub sections: Vec<Colour>,
    /// Its families.
    pub fonts: Families,
    /// Sizes of type in points, by what they are for.
    pub sizes: BTreeMap<String, f64>,
    /// Its grid.
    pub grid: Grid,
    /// Its margins.
    pub margins: Margins,
    /// Columns of article kinds that have others than the grid, by the kind's name.
    pub columns: BTreeMap<String, usize>,
    /// How features open.
    pub opener: OpenerStyle,
    /// Where features open.
    pub side: Side,
    /// Page templates: file name and text.
    pub templates: Vec<(String, String)>,
    /// E-book style.
    pub epub_css: String,
}

/// Where a theme's settings stand, for findings.
struct Places {
    whole: Span,
    /// The colours that the publication says, by name.
    colours: BTreeMap<String, Span>,
}

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|s| s.name)
    }

    /// A shipped theme.
    pub fn named(name: &str) -> Option<Theme> {
        Theme::shipped(SHIPPED.iter().find(|s| s.name == name)?)
    }

    /// A shipped theme's files as a publication's own folder holds them: name and text.
    pub fn files(name: &str) -> Option<Vec<(String, String)>> {
        let shipped = SHIPPED.iter().find(|s| s.name == name)?;
        let mut files = shipped.all();
        files.push(("epub.css".to_owned(), shipped.css.to_owned()));
        files.push(("theme.toml".to_owned(), format!("inherits = \"{name}\"\n{}", shipped.settings)));
        Some(files)
    }

    /// The publication's theme, or `None` after a finding.
    pub fn load(sources: &mut Sources, publication: &Publication, report: &mut Report) -> Option<Theme> {
        let wanted = &publication.theme;
        let (theme, at) = match Theme::named(&wanted.value) {
            Some(theme) => (theme, Places { whole: wanted.span, colours: BTreeMap::new() }),
            None => Theme::own(sources, wanted, report)?,
        };
        for pair in theme.pale() {
            let message = format!(
                "theme `{}`: colour `{}` on `{}` has a contrast of {:.1} to 1, less than the 4.5 to 1 that readers need",
                theme.name, pair.ink, pair.ground, pair.ratio
            );
            // The colour that the publication changed, the ink before the ground.
            let place =
                [&pair.ink, &pair.ground].into_iter().find_map(|name| at.colours.get(name)).unwrap_or(&at.whole);
            report.push(
                Finding::new(Code::THEME_CONTRAST, *place, message)
                    .hint("make it darker (or, on a dark page, lighter) in `theme.toml` until the contrast is enough"),
            );
        }
        Some(theme)
    }

    /// A theme in a folder of the publication, and where its settings stand.
    fn own(sources: &mut Sources, wanted: &Spanned<String>, report: &mut Report) -> Option<(Theme, Places)> {
        let path = match sources.resolve("", &format!("{}/theme.toml", wanted.value)) {
            Ok(path) => path,
            Err(_) => {
                report.push(unknown(wanted, "there is no theme"));
                return None;
            }
        };
        let file = sources.text(&path, report)?;
        let document = toml::read(file, sources.text_of(file), 0, report, Code::MANIFEST_SYNTAX);
        check(&document, &SHAPE, &Codes::MANIFEST, report);
        let base = document.root.text("inherits").unwrap_or(Spanned::new("trade".to_owned(), Span::whole(file)));
        let Some(mut theme) = Theme::named(&base.value) else {
            report.push(unknown(&base, "there is no shipped theme"));
            return None;
        };
        theme.name = wanted.value.trim_end_matches('/').to_owned();
        theme.apply(&document, report);
        theme.own_files(sources, &wanted.value, report);
        theme.fits_its_lines(&document.root, report);
        let whole = document.root.get("colour").map_or(Span::whole(file), |n| n.span);
        let said = document.root.table("colour").map(|t| t.entries.as_slice()).unwrap_or_default();
        let rgb = said.iter().filter_map(|e| Some((e.key.value.clone(), e.node.table()?.text("rgb")?.span)));
        Some((theme, Places { whole, colours: rgb.collect() }))
    }

    /// Type that is taller than its lines would run into the line above.
    fn fits_its_lines(&self, root: &Table, report: &mut Report) {
        let Grid { size, line, .. } = self.grid;
        let place = root.table("grid").and_then(|t| t.get("size").or_else(|| t.get("line")));
        if let Some(node) = place.filter(|_| size > line) {
            let message = format!("type of {size} pt does not fit on lines of {line} pt");
            report.push(
                Finding::new(Code::MANIFEST_BAD_VALUE, node.span, message)
                    .hint("make `line` about a quarter more than `size`"),
            );
        }
    }

    fn shipped(shipped: &Shipped) -> Option<Theme> {
        let mut files = crate::report::Files::default();
        let file = files.add("theme.toml", Some(shipped.settings.to_owned()));
        let mut report = Report::new();
        let document = toml::read(file, shipped.settings, 0, &mut report, Code::MANIFEST_SYNTAX);
        check(&document, &SHAPE, &Codes::MANIFEST, &mut report);
        let mut theme = Theme::blank(shipped);
        theme.apply(&document, &mut report);
        (!report.has_errors()).then_some(theme)
    }

    /// What a theme is before its settings are read.
    fn blank(shipped: &Shipped) -> Theme {
        let names = ["accent", "tint", "text", "quiet", "paper"];
        Theme {
            name: shipped.name.to_owned(),
            about: String::new(),
            colours: names.iter().map(|n| ((*n).to_owned(), Colour::default())).collect(),
            sections: Vec::new(),
            fonts: Families::default(),
            sizes: BTreeMap::new(),
            grid: Grid { line: 12.0, size: 9.0, columns: 3, gutter: 14.0 },
            margins: Margins { top: 21.2, bottom: 19.5, inner: 15.0, outer: 15.0 },
            columns: BTreeMap::new(),
            opener: OpenerStyle::Bleed,
            side: Side::Any,
            templates: shipped.all(),
            epub_css: shipped.css.to_owned(),
        }
    }

    /// Text columns of a kind of article on trims of at least 180 mm.
    pub(super) fn columns_of(&self, kind: ArticleKind) -> usize {
        self.columns.get(kind_name(kind)).copied().unwrap_or(self.grid.columns)
    }

    /// Templates and e-book style in the publication's own folder replace the shipped ones of the same name.
    fn own_files(&mut self, sources: &mut Sources, folder: &str, report: &mut Report) {
        for name in sources.list(folder) {
            let wanted = name.ends_with(".typ") || name == "epub.css";
            if !wanted {
                continue;
            }
            let Ok(path) = sources.resolve(folder, &name) else { continue };
            let Some(file) = sources.text(&path, report) else { continue };
            let text = sources.text_of(file).to_owned();
            if name == "epub.css" {
                self.epub_css = text;
                continue;
            }
            match self.templates.iter_mut().find(|(n, _)| *n == name) {
                Some(template) => template.1 = text,
                None => self.templates.push((name, text)),
            }
        }
    }
}

fn unknown(name: &Spanned<String>, what: &str) -> Finding {
    let shipped: Vec<&str> = Theme::names().collect();
    Finding::new(Code::MANIFEST_BAD_VALUE, name.span, format!("{what} `{}`", name.value)).hint(format!(
        "name a shipped theme ({}), or a folder of the publication that holds a `theme.toml`",
        shipped.join(", ")
    ))
}
