//! The thread that looks: once at the start, and once after each burst of changes.
//!
//! However many changes come during a look, exactly one more follows, so the last state of the folder is always shown.

use super::shown::Shown;
use super::{Desk, Found, Snapshot, watch};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
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

/// Looks until no change can come any more.
pub(super) fn run(desk: &Shared, changes: &Receiver<()>, show: &Sender<Moment>) {
    loop {
        show.send_modify(|moment| moment.busy = true);
        let snapshot = look(desk);
        // Made outside the channel's lock: requests read the state before meanwhile.
        let before = Arc::clone(&show.borrow().shown);
        let shown = Arc::new(before.next(snapshot));
        show.send_modify(|moment| *moment = Moment { busy: false, shown });
        drop(before);
        if !watch::settled(changes) {
            return;
        }
    }
}

/// One look; a panic within it becomes a finding.
fn look(desk: &Shared) -> Snapshot {
    let looked = catch_unwind(AssertUnwindSafe(|| lock(desk).look()));
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
        Snapshot { findings: vec![found], ..Snapshot::default() }
    })
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;
    use serde_json::{Value, to_value};
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{SyncSender, sync_channel};
    use std::time::Duration;

    /// Counts its looks; each of them does what the test says.
    struct Counting<F: FnMut(usize) + Send>(Arc<AtomicUsize>, F);

    impl<F: FnMut(usize) + Send> Desk for Counting<F> {
        fn root(&self) -> &Path {
            Path::new("/")
        }

        fn look(&mut self) -> Snapshot {
            let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            (self.1)(count);
            let svg = count.to_string().into_bytes().into();
            let page = Page { folio: "1".into(), label: String::new(), width: 1.0, height: 1.0, svg, spots: vec![] };
            Snapshot { pages: Some(vec![page]), ..Snapshot::default() }
        }

        fn source(&self, _: &str) -> Option<String> {
            None
        }

        fn picture(&self, _: &str) -> Option<(Vec<u8>, &'static str)> {
            None
        }
    }

    /// Starts a worker whose looks do something, and lets the test change things while it runs; gives the last moment.
    fn worked(each: impl FnMut(usize) + Send + 'static, act: impl FnOnce(&SyncSender<()>, &AtomicUsize)) -> Moment {
        let count = Arc::new(AtomicUsize::new(0));
        let desk: Shared = Mutex::new(Box::new(Counting(Arc::clone(&count), each)));
        let (sender, receiver) = sync_channel(1);
        let (show, seen) = tokio::sync::watch::channel(Moment::default());
        let (desk, show) = (&desk, &show);
        // The sender goes with the closure, also where an assertion fails, and the worker ends.
        std::thread::scope(move |scope| {
            scope.spawn(move || run(desk, &receiver, show));
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
    fn a_panic_is_a_finding_over_the_last_good_pages_and_passes() {
        let each = |count| assert!(count != 2, "the engine stumbled");
        let mut middle = None;
        let count = Arc::new(AtomicUsize::new(0));
        let desk: Shared = Mutex::new(Box::new(Counting(Arc::clone(&count), each)));
        let (show, seen) = tokio::sync::watch::channel(Moment::default());
        for _ in 0..3 {
            // No change can come: each run is one look.
            let (_, receiver) = sync_channel(1);
            run(&desk, &receiver, &show);
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
        assert_eq!((&last["stale"], &last["findings"]), (&Value::from(false), &serde_json::json!([])));
    }
}
