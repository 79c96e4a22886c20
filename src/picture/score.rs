//! How much of a picture its encoding lost, as people see it: SSIMULACRA2.
//!
//! 100 is the same, 90 cannot be told apart side by side, 70 is good, 50 is poor; it can be negative.

use super::encode::on_white;
use super::pixels::{Kind, Pixels};
use super::{Derived, Fault, Format, Samples, pixels};
use fast_ssim2::{PixelDescriptor, PixelSlice, Ssimulacra2Error, Ssimulacra2Reference};

/// An original by which encodings are judged; about 130 bytes for each of its pixels.
pub struct Judge {
    original: Ssimulacra2Reference,
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Judge of {} x {}", self.original.width(), self.original.height())
    }
}

fn failed(format: Format) -> impl Fn(Ssimulacra2Error) -> Fault {
    move |why| Fault::Damaged(format, format!("it cannot be judged: {why}"))
}

impl Judge {
    /// Looks at the original once; see-through parts stand on white.
    ///
    /// # Errors
    /// When it has no pixels.
    pub fn new(original: &Samples) -> Result<Self, Fault> {
        let Samples { width, height, rgb, alpha } = original;
        let seen = alpha.as_ref().map(|alpha| {
            let pairs = rgb.as_chunks::<3>().0.iter().zip(alpha);
            on_white(&pairs.flat_map(|(&[r, g, b], a)| [r, g, b, *a]).collect::<Vec<u8>>())
        });
        let fail = failed(Format::Png);
        let slice = slice(seen.as_ref().unwrap_or(rgb), *width, *height, Format::Png)?;
        Ok(Judge { original: Ssimulacra2Reference::new(&slice).map_err(fail)? })
    }

    /// The score of an encoding in any size, shown as large as the original is.
    ///
    /// # Errors
    /// When it does not decode.
    pub fn score_shown(&self, other: &Derived) -> Result<f64, Fault> {
        let (width, height) = (self.original.width() as u32, self.original.height() as u32);
        if (other.width, other.height) == (width, height) {
            return self.score(other);
        }
        let pixels = pixels::decode(&other.bytes, other.format)?.pixels;
        let whole = [0.0, 0.0, f64::from(pixels.width), f64::from(pixels.height)];
        let rgb = seen(super::scale::quickly(&pixels, whole, width, height)?);
        let slice = slice(&rgb, width, height, other.format)?;
        self.original.compare(&slice).map_err(failed(other.format))
    }

    /// The score of an encoding of the same size: 100 is the original.
    ///
    /// # Errors
    /// When it does not decode or has another size.
    pub fn score(&self, other: &Derived) -> Result<f64, Fault> {
        let rgb = seen(pixels::decode(&other.bytes, other.format)?.pixels);
        let slice = slice(&rgb, other.width, other.height, other.format)?;
        self.original.compare(&slice).map_err(failed(other.format))
    }
}

/// The score of `other` against `original`: see [`Judge`] for many encodings of one.
///
/// # Errors
/// When the other does not decode or has another size.
pub fn score(original: &Samples, other: &Derived) -> Result<f64, Fault> {
    Judge::new(original)?.score(other)
}

/// Red, green and blue as on a white page.
fn seen(pixels: Pixels) -> Vec<u8> {
    match pixels.kind {
        Kind::Gray => pixels.data.iter().flat_map(|v| [*v; 3]).collect(),
        Kind::Rgba => on_white(&pixels.data),
        Kind::Rgb | Kind::Cmyk => pixels.data,
    }
}

fn slice(rgb: &[u8], width: u32, height: u32, format: Format) -> Result<PixelSlice<'_>, Fault> {
    PixelSlice::new(rgb, width, height, width as usize * 3, PixelDescriptor::RGB8_SRGB)
        .map_err(|why| Fault::Damaged(format, format!("it cannot be judged: {why:?}")))
}

#[cfg(test)]
mod tests {
    use crate::picture::{Wanted, prepare, probe, score};
    use image::{ImageFormat, RgbImage};

    #[test]
    fn worse_encodings_score_less() {
        let photo = RgbImage::from_fn(300, 200, |x, y| {
            let noise = (x * 7919 + y * 104_729) % 61;
            image::Rgb([(x * 200 / 300 + noise) as u8, (y * 255 / 200) as u8, (90 + noise) as u8])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let bytes = bytes.into_inner();
        let (probe, _) = probe(&bytes).unwrap();
        let prepared = prepare(&bytes, &probe, &Wanted { quality: 95, ..Wanted::within(240, 240) }).unwrap();
        let judge = prepared.judge().unwrap();
        let of = |quality| judge.score(&prepared.encode(quality).unwrap()).unwrap();
        let (low, middle, high) = (of(20), of(60), of(95));
        assert!(low + 5.0 < middle && middle + 5.0 < high && high < 100.0, "{low} {middle} {high}");
        let high_again = score(&prepared.samples(), &prepared.encode(95).unwrap()).unwrap();
        assert_eq!(high_again.to_bits(), high.to_bits());
        let other = prepare(&bytes, &probe, &Wanted::within(100, 100)).unwrap().encode(80).unwrap();
        assert!(judge.score(&other).is_err(), "another size");
    }
}
