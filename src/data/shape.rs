//! What a file may hold, and the check that reports every place where it holds something else.
//!
//! Shapes are constants: the check, the JSON Schema and the hints all read the same ones.

use super::{Date, DateTime, Dialect, Document, Node, Table, Value};
use crate::report::{Code, Finding, Report, Span};
use crate::source::nearest;

/// What a value may be.
#[derive(Debug)]
pub enum Shape {
    /// A text; a blank one counts as none.
    Text,
    /// A whole number of these bounds.
    Integer(i64, i64),
    /// A number of these bounds.
    Number(f64, f64),
    /// `true` or `false`.
    Bool,
    /// A date.
    Date,
    /// A date with a time, or a date alone.
    DateTime,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// A list of so many.
    Exactly(usize, &'static Shape),
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table with keys of the author's own.
    Map(&'static Shape),
    /// One of these, told apart by their kind; the first is the usual one.
    Either(&'static [Shape]),
}

/// A key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// One line about it, for editors' completion and for hints: lower case, no full stop.
    pub about: &'static str,
    /// What others call it: an author who writes such a key is told the right one.
    pub also: &'static [&'static str],
}

impl Field {
    /// A key that must be there.
    pub const fn required(key: &'static str, shape: Shape, about: &'static str) -> Field {
        Field { key, shape, required: true, about, also: &[] }
    }

    /// A key that may be there.
    pub const fn optional(key: &'static str, shape: Shape, about: &'static str) -> Field {
        Field { key, shape, required: false, about, also: &[] }
    }

    /// Adds what others call it.
    #[must_use]
    pub const fn also(mut self, names: &'static [&'static str]) -> Field {
        self.also = names;
        self
    }
}

/// The codes under which a file's faults are reported.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names are the codes'")]
pub struct Codes {
    pub unknown_key: Code,
    pub missing_key: Code,
    pub wrong_type: Code,
    pub bad_value: Code,
}

impl Codes {
    /// For `masthead.toml`, `issue.toml` and `pictures.toml`.
    pub const MANIFEST: Codes = Codes {
        unknown_key: Code::MANIFEST_UNKNOWN_KEY,
        missing_key: Code::MANIFEST_MISSING_KEY,
        wrong_type: Code::MANIFEST_WRONG_TYPE,
        bad_value: Code::MANIFEST_BAD_VALUE,
    };

    /// For an article's front matter.
    pub const FRONT: Codes = Codes {
        unknown_key: Code::FRONT_UNKNOWN_KEY,
        missing_key: Code::FRONT_MISSING_KEY,
        wrong_type: Code::FRONT_BAD_VALUE,
        bad_value: Code::FRONT_BAD_VALUE,
    };
}

/// Reports everything in which a file is not of its shape; of a broken file, nothing.
pub fn check(document: &Document, shape: &Shape, codes: &Codes, report: &mut Report) {
    if document.broken {
        return;
    }
    let top = if let Shape::Table(fields) = shape { *fields } else { &[] };
    let mut checker = Checker { dialect: document.dialect, codes, top, report };
    match shape {
        Shape::Map(inner) => checker.map(&document.root, inner),
        _ => checker.table(&document.root, top, None),
    }
}

struct Checker<'r> {
    dialect: Dialect,
    codes: &'r Codes,
    /// The keys of the whole file, to tell a key that slipped into the table above it.
    top: &'static [Field],
    report: &'r mut Report,
}

