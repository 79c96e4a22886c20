//! Magazine blocks: what stands between their fences, brought into the shape that each needs.
//!
//! Content of the wrong shape is a finding and is kept as ordinary text, so that the rest of it is checked too.

use super::fence::{Name, Opening};
use super::inlines::plain;
use super::markdown;
use super::regions::Piece;
use super::scope::Scope;
use super::tree::*;
use crate::report::{Code, Span, Spanned};

/// Reads pieces into blocks.
pub(super) fn read(scope: &mut Scope, pieces: Vec<Piece>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(range) => blocks.extend(markdown::read(scope, &range)),
            Piece::Block(opening, inner) => {
                let inner = read(scope, inner);
                shape(scope, opening, inner, &mut blocks);
            }
        }
    }
    blocks
}

fn shape(scope: &mut Scope, opening: Opening, inner: Vec<Block>, blocks: &mut Vec<Block>) {
    let mut shaper = Shaper { span: scope.span(&opening.range), scope, opening };
    let title = shaper.title();
    let kind = match shaper.opening.name {
        Name::PullQuote => shaper.pull_quote(inner),
        Name::Sidebar => shaper.full(inner).map(|blocks| BlockKind::Sidebar(Boxed { title, blocks })),
        Name::FactBox => shaper.full(inner).map(|blocks| BlockKind::FactBox(Boxed { title, blocks })),
        Name::Brief => shaper.full(inner).map(|blocks| BlockKind::Brief(Boxed { title, blocks })),
        Name::Passage => shaper.passage(inner),
        Name::Gallery => shaper.gallery(title, inner, false),
        Name::PhotoEssay => shaper.gallery(title, inner, true),
        Name::Interview => shaper.interview(inner),
        Name::Timeline | Name::Listings => shaper.moments(inner, title, blocks),
        Name::Letter => shaper.letter(title, inner),
        Name::Unknown => Err(inner),
    };
    match kind {
        Ok(kind) => {
            let mut block = Block { number: 0, span: shaper.span, language: None, id: None, kind };
            markdown::say(shaper.scope, &shaper.opening.attributes, &mut block);
            blocks.push(block);
        }
        Err(inner) => blocks.extend(inner),
    }
}

/// The block, or the content as it was.
type Shaped = Result<BlockKind, Vec<Block>>;

struct Shaper<'s, 'a> {
    scope: &'s mut Scope<'a>,
    opening: Opening,
    /// The opening line.
    span: Span,
}

impl Shaper<'_, '_> {
    fn title(&mut self) -> Option<Spanned<String>> {
        let (words, range) = self.opening.title.take()?;
        let title = self.scope.spanned(words, &range);
        if matches!(self.opening.name, Name::PullQuote | Name::Interview | Name::Passage) {
            let message = format!("a block `{}` has no title", self.opening.written);
            self.scope.find(Code::TEXT_BLOCK_SHAPE, title.span, message, "write the words into the block");
        }
        (!title.value.trim().is_empty()).then_some(title)
    }

    fn wrong(&mut self, at: Option<Span>, needs: &str, hint: &str) {
        let message = format!("a block `{}` needs {needs}", self.opening.written);
        self.scope.find(Code::TEXT_BLOCK_SHAPE, at.unwrap_or(self.span), message, hint);
    }

    fn full(&mut self, inner: Vec<Block>) -> Result<Vec<Block>, Vec<Block>> {
        if inner.is_empty() {
            self.wrong(None, "some text", "write its text, or delete both lines");
            return Err(inner);
        }
        Ok(inner)
    }

    fn passage(&mut self, inner: Vec<Block>) -> Shaped {
        if self.opening.attributes.get("lang").is_none() {
            self.wrong(None, "the language it is in", "add it to the line: `::: passage {lang=de}`");
        }
        self.full(inner).map(BlockKind::Passage)
    }

    fn pull_quote(&mut self, inner: Vec<Block>) -> Shaped {
        let inner = self.full(inner)?;
        let mut lines: Vec<Inline> = Vec::new();
        let mut by = None;
        for block in &inner {
            let BlockKind::Paragraph(inlines) = &block.kind else {
                self.wrong(
                    Some(block.span),
                    "a sentence",
                    "write only words into it, and no lists, headings or pictures",
                );
                return Err(inner);
            };
            let (text, from) = without_signature(inlines);
            by = from.or(by);
            if let (Some(last), false) = (lines.last(), text.is_empty()) {
                let span = Span { start: last.span.end, end: last.span.end, ..last.span };
                lines.push(Inline { span, kind: InlineKind::HardBreak });
            }
            lines.extend(text);
        }
        if lines.is_empty() {
            self.wrong(None, "a sentence besides the name", "write the sentence above the line that begins with `— `");
            return Err(inner);
        }
        Ok(BlockKind::PullQuote(PullQuote { text: lines, by, wrap: self.opening.attributes.has("wrap") }))
    }

