//! Where editions are written: beside their place first, and renamed into it when every one of them is whole.
//!
//! A build that fails, or is stopped, leaves what was there before.

#![allow(clippy::disallowed_methods, reason = "the one room that writes")]

use super::Error;
use crate::source::{beside, sweep};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file while it is written.
pub(super) type Output<'a> = BufWriter<&'a mut File>;

/// Files that wait for their names.
#[derive(Debug)]
pub(super) struct Sink {
    root: PathBuf,
    waiting: Vec<(String, NamedTempFile)>,
    /// Files that go when the others have their names.
    gone: Vec<String>,
}

impl Sink {
    /// A sink for files below a folder, which is made when the first of them is begun.
    pub(super) fn new(root: &Path) -> Self {
        Sink { root: root.to_owned(), waiting: Vec::new(), gone: Vec::new() }
    }

    /// Writes a file under a name relative to the folder (with `/`). It does not appear before [`Sink::finish`].
    ///
    /// # Errors
    /// When it cannot be written: a full disk, a folder without permission.
    pub(super) fn put(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Output<'_>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let path = self.root.join(name);
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
        if !self.waiting.iter().any(|(known, _)| self.root.join(known).parent() == Some(folder)) {
            sweep(folder);
        }
        let mut file = beside(folder).map_err(Error::io("write into", folder))?;
        let mut buffer = BufWriter::with_capacity(1 << 16, file.as_file_mut());
        write(&mut buffer).and_then(|()| buffer.flush()).map_err(Error::io("write", &path))?;
        drop(buffer);
        file.as_file().sync_all().map_err(Error::io("write", &path))?;
        self.waiting.retain(|(known, _)| known != name);
        self.waiting.push((name.to_owned(), file));
        Ok(())
    }

    /// Puts a copy of a waiting file under another name.
    ///
    /// # Errors
    /// As [`Sink::put`].
    pub(super) fn copy(&mut self, name: &str, to: &str) -> Result<(), Error> {
        let Some((_, file)) = self.waiting.iter().find(|(known, _)| known == name) else { return Ok(()) };
        let mut from = reread(file).map_err(Error::io("read", file.path()))?;
        self.put(to, |out| io::copy(&mut from, out).map(|_| ()))
    }

    /// Takes away what an earlier build left under a name, when the waiting files have theirs.
    pub(super) fn forget(&mut self, name: &str) {
        self.gone.push(name.to_owned());
    }

    /// Writes a file that is there at once, before those that wait.
    ///
    /// # Errors
    /// As [`Sink::put`] and [`Sink::finish`].
    pub(super) fn at_once(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut first = Sink::new(&self.root);
        first.put(name, |out| out.write_all(bytes))?;
        first.finish().map(|_| ())
    }

    /// Waits until no other process gives names in this folder; until what is given back is dropped, none does.
    ///
    /// Where a folder cannot be locked (Windows, some network disks) two builds of different states that end in the same
    /// moment may mix their files; what they keep of them beside shows it.
    pub(super) fn turn(&self) -> Option<File> {
        let folder = File::open(&self.root).ok()?;
        folder.lock().ok().map(|()| folder)
    }

    /// Gives every file its name; from here on they are there. Gives back their paths.
    ///
    /// # Errors
    /// When a name cannot be taken: a folder of that name, or no permission. Files named before it have theirs.
    pub(super) fn finish(self) -> Result<Vec<PathBuf>, Error> {
        let mut done = Vec::new();
        for (name, file) in self.waiting {
            let path = self.root.join(&name);
            file.persist(&path).map_err(|e| Error::io("write", &path)(e.error))?;
            done.push(path);
        }
        for name in self.gone {
            // What is not there need not go.
            let _ = std::fs::remove_file(self.root.join(name));
        }
        Ok(done)
    }

