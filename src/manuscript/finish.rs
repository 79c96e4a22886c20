//! The last pass over a text: numbers, headings, ids, notes, typography.
//!
//! After it every block has its number in reading order and every mark has its note.

use super::flow;
use super::scope::{Scope, fold};
use super::tree::*;
use super::typography::smarten;
use crate::report::{Code, Finding, Span, Spanned};
use std::collections::BTreeMap;

/// Finishes the body; gives back the notes in the order of their first mark.
pub(super) fn body(scope: &mut Scope, blocks: &mut [Block]) -> Vec<Note> {
    let language = scope.options.language.to_owned();
    let mut finisher = Finisher { scope, number: 0, level: 1, ids: BTreeMap::new(), marks: Vec::new() };
    finisher.blocks(blocks, &language);
    finisher.notes(&language)
}

struct Finisher<'s, 'a> {
    scope: &'s mut Scope<'a>,
    number: u32,
    /// The level of the last heading.
    level: u8,
    ids: BTreeMap<String, Span>,
    /// Folded labels of the marks in reading order.
    marks: Vec<String>,
}

impl Finisher<'_, '_> {
    fn blocks(&mut self, blocks: &mut [Block], language: &str) {
        for i in 0..blocks.len() {
            let goes_on = matches!(blocks.get(i + 1).map(|b| &b.kind),
                Some(BlockKind::Paragraph(next)) if flow::opens_with_mark(self.scope, next));
            let block = &mut blocks[i];
            block.number = self.number;
            self.number += 1;
            if let Some(id) = &block.id {
                self.id(&id.clone());
            }
            let own = block.language.as_ref().map(|tag| tag.value.clone());
            self.kind(&mut block.kind, block.span, own.as_deref().unwrap_or(language), goes_on);
        }
    }

