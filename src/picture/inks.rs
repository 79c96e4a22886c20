//! Colours made the inks of a press, by its ICC profile, with black-point compensation and a limit on the ink in one place.
//!
//! What comes in inks stays in inks; nothing here asks what a picture is for.

use super::table::Table;
use super::{Fault, Format};
use lcms2::{
    CIExyY, CIExyYTRIPLE, DisallowCache, Flags, GlobalContext, Intent, PixelFormat, Profile, ToneCurve, Transform,
};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// The most that a picture stays under the limit, in per cent: a JPEG strays by a little.
const SPARE: f64 = 4.0;

/// A press's inks: shared, and compared by what they do.
#[derive(Clone)]
pub struct Inks(Arc<Inner>);

struct Inner {
    profile: Arc<[u8]>,
    digest: String,
    perceptual: bool,
    /// Of 255 for each ink.
    limit: u32,
    table: OnceLock<Option<Table>>,
}

type FromRgb = Transform<[u16; 3], [u16; 4], GlobalContext, DisallowCache>;
type FromInks = Transform<[u8; 4], [u8; 4], GlobalContext, DisallowCache>;

impl std::fmt::Debug for Inks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Inner { digest, perceptual, limit, .. } = &*self.0;
        write!(f, "Inks({digest}, perceptual: {perceptual}, limit: {limit})")
    }
}

impl PartialEq for Inks {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Inner, b: &Inner| a.digest == b.digest && a.perceptual == b.perceptual && a.limit == b.limit;
        same(&self.0, &other.0)
    }
}

impl Inks {
    /// The inks of a press's profile; `limit` is the most ink in one place in per cent.
    pub fn new(profile: Arc<[u8]>, perceptual: bool, limit: f64) -> Inks {
        let digest = Sha256::digest(&profile).iter().take(8).map(|b| format!("{b:02x}")).collect();
        let limit = ((limit - SPARE).clamp(0.0, 400.0) * 2.55).round() as u32;
        Inks(Arc::new(Inner { profile, digest, perceptual, limit, table: OnceLock::new() }))
    }

    /// sRGB samples as inks: 0 is none, 255 is all.
    ///
    /// # Errors
    /// When the profile cannot be used.
    pub fn of_rgb(&self, rgb: &[u8]) -> Result<Vec<u8>, Fault> {
        let table = self.0.table.get_or_init(|| self.table()).as_ref().ok_or_else(unusable)?;
        let pixels = rgb.as_chunks::<3>().0;
        let mut out = vec![[0; 4]; pixels.len()];
        for (inks, pixel) in out.iter_mut().zip(pixels) {
            *inks = self.limited(table.inks(*pixel));
        }
        Ok(out.into_flattened())
    }

    /// sRGB samples of a drawing as inks: black and grays are the black ink alone.
    ///
    /// # Errors
    /// When the profile cannot be used.
    pub fn of_drawing(&self, rgb: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut inks = self.of_rgb(rgb)?;
        for (inks, [r, g, b]) in inks.as_chunks_mut::<4>().0.iter_mut().zip(rgb.as_chunks::<3>().0) {
            if r == g && g == b {
                *inks = [0, 0, 0, 255 - r];
            }
        }
        Ok(inks)
    }

    /// A colour of a drawing: black and grays are the black ink alone, white is paper.
    ///
    /// # Errors
    /// When the profile cannot be used.
    pub fn of_colour(&self, rgb: [f64; 3]) -> Result<[f64; 4], Fault> {
        let [r, g, b] = rgb.map(|v| v.clamp(0.0, 1.0));
        let (low, high) = (r.min(g).min(b), r.max(g).max(b));
        if high - low < 0.004 {
            return Ok([0.0, 0.0, 0.0, 1.0 - high]);
        }
        let inks = self.of_rgb(&[r, g, b].map(|v| (v * 255.0).round() as u8))?;
        Ok(std::array::from_fn(|i| f64::from(inks[i]) / 255.0))
    }

    /// Inks of another press as this one's: unchanged where the profile is none or this one.
    pub(super) fn of_inks(&self, inks: Vec<u8>, profile: Option<&[u8]>) -> Vec<u8> {
        let foreign = profile.filter(|p| **p != *self.0.profile);
        let Some(transform) = foreign.and_then(|p| self.inks_transform(p)) else { return inks };
        let mut pixels: Vec<[u8; 4]> = inks.as_chunks::<4>().0.to_vec();
        let source = pixels.clone();
        transform.transform_pixels(&source, &mut pixels);
        pixels.into_flattened()
    }

    /// What the colour library makes of a lattice of colours.
    fn table(&self) -> Option<Table> {
        let target = Profile::new_icc(&self.0.profile).ok()?;
        let flags = Flags::NO_CACHE | Flags::NO_OPTIMIZE | Flags::BLACKPOINT_COMPENSATION;
        let intent = if self.0.perceptual { Intent::Perceptual } else { Intent::RelativeColorimetric };
        let (rgb, cmyk) = (PixelFormat::RGB_16, PixelFormat::CMYK_16);
        let transform: FromRgb =
            Transform::new_flags_context(GlobalContext::new(), &srgb()?, rgb, &target, cmyk, intent, flags).ok()?;
        Some(Table::new(|colours, inks| transform.transform_pixels(colours, inks)))
    }

