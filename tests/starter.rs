//! `init`, `new` and `schema` as functions: what they write is sound, and nothing is ever overwritten.

use masthead::cli::{init, new, schema};
use masthead::credit;
use masthead::data::Date;
use masthead::manifest::{self, Status};
use masthead::manuscript;
use masthead::report::{Report, render_human};
use masthead::source::Sources;
use std::path::Path;
use std::process::Command;

/// Reads a publication, an issue and its articles; gives back the findings as text.
fn findings(root: &Path, issue: &str) -> String {
    let (mut sources, mut report) = (Sources::open(root).unwrap(), Report::new());
    manifest::publication(&mut sources, &mut report);
    let manifest = manifest::issue(&mut sources, issue, &mut report).unwrap();
    let articles = manifest.sections.iter().flat_map(|s| &s.articles).chain(&manifest.fillers);
    for article in articles {
        let path = sources.resolve(issue, article).unwrap();
        manuscript::parse(&mut sources, &path, "en-GB", &mut report).unwrap();
    }
    render_human(&report, sources.files())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn a_new_publication_has_no_findings() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mill-street-gazette");
    let made = init::run(&root, day("2026-12-24")).unwrap();
    assert!(made.contains(&"2027-01/issue.toml".to_owned()) && made.contains(&"README.txt".to_owned()));
    assert_eq!(findings(&root, "2027-01"), "");
    for name in &made {
        let text = std::fs::read_to_string(root.join(name)).unwrap();
        let left = ["{title}", "{issue}", "{next}", "{date}", "{written}", "{year}"]
            .into_iter()
            .find(|place| text.contains(place));
        assert_eq!(left, None, "{name}");
    }
    let mut sources = Sources::open(&root).unwrap();
    let publication = manifest::publication(&mut sources, &mut Report::new()).unwrap();
    assert_eq!(publication.title.value, "Mill Street Gazette");
    let issue = manifest::issue(&mut sources, "2027-01", &mut Report::new()).unwrap();
    assert_eq!(issue.date.value, day("2027-01-01"));
    assert_eq!(issue.sections.iter().map(|s| s.articles.len()).sum::<usize>(), 3);
    for credit in issue.pictures.iter().map(|p| p.credit.as_ref().unwrap()) {
        assert!(!credit::is_vague(&credit::from_field(credit)), "{}", credit.value);
    }
}

/// What somebody sees first: whole pages, and nothing that falls short.
#[test]
fn a_new_publication_fills_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mill-street-gazette");
    init::run(&root, day("2026-12-24")).unwrap();
    let (well, said) = pages(&root);
    assert!(well && !said.contains("warning["), "{said}");
    assert!(said.contains("\n8 pages (a multiple of four)"), "{said}");
}

/// What `masthead check --layout` says, and whether it was content.
fn pages(root: &Path) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    let output = command.args(["check", "--layout"]).arg(root).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    (output.status.success(), said)
}

