//! What all pages of one document share while they are walked: limits, and profiles that were read already.
//!
//! Every limit counts down; when one is spent the walk stops early, and the verdict says so.

use super::colour::Icc;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// The most bytes that one stream may unfold to.
pub(super) const LARGEST_STREAM: usize = 96 << 20;
/// The most bytes that all streams may unfold to together.
const ALL_STREAMS: i64 = 3 << 30;
/// The most operators in a document.
const OPERATORS: i64 = 20_000_000;

/// The document and what is left to spend on it.
pub(super) struct Shared<'a> {
    pub(super) document: &'a Document,
    icc: Mutex<BTreeMap<ObjectId, Option<Icc>>>,
    bytes: AtomicI64,
    operators: AtomicI64,
}

impl<'a> Shared<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Shared {
            document,
            icc: Mutex::default(),
            bytes: AtomicI64::new(ALL_STREAMS),
            operators: AtomicI64::new(OPERATORS),
        }
    }

    /// Takes so many operators from what is left; whether there were any.
    pub(super) fn spend(&self, count: i64) -> bool {
        self.operators.fetch_sub(count, Ordering::Relaxed) > 0
    }

    /// Whether a limit was reached.
    pub(super) fn is_spent(&self) -> bool {
        self.operators.load(Ordering::Relaxed) <= 0 || self.bytes.load(Ordering::Relaxed) <= 0
    }

    /// A stream's bytes, unfolded; `None` if it is damaged or a limit is reached.
    pub(super) fn unfold(&self, stream: &Stream) -> Option<Vec<u8>> {
        let left = self.bytes.load(Ordering::Relaxed);
        if left <= 0 {
            return None;
        }
        let limit = LARGEST_STREAM.min(usize::try_from(left).unwrap_or(LARGEST_STREAM));
        let plain = stream.get_plain_content_with_limit(limit);
        let spent = plain.as_ref().map_or(LARGEST_STREAM, Vec::len).max(stream.content.len());
        self.bytes.fetch_sub(i64::try_from(spent).unwrap_or(i64::MAX), Ordering::Relaxed);
        plain.ok()
    }

    /// A profile by the reference to it.
    pub(super) fn icc(&self, object: &Object) -> Option<Icc> {
        let id = object.as_reference().ok()?;
        if let Ok(known) = self.icc.lock()
            && let Some(icc) = known.get(&id)
        {
            return icc.clone();
        }
        let icc = self.read_icc(object);
        if let Ok(mut known) = self.icc.lock() {
            known.insert(id, icc.clone());
        }
        icc
    }

    fn read_icc(&self, object: &Object) -> Option<Icc> {
        let stream = self.document.dereference(object).ok()?.1.as_stream().ok()?;
        let parts = stream.dict.get_deref(b"N", self.document).and_then(Object::as_i64).ok();
        let bytes = self.unfold(stream).unwrap_or_default();
        let said = match bytes.get(16..20) {
            Some(b"GRAY") => Some(1),
            Some(b"CMYK") => Some(4),
            Some(b"RGB " | b"Lab ") => Some(3),
            _ => None,
        };
        let parts = said.or(parts.and_then(|n| usize::try_from(n).ok()).filter(|n| (1..=4).contains(n)))?;
        Some(Icc { parts, digest: digest(&bytes) })
    }

    /// A dictionary under a key, through references.
    pub(super) fn dict<'d>(&'d self, dict: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
        dict_of(dict.get_deref(key, self.document).ok()?)
    }

    /// A name under a key.
    pub(super) fn name<'d>(&'d self, dict: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
        dict.get_deref(key, self.document).ok()?.as_name().ok()
    }

    /// A number under a key.
    pub(super) fn number(&self, dict: &Dictionary, key: &[u8]) -> Option<f64> {
        super::geometry::number(self.document, dict.get(key).ok()?)
    }

    /// A list under a key.
    pub(super) fn list<'d>(&'d self, dict: &'d Dictionary, key: &[u8]) -> &'d [Object] {
        dict.get_deref(key, self.document).ok().and_then(|o| o.as_array().ok()).map_or(&[], Vec::as_slice)
    }
}

/// The dictionary of a dictionary or stream.
pub(super) fn dict_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// SHA-256 of bytes.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
