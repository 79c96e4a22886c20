//! `masthead new`: the next issue, made from the newest one.
//!
//! What stands from issue to issue (sections, partners, house adverts, fillers, the notes between the lines) is kept;
//! what belongs to one issue (articles, cover, booked adverts, allowances) is not. The folder appears only when it is whole.

use super::Error;
use super::next::{Next, next};
use crate::data::{Document, Node, Table, Value};
use crate::manifest::{self, IssueGlance};
use crate::report::{Code, Report};
use crate::source::{Refusal, Sources};
use std::ops::Range;
use std::path::Path;

/// What was made.
#[derive(Debug, PartialEq, Eq)]
pub struct Made {
    /// Its files, relative to the publication.
    pub files: Vec<String>,
    /// The issue that it was made from.
    pub from: Option<String>,
    /// Its number.
    pub number: u32,
    /// Files that the newest issue names and that could not be copied.
    pub left_out: Vec<String>,
}

const FRESH: &str = "# `masthead schema issue` lists every key that can stand here.\n\nnumber = 1\ndate = 2000-01-01\nstatus = \"planned\"\n\n[[section]]\ntitle = \"Articles\"\narticles = []\n";

/// Makes the issue `name` in the publication's folder `root`.
///
/// # Errors
/// When the name cannot be an issue's, the folder exists, there is no publication, the newest issue's `issue.toml`
/// is not valid TOML, or something cannot be read or written.
pub fn run(root: &Path, name: &str) -> Result<Made, Error> {
    if !manifest::is_plain_name(name) {
        return Err(Error::Refused(format!("`{name}` cannot be an issue's folder: use letters, digits and hyphens")));
    }
    if let Some(month) = no_month(name) {
        return Err(Error::Refused(format!("`{name}` names the month {month}: write the year and 01 to 12")));
    }
    if !root.join("masthead.toml").is_file() {
        let place = root.display();
        return Err(Error::Refused(format!("there is no masthead.toml in `{place}`: go to the publication's folder")));
    }
    let target = root.join(name);
    if target.symlink_metadata().is_ok() {
        return Err(Error::Refused(format!("`{name}` exists already: choose another name")));
    }
    let mut sources = Sources::open(root).map_err(Error::io("open", root))?;
    let issues = manifest::issues(&mut sources);
    let next = next(&issues, name);
    let newest = issues.last();
    let (text, copies) = match newest {
        Some(newest) => from_newest(&mut sources, newest, &next)?,
        None => (fill(FRESH, &next)?, Vec::new()),
    };
    let (files, left_out) = write(root, name, &text, newest, &sources, &copies)?;
    Ok(Made { files, from: newest.map(|n| n.folder.clone()), number: next.number, left_out })
}

/// The month of a name such as `2027-13`, where there is none such.
fn no_month(name: &str) -> Option<&str> {
    let (year, month) = name.split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let told = digits(year, 4) && digits(month, 2);
    (told && !(1..=12).contains(&month.parse().unwrap_or(0))).then_some(month)
}

/// The new `issue.toml` and the files to copy along, relative to the issue's folder.
fn from_newest(sources: &mut Sources, newest: &IssueGlance, next: &Next) -> Result<(String, Vec<String>), Error> {
    let path = format!("{}/issue.toml", newest.folder);
    let bytes = sources.bytes(&path).map_err(|refusal| unreadable(&path, &refusal))?;
    let text = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = fill(&standing(&text, &path)?, next)?;
    let document = parse(&text, &path)?;
    let root = &document.root;
    let named = |list: &str, key: &str| -> Vec<String> {
        root.tables(list).into_iter().filter_map(|(_, t)| Some(t.text(key)?.value)).collect()
    };
    let fillers = root.texts("fillers").into_iter().map(|f| f.value);
    let copies = named("partner", "logo").into_iter().chain(named("house-advert", "file")).chain(fillers).collect();
    Ok((text, copies))
}

fn unreadable(path: &str, refusal: &Refusal) -> Error {
    match refusal {
        Refusal::Unreadable(why) => Error::Refused(format!("cannot read `{path}`: {why}")),
        _ => Error::Refused(format!("cannot read `{path}`")),
    }
}

fn parse(text: &str, path: &str) -> Result<Document, Error> {
    let file = crate::report::Files::default().add(path, None);
    let document = crate::data::toml::read(file, text, 0, &mut Report::new(), Code::MANIFEST_SYNTAX);
    if document.broken {
        return Err(Error::Refused(format!("`{path}` is not valid TOML: run `masthead check` and put it right first")));
    }
    Ok(document)
}

