//! Profiles, trying qualities, and the budget of memory.

use super::*;

#[test]
fn drafts_look_like_what_is_published() {
    let bytes = encoded(quarters(900, 600), ImageFormat::Jpeg);
    let (probe, _) = probe(&bytes).expect("sound");
    for pixels in [700, 450, 300, 100, 37] {
        let quick = derive(&bytes, &probe, &draft(pixels)).expect("sound");
        let careful = derive(&bytes, &probe, &Wanted::within(pixels, pixels)).expect("sound");
        for (a, b) in corners(&quick).into_iter().zip(corners(&careful)) {
            assert!(near(a, b, 16), "{pixels}: {a:?} {b:?}");
        }
    }
    assert_ne!(draft(300).key(&probe), Wanted::within(300, 300).key(&probe));
}

#[test]
fn one_preparation_gives_every_quality() {
    let bytes = encoded(quarters(300, 200), ImageFormat::Png);
    let (probe, _) = probe(&bytes).expect("sound");
    let wanted = Wanted { quality: 90, ..Wanted::within(200, 200) };
    let prepared = prepare(&bytes, &probe, &wanted).expect("sound");
    assert_eq!(prepared.encode(90), derive(&bytes, &probe, &wanted));
    let sizes = [20, 50, 70, 90].map(|q| prepared.encode(q).expect("sound").bytes.len());
    assert!(sizes.is_sorted() && sizes[0] < sizes[3], "{sizes:?}");
    assert!(prepared.has_quality());
}

#[test]
fn a_kept_jpeg_can_be_made_smaller_and_never_grows() {
    let bytes = encoded(quarters(300, 200), ImageFormat::Jpeg);
    let (probe, _) = probe(&bytes).expect("sound");
    let prepared = prepare(&bytes, &probe, &Wanted::within(500, 500)).expect("sound");
    let kept = prepared.encode(82).expect("sound");
    assert_eq!(Ok(kept.clone()), derive(&bytes, &probe, &Wanted::within(500, 500)));
    let sizes = [10, 40, 81].map(|q| prepared.encode(q).expect("sound").bytes.len());
    assert!(sizes[0] < kept.bytes.len() && sizes.iter().all(|s| *s <= kept.bytes.len()), "{sizes:?}");
}

#[test]
fn hard_coloured_edges_keep_their_colour() {
    // Red hairlines on blue, noisy enough to be a JPEG: with a colour for four pixels they would turn purple.
    let lines = RgbImage::from_fn(200, 200, |x, y| {
        let noise = ((x * 7919 + y * 104_729) % 7) as u8;
        if x % 8 == 3 { Rgb([230, noise, noise]) } else { Rgb([noise, noise, 200]) }
    });
    let (_, derived) = made(&encoded(lines, ImageFormat::Png), 500).expect("sound");
    let Rgba([r, _, b, _]) = *shown(&derived).get_pixel(99, 100);
    assert!(r > 190 && b < 70, "{r} {b}");
}

#[test]
fn a_large_scan_costs_little_and_many_share_a_budget() {
    let bytes = encoded(quarters(600, 400), ImageFormat::Jpeg);
    let (mut probe, _) = probe(&bytes).expect("sound");
    let budget = Budget::new(1);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let derived = derive_within(&budget, &bytes, &probe, &draft(300));
                assert_eq!(derived, derive(&bytes, &probe, &draft(300)));
            });
        }
    });
    let small = cost(&probe, &Wanted::within(300, 300));
    assert!((600 * 400 * 3..40 << 20).contains(&small), "{small}");
    probe.format = Format::Png;
    (probe.width, probe.height) = (16_000, 12_500);
    assert!(cost(&probe, &draft(2000)) > 600_000_000, "a PNG is decoded whole");
}
