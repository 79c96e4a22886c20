//! `feeds/articles.json`: the articles of the newest issues as a JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
//!
//! The same articles with the same identifiers as the Atom feed has. The feed's own address and the site's are
//! what a feed is known by, so they are absolute or left out.

use super::articles::{named, section, summary};
use super::links::{Links, site, web_address};
use super::{identity, json, published, publisher};
use crate::web::record::{Article, File, Publication, Record};
use serde_json::{Value, json};

const PATH: &str = "feeds/articles.json";

/// The feed of articles ("Top-level").
pub(super) fn feed(publication: &Publication, records: &[&Record]) -> File {
    let links = Links::of(PATH, publication);
    let articles = records.iter().flat_map(|r| r.articles.iter().enumerate().map(move |(i, a)| (*r, i, a)));
    let items: Vec<Value> = articles.map(|(record, index, article)| item(record, index, article, &links)).collect();
    let website = publication.website.as_deref().and_then(web_address);
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": publication.title,
        "home_page_url": site(publication),
        "feed_url": links.absolute(PATH),
        "description": publication.tagline,
        "language": publication.language,
        "authors": [{ "name": publisher(publication), "url": website }],
        "items": items,
    });
    json::file(PATH, document)
}

/// An article ("Items"). There must be a content; its summary stands for it, else its headline.
fn item(record: &Record, index: usize, article: &Article, links: &Links) -> Value {
    let summary = summary(article);
    json!({
        "id": identity::article(record, article),
        "url": links.to(&article.path),
        "title": article.headline,
        "content_text": summary.as_ref().unwrap_or(&article.headline),
        "summary": summary,
        "image": article.image.as_ref().map(|image| links.to(&image.path)),
        "date_published": published(record),
        "date_modified": record.modified,
        "authors": named(article).map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "tags": section(record, index).into_iter().collect::<Vec<_>>(),
        "language": article.language,
    })
}
