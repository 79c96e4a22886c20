//! What the manuscripts of an issue say, piece by piece, and where each piece stands in a finished PDF.
//!
//! The main text and every box, note, caption and table cell are pieces; so are headlines, standfirsts and whatever else the
//! templates take from the front matter. Pull quotes repeat the text and are furniture (artifacts), so they are in neither
//! list, and so are running heads. The marks of lists and notes are the theme's own.

use crate::reading::Element;
use masthead::issue::{Article, Issue};
use masthead::manuscript::{Block, BlockKind, Figure, Inline, plain};

/// Of what kind a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The running text, in the order of the manuscript.
    Main,
    /// A box, a table, a caption, a note, a headline: anywhere in its article.
    Beside,
}

/// A paragraph or another piece of words that stands together.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Articles first, then fillers.
    pub(crate) article: usize,
    /// Whether it belongs to a filler, which stands on the pages as a whole or not at all.
    filler: bool,
    pub(crate) part: Part,
    pub(crate) text: String,
}

/// Every piece that an issue's article pages must show once.
pub(crate) fn pieces(issue: &Issue) -> Vec<Piece> {
    let mut list = Vec::new();
    for (number, article) in issue.articles.iter().enumerate() {
        let section = &issue.sections[article.section];
        let mut story = Story { issue, article, number, list: &mut list };
        if section.articles.first().is_some_and(|first| first.0 == number) {
            story.beside(&section.title);
        }
        story.whole();
    }
    for (n, filler) in issue.fillers.iter().enumerate() {
        Story { issue, article: filler, number: issue.articles.len() + n, list: &mut list }.whole();
    }
    list.retain(|p| !letters(&p.text).is_empty());
    list
}

struct Story<'a> {
    issue: &'a Issue,
    article: &'a Article,
    number: usize,
    list: &'a mut Vec<Piece>,
}

impl Story<'_> {
    fn add(&mut self, part: Part, text: String) {
        let filler = self.number >= self.issue.articles.len();
        self.list.push(Piece { article: self.number, filler, part, text });
    }

    fn beside(&mut self, text: &str) {
        self.add(Part::Beside, text.to_owned());
    }

    fn whole(&mut self) {
        let front = &self.article.manuscript.front;
        // Who paid for a text is said in the place of its kicker.
        let kicker = front.kicker.as_ref().filter(|_| self.article.sponsor.is_none());
        for text in [Some(&front.headline), kicker, front.standfirst.as_ref()].into_iter().flatten() {
            self.beside(text);
        }
        if let Some(lead) = &self.article.lead {
            let caption = plain(&lead.caption);
            self.captioned(&caption, lead.picture.0);
        }
        self.blocks(&self.article.manuscript.body, Part::Main);
        for note in &self.article.manuscript.notes {
            self.note(&note.blocks);
        }
        if !self.article.about.is_empty() {
            self.beside(&plain(&self.article.about));
        }
    }

    fn captioned(&mut self, caption: &str, picture: usize) {
        let credit = self.issue.pictures[picture].credit.as_ref();
        let credit = credit.map_or(String::new(), |c| c.wording.clone());
        self.beside(&format!("{caption} {credit}"));
    }

    fn figure(&mut self, figure: &Figure) {
        if let Some(placed) = self.article.figures.get(&figure.file.span) {
            self.captioned(&plain(&placed.caption), placed.picture.0);
        }
    }

    /// A note is one piece, whatever it holds.
    fn note(&mut self, blocks: &[Block]) {
        let mut words = Vec::new();
        masthead::manuscript::each_flow(blocks, &mut |flow| words.push(plain(flow)));
        self.beside(&words.join(" "));
    }

    fn blocks(&mut self, blocks: &[Block], part: Part) {
        blocks.iter().for_each(|b| self.block(b, part));
    }

    fn titled(&mut self, title: Option<&str>, blocks: &[Block], part: Part) {
        title.into_iter().for_each(|t| self.add(part, t.to_owned()));
        self.blocks(blocks, part);
    }

    fn block(&mut self, block: &Block, part: Part) {
        let text = |inlines: &[Inline]| plain(inlines);
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading(_, content) => self.add(part, text(content)),
            BlockKind::List(list) => list.items.iter().for_each(|i| self.blocks(&i.blocks, part)),
            BlockKind::Quote(inner) | BlockKind::Passage(inner) => self.blocks(inner, part),
            BlockKind::Code(_, code) => self.add(part, code.clone()),
            BlockKind::Table(table) => {
                table.caption.iter().for_each(|c| self.beside(&text(c)));
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|c| self.beside(&text(c)));
            }
            BlockKind::Definitions(list) => list.iter().for_each(|entry| {
                self.add(part, text(&entry.term));
                entry.meanings.iter().for_each(|m| self.blocks(m, part));
            }),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Gallery(gallery) => {
                gallery.title.iter().for_each(|t| self.beside(t));
                gallery.figures.iter().for_each(|f| self.figure(f));
            }
            BlockKind::Sidebar(b) | BlockKind::FactBox(b) => {
                self.titled(b.title.as_ref().map(|t| t.as_str()), &b.blocks, Part::Beside);
            }
            BlockKind::Brief(b) => self.titled(b.title.as_ref().map(|t| t.as_str()), &b.blocks, part),
            BlockKind::Interview(list) => list.iter().for_each(|x| {
                self.blocks(&x.question, part);
                self.blocks(&x.answer, part);
            }),
            BlockKind::Timeline(list) | BlockKind::Listings(list) => list.iter().for_each(|moment| {
                self.add(part, text(&moment.when));
                self.blocks(&moment.blocks, part);
            }),
            BlockKind::Letter(l) => {
                self.titled(l.title.as_ref().map(|t| t.as_str()), &l.blocks, part);
                l.from.iter().for_each(|f| self.add(part, text(f)));
            }
            BlockKind::Rule | BlockKind::PullQuote(_) | BlockKind::Html(_) => {}
        }
    }
}

