//! Paragraphs mended one by one: where a line is loose, hyphens stand in a ladder, or a page's last word is divided, the
//! paragraph is set a little tighter or looser.
//!
//! Which step helps is found on trial pages after the last page of the issue: there every faulty paragraph is set in every
//! step at once, in a column of its article's width, while nothing else of the issue changes.

use super::fit::{self, Fit};
use super::judge::{HYPHENS, LOOSE};
use super::lines::{Columns, Line, TRIALS, lines};
use super::plan::Leaf;
use super::{Engine, Round};
use crate::manuscript::{BlockKind, Inline, InlineKind, Style};
use std::collections::BTreeMap;

/// The steps that are tried, the gentlest first.
const STEPS: [i32; 6] = [-1, 1, -2, 2, -3, 3];

/// How many paragraphs before a line that stands alone are tried.
const RELIEVING: usize = 16;
/// The most settings for that.
const RELIEFS: usize = 24;

type Block = (usize, u32);

/// How a paragraph is set.
#[derive(Debug, Clone, Default, PartialEq)]
struct Look {
    /// How far it is from being without fault.
    fault: f64,
    /// Whether each of its lines ends in a hyphen.
    hyphens: Vec<bool>,
    /// Lines that end a page.
    ends: Vec<usize>,
    /// Whether its last line stands alone at the head of a column.
    widow: bool,
    /// Whether its first line stands alone at the foot of one.
    orphan: bool,
    /// Page and column of its last line, and how many lines stand there.
    last: (usize, usize, usize),
}

