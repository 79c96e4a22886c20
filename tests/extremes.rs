//! What is odd about names, sizes and themes: it is built as it was meant, or told of, and never a crash.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/invented.rs"]
mod invented;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

static PICTURES: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    invented::pictures(folder.path());
    folder
});

/// A publication with one issue, `2026-12`, of these articles: file name and text.
struct Made {
    _folder: TempDir,
    root: PathBuf,
}

impl Made {
    fn of(articles: &[(String, String)]) -> Made {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let root = folder.path().join("my gazette");
        let issue = root.join("2026-12");
        ["articles", "pictures"].iter().for_each(|name| std::fs::create_dir_all(issue.join(name)).unwrap());
        std::fs::copy(PICTURES.path().join("shed.jpg"), issue.join("pictures/cover.jpg")).unwrap();
        std::fs::write(
            root.join("masthead.toml"),
            "title = \"Gazette\"\nlanguage = \"en-GB\"\n[publisher]\nname = \"Press\"\n",
        )
        .unwrap();
        let names: Vec<String> = articles.iter().map(|(name, _)| format!("\"articles/{name}\"")).collect();
        let manifest = format!(
            "number = 1\ndate = 2026-12-03\nstatus = \"published\"\n[cover]\npicture = \"pictures/cover.jpg\"\nalt = \"A shed\"\n\
             credit = \"Photo: Ada Byron\"\n[[cover.line]]\nheadline = \"Odd things\"\n[[section]]\ntitle = \"All\"\narticles = [{}]\n",
            names.join(", ")
        );
        std::fs::write(issue.join("issue.toml"), manifest).unwrap();
        for (name, text) in articles {
            std::fs::write(issue.join("articles").join(name), text).unwrap();
        }
        Made { _folder: folder, root }
    }

    fn picture(&self, from: &str, name: &str) {
        std::fs::copy(PICTURES.path().join(from), self.root.join("2026-12/pictures").join(name)).unwrap();
    }

    fn run(&self, words: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        let output = command.args(words).current_dir(&self.root).env("PATH", "").output().unwrap();
        let told = [output.stdout, output.stderr].map(|t| String::from_utf8_lossy(&t).into_owned()).concat();
        assert!(!told.contains("panicked"), "{told}");
        (output.status.code(), told)
    }

    fn build(&self, editions: &str) {
        let (status, told) = self.run(&["build", ".", "2026-12", "--edition", editions]);
        assert_eq!(status, Some(0), "{told}");
    }

    fn dist(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.root.join("dist").join(name)).unwrap_or_else(|_| panic!("no {name}"))
    }
}

fn article(headline: &str, text: &str) -> String {
    format!("---\nheadline: {headline}\nkind: news\n---\n\n{text}\n")
}

fn names_in(epub: &[u8]) -> Vec<String> {
    zip::ZipArchive::new(Cursor::new(epub)).unwrap().file_names().map(|n| n.unwrap().into_owned()).collect()
}

fn document(epub: &[u8], end: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    let name = archive
        .file_names()
        .map(|n| n.unwrap().into_owned())
        .find(|n| n.ends_with(end))
        .unwrap_or_else(|| panic!("no {end}"));
    let mut text = String::new();
    archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every file of a folder, by its path in it.
fn files(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(root, &path, found);
        } else {
            found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
}

#[test]
fn odd_file_names_are_read_and_plain_ones_written() {
    let figure = |file: &str| format!("![A striped shed](<{file}>)\nA shed.\nPhoto: Ada Byron\n\n");
    // Written by the author in one normal form, on the disk in the other; a space; names that Windows keeps for devices.
    let text = ["mu\u{308}hle (2).jpg", "CON.jpg", "aux.jpg", "a%20b.jpg", "-x.jpg", "Shed.jpg", "shed.jpg"]
        .map(figure)
        .concat();
    let made = Made::of(&[
        ("con.md".to_owned(), article("One", &format!("Some words.\n\n{text}"))),
        ("my article, late.md".to_owned(), article("Two", "More words.")),
        ("Ärger.md".to_owned(), article("Three", "Other words.")),
        ("arger.md".to_owned(), article("Four", "Last words.")),
    ]);
    for (from, name) in [
        ("hill.jpg", "m\u{fc}hle (2).jpg"),
        ("shed.jpg", "CON.jpg"),
        ("reel.jpg", "aux.jpg"),
        ("vase.jpg", "a%20b.jpg"),
        ("quarter.jpg", "-x.jpg"),
        ("eighth.jpg", "Shed.jpg"),
        ("third.jpg", "shed.jpg"),
    ] {
        made.picture(from, name);
    }
    let toml = made.root.join("masthead.toml");
    std::fs::write(&toml, std::fs::read_to_string(&toml).unwrap() + "[web]\ndownloads = []\n").unwrap();
    made.build("epub,screen,web");
    let epub = made.dist("2026-12/gazette-2026-12.epub");
    let mut written = names_in(&epub);
    assert_eq!(written.iter().filter(|n| n.contains("/article-")).count(), 4, "{written:?}");
    assert!(written.iter().filter(|n| n.contains("/pictures/")).count() >= 8, "{written:?}");
    let site = made.root.join("dist/site");
    files(&site, &site, &mut written);
    let mut seen = BTreeSet::new();
    for name in &written {
        assert!(
            seen.insert(name.to_lowercase()) || name.starts_with("dist"),
            "{name} differs in case only from another"
        );
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)), "{name}");
        for part in name.split('/') {
            let stem = part.split('.').next().unwrap().to_lowercase();
            assert!(
                !["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.as_str()),
                "{name}: Windows has no such file"
            );
        }
    }
}

