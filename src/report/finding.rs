//! One finding, and the report that gathers them.

use super::{Code, Span};

/// How bad a finding is. Errors stop editions; warnings stop nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops every edition (or, from a preflight, its own).
    Error,
    /// Stops nothing; can be allowed with a reason.
    Warning,
}

/// Something in the author's material that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where. A finding about the publication as a whole has none.
    pub span: Option<Span>,
    /// What to do, in the imperative.
    pub hints: Vec<String>,
    /// A second place, and what it is ("first defined here").
    pub others: Vec<(Span, String)>,
    /// Whether a draft is built in spite of it, with a mark where something is still to come.
    pub drafted: bool,
}

impl Finding {
    /// A finding with its code's usual severity.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: code.severity(),
            message: message.into(),
            span: Some(span),
            hints: Vec::new(),
            others: Vec::new(),
            drafted: false,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn other(mut self, span: Span, label: impl Into<String>) -> Self {
        self.others.push((span, label.into()));
        self
    }
}

/// All findings of a run.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Moves another report's findings into this one.
    pub fn absorb(&mut self, other: Report) {
        self.findings.extend(other.findings);
    }

    /// Takes out the errors of a family (`rights/`), to be put back with [`absorb`](Self::absorb).
    pub fn take_errors(&mut self, family: &str) -> Report {
        let is = |f: &mut Finding| f.severity == Severity::Error && f.code.name().starts_with(family);
        Report { findings: self.findings.extract_if(.., is).collect() }
    }

    /// The findings as they were pushed.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings, to settle allowances.
    pub fn findings_mut(&mut self) -> &mut Vec<Finding> {
        &mut self.findings
    }

    /// The findings sorted by place, duplicates folded.
    pub fn sorted(&self, files: &super::Files) -> Vec<&Finding> {
        let mut list: Vec<&Finding> = self.findings.iter().collect();
        let key = |f: &Finding| f.span.map(|s| (files.path(s.file).to_owned(), s.start, s.end));
        list.sort_by(|a, b| {
            (key(a), a.severity, a.code.name(), &a.message).cmp(&(key(b), b.severity, b.code.name(), &b.message))
        });
        list.dedup();
        list
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}