    fn kind(&mut self, kind: &mut BlockKind, span: Span, language: &str, goes_on: bool) {
        match kind {
            BlockKind::Paragraph(inlines) => self.flow(inlines, language, goes_on),
            BlockKind::Heading(level, inlines) => {
                self.heading(level, span);
                self.flow(inlines, language, false);
            }
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks, language)),
            BlockKind::Quote(blocks) | BlockKind::Passage(blocks) => self.blocks(blocks, language),
            BlockKind::Table(table) => {
                let rows = table.rows.iter_mut().flatten();
                for cell in table.caption.iter_mut().chain(&mut table.head).chain(rows) {
                    self.flow(cell, language, false);
                }
            }
            BlockKind::Definitions(list) => {
                for entry in list {
                    self.flow(&mut entry.term, language, false);
                    entry.meanings.iter_mut().for_each(|blocks| self.blocks(blocks, language));
                }
            }
            BlockKind::Figure(figure) => self.flow(&mut figure.caption, language, false),
            BlockKind::Gallery(gallery) => {
                self.title(&mut gallery.title, language);
                gallery.figures.iter_mut().for_each(|figure| self.flow(&mut figure.caption, language, false));
            }
            BlockKind::PullQuote(quote) => {
                self.flow(&mut quote.text, language, false);
                quote.by.iter_mut().for_each(|by| self.flow(by, language, false));
            }
            BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => {
                self.title(&mut boxed.title, language);
                self.apart(&mut boxed.blocks, language);
            }
            BlockKind::Interview(exchanges) => {
                for exchange in exchanges {
                    self.blocks(&mut exchange.question, language);
                    self.blocks(&mut exchange.answer, language);
                }
            }
            BlockKind::Timeline(moments) | BlockKind::Listings(moments) => {
                for moment in moments {
                    self.flow(&mut moment.when, language, false);
                    self.blocks(&mut moment.blocks, language);
                }
            }
            BlockKind::Letter(letter) => {
                self.title(&mut letter.title, language);
                self.apart(&mut letter.blocks, language);
                letter.from.iter_mut().for_each(|from| self.flow(from, language, false));
            }
            BlockKind::Code(..) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }

    /// Blocks whose headings are counted on their own.
    fn apart(&mut self, blocks: &mut [Block], language: &str) {
        let level = std::mem::replace(&mut self.level, 1);
        self.blocks(blocks, language);
        self.level = level;
    }

    fn title(&self, title: &mut Option<Spanned<String>>, language: &str) {
        if let Some(title) = title.as_mut().filter(|_| self.scope.options.smart) {
            title.value = smarten(&title.value, language);
        }
    }

    fn heading(&mut self, level: &mut u8, span: Span) {
        if !self.scope.options.extensions {
            return;
        }
        if *level == 0 {
            // The title of a block that has no room for one: a level below where it stands.
            *level = (self.level + 1).min(6);
            return;
        }
        if *level == 1 {
            let hint = "begin with `##`: the headline stands in the front matter";
            self.scope.find(Code::TEXT_HEADING_ONE, span, "a heading of level one in the text", hint);
            *level = 2;
        }
        if *level > self.level + 1 {
            let right = "#".repeat(usize::from(self.level) + 1);
            let message = format!("this heading has level {}, and the one above it level {}", *level, self.level);
            let message = if self.level == 1 {
                format!("the first heading has level {}, and not level 2", *level)
            } else {
                message
            };
            self.scope.find(Code::TEXT_HEADING_SKIP, span, message, format!("begin it with `{right}`"));
        }
        self.level = *level;
    }

    fn flow(&mut self, inlines: &mut Vec<Inline>, language: &str, goes_on: bool) {
        flow::set(self.scope, inlines, language, goes_on);
        self.places(inlines);
    }

    /// Notes the ids and marks of a paragraph.
    fn places(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::NoteMark(label) => self.marks.push(fold(label)),
                InlineKind::Styled(style, content) => {
                    if let Style::Anchor(id) = style {
                        self.id(&id.clone());
                    }
                    self.places(content);
                }
                InlineKind::Link(link) => self.places(&link.content),
                _ => {}
            }
        }
    }

    fn id(&mut self, id: &Spanned<String>) {
        match self.ids.get(&id.value) {
            Some(first) => {
                let message = format!("the id `{}` is given twice", id.value);
                let finding = Finding::new(Code::TEXT_DUPLICATE_ID, id.span, message);
                self.scope.report.push(finding.hint("give this place another id").other(*first, "first given here"));
            }
            None => {
                self.ids.insert(id.value.clone(), id.span);
            }
        }
    }

    /// Orders the notes by their first mark, marks in notes included, and finishes their text.
    fn notes(&mut self, language: &str) -> Vec<Note> {
        let mut waiting: BTreeMap<String, Note> = BTreeMap::new();
        for note in std::mem::take(&mut self.scope.notes) {
            match waiting.get(&fold(&note.label)) {
                Some(first) => {
                    let message = format!("there are two notes `[^{}]`", note.label);
                    let finding = Finding::new(Code::TEXT_DUPLICATE_ID, note.span, message);
                    let finding = finding.hint("give this one another label").other(first.span, "the first is here");
                    self.scope.report.push(finding);
                }
                None => {
                    waiting.insert(fold(&note.label), note);
                }
            }
        }
        let mut notes = Vec::new();
        let mut next = 0;
        while let Some(label) = self.marks.get(next) {
            if let Some(mut note) = waiting.remove(label) {
                self.level = 6;
                self.blocks(&mut note.blocks, language);
                notes.push(note);
            }
            next += 1;
        }
        for note in waiting.values() {
            let message = format!("no mark points to the note `[^{}]`", note.label);
            let hint = format!("set `[^{}]` in the text where it belongs, or delete the note", note.label);
            self.scope.find(Code::TEXT_FOOTNOTE_UNUSED, note.span, message, hint);
        }
        notes
    }
}

/// Makes every mark carry the label that its note is written with.
pub(super) fn align_marks(blocks: &mut [Block], notes: &mut [Note]) {
    let labels: BTreeMap<String, String> = notes.iter().map(|n| (fold(&n.label), n.label.clone())).collect();
    for list in std::iter::once(blocks).chain(notes.iter_mut().map(|note| note.blocks.as_mut_slice())) {
        super::walk::flows_mut(list, &mut |inlines| rename(inlines, &labels));
    }
}

fn rename(inlines: &mut [Inline], labels: &BTreeMap<String, String>) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::NoteMark(label) => {
                if let Some(right) = labels.get(&fold(label)) {
                    label.clone_from(right);
                }
            }
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => rename(content, labels),
            _ => {}
        }
    }
}

/// All places of an article that links can name, in reading order.
pub fn ids(blocks: &[Block]) -> Vec<Spanned<String>> {
    let mut ids = Vec::new();
    super::walk::blocks(blocks, &mut |block| ids.extend(block.id.clone()));
    super::walk::flows(blocks, &mut |inlines| anchors(inlines, &mut ids));
    ids.sort_by_key(|id| id.span);
    ids
}

fn anchors(inlines: &[Inline], ids: &mut Vec<Spanned<String>>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Styled(style, content) => {
                if let Style::Anchor(id) = style {
                    ids.push(id.clone());
                }
                anchors(content, ids);
            }
            InlineKind::Link(link) => anchors(&link.content, ids),
            _ => {}
        }
    }
}
