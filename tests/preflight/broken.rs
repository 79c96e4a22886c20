//! Damaged and hostile files: each ends soon with a verdict, and none with a panic.

use super::base::{Base, MEDIA, boxed};
use lopdf::{Dictionary, Object, Stream, dictionary};
use masthead::press::Shop;
use masthead::press::preflight::{Purpose, Verdict, judge};
use std::time::{Duration, Instant};

/// A verdict, within a time that a slow machine keeps too.
fn timed(bytes: &[u8], seconds: u64, what: &str) -> Verdict {
    let shop = Shop::named("fogra39-x4").unwrap();
    let start = Instant::now();
    let verdict = judge(bytes, &shop, &Purpose::Issue);
    assert!(start.elapsed() < Duration::from_secs(seconds), "{what} took {:?}", start.elapsed());
    verdict
}

fn good() -> Base {
    Base::new(&Shop::named("fogra39-x4").unwrap())
}

fn is_told(verdict: &Verdict) -> bool {
    verdict.has_errors() || !verdict.unchecked.is_empty()
}

#[test]
fn what_is_no_pdf_is_said_to_be_unreadable() {
    for bytes in [&b""[..], b"hello", b"%PDF-1.6\n%%EOF", &[0; 5000]] {
        let verdict = timed(bytes, 10, "no PDF");
        assert_eq!(verdict.faults[0].rule.id(), "print/unreadable");
    }
}

#[test]
fn a_file_that_was_cut_off_is_a_fault() {
    let bytes = good().bytes();
    for part in 1..20 {
        let cut = &bytes[..bytes.len() * part / 20];
        assert!(is_told(&timed(cut, 10, "a cut file")), "{part}");
    }
}

#[test]
fn flipped_bytes_never_panic() {
    let bytes = good().bytes();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for round in 0..400 {
        let mut spoiled = bytes.clone();
        for _ in 0..1 + round % 12 {
            let at = next() % spoiled.len();
            spoiled[at] = next() as u8;
        }
        timed(&spoiled, 20, "a flipped file");
    }
}

#[test]
fn forms_and_pages_that_hold_themselves_end() {
    let mut base = good();
    let id = base.form(2, "Fm1", Dictionary::new(), "q /Fm1 Do Q /Fm1 Do");
    let own = dictionary! { "XObject" => dictionary! { "Fm1" => id } };
    base.document.get_object_mut(id).unwrap().as_stream_mut().unwrap().dict.set("Resources", own);
    base.add(2, "/Fm1 Do");
    let parent = base.page(1).get(b"Parent").unwrap().as_reference().unwrap();
    base.dict(parent).get_mut(b"Kids").unwrap().as_array_mut().unwrap().push(parent.into());
    base.dict(parent).set("Parent", parent);
    timed(&base.bytes(), 10, "a circle");
}

#[test]
fn forms_that_multiply_end() {
    let mut base = good();
    let mut inner = base.form(2, "A", Dictionary::new(), "0 0 0 1 k 100 200 50 50 re f");
    for _ in 0..19 {
        let own = dictionary! { "Resources" => dictionary! { "XObject" => dictionary! { "A" => inner } } };
        inner = base.form(2, "A", own, &"/A Do ".repeat(100));
    }
    base.add(2, "/A Do");
    let verdict = timed(&base.bytes(), 60, "forms that multiply");
    assert!(verdict.unchecked.iter().any(|u| u.contains("more than can be looked at")), "{:?}", verdict.unchecked);
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<</A ", ">>")] {
        let mut base = good();
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        base.add(1, &format!("/P {deep} DP\n{deep} TJ"));
        timed(&base.bytes(), 20, "deep content");
        // The same in the file's own objects.
        let mut bytes = good().bytes();
        let at = bytes.windows(6).position(|w| w == b"endobj").unwrap();
        bytes.splice(at..at, deep.into_bytes());
        timed(&bytes, 20, "deep objects");
    }
}

