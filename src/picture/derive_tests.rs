//! What editions get of pictures: sizes, colours, metadata, formats.

use super::*;
use crate::picture::Channels;
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use std::io::Cursor;

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = (x * 7919 + y * 104_729) % 23;
        image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, (100 + noise) as u8])
    })
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn made(bytes: &[u8], wanted: &Wanted) -> Derived {
    let (probe, _) = crate::picture::probe(bytes).unwrap();
    let derived = derive(bytes, &probe, wanted).unwrap();
    let (again, notices) = crate::picture::probe(&derived.bytes).unwrap();
    assert_eq!((again.format, again.width, again.height), (derived.format, derived.width, derived.height));
    assert_eq!(notices, []);
    assert_eq!(derive(bytes, &probe, wanted).unwrap(), derived, "the same bytes every time");
    assert_eq!(Derived::from_bytes(derived.bytes.clone()).unwrap(), derived);
    derived
}

fn shown(derived: &Derived) -> RgbImage {
    image::load_from_memory(&derived.bytes).unwrap().into_rgb8()
}

#[test]
fn pictures_are_scaled_down_and_never_up() {
    let bytes = encoded(photo(900, 600), ImageFormat::Jpeg);
    let small = made(&bytes, &Wanted::within(300, 300));
    assert_eq!((small.format, small.width, small.height), (Format::Jpeg, 300, 200));
    let same = made(&bytes, &Wanted::within(5000, 5000));
    assert_eq!((same.width, same.height), (900, 600));
    for width in [899, 451, 300, 120, 33, 1] {
        let derived = made(&bytes, &Wanted::within(width, 5000));
        assert_eq!(derived.width, width);
        let image = shown(&derived);
        if width >= 120 {
            // The gradient still runs from corner to corner.
            let last = image.get_pixel(width - 1, derived.height - 1);
            assert!(image.get_pixel(0, 0)[0] < 12 && last[0] > 240 && last[1] > 240, "{width}: {last:?}");
        }
    }
}

#[test]
fn fine_detail_keeps_its_brightness() {
    // Black and white lines by turns are as bright as half the light, which is 188 in sRGB and not 128.
    let lines = RgbImage::from_fn(800, 800, |x, _| image::Rgb([if x % 2 == 0 { 255 } else { 0 }; 3]));
    let bytes = encoded(lines, ImageFormat::Png);
    for size in [400, 200, 100, 50] {
        let derived = made(&bytes, &Wanted::within(size, size));
        let middle = shown(&derived).get_pixel(size / 2, size / 2)[0];
        assert!(middle.abs_diff(188) <= 4, "{size}: {middle}");
    }
}

#[test]
fn a_crop_keeps_the_focus() {
    let mut image = photo(400, 200);
    for (x, y) in (300..310).flat_map(|x| (90..100).map(move |y| (x, y))) {
        image.put_pixel(x, y, image::Rgb([255, 0, 0]));
    }
    let bytes = encoded(image, ImageFormat::Png);
    let crop = |focus| Wanted { crop: Some(Crop { aspect: 1.0, focus }), ..Wanted::within(100, 100) };
    let derived = made(&bytes, &crop((0.76, 0.5)));
    assert_eq!((derived.width, derived.height), (100, 100));
    assert!(shown(&derived).get_pixel(50, 47)[0] > 200);
    // At the edge the crop stops at the edge.
    let region = |focus| region(&crate::picture::probe(&bytes).unwrap().0, crop(focus).crop);
    assert_eq!(region((1.0, 0.5)), [200.0, 0.0, 200.0, 200.0]);
    assert_eq!(region((0.0, 0.0)), [0.0, 0.0, 200.0, 200.0]);
}

#[test]
fn a_picture_that_needs_no_change_keeps_its_pixels_and_loses_its_secrets() {
    let plain = encoded(photo(90, 60), ImageFormat::Jpeg);
    let secret = b"\xFF\xE1\0\x18Exif\0\0II*\0\x08\0\0\0\0\0GPS-1234";
    let bytes = [&plain[..2], secret, &plain[2..], b"behind the end"].concat();
    let credit = crate::credit::parse("Photo: Zoë Name / Agency");
    let derived = made(&bytes, &Wanted { credit, ..Wanted::within(100, 100) });
    let holds = |needle: &[u8]| derived.bytes.windows(needle.len()).any(|w| w == needle);
    assert!(!holds(b"GPS-1234") && !holds(b"behind"));
    assert!(holds("<rdf:li>Zoë Name</rdf:li>".as_bytes()) && holds(b"http://ns.adobe.com/xap/1.0/\0<?xpacket"));
    assert_eq!(shown(&derived), image::load_from_memory(&plain).unwrap().into_rgb8());
}

#[test]
fn the_credit_is_written_into_pngs_too() {
    let rgba = RgbaImage::from_fn(40, 40, |x, _| image::Rgba([9, 99, 9, (x * 6) as u8]));
    let bytes = encoded(rgba, ImageFormat::Png);
    let credit = crate::credit::parse("© A. Name");
    for size in [20, 40] {
        let derived = made(&bytes, &Wanted { credit: credit.clone(), ..Wanted::within(size, size) });
        assert_eq!(derived.format, Format::Png);
        let needle = b"iTXtXML:com.adobe.xmp\0\0\0\0\0<?xpacket";
        assert!(derived.bytes.windows(needle.len()).any(|w| w == needle));
    }
}

