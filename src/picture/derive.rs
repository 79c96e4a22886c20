//! The picture that an edition carries, made from the picture in the folder: cropped, scaled down, sRGB, credited.
//!
//! Never larger than the original, and the same bytes for the same input; what needs no change keeps its pixels.

use super::encode::{as_jpeg, as_png, on_white};
use super::pixels::{self, Kind, Pixels};
use super::{Channels, Fault, Format, Probe, colour, jpeg, png, probe, xmp};
use crate::credit::Credit;
use fast_image_resize::images::Image;
use fast_image_resize::pixels::{U16, U16x3, U16x4};
use fast_image_resize::{FilterType, PixelTrait, PixelType, ResizeAlg, ResizeError, ResizeOptions, Resizer};
use std::sync::LazyLock;

/// Raised when the same wish gives other bytes than before: part of every cache key.
const VERSION: u32 = 1;

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
    /// Whose the picture is: written into it.
    pub credit: Option<Credit>,
}

impl Wanted {
    /// At most so many pixels across and down, nothing else changed.
    pub fn within(max_width: u32, max_height: u32) -> Self {
        Wanted { max_width, max_height, crop: None, quality: 82, gray: false, opaque: false, credit: None }
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
    /// Channels of a JPEG: 1 (gray) or 3; 3 for all else.
    pub fn components(&self) -> u8 {
        let frame = jpeg::segments(&self.bytes).and_then(|s| s.frame);
        frame.map_or(3, |(_, _, components)| components)
    }

    /// The samples of a derived JPEG or PNG.
    ///
    /// # Errors
    /// When it does not decode, or is no raster.
    pub fn samples(&self) -> Result<Samples, Fault> {
        let pixels = pixels::decode(&self.bytes, self.format)?.pixels;
        let (width, height) = (pixels.width, pixels.height);
        let alpha = pixels.is_transparent().then(|| pixels.data.iter().skip(3).step_by(4).copied().collect());
        let rgb = match pixels.kind {
            Kind::Gray => pixels.data.iter().flat_map(|v| [*v; 3]).collect(),
            Kind::Rgba => pixels.data.as_chunks::<4>().0.iter().flat_map(|p| [p[0], p[1], p[2]]).collect(),
            Kind::Rgb | Kind::Cmyk => pixels.data,
        };
        Ok(Samples { width, height, rgb, alpha })
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

/// Makes the picture that is wanted of a probed file. SVG and PDF come back as they are.
///
/// # Errors
/// A [`Fault`] when it does not decode after all.
pub fn derive(bytes: &[u8], probe: &Probe, wanted: &Wanted) -> Result<Derived, Fault> {
    if probe.is_vector() {
        let (width, height) = (probe.width, probe.height);
        return Ok(Derived { bytes: bytes.to_vec(), format: probe.format, width, height });
    }
    let packet = wanted.credit.as_ref().and_then(xmp::packet);
    let region = region(probe, wanted.crop);
    let (width, height) = fitted(region, wanted);
    let same = (width, height) == (probe.width, probe.height) && !wanted.gray && probe.orientation == 1;
    let same = same && !probe.foreign_colour && probe.channels != Channels::Cmyk && probe.bits == 8;
    if same && probe.format == Format::Jpeg {
        let kept = jpeg::with_metadata(bytes, packet.as_deref()).ok_or(Fault::Truncated(Format::Jpeg))?;
        return Ok(Derived { bytes: kept, format: Format::Jpeg, width, height });
    }
    let raw = pixels::decode(bytes, probe.format)?;
    let adobe_rgb = probe.format == Format::Jpeg && probe::exif(bytes).1;
    let source = colour::to_srgb(raw, adobe_rgb);
    let drawing = probe.format != Format::Jpeg && is_drawing(&source);
    if same && probe.format == Format::Png && (probe.alpha && !wanted.opaque || drawing && !probe.alpha) {
        let kept = png::with_metadata(bytes, packet.as_deref()).ok_or(Fault::Truncated(Format::Png))?;
        return Ok(Derived { bytes: kept, format: Format::Png, width, height });
    }
    let (lies, turned) = (lying(region, probe), probe.orientation >= 5);
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let whole =
        lies == [0.0, 0.0, f64::from(across), f64::from(down)] && (source.width, source.height) == (across, down);
    let pixels = if whole { source } else { scaled(&source, lies, across, down)? };
    let mut pixels = pixels.upright(probe.orientation);
    if pixels.kind == Kind::Rgba && (wanted.opaque || !probe.alpha) {
        pixels = Pixels { kind: Kind::Rgb, data: on_white(&pixels.data), ..pixels };
    }
    if wanted.gray {
        pixels = without_colour(pixels);
    }
    let format = if pixels.kind == Kind::Rgba || drawing { Format::Png } else { Format::Jpeg };
    let bytes = match format {
        Format::Png => as_png(&pixels, packet.as_deref())?,
        _ => as_jpeg(&pixels, wanted.quality.clamp(1, 100), packet.as_deref())?,
    };
    Ok(Derived { bytes, format, width, height })
}

/// Left, top, width, height in pixels as shown.
type Region = [f64; 4];

/// The largest region of the wished shape that has the focus as near its middle as can be.
fn region(probe: &Probe, crop: Option<Crop>) -> Region {
    let (width, height) = (f64::from(probe.width), f64::from(probe.height));
    let Some(crop) = crop.filter(|c| c.aspect.is_finite() && c.aspect > 0.0) else { return [0.0, 0.0, width, height] };
    let (w, h) =
        if width / height > crop.aspect { (height * crop.aspect, height) } else { (width, width / crop.aspect) };
    let (w, h) = (w.round().clamp(1.0, width), h.round().clamp(1.0, height));
    let place = |focus: f64, part: f64, whole: f64| (focus * whole - part / 2.0).round().clamp(0.0, whole - part);
    [place(crop.focus.0, w, width), place(crop.focus.1, h, height), w, h]
}

/// The size within the wished bounds.
fn fitted(region: Region, wanted: &Wanted) -> (u32, u32) {
    let (width, height) = (region[2], region[3]);
    let (most_w, most_h) = (f64::from(wanted.max_width.max(1)), f64::from(wanted.max_height.max(1)));
    let scale = (most_w / width).min(most_h / height).min(1.0);
    let side = |length: f64, most: f64| (length * scale).round().clamp(1.0, most) as u32;
    (side(width, most_w), side(height, most_h))
}

/// Whether a picture is a drawing: most neighbours have the same colour, which photographs never do.
fn is_drawing(pixels: &Pixels) -> bool {
    let n = pixels.kind.samples();
    let row = pixels.width as usize * n;
    if pixels.width < 2 {
        return false;
    }
    let rows = pixels.data.chunks_exact(row);
    let equal: usize =
        rows.map(|r| r.chunks_exact(n).zip(r[n..].chunks_exact(n)).filter(|(a, b)| a == b).count()).sum();
    equal as f64 > 0.6 * (f64::from(pixels.width) - 1.0) * f64::from(pixels.height)
}

fn without_colour(pixels: Pixels) -> Pixels {
    // Rec. 709 weights in linear light would darken reds as no viewer expects; these are those of JPEG.
    let gray =
        |r: u8, g: u8, b: u8| ((299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500) / 1000) as u8;
    match pixels.kind {
        Kind::Rgb => {
            let data = pixels.data.as_chunks::<3>().0.iter().map(|&[r, g, b]| gray(r, g, b)).collect();
            Pixels { kind: Kind::Gray, data, ..pixels }
        }
        Kind::Rgba => {
            let each = |&[r, g, b, a]: &[u8; 4]| [gray(r, g, b); 3].into_iter().chain([a]);
            let data = pixels.data.as_chunks::<4>().0.iter().flat_map(each).collect();
            Pixels { data, ..pixels }
        }
        Kind::Gray | Kind::Cmyk => pixels,
    }
}

/// Cuts and scales in linear light, so that fine bright detail keeps its brightness.
///
/// Band by band, as the whole picture in 16 bits would take three times the memory.
fn scaled(source: &Pixels, region: Region, width: u32, height: u32) -> Result<Pixels, Fault> {
    let kind = source.kind;
    let deep = match kind {
        Kind::Gray => PixelType::U16,
        Kind::Rgb => PixelType::U16x3,
        Kind::Rgba | Kind::Cmyk => PixelType::U16x4,
    };
    let ratio = region[3] / f64::from(height);
    // Three lobes of the filter on either side of a band, and one row for rounding.
    let margin = 3.0 * ratio.max(1.0) + 2.0;
    let step = (BAND / ratio).ceil().max(8.0) as u32;
    let row = source.width as usize * kind.samples();
    let mut resizer = Resizer::new();
    let mut data = Vec::with_capacity(width as usize * height as usize * kind.samples());
    let mut top = 0;
    while top < height {
        let bottom = (top + step).min(height);
        let (low, high) = (region[1] + f64::from(top) * ratio, region[1] + f64::from(bottom) * ratio);
        let first = (low - margin).floor().max(0.0);
        let last = (high + margin).ceil().min(f64::from(source.height));
        let (from, to, count) = (first as usize * row, last as usize * row, (last - first) as u32);
        let mut linear = Image::new(source.width, count, deep);
        uncurve(&source.data[from..to], kind, linear.buffer_mut());
        let part_height = (high - low).min(last - low);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).crop(
            region[0],
            low - first,
            region[2],
            part_height,
        );
        let mut small = Image::new(width, bottom - top, deep);
        let done = match kind {
            Kind::Gray => resize::<U16>(&mut resizer, &linear, &mut small, &options),
            Kind::Rgb => resize::<U16x3>(&mut resizer, &linear, &mut small, &options),
            Kind::Rgba | Kind::Cmyk => resize::<U16x4>(&mut resizer, &linear, &mut small, &options),
        };
        done.map_err(|e| Fault::Damaged(Format::Jpeg, format!("it cannot be scaled: {e}")))?;
        curve(small.buffer(), kind, &mut data);
        top = bottom;
    }
    Ok(Pixels { width, height, kind, data })
}

/// Rows of the source in a band.
const BAND: f64 = 400.0;

/// The resampler for one kind of pixel: the general one would compile all fourteen.
fn resize<P: PixelTrait>(
    resizer: &mut Resizer,
    source: &Image<'_>,
    target: &mut Image<'_>,
    options: &ResizeOptions,
) -> Result<(), ResizeError> {
    match (&source.typed_image::<P>(), &mut target.typed_image_mut::<P>()) {
        (Some(source), Some(target)) => resizer.resize_typed::<P>(source, target, options),
        _ => Err(ResizeError::PixelTypesAreDifferent),
    }
}

/// sRGB bytes to linear light in 16 bits; alpha only becomes longer.
fn uncurve(bytes: &[u8], kind: Kind, linear: &mut [u8]) {
    let table = linear_table().map(u16::to_ne_bytes);
    let pairs = linear.as_chunks_mut::<2>().0;
    for (out, byte) in pairs.iter_mut().zip(bytes) {
        *out = table[usize::from(*byte)];
    }
    if kind == Kind::Rgba {
        for (out, pixel) in pairs.as_chunks_mut::<4>().0.iter_mut().zip(bytes.as_chunks::<4>().0) {
            out[3] = [pixel[3]; 2];
        }
    }
}

/// Linear light in 16 bits back to sRGB bytes; alpha only becomes shorter.
fn curve(linear: &[u8], kind: Kind, out: &mut Vec<u8>) {
    static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| (0..=65_535).map(byte_of_light).collect());
    let alpha = |i: usize| kind == Kind::Rgba && i % 4 == 3;
    let values = linear.as_chunks::<2>().0.iter().map(|b| u16::from_ne_bytes(*b)).enumerate();
    out.extend(values.map(|(i, v)| if alpha(i) { ((u32::from(v) + 128) / 257) as u8 } else { TABLE[usize::from(v)] }));
}

fn byte_of_light(light: u32) -> u8 {
    let v = f64::from(light) / 65_535.0;
    let curved = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (curved * 255.0).round().clamp(0.0, 255.0) as u8
}

/// sRGB (IEC 61966-2-1) to linear light, of 65,535.
fn linear_table() -> [u16; 256] {
    std::array::from_fn(|byte| {
        let v = byte as f64 / 255.0;
        let light = if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        (light * 65_535.0).round() as u16
    })
}

/// The region as it lies in the file, before the picture is turned upright.
fn lying(region: Region, probe: &Probe) -> Region {
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
