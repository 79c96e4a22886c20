//! An issue as a Readium Web Publication (<https://readium.org/webpub-manifest/>), media type `application/webpub+json`.
//!
//! It conforms to no profile: that of EPUB admits XHTML alone (its section 2), and the articles are served as HTML. The
//! page list is that profile's (section 4), which every program may use.

use super::links::Links;
use super::{json, words};
use crate::web::record::{Article, File, Record};
use serde_json::{Value, json};

/// Section 4.
pub(super) const MEDIA_TYPE: &str = "application/webpub+json";
const HTML: &str = "text/html";

/// Where an issue's manifest is.
pub(super) fn path(record: &Record) -> String {
    format!("{}manifest.json", record.path())
}

/// `issues/NAME/manifest.json`.
pub fn manifest(record: &Record) -> File {
    let path = path(record);
    let links = Links::of(&path, &record.publication);
    let document = json!({
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": json::issue_metadata(record),
        "links": own_links(record, &path, &links),
        "readingOrder": reading_order(record, &links),
        "resources": resources(record, &links),
        "toc": contents(record, &links),
        "pageList": page_list(record, &links),
    });
    json::file(path, document)
}

/// Section 2.3: the manifest's own address is an absolute one, or is not given.
fn own_links(record: &Record, path: &str, links: &Links) -> Vec<Value> {
    let mut list: Vec<Value> = links.absolute(path).iter().map(|own| json::link("self", own, MEDIA_TYPE)).collect();
    list.push(json::link("alternate", &links.to(&record.path()), HTML));
    list.extend(record.downloads.iter().map(|d| json::download("alternate", d, links)));
    list
}

/// The articles; an issue without any is its landing page, since there must be something to read (section 2.1).
fn reading_order(record: &Record, links: &Links) -> Vec<Value> {
    if record.articles.is_empty() {
        return vec![json!({ "href": links.to(&record.path()), "type": HTML, "title": record.full_title() })];
    }
    record.articles.iter().map(|a| article(a, links)).collect()
}

fn article(article: &Article, links: &Links) -> Value {
    json!({ "href": links.to(&article.path), "type": HTML, "title": article.headline, "language": article.language })
}

/// What belongs to the publication beside its texts: covers (section 7), the printed pages on screen, the style sheet.
fn resources(record: &Record, links: &Links) -> Vec<Value> {
    let mut list: Vec<Value> =
        record.cover.images.iter().map(|image| json::image(Some("cover"), image, links)).collect();
    list.push(json!({ "href": links.to(&record.pages_path()), "type": HTML }));
    if !record.style.sheet.is_empty() {
        list.push(json!({ "href": links.to(&record.style.sheet), "type": "text/css" }));
    }
    list
}

/// The table of contents (section 6), by section; a section leads to its first article.
fn contents(record: &Record, links: &Links) -> Vec<Value> {
    let mut list = Vec::new();
    for section in &record.sections {
        let articles: Vec<&Article> = section.articles.iter().filter_map(|i| record.articles.get(*i)).collect();
        let children = articles.iter().map(|a| json!({ "href": links.to(&a.path), "title": a.headline }));
        match articles.first() {
            Some(first) if !section.title.trim().is_empty() => {
                let children: Vec<Value> = children.collect();
                list.push(json!({ "href": links.to(&first.path), "title": section.title, "children": children }));
            }
            _ => list.extend(children),
        }
    }
    list
}

/// The printed pages (the profile for EPUB, section 4): a folio leads to that page on screen.
fn page_list(record: &Record, links: &Links) -> Vec<Value> {
    let words = words(&record.publication.language);
    let pages = record.pages_path();
    let page = |folio: &String| {
        let href = links.to_fragment(&pages, &format!("page={folio}"));
        json!({ "href": href, "type": HTML, "title": words.page_number(folio) })
    };
    record.folios.iter().map(page).collect()
}
