//! One number for the program's own text, by which results that an older program kept are told from its own.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Everything that can change what the program makes.
const PARTS: [&str; 5] = ["Cargo.lock", "build.rs", "fonts", "src", "themes"];

fn files(path: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        into.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        files(&entry?.path(), into)?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let mut list = Vec::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        files(Path::new(part), &mut list)?;
    }
    list.sort();
    let mut hasher = DefaultHasher::new();
    for path in list {
        (path.to_string_lossy(), fs::read(&path)?).hash(&mut hasher);
    }
    println!("cargo::rustc-env=MASTHEAD_TEXT={:016x}", hasher.finish());
    Ok(())
}
