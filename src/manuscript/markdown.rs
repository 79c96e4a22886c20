//! One piece of Markdown read into blocks, by way of pulldown-cmark's events.
//!
//! Link targets and notes are known for the whole article, wherever they are defined. The depth of the tree is bounded:
//! what is nested deeper is read as if it were not.

use super::scope::{DEPTH, Scope, fold};
use super::tree::*;
use super::{Options, attributes::Attributes, figures, html_blocks};
use crate::report::{Code, Finding, Severity, Spanned};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag};
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::ops::Range;

/// An event and its range in the file.
pub(super) type Placed<'e> = (Event<'e>, Range<usize>);

/// Reads events into a tree.
pub(super) struct Builder<'s, 'a, 'e> {
    pub(super) scope: &'s mut Scope<'a>,
    pub(super) events: Peekable<std::vec::IntoIter<Placed<'e>>>,
    /// The mark of the task list item that is being read.
    pub(super) task: Option<bool>,
}

/// The parser's options for ours.
pub(super) fn options(options: Options) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as P;
    let mut set = P::empty();
    if options.extensions {
        set |= P::ENABLE_TABLES | P::ENABLE_FOOTNOTES | P::ENABLE_STRIKETHROUGH | P::ENABLE_TASKLISTS;
        set |= P::ENABLE_DEFINITION_LIST | P::ENABLE_SUPERSCRIPT | P::ENABLE_SUBSCRIPT | P::ENABLE_HEADING_ATTRIBUTES;
    }
    if options.smart {
        set |= P::ENABLE_SMART_PUNCTUATION;
    }
    set
}

/// Gathers the link targets and the labels of notes that a piece defines. Earlier pieces win.
pub(super) fn define(scope: &mut Scope, range: &Range<usize>) {
    let text = scope.slice(scope.span(range));
    let parser = Parser::new_ext(text, options(scope.options));
    for (label, definition) in parser.reference_definitions().iter() {
        let title = definition.title.as_deref().unwrap_or_default().to_owned();
        scope.references.entry(fold(label)).or_insert((definition.dest.to_string(), title));
    }
    if text.contains("[^") {
        let labels = parser.filter_map(|event| match event {
            Event::Start(Tag::FootnoteDefinition(label)) => Some(fold(&label)),
            _ => None,
        });
        let labels: BTreeSet<String> = labels.collect();
        scope.labels.extend(labels.iter().cloned());
        scope.defined.insert(range.start, labels);
    }
}

/// Reads one piece.
pub(super) fn read(scope: &mut Scope, range: &Range<usize>) -> Vec<Block> {
    let piece = scope.slice(scope.span(range));
    // The parser knows a mark only where its note is defined, so a mark whose note is elsewhere gets a stand-in for it in
    // front; the comment ends the last of them.
    let mut text = stand_ins(scope, piece, range.start);
    if !text.is_empty() {
        text.push_str("\n<!-- -->\n\n");
    }
    let lead = text.len();
    text.push_str(piece);
    let references = &scope.references;
    let mut resolve = |link: BrokenLink| {
        let (target, title) = references.get(&fold(&link.reference))?;
        Some((CowStr::from(target.clone()), CowStr::from(title.clone())))
    };
    let parser = Parser::new_with_broken_link_callback(&text, options(scope.options), Some(&mut resolve));
    let events: Vec<Placed> = parser
        .into_offset_iter()
        .filter(|(_, r)| r.start >= lead)
        .map(|(event, r)| (event, r.start - lead + range.start..r.end - lead + range.start))
        .collect();
    Builder { scope, events: events.into_iter().peekable(), task: None }.blocks(0)
}

fn stand_ins(scope: &Scope, piece: &str, at: usize) -> String {
    let mut labels = BTreeSet::new();
    let defined = scope.defined.get(&at);
    if scope.options.extensions {
        for (at, _) in piece.match_indices("[^") {
            let rest = &piece[at + 2..];
            let end = rest.find(['[', ']', '\n']).filter(|end| rest[*end..].starts_with(']') && *end < 200);
            let label = end.map(|end| &rest[..end]);
            labels.extend(label.filter(|label| !defined.is_some_and(|d| d.contains(&fold(label)))));
        }
    }
    labels.into_iter().map(|label| format!("[^{label}]: .\n")).collect()
}

