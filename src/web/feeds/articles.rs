//! `feeds/articles.xml`: an Atom entry for each article of the newest issues (RFC 4287).
//!
//! The page of an article is its text, so an entry links there and holds a summary alone (section 4.1.2). A sponsor stands
//! first in the summary: a paid article is never shown as another.

use super::atom::{self, Head, MEDIA_TYPE};
use super::links::Links;
use super::xml::Xml;
use super::{ARCHIVE, identity, newest_change, words};
use crate::web::record::{Article, File, Publication, Record};

const PATH: &str = "feeds/articles.xml";

/// The feed of articles.
pub(super) fn feed(publication: &Publication, records: &[&Record]) -> File {
    let links = Links::of(PATH, publication);
    let mut xml = Xml::new();
    let updated = newest_change(records);
    atom::open(&mut xml, publication, &Head { path: PATH, title: &publication.title, updated, namespaces: &[] });
    atom::link(&mut xml, "self", &links.to(PATH), MEDIA_TYPE);
    atom::link(&mut xml, "alternate", &links.to(ARCHIVE), "text/html");
    for record in records {
        for (index, article) in record.articles.iter().enumerate() {
            entry(&mut xml, record, article, section(record, index), &links);
        }
    }
    File::text(PATH, xml.finish())
}

fn entry(xml: &mut Xml, record: &Record, article: &Article, section: Option<&str>, links: &Links) {
    xml.open("entry", &[("xml:lang", &article.language)]);
    xml.leaf("id", &[], &identity::article(record, article));
    xml.leaf("title", &[], &article.headline);
    atom::dates(xml, record);
    for name in named(article) {
        atom::person(xml, name, None);
    }
    if let Some(section) = section {
        xml.empty("category", &[("term", section)]);
    }
    atom::link(xml, "alternate", &links.to(&article.path), "text/html");
    if let Some(summary) = summary(article) {
        xml.leaf("summary", &[], &summary);
    }
    xml.close();
}

/// The section that an article is in.
pub(super) fn section(record: &Record, article: usize) -> Option<&str> {
    let section = record.sections.iter().find(|s| s.articles.contains(&article))?;
    Some(section.title.trim()).filter(|t| !t.is_empty())
}

/// Who wrote it.
pub(super) fn named(article: &Article) -> impl Iterator<Item = &str> {
    article.authors.iter().map(|name| name.trim()).filter(|name| !name.is_empty())
}

/// "Sponsored by Northbank Nurseries · Standfirst".
pub(super) fn summary(article: &Article) -> Option<String> {
    let sponsor = article.sponsor.as_ref().map(|name| words(&article.language).sponsored_by(name));
    let parts: Vec<String> = sponsor.into_iter().chain(article.standfirst.clone()).collect();
    if parts.is_empty() { None } else { Some(parts.join(" · ")) }
}
