//! Unusual but sound files: the picture must be the right one.

use super::*;

/// The colours of `quarters`, without noise.
const COLOURS: [[u8; 3]; 4] = [[220, 36, 30], [36, 200, 30], [30, 36, 220], [206, 200, 200]];

#[test]
fn every_orientation_comes_upright() {
    let plain = encoded(quarters(80, 60), ImageFormat::Jpeg);
    // Which quarter of the file is shown at the top left, top right, bottom left and bottom right.
    let cases = [
        (1, [0, 1, 2, 3]),
        (2, [1, 0, 3, 2]),
        (3, [3, 2, 1, 0]),
        (4, [2, 3, 0, 1]),
        (5, [0, 2, 1, 3]),
        (6, [2, 0, 3, 1]),
        (7, [3, 1, 2, 0]),
        (8, [1, 3, 0, 2]),
    ];
    for (orientation, order) in cases {
        for pixels in [20, 40, 500] {
            let bytes = with_orientation(&plain, orientation);
            let (probe, _) = probe(&bytes).expect("sound");
            for wanted in [draft(pixels), Wanted::within(pixels, pixels)] {
                let derived = derive(&bytes, &probe, &wanted).expect("sound");
                assert_eq!(derived.height > derived.width, orientation >= 5);
                for (colour, quarter) in corners(&derived).into_iter().zip(order) {
                    assert!(near(colour, COLOURS[quarter], 24), "{orientation} {wanted:?}: {colour:?}");
                }
            }
        }
    }
}

#[test]
fn deep_gray_and_see_through_pngs_keep_their_look() {
    let deep = DynamicImage::ImageRgb8(quarters(60, 40)).into_rgb16();
    let (probe16, derived) = made(&encoded(DynamicImage::ImageRgb16(deep), ImageFormat::Png), 30).expect("sound");
    assert_eq!(probe16.bits, 16);
    assert!(corners(&derived).into_iter().zip(COLOURS).all(|(a, b)| near(a, b, 24)));
    let gray =
        GrayAlphaImage::from_fn(60, 40, |x, y| image::LumaA([100 + (x * y % 9) as u8, if x < 30 { 0 } else { 255 }]));
    let (probe, derived) = made(&encoded(DynamicImage::ImageLumaA8(gray), ImageFormat::Png), 30).expect("sound");
    assert!(probe.alpha);
    let image = shown(&derived);
    assert!(image.get_pixel(4, 10)[3] == 0 && image.get_pixel(25, 10)[3] == 255);
    assert!(image.get_pixel(25, 10)[0].abs_diff(104) < 8);
}

/// A palette of four colours, of which the first is see-through, in rows of every depth and both orders.
#[test]
fn palettes_with_transparency_are_read() {
    for depth in [png::BitDepth::Two, png::BitDepth::Four, png::BitDepth::Eight] {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 16, 16);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(depth);
        encoder.set_palette(vec![0, 0, 0, 220, 30, 30, 30, 200, 30, 30, 30, 220]);
        encoder.set_trns(vec![0]);
        let per_byte = 8 / depth as usize;
        let index = |x: usize, y: usize| (x / 8 + y / 8 * 2) as u8;
        let pack = |y: usize, byte: usize| {
            (0..per_byte).fold(0u8, |sum, n| {
                if per_byte == 1 { index(byte, y) } else { sum << depth as u8 | index(byte * per_byte + n, y) }
            })
        };
        let data: Vec<u8> = (0..16).flat_map(|y| (0..16 / per_byte).map(move |b| pack(y, b))).collect();
        encoder.write_header().expect("a header").write_image_data(&data).expect("data");
        let (probe, derived) = made(&bytes, 500).expect("sound");
        assert!(probe.alpha);
        let image = shown(&derived);
        assert_eq!(image.get_pixel(2, 2)[3], 0);
        assert_eq!(*image.get_pixel(12, 2), Rgba([220, 30, 30, 255]), "{depth:?}");
        assert_eq!(*image.get_pixel(12, 12), Rgba([30, 30, 220, 255]), "{depth:?}");
    }
}

