//! Pixels written as JPEG or PNG, with the credit as their only metadata.
//!
//! The same pixels always give the same bytes.

use super::pixels::{Kind, Pixels};
use super::{Fault, Format, Profile, jpeg, png};
use mozjpeg_rs::{Encoder, Preset, Subsampling};
use std::collections::BTreeMap;

fn failed(format: Format, why: impl std::fmt::Display) -> Fault {
    Fault::Damaged(format, format!("it cannot be written: {why}"))
}

/// How many pixels share a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sampling {
    /// Four pixels (4:2:0).
    Quarter,
    /// Every pixel has its own (4:4:4).
    Full,
}

/// Full where colours change hard between neighbours, as in screenshots, maps and coloured type; photographs seldom do.
pub(super) fn sampling(pixels: &Pixels) -> Sampling {
    if pixels.kind != Kind::Rgb {
        return Sampling::Quarter;
    }
    let row = pixels.width as usize * 3;
    let mut hard = 0u64;
    let mut pairs = 0u64;
    for line in pixels.data.chunks_exact(row.max(3)).step_by(2) {
        for pair in line.as_chunks::<6>().0 {
            let [r0, g0, b0, r1, g1, b1] = pair.map(i32::from);
            // Twice the two colour differences of JPEG, nearly: enough to tell hard edges from soft ones.
            let (blue, red) = ((b0 - g0) - (b1 - g1), (r0 - g0) - (r1 - g1));
            hard += u64::from(blue.abs().max(red.abs()) > HARD);
            pairs += 1;
        }
    }
    if hard * 1000 > pairs * HARD_SHARE { Sampling::Full } else { Sampling::Quarter }
}

/// The difference from which a change of colour is hard.
const HARD: i32 = 96;
/// Of a thousand pairs of neighbours.
const HARD_SHARE: u64 = 8;

/// A JPEG of the plainest kind for drafts, else a progressive one with its own tables; see-through pixels stand on white.
///
/// Trellis quantisation is left out: it takes 2.5 times as long and gains about 1.5 per cent of the bytes.
pub(super) fn as_jpeg(
    pixels: &Pixels,
    quality: u8,
    profile: Profile,
    sampling: Sampling,
    xmp: Option<&str>,
) -> Result<Vec<u8>, Fault> {
    let (width, height) = (pixels.width, pixels.height);
    if width.max(height) > 65_500 {
        return Err(Fault::TooLarge { width: width.into(), height: height.into() });
    }
    let encoder = Encoder::new(Preset::BaselineFastest).quality(quality).subsampling(match sampling {
        Sampling::Quarter => Subsampling::S420,
        Sampling::Full => Subsampling::S444,
    });
    let encoder = match profile {
        Profile::Draft => encoder.fast_color(true),
        Profile::Publication => encoder.progressive(true).optimize_huffman(true).overshoot_deringing(true),
    };
    let result = match pixels.kind {
        Kind::Gray => encoder.encode_gray(&pixels.data, width, height),
        Kind::Rgb => encoder.encode_rgb(&pixels.data, width, height),
        Kind::Rgba => encoder.encode_rgb(&on_white(&pixels.data), width, height),
        Kind::Cmyk => return inks(pixels, quality, xmp),
    };
    let out = result.map_err(|e| failed(Format::Jpeg, e))?;
    jpeg::with_metadata(&out, xmp).ok_or_else(|| failed(Format::Jpeg, "no end"))
}

/// A JPEG of four inks, as YCCK with Adobe's marker (T.872): the inks lie upside down in it. The usual code tables: own ones
/// would save a few per cent of a file that nobody waits for.
fn inks(pixels: &Pixels, quality: u8, xmp: Option<&str>) -> Result<Vec<u8>, Fault> {
    let side = |length: u32| u16::try_from(length).map_err(|e| failed(Format::Jpeg, e));
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    let kind = jpeg_encoder::ColorType::CmykAsYcck;
    encoder
        .encode(&pixels.data, side(pixels.width)?, side(pixels.height)?, kind)
        .map_err(|e| failed(Format::Jpeg, e))?;
    jpeg::with_metadata(&out, xmp).ok_or_else(|| failed(Format::Jpeg, "no end"))
}

/// RGBA on a white ground, without alpha.
pub(super) fn on_white(data: &[u8]) -> Vec<u8> {
    let over = |c: u8, a: u8| ((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8;
    data.as_chunks::<4>().0.iter().flat_map(|&[r, g, b, a]| [over(r, a), over(g, a), over(b, a)]).collect()
}

/// A PNG; up to 256 colours become a palette.
pub(super) fn as_png(pixels: &Pixels, xmp: Option<&str>) -> Result<Vec<u8>, Fault> {
    let fail = |e: ::png::EncodingError| failed(Format::Png, e);
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_source_srgb(::png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(::png::Compression::High);
    let palette = palette(pixels);
    let data = match &palette {
        Some((colours, indices)) => {
            encoder.set_color(::png::ColorType::Indexed);
            encoder.set_palette(colours.iter().flat_map(|c| [c[0], c[1], c[2]]).collect::<Vec<_>>());
            if colours.iter().any(|c| c[3] < 255) {
                encoder.set_trns(colours.iter().map(|c| c[3]).collect::<Vec<_>>());
            }
            indices
        }
        None => {
            encoder.set_color(match pixels.kind {
                Kind::Gray => ::png::ColorType::Grayscale,
                Kind::Rgba => ::png::ColorType::Rgba,
                Kind::Rgb | Kind::Cmyk => ::png::ColorType::Rgb,
            });
            &pixels.data
        }
    };
    let mut writer = encoder.write_header().map_err(fail)?;
    writer.write_image_data(data).map_err(fail)?;
    writer.finish().map_err(fail)?;
    png::with_metadata(&out, xmp).ok_or_else(|| failed(Format::Png, "no end"))
}

type Palette = (Vec<[u8; 4]>, Vec<u8>);

/// The colours in their order, and an index for every pixel; `None` if they are too many or the picture is gray.
fn palette(pixels: &Pixels) -> Option<Palette> {
    let list: Vec<[u8; 4]> = match pixels.kind {
        Kind::Rgb => pixels.data.as_chunks::<3>().0.iter().map(|&[r, g, b]| [r, g, b, 255]).collect(),
        Kind::Rgba => pixels.data.as_chunks::<4>().0.to_vec(),
        Kind::Gray | Kind::Cmyk => return None,
    };
    let mut known: BTreeMap<[u8; 4], u8> = BTreeMap::new();
    for pixel in &list {
        if !known.contains_key(pixel) {
            if known.len() == 256 {
                return None;
            }
            known.insert(*pixel, 0);
        }
    }
    for (index, place) in known.values_mut().enumerate() {
        *place = index as u8;
    }
    let indices = list.iter().map(|pixel| known[pixel]).collect();
    Some((known.into_keys().collect(), indices))
}
