//! The body cut at its fence lines into text and magazine blocks, before any Markdown is read.
//!
//! Fences count only outside of fenced code and of comments. Every byte of the body is in exactly one text or fence line.

use super::fence::{self, Fence, Name, Opening};
use super::markdown;
use super::scope::Scope;
use crate::report::{Code, Finding};
use crate::source::nearest;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use std::ops::Range;

/// A piece of the body.
#[derive(Debug)]
pub(super) enum Piece {
    /// Markdown without fences; bytes of the file.
    Text(Range<usize>),
    /// A magazine block and what is in it.
    Block(Opening, Vec<Piece>),
}

/// How deep magazine blocks may stand within each other.
const DEPTH: usize = 8;

struct Open {
    opening: Opening,
    pieces: Vec<Piece>,
}

struct Cutter<'s, 'a> {
    scope: &'s mut Scope<'a>,
    root: Vec<Piece>,
    stack: Vec<Open>,
    /// Where the text since the last fence begins.
    from: usize,
}

/// Cuts the text of the scope.
pub(super) fn cut(scope: &mut Scope) -> Vec<Piece> {
    let end = scope.base + scope.text.len();
    if !scope.options.extensions {
        return vec![Piece::Text(scope.base..end)];
    }
    let quiet = quiet_ranges(scope);
    let (text, base) = (scope.text, scope.base);
    let mut cutter = Cutter { from: base, scope, root: Vec::new(), stack: Vec::new() };
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        let before = quiet.partition_point(|r| r.start <= at);
        let is_quiet = before > 0 && quiet[before - 1].end > at;
        if !is_quiet {
            match fence::read(line, at) {
                Some(fence) => cutter.fence(fence, at, next),
                None => almost(cutter.scope, line.trim_end(), at),
            }
        }
        at = next;
    }
    cutter.finish(end)
}

/// The ranges in which a fence is no fence: fenced code, comments and the like. Tells code that is never closed.
fn quiet_ranges(scope: &mut Scope) -> Vec<Range<usize>> {
    let mut quiet = Vec::new();
    let (text, base) = (scope.text, scope.base);
    for (event, range) in Parser::new_ext(text, markdown::options(scope.options)).into_offset_iter() {
        let here = text.get(range.clone()).unwrap_or("");
        let is_quiet = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                unclosed_code(scope, here, base + range.start, range.end == text.len());
                true
            }
            // The kinds of HTML that a blank line does not end.
            Event::Start(Tag::HtmlBlock) => {
                let here = here.trim_start().to_ascii_lowercase();
                ["<!--", "<script", "<pre", "<style", "<textarea", "<?", "<!["].iter().any(|o| here.starts_with(o))
            }
            _ => false,
        };
        if is_quiet {
            quiet.push(base + range.start..base + range.end);
        }
    }
    quiet
}

fn unclosed_code(scope: &mut Scope, code: &str, at: usize, is_last: bool) {
    let first = code.lines().next().unwrap_or("");
    let fence: String = first.chars().take_while(|c| *c == '`' || *c == '~').collect();
    let is_closed = code.lines().skip(1).last().is_some_and(|l| l.trim_start_matches([' ', '>']).starts_with(&fence));
    if is_last && !is_closed && code.lines().skip(1).any(|l| l.starts_with(":::")) {
        let span = scope.span(&(at..at + first.len()));
        let message = "the code that begins here is not closed and swallows magazine blocks";
        let hint = "end the code with a line of the same marks as it begins with";
        scope.find(Code::TEXT_BLOCK_UNCLOSED, span, message, hint);
    }
}

impl Cutter<'_, '_> {
    fn fence(&mut self, fence: Fence, at: usize, next: usize) {
        self.text(at);
        self.from = next;
        match fence {
            Fence::Open(opening) => {
                tell(self.scope, &opening);
                self.close_forgotten(&opening);
                self.stack.push(Open { opening, pieces: Vec::new() });
            }
            Fence::Close(colons) => match self.stack.iter().rposition(|o| o.opening.colons == colons) {
                Some(index) => {
                    while self.stack.len() > index + 1 {
                        self.forgotten();
                    }
                    self.close();
                }
                None if self.stack.is_empty() => {
                    let span = self.scope.span(&(at..at + colons));
                    let hint = "delete the line, or check the block above: it is closed already";
                    self.scope.find(Code::TEXT_BLOCK_ALMOST, span, "this line closes no block", hint);
                }
                None => self.close(),
            },
        }
    }

    /// Files the text up to `end`.
    fn text(&mut self, end: usize) {
        let from = self.from;
        if from < end {
            self.pieces().push(Piece::Text(from..end));
        }
    }

