//! Paragraphs that begin with a picture become figures; paragraphs beside a table become its caption.
//!
//! A figure keeps its caption as inlines and its credit as it is worded.

use super::inlines::plain;
use super::scope::Scope;
use super::spans::attributes_at;
use super::tree::*;
use crate::credit;
use crate::report::{Code, Span, Spanned};

/// Gathers figures and captions among sibling blocks.
pub(super) fn gather(scope: &mut Scope, blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if let BlockKind::Table(table) = &mut block.kind {
            last_row_caption(table);
            if let Some(before) = out.last_mut()
                && let Some(caption) = table_caption(before).filter(|_| table.caption.is_none())
            {
                table.caption = Some(caption);
                out.pop();
            }
            tell_headless(scope, table, block.span);
            out.push(block);
            continue;
        }
        let BlockKind::Paragraph(inlines) = &block.kind else {
            out.push(block);
            continue;
        };
        if begins_with_picture(inlines) {
            for figure in figures(scope, inlines) {
                let span = figure.span;
                out.push(Block { number: 0, span, language: None, id: None, kind: BlockKind::Figure(figure) });
            }
        } else if !joins_last(scope, &mut out, &block) {
            out.push(block);
        }
    }
    out
}

/// A paragraph that belongs to the figure or table before it.
fn joins_last(scope: &Scope, out: &mut [Block], block: &Block) -> bool {
    let (Some(last), BlockKind::Paragraph(inlines)) = (out.last_mut(), &block.kind) else { return false };
    match &mut last.kind {
        BlockKind::Figure(figure) if figure.credit.is_none() => {
            let is_one_line = !inlines.iter().any(|i| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak));
            figure.credit = is_one_line.then(|| credit_of(scope, inlines)).flatten();
            figure.credit.is_some()
        }
        BlockKind::Table(table) if table.caption.is_none() => {
            table.caption = table_caption(block);
            table.caption.is_some()
        }
        _ => false,
    }
}

const CAPTION_WORDS: [&str; 4] = ["Table:", "Tabelle:", "Tableau :", "Tabla:"];

/// Whether a line is a table's caption.
pub(super) fn is_caption(line: &str) -> bool {
    CAPTION_WORDS.iter().any(|word| line.starts_with(word))
}

/// The inlines after `Table:` if the block is a paragraph that begins so.
fn table_caption(block: &Block) -> Option<Vec<Inline>> {
    match &block.kind {
        BlockKind::Paragraph(inlines) => without_word(inlines),
        _ => None,
    }
}

fn without_word(inlines: &[Inline]) -> Option<Vec<Inline>> {
    let (first, rest) = inlines.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let left = CAPTION_WORDS.iter().find_map(|word| text.strip_prefix(word))?.trim_start();
    let span = Span { start: first.span.end.saturating_sub(left.len() as u32).max(first.span.start), ..first.span };
    let mut caption = vec![Inline { span, kind: InlineKind::Text(left.to_owned()) }];
    caption.extend_from_slice(rest);
    Some(caption)
}

/// A caption written directly under a table was read as its last row.
fn last_row_caption(table: &mut Table) {
    let Some(row) = table.rows.last() else { return };
    let Some((first, rest)) = row.split_first() else { return };
    if rest.iter().all(Vec::is_empty)
        && let Some(caption) = without_word(first)
    {
        table.caption = Some(caption);
        table.rows.pop();
    }
}

/// Tells a table whose header cells are all empty.
pub(super) fn tell_headless(scope: &mut Scope, table: &Table, span: Span) {
    if table.head.iter().all(|cell| plain(cell).trim().is_empty()) {
        let hint = "write in its first row what each column holds";
        scope.find(Code::ACCESS_TABLE_HEADER, span, "a table without header cells", hint);
    }
}

fn begins_with_picture(inlines: &[Inline]) -> bool {
    matches!(inlines.first(), Some(Inline { kind: InlineKind::Image(_), .. }))
}

