//! The records that are kept there: what the site consists of.
//!
//! They were written by somebody else: a record that names what is not its own is refused, and none of another version is guessed at.

use super::Error;
use super::merge::{Merged, merge};
use super::paths::{self, shown};
use super::remote::Remote;
use super::state::json;
use crate::web::record::{Record, VERSION};
use serde_json::{Value, json};

/// Where they are kept.
pub(super) const RECORDS: &str = "publish/records.json";

/// The records as they were read.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The newest first.
    pub(super) records: Vec<Record>,
    /// Names of issues whose records are of another version.
    other_version: Vec<String>,
    /// What they must still be when they are written again; none where there are none.
    e_tag: Option<String>,
    /// Whether there are any.
    there: bool,
}

impl Kept {
    pub(super) async fn read(remote: &Remote) -> Result<Kept, Error> {
        match remote.get(RECORDS).await? {
            Some((bytes, e_tag)) => Ok(Kept { e_tag, there: true, ..Kept::parse(&bytes)? }),
            None => Ok(Kept::default()),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Kept, Error> {
        let none =
            || Error::Kept(format!("`{RECORDS}` there cannot be understood: `--rollback` puts the one before it back"));
        let value: Value = serde_json::from_slice(bytes).map_err(|_| none())?;
        let mut kept = Kept::default();
        for value in value.get("records").and_then(Value::as_array).ok_or_else(none)? {
            if value.get("version").and_then(Value::as_u64) == Some(u64::from(VERSION)) {
                let record: Record = serde_json::from_value(value.clone()).map_err(|_| none())?;
                paths::check(&record)?;
                kept.records.push(record);
            } else {
                kept.other_version.push(value.get("name").and_then(Value::as_str).ok_or_else(none)?.to_owned());
            }
        }
        Ok(kept)
    }

    /// What the site consists of with ours.
    pub(super) fn merge(&self, ours: &[Record]) -> Result<Merged, Error> {
        match self.other_version.iter().find(|name| !ours.iter().any(|r| r.name == **name)) {
            Some(name) => Err(Error::Kept(format!(
                "issue `{}` was published by another version of Masthead: build it with this one and publish it along",
                shown(name)
            ))),
            None => Ok(merge(&self.records, ours)),
        }
    }

    /// Whether these are the ones that are kept.
    pub(super) fn are(&self, records: &[Record]) -> bool {
        self.there && self.other_version.is_empty() && self.records == records
    }

    /// Writes them, if nobody else did since they were read.
    pub(super) async fn replace(&self, remote: &Remote, records: &[Record]) -> Result<(), Error> {
        let bytes = json(&json!({ "version": VERSION, "records": records }))?;
        let written = if self.there {
            remote.replace(RECORDS, bytes, self.e_tag.as_deref()).await?
        } else {
            remote.create(RECORDS, bytes).await?
        };
        if written { Ok(()) } else { Err(Error::LockLost) }
    }
}

/// The issue that "latest" shows, of records with the newest first.
pub(super) fn latest(records: &[Record]) -> Option<String> {
    records.first().map(|r| format!("{} ({})", shown(&r.full_title()), shown(&r.name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::flow_tests::record;

    fn bytes(records: &[Value]) -> Vec<u8> {
        serde_json::to_vec(&json!({ "version": 1, "records": records })).unwrap()
    }

    #[test]
    fn hostile_records_are_refused() {
        let mut hostile = serde_json::to_value(record("2026-10", 1)).unwrap();
        hostile["files"] = json!(["../../etc/passwd"]);
        assert!(Kept::parse(&bytes(&[hostile])).is_err());
        for broken in ["", "[]", "{}", r#"{"records":[{}]}"#, r#"{"records":[{"version":1,"name":"x"}]}"#] {
            assert!(Kept::parse(broken.as_bytes()).is_err(), "{broken}");
        }
    }

    #[test]
    fn another_version_is_replaced_by_ours_and_never_dropped() {
        let mut old = serde_json::to_value(record("2026-10", 1)).unwrap();
        old["version"] = json!(0);
        let kept = Kept::parse(&bytes(&[old])).unwrap();
        assert!(kept.merge(&[record("2026-11", 1)]).is_err());
        assert_eq!(kept.merge(&[record("2026-10", 1)]).unwrap().records.len(), 1);
    }
}
