//! What the Atom documents have in common (RFC 4287): the head of a feed, people, links, dates.
//!
//! A feed always has an author, so that its entries need none (section 4.1.1), and its identifiers are URNs, never
//! addresses (section 4.2.6).

use super::links::web_address;
use super::xml::{Attributes, Xml};
use super::{identity, published, publisher};
use crate::web::record::{Publication, Record};

/// The media type of a feed, as its own link names it.
pub(super) const MEDIA_TYPE: &str = "application/atom+xml";

/// What is said of a feed.
pub(super) struct Head<'a> {
    /// Where it is.
    pub(super) path: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// When its newest entry was changed.
    pub(super) updated: &'a str,
    /// Names and addresses of further namespaces.
    pub(super) namespaces: Attributes<'a>,
}

/// Opens a feed and says what it is (section 4.1.1).
pub(super) fn open(xml: &mut Xml, publication: &Publication, head: &Head) {
    let mut attributes = vec![("xmlns", "http://www.w3.org/2005/Atom")];
    attributes.extend(head.namespaces);
    attributes.push(("xml:lang", &publication.language));
    xml.open("feed", &attributes);
    xml.leaf("id", &[], &identity::feed(publication, head.path));
    xml.leaf("title", &[], head.title);
    if let Some(tagline) = &publication.tagline {
        xml.leaf("subtitle", &[], tagline);
    }
    xml.leaf("updated", &[], head.updated);
    person(xml, publisher(publication), publication.website.as_deref());
    rights(xml, publication);
}

/// An author (section 3.2).
pub(super) fn person(xml: &mut Xml, name: &str, website: Option<&str>) {
    xml.open("author", &[]);
    xml.leaf("name", &[], name);
    if let Some(address) = website.and_then(web_address) {
        xml.leaf("uri", &[], &address);
    }
    xml.close();
}

/// A link (section 4.2.7).
pub(super) fn link(xml: &mut Xml, rel: &str, href: &str, media_type: &str) {
    xml.empty("link", &[("rel", rel), ("href", href), ("type", media_type)]);
}

/// A link to a file whose length in bytes is known.
pub(super) fn link_with_length(xml: &mut Xml, rel: &str, href: &str, media_type: &str, length: u64) {
    xml.empty("link", &[("rel", rel), ("href", href), ("type", media_type), ("length", &length.to_string())]);
}

/// When something was published and last changed (sections 4.2.9 and 4.2.15).
pub(super) fn dates(xml: &mut Xml, record: &Record) {
    xml.leaf("published", &[], &published(record));
    xml.leaf("updated", &[], &record.modified);
}

/// The copyright line (section 4.2.10).
pub(super) fn rights(xml: &mut Xml, publication: &Publication) {
    if let Some(rights) = &publication.rights {
        xml.leaf("rights", &[], rights);
    }
}