/// The figures of a paragraph that begins with a picture: each picture at the start of a line begins another.
pub(super) fn figures(scope: &mut Scope, inlines: &[Inline]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for line in inlines.split(|i| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak)) {
        let mut rest = trim_start(line);
        while let Some((Inline { kind: InlineKind::Image(image), span }, after)) = rest.split_first() {
            figures.push(figure(scope, image, *span));
            rest = trim_start(after);
        }
        if let Some(figure) = figures.last_mut().filter(|_| !rest.is_empty()) {
            add_line(scope, figure, rest);
        }
    }
    for figure in &mut figures {
        trim(&mut figure.caption);
    }
    figures
}

/// Without blanks at both ends.
pub(super) fn trim(inlines: &mut Vec<Inline>) {
    if let Some(Inline { kind: InlineKind::Text(text), span }) = inlines.first_mut() {
        let left = text.trim_start();
        span.start = span.end.saturating_sub(left.len() as u32).max(span.start);
        *text = left.to_owned();
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.last_mut() {
        *text = text.trim_end().to_owned();
    }
    inlines.retain(|i| !matches!(&i.kind, InlineKind::Text(text) if text.is_empty()));
}

fn trim_start(line: &[Inline]) -> &[Inline] {
    let blank = |i: &&Inline| matches!(&i.kind, InlineKind::Text(text) if text.trim().is_empty());
    &line[line.iter().take_while(blank).count()..]
}

fn figure(scope: &Scope, image: &Image, span: Span) -> Figure {
    let list = attributes_at(scope, span.end as usize).unwrap_or_default();
    let mut width = Width::Column;
    if list.has("page") {
        width = Width::Page;
    } else if list.has("wide") {
        width = Width::Wide;
    } else if list.has("wrap") {
        width = Width::Wrap;
    }
    let mut figure = Figure {
        span,
        file: image.file.clone(),
        alt: Spanned::new(plain(&image.alt), span),
        decorative: image.decorative,
        caption: Vec::new(),
        credit: None,
        width,
    };
    if let Some(title) = &image.title {
        match credit::parse(title) {
            Some(_) => figure.credit = Some(Spanned::new(title.clone(), span)),
            None => figure.caption = vec![Inline { span, kind: InlineKind::Text(title.clone()) }],
        }
    }
    figure
}

/// Takes a line below a picture as its credit or as caption.
fn add_line(scope: &mut Scope, figure: &mut Figure, line: &[Inline]) {
    if let Some(credit) = credit_of(scope, line) {
        match &figure.credit {
            None => figure.credit = Some(credit),
            Some(first) if first.value != credit.value => {
                let (other, span) = (first.span, credit.span);
                let message = format!("picture `{}` is credited in two different ways", figure.file.value);
                let finding = crate::report::Finding::new(Code::RIGHTS_CREDIT_CONFLICT, span, message);
                scope.report.push(finding.hint("keep the one that is right").other(other, "first credited here"));
            }
            Some(_) => {}
        }
        return;
    }
    if let Some(last) = figure.caption.last() {
        let span = Span { start: last.span.end, end: last.span.end, ..last.span };
        figure.caption.push(Inline { span, kind: InlineKind::SoftBreak });
    }
    figure.caption.extend_from_slice(line);
}

/// The wording of a line that is a credit.
fn credit_of(scope: &Scope, line: &[Inline]) -> Option<Spanned<String>> {
    let (first, last) = (line.first()?, line.last()?);
    let mut words = String::new();
    wording(scope, line, &mut words);
    let words = words.trim();
    credit::parse(words)?;
    Some(Spanned::new(words.to_owned(), Span { end: last.span.end, ..first.span }))
}

/// A credit's words as written, with the address of a link behind its words.
fn wording(scope: &Scope, line: &[Inline], out: &mut String) {
    for inline in line {
        match &inline.kind {
            // Quotation marks and dashes of the source stay as they are: the wording is kept verbatim.
            InlineKind::Text(text) => {
                let written = scope.slice(inline.span);
                out.push_str(if matches!(written, "\"" | "'") { written } else { text });
            }
            InlineKind::Link(link) => {
                let words = plain(&link.content);
                out.push_str(&words);
                if !link.target.value.contains(words.trim()) {
                    out.push_str(&format!(" ({})", link.target.value));
                }
            }
            InlineKind::Styled(_, content) => wording(scope, content, out),
            _ => out.push_str(&plain(std::slice::from_ref(inline))),
        }
    }
}
