//! JSON documents, and the objects that the Readium manifest and OPDS 2.0 have in common.
//!
//! No member of an object is blank: null, or an empty text, list or object (OPDS 2.0 section 5.2).

use super::links::Links;
use super::{authors, description, identity, issue_title};
use crate::web::record::{Download, File, Image, Publication, Record};
use crate::words::{Direction, direction};
use serde_json::{Value, json};

/// A JSON Feed must have its items, though they be none.
const REQUIRED: &str = "items";

/// A document, without what is blank.
pub(super) fn file(path: impl Into<String>, value: Value) -> File {
    File::text(path, format!("{:#}\n", without_blanks(value)))
}

fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| (key, without_blanks(value)));
            Value::Object(members.filter(|(key, value)| key == REQUIRED || !is_blank(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_blanks).collect()),
        other => other,
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// A link object (Readium Web Publication Manifest section 2.4).
pub(super) fn link(rel: &str, href: &str, media_type: &str) -> Value {
    json!({ "rel": rel, "href": href, "type": media_type })
}

/// A link to a download; `size` is in bytes.
pub(super) fn download(rel: &str, download: &Download, links: &Links) -> Value {
    let size = (download.bytes > 0).then_some(download.bytes);
    json!({ "rel": rel, "href": links.to(&download.path), "type": download.media_type, "size": size })
}

/// A link to a picture; sizes are in pixels.
pub(super) fn image(rel: Option<&str>, image: &Image, links: &Links) -> Value {
    let pixels = |length: u32| (length > 0).then_some(length);
    let (width, height) = (pixels(image.width), pixels(image.height));
    let href = links.to(&image.path);
    json!({ "rel": rel, "href": href, "type": image.media_type, "width": width, "height": height })
}

/// What an issue is (the manifest's default context; OPDS 2.0 section 5.2).
pub(super) fn issue_metadata(record: &Record) -> Value {
    let publication = &record.publication;
    let rtl = direction(&publication.language) == Direction::RightToLeft;
    json!({
        "@type": "http://schema.org/PublicationIssue",
        "title": issue_title(record),
        "subtitle": record.title,
        // What a library sorts by: the issues of a year in their order.
        "sortAs": format!("{} {}", publication.title, record.name),
        "identifier": identity::issue(record),
        "author": authors(record),
        "publisher": publication.publisher,
        "language": publication.language,
        "published": record.date,
        "modified": record.modified,
        "description": description(record),
        "numberOfPages": (record.extent > 0).then_some(record.extent),
        "layout": "reflowable",
        "readingProgression": rtl.then_some("rtl"),
        "belongsTo": belongs_to(publication, record),
    })
}

/// A series for every program, a magazine for those that know periodicals; a position is greater than zero.
fn belongs_to(publication: &Publication, record: &Record) -> Value {
    let identifier = identity::serial(publication);
    let number = (record.number > 0).then_some(record.number);
    json!({
        "series": { "name": publication.title, "identifier": identifier, "position": number },
        "magazine": { "name": publication.title, "identifier": identifier, "volume": record.volume, "issue": number },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_members_are_left_out_at_any_depth() {
        let value = json!({ "a": null, "b": "", "c": [], "d": { "e": {} }, "f": [{ "g": null, "h": 0 }], "i": false });
        assert_eq!(without_blanks(value), json!({ "f": [{ "h": 0 }], "i": false }));
    }
}
