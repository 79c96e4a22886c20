//! A content stream as operators with their operands, one at a time.
//!
//! Nothing is kept of what went by; nesting and the number of operands are limited, and damaged text is passed over.

use lopdf::{Dictionary, Object, StringFormat};

/// How deep arrays and dictionaries may nest.
const DEPTH: usize = 24;

/// The most values in the arrays and dictionaries of one operator; those beyond are dropped.
const VALUES: usize = 200_000;

/// A stream that is read.
pub(super) struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    /// The most operands that are kept for one operator; those beyond are dropped.
    most: usize,
    /// How many values stand in the arrays and dictionaries since the last operator.
    made: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a [u8], most: usize) -> Self {
        Lexer { text, at: 0, most, made: 0 }
    }

    /// The next operator; `operands` is filled with what stands before it. `None` at the end.
    pub(super) fn next(&mut self, operands: &mut Vec<Object>) -> Option<&'a [u8]> {
        operands.clear();
        self.made = 0;
        loop {
            self.skip_blank();
            let c = *self.text.get(self.at)?;
            if is_regular(c) && !is_numeric(c) {
                let word = self.word();
                match constant(word) {
                    Some(value) => self.keep(operands, value),
                    None => return Some(word),
                }
                continue;
            }
            if let Some(value) = self.value(0) {
                self.keep(operands, value);
            }
        }
    }

    fn keep(&self, operands: &mut Vec<Object>, value: Object) {
        if operands.len() < self.most {
            operands.push(value);
        }
    }

    /// Passes over an inline picture's data, which begin one byte after `ID`. Gives back how many bytes they take.
    pub(super) fn skip_inline(&mut self) -> usize {
        let start = self.at;
        let blank = |c: Option<&u8>| c.is_none_or(|c| c.is_ascii_whitespace() || *c == 0);
        let text = |from: usize| {
            let next = self.text.get(from..).unwrap_or_default();
            next.iter().take(12).all(|c| (0x20..0x7F).contains(c) || c.is_ascii_whitespace())
        };
        let end = (start + 1..self.text.len().saturating_sub(1)).find(|&at| {
            self.text[at..].starts_with(b"EI")
                && blank(self.text.get(at - 1))
                && blank(self.text.get(at + 2))
                && text(at + 2)
        });
        self.at = end.map_or(self.text.len(), |at| at + 2);
        self.at - start
    }

    fn skip_blank(&mut self) {
        while let Some(&c) = self.text.get(self.at) {
            if c == b'%' {
                while self.text.get(self.at).is_some_and(|&c| c != b'\n' && c != b'\r') {
                    self.at += 1;
                }
            } else if c.is_ascii_whitespace() || c == 0 {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.text.get(self.at).is_some_and(|&c| is_regular(c)) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// One value; `None` for a stray delimiter, which has been passed over.
    fn value(&mut self, depth: usize) -> Option<Object> {
        self.skip_blank();
        match *self.text.get(self.at)? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(name(self.word())))
            }
            b'(' => Some(Object::String(self.string(), StringFormat::Literal)),
            b'<' if self.text.get(self.at + 1) == Some(&b'<') => self.dictionary(depth),
            b'<' => Some(Object::String(self.hex(), StringFormat::Hexadecimal)),
            b'[' => self.array(depth),
            c if is_regular(c) => {
                let word = self.word();
                constant(word).or_else(|| figure(word))
            }
            _ => {
                self.at += 1;
                None
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip_blank();
            match self.text.get(self.at) {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) if depth >= DEPTH => return None,
                Some(_) => {
                    let value = self.value(depth + 1);
                    self.made += 1;
                    if self.made < VALUES {
                        list.extend(value);
                    }
                }
            }
        }
        Some(Object::Array(list))
    }

    fn dictionary(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut dict = Dictionary::new();
        loop {
            self.skip_blank();
            let rest = self.text.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            if rest.starts_with(b">>") {
                self.at += 2;
                break;
            }
            if depth >= DEPTH {
                return None;
            }
            if rest[0] != b'/' {
                self.at += 1;
                continue;
            }
            self.at += 1;
            let key = name(self.word());
            let value = self.value(depth + 1);
            self.made += 1;
            if let Some(value) = value.filter(|_| self.made < VALUES) {
                dict.set(key, value);
            }
        }
        Some(Object::Dictionary(dict))
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut high) = (Vec::new(), None);
        while let Some(&c) = self.text.get(self.at) {
            self.at += 1;
            if c == b'>' {
                break;
            }
            let Some(digit) = (c as char).to_digit(16) else { continue };
            match high.take() {
                None => high = Some(digit as u8),
                Some(h) => out.push(h << 4 | digit as u8),
            }
        }
        out.extend(high.map(|h| h << 4));
        out
    }

    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1);
        while let Some(&c) = self.text.get(self.at) {
            self.at += 1;
            match c {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    out.extend(self.escape());
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            out.push(c);
        }
        out
    }

    fn escape(&mut self) -> Option<u8> {
        let c = *self.text.get(self.at)?;
        self.at += 1;
        Some(match c {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                self.at += usize::from(self.text.get(self.at) == Some(&b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut value = u32::from(c - b'0');
                for _ in 0..2 {
                    let Some(&d @ b'0'..=b'7') = self.text.get(self.at) else { break };
                    value = value * 8 + u32::from(d - b'0');
                    self.at += 1;
                }
                value as u8
            }
            other => other,
        })
    }
}

