//! Attributes within a line: `[words]{lang=de #name}` and `![…](file){wide}`.
//!
//! The brackets are found in the text nodes of one level, so code and links inside are never mistaken for them.

use super::attributes::Attributes;
use super::scope::{DEPTH, Scope};
use super::tree::*;
use crate::report::{Code, Span};
use crate::source::nearest;
use std::collections::BTreeMap;

/// The words that a picture's attributes may hold.
pub(super) const PICTURE_WORDS: [&str; 4] = ["wide", "page", "wrap", "decorative"];

/// What happens at a byte of the file.
enum Mark {
    Open,
    Close(Attributes),
    /// A picture's attributes, up to this byte.
    Skip(usize),
    /// Attributes of the link before them.
    After(Attributes),
    /// `^2^` or `~2~`, up to this byte.
    Script(Style, usize),
}

/// Turns bracketed spans into nodes and takes pictures' attributes out of the text.
pub(super) fn resolve(scope: &mut Scope, mut inlines: Vec<Inline>) -> Vec<Inline> {
    let mut marks = BTreeMap::new();
    for inline in &mut inlines {
        let end = inline.span.end as usize;
        if let InlineKind::Image(image) = &mut inline.kind {
            if let Some(list) = attributes_at(scope, end) {
                image.decorative = list.has("decorative");
                tell_unknown(scope, &list);
                marks.insert(end, Mark::Skip(list.range.end));
            }
        } else if let (InlineKind::Link(_), Some(list)) = (&inline.kind, attributes_at(scope, end))
            && is_span(&list)
        {
            marks.insert(end, Mark::After(list));
        }
    }
    brackets(scope, &inlines, &mut marks);
    match marks.is_empty() {
        true => inlines,
        false => rebuild(scope, inlines, marks),
    }
}

/// The attributes at a byte of the file.
pub(super) fn attributes_at(scope: &Scope, at: usize) -> Option<Attributes> {
    let mut list = Attributes::scan(scope.after(at), 0)?;
    list.range = at..at + list.range.end;
    for item in &mut list.items {
        item.range = item.range.start + at..item.range.end + at;
    }
    Some(list)
}

fn tell_unknown(scope: &mut Scope, list: &Attributes) {
    for item in list.items.iter().filter(|i| !PICTURE_WORDS.contains(&i.key.as_str())) {
        let span = scope.span(&item.range);
        let hint = match nearest(&item.key, &PICTURE_WORDS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "use `{wide}`, `{page}`, `{wrap}` or `{decorative}`, or delete it".to_owned(),
        };
        scope.find(Code::TEXT_BLOCK_SHAPE, span, format!("a picture has no attribute `{}`", item.key), hint);
    }
}

/// Finds pairs of brackets with attributes after them.
fn brackets(scope: &Scope, inlines: &[Inline], marks: &mut BTreeMap<usize, Mark>) {
    let mut open = Vec::new();
    for inline in inlines {
        let Some(text) = literal(scope, inline) else { continue };
        let start = inline.span.start as usize;
        for (i, c) in text.char_indices().filter(|(_, c)| matches!(c, '[' | ']' | '^' | '~')) {
            let at = start + i;
            if scope.escaped(at) {
                continue;
            }
            if matches!(c, '^' | '~') {
                scripts(scope, c, at, marks);
            } else if c == '[' {
                open.push(at);
            } else if let Some(opened) = open.pop() {
                let list = attributes_at(scope, at + 1);
                if let Some(list) = list.filter(is_span) {
                    marks.insert(opened, Mark::Open);
                    marks.insert(at, Mark::Close(list));
                }
            }
        }
    }
}

fn is_span(list: &Attributes) -> bool {
    list.items.iter().all(|item| item.key == "#" || item.key == "lang")
}

/// `x^2^` and `H~2~O` within a word, where the Markdown parser sees none.
fn scripts(scope: &Scope, mark: char, at: usize, marks: &mut BTreeMap<usize, Mark>) {
    let last = marks.range(..=at).next_back();
    if matches!(last, Some((_, Mark::Script(_, end))) if at < *end) {
        return;
    }
    let rest = scope.after(at + 1);
    let is_part = |c: char| c.is_alphanumeric() || "+-−.,".contains(c);
    let length = rest.find(|c| !is_part(c)).unwrap_or(0);
    if (1..=16).contains(&length) && rest[length..].starts_with(mark) && !rest[length + 1..].starts_with(mark) {
        let style = if mark == '^' { Style::Superscript } else { Style::Subscript };
        marks.insert(at, Mark::Script(style, at + length + 2));
    }
}

