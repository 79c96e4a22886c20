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
fn a_large_frame_with_hardly_any_data_is_a_fault_or_keeps_its_shape() {
    let mut jpeg = encoded(quarters(64, 64), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).expect("a frame");
    // 8,192 by 8,192: above the size from which pictures are decoded smaller.
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    match survives(&jpeg) {
        Ok(derived) => assert_eq!((derived.width, derived.height), (40, 40)),
        Err(fault) => assert!(matches!(fault, Fault::Truncated(_) | Fault::Damaged(..)), "{fault:?}"),
    }
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    for (head, word) in [(b"\0\0\0\x18ftypheic", "HEIC"), (b"\0\0\0\x18ftypavif", "AVIF")] {
        let bytes = [&head[..], &[0; 40]].concat();
        let Err(Fault::Unknown { what: Some(what), remedy }) = probe(&bytes) else { panic!("{word}") };
        assert!(what.contains(word) && remedy.contains("JPEG"), "{what}; {remedy}");
    }
}
