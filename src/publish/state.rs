//! What was sent under stable names, so that the same is not sent again.
//!
//! Only believed where the store still has just that: the same length and the same entity tag.

use super::Error;
use super::remote::{Remote, There};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What was sent to one folder's files, by path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    files: BTreeMap<String, Sent>,
}

/// One file as it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Sent {
    sha256: String,
    bytes: u64,
    e_tag: Option<String>,
}

/// SHA-256 in lower-case hexadecimal, and length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Print {
    pub(super) sha256: String,
    pub(super) bytes: u64,
}

impl Print {
    pub(super) fn of(bytes: &[u8]) -> Print {
        let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        Print { sha256, bytes: bytes.len() as u64 }
    }
}

/// Where an issue's state is kept.
pub(super) fn of_issue(name: &str) -> String {
    format!("publish/state/issues/{name}.json")
}

/// Where the state of all that depends on every issue is kept.
pub(super) const OF_INDEX: &str = "publish/state/index.json";

impl State {
    /// What is kept there; nothing where it cannot be read, and then everything is sent again.
    pub(super) async fn read(remote: &Remote, at: &str) -> Result<State, Error> {
        let kept = remote.get(at).await?;
        Ok(kept.and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }

    pub(super) async fn write(&self, remote: &Remote, at: &str) -> Result<(), Error> {
        remote.put(at, json(self)?).await.map(|_| ())
    }

    /// Whether just this stands there.
    pub(super) fn stands(&self, path: &str, print: &Print, there: Option<&There>) -> bool {
        let (Some(sent), Some(there)) = (self.files.get(path), there) else { return false };
        sent.sha256 == print.sha256
            && there.bytes == print.bytes
            && sent.bytes == print.bytes
            && sent.e_tag == there.e_tag
    }

    pub(super) fn sent(&mut self, path: &str, print: Print, e_tag: Option<String>) {
        self.files.insert(path.to_owned(), Sent { sha256: print.sha256, bytes: print.bytes, e_tag });
    }
}

/// What is kept there is JSON that a person can read.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec_pretty(value).map_err(|e| Error::Kept(format!("cannot write what is kept: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_believed_only_where_it_still_stands() {
        let print = Print::of(b"page");
        let mut state = State::default();
        state.sent("a", print.clone(), Some("tag".to_owned()));
        let there = There { bytes: 4, e_tag: Some("tag".to_owned()), written: 0 };
        assert!(state.stands("a", &print, Some(&there)));
        assert!(!state.stands("a", &print, None), "gone");
        assert!(!state.stands("b", &print, Some(&there)), "never sent");
        assert!(!state.stands("a", &Print::of(b"edit"), Some(&there)), "other content");
        let foreign = There { e_tag: Some("other".to_owned()), ..there.clone() };
        assert!(!state.stands("a", &print, Some(&foreign)), "overwritten by somebody else");
        assert!(!state.stands("a", &print, Some(&There { bytes: 5, ..there })), "cut or grown");
    }

    #[test]
    fn a_print_is_sha_256() {
        assert_eq!(Print::of(b"").sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
