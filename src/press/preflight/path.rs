//! Paths: what is filled and stroked, and what clips (ISO 32000-1, 8.5). Only boxes around them are kept.

use super::colour::Space;
use super::geometry::{Matrix, Rect};
use super::state::{Inside, Kind, Paint, Placed, State};
use super::walk::{Run, Walk, numbers, see_through};
use lopdf::{Object, ObjectId};
use std::rc::Rc;

/// The most corners that are kept to tell a rectangle from other shapes.
const CORNERS: usize = 6;

/// A path while it is made, in user space as it was when its points were set.
#[derive(Debug, Default)]
pub(super) struct Path {
    points: Vec<(f64, f64)>,
    bound: Option<Rect>,
    /// How many points there are.
    count: usize,
    /// How many boxes were drawn by `re`.
    boxes: usize,
    curved: bool,
    clips: bool,
}

impl Path {
    /// Takes an operator that makes the path.
    pub(super) fn build(&mut self, word: &[u8], n: &[f64]) {
        match (word, n) {
            (b"m" | b"l", [x, y]) => self.point((*x, *y)),
            (b"c", [a, b, c, d, e, f]) => {
                self.curved = true;
                [(*a, *b), (*c, *d), (*e, *f)].into_iter().for_each(|p| self.point(p));
            }
            (b"v" | b"y", [a, b, c, d]) => {
                self.curved = true;
                [(*a, *b), (*c, *d)].into_iter().for_each(|p| self.point(p));
            }
            (b"re", [x, y, w, h]) => {
                self.boxes += 1;
                [(*x, *y), (x + w, *y), (x + w, y + h), (*x, y + h)].into_iter().for_each(|p| self.point(p));
            }
            (b"W" | b"W*", _) => self.clips = true,
            _ => {}
        }
    }

    fn point(&mut self, point: (f64, f64)) {
        self.bound.get_or_insert(Rect::NONE).add(point);
        self.count += 1;
        if self.points.len() < CORNERS {
            self.points.push(point);
        }
    }

    /// Whether the shape is its own box.
    fn is_box(&self) -> bool {
        let straight = self.points.windows(2).all(|w| close(w[0].0, w[1].0) || close(w[0].1, w[1].1));
        !self.curved && straight && (self.count == 4 || (self.count == 5 && self.points.first() == self.points.last()))
    }

    /// Whether it is one line along an axis.
    fn is_line(&self) -> bool {
        !self.curved
            && self.count == 2
            && self.boxes == 0
            && self.bound.is_some_and(|b| close(b.width(), 0.0) || close(b.height(), 0.0))
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-3
}

impl Walk<'_, '_> {
    /// Paints or drops the path, and clips by it if it was marked so.
    pub(super) fn paint_path(&mut self, run: &mut Run<'_>, word: &[u8]) {
        let path = std::mem::take(&mut run.path);
        let Some(bound) = path.bound else { return };
        let (fills, strokes) = match word {
            b"f" | b"F" | b"f*" => (true, false),
            b"S" | b"s" => (false, true),
            b"n" => (false, false),
            _ => (true, true),
        };
        let area = run.state.ctm.bound(&bound);
        if fills {
            let straight = path.is_box() && run.state.ctm.is_straight();
            self.fill(run, area, straight);
        }
        if strokes {
            let width = run.state.width * run.state.ctm.scale();
            let straight = path.is_line() && run.state.ctm.is_straight();
            self.stroke(run, area, width, straight);
        }
        if path.clips {
            run.state.clip = run.state.clip.meet(&area);
        }
    }

    fn fill(&mut self, run: &mut Run<'_>, whole: Rect, straight: bool) {
        let area = whole.meet(&run.state.clip);
        if area.is_empty() {
            return;
        }
        let paint = run.state.fill.clone();
        let kind = Kind::Fill { straight, across: whole.width().min(whole.height()) };
        self.painted(run, kind, area, &paint, false);
    }

