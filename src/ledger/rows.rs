//! One row for each picture of an issue: everything that a claim about it would ask.

use crate::issue::pages::Anchor;
use crate::issue::{Issue, Picture, PictureId};
use crate::report::{Code, Files, Report, Severity};
use crate::typeset::Layout;

/// A picture in the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which picture.
    pub picture: PictureId,
    /// Its path in the publication.
    pub file: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// What it is: cover, headlines of the articles in which it stands, adverts.
    pub used_in: Vec<String>,
    /// The folios of its pages, the same in every edition.
    pub pages: Vec<String>,
    /// The credit as readers see it.
    pub wording: String,
    /// Who made it.
    pub creators: String,
    /// Where it was got.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// Where the licence is told.
    pub link: String,
    /// What proves it.
    pub proof: String,
    /// Between which days, where, in which media, what not.
    pub limits: String,
    /// What it cost.
    pub fee: String,
    /// What the check found about its rights.
    pub findings: Vec<Told>,
}

/// A finding in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whether it stops the editions.
    pub severity: Severity,
    /// Place and message.
    pub text: String,
}

impl Told {
    /// On one line, an error marked as such.
    pub(super) fn line(&self) -> String {
        match self.severity {
            Severity::Error => format!("error: {}", self.text),
            Severity::Warning => self.text.clone(),
        }
    }
}

/// The rows in the order of the pages; adverts and logos are their partners' affair.
pub fn rows(issue: &Issue, layout: &Layout, report: &Report, files: &Files) -> Vec<Row> {
    let credited = issue.pictures.iter().enumerate().filter(|(_, p)| p.credited && !p.stand_in);
    let mut list: Vec<(usize, Row)> = credited
        .map(|(index, picture)| {
            let id = PictureId(index);
            let first = layout.placed.iter().filter(|p| p.picture == id).map(|p| p.page);
            let first = first.filter(|p| layout.pages[*p].starts != Anchor::Contents).min();
            (first.unwrap_or(usize::MAX), row(issue, layout, id, picture, about(picture, report, files)))
        })
        .collect();
    list.sort_by_key(|(page, row)| (*page, row.picture.0));
    list.into_iter().map(|(_, row)| row).collect()
}

fn row(issue: &Issue, layout: &Layout, id: PictureId, picture: &Picture, findings: Vec<Told>) -> Row {
    let credit = picture.credit.as_ref();
    let rights = picture.rights.as_ref();
    let text = |value: Option<&crate::report::Spanned<String>>| value.map(|t| t.value.clone()).unwrap_or_default();
    let noted =
        |own: String, entry: Option<&crate::report::Spanned<String>>| if own.is_empty() { text(entry) } else { own };
    let licence = credit.and_then(|c| c.licence.as_ref());
    let link = licence.and_then(|l| l.url.clone()).or_else(|| credit.and_then(|c| c.links.first().cloned()));
    Row {
        picture: id,
        file: picture.path.clone(),
        hash: picture.probe.hash.clone(),
        used_in: used_in(issue, id),
        pages: layout.folios_of(id),
        wording: credit.map(|c| c.wording.clone()).unwrap_or_default(),
        creators: noted(
            credit.map(|c| c.creators.join(", ")).unwrap_or_default(),
            rights.and_then(|r| r.creator.as_ref()),
        ),
        source: noted(
            credit.and_then(|c| c.source.clone()).unwrap_or_default(),
            rights.and_then(|r| r.source.as_ref()),
        ),
        // What was agreed goes before what the credit says.
        licence: rights
            .and_then(|r| r.licence.as_ref())
            .map_or_else(|| licence.map(|l| l.name.clone()).unwrap_or_default(), |l| l.value.clone()),
        link: link.unwrap_or_default(),
        proof: text(rights.and_then(|r| r.proof.as_ref())),
        limits: rights.map(limits).unwrap_or_default(),
        fee: text(rights.and_then(|r| r.fee.as_ref())),
        findings,
    }
}

fn used_in(issue: &Issue, id: PictureId) -> Vec<String> {
    let mut list = Vec::new();
    if issue.cover.picture == id {
        list.push("cover".to_owned());
    }
    let within = issue.articles.iter().filter(|a| a.lead.iter().chain(a.figures.values()).any(|f| f.picture == id));
    list.extend(within.map(|a| a.manuscript.front.headline.value.clone()));
    list
}

fn limits(rights: &crate::manifest::RightsEntry) -> String {
    let mut parts: Vec<String> = Vec::new();
    match (&rights.valid_from, &rights.valid_until) {
        (Some(from), Some(until)) => parts.push(format!("{} to {}", from.value, until.value)),
        (Some(from), None) => parts.push(format!("from {}", from.value)),
        (None, Some(until)) => parts.push(format!("until {}", until.value)),
        (None, None) => {}
    }
    parts.extend(rights.territory.as_ref().map(|t| t.value.clone()));
    let words =
        |list: &[crate::report::Spanned<String>]| list.iter().map(|t| t.value.clone()).collect::<Vec<_>>().join(", ");
    parts.extend((!rights.media.is_empty()).then(|| words(&rights.media)));
    parts.extend(rights.exclusive.then(|| "exclusive".to_owned()));
    parts.extend((!rights.restrictions.is_empty()).then(|| words(&rights.restrictions)));
    parts.extend(rights.release.as_ref().map(|r| format!("release: {}", r.value)));
    parts.join("; ")
}

/// The findings about a picture's rights, each with its place: those that name it, and those about its entry in the ledger.
fn about(picture: &Picture, report: &Report, files: &Files) -> Vec<Told> {
    let name = picture.path.rsplit('/').next().unwrap_or(&picture.path);
    let is_rights = |code: Code| code.name().starts_with("rights/");
    let entry = picture.rights.as_ref().map(|r| r.span);
    let of = report.findings().iter().filter(|f| is_rights(f.code));
    let of = of.filter(|f| f.message.contains(&format!("{name}`")) || (f.span.is_some() && f.span == entry));
    of.map(|f| {
        let place = f.span.map(|s| format!("{}:{}: ", files.path(s.file), files.line_column(s.file, s.start).0));
        Told { severity: f.severity, text: format!("{}{}", place.unwrap_or_default(), f.message) }
    })
    .collect()
}
