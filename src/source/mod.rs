//! The only reader of the disk: a publication's folder, from which no path leaves.
//!
//! Paths are given as authors write them, relative to a folder of the publication; they are compared after
//! Unicode normalisation, and symbolic links are followed only to places inside the folder.

#![allow(clippy::disallowed_methods, reason = "the one room that reads")]

mod beside;
mod cache;

pub(crate) use beside::{beside, sweep};
pub use cache::{Cache, Kept, Kind, remove, survey};

use crate::report::{Code, FileId, Files, Finding, Report, Span};
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The files of one publication.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    files: Files,
}

/// Why a path was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is a web address.
    Remote,
    /// It leaves the publication's folder.
    Outside,
    /// Nothing is there; the nearest name in the same folder, if one is near.
    Missing {
        /// A file of almost this name.
        near: Option<String>,
    },
    /// It is there and cannot be read, or is no plain file.
    Unreadable(String),
}

impl Sources {
    /// Opens a publication's folder.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be read.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        Ok(Sources { root: std::fs::canonicalize(root)?, files: Files::default() })
    }

    /// The publication's folder, absolute and without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Names and texts for rendering findings.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Registers a path so that a finding can point at it as a whole.
    pub fn mention(&mut self, path: &str) -> FileId {
        self.files.add(path, None)
    }

    /// The publication-relative path of `path` as written in a file of `folder` (both `/`-separated), if something readable is there.
    ///
    /// # Errors
    /// A [`Refusal`] that says why not.
    pub fn resolve(&self, folder: &str, path: &str) -> Result<String, Refusal> {
        if is_remote(path) {
            return Err(Refusal::Remote);
        }
        let joined = joined(folder, path).ok_or(Refusal::Outside)?;
        let found = self.find(&joined)?;
        let real = std::fs::canonicalize(self.root.join(&found)).map_err(|e| Refusal::Unreadable(e.to_string()))?;
        if !real.starts_with(&self.root) {
            return Err(Refusal::Outside);
        }
        if !real.is_file() {
            return Err(Refusal::Unreadable("it is not a file".to_owned()));
        }
        Ok(found)
    }

    /// Walks down from the root, comparing names after Unicode normalisation.
    fn find(&self, joined: &str) -> Result<String, Refusal> {
        let mut here = String::new();
        for part in joined.split('/').filter(|p| !p.is_empty()) {
            let next = if here.is_empty() { part.to_owned() } else { format!("{here}/{part}") };
            if self.root.join(&next).symlink_metadata().is_ok() {
                here = next;
                continue;
            }
            let wanted: String = part.nfc().collect();
            let names = self.list(&here);
            match names.iter().find(|n| n.nfc().eq(wanted.chars())) {
                Some(name) => here = if here.is_empty() { name.clone() } else { format!("{here}/{name}") },
                None => return Err(Refusal::Missing { near: nearest(&wanted, &names) }),
            }
        }
        Ok(here)
    }

    /// The names in a folder of the publication, sorted; empty if it is no folder.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let Ok(real) = std::fs::canonicalize(self.root.join(folder)) else { return Vec::new() };
        if !real.starts_with(&self.root) {
            return Vec::new();
        }
        let Ok(entries) = std::fs::read_dir(real) else { return Vec::new() };
        let mut names: Vec<String> = entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// The length and the time of change of a resolved file, by which an unchanged one is known again.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        let about = std::fs::metadata(self.root.join(path)).ok()?;
        Some(Stamp { length: about.len(), changed: about.modified().ok()? })
    }

    /// The bytes of a resolved path.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] with the system's reason.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        std::fs::read(self.root.join(path)).map_err(|e| Refusal::Unreadable(e.to_string()))
    }

    /// The SHA-256 of a resolved path's bytes in lower-case hexadecimal; none if it cannot be read.
    pub fn hash(&self, path: &str) -> Option<String> {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(self.bytes(path).ok()?);
        Some(digest.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// The absolute place of a resolved path, for libraries that read files themselves.
    pub fn absolute(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Reads a resolved path as text: byte-order mark dropped, line ends made `\n`.
    ///
    /// Text that is not UTF-8 or holds control characters is a finding; the file is registered in any case.
    pub fn text(&mut self, path: &str, report: &mut Report) -> Option<FileId> {
        let bytes = match self.bytes(path) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                let file = self.mention(path);
                report.push(refusal.finding(path, Span::whole(file)));
                return None;
            }
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).replace("\r\n", "\n");
                let line = good.matches('\n').count() + 1;
                let file = self.mention(path);
                report.push(
                    Finding::new(
                        Code::FILE_NOT_UTF8,
                        Span::whole(file),
                        format!("`{path}` is not UTF-8 from line {line} on"),
                    )
                    .hint("save the file again with the encoding UTF-8"),
                );
                return None;
            }
        };
        let file = self.files.add(path, Some(text));
        let text = self.files.text(file).unwrap_or_default();
        if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_forbidden(c)) {
            report.push(
                Finding::new(
                    Code::FILE_CONTROL,
                    Span::new(file, at, at + c.len_utf8()),
                    format!("the invisible control character U+{:04X}", c as u32),
                )
                .hint("delete it: it often comes along when text is pasted from another program"),
            );
        }
        Some(file)
    }

    /// The text of a registered file.
    pub fn text_of(&self, file: FileId) -> &str {
        self.files.text(file).unwrap_or_default()
    }
}

