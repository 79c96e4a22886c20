//! Hostile and unusual pictures from outside: each gives the right picture or a fault, and never a panic.
//!
//! The files are made here, byte by byte where no encoder makes them.

use image::{DynamicImage, GrayAlphaImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use masthead::picture::{
    Budget, Channels, Derived, Fault, Format, Notice, Probe, Profile, Wanted, cost, derive, derive_within, prepare,
    probe,
};
use std::io::Cursor;

#[path = "pictures/broken.rs"]
mod broken;
#[path = "pictures/kinds.rs"]
mod kinds;
#[path = "pictures/profiles.rs"]
mod profiles;

/// Every quarter has a colour of its own, with a little noise, so that it is a photograph and not a drawing.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = ((x * 7919 + y * 104_729) % 13) as u8;
        Rgb(match (x * 2 >= width, y * 2 >= height) {
            (false, false) => [220, 30 + noise, 30],
            (true, false) => [30 + noise, 200, 30],
            (false, true) => [30, 30 + noise, 220],
            (true, true) => [200 + noise, 200, 200],
        })
    })
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, format).expect("an encoder's own image");
    out.into_inner()
}

fn draft(pixels: u32) -> Wanted {
    Wanted { profile: Profile::Draft, ..Wanted::within(pixels, pixels) }
}

/// Probes and derives in both profiles; the larger result of publication is returned.
fn made(bytes: &[u8], pixels: u32) -> Result<(Probe, Derived), Fault> {
    let (probe, _) = probe(bytes)?;
    let quick = derive(bytes, &probe, &draft(pixels))?;
    let derived = derive(bytes, &probe, &Wanted::within(pixels, pixels))?;
    assert_eq!((quick.width, quick.height, quick.format), (derived.width, derived.height, derived.format));
    Ok((probe, derived))
}

fn shown(derived: &Derived) -> RgbaImage {
    image::load_from_memory(&derived.bytes).expect("what was made can be opened").into_rgba8()
}

/// The colours in the middle of the quarters: top left, top right, bottom left, bottom right.
fn corners(derived: &Derived) -> [[u8; 3]; 4] {
    let image = shown(derived);
    let (w, h) = image.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| {
        let Rgba([r, g, b, _]) = *image.get_pixel(x * w / 4, y * h / 4);
        [r, g, b]
    })
}

fn near(one: [u8; 3], other: [u8; 3], step: u8) -> bool {
    one.iter().zip(other).all(|(a, b)| a.abs_diff(b) <= step)
}

/// With an EXIF segment that says nothing but the orientation.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}
