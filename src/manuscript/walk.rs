//! Walks over a tree: every block, every paragraph's inlines, in reading order.

use super::tree::*;

/// The groups of blocks directly inside a block.
pub(super) fn children(kind: &BlockKind) -> Vec<&Vec<Block>> {
    match kind {
        BlockKind::List(list) => list.items.iter().map(|item| &item.blocks).collect(),
        BlockKind::Quote(blocks) | BlockKind::Passage(blocks) => vec![blocks],
        BlockKind::Definitions(list) => list.iter().flat_map(|entry| &entry.meanings).collect(),
        BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => vec![&boxed.blocks],
        BlockKind::Interview(list) => list.iter().flat_map(|e| [&e.question, &e.answer]).collect(),
        BlockKind::Timeline(moments) | BlockKind::Listings(moments) => moments.iter().map(|m| &m.blocks).collect(),
        BlockKind::Letter(letter) => vec![&letter.blocks],
        _ => Vec::new(),
    }
}

fn children_mut(kind: &mut BlockKind) -> Vec<&mut Vec<Block>> {
    match kind {
        BlockKind::List(list) => list.items.iter_mut().map(|item| &mut item.blocks).collect(),
        BlockKind::Quote(blocks) | BlockKind::Passage(blocks) => vec![blocks],
        BlockKind::Definitions(list) => list.iter_mut().flat_map(|entry| &mut entry.meanings).collect(),
        BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => vec![&mut boxed.blocks],
        BlockKind::Interview(list) => list.iter_mut().flat_map(|e| [&mut e.question, &mut e.answer]).collect(),
        BlockKind::Timeline(moments) | BlockKind::Listings(moments) => {
            moments.iter_mut().map(|m| &mut m.blocks).collect()
        }
        BlockKind::Letter(letter) => vec![&mut letter.blocks],
        _ => Vec::new(),
    }
}

/// The inlines of a block itself, without those of the blocks inside it.
pub fn own(kind: &BlockKind) -> Vec<&Vec<Inline>> {
    match kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) => vec![inlines],
        BlockKind::Table(t) => t.caption.iter().chain(&t.head).chain(t.rows.iter().flatten()).collect(),
        BlockKind::Definitions(list) => list.iter().map(|entry| &entry.term).collect(),
        BlockKind::Figure(figure) => vec![&figure.caption],
        BlockKind::Gallery(gallery) => gallery.figures.iter().map(|f| &f.caption).collect(),
        BlockKind::PullQuote(quote) => std::iter::once(&quote.text).chain(&quote.by).collect(),
        BlockKind::Timeline(moments) | BlockKind::Listings(moments) => moments.iter().map(|m| &m.when).collect(),
        BlockKind::Letter(letter) => letter.from.iter().collect(),
        _ => Vec::new(),
    }
}

fn own_mut(kind: &mut BlockKind) -> Vec<&mut Vec<Inline>> {
    match kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) => vec![inlines],
        BlockKind::Table(t) => t.caption.iter_mut().chain(&mut t.head).chain(t.rows.iter_mut().flatten()).collect(),
        BlockKind::Definitions(list) => list.iter_mut().map(|entry| &mut entry.term).collect(),
        BlockKind::Figure(figure) => vec![&mut figure.caption],
        BlockKind::Gallery(gallery) => gallery.figures.iter_mut().map(|f| &mut f.caption).collect(),
        BlockKind::PullQuote(quote) => std::iter::once(&mut quote.text).chain(&mut quote.by).collect(),
        BlockKind::Timeline(moments) | BlockKind::Listings(moments) => {
            moments.iter_mut().map(|m| &mut m.when).collect()
        }
        BlockKind::Letter(letter) => letter.from.iter_mut().collect(),
        _ => Vec::new(),
    }
}

/// Calls `f` with every block, an outer one before those inside it.
pub fn blocks<'t>(list: &'t [Block], f: &mut dyn FnMut(&'t Block)) {
    for block in list {
        f(block);
        for inner in children(&block.kind) {
            blocks(inner, f);
        }
    }
}

/// Calls `f` with the inlines of every paragraph, heading, cell, caption and term; those inside one another are not
/// given apart.
pub fn flows<'t>(list: &'t [Block], f: &mut dyn FnMut(&'t [Inline])) {
    blocks(list, &mut |block| own(&block.kind).into_iter().for_each(|inlines| f(inlines)));
}

/// Like [`flows`], to change them.
pub(super) fn flows_mut(list: &mut [Block], f: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in list {
        own_mut(&mut block.kind).into_iter().for_each(&mut *f);
        for inner in children_mut(&mut block.kind) {
            flows_mut(inner, f);
        }
    }
}
