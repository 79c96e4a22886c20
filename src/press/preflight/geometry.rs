//! Lengths and boxes on a page: points of the page's own space, bottom up; millimetres for people.

use lopdf::{Document, Object};

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// A box in points: left, bottom, right, top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Bottom edge.
    pub bottom: f64,
    /// Right edge.
    pub right: f64,
    /// Top edge.
    pub top: f64,
}

impl Rect {
    /// A box from two opposite corners.
    pub fn new(a: (f64, f64), b: (f64, f64)) -> Rect {
        Rect { left: a.0.min(b.0), bottom: a.1.min(b.1), right: a.0.max(b.0), top: a.1.max(b.1) }
    }

    /// A box that holds everything.
    pub(super) const ALL: Rect = Rect { left: -1e7, bottom: -1e7, right: 1e7, top: 1e7 };

    /// A box that holds nothing, to grow.
    pub(super) const NONE: Rect = Rect { left: 1e9, bottom: 1e9, right: -1e9, top: -1e9 };

    /// Width in points.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in points.
    pub fn height(&self) -> f64 {
        self.top - self.bottom
    }

    pub(super) fn is_empty(&self) -> bool {
        !(self.right >= self.left && self.top >= self.bottom)
    }

    pub(super) fn add(&mut self, (x, y): (f64, f64)) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.bottom = self.bottom.min(y);
        self.top = self.top.max(y);
    }

    pub(super) fn meet(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    pub(super) fn grown(&self, by: f64) -> Rect {
        Rect { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// Whether `inner` lies within, up to a tolerance in points.
    pub(super) fn holds(&self, inner: &Rect, tolerance: f64) -> bool {
        inner.left >= self.left - tolerance
            && inner.bottom >= self.bottom - tolerance
            && inner.right <= self.right + tolerance
            && inner.top <= self.top + tolerance
    }

    pub(super) fn center(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.bottom + self.top) / 2.0)
    }

    pub(super) fn covers(&self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.bottom && y <= self.top
    }

    /// From a PDF array of four numbers; `None` if it is none or has no extent.
    pub(super) fn read(document: &Document, object: &Object) -> Option<Rect> {
        let list = object.as_array().ok()?;
        let number = |i: usize| number(document, list.get(i)?);
        let rect = Rect::new((number(0)?, number(1)?), (number(2)?, number(3)?));
        (rect.width() > 0.0 && rect.height() > 0.0 && rect.grown(0.0).left.abs() < 1e7).then_some(rect)
    }
}

/// A finite number, through a reference.
pub(super) fn number(document: &Document, object: &Object) -> Option<f64> {
    let value = f64::from(document.dereference(object).ok()?.1.as_float().ok()?);
    value.is_finite().then_some(value)
}

/// A transformation: `x' = a x + c y + e`, `y' = b x + d y + f` (ISO 32000-1, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then `next`.
    pub(super) fn then(&self, next: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Matrix([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    pub(super) fn apply(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The box around a box that was transformed.
    pub(super) fn bound(&self, rect: &Rect) -> Rect {
        let mut out = Rect::NONE;
        for corner in
            [(rect.left, rect.bottom), (rect.left, rect.top), (rect.right, rect.bottom), (rect.right, rect.top)]
        {
            out.add(self.apply(corner));
        }
        out
    }

    /// Whether boxes stay boxes: turned by quarters only.
    pub(super) fn is_straight(&self) -> bool {
        let [a, b, c, d, ..] = self.0;
        let small = 1e-4 * (a.abs() + b.abs() + c.abs() + d.abs());
        (b.abs() <= small && c.abs() <= small) || (a.abs() <= small && d.abs() <= small)
    }

    /// How much lengths along x and y grow.
    pub(super) fn scales(&self) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }

    /// How much a length grows on average.
    pub(super) fn scale(&self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// From six numbers, or nothing changed.
    pub(super) fn read(document: &Document, object: Option<&Object>) -> Matrix {
        let list = object.and_then(|o| document.dereference(o).ok()?.1.as_array().ok());
        let numbers: Vec<f64> =
            list.map(|l| l.iter().take(6).filter_map(|o| number(document, o)).collect()).unwrap_or_default();
        <[f64; 6]>::try_from(numbers).map_or(Matrix::ONE, Matrix)
    }
}
