//! XMP in every spelling that RDF allows: properties as attributes or elements, simple or in containers, structures as nested
//! descriptions, with `parseType` or as attributes (ISO 16684-1:2019, 7).

use super::{Embedded, said};
use roxmltree::{Document, Node, ParsingOptions};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";

/// The longest packet that is read, in bytes.
const LONGEST: usize = 2 << 20;

/// The first XMP packet in a file's bytes, whatever its format: packets are never compressed but for that purpose.
pub(super) fn packet(bytes: &[u8]) -> Option<&str> {
    let find = |from: usize, what: &[u8]| memchr(&bytes[from..], what).map(|at| from + at);
    let start = find(0, b"<x:xmpmeta").or_else(|| find(0, b"<rdf:RDF"))?;
    let closing: &[u8] = if bytes[start..].starts_with(b"<x:") { b"</x:xmpmeta>" } else { b"</rdf:RDF>" };
    let within = bytes.len().min(start + LONGEST);
    let end = start + memchr(&bytes[start..within], closing)? + closing.len();
    std::str::from_utf8(&bytes[start..end]).ok()
}

fn memchr(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == first) {
        if bytes[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// What a packet says. A document type declaration is refused: nothing is expanded.
pub(super) fn read(packet: &str) -> Embedded {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 100_000, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(packet, options) else { return Embedded::default() };
    let about = |n: &Node| n.tag_name().namespace() == Some(RDF) && n.tag_name().name() == "RDF";
    let subjects: Vec<Node> =
        document.descendants().filter(about).flat_map(|rdf| rdf.children().filter(Node::is_element)).collect();
    let list =
        |namespace: &str, name: &str| subjects.iter().map(|s| values(*s, namespace, name)).find(|v| !v.is_empty());
    let one = |namespace: &str, name: &str| list(namespace, name).and_then(|v| v.into_iter().next());
    Embedded {
        creators: list(DC, "creator").unwrap_or_default(),
        credit: one(PHOTOSHOP, "Credit"),
        notice: one(DC, "rights"),
        usage_terms: one(RIGHTS, "UsageTerms"),
        web_statement: one(RIGHTS, "WebStatement"),
        licensor: subjects.iter().find_map(|s| licensor(*s)),
        source: one(PHOTOSHOP, "Source"),
        created: one(PHOTOSHOP, "DateCreated"),
        caption: one(DC, "description"),
        alt: one(CORE, "AltTextAccessibility"),
        described: one(CORE, "ExtDescrAccessibility"),
        source_type: one(EXT, "DigitalSourceType"),
    }
}

fn is(node: &Node, namespace: &str, name: &str) -> bool {
    node.is_element() && node.tag_name().namespace() == Some(namespace) && node.tag_name().name() == name
}

/// The values of a property of a description: of an alternative the default language's first.
fn values(subject: Node, namespace: &str, name: &str) -> Vec<String> {
    if let Some(text) = subject.attribute((namespace, name)).and_then(said) {
        return vec![text];
    }
    let properties = subject.children().filter(|n| is(n, namespace, name));
    properties.flat_map(values_of).collect()
}

/// The values that a property element holds.
fn values_of(property: Node) -> Vec<String> {
    if let Some(address) = property.attribute((RDF, "resource")).and_then(said) {
        return vec![address];
    }
    let container = property.children().find(|n| ["Seq", "Bag", "Alt"].iter().any(|c| is(n, RDF, c)));
    let Some(container) = container else {
        // A value with qualifiers stands in `rdf:value`.
        let inner = property.descendants().find(|n| is(n, RDF, "value"));
        return said(&text_of(inner.unwrap_or(property))).into_iter().collect();
    };
    let mut items: Vec<Node> = container.children().filter(|n| is(n, RDF, "li")).collect();
    let lang = |n: &Node| n.attribute(("http://www.w3.org/XML/1998/namespace", "lang")) != Some("x-default");
    if container.tag_name().name() == "Alt" {
        items.sort_by_key(lang);
    }
    let value = |n: &Node| n.attribute((RDF, "resource")).map_or_else(|| text_of(*n), str::to_owned);
    items.iter().filter_map(|n| said(&value(n))).collect()
}

fn text_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

/// The name of the first licensor, a structure in a list.
fn licensor(subject: Node) -> Option<String> {
    let property = subject.children().find(|n| is(n, PLUS, "Licensor"))?;
    let inside = |n: Node| n.attribute((PLUS, "LicensorName")).map(str::to_owned);
    let found = property.descendants().find_map(|n| match is(&n, PLUS, "LicensorName") {
        true => Some(text_of(n)),
        false => inside(n),
    });
    said(&found?)
}
