//! A content stream's operators, rewritten one by one.
//!
//! Colours become inks; black text prints over what is beneath it; large black areas get the shop's rich black; no line is
//! thinner than the shop can print. Everything else stays, in its order.

use super::Press;
use super::function::number;
use super::spaces::{Space, operands};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

/// A matrix as PDF writes it: `[a b c d e f]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) fn identity() -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }

    pub(super) fn of(numbers: &[f64]) -> Option<Matrix> {
        <[f64; 6]>::try_from(numbers).ok().map(Matrix)
    }

    /// This matrix first, then the other.
    pub(super) fn then(self, Matrix(n): Matrix) -> Matrix {
        let Matrix(m) = self;
        Matrix([
            m[0] * n[0] + m[1] * n[2],
            m[0] * n[1] + m[1] * n[3],
            m[2] * n[0] + m[3] * n[2],
            m[2] * n[1] + m[3] * n[3],
            m[4] * n[0] + m[5] * n[2] + n[4],
            m[4] * n[1] + m[5] * n[3] + n[5],
        ])
    }

    fn point(self, x: f64, y: f64) -> (f64, f64) {
        let Matrix(m) = self;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// By how much lengths grow, in the mean of all directions.
    fn scale(self) -> f64 {
        let Matrix(m) = self;
        (m[0] * m[3] - m[1] * m[2]).abs().sqrt()
    }
}

const BLACK: [f64; 4] = [0.0, 0.0, 0.0, 1.0];
/// A black area at least as wide and as high as this, in points, is large (20 mm).
const LARGE: f64 = 56.7;

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    /// The inks for filling, where they are plain.
    fill: Option<[f64; 4]>,
    spaces: [Space; 2],
    width: f64,
    mode: i64,
    /// Whether what is drawn now prints over what is beneath it, by our own doing.
    over: bool,
}

/// The extent of the path in work, on the page.
type Extent = Option<(f64, f64, f64, f64)>;

pub(super) struct Rewriter<'p, 'd> {
    press: &'p mut Press<'d>,
    resources: Dictionary,
    base: Matrix,
    /// Whether the lines, blacks and overprints are ours to set.
    ours: bool,
    state: State,
    stack: Vec<State>,
    path: Extent,
    out: Vec<Operation>,
    /// Whether a graphics state of ours is named.
    states: bool,
    /// Whether a colour is set next.
    followed: bool,
}

impl<'p, 'd> Rewriter<'p, 'd> {
    pub(super) fn new(press: &'p mut Press<'d>, resources: Dictionary, base: Matrix, ours: bool) -> Self {
        let spaces = [Space::Gray, Space::Gray];
        let state = State { matrix: base, fill: Some(BLACK), spaces, width: 1.0, mode: 0, over: false };
        let (stack, out) = (Vec::new(), Vec::new());
        Rewriter { press, resources, base, ours, state, stack, path: None, out, states: false, followed: false }
    }

    /// The new content and its resources; `None` if it does not parse.
    pub(super) fn run(mut self, content: &[u8]) -> Option<(Vec<u8>, Dictionary)> {
        let parsed = Content::decode(content).ok()?;
        let mut operations = parsed.operations.into_iter().peekable();
        while let Some(operation) = operations.next() {
            let next = operations.peek().map(|o| o.operator.as_str());
            // The colour that a space begins with is of no use where another follows at once.
            self.followed = matches!(next, Some("sc" | "scn" | "SC" | "SCN"));
            self.one(operation);
        }
        if self.states {
            self.add_states();
        }
        let content = Content { operations: self.out }.encode().ok()?;
        Some((content, self.resources))
    }

    fn add_states(&mut self) {
        let table = self.resources.get_deref(b"ExtGState", self.press.document).and_then(Object::as_dict);
        let mut table = table.cloned().unwrap_or_default();
        for (name, id) in self.press.states {
            table.set(name, id);
        }
        self.resources.set("ExtGState", table);
    }

