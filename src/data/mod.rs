//! TOML manifests and YAML or TOML front matter, read into one tree of spanned values.
//!
//! A [`Shape`] says which keys and values a file may hold. The same shape checks the file (every fault at once, each at
//! its place) and becomes the published JSON Schema. A tree is read leniently afterwards: what is of the wrong kind has
//! been reported and counts as absent.

mod date;
mod remedy;
mod schema;
mod shape;
mod table;
pub mod toml;
pub mod yaml;

pub use date::{Date, DateTime};
pub use schema::schema;
pub use shape::{Codes, Field, Shape, check};
pub use table::{Entry, Table};

use crate::report::Span;

/// The language a tree was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// TOML 1.1.
    Toml,
    /// YAML 1.2 with the core schema; also, plain dates are dates.
    Yaml,
}

/// A file, or the front matter of one.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it holds.
    pub root: Table,
    /// How it is written.
    pub dialect: Dialect,
    /// Whether it has mistakes of syntax: then `root` is what could be saved, and [`check`] keeps silent about it.
    pub broken: bool,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands. The place of a text leaves out its quotation marks if what is between them is the text verbatim.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// YAML's null: a key with nothing behind it.
    Nothing,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A date.
    Date(Date),
    /// A date and a time of day.
    DateTime(DateTime),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Value {
    /// What it is, in words that follow "not".
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Nothing => "nothing",
            Value::Text(_) => "text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::DateTime(_) => "a date with a time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table of keys",
        }
    }
}

/// The place of a quoted text without its quotation marks, if it is written verbatim between them.
fn unquoted(source: &str, start: usize, end: usize, value: &str) -> (usize, usize) {
    for quotes in [1, 3] {
        let (inner_start, inner_end) = (start + quotes, end.saturating_sub(quotes));
        let quoted =
            inner_start <= inner_end && source.as_bytes().get(start).is_some_and(|b| matches!(b, b'"' | b'\''));
        if quoted && source.get(inner_start..inner_end) == Some(value) {
            return (inner_start, inner_end);
        }
    }
    (start, end)
}
