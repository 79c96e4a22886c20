//! Which publication and which issue are meant by the words on the command line.
//!
//! A folder with a `masthead.toml` is a publication; anything else is the name of an issue.

use super::Error;
use super::args::Which;
use crate::manifest::{self, IssueGlance};
use crate::source::{Sources, nearest};
use std::path::{Path, PathBuf};

/// A publication and one of its issues.
#[derive(Debug)]
pub struct Choice {
    /// The publication's folder.
    pub publication: PathBuf,
    /// The issue's folder in it.
    pub issue: String,
    /// Every issue there is, oldest first.
    pub issues: Vec<IssueGlance>,
}

/// Finds out what is meant.
///
/// # Errors
/// [`Error::Refused`] when there is no publication or no such issue.
pub fn choose(which: &Which) -> Result<Choice, Error> {
    let (publication, named) = place(which)?;
    let mut sources = Sources::open(&publication).map_err(Error::io("open", &publication))?;
    let issues = manifest::issues(&mut sources);
    let names: Vec<&str> = issues.iter().map(|i| i.folder.as_str()).collect();
    let issue = match named {
        Some(name) if names.contains(&name.as_str()) => name,
        Some(name) => return Err(unknown(&name, &names, &publication)),
        None => match issues.last() {
            Some(newest) => newest.folder.clone(),
            None => {
                let why =
                    "this publication has no issue yet: make one with `masthead new 2026-12` (its year and month)";
                return Err(Error::Refused(why.to_owned()));
            }
        },
    };
    Ok(Choice { publication, issue, issues })
}

/// The publication's folder alone.
///
/// # Errors
/// [`Error::Refused`] when there is none.
pub(super) fn publication(which: &Which) -> Result<PathBuf, Error> {
    place(which).map(|(publication, _)| publication)
}

/// The publication's folder, and the issue if one is named.
fn place(which: &Which) -> Result<(PathBuf, Option<String>), Error> {
    let here = PathBuf::from(".");
    match (&which.first, &which.second) {
        (None, _) => match (is_publication(&here), of_issue(&here)) {
            (true, _) => Ok((here, None)),
            (false, Some(found)) => Ok(found),
            (false, None) => Err(none_here(&here)),
        },
        (Some(folder), second) if is_publication(folder) => Ok((folder.clone(), second.as_deref().map(plain))),
        (Some(folder), Some(_)) => Err(none_here(folder)),
        (Some(word), None) => match of_issue(word) {
            Some(found) => Ok(found),
            None if is_publication(&here) => Ok((here, Some(plain(&word.to_string_lossy())))),
            None if word.is_dir() => Err(none_here(word)),
            None => Err(none_here(&here)),
        },
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches("./").trim_end_matches(['/', '\\']).to_owned()
}

fn is_publication(folder: &Path) -> bool {
    folder.join("masthead.toml").is_file()
}

/// The publication around a folder that is an issue's.
fn of_issue(folder: &Path) -> Option<(PathBuf, Option<String>)> {
    if !folder.join("issue.toml").is_file() {
        return None;
    }
    // `.` says its name only when it is spelt out; any other word is kept as it was written.
    let spelt = match folder.file_name() {
        Some(_) => folder.to_owned(),
        None => std::path::absolute(folder).ok()?.components().collect(),
    };
    let name = spelt.file_name()?.to_str()?.to_owned();
    let parent = match spelt.parent()? {
        empty if empty.as_os_str().is_empty() => PathBuf::from("."),
        parent => parent.to_owned(),
    };
    is_publication(&parent).then_some((parent, Some(name)))
}

fn none_here(folder: &Path) -> Error {
    let place = if folder == Path::new(".") { "this folder".to_owned() } else { format!("`{}`", folder.display()) };
    Error::Refused(format!(
        "{place} is no publication: there is no `masthead.toml` in it\n  hint: go to the publication's folder, name it \
         (`masthead check ~/gazette`), or make one with `masthead init gazette`"
    ))
}

fn unknown(name: &str, names: &[&str], publication: &Path) -> Error {
    let mut why = format!("there is no issue `{name}` in `{}`", publication.display());
    if publication == Path::new(".") {
        why = format!("there is no issue `{name}` in this folder");
    }
    match (nearest(name, names), names.is_empty()) {
        (Some(near), _) => why.push_str(&format!("\n  hint: did you mean `{near}`?")),
        (None, false) => why.push_str(&format!("\n  hint: the issues are {}", list(names))),
        (None, true) => why.push_str("\n  hint: make the first one with `masthead new`"),
    }
    Error::Refused(why)
}

fn list(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let newest: Vec<String> = names.iter().rev().take(SHOWN).map(|n| format!("`{n}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    if more == 0 { newest.join(", ") } else { format!("{} and {more} older ones", newest.join(", ")) }
}
