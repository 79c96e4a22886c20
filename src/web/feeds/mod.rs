//! Feeds and catalogues: what tells readers' programs, and search engines, which issues there are and what is in them.
//!
//! Pure functions of the records, newest issue first, without those under embargo. Everything that an author wrote is
//! escaped; identifiers come from names alone, so that a feed that moves house keeps its subscribers' marks.
//!
//! | file | format |
//! |---|---|
//! | `feeds/opds2.json` | OPDS 2.0 catalogue of all issues |
//! | `feeds/opds.xml` | OPDS 1.2 catalogue of all issues |
//! | `feeds/issues.xml` | Atom, an entry an issue |
//! | `feeds/articles.xml`, `feeds/articles.json` | Atom and JSON Feed 1.1, an entry an article of the newest issues |
//! | `sitemap.xml`, `robots.txt` | for search engines; only where the site's address is known |
//! | `issues/NAME/manifest.json` | Readium Web Publication Manifest of an issue ([`manifest`]) |
//! | `latest.json` | the newest issue in few words ([`latest`]) |
//!
//! Lists of more than 50 issues go on in `feeds/opds2/page-2.json` and so on; the two catalogues have a list a year too.

mod articles;
mod atom;
mod identity;
mod issues;
mod json;
mod json_feed;
mod latest;
mod links;
mod manifest;
mod opds1;
mod opds2;
mod paging;
mod sitemap;
#[cfg(test)]
mod test_records;
#[cfg(test)]
mod tests;
mod xml;

pub use latest::latest;
pub use manifest::manifest;

use crate::web::record::{File, Publication, Record};
use crate::words::Words;

/// Articles of so many of the newest issues are in the feeds of articles.
const ISSUES_OF_ARTICLES: usize = 6;

/// Where the archive of all issues is: the site's first page.
const ARCHIVE: &str = "";

/// Every feed and catalogue of the site; nothing where there is no issue.
///
/// The newest record says what the publication is called and where the site stands.
pub fn feeds(records: &[Record]) -> Vec<File> {
    let Some(newest) = records.first() else { return Vec::new() };
    // A catalogue lists what can be had (OPDS 1.2 section 5, OPDS 2.0 section 5.1).
    let had: Vec<&Record> = records.iter().filter(|r| !r.downloads.is_empty()).collect();
    let all: Vec<&Record> = records.iter().collect();
    let recent = all.get(..ISSUES_OF_ARTICLES).unwrap_or(&all);
    let publication = &newest.publication;
    let mut files = opds2::catalogue(publication, &had);
    files.extend(opds1::catalogue(publication, &had));
    files.extend(issues::feed(publication, &all));
    files.push(articles::feed(publication, recent));
    files.push(json_feed::feed(publication, recent));
    files.extend(sitemap::sitemap(publication, &all));
    files
}

/// When the newest of them was changed. RFC 3339 in UTC sorts as text.
fn newest_change<'a>(records: &[&'a Record]) -> &'a str {
    records.iter().map(|r| r.modified.as_str()).max().unwrap_or_default()
}

/// The day of issue as the moment at which it begins, RFC 3339.
fn published(record: &Record) -> String {
    format!("{}T00:00:00Z", record.date)
}

/// The fixed words of a language.
fn words(language: &str) -> &'static Words {
    Words::for_language(language).0
}

/// "Common Ground, November 2026", as the e-book of the issue is called.
fn issue_title(record: &Record) -> String {
    format!("{}{}{}", record.publication.title, words(&record.publication.language).comma, record.label)
}

/// What is in an issue: its cover lines, else the line under the nameplate.
fn description(record: &Record) -> Option<String> {
    let words = words(&record.publication.language);
    let line = |(big, small): &(String, Option<String>)| match small {
        Some(small) => words.labelled(big, small),
        None => big.clone(),
    };
    let lines: Vec<String> = record.cover.lines.iter().map(line).filter(|l| !l.trim().is_empty()).collect();
    if lines.is_empty() { record.publication.tagline.clone() } else { Some(lines.join(" · ")) }
}

/// Everybody who wrote in an issue, each once, in order.
fn authors(record: &Record) -> Vec<&str> {
    let mut list: Vec<&str> = Vec::new();
    for name in record.articles.iter().flat_map(|a| &a.authors).map(|name| name.trim()) {
        if !name.is_empty() && !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

/// Who publishes: the publisher, else the publication itself.
fn publisher(publication: &Publication) -> &str {
    publication.publisher.as_deref().unwrap_or(&publication.title)
}
