//! Inlines of a manuscript as data for the page templates, with the spaces at which no line breaks.
//!
//! Spaces are decided for a whole paragraph at once, so that emphasis or a link within it does not part a number from its
//! unit; code is never touched.

use crate::issue::{Article, Issue};
use crate::manuscript::{Inline, InlineKind, Note, Style};
use crate::words::{THING, soft_hyphens, spaced};
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
    /// The languages of the passages around the present place, innermost last.
    languages: RefCell<Vec<String>>,
}

impl<'a> Inlines<'a> {
    pub(super) fn new(issue: &'a Issue, article: &'a Article, number: usize) -> Self {
        Inlines { issue, article, number, marked: RefCell::new(Vec::new()), languages: RefCell::new(Vec::new()) }
    }

    /// Does something within a passage of another language, if it has one.
    pub(super) fn within<T>(&self, language: Option<&str>, work: impl FnOnce() -> T) -> T {
        let Some(language) = language else { return work() };
        self.languages.borrow_mut().push(language.to_owned());
        let out = work();
        self.languages.borrow_mut().pop();
        out
    }

    /// The language of the present place (BCP 47).
    pub(super) fn language(&self) -> String {
        self.languages.borrow().last().unwrap_or(&self.article.language).clone()
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

/// The characters of a paragraph, their spaces decided, handed out from its first inline to its last.
struct Spaces(std::vec::IntoIter<char>);

impl Spaces {
    fn of(list: &[Inline], language: &str) -> Self {
        Spaces(spaced(&flat(list), language).chars().collect::<Vec<_>>().into_iter())
    }

    fn take(&mut self, count: usize) -> String {
        self.0.by_ref().take(count).collect()
    }
}

/// One character for each of the text, and one for whatever is no text.
fn flat(list: &[Inline]) -> String {
    let mut text = String::new();
    for inline in list {
        match &inline.kind {
            InlineKind::Text(piece) => text.push_str(piece),
            InlineKind::SoftBreak => text.push(' '),
            InlineKind::HardBreak => text.push('\n'),
            InlineKind::Styled(_, content) => text.push_str(&flat(content)),
            InlineKind::Link(link) => text.push_str(&flat(&link.content)),
            InlineKind::Code(_) | InlineKind::Image(_) | InlineKind::NoteMark(_) | InlineKind::Html(_) => {
                text.push(THING)
            }
        }
    }
    text
}

/// A paragraph as strings and small dictionaries, never markup.
pub(super) fn inlines(list: &[Inline], context: &Inlines<'_>) -> Vec<Value> {
    some(list, &mut Spaces::of(list, &context.language()), context)
}

/// The same for text that is set in justified lines: words that the engine does not divide by itself may be divided.
pub(super) fn flowing(list: &[Inline], context: &Inlines<'_>) -> Vec<Value> {
    let mut values = inlines(list, context);
    divide(&mut values, &context.language());
    values
}

fn divide(values: &mut [Value], language: &str) {
    for value in values {
        match value {
            Value::String(text) => *text = soft_hyphens(text, language),
            Value::Object(map) => {
                let own = map.get("lang").and_then(Value::as_str).map(str::to_owned);
                if let Some(Value::Array(content)) = map.get_mut("c") {
                    divide(content, own.as_deref().unwrap_or(language));
                }
            }
            _ => {}
        }
    }
}

fn some(list: &[Inline], spaces: &mut Spaces, context: &Inlines<'_>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for inline in list {
        let Some(value) = one(inline, spaces, context) else { continue };
        // Neighbouring strings are joined: a shaped run is then never cut without need.
        if let (Some(Value::String(last)), Value::String(next)) = (out.last_mut(), &value) {
            last.push_str(next);
        } else {
            out.push(value);
        }
    }
    out
}

fn one(inline: &Inline, spaces: &mut Spaces, context: &Inlines<'_>) -> Option<Value> {
    let own = match &inline.kind {
        InlineKind::Text(text) => spaces.take(text.chars().count()),
        InlineKind::Styled(..) | InlineKind::Link(_) => String::new(),
        _ => spaces.take(1),
    };
    Some(match &inline.kind {
        InlineKind::Text(_) | InlineKind::SoftBreak => Value::String(own),
        InlineKind::HardBreak => json!({"k": "br"}),
        InlineKind::Code(text) => json!({"k": "code", "v": text}),
        InlineKind::Styled(style @ Style::Language(tag), content) => {
            spaces.take(flat(content).chars().count());
            styled(style, context.within(Some(&tag.value), || inlines(content, context)))
        }
        InlineKind::Styled(style, content) => styled(style, some(content, spaces, context)),
        InlineKind::Link(link) => {
            let content = some(&link.content, spaces, context);
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