/// The text of a node that reads as it is written.
fn literal<'t>(scope: &Scope, inline: &'t Inline) -> Option<&'t str> {
    match &inline.kind {
        InlineKind::Text(text) if scope.slice(inline.span) == text => Some(text),
        _ => None,
    }
}

struct Rebuilt {
    levels: Vec<(usize, Vec<Inline>)>,
    /// Nothing before this byte is kept.
    skip: usize,
}

fn rebuild(scope: &mut Scope, inlines: Vec<Inline>, mut marks: BTreeMap<usize, Mark>) -> Vec<Inline> {
    let mut built = Rebuilt { levels: vec![(0, Vec::new())], skip: 0 };
    for inline in inlines {
        let (start, end) = (inline.span.start as usize, inline.span.end as usize);
        let Some(text) = literal(scope, &inline).map(str::to_owned) else {
            if end > built.skip || start == end {
                built.add(inline);
            }
            if matches!(marks.get(&end), Some(Mark::Skip(_) | Mark::After(_)))
                && let Some(mark) = marks.remove(&end)
            {
                built.mark(scope, mark, end);
            }
            continue;
        };
        let mut here = start.max(built.skip);
        while here < end {
            let next = marks.range(here..end).next().map(|(at, _)| *at);
            let stop = next.unwrap_or(end);
            if here < stop {
                let kind = InlineKind::Text(text[here - start..stop - start].to_owned());
                built.add(Inline { span: scope.span(&(here..stop)), kind });
            }
            here = stop;
            if let Some(mark) = next.and_then(|at| marks.remove(&at)) {
                here = built.mark(scope, mark, here);
            }
        }
    }
    // Marks pair up, so only the lowest level is left; whatever else there were would still be text.
    built.levels.into_iter().flat_map(|(_, inlines)| inlines).collect()
}

impl Rebuilt {
    fn add(&mut self, inline: Inline) {
        if let Some((_, level)) = self.levels.last_mut() {
            level.push(inline);
        }
    }

    /// Applies a mark at a byte; returns where the text goes on.
    fn mark(&mut self, scope: &mut Scope, mark: Mark, at: usize) -> usize {
        match mark {
            Mark::Skip(to) => {
                self.skip = to;
                to
            }
            Mark::After(list) => {
                self.skip = list.range.end;
                if let Some(link) = self.levels.last_mut().and_then(|(_, level)| level.pop()) {
                    let span = scope.span(&(link.span.start as usize..self.skip));
                    let wrapped = wrapped(scope, vec![link], &list, span);
                    wrapped.into_iter().for_each(|inline| self.add(inline));
                }
                self.skip
            }
            Mark::Script(style, end) => {
                let inner = scope.span(&(at + 1..end - 1));
                let text = Inline { span: inner, kind: InlineKind::Text(scope.slice(inner).to_owned()) };
                let kind = InlineKind::Styled(style, vec![text]);
                self.add(Inline { span: scope.span(&(at..end)), kind });
                self.skip = end;
                end
            }
            Mark::Open => {
                self.levels.push((at, Vec::new()));
                at + 1
            }
            Mark::Close(list) => {
                let end = list.range.end;
                self.skip = end;
                let Some((start, content)) = self.levels.pop() else { return end };
                let span = scope.span(&(start..end));
                if self.levels.len() > DEPTH / 2 {
                    scope.deep(span);
                    content.into_iter().for_each(|inline| self.add(inline));
                    return end;
                }
                wrapped(scope, content, &list, span).into_iter().for_each(|inline| self.add(inline));
                end
            }
        }
    }
}

/// Inlines within the language and the place that attributes say.
fn wrapped(scope: &Scope, mut content: Vec<Inline>, list: &Attributes, span: Span) -> Vec<Inline> {
    for item in &list.items {
        let value = scope.spanned(item.value.clone(), &item.range);
        let style = if item.key == "#" { Style::Anchor(value) } else { Style::Language(value) };
        content = vec![Inline { span, kind: InlineKind::Styled(style, content) }];
    }
    content
}
