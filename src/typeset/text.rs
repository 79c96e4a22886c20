//! The words of an article's blocks, by which a page's first word is found again in the manuscript.

use crate::manuscript::{Block, BlockKind, Inline, Manuscript, each_block, plain};
use crate::report::{Span, Spanned};
use std::collections::BTreeMap;

/// The words in a run of blocks, boxes and tables included.
pub(super) fn words_in(list: &[Block]) -> usize {
    let mut map = BTreeMap::new();
    collect(list, &mut map);
    map.values().map(|(_, text)| text.split_whitespace().count()).sum()
}

/// The plain text of every paragraph and heading, by block number.
pub(crate) fn texts(list: &[Block]) -> BTreeMap<u32, String> {
    let mut map = BTreeMap::new();
    collect(list, &mut map);
    map.into_iter().map(|(number, (_, text))| (number, text)).collect()
}

/// The plain text of everything that can be read in an article, by block number: [`texts`], and what stands beside them in
/// titles, captions, terms, dates, code and notes.
pub(crate) fn all_texts(manuscript: &Manuscript) -> BTreeMap<u32, String> {
    let mut map = texts(&manuscript.body);
    for note in &manuscript.notes {
        map.extend(texts(&note.blocks));
    }
    let mut add = |block: &Block| {
        let words = beside(&block.kind);
        if !words.is_empty() {
            let text = map.entry(block.number).or_default();
            *text = format!("{} {text}", words.join(" ")).trim_end().to_owned();
        }
    };
    each_block(&manuscript.body, &mut add);
    for note in &manuscript.notes {
        each_block(&note.blocks, &mut add);
    }
    map
}

/// What a block says itself beside the paragraphs, headings and cells in it.
fn beside(kind: &BlockKind) -> Vec<String> {
    let title = |title: &Option<Spanned<String>>| title.iter().map(|t| t.value.clone()).collect::<Vec<_>>();
    let lines =
        |list: &mut dyn Iterator<Item = &Vec<Inline>>| list.map(|l| plain(l)).filter(|t| !t.is_empty()).collect();
    match kind {
        BlockKind::Figure(figure) => lines(&mut std::iter::once(&figure.caption)),
        BlockKind::Gallery(gallery) => {
            let captions: Vec<String> = lines(&mut gallery.figures.iter().map(|f| &f.caption));
            [title(&gallery.title), captions].concat()
        }
        BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => title(&boxed.title),
        BlockKind::Letter(letter) => [title(&letter.title), lines(&mut letter.from.iter())].concat(),
        BlockKind::Definitions(list) => lines(&mut list.iter().map(|entry| &entry.term)),
        BlockKind::Timeline(list) | BlockKind::Listings(list) => lines(&mut list.iter().map(|moment| &moment.when)),
        BlockKind::Table(table) => lines(&mut table.caption.iter()),
        BlockKind::Code(_, code) => vec![code.clone()],
        _ => Vec::new(),
    }
}

/// Where every paragraph and heading stands in the manuscript, by block number.
pub(crate) fn places(list: &[Block]) -> BTreeMap<u32, Span> {
    let mut map = BTreeMap::new();
    collect(list, &mut map);
    map.into_iter().map(|(number, (span, _))| (number, span)).collect()
}

fn collect(list: &[Block], map: &mut BTreeMap<u32, (Span, String)>) {
    for block in list {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading(_, content) => {
                map.insert(block.number, (block.span, plain(content)));
            }
            BlockKind::List(list) => list.items.iter().for_each(|i| collect(&i.blocks, map)),
            BlockKind::Quote(inner) | BlockKind::Passage(inner) => collect(inner, map),
            BlockKind::Definitions(list) => list.iter().flat_map(|d| &d.meanings).for_each(|m| collect(m, map)),
            BlockKind::Sidebar(b) | BlockKind::FactBox(b) | BlockKind::Brief(b) => collect(&b.blocks, map),
            BlockKind::Interview(list) => list.iter().for_each(|x| {
                collect(&x.question, map);
                collect(&x.answer, map);
            }),
            BlockKind::Timeline(list) | BlockKind::Listings(list) => list.iter().for_each(|m| collect(&m.blocks, map)),
            BlockKind::Letter(l) => collect(&l.blocks, map),
            BlockKind::Table(t) => {
                let cells = t.head.iter().chain(t.rows.iter().flatten()).map(|c| plain(c));
                map.insert(block.number, (block.span, cells.collect::<Vec<_>>().join(" ")));
            }
            _ => {}
        }
    }
}

/// The word of `text` (counting from 0, words end at white space) at which `tail` begins, if `text` ends with `tail`.
///
/// Only letters and digits are compared: hyphens at line ends, ligatures and spaces differ between page and manuscript.
pub(super) fn word_of_tail(text: &str, tail: &str) -> Option<usize> {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (whole, tail) = (letters(text), letters(tail));
    // The page's text before the block's end may begin with other matter; the longest common ending counts.
    let common = whole.iter().rev().zip(tail.iter().rev()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let mut before = whole.len() - common;
    for (index, word) in text.split_whitespace().enumerate() {
        let n = letters(word).len();
        if before < n.max(1) {
            // A word that is cut by the page break begins on the page before: the next one starts this page.
            return Some(if before == 0 { index } else { index + 1 });
        }
        before -= n;
    }
    Some(text.split_whitespace().count().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::word_of_tail;

    #[test]
    fn the_first_word_of_a_page_is_found() {
        let text = "The river came back, slowly at first, and then all at once.";
        assert_eq!(word_of_tail(text, "slowly at first, and then all at once."), Some(4));
        assert_eq!(word_of_tail(text, "12 Water ly at first, and then all at once."), Some(5));
        assert_eq!(word_of_tail(text, "nothing of it"), None);
    }
}
