//! The built program and its finished files: the same input makes the same bytes, and every build leaves `dist` whole.
//!
//! Nothing here looks inside the library or into the files.

#[path = "support/built.rs"]
mod built;

use built::Publication;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

const EPUB: &str = "2026-11/kerb-kestrel-2026-11.epub";
const SCREEN: &str = "2026-11/kerb-kestrel-2026-11-screen.pdf";
const ARTICLE: &str = "2026-11/articles/head-first.md";

/// Every file's time of change moved, each by another step.
fn touch(folder: &Path, seconds: &mut u64) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            touch(&path, seconds);
            continue;
        }
        *seconds += 86_461;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(900_000_000 + *seconds);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }
}

/// Where two files differ first, for a message that does not print megabytes.
fn difference(a: &[u8], b: &[u8]) -> String {
    let at = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let near = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(40).min(bytes.len())..(at + 40).min(bytes.len())]).into_owned()
    };
    format!("{} and {} bytes, first different at {at}: {:?} / {:?}", a.len(), b.len(), near(a), near(b))
}

fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name}: {}", difference(bytes, &b[name]));
    }
}

#[test]
fn the_same_publication_makes_the_same_bytes_anywhere() {
    let here = Publication::copy("gazette");
    let there = Publication::copy("another place/with a long name/Zeitschrift");
    touch(&there.path(""), &mut 0);
    let (near_home, far_home) = (here.beside("home"), there.beside("other home"));
    let near = [
        ("TZ", Some("UTC")),
        ("LANG", Some("C")),
        ("LC_ALL", Some("C")),
        ("HOME", near_home.to_str()),
        ("RAYON_NUM_THREADS", Some("1")),
        ("SOURCE_DATE_EPOCH", None),
    ];
    let far = [
        ("TZ", Some("Pacific/Kiritimati")),
        ("LANG", Some("de_DE.UTF-8")),
        ("LC_ALL", Some("ar_EG.UTF-8")),
        ("HOME", far_home.to_str()),
        ("RAYON_NUM_THREADS", Some("5")),
        ("SOURCE_DATE_EPOCH", None),
    ];
    for issue in ["2026-10", "2026-11"] {
        let run = here.run_in(&["build", issue], &near);
        assert_eq!(run.status, Some(0), "{issue}: {}", run.err);
        let run = there.run_in(&["build", issue, "--no-cache"], &far);
        assert_eq!(run.status, Some(0), "{issue}: {}", run.err);
    }
    let first = here.dist();
    assert_eq!(first.keys().filter(|n| n.ends_with(".epub") || n.ends_with(".pdf")).count(), 6, "{:?}", first.keys());
    assert_same(&first, &there.dist());
    // Pictures that the first build kept make the same files as pictures made anew.
    let run = here.run_in(&["build", "2026-11"], &far);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert_same(&first, &here.dist());
}

#[test]
fn latest_is_the_newest_published_issue_whatever_is_built() {
    let publication = Publication::copy("gazette");
    publication.build("2026-10");
    let before = publication.dist();
    assert!(!before.keys().any(|n| n.starts_with("latest")), "an older issue never is: {:?}", before.keys());

    publication.build("2026-11");
    let newest = publication.dist();
    assert!(newest["latest.epub"] == newest[EPUB] && newest["latest.pdf"] == newest[SCREEN]);

    publication.build("2026-10");
    assert_same(&newest, &publication.dist());

    // An announced issue does not take the place of the one that readers have.
    publication.edit("2026-11/issue.toml", "status = \"published\"", "status = \"draft\"");
    publication.build("2026-11");
    let after = publication.dist();
    assert!(after["latest.epub"] == newest["latest.epub"] && after["latest.pdf"] == newest["latest.pdf"]);
    publication.build("2026-10");
    let after = publication.dist();
    assert!(after["latest.pdf"] == after["2026-10/kerb-kestrel-2026-10-screen.pdf"], "now October is the newest");
}

#[test]
fn an_edition_left_behind_is_named() {
    let publication = Publication::copy("gazette");
    let run = publication.build("2026-11");
    assert!(!run.err.contains("another state"), "{}", run.err);
    let before = publication.dist();
    let run = publication.run(&["build", "2026-11", "--edition", "epub"]);
    assert!(run.status == Some(0) && !run.err.contains("another state"), "nothing changed: {}", run.err);

    let text = std::fs::read_to_string(publication.path(ARTICLE)).unwrap();
    std::fs::write(publication.path(ARTICLE), format!("{}\n\nOne more thing.\n", text.trim_end())).unwrap();
    let run = publication.run(&["build", "2026-11", "--edition", "epub"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let note = "kerb-kestrel-2026-11-screen.pdf is from another state of the issue";
    assert!(run.err.contains(note) && run.err.contains("--edition screen"), "{}", run.err);
    assert!(!run.out.contains(".pdf"), "{}", run.out);
    let after = publication.dist();
    assert!(after[EPUB] != before[EPUB] && after["latest.epub"] == after[EPUB]);
    assert!(after[SCREEN] == before[SCREEN] && after["latest.pdf"] == before["latest.pdf"]);

    let run = publication.run(&["build", "2026-11", "--edition", "screen"]);
    assert!(run.status == Some(0) && !run.err.contains("another state"), "{}", run.err);
}

#[test]
fn a_build_with_errors_leaves_everything_as_it_was() {
    let publication = Publication::copy("gazette");
    publication.build("2026-11");
    let before = publication.dist();
    publication.edit(ARTICLE, "\nheadline =", "\nheadlnie =");
    let run = publication.run(&["build", "2026-11"]);
    assert_eq!(run.status, Some(1), "{}", run.err);
    assert!(run.err.contains(ARTICLE) && run.err.contains("nothing was written"), "{}", run.err);
    assert_eq!(run.out, "");
    assert_same(&before, &publication.dist());
}

#[test]
fn a_place_that_cannot_be_written_is_no_finding() {
    let publication = Publication::copy("gazette");
    std::fs::write(publication.path("dist"), "in the way").unwrap();
    let run = publication.run(&["build", "2026-11", "--no-cache"]);
    assert_eq!(run.status, Some(2), "{}", run.err);
    assert!(run.err.contains("dist"), "{}", run.err);
    assert_eq!(std::fs::read(publication.path("dist")).unwrap(), b"in the way");
}