fn is_regular(c: u8) -> bool {
    !(c.is_ascii_whitespace() || matches!(c, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'))
}

fn is_numeric(c: u8) -> bool {
    c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.')
}

fn constant(word: &[u8]) -> Option<Object> {
    match word {
        b"true" => Some(Object::Boolean(true)),
        b"false" => Some(Object::Boolean(false)),
        b"null" => Some(Object::Null),
        _ => None,
    }
}

fn figure(word: &[u8]) -> Option<Object> {
    let text = std::str::from_utf8(word).ok()?;
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Object::Integer(whole));
    }
    // Writers in the wild say `--5` and `5-3`; readers take what is a number of it.
    let end = text.char_indices().skip(1).find(|(_, c)| !(c.is_ascii_digit() || *c == '.')).map_or(text.len(), |c| c.0);
    Some(Object::Real(text[..end].parse().unwrap_or(0.0)))
}

fn name(word: &[u8]) -> Vec<u8> {
    if !word.contains(&b'#') {
        return word.to_vec();
    }
    let (mut out, mut at) = (Vec::with_capacity(word.len()), 0);
    while let Some(&c) = word.get(at) {
        let digit = |i: usize| word.get(i).and_then(|&c| (c as char).to_digit(16));
        match (c, digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 3;
            }
            _ => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &[u8]) -> Vec<(String, usize)> {
        let (mut lexer, mut operands, mut out) = (Lexer::new(text, 64), Vec::new(), Vec::new());
        while let Some(word) = lexer.next(&mut operands) {
            out.push((String::from_utf8_lossy(word).into_owned(), operands.len()));
            if word == b"ID" {
                lexer.skip_inline();
            }
        }
        out
    }

    #[test]
    fn operators_come_with_their_operands() {
        let text = b"q 1 0 0 -1 .5 0 cm % no\n/P <</MCID 0 /A [1 2]>> BDC [(a\\)(b)) -3 <41>] TJ BI /W 1 ID \x00EI\xff EI Q f*";
        let words: Vec<(String, usize)> = run(text);
        let wanted = [("q", 0), ("cm", 6), ("BDC", 2), ("TJ", 1), ("BI", 0), ("ID", 2), ("Q", 0), ("f*", 0)];
        assert_eq!(words, wanted.map(|(w, n)| (w.to_owned(), n)));
    }

    #[test]
    fn deep_and_damaged_text_ends() {
        run(&b"[".repeat(100_000));
        run(&b"<<".repeat(100_000));
        run(&b"<</A".repeat(100_000));
        run(b"(((((");
        run(b"<41");
        run(b">>>]]})) x");
    }
}
