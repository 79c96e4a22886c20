//! The pages of a PDF as they are read: paragraphs from the tag tree, each with its lines.

use crate::pdf_text::{Glyph, Marked, Pdf, Run};
use std::collections::BTreeMap;

/// A line of a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) page: usize,
    /// Its runs in reading order.
    pub(crate) runs: Vec<Run>,
    /// Whether a word goes on after it, by a hyphen that the engine set.
    pub(crate) hyphenated: bool,
}

impl Line {
    /// Its text as it is read; a gap between two runs is a space.
    pub(crate) fn text(&self, rtl: bool) -> String {
        if self.runs.iter().any(|r| r.text.chars().any(is_rtl)) {
            return self.logical(rtl);
        }
        let mut text = String::new();
        for (n, run) in self.runs.iter().enumerate() {
            let gap = n.checked_sub(1).map_or(0.0, |before| run.x - self.runs[before].end());
            if gap > 0.15 * run.size && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&run.text);
        }
        text
    }

    /// Its glyphs from left to right.
    pub(crate) fn glyphs(&self) -> Vec<&Glyph> {
        let mut glyphs: Vec<&Glyph> = self.runs.iter().flat_map(|r| &r.glyphs).collect();
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        glyphs
    }

    /// The order of speech from the order on the page: words of the other direction are turned. What has no direction
    /// goes with its neighbours if they agree, else with the paragraph (as UAX #9, N1 and N2).
    fn logical(&self, rtl: bool) -> String {
        let mut glyphs = self.glyphs();
        // A letter and its vowel sign are two glyphs, each of which says both.
        glyphs.dedup_by(|b, a| a.text == b.text && a.text.chars().count() > 1 && (a.x - b.x).abs() < 5.0);
        let strong = |g: &&Glyph| {
            let letter = g.text.chars().find(|c| c.is_alphanumeric());
            letter.map(|c| is_rtl(c) && !c.is_numeric())
        };
        let ways: Vec<Option<bool>> = glyphs.iter().map(strong).collect();
        let way = |i: usize| {
            let before = ways[..i].iter().rev().find_map(|w| *w);
            let after = ways[i..].iter().find_map(|w| *w);
            ways[i].unwrap_or(if before == after { before.unwrap_or(rtl) } else { rtl })
        };
        let ways: Vec<bool> = (0..glyphs.len()).map(way).collect();
        let mut from = 0;
        for part in ways.chunk_by(|a, b| a == b) {
            if part[0] != rtl {
                glyphs[from..from + part.len()].reverse();
            }
            from += part.len();
        }
        if rtl {
            glyphs.reverse();
        }
        glyphs.iter().map(|g| g.text.as_str()).collect()
    }

    pub(crate) fn left(&self) -> f32 {
        self.runs.iter().map(|r| r.x).fold(f32::MAX, f32::min)
    }

    /// The right edge of its last glyph that is not a space.
    pub(crate) fn right(&self) -> f32 {
        let glyphs =
            self.runs.iter().flat_map(|r| &r.glyphs).filter(|g| g.text.is_empty() || !g.text.trim().is_empty());
        // A glyph without text of its own is part of the one before.
        glyphs.map(|g| g.x + g.advance).fold(0.0, f32::max)
    }

    /// The baseline, from the foot of the page: that of its longest run, since vowel signs stand on their own.
    pub(crate) fn y(&self) -> f32 {
        self.runs.iter().max_by_key(|r| r.text.len()).map_or(0.0, |r| r.y)
    }
}

/// Whether a letter is of Hebrew or Arabic script.
pub(crate) fn is_rtl(c: char) -> bool {
    matches!(c as u32, 0x590..=0x6FF | 0x750..=0x77F | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC)
}

/// A paragraph, heading, cell or caption: what the tag tree holds together.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// Its type in the tag tree.
    pub(crate) kind: String,
    pub(crate) lines: Vec<Line>,
}

