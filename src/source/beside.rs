//! Files that are written beside their place and renamed into it: their names, and which of them a stopped process left.
//!
//! Whoever writes one holds a lock on it until it has its name. The system lets go of the lock when the process ends, in
//! whatever way, so that a file without a lock is nobody's.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

const PREFIX: &str = ".masthead-";
const RANDOM: usize = 6;

/// Where the system knows no locks, only age tells. No build takes so long.
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A file of a passing name in a folder, with the permissions that any new file there would have.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file = named(folder)?;
        let taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Whoever swept the folder between the making and the lock took it for nobody's.
        if !taken && file.path().exists() {
            return Ok(file);
        }
    }
}

fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask still applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Whether a file's name is one that [`beside`] gives.
pub(crate) fn is_passing(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.len() == RANDOM && rest.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Removes a file of a passing name unless a running process writes it; whether it was removed.
///
/// # Errors
/// When it cannot be opened or removed; also when it has its proper name by now.
pub(crate) fn remove_if_left(path: &Path) -> io::Result<bool> {
    let file = File::open(path)?;
    let left = match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => age(&file.metadata()?) >= DAY,
    };
    if left {
        // With the lock held, so that nobody begins to write it meanwhile.
        std::fs::remove_file(path)?;
    }
    Ok(left)
}

/// Removes what stopped processes left in a folder. What cannot be removed stays, and is no reason to stop.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let plain = entry.file_type().is_ok_and(|t| t.is_file());
        if plain && entry.file_name().to_str().is_some_and(is_passing) {
            let _ = remove_if_left(&entry.path());
        }
    }
}

/// How long ago a file was changed; a time to come is now.
pub(crate) fn age(metadata: &std::fs::Metadata) -> Duration {
    let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    SystemTime::now().duration_since(changed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_writes_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let busy = beside(folder.path()).unwrap();
        assert!(is_passing(busy.path().file_name().unwrap().to_str().unwrap()));
        let left = folder.path().join(".masthead-abc123");
        let others = [".masthead-abc", ".masthead-notes.txt", "masthead.toml"].map(|n| folder.path().join(n));
        others.iter().chain([&left]).for_each(|p| std::fs::write(p, "x").unwrap());
        sweep(folder.path());
        assert!(!left.exists() && busy.path().exists() && others.iter().all(|p| p.exists()));
        // Let go of without being removed, as by a process that was killed.
        let (file, path) = busy.keep().unwrap();
        sweep(folder.path());
        assert!(path.exists());
        drop(file);
        sweep(folder.path());
        assert!(!path.exists());
    }
}
