//! Files that are cut off, damaged, or claim more than they hold.

use super::*;

/// Neither step may panic, whatever they say of the file.
fn survives(bytes: &[u8]) -> Result<Derived, Fault> {
    made(bytes, 40).map(|(_, derived)| derived)
}

#[test]
fn files_cut_at_every_twentieth_are_faults() {
    let image = quarters(160, 120);
    let mut progressive = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 85);
    encoder.set_progressive(true);
    encoder.encode(image.as_raw(), 160, 120, jpeg_encoder::ColorType::Rgb).expect("a JPEG");
    let kinds = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Tiff];
    let mut files: Vec<(String, Vec<u8>)> =
        kinds.iter().map(|kind| (format!("{kind:?}"), encoded(image.clone(), *kind))).collect();
    files.push(("progressive".to_owned(), progressive));
    for (name, whole) in &files {
        assert!(survives(whole).is_ok(), "{name}");
        for share in (0..100).step_by(5) {
            let fault = survives(&whole[..whole.len() * share / 100]);
            assert!(fault.is_err(), "{name} cut at {share} %");
        }
    }
}

/// Baseline, with restart markers, progressive, gray and with full colour.
fn jpegs() -> Vec<(&'static str, Vec<u8>)> {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    let image = quarters(330, 250);
    let of = |set: &dyn Fn(&mut Encoder<&mut Vec<u8>>), gray: bool| {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 90);
        set(&mut encoder);
        let (data, kind) = match gray {
            true => (DynamicImage::ImageRgb8(image.clone()).into_luma8().into_raw(), ColorType::Luma),
            false => (image.clone().into_raw(), ColorType::Rgb),
        };
        encoder.encode(&data, 330, 250, kind).expect("a JPEG");
        out
    };
    vec![
        ("baseline", of(&|_| {}, false)),
        ("restarts", of(&|e| e.set_restart_interval(7), false)),
        ("progressive", of(&|e| e.set_progressive(true), false)),
        ("gray", of(&|_| {}, true)),
        ("gray, progressive", of(&|e| e.set_progressive(true), true)),
        ("full colour", of(&|e| e.set_sampling_factor(SamplingFactor::F_1_1), false)),
        ("half colour", of(&|e| e.set_sampling_factor(SamplingFactor::F_2_1), false)),
        ("ours", made(&encoded(quarters(660, 500), ImageFormat::Png), 330).expect("sound").1.bytes),
    ]
}

/// Decoders fill what is missing with gray and say nothing.
#[test]
fn a_jpeg_that_is_cut_and_closed_again_is_cut_off() {
    for (name, whole) in jpegs() {
        assert!(survives(&whole).is_ok(), "{name}");
        for share in (5..100).step_by(5) {
            let mut cut = whole[..whole.len() * share / 100].to_vec();
            cut.extend([0xFF, 0xD9]);
            assert!(survives(&cut).is_err(), "{name} closed at {share} %");
        }
        let mut taller = whole.clone();
        let frame =
            taller.windows(2).position(|w| w[0] == 0xFF && [0xC0, 0xC1, 0xC2].contains(&w[1])).expect("a frame");
        taller[frame + 5..frame + 7].copy_from_slice(&500u16.to_be_bytes());
        assert!(survives(&taller).is_err(), "{name} with twice the height");
    }
}

/// A progressive file may end between two of its scans.
#[test]
fn a_progressive_jpeg_without_its_last_scans_is_cut_off() {
    let (_, whole) = jpegs().swap_remove(2);
    let scans: Vec<usize> = (0..whole.len() - 1).filter(|at| whole[*at..].starts_with(&[0xFF, 0xDA])).collect();
    assert!(scans.len() > 2);
    for end in &scans[1..] {
        let cut = [&whole[..*end], &[0xFF, 0xD9]].concat();
        assert_eq!(probe(&cut).map(|_| ()), Err(Fault::Truncated(Format::Jpeg)));
    }
}

#[test]
fn a_changed_checksum_is_a_fault() {
    let whole = encoded(quarters(60, 40), ImageFormat::Png);
    let at = whole.windows(4).position(|w| w == b"IDAT").expect("data");
    let length = u32::from_be_bytes(whole[at - 4..at].try_into().expect("four bytes")) as usize;
    let mut bytes = whole.clone();
    bytes[at + 4 + length] ^= 1;
    assert!(matches!(survives(&bytes), Err(Fault::Damaged(Format::Png, _))));
    // The header's own checksum, too.
    let mut bytes = whole;
    bytes[29] ^= 1;
    assert!(survives(&bytes).is_err());
}

#[test]
fn bombs_are_refused_by_their_number_of_pixels() {
    let mut jpeg = encoded(quarters(32, 32), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0, 0xFF, 0]);
    let mut png = encoded(quarters(32, 32), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let mut gif = encoded(quarters(32, 32), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    let mut tiff = encoded(quarters(32, 32), ImageFormat::Tiff);
    assert_eq!(&tiff[..2], b"II");
    let directory = u32::from_le_bytes(tiff[4..8].try_into().expect("four bytes")) as usize;
    let entries = usize::from(u16::from_le_bytes([tiff[directory], tiff[directory + 1]]));
    for entry in (0..entries).map(|n| directory + 2 + 12 * n) {
        if matches!(u16::from_le_bytes([tiff[entry], tiff[entry + 1]]), 256 | 257) {
            tiff[entry + 2..entry + 12].copy_from_slice(&[4, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
        }
    }
    for (name, bytes) in [("JPEG", jpeg), ("PNG", png), ("GIF", gif)] {
        assert!(matches!(survives(&bytes), Err(Fault::TooLarge { .. })), "{name}: {:?}", probe(&bytes));
    }
    // Its strips no longer fit its size either, and that is seen first.
    assert!(survives(&tiff).is_err());
}

#[test]
fn a_large_frame_with_hardly_any_data_is_a_fault() {
    let mut jpeg = encoded(quarters(64, 64), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).expect("a frame");
    // 8,192 by 8,192: above the size from which pictures are decoded smaller.
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    assert_eq!(survives(&jpeg), Err(Fault::Truncated(Format::Jpeg)));
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    for (head, word) in [(b"\0\0\0\x18ftypheic", "HEIC"), (b"\0\0\0\x18ftypavif", "AVIF")] {
        let bytes = [&head[..], &[0; 40]].concat();
        let Err(Fault::Unknown { what: Some(what), remedy }) = probe(&bytes) else { panic!("{word}") };
        assert!(what.contains(word) && remedy.contains("JPEG"), "{what}; {remedy}");
    }
}
