//! Puts a built site where readers find it: a folder, or a bucket of an S3-compatible store.
//!
//! "Latest" is whole at every moment, old or new, whatever is killed, lost or done by somebody else at once: files named by
//! their content go first and are never changed, the pointers go last, and all that stands under a stable name changes
//! under one lock. Nothing of an issue that stands there is taken away.
//!
//! What is kept there beside the site, in `publish/`:
//!
//! - `records.json`: the record of every issue that was published; it alone says what the site consists of;
//! - `lock/`: one object for each holder of the lock, numbered;
//! - `state/`: SHA-256 and entity tag of what was sent under stable names, so that it is not sent again;
//! - `history/NNNN/`: what the last five publishes overwrote, and `flip.json`, which tells of one that is under way.

mod error;
mod headers;
mod history;
mod kept;
mod lock;
mod merge;
mod paths;
mod plan;
mod remote;
mod run;
mod scrub;
mod site;
mod state;
mod store;
mod sweep;
mod work;

#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod kill_tests;

pub use error::Error;
pub use plan::{Amount, Embargo, Older, Plan};
pub use run::{Done, RolledBack};

use crate::web::record::{File, Record};
use lock::Patience;
use remote::Remote;
use std::path::Path;

/// What to publish, and where.
pub struct Request<'a> {
    /// The built site: `dist/site`. Only its `assets/` and `issues/` are read.
    pub site: &'a Path,
    /// A folder, or `s3://BUCKET/PREFIX`.
    pub to: &'a str,
    /// `2026-11-26`: issues of later dates are under embargo.
    pub today: &'a str,
    /// Everything that depends on all issues, from their records, the newest first: the archive, feeds, and "latest".
    pub index: &'a dyn Fn(&[Record]) -> Vec<File>,
    /// Told what is being done, a line each time.
    pub note: &'a (dyn Fn(&str) + Sync),
}

/// What [`publish`] would do now. Changes nothing there, and makes no folder.
///
/// # Errors
/// Where the site is not whole, or the place cannot be reached or read.
pub fn plan(request: &Request<'_>) -> Result<Plan, Error> {
    block_on(async {
        let remote = Remote::open(request.to, Some(request.site), store::Make::Nothing)?;
        plan::plan(request, &remote).await
    })
}

/// Publishes the site's issues: their files, then everything that tells of them, "latest" last.
///
/// # Errors
/// Where the site is not whole, the place cannot be reached, read or written, or the lock cannot be had or is lost. Whatever
/// the error, "latest" is whole, and publishing again goes on where this one ended.
pub fn publish(request: &Request<'_>) -> Result<Done, Error> {
    block_on(async {
        let remote = Remote::open(request.to, Some(request.site), store::Make::Folder)?;
        run::publish(request, &remote, Patience::default()).await
    })
}

/// Puts back what stood there before the last publish: the records, the pages that it overwrote, and "latest". New files of
/// that publish stay, and nothing tells of them any more. Needs no built site: `site`, `today` and `index` are not looked at.
///
/// # Errors
/// Where nothing was published before, or as [`publish`].
pub fn rollback(request: &Request<'_>) -> Result<RolledBack, Error> {
    block_on(async {
        let remote = Remote::open(request.to, None, store::Make::Nothing)?;
        run::rollback(request.note, &remote, Patience::default()).await
    })
}

fn block_on<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|e| Error::Place(format!("cannot start what talks to the store: {e}")))?;
    let result = runtime.block_on(work);
    // What is still under way is of no use: a lock that is being renewed, a connection without an answer.
    runtime.shutdown_background();
    result
}
