//! Pixels written as JPEG or PNG, with the credit as their only metadata.
//!
//! The same pixels always give the same bytes.

use super::pixels::{Kind, Pixels};
use super::{Fault, Format, jpeg, png};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::collections::BTreeMap;

fn failed(format: Format, why: impl std::fmt::Display) -> Fault {
    Fault::Damaged(format, format!("it cannot be written: {why}"))
}

/// A baseline JPEG; see-through pixels stand on white.
pub(super) fn as_jpeg(pixels: &Pixels, quality: u8, xmp: Option<&str>) -> Result<Vec<u8>, Fault> {
    let size = |n: u32| {
        u16::try_from(n).map_err(|_| Fault::TooLarge { width: pixels.width.into(), height: pixels.height.into() })
    };
    let (width, height) = (size(pixels.width)?, size(pixels.height)?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // Better tables would split the picture into three scans, which many decoders get wrong.
    encoder.set_optimized_huffman_tables(false);
    let result = match pixels.kind {
        Kind::Gray => encoder.encode(&pixels.data, width, height, ColorType::Luma),
        Kind::Rgb => encoder.encode(&pixels.data, width, height, ColorType::Rgb),
        Kind::Rgba => encoder.encode(&on_white(&pixels.data), width, height, ColorType::Rgb),
        Kind::Cmyk => return Err(failed(Format::Jpeg, "it still holds inks")),
    };
    result.map_err(|e| failed(Format::Jpeg, e))?;
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
