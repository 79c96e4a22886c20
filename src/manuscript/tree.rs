//! The tree of an article as written: blocks and inlines, each with its place.
//!
//! Every block has a number, unique in its manuscript and counting in reading order, by which the layout says where a
//! page begins.

use crate::manifest::{Date, PictureEntry};
use crate::report::{FileId, Span, Spanned};

/// An article as written.
#[derive(Debug, Clone)]
pub struct Manuscript {
    /// Its file.
    pub file: FileId,
    /// What stands above the text.
    pub front: FrontMatter,
    /// The text.
    pub body: Vec<Block>,
    /// The footnotes in the order of their first mark.
    pub notes: Vec<Note>,
}

/// The head of an article.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// Where it stands.
    pub span: Span,
    /// The headline.
    pub headline: Spanned<String>,
    /// The few words above the headline.
    pub kicker: Option<Spanned<String>>,
    /// The lines under the headline.
    pub standfirst: Option<Spanned<String>>,
    /// Who made it.
    pub byline: Vec<Contributor>,
    /// The section's title, if the article says it.
    pub section: Option<Spanned<String>>,
    /// How it is laid out.
    pub kind: ArticleKind,
    /// The picture above the text.
    pub lead: Option<PictureEntry>,
    /// BCP 47 tag, if not the publication's.
    pub language: Option<Spanned<String>>,
    /// When it was written or first published.
    pub date: Option<Spanned<Date>>,
    /// What was put right since.
    pub corrections: Vec<Correction>,
    /// About the author: Markdown within a line, as written.
    pub about: Option<Spanned<String>>,
    /// The partner who paid for it.
    pub sponsored: Option<Spanned<String>>,
}

/// How an article is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ArticleKind {
    /// The usual kind.
    #[default]
    Article,
    /// A big piece with an opener.
    Feature,
    /// Several short stories on a page, one under each heading.
    News,
    /// A person's regular piece.
    Column,
    /// Question and answer.
    Interview,
    /// Readers' letters.
    Letters,
    /// In memory of somebody.
    Obituary,
}

/// A person and what they did.
#[derive(Debug, Clone)]
pub struct Contributor {
    /// The name.
    pub name: Spanned<String>,
    /// What they did.
    pub role: Role,
}

/// What a contributor did; each has a MARC relator code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "the names are the trade's own")]
pub enum Role {
    #[default]
    Words,
    Photographs,
    Illustration,
    Interview,
    Translation,
}

/// A correction.
#[derive(Debug, Clone)]
pub struct Correction {
    /// When it was made.
    pub date: Option<Spanned<Date>>,
    /// What was wrong and what is right.
    pub text: Spanned<String>,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its label as written.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone)]
pub struct Block {
    /// Number within the manuscript, in reading order.
    pub number: u32,
    /// Where it stands.
    pub span: Span,
    /// Its language, if it says one.
    pub language: Option<Spanned<String>>,
    /// Its id, if it has one.
    pub id: Option<Spanned<String>>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading, level 2 to 6 in articles (1 is kept for plain CommonMark).
    Heading(u8, Vec<Inline>),
    /// A list.
    List(List),
    /// A quotation.
    Quote(Vec<Block>),
    /// Code: the words after the fence and the text.
    Code(String, String),
    /// A table.
    Table(Table),
    /// A break between two parts of a text.
    Rule,
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// One picture with its caption and credit.
    Figure(Figure),
    /// Several pictures that belong together.
    Gallery(Gallery),
    /// A sentence of the article, set large. It repeats the text, so screen readers pass over it.
    PullQuote(PullQuote),
    /// A text beside the article.
    Sidebar(Boxed),
    /// Facts and figures in a box.
    FactBox(Boxed),
    /// A short story on a news page.
    Brief(Boxed),
    /// Questions and answers.
    Interview(Vec<Exchange>),
    /// What happened when.
    Timeline(Vec<Moment>),
    /// What is on: for each entry its line and what there is to say.
    Listings(Vec<Moment>),
    /// A reader's letter.
    Letter(Letter),
    /// A passage in another language: its blocks (the language is the block's).
    Passage(Vec<Block>),
    /// HTML as written; only from plain CommonMark with the sanitiser off.
    Html(String),
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// First number of an ordered list.
    pub start: Option<u64>,
    /// Whether its items are set without space between.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// Whether it is a task, and done.
    pub task: Option<bool>,
    /// What it says. In a tight list its paragraphs stand without paragraph marks.
    pub blocks: Vec<Block>,
}