impl Checker<'_> {
    fn table(&mut self, table: &Table, fields: &'static [Field], within: Option<&str>) {
        for entry in &table.entries {
            let key = entry.key.value.as_str();
            match fields.iter().find(|f| f.key == key) {
                Some(field) => self.entry(&entry.node, entry.key.span, field, within),
                None => self.unknown(key, entry.key.span, fields, within),
            }
        }
        for field in fields.iter().filter(|f| f.required && table.get(f.key).is_none()) {
            let message = format!("`{}` is missing{}", field.key, inside(within));
            self.missing(message, table.span, field);
        }
    }

    fn map(&mut self, table: &Table, inner: &'static Shape) {
        for entry in &table.entries {
            let key = &entry.key.value;
            // `[weir.jpg]` without quotation marks is a table `jpg` in a table `weir`.
            let split = entry.node.table().and_then(|t| t.entries.iter().find(|e| e.node.table().is_some()));
            match split {
                Some(part) => {
                    let message = format!("`{key}.{}` needs quotation marks", part.key.value);
                    let hint = format!("write `[\"{key}.{}\"]`", part.key.value);
                    let span = Span { end: part.key.span.end.max(entry.key.span.end), ..entry.key.span };
                    self.report.push(Finding::new(self.codes.unknown_key, span, message).hint(hint));
                }
                None => self.value(&entry.node, key, inner),
            }
        }
    }

    fn entry(&mut self, node: &Node, key: Span, field: &'static Field, within: Option<&str>) {
        let blank = match &node.value {
            Value::Nothing => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if !blank {
            self.value(node, field.key, &field.shape);
        } else if field.required {
            self.missing(format!("`{}` is empty{}", field.key, inside(within)), key, field);
        }
    }

    fn missing(&mut self, message: String, span: Span, field: &Field) {
        let hint = format!("write `{}`: {}", self.example(field), field.about);
        self.report.push(Finding::new(self.codes.missing_key, span, message).hint(hint));
    }

    fn unknown(&mut self, key: &str, span: Span, fields: &[Field], within: Option<&str>) {
        let finding = Finding::new(self.codes.unknown_key, span, format!("`{key}` is no key{}", inside(within)));
        let keys: Vec<&str> = fields.iter().map(|f| f.key).collect();
        let at_top = within.is_some() && self.top.iter().any(|f| f.key == key);
        let near = nearest(key, &keys);
        let meant = fields.iter().find(|f| f.also.contains(&key) || near.is_none() && nearest(key, f.also).is_some());
        let hint = if let Some(field) = meant {
            format!("it is called `{}` here: {}", field.key, field.about)
        } else if at_top && self.dialect == Dialect::Toml {
            format!("`{key}` belongs to the top of the file: move it above the first line that begins with `[`")
        } else if at_top {
            format!("`{key}` stands too far to the right: begin its line at the left edge")
        } else if let Some(near) = near {
            format!("did you mean `{near}`?")
        } else {
            format!("the keys here are {}", list(&keys, "and"))
        };
        self.report.push(finding.hint(hint));
    }

    fn value(&mut self, node: &Node, key: &str, shape: &'static Shape) {
        match (shape, &node.value) {
            (Shape::Either(shapes), _) => match shapes.iter().find(|s| s.takes(node)) {
                Some(shape) => self.value(node, key, shape),
                None => self.wrong_type(node, key, shape),
            },
            _ if !shape.takes(node) => self.wrong_type(node, key, shape),
            (Shape::Integer(min, max), Value::Integer(n)) => {
                self.bounds(node.span, key, *n as f64, *min as f64, *max as f64)
            }
            (Shape::Number(min, max), _) => {
                if let Some(n) = node.number() {
                    self.bounds(node.span, key, n, *min, *max);
                }
            }
            (Shape::OneOf(words), Value::Text(text)) => self.choice(node.span, key, text.trim(), words),
            (Shape::List(inner), Value::List(items)) => self.items(items, key, inner),
            (Shape::Exactly(count, inner), Value::List(items)) => {
                if items.len() != *count {
                    let message = format!("`{key}` needs {count} values and has {}", items.len());
                    let hint = format!("write `{}`", assign(self.dialect, key, &example_of(shape, self.dialect)));
                    self.report.push(Finding::new(self.codes.bad_value, node.span, message).hint(hint));
                }
                self.items(items, key, inner);
            }
            (Shape::Table(fields), Value::Table(table)) => self.table(table, fields, Some(key)),
            (Shape::Map(inner), Value::Table(table)) => self.map(table, inner),
            _ => {}
        }
    }

    fn items(&mut self, items: &[Node], key: &str, inner: &'static Shape) {
        for item in items {
            let blank = matches!(&item.value, Value::Text(text) if text.trim().is_empty());
            if blank || item.value == Value::Nothing {
                let finding = Finding::new(self.codes.bad_value, item.span, format!("an item of `{key}` is empty"));
                self.report.push(finding.hint("write something, or delete the item"));
            } else {
                self.value(item, key, inner);
            }
        }
    }

    fn bounds(&mut self, span: Span, key: &str, n: f64, min: f64, max: f64) {
        if n >= min && n <= max {
            return;
        }
        let finding = Finding::new(self.codes.bad_value, span, format!("`{key}` cannot be {n}"));
        let hint = match (min, max) {
            (min, max) if max >= i64::from(u32::MAX) as f64 => format!("write a number from {min} up"),
            _ => format!("write a number from {min} to {max}"),
        };
        self.report.push(finding.hint(hint));
    }

    fn choice(&mut self, span: Span, key: &str, text: &str, words: &[&str]) {
        if words.contains(&text) {
            return;
        }
        let mut finding = Finding::new(self.codes.bad_value, span, format!("`{key}` cannot be `{text}`"));
        if let Some(near) = nearest(text, words) {
            finding = finding.hint(format!("did you mean `{near}`?"));
        }
        self.report.push(finding.hint(format!("choose {}", list(words, "or"))));
    }

    fn wrong_type(&mut self, node: &Node, key: &str, shape: &Shape) {
        let impossible = matches!((shape, &node.value), (Shape::Date, Value::Text(t)) if Date::looks_like(t.trim()));
        let (code, message) = if impossible {
            (self.codes.bad_value, format!("`{key}` is a day that the calendar does not have"))
        } else {
            (self.codes.wrong_type, format!("`{key}` must be {}, not {}", shape.kind(), node.value.kind()))
        };
        let hint = match (shape, &node.value) {
            (Shape::Text | Shape::OneOf(_), Value::List(_) | Value::Table(_)) => {
                format!("write one text: `{}`", assign(self.dialect, key, "…"))
            }
            (Shape::Text, _) => "put it in quotation marks".to_owned(),
            (Shape::Integer(..) | Shape::Number(..) | Shape::Bool, Value::Text(t)) if typed(t, shape) => {
                "leave out the quotation marks".to_owned()
            }
            (Shape::List(Shape::Table(_)), Value::Table(_)) if self.dialect == Dialect::Toml => {
                format!("write `[[{key}]]` with double brackets")
            }
            (Shape::List(inner), _) if inner.takes(node) => "put it in square brackets: `[ … ]`".to_owned(),
            _ => format!("write `{}`", assign(self.dialect, key, &example_of(shape, self.dialect))),
        };
        self.report.push(Finding::new(code, node.span, message).hint(hint));
    }

    fn example(&self, field: &Field) -> String {
        match (&field.shape, self.dialect) {
            (Shape::Table(_), Dialect::Toml) => format!("[{}]", field.key),
            (Shape::List(Shape::Table(_)), Dialect::Toml) => format!("[[{}]]", field.key),
            (shape, dialect) => assign(dialect, field.key, &example_of(shape, dialect)),
        }
    }
}

