//! Every part of a manuscript in reading order, for rules that look at all of them.
//!
//! A figure is visited before its caption, a block before what is in it, notes after the text.

use crate::manuscript::{Block, BlockKind, Figure, Inline, InlineKind, Manuscript};
use crate::report::Spanned;

/// A part of a manuscript.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A block, before its content.
    Block(&'a Block),
    /// An inline, before its content.
    Inline(&'a Inline),
    /// A figure, before its caption.
    Figure(&'a Figure),
    /// The title of a box.
    Title(&'a Spanned<String>),
}

/// Visits every part of a manuscript's text and notes; the front matter is left out.
pub fn walk<'a>(manuscript: &'a Manuscript, see: &mut dyn FnMut(Part<'a>)) {
    blocks(&manuscript.body, see);
    for note in &manuscript.notes {
        blocks(&note.blocks, see);
    }
}

/// Visits every inline and what is in it.
pub fn inlines<'a>(list: &'a [Inline], see: &mut dyn FnMut(Part<'a>)) {
    for inline in list {
        see(Part::Inline(inline));
        match &inline.kind {
            InlineKind::Styled(_, content) => inlines(content, see),
            InlineKind::Link(link) => inlines(&link.content, see),
            InlineKind::Image(image) => inlines(&image.alt, see),
            _ => {}
        }
    }
}

fn figure<'a>(figure: &'a Figure, see: &mut dyn FnMut(Part<'a>)) {
    see(Part::Figure(figure));
    inlines(&figure.caption, see);
}

fn title<'a>(title: &'a Option<Spanned<String>>, see: &mut dyn FnMut(Part<'a>)) {
    if let Some(title) = title {
        see(Part::Title(title));
    }
}

fn blocks<'a>(list: &'a [Block], see: &mut dyn FnMut(Part<'a>)) {
    for one in list {
        block(one, see);
    }
}

fn block<'a>(block: &'a Block, see: &mut dyn FnMut(Part<'a>)) {
    see(Part::Block(block));
    match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading(_, content) => inlines(content, see),
        BlockKind::List(list) => list.items.iter().for_each(|i| blocks(&i.blocks, see)),
        BlockKind::Quote(content) | BlockKind::Passage(content) => blocks(content, see),
        BlockKind::Code(..) | BlockKind::Rule | BlockKind::Html(_) => {}
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            table.caption.iter().chain(cells).for_each(|c| inlines(c, see));
        }
        BlockKind::Definitions(list) => {
            for definition in list {
                inlines(&definition.term, see);
                definition.meanings.iter().for_each(|m| blocks(m, see));
            }
        }
        BlockKind::Figure(one) => figure(one, see),
        BlockKind::Gallery(gallery) => {
            title(&gallery.title, see);
            gallery.figures.iter().for_each(|f| figure(f, see));
        }
        BlockKind::PullQuote(quote) => {
            inlines(&quote.text, see);
            quote.by.iter().for_each(|by| inlines(by, see));
        }
        BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => {
            title(&boxed.title, see);
            blocks(&boxed.blocks, see);
        }
        BlockKind::Interview(list) => {
            for exchange in list {
                blocks(&exchange.question, see);
                blocks(&exchange.answer, see);
            }
        }
        BlockKind::Timeline(moments) | BlockKind::Listings(moments) => {
            for moment in moments {
                inlines(&moment.when, see);
                blocks(&moment.blocks, see);
            }
        }
        BlockKind::Letter(letter) => {
            title(&letter.title, see);
            blocks(&letter.blocks, see);
            letter.from.iter().for_each(|from| inlines(from, see));
        }
    }
}
