//! The publish itself, and the way back.
//!
//! The order is the promise: files named by their content, then under the lock what is overwritten is kept, pages, records, all that
//! depends on every issue, and the two pointers of "latest" at the very end. Whoever comes next completes what broke off.

use super::history::{self, Flip};
use super::kept::{Kept, latest};
use super::lock::{Lock, Patience};
use super::merge::Merged;
use super::paths::is_landing;
use super::plan::{Plan, amount};
use super::remote::{AT_ONCE, Remote};
use super::state::{self, Print};
use super::work::{self, Index, Item, Local, Pages};
use super::{Error, Request};
use crate::web::record::File;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What was sent.
    pub sent: Plan,
}

/// What a rollback did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledBack {
    /// Where.
    pub to: String,
    /// How many files were put back.
    pub files: usize,
    /// What "latest" shows now.
    pub latest: Option<String>,
    /// What it showed before.
    pub before: Option<String>,
}

/// Publishes.
pub(super) async fn publish(request: &Request<'_>, remote: &Remote, patience: Patience) -> Result<Done, Error> {
    let local = Local::read(request)?;
    let candidates = Kept::read(remote).await?.merge(&local.ready)?;
    let (assets, standing) = local.missing_assets(remote, &candidates.ours).await?;
    let prints = local.prints(&candidates.ours)?;
    send_assets(request, remote, &local, &assets).await?;
    let lock = Lock::take(remote, patience, request.note).await?;
    remote.sweep(lock.at());
    let result = under_lock(request, remote, &local, &candidates, &prints, &lock).await;
    lock.release().await;
    let done = result?;
    Ok(Done { sent: Plan { assets: amount(&assets), standing, embargoed: local.embargoed, ..done } })
}

async fn send_assets(request: &Request<'_>, remote: &Remote, local: &Local, assets: &[Item]) -> Result<(), Error> {
    if assets.is_empty() {
        return Ok(());
    }
    (request.note)(&format!("sending files named by content: {}", amount(assets)));
    let sent = AtomicUsize::new(0);
    let sent = &sent;
    let work = stream::iter(assets.iter().map(Ok)).try_for_each_concurrent(AT_ONCE, |item| async move {
        remote.send(&local.site, &item.path, item.bytes).await?;
        let sent = sent.fetch_add(1, Ordering::Relaxed) + 1;
        if sent.is_multiple_of(assets.len().div_ceil(10).max(10)) {
            (request.note)(&format!("{sent} of {} sent", assets.len()));
        }
        Ok(())
    });
    work.await
}

/// Everything under stable names.
async fn under_lock(
    request: &Request<'_>,
    remote: &Remote,
    local: &Local,
    candidates: &Merged,
    prints: &BTreeMap<String, Print>,
    lock: &Lock,
) -> Result<Plan, Error> {
    let kept = Kept::read(remote).await?;
    // Only issues whose files were sent; somebody may have published others meanwhile.
    let ready: Vec<_> = local.ready.iter().filter(|r| candidates.ours.contains(&r.name)).cloned().collect();
    let mut merged = kept.merge(&ready)?;
    merged.older.extend(candidates.older.iter().cloned());
    let pages = work::changed_pages(remote, prints, &merged.ours).await?;
    let index = work::changed_index(remote, request, &merged.records).await?;
    let plan = Plan {
        to: remote.name(),
        issues: merged.ours.clone(),
        pages: pages.iter().flat_map(|p| &p.changed).map(|item| item.bytes).collect(),
        index: index.changed.iter().map(|file| file.bytes.len() as u64).collect(),
        latest: latest(&merged.records),
        before: latest(&kept.records),
        older: merged.older.clone(),
        ..Plan::default()
    };
    let nothing = plan.is_empty() && (kept.are(&merged.records) || merged.records.is_empty());
    if nothing && !Flip::read(remote).await?.under_way {
        return Ok(plan);
    }
    (request.note)(&format!("sending pages: {}; what depends on all issues: {}", plan.pages, plan.index));
    let overwritten = pages.iter().flat_map(|p| p.changed.iter().map(|item| item.path.as_str()));
    let overwritten: Vec<&str> = overwritten.chain(index.changed.iter().map(|file| file.path.as_str())).collect();
    history::keep(remote, &overwritten).await?;
    send_pages(remote, local, pages, lock).await?;
    lock.check().await?;
    if !kept.are(&merged.records) {
        kept.replace(remote, &merged.records).await?;
    }
    send_index(remote, index, lock).await?;
    history::done(remote).await?;
    Ok(plan)
}

