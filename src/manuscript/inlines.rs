//! The inside of a paragraph: events into inlines, with HTML tags paired up.
//!
//! With the sanitiser on no HTML of the author's passes as it is written: a tag becomes a node of the tree or a finding.

use super::html::{self, Wrap};
use super::markdown::{Builder, is_inline};
use super::scope::{DEPTH, Scope};
use super::spans;
use super::tree::*;
use crate::report::{Code, Span};
use pulldown_cmark::{Event, LinkType, Tag};
use std::ops::Range;

/// An HTML tag that waits for its closing one.
struct OpenTag {
    name: String,
    wrap: Wrap,
    /// How many inlines stood before it.
    at: usize,
    range: Range<usize>,
}

/// The inlines of one level while they are gathered.
#[derive(Default)]
struct Line {
    out: Vec<Inline>,
    open: Vec<OpenTag>,
    /// How many elements are open whose depth was made flat.
    flat: usize,
}

impl<'e> Builder<'_, '_, 'e> {
    /// Reads inlines up to the end of the element that holds them, and eats that end.
    pub(super) fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut line = Line::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if line.flat == 0 => break,
                Event::End(_) => line.flat -= 1,
                other => self.inline(&mut line, other, range, depth),
            }
        }
        self.end_line(line)
    }

    /// Reads the inlines of a paragraph without paragraph marks, up to the next block.
    pub(super) fn line(&mut self, first: Event<'e>, range: Range<usize>) -> Vec<Inline> {
        let mut line = Line::default();
        self.inline(&mut line, first, range, 0);
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::Start(tag) if !is_inline(tag) => break,
                Event::End(_) | Event::Rule => break,
                _ => {}
            }
            if let Some((event, range)) = self.events.next() {
                self.inline(&mut line, event, range, 0);
            }
        }
        self.end_line(line)
    }

    fn inline(&mut self, line: &mut Line, event: Event<'e>, range: Range<usize>, depth: usize) {
        let kind = match event {
            Event::Text(text) => InlineKind::Text(text.to_string()),
            Event::Code(text) => InlineKind::Code(text.to_string()),
            Event::SoftBreak => InlineKind::SoftBreak,
            Event::HardBreak => InlineKind::HardBreak,
            Event::FootnoteReference(label) => self.mark(&label, &range),
            Event::InlineHtml(raw) | Event::Html(raw) if self.scope.options.sanitise => {
                self.tag(line, &raw, range, depth);
                return;
            }
            Event::InlineHtml(raw) | Event::Html(raw) => InlineKind::Html(raw.to_string()),
            Event::TaskListMarker(done) => {
                self.task = Some(done);
                return;
            }
            Event::Start(tag) if depth >= DEPTH => {
                let span = self.scope.span(&range);
                self.scope.deep(span);
                line.flat += 1;
                drop(tag);
                return;
            }
            Event::Start(tag) => self.element(tag, &range, depth),
            _ => return,
        };
        line.out.push(Inline { span: self.scope.span(&range), kind });
    }

    fn element(&mut self, tag: Tag<'e>, range: &Range<usize>, depth: usize) -> InlineKind {
        let styled = |style, content| InlineKind::Styled(style, content);
        match tag {
            Tag::Emphasis => styled(Style::Emphasis, self.inlines(depth + 1)),
            Tag::Strong => styled(Style::Strong, self.inlines(depth + 1)),
            Tag::Strikethrough => styled(Style::Strikethrough, self.inlines(depth + 1)),
            Tag::Superscript => styled(Style::Superscript, self.inlines(depth + 1)),
            Tag::Subscript => styled(Style::Subscript, self.inlines(depth + 1)),
            Tag::Image { dest_url, title, .. } => {
                let file = crate::report::Spanned::new(dest_url.to_string(), self.find_in(range, &dest_url));
                let title = (!title.is_empty()).then(|| title.to_string());
                InlineKind::Image(Image { file, title, alt: self.inlines(depth + 1), decorative: false })
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let place = self.find_in(range, &dest_url);
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let title = (!title.is_empty()).then(|| title.to_string());
                let target = crate::report::Spanned::new(target, place);
                InlineKind::Link(Link { target, title, content: self.inlines(depth + 1) })
            }
            // Blocks never stand within a line; were one to, its words would flow on.
            _ => styled(Style::Small, self.inlines(depth + 1)),
        }
    }

    fn tag(&mut self, line: &mut Line, raw: &str, range: Range<usize>, depth: usize) {
        html::tell(self.scope, raw, range.start, true);
        match html::inline_tag(self.scope, raw, &range) {
            html::Inlined::Nothing => {}
            html::Inlined::Whole(kind) => line.out.push(Inline { span: self.scope.span(&range), kind }),
            html::Inlined::Open(name, wrap) => {
                if depth + line.open.len() >= DEPTH {
                    let span = self.scope.span(&range);
                    self.scope.deep(span);
                } else {
                    line.open.push(OpenTag { name, wrap, at: line.out.len(), range });
                }
            }
            html::Inlined::Close(name) => match line.open.iter().rposition(|o| o.name == name) {
                Some(index) => {
                    for lost in line.open.drain(index + 1..) {
                        unpaired(self.scope, &lost.name, &lost.range);
                    }
                    if let Some(open) = line.open.pop() {
                        let content = line.out.split_off(open.at.min(line.out.len()));
                        wrap(self.scope, &mut line.out, open, content, &range);
                    }
                }
                None if html::is_inline_element(&name) => unpaired(self.scope, &format!("/{name}"), &range),
                // Its opening tag was told already.
                None => {}
            },
        }
    }

    fn end_line(&mut self, line: Line) -> Vec<Inline> {
        for lost in &line.open {
            unpaired(self.scope, &lost.name, &lost.range);
        }
        match self.scope.options.extensions {
            true => spans::resolve(self.scope, line.out),
            false => line.out,
        }
    }
}

fn unpaired(scope: &mut Scope, name: &str, range: &Range<usize>) {
    let hint = "open and close an element within the same paragraph and the same emphasis";
    scope.find(Code::TEXT_HTML_DROPPED, scope.span(range), format!("the tag `<{name}>` has no partner here"), hint);
}

/// Puts the content of a pair of tags into its node.
fn wrap(scope: &Scope, out: &mut Vec<Inline>, open: OpenTag, content: Vec<Inline>, close: &Range<usize>) {
    let span = scope.span(&(open.range.start..close.end));
    let kind = match open.wrap {
        Wrap::Style(style) => InlineKind::Styled(style, content),
        Wrap::Link(link) => InlineKind::Link(Link { content, ..link }),
        Wrap::Code => InlineKind::Code(plain(&content)),
        Wrap::Quote => {
            // The marks stand at the places of the tags, by which typography knows them.
            out.push(quote("“", scope.span(&open.range)));
            out.extend(content);
            out.push(quote("”", scope.span(close)));
            return;
        }
        Wrap::Drop => return,
        Wrap::Nothing => {
            out.extend(content);
            return;
        }
    };
    out.push(Inline { span, kind });
}

/// A quotation mark that an element stands for.
pub(super) fn quote(mark: &str, span: Span) -> Inline {
    Inline { span, kind: InlineKind::Text(mark.to_owned()) }
}

/// What inlines say without looks: text and code as they are, breaks as spaces, pictures by their alternative text.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_plain(inlines, &mut text);
    text
}

fn add_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(piece) | InlineKind::Code(piece) => text.push_str(piece),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => add_plain(content, text),
            InlineKind::Image(image) => add_plain(&image.alt, text),
            InlineKind::NoteMark(_) | InlineKind::Html(_) => {}
        }
    }
}
