use super::*;
use crate::report::Report;

#[test]
fn every_shipped_profile_is_whole_and_without_findings() {
    for name in Shop::names() {
        let text = Shop::text(name).unwrap();
        let mut files = crate::report::Files::default();
        let file = files.add(name, Some(text.to_owned()));
        let mut report = Report::new();
        let document = crate::data::toml::read(file, text, 0, &mut report, crate::report::Code::MANIFEST_SYNTAX);
        crate::data::check(&document, &settings::SHOP, &crate::data::Codes::MANIFEST, &mut report);
        assert!(report.findings().is_empty(), "{name}: {}", crate::report::render_human(&report, &files));
        let shop = Shop::named(name).unwrap();
        assert_eq!(shop.name, name);
        assert!(!shop.about.is_empty() && !shop.condition.identifier.is_empty(), "{name}");
        assert_eq!(&shop.condition.profile[12..20], b"prtrCMYK", "{name}");
        assert!(shop.rich_black.iter().sum::<f64>() <= shop.ink_limit, "{name}");
        assert!(shop.ppi_minimum <= shop.ppi_warning, "{name}");
    }
}

#[test]
fn the_spine_is_leaves_and_two_boards() {
    let mut shop = Shop::named("fogra39-x4").unwrap();
    assert_eq!(shop.spine(64), None);
    shop.binding = Binding::Perfect;
    assert_eq!(shop.spine(64), None);
    (shop.leaf, shop.board) = (Some(Mm(0.1)), Some(Mm(0.25)));
    let spine = shop.spine(64).unwrap().0;
    assert!((spine - 3.7).abs() < 1e-9, "{spine}");
}
