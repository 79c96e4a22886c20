//! One publisher at a time, by a number that only one can take.
//!
//! Each holder of the lock makes one object in `publish/lock/` with the next number, which the store lets only one do; whoever has
//! the highest number holds the lock. A number that is taken over is never anybody else's, so that a publisher that stood still
//! finds a higher one and stops. Nobody's clock is trusted but the store's.

use super::Error;
use super::remote::{Remote, There};
use super::state::json;
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::Instant;

const FOLDER: &str = "publish/lock";

/// How long the lock is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// A holder that has not been heard of for so long is gone.
    pub(super) stale: Duration,
    /// A holder is heard of so often.
    pub(super) renew: Duration,
    /// Who waits looks so often.
    pub(super) look: Duration,
    /// And so long.
    pub(super) wait: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let seconds = Duration::from_secs;
        Patience { stale: seconds(120), renew: seconds(20), look: seconds(1), wait: seconds(600) }
    }
}

/// What a holder's object says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder {
    /// Tells one holder from another that was let have the same number by a careless store.
    nonce: String,
    /// Whether it has done.
    free: bool,
}

/// The lock, held. Let go by [`Lock::release`]; where the process ends before, it is taken over in time.
pub(super) struct Lock {
    remote: Remote,
    at: String,
    nonce: String,
    lost: Arc<AtomicBool>,
    renewing: tokio::task::JoinHandle<()>,
}

impl Lock {
    /// Waits for the lock and takes it.
    pub(super) async fn take(remote: &Remote, patience: Patience, note: &(dyn Fn(&str) + Sync)) -> Result<Lock, Error> {
        let nonce = nonce();
        let start = Instant::now();
        let mut clock = None;
        loop {
            let held = numbers(remote).await?;
            let free = match held.last() {
                None => true,
                Some((_, at, _)) if is_free(remote, at).await? => true,
                Some((_, _, there)) => {
                    if clock.is_none() {
                        note("somebody else is publishing there: waiting");
                        clock = Some(Clock::read(remote, &nonce).await?);
                    }
                    clock.as_ref().is_some_and(|clock| clock.age(there) > patience.stale)
                }
            };
            let next = held.last().map_or(1, |(number, ..)| number + 1);
            if free && let Some(lock) = Lock::try_number(remote, next, &nonce, patience).await? {
                lock.clear(held).await;
                return Ok(lock);
            }
            if start.elapsed() > patience.wait {
                return Err(Error::Locked);
            }
            tokio::time::sleep(patience.look).await;
        }
    }

    /// Takes a number if nobody else did.
    async fn try_number(remote: &Remote, number: u64, nonce: &str, patience: Patience) -> Result<Option<Lock>, Error> {
        let at = format!("{FOLDER}/{number:012}");
        // What was tried twice after a broken connection may be ours and still be refused: `holds` looks.
        remote.create(&at, json(&Holder { nonce: nonce.to_owned(), free: false })?).await?;
        if !holds(remote, &at, nonce).await? {
            return Ok(None);
        }
        let lost = Arc::new(AtomicBool::new(false));
        let renewing = renew(remote.clone(), at.clone(), nonce.to_owned(), patience.renew, Arc::clone(&lost));
        let lock = Lock { remote: remote.clone(), at, nonce: nonce.to_owned(), lost, renewing: tokio::spawn(renewing) };
        Ok(Some(lock))
    }

    /// Takes lower numbers away. They are done with, and where they cannot be taken away they do no harm.
    async fn clear(&self, held: Vec<(u64, String, There)>) {
        for (_, at, _) in held {
            let _ = self.remote.delete(&at).await;
        }
    }

    /// The holder's own object, written a moment ago.
    pub(super) fn at(&self) -> &str {
        &self.at
    }

    /// An error where the lock is somebody else's by now. Asked before everything that must not be done by two.
    pub(super) async fn check(&self) -> Result<(), Error> {
        let held = !self.lost.load(Ordering::SeqCst) && holds(&self.remote, &self.at, &self.nonce).await?;
        if held { Ok(()) } else { Err(Error::LockLost) }
    }

