//! How outputs are named and which state of the issue they show: `build.json` beside them keeps a build id for each.
//!
//! A build id is made from what went in, never from a clock: the same state of an issue has the same id. A build strikes
//! its files from `build.json` before it puts the first of them in place, and enters them anew after the last. So a build
//! that was stopped in between leaves files without an entry, and nothing is believed of those.

use super::args::Edition;
use crate::draft::{Draft, Mode};
use crate::issue::{Issue, slug};
use crate::manifest::Status;
use crate::source::Sources;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

impl Edition {
    /// All of them, in the order in which they are built.
    pub(super) const ALL: [Edition; 4] = [Edition::Epub, Edition::Screen, Edition::Print, Edition::Web];

    /// The word of `--edition`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Edition::Epub => "epub",
            Edition::Screen => "screen",
            Edition::Print => "print",
            Edition::Web => "web",
        }
    }

    /// The file of this edition of an issue, relative to `dist`: `2026-11/common-ground-2026-11-screen.pdf`.
    pub(super) fn file(self, issue: &Issue) -> String {
        let title = slug(&issue.publication.title);
        let stem = if title.is_empty() { issue.name.clone() } else { format!("{title}-{}", issue.name) };
        let draft = if issue.draft { "-draft" } else { "" };
        match self {
            Edition::Epub => format!("{}/{stem}{draft}.epub", issue.name),
            Edition::Screen => format!("{}/{stem}-screen{draft}.pdf", issue.name),
            Edition::Print => format!("{}/{stem}-print{draft}.pdf", issue.name),
            Edition::Web => {
                let published = !issue.draft && issue.status == Status::Published;
                format!("{}/issues/{}/index.html", super::web::root(published), issue.name)
            }
        }
    }

    /// The name under which the newest published issue always stands; readers have no use for the print edition.
    pub(super) fn latest(self) -> Option<&'static str> {
        match self {
            Edition::Epub => Some("latest.epub"),
            Edition::Screen => Some("latest.pdf"),
            Edition::Print | Edition::Web => None,
        }
    }
}

/// The id of this state of an issue: of all text files that were read, all pictures, further files such as fonts, the
/// program's version and the kind of build.
pub(super) fn build_id(draft: &Draft, sources: &Sources, mode: Mode, further: &[(String, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    let mut part = |name: &str, content: &[u8]| {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    };
    part("program", env!("CARGO_PKG_VERSION").as_bytes());
    part("mode", if mode == Mode::Draft { b"draft" } else { b"final" });
    for (path, text) in sources.files().texts() {
        part(path, text.as_bytes());
    }
    for (path, picture) in &draft.pictures {
        part(path, picture.probe.as_ref().map_or("", |p| p.hash.as_str()).as_bytes());
    }
    for (path, content) in further {
        part(path, content);
    }
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// A name made from some texts, as a cache wants it.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn digest_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// What `build.json` says: the build id and the SHA-256 of each file of the issue's folder in `dist`.
#[derive(Debug, Default)]
pub(super) struct Ledger(Map<String, Value>);

impl Ledger {
    /// Reads what an earlier build kept. Anything that is no ledger counts as none.
    pub(super) fn read(bytes: Option<&[u8]>) -> Ledger {
        let value: Option<Value> = bytes.and_then(|b| serde_json::from_slice(b).ok());
        match value.as_ref().and_then(|v| v.get("files")).and_then(Value::as_object) {
            Some(files) => Ledger(files.clone()),
            None => Ledger::default(),
        }
    }

    /// Notes the state that a file shows, and what it holds.
    pub(super) fn note(&mut self, file: &str, id: &str, digest: &str) {
        self.0.insert(file.to_owned(), json!({ "build": id, "sha256": digest }));
        self.0.sort_keys();
    }

    /// Forgets a file; whether anything was known of it.
    pub(super) fn strike(&mut self, file: &str) -> bool {
        self.0.shift_remove(file).is_some()
    }

    /// What a file held when it was built. `None` if no build finished it.
    pub(super) fn digest(&self, file: &str) -> Option<&str> {
        self.0.get(file)?.get("sha256")?.as_str()
    }

    /// Whether a file that stands there shows another state.
    pub(super) fn differs(&self, file: &str, id: &str) -> bool {
        self.0.get(file).and_then(|f| f.get("build")).and_then(Value::as_str) != Some(id)
    }

    /// The text of `build.json`.
    pub(super) fn text(&self) -> String {
        format!("{:#}\n", json!({ "files": self.0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_keeps_what_it_was_told() {
        let mut ledger = Ledger::read(None);
        ledger.note("b.pdf", "1", "beef");
        ledger.note("a.epub", "2", "cafe");
        let mut again = Ledger::read(Some(ledger.text().as_bytes()));
        assert!(!again.differs("b.pdf", "1") && again.differs("b.pdf", "2") && again.differs("c", "1"));
        assert!(ledger.text().find("a.epub") < ledger.text().find("b.pdf"));
        assert_eq!((again.digest("a.epub"), again.digest("c")), (Some("cafe"), None));
        assert!(again.strike("a.epub") && !again.strike("a.epub"));
        assert_eq!((again.digest("a.epub"), again.digest("b.pdf")), (None, Some("beef")));
        for other in ["nonsense", r#"{"files": {"a.epub": "2"}}"#] {
            let ledger = Ledger::read(Some(other.as_bytes()));
            assert!(ledger.differs("a.epub", "2") && ledger.digest("a.epub").is_none());
        }
    }
}