    fn one(&mut self, operation: Operation) {
        match operation.operator.as_str() {
            "q" => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = Matrix::of(&operands(&operation.operands)) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            "w" => self.state.width = operation.operands.first().and_then(number).unwrap_or(1.0),
            "Tr" => self.state.mode = operation.operands.first().and_then(|o| o.as_i64().ok()).unwrap_or(0),
            "g" | "rg" | "k" | "G" | "RG" | "K" => return self.plain_colour(&operation),
            "cs" | "CS" => return self.space(operation),
            "sc" | "scn" | "SC" | "SCN" => return self.colour(operation),
            "Do" => self.object(&operation),
            "sh" => self.shading(&operation),
            "gs" => self.graphics_state(&operation),
            "Tj" | "TJ" | "'" | "\"" => self.before_text(),
            "m" | "l" | "c" | "v" | "y" | "re" => self.extend(&operation),
            "f" | "F" | "f*" => return self.filled(operation),
            "S" | "s" | "B" | "B*" | "b" | "b*" => {
                let begun = self.begun();
                self.before_stroke(begun);
                self.path = None;
            }
            "n" => self.path = None,
            "BI" => self.let_over(false),
            _ => {}
        }
        self.out.push(operation);
    }

    fn emit(&mut self, operator: &str, numbers: &[f64]) {
        let short = |v: &f64| Object::Real(((v * 10_000.0).round() / 10_000.0) as f32);
        self.out.push(Operation::new(operator, numbers.iter().map(short).collect()));
    }

    fn set(&mut self, stroke: bool, inks: [f64; 4]) {
        if !stroke {
            self.state.fill = Some(inks);
        }
        self.emit(if stroke { "K" } else { "k" }, &inks);
    }

    fn plain_colour(&mut self, operation: &Operation) {
        let stroke = operation.operator.starts_with(char::is_uppercase);
        let space = match operation.operator.as_str() {
            "g" | "G" => Space::Gray,
            "rg" | "RG" => Space::Rgb,
            _ => Space::Inks,
        };
        let inks = space.inks(&operands(&operation.operands), self.press.inks);
        self.state.spaces[usize::from(stroke)] = space;
        // What is not one of the three with its numbers is no colour at all.
        self.set(stroke, inks.unwrap_or(BLACK));
    }

    fn space(&mut self, operation: Operation) {
        let stroke = operation.operator == "CS";
        let Some(named) = operation.operands.first() else { return };
        let space = Space::read(self.press.document, &self.resources, named);
        let first = match &space {
            Space::Gray | Space::Rgb | Space::Inks => Some(BLACK),
            Space::Spot(spot) if self.folds(spot.special) => space.inks(&vec![1.0; spot.count], self.press.inks),
            _ => None,
        };
        self.state.spaces[usize::from(stroke)] = space;
        match first {
            Some(_) if self.followed => {}
            Some(inks) => self.set(stroke, inks),
            None => {
                if !stroke {
                    self.state.fill = None;
                }
                self.out.push(operation);
            }
        }
    }

    /// Whether spot colours become the four inks; every plate's marks stay.
    fn folds(&self, special: bool) -> bool {
        !self.press.shop.spots && !special
    }

    fn colour(&mut self, operation: Operation) {
        let stroke = operation.operator.starts_with(char::is_uppercase);
        let space = self.state.spaces[usize::from(stroke)].clone();
        let inks = match &space {
            Space::Gray | Space::Rgb | Space::Inks => space.inks(&operands(&operation.operands), self.press.inks),
            Space::Spot(spot) if self.folds(spot.special) => {
                space.inks(&operands(&operation.operands), self.press.inks)
            }
            Space::Pattern => {
                if let Some(Object::Name(name)) = operation.operands.last() {
                    self.press.pattern(&self.resources, name, self.base, self.ours);
                }
                None
            }
            _ => None,
        };
        match inks {
            Some(inks) => self.set(stroke, inks),
            None => {
                if !stroke {
                    self.state.fill = None;
                }
                self.out.push(operation);
            }
        }
    }

