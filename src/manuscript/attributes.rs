//! Attributes in braces: `{#name lang=de wide}`.
//!
//! They stand on one line. Whatever does not follow the grammar is no attribute list but text.

use std::ops::Range;

/// One list of attributes; places are bytes of the scanned text.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes {
    /// From the opening brace to one past the closing one.
    pub range: Range<usize>,
    /// What stands between, in order.
    pub items: Vec<Attribute>,
}

/// One attribute.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// `#` for an id, `.` for a class, otherwise the word before `=`.
    pub key: String,
    /// The value; empty for a mere word.
    pub value: String,
    /// The whole attribute.
    pub range: Range<usize>,
}

impl Attributes {
    /// Reads a list whose opening brace is at `at`.
    pub(super) fn scan(text: &str, at: usize) -> Option<Attributes> {
        let rest = text.get(at..)?;
        let line = rest.split('\n').next()?;
        let mut items = Vec::new();
        let mut here = line.strip_prefix('{').map(|_| 1)?;
        loop {
            here += blanks(&line[here..]);
            if line[here..].starts_with('}') {
                here += 1;
                break;
            }
            let length = item_length(&line[here..])?;
            items.push(item(&line[here..here + length], at + here)?);
            here += length;
        }
        (!items.is_empty()).then_some(Attributes { range: at..at + here, items })
    }

    /// The attribute of this key, last one first.
    pub(super) fn get(&self, key: &str) -> Option<&Attribute> {
        self.items.iter().rev().find(|a| a.key == key)
    }

    /// Whether the mere word is there.
    pub(super) fn has(&self, word: &str) -> bool {
        self.items.iter().any(|a| a.key == word && a.value.is_empty())
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// The length of the attribute that begins the text: up to a blank or brace outside quotation marks.
fn item_length(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (i, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ' ' | '\t' | '}' if !quoted => return (i > 0).then_some(i),
            '{' | '[' | ']' if !quoted => return None,
            _ => {}
        }
    }
    None
}

fn item(text: &str, at: usize) -> Option<Attribute> {
    let (key, value) = match text.chars().next()? {
        mark @ ('#' | '.') => (mark.to_string(), &text[1..]),
        _ => match text.split_once('=') {
            Some((key, value)) => (key.to_ascii_lowercase(), value.trim_matches('"')),
            None => (text.to_ascii_lowercase(), ""),
        },
    };
    let is_word = |s: &str| s.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c));
    let sound = match key.as_str() {
        "#" | "." => !value.is_empty() && is_word(value),
        _ => !key.is_empty() && is_word(&key) && (text.len() == key.len() || !value.is_empty()),
    };
    sound.then(|| Attribute { key, value: value.to_owned(), range: at..at + text.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_text_is_left_alone() {
        let list = Attributes::scan("x{#weir lang=de-CH wide alt=\"two words\"} y", 1).expect("a list");
        assert_eq!(list.range, 1..40);
        assert_eq!(list.get("#").map(|a| a.value.as_str()), Some("weir"));
        assert_eq!(list.get("lang").map(|a| a.value.as_str()), Some("de-CH"));
        assert_eq!(list.get("alt").map(|a| a.value.as_str()), Some("two words"));
        assert!(list.has("wide") && !list.has("lang"));
        for text in ["{}", "{ }", "{a, b}", "{lang=}", "{#}", "{open", "{a\nb}", "{{a}}", "{don't}"] {
            assert!(Attributes::scan(text, 0).is_none(), "{text}");
        }
    }
}