    fn gallery(&mut self, title: Option<Spanned<String>>, inner: Vec<Block>, essay: bool) -> Shaped {
        let mut figures = Vec::new();
        for block in &inner {
            match &block.kind {
                BlockKind::Figure(figure) => figures.push(figure.clone()),
                _ => {
                    let hint =
                        "begin each paragraph with a picture `![what it shows](file.jpg)`, or move this out of it";
                    self.wrong(Some(block.span), "figures and nothing else", hint);
                    return Err(inner);
                }
            }
        }
        if figures.len() < 2 {
            let hint = "add a second picture, or delete both lines: one picture stands alone";
            self.wrong(None, "two or more pictures", hint);
            return Err(inner);
        }
        Ok(BlockKind::Gallery(Gallery { title, figures, essay }))
    }

    fn interview(&mut self, inner: Vec<Block>) -> Shaped {
        let mut exchanges: Vec<Exchange> = Vec::new();
        let mut asking = None;
        let turns: Vec<Block> = inner.iter().flat_map(split_turns).collect();
        for block in turns {
            let turn = turn_of(&block);
            let block = turn.as_ref().map_or(block.clone(), |(_, said)| said.clone());
            match turn.map(|(question, _)| question) {
                Some(true) => {
                    // A question after a question without an answer between them belongs to it.
                    if asking != Some(true) {
                        exchanges.push(Exchange { question: Vec::new(), answer: Vec::new() });
                    }
                    asking = Some(true);
                }
                Some(false) => asking = Some(false),
                None if asking.is_none() => {
                    let hint = "begin the paragraph with `Q: ` or `A: `, or move it above the block";
                    self.wrong(Some(block.span), "a question first", hint);
                    return Err(inner);
                }
                None => {}
            }
            if exchanges.is_empty() {
                exchanges.push(Exchange { question: Vec::new(), answer: Vec::new() });
            }
            if let Some(last) = exchanges.last_mut() {
                match asking {
                    Some(true) => last.question.push(block),
                    _ => last.answer.push(block),
                }
            }
        }
        if exchanges.is_empty() {
            self.wrong(None, "questions and answers", "begin paragraphs with `Q: ` and `A: `");
            return Err(inner);
        }
        if let Some(open) = exchanges.iter().find(|e| e.answer.is_empty()) {
            let place = open.question.first().map(|b| b.span);
            self.wrong(place, "an answer to each question", "begin the answer's paragraph with `A: `");
        }
        Ok(BlockKind::Interview(exchanges))
    }

    /// A timeline or listings: lines, and below each what there is to say.
    fn moments(&mut self, inner: Vec<Block>, title: Option<Spanned<String>>, blocks: &mut Vec<Block>) -> Shaped {
        let mut moments = Vec::new();
        let listings = self.opening.name == Name::Listings;
        let (needs, hint) = match listings {
            true => (
                "entries and what there is to say",
                "write the entry on a line, and below it `: ` and when, where, how much",
            ),
            false => ("dates and what happened", "write the date on a line, and below it `: ` and what happened"),
        };
        for block in &inner {
            let BlockKind::Definitions(list) = &block.kind else {
                self.wrong(Some(block.span), needs, hint);
                return Err(inner);
            };
            for entry in list {
                let blocks = entry.meanings.iter().flatten().cloned().collect();
                moments.push(Moment { when: entry.term.clone(), blocks });
            }
        }
        if moments.is_empty() {
            self.wrong(None, needs, hint);
            return Err(inner);
        }
        // The tree's moments have no title of its own: it becomes the heading above, of a level found at the end.
        if let Some(title) = title {
            let text = Inline { span: title.span, kind: InlineKind::Text(title.value) };
            let kind = BlockKind::Heading(0, vec![text]);
            blocks.push(Block { number: 0, span: title.span, language: None, id: None, kind });
        }
        Ok(if listings { BlockKind::Listings(moments) } else { BlockKind::Timeline(moments) })
    }

    fn letter(&mut self, title: Option<Spanned<String>>, inner: Vec<Block>) -> Shaped {
        let mut blocks = self.full(inner)?;
        let mut from = None;
        if let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.last_mut() {
            let (text, signature) = without_signature(inlines);
            from = signature;
            *inlines = text;
            if inlines.is_empty() {
                blocks.pop();
            }
        }
        if from.is_none() {
            let hint = "end it with a line `— Name, place`";
            self.wrong(None, "the name of who wrote it", hint);
        }
        Ok(BlockKind::Letter(Letter { title, blocks, from }))
    }
}