impl<'e> Builder<'_, '_, 'e> {
    /// Reads blocks up to the end of the container that holds them, and eats that end.
    pub(super) fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut flat = 0usize;
        let mut tight = false;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(tag) if is_inline(&tag) => {
                    tight = true;
                    blocks.push(self.bare(Event::Start(tag), range));
                }
                Event::Start(tag) if depth >= DEPTH && holds_blocks(&tag) => {
                    flat += 1;
                    let span = self.scope.span(&range);
                    self.scope.deep(span);
                }
                Event::Start(tag) => self.block(tag, range, depth, &mut blocks),
                Event::End(_) if flat > 0 => flat -= 1,
                Event::End(_) => break,
                Event::Rule => blocks.push(self.scope.block(&range, BlockKind::Rule)),
                Event::TaskListMarker(done) => self.task = Some(done),
                other => {
                    tight = true;
                    blocks.push(self.bare(other, range));
                }
            }
        }
        // A picture that begins an item of a tight list is a small one within the line.
        match self.scope.options.extensions && !tight {
            true => figures::gather(self.scope, blocks),
            false => blocks,
        }
    }

    /// The paragraph without paragraph marks (in tight lists) that begins with this event.
    fn bare(&mut self, event: Event<'e>, range: Range<usize>) -> Block {
        let inlines = self.line(event, range.clone());
        let end = inlines.last().map_or(range.end, |i| i.span.end as usize);
        self.scope.block(&(range.start..end.max(range.start)), BlockKind::Paragraph(inlines))
    }

    fn block(&mut self, tag: Tag<'e>, range: Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        let range = self.trimmed(&range);
        let kind = match tag {
            Tag::Paragraph => BlockKind::Paragraph(self.inlines(0)),
            Tag::Heading { level, id, attrs, .. } => {
                let kind = BlockKind::Heading(number(level), self.inlines(0));
                let mut block = self.scope.block(&range, kind);
                let place = |value: &str| self.find_in(&range, value);
                block.id = id.map(|id| Spanned::new(id.to_string(), place(&id)));
                let language = attrs.iter().find(|(key, _)| key.as_ref() == "lang").and_then(|(_, v)| v.as_ref());
                block.language = language.map(|tag| Spanned::new(tag.trim_matches('"').to_owned(), place(tag)));
                blocks.push(block);
                return;
            }
            Tag::BlockQuote(_) => BlockKind::Quote(self.blocks(depth + 1)),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                BlockKind::Code(info, self.text())
            }
            Tag::HtmlBlock => {
                let raw = self.text();
                if self.scope.options.sanitise {
                    blocks.extend(html_blocks::read(self.scope, &raw, range.start));
                    return;
                }
                BlockKind::Html(raw)
            }
            Tag::List(start) => BlockKind::List(self.list(start, depth)),
            Tag::FootnoteDefinition(label) => {
                let note =
                    Note { label: label.to_string(), span: self.scope.span(&range), blocks: self.blocks(depth + 1) };
                self.scope.notes.push(note);
                return;
            }
            Tag::DefinitionList => BlockKind::Definitions(self.definitions(depth)),
            Tag::Table(align) => BlockKind::Table(self.table(align)),
            // Not among the options, and so never met; its content flows on.
            _ => {
                blocks.extend(self.blocks(depth));
                return;
            }
        };
        blocks.push(self.scope.block(&range, kind));
    }

    /// A range without the blank lines and line end at its end.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.scope.slice(self.scope.span(range));
        range.start..range.start + text.trim_end().len().max(text.len().min(1))
    }

    /// Where a word stands within a range, or the range.
    pub(super) fn find_in(&self, range: &Range<usize>, word: &str) -> crate::report::Span {
        let text = self.scope.slice(self.scope.span(range));
        match text.rfind(word).filter(|_| !word.is_empty()) {
            Some(at) => self.scope.span(&(range.start + at..range.start + at + word.len())),
            None => self.scope.span(range),
        }
    }

    /// The text up to the end of the block.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(piece) | Event::Html(piece) | Event::InlineHtml(piece) => text.push_str(&piece),
                Event::End(_) => break,
                _ => {}
            }
        }
        text
    }

    fn list(&mut self, start: Option<u64>, depth: usize) -> List {
        let mut list = List { start, tight: true, items: Vec::new() };
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let outer = self.task.take();
                    let (blocks, loose) = self.item(depth + 1);
                    list.tight &= !loose;
                    let task = std::mem::replace(&mut self.task, outer);
                    list.items.push(ListItem { task, blocks });
                }
                _ => break,
            }
        }
        list
    }

    /// An item's blocks, and whether any of its own paragraphs is marked as one.
    fn item(&mut self, depth: usize) -> (Vec<Block>, bool) {
        let mut level = 0usize;
        let mut ahead = Vec::new();
        let mut any = false;
        // The events are looked through and put back: tightness shows only in them.
        for placed in self.events.by_ref() {
            match &placed.0 {
                Event::Start(Tag::Paragraph) if level == 0 => any = true,
                Event::Start(_) => {}
                Event::End(_) if level == 0 => {
                    ahead.push(placed);
                    break;
                }
                _ => {
                    level -= usize::from(matches!(placed.0, Event::End(_)));
                    ahead.push(placed);
                    continue;
                }
            }
            level += 1;
            ahead.push(placed);
        }
        let rest = std::mem::replace(&mut self.events, ahead.into_iter().peekable());
        let blocks = self.blocks(depth);
        self.events = rest;
        (blocks, any)
    }

    fn definitions(&mut self, depth: usize) -> Vec<Definition> {
        let mut list: Vec<Definition> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    list.push(Definition { term: self.inlines(0), meanings: Vec::new() });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let blocks = self.blocks(depth + 1);
                    match list.last_mut() {
                        Some(last) => last.meanings.push(blocks),
                        None => list.push(Definition { term: Vec::new(), meanings: vec![blocks] }),
                    }
                }
                _ => break,
            }
        }
        list
    }

    fn table(&mut self, align: Vec<pulldown_cmark::Alignment>) -> Table {
        use pulldown_cmark::Alignment as A;
        let side = |a: A| match a {
            A::None => Align::None,
            A::Left => Align::Left,
            A::Center => Align::Center,
            A::Right => Align::Right,
        };
        let align = align.into_iter().map(side).collect();
        let mut table = Table { align, head: Vec::new(), rows: Vec::new(), caption: None };
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells(),
                Event::Start(Tag::TableRow) => {
                    self.count_cells(&range, table.head.len());
                    let cells = self.cells();
                    table.rows.push(cells);
                }
                _ => break,
            }
        }
        table
    }

    /// Tells a row that has other cells than the head: Markdown drops those beyond it, and fills up what is missing.
    fn count_cells(&mut self, range: &Range<usize>, head: usize) {
        let range = self.trimmed(range);
        let span = self.scope.span(&range);
        let row = self.scope.slice(span).trim();
        if figures::is_caption(row) {
            return;
        }
        let row = row.strip_prefix('|').unwrap_or(row);
        let mut strokes: Vec<usize> = row.match_indices('|').map(|(at, _)| at).collect();
        strokes.retain(|at| !row[..*at].ends_with('\\'));
        if strokes.last() == Some(&(row.len().saturating_sub(1))) {
            strokes.pop();
        }
        let cells = strokes.len() + 1;
        let columns = if head == 1 { "1 column".to_owned() } else { format!("{head} columns") };
        let beyond = head.checked_sub(1).and_then(|last| strokes.get(last));
        if let Some(at) = beyond {
            let lost = row[at + 1..].trim_matches(['|', ' ', '\t']);
            // Empty cells are no loss.
            if lost.is_empty() {
                return;
            }
            let message = format!("this row has {cells} cells and the table {columns}: `{lost}` would be lost");
            let hint = "delete a `|`, write one that belongs to the text as `\\|`, or give the head another column";
            self.scope.find(Code::TEXT_TABLE_CELLS, span, message, hint);
        } else if cells < head {
            let message = format!("this row has {cells} of {columns}: the last cells stay empty");
            let mut finding = Finding::new(Code::TEXT_TABLE_CELLS, span, message)
                .hint("set a `|` for each cell, for an empty one, too");
            finding.severity = Severity::Warning;
            self.scope.report.push(finding);
        }
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
            cells.push(self.inlines(0));
        }
        cells
    }

    /// The target of a mark: the note's label, or a finding.
    pub(super) fn mark(&mut self, label: &str, range: &Range<usize>) -> InlineKind {
        if self.scope.labels.contains(&fold(label)) {
            return InlineKind::NoteMark(label.to_owned());
        }
        let span = self.scope.span(range);
        let hint = format!("write the note on a line of its own: `[^{label}]: …`, or delete the mark");
        self.scope.find(Code::TEXT_FOOTNOTE_MISSING, span, format!("there is no note for the mark `[^{label}]`"), hint);
        InlineKind::Text(self.scope.slice(span).to_owned())
    }
}

/// The language and the id that a block's attributes say.
pub(super) fn say(scope: &Scope, attributes: &Attributes, block: &mut Block) {
    let get = |key: &str| attributes.get(key).map(|a| scope.spanned(a.value.clone(), &a.range));
    block.language = get("lang");
    block.id = get("#");
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

pub(super) fn is_inline(tag: &Tag) -> bool {
    use Tag::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link { .. } | Image { .. })
}

fn holds_blocks(tag: &Tag) -> bool {
    use Tag::{BlockQuote, DefinitionList, DefinitionListDefinition, FootnoteDefinition, Item, List};
    matches!(tag, BlockQuote(_) | List(_) | Item | DefinitionList | DefinitionListDefinition | FootnoteDefinition(_))
}