    fn stroke(&mut self, run: &mut Run<'_>, area: Rect, width: f64, straight: bool) {
        let area = area.grown(width / 2.0).meet(&run.state.clip);
        if area.is_empty() {
            return;
        }
        let paint = run.state.stroke.clone();
        self.painted(run, Kind::Stroke { width, straight }, area, &paint, true);
    }

    /// Reports what is painted with a colour or pattern.
    pub(super) fn painted(&mut self, run: &mut Run<'_>, kind: Kind, area: Rect, paint: &Paint, stroke: bool) {
        if let Some(id) = paint.pattern
            && self.pattern(run, id, paint, area)
        {
            return;
        }
        let state = &run.state;
        let (overprint, alpha) = match stroke {
            true => (state.overprint_stroke, state.alpha_stroke),
            false => (state.overprint_fill, state.alpha_fill),
        };
        let known = Space::Unknown;
        let placed = Placed {
            kind,
            area,
            space: if run.uncoloured { &known } else { &paint.space },
            inks: if run.uncoloured { None } else { paint.inks() },
            overprint,
            overprint_mode: state.overprint_mode,
            see_through: see_through(state, alpha),
            inside: run.inside,
        };
        self.judge.placed(&placed);
    }

    /// Walks what a pattern paints; whether it was a gradient, which then has been reported.
    fn pattern(&mut self, run: &mut Run<'_>, id: ObjectId, paint: &Paint, area: Rect) -> bool {
        let shared = self.shared;
        let Ok(object) = shared.document.get_object(id) else { return false };
        if let Some(dict) = object.as_dict().ok().and_then(|d| shared.dict(d, b"Shading")) {
            self.shaded(run, dict, area);
            return true;
        }
        let Ok(stream) = object.as_stream() else { return false };
        if run.inside == Inside::Mask || !self.done.insert(id) {
            return false;
        }
        let mut state = State::new(Matrix::ONE, Rect::ALL);
        if shared.number(&stream.dict, b"PaintType") == Some(2.0)
            && let Space::Pattern(Some(base)) = &*paint.space
        {
            state.fill = Paint { space: Rc::clone(base), parts: paint.parts.clone(), pattern: None };
            state.stroke = state.fill.clone();
        }
        self.judge.pattern_area = Some(area);
        self.form(Some(id), stream, run.resources, state, Inside::Pattern);
        self.judge.pattern_area = None;
        false
    }

    /// Sets a colour.
    pub(super) fn colour(&mut self, run: &mut Run<'_>, word: &[u8], operands: &[Object]) {
        let stroke = word.first().is_some_and(u8::is_ascii_uppercase);
        let set = |name: &[u8], walk: &mut Self, run: &Run<'_>| walk.space(run, name);
        let paint = match word {
            b"g" | b"G" => Paint { space: set(b"DeviceGray", self, run), parts: numbers(operands), pattern: None },
            b"rg" | b"RG" => Paint { space: set(b"DeviceRGB", self, run), parts: numbers(operands), pattern: None },
            b"k" | b"K" => Paint { space: set(b"DeviceCMYK", self, run), parts: numbers(operands), pattern: None },
            b"cs" | b"CS" => {
                let Some(name) = operands.first().and_then(|o| o.as_name().ok()) else { return };
                let space = set(name, self, run);
                Paint { parts: space.first(), space, pattern: None }
            }
            _ => {
                let old = if stroke { &run.state.stroke } else { &run.state.fill };
                let name = operands.last().and_then(|o| o.as_name().ok());
                let list = run.resources.and_then(|r| self.shared.dict(r, b"Pattern"));
                let pattern = name.and_then(|n| list?.get(n).ok()?.as_reference().ok());
                Paint { space: Rc::clone(&old.space), parts: numbers(operands), pattern }
            }
        };
        *(if stroke { &mut run.state.stroke } else { &mut run.state.fill }) = paint;
    }
}
