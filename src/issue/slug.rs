//! Names of articles for file names and anchors: ASCII letters, digits and hyphens, each once in an issue.
//!
//! A slug begins with a letter (an id of XML must) and is no name that an edition uses for a document of its own.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names that editions use for themselves.
const RESERVED: &[&str] = &[
    "article",
    "contents",
    "cover",
    "credits",
    "imprint",
    "index",
    "landmarks",
    "masthead",
    "nav",
    "ncx",
    "package",
    "page-list",
    "partners",
    "style",
    "title",
    "titlepage",
    "toc",
];

/// Names that Windows keeps for devices, whatever their ending: a site may be copied there.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Hands out slugs.
#[derive(Debug, Default)]
pub struct Slugs {
    taken: BTreeSet<String>,
}

impl Slugs {
    /// A slug for an article's path.
    pub fn next(&mut self, path: &str) -> String {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let plain = slug(stem);
        let starts_well = plain.starts_with(|c: char| c.is_ascii_lowercase());
        let numbered =
            |p: &&str| plain.strip_prefix(*p).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
        let reserved = RESERVED.contains(&plain.as_str())
            || DEVICES.contains(&plain.as_str())
            || ["com", "lpt"].iter().any(numbered)
            || ["advert", "filler", "page", "picture", "section"].iter().any(|p| {
                plain.strip_prefix(p).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with('-') || rest.starts_with(|c: char| c.is_ascii_digit())
                })
            });
        let base = match (plain.is_empty(), starts_well && !reserved) {
            (true, _) => "article-1".to_owned(),
            (false, true) => plain,
            (false, false) => format!("article-{plain}"),
        };
        let mut candidate = base.clone();
        let mut count = 1;
        while !self.taken.insert(candidate.clone()) {
            count += 1;
            candidate = format!("{base}-{count}");
        }
        candidate
    }
}

/// Words as a slug: accents dropped, what has no ASCII form left out, at most 60 characters.
pub fn slug(words: &str) -> String {
    let mut out = String::new();
    for c in words.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '\'' | '’' => {}
            _ if !out.ends_with('-') && !out.is_empty() => out.push('-'),
            _ => {}
        }
        if out.len() >= 60 {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_unique_and_never_an_editions_own() {
        let mut slugs = Slugs::default();
        let got: Vec<String> = [
            "2026-11/articles/River.md",
            "2026-11/other/river.md",
            "Über die Straße.md",
            "cover.md",
            "24-hours.md",
            "نهر.md",
            "河.md",
            "advert-1.md",
            "advertising.md",
            "it's.md",
        ]
        .iter()
        .map(|p| slugs.next(p))
        .collect();
        let expected = [
            "river",
            "river-2",
            "uber-die-strasse",
            "article-cover",
            "article-24-hours",
            "article-1",
            "article-1-2",
            "article-advert-1",
            "advertising",
            "its",
        ];
        assert_eq!(got, expected);
    }
}
