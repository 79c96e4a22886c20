//! Colours of other profiles and inks made sRGB.
//!
//! A profile that cannot be read is taken for none, as every viewer does; inks without a profile are coated offset's.

use super::pixels::{Kind, Pixels, Raw};
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};

/// What inks mean that come without a profile.
pub(crate) const COATED: &[u8] = include_bytes!("../../profiles/FOGRA39L_coated.icc");

/// The picture in sRGB, or as it is if its colours already are.
pub(super) fn to_srgb(raw: Raw, adobe_rgb: bool) -> Pixels {
    let pixels = raw.pixels;
    let profile = fitting(raw.profile.as_deref(), pixels.kind, adobe_rgb);
    match profile {
        Some(profile) if pixels.kind == Kind::Cmyk || differs(&profile, pixels.kind) => {
            convert(&profile, &pixels).unwrap_or_else(|| plain(pixels))
        }
        _ => plain(pixels),
    }
}

/// Whether samples under this profile mean other colours than in sRGB.
pub(super) fn is_foreign(profile: Option<&[u8]>, kind: Kind, adobe_rgb: bool) -> bool {
    kind == Kind::Cmyk || fitting(profile, kind, adobe_rgb).is_some_and(|p| differs(&p, kind))
}

fn fitting(profile: Option<&[u8]>, kind: Kind, adobe_rgb: bool) -> Option<ColorProfile> {
    let space = match kind {
        Kind::Gray => DataColorSpace::Gray,
        Kind::Rgb | Kind::Rgba => DataColorSpace::Rgb,
        Kind::Cmyk => DataColorSpace::Cmyk,
    };
    let own = profile.and_then(|p| ColorProfile::new_from_slice(p).ok()).filter(|p| p.color_space == space);
    own.or_else(|| match kind {
        Kind::Cmyk => ColorProfile::new_from_slice(COATED).ok(),
        Kind::Rgb if adobe_rgb => Some(ColorProfile::new_adobe_rgb()),
        _ => None,
    })
}

fn layout(kind: Kind) -> Layout {
    match kind {
        Kind::Gray => Layout::Gray,
        Kind::Rgb => Layout::Rgb,
        Kind::Rgba | Kind::Cmyk => Layout::Rgba,
    }
}

/// Converts by a profile; gray stays gray.
fn convert(profile: &ColorProfile, pixels: &Pixels) -> Option<Pixels> {
    let out = if pixels.kind == Kind::Rgba { Kind::Rgba } else { Kind::Rgb };
    let options = TransformOptions { rendering_intent: RenderingIntent::Perceptual, ..Default::default() };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout(pixels.kind), &srgb, layout(out), options).ok()?;
    let count = pixels.width as usize * pixels.height as usize;
    let mut data = vec![0; count * out.samples()];
    transform.transform(&pixels.data, &mut data).ok()?;
    let (width, height) = (pixels.width, pixels.height);
    if pixels.kind == Kind::Gray {
        let data = data.as_chunks::<3>().0.iter().map(|p| p[1]).collect();
        return Some(Pixels { width, height, kind: Kind::Gray, data });
    }
    Some(Pixels { width, height, kind: out, data })
}

/// Tries a grid of colours: profiles that say "sRGB" in other words change them by a step or two at most.
fn differs(profile: &ColorProfile, kind: Kind) -> bool {
    const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
    let data: Vec<u8> = match kind {
        Kind::Gray => (0..=255).collect(),
        _ => STEPS
            .iter()
            .flat_map(|&r| STEPS.iter().flat_map(move |&g| STEPS.iter().flat_map(move |&b| [r, g, b])))
            .collect(),
    };
    let kind = if kind == Kind::Gray { Kind::Gray } else { Kind::Rgb };
    let grid = Pixels { width: (data.len() / kind.samples()) as u32, height: 1, kind, data };
    convert(profile, &grid).is_some_and(|other| grid.data.iter().zip(&other.data).any(|(a, b)| a.abs_diff(*b) > 3))
}

/// Without a profile: inks by the plain formula, all else as it is.
fn plain(pixels: Pixels) -> Pixels {
    if pixels.kind != Kind::Cmyk {
        return pixels;
    }
    let mix = |ink: u8, black: u8| ((255 - u32::from(ink)) * (255 - u32::from(black)) / 255) as u8;
    let data =
        pixels.data.as_chunks::<4>().0.iter().flat_map(|&[c, m, y, k]| [mix(c, k), mix(m, k), mix(y, k)]).collect();
    Pixels { kind: Kind::Rgb, data, ..pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(kind: Kind, data: &[u8], profile: Option<Vec<u8>>) -> Vec<u8> {
        let pixels = Pixels { width: 1, height: 1, kind, data: data.to_vec() };
        to_srgb(Raw { pixels, profile, bits: 8 }, false).data
    }

    #[test]
    fn inks_become_the_colours_of_coated_offset() {
        let near = |got: Vec<u8>, want: [u8; 3], by: u8| {
            assert!(got.iter().zip(want).all(|(a, b)| a.abs_diff(b) <= by), "{got:?} is not near {want:?}");
        };
        near(one(Kind::Cmyk, &[0, 0, 0, 0], None), [255, 255, 255], 6);
        // Process cyan, magenta and yellow as printed, not as screens mix them.
        near(one(Kind::Cmyk, &[255, 0, 0, 0], None), [0, 158, 224], 20);
        near(one(Kind::Cmyk, &[0, 255, 0, 0], None), [229, 0, 125], 20);
        near(one(Kind::Cmyk, &[0, 0, 255, 0], None), [255, 237, 0], 20);
    }

    #[test]
    fn srgb_under_any_name_is_left_alone() {
        let encoded = |p: ColorProfile| p.encode().unwrap();
        let srgb = encoded(ColorProfile::new_srgb());
        assert!(!is_foreign(Some(&srgb), Kind::Rgb, false));
        assert!(is_foreign(Some(&encoded(ColorProfile::new_adobe_rgb())), Kind::Rgb, false));
        assert!(is_foreign(Some(&encoded(ColorProfile::new_display_p3())), Kind::Rgba, false));
        assert!(!is_foreign(Some(b"no profile"), Kind::Rgb, false));
        // ICC.1:2022 (version 4.4), which some PDF readers drop: it is read, and never carried on.
        let mut newest = encoded(ColorProfile::new_display_p3());
        newest[8..10].copy_from_slice(&[4, 0x40]);
        assert!(is_foreign(Some(&newest), Kind::Rgb, false));
        assert_ne!(one(Kind::Rgb, &[10, 200, 30], Some(newest)), [10, 200, 30]);
        assert!(is_foreign(None, Kind::Rgb, true));
        assert_eq!(one(Kind::Rgb, &[10, 200, 30], Some(srgb)), [10, 200, 30]);
    }

    #[test]
    fn adobe_green_moves_out_to_the_edge_of_srgb() {
        let got = one(Kind::Rgb, &[100, 200, 100], Some(ColorProfile::new_adobe_rgb().encode().unwrap()));
        assert!(got[0] < 60 && got[1].abs_diff(201) < 6, "{got:?}");
    }
}