impl Shape {
    /// Whether a value is of the shape's kind; its content is another question.
    fn takes(&self, node: &Node) -> bool {
        match (self, &node.value) {
            (Shape::Either(shapes), _) => shapes.iter().any(|s| s.takes(node)),
            (Shape::Text | Shape::OneOf(_), Value::Text(_)) => true,
            (Shape::Integer(..), Value::Integer(_)) => true,
            (Shape::Number(..), _) => node.number().is_some(),
            (Shape::Bool, Value::Bool(_)) => true,
            (Shape::Date, _) => node.date().is_some(),
            (Shape::DateTime, _) => node.date_time().is_some(),
            (Shape::List(_) | Shape::Exactly(..), Value::List(_)) => true,
            (Shape::Table(_) | Shape::Map(_), Value::Table(_)) => true,
            _ => false,
        }
    }

    /// What it wants, in words.
    fn kind(&self) -> String {
        match self {
            Shape::Text => "text".to_owned(),
            Shape::OneOf(words) => format!("one of {}", list(words, "and")),
            Shape::Integer(..) => "a whole number".to_owned(),
            Shape::Number(..) => "a number".to_owned(),
            Shape::Bool => "`true` or `false`".to_owned(),
            Shape::Date => "a date".to_owned(),
            Shape::DateTime => "a date with a time".to_owned(),
            Shape::List(Shape::Table(_)) => "a list of tables".to_owned(),
            Shape::List(_) | Shape::Exactly(..) => "a list".to_owned(),
            Shape::Table(_) | Shape::Map(_) => "a table of keys".to_owned(),
            Shape::Either(shapes) => shapes.iter().map(Shape::kind).collect::<Vec<_>>().join(", or "),
        }
    }
}

