//! An SVG examined before any edition carries it: nothing that runs, nothing from elsewhere, a size.
//!
//! Positions are those of the text as the sources register it: without byte-order mark, line ends made `\n`.

use super::{Fault, Format};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most bytes of an SVG.
const LARGEST: usize = 20 << 20;
/// The most nodes.
const NODES: u32 = 400_000;
/// The deepest nesting of elements, and the longest chain of `use`.
const DEEPEST: usize = 200;
/// The most elements that `use` may unfold to.
const UNFOLDED: u64 = 200_000;

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const EXPORT: &str = "open it in the program that made it and export it as plain SVG";

/// Whether a file is XML that names SVG near its beginning.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(65_536)]);
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let page = head.get(..15).is_some_and(|h| h.eq_ignore_ascii_case("<!doctype html>")) || head.starts_with("<html");
    !page && (head.starts_with('<') && head.contains("<svg") || wide && head.replace('\0', "").contains("<svg"))
        || head.starts_with("<?xml") && head.contains(":svg")
}

/// Width and height in points, if the SVG is safe.
pub(super) fn size(bytes: &[u8]) -> Result<(f64, f64), Fault> {
    if bytes.len() > LARGEST {
        return Err(Fault::TooLarge { width: 0, height: 0 });
    }
    let text = normal(bytes)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..Default::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| unreadable(&text, &error))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        let what = "its first element is no `svg` of the namespace `http://www.w3.org/2000/svg`";
        return Err(Fault::SvgSyntax { what: what.to_owned(), at: head_of(&text, root) });
    }
    examine(&document, &text)?;
    unfold(&document, &text)?;
    measure(root).ok_or_else(|| Fault::SvgSyntax {
        what: "it has neither a `width` and a `height` nor a `viewBox`".to_owned(),
        at: head_of(&text, root),
    })
}

/// The text as the sources register it.
fn normal(bytes: &[u8]) -> Result<String, Fault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::SvgSyntax {
        what: "it is not UTF-8".to_owned(),
        at: error.valid_up_to()..error.valid_up_to(),
    })?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn unreadable(text: &str, error: &roxmltree::Error) -> Fault {
    use roxmltree::Error;
    match error {
        Error::DtdDetected | Error::UnknownEntityReference(..) | Error::EntityReferenceLoop(_) => {
            let start = text.find("<!DOCTYPE").or_else(|| text.find("<!doctype")).unwrap_or_else(|| place(text, error));
            let end = text[start..].find(['>', '[', '\n']).map_or(text.len(), |at| start + at + 1);
            Fault::SvgUnsafe {
                what: "a document type or entities".to_owned(),
                remedy: "delete the line that begins with `<!DOCTYPE`, or export it again as plain SVG".to_owned(),
                at: start..end,
            }
        }
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => Fault::SvgUnsafe {
            what: "more elements than can be opened safely".to_owned(),
            remedy: "simplify the drawing, or save it as a PNG".to_owned(),
            at: 0..0,
        },
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream | Error::NoRootNode => Fault::Truncated(Format::Svg),
        _ => {
            let at = place(text, error);
            let what = error.to_string();
            // The place is said by the finding itself.
            let what = what.rsplit_once(" at ").map_or(what.as_str(), |(what, _)| what).to_owned();
            Fault::SvgSyntax { what, at: at..(at + 1).min(text.len()) }
        }
    }
}

/// The byte of an error's row and column (in characters).
fn place(text: &str, error: &roxmltree::Error) -> usize {
    let pos = error.pos();
    let row = pos.row.saturating_sub(1) as usize;
    let start = if row == 0 { 0 } else { text.match_indices('\n').nth(row - 1).map_or(text.len(), |(at, _)| at + 1) };
    text[start..].char_indices().nth(pos.col.saturating_sub(1) as usize).map_or(text.len(), |(at, _)| start + at)
}

/// The start tag of an element.
fn head_of(text: &str, node: Node) -> Range<usize> {
    let range = node.range();
    let end = text[range.clone()].find(['\n', '>']).map_or(range.end, |at| range.start + at + 1);
    range.start..end
}

fn refuse<T>(what: impl Into<String>, remedy: &str, at: Range<usize>) -> Result<T, Fault> {
    Err(Fault::SvgUnsafe { what: what.into(), remedy: remedy.to_owned(), at })
}

