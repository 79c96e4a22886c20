//! Adverts on finished pages: a double page faces itself, competitors are told apart.

#[path = "support/built.rs"]
#[allow(dead_code, reason = "other tests build and read whole folders")]
mod built;

use built::Publication;

const ISSUE: &str = "2026-10/issue.toml";

const SALLOW: &str = "[[partner]]\nid = \"sallow\"\n";

/// Two pages of A4 with 3 mm of bleed, a colour for each half.
const DOUBLE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="426mm" height="303mm" viewBox="0 0 426 303">
<rect width="213" height="303" fill="#1f3d36"/><rect x="213" width="213" height="303" fill="#e3b23c"/></svg>"##;

/// The pages of the layout report that show an advert, by folio.
fn pages_of(report: &str, advert: &str) -> Vec<usize> {
    let rows = report.lines().filter(|l| l.split_whitespace().skip(1).take(2).eq(["advert", advert]));
    rows.map(|l| l.split_whitespace().next().unwrap().parse().unwrap()).collect()
}

#[test]
fn a_double_page_stands_on_two_pages_that_face_each_other() {
    for theme in ["trade", "glossy"] {
        for place in ["\"run-of-book\"", "{ after = \"articles/let-it-grow.md\" }"] {
            let publication = Publication::copy("gazette");
            publication.edit("masthead.toml", "theme = \"trade\"", &format!("theme = \"{theme}\""));
            std::fs::write(publication.path("2026-10/adverts/wide.svg"), DOUBLE).unwrap();
            let entry = format!(
                "[[advert]]\nid = \"wide\"\npartner = \"sallow\"\nfile = \"adverts/wide.svg\"\nsize = \"double\"\nplace = {place}\n\
                 alt = \"A wide view\"\nlink = \"https://sallowtrees.example\"\n\n{SALLOW}"
            );
            publication.edit(ISSUE, SALLOW, &entry);
            let run = publication.run(&["check", "2026-10", "--layout"]);
            assert_eq!(run.status, Some(0), "{theme}, {place}: {}{}", run.out, run.err);
            let pages = pages_of(&run.out, "wide");
            assert!(
                pages.len() == 2 && pages[0].is_multiple_of(2) && pages[1] == pages[0] + 1,
                "{theme}, {place}: {pages:?}"
            );
            assert!(!run.out.contains("layout/opening-side"), "{theme}, {place}: {}", run.out);
        }
    }
}

#[test]
fn a_double_page_has_its_shape_and_its_place() {
    let publication = Publication::copy("gazette");
    publication.edit(ISSUE, "size = \"full\"", "size = \"double\"");
    let run = publication.run(&["check", "2026-10"]);
    assert!(run.out.contains("advert/shape") && run.out.contains("420 x 297 mm"), "{}", run.out);
    assert!(run.out.contains("which only partners book"), "{}", run.out);
}

#[test]
fn competitors_in_sight_of_each_other_are_told() {
    let publication = Publication::copy("gazette");
    // Both stand at the foot of one page in the sample; as competitors they must not.
    for id in ["sallow", "fingerpost"] {
        publication.edit(ISSUE, &format!("id = \"{id}\"\n"), &format!("id = \"{id}\"\ntrade = \"Gardens\"\n"));
    }
    let run = publication.run(&["check", "2026-10", "--layout"]);
    assert_eq!(run.status, Some(0), "{}{}", run.out, run.err);
    assert!(!run.out.contains("layout/competitors"), "{}", run.out);
    // Booked after the same article they cannot both have what they want.
    let advert = "id = \"fingerpost-letters\"\n";
    let booked = format!("{advert}place = {{ after = \"articles/price-of-a-seat.md\" }}\n");
    publication.edit(ISSUE, advert, &booked);
    let run = publication.run(&["check", "2026-10", "--layout"]);
    assert!(run.out.contains("layout/competitors") || run.out.contains("layout/advert-moved"), "{}", run.out);
}
