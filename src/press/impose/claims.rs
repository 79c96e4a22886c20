//! What the metadata claims of tags and of archives, taken out: sheets have no tags, and nobody judged them for archives.
//!
//! Metadata without such a claim, as that of a PDF/X, keeps its bytes.

use lopdf::{Document, Object};

/// What XMP packets may unpack to, in bytes.
const LARGEST: usize = 16 << 20;
/// PDF/UA (ISO 14289-1, 5) and PDF/A (ISO 19005-2, 6.6.4) by their usual prefixes.
const PREFIXES: &[&str] = &["pdfuaid", "pdfaid"];

/// Takes the claims out of a document's metadata; what cannot be read goes as a whole.
pub(super) fn dropped(document: &mut Document) {
    let Ok(Object::Reference(id)) = document.catalog().and_then(|c| c.get(b"Metadata")) else { return };
    let id = *id;
    let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) else { return };
    let text = stream.get_plain_content_with_limit(LARGEST).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match text {
        Some(text) if PREFIXES.iter().any(|prefix| text.contains(&format!("{prefix}:"))) => {
            let text = PREFIXES.iter().fold(text, |text, prefix| without(&text, prefix));
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(text.into_bytes());
        }
        Some(_) => {}
        None => {
            if let Ok(catalog) = document.catalog_mut() {
                catalog.remove(b"Metadata");
            }
        }
    }
}

/// A packet without the properties of a prefix, as elements or as attributes.
fn without(text: &str, prefix: &str) -> String {
    let (open, attribute) = (format!("<{prefix}:"), format!("{prefix}:"));
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(&attribute) {
        let (before, from) = rest.split_at(at);
        let end = match before.ends_with('<') {
            true => element(&rest[at - 1..], &open).map(|end| (at - 1, at - 1 + end)),
            false => quoted(from).map(|end| (at, at + end)),
        };
        // What is neither stays: the declaration of the namespace, and text that mentions it.
        let (start, end) = end.unwrap_or((at + attribute.len(), at + attribute.len()));
        out.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    out + rest
}

/// The length of an element that a text begins with, its content and end included.
fn element(text: &str, open: &str) -> Option<usize> {
    let name = text.get(1..)?.split(['>', ' ', '/', '\n', '\t', '\r']).next()?;
    let head = text.find('>')? + 1;
    if !text.starts_with(open) || text[..head].ends_with("/>") {
        return text.starts_with(open).then_some(head);
    }
    let close = format!("</{name}>");
    text.find(&close).map(|at| at + close.len())
}

/// The length of an attribute `name="value"` that a text begins with.
fn quoted(text: &str) -> Option<usize> {
    let name = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))?;
    let mark = text.get(name..)?.strip_prefix('=')?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = text.get(name + 2..)?;
    Some(name + 2 + value.find(mark)? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_go_and_the_rest_stays() {
        let cases = [
            ("<a><pdfuaid:part>1</pdfuaid:part><b/></a>", "<a><b/></a>"),
            ("<d pdfuaid:part=\"1\" x='2'/>", "<d  x='2'/>"),
            ("<d xmlns:pdfuaid=\"http://x\"/>", "<d xmlns:pdfuaid=\"http://x\"/>"),
            ("<pdfuaid:part/>", ""),
            ("see pdfuaid: there", "see pdfuaid: there"),
            ("<pdfuaid:part>1", "<pdfuaid:part>1"),
            ("<pdfuaid:", "<pdfuaid:"),
            ("pdfuaid:part=\"", "pdfuaid:part=\""),
            ("<pdfuaid:ü>é</pdfuaid:ü>é", "é"),
        ];
        for (given, wanted) in cases {
            assert_eq!(without(given, "pdfuaid"), wanted, "{given}");
        }
    }
}