/// The drawing below it may not be cut, and stays on the page all the same.
#[test]
fn a_long_headline_leaves_room_for_what_stands_below_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mill-street-gazette");
    init::run(&root, day("2026-12-24")).unwrap();
    let article = root.join("2027-01/articles/seven-minutes-fast.md");
    let text = std::fs::read_to_string(&article).unwrap();
    for words in [8, 16, 24, 40] {
        let long = format!("headline: {}\n", vec!["The clock"; words].join(" "));
        std::fs::write(&article, text.replace("headline: Seven minutes fast\n", &long)).unwrap();
        let (well, said) = pages(&root);
        assert!(well && !said.contains("layout/overlap"), "{words}: {said}");
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let error = init::run(folder.path(), day("2026-12-24")).unwrap_err();
    assert!(error.to_string().contains("is not empty"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let error = init::run(&folder.path().join("notes.txt"), day("2026-12-24")).unwrap_err();
    assert!(error.to_string().contains("is a file"), "{error}");
}

#[test]
fn the_next_issue_carries_on() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    init::run(root, day("2026-11-20")).unwrap();
    let old = root.join("2026-12");
    std::fs::create_dir_all(old.join("partners")).unwrap();
    std::fs::create_dir_all(old.join("adverts")).unwrap();
    std::fs::write(old.join("partners/n.svg"), "<svg/>").unwrap();
    std::fs::write(old.join("adverts/own.svg"), "<svg/>").unwrap();
    std::fs::write(root.join("masthead.toml"), "title = \"T\"\nlanguage = \"en\"\n").unwrap();
    std::fs::write(
        old.join("issue.toml"),
        "# Our notes\nnumber = 9 # running\nvolume = 2\ndate = 2026-12-03\ntitle = \"The dark issue\"\nstatus = \"published\"\n\
         revision = 2\nmodified = 2026-12-04T08:00:00Z\nprice = \"£4\"\nfillers = []\n\n[cover]\npicture = \"c.jpg\"\n\
         [[cover.line]]\nheadline = \"A\"\n\n# News comes first\n[[section]]\ntitle = \"News\"\narticles = [\n  \"a.md\", # lead\n  \"b.md\",\n]\n\n\
         # booked\n[[advert]]\nid = \"x\"\npartner = \"n\"\nfile = \"x.pdf\"\nsize = \"full\"\nplace = { after = \"a.md\" }\n\n\
         [[house-advert]]\nid = \"own\"\nfile = \"adverts/own.svg\"\nsize = \"half-horizontal\"\nalt = \"Us\"\n\n\
         [[partner]]\nid = \"n\"\nname = \"N\"\nlogo = \"partners/n.svg\"\n\n[[partner]]\nid = \"m\"\nname = \"M\"\nlogo = \"partners/m.svg\"\n\n\
         [[allow]]\ncode = \"picture/too-small\"\nreason = \"r\"\n",
    )
    .unwrap();

    let made = new::run(root, "2027-01").unwrap();
    assert_eq!((made.number, made.from.as_deref()), (10, Some("2026-12")));
    assert_eq!(made.files, ["2027-01/adverts/own.svg", "2027-01/issue.toml", "2027-01/partners/n.svg"]);
    assert_eq!(made.left_out, ["partners/m.svg"]);
    let text = std::fs::read_to_string(root.join("2027-01/issue.toml")).unwrap();
    assert_eq!(
        text,
        "# Our notes\nnumber = 10 # running\nvolume = 3\ndate = 2027-01-03\nstatus = \"planned\"\nprice = \"£4\"\nfillers = []\n\n\
         # News comes first\n[[section]]\ntitle = \"News\"\narticles = []\n\n\
         [[house-advert]]\nid = \"own\"\nfile = \"adverts/own.svg\"\nsize = \"half-horizontal\"\nalt = \"Us\"\n\n\
         [[partner]]\nid = \"n\"\nname = \"N\"\nlogo = \"partners/n.svg\"\n\n[[partner]]\nid = \"m\"\nname = \"M\"\nlogo = \"partners/m.svg\"\n"
    );
    assert_eq!(findings(root, "2027-01"), "");
    let names: Vec<_> = Sources::open(root).unwrap().list("").into_iter().filter(|n| n.starts_with('.')).collect();
    assert_eq!(names, Vec::<String>::new(), "nothing half-made is left");

    let error = new::run(root, "2027-01").unwrap_err();
    assert!(error.to_string().contains("exists already"), "{error}");
    let error = new::run(root, "2027-13").unwrap_err();
    assert!(error.to_string().contains("01 to 12"), "{error}");
    let error = new::run(root, "../x").unwrap_err();
    assert!(error.to_string().contains("cannot be an issue's folder"), "{error}");
}

#[test]
fn the_first_issue_needs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("masthead.toml"), "title = \"T\"\nlanguage = \"en\"\n").unwrap();
    let made = new::run(folder.path(), "2026-12").unwrap();
    assert_eq!((made.number, made.from), (1, None));
    assert_eq!(findings(folder.path(), "2026-12"), "");
    let issue = manifest::issue(&mut Sources::open(folder.path()).unwrap(), "2026-12", &mut Report::new()).unwrap();
    assert_eq!((issue.date.value, issue.status), (day("2026-12-01"), Status::Planned));
    let nowhere = tempfile::tempdir().unwrap();
    assert!(new::run(nowhere.path(), "2026-12").unwrap_err().to_string().contains("there is no masthead.toml"));
}

#[test]
fn an_issue_that_does_not_parse_is_no_model() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("masthead.toml"), "title = \"T\"\nlanguage = \"en\"\n").unwrap();
    std::fs::create_dir(folder.path().join("2026-11")).unwrap();
    std::fs::write(folder.path().join("2026-11/issue.toml"), "number = one\n").unwrap();
    let error = new::run(folder.path(), "2026-12").unwrap_err();
    assert!(error.to_string().contains("is not valid TOML"), "{error}");
    assert!(!folder.path().join("2026-12").exists());
}

#[test]
fn the_sample_publications_manifests_have_no_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("issues");
    for issue in ["2026-10", "2026-11"] {
        assert_eq!(findings(&root, issue), "");
    }
}

/// Set `BLESS=1` to renew the files.
#[test]
fn the_published_schemas_are_current() {
    for name in schema::names() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.json"));
        let current = schema::run(name).unwrap();
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &current).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(published == current, "{} is out of date: run the tests with BLESS=1", path.display());
    }
    assert!(schema::run("newspaper").unwrap_err().to_string().contains("choose one of publication, issue"));
}
