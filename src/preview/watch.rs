//! Which changes in the publication's folder count, and when a burst of them is over.
//!
//! Reading a file is no change, or each look would ask for the next.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

/// A burst is over when nothing came for so long …
const QUIET: Duration = Duration::from_millis(30);
/// … or when it has gone on for so long.
const PATIENCE: Duration = Duration::from_millis(150);
/// How often folders are compared that cannot be watched (network drives).
const POLL: Duration = Duration::from_millis(500);
/// Ends of names that editors and downloads use for files of their own.
const PASSING: &[&str] = &[
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".swpx",
    ".bak",
    ".tmp",
    ".temp",
    ".part",
    ".crdownload",
    "___jb_tmp___",
    "___jb_old___",
];

/// Watches a folder for as long as the answer lives; each change that counts puts a mark into the channel, unless one is there.
///
/// # Errors
/// When the folder can neither be watched nor read.
pub(super) fn watch(root: &Path, changes: SyncSender<()>) -> notify::Result<Box<dyn Watcher + Send>> {
    let native: notify::Result<Box<dyn Watcher + Send>> =
        RecommendedWatcher::new(listener(root.to_owned(), changes.clone()), Config::default()).and_then(
            |mut watcher| {
                watcher.watch(root, RecursiveMode::Recursive)?;
                Ok(Box::new(watcher) as Box<dyn Watcher + Send>)
            },
        );
    native.or_else(|_| {
        let config = Config::default().with_poll_interval(POLL);
        let mut watcher = PollWatcher::new(listener(root.to_owned(), changes), config)?;
        watcher.watch(root, RecursiveMode::Recursive)?;
        Ok(Box::new(watcher))
    })
}

fn listener(root: PathBuf, changes: SyncSender<()>) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        // An error may hide a change.
        if event.map_or(true, |e| counts(&root, &e)) {
            // A full channel already holds the mark.
            let _ = changes.try_send(());
        }
    }
}

/// Whether an event may change what is shown.
fn counts(root: &Path, event: &Event) -> bool {
    let changed = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    };
    changed && (event.need_rescan() || event.paths.iter().any(|path| !passing(root, path)))
}

/// Whether a path is of no concern: results, hidden files, and what editors leave for a moment.
fn passing(root: &Path, path: &Path) -> bool {
    let Ok(inner) = path.strip_prefix(root) else { return false };
    let mut names = inner.components().map(|c| c.as_os_str().to_string_lossy());
    let hidden = inner.components().any(|c| c.as_os_str().to_string_lossy().starts_with('.'));
    let own = names.next().is_some_and(|first| first == "dist");
    let name = inner.file_name().unwrap_or_default().to_string_lossy();
    // Vim probes a folder with a file `4913`; Emacs keeps `#name#`, office programs `~$name`.
    let odd = name == "4913" || name.starts_with("~$") || (name.starts_with('#') && name.ends_with('#'));
    hidden || own || odd || PASSING.iter().any(|end| name.ends_with(end))
}

/// How long to wait for more: none if the burst is over. `first` and `last` are its ends so far.
fn patience(first: Instant, last: Instant, now: Instant) -> Option<Duration> {
    let quiet = (last + QUIET).checked_duration_since(now)?;
    let end = (first + PATIENCE).checked_duration_since(now)?;
    Some(quiet.min(end)).filter(|wait| !wait.is_zero())
}

/// Marks of changes, as they come.
pub(super) struct Changes {
    marks: Receiver<()>,
    /// One was seen and not yet waited for.
    came: Cell<bool>,
}

impl Changes {
    pub(super) fn new(marks: Receiver<()>) -> Changes {
        Changes { marks, came: Cell::new(false) }
    }

    /// Whether something changed since the last burst was over.
    pub(super) fn came(&self) -> bool {
        self.came.set(self.came.get() || self.marks.try_recv().is_ok());
        self.came.get()
    }

