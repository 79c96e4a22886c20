//! The built site, read from its folder.
//!
//! Only paths that were checked are opened, and only below the site's folder.

#![allow(clippy::disallowed_methods, reason = "the built site is no part of the publication, which `source` reads")]

use super::Error;
use super::paths::{self, shown};
use crate::web::record::{Record, VERSION};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The built site.
pub(super) struct Site {
    folder: PathBuf,
    /// Its issues, in the order of their names.
    pub(super) records: Vec<Record>,
}

impl Site {
    /// Reads the records of the issues that were built.
    pub(super) fn read(folder: &Path) -> Result<Site, Error> {
        let issues = folder.join("issues");
        let none =
            || Error::Site(format!("no issue in `{}`: run `masthead build --edition web` first", folder.display()));
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&issues).map_err(|_| none())? {
            let entry = entry.map_err(|e| Error::Site(format!("cannot read `{}`: {e}", issues.display())))?;
            if entry.path().is_dir() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        let records = names.iter().map(|name| record(folder, name)).collect::<Result<Vec<_>, _>>()?;
        if records.is_empty() { Err(none()) } else { Ok(Site { folder: folder.to_owned(), records }) }
    }

    /// Length in bytes of a file of the site.
    pub(super) fn length(&self, path: &str) -> Result<u64, Error> {
        let at = self.at(path)?;
        let metadata = std::fs::metadata(&at).ok().filter(|m| m.is_file());
        metadata
            .map(|m| m.len())
            .ok_or_else(|| Error::Site(format!("`{}` is missing: build the issue again", at.display())))
    }

    /// A whole file of the site.
    pub(super) fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        let at = self.at(path)?;
        std::fs::read(&at).map_err(|e| Error::Site(format!("cannot read `{}`: {e}", at.display())))
    }

    /// A file of the site, to be read in parts.
    pub(super) fn open(&self, path: &str) -> Result<Parts, Error> {
        let at = self.at(path)?;
        let file = File::open(&at).map_err(|e| Error::Site(format!("cannot read `{}`: {e}", at.display())))?;
        Ok(Parts { file, at })
    }

    fn at(&self, path: &str) -> Result<PathBuf, Error> {
        if paths::is_safe(path) {
            Ok(path.split('/').fold(self.folder.clone(), |folder, part| folder.join(part)))
        } else {
            Err(Error::Site(format!("`{}` is no path of the site", shown(path))))
        }
    }
}

/// A file that is read in parts.
pub(super) struct Parts {
    file: File,
    at: PathBuf,
}

impl Parts {
    /// The next bytes, as many as are wanted or the last of the file; none at its end.
    pub(super) fn next(&mut self, wanted: usize) -> Result<Option<Vec<u8>>, Error> {
        let mut part = Vec::with_capacity(wanted);
        let mut limited = (&mut self.file).take(wanted as u64);
        limited.read_to_end(&mut part).map_err(|e| Error::Site(format!("cannot read `{}`: {e}", self.at.display())))?;
        Ok((!part.is_empty()).then_some(part))
    }
}

fn record(folder: &Path, name: &str) -> Result<Record, Error> {
    let at = folder.join("issues").join(name).join("issue.json");
    let again = |why: &str| Error::Site(format!("`{}` {why}: build the issue again", at.display()));
    let bytes = std::fs::read(&at).map_err(|_| again("is missing"))?;
    let record: Record = serde_json::from_slice(&bytes).map_err(|_| again("is no record of an issue"))?;
    if record.version != VERSION || record.name != name {
        return Err(again("is of another version of Masthead, or of another issue"));
    }
    paths::check(&record)?;
    Ok(record)
}

/// Whether a folder is another one or lies in it, as far as both are there.
pub(super) fn is_within(folder: &Path, other: &Path) -> bool {
    let Ok(other) = std::fs::canonicalize(other) else { return false };
    let Ok(absolute) = std::path::absolute(folder) else { return false };
    let known = absolute.ancestors().find_map(|a| std::fs::canonicalize(a).ok());
    known.is_some_and(|known| known.starts_with(other))
}
