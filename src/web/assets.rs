//! Files named by what they hold: they never change, so that browsers and servers may keep them for ever.

use super::record::File;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Hashed files, each once.
#[derive(Debug, Default)]
pub(super) struct Assets(BTreeMap<String, Vec<u8>>);

impl Assets {
    /// Adds a file; its path: `assets/0123456789abcdef.jpg`.
    pub(super) fn add(&mut self, bytes: &[u8], ending: &str) -> String {
        self.put(format!("assets/{}.{ending}", hash(bytes)), bytes)
    }

    /// Adds a file that keeps its name when it is downloaded: `assets/0123456789abcdef/gazette.epub`.
    pub(super) fn add_named(&mut self, bytes: &[u8], name: &str) -> String {
        self.put(format!("assets/{}/{name}", hash(bytes)), bytes)
    }

    fn put(&mut self, path: String, bytes: &[u8]) -> String {
        self.0.entry(path.clone()).or_insert_with(|| bytes.to_vec());
        path
    }

    /// What a path holds.
    #[cfg(test)]
    pub(super) fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// All of them.
    pub(super) fn files(self) -> impl Iterator<Item = File> {
        self.0.into_iter().map(|(path, bytes)| File { path, bytes })
    }
}

/// Half of the SHA-256 in hexadecimal, 64 bits of it: enough to tell a site's files apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect()
}
