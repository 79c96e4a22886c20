//! Inlines, and the page breaks among their words.
//!
//! Words are counted as in `manuscript::plain`: pieces between white space, across inlines.

use super::escape::{add_char, add_text, address, attribute};
use super::{PageBreak, Writer};
use crate::manuscript::{Image, Inline, InlineKind, Link, Style, plain};
use crate::words::direction;
use std::collections::{BTreeMap, VecDeque};

/// The page breaks that are still to be written, and the place in the running block.
pub(super) struct Breaks {
    waiting: BTreeMap<u32, VecDeque<PageBreak>>,
    here: VecDeque<PageBreak>,
    /// Words begun so far in the running block.
    words: usize,
    in_word: bool,
}

impl Breaks {
    pub(super) fn new(breaks: &[PageBreak]) -> Self {
        let mut waiting: BTreeMap<u32, Vec<PageBreak>> = BTreeMap::new();
        for entry in breaks {
            waiting.entry(entry.block).or_default().push(entry.clone());
        }
        let mut sorted = BTreeMap::new();
        for (block, mut list) in waiting {
            list.sort_by_key(|entry| entry.word);
            sorted.insert(block, list.into());
        }
        Breaks { waiting: sorted, here: VecDeque::new(), words: 0, in_word: false }
    }
}