    fn inks_transform(&self, profile: &[u8]) -> Option<FromInks> {
        let (source, target) = (Profile::new_icc(profile).ok()?, Profile::new_icc(&self.0.profile).ok()?);
        let flags = Flags::NO_CACHE | Flags::BLACKPOINT_COMPENSATION;
        let intent = Intent::RelativeColorimetric;
        let cmyk = PixelFormat::CMYK_8;
        Transform::new_flags_context(GlobalContext::new(), &source, cmyk, &target, cmyk, intent, flags).ok()
    }

    /// Takes colour, never black, from what holds too much ink.
    fn limited(&self, [c, m, y, k]: [u8; 4]) -> [u8; 4] {
        let colour = u32::from(c) + u32::from(m) + u32::from(y);
        let most = self.0.limit.saturating_sub(u32::from(k));
        if colour <= most {
            return [c, m, y, k];
        }
        let less = |ink: u8| (u32::from(ink) * most / colour) as u8;
        [less(c), less(m), less(y), k]
    }
}

/// sRGB (IEC 61966-2-1) with its curve exactly.
fn srgb() -> Option<Profile> {
    let white = CIExyY { x: 0.3127, y: 0.3290, Y: 1.0 };
    let primary = |x, y| CIExyY { x, y, Y: 1.0 };
    let primaries = CIExyYTRIPLE { Red: primary(0.64, 0.33), Green: primary(0.30, 0.60), Blue: primary(0.15, 0.06) };
    let curve = ToneCurve::new_parametric(4, &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045]).ok()?;
    Profile::new_rgb(&white, &primaries, &[&curve, &curve, &curve]).ok()
}

fn unusable() -> Fault {
    Fault::Damaged(Format::Jpeg, "the ICC profile of the print shop cannot be used".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::colour::COATED;

    fn coated(limit: f64) -> Inks {
        Inks::new(Arc::from(COATED), false, limit)
    }

    #[test]
    fn white_is_paper_and_black_is_as_deep_as_the_press_goes() {
        let inks = coated(300.0);
        assert_eq!(inks.of_rgb(&[255, 255, 255]).unwrap(), [0, 0, 0, 0]);
        let black = inks.of_rgb(&[0, 0, 0]).unwrap();
        assert!(black[3] > 220, "{black:?}");
        let total: u32 = black.iter().map(|v| u32::from(*v)).sum();
        assert!(total <= 765 && total > 600, "{black:?}");
        // Black-point compensation keeps shadows apart.
        let dark = |v: u8| inks.of_rgb(&[v; 3]).unwrap()[3];
        assert!(dark(0) > dark(12) && dark(12) > dark(24), "{} {} {}", dark(0), dark(12), dark(24));
    }

    #[test]
    fn the_table_gives_what_the_colour_library_gives() {
        let inks = coated(400.0);
        let target = Profile::new_icc(COATED).unwrap();
        let flags = Flags::NO_CACHE | Flags::NO_OPTIMIZE | Flags::BLACKPOINT_COMPENSATION;
        let exact: Transform<[u8; 3], [u8; 4], GlobalContext, DisallowCache> = Transform::new_flags_context(
            GlobalContext::new(),
            &srgb().unwrap(),
            PixelFormat::RGB_8,
            &target,
            PixelFormat::CMYK_8,
            Intent::RelativeColorimetric,
            flags,
        )
        .unwrap();
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let colours: Vec<[u8; 3]> = (0..20_000).map(|_| [next(), next(), next()]).collect();
        let mut wanted = vec![[0; 4]; colours.len()];
        exact.transform_pixels(&colours, &mut wanted);
        let got = inks.of_rgb(colours.as_flattened()).unwrap();
        let off = got.iter().zip(wanted.as_flattened()).map(|(a, b)| a.abs_diff(*b));
        let (mut total, mut worst) = (0u64, 0);
        for difference in off {
            total += u64::from(difference);
            worst = worst.max(difference);
        }
        let mean = total as f64 / (4.0 * colours.len() as f64);
        assert!(mean < 0.6 && worst <= 9, "mean {mean}, worst {worst}");
    }

    #[test]
    fn no_place_holds_more_ink_than_is_allowed() {
        let inks = coated(240.0);
        for step in 0..=255u8 {
            for rgb in [[step, 0, 0], [0, step, 0], [0, 0, step], [step / 4, step / 8, step / 2]] {
                let total: u32 = inks.of_rgb(&rgb).unwrap().iter().map(|v| u32::from(*v)).sum();
                assert!(f64::from(total) / 2.55 <= 240.0, "{rgb:?}: {total}");
            }
        }
    }

    #[test]
    fn grays_of_drawings_are_black_ink_alone() {
        let inks = coated(300.0);
        assert_eq!(inks.of_colour([0.0; 3]).unwrap(), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(inks.of_colour([1.0; 3]).unwrap(), [0.0; 4]);
        assert_eq!(inks.of_colour([0.75; 3]).unwrap(), [0.0, 0.0, 0.0, 0.25]);
        let red = inks.of_colour([1.0, 0.0, 0.0]).unwrap();
        assert!(red[0] < 0.05 && red[1] > 0.9 && red[2] > 0.9, "{red:?}");
    }

    #[test]
    fn inks_stay_what_they_are() {
        let inks = coated(300.0);
        let given = vec![0, 0, 0, 255, 217, 153, 51, 64];
        assert_eq!(inks.of_inks(given.clone(), None), given);
        assert_eq!(inks.of_inks(given.clone(), Some(COATED)), given);
        assert_eq!(inks.of_inks(given.clone(), Some(b"no profile")), given);
    }
}
