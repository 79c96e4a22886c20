//! A credit's Markdown made plain: the words as readers see them, and the addresses behind them.
//!
//! Only links, the tags of attribution texts, whole-line emphasis and backslashes are taken as markup, so that a name such as `my_name` survives.

/// The words without markup and with single spaces, and the addresses of links, each once.
pub(super) fn plain(text: &str) -> (String, Vec<String>) {
    let mut links = Vec::new();
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = unlink(unwrap(joined.trim()), &mut links);
    words = unwrap(words.trim()).to_owned();
    for word in words.split([' ', '(', ')', '[', ']', '<', '>', ',']) {
        let word = word.trim_end_matches(['.', ';', ':']);
        if is_address(word) {
            remember(&mut links, word);
        }
    }
    (words, links)
}

fn is_address(word: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| word.len() > scheme.len() && word.starts_with(scheme))
}

fn remember(links: &mut Vec<String>, link: &str) {
    if !links.iter().any(|l| l == link) {
        links.push(link.to_owned());
    }
}

/// Takes emphasis marks off that enclose the whole line.
fn unwrap(mut line: &str) -> &str {
    for mark in ["***", "**", "__", "*", "_"] {
        let inner = line.strip_prefix(mark).and_then(|l| l.strip_suffix(mark));
        if let Some(inner) = inner.filter(|i| !i.is_empty() && !i.contains(mark)) {
            line = inner.trim();
        }
    }
    line
}

/// `[words](address "title")` becomes `words`, `<address>` becomes `address`, `\*` becomes `*`.
fn unlink(line: &str, links: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some((words, address, tail)) = link(rest) {
            out.push_str(&unlink(words, links));
            remember(links, address);
            rest = tail;
        } else if let Some((address, tail)) = tag(rest) {
            address.into_iter().for_each(|a| remember(links, a));
            rest = tail;
        } else if let Some((address, tail)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            if is_address(address) {
                remember(links, address);
            }
            out.push_str(address);
            rest = tail;
        } else if let Some(next) = rest.strip_prefix('\\').filter(|n| n.starts_with(|c: char| c.is_ascii_punctuation()))
        {
            out.extend(next.chars().next());
            rest = &next[1..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The address and the rest of an HTML tag at the start of `text`, of those that picture services give with a credit.
fn tag(text: &str) -> Option<(Option<&str>, &str)> {
    let (inside, tail) = text.strip_prefix('<')?.split_once('>')?;
    let name = inside.trim_start_matches('/').split([' ', '/']).next()?.to_lowercase();
    let known = ["a", "b", "i", "em", "strong", "span", "br", "p", "small", "cite"].contains(&name.as_str());
    let address = inside.split_once("href=").and_then(|(_, value)| {
        let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
        value[1..].split(quote).next()
    });
    known.then_some((address.filter(|a| is_address(a)), tail))
}

/// The parts of an inline link at the start of `text`: words, address, what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (words, rest) = inner.split_once("](")?;
    if words.contains('[') || words.contains(']') {
        return None;
    }
    // Addresses of encyclopaedias hold balanced parentheses, as CommonMark allows.
    let mut depth = 0;
    let end = rest.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let address = rest[..end].split(' ').next()?.trim_matches(['<', '>']);
    (!address.is_empty()).then_some((words, address, &rest[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_addresses_stay_known() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("Photo: A. Name", "Photo: A. Name", &[]),
            ("Photo: [A. Name](https://a.example/x) / Agency", "Photo: A. Name / Agency", &["https://a.example/x"]),
            ("*Photo: my_name*", "Photo: my_name", &[]),
            ("[A](https://w.example/B_(C)), CC0", "A, CC0", &["https://w.example/B_(C)"]),
            ("© A. Name, <https://a.example>", "© A. Name, https://a.example", &["https://a.example"]),
            ("Foto: A, https://a.example/b.", "Foto: A, https://a.example/b.", &["https://a.example/b"]),
            ("<a href=\"https://a.example/x\">A. Name</a> &c", "A. Name &c", &["https://a.example/x"]),
            ("A. Name & <Son>", "A. Name & Son", &[]),
            ("Photo:  A\n B \\* C", "Photo: A B * C", &[]),
            ("[unclosed](https://a.example", "[unclosed](https://a.example", &["https://a.example"]),
        ];
        for (text, words, links) in cases {
            let (got, found) = plain(text);
            assert_eq!(
                (got.as_str(), found.as_slice()),
                (*words, links.iter().map(|l| l.to_string()).collect::<Vec<_>>().as_slice())
            );
        }
    }
}
