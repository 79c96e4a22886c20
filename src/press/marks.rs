//! Printer's marks around a trimmed page or a sheet: where to cut and to fold, register, inks, and a line that says what it is.
//!
//! Nothing of them ever stands inside the bleed: they are placed outside of it, and clipped to it besides. What must
//! stand on every plate is drawn in the colour space `All` (ISO 32000-1, 8.6.6.4).

mod strokes;

use super::shop::Marks;
use crate::manifest::Mm;
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::fmt::Write;

/// A box in points: left, bottom, right, top.
pub type Rect = [f64; 4];

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// Between the bleed and the marks, in points.
const GAP: f64 = 1.0 * MM;
/// Length of a line where to cut or to fold, in points.
const LENGTH: f64 = 5.0 * MM;
/// Half of a registration target's cross, in points.
const CROSS: f64 = 3.0 * MM;
/// Its circle's radius in points.
const CIRCLE: f64 = 1.75 * MM;
/// Side of a patch of ink, in points.
const PATCH: f64 = 5.0 * MM;
/// Height of a capital letter of the slug line, in points.
const LETTER: f64 = 2.0 * MM;
/// How much smaller the slug line may become where room is short.
const SMALLEST: f64 = 0.5;
/// Width of the marks' lines in points.
const LINE: f64 = 0.25;
/// Width of the slug line's strokes in points.
const PEN: f64 = 0.35;
/// The name of the colour space that stands on every plate.
const ALL: &str = "MarksAll";

/// A line across the page or the sheet, in points from the same origin as its boxes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Across {
    /// From bottom to top, so far from the left.
    Upright(f64),
    /// From left to right, so far from the bottom.
    Level(f64),
}

/// What the marks stand around.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// The trimmed page; of a sheet the box around all its pages.
    pub trim: Rect,
    /// The trim with what runs off it.
    pub bleed: Rect,
    /// The paper.
    pub media: Rect,
    /// Where it is cut besides the trim's edges.
    pub cuts: Vec<Across>,
    /// Where it is folded.
    pub folds: Vec<Across>,
}

/// An ink besides the four.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The name of its plate.
    pub name: String,
    /// Its colour space as it stands in the document, so that all of one name are the same: an array that begins with
    /// `Separation`, or a reference to it.
    pub space: Object,
}

/// Marks as content, with what it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The operators; the graphics state is the same after as before.
    pub content: Vec<u8>,
    /// The colour spaces that it names.
    pub resources: Dictionary,
    media: Rect,
}

impl Drawn {
    /// The marks as a form that is drawn on the page with nothing before it but `q` and nothing after it but `Q`.
    pub fn into_form(self) -> Stream {
        let dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => self.media.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>(),
            "Resources" => self.resources,
        };
        let mut form = Stream::new(dict, self.content);
        // Without compression the form is as good, only longer.
        let _ = form.compress();
        form
    }
}

/// How far the marks reach beyond the trim, for a bleed of so much; the bleed itself where there are none.
pub fn margin(marks: Marks, bleed: Mm) -> Mm {
    if marks.any() { Mm(bleed.0 + (GAP + 2.0 * CROSS) / MM) } else { bleed }
}

/// Draws the marks. The slug line is `slug`, and behind it each plate's own name.
pub fn draw(around: &Around, marks: Marks, spots: &[Spot], slug: Option<&str>) -> Drawn {
    let mut spaces = dictionary! { ALL => all() };
    for (number, spot) in spots.iter().enumerate() {
        spaces.set(ink(number), spot.space.clone());
    }
    let mut pen = Pen { around, out: String::new() };
    let names: Vec<&str> = spots.iter().map(|s| s.name.as_str()).collect();
    pen.start();
    if marks.crop {
        pen.crops();
    }
    if marks.fold {
        pen.folds();
    }
    let targets = if marks.registration { pen.targets() } else { Vec::new() };
    if marks.bars {
        pen.bars(&targets, spots.len());
    }
    if let Some(text) = slug.filter(|_| marks.slug) {
        pen.slug(&targets, text, &names);
    }
    pen.out.push_str("Q\n");
    Drawn { content: pen.out.into_bytes(), resources: dictionary! { "ColorSpace" => spaces }, media: around.media }
}

/// Text as strokes in the current colour: its middle, its baseline and the height of its capitals in points.
pub fn lettering(text: &str, middle: f64, base: f64, height: f64) -> String {
    let unit = height / strokes::CAPITAL;
    let (lines, width) = strokes::word(text);
    let mut out = String::new();
    stroked(&mut out, lines, middle - width * unit / 2.0, base, unit);
    out
}

fn stroked(out: &mut String, lines: Vec<strokes::Line>, left: f64, base: f64, unit: f64) {
    for line in lines {
        for (n, (across, up)) in line.into_iter().enumerate() {
            put(out, &[left + across * unit, base + up * unit], if n == 0 { "m" } else { "l" });
        }
        out.push_str("S\n");
    }
}

