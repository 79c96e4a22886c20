//! The OPDS 1.2 catalogue (<https://specs.opds.io/opds-1.2>): acquisition feeds in Atom.
//!
//! The root is an acquisition feed itself, as section 2.3 has it for a simple catalogue; years are facets (section 4), since an
//! acquisition feed must hold no navigation. Every entry is a complete one (section 5.1.2).

use super::atom::{self, Head};
use super::links::Links;
use super::paging::{Page, Place, Year};
use super::xml::Xml;
use super::{ARCHIVE, authors, description, identity, issue_title, newest_change};
use crate::web::record::{File, Image, Publication, Record};

/// Section 7.1.3.
const ACQUISITION: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const OPEN_ACCESS: &str = "http://opds-spec.org/acquisition/open-access";
const FACET: &str = "http://opds-spec.org/facet";
const PLACE: Place = Place { stem: "feeds/opds", extension: ".xml" };
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:dc", "http://purl.org/dc/terms/"),
    ("xmlns:opds", "http://opds-spec.org/2010/catalog"),
    ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
];

/// All issues that can be downloaded; beyond 50, in several files and by year.
pub(super) fn catalogue(publication: &Publication, records: &[&Record]) -> Vec<File> {
    let years = PLACE.years(records);
    let mut files: Vec<File> = PLACE.pages(records).iter().map(|p| feed(publication, p, None, &years)).collect();
    for year in &years {
        files.extend(PLACE.pages_of_year(year).iter().map(|p| feed(publication, p, Some(year), &years)));
    }
    files
}

/// One feed (section 2.3).
fn feed(publication: &Publication, page: &Page, year: Option<&Year>, years: &[Year]) -> File {
    let path = page.path();
    let links = Links::of(path, publication);
    let title = match year {
        Some(year) => format!("{} {}", publication.title, year.name),
        None => publication.title.clone(),
    };
    let mut xml = Xml::new();
    let head = Head { path, title: &title, updated: newest_change(page.records), namespaces: NAMESPACES };
    atom::open(&mut xml, publication, &head);
    feed_links(&mut xml, page, &links);
    for other in years {
        facet(&mut xml, other, year.is_some_and(|year| year.name == other.name), &links);
    }
    for record in page.records {
        entry(&mut xml, record, &links);
    }
    File::text(path, xml.finish())
}

/// A feed names itself (section 2.6), the catalogue's root (section 2.1) and its neighbours (section 2.4).
fn feed_links(xml: &mut Xml, page: &Page, links: &Links) {
    atom::link(xml, "self", &links.to(page.path()), ACQUISITION);
    atom::link(xml, "start", &links.to(&PLACE.root()), ACQUISITION);
    for (rel, path) in page.neighbours() {
        atom::link(xml, rel, &links.to(path), ACQUISITION);
    }
    atom::link(xml, "alternate", &links.to(ARCHIVE), "text/html");
}

/// A year (section 4), with how many issues it has; the one that is shown is the active one.
fn facet(xml: &mut Xml, year: &Year, active: bool, links: &Links) {
    let (href, count) = (links.to(&year.path), year.records.len().to_string());
    let mut attributes = vec![("rel", FACET), ("href", &href), ("type", ACQUISITION), ("title", year.name)];
    if active {
        attributes.push(("opds:activeFacet", "true"));
    }
    attributes.push(("thr:count", &count));
    xml.empty("link", &attributes);
}

/// An issue (section 5).
fn entry(xml: &mut Xml, record: &Record, links: &Links) {
    let publication = &record.publication;
    xml.open("entry", &[]);
    xml.leaf("id", &[], &identity::entry(record, PLACE.stem));
    let title = match &record.title {
        Some(title) => format!("{} · {title}", issue_title(record)),
        None => issue_title(record),
    };
    xml.leaf("title", &[], &title);
    atom::dates(xml, record);
    for name in authors(record) {
        atom::person(xml, name, None);
    }
    atom::rights(xml, publication);
    dublin_core(xml, record);
    if let Some(summary) = description(record) {
        // Section 5.1.3: plain text alone.
        xml.leaf("summary", &[("type", "text")], &summary);
    }
    artwork(xml, record, links);
    for download in &record.downloads {
        atom::link_with_length(xml, OPEN_ACCESS, &links.to(&download.path), &download.media_type, download.bytes);
    }
    atom::link(xml, "alternate", &links.to(&record.path()), "text/html");
    xml.close();
}

/// What Atom has no element for (section 5.1.1).
fn dublin_core(xml: &mut Xml, record: &Record) {
    let publication = &record.publication;
    xml.leaf("dc:identifier", &[], &identity::issue(record));
    if let Some(publisher) = &publication.publisher {
        xml.leaf("dc:publisher", &[], publisher);
    }
    xml.leaf("dc:language", &[], &publication.language);
    xml.leaf("dc:issued", &[], &record.date);
    if let Some(series) = identity::serial(publication) {
        xml.leaf("dc:isPartOf", &[], &series);
    }
}

/// The widest cover and, as its thumbnail, the narrowest; GIF, JPEG or PNG (section 5.2.2).
fn artwork(xml: &mut Xml, record: &Record, links: &Links) {
    let allowed = |i: &&Image| matches!(i.media_type.as_str(), "image/gif" | "image/jpeg" | "image/png");
    let covers: Vec<&Image> = record.cover.images.iter().filter(allowed).collect();
    let (Some(narrowest), Some(widest)) = (covers.first(), covers.last()) else { return };
    atom::link(xml, "http://opds-spec.org/image", &links.to(&widest.path), &widest.media_type);
    atom::link(xml, "http://opds-spec.org/image/thumbnail", &links.to(&narrowest.path), &narrowest.media_type);
}
