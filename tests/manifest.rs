//! Manifests on the disk: what they become, and every fault at its place.

use masthead::data::schema;
use masthead::manifest::{self, AdvertPlace, IssueManifest, Mm, Publication, Status};
use masthead::report::{Report, render_human};
use masthead::source::Sources;
use std::path::Path;

const MASTHEAD: &str = "title = \"Common Ground\"\nlanguage = \"en-GB\"\n";
const ISSUE: &str = "number = 24\ndate = 2026-11-05\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Folder(folder)
    }

    fn sources(&self) -> Sources {
        Sources::open(self.0.path()).unwrap()
    }
}

fn publication(text: &str) -> (Option<Publication>, String) {
    let folder = Folder::new(&[("masthead.toml", text)]);
    let (mut sources, mut report) = (folder.sources(), Report::new());
    let publication = manifest::publication(&mut sources, &mut report);
    (publication, render_human(&report, sources.files()))
}

fn issue_with(files: &[(&str, &str)]) -> (Option<IssueManifest>, String) {
    let folder = Folder::new(files);
    let (mut sources, mut report) = (folder.sources(), Report::new());
    let issue = manifest::issue(&mut sources, "2026-11", &mut report);
    (issue, render_human(&report, sources.files()))
}

fn issue(text: &str) -> (Option<IssueManifest>, String) {
    issue_with(&[("2026-11/issue.toml", text)])
}

/// Lines of a report that begin a finding.
fn findings(report: &str) -> Vec<&str> {
    report.lines().filter(|l| l.starts_with("error[") || l.starts_with("warning[")).collect()
}

#[test]
fn a_whole_publication_is_read() {
    let (publication, report) = publication(&example("## masthead.toml"));
    assert_eq!(report, "");
    let publication = publication.unwrap();
    assert_eq!(publication.title.value, "Common Ground");
    assert_eq!(publication.issn.unwrap().value, "2049-3630");
    assert_eq!(publication.trim.width, Mm(210.0));
    assert_eq!(publication.staff[0].name.value, "Ines Halloran");
    assert_eq!(publication.publisher.address.len(), 2);
    assert_eq!(publication.imprint.len(), 2);
    assert_eq!(publication.allow[0].file.as_ref().unwrap().value, "2026-11/pictures/archive.jpg");
    assert!(publication.barcode);
}

#[test]
fn a_whole_issue_is_read() {
    let text = example("## issue.toml").replace("code = \"…\"", "code = \"picture/too-small\"");
    let pictures = example("## pictures.toml");
    let (issue, report) = issue_with(&[("2026-11/issue.toml", &text), ("2026-11/pictures.toml", &pictures)]);
    assert_eq!(report, "");
    let issue = issue.unwrap();
    assert_eq!((issue.number.value, issue.volume.as_ref().unwrap().value), (24, 3));
    assert_eq!(issue.status, Status::Published);
    assert_eq!(issue.modified, "2026-10-28T09:00:00Z");
    assert_eq!(issue.sections[0].articles[1].value, "articles/weir.md");
    assert_eq!(issue.adverts[0].place, AdvertPlace::InsideFrontCover);
    assert_eq!(issue.house_adverts[0].id.value, "subscribe");
    let cover = issue.cover.unwrap();
    assert_eq!(cover.picture.unwrap().focus, Some((0.5, 0.3)));
    assert_eq!(cover.lines[0].text.as_ref().unwrap().value, "A town opens the lid");
    assert_eq!(issue.pictures[0].file.value, "weir.jpg");
    assert_eq!(issue.partners[0].text.as_ref().unwrap().value, "Street trees, grown slowly");
}

/// The example under a heading of the manual.
fn example(heading: &str) -> String {
    let manual = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manifests.md")).unwrap();
    let from = manual.split_once(&format!("\n{heading}\n")).unwrap().1;
    let text = from.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    text.to_owned()
}

#[test]
fn the_places_of_adverts_are_read() {
    let advert = |place: &str| {
        let text = format!(
            "{ISSUE}[[partner]]\nid = \"n\"\nname = \"N\"\n[[advert]]\nid = \"a\"\npartner = \"n\"\nfile = \"a.svg\"\nsize = \"full\"\n{place}\n"
        );
        let (issue, report) = issue(&text);
        (issue.unwrap().adverts.remove(0).place, report)
    };
    assert_eq!(advert("").0, AdvertPlace::RunOfBook);
    assert_eq!(advert("place = \"back-cover\"").0, AdvertPlace::BackCover);
    let (place, report) = advert("place = { after = \"articles/river.md\" }");
    assert_eq!(report, "");
    assert!(matches!(place, AdvertPlace::After(path) if path.value == "articles/river.md"));
    let (_, report) = advert("place = \"back-covre\"");
    assert!(report.contains("did you mean `back-cover`?"), "{report}");
    let (_, report) = advert("place = 3");
    assert_eq!(findings(&report).len(), 1);
    assert!(report.contains("manifest/wrong-type"), "{report}");
}

