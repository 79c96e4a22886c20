//! Where editions are written: beside their place first, and renamed into it when every one of them is whole.
//!
//! A build that fails, or is stopped, leaves what was there before.

#![allow(clippy::disallowed_methods, reason = "the one room that writes")]

use super::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file while it is written.
pub(super) type Output<'a> = BufWriter<&'a mut File>;

/// Files that wait for their names.
#[derive(Debug)]
pub(super) struct Sink {
    root: PathBuf,
    waiting: Vec<(String, NamedTempFile)>,
}

impl Sink {
    /// A sink for files below a folder, which is made when the first of them is begun.
    pub(super) fn new(root: &Path) -> Self {
        Sink { root: root.to_owned(), waiting: Vec::new() }
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
        let mut from = File::open(file.path()).map_err(Error::io("read", file.path()))?;
        self.put(to, |out| io::copy(&mut from, out).map(|_| ()))
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
        Ok(done)
    }

    /// What stands under a name now, from an earlier build.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(name)).ok()
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

/// A nameless file in a folder, with the permissions that any new file there would have.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".masthead-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask still applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
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
        sink.finish().unwrap();
        assert_eq!(std::fs::read(&old).unwrap(), b"new");
        assert_eq!(std::fs::read(folder.path().join("latest.epub")).unwrap(), b"new");
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
