//! Which way a language is written, from its tag: the script subtag decides, else the language.

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// `ltr` or `rtl`, as HTML and EPUB write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

const SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"];
const LANGUAGES: &[&str] = &[
    "ar", "arc", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd",
    "syr", "ug", "ur", "yi",
];

/// The direction of a language by its BCP 47 tag.
pub fn direction(tag: &str) -> Direction {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    let script = parts.find(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rtl = script.map_or(LANGUAGES.contains(&primary), |s| SCRIPTS.contains(&s));
    if rtl { Direction::RightToLeft } else { Direction::LeftToRight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_decides_before_language() {
        for tag in ["ar", "ar-EG", "he", "fa-IR", "ur", "az-Arab", "AR"] {
            assert_eq!(direction(tag).as_str(), "rtl", "{tag}");
        }
        for tag in ["en-GB", "de", "ar-Latn", "", "az", "zh-Hant"] {
            assert_eq!(direction(tag).as_str(), "ltr", "{tag}");
        }
    }
}
