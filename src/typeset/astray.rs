//! That what the articles say stands on the pages, and nothing of it twice: where the page engine parts a block that holds notes, it
//! has lost and doubled lines.
//!
//! Only letters and digits are compared, in runs of [`RUN`]: hyphens at lines' ends, spaces and capitals differ between manuscript and
//! page, and text is interrupted by whatever stands at a page's foot.

use super::pages::Article as Pages;
use super::walk::{Found, Mark};
use crate::issue::{Article, Issue};
use crate::manuscript::{BlockKind, Inline, InlineKind, Link, each_block, own_flows};
use crate::report::Span;

/// Letters that are looked for together: fewer come about by chance, more are interrupted too often.
const RUN: usize = 8;
/// So many neighbouring runs are judged together, about half a line.
const STRETCH: usize = 24;
/// Of these, so many at least are missing where letters are lost. An interruption alone costs seven.
const MISSING: usize = 18;
/// The most letters that a finding cites.
const CITED: usize = 60;

/// Words of an article that its pages do not hold as the manuscript has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray {
    /// The article's number.
    pub article: usize,
    /// The block in which they stand.
    pub span: Span,
    /// The words, or the first of them.
    pub words: String,
    /// Whether they stand there twice; else they are missing.
    pub twice: bool,
}

/// Text that stands on a page uninterrupted but for the page's own ends.
struct Piece {
    span: Span,
    text: String,
    letters: Vec<char>,
    /// Where each letter stands in the text.
    places: Vec<usize>,
}

impl Piece {
    fn new(span: Span, text: String) -> Piece {
        let mut piece = Piece { span, text, letters: Vec::new(), places: Vec::new() };
        for (at, letter) in piece.text.char_indices() {
            let before = piece.letters.len();
            add_letter(letter, &mut piece.letters);
            piece.places.resize(piece.places.len() + piece.letters.len() - before, at);
        }
        piece
    }

    /// The words from a letter on, cut to what a finding can cite.
    fn cited(&self, from: usize) -> String {
        let start = self.places.get(from).copied().unwrap_or(0);
        let begin = self.text[..start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let whole: String = self.text[begin..].split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = whole.chars().take(CITED).collect();
        if cut.len() < whole.len() { format!("{cut}…") } else { cut }
    }
}

/// A letter as it is compared: small, and as capitals would have it spelt.
fn add_letter(letter: char, out: &mut Vec<char>) {
    if !letter.is_alphanumeric() {
        return;
    }
    match letter {
        'ß' | 'ẞ' => out.extend(['s', 's']),
        _ => out.extend(letter.to_lowercase().filter(|c| c.is_alphanumeric())),
    }
}

/// Everything astray in an issue.
pub(super) fn astray(issue: &Issue, found: &[Vec<Found>], size: (f64, f64), pages: &[Pages]) -> Vec<Astray> {
    let pieces: Vec<Vec<Piece>> = issue.articles.iter().map(pieces).collect();
    let fillers: Vec<u64> = issue.fillers.iter().flat_map(self::pieces).flat_map(|p| runs(&p.letters)).collect();
    let heads: Vec<Vec<u64>> = issue.articles.iter().map(repeated).collect();
    let mut out = Vec::new();
    for (article, of) in pages.iter().enumerate() {
        let letters = letters_on(&found[of.first..=of.last], size);
        let mut there = runs(&letters);
        there.sort_unstable();
        // Whatever else stands on these pages may say the same.
        let near = |a: &usize| pages[*a].first <= of.last && of.first <= pages[*a].last;
        let neighbours = || (0..pages.len()).filter(near);
        let mut wanted = fillers.clone();
        wanted.extend(neighbours().flat_map(|a| &pieces[a]).flat_map(|p| runs(&p.letters)));
        wanted.sort_unstable();
        let mut free: Vec<u64> = neighbours().flat_map(|a| &heads[a]).copied().collect();
        free.sort_unstable();
        let on_page = OnPage { text: letters.into_iter().collect(), there, wanted, free };
        out.extend(pieces[article].iter().filter_map(|p| on_page.judge(article, p)));
    }
    out
}

/// The letters on an article's pages, and the runs of letters there: all, those that its text and its neighbours' make, and
/// those that may stand there any number of times. All are sorted.
struct OnPage {
    text: String,
    there: Vec<u64>,
    wanted: Vec<u64>,
    free: Vec<u64>,
}

fn count(sorted: &[u64], run: u64) -> usize {
    sorted.partition_point(|r| *r <= run) - sorted.partition_point(|r| *r < run)
}

impl OnPage {
    fn judge(&self, article: usize, piece: &Piece) -> Option<Astray> {
        let say = |from: usize, twice| Astray { article, span: piece.span, words: piece.cited(from), twice };
        let runs = runs(&piece.letters);
        if runs.len() < STRETCH {
            // Too short to bear an interruption: word by word, and one of them may be divided by a page's end.
            let words = piece.text.split_whitespace().map(letters).filter(|word| !self.text.contains(word));
            let lost: Vec<String> = words.collect();
            let is_lost = lost.len() > 1 || lost.iter().any(|word| !self.is_divided(word));
            return is_lost.then(|| say(0, false));
        }
        let missing: Vec<bool> = runs.iter().map(|r| count(&self.there, *r) == 0).collect();
        if let Some(from) = stretch(&missing) {
            return Some(say(from, false));
        }
        let more = |r: &u64| count(&self.there, *r) > count(&self.wanted, *r) && count(&self.free, *r) == 0;
        let twice: Vec<bool> = runs.iter().map(more).collect();
        stretch(&twice).map(|from| say(from, true))
    }

