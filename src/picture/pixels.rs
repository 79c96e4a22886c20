//! Pixels decoded from a file, and turned upright.
//!
//! Nothing is decoded unless its header was found harmless: callers probe first.

use super::{Fault, Format, Probe};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// How samples follow each other, each of 8 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gray,
    Rgb,
    Rgba,
    /// Ink: 0 is none, 255 is all.
    Cmyk,
}

impl Kind {
    /// Samples for each pixel.
    pub(super) fn samples(self) -> usize {
        match self {
            Kind::Gray => 1,
            Kind::Rgb => 3,
            Kind::Rgba | Kind::Cmyk => 4,
        }
    }
}

/// A decoded picture.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    pub(super) data: Vec<u8>,
}

/// A decoded picture in the colours of its file.
pub(super) struct Raw {
    pub(super) pixels: Pixels,
    pub(super) profile: Option<Vec<u8>>,
    /// Bits for each sample in the file: 8 or 16.
    pub(super) bits: u8,
}

/// The most bytes that decoding one picture may take.
const MEMORY: u64 = 1 << 30;

fn damaged(format: Format, why: impl std::fmt::Display) -> Fault {
    Fault::Damaged(format, why.to_string().to_lowercase().trim_end_matches('.').to_owned())
}

/// Decodes the first frame of a picture. The files come from anywhere: a panic of a decoder is a fault.
pub(super) fn decode(bytes: &[u8], format: Format) -> Result<Raw, Fault> {
    let done = catch_unwind(AssertUnwindSafe(|| first_frame(bytes, format)));
    done.unwrap_or_else(|_| Err(damaged(format, "they cannot be read")))
}

fn first_frame(bytes: &[u8], format: Format) -> Result<Raw, Fault> {
    let kind = match format {
        Format::Jpeg => return jpeg(bytes),
        Format::Tiff => {
            refuse_rare_tiff(bytes)?;
            if let Some(raw) = tiff_inks(bytes)? {
                return Ok(raw);
            }
            ImageFormat::Tiff
        }
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::WebP => ImageFormat::WebP,
        Format::Svg | Format::Pdf => return Err(damaged(format, "it has no pixels")),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| damaged(format, e))?;
    let profile = decoder.icc_profile().ok().flatten();
    let bits = if decoder.color_type().bytes_per_pixel() / decoder.color_type().channel_count() > 1 { 16 } else { 8 };
    let image = DynamicImage::from_decoder(decoder).map_err(|e| damaged(format, e))?;
    Ok(Raw { pixels: eight_bits(image), profile, bits })
}

/// Decodes a probed picture, a JPEG at 1/`shrink` of its size: 1, 2, 4 or 8, for which it takes as much less memory.
pub(super) fn decode_near(bytes: &[u8], probe: &Probe, shrink: u32) -> Result<Raw, Fault> {
    if probe.format != Format::Jpeg || shrink == 1 {
        return decode(bytes, probe.format);
    }
    let fail = |e| damaged(Format::Jpeg, e);
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().map_err(fail)?;
    let size = |side: u16| (u32::from(side).div_ceil(shrink)) as u16;
    let info = decoder.info().ok_or_else(|| damaged(Format::Jpeg, "it has no frame"))?;
    let (width, height) = decoder.scale(size(info.width), size(info.height)).map_err(fail)?;
    let data = decoder.decode().map_err(fail)?;
    let kind = match decoder.info().map(|i| i.pixel_format) {
        Some(jpeg_decoder::PixelFormat::L8) => Kind::Gray,
        Some(jpeg_decoder::PixelFormat::RGB24) => Kind::Rgb,
        _ => return Err(damaged(Format::Jpeg, "its colours are stored in an unusual form")),
    };
    if data.len() != usize::from(width) * usize::from(height) * kind.samples() {
        return Err(damaged(Format::Jpeg, "it has fewer samples than its header says"));
    }
    let profile = super::jpeg::segments(bytes).and_then(|s| s.profile(bytes));
    Ok(Raw { pixels: Pixels { width: width.into(), height: height.into(), kind, data }, profile, bits: 8 })
}

fn eight_bits(image: DynamicImage) -> Pixels {
    let (width, height) = (image.width(), image.height());
    let (kind, data) = match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => (Kind::Gray, image.into_luma8().into_raw()),
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgb16(_) | DynamicImage::ImageRgb32F(_) => {
            (Kind::Rgb, image.into_rgb8().into_raw())
        }
        other => (Kind::Rgba, other.into_rgba8().into_raw()),
    };
    Pixels { width, height, kind, data }
}

fn options() -> DecoderOptions {
    DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX)
}

