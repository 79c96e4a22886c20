//! Typography applied to one paragraph: marks and spaces by language, then neighbouring texts joined.
//!
//! After it no two texts stand next to each other and no text is empty.

use super::scope::Scope;
use super::tree::*;
use super::typography::{self, Piece};
use crate::report::{Code, Finding, Span};

/// Sets the typography of a paragraph. `goes_on` says that the next paragraph opens with a quotation mark.
pub(super) fn set(scope: &mut Scope, inlines: &mut Vec<Inline>, language: &str, goes_on: bool) {
    if scope.options.smart {
        let mut flow = Flow { languages: vec![language.to_owned()], ..Flow::default() };
        flow.collect(scope, inlines, 0);
        let (mut decided, alone) = {
            let pieces: Vec<Piece> = flow.pieces.iter().map(Owned::piece).collect();
            typography::decide(&pieces, |i| &flow.languages[flow.language_of[i]], goes_on)
        };
        for index in alone {
            tell(scope, flow.spans[index]);
            if let Owned::Mark(mark) = flow.pieces[index] {
                decided[index] = Some(mark.to_string());
            }
        }
        let mut next = 0;
        apply(inlines, &decided, &mut next);
    }
    join(inlines);
    if scope.options.smart {
        french(inlines, language);
    }
}

fn tell(scope: &mut Scope, span: Span) {
    let message = "this quotation mark has no partner and stays straight";
    let hint = "add the missing one, type the mark that you mean (`“`, `”`, `″`), or write `\\\"` for a straight one";
    scope.report.push(Finding::new(Code::TEXT_STRAIGHT_QUOTES, span, message).hint(hint));
}

/// A piece that owns its text, so that the inlines can be changed meanwhile.
enum Owned {
    Text(String),
    Mark(char),
    Element(bool),
    Thing,
    Space,
}

impl Owned {
    fn piece(&self) -> Piece<'_> {
        match self {
            Owned::Text(text) => Piece::Text(text),
            Owned::Mark(mark) => Piece::Mark(*mark),
            Owned::Element(opens) => Piece::Element(*opens),
            Owned::Thing => Piece::Thing,
            Owned::Space => Piece::Space,
        }
    }
}

#[derive(Default)]
struct Flow {
    pieces: Vec<Owned>,
    spans: Vec<Span>,
    language_of: Vec<usize>,
    languages: Vec<String>,
}

impl Flow {
    fn collect(&mut self, scope: &Scope, inlines: &[Inline], language: usize) {
        for inline in inlines {
            let piece = match &inline.kind {
                InlineKind::Text(text) => text_piece(scope, inline.span, text),
                InlineKind::SoftBreak | InlineKind::HardBreak => Owned::Space,
                InlineKind::Code(_) | InlineKind::Image(_) | InlineKind::NoteMark(_) | InlineKind::Html(_) => {
                    Owned::Thing
                }
                InlineKind::Styled(Style::Language(tag), content) => {
                    self.languages.push(tag.value.clone());
                    self.collect(scope, content, self.languages.len() - 1);
                    continue;
                }
                InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => {
                    self.collect(scope, content, language);
                    continue;
                }
            };
            self.pieces.push(piece);
            self.spans.push(inline.span);
            self.language_of.push(language);
        }
    }
}

/// A text, or the mark that it is when the author typed it straight.
fn text_piece(scope: &Scope, span: Span, text: &str) -> Owned {
    match scope.slice(span) {
        written @ ("\"" | "'") if !scope.escaped(span.start as usize) && is_mark(text) => {
            Owned::Mark(if written == "\"" { '"' } else { '\'' })
        }
        written if is_mark(text) && written.get(..2).is_some_and(|w| w.eq_ignore_ascii_case("<q")) => {
            Owned::Element(true)
        }
        written if is_mark(text) && written.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("</q")) => {
            Owned::Element(false)
        }
        _ => Owned::Text(text.to_owned()),
    }
}

fn is_mark(text: &str) -> bool {
    matches!(text, "\"" | "'" | "“" | "”" | "‘" | "’")
}

/// Whether the first thing of a paragraph is a straight quotation mark.
pub(super) fn opens_with_mark(scope: &Scope, inlines: &[Inline]) -> bool {
    match inlines.first() {
        Some(Inline { kind: InlineKind::Text(text), span }) => {
            matches!(text_piece(scope, *span, text), Owned::Mark('"')) || text.starts_with('“')
        }
        _ => false,
    }
}

/// Puts the decided marks in, in the order in which the pieces were collected.
fn apply(inlines: &mut [Inline], decided: &[Option<String>], next: &mut usize) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => {
                apply(content, decided, next);
            }
            kind => {
                let index = *next;
                *next += 1;
                if let (InlineKind::Text(text), Some(glyph)) = (kind, decided.get(index).cloned().flatten()) {
                    *text = glyph;
                }
            }
        }
    }
}

/// Joins neighbouring texts.
pub(super) fn join(inlines: &mut Vec<Inline>) {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match &mut inline.kind {
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => join(content),
            InlineKind::Image(image) => join(&mut image.alt),
            InlineKind::Text(text) => {
                if text.is_empty() {
                    continue;
                }
                if let Some(Inline { kind: InlineKind::Text(before), span }) = out.last_mut() {
                    before.push_str(text);
                    span.end = inline.span.end.max(span.end);
                    continue;
                }
            }
            _ => {}
        }
        out.push(inline);
    }
    *inlines = out;
}

fn french(inlines: &mut [Inline], language: &str) {
    for i in 0..inlines.len() {
        let next = inlines.get(i + 1).map(|n| super::plain(std::slice::from_ref(n)).chars().next().unwrap_or('x'));
        match &mut inlines[i].kind {
            InlineKind::Text(text) => *text = typography::french(text, language, next),
            InlineKind::Styled(Style::Language(tag), content) => {
                let tag = tag.value.clone();
                french(content, &tag);
            }
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => french(content, language),
            _ => {}
        }
    }
}