fn put(out: &mut String, numbers: &[f64], operator: &str) {
    for n in numbers {
        // Thousandths of a point are finer than any press.
        let _ = write!(out, "{} ", (n * 1000.0).round() / 1000.0);
    }
    out.push_str(operator);
    out.push('\n');
}

/// The colour space of every plate.
fn all() -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::Integer(0); 4],
        "C1" => vec![Object::Integer(1); 4],
        "N" => 1,
    };
    Object::Array(vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint.into()])
}

/// The name of a spot ink's colour space.
fn ink(number: usize) -> String {
    format!("MarksInk{number}")
}

/// A side of the bleed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Bottom,
    Right,
    Top,
}

const SIDES: [Side; 4] = [Side::Left, Side::Bottom, Side::Right, Side::Top];

impl Side {
    fn is_level(self) -> bool {
        matches!(self, Side::Bottom | Side::Top)
    }
}

struct Pen<'a> {
    around: &'a Around,
    out: String,
}

impl Pen<'_> {
    /// Clips to the paper without the bleed.
    fn start(&mut self) {
        self.out.push_str("q\n");
        for [left, bottom, right, top] in [self.around.media, self.around.bleed] {
            self.put(&[left, bottom, right - left, top - bottom], "re");
        }
        self.out.push_str("W* n\n");
        let _ = writeln!(self.out, "/{ALL} CS 1 SCN {LINE} w 0 J 0 j [] 0 d");
    }

    fn put(&mut self, numbers: &[f64], operator: &str) {
        put(&mut self.out, numbers, operator);
    }

    /// The point beside a side: so far along from the origin, and so far outside the bleed.
    fn beside(&self, side: Side, along: f64, outside: f64) -> (f64, f64) {
        let [left, bottom, right, top] = self.around.bleed;
        match side {
            Side::Left => (left - outside, along),
            Side::Bottom => (along, bottom - outside),
            Side::Right => (right + outside, along),
            Side::Top => (along, top + outside),
        }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.put(&[from.0, from.1], "m");
        self.put(&[to.0, to.1], "l S");
    }

    /// Places along a side at which lines of one kind end.
    fn ends(side: Side, lines: &[Across]) -> Vec<f64> {
        let end = |line: &Across| match line {
            Across::Upright(x) => side.is_level().then_some(*x),
            Across::Level(y) => (!side.is_level()).then_some(*y),
        };
        lines.iter().filter_map(end).collect()
    }

    /// Where a side is cut: at the trim, and between.
    fn cuts(&self, side: Side) -> Vec<f64> {
        let [left, bottom, right, top] = self.around.trim;
        let mut all = if side.is_level() { vec![left, right] } else { vec![bottom, top] };
        all.extend(Self::ends(side, &self.around.cuts));
        all
    }

    fn crops(&mut self) {
        for side in SIDES {
            for along in self.cuts(side) {
                self.line(self.beside(side, along, GAP), self.beside(side, along, GAP + LENGTH));
            }
        }
    }

    fn folds(&mut self) {
        self.out.push_str("[2 1.5] 0 d\n");
        for side in SIDES {
            for along in Self::ends(side, &self.around.folds) {
                self.line(self.beside(side, along, GAP), self.beside(side, along, GAP + LENGTH));
            }
        }
        self.out.push_str("[] 0 d\n");
    }

    /// What a side's lines take of it.
    fn taken(&self, side: Side) -> Vec<(f64, f64)> {
        let lines = self.cuts(side).into_iter().chain(Self::ends(side, &self.around.folds));
        lines.map(|at| (at - GAP, at + GAP)).collect()
    }

    /// Draws a target in the middle of each side, or else two as far from it: those of a sheet's back fall on those of
    /// its front. Gives back where.
    fn targets(&mut self) -> Vec<(Side, f64)> {
        let mut placed = Vec::new();
        for side in SIDES {
            let [left, bottom, right, top] = self.around.trim;
            let (from, to) = if side.is_level() { (left, right) } else { (bottom, top) };
            let taken = self.taken(side);
            let free = |at: f64| taken.iter().all(|(a, b)| at + CROSS < *a || at - CROSS > *b);
            let both = |t: &f64| [from + t * (to - from), to - t * (to - from)];
            let tries = [0.5, 0.42, 0.36, 0.3, 0.2];
            let Some(pair) = tries.iter().map(both).find(|pair| pair.iter().all(|at| free(*at))) else { continue };
            let count = if pair[1] - pair[0] < CROSS { 1 } else { 2 };
            for along in pair.into_iter().take(count) {
                let (x, y) = self.beside(side, along, GAP + CROSS);
                self.line((x - CROSS, y), (x + CROSS, y));
                self.line((x, y - CROSS), (x, y + CROSS));
                self.circle(x, y);
                placed.push((side, along));
            }
        }
        placed
    }

    fn circle(&mut self, x: f64, y: f64) {
        // Four curves; with this handle they leave the circle by less than a thousandth of its radius.
        let (r, h) = (CIRCLE, CIRCLE * 0.5523);
        self.put(&[x + r, y], "m");
        self.put(&[x + r, y + h, x + h, y + r, x, y + r], "c");
        self.put(&[x - h, y + r, x - r, y + h, x - r, y], "c");
        self.put(&[x - r, y - h, x - h, y - r, x, y - r], "c");
        self.put(&[x + h, y - r, x + r, y - h, x + r, y], "c s");
    }

    /// The free stretches of a side between the trim's edges.
    fn free(&self, side: Side, targets: &[(Side, f64)]) -> Vec<(f64, f64)> {
        let mut taken = self.taken(side);
        taken.extend(targets.iter().filter(|(s, _)| *s == side).map(|(_, at)| (at - CROSS - GAP, at + CROSS + GAP)));
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [left, _, right, _] = self.around.trim;
        let (mut from, mut list) = (left, Vec::new());
        for (a, b) in taken {
            if a > from {
                list.push((from, a.min(right)));
            }
            from = from.max(b);
        }
        if from < right {
            list.push((from, right));
        }
        list
    }

    /// Patches of the inks along the top: full, half, over each other, and every spot ink.
    fn bars(&mut self, targets: &[(Side, f64)], spots: usize) {
        let patches = patches(spots);
        let free = self.free(Side::Top, targets);
        let fits = |side: f64| free.iter().map(|(a, b)| ((b - a) / side).floor() as usize).sum::<usize>();
        let tries = [1.0, 0.8, 0.6, 0.4];
        let side = tries.iter().map(|t| t * PATCH).find(|s| fits(*s) >= patches.len()).unwrap_or(0.4 * PATCH);
        let mut places = free.iter().flat_map(|(a, b)| {
            let count = ((b - a) / side).floor() as usize;
            (0..count).map(move |n| a + n as f64 * side)
        });
        for patch in patches {
            let Some(x) = places.next() else { break };
            let (_, y) = self.beside(Side::Top, x, GAP);
            let _ = writeln!(self.out, "{patch}");
            self.put(&[x, y, side, side], "re f");
        }
    }

    /// The line along the bottom, its words set around the other marks.
    fn slug(&mut self, targets: &[(Side, f64)], text: &str, spots: &[&str]) {
        let free = self.free(Side::Bottom, targets);
        let mut words: Vec<(String, &str)> = text.split_whitespace().map(|w| (format!("/{ALL} CS 1 SCN"), w)).collect();
        let four = [("1 0 0 0 K", "Cyan"), ("0 1 0 0 K", "Magenta"), ("0 0 1 0 K", "Yellow"), ("0 0 0 1 K", "Black")];
        words.extend(four.map(|(colour, name)| (colour.to_owned(), name)));
        words.extend(spots.iter().enumerate().map(|(n, name)| (format!("/{} CS 1 SCN", ink(n)), *name)));
        let drawn: Vec<(&str, Vec<strokes::Line>, f64)> = words
            .iter()
            .map(|(colour, word)| {
                let (lines, width) = strokes::word(word);
                (colour.as_str(), lines, width)
            })
            .collect();
        let widths: Vec<f64> = drawn.iter().map(|(_, _, width)| *width).collect();
        let mut unit = LETTER / strokes::CAPITAL;
        let smallest = unit * SMALLEST;
        while unit > smallest && flow(&widths, &free, unit).len() < widths.len() {
            unit = (unit * 0.95).max(smallest);
        }
        let _ = writeln!(self.out, "{PEN} w 1 J 1 j");
        let base = self.beside(Side::Bottom, 0.0, GAP + LETTER + 2.0).1;
        for (x, (colour, lines, _)) in flow(&widths, &free, unit).into_iter().zip(drawn) {
            let _ = writeln!(self.out, "{colour}");
            stroked(&mut self.out, lines, x, base, unit);
        }
    }
}

