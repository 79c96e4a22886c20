//! What an issue tells the rest of the site: enough for its landing page, the archive, the feeds and "latest", so that none of
//! them ever opens another issue's manuscripts again.
//!
//! A record stands beside its issue as `issues/NAME/issue.json`. All paths are relative to the site's root, with `/`, and never
//! begin with one.

use serde::{Deserialize, Serialize};

/// Raised when a record means something else than before: older ones are built anew.
pub const VERSION: u32 = 1;

/// One issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`VERSION`].
    pub version: u32,
    /// The folder: `2026-11`.
    pub name: String,
    /// What is said of the publication.
    pub publication: Publication,
    /// Running number.
    pub number: u32,
    /// Volume.
    pub volume: Option<u32>,
    /// Date of issue, `2026-11-05`.
    pub date: String,
    /// The date as readers say it: "November 2026".
    pub label: String,
    /// The issue's own title: "The dark issue".
    pub title: Option<String>,
    /// Counts from 1.
    pub revision: u32,
    /// When it was last changed: RFC 3339, UTC.
    pub modified: String,
    /// Cover price, as printed.
    pub price: Option<String>,
    /// The cover.
    pub cover: Cover,
    /// How many printed pages.
    pub extent: usize,
    /// Sections in order; each article is in one.
    pub sections: Vec<Section>,
    /// Articles in order.
    pub articles: Vec<Article>,
    /// What can be downloaded.
    pub downloads: Vec<Download>,
    /// Partners in order.
    pub partners: Vec<Partner>,
    /// Style sheets and the like that its pages ask for.
    pub style: Style,
    /// The folios of the printed pages in order: "C1", "2", "3" …
    pub folios: Vec<String>,
    /// Every file of the issue, its own pages and the hashed files that they name, sorted.
    pub files: Vec<String>,
}

/// What is said of the publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Its title.
    pub title: String,
    /// The line under its nameplate.
    pub tagline: Option<String>,
    /// BCP 47.
    pub language: String,
    /// `NNNN-NNNC`.
    pub issn: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The publisher's own pages.
    pub website: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// Where the site will stand, with a `/` at its end; none if nobody said it. Feeds and cards for sharing need it.
    pub address: Option<String>,
}

/// A picture file of the site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Where it is.
    pub path: String,
    /// Media type: `image/jpeg`.
    pub media_type: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// The finished cover in several widths, the narrowest first; never empty.
    pub images: Vec<Image>,
    /// What its picture shows; none where it is decoration.
    pub alt: Option<String>,
    /// The credit of its picture, with its label.
    pub credit: Option<String>,
    /// Cover lines, biggest first: big words, and a line under them.
    pub lines: Vec<(String, Option<String>)>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Indexes into the articles.
    pub articles: Vec<usize>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its name in the issue.
    pub slug: String,
    /// Its page: `issues/2026-11/articles/turn-it-down/`.
    pub path: String,
    /// Headline.
    pub headline: String,
    /// The words above it.
    pub kicker: Option<String>,
    /// The words under it.
    pub standfirst: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The whole byline as it is shown: "By Mara Ellison · Photographs: Tom Okafor".
    pub byline: String,
    /// BCP 47.
    pub language: String,
    /// The folio of its first page.
    pub folio: String,
    /// How many words.
    pub words: usize,
    /// Who paid for it.
    pub sponsor: Option<String>,
    /// Its first picture.
    pub image: Option<Image>,
    /// What that shows; none where it is decoration.
    pub image_alt: Option<String>,
}

/// Something to download.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Download {
    /// `epub` or `screen`.
    pub edition: String,
    /// Where it is.
    pub path: String,
    /// `application/epub+zip` or `application/pdf`.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// A partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// Name for readers.
    pub name: String,
    /// Its address.
    pub link: Option<String>,
    /// A line about it.
    pub text: Option<String>,
    /// Its logo.
    pub logo: Option<Image>,
}

/// What its pages ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// The style sheet.
    pub sheet: String,
    /// The colour of the browser's own frame, `#rrggbb`: on light and on dark.
    pub accent: (String, String),
}

impl Record {
    /// The landing page: `issues/2026-11/`.
    pub fn path(&self) -> String {
        format!("issues/{}/", self.name)
    }

    /// What readers call it: "November 2026 · The dark issue".
    pub fn full_title(&self) -> String {
        match &self.title {
            Some(title) => format!("{} · {title}", self.label),
            None => self.label.clone(),
        }
    }

    /// Its pages as they are printed, on screen: `issues/2026-11/pages/`.
    pub fn pages_path(&self) -> String {
        format!("issues/{}/pages/", self.name)
    }
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the site's root.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    /// A text.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> File {
        File { path: path.into(), bytes: text.into().into_bytes() }
    }
}
