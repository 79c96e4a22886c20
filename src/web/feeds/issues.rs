//! `feeds/issues.xml`: an Atom entry for each issue (RFC 4287); beyond 50 the feed goes on in further files (RFC 5005 section 3).
//!
//! Downloads are enclosures, so that a reader that fetches those has each issue on the day it appears.

use super::atom::{self, Head, MEDIA_TYPE};
use super::links::Links;
use super::paging::{Page, Place};
use super::xml::Xml;
use super::{ARCHIVE, description, identity, newest_change, words};
use crate::web::record::{File, Publication, Record};
use crate::words::WebWords;

const PLACE: Place = Place { stem: "feeds/issues", extension: ".xml" };

/// The feed of issues.
pub(super) fn feed(publication: &Publication, records: &[&Record]) -> Vec<File> {
    PLACE.pages(records).iter().map(|page| file(publication, page)).collect()
}

fn file(publication: &Publication, page: &Page) -> File {
    let path = page.path();
    let links = Links::of(path, publication);
    let all_issues = WebWords::of(words(&publication.language)).all_issues;
    let title = format!("{} · {all_issues}", publication.title);
    let mut xml = Xml::new();
    let head = Head { path, title: &title, updated: newest_change(page.records), namespaces: &[] };
    atom::open(&mut xml, publication, &head);
    atom::link(&mut xml, "self", &links.to(path), MEDIA_TYPE);
    atom::link(&mut xml, "alternate", &links.to(ARCHIVE), "text/html");
    for (rel, path) in page.neighbours() {
        atom::link(&mut xml, rel, &links.to(path), MEDIA_TYPE);
    }
    for record in page.records {
        entry(&mut xml, record, &links);
    }
    File::text(path, xml.finish())
}

fn entry(xml: &mut Xml, record: &Record, links: &Links) {
    xml.open("entry", &[]);
    xml.leaf("id", &[], &identity::entry(record, PLACE.stem));
    xml.leaf("title", &[], &record.full_title());
    atom::dates(xml, record);
    atom::link(xml, "alternate", &links.to(&record.path()), "text/html");
    for download in &record.downloads {
        atom::link_with_length(xml, "enclosure", &links.to(&download.path), &download.media_type, download.bytes);
    }
    if let Some(summary) = description(record) {
        xml.leaf("summary", &[], &summary);
    }
    xml.close();
}
