//! The text of a PDF page with the place of every glyph.
//!
//! Only what the editions themselves contain is understood: composite fonts with two-byte codes (ISO 32000-2, 9.7 and
//! 9.10.3), text that is not turned.

use super::Pdf;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};
use std::collections::BTreeMap;

/// Text that was set in one go: a line or a part of it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) text: String,
    /// In points, from the page's lower left corner.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// The size of its type in points.
    pub(crate) size: f32,
    /// The font's name without the letters that mark a subset.
    pub(crate) font: String,
    /// Every glyph in the order in which it is drawn.
    pub(crate) glyphs: Vec<Glyph>,
    /// The marked content that it belongs to (ISO 32000-2, 14.6), if any.
    pub(crate) mark: Option<i64>,
}

/// A glyph on the page.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) text: String,
    /// Its left edge in points.
    pub(crate) x: f32,
    /// How far it is to the next one, kerning and justification included.
    pub(crate) advance: f32,
    /// The same as the font has it.
    pub(crate) natural: f32,
}

impl Run {
    /// Where the next glyph would stand.
    pub(crate) fn end(&self) -> f32 {
        self.glyphs.last().map_or(self.x, |g| g.x + g.advance)
    }

    /// Whether the font is of a family: `SourceSerif4-It` is of `Source Serif 4`.
    pub(crate) fn is_of(&self, family: &str) -> bool {
        self.font.split('-').next() == Some(&family.replace(' ', ""))
    }
}

type Matrix = [f32; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    let at = |x: usize, y: usize| a[x] * b[y] + a[x + 1] * b[y + 2];
    [at(0, 0), at(0, 1), at(2, 0), at(2, 1), at(4, 0) + b[4], at(4, 1) + b[5]]
}

/// Reads a content stream. Furniture (artifacts) only if it is asked for.
pub(super) fn read(pdf: &Pdf, content: &[u8], resources: &Dictionary, furniture: bool) -> Vec<Run> {
    let mut reader = Reader { pdf, furniture, runs: Vec::new() };
    reader.stream(content, resources, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    reader.runs
}

/// What is known about a font.
#[derive(Default)]
struct Font {
    name: String,
    unicode: BTreeMap<u16, String>,
    /// In thousandths of the size.
    widths: BTreeMap<u16, f32>,
    usual: f32,
}

struct Reader<'a> {
    pdf: &'a Pdf,
    furniture: bool,
    runs: Vec<Run>,
}

/// Marked content.
struct Mark {
    furniture: bool,
    number: Option<i64>,
    /// What its glyphs stand for (ISO 32000-2, 14.9.4), until the first of them takes it.
    actual: Option<String>,
}

