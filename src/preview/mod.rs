//! The preview's server: the pages as they will print, live, with the findings beside them.
//!
//! It listens on loopback alone, answers its own page alone, and gives out only what the last two looks and the [`Desk`] hold:
//! no path of a request reaches the disk. Its clock and its secret never reach an edition.

#![allow(clippy::disallowed_methods, reason = "bursts of changes are timed; nothing of it is written out")]

mod answer;
mod editor;
mod guard;
mod headers;
mod serve;
mod shown;
mod watch;
mod worker;

pub use serve::serve;

use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// The issue on the desk: what the server shows, as often as it asks.
///
/// Files are named relative to [`Desk::root`], with `/`, in the same words everywhere.
pub trait Desk: Send {
    /// The publication's folder, absolute and without symbolic links; it is watched.
    fn root(&self) -> &Path;

    /// Reads everything anew and lays it out. None when it gave up, since `newer` said that something changed meanwhile.
    ///
    /// A look that is not `thorough` may keep the pages as they were found before, and say that they are provisional.
    fn look(&mut self, thorough: bool, newer: &dyn Fn() -> bool) -> Option<Snapshot>;

    /// The text of a manuscript or manifest of this issue; none for anything else.
    fn source(&self, file: &str) -> Option<String>;

    /// Bytes and media type of a picture (or font) that an article names as `/picture/NAME`; the name is percent-decoded.
    fn picture(&self, name: &str) -> Option<(Vec<u8>, &'static str)>;
}

/// One state of the issue as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// What the page is headed with.
    pub title: String,
    /// Whether spreads run from right to left.
    pub rtl: bool,
    /// The pages in order; none if they could not be laid out, then the last good ones stay.
    pub pages: Option<Vec<Page>>,
    /// The articles as an e-reader shows them.
    pub articles: Vec<Reading>,
    /// What was found, in any order.
    pub findings: Vec<Found>,
    /// How long the look took, in milliseconds.
    pub took_ms: u64,
    /// The pages still have to be found anew: a thorough look follows.
    pub provisional: bool,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its printed number.
    pub folio: String,
    /// What stands on it, in a few words.
    pub label: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// The page as a self-contained SVG. The same allocation as before for an unchanged page is the fastest.
    pub svg: Arc<[u8]>,
    /// Where the blocks of manuscripts stand.
    pub spots: Vec<Spot>,
}

/// Where a block of a manuscript stands on its page, in points from the page's upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The manuscript.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u32,
}

/// An article as an e-reader shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its name in the issue.
    pub slug: String,
    /// Headline.
    pub headline: String,
    /// BCP 47.
    pub language: String,
    /// A well-formed fragment of XHTML, what stands within `body`. It is trusted as far as a sandbox without scripts goes.
    pub html: String,
    /// Its style.
    pub css: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// `family/name`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub hints: Vec<String>,
    /// Where: the file.
    pub file: Option<String>,
    /// Where: its line, counted from 1.
    pub line: Option<u32>,
    /// Index of the page, counted from 0; the server finds it by the spots where none is given.
    pub page: Option<usize>,
}

/// How to serve.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The port; 0 for any free one.
    pub port: u16,
    /// A command that opens a file in an editor: `code --goto {file}:{line}`. It is split at spaces and never goes through a
    /// shell; without `{file}` the file is its last argument.
    pub editor: Option<String>,
}
