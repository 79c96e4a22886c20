//! Any HTML as well-formed XML, by the rules that browsers read it with.
//!
//! What XML cannot hold is dropped: comments, attributes and elements whose names it forbids (the words of such an element
//! stay).

use super::escape::{add_text, attribute};
use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, QualName, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

enum Step {
    Enter(Handle),
    Leave(String),
}

/// The content of an HTML body as well-formed XML, without namespaces.
pub fn well_formed(html: &str) -> String {
    let context = QualName::new(None, ns!(html), LocalName::from("body"));
    let dom = html5ever::parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(html);
    let mut out = String::with_capacity(html.len());
    // A stack instead of recursion: HTML may be nested as deep as its author likes.
    let mut steps: Vec<Step> = Vec::new();
    for root in dom.document.children.borrow().iter().rev() {
        steps.extend(root.children.borrow().iter().rev().cloned().map(Step::Enter));
    }
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(name) => out.push_str(&format!("</{name}>")),
            Step::Enter(node) => {
                match &node.data {
                    NodeData::Text { contents } => add_text(&mut out, &contents.borrow()),
                    NodeData::Element { name, attrs, .. } => {
                        let name = name.local.to_string();
                        if is_name(&name) {
                            out.push_str(&format!("<{name}"));
                            for entry in attrs.borrow().iter().filter(|a| is_name(&a.name.local)) {
                                out.push_str(&format!(" {}=\"{}\"", entry.name.local, attribute(&entry.value)));
                            }
                            if VOID.contains(&name.as_str()) {
                                out.push_str("/>");
                                continue;
                            }
                            out.push('>');
                            steps.push(Step::Leave(name));
                        }
                    }
                    _ => {}
                }
                steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
            }
        }
    }
    out
}

/// A name that XML takes without a namespace.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && !name.to_ascii_lowercase().starts_with("xmlns")
}
