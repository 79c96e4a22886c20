//! `latest.json`: which issue is the newest, for a publisher's own pages and programs.
//!
//! ```json
//! {
//!   "title": "Common Ground",
//!   "label": "November 2026",
//!   "subtitle": "The dark issue",
//!   "language": "en-GB",
//!   "issue": "2026-11",
//!   "number": 24,
//!   "date": "2026-11-05",
//!   "modified": "2026-11-04T16:20:00Z",
//!   "url": "https://magazine.example/issues/2026-11/",
//!   "cover": [{ "url": "https://…", "type": "image/jpeg", "width": 480, "height": 640 }],
//!   "alt": "What the cover's picture shows",
//!   "downloads": [{ "edition": "epub", "url": "https://…", "type": "application/epub+zip", "size": 1234, "sha256": "…" }],
//!   "record": "issues/2026-11/issue.json"
//! }
//! ```
//!
//! What an issue does not have is left out. Each `url` is absolute where the site's address is known, else relative to
//! this file; `record` is always relative to it. Covers come narrowest first. Members may be added, none changes its meaning.

use super::json;
use super::links::Links;
use crate::web::record::{Download, File, Image, Record};
use serde_json::{Value, json};

/// `latest.json` for the issue that is the latest.
pub fn latest(record: &Record) -> File {
    let publication = &record.publication;
    let links = Links::of("latest.json", publication);
    let cover =
        |i: &Image| json!({ "url": links.to(&i.path), "type": i.media_type, "width": i.width, "height": i.height });
    let document = json!({
        "title": publication.title,
        "label": record.label,
        "subtitle": record.title,
        "language": publication.language,
        "issue": record.name,
        "number": record.number,
        "date": record.date,
        "modified": record.modified,
        "url": links.to(&record.path()),
        "cover": record.cover.images.iter().map(cover).collect::<Vec<_>>(),
        "alt": record.cover.alt,
        "downloads": record.downloads.iter().map(|d| download(d, &links)).collect::<Vec<_>>(),
        "record": format!("{}issue.json", record.path()),
    });
    json::file("latest.json", document)
}

fn download(download: &Download, links: &Links) -> Value {
    json!({
        "edition": download.edition,
        "url": links.to(&download.path),
        "type": download.media_type,
        "size": download.bytes,
        "sha256": download.sha256,
    })
}
