//! The tag tree of a PDF (ISO 32000-2, 14.7) as the order in which a reader's software reads the pages.

use super::Pdf;
use lopdf::{Dictionary, Object};

/// A piece of marked content in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Marked {
    /// The index of its page.
    pub(crate) page: usize,
    /// Its number there.
    pub(crate) mark: i64,
    /// The structure elements around it, outermost first: a number of its own for each, and its type.
    pub(crate) within: Vec<(usize, String)>,
}

impl Marked {
    /// The innermost element of one of these types.
    pub(crate) fn in_a(&self, types: &[&str]) -> Option<&(usize, String)> {
        self.within.iter().rev().find(|(_, kind)| types.contains(&kind.as_str()))
    }
}

impl Pdf {
    /// Everything that is tagged, in reading order.
    pub(crate) fn tagged(&self) -> Vec<Marked> {
        let root = self.inside(self.document.catalog().unwrap(), "StructTreeRoot");
        let mut walk = Walk { pdf: self, count: 0, within: Vec::new(), list: Vec::new() };
        walk.kids(root, None);
        walk.list
    }

    /// The alternative texts of all structure elements, in no order.
    pub(crate) fn alternatives(&self) -> Vec<String> {
        let objects = self.document.objects.values().filter_map(|o| o.as_dict().ok());
        let elements = objects.filter(|d| d.has(b"S") && d.has(b"P") && d.has(b"Alt"));
        elements.map(|d| lopdf::decode_text_string(self.get(d, "Alt").unwrap()).unwrap()).collect()
    }
}

struct Walk<'a> {
    pdf: &'a Pdf,
    count: usize,
    within: Vec<(usize, String)>,
    list: Vec<Marked>,
}

impl<'a> Walk<'a> {
    fn kids(&mut self, element: &'a Dictionary, page: Option<usize>) {
        match self.pdf.get(element, "K") {
            Some(Object::Array(kids)) => kids.iter().for_each(|kid| self.kid(self.pdf.at(kid), page)),
            Some(kid) => self.kid(kid, page),
            None => {}
        }
    }

    fn kid(&mut self, kid: &'a Object, page: Option<usize>) {
        if let Ok(mark) = kid.as_i64() {
            return self.list.push(Marked { page: page.unwrap(), mark, within: self.within.clone() });
        }
        let element = kid.as_dict().unwrap();
        let page = element.get(b"Pg").ok().map(|p| self.pdf.index(p)).or(page);
        if let Some(mark) = self.pdf.get(element, "MCID") {
            let mark = mark.as_i64().unwrap();
            self.list.push(Marked { page: page.unwrap(), mark, within: self.within.clone() });
        } else if let Some(kind) = self.pdf.get(element, "S") {
            self.count += 1;
            self.within.push((self.count, String::from_utf8_lossy(kind.as_name().unwrap()).into_owned()));
            self.kids(element, page);
            self.within.pop();
        }
    }
}