#[test]
fn every_fault_is_found_at_once() {
    let text = "titel = \"Common Ground\"\nlanguage = 3\nbarcode = \"yes\"\ntrim = \"A7\"\n\n[publisher]\nwebsite = \"https://a.example\"\n";
    let (publication, report) = publication(text);
    assert!(publication.is_some());
    assert_eq!(
        findings(&report),
        [
            "error[manifest/missing-key]: `title` is missing",
            "error[manifest/unknown-key]: `titel` is no key",
            "error[manifest/wrong-type]: `language` must be text, not a number",
            "error[manifest/wrong-type]: `barcode` must be `true` or `false`, not text",
            "error[manifest/bad-value]: `trim` cannot be `A7`",
            "error[manifest/missing-key]: `name` is missing in `publisher`",
            "error[manifest/unknown-key]: `website` is no key in `publisher`",
        ],
        "{report}"
    );
    assert!(report.contains("did you mean `title`?"), "{report}");
    assert!(report.contains("move it above the first line that begins with `[`"), "{report}");
}

#[test]
fn values_are_checked_by_rule() {
    for (text, code, place) in [
        ("issn = \"2049-3631\"", "manifest/issn", "masthead.toml:3:9"),
        ("website = \"commonground.example\"", "link/malformed", "masthead.toml:3:12"),
        ("website = \"javascript:alert(1)\"", "link/scheme", "masthead.toml:3:12"),
        ("barcode = true", "manifest/missing-key", "masthead.toml:3:11"),
        ("trim = { width = 80, height = 280 }", "manifest/bad-value", "masthead.toml:3:18"),
        ("publisher = { name = \"P\", email = \"desk\" }", "manifest/bad-value", "masthead.toml:3:36"),
        ("[[allow]]\ncode = \"picture/to-small\"\nreason = \"x\"", "manifest/bad-value", "masthead.toml:4:9"),
        ("[[allow]]\ncode = \"file/missing\"\nreason = \"x\"", "manifest/allowance-of-error", "masthead.toml:4:9"),
        ("[[allow]]\ncode = \"picture/too-small\"", "manifest/missing-key", "masthead.toml:3:1"),
        ("[[staff]]\nrole = \"Editor\"", "manifest/missing-key", "masthead.toml:3:1"),
        ("imprint = [\"\"]", "manifest/bad-value", "masthead.toml:3:13"),
        ("[epub]\nmax-size = \"20 miles\"", "manifest/bad-value", "masthead.toml:4:13"),
        ("[epub]\nmax-size = \"20 kB\"", "manifest/bad-value", "masthead.toml:4:13"),
    ] {
        let (_, report) = publication(&format!("{MASTHEAD}{text}\n"));
        assert_eq!(findings(&report).len(), 1, "{report}");
        assert!(report.contains(code) && report.contains(place), "{text}\n{report}");
    }
    let (_, report) = publication("title = \"A\"\nlanguage = \"en_GB\"\n");
    assert!(report.contains("access/language") && report.contains("write `en-GB`"), "{report}");
}

#[test]
fn sizes_are_those_of_shops() {
    for (text, bytes) in [("20 MB", 20_000_000), ("8MB", 8_000_000), ("2,5 mb", 2_500_000), ("1 GB", 1_000_000_000)] {
        let (publication, report) = publication(&format!("{MASTHEAD}[epub]\nmax-size = \"{text}\"\n"));
        assert_eq!(publication.unwrap().epub_max_size.map(|s| s.value), Some(bytes), "{report}");
    }
}

#[test]
fn trims_have_their_sizes() {
    for (text, width, height) in [
        ("", 210.0, 297.0),
        ("trim = \"A4\"", 210.0, 297.0),
        ("trim = \"A5\"", 148.0, 210.0),
        ("trim = \"Letter\"", 215.9, 279.4),
        ("trim = { width = 210, height = 280.5 }", 210.0, 280.5),
    ] {
        let trim = publication(&format!("{MASTHEAD}{text}\n")).0.unwrap().trim;
        assert_eq!((trim.width, trim.height), (Mm(width), Mm(height)), "{text}");
    }
}