    fn object(&mut self, operation: &Operation) {
        self.let_over(false);
        let Some(Object::Name(name)) = operation.operands.first() else { return };
        let Some((Some(id), Object::Stream(stream))) = self.press.named(&self.resources, b"XObject", name) else {
            return;
        };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Form") => self.press.form(id, &self.resources, self.state.matrix, self.ours),
            Ok(b"Image") => self.press.image(id, &self.resources),
            _ => {}
        }
    }

    fn shading(&mut self, operation: &Operation) {
        self.let_over(false);
        let Some(Object::Name(name)) = operation.operands.first() else { return };
        let table = self.resources.get_deref(b"Shading", self.press.document).and_then(Object::as_dict).cloned();
        let Ok(mut table) = table else { return };
        let Ok(found) = table.get(name).cloned() else { return };
        if let Some(made) = self.press.shading(&found, &self.resources) {
            table.set(name.as_slice(), made);
            self.resources.set("Shading", table);
        }
    }

    fn graphics_state(&mut self, operation: &Operation) {
        let Some(Object::Name(name)) = operation.operands.first() else { return };
        if let Some((_, state)) = self.press.named(&self.resources, b"ExtGState", name) {
            if let Some(width) = state.as_dict().ok().and_then(|d| d.get(b"LW").ok()).and_then(number) {
                self.state.width = width;
            }
            self.press.graphics_state(&state, &self.resources, self.state.matrix);
        }
    }

    /// Switches our own overprint.
    fn let_over(&mut self, over: bool) {
        if self.state.over == over || !self.ours {
            return;
        }
        self.state.over = over;
        self.states = true;
        let name = self.press.states[usize::from(!over)].0;
        self.out.push(Operation::new("gs", vec![Object::Name(name.into())]));
    }

    fn before_text(&mut self) {
        let filled = matches!(self.state.mode, 0 | 4);
        self.let_over(filled && self.state.fill == Some(BLACK));
        if matches!(self.state.mode, 1 | 2 | 5 | 6) {
            self.before_stroke(self.out.len());
        }
    }

    /// Makes a line as thick as the shop can print it; said at a place of what was written.
    fn before_stroke(&mut self, at: usize) {
        let scale = self.state.matrix.scale();
        let least = self.press.shop.hairline;
        if self.ours && scale > 0.0 && self.state.width * scale < least - 1e-3 {
            self.state.width = least / scale;
            self.out.insert(at, Operation::new("w", vec![Object::Real(self.state.width as f32)]));
        }
    }

    fn extend(&mut self, operation: &Operation) {
        // No graphics state may be set between a path and its painting.
        if self.path.is_none() {
            self.let_over(false);
        }
        let n = operands(&operation.operands);
        let points: Vec<(f64, f64)> = match (operation.operator.as_str(), n.as_slice()) {
            ("re", &[x, y, w, h]) => vec![(x, y), (x + w, y), (x, y + h), (x + w, y + h)],
            _ => n.as_chunks::<2>().0.iter().map(|p| (p[0], p[1])).collect(),
        };
        for (x, y) in points {
            let (x, y) = self.state.matrix.point(x, y);
            let (left, low, right, high) = self.path.unwrap_or((x, y, x, y));
            self.path = Some((left.min(x), low.min(y), right.max(x), high.max(y)));
        }
    }

    /// A black area large enough to look gray in one ink is filled with the shop's rich black.
    fn filled(&mut self, operation: Operation) {
        let path = self.path.take();
        let large = path.is_some_and(|(left, low, right, high)| right - left >= LARGE && high - low >= LARGE);
        if !(self.ours && large && self.state.fill == Some(BLACK)) {
            self.out.push(operation);
            return;
        }
        let rich = self.press.shop.rich_black.map(|v| v / 100.0);
        // Colours may not be set between a path and its painting: the inks are set before the path.
        let begun = self.begun();
        self.out.insert(begun, Operation::new("q", Vec::new()));
        let set = rich.iter().map(|v| Object::Real(*v as f32)).collect();
        self.out.insert(begun + 1, Operation::new("k", set));
        self.out.push(operation);
        self.out.push(Operation::new("Q", Vec::new()));
    }

    /// Where the path at the end of what was written begins.
    fn begun(&self) -> usize {
        const PATH: &[&str] = &["m", "l", "c", "v", "y", "re", "h"];
        self.out.iter().rposition(|o| !PATH.contains(&o.operator.as_str())).map_or(0, |at| at + 1)
    }
}
