//! The front matter of articles: what it becomes, and every fault at its place.

use masthead::manuscript::{ArticleKind, FrontMatter, Role, read_front};
use masthead::report::{Files, Report, render_human};

fn read(text: &str) -> (Option<FrontMatter>, String, String) {
    let mut files = Files::default();
    let file = files.add("articles/weir.md", Some(text.to_owned()));
    let mut report = Report::new();
    let (front, body) = read_front(text, file, &mut report);
    (front, text[body..].to_owned(), render_human(&report, &files))
}

#[test]
fn the_manuals_example_is_read() {
    let manual = include_str!("../docs/articles.md");
    let example = manual.split_once("```markdown\n").unwrap().1.split_once("```").unwrap().0;
    let (front, body, report) = read(example);
    assert_eq!(report, "");
    assert_eq!(body, "");
    let front = front.unwrap();
    assert_eq!(front.headline.value, "The river that came back");
    assert_eq!(front.kind, ArticleKind::Feature);
    let people: Vec<_> = front.byline.iter().map(|c| (c.name.value.as_str(), c.role)).collect();
    assert_eq!(people, [("Mara Ellison", Role::Words), ("Tom Okafor", Role::Photographs)]);
    let lead = front.lead.unwrap();
    assert_eq!(lead.file.value, "weir.jpg");
    assert_eq!(lead.credit.unwrap().value, "Photo by Tom Okafor on Unsplash");
    assert_eq!(front.date.unwrap().value.to_string(), "2026-10-14");
    assert_eq!(front.corrections[0].text.value, "The mill closed in 1974, not 1947.");
    assert_eq!(front.sponsored.unwrap().value, "northbank");
    assert!(front.about.unwrap().value.starts_with("Mara Ellison walks"));
}

#[test]
fn toml_says_the_same() {
    let text =
        "+++\nheadline = \"Water\"\nbyline = [\"Mara\", { name = \"Tom\", role = \"photographs\" }]\n+++\nText\n";
    let (front, body, report) = read(text);
    assert_eq!((body.as_str(), report.as_str()), ("Text\n", ""));
    assert_eq!(front.unwrap().byline[1].role, Role::Photographs);
}

#[test]
fn one_author_needs_no_list_and_news_no_author() {
    let (front, _, report) = read("---\nheadline: A\nbyline: Mara Ellison\nkicker:\n---\nText\n");
    assert_eq!(report, "");
    let front = front.unwrap();
    assert_eq!((front.byline.len(), front.kicker), (1, None));
    assert_eq!(read("---\nheadline: A\nkind: news\n---\n").2, "");
    let (_, _, report) = read("---\nheadline: A\nbyline: []\n---\n");
    assert!(report.contains("error[front-matter/missing-key]: the article has no `byline`"), "{report}");
}

#[test]
fn faults_are_found_at_their_places() {
    for (lines, code, place) in [
        ("titel: A", "front-matter/unknown-key", "weir.md:4:1"),
        ("kind: featrue", "front-matter/bad-value", "weir.md:4:7"),
        ("date: 2026-02-30", "front-matter/bad-value", "weir.md:4:7"),
        ("language: english", "access/language", "weir.md:4:11"),
        ("lead: weir.jpg", "front-matter/bad-value", "weir.md:4:7"),
        ("lead:\n  alt: Water", "front-matter/missing-key", "weir.md:5:3"),
        ("standfirst: Water: who owns it", "front-matter/syntax", "weir.md:4:"),
        ("kicker: 1984", "front-matter/bad-value", "weir.md:4:9"),
    ] {
        let (front, _, report) = read(&format!("---\nheadline: A\nbyline: [B]\n{lines}\n---\nText\n"));
        assert_eq!(report.matches("error[").count(), 1, "{report}");
        assert!(report.contains(code) && report.contains(place), "{lines}\n{report}");
        assert_eq!(front.unwrap().headline.value, "A");
    }
}

#[test]
fn what_others_call_it_is_translated() {
    let (_, _, report) = read("---\nheadline: A\nauthor: B\n---\n");
    assert!(report.contains("it is called `byline` here"), "{report}");
}

#[test]
fn a_missing_or_open_front_matter_is_said() {
    let (front, body, report) = read("# The weir\n\nText\n");
    assert!(front.is_none() && body.starts_with("# The weir"));
    assert!(report.contains("front-matter/missing"), "{report}");
    let (front, body, report) = read("---\nheadline: A\nbyline: B\n\nText that goes on\n");
    assert_eq!(front.unwrap().headline.value, "A");
    assert_eq!(body, "\nText that goes on\n");
    assert!(report.contains("the front matter is not closed"), "{report}");
    let endless = format!("---\n{}---\nText\n", "a: b\n".repeat(20_000));
    let (front, body, report) = read(&endless);
    assert!(front.is_some() && body == "Text\n");
    assert_eq!(report.matches("error[").count(), 1, "{report}");
    let (front, body, _) = read("---");
    assert!(front.is_some() && body.is_empty());
}
