//! The order of the rooms: a module imports only from modules above it in the list of `docs/architecture.md`, and the
//! writers never import each other.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const WRITERS: &[&str] = &["epub", "pdf", "press", "web"];

/// The rooms from the first block of `docs/architecture.md`, top first.
fn rooms() -> Vec<String> {
    let page = std::fs::read_to_string(Path::new(ROOT).join("docs/architecture.md")).unwrap();
    let lines = page.lines().filter_map(|l| l.strip_prefix("src/"));
    lines.filter_map(|l| l.split_once('/').map(|(room, _)| room.to_owned())).collect()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// Whether a file holds nothing but tests: those may use everything.
fn is_test(path: &Path) -> bool {
    path.file_stem().and_then(|s| s.to_str()).is_some_and(|s| s == "tests" || s.ends_with("_tests"))
}

/// The first name of a path behind `crate::`, or of each path in `crate::{a, b::c}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut names, mut part) = (1, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&std::mem::take(&mut part))),
            _ => part.push(c),
        }
        if depth == 0 {
            break;
        }
    }
    names.push(name(&part));
    names.retain(|n| !n.is_empty());
    names
}

/// Every room that a file's code names as `crate::room`, tests within the file left out, with the line's number.
fn named(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut list = Vec::new();
    for (number, line) in code.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for part in line.split("crate::").skip(1) {
            list.extend(first_names(part).into_iter().map(|room| (number + 1, room)));
        }
    }
    list
}

/// Every breach of the order in a file of a room.
fn breaches(rooms: &[String], room: &str, text: &str) -> Vec<String> {
    let place = |name: &str| rooms.iter().position(|r| r == name);
    let Some(own) = place(room) else { return vec![format!("`src/{room}` is not in docs/architecture.md")] };
    let wrong = |name: &str| match place(name) {
        _ if name == room => None,
        Some(_) if WRITERS.contains(&room) && WRITERS.contains(&name) => Some("a writer imports another"),
        Some(other) if other > own => Some("is below it"),
        Some(_) => None,
        None => Some("is no room of docs/architecture.md"),
    };
    let tell = |(line, name): (usize, String)| Some(format!("{line}: `{room}` uses `{name}`: {}", wrong(&name)?));
    named(text).into_iter().filter_map(tell).collect()
}

#[test]
fn modules_import_only_from_modules_above_them() {
    let rooms = rooms();
    assert!(rooms.len() > 15, "the list was not found: {rooms:?}");
    let mut files = Vec::new();
    sources(&Path::new(ROOT).join("src"), &mut files);
    files.sort();
    let mut found = Vec::new();
    for path in files.iter().filter(|p| !is_test(p)) {
        let below = path.strip_prefix(Path::new(ROOT).join("src")).unwrap();
        let mut parts = below.iter().filter_map(|p| p.to_str());
        let (Some(room), Some(_)) = (parts.next(), parts.next()) else { continue };
        let text = std::fs::read_to_string(path).unwrap();
        found.extend(breaches(&rooms, room, &text).into_iter().map(|b| format!("{}:{b}", below.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_test_sees_what_it_is_for() {
    let rooms = rooms();
    let count = |room: &str, text: &str| breaches(&rooms, room, text).len();
    assert_eq!(count("epub", "use crate::pdf::write;\n"), 1);
    assert_eq!(count("manifest", "let x = crate::issue::slug(y);\n"), 1);
    assert_eq!(count("manifest", "use crate::{draft::{Draft, Mode}, issue, report::Code};\n"), 2);
    assert_eq!(count("epub", "use crate::issue::Issue;\nuse crate::epub::names;\n"), 0);
    assert_eq!(count("manifest", "// crate::issue is below\n#[cfg(test)]\nuse crate::issue::Issue;\n"), 0);
}
