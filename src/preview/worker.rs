//! The thread that looks: once at the start, and once after each burst of changes.
//!
//! However many changes come during a look, exactly one more follows, so the last state of the folder is always shown. A look that
//! takes long gives up when something changed meanwhile: most often it read a file that was half written.

use super::shown::Shown;
use super::watch::Changes;
use super::{Desk, Found, Snapshot};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch::Sender;

/// What everybody sees at a moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    /// A look is going on.
    pub(super) busy: bool,
    /// The newest state; its number is 0 before the first look.
    pub(super) shown: Arc<Shown>,
}

/// The desk, for one at a time.
pub(super) type Shared = Mutex<Box<dyn Desk>>;

/// The desk, even after a look that panicked: nothing is lost by asking it again.
pub(super) fn lock(desk: &Shared) -> MutexGuard<'_, Box<dyn Desk>> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How often in a row a look may give up: where something is written without end, the pages are shown all the same.
const GIVEN_UP: usize = 8;

/// Looks until no change can come any more.
pub(super) fn run(desk: &Shared, changes: &Changes, show: &Sender<Moment>) {
    let (mut thorough, mut given_up) = (false, 0);
    loop {
        show.send_modify(|moment| moment.busy = true);
        let newer = || given_up < GIVEN_UP && changes.came();
        match look(desk, thorough, &newer) {
            Some(snapshot) => {
                (thorough, given_up) = (snapshot.provisional && !thorough, 0);
                // Made outside the channel's lock: requests read the state before meanwhile.
                let before = Arc::clone(&show.borrow().shown);
                let shown = Arc::new(before.next(snapshot));
                show.send_modify(|moment| *moment = Moment { busy: thorough, shown });
            }
            None => (thorough, given_up) = (false, given_up + 1),
        }
        if thorough && !changes.came() {
            continue;
        }
        thorough = false;
        if !changes.settled() {
            return;
        }
    }
}

