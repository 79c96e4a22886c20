//! A finished e-book read back: its page list, contents, credits, and the words after a page's anchor.

use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// An e-book's documents, by their names beside the package.
pub(crate) struct Book {
    files: BTreeMap<String, String>,
}

/// An article's line of the contents.
pub(crate) struct Entry {
    pub(crate) headline: String,
    pub(crate) document: String,
    pub(crate) folio: String,
}

fn text_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

fn has_class(node: &Node, class: &str) -> bool {
    node.attribute("class").is_some_and(|c| c.split(' ').any(|word| word == class))
}

/// The folios in "Page 4" or "Pages 4, 7".
fn folios(words: &str) -> Vec<String> {
    let numbers =
        words.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty() && !w.starts_with("Page"));
    numbers.map(str::to_owned).collect()
}

impl Book {
    pub(crate) fn read(bytes: &[u8]) -> Book {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut text = String::new();
            if name.ends_with(".xhtml") {
                entry.read_to_string(&mut text).unwrap();
                files.insert(name.rsplit('/').next().unwrap().to_owned(), text);
            }
        }
        Book { files }
    }

    fn document(&self, name: &str) -> Document<'_> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        Document::parse_with_options(&self.files[name], options).unwrap()
    }

    /// The page list: every folio and where it leads.
    pub(crate) fn page_list(&self) -> Vec<(String, String)> {
        let document = self.document("nav.xhtml");
        let list = document.descendants().find(|n| n.attribute("role") == Some("doc-pagelist")).unwrap();
        let links = list.descendants().filter(|n| n.tag_name().name() == "a");
        links.map(|a| (text_of(a), a.attribute("href").unwrap().to_owned())).collect()
    }

    /// The articles as the contents name them.
    pub(crate) fn contents(&self) -> Vec<Entry> {
        let document = self.document("contents.xhtml");
        let entries = document.descendants().filter(|n| has_class(n, "entry"));
        let read = |entry: Node| {
            let link = entry.children().find(|n| n.tag_name().name() == "a").unwrap();
            let folio = entry.children().find(|n| has_class(n, "folio")).unwrap();
            let href = link.attribute("href").unwrap().to_owned();
            Entry { headline: text_of(link), document: href, folio: folios(&text_of(folio)).concat() }
        };
        entries.map(read).collect()
    }

    /// Every credit: the pages it names and its wording.
    pub(crate) fn credits(&self) -> Vec<(Vec<String>, String)> {
        let document = self.document("credits.xhtml");
        let items = document.descendants().filter(|n| n.tag_name().name() == "li");
        let read = |item: Node| {
            let numbers = item.descendants().find(|n| has_class(n, "folio")).unwrap();
            let wording = item.children().skip_while(|n| n.tag_name().name() != "br").skip(1);
            (folios(&text_of(numbers)), wording.map(text_of).collect())
        };
        items.map(read).collect()
    }

    /// The words of a document after an anchor; nothing if the document begins with it. Pictures and captions, which
    /// float on a page, are left out.
    pub(crate) fn text_after(&self, name: &str, anchor: &str) -> Option<String> {
        let document = self.document(name);
        let here = document.descendants().find(|n| n.attribute("id") == Some(anchor)).unwrap_or_else(|| {
            panic!("{name} has no #{anchor}");
        });
        if here.parent().is_some_and(|p| p.tag_name().name() == "body") {
            return None;
        }
        let floats = |n: &Node| n.ancestors().any(|a| a.tag_name().name() == "figure");
        let after = document.descendants().filter(|n| n.is_text() && n.range().start > here.range().start);
        Some(after.filter(|n| !floats(n)).filter_map(|n| n.text()).collect())
    }
}
