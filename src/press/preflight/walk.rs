//! A page's content walked: every operator that changes what is painted, or paints (ISO 32000-1, Annex A).
//!
//! Forms, patterns, soft masks and letters of Type 3 fonts are walked where they are used. Nothing is walked within itself,
//! depth is limited, and all pages together spend from one purse of operators and bytes ([`Shared`]).

use super::catalogue::Rule;
use super::colour::Space;
use super::font::Font;
use super::geometry::{Matrix, Rect, number};
use super::judge::PageJudge;
use super::lex::Lexer;
use super::shared::{Shared, dict_of};
use super::state::{Inside, Kind, Placed, State};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How deep forms may stand in forms.
const DEPTH: usize = 20;
/// How deep states may be kept.
const STATES: usize = 512;

/// A walk through one page.
pub(super) struct Walk<'a, 'j> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) judge: &'j mut PageJudge<'a>,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    spaces: BTreeMap<(ObjectId, Vec<u8>), Rc<Space>>,
    /// Streams that are being walked.
    open: Vec<ObjectId>,
    /// Patterns, masks and letters that were walked already: their places count once.
    pub(super) done: BTreeSet<ObjectId>,
    /// How deep the walk is in streams.
    depth: usize,
}

/// One stream while it is walked.
pub(super) struct Run<'r> {
    pub(super) resources: Option<&'r Dictionary>,
    pub(super) state: State,
    kept: Vec<State>,
    pub(super) inside: Inside,
    pub(super) path: super::path::Path,
    pub(super) matrix: Matrix,
    pub(super) line: Matrix,
    /// Colours are somebody else's: an uncoloured letter or tile.
    pub(super) uncoloured: bool,
}

impl<'a, 'j> Walk<'a, 'j> {
    pub(super) fn new(shared: &'a Shared<'a>, judge: &'j mut PageJudge<'a>) -> Self {
        Walk {
            shared,
            judge,
            fonts: BTreeMap::new(),
            spaces: BTreeMap::new(),
            open: Vec::new(),
            done: BTreeSet::new(),
            depth: 0,
        }
    }

    /// Walks content.
    pub(super) fn content(&mut self, text: &[u8], resources: Option<&Dictionary>, state: State, inside: Inside) {
        if self.depth >= DEPTH {
            return;
        }
        self.depth += 1;
        let mut run = Run {
            resources,
            state,
            kept: Vec::new(),
            inside,
            path: super::path::Path::default(),
            matrix: Matrix::ONE,
            line: Matrix::ONE,
            uncoloured: false,
        };
        let (mut lexer, mut operands) = (Lexer::new(text, 512), Vec::new());
        while let Some(word) = lexer.next(&mut operands) {
            if !self.shared.spend(1) {
                break;
            }
            if word == b"ID" {
                lexer.skip_inline();
                self.inline_picture(&mut run, &operands);
                continue;
            }
            self.operator(&mut run, word, &operands);
        }
        self.depth -= 1;
    }

