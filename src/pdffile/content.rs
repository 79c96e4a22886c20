//! A page's content as operators, and the same without marked content.
//!
//! Everything else keeps its bytes: nothing is parsed that need not be.

/// Takes the operators of marked content out (ISO 32000-1, 14.6): tags of another document mean nothing in this one,
/// and an artifact inside a figure is forbidden (ISO 14289-1, 7.1).
pub(super) fn without_marks(content: &[u8]) -> Vec<u8> {
    const MARKS: &[&[u8]] = &[b"BMC", b"BDC", b"EMC", b"MP", b"DP"];
    let mut out = Vec::with_capacity(content.len());
    let mut start = 0;
    let mut at = 0;
    while at < content.len() {
        match content[at] {
            b'(' => at = string_end(content, at),
            b'%' => at = find(content, at, |c| c == b'\n' || c == b'\r'),
            b'/' => at = find(content, at + 1, |c| !is_regular(c)),
            b'<' if content.get(at + 1) != Some(&b'<') => at = find(content, at, |c| c == b'>') + 1,
            c if is_regular(c) => {
                let end = find(content, at, |c| !is_regular(c));
                let word = &content[at..end];
                at = end;
                if !is_operator(word) {
                    continue;
                }
                if word == b"ID" {
                    at = inline_end(content, end);
                }
                if !MARKS.contains(&word) {
                    out.extend(&content[start..at]);
                } else {
                    out.push(b'\n');
                }
                start = at;
            }
            _ => at += 1,
        }
    }
    out.extend(&content[start.min(content.len())..]);
    out
}

fn is_regular(c: u8) -> bool {
    !matches!(
        c,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0C'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// Numbers and the three words that are values are no operators.
fn is_operator(word: &[u8]) -> bool {
    let number = word.iter().all(|c| c.is_ascii_digit() || b"+-.".contains(c));
    !number && ![&b"true"[..], b"false", b"null"].contains(&word)
}

fn find(content: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let from = from.min(content.len());
    content[from..].iter().position(|c| wanted(*c)).map_or(content.len(), |at| from + at)
}

fn string_end(content: &[u8], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < content.len() {
        match content[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at.min(content.len())
}

/// One past the `EI` of an inline picture whose `ID` ends at `start`.
fn inline_end(content: &[u8], start: usize) -> usize {
    let blank = |c: Option<&u8>| c.is_none_or(|c| c.is_ascii_whitespace() || *c == 0);
    // Samples can look like the end by chance: what follows the true one is text.
    let text =
        |from: usize| content[from..].iter().take(12).all(|c| (0x20..0x7F).contains(c) || c.is_ascii_whitespace());
    (start + 1..content.len().saturating_sub(1))
        .find(|&at| {
            content[at..].starts_with(b"EI") && blank(content.get(at - 1)) && blank(content.get(at + 2)) && text(at + 2)
        })
        .map_or(content.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content: &[u8]) -> String {
        let text = without_marks(content);
        String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_go_and_all_else_stays() {
        let cases: &[(&str, &str)] = &[
            ("/P <</MCID 0>> BDC BT (a BDC \\) (b) EMC) Tj ET EMC", "BT (a BDC \\) (b) EMC) Tj ET"),
            ("/Artifact BMC 0 0 1 1 re f EMC", "0 0 1 1 re f"),
            ("q 1 0 0 1 0 0 cm /OC /L1 BDC /Im1 Do EMC Q", "q 1 0 0 1 0 0 cm /Im1 Do Q"),
            ("/BDC gs <42444320> Tj % EMC\n1 w", "/BDC gs <42444320> Tj % EMC 1 w"),
            ("[(x) -20 (y)] TJ /A /B DP /C MP", "[(x) -20 (y)] TJ"),
            ("/S << /A [1 2] /B (x) >> BDC f*", "f*"),
        ];
        for (given, wanted) in cases {
            assert_eq!(words(given.as_bytes()), *wanted, "{given}");
        }
    }

    #[test]
    fn inline_pictures_keep_their_samples() {
        let content = b"BI /W 2 /H 2 /BPC 8 /CS /G ID \x01 EI\xFF BDC \x02\x03 EI Q /X BMC";
        let kept = without_marks(content);
        assert!(kept.starts_with(&content[..content.len() - 7]));
        assert!(!kept.ends_with(b"BMC"));
    }

    #[test]
    fn no_content_makes_it_stumble() {
        for content in [&b"("[..], b"<", b"<<", b"ID", b"ID ", b"/", b"%", b")", b"\\", b"(\\", b"BI ID E", b""] {
            let _ = without_marks(content);
        }
    }
}
