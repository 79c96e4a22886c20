//! The rules that every edition shares, one file per family.
//!
//! Every rule runs on everything that did parse, so that one bad article hides nothing about the others.

mod access;
mod adverts;
mod allowances;
mod evidence;
mod ledger;
mod links;
mod pictures;
mod rights;
pub mod slots;
mod structure;
mod text;

use crate::draft::{Draft, Mode, Use};
use crate::report::{Finding, Report, Severity, Span};
use crate::source::Sources;

/// What the rules look at.
pub struct Rules<'a> {
    /// The material.
    pub draft: &'a Draft,
    /// The files that findings point into.
    pub sources: &'a Sources,
    /// Which kind of build it is for.
    pub mode: Mode,
    /// Whether any font of the publication has a character.
    pub covers: &'a dyn Fn(char) -> bool,
}

/// Runs every rule and then settles the allowances.
pub fn check(rules: &Rules<'_>, report: &mut Report) {
    structure::check(rules, report);
    text::check(rules, report);
    links::check(rules, report);
    access::check(rules, report);
    rights::check(rules, report);
    ledger::check(rules, report);
    evidence::check(rules, report);
    pictures::check(rules, report);
    adverts::check(rules, report);
    allowances::settle(rules.draft, rules.sources.files(), report);
}

/// Takes out the warnings that the publication allows; for stages that report after [`check`].
pub fn allow(draft_allowances: &[crate::manifest::Allowance], files: &crate::report::Files, report: &mut Report) {
    allowances::apply(draft_allowances, files, report);
}

impl Rules<'_> {
    /// A finding about something that a draft build replaces by a stand-in: there it is only a warning.
    fn wanting(&self, mut finding: Finding) -> Finding {
        finding.drafted = true;
        if self.mode == Mode::Draft {
            finding.severity = Severity::Warning;
        }
        finding
    }

    /// The text at a place, empty if it is not in a text file.
    fn slice(&self, span: Span) -> &str {
        self.sources.text_of(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The place of a text within a place, or the whole of it.
    fn narrow(&self, span: Span, needle: &str) -> Span {
        match self.slice(span).find(needle) {
            Some(at) => {
                let start = span.start as usize + at;
                Span::new(span.file, start, start + needle.len())
            }
            None => span,
        }
    }

    /// The uses of pictures on the magazine's own pages.
    fn editorial(&self) -> impl Iterator<Item = &Use> {
        self.draft.uses.iter().filter(|u| u.place.is_editorial())
    }
}

/// A text as people compare it: words only, in lower case.
fn words_of(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
