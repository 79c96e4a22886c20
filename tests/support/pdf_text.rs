//! A finished PDF read back: text with its places, page labels, bookmarks, links, and the pictures that a page draws.
//!
//! Text comes from the content streams through the fonts' ToUnicode maps, as a reader's copy command takes it. Only what
//! the edition itself contains is understood: composite fonts with two-byte codes (ISO 32000-2, 9.7 and 9.10.3).

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Text that was set in one go: a line or a part of it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) text: String,
    /// In points, from the page's lower left corner.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// The size of its type in points.
    pub(crate) size: f32,
}

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

type Matrix = [f32; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    let at = |x: usize, y: usize| a[x] * b[y] + a[x + 1] * b[y + 2];
    [at(0, 0), at(0, 1), at(2, 0), at(2, 1), at(4, 0) + b[4], at(4, 1) + b[5]]
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

    /// The text of a page in the order in which it is drawn; furniture such as running heads (artifacts) left out.
    pub(crate) fn text(&self, page: usize) -> Vec<Run> {
        let content = self.document.get_page_content(self.pages[page]);
        let mut reader = Reader { pdf: self, runs: Vec::new() };
        reader.stream(&content, self.inside(self.page(page), "Resources"), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        reader.runs
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

struct Reader<'a> {
    pdf: &'a Pdf,
    runs: Vec<Run>,
}

impl Reader<'_> {
    fn stream(&mut self, content: &[u8], resources: &Dictionary, start: Matrix) {
        let fonts = self.fonts(resources);
        let (mut matrix, mut saved, mut marks) = (start, Vec::new(), Vec::new());
        let (mut font, mut size) = (Vec::new(), 0.0);
        let mut fresh = true;
        for Operation { operator, operands } in Content::decode(content).unwrap().operations {
            let numbers = || -> Matrix { std::array::from_fn(|i| operands[i].as_float().unwrap()) };
            match operator.as_str() {
                "q" => saved.push(matrix),
                "Q" => matrix = saved.pop().unwrap(),
                "cm" => matrix = times(numbers(), matrix),
                "BMC" | "BDC" => marks.push(operands[0].as_name().unwrap() == b"Artifact"),
                "EMC" => drop(marks.pop()),
                "BT" => fresh = true,
                "Tf" => (font, size) = (operands[0].as_name().unwrap().to_vec(), operands[1].as_float().unwrap()),
                "Tm" if fresh => {
                    let [.., x, y] = times(numbers(), matrix);
                    self.runs.push(Run { text: String::new(), x, y, size });
                    fresh = false;
                }
                "Tj" | "TJ" if !marks.contains(&true) => {
                    let map = &fonts[&font];
                    self.runs.last_mut().unwrap().text.push_str(&shown(&operands, map));
                }
                "Do" => self.form(&operands, resources, matrix),
                _ => {}
            }
        }
        self.runs.retain(|r| !r.text.is_empty());
    }

    fn form(&mut self, operands: &[Object], resources: &Dictionary, matrix: Matrix) {
        let object = self.pdf.inside(resources, "XObject").get(operands[0].as_name().unwrap()).unwrap();
        let stream = self.pdf.at(object).as_stream().unwrap();
        let form = stream.dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Form";
        if let Some(own) = self.pdf.get(&stream.dict, "Resources").filter(|_| form) {
            self.stream(&stream.get_plain_content().unwrap(), own.as_dict().unwrap(), matrix);
        }
    }

    /// The fonts' ToUnicode maps, by resource name.
    fn fonts(&self, resources: &Dictionary) -> BTreeMap<Vec<u8>, BTreeMap<u16, String>> {
        let Some(fonts) = self.pdf.get(resources, "Font") else { return BTreeMap::new() };
        let map = |object: &Object| {
            let font = self.pdf.at(object).as_dict().unwrap();
            let Some(Object::Stream(stream)) = self.pdf.get(font, "ToUnicode") else { return BTreeMap::new() };
            to_unicode(&String::from_utf8_lossy(&stream.get_plain_content().unwrap()))
        };
        fonts.as_dict().unwrap().iter().map(|(name, font)| (name.clone(), map(font))).collect()
    }
}

fn shown(operands: &[Object], map: &BTreeMap<u16, String>) -> String {
    let mut text = String::new();
    let parts = operands.iter().flat_map(|o| match o {
        Object::Array(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    });
    for codes in parts.filter_map(|part| part.as_str().ok()) {
        for code in codes.chunks_exact(2) {
            text.push_str(map.get(&u16::from_be_bytes([code[0], code[1]])).map_or("", String::as_str));
        }
    }
    text
}

/// Reads the `bfchar` and `bfrange` lists of a ToUnicode map.
fn to_unicode(source: &str) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    let code = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
    let text = |hex: &str| {
        let units: Vec<u16> = hex.as_bytes().chunks(4).map(|c| code(std::str::from_utf8(c).unwrap())).collect();
        String::from_utf16(&units).unwrap()
    };
    for (begin, end, width) in [("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)] {
        for list in source.split(begin).skip(1) {
            let list = list.split(end).next().unwrap();
            assert!(!list.contains('['), "a range with a list of targets");
            let words: Vec<&str> = list.split('<').skip(1).map(|w| w.split('>').next().unwrap()).collect();
            for entry in words.chunks_exact(width) {
                let (from, to, target) = (code(entry[0]), code(entry[width - 2]), text(entry[width - 1]));
                for (step, code) in (from..=to).enumerate() {
                    let mut letters: Vec<char> = target.chars().collect();
                    let last = letters.pop().unwrap();
                    letters.push(char::from_u32(last as u32 + step as u32).unwrap());
                    map.insert(code, letters.into_iter().collect());
                }
            }
        }
    }
    map
}