    fn pieces(&mut self) -> &mut Vec<Piece> {
        match self.stack.last_mut() {
            Some(open) => &mut open.pieces,
            None => &mut self.root,
        }
    }

    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if self.stack.len() >= DEPTH {
            let span = self.scope.span(&open.opening.range);
            self.scope.deep(span);
            self.pieces().extend(open.pieces);
        } else {
            self.pieces().push(Piece::Block(open.opening, open.pieces));
        }
    }

    fn forgotten(&mut self) {
        let Some(open) = self.stack.last() else { return };
        let span = self.scope.span(&open.opening.range);
        let message = format!("block `{}` is not closed", open.opening.written);
        let hint = format!("put a line `{}` after its last line", ":".repeat(open.opening.colons));
        self.scope.find(Code::TEXT_BLOCK_UNCLOSED, span, message, hint);
        self.close();
    }

    /// A block that cannot hold the one that opens now was forgotten to be closed.
    fn close_forgotten(&mut self, next: &Opening) {
        while let Some(open) = self.stack.last() {
            let holds_none = matches!(
                open.opening.name,
                Name::PullQuote | Name::Gallery | Name::PhotoEssay | Name::Timeline | Name::Listings
            );
            let itself = open.opening.name == next.name && !matches!(next.name, Name::Passage | Name::Unknown);
            if !holds_none && !itself {
                break;
            }
            self.forgotten();
        }
    }

    fn finish(mut self, end: usize) -> Vec<Piece> {
        self.text(end);
        while !self.stack.is_empty() {
            self.forgotten();
        }
        self.root
    }
}

/// Tells what is wrong with an opening line.
fn tell(scope: &mut Scope, opening: &Opening) {
    let span = scope.span(&opening.range);
    let written = &opening.written;
    if opening.name == Name::Unknown {
        let names = fence::NAMES.map(|(name, _)| name);
        let hint = match nearest(written, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", names.map(|n| format!("`{n}`")).join(", ")),
        };
        scope.find(Code::TEXT_BLOCK_UNKNOWN, span, format!("there is no block `{written}`"), hint);
    } else if let Some(slip) = &opening.slip {
        let message = format!("this line is not quite that of a block `{written}`, but was read as one");
        scope.find(Code::TEXT_BLOCK_ALMOST, span, message, slip.clone());
    }
    for item in &opening.attributes.items {
        let wraps = item.key == "wrap" && item.value.is_empty() && opening.name == Name::PullQuote;
        if !wraps && !["#", "lang"].contains(&item.key.as_str()) {
            let message = format!("a block has no attribute `{}`", item.key);
            let place = scope.span(&item.range);
            scope.find(
                Code::TEXT_BLOCK_SHAPE,
                place,
                message,
                "use `{#name}` or `{lang=…}` (a pull quote: also `{wrap}`), or delete it",
            );
        }
    }
}

/// Tells lines that look like a fence and are none.
fn almost(scope: &mut Scope, line: &str, at: usize) {
    let trimmed = line.trim_start();
    let inner = trimmed.trim_start_matches(['>', '-', '*', '+', ' ', '\t']);
    let is_name = |s: &str| {
        let word: String = s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        fence::known(&word).is_some()
    };
    let hint = if let Some(rest) = inner.strip_prefix("::") {
        let rest = rest.trim_start_matches(':');
        if !is_name(rest) {
            return;
        }
        match inner.starts_with(":::") {
            true => "begin the line of the colons at the left margin".to_owned(),
            false => "begin the line with three colons `:::` and close the block with a line `:::`".to_owned(),
        }
    } else if trimmed.starts_with("![[") {
        "write a picture as `![what it shows](file.jpg)`".to_owned()
    } else if let Some(name) = quoted_name(trimmed) {
        format!("write `::: {name}` on a line of its own before it and `:::` after it")
    } else {
        return;
    };
    let start = at + line.len() - trimmed.len();
    let span = scope.span(&(start..at + line.len()));
    let message = "this line looks like a magazine block or a picture, but is none";
    scope.report.push(Finding::new(Code::TEXT_BLOCK_ALMOST, span, message).hint(hint));
}

/// `> pullquote: …`: a block's name at the start of a quotation.
fn quoted_name(line: &str) -> Option<&'static str> {
    let (word, _) = line.strip_prefix('>')?.trim_start().split_once(':')?;
    let word = word.trim_matches(['*', '_', '[', '!', ' ']);
    // Other names are ordinary words at the start of a quotation.
    let telling =
        |found: &(&str, Name)| matches!(found.1, Name::PullQuote | Name::Sidebar | Name::FactBox | Name::Gallery);
    (word.len() < 20).then(|| fence::known(word)).flatten().filter(telling).map(|(name, _)| name)
}
