//! Takes away what a killed process left half written in a folder.
//!
//! A file is written beside its name, as `NAME#1`, and then renamed. Only such names go, only in the folders that are the site's
//! own, and only long after anybody wrote to them: somebody else may be at work.

#![allow(clippy::disallowed_methods, reason = "the store does not list what is half written")]

use std::path::Path;
use std::time::{Duration, SystemTime};

/// A process that is alive writes more often.
const ABANDONED: Duration = Duration::from_secs(15 * 60);

/// Sweeps a folder that was published to; `fresh` is a file that was written just now, by the clock of the same disk.
pub(super) fn sweep(folder: &Path, fresh: &Path) {
    let Ok(now) = std::fs::metadata(fresh).and_then(|m| m.modified()) else { return };
    for own in ["assets", "issues", "publish"] {
        sweep_below(&folder.join(own), now);
    }
}

/// Nothing is said of what cannot be taken away: it does no harm, and the next publish tries again.
fn sweep_below(folder: &Path, now: SystemTime) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        // Links are not followed: they lead out.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            sweep_below(&entry.path(), now);
        } else if kind.is_file() && is_half(&entry.file_name().to_string_lossy()) {
            let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|then| now.duration_since(then).ok());
            if age.is_some_and(|age| age > ABANDONED) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

fn is_half(name: &str) -> bool {
    name.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_half_written_and_abandoned_goes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("assets/ab")).unwrap();
        let old = SystemTime::now() - Duration::from_secs(3600);
        for (path, is_old) in [
            ("assets/ab/x.pdf#1", true),
            ("assets/y.jpg#2", false),
            ("assets/c#sharp", true),
            ("notes#1", true),
            ("fresh", false),
        ] {
            let file = std::fs::File::create(at(path)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
        }
        sweep(folder.path(), &at("fresh"));
        assert!(!at("assets/ab/x.pdf#1").exists());
        for kept in ["assets/y.jpg#2", "assets/c#sharp", "notes#1", "fresh"] {
            assert!(at(kept).exists(), "{kept}");
        }
    }
}
