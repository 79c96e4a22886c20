//! A font as far as preflight needs it: whether it is in the file, how wide its letters are, what they mean.

use super::geometry::Matrix;
use super::lex::Lexer;
use super::shared::{Shared, dict_of};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// The most letters that a font's table of meanings may hold.
const MEANINGS: usize = 70_000;

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    /// Its name without a subset's six letters.
    pub(super) name: String,
    /// Whether its letters are in the file.
    pub(super) embedded: bool,
    /// Its letters as drawings, and the transformation into text space; for Type 3 only.
    pub(super) drawn: Option<Drawn>,
    wide: bool,
    first: usize,
    widths: Vec<f64>,
    /// Widths of composite fonts by the first code of each run.
    parts: BTreeMap<usize, Widths>,
    usual: f64,
    /// Meanings by the first code of each run.
    meanings: BTreeMap<usize, Meaning>,
}

/// Widths of codes that follow each other.
#[derive(Debug)]
enum Widths {
    /// One for all up to a code.
    Same(usize, f64),
    /// One for each.
    Each(Vec<f64>),
}

/// What codes that follow each other mean: letters that follow each other.
#[derive(Debug)]
struct Meaning {
    last: usize,
    /// UTF-16 of the first.
    units: Vec<u16>,
}

/// The letters of a Type 3 font.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) matrix: Matrix,
    pub(super) resources: Option<Dictionary>,
    /// The drawing of each code that has one.
    pub(super) letters: BTreeMap<usize, ObjectId>,
}

impl Font {
    pub(super) fn read(shared: &Shared<'_>, dict: &Dictionary) -> Font {
        let kind = shared.name(dict, b"Subtype").unwrap_or_default();
        let base = shared.name(dict, b"BaseFont").or(shared.name(dict, b"Name")).unwrap_or(b"without a name");
        let name = super::colour::text(base);
        let mut font = Font {
            name: match name.split_once('+') {
                Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
                _ => name,
            },
            embedded: true,
            drawn: None,
            wide: kind == b"Type0",
            first: shared.number(dict, b"FirstChar").map_or(0, |n| n.max(0.0) as usize),
            widths: Vec::new(),
            parts: BTreeMap::new(),
            usual: 500.0,
            meanings: meanings(shared, dict),
        };
        match kind {
            b"Type0" => font.composite(shared, dict),
            b"Type3" => font.drawn(shared, dict),
            _ => {
                font.embedded = is_embedded(shared, dict);
                font.simple_widths(shared, dict);
            }
        }
        font
    }

    fn simple_widths(&mut self, shared: &Shared<'_>, dict: &Dictionary) {
        let list = shared.list(dict, b"Widths").iter().take(256);
        self.widths = list.map(|o| super::geometry::number(shared.document, o).unwrap_or(0.0)).collect();
    }

    fn composite(&mut self, shared: &Shared<'_>, dict: &Dictionary) {
        let first = shared.list(dict, b"DescendantFonts").first();
        let Some(part) = first.and_then(|o| dict_of(shared.document.dereference(o).ok()?.1)) else { return };
        self.embedded = is_embedded(shared, part);
        self.usual = shared.number(part, b"DW").unwrap_or(1000.0);
        let list = shared.list(part, b"W");
        let value = |o: &Object| super::geometry::number(shared.document, o);
        let mut at = 0;
        while let (Some(start), Some(next)) = (list.get(at).and_then(value), list.get(at + 1)) {
            let start = start.max(0.0) as usize;
            let next = shared.document.dereference(next).map_or(next, |o| o.1);
            if let Ok(widths) = next.as_array() {
                if !shared.spend(widths.len() as i64) {
                    break;
                }
                let widths = widths.iter().take(70_000).filter_map(value).collect();
                self.parts.insert(start, Widths::Each(widths));
                at += 2;
            } else if let (Some(end), Some(width)) = (value(next), list.get(at + 2).and_then(value)) {
                if !shared.spend(1) {
                    break;
                }
                self.parts.insert(start, Widths::Same(end.max(0.0) as usize, width));
                at += 3;
            } else {
                break;
            }
        }
    }

