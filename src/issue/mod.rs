//! The closed model: an issue in which every name is resolved and every rule has been passed.
//!
//! It is made by one constructor from a draft and a report without errors, so that a dangling picture, a missing credit
//! or a duplicate id cannot reach a writer.

mod close;
pub mod pages;
mod slug;

pub use slug::{Slugs, slug};

use crate::credit::Credit;
use crate::manifest::{AdvertPlace, AdvertSize, Date, Publication, RightsEntry, Status, Terms, Trim};
use crate::manuscript::{Inline, Manuscript};
use crate::report::{FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An issue, ready for every writer.
#[derive(Debug)]
pub struct Issue {
    /// The publication's own facts.
    pub publication: Publication,
    /// Its `issue.toml`.
    pub file: FileId,
    /// The trimmed page.
    pub trim: Trim,
    /// The folder's name: `2026-11`.
    pub name: String,
    /// Running number.
    pub number: u32,
    /// Volume.
    pub volume: Option<u32>,
    /// Date of issue.
    pub date: Date,
    /// The issue's own title.
    pub title: Option<String>,
    /// How far it is.
    pub status: Status,
    /// Counts from 1.
    pub revision: u32,
    /// RFC 3339, UTC.
    pub modified: String,
    /// Cover price.
    pub price: Option<String>,
    /// Whether this is a draft build: stand-ins are allowed, pages are stamped.
    pub draft: bool,
    /// The cover.
    pub cover: Cover,
    /// Sections in order, none empty.
    pub sections: Vec<Section>,
    /// Articles in order; sections point into them.
    pub articles: Vec<Article>,
    /// Adverts in the order of the manifest, the house's own last.
    pub adverts: Vec<Advert>,
    /// Short texts for empty places.
    pub fillers: Vec<Article>,
    /// Partners in order.
    pub partners: Vec<Partner>,
    /// Every picture once, in the order of first use (cover first). Adverts and logos are pictures without credit.
    pub pictures: Vec<Picture>,
}

/// An index into [`Issue::pictures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub usize);

/// An index into [`Issue::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub usize);

/// An index into [`Issue::adverts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdvertId(pub usize);

/// The cover.
#[derive(Debug)]
pub struct Cover {
    /// Its picture.
    pub picture: PictureId,
    /// What the picture shows.
    pub alt: Alt,
    /// Cover lines, biggest first.
    pub lines: Vec<CoverLine>,
}

/// A line of the cover.
#[derive(Debug)]
pub struct CoverLine {
    /// Big words.
    pub headline: String,
    /// A line under them.
    pub text: Option<String>,
}

/// A section.
#[derive(Debug)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its articles.
    pub articles: Vec<ArticleId>,
}

/// An article with its names resolved.
#[derive(Debug)]
pub struct Article {
    /// A name unique in the issue, from the file's name: a document's file name and an anchor.
    pub slug: String,
    /// Section index.
    pub section: usize,
    /// Its language (BCP 47).
    pub language: String,
    /// The text as written.
    pub manuscript: Manuscript,
    /// The picture above the text.
    pub lead: Option<PlacedFigure>,
    /// Every picture in the body, by the place where its file is named (the span of `Figure::file` or `Image::file`).
    pub figures: BTreeMap<Span, PlacedFigure>,
    /// Links to other articles of the issue, by the place of their target.
    pub links: BTreeMap<Span, ArticleLink>,
    /// About the author.
    pub about: Vec<Inline>,
    /// The partner who paid for it: an index into the partners.
    pub sponsor: Option<usize>,
}

/// A link to an article of the same issue.
#[derive(Debug, Clone)]
pub struct ArticleLink {
    /// Where to.
    pub article: ArticleId,
    /// An id within it.
    pub id: Option<String>,
}

/// A picture where it is used: the words may differ from use to use.
#[derive(Debug, Clone)]
pub struct PlacedFigure {
    /// Which picture.
    pub picture: PictureId,
    /// What it shows.
    pub alt: Alt,
    /// Its caption.
    pub caption: Vec<Inline>,
}

/// The alternative text of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alt {
    /// What it shows.
    Text(String),
    /// Nothing that the text does not say.
    Decorative,
    /// Still missing: only in a draft build.
    Missing,
}

/// An advert.
#[derive(Debug)]
pub struct Advert {
    /// Where it is booked.
    pub span: Span,
    /// Its name.
    pub id: String,
    /// The partner; none for the house's own.
    pub partner: Option<usize>,
    /// The artwork.
    pub picture: PictureId,
    /// Booked size.
    pub size: AdvertSize,
    /// Booked place.
    pub place: AdvertPlace,
    /// After which article, if the place says so.
    pub after: Option<ArticleId>,
    /// What it says.
    pub alt: Alt,
    /// Where it leads.
    pub link: Option<String>,
}

/// A partner.
#[derive(Debug)]
pub struct Partner {
    /// Name for readers.
    pub name: String,
    /// Its trade, in lower case, by which competitors are known.
    pub trade: Option<String>,
    /// Its logo.
    pub logo: Option<PictureId>,
    /// Its address.
    pub link: Option<String>,
    /// A line about it.
    pub text: Option<String>,
}

/// A picture file and whose it is.
#[derive(Debug)]
pub struct Picture {
    /// Publication-relative path; empty for a draft's stand-in.
    pub path: String,
    /// What its bytes are.
    pub probe: Arc<crate::picture::Probe>,
    /// Its credit (for the publication's own pictures without wording, whose they are); none for adverts and logos.
    pub credit: Option<Credit>,
    /// What the ledger of rights says of it.
    pub rights: Option<RightsEntry>,
    /// What its licence and the ledger ask for.
    pub terms: Terms,
    /// The point that must stay visible when it is cropped, from the top left, each 0 to 1.
    pub focus: Option<(f64, f64)>,
    /// Whether it belongs on the credits page (adverts and logos do not).
    pub credited: bool,
    /// A stand-in for a picture that is still missing: only in a draft build.
    pub stand_in: bool,
}
