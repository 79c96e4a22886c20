//! Names as authors write them, made paths of the publication.
//!
//! A name is looked for in several folders; what is reported is the refusal that helps most.

use crate::manifest::PictureEntry;
use crate::source::{Refusal, Sources};
use unicode_normalization::UnicodeNormalization;

/// The folder part of a path, empty if there is none.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Looks for a file in each of the folders in turn.
pub(super) fn resolve_in(sources: &Sources, folders: &[&str], written: &str) -> Result<String, Refusal> {
    let found = first_of(sources, folders, written);
    match (&found, unescaped(written)) {
        // Markdown writes a space in a name as `%20`.
        (Err(_), Some(plain)) => first_of(sources, folders, &plain).or(found),
        _ => found,
    }
}

fn first_of(sources: &Sources, folders: &[&str], written: &str) -> Result<String, Refusal> {
    let mut worst: Option<Refusal> = None;
    for (index, folder) in folders.iter().enumerate() {
        match (sources.resolve(folder, written), &worst) {
            (Ok(path), _) => return Ok(path),
            (Err(refusal), None) => worst = Some(refusal),
            (Err(Refusal::Missing { near: Some(near) }), Some(Refusal::Missing { near: None })) => {
                worst = Some(Refusal::Missing { near: Some(near) });
            }
            // A link that leads out of a later folder; `..` from there is only an accident of looking.
            (Err(refusal @ (Refusal::Outside | Refusal::Unreadable(_))), Some(Refusal::Missing { .. }))
                if index > 0 && !written.contains("..") =>
            {
                worst = Some(refusal);
            }
            _ => {}
        }
    }
    Err(worst.unwrap_or(Refusal::Missing { near: None }))
}

/// A path with its `%20`s undone; `None` if it has none that make sense.
pub(crate) fn unescaped(written: &str) -> Option<String> {
    if !written.contains('%') {
        return None;
    }
    let bytes = written.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok().filter(|o| o != written)
}

/// The entry of `pictures.toml` that speaks of a path: the one that names most of it.
pub(super) fn entry_for(entries: &[PictureEntry], path: &str) -> Option<usize> {
    let path: String = path.nfc().collect();
    let names = |entry: &PictureEntry| -> Option<usize> {
        let key: String = entry.file.value.replace('\\', "/").trim_start_matches("./").nfc().collect();
        let rest = path.strip_suffix(&key)?;
        (rest.is_empty() || rest.ends_with('/')).then_some(key.len())
    };
    let named = entries.iter().enumerate().filter_map(|(i, e)| Some((names(e)?, i)));
    named.max_by_key(|(length, i)| (*length, std::cmp::Reverse(*i))).map(|(_, i)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_where_they_are_some() {
        assert_eq!(unescaped("the%20weir.jpg").as_deref(), Some("the weir.jpg"));
        assert_eq!(unescaped("m%C3%BChle.jpg").as_deref(), Some("mühle.jpg"));
        assert_eq!(unescaped("100%.jpg"), None);
        assert_eq!(unescaped("plain.jpg"), None);
        assert_eq!(unescaped("%ff.jpg"), None);
    }

    #[test]
    fn paths_have_folders_and_names() {
        assert_eq!((folder_of("a/b/c.md"), name_of("a/b/c.md")), ("a/b", "c.md"));
        assert_eq!((folder_of("c.md"), name_of("c.md")), ("", "c.md"));
    }
}