fn examine(document: &Document, text: &str) -> Result<(), Fault> {
    let mut depths = vec![0usize; 1];
    for node in document.descendants() {
        if node.is_pi() && node.pi().is_some_and(|pi| pi.target.starts_with("xml-stylesheet")) {
            return refuse("a style sheet from elsewhere", EXPORT, node.range());
        }
        if !node.is_element() {
            continue;
        }
        let depth = node.parent_element().map_or(0, |p| depths.get(p.id().get_usize()).copied().unwrap_or(0)) + 1;
        depths.resize(node.id().get_usize() + 1, 0);
        depths[node.id().get_usize()] = depth;
        if depth > DEEPEST {
            return refuse(
                "elements nested too deeply",
                "simplify the drawing, or save it as a PNG",
                head_of(text, node),
            );
        }
        element(node, text)?;
        for attribute in node.attributes() {
            self::attribute(node, attribute, text)?;
        }
    }
    Ok(())
}

fn element(node: Node, text: &str) -> Result<(), Fault> {
    let name = node.tag_name().name();
    let at = || head_of(text, node);
    if node.tag_name().namespace() == Some(HTML) {
        return refuse(format!("HTML (`{name}`)"), EXPORT, at());
    }
    match name.to_ascii_lowercase().as_str() {
        "script" | "handler" | "listener" => refuse("a script", EXPORT, at()),
        "foreignobject" | "iframe" | "embed" | "object" | "audio" | "video" | "canvas" => {
            refuse(format!("foreign content (`{name}`)"), EXPORT, at())
        }
        "animate" | "animatetransform" | "animatemotion" | "animatecolor" | "set" | "discard" => refuse(
            format!("an animation (`{name}`)"),
            "export a still version: paper and readers show one moment",
            at(),
        ),
        "style" => {
            let css: String = node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
            style(&css, at())
        }
        _ => Ok(()),
    }
}

fn attribute(node: Node, attribute: roxmltree::Attribute, text: &str) -> Result<(), Fault> {
    let at = attribute.range();
    let (name, value) = (attribute.name(), attribute.value().trim());
    if name.len() > 2 && name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("on")) {
        return refuse(format!("a script (in the attribute `{name}`)"), EXPORT, at);
    }
    if name == "base" && attribute.namespace().is_some() {
        return refuse("an address that its references are relative to", EXPORT, at);
    }
    // Only names in other namespaces than SVG's mean something to the drawing program alone.
    let drawn = node.tag_name().namespace() == Some(SVG);
    if drawn && (name == "href" || name == "src") && !is_inner(value) {
        let what = format!("a reference to something outside itself (`{}`)", shortened(value));
        let remedy = if node.tag_name().name() == "image" {
            "embed the picture in the program that made the drawing, and export it again"
        } else {
            "take the reference out: a link belongs in the manifest or the article"
        };
        return refuse(what, remedy, at);
    }
    let _ = text;
    style(value, at)
}

/// Whether a reference stays inside the file: a fragment, or a bitmap in its own bytes.
fn is_inner(value: &str) -> bool {
    let compact: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let lower = compact.get(..24).unwrap_or(&compact).to_ascii_lowercase();
    compact.is_empty()
        || compact.starts_with('#')
        || ["data:image/png;", "data:image/jpeg;", "data:image/jpg;"].iter().any(|kind| lower.starts_with(kind))
}

fn shortened(value: &str) -> String {
    let short: String = value.chars().take(60).collect();
    if short.len() < value.len() { format!("{short}…") } else { short }
}

/// Refuses what style can load or run.
fn style(css: &str, at: Range<usize>) -> Result<(), Fault> {
    if !css.contains(['(', '@', '\\']) {
        return Ok(());
    }
    let plain = unescape(css).to_ascii_lowercase();
    if ["@import", "expression(", "javascript:", "-moz-binding", "behavior:"].iter().any(|w| plain.contains(w)) {
        return refuse("a style that loads something from elsewhere", EXPORT, at);
    }
    if plain.contains("@keyframes") {
        return refuse("an animation in its style", "export a still version: paper and readers show one moment", at);
    }
    let mut rest = plain.as_str();
    while let Some((_, tail)) = rest.split_once("url(") {
        let target = tail.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        if !is_inner(target) {
            return refuse(format!("a style that loads `{}`", shortened(target)), EXPORT, at);
        }
        rest = tail;
    }
    if plain.contains("image-set(") || plain.contains("image(") {
        return refuse("a style that loads a picture", EXPORT, at);
    }
    Ok(())
}

