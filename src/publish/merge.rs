//! Which issues the site consists of: those that stand there, and ours.
//!
//! What somebody else published is kept; of the same issue the later revision wins, and ours where both are alike.

use super::plan::{Embargo, Older};
use crate::web::record::Record;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The site's issues after publishing.
#[derive(Debug, PartialEq)]
pub(super) struct Merged {
    /// All of them, the newest first.
    pub(super) records: Vec<Record>,
    /// Names of those that are ours.
    pub(super) ours: Vec<String>,
    /// Ours that are not published, since a later revision stands there.
    pub(super) older: Vec<Older>,
}

/// Parts what may be published today from what is under embargo.
pub(super) fn embargo(records: Vec<Record>, today: &str) -> (Vec<Record>, Vec<Embargo>) {
    let (ready, waiting): (Vec<_>, Vec<_>) = records.into_iter().partition(|r| r.date.as_str() <= today);
    (ready, waiting.into_iter().map(|r| Embargo { issue: r.name, until: r.date }).collect())
}

/// The issues there, and ours.
pub(super) fn merge(there: &[Record], ours: &[Record]) -> Merged {
    let mut records: BTreeMap<&str, &Record> = BTreeMap::new();
    for record in there {
        let known = records.get(record.name.as_str());
        if known.is_none_or(|k| age(k) <= age(record)) {
            records.insert(&record.name, record);
        }
    }
    let (mut won, mut older) = (Vec::new(), Vec::new());
    for record in ours {
        match records.get(record.name.as_str()) {
            Some(there) if age(there) > age(record) => {
                older.push(Older { issue: record.name.clone(), here: record.revision, there: there.revision });
            }
            _ => {
                records.insert(&record.name, record);
                won.push(record.name.clone());
            }
        }
    }
    let mut records: Vec<Record> = records.into_values().cloned().collect();
    records.sort_by(|a, b| newness(b).cmp(&newness(a)));
    Merged { records, ours: won, older }
}

fn age(record: &Record) -> (u32, &str) {
    (record.revision, &record.modified)
}

fn newness(record: &Record) -> (&str, u32, Reverse<&str>) {
    (&record.date, record.number, Reverse(&record.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::flow_tests::record;

    fn names(records: &[Record]) -> Vec<&str> {
        records.iter().map(|r| r.name.as_str()).collect()
    }

    #[test]
    fn others_are_kept_and_the_newest_is_first() {
        let merged = merge(&[record("2026-11", 1), record("2025-12", 1)], &[record("2026-10", 1)]);
        assert_eq!(names(&merged.records), ["2026-11", "2026-10", "2025-12"]);
        assert_eq!(merged.ours, ["2026-10"]);
    }

    #[test]
    fn the_later_revision_wins_whosever_it_is() {
        let there = [record("2026-10", 3), record("2026-11", 1)];
        let merged = merge(&there, &[record("2026-10", 2), record("2026-11", 2)]);
        assert_eq!(merged.records.iter().map(|r| r.revision).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(merged.ours, ["2026-11"]);
        assert_eq!(merged.older, [Older { issue: "2026-10".to_owned(), here: 2, there: 3 }]);
    }

    #[test]
    fn of_one_revision_the_later_change_wins_and_ours_where_alike() {
        let mut there = record("2026-10", 1);
        let mut ours = record("2026-10", 1);
        ours.label = "ours".to_owned();
        assert_eq!(merge(&[there.clone()], std::slice::from_ref(&ours)).records[0].label, "ours");
        there.modified = "2999-01-01T00:00:00Z".to_owned();
        let merged = merge(&[there.clone()], &[ours]);
        assert_eq!(merged.records, [there]);
        assert!(merged.ours.is_empty());
    }

    #[test]
    fn the_day_itself_is_no_embargo() {
        let issues = vec![record("2026-10", 1), record("2026-11", 1)];
        let (ready, waiting) = embargo(issues, "2026-10-05");
        assert_eq!(names(&ready), ["2026-10"]);
        assert_eq!(waiting, [Embargo { issue: "2026-11".to_owned(), until: "2026-11-05".to_owned() }]);
    }
}