#[test]
fn a_bomb_is_not_unfolded() {
    let mut base = good();
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 300 << 20]);
    bomb.compress().unwrap();
    let id = base.document.add_object(bomb);
    base.page(2).set("Contents", Object::Array(vec![id.into(); 50]));
    assert!(is_told(&timed(&base.bytes(), 60, "a bomb")));
}

#[test]
fn what_would_unfold_to_gigabytes_of_objects_is_not_opened() {
    let mut bytes = good().bytes();
    let at = bytes.windows(6).position(|w| w == b"endobj").unwrap();
    bytes.splice(at..at, format!("[{}]", "0 ".repeat(7_000_000)).into_bytes());
    let verdict = timed(&bytes, 10, "millions of objects");
    assert_eq!(verdict.faults[0].rule.id(), "print/unreadable");
}

#[test]
fn lists_that_stand_for_millions_end() {
    let mut base = good();
    let ranges: Vec<Object> =
        (0..30_000).flat_map(|n| [(n * 70_000).into(), (n * 70_000 + 69_999).into(), 5.into()]).collect();
    let part = dictionary! { "Subtype" => "CIDFontType2", "W" => ranges };
    let part = base.document.add_object(part);
    let map: String = (0..200).map(|n| format!("<{:04x}0000> <{:04x}ffff> <0041> ", n, n)).collect();
    let map = base.document.add_object(Stream::new(Dictionary::new(), format!("{map} endbfrange").into_bytes()));
    for n in 0..40 {
        let font = dictionary! { "Subtype" => "Type0", "DescendantFonts" => vec![part.into()], "ToUnicode" => map };
        base.resource(2, "Font", &format!("G{n}"), font);
        base.add(2, &format!("BT /G{n} 10 Tf <0041> Tj ET "));
    }
    base.add(3, &format!("[{}] TJ", "0 ".repeat(4_000_000)));
    timed(&base.bytes(), 30, "lists");
}

#[test]
fn a_million_operators_are_read() {
    let mut base = good();
    base.add(2, &"0.1 0.2 0.3 0 k 100 200 5 5 re f ".repeat(350_000));
    base.add(3, &"BT /F1 4 Tf 12 30 Td (x) Tj ET ".repeat(250_000));
    let verdict = timed(&base.bytes(), 60, "a million operators");
    assert!(verdict.unchecked.is_empty());
}

#[test]
fn strange_numbers_do_no_harm() {
    let mut base = good();
    base.page(1).set("MediaBox", boxed([f32::MAX, 0.0, f32::MIN, 1e30]));
    base.page(2).set("TrimBox", boxed([0.0; 4]));
    base.page(3).set("UserUnit", f32::MAX);
    base.page(4).set("Rotate", i64::MIN);
    base.add(
        1,
        "1e30 0 0 1e30 0 0 cm 99999999999999999999 w -1 0 0 0 0 0 cm 1 1 m 9e9 9e9 l B /Im1 Do 0 0 0 0 0 0 cm /Im1 Do",
    );
    base.add(2, "BT /F1 -1e30 Tf 1e30 Tz 1e30 TL (a) ' (b) Tj [(c) 1e38 (d)] TJ ET -5 Tr");
    base.add(3, "scn cs /Nothing cs 1 2 3 4 5 6 7 8 9 sc 0 0 10 10 re f gs Do sh Tf d1 ID EI Q Q Q");
    let font = dictionary! { "Subtype" => "Type0", "DescendantFonts" => vec![dictionary! {
        "W" => vec![0.into(), i64::MAX.into(), 5.into(), (-9).into(), 3.into()], "DW" => f32::MAX,
    }.into()] };
    base.resource(4, "Font", "F9", font);
    base.add(4, "BT /F9 10 Tf <00410> Tj ET");
    let wide = boxed([MEDIA[0], MEDIA[1], 1e6, 1e6]);
    base.page(4).set("BleedBox", wide);
    timed(&base.bytes(), 10, "strange numbers");
}