/// The text without what belongs to one issue: whole tables by name, and keys of the top.
fn standing(text: &str, path: &str) -> Result<String, Error> {
    let document = parse(text, path)?;
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let headers = headers(&document.root, text);
    let tables_from = headers.first().copied().unwrap_or(text.len());
    for (index, &start) in headers.iter().enumerate() {
        let end = headers.get(index + 1).copied().unwrap_or(text.len());
        let header = text[start..end].lines().find(|l| l.starts_with('[')).unwrap_or_default();
        let name = header.trim_start_matches('[').split([']', '.']).next().unwrap_or_default().trim();
        if matches!(name, "cover" | "advert" | "allow") {
            cuts.push(start..end);
        }
    }
    for entry in &document.root.entries {
        let (key, node) = (&entry.key, &entry.node);
        let gone = matches!(key.value.as_str(), "title" | "modified" | "revision");
        if gone && (key.span.start as usize) < tables_from {
            cuts.push(lines_of(text, key.span.start as usize, node.span.end as usize));
        }
    }
    let mut out = text.to_owned();
    cuts.sort_by_key(|c| std::cmp::Reverse(c.start));
    for cut in cuts {
        out.replace_range(cut, "");
    }
    Ok(format!("{}\n", out.trim_end()))
}

/// Where each `[table]` begins, the notes directly above it included.
fn headers(root: &Table, text: &str) -> Vec<usize> {
    fn collect(node: &Node, text: &str, found: &mut Vec<usize>) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| collect(item, text, found)),
            Value::Table(table) => {
                let start = node.span.start as usize;
                let line = lines_of(text, start, start).start;
                if text[line..].trim_start().starts_with('[') && text.get(start..).is_some_and(|t| t.starts_with('[')) {
                    found.push(line);
                }
                table.entries.iter().for_each(|e| collect(&e.node, text, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    root.entries.iter().for_each(|e| collect(&e.node, text, &mut found));
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|at| with_notes(text, at)).collect()
}

fn with_notes(text: &str, mut at: usize) -> usize {
    while at > 0 {
        let above = text[..at - 1].rfind('\n').map_or(0, |n| n + 1);
        if !text[above..at].starts_with('#') {
            break;
        }
        at = above;
    }
    at
}

fn lines_of(text: &str, start: usize, end: usize) -> Range<usize> {
    let from = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let to = text[end..].find('\n').map_or(text.len(), |n| end + n + 1);
    from..to
}

/// Puts number, volume, date and status in, and empties the sections.
fn fill(text: &str, next: &Next) -> Result<String, Error> {
    let document = parse(text, "issue.toml")?;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut top = String::new();
    let mut set = |key: &str, value: Option<String>, quote: bool| {
        let Some(value) = value else { return };
        match document.root.get(key) {
            Some(node) => edits.push((node.span.start as usize..node.span.end as usize, value)),
            None if quote => top.push_str(&format!("{key} = \"{value}\"\n")),
            None => top.push_str(&format!("{key} = {value}\n")),
        }
    };
    set("number", Some(next.number.to_string()), false);
    set("volume", next.volume.map(|v| v.to_string()), false);
    set("date", Some(next.date.to_string()), false);
    set("status", Some("planned".to_owned()), true);
    for (_, section) in document.root.tables("section") {
        if let Some(node) = section.get("articles") {
            edits.push((node.span.start as usize..node.span.end as usize, "[]".to_owned()));
        }
    }
    let mut out = text.to_owned();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, value) in edits {
        out.replace_range(range, &value);
    }
    Ok(format!("{top}{out}"))
}

/// Writes everything into a folder beside, and renames it when it is whole.
fn write(
    root: &Path,
    name: &str,
    text: &str,
    newest: Option<&IssueGlance>,
    sources: &Sources,
    copies: &[String],
) -> Result<(Vec<String>, Vec<String>), Error> {
    let beside = tempfile::Builder::new().prefix(".new-").tempdir_in(root).map_err(Error::io("write in", root))?;
    let issue = beside.path().join(name);
    for folder in ["articles", "pictures", "adverts"] {
        let folder = issue.join(folder);
        std::fs::create_dir_all(&folder).map_err(Error::io("make", &folder))?;
    }
    std::fs::write(issue.join("issue.toml"), text).map_err(Error::io("write", &issue))?;
    let mut files = vec![format!("{name}/issue.toml")];
    let mut left_out = Vec::new();
    for path in copies {
        let Some(newest) = newest else { break };
        let Ok(found) = sources.resolve(&newest.folder, path) else {
            left_out.push(path.clone());
            continue;
        };
        // A file outside the issue's folder serves every issue from where it is.
        let Some(inner) = found.strip_prefix(&format!("{}/", newest.folder)) else { continue };
        let to = issue.join(inner);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(Error::io("make", parent))?;
        }
        std::fs::copy(sources.absolute(&found), &to).map_err(Error::io("write", &to))?;
        files.push(format!("{name}/{inner}"));
    }
    files.sort();
    files.dedup();
    let target = root.join(name);
    std::fs::rename(&issue, &target).map_err(Error::io("write", &target))?;
    Ok((files, left_out))
}
