//! What every step of reading one text shares: the text, its place in the file, the options, the report.
//!
//! All places are bytes of the file, also where only a part of the file was handed in.

use super::Options;
use super::tree::{Block, BlockKind, Note};
use crate::report::{Code, FileId, Finding, Report, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How deep blocks may stand within blocks, and inlines within inlines; what is deeper is made flat.
pub(super) const DEPTH: usize = 24;

/// The shared state of reading one text.
pub(super) struct Scope<'a> {
    /// The text.
    pub text: &'a str,
    /// The byte of the file at which the text begins.
    pub base: usize,
    /// The file.
    pub file: FileId,
    /// What is understood.
    pub options: Options<'a>,
    /// Where findings go.
    pub report: &'a mut Report,
    /// Link targets and titles by folded label, for the whole article.
    pub references: BTreeMap<String, (String, String)>,
    /// Folded labels of the notes that the article defines.
    pub labels: BTreeSet<String>,
    /// The same by piece of the text, by the byte at which the piece begins.
    pub defined: BTreeMap<usize, BTreeSet<String>>,
    /// The notes met so far.
    pub notes: Vec<Note>,
    /// Whether the finding about depth was made.
    pub too_deep: bool,
}

impl<'a> Scope<'a> {
    /// A scope for a text that begins at byte `base` of the file.
    pub(super) fn new(text: &'a str, base: usize, file: FileId, options: Options<'a>, report: &'a mut Report) -> Self {
        Scope {
            text,
            base,
            file,
            options,
            report,
            references: BTreeMap::new(),
            labels: BTreeSet::new(),
            defined: BTreeMap::new(),
            notes: Vec::new(),
            too_deep: false,
        }
    }

    /// The place of a range of the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// A value at a range of the file.
    pub(super) fn spanned<T>(&self, value: T, range: &Range<usize>) -> Spanned<T> {
        Spanned::new(value, self.span(range))
    }

    /// The text from a byte of the file on; empty outside.
    pub(super) fn after(&self, at: usize) -> &'a str {
        at.checked_sub(self.base).and_then(|at| self.text.get(at..)).unwrap_or("")
    }

    /// The text at a place; empty outside.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        let at = |n: u32| (n as usize).checked_sub(self.base);
        match (at(span.start), at(span.end)) {
            (Some(start), Some(end)) => self.text.get(start..end).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether an odd number of backslashes stands before this byte of the file.
    pub(super) fn escaped(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(self.base).and_then(|at| self.text.get(..at)) else { return false };
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }

    /// Adds a finding.
    pub(super) fn find(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.report.push(Finding::new(code, span, message).hint(hint));
    }

    /// Tells once that something is nested too deeply.
    pub(super) fn deep(&mut self, span: Span) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let message = format!("more than {DEPTH} levels stand within each other here");
            self.find(Code::TEXT_BLOCK_SHAPE, span, message, "write it flatter: deeper levels are read as one");
        }
    }

    /// A block that will get its number at the end.
    pub(super) fn block(&self, range: &Range<usize>, kind: BlockKind) -> Block {
        Block { number: 0, span: self.span(range), language: None, id: None, kind }
    }
}

/// A label as labels are compared: case folded, blanks collapsed.
pub(super) fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
