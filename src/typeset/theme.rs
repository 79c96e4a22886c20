//! A theme: its settings (colours, fonts, grid) and the page templates in the engine's language.
//!
//! A publication names a shipped theme, or a folder of its own with a `theme.toml` that inherits one and says what differs.

use crate::data::{Codes, Document, Field, Shape, Table, Value, check, toml};
use crate::manifest::Publication;
use crate::report::{Code, Finding, Report, Span, Spanned};
use crate::source::Sources;
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

/// A shipped theme's files.
struct Shipped {
    name: &'static str,
    settings: &'static str,
    css: &'static str,
    templates: &'static [(&'static str, &'static str)],
}

macro_rules! template {
    ($theme:literal, $($name:literal),*) => {
        &[$(($name, include_str!(concat!("../../themes/", $theme, "/", $name)))),*]
    };
}

const SHIPPED: &[Shipped] = &[Shipped {
    name: "trade",
    settings: include_str!("../../themes/trade/theme.toml"),
    css: include_str!("../../themes/trade/epub.css"),
    templates: template!("trade", "main.typ", "base.typ", "blocks.typ", "article.typ", "front.typ", "back.typ"),
}];

const COLOUR: Shape = Shape::Table(&[
    Field::optional("rgb", Shape::Text, "the colour on screens, `#rrggbb`"),
    Field::optional("cmyk", Shape::Exactly(4, &Shape::Number(0.0, 100.0)), "its inks in per cent"),
]);

/// What a `theme.toml` may hold.
pub(super) const SHAPE: Shape = Shape::Table(&[
    Field::optional("inherits", Shape::Text, "the shipped theme that says the rest"),
    Field::optional(
        "colour",
        Shape::Table(&[
            Field::optional("accent", COLOUR, "kickers, rules, initials"),
            Field::optional("tint", COLOUR, "behind boxes"),
            Field::optional("text", COLOUR, "the text"),
            Field::optional("quiet", COLOUR, "captions and folios"),
            Field::optional("paper", COLOUR, "the page"),
        ]),
        "the colours",
    ),
    Field::optional(
        "font",
        Shape::Table(&[
            Field::optional("text", Shape::Text, "the family of the reading text"),
            Field::optional("display", Shape::Text, "the family of big words"),
            Field::optional("sans", Shape::Text, "the family of everything else"),
            Field::optional("fallback", Shape::List(&Shape::Text), "families for scripts that the others lack"),
        ]),
        "the families",
    ),
    Field::optional(
        "grid",
        Shape::Table(&[
            Field::optional("line", Shape::Number(8.0, 24.0), "height of a line in points"),
            Field::optional("size", Shape::Number(6.0, 18.0), "size of the text in points"),
            Field::optional("columns", Shape::Integer(1, 4), "text columns on trims of at least 180 mm"),
            Field::optional("gutter", Shape::Number(6.0, 40.0), "space between columns in points"),
        ]),
        "the grid",
    ),
]);

impl Theme {
    /// The publication's theme, or `None` after a finding.
    pub fn load(sources: &mut Sources, publication: &Publication, report: &mut Report) -> Option<Theme> {
        let wanted = &publication.theme;
        if let Some(shipped) = SHIPPED.iter().find(|s| s.name == wanted.value) {
            return Theme::shipped(shipped);
        }
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
        let Some(shipped) = SHIPPED.iter().find(|s| s.name == base.value) else {
            report.push(unknown(&base, "there is no shipped theme"));
            return None;
        };
        let mut theme = Theme::shipped(shipped)?;
        theme.name = wanted.value.trim_end_matches('/').to_owned();
        theme.apply(&document, report);
        theme.own_files(sources, &wanted.value, report);
        Some(theme)
    }

