//! What `masthead.toml`, `issue.toml` and `pictures.toml` say, every field with its place.

pub use crate::data::Date;
use crate::report::{FileId, Span, Spanned};

/// A length on paper, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Mm(pub f64);

/// The trimmed page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trim {
    /// Width.
    pub width: Mm,
    /// Height.
    pub height: Mm,
}

/// Both manifests of the issue that is worked on.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// `masthead.toml`.
    pub publication: Publication,
    /// `issue.toml`.
    pub issue: IssueManifest,
}

/// `masthead.toml`.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The file itself.
    pub file: FileId,
    /// The nameplate's words.
    pub title: Spanned<String>,
    /// The line under the nameplate.
    pub tagline: Option<Spanned<String>>,
    /// BCP 47 tag.
    pub language: Spanned<String>,
    /// `NNNN-NNNC`, check digit verified.
    pub issn: Option<Spanned<String>>,
    /// A shipped theme's name, or a folder of the publication.
    pub theme: Spanned<String>,
    /// The trimmed page.
    pub trim: Trim,
    /// The copyright line.
    pub rights: Option<Spanned<String>>,
    /// The publication's web address.
    pub website: Option<Spanned<String>>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// The people of the imprint, in order.
    pub staff: Vec<StaffMember>,
    /// Further lines of the imprint (printer, paper, subscriptions), each a paragraph.
    pub imprint: Vec<Spanned<String>>,
    /// Whose the pictures without a credit are; then a missing credit is no error.
    pub own_pictures: Option<Spanned<String>>,
    /// Whether the cover carries the ISSN's barcode.
    pub barcode: bool,
    /// Folders with fonts of the publication's own.
    pub fonts: Vec<Spanned<String>>,
    /// The most bytes of the e-book; its pictures are made to fit.
    pub epub_max_size: Option<Spanned<u64>>,
    /// The print shop's profile: a shipped one's name, or a file.
    pub shop: Option<Spanned<String>>,
    /// The web edition; none where the publication does not speak of it.
    pub web: Option<Web>,
    /// Warnings that are allowed.
    pub allow: Vec<Allowance>,
}

/// The web edition.
#[derive(Debug, Clone)]
pub struct Web {
    /// Where the table stands.
    pub span: Span,
    /// Where its files will stand, with a `/` at the end.
    pub address: Option<Spanned<String>>,
    /// The editions that readers can download: `epub`, `screen`; both unless said.
    pub downloads: Vec<String>,
}

/// Who publishes.
#[derive(Debug, Clone, Default)]
pub struct Publisher {
    /// Name of the house.
    pub name: Option<Spanned<String>>,
    /// Lines of the address.
    pub address: Vec<Spanned<String>>,
    /// E-mail address.
    pub email: Option<Spanned<String>>,
    /// Telephone number.
    pub phone: Option<Spanned<String>>,
}

/// One person of the imprint.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// What they do, in the publication's words.
    pub role: Spanned<String>,
    /// Who they are.
    pub name: Spanned<String>,
}

/// How far an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Only a plan.
    Planned,
    /// In work.
    Draft,
    /// Out; the newest of these is "latest".
    Published,
}

/// `issue.toml`.
#[derive(Debug, Clone)]
pub struct IssueManifest {
    /// The file itself.
    pub file: FileId,
    /// The issue's folder, relative to the publication: also its name (`2026-11`).
    pub folder: String,
    /// Running number.
    pub number: Spanned<u32>,
    /// Volume.
    pub volume: Option<Spanned<u32>>,
    /// The date of issue.
    pub date: Spanned<Date>,
    /// The issue's own title ("The water issue").
    pub title: Option<Spanned<String>>,
    /// How far it is.
    pub status: Status,
    /// Counts from 1; raised when a published issue is corrected.
    pub revision: u32,
    /// RFC 3339 in UTC, `2026-10-28T09:00:00Z`; the date of issue at midnight unless given.
    pub modified: String,
    /// Cover price, as printed.
    pub price: Option<Spanned<String>>,
    /// The cover.
    pub cover: Option<Cover>,
    /// The sections in order.
    pub sections: Vec<SectionEntry>,
    /// Booked adverts.
    pub adverts: Vec<AdvertEntry>,
    /// House adverts, used where room is left.
    pub house_adverts: Vec<AdvertEntry>,
    /// Short texts, used where room is left (paths of manuscripts).
    pub fillers: Vec<Spanned<String>>,
    /// Partners in order.
    pub partners: Vec<PartnerEntry>,
    /// `pictures.toml`: what is said of pictures once for the whole issue.
    pub pictures: Vec<PictureEntry>,
    /// Warnings that are allowed.
    pub allow: Vec<Allowance>,
}

/// The cover.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Where the table stands.
    pub span: Span,
    /// Its picture.
    pub picture: Option<PictureEntry>,
    /// The cover lines; the first is the biggest.
    pub lines: Vec<CoverLine>,
}