impl Refusal {
    /// The finding for a path as written, at the place where it was written.
    pub fn finding(&self, path: &str, span: Span) -> Finding {
        match self {
            Refusal::Remote => Finding::new(Code::FILE_REMOTE, span, format!("`{path}` is a web address")).hint(
                "download the file into the issue's folder, after checking that you may use it, and name it there",
            ),
            Refusal::Outside => {
                Finding::new(Code::FILE_OUTSIDE, span, format!("`{path}` leaves the publication's folder"))
                    .hint("copy the file into the publication and name it there")
            }
            Refusal::Missing { near } => {
                let finding = Finding::new(Code::FILE_MISSING, span, format!("there is no file `{path}`"));
                match near {
                    Some(near) => finding.hint(format!("did you mean `{near}`?")),
                    None => finding.hint("check the name, or put the file there"),
                }
            }
            Refusal::Unreadable(why) => {
                Finding::new(Code::FILE_MISSING, span, format!("`{path}` cannot be read: {why}"))
                    .hint("check that it is a file and that you may read it")
            }
        }
    }
}

/// What tells an unchanged file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    changed: std::time::SystemTime,
}

/// Whether a path is a web address (or another URL) rather than a file's name.
pub fn is_remote(path: &str) -> bool {
    let Some((scheme, rest)) = path.split_once(':') else { return path.starts_with("//") };
    let named = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    named && (rest.starts_with("//") || ["data", "file", "javascript"].contains(&scheme.to_ascii_lowercase().as_str()))
}

/// Joins a path to a folder of the publication, both `/`-separated, and resolves `.` and `..` without looking at the disk;
/// `None` when the result would leave the publication.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let both = Path::new(folder).join(path.replace('\\', "/"));
    for part in both.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?.to_owned()),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// The candidate closest to a wanted name, if one is close enough to be meant.
pub fn nearest<S: AsRef<str>>(wanted: &str, candidates: &[S]) -> Option<String> {
    let lower = wanted.to_lowercase();
    candidates
        .iter()
        .map(|c| (strsim::damerau_levenshtein(&lower, &c.as_ref().to_lowercase()), c.as_ref()))
        .filter(|(distance, c)| *distance <= 2.max(c.len() / 4))
        .min()
        .map(|(_, c)| c.to_owned())
}

fn is_forbidden(c: char) -> bool {
    // Control characters other than tab and newline, and the non-characters that XML 1.0 section 2.2 forbids.
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_joined_and_kept_inside() {
        assert_eq!(joined("2026-11/articles", "../pictures/a.jpg").as_deref(), Some("2026-11/pictures/a.jpg"));
        assert_eq!(joined("2026-11", "../../etc/passwd"), None);
        assert_eq!(joined("2026-11", "/etc/passwd"), None);
    }

    #[test]
    fn web_addresses_are_told_from_names() {
        for remote in ["https://a.example/x.jpg", "//a.example/x.jpg", "data:image/png;base64,AA", "file:///etc/passwd"]
        {
            assert!(is_remote(remote), "{remote}");
        }
        for local in ["a.jpg", "notes: a picture.jpg", "C:/x.jpg"] {
            assert!(!is_remote(local), "{local}");
        }
    }

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(nearest("harbor.jpg", &["harbour.jpg", "weir.jpg"]).as_deref(), Some("harbour.jpg"));
        assert_eq!(nearest("zebra.jpg", &["weir.tif"]), None);
    }
}
