//! What publishes overwrote, so that the last of them can be taken back.
//!
//! An entry is made before anything of it is overwritten, and says last what it holds: one without that says nothing. While a
//! publish is under way `flip.json` names its entry, and whoever publishes next after it broke off adds to that entry: half a
//! publish is no state to go back to.

use super::Error;
use super::kept::RECORDS;
use super::paths::{self, LATEST_DATA, LATEST_PAGE};
use super::remote::{AT_ONCE, Remote};
use super::state::json;
use super::work;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const FOLDER: &str = "publish/history";
const FLIP: &str = "publish/flip.json";
/// So many entries are kept.
const ENTRIES: usize = 5;

/// Whether what stands there is being changed.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flip {
    pub(super) under_way: bool,
    /// The state before it; none where there was nothing.
    history: Option<u32>,
}

/// What one entry holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Copies, in the entry's `files/`.
    files: BTreeSet<String>,
    /// Whether there were records.
    records: bool,
}

impl Flip {
    pub(super) async fn read(remote: &Remote) -> Result<Flip, Error> {
        Ok(remote.get(FLIP).await?.and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    async fn write(remote: &Remote, under_way: bool, history: Option<u32>) -> Result<(), Error> {
        remote.put(FLIP, json(&Flip { under_way, history })?).await.map(|_| ())
    }
}

/// Keeps the records and these files as they stand, before they are overwritten.
pub(super) async fn keep(remote: &Remote, paths: &[&str]) -> Result<(), Error> {
    let flip = Flip::read(remote).await?;
    let begun = match flip.history.filter(|_| flip.under_way) {
        Some(number) => entry(remote, number).await?.map(|entry| (number, entry)),
        // The very first publish broke off: there was nothing before it.
        None if flip.under_way => return Ok(()),
        None => None,
    };
    let (number, mut entry, fresh) = match begun {
        Some((number, entry)) => (number, entry, false),
        None => (numbers(remote).await?.last().map_or(1, |last| last + 1), Entry::default(), true),
    };
    let wanted = paths.iter().filter(|path| !entry.files.contains(**path) && !work::is_asset(path));
    let copies = stream::iter(wanted.copied()).map(|path| async move {
        let copied = remote.copy(path, &at(number, path)).await?;
        Ok(copied.then(|| path.to_owned()))
    });
    let copied: Vec<Option<String>> = copies.buffered(AT_ONCE).try_collect().await?;
    entry.files.extend(copied.into_iter().flatten());
    if fresh {
        entry.records = remote.copy(RECORDS, &format!("{FOLDER}/{number:04}/records.json")).await?;
    }
    if entry.files.is_empty() && !entry.records {
        return Flip::write(remote, true, None).await;
    }
    // In this order: a flip whose entry says nothing has overwritten nothing.
    Flip::write(remote, true, Some(number)).await?;
    remote.put(&format!("{FOLDER}/{number:04}/entry.json"), json(&entry)?).await.map(|_| ())
}

/// Says that what stands there is whole again, and takes old entries away.
pub(super) async fn done(remote: &Remote) -> Result<(), Error> {
    Flip::write(remote, false, None).await?;
    let numbers = numbers(remote).await?;
    for number in numbers.iter().rev().skip(ENTRIES) {
        // They do no harm where they cannot be taken away.
        let _ = remove(remote, *number).await;
    }
    Ok(())
}

/// The number of the state before the last publish, whether that ended or not.
pub(super) async fn last(remote: &Remote) -> Result<Option<u32>, Error> {
    for number in numbers(remote).await?.into_iter().rev() {
        if entry(remote, number).await?.is_some() {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// The records of an entry; empty where there were none.
pub(super) async fn records(remote: &Remote, number: u32) -> Result<Vec<u8>, Error> {
    let kept = remote.get(&format!("{FOLDER}/{number:04}/records.json")).await?;
    match kept {
        Some((bytes, _)) => Ok(bytes),
        None => json(&serde_json::json!({ "version": crate::web::record::VERSION, "records": [] })),
    }
}

/// Says that this state is being put back, so that a publish after it broke off does not take half of it for a state.
pub(super) async fn begin(remote: &Remote, number: u32) -> Result<(), Error> {
    Flip::write(remote, true, Some(number)).await
}

/// Puts the files of an entry back, in the order of a publish; how many.
pub(super) async fn restore(remote: &Remote, number: u32) -> Result<usize, Error> {
    let entry = entry(remote, number).await?.ok_or(Error::NothingBefore)?;
    let mut files: Vec<&String> = entry.files.iter().filter(|path| paths::is_safe(path)).collect();
    files.sort_by_key(|path| (work::rank(path), !path.starts_with("issues/")));
    let (pointers, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| work::rank(path) > 1);
    stream::iter(others.iter().map(Ok)).try_for_each_concurrent(AT_ONCE, |path| put_back(remote, number, path)).await?;
    for path in &pointers {
        put_back(remote, number, path).await?;
    }
    for pointer in [LATEST_DATA, LATEST_PAGE] {
        // There was none before the first publish.
        if !entry.files.contains(pointer) {
            remote.delete(pointer).await?;
        }
    }
    Ok(others.len() + pointers.len())
}

async fn put_back(remote: &Remote, number: u32, path: &str) -> Result<(), Error> {
    let kept = remote.get(&at(number, path)).await?;
    let (bytes, _) =
        kept.ok_or_else(|| Error::Kept(format!("`{path}` is missing in what was kept: publish again instead")))?;
    remote.put(path, bytes).await.map(|_| ())
}

/// Takes an entry away; what says what it holds goes first.
pub(super) async fn remove(remote: &Remote, number: u32) -> Result<(), Error> {
    remote.delete(&format!("{FOLDER}/{number:04}/entry.json")).await?;
    let left = remote.list(&format!("{FOLDER}/{number:04}")).await?;
    let left = stream::iter(left.into_keys().map(Ok));
    left.try_for_each_concurrent(AT_ONCE, |path| async move { remote.delete(&path).await }).await
}

fn at(number: u32, path: &str) -> String {
    format!("{FOLDER}/{number:04}/files/{path}")
}

async fn entry(remote: &Remote, number: u32) -> Result<Option<Entry>, Error> {
    let kept = remote.get(&format!("{FOLDER}/{number:04}/entry.json")).await?;
    Ok(kept.and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok()))
}

async fn numbers(remote: &Remote) -> Result<Vec<u32>, Error> {
    let mut numbers: Vec<u32> = remote.folders(FOLDER).await?.iter().filter_map(|name| name.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}