/// One line of the cover.
#[derive(Debug, Clone)]
pub struct CoverLine {
    /// Big words.
    pub headline: Spanned<String>,
    /// A line under them.
    pub text: Option<Spanned<String>>,
}

/// One section.
#[derive(Debug, Clone)]
pub struct SectionEntry {
    /// Its title.
    pub title: Spanned<String>,
    /// The paths of its articles, relative to the issue's folder.
    pub articles: Vec<Spanned<String>>,
}

/// A picture that a manifest or front matter names, and what it says of it.
#[derive(Debug, Clone)]
pub struct PictureEntry {
    /// Where it is named.
    pub span: Span,
    /// Its path as written.
    pub file: Spanned<String>,
    /// Alternative text.
    pub alt: Option<Spanned<String>>,
    /// Caption: Markdown inlines.
    pub caption: Option<Spanned<String>>,
    /// Credit, verbatim.
    pub credit: Option<Spanned<String>>,
    /// Decoration: needs no alternative text.
    pub decorative: bool,
    /// The point that must stay visible when the picture is cropped, from the top left, each 0 to 1.
    pub focus: Option<(f64, f64)>,
}

/// The sizes in which adverts are booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the trade's own")]
pub enum AdvertSize {
    Double,
    Full,
    HalfHorizontal,
    HalfVertical,
    Third,
    Quarter,
    Eighth,
}

impl AdvertSize {
    /// How many pages it covers to their edges; 0 for a fraction.
    pub fn pages(self) -> usize {
        match self {
            AdvertSize::Double => 2,
            AdvertSize::Full => 1,
            _ => 0,
        }
    }
}

/// Where an advert was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvertPlace {
    /// Page 2.
    InsideFrontCover,
    /// The last page but one.
    InsideBackCover,
    /// The last page.
    BackCover,
    /// After the article of this path if it can be, else elsewhere with a warning.
    After(Spanned<String>),
    /// Anywhere.
    RunOfBook,
}

/// A booked advert, or one of the house.
#[derive(Debug, Clone)]
pub struct AdvertEntry {
    /// Where the table stands.
    pub span: Span,
    /// Its name in this issue.
    pub id: Spanned<String>,
    /// Whose it is; none for the house's own.
    pub partner: Option<Spanned<String>>,
    /// A picture, an SVG or a PDF.
    pub file: Spanned<String>,
    /// Booked size.
    pub size: AdvertSize,
    /// Booked place.
    pub place: AdvertPlace,
    /// What it says, for those who do not see it.
    pub alt: Option<Spanned<String>>,
    /// Where it leads.
    pub link: Option<Spanned<String>>,
}

/// A partner of the issue.
#[derive(Debug, Clone)]
pub struct PartnerEntry {
    /// Where the table stands.
    pub span: Span,
    /// Its name in this issue.
    pub id: Spanned<String>,
    /// The name readers see.
    pub name: Spanned<String>,
    /// Its trade, by which competitors are known.
    pub trade: Option<Spanned<String>>,
    /// The logo's file.
    pub logo: Option<Spanned<String>>,
    /// Its address.
    pub link: Option<Spanned<String>>,
    /// A line about it.
    pub text: Option<Spanned<String>>,
}

/// What the ledger of rights says of one picture.
#[derive(Debug, Clone)]
pub struct RightsEntry {
    /// Where the table stands.
    pub span: Span,
    /// SHA-256 of the picture's bytes in lower-case hexadecimal.
    pub hash: Spanned<String>,
    /// Where the picture stood when it was noted: for people.
    pub file: Option<Spanned<String>>,
    /// Who made it.
    pub creator: Option<Spanned<String>>,
    /// Where it was got.
    pub source: Option<Spanned<String>>,
    /// The licence or agreement under which it is used.
    pub licence: Option<Spanned<String>>,
    /// What proves it: an invoice, a link, a letter.
    pub proof: Option<Spanned<String>>,
    /// The release of the people or property shown.
    pub release: Option<Spanned<String>>,
    /// The first day on which it may be published.
    pub valid_from: Option<Spanned<Date>>,
    /// The last day.
    pub valid_until: Option<Spanned<Date>>,
    /// Where it may be published; anywhere if nothing is said.
    pub territory: Option<Spanned<String>>,
    /// `print`, `digital` or both; both if nothing is said.
    pub media: Vec<Spanned<String>>,
    /// Whether nobody else may publish it meanwhile.
    pub exclusive: bool,
    /// `editorial`, `no-commercial`, `no-crop`, `share-alike`, `model-release`.
    pub restrictions: Vec<Spanned<String>>,
    /// What it costs, as written.
    pub fee: Option<Spanned<String>>,
    /// Anything else.
    pub note: Option<Spanned<String>>,
}

/// A warning that is allowed, and why.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Where the table stands.
    pub span: Span,
    /// The code, `family/name`.
    pub code: Spanned<String>,
    /// The file, relative to the publication; every file if none.
    pub file: Option<Spanned<String>>,
    /// Why.
    pub reason: Spanned<String>,
}