    fn drawn(&mut self, shared: &Shared<'_>, dict: &Dictionary) {
        self.simple_widths(shared, dict);
        let mut letters = BTreeMap::new();
        if let (Some(procs), Some(encoding)) = (shared.dict(dict, b"CharProcs"), shared.dict(dict, b"Encoding")) {
            let mut code = 0;
            for item in shared.list(encoding, b"Differences").iter().take(1024) {
                match item {
                    Object::Integer(n) => code = usize::try_from(*n).unwrap_or(0),
                    Object::Name(name) => {
                        if let Ok(id) = procs.get(name).and_then(Object::as_reference) {
                            letters.insert(code, id);
                        }
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
        }
        let matrix = Matrix::read(shared.document, dict.get(b"FontMatrix").ok());
        let scale = matrix.scales().0 * 1000.0;
        self.widths.iter_mut().for_each(|w| *w *= scale);
        self.drawn = Some(Drawn { matrix, resources: shared.dict(dict, b"Resources").cloned(), letters });
    }

    /// The codes of a string.
    pub(super) fn codes<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = usize> + use<'t> {
        let step = if self.wide { 2 } else { 1 };
        text.chunks(step).map(|c| c.iter().fold(0, |code, &b| code << 8 | usize::from(b)))
    }

    /// A letter's width in thousandths of the size.
    pub(super) fn width(&self, code: usize) -> f64 {
        if self.wide {
            let width = match self.parts.range(..=code).next_back() {
                Some((_, Widths::Same(last, width))) if code <= *last => Some(*width),
                Some((first, Widths::Each(widths))) => widths.get(code - first).copied(),
                _ => None,
            };
            return width.unwrap_or(self.usual);
        }
        code.checked_sub(self.first).and_then(|i| self.widths.get(i)).copied().unwrap_or(self.usual)
    }

    /// Whether a code is the space between words (ISO 32000-1, 9.3.3).
    pub(super) fn is_space(&self, code: usize) -> bool {
        !self.wide && code == 32
    }

    /// What a letter means, as far as the file says it.
    pub(super) fn meaning(&self, code: usize, into: &mut String) {
        match self.meanings.range(..=code).next_back().filter(|(_, m)| code <= m.last) {
            Some((first, meaning)) => {
                let mut units = meaning.units.clone();
                if let Some(last) = units.last_mut() {
                    *last = last.wrapping_add((code - first) as u16);
                }
                into.push_str(&String::from_utf16_lossy(&units));
            }
            None if !self.wide && (0x20..0x7F).contains(&code) => into.push(code as u8 as char),
            None => {}
        }
    }
}

fn is_embedded(shared: &Shared<'_>, font: &Dictionary) -> bool {
    let descriptor = shared.dict(font, b"FontDescriptor");
    let file = |d: &Dictionary, key: &[u8]| d.get_deref(key, shared.document).is_ok_and(|o| o.as_stream().is_ok());
    descriptor.is_some_and(|d| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| file(d, key)))
}

/// The table of meanings (ISO 32000-1, 9.10.3).
fn meanings(shared: &Shared<'_>, font: &Dictionary) -> BTreeMap<usize, Meaning> {
    let mut map = BTreeMap::new();
    let stream = font.get_deref(b"ToUnicode", shared.document).ok().and_then(|o| o.as_stream().ok());
    let Some(text) = stream.and_then(|s| shared.unfold(s)) else { return map };
    let (mut lexer, mut operands) = (Lexer::new(&text, MEANINGS), Vec::new());
    let code = |o: &Object| o.as_str().ok().map(|s| s.iter().take(4).fold(0, |c, &b| c << 8 | usize::from(b)));
    while let Some(word) = lexer.next(&mut operands) {
        if map.len() > MEANINGS || !shared.spend(1 + operands.len() as i64) {
            break;
        }
        match word {
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Some(units)) = (code(&pair[0]), utf16(&pair[1])) {
                        map.insert(code, Meaning { last: code, units });
                    }
                }
            }
            b"endbfrange" => {
                for range in operands.chunks_exact(3) {
                    let (Some(from), Some(last)) = (code(&range[0]), code(&range[1])) else { continue };
                    match &range[2] {
                        Object::Array(list) => {
                            let each = (from..=last).zip(list).take(MEANINGS);
                            map.extend(each.filter_map(|(c, o)| Some((c, Meaning { last: c, units: utf16(o)? }))));
                        }
                        start => map.extend(utf16(start).map(|units| (from, Meaning { last, units }))),
                    }
                }
            }
            _ => {}
        }
    }
    map
}

fn utf16(object: &Object) -> Option<Vec<u16>> {
    let bytes = object.as_str().ok()?;
    let units: Vec<u16> = bytes.chunks_exact(2).take(16).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
    (!units.is_empty()).then_some(units)
}
