//! What a `theme.toml` may hold, and how it is taken over.

use super::contrast::luminance;
use super::{Colour, OpenerStyle, Side, Theme};
use crate::data::{Document, Field, Shape, Table, Value};
use crate::manuscript::ArticleKind;
use crate::report::{Code, Finding, Report};

const COLOUR: Shape = Shape::Table(&[
    Field::optional("rgb", Shape::Text, "the colour on screens, `#rrggbb`"),
    Field::optional("cmyk", Shape::Exactly(4, &Shape::Number(0.0, 100.0)), "its inks in per cent"),
]);

const POINTS: Shape = Shape::Number(5.0, 200.0);
const MARGIN: Shape = Shape::Number(5.0, 80.0);
const COLUMNS: Shape = Shape::Integer(1, 4);

/// What a `theme.toml` may hold.
pub(super) const SHAPE: Shape = Shape::Table(&[
    Field::optional("inherits", Shape::Text, "the shipped theme that says the rest"),
    Field::optional("about", Shape::Text, "one line about it, for `masthead theme list`"),
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
    Field::optional("section-colour", Shape::List(&COLOUR), "the sections' colours, taken in turn; none: the accent"),
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
        "size",
        Shape::Table(&[
            Field::optional("feature", POINTS, "a feature's headline"),
            Field::optional("article", POINTS, "an article's headline"),
            Field::optional("interview", POINTS, "an interview's headline"),
            Field::optional("obituary", POINTS, "an obituary's headline"),
            Field::optional("column", POINTS, "a column's headline"),
            Field::optional("letters", POINTS, "the letters' headline"),
            Field::optional("news", POINTS, "a news page's headline"),
            Field::optional("standfirst", POINTS, "standfirsts"),
            Field::optional("pull-quote", POINTS, "pull quotes"),
            Field::optional("kicker", POINTS, "kickers"),
            Field::optional("byline", POINTS, "bylines"),
            Field::optional("caption", POINTS, "captions"),
            Field::optional("contents", POINTS, "the headline of the contents"),
            Field::optional("initial", Shape::Integer(0, 6), "lines of the initial; 0 for none"),
        ]),
        "sizes of type in points",
    ),
    Field::optional(
        "grid",
        Shape::Table(&[
            Field::optional("line", Shape::Number(8.0, 24.0), "height of a line in points"),
            Field::optional("size", Shape::Number(6.0, 18.0), "size of the text in points"),
            Field::optional("columns", COLUMNS, "text columns on trims of at least 180 mm"),
            Field::optional("gutter", Shape::Number(6.0, 40.0), "space between columns in points"),
        ]),
        "the grid",
    ),
    Field::optional(
        "margin",
        Shape::Table(&[
            Field::optional("top", MARGIN, "above the first line"),
            Field::optional("bottom", MARGIN, "below the last line"),
            Field::optional("inner", MARGIN, "at the spine"),
            Field::optional("outer", MARGIN, "at the outer edge"),
        ]),
        "margins in millimetres on A4; other trims take them in proportion",
    ),
    Field::optional(
        "columns",
        Shape::Table(&[
            Field::optional("feature", COLUMNS, "of a feature"),
            Field::optional("article", COLUMNS, "of an article"),
            Field::optional("interview", COLUMNS, "of an interview"),
            Field::optional("obituary", COLUMNS, "of an obituary"),
            Field::optional("column", COLUMNS, "of a column"),
            Field::optional("letters", COLUMNS, "of the letters"),
            Field::optional("news", COLUMNS, "of a news page"),
        ]),
        "text columns where a kind of article has others than the grid",
    ),
    Field::optional(
        "opener",
        Shape::Table(&[
            Field::optional("feature", Shape::OneOf(&["plain", "bleed", "page", "spread"]), "how a feature opens"),
            Field::optional("side", Shape::OneOf(&["any", "left", "right"]), "on which page a feature opens"),
        ]),
        "how articles open",
    ),
]);

/// The names of article kinds in theme settings.
pub(crate) fn kind_name(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "article",
        ArticleKind::Feature => "feature",
        ArticleKind::News => "news",
        ArticleKind::Column => "column",
        ArticleKind::Interview => "interview",
        ArticleKind::Letters => "letters",
        ArticleKind::Obituary => "obituary",
    }
}

impl Theme {
    /// Takes over what a `theme.toml` says.
    pub(super) fn apply(&mut self, document: &Document, report: &mut Report) {
        let root = &document.root;
        let table = |name: &str| root.get(name).and_then(|n| n.table());
        if let Some(about) = root.text("about") {
            self.about = about.value;
        }
        if let Some(colours) = table("colour") {
            for (name, colour) in &mut self.colours {
                if let Some(said) = colours.get(name).and_then(|n| n.table()) {
                    colour.apply(said, report);
                }
            }
        }
        let sections = root.tables("section-colour");
        if !sections.is_empty() {
            self.sections = sections
                .into_iter()
                .map(|(_, said)| {
                    let mut colour = self.colours.get("accent").cloned().unwrap_or_default();
                    colour.apply(said, report);
                    colour
                })
                .collect();
        }
        if let Some(fonts) = table("font") {
            self.fonts.apply(fonts);
        }
        if let Some(sizes) = table("size") {
            numbers(sizes, |name, value| {
                self.sizes.insert(name.to_owned(), value);
            });
        }
        if let Some(grid) = table("grid") {
            numbers(grid, |name, value| match name {
                "line" => self.grid.line = value,
                "size" => self.grid.size = value,
                "gutter" => self.grid.gutter = value,
                "columns" => self.grid.columns = value.clamp(1.0, 4.0) as usize,
                _ => {}
            });
        }
        if let Some(margins) = table("margin") {
            numbers(margins, |name, value| match name {
                "top" => self.margins.top = value,
                "bottom" => self.margins.bottom = value,
                "inner" => self.margins.inner = value,
                "outer" => self.margins.outer = value,
                _ => {}
            });
        }
        if let Some(columns) = table("columns") {
            numbers(columns, |name, value| {
                self.columns.insert(name.to_owned(), value.clamp(1.0, 4.0) as usize);
            });
        }
        if let Some(opener) = table("opener") {
            self.openers(opener);
        }
    }

    fn openers(&mut self, said: &Table) {
        match said.text("feature").as_ref().map(|t| t.value.as_str()) {
            Some("plain") => self.opener = OpenerStyle::Plain,
            Some("bleed") => self.opener = OpenerStyle::Bleed,
            Some("page") => self.opener = OpenerStyle::Page,
            Some("spread") => self.opener = OpenerStyle::Spread,
            _ => {}
        }
        match said.text("side").as_ref().map(|t| t.value.as_str()) {
            Some("any") => self.side = Side::Any,
            Some("left") => self.side = Side::Left,
            Some("right") => self.side = Side::Right,
            _ => {}
        }
    }
}

/// Every number of a table by its key.
fn numbers(table: &Table, mut take: impl FnMut(&str, f64)) {
    for entry in &table.entries {
        if let Some(number) = entry.node.number() {
            take(&entry.key.value, number);
        }
    }
}

impl super::Families {
    fn apply(&mut self, said: &Table) {
        let take = |key: &str, slot: &mut String| {
            if let Some(family) = said.text(key) {
                *slot = family.value;
            }
        };
        take("text", &mut self.text);
        take("display", &mut self.display);
        take("sans", &mut self.sans);
        let own = said.texts("fallback").into_iter().map(|f| f.value);
        let fresh: Vec<String> = own.filter(|f| !self.fallback.contains(f)).collect();
        self.fallback.splice(0..0, fresh);
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
