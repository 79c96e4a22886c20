//! The picture that an edition carries, made from the picture in the folder: cropped, scaled down, sRGB, credited.
//!
//! Never larger than the original, and the same bytes for the same input; what needs no change keeps its pixels.

use super::pixels::{self, Kind, Pixels};
use super::prepare::{kept_jpeg, prepare};
use super::scale::Region;
use super::{Fault, Format, Inks, Probe, jpeg, png};
use crate::credit::Credit;

/// Raised when the same wish gives other bytes than before: part of every cache key.
const VERSION: u32 = 3;

/// How much care a picture is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// As quickly as can be: decoded small, scaled in plain bytes, the plainest JPEG.
    Draft,
    /// As well as can be: scaled in linear light, a JPEG of fewer bytes for the same look.
    #[default]
    Publication,
}

/// What an edition wants of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Most pixels across.
    pub max_width: u32,
    /// Most pixels down.
    pub max_height: u32,
    /// Cut to a shape.
    pub crop: Option<Crop>,
    /// Quality of JPEGs, 1 to 100.
    pub quality: u8,
    /// Without colours.
    pub gray: bool,
    /// On white, where the picture lets the ground shine through.
    pub opaque: bool,
    /// How much care it is made with.
    pub profile: Profile,
    /// Whose the picture is: written into it.
    pub credit: Option<Credit>,
    /// The press whose inks photographs are made of; none stays sRGB. Drawings and what lets the ground shine through
    /// are samples in sRGB all the same.
    pub inks: Option<Inks>,
}

impl Wanted {
    /// At most so many pixels across and down, nothing else changed.
    pub fn within(max_width: u32, max_height: u32) -> Self {
        let profile = Profile::Publication;
        let (crop, credit, inks) = (None, None, None);
        Wanted { max_width, max_height, crop, quality: 82, gray: false, opaque: false, profile, credit, inks }
    }

    /// The name of the result in a cache, for a picture of this probe.
    pub fn key(&self, probe: &Probe) -> String {
        use sha2::{Digest, Sha256};
        let text = format!("{VERSION} {} {self:?}", probe.hash);
        Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// A shape to cut to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    /// Width divided by height.
    pub aspect: f64,
    /// The point that must stay visible, from the top left, each 0 to 1.
    pub focus: (f64, f64),
}

/// A picture made for an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The file.
    pub bytes: Vec<u8>,
    /// JPEG or PNG; SVG and PDF stay what they are.
    pub format: Format,
    /// Pixels across (points for SVG and PDF).
    pub width: u32,
    /// Pixels down (points for SVG and PDF).
    pub height: u32,
}

/// The samples of a derived PNG, for files that hold pictures without a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green and blue of every pixel, row by row.
    pub rgb: Vec<u8>,
    /// Opacity of every pixel, if any is not opaque.
    pub alpha: Option<Vec<u8>>,
}

impl Derived {
    /// Channels of a JPEG: 1 (gray), 3 or 4 (inks, upside down as Adobe's programs write them); 3 for all else.
    pub fn components(&self) -> u8 {
        let frame = jpeg::segments(&self.bytes).and_then(|s| s.frame);
        frame.map_or(3, |(_, _, components)| components)
    }

    /// The samples of a derived JPEG or PNG.
    ///
    /// # Errors
    /// When it does not decode, or is no raster.
    pub fn samples(&self) -> Result<Samples, Fault> {
        Ok(pixels::decode(&self.bytes, self.format)?.pixels.into())
    }

    /// Reads a result back from its bytes, as a cache returns them.
    ///
    /// # Errors
    /// When they are not what a cache should hold.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Fault> {
        let png = png::header(&bytes).map(|(width, height)| (Format::Png, width, height));
        let jpeg = || {
            let found = jpeg::segments(&bytes).filter(|s| s.end.is_some())?;
            found.frame.map(|(width, height, _)| (Format::Jpeg, width.into(), height.into()))
        };
        let Some((format, width, height)) = png.or_else(jpeg) else { return Err(Fault::Truncated(Format::Jpeg)) };
        Ok(Derived { bytes, format, width, height })
    }
}

impl From<Pixels> for Samples {
    fn from(pixels: Pixels) -> Self {
        let (width, height) = (pixels.width, pixels.height);
        let alpha = pixels.is_transparent().then(|| pixels.data.iter().skip(3).step_by(4).copied().collect());
        let rgb = match pixels.kind {
            Kind::Gray => pixels.data.iter().flat_map(|v| [*v; 3]).collect(),
            Kind::Rgba => pixels.data.as_chunks::<4>().0.iter().flat_map(|p| [p[0], p[1], p[2]]).collect(),
            Kind::Rgb | Kind::Cmyk => pixels.data,
        };
        Samples { width, height, rgb, alpha }
    }
}

/// Makes the picture that is wanted of a probed file. SVG and PDF come back as they are.
///
/// # Errors
/// A [`Fault`] when it does not decode after all.
pub fn derive(bytes: &[u8], probe: &Probe, wanted: &Wanted) -> Result<Derived, Fault> {
    if probe.is_vector() {
        let (width, height) = (probe.width, probe.height);
        return Ok(Derived { bytes: bytes.to_vec(), format: probe.format, width, height });
    }
    // What can stay as it is need not be decoded.
    if let Some(kept) = kept_jpeg(bytes, probe, wanted)? {
        return Ok(kept);
    }
    prepare(bytes, probe, wanted)?.encode(wanted.quality)
}

/// The largest region of the wished shape that has the focus as near its middle as can be.
pub(super) fn region(probe: &Probe, crop: Option<Crop>) -> Region {
    let (width, height) = (f64::from(probe.width), f64::from(probe.height));
    let Some(crop) = crop.filter(|c| c.aspect.is_finite() && c.aspect > 0.0) else { return [0.0, 0.0, width, height] };
    let (w, h) =
        if width / height > crop.aspect { (height * crop.aspect, height) } else { (width, width / crop.aspect) };
    let (w, h) = (w.round().clamp(1.0, width), h.round().clamp(1.0, height));
    let place = |focus: f64, part: f64, whole: f64| (focus * whole - part / 2.0).round().clamp(0.0, whole - part);
    [place(crop.focus.0, w, width), place(crop.focus.1, h, height), w, h]
}

/// The size within the wished bounds.
pub(super) fn fitted(region: Region, wanted: &Wanted) -> (u32, u32) {
    let (width, height) = (region[2], region[3]);
    let (most_w, most_h) = (f64::from(wanted.max_width.max(1)), f64::from(wanted.max_height.max(1)));
    let scale = (most_w / width).min(most_h / height).min(1.0);
    let side = |length: f64, most: f64| (length * scale).round().clamp(1.0, most) as u32;
    (side(width, most_w), side(height, most_h))
}

/// The region as it lies in the file, before the picture is turned upright.
pub(super) fn lying(region: Region, probe: &Probe) -> Region {
    let (width, height) = (f64::from(probe.width), f64::from(probe.height));
    let [x, y, w, h] = region;
    let (right, below) = (width - x - w, height - y - h);
    match probe.orientation {
        2 => [right, y, w, h],
        3 => [right, below, w, h],
        4 => [x, below, w, h],
        5 => [y, x, h, w],
        6 => [y, right, h, w],
        7 => [below, right, h, w],
        8 => [below, x, h, w],
        _ => region,
    }
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
