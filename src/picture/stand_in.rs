//! The small gray picture that the page engine sees in place of the real one, and the mark by which it is found again.
//!
//! It has the real picture's shape as nearly as small whole numbers can say it, and three channels.

use super::{Probe, jpeg};
use jpeg_encoder::{ColorType, Encoder};

/// What every stand-in's comment begins with; its id follows.
pub const STAND_IN_MARK: &str = "masthead stand-in ";

/// The longest side of a stand-in, in pixels.
const LONGEST: u32 = 400;

/// A stand-in JPEG for a picture, with `id` in its comment.
pub fn stand_in(probe: &Probe, id: &str) -> Vec<u8> {
    shaped(probe.aspect(), id)
}

/// A stand-in of any shape (width divided by height), for a picture that will be cropped.
pub fn shaped(aspect: f64, id: &str) -> Vec<u8> {
    let (width, height) = nearest(aspect);
    let data = vec![0xB4; usize::from(width) * usize::from(height) * 3];
    let mut out = Vec::new();
    let encoder = Encoder::new(&mut out, 30);
    // The encoder refuses only sizes of zero or data of the wrong length, and neither can be.
    let written = encoder.encode(&data, width, height, ColorType::Rgb);
    debug_assert!(written.is_ok());
    jpeg::with_comment(&out, &format!("{STAND_IN_MARK}{id}"))
}

/// The id in a stand-in; `None` for every other picture.
pub fn stand_in_id(bytes: &[u8]) -> Option<&str> {
    let comment = std::str::from_utf8(jpeg::comment(bytes)?).ok()?;
    comment.strip_prefix(STAND_IN_MARK)
}

/// The pair of sides whose ratio is nearest; the shortest pair of those.
fn nearest(aspect: f64) -> (u16, u16) {
    let aspect = if aspect.is_finite() && aspect > 0.0 { aspect.clamp(1.0 / 400.0, 400.0) } else { 1.0 };
    let wide = aspect >= 1.0;
    let ratio = if wide { aspect } else { 1.0 / aspect };
    let mut best = (f64::MAX, LONGEST, 1);
    for long in 48..=LONGEST {
        let short = (f64::from(long) / ratio).round().max(1.0);
        let error = ((f64::from(long) / short) / ratio - 1.0).abs();
        if error < best.0 * 0.999 {
            best = (error, long, short as u32);
        }
    }
    let (long, short) = (best.1 as u16, best.2 as u16);
    if wide { (long, short) } else { (short, long) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_the_picture_s_own() {
        for (width, height) in [(3840, 2160), (3840, 2559), (5184, 2160), (2560, 3837), (451, 300), (1000, 872), (1, 1)]
        {
            let aspect = f64::from(width) / f64::from(height);
            let (w, h) = nearest(aspect);
            let error = (f64::from(w) / f64::from(h) / aspect - 1.0).abs();
            assert!(error < 0.000_5 && w.max(h) <= 400, "{width} x {height}: {w} x {h}, {error}");
        }
    }

    #[test]
    fn the_id_is_in_the_comment() {
        let bytes = shaped(1.5, "p-7");
        assert_eq!(stand_in_id(&bytes), Some("p-7"));
        assert_eq!(stand_in_id(b"\xFF\xD8\xFF\xFE\0\x07other\xFF\xD9"), None);
        let (probe, notices) = super::super::probe(&bytes).unwrap();
        assert_eq!((probe.width * 2, notices.len()), (probe.height * 3, 0));
        assert!(bytes.len() < 6_000, "{}", bytes.len());
    }
}
