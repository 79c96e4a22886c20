//! Manuscript trees as well-formed XHTML, for the e-book and the web.
//!
//! Text is escaped and characters that XML forbids are left out, so whatever a tree holds the result parses. Names of
//! classes are listed in `docs/xhtml.md`; roles follow DPUB-ARIA 1.1, types the EPUB structural vocabulary.

mod blocks;
mod boxes;
mod escape;
pub mod faces;
pub mod frame;
mod inlines;
mod normal;
mod notes;
mod pictures;
mod plain;
mod table;

pub use escape::{address, attribute, text};
pub use normal::well_formed;
pub use plain::plain;

use crate::manuscript::{Block, Inline, Note};
use crate::report::Spanned;
use crate::words::Words;
use inlines::Breaks;

/// What the writer must know of the surroundings of a text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The language of the element around the text (BCP 47).
    pub language: &'a str,
    /// The fixed words.
    pub words: &'a Words,
    /// The level of the heading above the text: 1 when the headline is `h1`, so that `##` becomes `h2`.
    pub level: u8,
    /// The address of a link, from its target as written; none when nothing can be linked and only the words stay.
    pub link: &'a dyn Fn(&Spanned<String>) -> Option<String>,
    /// The picture that is named; none when there is none to show.
    pub picture: &'a dyn Fn(&Spanned<String>) -> Option<Shown<'a>>,
    /// The notes, by whose order marks are numbered.
    pub notes: &'a [Note],
    /// Where printed pages begin.
    pub breaks: &'a [PageBreak],
    /// Whether `epub:type` is written; the namespace must then be declared outside.
    pub epub: bool,
    /// Whether blocks bear their numbers as `data-block`, by which a place in the text is found again.
    pub numbered: bool,
}

/// A picture as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Shown<'a> {
    /// Its address.
    pub src: String,
    /// What it shows; none for decoration.
    pub alt: Option<String>,
    /// Its caption.
    pub caption: &'a [Inline],
    /// Its credit's wording.
    pub credit: Option<String>,
    /// Width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
    /// The same picture in other widths, as `srcset` and `sizes` say it, and that it may be fetched late; none in e-books.
    pub choice: Option<Choice>,
}

/// A picture in several widths (HTML, 4.8.4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Addresses with their widths: `a.jpg 480w, b.jpg 960w`.
    pub srcset: String,
    /// How wide it will be shown: `(min-width: 45em) 40em, 92vw`.
    pub sizes: String,
}

/// Where a printed page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak {
    /// The block's number.
    pub block: u32,
    /// The word in its plain text, counted from 0.
    pub word: usize,
    /// The anchor's id.
    pub id: String,
    /// What is read aloud: "Page 23".
    pub label: String,
}

/// Writes one text.
struct Writer<'a> {
    out: String,
    context: Context<'a>,
    /// The languages of the elements that are open, the innermost last.
    languages: Vec<String>,
    /// The level of the last heading.
    level: u8,
    /// What is added to the level of headings as written.
    shift: i8,
    /// How many marks each note has had so far.
    marks: Vec<usize>,
    breaks: Breaks,
    in_link: bool,
    /// What stands before the words of the next paragraph; already markup.
    lead: String,
}

impl<'a> Writer<'a> {
    fn new(context: Context<'a>) -> Self {
        Writer {
            out: String::new(),
            languages: vec![context.language.to_owned()],
            level: context.level,
            shift: context.level as i8 - 1,
            marks: vec![0; context.notes.len()],
            breaks: Breaks::new(context.breaks),
            in_link: false,
            lead: String::new(),
            context,
        }
    }
}

/// The text of an article and, after it, its notes.
///
/// Every page break of the context is written once; one whose block is not there stands at the end.
pub fn article(blocks: &[Block], context: Context) -> String {
    let mut writer = Writer::new(context);
    writer.blocks(blocks);
    writer.notes();
    writer.rest_of_breaks();
    writer.out
}

/// Inlines, without page breaks.
pub fn inlines(inlines: &[Inline], context: Context) -> String {
    let mut writer = Writer::new(Context { breaks: &[], ..context });
    writer.inlines(inlines);
    writer.out
}

/// A figure that does not stand in the text, such as the one above it; `class` is added to its classes.
pub fn figure(shown: &Shown, class: &str, context: Context) -> String {
    let mut writer = Writer::new(Context { breaks: &[], ..context });
    writer.shown(shown, class);
    writer.out
}
