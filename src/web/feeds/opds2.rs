//! The OPDS 2.0 catalogue (<https://specs.opds.io/opds-2.0>), media type `application/opds+json`.
//!
//! Each publication is an issue that can be downloaded. Relations are those of OPDS 1.x, which the published schema and
//! older programs know too (section 5.3).

use super::links::Links;
use super::paging::{PER_PAGE, Page, Place, Year};
use super::{ARCHIVE, identity, json, newest_change};
use crate::web::record::{File, Publication, Record};
use serde_json::{Value, json};

const FEED: &str = "application/opds+json";
const OPEN_ACCESS: &str = "http://opds-spec.org/acquisition/open-access";
const PLACE: Place = Place { stem: "feeds/opds2", extension: ".json" };

/// All issues that can be downloaded; beyond 50, in several files and by year.
pub(super) fn catalogue(publication: &Publication, records: &[&Record]) -> Vec<File> {
    let years = PLACE.years(records);
    let mut files: Vec<File> = PLACE.pages(records).iter().map(|p| feed(publication, p, None, &years)).collect();
    for year in &years {
        files.extend(PLACE.pages_of_year(year).iter().map(|p| feed(publication, p, Some(year), &[])));
    }
    files
}

/// One feed (section 2): metadata, links, years to browse on the first one (section 2.1), publications (section 2.2).
fn feed(publication: &Publication, page: &Page, year: Option<&Year>, years: &[Year]) -> File {
    let path = page.path();
    let links = Links::of(path, publication);
    let title = match year {
        Some(year) => format!("{} {}", publication.title, year.name),
        None => publication.title.clone(),
    };
    let paged = page.paths.len() > 1;
    let document = json!({
        "metadata": {
            "title": title,
            "identifier": identity::feed(publication, path),
            "description": publication.tagline,
            "modified": newest_change(page.records),
            "numberOfItems": page.total,
            "itemsPerPage": paged.then_some(PER_PAGE),
            "currentPage": paged.then_some(page.index + 1),
        },
        "links": feed_links(page, year.is_some(), &links),
        "navigation": if page.index == 0 { navigation(years, &links) } else { Vec::new() },
        "publications": page.records.iter().map(|r| entry(r, &links)).collect::<Vec<_>>(),
    });
    json::file(path, document)
}

/// A feed names itself (section 1.1), the catalogue's root, and its neighbours (section 4).
fn feed_links(page: &Page, of_year: bool, links: &Links) -> Vec<Value> {
    let root = PLACE.root();
    let mut found = vec![("self", page.path()), ("start", root.as_str())];
    if of_year {
        found.push(("up", root.as_str()));
    }
    found.extend(page.neighbours());
    let mut list: Vec<Value> = found.into_iter().map(|(rel, path)| json::link(rel, &links.to(path), FEED)).collect();
    list.push(json::link("alternate", &links.to(ARCHIVE), "text/html"));
    list
}

fn navigation(years: &[Year], links: &Links) -> Vec<Value> {
    let entry = |year: &Year| {
        let properties = json!({ "numberOfItems": year.records.len() });
        let href = links.to(&year.path);
        json!({ "title": year.name, "rel": "subsection", "href": href, "type": FEED, "properties": properties })
    };
    years.iter().map(entry).collect()
}

/// A publication (section 5.1): it points at itself as a Readium Web Publication, and at what can be downloaded.
fn entry(record: &Record, links: &Links) -> Value {
    let own = links.to(&super::manifest::path(record));
    let mut list = vec![
        json::link("self", &own, super::manifest::MEDIA_TYPE),
        json::link("alternate", &links.to(&record.path()), "text/html"),
    ];
    list.extend(record.downloads.iter().map(|d| json::download(OPEN_ACCESS, d, links)));
    let images: Vec<Value> = record.cover.images.iter().map(|i| json::image(None, i, links)).collect();
    json!({ "metadata": json::issue_metadata(record), "links": list, "images": images })
}