/// Splits off a last line that begins with a dash: whose words they are.
fn without_signature(inlines: &[Inline]) -> (Vec<Inline>, Option<Vec<Inline>>) {
    let is_break = |i: &Inline| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let at = inlines.iter().rposition(is_break).map_or(0, |i| i + 1);
    let Some(by) = after_dash(&inlines[at..]) else { return (inlines.to_vec(), None) };
    (inlines[..at.saturating_sub(1)].to_vec(), Some(by))
}

fn after_dash(line: &[Inline]) -> Option<Vec<Inline>> {
    // The dash may be a node of its own (made of hyphens) or the start of the text.
    let InlineKind::Text(first) = &line.first()?.kind else { return None };
    let dash = first.chars().next().filter(|c| matches!(c, '—' | '–' | '―'))?;
    let rest = &first[dash.len_utf8()..];
    let mut by = line.to_vec();
    if rest.is_empty() {
        by.remove(0);
        let InlineKind::Text(second) = &mut by.first_mut()?.kind else { return Some(by) };
        *second = second.trim_start().to_owned();
    } else {
        let left = rest.trim_start();
        by[0].span.start = by[0].span.end.saturating_sub(left.len() as u32);
        by[0].kind = InlineKind::Text(left.to_owned());
    }
    (!plain(&by).trim().is_empty()).then_some(by)
}

/// Cuts a paragraph before each line that begins another turn.
fn split_turns(block: &Block) -> Vec<Block> {
    let BlockKind::Paragraph(inlines) = &block.kind else { return vec![block.clone()] };
    let mut parts: Vec<Vec<Inline>> = vec![Vec::new()];
    for (i, inline) in inlines.iter().enumerate() {
        let is_break = matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
        if is_break && begins_turn(&inlines[i + 1..]).is_some() {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(inline.clone());
        }
    }
    let part = |inlines: Vec<Inline>| {
        let start = inlines.first().map_or(block.span.start, |i| i.span.start);
        let end = inlines.last().map_or(block.span.end, |i| i.span.end);
        let span = Span { start, end, ..block.span };
        Block { span, kind: BlockKind::Paragraph(inlines), ..block.clone() }
    };
    parts.into_iter().map(part).collect()
}

/// Whether a paragraph begins a question (true) or an answer, and the paragraph without the mark.
fn turn_of(block: &Block) -> Option<(bool, Block)> {
    let BlockKind::Paragraph(inlines) = &block.kind else { return None };
    let question = begins_turn(inlines)?;
    let mut said = inlines.clone();
    let first = said.first_mut()?;
    match &mut first.kind {
        InlineKind::Styled(_, _) => {
            said.remove(0);
        }
        InlineKind::Text(text) => {
            let left = text.split_once(':').map_or("", |(_, said)| said).trim_start().to_owned();
            first.span.start = first.span.end.saturating_sub(left.len() as u32);
            *text = left;
        }
        _ => return None,
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = said.first_mut() {
        *text = text.trim_start_matches(':').trim_start().to_owned();
    }
    said.retain(|i| !matches!(&i.kind, InlineKind::Text(text) if text.is_empty()));
    Some((question, Block { kind: BlockKind::Paragraph(said), ..block.clone() }))
}

/// The letters that begin questions and answers: English, German, French, Spanish, Arabic.
const QUESTION: [char; 4] = ['Q', 'F', 'P', 'س'];
const ANSWER: [char; 3] = ['A', 'R', 'ج'];

/// Whether a line begins with `Q:` (true) or `A:`, also in bold.
fn begins_turn(line: &[Inline]) -> Option<bool> {
    let first = line.first()?;
    let words = match &first.kind {
        InlineKind::Text(text) => text.clone(),
        InlineKind::Styled(Style::Strong | Style::Emphasis, content) => {
            let letter = plain(content);
            let colon = matches!(line.get(1), Some(Inline { kind: InlineKind::Text(t), .. }) if t.starts_with(':'));
            // Only the mark itself may be bold.
            let is_mark = letter.trim_end_matches([':', ' ']).chars().count() == 1;
            is_mark.then(|| if colon { format!("{letter}:") } else { letter })?
        }
        _ => return None,
    };
    let mut chars = words.chars();
    let letter = chars.next()?;
    if !chars.as_str().trim_start_matches([' ', '\u{A0}', '\u{202F}']).starts_with(':') {
        return None;
    }
    match letter {
        letter if QUESTION.contains(&letter) => Some(true),
        letter if ANSWER.contains(&letter) => Some(false),
        _ => None,
    }
}
