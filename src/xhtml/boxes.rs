//! Magazine blocks.
//!
//! A box's title is a heading one level below where the box stands, and the headings inside begin below it. A pull quote
//! repeats the text, so it is hidden from screen readers.

use super::Writer;
use super::escape::{add_text, attribute};
use crate::manuscript::{Block, BlockKind, Exchange, Gallery, Letter, Moment, PullQuote};
use crate::report::Spanned;

impl Writer<'_> {
    pub(super) fn magazine(&mut self, block: &Block, more: &str) {
        let words = self.context.words;
        let number = block.number;
        match &block.kind {
            BlockKind::Figure(figure) => self.figure(figure, more),
            BlockKind::Gallery(gallery) => self.gallery(gallery, number, more),
            BlockKind::PullQuote(quote) => self.pull_quote(quote, more),
            BlockKind::Sidebar(boxed) => {
                self.framed("aside", "sidebar", &boxed.title, words.sidebar, number, more, |w| w.blocks(&boxed.blocks));
            }
            BlockKind::FactBox(boxed) => {
                self.framed("aside", "fact-box", &boxed.title, words.fact_box, number, more, |w| {
                    w.blocks(&boxed.blocks)
                });
            }
            BlockKind::Brief(boxed) => {
                self.framed("section", "brief", &boxed.title, "", number, more, |w| w.blocks(&boxed.blocks));
            }
            BlockKind::Letter(letter) => {
                self.framed("section", "letter", &letter.title, "", number, more, |w| w.letter(letter));
            }
            BlockKind::Interview(list) => self.interview(list, more),
            BlockKind::Timeline(moments) => self.moments("timeline", moments, more),
            BlockKind::Listings(moments) => self.moments("listings", moments, more),
            _ => {}
        }
    }

    /// An element around a block's content, named by its title or, without one, by a fixed word.
    #[allow(clippy::too_many_arguments, reason = "all of them are the frame's own")]
    fn framed(
        &mut self,
        element: &str,
        class: &str,
        title: &Option<Spanned<String>>,
        word: &str,
        number: u32,
        more: &str,
        content: impl FnOnce(&mut Self),
    ) {
        let kind = if element == "aside" { self.epub_type("sidebar") } else { String::new() };
        let outer = (self.level, self.shift);
        let element = if title.is_none() && word.is_empty() { "div" } else { element };
        let name = match title {
            Some(_) => format!(" aria-labelledby=\"_title-{number}\""),
            None if word.is_empty() => String::new(),
            None => format!(" aria-label=\"{}\"", attribute(word)),
        };
        self.out.push_str(&format!("<{element} class=\"{class}\"{kind}{name}{more}>\n"));
        if let Some(title) = title {
            self.title(title, number);
        }
        self.shift = self.level as i8 - 1;
        content(self);
        self.out.push_str(&format!("</{element}>\n"));
        (self.level, self.shift) = outer;
    }

    /// A box's title as a heading.
    fn title(&mut self, title: &Spanned<String>, number: u32) {
        self.level = (self.level + 1).min(6);
        let level = self.level;
        self.out.push_str(&format!("<h{level} class=\"box-title\" id=\"_title-{number}\">"));
        add_text(&mut self.out, &title.value);
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn gallery(&mut self, gallery: &Gallery, number: u32, more: &str) {
        let word = self.context.words.gallery;
        let class = if gallery.essay { "gallery photo-essay" } else { "gallery" };
        self.framed("section", class, &gallery.title, word, number, more, |w| {
            gallery.figures.iter().for_each(|figure| w.figure(figure, ""));
        });
    }

    fn pull_quote(&mut self, quote: &PullQuote, more: &str) {
        let kind = self.epub_type("pullquote");
        let class = if quote.wrap { "pull-quote wrap" } else { "pull-quote" };
        self.out
            .push_str(&format!("<aside class=\"{class}\"{kind} role=\"doc-pullquote\" aria-hidden=\"true\"{more}>\n"));
        self.out.push_str("<p>");
        // Links inside could be reached by keyboard though they are hidden.
        let in_link = std::mem::replace(&mut self.in_link, true);
        self.inlines(&quote.text);
        self.out.push_str("</p>\n");
        if let Some(by) = &quote.by {
            self.out.push_str("<p class=\"by\">");
            self.inlines(by);
            self.out.push_str("</p>\n");
        }
        self.in_link = in_link;
        self.out.push_str("</aside>\n");
    }

    fn interview(&mut self, list: &[Exchange], more: &str) {
        let words = self.context.words;
        let colon = words.colon.trim_end();
        self.out.push_str(&format!("<div class=\"interview\"{more}>\n"));
        for exchange in list {
            for (class, mark, long, blocks) in [
                ("question", words.question_mark, words.question, &exchange.question),
                ("answer", words.answer_mark, words.answer, &exchange.answer),
            ] {
                if blocks.is_empty() {
                    continue;
                }
                let (mark, long) = (format!("{mark}{colon}"), attribute(long));
                self.lead =
                    format!("<strong class=\"speaker\"><abbr title=\"{long}\">{}</abbr></strong> ", super::text(&mark));
                self.container("div", &format!(" class=\"{class}\""), blocks);
                self.lead.clear();
            }
        }
        self.out.push_str("</div>\n");
    }

    fn moments(&mut self, class: &str, moments: &[Moment], more: &str) {
        self.out.push_str(&format!("<dl class=\"{class}\"{more}>\n"));
        for moment in moments {
            self.out.push_str("<dt>");
            self.inlines(&moment.when);
            self.out.push_str("</dt>\n");
            self.meaning(&moment.blocks);
        }
        self.out.push_str("</dl>\n");
    }

    fn letter(&mut self, letter: &Letter) {
        self.blocks(&letter.blocks);
        if let Some(from) = &letter.from {
            self.out.push_str("<p class=\"from\">");
            self.inlines(from);
            self.out.push_str("</p>\n");
        }
    }
}
