//! Picture files: what they are, whether they are sound, and what the editions make of them.
//!
//! Files are hostile until probed: their pixels are counted before anything is decoded.

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
