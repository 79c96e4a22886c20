//! The issues of a publication at a glance, to find the latest: tolerant, and without findings.

use super::issue::status;
use super::publication::parse;
use super::{Date, Status};
use crate::report::Report;
use crate::source::Sources;

/// An issue at a glance. What its `issue.toml` does not say, or says wrongly, is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueGlance {
    /// The folder, relative to the publication.
    pub folder: String,
    /// Running number.
    pub number: Option<u32>,
    /// Volume.
    pub volume: Option<u32>,
    /// The date of issue.
    pub date: Option<Date>,
    /// How far it is.
    pub status: Option<Status>,
}

/// Every folder with an `issue.toml`, by date, then by number, then by name; issues without a date first.
pub fn issues(sources: &mut Sources) -> Vec<IssueGlance> {
    let folders: Vec<String> = sources.list("").into_iter().filter(|n| !n.starts_with('.') && n != "dist").collect();
    let mut list: Vec<IssueGlance> = folders.into_iter().filter_map(|folder| glance(sources, folder)).collect();
    list.sort_by(|a, b| (a.date, a.number, &a.folder).cmp(&(b.date, b.number, &b.folder)));
    list
}

/// The file of an issue's cover picture, as its manifest names it.
pub fn cover_of(sources: &mut Sources, folder: &str) -> Option<String> {
    let path = sources.resolve(folder, "issue.toml").ok()?;
    let (_, document) = parse(sources, &path, &mut Report::new())?;
    Some(document.root.table("cover")?.text("picture")?.value)
}

/// The newest issue that is published: what "latest" means. `issues` as [`issues`] gives them.
pub fn latest(issues: &[IssueGlance]) -> Option<&IssueGlance> {
    issues.iter().rev().find(|i| i.status == Some(Status::Published) && i.date.is_some())
}

fn glance(sources: &mut Sources, folder: String) -> Option<IssueGlance> {
    let path = sources.resolve(&folder, "issue.toml").ok()?;
    let (_, document) = parse(sources, &path, &mut Report::new())?;
    let root = &document.root;
    Some(IssueGlance {
        folder,
        number: root.count("number").map(|n| n.value),
        volume: root.count("volume").map(|n| n.value),
        date: root.date("date").map(|d| d.value),
        status: root.text("status").and_then(|s| status(&s)),
    })
}
