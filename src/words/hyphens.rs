//! Places to divide words that an apostrophe holds together, such as `steelworker’s` and `l’organisation`.
//!
//! The page engine divides words of letters alone. What stands before and after the apostrophe is divided as a word of its
//! own, by the patterns of the language (hypher, from Liang's method: "Word Hy-phen-a-tion by Com-put-er", 1983).

use hypher::Lang;

const SOFT_HYPHEN: char = '\u{AD}';
/// The fewest letters that stay before a division, and that go to the next line.
const LEAST: (usize, usize) = (3, 4);

/// A text with a soft hyphen wherever such a word may be divided, by its BCP 47 language. Nothing else changes.
pub fn soft_hyphens(text: &str, language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let lang = <[u8; 2]>::try_from(primary.as_bytes()).ok().and_then(Lang::from_iso);
    let Some(lang) = lang.filter(|_| text.contains(['’', '\''])) else { return text.to_owned() };
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_alphabetic()) {
        out.push_str(&rest[..at]);
        let word = &rest[at..];
        let end = word.find(|c: char| !c.is_alphabetic() && !is_apostrophe(c)).unwrap_or(word.len());
        let word = word[..end].trim_end_matches(is_apostrophe);
        divide(word, lang, &mut out);
        rest = &rest[at + word.len()..];
    }
    out.push_str(rest);
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '\'')
}

fn divide(word: &str, lang: Lang, out: &mut String) {
    // An apostrophe alone is none: one that closes a quotation stands behind the word, and has been left off.
    if !word.contains(is_apostrophe) {
        out.push_str(word);
        return;
    }
    for (n, part) in word.split(is_apostrophe).enumerate() {
        if n > 0 {
            out.extend(word.chars().filter(|c| is_apostrophe(*c)).nth(n - 1));
        }
        let (count, mut before) = (part.chars().count(), 0);
        for syllable in hypher::hyphenate(part, lang) {
            if before >= LEAST.0 && count - before >= LEAST.1 {
                out.push(SOFT_HYPHEN);
            }
            out.push_str(syllable);
            before += syllable.chars().count();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::soft_hyphens;

    fn shown(text: &str, language: &str) -> String {
        soft_hyphens(text, language).replace('\u{AD}', "-")
    }

    #[test]
    fn words_with_an_apostrophe_are_divided() {
        assert_eq!(shown("A steelworker’s lunch, ‘organised’", "en-GB"), "A steel-worker’s lunch, ‘organised’");
        assert_eq!(shown("l’organisation d’aujourd’hui", "fr"), "l’orga-ni-sa-tion d’aujourd’hui");
        assert_eq!(shown("nell'organizzazione", "it"), "nell'orga-niz-za-zione");
    }

    #[test]
    fn everything_else_stays() {
        for (text, language) in [("an organisation", "en"), ("it’s ’tis o’ the", "en"), ("l’eau", "fr"), ("’", "en")]
        {
            assert_eq!(shown(text, language), text);
        }
        assert_eq!(shown("l’organisation", "xx"), "l’organisation");
        assert_eq!(shown("", "en"), "");
    }
}