/// CSS without comments and escapes, by which names are hidden.
fn unescape(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut star = false;
            for c in chars.by_ref() {
                if star && c == '/' {
                    break;
                }
                star = c == '*';
            }
        } else if c == '\\' {
            let mut hex = String::new();
            while let Some(h) = chars.next_if(|h| hex.len() < 6 && h.is_ascii_hexdigit()) {
                hex.push(h);
            }
            if hex.is_empty() {
                out.extend(chars.next());
            } else {
                out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
                chars.next_if(|c| c.is_whitespace());
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Counts what `use` elements unfold to: a few nested ones can draw a thousand million shapes.
fn unfold(document: &Document, text: &str) -> Result<(), Fault> {
    let ids: BTreeMap<&str, Node> = document.descendants().filter_map(|n| Some((n.attribute("id")?, n))).collect();
    let mut known = BTreeMap::new();
    let total = weigh(document.root_element(), &ids, &mut known, 0);
    if total.is_some_and(|total| total <= UNFOLDED + u64::from(NODES)) {
        return Ok(());
    }
    let first = document.descendants().find(|n| n.tag_name().name() == "use").unwrap_or(document.root_element());
    refuse("`use` elements that unfold without end", "simplify the drawing, or save it as a PNG", head_of(text, first))
}

/// Elements drawn for a node; `None` if they never end or are nested too deeply.
fn weigh(node: Node, ids: &BTreeMap<&str, Node>, known: &mut BTreeMap<u32, Option<u64>>, depth: usize) -> Option<u64> {
    if depth > 2 * DEEPEST {
        return None;
    }
    if let Some(weight) = known.get(&node.id().get()) {
        return *weight;
    }
    // While it is being weighed a node counts as endless, so that a circle is seen.
    known.insert(node.id().get(), None);
    let mut total = 1u64;
    if node.tag_name().name() == "use" {
        let href = node.attributes().find(|a| a.name() == "href").and_then(|a| a.value().trim().strip_prefix('#'));
        if let Some(target) = href.and_then(|id| ids.get(id)) {
            total = total.saturating_add(weigh(*target, ids, known, depth + 1)?);
        }
    }
    for child in node.children().filter(Node::is_element) {
        total = total.saturating_add(weigh(child, ids, known, depth + 1)?);
    }
    known.insert(node.id().get(), Some(total));
    Some(total)
}

/// Width and height in points.
fn measure(root: Node) -> Option<(f64, f64)> {
    let length = |name| root.attribute(name).and_then(points).filter(|p| p.is_finite() && *p > 0.0);
    let numbers =
        |value: &str| value.split([' ', ',', '\n', '\t']).filter_map(|n| n.parse::<f64>().ok()).collect::<Vec<_>>();
    let view = root.attribute("viewBox").map(numbers).filter(|v| v.len() == 4 && v[2] > 0.0 && v[3] > 0.0);
    let view = view.map(|v| (v[2] * 0.75, v[3] * 0.75)).filter(|(w, h)| w.is_finite() && h.is_finite());
    match (length("width"), length("height"), view) {
        (Some(width), Some(height), _) => Some((width, height)),
        (Some(width), None, Some((w, h))) => Some((width, width * h / w)),
        (None, Some(height), Some((w, h))) => Some((height * w / h, height)),
        (None, None, view) => view,
        _ => None,
    }
}

/// A CSS length in points; `None` for shares of something unknown.
fn points(value: &str) -> Option<f64> {
    let value = value.trim();
    let split = value.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(value.len());
    // "em" begins with a letter of the exponent.
    let split = if value[..split].ends_with(['e', 'E']) { split - 1 } else { split };
    let number: f64 = value[..split].parse().ok()?;
    let factor = match value[split..].trim().to_ascii_lowercase().as_str() {
        "" | "px" => 0.75,
        "pt" => 1.0,
        "pc" => 12.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        _ => return None,
    };
    Some(number * factor)
}

#[cfg(test)]
#[path = "svg_tests.rs"]
mod tests;
