//! A writer of small XML documents: elements in, indented text out.
//!
//! Whatever text it is given, the result is well-formed XML 1.0: see [`crate::xhtml::text`].

use crate::xhtml::{attribute, text};

/// A document that is being written.
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    pub(super) fn new() -> Xml {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element that holds others.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the innermost element that is open.
    pub(super) fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.indent();
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// An element that holds text.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes, value: &str) {
        self.tag(name, attributes);
        self.out.push_str(&format!(">{}</{name}>\n", text(value)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push_str("/>\n");
    }

    /// Closes what is open.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes) {
        self.indent();
        self.out.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            self.out.push_str(&format!(" {key}=\"{}\"", attribute(value)));
        }
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text_and_every_element_is_closed() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"<&\u{0}")]);
        xml.open("c", &[]);
        xml.leaf("d", &[], "</d>\u{1B}&");
        xml.empty("e", &[]);
        let body = "<a b=\"&quot;&lt;&amp;\">\n  <c>\n    <d>&lt;/d&gt;&amp;</d>\n    <e/>\n  </c>\n</a>\n";
        assert_eq!(xml.finish(), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"));
    }
}
