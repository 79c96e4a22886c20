//! Cutting and scaling: in linear light for publication, in plain bytes for drafts.
//!
//! Band by band where samples become longer, so that memory follows the band and not the picture. Nothing here uses other threads:
//! a picture that waits for its turn must never stand in the way of one that has it.

use super::pixels::{Kind, Pixels};
use super::{Fault, Format};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4, U16, U16x3, U16x4};
use fast_image_resize::{
    FilterType, IntoImageView, PixelTrait, PixelType, ResizeAlg, ResizeError, ResizeOptions, Resizer,
};
use std::sync::LazyLock;

/// Left, top, width, height in pixels.
pub(super) type Region = [f64; 4];

/// Cuts and scales in sRGB bytes, as quickly as can be: fine bright detail loses a little of its brightness.
pub(super) fn quickly(source: &Pixels, region: Region, width: u32, height: u32) -> Result<Pixels, Fault> {
    let kind = source.kind;
    let bytes = match kind {
        Kind::Gray => PixelType::U8,
        Kind::Rgb => PixelType::U8x3,
        Kind::Rgba | Kind::Cmyk => PixelType::U8x4,
    };
    let whole = ImageRef::new(source.width, source.height, &source.data, bytes).map_err(failed)?;
    let mut small = Image::new(width, height, bytes);
    let [left, top, across, down] = region;
    let options =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).crop(left, top, across, down);
    let mut resizer = Resizer::new();
    let done = match kind {
        Kind::Gray => resize::<U8>(&mut resizer, &whole, &mut small, &options),
        Kind::Rgb => resize::<U8x3>(&mut resizer, &whole, &mut small, &options),
        Kind::Rgba | Kind::Cmyk => resize::<U8x4>(&mut resizer, &whole, &mut small, &options),
    };
    done.map_err(failed)?;
    Ok(Pixels { width, height, kind, data: small.into_vec() })
}

fn failed(why: impl std::fmt::Display) -> Fault {
    Fault::Damaged(Format::Jpeg, format!("it cannot be scaled: {why}"))
}

/// Cuts and scales in linear light, so that fine bright detail keeps its brightness.
///
/// Band by band, as the whole picture in 16 bits would take three times the memory.
pub(super) fn scaled(
    source: &Pixels,
    region: Region,
    width: u32,
    height: u32,
    filter: FilterType,
) -> Result<Pixels, Fault> {
    let kind = source.kind;
    let deep = match kind {
        Kind::Gray => PixelType::U16,
        Kind::Rgb => PixelType::U16x3,
        Kind::Rgba | Kind::Cmyk => PixelType::U16x4,
    };
    let ratio = region[3] / f64::from(height);
    // At most three lobes of the filter on either side of a band, and one row for rounding.
    let margin = 3.0 * ratio.max(1.0) + 2.0;
    let step = (BAND / ratio).ceil().max(8.0) as u32;
    let row = source.width as usize * kind.samples();
    let mut resizer = Resizer::new();
    let mut data = Vec::with_capacity(width as usize * height as usize * kind.samples());
    // Two pieces of memory for all bands: new ones would cost about a tenth of the scaling.
    let tallest = (f64::from(step) * ratio + 2.0 * margin).ceil().min(f64::from(source.height)) as usize + 2;
    let mut memory = (Vec::with_capacity(tallest * row * 2), Vec::new());
    let mut top = 0;
    while top < height {
        let bottom = (top + step).min(height);
        let (low, high) = (region[1] + f64::from(top) * ratio, region[1] + f64::from(bottom) * ratio);
        let first = (low - margin).floor().max(0.0);
        let last = (high + margin).ceil().min(f64::from(source.height));
        let (from, to, count) = (first as usize * row, last as usize * row, (last - first) as u32);
        let mut linear = image(memory.0, source.width, count, deep);
        uncurve(&source.data[from..to], kind, linear.buffer_mut());
        let part_height = (high - low).min(last - low);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).crop(
            region[0],
            low - first,
            region[2],
            part_height,
        );
        let mut small = image(memory.1, width, bottom - top, deep);
        let done = match kind {
            Kind::Gray => resize::<U16>(&mut resizer, &linear, &mut small, &options),
            Kind::Rgb => resize::<U16x3>(&mut resizer, &linear, &mut small, &options),
            Kind::Rgba | Kind::Cmyk => resize::<U16x4>(&mut resizer, &linear, &mut small, &options),
        };
        done.map_err(failed)?;
        curve(small.buffer(), kind, &mut data);
        memory = (linear.into_vec(), small.into_vec());
        top = bottom;
    }
    Ok(Pixels { width, height, kind, data })
}

/// An image in memory that was used before; what is in it is overwritten.
fn image(mut memory: Vec<u8>, width: u32, height: u32, deep: PixelType) -> Image<'static> {
    memory.resize(width as usize * height as usize * deep.size(), 0);
    Image::from_vec_u8(width, height, memory, deep).unwrap_or_else(|_| Image::new(width, height, deep))
}

/// Rows of the source in a band.
pub(super) const BAND: f64 = 400.0;

/// The resampler for one kind of pixel: the general one would compile all fourteen.
fn resize<P: PixelTrait>(
    resizer: &mut Resizer,
    source: &impl IntoImageView,
    target: &mut Image<'_>,
    options: &ResizeOptions,
) -> Result<(), ResizeError> {
    match (&source.image_view::<P>(), &mut target.typed_image_mut::<P>()) {
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
    let table = &*TABLE;
    let byte = |pair: [u8; 2]| table[usize::from(u16::from_ne_bytes(pair))];
    if kind != Kind::Rgba {
        out.extend(linear.as_chunks::<2>().0.iter().map(|pair| byte(*pair)));
        return;
    }
    let shorter = |pair: [u8; 2]| ((u32::from(u16::from_ne_bytes(pair)) + 128) / 257) as u8;
    let each = |p: &[u8; 8]| [byte([p[0], p[1]]), byte([p[2], p[3]]), byte([p[4], p[5]]), shorter([p[6], p[7]])];
    out.extend(linear.as_chunks::<8>().0.iter().flat_map(each));
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