#[test]
fn a_name_in_the_wrong_case_is_told_with_the_right_one() {
    let made = Made::of(&[("a.md".to_owned(), article("One", "![A shed](Shed.JPG)\nA shed.\nPhoto: Ada Byron"))]);
    made.picture("shed.jpg", "shed.jpg");
    let (status, told) = made.run(&["check", ".", "2026-12"]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("a.md:6") && told.contains("shed.jpg"), "{told}");
}

#[test]
fn a_headline_of_a_thousand_letters_is_set_whole() {
    let long = "Somebody ought to have cut this headline before it came to us ".repeat(17);
    let word = "Donaudampfschifffahrtselektrizit\u{e4}tenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4);
    let made = Made::of(&[
        ("a.md".to_owned(), article(long.trim(), &"Some words. ".repeat(200))),
        ("b.md".to_owned(), article(&word, &"Some words. ".repeat(200))),
    ]);
    made.build("epub,screen");
    let epub = made.dist("2026-12/gazette-2026-12.epub");
    assert!(document(&epub, "article-a.xhtml").contains(long.trim()));
    assert!(document(&epub, "article-b.xhtml").contains(&word));
}

#[test]
fn a_word_wider_than_its_column_is_named() {
    let text = format!("{} {} and some words more. {}", "Words. ".repeat(40), "w0x9".repeat(40), "Words. ".repeat(40));
    let made = Made::of(&[("a.md".to_owned(), article("Short", &text))]);
    let (_, told) = made.run(&["check", "--layout"]);
    assert!(told.contains("warning[layout/wide-word]: page 3: “") && told.contains("w0x9w0x9"), "{told}");
    assert!(told.contains("mm beyond its column"), "{told}");
    let plain = Made::of(&[("a.md".to_owned(), article("Short", &"Words. ".repeat(80)))]);
    assert!(!plain.run(&["check", "--layout"]).1.contains("layout/wide-word"));
}

#[test]
fn a_manuscript_of_five_megabytes_is_read() {
    let paragraph =
        "Words upon words, and none of them is left out on the way to the reader, who has time. ".repeat(12);
    let count = 5_000_000 / (paragraph.len() + 2);
    let text: String = (0..count).map(|n| format!("{n} {paragraph}\n\n")).collect();
    let made = Made::of(&[("a.md".to_owned(), article("Long", &text))]);
    let (status, told) = made.run(&["check", ".", "2026-12"]);
    assert_eq!(status, Some(0), "{told}");
}

#[test]
fn ten_thousand_articles_are_read() {
    let articles: Vec<(String, String)> = (0..10_000)
        .map(|n| (format!("a{n}.md"), article(&format!("Number {n}"), &format!("Words of number {n}."))))
        .collect();
    let made = Made::of(&articles);
    let (status, told) = made.run(&["check", ".", "2026-12"]);
    assert_eq!(status, Some(0), "{}", told.chars().take(2000).collect::<String>());
}

#[test]
fn a_theme_reads_no_file_but_its_own() {
    let made = Made::of(&[("a.md".to_owned(), article("One", "Some words."))]);
    let secret = made.root.parent().unwrap().join("secret.txt");
    std::fs::write(&secret, "the secret").unwrap();
    let theme = made.root.join("mine");
    std::fs::create_dir(&theme).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/trade");
    for entry in std::fs::read_dir(shipped).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, theme.join(path.file_name().unwrap())).unwrap();
    }
    let toml = made.root.join("masthead.toml");
    std::fs::write(&toml, format!("theme = \"mine\"\n{}", std::fs::read_to_string(&toml).unwrap())).unwrap();
    made.build("screen");
    let cover = theme.join("cover.typ");
    let good = std::fs::read_to_string(&cover).unwrap();
    for path in ["/etc/passwd", "../../secret.txt", secret.to_str().unwrap(), "../masthead.toml", "@preview/x:1.0.0"] {
        let line = if path.starts_with('@') {
            format!("#import \"{path}\"\n")
        } else {
            format!("#let stolen = read(\"{path}\")\n")
        };
        std::fs::write(&cover, format!("{line}{good}")).unwrap();
        let (status, told) = made.run(&["check", ".", "2026-12", "--layout"]);
        assert_ne!(status, Some(0), "{path} was read");
        assert!(
            told.contains("cover.typ") && !told.contains("the secret") && !told.contains("root:"),
            "{path}: {told}"
        );
    }
}