impl Engine<'_> {
    /// Tries steps on every paragraph with a fault and takes the best. With `settled` pages only steps that leave a
    /// paragraph as long as it was count. Whether anything was changed; `round` then shows pages that are not up to date.
    pub(super) fn polish(
        &mut self,
        fit: &mut Fit,
        leaves: &[Leaf],
        round: &mut Round,
        settled: bool,
    ) -> Result<bool, String> {
        let looks = self.looks(fit, leaves, round);
        let faulty: Vec<(Block, Look)> = looks
            .into_iter()
            .filter(|(block, l)| (l.fault > 0.0 || divided(l) || l.widow) && self.may_be_tried(*block))
            .collect();
        if faulty.is_empty() {
            return Ok(false);
        }
        let tried = self.tried(fit, leaves, faulty.iter().map(|(block, _)| *block))?;
        let mut changed = false;
        for ((block, look), tried) in faulty.iter().zip(&tried) {
            let mut best = (cost(look, &look.ends), None);
            for (step, new) in tried {
                let same = new.hyphens.len() == look.hyphens.len();
                // A line that stands alone is drawn in: the paragraph becomes a line shorter, and no page longer.
                let drawn_in = look.widow && new.hyphens.len() + 1 == look.hyphens.len();
                // Or it gets company.
                let drawn_out = look.widow && new.hyphens.len() == look.hyphens.len() + 1;
                let gain = if drawn_in { 5.0 } else { 0.0 } + if drawn_out { 4.0 } else { 0.0 };
                let cost = cost(new, if same { &look.ends } else { &[] }) - gain;
                if (same || drawn_in || drawn_out || !settled) && cost + 0.001 < best.0 {
                    best = (cost, Some(*step));
                }
            }
            if let Some(step) = best.1 {
                fit.paragraphs.insert(*block, step);
                changed = true;
            }
        }
        Ok(changed)
    }

    /// How paragraphs come out in every step that may be tried on them.
    fn tried(
        &mut self,
        fit: &mut Fit,
        leaves: &[Leaf],
        blocks: impl Iterator<Item = Block>,
    ) -> Result<Vec<Vec<(i32, Look)>>, String> {
        let start = |block: &Block| fit.paragraphs.get(block).copied().unwrap_or(0);
        let steps = |block: Block| (block, STEPS.iter().map(|s| start(&block) + s).collect::<Vec<i32>>());
        fit.trials = blocks.map(steps).collect();
        let trial = self.round(fit, leaves);
        let trials = std::mem::take(&mut fit.trials);
        // What the engine sees last is what the editions are set from.
        self.put_fit(fit, leaves);
        let mut looks = self.looks(fit, leaves, &trial?);
        let mut look = |number: usize, (index, step): (usize, i32)| {
            looks.remove(&(TRIALS + number, index as u32)).map(|look| (step, look))
        };
        let all = trials.into_iter().enumerate();
        Ok(all.map(|(n, (_, steps))| steps.into_iter().enumerate().filter_map(|s| look(n, s)).collect()).collect())
    }

    /// Makes every paragraph of an article that can bear it a line shorter.
    pub(super) fn shorten(
        &mut self,
        fit: &mut Fit,
        leaves: &[Leaf],
        round: &Round,
        article: usize,
    ) -> Result<(), String> {
        let looks = self.looks(fit, leaves, round);
        let of_article = looks.range((article, 0)..=(article, u32::MAX));
        let all: Vec<(Block, usize)> = of_article
            .map(|(block, look)| (*block, look.hyphens.len()))
            .filter(|(block, _)| self.may_be_tried(*block))
            .collect();
        let tried = self.tried(fit, leaves, all.iter().map(|(block, _)| *block))?;
        for ((block, lines), tried) in all.iter().zip(&tried) {
            let shorter = tried.iter().find(|(_, l)| l.fault <= 0.0 && l.hyphens.len() + 1 == *lines);
            fit.paragraphs.extend(shorter.map(|(step, _)| (*block, *step)));
        }
        Ok(())
    }

    /// Where a line still stands alone: a paragraph before it is made a line shorter or longer.
    pub(super) fn relieve(&mut self, fit: &mut Fit, leaves: &[Leaf], round: &mut Round) -> Result<(), String> {
        for article in self.with_widows(fit, leaves, round) {
            let looks = self.looks(fit, leaves, round);
            let of_article: Vec<(&Block, &Look)> = looks.range((article, 0)..=(article, u32::MAX)).collect();
            let alone = of_article.iter().position(|(_, l)| l.widow || l.orphan).unwrap_or(0);
            let before = of_article.iter().take(alone + 1).rev();
            let near: Vec<(Block, usize)> = before
                .map(|(block, look)| (**block, look.hyphens.len()))
                .filter(|(block, _)| self.may_be_tried(*block))
                .take(RELIEVING)
                .collect();
            let tried = self.tried(fit, leaves, near.iter().map(|(block, _)| *block))?;
            let mut single: Vec<(Block, i32)> = Vec::new();
            for ((block, lines), tried) in near.iter().zip(&tried) {
                for wanted in [lines + 1, lines.saturating_sub(1)] {
                    let first = tried.iter().find(|(_, l)| l.fault <= 0.0 && l.hyphens.len() == wanted);
                    single.extend(first.map(|(step, _)| (*block, *step)));
                }
            }
            // One paragraph, or two of them.
            let pairs = single.iter().enumerate().flat_map(|(n, one)| single[n + 1..].iter().map(move |o| (one, o)));
            let pairs = pairs.filter(|(one, other)| one.0 != other.0).map(|(one, other)| vec![*one, *other]);
            let other: Vec<Vec<(Block, i32)>> = single.iter().map(|s| vec![*s]).chain(pairs).take(RELIEFS).collect();
            let alone = self.with_widows(fit, leaves, round).len();
            for steps in other {
                let before = fit.paragraphs.clone();
                fit.paragraphs.extend(steps);
                let next = self.round(fit, leaves)?;
                let better = self.with_widows(fit, leaves, &next).len() < alone
                    && next.pages.len() == round.pages.len()
                    && self.crowded(fit, leaves, &next).len() <= self.crowded(fit, leaves, round).len();
                if better {
                    *round = next;
                    break;
                }
                fit.paragraphs = before;
                self.put_fit(fit, leaves);
            }
        }
        Ok(())
    }

    /// Articles with a line that stands alone in its column.
    pub(super) fn with_widows(&self, fit: &Fit, leaves: &[Leaf], round: &Round) -> Vec<usize> {
        let looks = self.looks(fit, leaves, round);
        let mut list: Vec<usize> = looks.iter().filter(|(_, l)| l.widow || l.orphan).map(|((a, _), _)| *a).collect();
        list.dedup();
        list
    }

    /// Whether a paragraph can be set a second time: nothing in it may be there only once, no initial stands before it, and
    /// nothing around which it runs.
    fn may_be_tried(&self, (article, number): Block) -> bool {
        let Some(subject) = self.issue.articles.get(article) else { return false };
        let body = &subject.manuscript.body;
        body.iter().enumerate().any(|(at, block)| {
            block.number == number
                && at > 0
                && !super::blocks::runs_around(body, at)
                && matches!(&block.kind, BlockKind::Paragraph(content) if repeatable(content))
        })
    }

    /// How every paragraph is set.
    fn looks(&self, fit: &Fit, leaves: &[Leaf], round: &Round) -> BTreeMap<Block, Look> {
        let desk = self.desk();
        let ends = fit::endings(&desk, &round.pages, leaves, fit);
        let counts = fit::columns_of_pages(&desk, &ends, round.pages.len());
        let columns = Columns { format: &self.format, counts: &counts };
        let lines = lines(&round.document, &self.theme.fonts.text, &columns);
        let mut looks: BTreeMap<Block, Look> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(block) = line.block else { continue };
            let look = looks.entry(block).or_default();
            look.fault += (line.spacing - LOOSE).max(0.0);
            look.hyphens.push(line.hyphen);
            let ladder = look.hyphens.iter().rev().take_while(|h| **h).count();
            look.fault += if ladder > HYPHENS { 0.5 } else { 0.0 };
            if ends_page(&lines, at) {
                look.ends.push(look.hyphens.len() - 1);
            }
            let (page, column, count) = look.last;
            let goes_on = (page, column) == (line.page, line.column) && look.hyphens.len() > 1;
            look.last = (line.page, line.column, if goes_on { count + 1 } else { 1 });
            look.orphan |= !goes_on && look.hyphens.len() == 2;
            look.widow = look.last.2 == 1 && look.hyphens.len() > 1;
        }
        looks
    }
}

/// What a setting costs whose lines of these numbers end pages.
fn cost(look: &Look, ends: &[usize]) -> f64 {
    let divided = ends.iter().filter(|e| look.hyphens.get(**e) == Some(&true)).count();
    look.fault + divided as f64 * 0.3
}

fn divided(look: &Look) -> bool {
    look.ends.iter().any(|e| look.hyphens[*e])
}

/// Whether a line is the last of its page.
fn ends_page(lines: &[Line], at: usize) -> bool {
    lines.get(at + 1).is_none_or(|next| next.page != lines[at].page)
}

/// Whether inlines may stand twice: notes and anchors may not.
fn repeatable(content: &[Inline]) -> bool {
    content.iter().all(|inline| match &inline.kind {
        InlineKind::NoteMark(_) => false,
        InlineKind::Styled(Style::Anchor(_), _) => false,
        InlineKind::Styled(_, inner) => repeatable(inner),
        InlineKind::Link(link) => repeatable(&link.content),
        _ => true,
    })
}