/// Where words of such widths (in units) begin when they are set one after the other into stretches; as many as there is
/// room for.
fn flow(widths: &[f64], free: &[(f64, f64)], unit: f64) -> Vec<f64> {
    let mut stretches = free.iter().copied();
    let Some((mut at, mut end)) = stretches.next() else { return Vec::new() };
    let mut list = Vec::new();
    for width in widths {
        while at + width * unit > end {
            let Some(next) = stretches.next() else { return list };
            (at, end) = next;
        }
        list.push(at);
        at += (width + strokes::BLANK) * unit;
    }
    list
}

/// The operators that choose each patch's ink.
fn patches(spots: usize) -> Vec<String> {
    let mut list = Vec::new();
    for tint in ["1", "0.5", "0.25"] {
        for place in 0..4 {
            let inks: Vec<&str> = (0..4).map(|n| if n == place { tint } else { "0" }).collect();
            list.push(format!("{} k", inks.join(" ")));
        }
    }
    let over = ["1 1 0 0 k", "0 1 1 0 k", "1 0 1 0 k", "1 1 1 0 k", "0.5 0.4 0.4 0 k", "0 0 0 0.5 k"];
    list.extend(over.map(str::to_owned));
    list.extend((0..spots).map(|n| format!("/{} cs 1 scn", ink(n))));
    list
}

#[cfg(test)]
#[path = "marks/tests.rs"]
mod tests;
