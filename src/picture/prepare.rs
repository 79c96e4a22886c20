//! A picture decoded and scaled once, to be encoded as often as somebody tries qualities.
//!
//! One way for all: what [`derive`](super::derive) gives is what is prepared here, encoded at the wished quality.

use super::derive::{fitted, lying, region};
use super::encode::{Sampling, as_jpeg, as_png, on_white, sampling};
use super::pixels::{self, Kind, Pixels};
use super::score::Judge;
use super::{Channels, Derived, Fault, Format, Probe, Profile, Samples, Wanted, colour, jpeg, png, probe, scale, xmp};
use fast_image_resize::FilterType;

/// A picture cut, scaled, upright and in sRGB, not yet encoded.
#[derive(Debug, Clone)]
pub struct Prepared {
    pixels: Pixels,
    packet: Option<String>,
    profile: Profile,
    sampling: Sampling,
    /// The highest quality that may be asked for: what was wished.
    quality: u8,
    /// The original's own data, where they can stay as they are.
    kept: Option<Derived>,
    /// Drawings and what lets the ground shine through are PNG.
    format: Format,
}

impl Prepared {
    /// The picture at a quality of 1 to 100; above what was wished nothing is gained, so that is the most.
    ///
    /// Never more bytes than the original's own data, where these could stay.
    ///
    /// # Errors
    /// When the encoder refuses.
    pub fn encode(&self, quality: u8) -> Result<Derived, Fault> {
        let quality = quality.clamp(1, self.quality);
        if let Some(kept) = self.kept.as_ref().filter(|k| k.format == Format::Png || quality == self.quality) {
            return Ok(kept.clone());
        }
        let packet = self.packet.as_deref();
        let bytes = match self.format {
            Format::Png => as_png(&self.pixels, packet)?,
            _ => as_jpeg(&self.pixels, quality, self.profile, self.sampling, packet)?,
        };
        match &self.kept {
            Some(kept) if kept.bytes.len() <= bytes.len() => Ok(kept.clone()),
            _ => Ok(Derived { bytes, format: self.format, width: self.pixels.width, height: self.pixels.height }),
        }
    }

    /// Whether the quality changes anything: PNGs have none.
    pub fn has_quality(&self) -> bool {
        self.format == Format::Jpeg
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        (self.pixels.width, self.pixels.height)
    }

    /// The samples before encoding, against which a score is taken; of inks there are none.
    pub fn samples(&self) -> Samples {
        self.pixels.clone().into()
    }

    /// Somebody to judge encodings of this picture by.
    ///
    /// # Errors
    /// When the picture has no pixels.
    pub fn judge(&self) -> Result<Judge, Fault> {
        Judge::new(&self.samples())
    }
}

/// Whether nothing about the pixels must change.
fn stays(probe: &Probe, wanted: &Wanted) -> bool {
    fitted(region(probe, wanted.crop), wanted) == (probe.width, probe.height)
        && !wanted.gray
        && (wanted.inks.is_none() || probe.channels == Channels::Gray)
        && probe.orientation == 1
        && !probe.foreign_colour
        && probe.channels != Channels::Cmyk
        && probe.bits == 8
}

/// The JPEG with other metadata and the same pixels, where nothing about them must change.
pub(super) fn kept_jpeg(bytes: &[u8], probe: &Probe, wanted: &Wanted) -> Result<Option<Derived>, Fault> {
    if probe.format != Format::Jpeg || !stays(probe, wanted) {
        return Ok(None);
    }
    let packet = wanted.credit.as_ref().and_then(xmp::packet);
    let kept = jpeg::with_metadata(bytes, packet.as_deref()).ok_or(Fault::Truncated(Format::Jpeg))?;
    Ok(Some(Derived { bytes: kept, format: Format::Jpeg, width: probe.width, height: probe.height }))
}

