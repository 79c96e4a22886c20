//! Plain CommonMark as HTML: the way that the CommonMark examples are compared.
//!
//! HTML in the text passes as it is written, and the whole is then made well-formed; only trees that were read with the
//! sanitiser off hold any.

use super::escape::{add_text, address, attribute};
use super::normal::well_formed;
use crate::manuscript::{Block, BlockKind, Inline, InlineKind, Style, plain as words_of};

/// A tree read with [`Options::plain`](crate::manuscript::Options::plain) as well-formed XHTML, without magazine blocks.
pub fn plain(list: &[Block]) -> String {
    let mut out = String::new();
    blocks(&mut out, list, false);
    well_formed(&out)
}

fn blocks(out: &mut String, list: &[Block], tight: bool) {
    for block in list {
        match &block.kind {
            BlockKind::Paragraph(content) if tight => inlines(out, content),
            BlockKind::Paragraph(content) => element(out, "p", |out| inlines(out, content)),
            BlockKind::Heading(level, content) => element(out, &format!("h{level}"), |out| inlines(out, content)),
            BlockKind::Quote(inner) => element(out, "blockquote", |out| blocks(out, inner, false)),
            BlockKind::Rule => out.push_str("<hr />\n"),
            BlockKind::Html(raw) => out.push_str(raw),
            BlockKind::Code(info, code) => {
                let class = match info.split_whitespace().next() {
                    Some(language) => format!(" class=\"language-{}\"", attribute(language)),
                    None => String::new(),
                };
                out.push_str(&format!("<pre><code{class}>"));
                add_text(out, code);
                out.push_str("</code></pre>\n");
            }
            BlockKind::List(list) => {
                let name = if list.start.is_some() { "ol" } else { "ul" };
                let start = list.start.filter(|n| *n != 1).map(|n| format!(" start=\"{n}\"")).unwrap_or_default();
                out.push_str(&format!("<{name}{start}>\n"));
                list.items.iter().for_each(|item| element(out, "li", |out| blocks(out, &item.blocks, list.tight)));
                out.push_str(&format!("</{name}>\n"));
            }
            // Extensions, which plain CommonMark does not have.
            _ => {}
        }
    }
}

fn element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{name}>"));
    content(out);
    out.push_str(&format!("</{name}>\n"));
}

fn inlines(out: &mut String, list: &[Inline]) {
    let title =
        |title: &Option<String>| title.as_ref().map(|t| format!(" title=\"{}\"", attribute(t))).unwrap_or_default();
    for inline in list {
        match &inline.kind {
            InlineKind::Text(text) => add_text(out, text),
            InlineKind::Code(text) => {
                out.push_str("<code>");
                add_text(out, text);
                out.push_str("</code>");
            }
            InlineKind::SoftBreak => out.push('\n'),
            InlineKind::HardBreak => out.push_str("<br />\n"),
            InlineKind::Html(raw) => out.push_str(raw),
            InlineKind::Styled(style, content) => {
                let name = if *style == Style::Strong { "strong" } else { "em" };
                out.push_str(&format!("<{name}>"));
                inlines(out, content);
                out.push_str(&format!("</{name}>"));
            }
            InlineKind::Link(link) => {
                out.push_str(&format!("<a href=\"{}\"{}>", address(&link.target.value), title(&link.title)));
                inlines(out, &link.content);
                out.push_str("</a>");
            }
            InlineKind::Image(image) => {
                let alt = attribute(&words_of(&image.alt));
                let src = address(&image.file.value);
                out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\"{} />", title(&image.title)));
            }
            InlineKind::NoteMark(_) => {}
        }
    }
}
