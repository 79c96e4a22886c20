//! Pictures: their colours, their pixels for each inch, and how they are packed (ISO 32000-1, 8.9).

use super::colour::{Icc, Space};
use super::geometry::Rect;
use super::state::{Kind, Picture, Placed};
use super::walk::{Run, Walk, see_through};
use lopdf::{Dictionary, Object, ObjectId, Stream};

impl Walk<'_, '_> {
    /// Reports a picture XObject.
    pub(super) fn picture(&mut self, run: &mut Run<'_>, name: &[u8], id: Option<ObjectId>, stream: &Stream) {
        let dict = &stream.dict;
        let filters = filters(dict, self.shared.document);
        let area = place(run);
        if area.is_empty() {
            return;
        }
        self.judge.packed(&filters, &area);
        self.judge.picture_dict(dict, &area);
        let space = match dict.get(b"ColorSpace") {
            Ok(object) => Space::read(self.shared, run.resources, object),
            // A JPEG 2000 picture says it within itself.
            Err(_) if filters.iter().any(|f| f == b"JPXDecode") => jpx_space(&stream.content),
            Err(_) => Space::Unknown,
        };
        let name = super::colour::text(name);
        let has_mask = dict.get_deref(b"SMask", self.shared.document).is_ok_and(|o| o.as_stream().is_ok());
        self.placed_picture(run, dict, space, (name, id.map_or(0, |id| id.0), has_mask));
    }

    /// Reports an inline picture, whose dictionary's keys and values stand in a row.
    pub(super) fn inline_picture(&mut self, run: &mut Run<'_>, operands: &[Object]) {
        let mut dict = Dictionary::new();
        for pair in operands.chunks_exact(2) {
            let Ok(key) = pair[0].as_name() else { continue };
            let key: &[u8] = match key {
                b"W" => b"Width",
                b"H" => b"Height",
                b"BPC" => b"BitsPerComponent",
                b"CS" => b"ColorSpace",
                b"IM" => b"ImageMask",
                b"F" => b"Filter",
                other => other,
            };
            dict.set(key, pair[1].clone());
        }
        let filters = filters(&dict, self.shared.document);
        self.judge.packed(&filters, &place(run));
        let space = dict.get(b"ColorSpace").map_or(Space::Unknown, |o| Space::read(self.shared, run.resources, o));
        self.placed_picture(run, &dict, space, ("an inline picture".to_owned(), 0, false));
    }

    fn placed_picture(&mut self, run: &mut Run<'_>, dict: &Dictionary, space: Space, what: (String, u32, bool)) {
        let (name, id, soft_mask) = what;
        let area = place(run);
        let whole = |key: &[u8]| self.shared.number(dict, key).unwrap_or(0.0) as i64;
        let (width, height) = (whole(b"Width"), whole(b"Height"));
        if area.is_empty() || width < 1 || height < 1 {
            return;
        }
        let stencil = dict.get_deref(b"ImageMask", self.shared.document).and_then(Object::as_bool).unwrap_or(false);
        let (across, down) = run.state.ctm.scales();
        let per_inch = |pixels: i64, points: f64| pixels as f64 * 72.0 / points.max(1e-6);
        let picture = Picture {
            name,
            width,
            height,
            ppi: per_inch(width, across).min(per_inch(height, down)),
            line_art: stencil || whole(b"BitsPerComponent") == 1,
            stencil,
            straight: run.state.ctm.is_straight(),
            id,
        };
        let kind = Kind::Picture(picture);
        if stencil {
            let paint = run.state.fill.clone();
            return self.painted(run, kind, area, &paint, false);
        }
        let placed = Placed {
            kind,
            area,
            space: &space,
            inks: None,
            overprint: run.state.overprint_fill,
            overprint_mode: run.state.overprint_mode,
            see_through: see_through(&run.state, run.state.alpha_fill).or(soft_mask.then_some("a soft mask")),
            inside: run.inside,
        };
        self.judge.placed(&placed);
    }
}

/// Where a picture that is painted now is seen: it fills the unit square of user space.
fn place(run: &Run<'_>) -> Rect {
    run.state.ctm.bound(&Rect::new((0.0, 0.0), (1.0, 1.0))).meet(&run.state.clip)
}

/// The filters of a stream by their full names.
pub(super) fn filters(dict: &Dictionary, document: &lopdf::Document) -> Vec<Vec<u8>> {
    let full = |name: &[u8]| match name {
        b"LZW" => b"LZWDecode".to_vec(),
        b"DCT" => b"DCTDecode".to_vec(),
        other => other.to_vec(),
    };
    match dict.get_deref(b"Filter", document) {
        Ok(Object::Name(name)) => vec![full(name)],
        Ok(Object::Array(list)) => {
            list.iter().take(16).filter_map(|o| document.dereference(o).ok()?.1.as_name().ok()).map(full).collect()
        }
        _ => Vec::new(),
    }
}

/// The colour space in a JPEG 2000 picture's first colour box (ISO/IEC 15444-1, I.5.3.3).
fn jpx_space(bytes: &[u8]) -> Space {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let Some(at) = head.windows(4).position(|w| w == b"colr") else { return Space::Unknown };
    match (head.get(at + 4), head.get(at + 7..at + 11)) {
        (Some(1), Some([0, 0, 0, 12])) => Space::Cmyk,
        (Some(1), Some([0, 0, 0, 17])) => Space::Gray,
        (Some(1), Some([0, 0, 0, 16 | 18])) => Space::Rgb,
        (Some(2), _) => match head.get(at + 7 + 16..at + 7 + 20) {
            Some(b"RGB ") => Space::Icc(Icc { parts: 3, digest: [0; 32] }),
            Some(b"GRAY") => Space::Icc(Icc { parts: 1, digest: [0; 32] }),
            _ => Space::Unknown,
        },
        _ => Space::Unknown,
    }
}