impl Element {
    /// Its text with the engine's hyphens undone.
    pub(crate) fn text(&self) -> String {
        let rtl = self.is_rtl();
        self.lines.iter().map(|l| l.text(rtl)).collect()
    }

    /// Whether most of it is written from right to left.
    pub(crate) fn is_rtl(&self) -> bool {
        let letters = self.lines.iter().flat_map(|l| &l.runs).flat_map(|r| r.text.chars());
        let (right, left): (Vec<char>, Vec<char>) = letters.filter(|c| c.is_alphabetic()).partition(|c| is_rtl(*c));
        right.len() > left.len()
    }

    /// The same, lines parted by line ends unless a word goes on.
    pub(crate) fn parted(&self) -> String {
        let rtl = self.is_rtl();
        let line = |l: &Line| l.text(rtl) + if l.hyphenated { "" } else { "\n" };
        self.lines.iter().map(line).collect()
    }
}

/// Hold words of their own, apart from the paragraph around them.
const WHOLE: &[&str] = &["Note", "FENote", "Caption", "Lbl"];
const BLOCKS: &[&str] = &["P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "LBody", "Code", "TOCI"];
const INLINE: &[&str] = &["Span", "Em", "Strong", "Link", "Reference", "Sub", "Quote"];

/// Which element a piece of marked content belongs to.
fn home(marked: &Marked) -> (usize, String) {
    let first_inline = marked.within.iter().find(|(_, kind)| INLINE.contains(&kind.as_str()));
    let found = marked.in_a(WHOLE).or(marked.in_a(BLOCKS)).or(first_inline).or(marked.within.last());
    found.cloned().unwrap_or_default()
}

/// Every element that holds text, in reading order.
pub(crate) fn elements(pdf: &Pdf) -> Vec<Element> {
    let mut pages: Vec<BTreeMap<i64, Vec<Run>>> = vec![BTreeMap::new(); pdf.page_count()];
    for (index, page) in pages.iter_mut().enumerate() {
        for run in pdf.text(index) {
            if let Some(mark) = run.mark {
                page.entry(mark).or_default().push(run);
            }
        }
    }
    let mut order: Vec<usize> = Vec::new();
    let mut found: BTreeMap<usize, Element> = BTreeMap::new();
    for marked in pdf.tagged() {
        let Some(runs) = pages[marked.page].remove(&marked.mark) else { continue };
        let (id, kind) = home(&marked);
        let element = found.entry(id).or_insert_with(|| {
            order.push(id);
            Element { kind, lines: Vec::new() }
        });
        runs.into_iter().for_each(|run| add(&mut element.lines, marked.page, run));
    }
    let left: usize = pages.iter().map(BTreeMap::len).sum();
    assert_eq!(left, 0, "text that no tag names");
    order.into_iter().map(|id| found.remove(&id).unwrap()).collect()
}

fn add(lines: &mut Vec<Line>, page: usize, run: Run) {
    let raised = |line: &Line| (line.y() - run.y).abs() < 0.5 * run.size.max(line.runs[0].size);
    // Runs of both directions in a line are drawn in any order; what is further away stands in another column.
    let reach = |line: &Line| line.runs.iter().map(Run::end).fold(0.0, f32::max);
    let near = |line: &Line| run.x - reach(line) < 160.0 && line.left() - run.end() < 160.0;
    match lines.last_mut() {
        // The engine draws its own hyphens apart; an author's stands in its word.
        Some(line) if line.page == page && raised(line) && matches!(run.text.as_str(), "-" | "\u{AD}") => {
            line.hyphenated = true
        }
        // After a hyphen the word goes on in another line, be it at the same height in the next column.
        Some(line) if line.page == page && raised(line) && near(line) && !line.hyphenated => line.runs.push(run),
        _ => lines.push(Line { page, runs: vec![run], hyphenated: false }),
    }
}