/// Decodes, cuts and scales the picture that is wanted of a probed file.
///
/// # Errors
/// A [`Fault`] when it does not decode after all, or has no pixels (SVG and PDF).
pub fn prepare(bytes: &[u8], probe: &Probe, wanted: &Wanted) -> Result<Prepared, Fault> {
    let mut kept = kept_jpeg(bytes, probe, wanted)?;
    let packet = wanted.credit.as_ref().and_then(xmp::packet);
    let region = region(probe, wanted.crop);
    let (width, height) = fitted(region, wanted);
    let raw = pixels::decode_near(bytes, probe, shrink(probe, wanted))?;
    let adobe_rgb = probe.format == Format::Jpeg && probe::exif(bytes).1;
    let source = match &wanted.inks {
        Some(inks) if raw.pixels.kind == Kind::Cmyk => {
            let data = inks.of_inks(raw.pixels.data, raw.profile.as_deref());
            Pixels { data, ..raw.pixels }
        }
        _ => colour::to_srgb(raw, adobe_rgb),
    };
    let before = (source.width, source.height);
    let drawing = probe.format != Format::Jpeg && source.is_drawing();
    let as_it_is = probe.alpha && !wanted.opaque || drawing && !probe.alpha;
    if stays(probe, wanted) && probe.format == Format::Png && as_it_is {
        let bytes = png::with_metadata(bytes, packet.as_deref()).ok_or(Fault::Truncated(Format::Png))?;
        kept = Some(Derived { bytes, format: Format::Png, width, height });
    }
    let turned = probe.orientation >= 5;
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let lies = within(&source, lying(region, probe), probe);
    let mut pixels = resized(source, lies, across, down, wanted)?.upright(probe.orientation);
    if pixels.kind == Kind::Rgba && (wanted.opaque || !probe.alpha) {
        pixels = Pixels { kind: Kind::Rgb, data: on_white(&pixels.data), ..pixels };
    }
    if wanted.gray {
        pixels = pixels.without_colour();
    }
    if let Some(inks) = wanted.inks.as_ref().filter(|_| pixels.kind == Kind::Rgb && !drawing) {
        // What was made smaller has lost a little of its edge, and a press takes a little more.
        if before > (pixels.width, pixels.height) {
            pixels.sharpen();
        }
        pixels = Pixels { kind: Kind::Cmyk, data: inks.of_rgb(&pixels.data)?, ..pixels };
    }
    let format = if pixels.kind == Kind::Rgba || drawing { Format::Png } else { Format::Jpeg };
    let sampling = if wanted.profile == Profile::Publication { sampling(&pixels) } else { Sampling::Quarter };
    let quality = wanted.quality.clamp(1, 100);
    Ok(Prepared { pixels, packet, profile: wanted.profile, sampling, quality, kept, format })
}

/// The region in a source that may have been decoded smaller than the file's picture is.
fn within(source: &Pixels, lies: scale::Region, probe: &Probe) -> scale::Region {
    let turned = probe.orientation >= 5;
    let (full_w, full_h) = if turned { (probe.height, probe.width) } else { (probe.width, probe.height) };
    let (w, h) = (f64::from(source.width), f64::from(source.height));
    let (x_scale, y_scale) = (w / f64::from(full_w), h / f64::from(full_h));
    let (left, top) = ((lies[0] * x_scale).min(w - 1.0), (lies[1] * y_scale).min(h - 1.0));
    [left, top, (lies[2] * x_scale).min(w - left), (lies[3] * y_scale).min(h - top)]
}

fn resized(source: Pixels, lies: scale::Region, width: u32, height: u32, wanted: &Wanted) -> Result<Pixels, Fault> {
    let whole = lies == [0.0, 0.0, f64::from(width), f64::from(height)];
    // For a press the edges are sharpened afterwards: two lobes do as well as three, in two thirds of the time.
    let filter = if wanted.inks.is_some() { FilterType::CatmullRom } else { FilterType::Lanczos3 };
    match wanted.profile {
        _ if whole && (source.width, source.height) == (width, height) => Ok(source),
        // Inks are no light.
        _ if source.kind == Kind::Cmyk => scale::quickly(&source, lies, width, height),
        Profile::Draft => scale::quickly(&source, lies, width, height),
        Profile::Publication => scale::scaled(&source, lies, width, height, filter),
    }
}

/// By how much a JPEG's decoder may shrink it: 1, 2, 4 or 8.
pub(super) fn shrink(probe: &Probe, wanted: &Wanted) -> u32 {
    if probe.format != Format::Jpeg || probe.channels == Channels::Cmyk {
        return 1;
    }
    let region = region(probe, wanted.crop);
    let (width, _) = fitted(region, wanted);
    let ratio = region[2] / f64::from(width);
    let spare = match wanted.profile {
        Profile::Draft => ratio * 1.02,
        // At least twice the wanted size remains for the scaling in linear light.
        Profile::Publication => ratio / 2.0,
    };
    [8, 4, 2].into_iter().find(|n| f64::from(*n) <= spare).unwrap_or(1)
}
