//! Picture files: what they are, whether they are sound, and what the editions make of them.
//!
//! Files are hostile until probed: their pixels are counted before anything is decoded.

mod advert;
mod budget;
mod colour;
mod derive;
mod embedded;
mod encode;
mod fault;
mod huffman;
mod inks;
mod jpeg;
mod look;
mod pixels;
mod png;
mod prepare;
mod probe;
mod raster;
mod scale;
mod scan;
mod score;
mod sharpen;
mod stand_in;
mod svg;
mod table;
mod walk;
mod xmp;

pub(crate) use advert::LARGEST_STREAM;
pub use advert::{Artwork, Rect, artwork};
pub use budget::{Budget, Guard, cost, derive_within};
pub(crate) use colour::COATED;
pub use derive::{Crop, Derived, Profile, Samples, Wanted, derive};
pub use embedded::{Embedded, embedded};
pub use fault::{Fault, Notice};
pub use inks::Inks;
pub use look::Hidden;
pub use prepare::{Prepared, prepare};
pub use probe::{LARGEST_BYTES, LARGEST_PIXELS, probe, probe_again};
pub use raster::page as pdf_page;
pub use score::{Judge, score};
pub use stand_in::{STAND_IN_MARK, shaped, stand_in, stand_in_id};

/// What a picture file is, found from its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// The kind of file, by content.
    pub format: Format,
    /// Width in pixels as shown (after EXIF rotation); for SVG and PDF in points, rounded up.
    pub width: u32,
    /// Height in pixels as shown; for SVG and PDF in points, rounded up.
    pub height: u32,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub hash: String,
    /// Whether it has an alpha channel that is used.
    pub alpha: bool,
    /// The kind of colour it is stored in.
    pub channels: Channels,
    /// Bits for each channel of a pixel: 8 or 16 (fewer count as 8).
    pub bits: u8,
    /// Whether it must be converted to be shown in sRGB: another colour profile, or CMYK.
    pub foreign_colour: bool,
    /// Whether it holds more than one frame.
    pub animated: bool,
    /// What it looks like, in 64 bits: pictures of the same thing differ in few of them. None of drawings and flat pictures.
    pub likeness: Option<u64>,
    /// On which ground it cannot be seen, if its own lets that shine through.
    pub hidden: Option<Hidden>,
}

impl Probe {
    /// Whether sizes are in points and the picture can be scaled freely.
    pub fn is_vector(&self) -> bool {
        matches!(self.format, Format::Svg | Format::Pdf)
    }

    /// Width divided by height as shown.
    pub fn aspect(&self) -> f64 {
        f64::from(self.width) / f64::from(self.height.max(1))
    }

    /// Whether it shows the same as another, perhaps in another size or quality.
    pub fn is_like(&self, other: &Probe) -> bool {
        let (Some(one), Some(two)) = (self.likeness, other.likeness) else { return false };
        (one ^ two).count_ones() <= 3 && (self.aspect() / other.aspect() - 1.0).abs() < 0.03
    }
}

/// The kind of colour a picture is stored in; a palette counts as what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Channels {
    Gray,
    #[default]
    Rgb,
    Cmyk,
}

/// The kinds of picture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the formats'")]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
    Tiff,
    Svg,
    Pdf,
}