fn typed(text: &str, shape: &Shape) -> bool {
    match shape {
        Shape::Bool => matches!(text.trim(), "true" | "false"),
        Shape::Integer(..) => text.trim().parse::<i64>().is_ok(),
        _ => text.trim().parse::<f64>().is_ok(),
    }
}

fn inside(within: Option<&str>) -> String {
    within.map(|w| format!(" in `{w}`")).unwrap_or_default()
}

fn assign(dialect: Dialect, key: &str, value: &str) -> String {
    let bare = key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let key = if bare { key.to_owned() } else { format!("\"{key}\"") };
    match dialect {
        Dialect::Toml => format!("{key} = {}", if value == "…" { "\"…\"" } else { value }),
        Dialect::Yaml => format!("{key}: {value}"),
    }
}

fn example_of(shape: &Shape, dialect: Dialect) -> String {
    match shape {
        Shape::Text => "…".to_owned(),
        Shape::Integer(min, _) => min.to_string(),
        Shape::Number(min, _) => format!("{min}"),
        Shape::Bool => "true".to_owned(),
        Shape::Date => "2026-11-05".to_owned(),
        Shape::DateTime => DateTime::midnight(Date { year: 2026, month: 11, day: 5 }).to_utc(),
        Shape::OneOf(words) if dialect == Dialect::Toml => format!("\"{}\"", words.first().unwrap_or(&"…")),
        Shape::OneOf(words) => (*words.first().unwrap_or(&"…")).to_owned(),
        Shape::List(_) => "[…]".to_owned(),
        Shape::Exactly(count, inner) => {
            let middle = match inner {
                Shape::Number(min, max) => format!("{}", (min + max) / 2.0),
                _ => example_of(inner, dialect),
            };
            format!("[{}]", vec![middle; *count].join(", "))
        }
        Shape::Table(fields) => {
            let required = fields.iter().filter(|f| f.required);
            let inner: Vec<String> = required.map(|f| assign(dialect, f.key, &example_of(&f.shape, dialect))).collect();
            if inner.is_empty() { "{ … }".to_owned() } else { format!("{{ {} }}", inner.join(", ")) }
        }
        Shape::Map(_) => "{ … }".to_owned(),
        Shape::Either(shapes) => shapes.first().map(|s| example_of(s, dialect)).unwrap_or_default(),
    }
}

/// Words as "`a`, `b` or `c`".
fn list(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.split_last() {
        Some((end, head)) if !head.is_empty() => format!("{} {last} {end}", head.join(", ")),
        _ => quoted.concat(),
    }
}
