//! Which paths may be published: records come from files that somebody else may have written.
//!
//! No path that passes leads out of the site, into another issue, or to what publishing itself keeps there.

use super::Error;
use crate::web::record::Record;

/// Means something else in an address or in some file system, or is a store's own.
const FORBIDDEN: &[char] = &['\\', ':', '*', '?', '"', '<', '>', '|', '#', '%', '{', '}', '^', '`', '[', ']', '~'];

/// The landing page of "latest", the last but one file of every publish.
pub(super) const LATEST_PAGE: &str = "latest/index.html";
/// "Latest" for programs, the last file of every publish.
pub(super) const LATEST_DATA: &str = "latest.json";

/// Whether a path is relative, stays below its root, and is the same file everywhere.
pub(super) fn is_safe(path: &str) -> bool {
    path.len() <= 900
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.ends_with(['.', ' ']))
        && !path.contains(|c: char| c.is_control() || FORBIDDEN.contains(&c))
}

/// The landing page and the record go after the issue's other pages, which they name.
pub(super) fn is_landing(path: &str, issue: &str) -> bool {
    path.strip_prefix("issues/")
        .and_then(|p| p.strip_prefix(issue))
        .is_some_and(|p| p == "/index.html" || p == "/issue.json")
}

/// Refuses a record that names what it may not.
pub(super) fn check(record: &Record) -> Result<(), Error> {
    let name = &record.name;
    if name.contains('/') || !is_safe(name) {
        return Err(Error::Kept(format!("the name of an issue is none: `{}`", shown(name))));
    }
    if !is_date(&record.date) {
        return Err(Error::Kept(format!("issue `{name}` has no date of the form 2026-11-05: build it again")));
    }
    let own = format!("issues/{name}/");
    let refused = |path: &str| !(is_safe(path) && (path.starts_with("assets/") || path.starts_with(&own)));
    // Pages of articles are folders, and so end with a `/`.
    let pages = record.articles.iter().map(|a| a.path.strip_suffix('/').unwrap_or(&a.path));
    match record.files.iter().map(String::as_str).chain(named(record)).chain(pages).find(|path| refused(path)) {
        Some(path) => {
            Err(Error::Kept(format!("the record of issue `{name}` names what is not its own: `{}`", shown(path))))
        }
        None => Ok(()),
    }
}

/// The single files that a record names outside its list.
fn named(record: &Record) -> impl Iterator<Item = &str> {
    let pictures = record.cover.images.iter();
    let pictures = pictures.chain(record.articles.iter().filter_map(|a| a.image.as_ref()));
    let pictures = pictures.chain(record.partners.iter().filter_map(|p| p.logo.as_ref()));
    let sheet = Some(record.style.sheet.as_str()).filter(|s| !s.is_empty());
    pictures.map(|i| i.path.as_str()).chain(record.downloads.iter().map(|d| d.path.as_str())).chain(sheet)
}

/// Whether a text is a day, as `2026-11-05`.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Somebody else's text on a terminal: one line, not long, no control characters.
pub(super) fn shown(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    if text.chars().count() > 80 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::flow_tests::record;

    #[test]
    fn hostile_paths_are_refused() {
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "C:/x",
            "a\0b",
            "a\nb",
            "a#1",
            "a%2e",
            "a/b.",
        ] {
            assert!(!is_safe(bad), "{bad:?}");
        }
        for good in
            ["assets/ab12/nice-name.epub", "issues/2026-11/articles/dämmerung/index.html", ".well-known/x", "a b"]
        {
            assert!(is_safe(good), "{good:?}");
        }
    }

    #[test]
    fn a_record_names_only_its_own() {
        assert_eq!(check(&record("2026-11", 1)), Ok(()));
        for bad in ["issues/2026-10/index.html", "latest.json", "publish/records.json", "issues/2026-11/../x", "assets"]
        {
            let mut hostile = record("2026-11", 1);
            hostile.files.push(bad.to_owned());
            assert!(check(&hostile).is_err(), "{bad}");
        }
        for bad in ["..", "a/b", "", "a\\b"] {
            let hostile = crate::web::record::Record { name: bad.to_owned(), files: Vec::new(), ..record("x", 1) };
            assert!(check(&hostile).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_record_names_only_its_own_pictures_and_downloads() {
        let mut hostile = record("2026-11", 1);
        hostile.cover.images[0].path = "../../secret.jpg".to_owned();
        assert!(check(&hostile).is_err());
        let mut hostile = record("2026-11", 1);
        hostile.downloads[0].path = "https://elsewhere.example/x.epub".to_owned();
        assert!(check(&hostile).is_err());
    }

    #[test]
    fn foreign_text_is_tame() {
        assert_eq!(shown("a\u{1b}[31mb\nc"), "a[31mbc");
        assert_eq!(shown(&"x".repeat(200)).chars().count(), 81);
    }
}