#[test]
fn the_rules_of_an_issue_are_checked() {
    let partner = "[[partner]]\nid = \"n\"\nname = \"N\"\n";
    let advert = "[[advert]]\nid = \"a\"\npartner = \"n\"\nfile = \"a.svg\"\nsize = \"full\"\n";
    for (text, code, place) in [
        ("volume = 0", "manifest/bad-value", "2026-11/issue.toml:3:10"),
        ("revision = \"2\"", "manifest/wrong-type", "2026-11/issue.toml:3:13"),
        ("status = \"out\"", "manifest/bad-value", "2026-11/issue.toml:3:11"),
        ("modified = \"yesterday\"", "manifest/wrong-type", "2026-11/issue.toml:3:13"),
        ("[[section]]\ntitle = \"W\"\narticles = [\"a.md\", \"./a.md\"]", "manifest/article-twice", "issue.toml:5:22"),
        ("[[section]]\ntitle = \"W\"\narticles = [\"a.docx\"]", "manifest/bad-value", "issue.toml:5:14"),
        ("[cover]\npicture = \"c.jpg\"\nfocus = [0.5, 1.5]", "manifest/bad-value", "issue.toml:5:15"),
        ("[cover]\npicture = \"c.jpg\"\nfocus = [0.5]", "manifest/bad-value", "issue.toml:5:9"),
        (&format!("{partner}{partner}"), "manifest/duplicate-id", "issue.toml:7:7"),
        (&format!("{partner}{advert}{advert}"), "manifest/duplicate-id", "issue.toml:12:7"),
        (&format!("{advert}{}", partner.replace("\"n\"", "\"north\"")), "manifest/unknown-partner", "issue.toml:5:12"),
        (&format!("{advert}link = \"n.example\"\n{partner}"), "link/malformed", "issue.toml:8:9"),
        (&partner.replace("\"n\"", "\"n b\""), "manifest/bad-value", "issue.toml:4:7"),
        (
            "[[house-advert]]\nid = \"a\"\nfile = \"a.svg\"\nsize = \"full\"\npartner = \"n\"",
            "manifest/unknown-key",
            "issue.toml:7:1",
        ),
    ] {
        let (_, report) = issue(&format!("{ISSUE}{text}\n"));
        assert_eq!(findings(&report).len(), 1, "{report}");
        assert!(report.contains(code) && report.contains(place), "{text}\n{report}");
    }
}

#[test]
fn a_date_that_does_not_exist_is_told_apart_from_text() {
    let (_, report) = issue("number = 1\ndate = \"2026-02-30\"\n");
    assert!(report.contains("a day that the calendar does not have"), "{report}");
    let (_, report) = issue("number = 1\ndate = \"5 November\"\n");
    assert!(report.contains("`date` must be a date, not text"), "{report}");
    assert_eq!(issue("number = 1\ndate = \"2026-02-28\"\n").1, "");
}

#[test]
fn a_file_name_without_quotation_marks_is_explained() {
    let (_, report) =
        issue_with(&[("2026-11/issue.toml", ISSUE), ("2026-11/pictures.toml", "[weir.jpg]\nalt = \"A\"\n")]);
    assert!(report.contains("hint: write `[\"weir.jpg\"]`"), "{report}");
}

#[test]
fn a_manifest_that_is_not_there_is_missed() {
    let folder = Folder::new(&[]);
    let (mut sources, mut report) = (folder.sources(), Report::new());
    assert!(manifest::publication(&mut sources, &mut report).is_none());
    assert!(manifest::issue(&mut sources, "2026-11", &mut report).is_none());
    let report = render_human(&report, sources.files());
    assert_eq!(
        findings(&report),
        [
            "error[manifest/missing]: there is no `2026-11/issue.toml`",
            "error[manifest/missing]: there is no `masthead.toml`"
        ]
    );
}

#[test]
fn a_broken_manifest_has_only_mistakes_of_syntax_and_keeps_the_rest() {
    let (issue, report) =
        issue("number = 24\ndate = 2026-11-05\ntitle = Water\n[[section]]\ntitle = \"W\"\narticles = [\"a.md\"]\n");
    assert_eq!(findings(&report).len(), 1, "{report}");
    assert!(report.contains("manifest/syntax") && report.contains("issue.toml:3:9"), "{report}");
    assert_eq!(issue.unwrap().sections[0].articles[0].value, "a.md");
}

#[test]
fn the_latest_issue_is_the_newest_published_one() {
    let folder = Folder::new(&[
        ("2026-10/issue.toml", "number = 23\ndate = 2026-10-01\nstatus = \"published\"\n"),
        ("2026-11/issue.toml", "number = 24\nvolume = 3\ndate = 2026-11-05\nstatus = \"published\"\n"),
        ("2026-12/issue.toml", "number = 25\ndate = 2026-12-03\nstatus = \"draft\"\n"),
        ("old/issue.toml", "number = [\n"),
        ("theme/theme.toml", ""),
    ]);
    let issues = manifest::issues(&mut folder.sources());
    let folders: Vec<&str> = issues.iter().map(|i| i.folder.as_str()).collect();
    assert_eq!(folders, ["old", "2026-10", "2026-11", "2026-12"]);
    assert_eq!(manifest::latest(&issues).map(|i| (i.folder.as_str(), i.volume)), Some(("2026-11", Some(3))));
    assert_eq!(manifest::latest(&issues[3..]), None);
}

#[test]
fn schemas_describe_what_is_checked() {
    let schema = schema("issue", &manifest::ISSUE);
    assert_eq!(schema["required"], serde_json::json!(["number", "date"]));
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["properties"]["advert"]["items"]["properties"]["size"]["enum"][0], "double");
    assert_eq!(schema["properties"]["cover"]["properties"]["focus"]["maxItems"], 2);
    assert_eq!(schema["properties"]["number"]["minimum"], 1);
}
