//! Preflight on files made in code: each fault is found with its rule and page and nothing else; damaged files end.

#[path = "preflight/base.rs"]
mod base;
#[path = "preflight/broken.rs"]
mod broken;
#[path = "preflight/cases.rs"]
mod cases;
#[path = "preflight/more.rs"]
mod more;
#[path = "preflight/program.rs"]
mod program;

use base::Base;
use cases::Case;
use lopdf::{EncryptionState, EncryptionVersion, Permissions};
use masthead::press::Shop;
use masthead::press::preflight::{Plates, Purpose, RULES, Verdict, html, human, json, judge, rendered};
use std::collections::BTreeSet;

fn shop(case: &Case) -> Shop {
    let mut shop = Shop::named(case.shop).unwrap();
    (case.change)(&mut shop);
    shop
}

fn bytes(case: &Case, shop: &Shop) -> Vec<u8> {
    let mut base = Base::new(shop);
    (case.spoil)(&mut base);
    if case.rule == "print/encrypted" {
        let version = EncryptionVersion::V2 {
            document: &base.document,
            owner_password: "owner",
            user_password: "",
            key_length: 128,
            permissions: Permissions::PRINTABLE,
        };
        let state = EncryptionState::try_from(version).unwrap();
        base.document.encrypt(&state).unwrap();
    }
    base.bytes()
}

fn told(verdict: &Verdict, shop: &Shop) -> String {
    human(verdict, "file.pdf", shop, false)
}

#[test]
fn the_good_file_has_no_fault() {
    for name in Shop::names() {
        let shop = Shop::named(name).unwrap();
        let verdict = judge(&Base::new(&shop).bytes(), &shop, &Purpose::Issue);
        assert!(verdict.faults.is_empty() && verdict.unchecked.is_empty(), "{name}: {}", told(&verdict, &shop));
        assert_eq!(verdict.pages.len(), 4);
    }
}

#[test]
fn each_fault_is_found_with_its_page_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let shop = shop(&case);
        let verdict = judge(&bytes(&case, &shop), &shop, &case.purpose);
        let rules: BTreeSet<&str> = verdict.faults.iter().map(|f| f.rule.id()).collect();
        let pages: BTreeSet<usize> = verdict.faults.iter().flat_map(|f| f.pages.clone()).collect();
        if rules != BTreeSet::from([case.rule]) || pages != case.pages.iter().copied().collect() {
            wrong.push(format!("{} ({}), pages {:?}:\n{}", case.what, case.rule, case.pages, told(&verdict, &shop)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_like_a_fault_is_none() {
    for case in more::good() {
        let shop = shop(&case);
        let verdict = judge(&bytes(&case, &shop), &shop, &case.purpose);
        assert!(verdict.faults.is_empty(), "{}: {}", case.what, told(&verdict, &shop));
    }
}

/// Rules that are tested elsewhere in this file.
const ELSEWHERE: &[&str] = &["print/unreadable", "print/ink-coverage", "print/white-at-trim"];

#[test]
fn every_rule_has_a_faulty_file() {
    let tried: BTreeSet<&str> = cases::all().iter().map(|c| c.rule).chain(ELSEWHERE.iter().copied()).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|r| r.id).collect();
    assert_eq!(rules.len(), RULES.len(), "an id is there twice");
    assert_eq!(tried, rules);
    assert!(cases::all().len() >= 40);
}

#[test]
fn the_page_for_editors_lists_every_rule() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/preflight.md");
    let page = std::fs::read_to_string(path).unwrap();
    let shop = Shop::named("fogra39-x4").unwrap();
    for rule in RULES {
        let severity = if rule.severity == masthead::report::Severity::Error { "error" } else { "warning" };
        let row = format!("| `{}` | {severity} | {} |", rule.id, rule.title);
        assert!(page.contains(&row), "docs/preflight.md lacks the line\n{row}");
        assert!(!rule.cites(&shop).is_empty());
    }
}

#[test]
fn many_of_a_kind_are_one_fault() {
    let shop = Shop::named("fogra39-x4").unwrap();
    let mut base = Base::new(&shop);
    for page in [2, 3, 4] {
        base.add(page, &"BT /F1 10 Tf 1 0 0 rg 60 300 Td (Red) Tj ET\n".repeat(1000));
    }
    let verdict = judge(&base.bytes(), &shop, &Purpose::Issue);
    let [fault] = verdict.faults.as_slice() else { panic!("{}", told(&verdict, &shop)) };
    assert_eq!((fault.count, fault.pages.as_slice()), (3000, &[2, 3, 4][..]));
    assert_eq!(fault.message, "text `Red` is in DeviceRGB; 3000 such places on pages 2-4");
    let area = fault.area().unwrap();
    assert!((area.left.0 - 17.6).abs() < 0.2 && (area.width.0 - 5.3).abs() < 0.2, "{area:?}");
    assert!(told(&verdict, &shop).contains("--> file.pdf: page 2, 18 mm from the left and 192 mm from the top"));
}

fn plates(fill: impl Fn(usize, usize) -> [u8; 4]) -> Plates {
    let (width, height) = (308, 431);
    let inks = ["Cyan", "Magenta", "Yellow", "Black"].into_iter().enumerate();
    let plate = |ink: usize| (0..width * height).map(|i| fill(i % width, i / width)[ink]).collect();
    Plates { page: 2, width, height, inks: inks.map(|(i, name)| (name.to_owned(), plate(i))).collect() }
}

fn seen(fill: impl Fn(usize, usize) -> [u8; 4]) -> Vec<&'static str> {
    let shop = Shop::named("fogra39-x4").unwrap();
    let mut verdict = judge(&Base::new(&shop).bytes(), &shop, &Purpose::Issue);
    rendered(&mut verdict, [plates(fill)], &shop, &Purpose::Issue);
    verdict.faults.iter().map(|f| f.rule.id()).collect()
}