    fn operator(&mut self, run: &mut Run<'_>, word: &[u8], operands: &[Object]) {
        match word {
            b"q" if run.kept.len() < STATES => run.kept.push(run.state.clone()),
            b"Q" => {
                if let Some(state) = run.kept.pop() {
                    run.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = six(operands) {
                    run.state.ctm = matrix.then(&run.state.ctm);
                }
            }
            b"w" => run.state.width = one(operands).unwrap_or(run.state.width).abs(),
            b"gs" => self.graphics(run, operands),
            b"Do" => self.paint_object(run, operands),
            b"sh" => self.shading(run, operands),
            b"d1" => run.uncoloured = run.inside == Inside::Letter,
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" | b"W" | b"W*" => run.path.build(word, &numbers(operands)),
            b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" | b"n" => self.paint_path(run, word),
            b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => {
                self.colour(run, word, operands);
            }
            _ => self.text_operator(run, word, operands),
        }
    }

    /// A space by its name, remembered for the resources that it stands in.
    pub(super) fn space(&mut self, run: &Run<'_>, name: &[u8]) -> Rc<Space> {
        let object = Object::Name(name.to_vec());
        let spaces = run.resources.and_then(|r| r.get_deref(b"ColorSpace", self.shared.document).ok()?.as_dict().ok());
        let id = spaces.and_then(|s| s.get(name).ok()?.as_reference().ok());
        let Some(id) = id else { return Rc::new(Space::read(self.shared, run.resources, &object)) };
        let key = (id, name.to_vec());
        if let Some(known) = self.spaces.get(&key) {
            return Rc::clone(known);
        }
        let space = Rc::new(Space::read(self.shared, run.resources, &object));
        self.spaces.insert(key, Rc::clone(&space));
        space
    }

    /// A font by its object.
    pub(super) fn font(&mut self, object: &Object) -> Option<Rc<Font>> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        let dict = dict_of(self.shared.document.dereference(object).ok()?.1)?;
        let font = Rc::new(Font::read(self.shared, dict));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Sets what an `ExtGState` says (ISO 32000-1, Table 58).
    fn graphics(&mut self, run: &mut Run<'_>, operands: &[Object]) {
        let shared = self.shared;
        let found = run
            .resources
            .and_then(|r| shared.dict(r, b"ExtGState"))
            .and_then(|list| shared.dict(list, operands.first()?.as_name().ok()?));
        let Some(dict) = found else { return };
        let flag = |key: &[u8]| dict.get_deref(key, shared.document).ok().and_then(|o| o.as_bool().ok());
        let state = &mut run.state;
        if let Some(on) = flag(b"OP") {
            state.overprint_stroke = on;
            state.overprint_fill = flag(b"op").unwrap_or(on);
        } else if let Some(on) = flag(b"op") {
            state.overprint_fill = on;
        }
        if let Some(mode) = shared.number(dict, b"OPM") {
            state.overprint_mode = mode as i64;
        }
        state.width = shared.number(dict, b"LW").unwrap_or(state.width);
        state.alpha_fill = shared.number(dict, b"ca").unwrap_or(state.alpha_fill);
        state.alpha_stroke = shared.number(dict, b"CA").unwrap_or(state.alpha_stroke);
        if let Ok(blend) = dict.get_deref(b"BM", shared.document) {
            let first = blend.as_name().ok().or_else(|| blend.as_array().ok()?.first()?.as_name().ok());
            state.blends = !matches!(first, None | Some(b"Normal" | b"Compatible"));
        }
        self.judge.graphics(dict);
        if let Ok(font) = dict.get_deref(b"Font", shared.document).and_then(Object::as_array)
            && let (Some(font), Some(size)) = (font.first(), font.get(1).and_then(|o| number(shared.document, o)))
        {
            run.state.text.font = self.font(font);
            run.state.text.size = size;
        }
        match dict.get_deref(b"SMask", shared.document) {
            Ok(Object::Name(_)) => run.state.masked = false,
            Ok(Object::Dictionary(mask)) => {
                run.state.masked = true;
                self.soft_mask(run, mask);
            }
            _ => {}
        }
    }

    fn soft_mask(&mut self, run: &Run<'_>, mask: &Dictionary) {
        let Ok(object) = mask.get(b"G") else { return };
        if object.as_reference().is_ok_and(|id| !self.done.insert(id)) {
            return;
        }
        if let Ok((id, Object::Stream(stream))) = self.shared.document.dereference(object) {
            let state = State::new(run.state.ctm, run.state.clip);
            self.form(id, stream, run.resources, state, Inside::Mask);
        }
    }

    fn paint_object(&mut self, run: &mut Run<'_>, operands: &[Object]) {
        let Some(name) = operands.first().and_then(|o| o.as_name().ok()) else { return };
        let list = run.resources.and_then(|r| self.shared.dict(r, b"XObject"));
        let Some(object) = list.and_then(|l| l.get(name).ok()) else { return };
        let Ok((id, Object::Stream(stream))) = self.shared.document.dereference(object) else { return };
        match self.shared.name(&stream.dict, b"Subtype") {
            Some(b"Image") => self.picture(run, name, id, stream),
            Some(b"Form") => {
                let mut state = run.state.clone();
                if run.inside == Inside::Page && shared_group(self.shared, &stream.dict) {
                    self.judge.group(&stream.dict, &state, &self.form_area(&state, stream));
                    // Within a group the state of transparency begins anew (ISO 32000-1, 11.6.6).
                    (state.alpha_fill, state.alpha_stroke, state.blends, state.masked) = (1.0, 1.0, false, false);
                }
                self.form(id, stream, run.resources, state, run.inside);
            }
            Some(b"PS") => self.judge.at(Rule::POSTSCRIPT, "", run.state.clip, || {
                format!("`{}` is a piece of PostScript", super::colour::text(name))
            }),
            _ => {}
        }
    }

    fn form_area(&self, state: &State, stream: &Stream) -> Rect {
        let matrix = Matrix::read(self.shared.document, stream.dict.get(b"Matrix").ok()).then(&state.ctm);
        let bounds = stream.dict.get_deref(b"BBox", self.shared.document).ok();
        let bounds = bounds.and_then(|o| Rect::read(self.shared.document, o));
        bounds.map_or(state.clip, |b| matrix.bound(&b).meet(&state.clip))
    }

    /// Walks a form XObject, or what is made like one.
    pub(super) fn form(
        &mut self,
        id: Option<ObjectId>,
        stream: &Stream,
        outer: Option<&Dictionary>,
        mut state: State,
        inside: Inside,
    ) {
        if id.is_some_and(|id| self.open.contains(&id)) || self.depth >= DEPTH || !self.shared.spend(8) {
            return;
        }
        state.clip = self.form_area(&state, stream);
        state.ctm = Matrix::read(self.shared.document, stream.dict.get(b"Matrix").ok()).then(&state.ctm);
        self.judge.form(&stream.dict, &state, inside);
        let Some(text) = self.shared.unfold(stream) else {
            self.judge.broken(&state.clip);
            return;
        };
        let own = self.shared.dict(&stream.dict, b"Resources");
        self.open.extend(id);
        // A form without resources of its own takes those around it (ISO 32000-1, 7.8.3).
        self.content(&text, own.or(outer), state, inside);
        if id.is_some() {
            self.open.pop();
        }
    }

    fn shading(&mut self, run: &Run<'_>, operands: &[Object]) {
        let Some(name) = operands.first().and_then(|o| o.as_name().ok()) else { return };
        let list = run.resources.and_then(|r| self.shared.dict(r, b"Shading"));
        let Some(dict) = list.and_then(|l| self.shared.dict(l, name)) else { return };
        self.shaded(run, dict, run.state.clip);
    }

    /// Reports a gradient over an area.
    pub(super) fn shaded(&mut self, run: &Run<'_>, dict: &Dictionary, area: Rect) {
        let Ok(space) = dict.get(b"ColorSpace") else { return };
        let space = Space::read(self.shared, run.resources, space);
        let placed = Placed {
            kind: Kind::Shading,
            area,
            space: &space,
            inks: None,
            overprint: false,
            overprint_mode: 0,
            see_through: see_through(&run.state, run.state.alpha_fill),
            inside: run.inside,
        };
        self.judge.placed(&placed);
    }
}

/// Whether a form is a transparency group.
fn shared_group(shared: &Shared<'_>, form: &Dictionary) -> bool {
    shared.dict(form, b"Group").is_some_and(|g| shared.name(g, b"S") == Some(b"Transparency"))
}

/// Why something is see-through, if it is.
pub(super) fn see_through(state: &State, alpha: f64) -> Option<&'static str> {
    if alpha < 0.999 {
        Some("opacity below 100 %")
    } else if state.blends {
        Some("a blend mode")
    } else if state.masked {
        Some("a soft mask")
    } else {
        None
    }
}

/// The numbers among operands.
pub(super) fn numbers(operands: &[Object]) -> Vec<f64> {
    operands.iter().take(40).filter_map(|o| o.as_float().ok()).map(f64::from).filter(|v| v.is_finite()).collect()
}

pub(super) fn one(operands: &[Object]) -> Option<f64> {
    numbers(operands).last().copied()
}

pub(super) fn six(operands: &[Object]) -> Option<Matrix> {
    <[f64; 6]>::try_from(numbers(operands)).ok().map(Matrix)
}