/// One look; a panic within it becomes a finding.
fn look(desk: &Shared, thorough: bool, newer: &dyn Fn() -> bool) -> Option<Snapshot> {
    let looked = catch_unwind(AssertUnwindSafe(|| lock(desk).look(thorough, newer)));
    looked.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
        let found = Found {
            severity: "error",
            code: "preview/panic".to_owned(),
            message: format!(
                "the program failed while it laid the issue out: {}",
                words.unwrap_or("no reason is known")
            ),
            hints: vec![
                "take back the last change; the fault is the program's, not yours".to_owned(),
                "report it, with the manuscript that brought it about".to_owned(),
            ],
            file: None,
            line: None,
            page: None,
        };
        Some(Snapshot { findings: vec![found], ..Snapshot::default() })
    })
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;
    use serde_json::{Value, json, to_value};
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{SyncSender, sync_channel};
    use std::time::Duration;

    /// Counts its looks; each of them does what the test says, and then gives up, or shows its number.
    struct Counting<F: FnMut(usize) -> Outcome + Send>(Arc<AtomicUsize>, F);

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Outcome {
        Final,
        /// Unless the look is a thorough one.
        Provisional,
        /// Where something changed.
        GivenUp,
    }

    impl<F: FnMut(usize) -> Outcome + Send> Desk for Counting<F> {
        fn root(&self) -> &Path {
            Path::new("/")
        }

        fn look(&mut self, thorough: bool, newer: &dyn Fn() -> bool) -> Option<Snapshot> {
            let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            let outcome = (self.1)(count);
            if outcome == Outcome::GivenUp && newer() {
                return None;
            }
            let svg = count.to_string().into_bytes().into();
            let page = Page { folio: "1".into(), label: String::new(), width: 1.0, height: 1.0, svg, spots: vec![] };
            let provisional = outcome == Outcome::Provisional && !thorough;
            Some(Snapshot { pages: Some(vec![page]), provisional, ..Snapshot::default() })
        }

        fn source(&self, _: &str) -> Option<String> {
            None
        }

        fn picture(&self, _: &str) -> Option<(Vec<u8>, &'static str)> {
            None
        }
    }

    /// Starts a worker whose looks do something, and lets the test change things while it runs; gives the last moment.
    fn worked(
        each: impl FnMut(usize) -> Outcome + Send + 'static,
        act: impl FnOnce(&SyncSender<()>, &AtomicUsize),
    ) -> Moment {
        let count = Arc::new(AtomicUsize::new(0));
        let desk: Shared = Mutex::new(Box::new(Counting(Arc::clone(&count), each)));
        let (sender, receiver) = sync_channel(1);
        let (show, seen) = tokio::sync::watch::channel(Moment::default());
        let (desk, show) = (&desk, &show);
        // The sender goes with the closure, also where an assertion fails, and the worker ends.
        std::thread::scope(move |scope| {
            let changes = Changes::new(receiver);
            scope.spawn(move || run(desk, &changes, show));
            act(&sender, &count);
        });
        seen.borrow().clone()
    }

    fn until(count: &AtomicUsize, looks: usize) {
        for _ in 0..1000 {
            if count.load(Ordering::SeqCst) >= looks {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("only {} looks", count.load(Ordering::SeqCst));
    }

    fn told(moment: &Moment) -> Value {
        to_value(moment.shown.state.since(None)).unwrap()
    }

    #[test]
    fn changes_during_a_look_bring_exactly_one_more() {
        let (go, gate) = sync_channel::<()>(0);
        let each = move |count| {
            if count == 1 {
                gate.recv().unwrap();
            }
            Outcome::Final
        };
        let last = worked(each, |changes, count| {
            until(count, 1);
            for _ in 0..100 {
                let _ = changes.try_send(());
            }
            go.send(()).unwrap();
            until(count, 2);
            std::thread::sleep(Duration::from_millis(250));
            assert_eq!(count.load(Ordering::SeqCst), 2);
        });
        assert_eq!((last.busy, told(&last)["number"].clone()), (false, Value::from(2)));
    }

    #[test]
    fn provisional_pages_are_followed_by_a_thorough_look() {
        let last = worked(|_| Outcome::Provisional, |_, count| until(count, 2));
        let state = told(&last);
        assert_eq!((last.busy, &state["number"], &state["provisional"]), (false, &json!(2), &json!(false)));
    }

    #[test]
    fn a_change_comes_before_the_thorough_look() {
        let (go, gate) = sync_channel::<()>(0);
        let each = move |count| {
            if count == 1 {
                gate.recv().unwrap();
                return Outcome::Provisional;
            }
            Outcome::Final
        };
        let last = worked(each, |changes, count| {
            until(count, 1);
            changes.send(()).unwrap();
            go.send(()).unwrap();
            until(count, 2);
        });
        // Had the second look been the thorough one, the change would have brought a third.
        assert_eq!((last.busy, &told(&last)["number"]), (false, &json!(2)));
    }

    #[test]
    fn a_look_that_gives_up_shows_nothing_and_is_followed_by_another() {
        let (go, gate) = sync_channel::<()>(0);
        let each = move |count| {
            if count == 1 {
                gate.recv().unwrap();
            }
            Outcome::GivenUp
        };
        let last = worked(each, |changes, count| {
            until(count, 1);
            changes.send(()).unwrap();
            go.send(()).unwrap();
            until(count, 2);
        });
        assert_eq!((last.busy, &told(&last)["number"]), (false, &json!(1)));
    }

    #[test]
    fn changes_without_end_do_not_keep_the_pages_away() {
        let last = worked(
            |_| {
                std::thread::sleep(Duration::from_millis(60));
                Outcome::GivenUp
            },
            |changes, count| {
                while count.load(Ordering::SeqCst) < 2 * GIVEN_UP {
                    let _ = changes.try_send(());
                    std::thread::sleep(Duration::from_millis(5));
                }
            },
        );
        assert!(told(&last)["number"].as_u64().unwrap() >= 1);
    }

    #[test]
    fn a_panic_is_a_finding_over_the_last_good_pages_and_passes() {
        let each = |count| {
            assert!(count != 2, "the engine stumbled");
            Outcome::Final
        };
        let mut middle = None;
        let count = Arc::new(AtomicUsize::new(0));
        let desk: Shared = Mutex::new(Box::new(Counting(Arc::clone(&count), each)));
        let (show, seen) = tokio::sync::watch::channel(Moment::default());
        for _ in 0..3 {
            // No change can come: each run is one look.
            let (_, receiver) = sync_channel(1);
            run(&desk, &Changes::new(receiver), &show);
            let moment = seen.borrow().clone();
            if count.load(Ordering::SeqCst) == 2 {
                middle = Some(told(&moment));
            }
        }
        let middle = middle.unwrap();
        assert_eq!((&middle["stale"], &middle["count"]), (&Value::from(true), &Value::from(1)));
        let message = middle["findings"][0]["message"].as_str().unwrap();
        assert!(message.ends_with("the engine stumbled"), "{message}");
        let last = told(&seen.borrow());
        assert_eq!((&last["stale"], &last["findings"]), (&Value::from(false), &json!([])));
    }
}