    /// Waits for a change and for the end of its burst; false when none will come any more.
    pub(super) fn settled(&self) -> bool {
        if !self.came.take() && self.marks.recv().is_err() {
            return false;
        }
        let first = Instant::now();
        let mut last = first;
        while let Some(wait) = patience(first, last, Instant::now()) {
            match self.marks.recv_timeout(wait) {
                Ok(()) => last = Instant::now(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, Flag, ModifyKind, RenameMode};
    use std::sync::mpsc::sync_channel;

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        paths.iter().fold(Event::new(kind), |event, path| event.add_path(Path::new("/p").join(path)))
    }

    fn counted(kind: EventKind, paths: &[&str]) -> bool {
        counts(Path::new("/p"), &event(kind, paths))
    }

    const CREATED: EventKind = EventKind::Create(CreateKind::File);

    #[test]
    fn what_editors_and_builds_leave_does_not_count() {
        for path in [
            "dist/site/a.html",
            ".git/index",
            "2026-11/.cache/x",
            "2026-11/articles/.a.md.swp",
            "a.md~",
            "a.swx",
            "4913",
            "2026-11/#a.md#",
            ".#a.md",
            "~$a.docx",
            "a.md___jb_tmp___",
        ] {
            assert!(!counted(CREATED, &[path]), "{path}");
        }
        for path in ["masthead.toml", "2026-11/articles/a.md", "2026-11/articles/dist/a.md", "2026-11/pictures/tmp.jpg"]
        {
            assert!(counted(CREATED, &[path]), "{path}");
        }
    }

    #[test]
    fn a_save_by_rename_counts_once_it_lands() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        assert!(counted(renamed, &["a.md.tmp", "a.md"]));
        assert!(!counted(renamed, &["a.md.tmp", "a.md~"]));
    }

    #[test]
    fn reading_is_no_change_and_a_lost_event_is() {
        assert!(!counted(EventKind::Access(AccessKind::Open(AccessMode::Any)), &["a.md"]));
        assert!(!counted(EventKind::Access(AccessKind::Close(AccessMode::Read)), &["a.md"]));
        assert!(counted(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["a.md"]));
        assert!(counts(Path::new("/p"), &Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }

    #[test]
    fn a_burst_ends_with_quiet_or_with_patience() {
        let first = Instant::now();
        let at = |ms| first + Duration::from_millis(ms);
        assert_eq!(patience(first, first, first), Some(QUIET));
        assert_eq!(patience(first, at(20), at(25)), Some(Duration::from_millis(25)));
        assert_eq!(patience(first, at(20), at(50)), None, "quiet for long enough");
        assert_eq!(patience(first, at(140), at(141)), Some(Duration::from_millis(9)), "not beyond all patience");
        assert_eq!(patience(first, at(149), at(150)), None);
        assert_eq!(patience(first, at(149), at(400)), None, "a late clock does not panic");
    }

    #[test]
    fn many_marks_are_one_burst() {
        let (sender, receiver) = sync_channel(1);
        let writer = std::thread::spawn(move || {
            for _ in 0..5 {
                let _ = sender.try_send(());
                std::thread::sleep(Duration::from_millis(2));
            }
            sender
        });
        let changes = Changes::new(receiver);
        assert!(changes.settled());
        let sender = writer.join().unwrap();
        assert!(!changes.came(), "the burst was taken whole");
        sender.try_send(()).unwrap();
        assert!(changes.came() && changes.came(), "seen, and not forgotten");
        assert!(changes.settled() && !changes.came());
        drop(sender);
        assert!(!changes.settled(), "nobody can change anything any more");
    }

    #[test]
    fn a_real_folder_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (sender, receiver) = sync_channel(1);
        let _watcher = watch(&root, sender).unwrap();
        std::fs::write(root.join(".hidden"), "x").unwrap();
        assert!(receiver.recv_timeout(Duration::from_millis(100)).is_err());
        std::fs::create_dir(root.join("new")).unwrap();
        receiver.recv_timeout(Duration::from_secs(5)).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let _ = receiver.try_recv();
        std::fs::write(root.join("new/a.md"), "x").unwrap();
        receiver.recv_timeout(Duration::from_secs(5)).unwrap();
    }
}