    /// What stands under a name now, from an earlier build.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(name)).ok()
    }

    /// What waits for a name.
    pub(super) fn waiting(&self, name: &str) -> Option<Vec<u8>> {
        let (_, file) = self.waiting.iter().find(|(known, _)| known == name)?;
        let mut bytes = Vec::new();
        reread(file).ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The folders within a folder now, sorted.
    pub(super) fn folders(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join(name)).into_iter().flatten().flatten();
        let folders = entries.filter(|e| e.file_type().is_ok_and(|t| t.is_dir()));
        let mut names: Vec<String> = folders.filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// The SHA-256 of a waiting file, or else of what stands under the name now.
    pub(super) fn digest(&self, name: &str) -> Option<String> {
        let waiting = self.waiting.iter().find(|(known, _)| known == name);
        let mut file = match waiting {
            Some((_, file)) => reread(file).ok()?,
            None => File::open(self.root.join(name)).ok()?,
        };
        let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Some(hash.finalize().iter().map(|b| format!("{b:02x}")).collect()),
                Ok(length) => hash.update(buffer.get(..length)?),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
    }

    /// The place of a name.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Whether something stands under a name now.
    pub(super) fn has(&self, name: &str) -> bool {
        self.root.join(name).is_file()
    }
}

/// Marks a folder as a cache, so that backup programs pass over it (Cache Directory Tagging Specification).
pub(super) fn tag_cache(folder: &Path) {
    let tag = folder.join("CACHEDIR.TAG");
    if !tag.exists() {
        let text = "Signature: 8a477f597d28d172789f06886806bc55\n# Pictures made by masthead; it makes them again if this is deleted.\n";
        // Without the tag a cache is a cache all the same.
        let _ = std::fs::write(tag, text);
    }
}

/// A written file from its start, by the handle that holds its lock: some systems refuse any other.
fn reread(file: &NamedTempFile) -> io::Result<File> {
    let mut again = file.as_file().try_clone()?;
    again.rewind()?;
    Ok(again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_appears_before_the_end_and_a_failure_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("2026-11/a.epub");
        std::fs::create_dir_all(old.parent().unwrap()).unwrap();
        std::fs::write(&old, "old").unwrap();

        let mut sink = Sink::new(folder.path());
        sink.put("2026-11/a.epub", |out| out.write_all(b"new")).unwrap();
        let error = sink.put("2026-11/b.pdf", |_| Err(io::Error::from(io::ErrorKind::StorageFull))).unwrap_err();
        assert!(error.to_string().contains("b.pdf"), "{error}");
        drop(sink);
        assert_eq!(std::fs::read(&old).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(old.parent().unwrap()).unwrap().count(), 1, "temporary files are gone");

        let mut sink = Sink::new(folder.path());
        sink.put("2026-11/a.epub", |out| out.write_all(b"new")).unwrap();
        sink.copy("2026-11/a.epub", "latest.epub").unwrap();
        assert_eq!(std::fs::read(&old).unwrap(), b"old");
        assert_eq!(sink.digest("2026-11/a.epub"), sink.digest("latest.epub"), "of what waits");
        assert_ne!(sink.digest("2026-11/a.epub"), Sink::new(folder.path()).digest("2026-11/a.epub"));
        sink.finish().unwrap();
        assert_eq!(std::fs::read(&old).unwrap(), b"new");
        assert_eq!(std::fs::read(folder.path().join("latest.epub")).unwrap(), b"new");
    }

    #[test]
    fn what_a_killed_build_left_goes_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut other = Sink::new(folder.path());
        other.put("a.pdf", |out| out.write_all(b"other")).unwrap();
        let left = folder.path().join(".masthead-0aZ9bb");
        std::fs::write(&left, "half").unwrap();
        let mut sink = Sink::new(folder.path());
        sink.put("a.pdf", |out| out.write_all(b"one")).unwrap();
        assert!(!left.exists());
        sink.at_once("b.json", b"{}").unwrap();
        assert!(folder.path().join("b.json").exists() && !folder.path().join("a.pdf").exists());
        sink.finish().unwrap();
        other.finish().unwrap();
        assert_eq!(std::fs::read(folder.path().join("a.pdf")).unwrap(), b"other");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dist"), "a file").unwrap();
        let mut sink = Sink::new(&folder.path().join("dist"));
        let error = sink.put("2026-11/a.epub", |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("make the folder"), "{error}");
    }
}
