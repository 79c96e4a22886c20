//! Identifiers of issues, articles and feeds, as URNs.
//!
//! Made from names alone (RFC 9562 section 5.5): never from an address, a date or a revision, since Atom forbids that
//! an identifier changes when its entry does (RFC 4287 section 4.2.6).

use crate::web::record::{Article, Publication, Record};
use uuid::Uuid;

/// The issue. The same as in its EPUB, so that a reader's library knows the two for one.
pub(super) fn issue(record: &Record) -> String {
    urn(&record.publication, &record.name)
}

/// An issue's entry in a feed, which must not be identified as the issue is (OPDS 1.2 section 5.1.1).
pub(super) fn entry(record: &Record, feed: &str) -> String {
    urn(&record.publication, &format!("{feed}#{}", record.name))
}

/// An article.
pub(super) fn article(record: &Record, article: &Article) -> String {
    urn(&record.publication, &format!("{}/{}", record.name, article.slug))
}

/// A feed, by its path in the site.
pub(super) fn feed(publication: &Publication, path: &str) -> String {
    urn(publication, path)
}

/// The publication, if it has an ISSN (RFC 3044).
pub(super) fn serial(publication: &Publication) -> Option<String> {
    publication.issn.as_ref().map(|issn| format!("urn:issn:{issn}"))
}

fn urn(publication: &Publication, name: &str) -> String {
    let series = serial(publication).unwrap_or_else(|| format!("masthead:{}", publication.title));
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{series}#{name}").as_bytes()).urn().to_string()
}