#[test]
fn plates_show_ink_and_white_edges() {
    assert!(seen(|_, _| [0; 4]).is_empty());
    assert!(seen(|_, _| [190; 4]).is_empty(), "298 % everywhere");
    assert!(seen(|x, y| if x % 7 == 0 && y % 7 == 0 { [255; 4] } else { [100; 4] }).is_empty(), "single pixels");
    assert_eq!(
        seen(|x, y| if x > 100 && x < 120 && y > 100 && y < 120 { [220; 4] } else { [0; 4] }),
        ["print/ink-coverage"]
    );
    // The trim's left edge is at pixel 5.
    assert_eq!(
        seen(|x, y| if (5..100).contains(&x) && y > 200 { [90, 0, 0, 0] } else { [0; 4] }),
        ["print/white-at-trim"]
    );
    assert!(seen(|x, y| if x < 100 && y > 200 && y < 300 { [90, 0, 0, 0] } else { [0; 4] }).is_empty(), "bleeds");
}

#[test]
fn the_verdict_is_told_to_people_machines_and_browsers() {
    let shop = Shop::named("fogra39-x4").unwrap();
    let mut base = Base::new(&shop);
    base.add(3, "BT /F1 10 Tf 1 0 0 rg 60 300 Td (<Red>) Tj ET");
    let mut verdict = judge(&base.bytes(), &shop, &Purpose::Issue);
    verdict.unchecked.push("ink on the rendered page (Ghostscript is not installed)".to_owned());
    let text = told(&verdict, &shop);
    assert!(text.starts_with("error[print/rgb-text]: text `<Red>` is in DeviceRGB\n --> file.pdf: page 3, "), "{text}");
    assert!(text.contains("  = rule: shop `fogra39-x4`: `ink.rgb = \"convert\"`\n"), "{text}");
    assert!(text.contains("not checked: ink on the rendered page"), "{text}");
    let value = json(&verdict, "file.pdf", &shop);
    assert_eq!(value["faults"][0]["rule"], "print/rgb-text");
    assert_eq!(value["faults"][0]["places"][0]["page"], 3);
    let page = html(&verdict, "a<b>.pdf", &shop, &[None, Some("data:image/png;base64,AA".to_owned())]);
    assert!(page.contains("a&lt;b&gt;.pdf") && page.contains("&lt;Red&gt;") && !page.contains("<Red>"), "{page}");
    assert!(page.contains("class=\"frame error\"") && page.contains("data:image/png;base64,AA"));
}
