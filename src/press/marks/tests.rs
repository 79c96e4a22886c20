//! Where marks stand, and what they are drawn with.

use super::*;

const EVERY: Marks = Marks { crop: true, registration: true, fold: true, bars: true, slug: true };

fn page() -> Around {
    let (w, h, out) = (210.0 * MM, 297.0 * MM, 10.0 * MM);
    Around {
        trim: [out, out, out + w, out + h],
        bleed: [out - 3.0 * MM, out - 3.0 * MM, out + w + 3.0 * MM, out + h + 3.0 * MM],
        media: [0.0, 0.0, w + 2.0 * out, h + 2.0 * out],
        cuts: Vec::new(),
        folds: vec![Across::Upright(out + w / 2.0)],
    }
}

fn spot() -> Spot {
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::Integer(0); 4], "C1" => vec![0.into(), Object::Real(0.6), 1.into(), 0.into()], "N" => 1,
    };
    let space = vec!["Separation".into(), "PANTONE Orange".into(), "DeviceCMYK".into(), tint.into()];
    Spot { name: "PANTONE Orange".into(), space: Object::Array(space) }
}

/// Every point that a path of the content goes through, in order.
fn points(content: &str) -> Vec<(f64, f64)> {
    let mut list = Vec::new();
    for line in content.lines().skip(4) {
        let words: Vec<&str> = line.split(' ').collect();
        let numbers: Vec<f64> = words.iter().map_while(|w| w.parse().ok()).collect();
        match (words.last(), numbers.as_slice()) {
            (Some(&"f"), [x, y, w, h]) => list.extend([(*x, *y), (x + w, y + h)]),
            (Some(&"k" | &"K" | &"d" | &"w" | &"j"), _) => {}
            (_, all) => list.extend(all.chunks_exact(2).map(|p| (p[0], p[1]))),
        }
    }
    list
}

#[test]
fn no_mark_enters_the_bleed_or_leaves_the_paper() {
    for text in ["Harbour Review 2026-11, page 12", &"a very long line of the slug ".repeat(40)] {
        let around = page();
        let drawn = draw(&around, EVERY, &[spot()], Some(text));
        let content = String::from_utf8(drawn.content).unwrap();
        let all = points(&content);
        assert!(all.len() > 200);
        let [left, bottom, right, top] = around.bleed;
        for (x, y) in all {
            let inside =
                x > left - GAP + 0.01 && x < right + GAP - 0.01 && y > bottom - GAP + 0.01 && y < top + GAP - 0.01;
            assert!(!inside, "{x} {y}");
            assert!(x > -0.01 && y > -0.01 && x < around.media[2] + 0.01 && y < around.media[3] + 0.01, "{x} {y}");
        }
    }
}

#[test]
fn marks_take_the_margin_that_is_said() {
    assert_eq!(margin(Marks::default(), Mm(3.0)), Mm(3.0));
    assert!((margin(EVERY, Mm(3.0)).0 - 10.0).abs() < 1e-9);
}

#[test]
fn only_what_is_wanted_is_drawn() {
    let around = page();
    let crop = draw(&around, Marks { crop: true, ..Marks::default() }, &[], None);
    let text = String::from_utf8(crop.content).unwrap();
    assert_eq!(text.matches(" l S").count(), 8);
    assert!(!text.contains(" c\n") && !text.contains(" re f"));
    let none = draw(&around, Marks::default(), &[], Some("text"));
    assert!(!String::from_utf8(none.content).unwrap().contains(" m\n"));
}

#[test]
fn states_are_balanced_and_colours_are_inks() {
    let drawn = draw(&page(), EVERY, &[spot()], Some("Text"));
    let text = String::from_utf8(drawn.content.clone()).unwrap();
    assert!(text.starts_with("q\n") && text.ends_with("Q\n"));
    let content = lopdf::content::Content::decode(&drawn.content).unwrap();
    let banned = ["rg", "RG", "g", "G", "gs", "Tj", "Do"];
    assert!(content.operations.iter().all(|o| !banned.contains(&o.operator.as_str())));
    let spaces = drawn.resources.get(b"ColorSpace").and_then(Object::as_dict).unwrap();
    assert!(spaces.has(ALL.as_bytes()) && spaces.has(b"MarksInk0"));
}

#[test]
fn a_page_too_small_for_its_marks_is_no_trouble() {
    let around = Around {
        trim: [0.0; 4],
        bleed: [0.0; 4],
        media: [0.0; 4],
        cuts: vec![Across::Level(f64::NAN)],
        folds: vec![Across::Upright(0.0)],
    };
    let _ = draw(&around, EVERY, &[], Some("text"));
}