    /// Whether a word stands there in two parts of two letters or more.
    fn is_divided(&self, word: &str) -> bool {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let ends = letters.get(2..letters.len().saturating_sub(1)).unwrap_or_default();
        ends.iter().any(|(at, _)| self.text.contains(&word[..*at]) && self.text.contains(&word[*at..]))
    }
}

/// A word as it is compared.
fn letters(word: &str) -> String {
    let mut letters = Vec::new();
    word.chars().for_each(|c| add_letter(c, &mut letters));
    letters.into_iter().collect()
}

/// The first letter of the first stretch that is marked for the most part.
fn stretch(marked: &[bool]) -> Option<usize> {
    let at = marked.windows(STRETCH).position(|w| w.iter().filter(|m| **m).count() >= MISSING)?;
    // The first marked runs still hold letters that are there.
    marked[at..].iter().position(|m| *m).map(|first| at + first + RUN - 1)
}

/// A number for every run of letters.
fn runs(letters: &[char]) -> Vec<u64> {
    let number = |run: &[char]| {
        run.iter().fold(0u64, |sum, c| sum.wrapping_mul(0x0100_0000_01B3).wrapping_add(u64::from(*c) + 1))
    };
    letters.windows(RUN).map(number).collect()
}

/// What can be seen on pages, in the order in which it was set; lines that run from the right, whose parts the engine sets from the
/// left, in the order in which they are read.
fn letters_on(pages: &[Vec<Found>], (width, height): (f64, f64)) -> Vec<char> {
    let mut letters = Vec::new();
    let mut line: Vec<(&Found, &str)> = Vec::new();
    for f in pages.iter().flatten() {
        let inside = (0.0..=width).contains(&f.x) && (0.0..=height).contains(&f.y);
        let Mark::Text(text) = &f.mark else { continue };
        if !inside {
            continue;
        }
        let same = |(first, _): &(&Found, &str)| (first.y - f.y).abs() < first.size;
        if !line.first().is_some_and(same) {
            read(&mut line, &mut letters);
        }
        line.push((f, text));
    }
    read(&mut line, &mut letters);
    letters
}

/// Reads a line's parts and empties it.
fn read(line: &mut Vec<(&Found, &str)>, letters: &mut Vec<char>) {
    let all = || line.iter().flat_map(|(_, text)| text.chars()).filter(|c| c.is_alphanumeric());
    if 2 * all().filter(|c| runs_left(*c)).count() > all().count() {
        line.sort_by(|(a, _), (b, _)| b.x.total_cmp(&a.x));
    }
    line.drain(..).flat_map(|(_, text)| text.chars()).for_each(|c| add_letter(c, letters));
}

/// Whether a letter is of Hebrew, Arabic or a script near them, which run from the right.
fn runs_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// What may stand on an article's pages any number of times: its head, and the sentences that are pulled out of it.
fn repeated(article: &Article) -> Vec<u64> {
    let front = &article.manuscript.front;
    let head = std::iter::once(&front.headline).chain(&front.kicker).chain(&front.standfirst);
    let mut out: Vec<u64> = head.flat_map(|h| runs(&Piece::new(h.span, h.value.clone()).letters)).collect();
    each_block(&article.manuscript.body, &mut |block| {
        if let BlockKind::PullQuote(quote) = &block.kind {
            for flow in std::iter::once(&quote.text).chain(&quote.by) {
                out.extend(runs(&Piece::new(block.span, crate::manuscript::plain(flow)).letters));
            }
        }
    });
    out
}

/// All that an article says once: its paragraphs, headings, cells, captions, terms, titles and notes.
fn pieces(article: &Article) -> Vec<Piece> {
    let mut out = Vec::new();
    let manuscript = &article.manuscript;
    let lists = std::iter::once(&manuscript.body).chain(manuscript.notes.iter().map(|n| &n.blocks));
    for list in lists {
        each_block(list, &mut |block| {
            let title = match &block.kind {
                BlockKind::PullQuote(_) => return,
                BlockKind::Gallery(gallery) => gallery.title.as_ref(),
                BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => boxed.title.as_ref(),
                BlockKind::Letter(letter) => letter.title.as_ref(),
                _ => None,
            };
            out.extend(title.map(|t| Piece::new(t.span, t.value.clone())));
            if let BlockKind::Code(_, code) = &block.kind {
                out.push(Piece::new(block.span, code.clone()));
            }
            for flow in own_flows(&block.kind) {
                let mut parts = vec![String::new()];
                part(flow, &mut parts);
                out.extend(parts.into_iter().map(|text| Piece::new(block.span, text)));
            }
        });
    }
    out.retain(|piece| !piece.letters.is_empty());
    out
}

/// The text of a paragraph, parted where a page has something else in it.
fn part(flow: &[Inline], parts: &mut Vec<String>) {
    for inline in flow {
        let mut add = |text: &str| parts.last_mut().into_iter().for_each(|last| last.push_str(text));
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => add(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => add(" "),
            InlineKind::Styled(_, content) | InlineKind::Link(Link { content, .. }) => part(content, parts),
            InlineKind::NoteMark(_) | InlineKind::Image(_) | InlineKind::Html(_) => parts.push(String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Files;

    const SHORT: &str = "turirane, polirenen kiverine";
    const TEXT: &str = "The ferry had left an hour before, and nobody on the quay could say when the next would come; \
                        so they sat down on the crates and shared what bread there was until it grew dark.";

    fn judged(pages: &str) -> Option<(String, bool)> {
        judged_as(TEXT, pages)
    }

    fn judged_as(text: &str, pages: &str) -> Option<(String, bool)> {
        let file = Files::default().add("article.md", None);
        let letters = |text: &str| Piece::new(Span::new(file, 0, 1), text.to_owned());
        let piece = letters(text);
        let (page, mut wanted) = (letters(pages), runs(&piece.letters));
        let mut there = runs(&page.letters);
        wanted.sort_unstable();
        there.sort_unstable();
        let on_page = OnPage { text: page.letters.into_iter().collect(), there, wanted, free: Vec::new() };
        on_page.judge(0, &piece).map(|a| (a.words, a.twice))
    }

    #[test]
    fn hyphens_capitals_and_interruptions_are_no_loss() {
        assert_eq!(judged(&TEXT.to_uppercase()), None);
        assert_eq!(judged(&TEXT.replace("nobody", "no-\nbody")), None);
        assert_eq!(judged(&TEXT.replace("the quay", "the 12 Harbour Notes May 2027 quay")), None);
        assert_eq!(judged(&TEXT.replace("the quay", "the 3 quay").replace("shared", "shared 4 ")), None);
    }

    #[test]
    fn a_lost_line_is_found_and_named() {
        let lost = TEXT.replace("and nobody on the quay could say ", "");
        let (words, twice) = judged(&lost).unwrap();
        assert!(!twice && words.starts_with("nobody on the quay") || words.starts_with("and nobody"), "{words}");
        assert!(judged(&TEXT[..120]).is_some_and(|(_, twice)| !twice), "the end");
        assert!(judged("").is_some_and(|(words, _)| words.starts_with("The ferry") || words.starts_with("ferry")));
    }

    #[test]
    fn a_short_text_may_be_divided_once() {
        let found = |pages: &str| judged_as(SHORT, pages).is_some();
        assert!(!found("zagorume turirane, poli- 13 Gazette renen kiverine"));
        assert!(found("zagorume turirane, polirenen"), "the last word is missing");
        assert!(found("zagorume"), "all are missing");
    }

    #[test]
    fn a_line_set_twice_is_found() {
        let line = "the quay could say when the next would come; ";
        let (words, twice) = judged(&TEXT.replace(line, &format!("{line}{line}"))).unwrap();
        assert!(twice && TEXT.contains(words.trim_end_matches('…')), "{words}");
    }
}
