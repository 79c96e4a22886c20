//! Blocks of running text: paragraphs, headings, lists, quotations, code, definitions.

use super::Writer;
use super::escape::{add_text, attribute};
use crate::manuscript::{Block, BlockKind, Definition, Inline, List};

impl Writer<'_> {
    /// Writes blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            let level = self.level;
            self.block(block, false);
            if is_title(block, blocks.get(index + 1)) {
                self.level = level;
            }
        }
    }

    /// Writes a block; `bare` leaves out the marks of a paragraph.
    fn block(&mut self, block: &Block, bare: bool) {
        let more = self.open(block, bare);
        self.enter(block.number);
        let has_words = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Table(_));
        if !has_words {
            // Before the element: a page does not begin within a list's or a figure's frame.
            match block.kind {
                BlockKind::Heading(..) => self.breaks_at_start(),
                _ => self.leave(),
            }
        }
        match &block.kind {
            BlockKind::Paragraph(inlines) if bare && more.is_empty() => self.flow(inlines),
            BlockKind::Paragraph(inlines) => self.paragraph(inlines, &more),
            BlockKind::Heading(level, inlines) => {
                let level = self.heading_level(*level);
                self.level = level;
                self.out.push_str(&format!("<h{level}{more}>"));
                self.flow(inlines);
                self.out.push_str(&format!("</h{level}>\n"));
            }
            BlockKind::List(list) => self.list(list, &more),
            BlockKind::Quote(inner) => self.container("blockquote", &more, inner),
            BlockKind::Passage(inner) => self.container("div", &format!(" class=\"passage\"{more}"), inner),
            BlockKind::Code(info, code) => self.code(info, code, &more),
            BlockKind::Table(table) => self.table(table, &more),
            BlockKind::Rule => self.out.push_str(&format!("<hr{more}/>\n")),
            BlockKind::Definitions(list) => self.definitions(list, &more),
            BlockKind::Html(raw) => {
                // Only from plain CommonMark, which has its own way; never written as markup here.
                self.out.push_str(&format!("<p{more}>"));
                add_text(&mut self.out, raw);
                self.out.push_str("</p>\n");
            }
            _ => self.magazine(block, &more),
        }
        if block.language.is_some() {
            self.languages.pop();
        }
    }

    /// The attributes for a block's id, number and language.
    fn open(&mut self, block: &Block, bare: bool) -> String {
        let numbered = self.context.numbered && !bare;
        let number = if numbered { format!(" data-block=\"{}\"", block.number) } else { String::new() };
        let id = block.id.as_ref().map(|id| format!(" id=\"{}\"", attribute(&id.value))).unwrap_or_default();
        let language = match &block.language {
            Some(tag) => self.open_language(&tag.value),
            None => String::new(),
        };
        id + &number + &language
    }

    /// The level of a heading where it stands.
    fn heading_level(&self, written: u8) -> u8 {
        (written as i8 + self.shift).clamp(1, 6) as u8
    }

    /// The words of the running block, with its page breaks.
    pub(super) fn flow(&mut self, inlines: &[Inline]) {
        let lead = std::mem::take(&mut self.lead);
        self.out.push_str(&lead);
        self.inlines(inlines);
        self.leave();
    }

    pub(super) fn paragraph(&mut self, inlines: &[Inline], more: &str) {
        self.out.push_str(&format!("<p{more}>"));
        self.flow(inlines);
        self.out.push_str("</p>\n");
    }

    pub(super) fn container(&mut self, name: &str, more: &str, inner: &[Block]) {
        self.out.push_str(&format!("<{name}{more}>\n"));
        self.blocks(inner);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn list(&mut self, list: &List, more: &str) {
        let name = if list.start.is_some() { "ol" } else { "ul" };
        let start = list.start.filter(|n| *n != 1).map(|n| format!(" start=\"{n}\"")).unwrap_or_default();
        let tasks = if list.items.iter().any(|item| item.task.is_some()) { " class=\"tasks\"" } else { "" };
        self.out.push_str(&format!("<{name}{start}{tasks}{more}>\n"));
        for item in &list.items {
            self.out.push_str("<li>");
            if let Some(done) = item.task {
                let words = self.context.words;
                let (mark, word) = if done { ("☑", words.done) } else { ("☐", words.not_done) };
                self.lead = format!("<span role=\"img\" aria-label=\"{}\">{mark}</span> ", attribute(word));
            }
            item.blocks.iter().for_each(|block| self.block(block, list.tight));
            let lead = std::mem::take(&mut self.lead);
            self.out.push_str(&lead);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn code(&mut self, info: &str, code: &str, more: &str) {
        let language = info.split_whitespace().next().unwrap_or_default();
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", attribute(language)),
        };
        self.out.push_str(&format!("<pre{more}><code{class}>"));
        add_text(&mut self.out, code);
        self.out.push_str("</code></pre>\n");
    }

    fn definitions(&mut self, list: &[Definition], more: &str) {
        self.out.push_str(&format!("<dl{more}>\n"));
        for entry in list {
            self.out.push_str("<dt>");
            self.inlines(&entry.term);
            self.out.push_str("</dt>\n");
            for meaning in &entry.meanings {
                self.meaning(meaning);
            }
        }
        self.out.push_str("</dl>\n");
    }

    /// A `dd`; a single paragraph in it needs no marks of its own.
    pub(super) fn meaning(&mut self, blocks: &[Block]) {
        self.out.push_str("<dd>");
        let bare = matches!(blocks, [Block { kind: BlockKind::Paragraph(_), .. }]);
        blocks.iter().for_each(|block| self.block(block, bare));
        self.out.push_str("</dd>\n");
    }
}

/// Whether a heading is the title of the timeline or listings below it, and not the start of a part of the text.
fn is_title(block: &Block, next: Option<&Block>) -> bool {
    match (&block.kind, next) {
        (BlockKind::Heading(..), Some(Block { kind: BlockKind::Timeline(_) | BlockKind::Listings(_), span, .. })) => {
            span.start <= block.span.start && block.span.end <= span.end
        }
        _ => false,
    }
}
