//! Long lists in several files: at most 50 issues a file, and a list a year for browsing.
//!
//! A list that fits one file has no others beside it.

use crate::web::record::Record;

/// So many issues a file.
pub(super) const PER_PAGE: usize = 50;

/// Where a list's files are: `feeds/opds2.json`, `feeds/opds2/page-2.json`, `feeds/opds2/2025.json`.
pub(super) struct Place {
    /// Without its extension.
    pub(super) stem: &'static str,
    /// With its dot.
    pub(super) extension: &'static str,
}

/// One file of a list.
pub(super) struct Page<'a> {
    /// Where every file of the list is, in order.
    pub(super) paths: Vec<String>,
    /// Which of them this is, counted from 0.
    pub(super) index: usize,
    /// How many issues the whole list has.
    pub(super) total: usize,
    /// This file's issues.
    pub(super) records: &'a [&'a Record],
}

/// The issues of a year.
pub(super) struct Year<'a> {
    /// "2026".
    pub(super) name: &'a str,
    /// The first file of its list.
    pub(super) path: String,
    /// Its issues.
    pub(super) records: Vec<&'a Record>,
}

impl Place {
    /// The list's first file.
    pub(super) fn root(&self) -> String {
        format!("{}{}", self.stem, self.extension)
    }

    /// The files of the list of all.
    pub(super) fn pages<'a>(&self, records: &'a [&'a Record]) -> Vec<Page<'a>> {
        pages(records, |n| match n {
            1 => self.root(),
            n => format!("{}/page-{n}{}", self.stem, self.extension),
        })
    }

    /// The years, newest first; none while one file holds all.
    pub(super) fn years<'a>(&self, records: &[&'a Record]) -> Vec<Year<'a>> {
        let mut names: Vec<&str> = records.iter().filter_map(|r| year(r)).collect();
        names.sort_unstable();
        names.dedup();
        if records.len() <= PER_PAGE {
            names.clear();
        }
        let issues = |name| records.iter().copied().filter(|r| year(r) == Some(name)).collect();
        let path = |name| format!("{}/{name}{}", self.stem, self.extension);
        names.iter().rev().map(|name| Year { name, path: path(name), records: issues(*name) }).collect()
    }

    /// The files of a year's list.
    pub(super) fn pages_of_year<'a>(&self, year: &'a Year<'a>) -> Vec<Page<'a>> {
        pages(&year.records, |n| match n {
            1 => year.path.clone(),
            n => format!("{}/{}-{n}{}", self.stem, year.name, self.extension),
        })
    }
}

impl Page<'_> {
    /// Where this file is.
    pub(super) fn path(&self) -> &str {
        self.paths.get(self.index).map_or("", String::as_str)
    }

    /// The others that it names, by their link relation (RFC 5005 section 3; OPDS 2.0 section 4).
    pub(super) fn neighbours(&self) -> Vec<(&'static str, &str)> {
        let (Some(first), Some(last)) = (self.paths.first(), self.paths.last()) else { return Vec::new() };
        if self.paths.len() == 1 {
            return Vec::new();
        }
        let previous = self.index.checked_sub(1).and_then(|i| self.paths.get(i));
        let next = self.paths.get(self.index + 1);
        let found = [("first", Some(first)), ("previous", previous), ("next", next), ("last", Some(last))];
        found.into_iter().filter_map(|(rel, path)| Some((rel, path?.as_str()))).collect()
    }
}

fn pages<'a>(records: &'a [&'a Record], path: impl Fn(usize) -> String) -> Vec<Page<'a>> {
    let paths: Vec<String> = (1..=records.len().div_ceil(PER_PAGE)).map(path).collect();
    let total = records.len();
    let page = |(index, records)| Page { paths: paths.clone(), index, total, records };
    records.chunks(PER_PAGE).enumerate().map(page).collect()
}

/// The year of issue, if its date begins with one.
fn year(record: &Record) -> Option<&str> {
    record.date.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))
}
