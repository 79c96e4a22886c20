//! What a print shop asks for: its standard, printing condition, bleed, inks and limits.
//!
//! Shipped profiles are data in `shops/`; a publication's own file inherits one and says what differs. A [`Shop`] is whole:
//! whatever a file leaves out has been filled in.

mod load;
mod settings;
mod shipped;

pub use load::{LoadError, by_name_or_path};
pub use settings::SHOP;

use crate::manifest::Mm;
use std::sync::Arc;

/// The standard to which the file is written and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// PDF/X-1a:2003 (ISO 15930-4): CMYK and spot colours only, no transparency.
    X1a,
    /// PDF/X-3:2003 (ISO 15930-6): also ICC-based colours, no transparency.
    X3,
    /// PDF/X-4 (ISO 15930-7:2010): also live transparency and layers.
    X4,
}

impl Standard {
    /// As it stands in profiles and messages.
    pub fn name(self) -> &'static str {
        match self {
            Standard::X1a => "PDF/X-1a:2003",
            Standard::X3 => "PDF/X-3:2003",
            Standard::X4 => "PDF/X-4",
        }
    }

    /// Whether live transparency may stand in the file.
    pub fn allows_transparency(self) -> bool {
        self == Standard::X4
    }

    /// Whether ICC-based colours may stand in the file, if the shop wants them.
    pub fn allows_icc(self) -> bool {
        self != Standard::X1a
    }
}

/// How colours outside the press's reach are brought into it (ISO 15076-1, 7.2.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Relative colorimetric, with black-point compensation.
    Relative,
    /// Perceptual.
    Perceptual,
}

/// How the cover is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// In the one file, first and last.
    WithPages,
    /// In a file of its own, as four single pages.
    Separate,
    /// In a file of its own, as back, spine and front on one page.
    WrapAround,
}

/// How the sheets are held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Stapled through the fold.
    Saddle,
    /// Glued at a spine.
    Perfect,
}

/// Four inks in per cent: cyan, magenta, yellow, black.
pub type Inks = [f64; 4];

/// The printing condition: what paper and press do with ink.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The name under which it is registered (`FOGRA39`), or the shop's own.
    pub identifier: String,
    /// In words.
    pub info: String,
    /// Where it is registered; none for a condition that is nowhere registered.
    pub registry: Option<String>,
    /// The ICC profile's file name.
    pub profile_name: String,
    /// The ICC profile: class `prtr`, four inks.
    pub profile: Arc<[u8]>,
    /// How photographs are converted.
    pub intent: Intent,
}

/// Marks around the trimmed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Where to cut.
    pub crop: bool,
    /// By which plates are laid over each other.
    pub registration: bool,
    /// Where to fold.
    pub fold: bool,
    /// Patches of the inks.
    pub bars: bool,
    /// A line that says what the sheet is.
    pub slug: bool,
}

impl Marks {
    /// Whether anything stands outside the bleed.
    pub fn any(self) -> bool {
        self.crop || self.registration || self.fold || self.bars || self.slug
    }
}

/// What a shop asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Shop {
    /// The name by which it is chosen.
    pub name: String,
    /// One line about it.
    pub about: String,
    /// The standard.
    pub standard: Standard,
    /// The printing condition.
    pub condition: Condition,
    /// How far what runs off the page goes beyond the trim.
    pub bleed: Mm,
    /// How far inside the trim text must stay.
    pub safe: Mm,
    /// The extent is a multiple of it.
    pub multiple_of: u32,
    /// How the cover is handed over.
    pub cover: Cover,
    /// Whether facing pages are handed over as one.
    pub spreads: bool,
    /// How it is bound.
    pub binding: Binding,
    /// The most ink in one place: the sum of all, in per cent.
    pub ink_limit: f64,
    /// What large black areas are printed with.
    pub rich_black: Inks,
    /// Whether spot colours stay inks of their own; otherwise they become CMYK.
    pub spots: bool,
    /// Whether photographs stay ICC-based RGB; otherwise they are converted.
    pub keep_rgb: bool,
    /// Pixels per inch under which a picture is refused.
    pub ppi_minimum: f64,
    /// Pixels per inch under which a picture is warned of.
    pub ppi_warning: f64,
    /// Pixels per inch under which pictures of one bit are warned of.
    pub ppi_line_art: f64,
    /// Size in points under which type is warned of.
    pub type_smallest: f64,
    /// The same for white type on a ground of several inks.
    pub type_reversed: f64,
    /// The thinnest line in points.
    pub hairline: f64,
    /// Thickness of a leaf of the inner pages in millimetres (bulk).
    pub leaf: Option<Mm>,
    /// Thickness of the cover's board in millimetres.
    pub board: Option<Mm>,
    /// Marks around the page.
    pub marks: Marks,
}

impl Shop {
    /// The names of the shipped profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        shipped::SHIPPED.iter().map(|s| s.name)
    }

    /// The text of a shipped profile, to copy and edit.
    pub fn text(name: &str) -> Option<&'static str> {
        shipped::SHIPPED.iter().find(|s| s.name == name).map(|s| s.text)
    }

    /// Width of the spine for so many inner pages; `None` for what is stapled, or where the paper is not known.
    pub fn spine(&self, inner_pages: usize) -> Option<Mm> {
        let leaves = inner_pages.div_ceil(2) as f64;
        let board = self.board.unwrap_or(Mm(0.0)).0;
        (self.binding == Binding::Perfect).then_some(())?;
        Some(Mm(leaves * self.leaf?.0 + 2.0 * board))
    }
}

#[cfg(test)]
mod tests;