    /// Lets the lock go. Where that fails, it is taken over in time.
    pub(super) async fn release(self) {
        self.renewing.abort();
        if let Ok(bytes) = json(&Holder { nonce: self.nonce.clone(), free: true }) {
            let _ = self.remote.put(&self.at, bytes).await;
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

/// Writes the holder's object again and again, as long as it has the highest number.
async fn renew(remote: Remote, at: String, nonce: String, every: Duration, lost: Arc<AtomicBool>) {
    loop {
        tokio::time::sleep(every).await;
        match holds(&remote, &at, &nonce).await {
            Ok(true) => {
                if let Ok(bytes) = json(&Holder { nonce: nonce.clone(), free: false }) {
                    // A single failure does no harm: there are several more before the lock is stale.
                    let _ = remote.put(&at, bytes).await;
                }
            }
            Ok(false) => return lost.store(true, Ordering::SeqCst),
            Err(_) => {}
        }
    }
}

/// The numbers that were taken, in order.
async fn numbers(remote: &Remote) -> Result<Vec<(u64, String, There)>, Error> {
    let listed = remote.list(FOLDER).await?;
    let number = |path: &str| path.rsplit('/').next().and_then(|name| name.parse().ok());
    let mut numbers: Vec<_> =
        listed.into_iter().filter_map(|(path, there)| Some((number(&path)?, path, there))).collect();
    numbers.sort_by_key(|(number, ..)| *number);
    Ok(numbers)
}

/// Whether an object is the highest, and just this holder's.
async fn holds(remote: &Remote, at: &str, nonce: &str) -> Result<bool, Error> {
    let highest = numbers(remote).await?.pop();
    if highest.is_none_or(|(_, highest, _)| highest != at) {
        return Ok(false);
    }
    Ok(holder(remote, at).await?.is_some_and(|holder| holder.nonce == nonce))
}

async fn is_free(remote: &Remote, at: &str) -> Result<bool, Error> {
    Ok(holder(remote, at).await?.is_some_and(|holder| holder.free))
}

async fn holder(remote: &Remote, at: &str) -> Result<Option<Holder>, Error> {
    Ok(remote.get(at).await?.and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok()))
}

/// The store's own clock: what it says of a file that was written just now, and the time since then.
struct Clock {
    then: i64,
    since: Instant,
}

impl Clock {
    async fn read(remote: &Remote, nonce: &str) -> Result<Clock, Error> {
        let at = format!("publish/clock/{nonce}");
        remote.put(&at, Vec::new()).await?;
        let there = remote.head(&at).await?;
        let _ = remote.delete(&at).await;
        Ok(Clock { then: there.map_or(0, |t| t.written), since: Instant::now() })
    }

    fn age(&self, there: &There) -> Duration {
        let elapsed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let age = self.then.saturating_sub(there.written).saturating_add(elapsed);
        Duration::from_millis(u64::try_from(age).unwrap_or(0))
    }
}

/// Different for every process: the standard library draws its keys from the system.
fn nonce() -> String {
    let draw = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", draw(), draw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::flow_tests::{block_on, folder, hasty, memory, quiet};

    #[test]
    fn one_at_a_time() {
        block_on(async {
            let (_kept, local) = folder();
            for remote in [memory(), local] {
                let first = Lock::take(&remote, hasty(), quiet()).await.unwrap();
                let patience = Patience { stale: Duration::from_secs(60), wait: Duration::from_millis(100), ..hasty() };
                assert_eq!(Lock::take(&remote, patience, quiet()).await.err(), Some(Error::Locked));
                assert_eq!(first.check().await, Ok(()));
                first.release().await;
                let second = Lock::take(&remote, Patience { wait: Duration::ZERO, ..hasty() }, quiet()).await.unwrap();
                assert_eq!(second.check().await, Ok(()));
                assert_eq!(numbers(&remote).await.unwrap().len(), 1, "older numbers are cleared away");
            }
        });
    }

    #[test]
    fn a_holder_that_stands_still_loses_it_and_finds_out() {
        block_on(async {
            let remote = memory();
            let gone =
                Lock::take(&remote, Patience { renew: Duration::from_secs(600), ..hasty() }, quiet()).await.unwrap();
            let next = Lock::take(&remote, hasty(), quiet()).await.unwrap();
            assert_eq!(gone.check().await, Err(Error::LockLost));
            // Waking up and letting go is no harm to the next.
            gone.release().await;
            assert_eq!(next.check().await, Ok(()));
        });
    }

    #[test]
    fn a_holder_that_is_heard_of_keeps_it() {
        block_on(async {
            let remote = memory();
            let first =
                Lock::take(&remote, Patience { renew: Duration::from_millis(30), ..hasty() }, quiet()).await.unwrap();
            let patience = Patience { stale: Duration::from_millis(400), wait: Duration::from_millis(1500), ..hasty() };
            assert_eq!(Lock::take(&remote, patience, quiet()).await.err(), Some(Error::Locked));
            assert_eq!(first.check().await, Ok(()));
        });
    }

    #[test]
    fn of_many_at_once_one_has_it() {
        block_on(async {
            let (_kept, remote) = folder();
            let patience = Patience { stale: Duration::from_secs(60), wait: Duration::from_millis(300), ..hasty() };
            let tries = (0..12).map(|_| {
                let remote = remote.clone();
                tokio::spawn(async move { Lock::take(&remote, patience, quiet()).await.ok() })
            });
            let mut locks = Vec::new();
            for each in tries.collect::<Vec<_>>() {
                locks.extend(each.await.unwrap());
            }
            assert_eq!(locks.len(), 1);
        });
    }
}