/// Alignment of a table's column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "self-explanatory")]
pub enum Align {
    #[default]
    None,
    Left,
    Center,
    Right,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// One a column.
    pub align: Vec<Align>,
    /// The header row's cells; may be empty cells.
    pub head: Vec<Vec<Inline>>,
    /// The rows of cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// A paragraph `Table: …` directly above or below.
    pub caption: Option<Vec<Inline>>,
}

/// A term and its meanings.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// One or more meanings.
    pub meanings: Vec<Vec<Block>>,
}

/// How much room a picture is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Width {
    /// One column.
    #[default]
    Column,
    /// All columns.
    Wide,
    /// The whole page.
    Page,
    /// Part of a column, the text that follows beside it.
    Wrap,
}

/// A picture in the text.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Where the picture is named.
    pub span: Span,
    /// Its path as written.
    pub file: Spanned<String>,
    /// Alternative text; empty if none was written.
    pub alt: Spanned<String>,
    /// Marked as decoration.
    pub decorative: bool,
    /// What is told about it.
    pub caption: Vec<Inline>,
    /// Its credit, verbatim.
    pub credit: Option<Spanned<String>>,
    /// How much room it wants.
    pub width: Width,
}

/// Several pictures.
#[derive(Debug, Clone)]
pub struct Gallery {
    /// The gallery's title.
    pub title: Option<Spanned<String>>,
    /// The pictures.
    pub figures: Vec<Figure>,
    /// Whether it is a photo essay: pages of its own, filled with pictures.
    pub essay: bool,
}

/// A pull quote.
#[derive(Debug, Clone)]
pub struct PullQuote {
    /// The words.
    pub text: Vec<Inline>,
    /// Who said them.
    pub by: Option<Vec<Inline>>,
    /// Whether the text that follows stands beside it.
    pub wrap: bool,
}

/// A titled box.
#[derive(Debug, Clone)]
pub struct Boxed {
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A question and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The question: paragraphs. Empty for an answer that follows no question.
    pub question: Vec<Block>,
    /// The answer.
    pub answer: Vec<Block>,
}

/// A moment of a timeline.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The date or time, as written.
    pub when: Vec<Inline>,
    /// What happened.
    pub blocks: Vec<Block>,
}

/// A reader's letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Who wrote it.
    pub from: Option<Vec<Inline>>,
}

/// An inline.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What an inline is.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// A line end in the manuscript: a space to readers.
    SoftBreak,
    /// A line break that readers see.
    HardBreak,
    /// Text in an element that changes its look or meaning.
    Styled(Style, Vec<Inline>),
    /// A link.
    Link(Link),
    /// A picture within a line.
    Image(Image),
    /// A footnote's mark, by its label.
    NoteMark(String),
    /// HTML as written; only from plain CommonMark with the sanitiser off.
    Html(String),
}

/// The elements that Markdown and the allow-list of HTML know within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are HTML's")]
pub enum Style {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Small,
    Mark,
    Keyboard,
    Cite,
    Inserted,
    /// With what it stands for.
    Abbreviation(Option<String>),
    /// A passage in another language (BCP 47 tag).
    Language(Spanned<String>),
    /// A place that links can name by this id.
    Anchor(Spanned<String>),
}

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// An address, `#id`, or another article's file.
    pub target: Spanned<String>,
    /// The advisory title.
    pub title: Option<String>,
    /// What is underlined.
    pub content: Vec<Inline>,
}

/// A picture within a line.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its path as written.
    pub file: Spanned<String>,
    /// Its title, if any.
    pub title: Option<String>,
    /// Alternative text.
    pub alt: Vec<Inline>,
    /// Marked as decoration.
    pub decorative: bool,
}
