//! Inlines of a manuscript as data for the page templates.

use crate::issue::{Article, Issue};
use crate::manuscript::{Inline, InlineKind, Note, Style};
use serde_json::{Value, json};
use std::cell::RefCell;

/// What inlines need to know of where they stand.
pub(super) struct Inlines<'a> {
    pub(super) issue: &'a Issue,
    pub(super) article: &'a Article,
    /// The article's number in the layout.
    pub(super) number: usize,
    /// Notes whose first mark has been met: only that one carries the note's text.
    marked: RefCell<Vec<String>>,
}

impl<'a> Inlines<'a> {
    pub(super) fn new(issue: &'a Issue, article: &'a Article, number: usize) -> Self {
        Inlines { issue, article, number, marked: RefCell::new(Vec::new()) }
    }

    fn note(&self, label: &str) -> Option<Value> {
        let notes: &[Note] = &self.article.manuscript.notes;
        let index = notes.iter().position(|n| n.label == label)?;
        let first = !self.marked.borrow().iter().any(|m| m == label);
        if first {
            self.marked.borrow_mut().push(label.to_owned());
        }
        let body = if first { super::blocks::paragraphs(&notes[index].blocks, self) } else { Vec::new() };
        Some(json!({"k": "note", "n": index, "first": first, "body": body}))
    }
}

/// Strings and small dictionaries, never markup.
pub(super) fn inlines(list: &[Inline], context: &Inlines<'_>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for inline in list {
        let Some(value) = one(inline, context) else { continue };
        // Neighbouring strings are joined: a shaped run is then never cut without need.
        if let (Some(Value::String(last)), Value::String(next)) = (out.last_mut(), &value) {
            last.push_str(next);
        } else {
            out.push(value);
        }
    }
    out
}

fn one(inline: &Inline, context: &Inlines<'_>) -> Option<Value> {
    Some(match &inline.kind {
        InlineKind::Text(text) => Value::String(text.clone()),
        InlineKind::SoftBreak => Value::String(" ".to_owned()),
        InlineKind::HardBreak => json!({"k": "br"}),
        InlineKind::Code(text) => json!({"k": "code", "v": text}),
        InlineKind::Styled(style, content) => styled(style, inlines(content, context)),
        InlineKind::Link(link) => {
            let content = inlines(&link.content, context);
            match context.article.links.get(&link.target.span) {
                Some(target) => {
                    let id = target.id.as_ref().map_or(String::new(), |i| format!("-{i}"));
                    json!({"k": "link", "label": format!("a-{}{id}", target.article.0), "c": content})
                }
                None => match link.target.value.strip_prefix('#') {
                    Some(id) => json!({"k": "link", "label": format!("a-{}-{id}", context.number), "c": content}),
                    None => json!({"k": "link", "url": link.target.value, "c": content}),
                },
            }
        }
        InlineKind::Image(image) => {
            let figure = context.article.figures.get(&image.file.span)?;
            json!({"k": "img", "picture": figure.picture.0, "alt": crate::manuscript::plain(&image.alt)})
        }
        InlineKind::NoteMark(label) => context.note(label)?,
        InlineKind::Html(_) => return None,
    })
}

fn styled(style: &Style, content: Vec<Value>) -> Value {
    let kind = match style {
        Style::Emphasis => "em",
        Style::Strong => "strong",
        Style::Strikethrough => "strike",
        Style::Superscript => "sup",
        Style::Subscript => "sub",
        Style::Small => "small",
        Style::Mark => "mark",
        Style::Keyboard => "kbd",
        Style::Cite => "cite",
        Style::Inserted => "ins",
        Style::Abbreviation(_) => "abbr",
        Style::Language(tag) => return json!({"k": "lang", "lang": tag.value, "c": content}),
        Style::Anchor(id) => return json!({"k": "anchor", "id": id.value, "c": content}),
    };
    json!({"k": kind, "c": content})
}
