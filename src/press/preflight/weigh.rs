//! How much memory a file would take when it is opened, told before it is: a small file can unfold to gigabytes of objects.
//!
//! Words outside streams and in packed object streams are counted; each may become an object. It is an estimate from above
//! for what is plain, and says nothing of what is encrypted.

use super::lex::Lexer;
use lopdf::{Object, Stream};

/// The most words that a file may have; each becomes an object of about a hundred bytes.
pub(super) const MOST: usize = 6_000_000;
/// The most bytes that one packet of objects may unfold to while it is weighed.
const PACKET: usize = 64 << 20;
/// How far before its data a stream's dictionary may begin.
const HEAD: usize = 4096;

/// Counts words up to the limit.
pub(super) fn words(bytes: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() && count <= MOST {
        let rest = &bytes[at..];
        let Some(found) = find(rest, b"stream") else {
            count += words_of(rest);
            break;
        };
        count += words_of(&rest[..found]);
        let start = at + found + b"stream".len();
        if rest[..found].ends_with(b"end") || !matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            at = start;
            continue;
        }
        let head = &bytes[(at + found).saturating_sub(HEAD).max(at)..at + found];
        let end = find(&bytes[start..], b"endstream").map_or(bytes.len(), |n| start + n);
        if find(head, b"/ObjStm").is_some() {
            count += packed(head, &bytes[start..end]);
        }
        at = end;
    }
    count
}

/// Words in a packet of objects.
fn packed(head: &[u8], data: &[u8]) -> usize {
    let from = head.windows(4).rposition(|w| w == b" obj").map_or(0, |n| n + 4);
    let (mut lexer, mut operands) = (Lexer::new(&head[from..], 8), Vec::new());
    let _ = lexer.next(&mut operands);
    let Some(Object::Dictionary(mut dict)) = operands.into_iter().next_back() else { return 0 };
    dict.remove(b"Length");
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    match Stream::new(dict, data.to_vec()).get_plain_content_with_limit(PACKET) {
        Ok(text) => words_of(&text),
        // Larger than can be weighed; what is damaged or encrypted is found out when it is opened.
        Err(lopdf::Error::Decompress(_)) => MOST / 2,
        Err(_) => 0,
    }
}

/// Words by their ends: what is followed by a blank or a delimiter.
fn words_of(text: &[u8]) -> usize {
    let ends = |c: u8| c.is_ascii_whitespace() || matches!(c, b'/' | b'[' | b']' | b'<' | b'>' | b'(' | 0);
    text.windows(2).filter(|w| !ends(w[0]) && ends(w[1])).count()
        + text.iter().filter(|c| matches!(c, b'[' | b'<')).count()
}

/// The first place of a short word.
fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    while let Some(found) = text.get(at..)?.iter().position(|&c| c == first) {
        at += found;
        if text[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
    None
}
