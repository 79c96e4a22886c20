//! Pictures of every kind, whole and broken.

use super::*;
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 3) as u8, (y * 5) as u8, (x * y / 7) as u8]))
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg_of(width: u16, height: u16, set: impl Fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 85);
    set(&mut encoder);
    let image = photo(width.into(), height.into());
    encoder.encode(image.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

fn with_orientation(bytes: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    [&bytes[..2], &exif, &bytes[2..]].concat()
}

#[test]
fn pictures_are_known_by_their_bytes() {
    let image = photo(60, 40);
    for (format, kind) in [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::WebP),
        (ImageFormat::Tiff, Format::Tiff),
    ] {
        let (probe, notices) = probe(&encoded(image.clone(), format)).unwrap();
        assert_eq!((probe.format, probe.width, probe.height, probe.alpha), (kind, 60, 40, false));
        assert_eq!(probe.hash.len(), 64);
        assert_eq!(notices.is_empty(), matches!(kind, Format::Jpeg | Format::Png), "{kind:?}");
    }
}

#[test]
fn jpegs_of_every_usual_make_pass() {
    use jpeg_encoder::SamplingFactor;
    type Make = dyn Fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>);
    let makes: [(&str, &Make); 5] = [
        ("baseline", &|_| {}),
        ("progressive", &|e| e.set_progressive(true)),
        ("optimised", &|e| {
            e.set_optimized_huffman_tables(true);
            e.set_sampling_factor(SamplingFactor::F_1_1);
        }),
        ("restarts", &|e| e.set_restart_interval(4)),
        ("4:2:2", &|e| e.set_sampling_factor(SamplingFactor::F_2_1)),
    ];
    for (name, make) in makes {
        let bytes = jpeg_of(123, 77, make);
        assert_eq!(probe(&bytes).map(|p| (p.0.width, p.0.height, p.1)), Ok((123, 77, vec![])), "{name}");
        // Cameras write previews behind the end, other programs zeros.
        assert!(probe(&[&bytes[..], &[0; 100]].concat()).is_ok(), "{name}");
    }
}

#[test]
fn a_jpeg_that_would_be_decoded_wrongly_is_refused() {
    let bytes = jpeg_of(123, 77, |e| {
        e.set_optimized_huffman_tables(true);
        e.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    });
    assert!(matches!(probe(&bytes), Err(Fault::Unknown { what: Some(_), .. })));
}

#[test]
fn the_shown_size_follows_the_orientation() {
    let bytes = jpeg_of(60, 40, |_| {});
    for (orientation, size) in [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60)), (9, (60, 40))] {
        let (probe, _) = probe(&with_orientation(&bytes, orientation)).unwrap();
        assert_eq!((probe.width, probe.height), size, "{orientation}");
    }
}

#[test]
fn cut_off_pictures_are_found_wherever_they_are_cut() {
    let image = photo(90, 70);
    for (format, kind) in [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::WebP),
    ] {
        let whole = encoded(image.clone(), format);
        for share in [10, 30, 50, 90, 99] {
            let cut = &whole[..whole.len() * share / 100];
            match probe(cut) {
                Err(Fault::Truncated(found) | Fault::Damaged(found, _)) => assert_eq!(found, kind),
                other => panic!("{kind:?} at {share} %: {other:?}"),
            }
        }
        assert_eq!(probe(&whole[..whole.len() - 1]).unwrap_err(), Fault::Truncated(kind), "the last byte of {kind:?}");
    }
}

