//! `rights.toml` into the publication's ledger of rights: which picture, by the hash of its bytes, may be used how.
//!
//! A publication without the file keeps no ledger. Whatever is missing or wrong in it has been reported.

use super::publication::parse;
use super::shapes::RIGHTS;
use super::{Date, RightsEntry};
use crate::credit::{self, Credit, Licence};
use crate::data::{self, Codes, Table};
use crate::report::{Code, Finding, Report, Span, Spanned};
use crate::source::{Refusal, Sources};

/// The ledger's file in the publication's folder.
pub const RIGHTS_FILE: &str = "rights.toml";
/// Letters of a hash.
const HASH: usize = 64;

/// Reads the ledger; none without the file.
pub fn rights(sources: &mut Sources, report: &mut Report) -> Option<Vec<RightsEntry>> {
    let path = match sources.resolve("", RIGHTS_FILE) {
        Ok(path) => path,
        Err(Refusal::Missing { .. }) => return None,
        Err(refusal) => {
            let span = Span::whole(sources.mention(RIGHTS_FILE));
            report.push(refusal.finding(RIGHTS_FILE, span));
            return None;
        }
    };
    let (_, document) = parse(sources, &path, report)?;
    data::check(&document, &RIGHTS, &Codes::MANIFEST, report);
    let tables = document.root.tables("picture");
    let mut list: Vec<RightsEntry> =
        tables.into_iter().filter_map(|(span, table)| entry(span, table, report)).collect();
    twice(&mut list, report);
    Some(list)
}

fn entry(span: Span, table: &Table, report: &mut Report) -> Option<RightsEntry> {
    let hash = table.text("hash")?;
    let plain = hash.value.to_ascii_lowercase();
    let plain = plain.strip_prefix("sha256:").unwrap_or(&plain).to_owned();
    if plain.len() != HASH || !plain.chars().all(|c| c.is_ascii_hexdigit()) {
        let message =
            format!("`{}` is no hash of a picture: it has {} letters and digits, not {HASH}", hash.value, plain.len());
        let hint =
            "run `masthead credits`: it notes the picture anew; move what you wrote there, and delete this entry";
        report.push(Finding::new(Code::MANIFEST_BAD_VALUE, hash.span, message).hint(hint));
        return None;
    }
    let (from, until) = (table.date("valid-from"), table.date("valid-until"));
    if let (Some(from), Some(until)) = (&from, &until)
        && from.value > until.value
    {
        let message = format!("the permission ends on {} before it begins on {}", until.value, from.value);
        report.push(
            Finding::new(Code::MANIFEST_BAD_VALUE, until.span, message).hint("look both days up in the agreement"),
        );
    }
    Some(RightsEntry {
        span,
        hash: Spanned::new(plain, hash.span),
        file: table.text("file"),
        creator: table.text("creator"),
        source: table.text("source"),
        licence: table.text("licence"),
        proof: table.text("proof"),
        release: table.text("release"),
        valid_from: from,
        valid_until: until,
        territory: table.text("territory"),
        media: media(table),
        exclusive: table.bool("exclusive").unwrap_or(false),
        restrictions: table.texts("restrictions"),
        fee: table.text("fee"),
        note: table.text("note"),
    })
}

/// The media that make sense: a word that is none has been reported, and is no limit.
fn media(table: &Table) -> Vec<Spanned<String>> {
    let mut list = table.texts("media");
    list.retain(|m| matches!(m.value.as_str(), "print" | "digital"));
    list
}

/// Takes out entries of a picture that has one already.
fn twice(list: &mut Vec<RightsEntry>, report: &mut Report) {
    let mut seen: Vec<Spanned<String>> = Vec::new();
    list.retain(|entry| match seen.iter().find(|h| h.value == entry.hash.value) {
        Some(first) => {
            let message = "this picture is in the ledger twice";
            report.push(
                Finding::new(Code::MANIFEST_DUPLICATE_ID, entry.hash.span, message)
                    .other(first.span, "first noted here")
                    .hint("keep the entry that is right, and delete the other"),
            );
            false
        }
        None => {
            seen.push(entry.hash.clone());
            true
        }
    });
}

impl RightsEntry {
    /// Whether it is about the picture with this hash.
    pub fn is_of(&self, hash: &str) -> bool {
        hash == self.hash.value
    }

    /// Whether a restriction is noted.
    pub fn restricted(&self, restriction: &str) -> Option<&Spanned<String>> {
        self.restrictions.iter().find(|r| r.value == restriction)
    }

    /// Whether the permission holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.as_ref().is_none_or(|from| from.value <= day)
            && self.valid_until.as_ref().is_none_or(|until| day <= until.value)
    }
}

impl RightsEntry {
    /// The credit that it makes where nothing else says one: creator, source, licence.
    pub fn credit(&self) -> Option<String> {
        let maker = [&self.creator, &self.source].into_iter().flatten().map(|t| t.value.as_str()).collect::<Vec<_>>();
        let licence = self.licence.as_ref().filter(|l| Terms::licence(l).is_some()).map(|l| l.value.as_str());
        (!maker.is_empty())
            .then(|| [Some(maker.join(" / ").as_str()), licence].into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// What a picture's licence and the ledger ask for, whoever says it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    /// Only to report and comment, not to sell.
    pub editorial: bool,
    /// Not in what is sold.
    pub no_commercial: bool,
    /// Not cut, and not changed otherwise.
    pub no_cutting: bool,
    /// What is made with it must be under its licence.
    pub share_alike: bool,
}

impl Terms {
    /// The terms of a credit's licence and of an entry. Where the ledger notes a licence, that is what was agreed.
    pub fn of(credit: Option<&Credit>, entry: Option<&RightsEntry>) -> Terms {
        let noted = entry.and_then(|e| e.licence.as_ref());
        let licence = match noted {
            Some(noted) => Terms::licence(noted),
            None => credit.and_then(|c| c.licence.clone()),
        };
        let name = licence.map(|l| l.spdx.unwrap_or(l.name).to_uppercase().replace(' ', "-")).unwrap_or_default();
        let has = |part: &str| name.split('-').any(|p| p == part);
        let limits = match noted {
            Some(noted) => credit::limits(noted),
            None => credit.map(|c| c.limits).unwrap_or_default(),
        };
        let restricted = |what: &str| entry.is_some_and(|e| e.restricted(what).is_some());
        Terms {
            editorial: limits.editorial || restricted("editorial"),
            no_commercial: limits.no_commercial || has("NC") || restricted("no-commercial"),
            no_cutting: limits.no_cutting || has("ND") || restricted("no-crop"),
            share_alike: has("SA") || restricted("share-alike"),
        }
    }

    /// A licence that is known by its words.
    fn licence(words: &str) -> Option<Licence> {
        credit::from_field(words).licence
    }
}
