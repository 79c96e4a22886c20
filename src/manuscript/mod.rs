//! An article's file: front matter and Markdown, read into a tree that keeps every place.
//!
//! The body is cut at its fence lines first ([`regions`](self)), each piece is read as Markdown, the magazine blocks are
//! brought into shape, and a last pass numbers blocks, orders notes and sets the typography. Whatever an author writes
//! gives a tree of bounded depth; what is wrong with it is told in the report.

mod attributes;
mod dump;
mod fence;
mod figures;
mod finish;
mod flow;
mod front;
mod html;
mod html_blocks;
mod inlines;
mod magazine;
mod markdown;
mod regions;
mod scope;
mod spans;
mod tree;
mod typography;
mod walk;

pub use dump::dump;
pub use finish::ids;
pub use front::{FRONT, read_front};
pub use inlines::plain;
pub use tree::*;
pub use typography::smarten;
pub use walk::{blocks as each_block, flows as each_flow, own as own_flows};

use crate::report::{FileId, Report, Span};
use crate::source::Sources;
use regions::Piece;
use scope::Scope;

/// What is understood beside CommonMark.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Tables, footnotes, magazine blocks, figures, attributes and the rest of `docs/articles.md`.
    pub extensions: bool,
    /// Typographic quotation marks, dashes and spaces.
    pub smart: bool,
    /// HTML becomes nodes of the tree or is dropped; without it HTML is kept as written.
    pub sanitise: bool,
    /// The language of the text (BCP 47), for its typography.
    pub language: &'a str,
}

impl<'a> Options<'a> {
    /// All that articles may hold.
    pub fn article(language: &'a str) -> Self {
        Options { extensions: true, smart: true, sanitise: true, language }
    }

    /// CommonMark and nothing else.
    pub fn plain() -> Self {
        Options { extensions: false, smart: false, sanitise: false, language: "en" }
    }
}

/// Reads an article's file (publication-relative, resolved): its front matter and its text.
///
/// `language` is the publication's, for articles that say none. `None` when the file cannot be read or has no front
/// matter; its text is checked all the same.
pub fn parse(sources: &mut Sources, path: &str, language: &str, report: &mut Report) -> Option<Manuscript> {
    let file = sources.text(path, report)?;
    let text = sources.text_of(file);
    let (front, body_start) = read_front(text, file, report);
    let language = front.as_ref().and_then(|f| f.language.as_ref()).map_or(language, |tag| tag.value.as_str());
    let (body, notes) = parse_body(text, body_start, file, Options::article(language), report);
    Some(Manuscript { file, front: front?, body, notes })
}

/// Reads the text of an article from byte `body_start` of its file on: its blocks, and its notes in the order of their
/// first mark.
pub fn parse_body(
    text: &str,
    body_start: usize,
    file: FileId,
    options: Options,
    report: &mut Report,
) -> (Vec<Block>, Vec<Note>) {
    let body = text.get(body_start..).unwrap_or("");
    let mut scope = Scope::new(body, body_start, file, options, report);
    let pieces = regions::cut(&mut scope);
    if options.extensions {
        define(&mut scope, &pieces);
    }
    let mut blocks = magazine::read(&mut scope, pieces);
    let mut notes = finish::body(&mut scope, &mut blocks);
    finish::align_marks(&mut blocks, &mut notes);
    (blocks, notes)
}

fn define(scope: &mut Scope, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Text(range) => markdown::define(scope, range),
            Piece::Block(_, inner) => define(scope, inner),
        }
    }
}

/// Reads a line of Markdown that is a value of a manifest or front matter, such as a caption or the note on the author.
///
/// `span` is the value's place; places inside it are near, and exact where the value stands as written on one line.
pub fn parse_inlines(text: &str, span: Span, language: &str, report: &mut Report) -> Vec<Inline> {
    let mut scope = Scope::new(text, span.start as usize, span.file, Options::article(language), report);
    let base = scope.base;
    let mut out: Vec<Inline> = Vec::new();
    for block in markdown::read(&mut scope, &(base..base + text.len())) {
        let mut lines = match block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) => inlines,
            // Whatever else it is, it is meant as a line: its words are kept.
            _ => vec![Inline { span, kind: InlineKind::Text(scope.slice(block.span).to_owned()) }],
        };
        if !out.is_empty() {
            out.push(Inline { span, kind: InlineKind::SoftBreak });
        }
        out.append(&mut lines);
    }
    flow::set(&mut scope, &mut out, language, false);
    out
}
