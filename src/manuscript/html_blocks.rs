//! A block of HTML as nodes of the tree: paragraphs, lists, quotations, tables, headings.
//!
//! It is read from what the sanitiser left; unknown elements were dropped there and their words flow on.

use super::figures::{tell_headless, trim};
use super::html::{self, Wrap};
use super::inlines::quote;
use super::scope::{DEPTH, Scope};
use super::tree::*;
use crate::report::{Code, Spanned};
use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, QualName, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::ops::Range;

/// Reads a block of HTML that begins at byte `at` of the file.
pub(super) fn read(scope: &mut Scope, raw: &str, at: usize) -> Vec<Block> {
    html::tell(scope, raw, at, false);
    let kept = html::sanitise(raw);
    let context = QualName::new(None, ns!(html), LocalName::from("body"));
    let dom = html5ever::parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(kept);
    let range = at..at + raw.trim_end().len();
    let mut reader = Reader { scope, range };
    let mut blocks = Vec::new();
    for root in dom.document.children.borrow().iter() {
        blocks.extend(reader.blocks(root, 0));
    }
    if blocks.is_empty() {
        reader.tell_empty(raw);
    }
    blocks
}

struct Reader<'s, 'a> {
    scope: &'s mut Scope<'a>,
    /// Where the HTML stands: the place of everything in it.
    range: Range<usize>,
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn attributes(node: &Handle) -> Vec<(String, String)> {
    match &node.data {
        NodeData::Element { attrs, .. } => {
            attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect()
        }
        _ => Vec::new(),
    }
}

fn is_block(name: &str) -> bool {
    !name.is_empty() && !html::is_inline_element(name)
}

impl Reader<'_, '_> {
    /// Opening tags alone, their content in Markdown below: nothing can be made of them.
    fn tell_empty(&mut self, raw: &str) {
        let kept = html::tags(raw).into_iter().find(|t| !t.close && html::is_kept_block(&t.name));
        if let Some(tag) = kept {
            let span = self.scope.span(&self.range);
            let hint = "write it in Markdown, or write all of it in HTML without blank lines";
            let message = format!("the element `<{}>` holds nothing and was dropped", tag.name);
            self.scope.find(Code::TEXT_HTML_DROPPED, span, message, hint);
        }
    }

    fn block(&self, kind: BlockKind) -> Block {
        self.scope.block(&self.range, kind)
    }

    /// The blocks in an element; words outside of any block become paragraphs.
    fn blocks(&mut self, parent: &Handle, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        for child in parent.children.borrow().iter() {
            let name = name(child);
            if is_block(&name) {
                self.end_line(&mut line, &mut blocks);
                match depth < DEPTH {
                    true => self.element(child, &name, depth, &mut blocks),
                    false => {
                        let span = self.scope.span(&self.range);
                        self.scope.deep(span);
                        line.push(Inline { span, kind: InlineKind::Text(collapse(&words(child))) });
                    }
                }
            } else {
                self.inline(child, depth, &mut line);
            }
        }
        self.end_line(&mut line, &mut blocks);
        blocks
    }

    fn end_line(&mut self, line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        let mut inlines = std::mem::take(line);
        trim(&mut inlines);
        if !inlines.is_empty() {
            blocks.push(self.block(BlockKind::Paragraph(inlines)));
        }
    }

    fn element(&mut self, node: &Handle, name: &str, depth: usize, blocks: &mut Vec<Block>) {
        let kind = match name {
            "p" => {
                let inlines = self.inlines(node, depth);
                if inlines.is_empty() {
                    return;
                }
                BlockKind::Paragraph(inlines)
            }
            "hr" => BlockKind::Rule,
            "blockquote" => match self.blocks(node, depth + 1) {
                inner if inner.is_empty() => return,
                inner => BlockKind::Quote(inner),
            },
            "ul" | "ol" => BlockKind::List(self.list(node, name == "ol", depth)),
            "dl" => BlockKind::Definitions(self.definitions(node, depth)),
            "pre" => BlockKind::Code(String::new(), words(node)),
            "table" => {
                let table = self.table(node, depth);
                let span = self.scope.span(&self.range);
                tell_headless(self.scope, &table, span);
                BlockKind::Table(table)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name[1..].parse().unwrap_or(2);
                BlockKind::Heading(level, self.inlines(node, depth))
            }
            _ => {
                blocks.extend(self.blocks(node, depth + 1));
                return;
            }
        };
        let mut block = self.block(kind);
        let language = attributes(node).into_iter().find(|(key, _)| key == "lang");
        block.language = language.map(|(_, tag)| Spanned::new(tag, block.span));
        blocks.push(block);
    }