impl Writer<'_> {
    /// Begins counting the words of a block.
    pub(super) fn enter(&mut self, block: u32) {
        self.breaks.here = self.breaks.waiting.remove(&block).unwrap_or_default();
        self.breaks.words = 0;
        self.breaks.in_word = false;
    }

    /// Writes the breaks that stand before the first word.
    pub(super) fn breaks_at_start(&mut self) {
        while self.breaks.here.front().is_some_and(|entry| entry.word == 0) {
            self.next_break();
        }
    }

    /// Writes the breaks that are left of the running block.
    pub(super) fn leave(&mut self) {
        while !self.breaks.here.is_empty() {
            self.next_break();
        }
    }

    /// Writes the breaks of blocks that were not met.
    pub(super) fn rest_of_breaks(&mut self) {
        let rest: Vec<PageBreak> = std::mem::take(&mut self.breaks.waiting).into_values().flatten().collect();
        self.breaks.here.extend(rest);
        self.leave();
    }

    fn next_break(&mut self) {
        let Some(entry) = self.breaks.here.pop_front() else { return };
        let kind = self.epub_type("pagebreak");
        let (id, label) = (attribute(&entry.id), attribute(&entry.label));
        self.out.push_str(&format!("<span{kind} role=\"doc-pagebreak\" id=\"{id}\" aria-label=\"{label}\"></span>"));
    }

    /// Stops counting, for words that are not the block's own.
    pub(super) fn pause(&mut self) -> VecDeque<PageBreak> {
        std::mem::take(&mut self.breaks.here)
    }

    /// Counts on.
    pub(super) fn resume(&mut self, here: VecDeque<PageBreak>) {
        self.breaks.here = here;
    }

    /// The end of a cell or another part of the block's text.
    pub(super) fn end_part(&mut self) {
        self.breaks.in_word = false;
    }

    /// ` epub:type="…"` where it is wanted.
    pub(super) fn epub_type(&self, kind: &str) -> String {
        if self.context.epub { format!(" epub:type=\"{kind}\"") } else { String::new() }
    }

    /// Counts a character of the running block; at the first of a word a page may begin.
    fn count(&mut self, c: char) {
        if c.is_whitespace() {
            self.breaks.in_word = false;
        } else if !self.breaks.in_word {
            self.breaks.in_word = true;
            while self.breaks.here.front().is_some_and(|entry| entry.word <= self.breaks.words) {
                self.next_break();
            }
            self.breaks.words += 1;
        }
    }

    fn words(&mut self, text: &str) {
        if self.breaks.here.is_empty() {
            add_text(&mut self.out, text);
            return;
        }
        for c in text.chars() {
            self.count(c);
            add_char(&mut self.out, c);
        }
    }

    /// Writes inlines.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.words(text),
                InlineKind::Code(text) => {
                    self.out.push_str("<code>");
                    self.words(text);
                    self.out.push_str("</code>");
                }
                InlineKind::SoftBreak => {
                    self.end_part();
                    self.out.push('\n');
                }
                InlineKind::HardBreak => {
                    self.end_part();
                    self.out.push_str("<br/>\n");
                }
                InlineKind::Styled(style, content) => self.styled(style, content),
                InlineKind::Link(link) => self.link(link),
                InlineKind::Image(image) => self.image(image),
                InlineKind::NoteMark(label) => self.mark(label),
                // Only from plain CommonMark, which has its own way; never written as markup here.
                InlineKind::Html(raw) => add_text(&mut self.out, raw),
            }
        }
    }

    fn styled(&mut self, style: &Style, content: &[Inline]) {
        let (name, more) = match style {
            Style::Emphasis => ("em", String::new()),
            Style::Strong => ("strong", String::new()),
            Style::Strikethrough => ("del", String::new()),
            Style::Superscript => ("sup", String::new()),
            Style::Subscript => ("sub", String::new()),
            Style::Small => ("small", String::new()),
            Style::Mark => ("mark", String::new()),
            Style::Keyboard => ("kbd", String::new()),
            Style::Cite => ("cite", String::new()),
            Style::Inserted => ("ins", String::new()),
            Style::Abbreviation(None) => ("abbr", String::new()),
            Style::Abbreviation(Some(long)) => ("abbr", format!(" title=\"{}\"", attribute(long))),
            Style::Anchor(id) => ("span", format!(" id=\"{}\"", attribute(&id.value))),
            Style::Language(tag) => {
                let more = self.open_language(&tag.value);
                self.wrap("span", &more, content);
                self.languages.pop();
                return;
            }
        };
        self.wrap(name, &more, content);
    }

    fn wrap(&mut self, name: &str, more: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{name}{more}>"));
        self.inlines(content);
        self.out.push_str(&format!("</{name}>"));
    }

    /// The attributes of a language, which is now the innermost. Its end is a pop of the languages.
    pub(super) fn open_language(&mut self, tag: &str) -> String {
        let outer = self.languages.last().map(String::as_str).unwrap_or_default();
        let turned = if direction(outer) == direction(tag) { "" } else { direction(tag).as_str() };
        let dir = if turned.is_empty() { String::new() } else { format!(" dir=\"{turned}\"") };
        self.languages.push(tag.to_owned());
        let tag = attribute(tag);
        format!(" lang=\"{tag}\" xml:lang=\"{tag}\"{dir}")
    }

    fn link(&mut self, link: &Link) {
        let href = (self.context.link)(&link.target).filter(|_| !self.in_link);
        let Some(href) = href else {
            self.inlines(&link.content);
            return;
        };
        let title = link.title.as_ref().map(|t| format!(" title=\"{}\"", attribute(t))).unwrap_or_default();
        self.in_link = true;
        self.wrap("a", &format!(" href=\"{}\"{title}", address(&href)), &link.content);
        self.in_link = false;
    }

    fn image(&mut self, image: &Image) {
        let words = plain(&image.alt);
        // Its words count as words of the block; a page that begins with one of them begins before the picture.
        words.chars().for_each(|c| self.count(c));
        match (self.context.picture)(&image.file) {
            Some(shown) => {
                let img = img(&shown, "inline");
                self.out.push_str(&img);
            }
            None => add_text(&mut self.out, &words),
        }
    }
}

/// The `img` element of a picture.
pub(super) fn img(shown: &super::Shown, class: &str) -> String {
    let size = shown.size.map(|(w, h)| format!(" width=\"{w}\" height=\"{h}\"")).unwrap_or_default();
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let alt = match &shown.alt {
        Some(alt) => format!(" alt=\"{}\"", attribute(alt)),
        None => " alt=\"\" role=\"presentation\"".to_owned(),
    };
    let choice = shown.choice.as_ref().map(|c| {
        let (srcset, sizes) = (attribute(&c.srcset), attribute(&c.sizes));
        format!(" srcset=\"{srcset}\" sizes=\"{sizes}\" loading=\"lazy\" decoding=\"async\"")
    });
    format!("<img{class} src=\"{}\"{}{alt}{size}/>", attribute(&shown.src), choice.unwrap_or_default())
}
