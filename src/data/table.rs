//! A table of keys, in the order of writing; each key and value keeps its place.
//!
//! The getters are lenient: a value of the wrong kind is `None`, because [`super::check`] has reported it.

use super::{Date, DateTime, Node, Value};
use crate::report::{Span, Spanned};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Where it stands: its header if it has one.
    pub span: Span,
    /// Its keys in the order of writing, none twice.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|e| e.key.value == key).map(|e| &e.node)
    }

    /// A text that is not blank, without the space around it.
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        self.get(key)?.text()
    }

    /// A text, or a list of texts.
    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        match self.get(key) {
            Some(Node { value: Value::List(items), .. }) => items.iter().filter_map(Node::text).collect(),
            Some(node) => node.text().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self, key: &str) -> Option<Spanned<u32>> {
        let node = self.get(key)?;
        match node.value {
            Value::Integer(n) => u32::try_from(n).ok().map(|n| Spanned::new(n, node.span)),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<Spanned<f64>> {
        let node = self.get(key)?;
        node.number().map(|n| Spanned::new(n, node.span))
    }

    /// `true` or `false`.
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key)?.value {
            Value::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// A date, in quotation marks or not.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        let node = self.get(key)?;
        node.date().map(|d| Spanned::new(d, node.span))
    }

    /// A date with a time; of a date alone, its midnight.
    pub fn date_time(&self, key: &str) -> Option<Spanned<DateTime>> {
        let node = self.get(key)?;
        node.date_time().map(|d| Spanned::new(d, node.span))
    }

    /// A table.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.get(key)?.table()
    }

    /// A list of tables, each with its place.
    pub fn tables(&self, key: &str) -> Vec<(Span, &Table)> {
        match self.get(key).map(|n| &n.value) {
            Some(Value::List(items)) => items.iter().filter_map(|n| Some((n.span, n.table()?))).collect(),
            _ => Vec::new(),
        }
    }
}

impl Node {
    /// A text that is not blank, without the space around it.
    pub fn text(&self) -> Option<Spanned<String>> {
        match &self.value {
            Value::Text(text) if !text.trim().is_empty() => Some(Spanned::new(text.trim().to_owned(), self.span)),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(n) => Some(n as f64),
            Value::Float(n) if n.is_finite() => Some(n),
            _ => None,
        }
    }

    /// A table.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// A date, in quotation marks or not.
    pub fn date(&self) -> Option<Date> {
        match &self.value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => Date::parse(text.trim()),
            _ => None,
        }
    }

    /// A date with a time; of a date alone, its midnight.
    pub fn date_time(&self) -> Option<DateTime> {
        match &self.value {
            Value::DateTime(moment) => Some(*moment),
            Value::Text(text) => DateTime::parse(text.trim()).or_else(|| Some(DateTime::midnight(self.date()?))),
            _ => self.date().map(DateTime::midnight),
        }
    }
}