    fn shipped(shipped: &Shipped) -> Option<Theme> {
        let mut files = crate::report::Files::default();
        let file = files.add("theme.toml", Some(shipped.settings.to_owned()));
        let mut report = Report::new();
        let document = toml::read(file, shipped.settings, 0, &mut report, Code::MANIFEST_SYNTAX);
        let empty = Colour { rgb: "#000000".to_owned(), cmyk: [0.0, 0.0, 0.0, 100.0] };
        let names = ["accent", "tint", "text", "quiet", "paper"];
        let mut theme = Theme {
            name: shipped.name.to_owned(),
            colours: names.iter().map(|n| ((*n).to_owned(), empty.clone())).collect(),
            fonts: Families { text: String::new(), display: String::new(), sans: String::new(), fallback: Vec::new() },
            grid: Grid { line: 12.0, size: 9.0, columns: 3, gutter: 14.0 },
            templates: shipped.templates.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect(),
            epub_css: shipped.css.to_owned(),
        };
        theme.apply(&document, &mut report);
        (!report.has_errors()).then_some(theme)
    }

    /// Takes over what a `theme.toml` says.
    fn apply(&mut self, document: &Document, report: &mut Report) {
        let table = |name: &str| document.root.get(name).and_then(|n| n.table());
        if let Some(colours) = table("colour") {
            for (name, colour) in &mut self.colours {
                if let Some(said) = colours.get(name).and_then(|n| n.table()) {
                    colour.apply(said, report);
                }
            }
        }
        if let Some(fonts) = table("font") {
            let take = |key: &str, slot: &mut String| {
                if let Some(said) = fonts.text(key) {
                    *slot = said.value;
                }
            };
            take("text", &mut self.fonts.text);
            take("display", &mut self.fonts.display);
            take("sans", &mut self.fonts.sans);
            let own = fonts.texts("fallback");
            let fresh =
                own.into_iter().map(|f| f.value).filter(|f| !self.fonts.fallback.contains(f)).collect::<Vec<_>>();
            self.fonts.fallback.splice(0..0, fresh);
        }
        if let Some(grid) = table("grid") {
            let take = |key: &str, slot: &mut f64| {
                if let Some(said) = grid.number(key) {
                    *slot = said.value;
                }
            };
            take("line", &mut self.grid.line);
            take("size", &mut self.grid.size);
            take("gutter", &mut self.grid.gutter);
            if let Some(columns) = grid.count("columns") {
                self.grid.columns = columns.value.clamp(1, 4) as usize;
            }
        }
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

    /// Whether text, quiet text and accents stand out from the paper by at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    pub fn has_contrast(&self) -> bool {
        let light = |name: &str| self.colours.get(name).and_then(|c| luminance(&c.rgb)).unwrap_or(0.0);
        let ratio = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        ["text", "quiet", "accent"].iter().all(|n| ratio(light(n), light("paper")) >= 4.5)
            && ["text", "quiet"].iter().all(|n| ratio(light(n), light("tint")) >= 4.5)
    }
}

impl Colour {
    fn apply(&mut self, said: &Table, report: &mut Report) {
        if let Some(rgb) = said.text("rgb") {
            if luminance(&rgb.value).is_some() {
                self.rgb = rgb.value;
            } else {
                let message = format!("`{}` is no colour", rgb.value);
                report.push(
                    Finding::new(Code::MANIFEST_BAD_VALUE, rgb.span, message)
                        .hint("write it as `#rrggbb`, six hexadecimal digits"),
                );
            }
        }
        let inks: Vec<f64> = match said.get("cmyk").map(|n| &n.value) {
            Some(Value::List(items)) => items.iter().filter_map(|n| n.number()).collect(),
            _ => Vec::new(),
        };
        if let Ok(cmyk) = <[f64; 4]>::try_from(inks) {
            self.cmyk = cmyk;
        }
    }
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance).
fn luminance(rgb: &str) -> Option<f64> {
    let digits = rgb.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let channel = |i: usize| {
        let value = f64::from(u8::from_str_radix(&digits[i..i + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

fn unknown(name: &Spanned<String>, what: &str) -> Finding {
    let shipped: Vec<&str> = SHIPPED.iter().map(|s| s.name).collect();
    Finding::new(Code::MANIFEST_BAD_VALUE, name.span, format!("{what} `{}`", name.value)).hint(format!(
        "name a shipped theme ({}), or a folder of the publication that holds a `theme.toml`",
        shipped.join(", ")
    ))
}