    fn list(&mut self, node: &Handle, ordered: bool, depth: usize) -> List {
        let start = attributes(node).iter().find(|(key, _)| key == "start").and_then(|(_, v)| v.parse().ok());
        let start = ordered.then(|| start.unwrap_or(1));
        let mut list = List { start, tight: true, items: Vec::new() };
        for item in node.children.borrow().iter().filter(|c| !name(c).is_empty()) {
            list.tight &= item.children.borrow().iter().all(|c| name(c) != "p");
            list.items.push(ListItem { task: None, blocks: self.blocks(item, depth + 1) });
        }
        list
    }

    fn definitions(&mut self, node: &Handle, depth: usize) -> Vec<Definition> {
        let mut list: Vec<Definition> = Vec::new();
        for child in node.children.borrow().iter() {
            match (name(child).as_str(), list.last_mut()) {
                ("dt", _) => list.push(Definition { term: self.inlines(child, depth), meanings: Vec::new() }),
                ("dd", Some(last)) => last.meanings.push(self.blocks(child, depth + 1)),
                _ => {}
            }
        }
        list
    }

    fn table(&mut self, node: &Handle, depth: usize) -> Table {
        let mut table = Table { align: Vec::new(), head: Vec::new(), rows: Vec::new(), caption: None };
        let mut rows = Vec::new();
        for child in node.children.borrow().iter() {
            match name(child).as_str() {
                "caption" => table.caption = Some(self.inlines(child, depth)),
                "tr" => rows.push(child.clone()),
                "thead" | "tbody" | "tfoot" => {
                    rows.extend(child.children.borrow().iter().filter(|c| name(c) == "tr").cloned());
                }
                _ => {}
            }
        }
        for (index, row) in rows.iter().enumerate() {
            let cells: Vec<Handle> =
                row.children.borrow().iter().filter(|c| matches!(name(c).as_str(), "td" | "th")).cloned().collect();
            let is_head = index == 0 && !cells.is_empty() && cells.iter().all(|c| name(c) == "th");
            let cells = cells.iter().map(|cell| self.inlines(cell, depth)).collect();
            match is_head {
                true => table.head = cells,
                false => table.rows.push(cells),
            }
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.head.len());
        table.align = vec![Align::None; columns];
        table.head.resize(columns, Vec::new());
        table.rows.iter_mut().for_each(|row| row.resize(columns, Vec::new()));
        table
    }

    fn inlines(&mut self, node: &Handle, depth: usize) -> Vec<Inline> {
        let mut out = Vec::new();
        for child in node.children.borrow().iter() {
            self.inline(child, depth, &mut out);
        }
        trim(&mut out);
        out
    }

    fn inline(&mut self, node: &Handle, depth: usize, out: &mut Vec<Inline>) {
        let span = self.scope.span(&self.range);
        let kind = match &node.data {
            NodeData::Text { contents } => InlineKind::Text(collapse(&contents.borrow())),
            NodeData::Element { .. } => {
                let name = name(node);
                if name == "br" {
                    InlineKind::HardBreak
                } else if depth >= DEPTH {
                    self.scope.deep(span);
                    InlineKind::Text(collapse(&words(node)))
                } else {
                    let mut content = Vec::new();
                    for child in node.children.borrow().iter() {
                        self.inline(child, depth + 1, &mut content);
                    }
                    match html::wrap(self.scope, &name, &attributes(node), &self.range) {
                        Wrap::Style(style) => InlineKind::Styled(style, content),
                        Wrap::Link(link) => InlineKind::Link(Link { content, ..link }),
                        Wrap::Code => InlineKind::Code(super::plain(&content)),
                        Wrap::Quote => {
                            out.push(quote("“", span));
                            out.extend(content);
                            out.push(quote("”", span));
                            return;
                        }
                        Wrap::Drop => return,
                        Wrap::Nothing => {
                            out.extend(content);
                            return;
                        }
                    }
                }
            }
            _ => return,
        };
        out.push(Inline { span, kind });
    }
}

/// The words in an element, however deep; read without recursion.
fn words(node: &Handle) -> String {
    let mut text = String::new();
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        waiting.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}

/// White space as HTML shows it: one space.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        let is_blank = matches!(c, ' ' | '\t' | '\n' | '\u{C}' | '\r');
        if !is_blank {
            out.push(c);
        } else if !blank {
            out.push(' ');
        }
        blank = is_blank;
    }
    out
}