#[test]
fn damage_within_is_found() {
    let mut bytes = encoded(photo(90, 70), ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    assert!(matches!(probe(&bytes), Err(Fault::Damaged(Format::Png, _))));
}

#[test]
fn bombs_are_refused_from_their_header() {
    let mut png = png::SIGNATURE.to_vec();
    png.extend(b"\0\0\0\x0DIHDR\0\0\xC3\x50\0\0\xC3\x50\x08\x02\0\0\0");
    png.extend([0; 200]);
    assert_eq!(probe(&png).unwrap_err(), Fault::TooLarge { width: 50_000, height: 50_000 });
    let mut jpeg = jpeg_of(16, 16, |_| {});
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    assert_eq!(probe(&jpeg).unwrap_err(), Fault::TooLarge { width: 65_500, height: 65_500 });
    let gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0\x3B";
    assert_eq!(probe(gif).unwrap_err(), Fault::TooLarge { width: 65_535, height: 65_535 });
}

#[test]
fn strangers_get_a_remedy() {
    let cases: &[(&[u8], &str)] = &[
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC"),
        (b"\0\0\0\x1Cftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x1Cftypisom\0\0\0\0", "film"),
        (b"8BPS\0\x01", "Photoshop"),
        (b"<!DOCTYPE html><html><body><svg/></body></html>", "web page"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
        (&[0; 600], "zeros"),
    ];
    for (bytes, word) in cases {
        match probe(bytes) {
            Err(Fault::Unknown { what: Some(what), .. }) => assert!(what.contains(word), "{what}"),
            other => panic!("{word}: {other:?}"),
        }
    }
    assert_eq!(probe(b"").unwrap_err(), Fault::Empty);
    assert!(matches!(probe(b"just words"), Err(Fault::Unknown { what: None, .. })));
}

#[test]
fn colours_and_depths_are_told_apart() {
    let rgba = RgbaImage::from_fn(8, 8, |x, _| image::Rgba([9, 9, 9, if x == 3 { 100 } else { 255 }]));
    assert!(probe(&encoded(rgba, ImageFormat::Png)).unwrap().0.alpha);
    let opaque = RgbaImage::from_pixel(8, 8, image::Rgba([9, 9, 9, 255]));
    assert!(!probe(&encoded(opaque, ImageFormat::Png)).unwrap().0.alpha);
    let deep = DynamicImage::ImageRgb16(image::ImageBuffer::from_pixel(8, 8, image::Rgb([9u16, 300, 60_000])));
    let (probe16, notices) = probe(&encoded(deep, ImageFormat::Png)).unwrap();
    assert_eq!((probe16.bits, notices), (16, vec![Notice::Converted("in 16 bits")]));
    let mut cmyk = Vec::new();
    jpeg_encoder::Encoder::new(&mut cmyk, 90)
        .encode(&[0u8; 4 * 64], 8, 8, jpeg_encoder::ColorType::CmykAsYcck)
        .unwrap();
    let (inks, notices) = probe(&cmyk).unwrap();
    assert_eq!((inks.channels, inks.foreign_colour), (Channels::Cmyk, true));
    assert_eq!(notices, [Notice::Converted("in CMYK")]);
}

#[test]
fn animations_are_noticed() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    let frame = || image::Frame::new(RgbaImage::from_pixel(8, 8, image::Rgba([1, 2, 3, 255])));
    encoder.encode_frames([frame(), frame()]).unwrap();
    drop(encoder);
    let (probe, notices) = probe(&bytes).unwrap();
    assert!(probe.animated && notices.contains(&Notice::Animated));
}

#[test]
fn rubbish_never_panics() {
    // A small generator of its own, so that a failure can be repeated.
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let image = photo(40, 30);
    let mut seeds: Vec<Vec<u8>> =
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Tiff]
            .iter()
            .map(|format| encoded(image.clone(), *format))
            .collect();
    seeds.push(jpeg_of(40, 30, |e| e.set_progressive(true)));
    for seed in &seeds {
        for _ in 0..150 {
            let mut bytes = seed.clone();
            for _ in 0..1 + next() % 8 {
                let at = next() as usize % bytes.len();
                bytes[at] = next() as u8;
            }
            if next() % 4 == 0 {
                bytes.truncate(next() as usize % bytes.len() + 1);
            }
            let _ = probe(&bytes);
        }
    }
}

#[test]
fn faults_and_notices_read_as_findings() {
    let mut files = crate::report::Files::default();
    let file = files.add("a.svg", Some("<svg>\n<script/></svg>".to_owned()));
    let fault = Fault::SvgUnsafe { what: "a script".into(), remedy: "take it out".into(), at: 6..15 };
    let finding = fault.finding("a.svg", crate::report::Span::whole(file));
    assert_eq!(files.line_column(file, finding.span.unwrap().start), (2, 1));
    assert_eq!(finding.message, "`a.svg` holds a script");
    let whole = crate::report::Span::whole(files.add("b.jpg", None));
    for finding in [
        Fault::Empty.finding("b.jpg", whole),
        Fault::Truncated(Format::Jpeg).finding("b.jpg", whole),
        Fault::TooLarge { width: 9, height: 9 }.finding("b.jpg", whole),
        Notice::Animated.finding("b.jpg", whole),
        Notice::Converted("a WebP").finding("b.jpg", whole),
    ] {
        assert!(!finding.hints.is_empty() && !finding.message.ends_with('.') && finding.message.contains("`b.jpg`"));
    }
}
