//! What there is to do: what of the site is not there yet, or stands there otherwise.
//!
//! Nothing here writes: the plan and the publish ask the same questions.

use super::headers;
use super::merge;
use super::paths::{self, LATEST_DATA, LATEST_PAGE, shown};
use super::plan::Embargo;
use super::remote::{AT_ONCE, Remote, There};
use super::site::Site;
use super::state::{self, Print, State};
use super::{Error, Request};
use crate::web::record::{File, Record};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};

/// The built site, as far as it may be published today.
pub(super) struct Local {
    pub(super) site: Site,
    /// Issues that may be published.
    pub(super) ready: Vec<Record>,
    pub(super) embargoed: Vec<Embargo>,
}

/// A file of the site that has to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) path: String,
    pub(super) bytes: u64,
}

/// One issue's pages.
pub(super) struct Pages {
    pub(super) issue: String,
    /// What was sent before.
    pub(super) state: State,
    /// What has to be sent.
    pub(super) changed: Vec<Item>,
}

/// What depends on all issues.
pub(super) struct Index {
    /// What was sent before.
    pub(super) state: State,
    /// What has to be sent, in this order: files named by their content, others, the page of "latest", its data.
    pub(super) changed: Vec<File>,
}

impl Local {
    pub(super) fn read(request: &Request<'_>) -> Result<Local, Error> {
        if !paths::is_date(request.today) {
            return Err(Error::Site(format!("`{}` is no day", shown(request.today))));
        }
        let mut site = Site::read(request.site)?;
        let (ready, embargoed) = merge::embargo(std::mem::take(&mut site.records), request.today);
        Ok(Local { site, ready, embargoed })
    }

    fn of<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a Record> {
        self.ready.iter().filter(|r| names.contains(&r.name))
    }

    /// Files named by their content that these issues have and the place has not, and how many stand there already.
    pub(super) async fn missing_assets(&self, remote: &Remote, issues: &[String]) -> Result<(Vec<Item>, usize), Error> {
        let wanted: BTreeSet<&String> =
            self.of(issues).flat_map(|r| &r.files).filter(|path| path.starts_with("assets/")).collect();
        let there = remote.list("assets").await?;
        let (mut missing, mut standing) = (Vec::new(), 0);
        for path in wanted {
            let bytes = self.site.length(path)?;
            if there.get(path).is_some_and(|t| t.bytes == bytes) {
                standing += 1;
            } else {
                missing.push(Item { path: path.clone(), bytes });
            }
        }
        Ok((missing, standing))
    }

    /// SHA-256 of all pages of these issues.
    pub(super) fn prints(&self, issues: &[String]) -> Result<BTreeMap<String, Print>, Error> {
        let mut prints = BTreeMap::new();
        for record in self.of(issues) {
            let own = format!("issues/{}/", record.name);
            let listed = record.files.iter().filter(|path| path.starts_with(&own)).cloned();
            for path in listed.chain([format!("{own}issue.json")]) {
                let print = Print::of(&self.site.bytes(&path)?);
                prints.insert(path, print);
            }
        }
        Ok(prints)
    }
}

/// The pages of these issues that do not stand there as they are here.
pub(super) async fn changed_pages(
    remote: &Remote,
    prints: &BTreeMap<String, Print>,
    issues: &[String],
) -> Result<Vec<Pages>, Error> {
    let issues = stream::iter(issues).map(|issue| async move {
        let own = format!("issues/{issue}");
        let there = remote.list(&own).await?;
        let state = State::read(remote, &state::of_issue(issue)).await?;
        let below = format!("{own}/");
        let pages = prints.range(below.clone()..).take_while(|(path, _)| path.starts_with(&below));
        let changed = pages.filter(|(path, print)| !state.stands(path, print, there.get(*path)));
        let changed = changed.map(|(path, print)| Item { path: path.clone(), bytes: print.bytes }).collect();
        Ok(Pages { issue: issue.clone(), state, changed })
    });
    issues.buffered(AT_ONCE).try_collect().await
}

/// What of the index does not stand there as it would be.
pub(super) async fn changed_index(remote: &Remote, request: &Request<'_>, records: &[Record]) -> Result<Index, Error> {
    let state = State::read(remote, state::OF_INDEX).await?;
    // Without an issue there is nothing to tell of.
    let mut files = if records.is_empty() { Vec::new() } else { (request.index)(records) };
    for File { path, .. } in &files {
        let own = path.starts_with("issues/") || path == "publish" || path.starts_with("publish/");
        if own || !paths::is_safe(path) {
            return Err(Error::Site(format!("`{}` is no path for the index", shown(path))));
        }
    }
    files.sort_by(|a, b| (rank(&a.path), &a.path).cmp(&(rank(&b.path), &b.path)));
    files.dedup_by(|later, kept| later.path == kept.path);
    let there: Vec<Option<There>> =
        stream::iter(&files).map(|file| remote.head(&file.path)).buffered(AT_ONCE).try_collect().await?;
    let changed = files.into_iter().zip(there).filter(|(file, there)| !stands(&state, file, there.as_ref()));
    Ok(Index { changed: changed.map(|(file, _)| file).collect(), state })
}

fn stands(state: &State, file: &File, there: Option<&There>) -> bool {
    if is_asset(&file.path) {
        there.is_some_and(|t| t.bytes == file.bytes.len() as u64)
    } else {
        state.stands(&file.path, &Print::of(&file.bytes), there)
    }
}

/// Whether a file is named by its content.
pub(super) fn is_asset(path: &str) -> bool {
    headers::cache_control(path).contains("immutable")
}

/// The order in which files of the index are sent.
pub(super) fn rank(path: &str) -> u8 {
    match path {
        LATEST_DATA => 3,
        LATEST_PAGE => 2,
        _ if is_asset(path) => 0,
        _ => 1,
    }
}