/// Full cyan in the encoder's words, with Adobe's segment and without it, where inks are the right way up.
#[test]
fn inks_are_read_with_and_without_adobes_segment() {
    let mut adobe = Vec::new();
    let data = [255u8, 0, 0, 0].repeat(64 * 64);
    jpeg_encoder::Encoder::new(&mut adobe, 95).encode(&data, 64, 64, jpeg_encoder::ColorType::Cmyk).expect("a JPEG");
    let at = adobe.windows(2).position(|w| w == [0xFF, 0xEE]).expect("Adobe's segment");
    let length = usize::from(u16::from_be_bytes([adobe[at + 2], adobe[at + 3]])) + 2;
    let plain = [&adobe[..at], &adobe[at + length..]].concat();
    let middle = |bytes: &[u8]| {
        let (probe, derived) = made(bytes, 500).expect("sound");
        assert_eq!(probe.channels, Channels::Cmyk);
        corners(&derived)[0]
    };
    let [r, _, b] = middle(&adobe);
    assert!(r < 80 && b > 180, "cyan is {r} {b}");
    // The same samples without the segment mean the opposite: all inks but cyan, which is nearly black.
    let dark = middle(&plain);
    assert!(dark.iter().all(|v| *v < 80), "{dark:?}");
}

#[test]
fn the_first_frame_of_an_animation_is_shown_and_told() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    let frame = |colour| image::Frame::new(RgbaImage::from_pixel(32, 32, Rgba(colour)));
    encoder.encode_frames([frame([250, 0, 0, 255]), frame([0, 0, 250, 255])]).expect("a GIF");
    drop(encoder);
    let (probe, notices) = probe(&bytes).expect("sound");
    assert!(notices.contains(&Notice::Animated));
    let derived = derive(&bytes, &probe, &Wanted::within(16, 16)).expect("sound");
    assert!(near(corners(&derived)[0], [250, 0, 0], 12));
}

#[test]
fn webp_and_tiff_of_every_depth_are_read() {
    let image = DynamicImage::ImageRgb8(quarters(60, 40));
    let cases = [
        ("WebP", encoded(image.clone(), ImageFormat::WebP), true),
        ("TIFF", encoded(image.clone(), ImageFormat::Tiff), true),
        ("deep TIFF", encoded(DynamicImage::ImageRgb16(image.to_rgb16()), ImageFormat::Tiff), true),
        ("gray TIFF", encoded(image.to_luma8(), ImageFormat::Tiff), false),
        ("deep gray TIFF", encoded(image.to_luma16(), ImageFormat::Tiff), false),
        ("see-through TIFF", encoded(image.to_rgba8(), ImageFormat::Tiff), true),
    ];
    for (name, bytes, colour) in cases {
        let (probe, derived) = made(&bytes, 30).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(probe.channels == Channels::Rgb, colour, "{name}");
        let right = corners(&derived).into_iter().zip(COLOURS).all(|(a, b)| !colour || near(a, b, 24));
        assert!(right, "{name}: {:?}", corners(&derived));
    }
}

#[test]
fn the_first_frame_of_an_animated_png_is_shown_and_told() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 32, 32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).expect("an animation");
    let mut writer = encoder.write_header().expect("a header");
    for colour in [[250, 0, 0], [0, 0, 250]] {
        writer.write_image_data(&colour.repeat(32 * 32)).expect("a frame");
    }
    writer.finish().expect("an end");
    let (probe, notices) = probe(&bytes).expect("sound");
    assert!(probe.animated && notices.contains(&Notice::Animated));
    let (_, derived) = made(&bytes, 16).expect("sound");
    assert!(near(corners(&derived)[0], [250, 0, 0], 2));
}

/// Packed by LZW, as scanners write; and inks, of 8 and of 16 bits.
#[test]
fn packed_tiffs_and_tiffs_of_inks_are_read() {
    use tiff::encoder::{Compression, TiffEncoder, colortype};
    let image = quarters(60, 40);
    let mut packed = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut packed).expect("an encoder").with_compression(Compression::Lzw);
    encoder.write_image::<colortype::RGB8>(60, 40, image.as_raw()).expect("a TIFF");
    let (_, derived) = made(packed.get_ref(), 30).expect("sound");
    assert!(corners(&derived).into_iter().zip(COLOURS).all(|(a, b)| near(a, b, 24)));
    let (mut short, mut long) = (Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    let magenta = [0u8, 255, 0, 0].repeat(32 * 32);
    let deep: Vec<u16> = magenta.iter().map(|v| u16::from(*v) * 257).collect();
    TiffEncoder::new(&mut short)
        .expect("an encoder")
        .write_image::<colortype::CMYK8>(32, 32, &magenta)
        .expect("a TIFF");
    TiffEncoder::new(&mut long).expect("an encoder").write_image::<colortype::CMYK16>(32, 32, &deep).expect("a TIFF");
    for bytes in [short.into_inner(), long.into_inner()] {
        let (probe, derived) = made(&bytes, 500).expect("sound");
        assert_eq!(probe.channels, Channels::Cmyk);
        assert!(near(corners(&derived)[0], [229, 0, 125], 20), "{:?}", corners(&derived));
    }
}
