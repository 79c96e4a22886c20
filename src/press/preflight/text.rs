//! Text: where runs of letters stand, how large, and in which font (ISO 32000-1, 9).

use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::state::{Inside, Kind, State};
use super::walk::{Run, Walk, numbers, one, six};
use lopdf::Object;
use std::rc::Rc;

/// The most letters of a run whose meaning is kept for messages.
const KEPT: usize = 60;
/// Rise and fall of letters about the line, in parts of the size.
const RISE: f64 = 0.72;
const FALL: f64 = 0.05;

impl Walk<'_, '_> {
    /// The operators of text.
    pub(super) fn text_operator(&mut self, run: &mut Run<'_>, word: &[u8], operands: &[Object]) {
        let value = || one(operands).unwrap_or(0.0);
        match word {
            b"BT" => (run.matrix, run.line) = (Matrix::ONE, Matrix::ONE),
            b"Tc" => run.state.text.letter = value(),
            b"Tw" => run.state.text.word = value(),
            b"Tz" => run.state.text.scale = value() / 100.0,
            b"TL" => run.state.text.leading = value(),
            b"Ts" => run.state.text.rise = value(),
            b"Tr" => run.state.text.mode = value() as i64,
            b"Tf" => self.set_font(run, operands),
            b"Tm" => {
                if let Some(matrix) = six(operands) {
                    (run.matrix, run.line) = (matrix, matrix);
                }
            }
            b"Td" | b"TD" => {
                if let [x, y] = numbers(operands)[..] {
                    if word == b"TD" {
                        run.state.text.leading = -y;
                    }
                    next_line(run, x, y);
                }
            }
            b"T*" => next_line(run, 0.0, -run.state.text.leading),
            b"Tj" => self.show(run, operands),
            b"'" | b"\"" => {
                if let (b"\"", [word, letter, ..]) = (word, &numbers(operands)[..]) {
                    (run.state.text.word, run.state.text.letter) = (*word, *letter);
                }
                next_line(run, 0.0, -run.state.text.leading);
                self.show(run, operands.last().map_or(&[], std::slice::from_ref));
            }
            b"TJ" => {
                if let Some(Object::Array(list)) = operands.first() {
                    self.show(run, list);
                }
            }
            _ => {}
        }
    }

    fn set_font(&mut self, run: &mut Run<'_>, operands: &[Object]) {
        run.state.text.size = one(operands).unwrap_or(0.0);
        let list = run.resources.and_then(|r| self.shared.dict(r, b"Font"));
        let name = operands.first().and_then(|o| o.as_name().ok());
        run.state.text.font = match name.and_then(|n| list?.get(n).ok()) {
            Some(object) => self.font(object),
            None => None,
        };
    }

    /// Shows strings; numbers between them move on.
    fn show(&mut self, run: &mut Run<'_>, items: &[Object]) {
        let Some(font) = run.state.text.font.clone() else { return };
        self.shared.spend(items.len() as i64 / 4);
        let (start, mut text, mut shown) = (run.matrix, String::new(), 0.0);
        let (mut advance, mut drawn, mut letters) = (0.0, 0.0, 0);
        let state = &run.state.text;
        let mut used: Vec<usize> = Vec::new();
        for item in items {
            if let Ok(kern) = item.as_float() {
                advance -= f64::from(kern) / 1000.0 * state.size * state.scale;
                continue;
            }
            for code in item.as_str().map(|s| font.codes(s)).into_iter().flatten() {
                let space = if font.is_space(code) { state.word } else { 0.0 };
                advance += (font.width(code) / 1000.0 * state.size + state.letter + space) * state.scale;
                if text.len() < KEPT {
                    font.meaning(code, &mut text);
                }
                if font.drawn.is_some() && used.len() < 256 {
                    used.push(code);
                }
                letters += 1;
                (drawn, shown) = (advance, state.letter * state.scale);
            }
        }
        run.matrix = Matrix::moved(advance, 0.0).then(&run.matrix);
        if letters > 0 {
            self.shown(run, &font, start, drawn - shown, text);
            self.letters(run, &font, start, &used);
        }
    }

    /// Reports a run of letters of a width in unscaled text space.
    fn shown(&mut self, run: &mut Run<'_>, font: &Rc<Font>, start: Matrix, width: f64, text: String) {
        let (size, rise, mode) = (run.state.text.size, run.state.text.rise, run.state.text.mode);
        let matrix = start.then(&run.state.ctm);
        let height = if size < 0.0 { -1.0 } else { 1.0 };
        let bottom = rise - FALL * size * height;
        let own = Rect::new((0.0, bottom), (width, rise + RISE * size));
        let area = matrix.bound(&own).meet(&run.state.clip);
        // Letters that are only spaces leave no mark, and modes 3 and 7 paint nothing (ISO 32000-1, Table 106).
        if area.is_empty() || matches!(mode, 3 | 7) || (!text.is_empty() && text.trim().is_empty()) {
            return;
        }
        let size = (size * matrix.scales().1).abs();
        self.judge.font(font, &area, &text, run.inside);
        let stroke = matches!(mode, 1 | 5);
        let paint = if stroke { run.state.stroke.clone() } else { run.state.fill.clone() };
        self.painted(run, Kind::Text { text, size }, area, &paint, stroke);
    }

    /// Walks the letters of a Type 3 font, each once on a page.
    fn letters(&mut self, run: &Run<'_>, font: &Rc<Font>, start: Matrix, used: &[usize]) {
        let Some(drawn) = &font.drawn else { return };
        if matches!(run.inside, Inside::Letter | Inside::Mask) {
            return;
        }
        for id in used.iter().filter_map(|code| drawn.letters.get(code)) {
            if !self.done.insert(*id) {
                continue;
            }
            let Ok(Object::Stream(stream)) = self.shared.document.get_object(*id) else { continue };
            let Some(text) = self.shared.unfold(stream) else { continue };
            let size = run.state.text.size;
            let sized = Matrix([size * run.state.text.scale, 0.0, 0.0, size, 0.0, run.state.text.rise]);
            let ctm = drawn.matrix.then(&sized).then(&start).then(&run.state.ctm);
            let mut state = State::new(ctm, run.state.clip);
            state.fill = run.state.fill.clone();
            state.stroke = run.state.fill.clone();
            let resources = drawn.resources.as_ref().or(run.resources);
            self.content(&text, resources, state, Inside::Letter);
        }
    }
}

fn next_line(run: &mut Run<'_>, x: f64, y: f64) {
    run.line = Matrix::moved(x, y).then(&run.line);
    run.matrix = run.line;
}