#[test]
fn the_format_follows_the_content() {
    let flat = RgbImage::from_fn(200, 100, |x, y| {
        image::Rgb(if (x / 50 + y / 50) % 2 == 0 { [200, 30, 30] } else { [255; 3] })
    });
    let wanted = Wanted::within(120, 120);
    assert_eq!(made(&encoded(flat.clone(), ImageFormat::Png), &wanted).format, Format::Png);
    assert_eq!(made(&encoded(flat.clone(), ImageFormat::WebP), &Wanted::within(500, 500)).format, Format::Png);
    assert_eq!(made(&encoded(flat, ImageFormat::Gif), &Wanted::within(500, 500)).format, Format::Png);
    assert_eq!(made(&encoded(photo(200, 100), ImageFormat::Png), &wanted).format, Format::Jpeg);
    assert_eq!(made(&encoded(photo(200, 100), ImageFormat::Tiff), &wanted).format, Format::Jpeg);
    let shine = RgbaImage::from_fn(200, 100, |x, y| image::Rgba([x as u8, y as u8, 7, (x % 256) as u8]));
    let bytes = encoded(shine, ImageFormat::Png);
    assert_eq!(made(&bytes, &wanted).format, Format::Png);
    let opaque = made(&bytes, &Wanted { opaque: true, ..wanted });
    assert_eq!(opaque.format, Format::Jpeg);
    assert!(shown(&opaque).get_pixel(0, 50)[2] > 240, "on white");
}

#[test]
fn inks_wide_colours_and_deep_ones_become_srgb() {
    let mut cmyk = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut cmyk, 95);
    // The encoder takes inks; 255, 0, 0, 0 is full cyan.
    let data: Vec<u8> = [255u8, 0, 0, 0].repeat(64 * 64);
    encoder.encode(&data, 64, 64, jpeg_encoder::ColorType::CmykAsYcck).unwrap();
    let middle = *shown(&made(&cmyk, &Wanted::within(500, 500))).get_pixel(32, 32);
    assert!(middle[0] < 60 && middle[2] > 190, "cyan ink is {middle:?}");
    let deep = DynamicImage::ImageRgb16(image::ImageBuffer::from_fn(30, 30, |x, y| {
        image::Rgb([(x * 2000) as u16, (y * 2000) as u16, 65_535])
    }));
    let derived = made(&encoded(deep, ImageFormat::Png), &Wanted::within(500, 500));
    assert!(shown(&derived).get_pixel(15, 15)[2] > 240);
}

#[test]
fn gray_is_one_channel() {
    let bytes = encoded(photo(90, 60), ImageFormat::Jpeg);
    let derived = made(&bytes, &Wanted { gray: true, ..Wanted::within(500, 500) });
    assert_eq!(crate::picture::probe(&derived.bytes).unwrap().0.channels, Channels::Gray);
}

#[test]
fn turned_pictures_come_upright() {
    let mut image = RgbImage::from_pixel(60, 40, image::Rgb([20, 20, 20]));
    for (x, y) in (0..20).flat_map(|x| (0..20).map(move |y| (x, y))) {
        image.put_pixel(x, y, image::Rgb([250, 250, 250]));
    }
    let plain = encoded(image, ImageFormat::Jpeg);
    let mut exif = b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([6, 0, 0, 0, 0, 0, 0, 0]);
    let bytes = [&plain[..2], &exif, &plain[2..]].concat();
    let derived = made(&bytes, &Wanted::within(500, 500));
    assert_eq!((derived.width, derived.height), (40, 60));
    let image = shown(&derived);
    assert!(image.get_pixel(35, 5)[0] > 200 && image.get_pixel(5, 5)[0] < 60, "the bright corner is at the top right");
}

#[test]
fn a_crop_of_a_turned_picture_shows_the_same_part() {
    // Every quarter has its own gray.
    let image = RgbImage::from_fn(80, 40, |x, y| image::Rgb([(40 + 160 * (x / 40) + 40 * (y / 20)) as u8; 3]));
    let plain = encoded(image, ImageFormat::Jpeg);
    for orientation in 1..=8u8 {
        let mut exif = b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        let bytes = [&plain[..2], &exif, &plain[2..]].concat();
        let whole = shown(&made(&bytes, &Wanted::within(500, 500)));
        for focus in [(0.0, 0.0), (1.0, 1.0)] {
            let crop = Some(Crop { aspect: if orientation < 5 { 1.0 } else { 0.5 }, focus });
            let wanted = Wanted { crop, ..Wanted::within(12, 12) };
            let part = shown(&made(&bytes, &wanted));
            let corner = |image: &RgbImage| {
                let (x, y) = (focus.0 * f64::from(image.width() - 1), focus.1 * f64::from(image.height() - 1));
                image.get_pixel(x as u32, y as u32)[0]
            };
            assert!(corner(&whole).abs_diff(corner(&part)) < 12, "{orientation} {focus:?}");
        }
    }
}

#[test]
fn bands_leave_no_seams() {
    let smooth = RgbImage::from_fn(300, 3000, |x, y| image::Rgb([(y / 12) as u8, (x / 2) as u8, 128]));
    let bytes = encoded(smooth, ImageFormat::Png);
    let image = shown(&made(&bytes, &Wanted { quality: 98, ..Wanted::within(100, 1000) }));
    for y in 1..1000 {
        let (above, here) = (image.get_pixel(50, y - 1)[0], image.get_pixel(50, y)[0]);
        assert!(above.abs_diff(here) <= 3, "row {y}: {above} {here}");
    }
}

#[test]
fn keys_tell_wishes_apart() {
    let (probe, _) = crate::picture::probe(&encoded(photo(9, 9), ImageFormat::Png)).unwrap();
    let one = Wanted::within(5, 5);
    assert_eq!(one.key(&probe), one.key(&probe));
    assert_ne!(one.key(&probe), Wanted { gray: true, ..one.clone() }.key(&probe));
    assert_ne!(one.key(&probe), Wanted::within(5, 6).key(&probe));
}