/// The pages of issues; each issue's landing page and record after the others.
async fn send_pages(remote: &Remote, local: &Local, issues: Vec<Pages>, lock: &Lock) -> Result<(), Error> {
    for Pages { issue, mut state, changed } in issues.into_iter().filter(|p| !p.changed.is_empty()) {
        lock.check().await?;
        let (landing, others): (Vec<Item>, Vec<Item>) =
            changed.into_iter().partition(|item| is_landing(&item.path, &issue));
        for group in [others, landing] {
            let sent = stream::iter(&group).map(|item| async move {
                let bytes = local.site.bytes(&item.path)?;
                let print = Print::of(&bytes);
                Ok::<_, Error>((&item.path, print, remote.put(&item.path, bytes).await?))
            });
            let sent: Vec<_> = sent.buffered(AT_ONCE).try_collect().await?;
            for (path, print, e_tag) in sent {
                state.sent(path, print, e_tag);
            }
        }
        state.write(remote, &state::of_issue(&issue)).await?;
    }
    Ok(())
}

/// What depends on all issues, the pointers of "latest" last.
async fn send_index(remote: &Remote, index: Index, lock: &Lock) -> Result<(), Error> {
    let Index { mut state, changed } = index;
    let (pointers, others): (Vec<File>, Vec<File>) = changed.into_iter().partition(|file| work::rank(&file.path) > 1);
    let (assets, others): (Vec<File>, Vec<File>) = others.into_iter().partition(|file| work::is_asset(&file.path));
    for group in [assets, others] {
        let sent = stream::iter(group).map(|file| send_file(remote, file));
        let sent: Vec<_> = sent.buffered(AT_ONCE).try_collect().await?;
        for (path, print, e_tag) in sent {
            state.sent(&path, print, e_tag);
        }
    }
    lock.check().await?;
    for file in pointers {
        let (path, print, e_tag) = send_file(remote, file).await?;
        state.sent(&path, print, e_tag);
    }
    state.write(remote, state::OF_INDEX).await
}

async fn send_file(remote: &Remote, file: File) -> Result<(String, Print, Option<String>), Error> {
    let print = Print::of(&file.bytes);
    let e_tag = remote.put(&file.path, file.bytes).await?;
    Ok((file.path, print, e_tag))
}

/// Goes back to the state before the last publish.
pub(super) async fn rollback(
    note: &(dyn Fn(&str) + Sync),
    remote: &Remote,
    patience: Patience,
) -> Result<RolledBack, Error> {
    // Looked at before the lock, so that nothing is written where nothing was published.
    history::last(remote).await?.ok_or(Error::NothingBefore)?;
    let lock = Lock::take(remote, patience, note).await?;
    let result = back_under_lock(remote, &lock).await;
    lock.release().await;
    result
}

async fn back_under_lock(remote: &Remote, lock: &Lock) -> Result<RolledBack, Error> {
    let number = history::last(remote).await?.ok_or(Error::NothingBefore)?;
    // Records that cannot be understood are a reason to go back.
    let before = Kept::read(remote).await.map(|kept| latest(&kept.records)).unwrap_or_default();
    history::begin(remote, number).await?;
    lock.check().await?;
    remote.put(super::kept::RECORDS, history::records(remote, number).await?).await?;
    let files = history::restore(remote, number).await?;
    let latest = latest(&Kept::read(remote).await?.records);
    history::remove(remote, number).await?;
    history::done(remote).await?;
    Ok(RolledBack { to: remote.name(), files, latest, before })
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Done { sent } = self;
        if sent.is_empty() {
            writeln!(f, "nothing to send to {}: everything stands there already", sent.to)?;
        } else {
            writeln!(f, "published {} to {}:", sent.names(), sent.to)?;
        }
        sent.lines(f)
    }
}

impl fmt::Display for RolledBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = || "none".to_owned();
        writeln!(f, "went back to the state before the last publish to {}: {} files put back", self.to, self.files)?;
        let (latest, before) = (self.latest.clone().unwrap_or_else(none), self.before.clone().unwrap_or_else(none));
        writeln!(f, "latest: {latest}; before: {before}")?;
        writeln!(f, "new files of that publish stay there, and nothing tells of them")
    }
}