impl Reader<'_> {
    fn stream(&mut self, content: &[u8], resources: &Dictionary, start: Matrix) {
        let fonts = self.fonts(resources);
        let (mut matrix, mut saved) = (start, Vec::new());
        let mut marks: Vec<Mark> = Vec::new();
        let (mut font, mut size, mut fresh, mut pen) = (Vec::new(), 0.0, true, 0.0);
        for Operation { operator, operands } in Content::decode(content).unwrap().operations {
            let numbers = || -> Matrix { std::array::from_fn(|i| operands[i].as_float().unwrap()) };
            match operator.as_str() {
                "q" => saved.push(matrix),
                "Q" => matrix = saved.pop().unwrap(),
                "cm" => matrix = times(numbers(), matrix),
                "BMC" | "BDC" => marks.push(mark(&operands)),
                "EMC" => drop(marks.pop()),
                "BT" => fresh = true,
                "Tf" => (font, size) = (operands[0].as_name().unwrap().to_vec(), operands[1].as_float().unwrap()),
                // A mark above or below a letter moves the pen within its run.
                "Tm" if !fresh => pen = times(numbers(), matrix)[4],
                "Tm" => {
                    let [.., x, y] = times(numbers(), matrix);
                    pen = x;
                    let mark = marks.iter().rev().find_map(|m| m.number);
                    let font = fonts[&font].name.clone();
                    self.runs.push(Run { text: String::new(), x, y, size, font, glyphs: Vec::new(), mark });
                    fresh = false;
                }
                "Tj" | "TJ" if self.furniture || !marks.iter().any(|m| m.furniture) => {
                    let actual = marks.iter_mut().find_map(|m| m.actual.as_mut());
                    pen = show(self.runs.last_mut().unwrap(), pen, &operands, &fonts[&font], actual);
                }
                "Do" => self.form(&operands, resources, matrix),
                _ => {}
            }
        }
        self.runs.retain(|r| !r.text.is_empty());
    }

    fn form(&mut self, operands: &[Object], resources: &Dictionary, matrix: Matrix) {
        let object = self.pdf.inside(resources, "XObject").get(operands[0].as_name().unwrap()).unwrap();
        let stream = self.pdf.at(object).as_stream().unwrap();
        let form = stream.dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Form";
        if let Some(own) = self.pdf.get(&stream.dict, "Resources").filter(|_| form) {
            self.stream(&stream.get_plain_content().unwrap(), own.as_dict().unwrap(), matrix);
        }
    }

    /// The fonts by resource name.
    fn fonts(&self, resources: &Dictionary) -> BTreeMap<Vec<u8>, Font> {
        let Some(fonts) = self.pdf.get(resources, "Font") else { return BTreeMap::new() };
        let fonts = fonts.as_dict().unwrap().iter();
        fonts.map(|(name, font)| (name.clone(), self.font(self.pdf.at(font).as_dict().unwrap()))).collect()
    }

    fn font(&self, font: &Dictionary) -> Font {
        let base = self.pdf.get(font, "BaseFont").unwrap().as_name().unwrap();
        let base = String::from_utf8_lossy(base);
        let name = base.split_once('+').map_or(&*base, |(_, name)| name).to_owned();
        let unicode = match self.pdf.get(font, "ToUnicode") {
            Some(Object::Stream(stream)) => to_unicode(&String::from_utf8_lossy(&stream.get_plain_content().unwrap())),
            _ => BTreeMap::new(),
        };
        let Some(below) = self.pdf.get(font, "DescendantFonts") else {
            return Font { name, unicode, ..Font::default() };
        };
        let below = self.pdf.at(&below.as_array().unwrap()[0]).as_dict().unwrap();
        let usual = self.pdf.get(below, "DW").map_or(1000.0, |w| w.as_float().unwrap());
        let widths = self.pdf.get(below, "W").map_or_else(BTreeMap::new, |w| self.widths(w.as_array().unwrap()));
        Font { name, unicode, widths, usual }
    }

    /// The widths of a composite font's glyphs (ISO 32000-2, 9.7.4.3).
    fn widths(&self, list: &[Object]) -> BTreeMap<u16, f32> {
        let mut widths = BTreeMap::new();
        let mut rest = list.iter().map(|o| self.pdf.at(o));
        while let Some(first) = rest.next() {
            let first = first.as_i64().unwrap() as u16;
            match rest.next().unwrap() {
                Object::Array(each) => {
                    let each = each.iter().map(|w| self.pdf.at(w).as_float().unwrap());
                    widths.extend((first..).zip(each));
                }
                last => {
                    let width = rest.next().unwrap().as_float().unwrap();
                    widths.extend((first..=last.as_i64().unwrap() as u16).map(|code| (code, width)));
                }
            }
        }
        widths
    }
}

fn mark(operands: &[Object]) -> Mark {
    let entry = |key: &[u8]| operands.get(1).and_then(|o| o.as_dict().ok()).and_then(|d| d.get(key).ok());
    Mark {
        furniture: operands[0].as_name().unwrap() == b"Artifact",
        number: entry(b"MCID").map(|n| n.as_i64().unwrap()),
        actual: entry(b"ActualText").map(|text| lopdf::decode_text_string(text).unwrap()),
    }
}

/// Adds what is shown from `x` on to a run; where the pen stands then.
fn show(run: &mut Run, mut x: f32, operands: &[Object], font: &Font, mut actual: Option<&mut String>) -> f32 {
    let parts = operands.iter().flat_map(|o| match o {
        Object::Array(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    });
    for part in parts {
        let Ok(codes) = part.as_str() else {
            let shift = part.as_float().unwrap() / 1000.0 * run.size;
            x -= shift;
            if let Some(last) = run.glyphs.last_mut() {
                last.advance -= shift;
            }
            continue;
        };
        for code in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([code[0], code[1]]);
            let text = match &mut actual {
                Some(actual) => std::mem::take(*actual),
                None => font.unicode.get(&code).cloned().unwrap_or_default(),
            };
            let advance = font.widths.get(&code).copied().unwrap_or(font.usual) / 1000.0 * run.size;
            run.text.push_str(&text);
            run.glyphs.push(Glyph { text, x, advance, natural: advance });
            x += advance;
        }
    }
    x
}

/// Reads the `bfchar` and `bfrange` lists of a ToUnicode map.
fn to_unicode(source: &str) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    let code = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
    let text = |hex: &str| {
        let units: Vec<u16> = hex.as_bytes().chunks(4).map(|c| code(std::str::from_utf8(c).unwrap())).collect();
        String::from_utf16(&units).unwrap()
    };
    for (begin, end, width) in [("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)] {
        for list in source.split(begin).skip(1) {
            let list = list.split(end).next().unwrap();
            assert!(!list.contains('['), "a range with a list of targets");
            let words: Vec<&str> = list.split('<').skip(1).map(|w| w.split('>').next().unwrap()).collect();
            for entry in words.chunks_exact(width) {
                let (from, to, target) = (code(entry[0]), code(entry[width - 2]), text(entry[width - 1]));
                for (step, code) in (from..=to).enumerate() {
                    let mut letters: Vec<char> = target.chars().collect();
                    let last = letters.pop().unwrap();
                    letters.push(char::from_u32(last as u32 + step as u32).unwrap());
                    map.insert(code, letters.into_iter().collect());
                }
            }
        }
    }
    map
}