/// A piece as it was found.
pub(crate) struct Found<'a> {
    pub(crate) piece: &'a Piece,
    /// One element, or several where a theme sets the piece in parts, as it does beside an initial.
    pub(crate) elements: Vec<&'a Element>,
}

/// The pieces in the reading order of the pages, and what does not agree. `furniture` tells what is no author's text.
pub(crate) fn follow<'a>(
    pieces: &'a [Piece],
    elements: &'a [Element],
    furniture: impl Fn(&str) -> bool,
) -> (Vec<Found<'a>>, Vec<String>) {
    let mut open: Vec<(usize, String)> = pieces.iter().enumerate().map(|(i, p)| (i, letters(&p.text))).collect();
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let told = |e: &Element| if e.kind == "Lbl" { String::new() } else { letters(&e.text()) };
    let told: Vec<String> = elements.iter().map(told).collect();
    let mut at = 0;
    while at < elements.len() {
        if told[at].is_empty() {
            at += 1;
            continue;
        }
        let fits = |(_, text): &(usize, String), n: usize| {
            at + n <= told.len() && text.starts_with(&told[at]) && *text == told[at..at + n].concat()
        };
        match (1..=4).find_map(|n| open.iter().position(|o| fits(o, n)).map(|o| (n, o))) {
            Some((n, index)) => {
                let elements = elements[at..at + n].iter().collect();
                found.push(Found { piece: &pieces[open.remove(index).0], elements });
                at += n;
            }
            None if furniture(&elements[at].text()) => at += 1,
            None => {
                let first = elements[at].lines.first().map_or(0, |l| l.page + 1);
                wrong.push(format!("page {first}: `{}` is not in the manuscripts", start(&elements[at].text())));
                at += 1;
            }
        }
    }
    let used = |piece: &Piece| found.iter().any(|f: &Found| f.piece.article == piece.article);
    let lost = open.iter().map(|o| &pieces[o.0]).filter(|p| !p.filler || used(p));
    wrong.extend(lost.map(|p| format!("`{}` is not on the pages", start(&p.text))));
    (found, wrong)
}

/// The words of a text; hyphens and apostrophes part none.
pub(crate) fn words(text: &str) -> Vec<String> {
    let joined: String = text.chars().filter(|c| !"-\u{AD}\u{2010}\u{2011}’'".contains(*c) && !is_mark(*c)).collect();
    let parts = joined.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Letters and digits only, in lower case.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() && !is_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The vowel signs of Arabic, which share a glyph with their letter.
fn is_mark(c: char) -> bool {
    ('\u{64B}'..='\u{65F}').contains(&c) || c == '\u{670}'
}

/// The beginning of a text, for messages.
pub(crate) fn start(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