fn jpeg(bytes: &[u8]) -> Result<Raw, Fault> {
    let fail = |e| damaged(Format::Jpeg, e);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(fail)?;
    let space = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let (out, kind) = match space {
        ColorSpace::Luma => (ColorSpace::Luma, Kind::Gray),
        ColorSpace::CMYK | ColorSpace::YCCK => (space, Kind::Cmyk),
        _ => (ColorSpace::RGB, Kind::Rgb),
    };
    decoder.set_options(options().jpeg_set_out_colorspace(out));
    let mut data = decoder.decode().map_err(fail)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    if space == ColorSpace::YCCK {
        data.as_chunks_mut::<4>().0.iter_mut().for_each(ycck);
    } else if kind == Kind::Cmyk && super::jpeg::segments(bytes).is_some_and(|s| s.adobe(bytes).is_some()) {
        // Adobe's programs write inks upside down and say so by their segment's presence.
        data.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    let pixels = Pixels { width: width as u32, height: height as u32, kind, data };
    if pixels.data.len() != width * height * kind.samples() {
        return Err(damaged(Format::Jpeg, "it has fewer samples than its header says"));
    }
    Ok(Raw { pixels, profile: decoder.icc_profile(), bits: 8 })
}

/// Adobe's YCCK to ink: YCbCr gives the inverted inks' complement, which is ink again.
fn ycck(pixel: &mut [u8; 4]) {
    let [y, cb, cr, k] = pixel.map(f32::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    let byte = |v: f32| v.round().clamp(0.0, 255.0) as u8;
    *pixel = [byte(y + 1.402 * cr), byte(y - 0.344_136 * cb - 0.714_136 * cr), byte(y + 1.772 * cb), byte(255.0 - k)];
}

/// Refuses tiles that are split by colour: the decoder stops at them in the middle of its work.
fn refuse_rare_tiff(bytes: &[u8]) -> Result<(), Fault> {
    use tiff::tags::Tag;
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(|e| damaged(Format::Tiff, e))?;
    let mut number = |tag: Tag| decoder.find_tag_unsigned::<u32>(tag).ok().flatten();
    if number(Tag::PlanarConfiguration) == Some(2) && number(Tag::TileWidth).is_some() {
        let what = Some("a TIFF of a rare kind (tiles that are split by colour)");
        return Err(Fault::Unknown {
            what,
            remedy: "open it in a picture editor and save it as an ordinary TIFF or JPEG",
        });
    }
    Ok(())
}

/// The inks of a CMYK TIFF, which the general decoder would turn into colours without a profile; `None` for other TIFFs.
fn tiff_inks(bytes: &[u8]) -> Result<Option<Raw>, Fault> {
    use tiff::decoder::{Decoder, DecodingResult, Limits};
    let general = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Tiff).into_decoder();
    let general = general.map_err(|e| damaged(Format::Tiff, e))?;
    if !matches!(general.original_color_type(), ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16) {
        return Ok(None);
    }
    let fail = |e| damaged(Format::Tiff, e);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MEMORY as usize;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(fail)?.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(fail)?;
    let profile = decoder.get_tag_u8_vec(tiff::tags::Tag::IccProfile).ok();
    let (data, bits) = match decoder.read_image().map_err(fail)? {
        DecodingResult::U8(data) => (data, 8),
        DecodingResult::U16(data) => (data.iter().map(|v| (v >> 8) as u8).collect(), 16),
        _ => return Err(damaged(Format::Tiff, "inks in an unusual form")),
    };
    if data.len() != width as usize * height as usize * 4 {
        return Err(damaged(Format::Tiff, "it has another number of samples than its header says"));
    }
    Ok(Some(Raw { pixels: Pixels { width, height, kind: Kind::Cmyk, data }, profile, bits }))
}

impl Pixels {
    /// Whether any pixel lets the ground shine through.
    pub(super) fn is_transparent(&self) -> bool {
        self.kind == Kind::Rgba && self.data.as_chunks::<4>().0.iter().any(|p| p[3] < 255)
    }

    /// Whether a picture is a drawing: most neighbours have the same colour, which photographs never do.
    pub(super) fn is_drawing(&self) -> bool {
        let pixels = self;
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

    /// Brightness alone.
    pub(super) fn without_colour(self) -> Pixels {
        let pixels = self;
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

    /// Turned upright by EXIF orientation (1 to 8; others change nothing).
    pub(super) fn upright(self, orientation: u8) -> Pixels {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h, n) = (self.width as usize, self.height as usize, self.kind.samples());
        let turned = orientation >= 5;
        let (width, height) = if turned { (h, w) } else { (w, h) };
        let mut data = Vec::with_capacity(self.data.len());
        for y in 0..height {
            for x in 0..width {
                let (sx, sy) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let at = (sy * w + sx) * n;
                data.extend_from_slice(&self.data[at..at + n]);
            }
        }
        Pixels { width: width as u32, height: height as u32, kind: self.kind, data }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_orientation_turns_the_corners_as_exif_says() {
        // 1 2 3
        // 4 5 6
        let cases: [(u8, u32, &[u8]); 8] = [
            (1, 3, &[1, 2, 3, 4, 5, 6]),
            (2, 3, &[3, 2, 1, 6, 5, 4]),
            (3, 3, &[6, 5, 4, 3, 2, 1]),
            (4, 3, &[4, 5, 6, 1, 2, 3]),
            (5, 2, &[1, 4, 2, 5, 3, 6]),
            (6, 2, &[4, 1, 5, 2, 6, 3]),
            (7, 2, &[6, 3, 5, 2, 4, 1]),
            (8, 2, &[3, 6, 2, 5, 1, 4]),
        ];
        for (orientation, width, data) in cases {
            let pixels = Pixels { width: 3, height: 2, kind: Kind::Gray, data: vec![1, 2, 3, 4, 5, 6] };
            let upright = pixels.upright(orientation);
            assert_eq!((upright.width, upright.data.as_slice()), (width, data), "{orientation}");
        }
    }
}
