//! The graphics state while a page is walked (ISO 32000-1, 8.4).

use super::colour::{Inks, Space, inks};
use super::font::Font;
use super::geometry::{Matrix, Rect};
use lopdf::ObjectId;
use std::rc::Rc;

/// A colour that paints.
#[derive(Debug, Clone)]
pub(super) struct Paint {
    pub(super) space: Rc<Space>,
    pub(super) parts: Vec<f64>,
    /// The pattern, where it is one.
    pub(super) pattern: Option<ObjectId>,
}

impl Paint {
    pub(super) fn black() -> Paint {
        Paint { space: Rc::new(Space::Gray), parts: vec![0.0], pattern: None }
    }

    /// What it puts on the plates, if it is flat and needs no conversion.
    pub(super) fn inks(&self) -> Option<Inks> {
        if self.pattern.is_some() { None } else { inks(&self.space, &self.parts) }
    }
}

/// What holds while content is painted.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    /// The box around what may be painted, in page space.
    pub(super) clip: Rect,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// Line width in user space.
    pub(super) width: f64,
    pub(super) overprint_fill: bool,
    pub(super) overprint_stroke: bool,
    pub(super) overprint_mode: i64,
    pub(super) alpha_fill: f64,
    pub(super) alpha_stroke: f64,
    pub(super) blends: bool,
    pub(super) masked: bool,
    pub(super) text: Text,
}

/// The text state.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f64,
    pub(super) letter: f64,
    pub(super) word: f64,
    /// Horizontal scaling; 1 is none.
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
}

impl State {
    pub(super) fn new(ctm: Matrix, clip: Rect) -> State {
        State {
            ctm,
            clip,
            fill: Paint::black(),
            stroke: Paint::black(),
            width: 1.0,
            overprint_fill: false,
            overprint_stroke: false,
            overprint_mode: 0,
            alpha_fill: 1.0,
            alpha_stroke: 1.0,
            blends: false,
            masked: false,
            text: Text { font: None, size: 0.0, letter: 0.0, word: 0.0, scale: 1.0, leading: 0.0, rise: 0.0, mode: 0 },
        }
    }
}

/// Where content stands that is no page's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// On the page, directly or in a form.
    Page,
    /// In a pattern's tile: its places are not where it is painted.
    Pattern,
    /// In a soft mask: it makes no ink.
    Mask,
    /// In a letter of a Type 3 font.
    Letter,
    /// In the appearance of an annotation.
    Annotation,
}

/// What is painted.
#[derive(Debug)]
pub(super) enum Kind {
    /// A run of letters: what they mean, and the size in points on the page.
    Text {
        text: String,
        size: f64,
    },
    /// An area; whether its edges are those of its box.
    Fill {
        straight: bool,
        /// The shorter side of the whole of it, clipped parts included, in points.
        across: f64,
    },
    /// A line of so many points on the page; whether it is a single straight line along an axis.
    Stroke {
        width: f64,
        straight: bool,
    },
    Picture(Picture),
    Shading,
}

/// A picture at its place.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its name in the resources, or `an inline picture`.
    pub(super) name: String,
    pub(super) width: i64,
    pub(super) height: i64,
    /// Pixels per inch at its size on the page: the lesser of both directions.
    pub(super) ppi: f64,
    /// One bit to a pixel.
    pub(super) line_art: bool,
    /// Painted through, in the fill colour.
    pub(super) stencil: bool,
    /// Whether its edges are those of its box.
    pub(super) straight: bool,
    /// Object number, to tell pictures apart.
    pub(super) id: u32,
}

/// Something on a page.
#[derive(Debug)]
pub(super) struct Placed<'s> {
    pub(super) kind: Kind,
    /// The box of what is seen of it, in page space.
    pub(super) area: Rect,
    /// Its colour space or, for pictures and shadings, theirs.
    pub(super) space: &'s Space,
    /// What it puts on the plates, if that is flat.
    pub(super) inks: Option<Inks>,
    pub(super) overprint: bool,
    pub(super) overprint_mode: i64,
    /// Why it is see-through, if it is.
    pub(super) see_through: Option<&'static str>,
    pub(super) inside: Inside,
}

impl Placed<'_> {
    /// For people: what it is.
    pub(super) fn name(&self) -> String {
        match &self.kind {
            Kind::Text { text, .. } => format!("text {}", snippet(text)),
            Kind::Fill { .. } => "an area".to_owned(),
            Kind::Stroke { .. } => "a line".to_owned(),
            Kind::Picture(picture) => {
                format!("picture `{}` ({} x {} pixels)", picture.name, picture.width, picture.height)
            }
            Kind::Shading => "a gradient".to_owned(),
        }
    }
}

/// The first letters of a text, for a message.
pub(super) fn snippet(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim();
    match clean.chars().count() {
        0 => "(letters without a meaning)".to_owned(),
        n if n > 40 => format!("`{}…`", clean.chars().take(38).collect::<String>().trim_end()),
        _ => format!("`{clean}`"),
    }
}
