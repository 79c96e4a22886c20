//! Whole runs of the built program: transcripts under `tests/cli`, replayed in a copy of the sample publication.
//!
//! In a transcript `> …` changes the publication (see `tests/support/overlay.rs`), `$ masthead …` runs the program in its
//! folder, `$ ls` and `$ cat FILE` look at it. What the program says on its error output begins with `! `; its exit
//! status stands last. `BLESS=1 cargo test --release --test cli` renews the transcripts.

#[path = "support/overlay.rs"]
#[allow(dead_code, reason = "the catalogue of findings uses the rest")]
mod overlay;

use overlay::Overlay;
use std::path::Path;
use std::process::Command;

/// Runs the program in a folder: its transcript.
fn run(words: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(words)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("COLUMNS", "100")
        // No Ghostscript: what it has to say is another test's affair.
        .env("PATH", "")
        .output()
        .unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        text.push_str(format!("! {line}").trim_end());
        text.push('\n');
    }
    format!("{text}[exit {}]\n", output.status.code().unwrap())
}

/// Every file below a folder that the program made, sorted.
fn list(folder: &Path, below: &str, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        match entry.path().is_dir() {
            true => list(&entry.path(), &format!("{name}/"), into),
            false => into.push(name),
        }
    }
    into.sort();
}

fn replay(transcript: &str) -> String {
    let overlay = Overlay::with("", None);
    let mut out = String::new();
    let mut lines = transcript.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
        } else if line.starts_with('>') {
            let mut changes = format!("{}\n", &line[2..]);
            out.push_str(&format!("{line}\n"));
            while let Some(line) = lines.next_if(|l| l.starts_with('>')) {
                changes.push_str(&format!("{}\n", &line[2..]));
                out.push_str(&format!("{line}\n"));
            }
            overlay.apply(&changes);
        } else if let Some(command) = line.strip_prefix("$ ") {
            out.push_str(&format!("\n$ {command}\n"));
            let words: Vec<&str> = command.split_whitespace().collect();
            match words[0] {
                "masthead" => out.push_str(&run(&words[1..], &overlay.root())),
                "ls" => {
                    let mut files = Vec::new();
                    list(&overlay.root().join(words[1]), "", &mut files);
                    // A site has a hundred files under names made of their content: `tests/web.rs` looks at those.
                    for file in &mut files {
                        for site in ["site/", "site-draft/"] {
                            if let Some(start) = file.find(site).filter(|at| *at == 0 || file[..*at].ends_with('/')) {
                                file.truncate(start + site.len());
                            }
                        }
                    }
                    files.dedup();
                    out.push_str(&format!("{}\n", files.join("\n")));
                }
                "cat" => out.push_str(&std::fs::read_to_string(overlay.root().join(words[1])).unwrap()),
                other => panic!("`{other}` is no command of transcripts"),
            }
        }
    }
    out
}

#[test]
fn every_transcript_comes_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for path in &files {
        let want = std::fs::read_to_string(path).unwrap();
        let got = replay(&want);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &got).unwrap();
        } else if got != want {
            wrong.push(format!("== {}\n-- expected\n{want}\n-- got\n{got}", path.display()));
        }
    }
    assert!(files.len() >= 5 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_builds_in_different_places_are_the_same_to_the_byte() {
    let build = |zone: &str, locale: &str, words: &[&str]| {
        let overlay = Overlay::with("", None);
        let status = Command::new(env!("CARGO_BIN_EXE_masthead"))
            .args(["build", "--out", "made"])
            .args(words)
            .current_dir(overlay.root())
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("PATH", "")
            .status()
            .unwrap();
        assert!(status.success());
        let mut names = Vec::new();
        list(&overlay.root().join("made"), "", &mut names);
        let read = |name: String| (std::fs::read(overlay.root().join("made").join(&name)).unwrap(), name);
        names.into_iter().map(read).collect::<Vec<_>>()
    };
    let first = build("Pacific/Auckland", "de_DE.UTF-8", &[]);
    let second = build("America/Los_Angeles", "C", &["--no-cache"]);
    assert!(first.len() > 100, "the site's files too: {}", first.len());
    assert_eq!(first.iter().map(|(_, n)| n).collect::<Vec<_>>(), second.iter().map(|(_, n)| n).collect::<Vec<_>>());
    for ((a, name), (b, _)) in first.iter().zip(&second) {
        assert!(a == b, "`{name}` differs");
    }
    // An edition alone is the same as with the others.
    let alone = build("UTC", "C", &["--edition", "epub"]);
    let book = |list: &[(Vec<u8>, String)]| list.iter().find(|(_, n)| n.ends_with("-10.epub")).unwrap().0.clone();
    assert!(book(&first) == book(&alone), "the e-book alone differs");
}

#[test]
fn completions_and_the_manual_are_made() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (shell, mark) in [("bash", "complete -F"), ("zsh", "#compdef masthead"), ("fish", "complete -c masthead")] {
        let text = run(&["completions", shell], here);
        assert!(text.contains(mark) && text.contains("edition"), "{shell}");
    }
    let page = run(&["man"], here);
    for word in [".TH masthead", "MASTHEAD BUILD", "MASTHEAD CHECK", "latest.epub"] {
        assert!(page.contains(word), "{word}");
    }
}
