//! A finished PDF read back: text with its places, page labels, bookmarks, links, and the pictures that a page draws.
//!
//! Text comes from the content streams through the fonts' ToUnicode maps, as a reader's copy command takes it.

#![allow(dead_code, unused_imports, reason = "every test that reads PDFs uses another part")]

#[path = "pdf_runs.rs"]
mod pdf_runs;
#[path = "pdf_tags.rs"]
mod pdf_tags;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
pub(crate) use pdf_runs::{Glyph, Run};
pub(crate) use pdf_tags::Marked;
use std::collections::BTreeSet;

/// A link on a page.
pub(crate) struct Link {
    /// Left, bottom, right, top in points.
    pub(crate) rect: [f32; 4],
    /// The index of the page it leads to.
    pub(crate) page: usize,
}

impl Link {
    pub(crate) fn holds(&self, run: &Run) -> bool {
        let [left, bottom, right, top] = self.rect;
        (left - 0.5..=right).contains(&run.x) && (bottom..=top).contains(&run.y)
    }
}

/// A PDF.
pub(crate) struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
}

impl Pdf {
    pub(crate) fn read(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.get_pages().into_values().collect();
        Pdf { document, pages }
    }

    fn at<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).unwrap().1
    }

    fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get(key.as_bytes()).ok().map(|o| self.at(o))
    }

    fn inside<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a Dictionary {
        self.get(dictionary, key).unwrap_or_else(|| panic!("no {key}")).as_dict().unwrap()
    }

    fn page(&self, index: usize) -> &Dictionary {
        self.document.get_dictionary(self.pages[index]).unwrap()
    }

    fn index(&self, object: &Object) -> usize {
        let id = object.as_reference().unwrap();
        self.pages.iter().position(|p| *p == id).unwrap()
    }

    /// The labels of all pages (ISO 32000-2, 12.4.2), of which only decimal ones are understood.
    pub(crate) fn labels(&self) -> Vec<String> {
        let numbers = self.inside(self.document.catalog().unwrap(), "PageLabels").get(b"Nums").unwrap();
        let numbers = numbers.as_array().unwrap();
        let ranges: Vec<(usize, &Dictionary)> = numbers
            .chunks(2)
            .map(|pair| (pair[0].as_i64().unwrap() as usize, self.at(&pair[1]).as_dict().unwrap()))
            .collect();
        let label = |page: usize| {
            let (from, range) = ranges.iter().rev().find(|(from, _)| *from <= page).unwrap();
            assert_eq!(self.get(range, "S").unwrap().as_name().unwrap(), b"D");
            let prefix = self.get(range, "P").map(|p| lopdf::decode_text_string(p).unwrap()).unwrap_or_default();
            let first = self.get(range, "St").map_or(1, |n| n.as_i64().unwrap()) as usize;
            format!("{prefix}{}", first + page - from)
        };
        (0..self.pages.len()).map(label).collect()
    }

    /// The page index of a destination (ISO 32000-2, 12.3.2), which may be a name.
    fn destination(&self, object: &Object) -> usize {
        let object = self.at(object);
        if let Ok(array) = object.as_array() {
            return self.index(&array[0]);
        }
        let name = object.as_str().or_else(|_| object.as_name()).unwrap();
        let tree = self.inside(self.inside(self.document.catalog().unwrap(), "Names"), "Dests");
        self.named(tree, name).unwrap_or_else(|| panic!("no destination {}", String::from_utf8_lossy(name)))
    }

    fn named(&self, node: &Dictionary, name: &[u8]) -> Option<usize> {
        if let Some(kids) = self.get(node, "Kids") {
            return kids.as_array().unwrap().iter().find_map(|kid| self.named(self.at(kid).as_dict().unwrap(), name));
        }
        let names = self.get(node, "Names").unwrap().as_array().unwrap();
        let pair = names.chunks(2).find(|pair| pair[0].as_str().unwrap() == name)?;
        Some(match self.at(&pair[1]) {
            Object::Dictionary(inner) => self.destination(inner.get(b"D").unwrap()),
            other => self.destination(other),
        })
    }

    /// All bookmarks with the indexes of their pages, parents before children.
    pub(crate) fn bookmarks(&self) -> Vec<(String, usize)> {
        let mut list = Vec::new();
        self.bookmarks_in(self.inside(self.document.catalog().unwrap(), "Outlines"), &mut list);
        list
    }

    fn bookmarks_in(&self, parent: &Dictionary, list: &mut Vec<(String, usize)>) {
        let mut next = self.get(parent, "First");
        while let Some(item) = next {
            let item = item.as_dict().unwrap();
            let title = lopdf::decode_text_string(self.get(item, "Title").unwrap()).unwrap();
            let target = item.get(b"Dest").or_else(|_| self.inside(item, "A").get(b"D")).unwrap();
            list.push((title, self.destination(target)));
            self.bookmarks_in(item, list);
            next = self.get(item, "Next");
        }
    }

    /// The links of a page that lead to pages.
    pub(crate) fn links(&self, page: usize) -> Vec<Link> {
        let Some(all) = self.get(self.page(page), "Annots") else { return Vec::new() };
        let mut links = Vec::new();
        for annotation in all.as_array().unwrap() {
            let annotation = self.at(annotation).as_dict().unwrap();
            let action = self.get(annotation, "A").and_then(|a| a.as_dict().unwrap().get(b"D").ok());
            let Some(target) = annotation.get(b"Dest").ok().or(action) else { continue };
            let rect = self.get(annotation, "Rect").unwrap().as_array().unwrap();
            let rect = std::array::from_fn(|i| rect[i].as_float().unwrap());
            links.push(Link { rect, page: self.destination(target) });
        }
        links
    }

    /// Where the links of a page lead that leave the file. A link that is broken over lines is there once a line.
    pub(crate) fn addresses(&self, page: usize) -> Vec<String> {
        let Some(all) = self.get(self.page(page), "Annots") else { return Vec::new() };
        let all = all.as_array().unwrap().iter().map(|a| self.at(a).as_dict().unwrap());
        let actions = all.filter_map(|a| self.get(a, "A")?.as_dict().ok()?.get(b"URI").ok());
        actions.map(|uri| String::from_utf8_lossy(self.at(uri).as_str().unwrap()).into_owned()).collect()
    }

    /// The text of a page in the order in which it is drawn; furniture such as running heads (artifacts) left out.
    pub(crate) fn text(&self, page: usize) -> Vec<Run> {
        let content = self.document.get_page_content(self.pages[page]);
        pdf_runs::read(self, &content, self.inside(self.page(page), "Resources"), false)
    }

    /// The text of a page, furniture included.
    pub(crate) fn all_text(&self, page: usize) -> Vec<Run> {
        let content = self.document.get_page_content(self.pages[page]);
        pdf_runs::read(self, &content, self.inside(self.page(page), "Resources"), true)
    }

    /// How many pages there are.
    pub(crate) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// In which direction pages follow each other, if the file says so (ISO 32000-2, 12.2): `L2R` or `R2L`.
    pub(crate) fn direction(&self) -> Option<String> {
        let preferences = self.get(self.document.catalog().unwrap(), "ViewerPreferences")?.as_dict().unwrap();
        let name = self.get(preferences, "Direction")?.as_name().unwrap();
        Some(String::from_utf8_lossy(name).into_owned())
    }

    /// The height of a page in points.
    pub(crate) fn height(&self, page: usize) -> f32 {
        let area = self.get(self.page(page), "MediaBox").unwrap().as_array().unwrap();
        area[3].as_float().unwrap() - area[1].as_float().unwrap()
    }

    /// The wordings of the credits inside the pictures (XMP) that a page really draws, a picture drawn twice once.
    pub(crate) fn credits(&self, page: usize) -> Vec<String> {
        let content = self.document.get_page_content(self.pages[page]);
        let mut images = BTreeSet::new();
        self.drawn(&content, self.inside(self.page(page), "Resources"), &mut images);
        images
            .iter()
            .filter_map(|id| credit(&self.document.get_object(*id).unwrap().as_stream().unwrap().content))
            .collect()
    }

    fn drawn(&self, content: &[u8], resources: &Dictionary, images: &mut BTreeSet<ObjectId>) {
        for Operation { operator, operands } in Content::decode(content).unwrap().operations {
            if operator != "Do" {
                continue;
            }
            let id =
                self.inside(resources, "XObject").get(operands[0].as_name().unwrap()).unwrap().as_reference().unwrap();
            let stream = self.document.get_object(id).unwrap().as_stream().unwrap();
            if stream.dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Image" {
                images.insert(id);
            } else if let Some(own) = self.get(&stream.dict, "Resources") {
                self.drawn(&stream.get_plain_content().unwrap(), own.as_dict().unwrap(), images);
            }
        }
    }
}

/// The credit in a picture's XMP packet.
fn credit(bytes: &[u8]) -> Option<String> {
    let find = |what: &[u8]| bytes.windows(what.len()).position(|w| w == what);
    let (from, to) = (find(b"<x:xmpmeta")?, find(b"</x:xmpmeta>")?);
    let packet = std::str::from_utf8(&bytes[from..to + b"</x:xmpmeta>".len()]).unwrap();
    let document = roxmltree::Document::parse(packet).unwrap();
    let node = document.descendants().find(|n| n.tag_name().name() == "Credit")?;
    Some(node.text().unwrap().to_owned())
}
