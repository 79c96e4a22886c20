//! What happens at the cut: things that end there without running into the bleed, and text that stands too near.

use super::catalogue::Rule;
use super::geometry::{POINTS, Rect};
use super::judge::PageJudge;
use super::state::{Kind, Placed};

/// How far inside the cut an edge still counts as meant to reach it, in millimetres.
const NEAR: f64 = 0.5;
/// How much of the bleed may be missing, in millimetres.
const SPARE: f64 = 0.25;
/// How long an edge must be, and how large what it belongs to, in millimetres.
const LONG: f64 = 5.0;
/// The most edges that are kept of a page.
const MOST: usize = 3000;

/// Something that reaches the cut.
#[derive(Debug)]
pub(super) struct Edge {
    area: Rect,
    /// Tells paints apart: the same colour elsewhere may fill the bleed.
    paint: String,
    /// Whether it is a picture: what stands behind one does not stand in for it.
    picture: bool,
    name: String,
    /// Where bleed is missing: left, bottom, right, top.
    short: [bool; 4],
}

impl PageJudge<'_> {
    /// How much bleed things can have: where the page has less room than the shop asks, that is a fault of the page.
    fn edge_bleed(&self) -> f64 {
        let room = outward(&self.page.media, &self.page.trim).into_iter().fold(f64::MAX, f64::min);
        self.wanted.bleed.min(room)
    }

    /// Keeps what reaches the cut.
    pub(super) fn edge(&mut self, placed: &Placed<'_>) {
        let bleed = self.edge_bleed();
        if bleed <= SPARE || self.edges.len() >= MOST || placed.inks.as_ref().is_some_and(|i| i.is_white()) {
            return;
        }
        let (solid, thin) = match &placed.kind {
            Kind::Fill { straight, .. } => (*straight, false),
            Kind::Stroke { straight, .. } => (*straight, true),
            Kind::Picture(picture) => (picture.straight, false),
            Kind::Shading => (true, false),
            Kind::Text { .. } => return,
        };
        let (trim, area) = (self.page.trim, placed.area);
        let out = outward(&area, &trim);
        if !solid || out.iter().all(|e| *e < -NEAR) {
            return;
        }
        let within = area.meet(&trim);
        let (width, height) = (within.width() / POINTS, within.height() / POINTS);
        let large = if thin { width.max(height) >= LONG } else { width.min(height) >= LONG };
        // What is small cannot be short of bleed, but it may fill what another piece leaves open. A line reaches the cut
        // with its ends; a line along the cut is a frame, and as wrong there as a picture.
        let short = out.map(|e| large && e >= -NEAR && e < bleed - SPARE);
        let paint = match &placed.kind {
            Kind::Picture(picture) => format!("picture {}", picture.id),
            Kind::Shading => "gradient".to_owned(),
            _ => placed.inks.as_ref().map_or_else(|| placed.space.name(), |inks| inks.name()),
        };
        let picture = matches!(placed.kind, Kind::Picture(_));
        self.edges.push(Edge { area, paint, picture, name: placed.name(), short });
    }

    /// Judges the edges when the page is complete: the same paint may reach the bleed in another piece.
    pub(super) fn settle_edges(&mut self) {
        let edges = std::mem::take(&mut self.edges);
        let (trim, bleed) = (self.page.trim, self.edge_bleed());
        let wanted = trim.grown((bleed - SPARE) * POINTS);
        let mut judged = 0;
        for (index, edge) in edges.iter().enumerate().filter(|(_, e)| e.short.contains(&true)) {
            judged += 1;
            if judged > 300 {
                break;
            }
            let missing: Vec<(usize, Rect)> =
                (0..4).filter(|&side| edge.short[side]).map(|side| (side, strip(&edge.area, &wanted, side))).collect();
            // A shape on a ground that runs into the bleed leaves no paper white.
            let ground = |other: usize| !edge.picture && other < index;
            let is_filled = |strip: &Rect| {
                let fills =
                    |(other, e): (usize, &Edge)| (e.paint == edge.paint || ground(other)) && e.area.holds(strip, 0.3);
                edges.iter().enumerate().any(fills)
            };
            let Some((side, _)) = missing.into_iter().find(|(_, strip)| !is_filled(strip)) else { continue };
            let has = outward(&edge.area, &trim)[side];
            let side = ["left", "bottom", "right", "top"][side];
            self.at(Rule::BLEED_UNFILLED, "", edge.area, || {
                let beside = if has > 0.0 { "beyond" } else { "before" };
                let ends = match has.abs() {
                    h if h < 0.05 => "at the cut".to_owned(),
                    h => format!("{h:.1} mm {beside} the cut"),
                };
                format!("{} ends {ends} at the {side}; the bleed is {bleed:.1} mm", edge.name)
            });
        }
    }

    /// Text inside the cut and too near to it.
    pub(super) fn near_trim(&mut self, placed: &Placed<'_>) {
        let safe = self.wanted.shop.safe.0;
        let out = outward(&placed.area, &self.page.trim);
        let nearest = out.into_iter().fold(f64::MIN, f64::max);
        let visible = placed.area.meet(&self.page.trim);
        if visible.is_empty() || -nearest >= safe - 0.05 {
            return;
        }
        self.at(Rule::NEAR_TRIM, "", placed.area, || match nearest {
            n if n > 0.0 => format!("{} is cut off: it runs {n:.1} mm over the cut", placed.name()),
            n => format!("{} stands {:.1} mm from the cut; it needs {safe:.1} mm", placed.name(), -n),
        });
    }
}

/// How far each side lies outside the trim's, in millimetres: left, bottom, right, top.
fn outward(area: &Rect, trim: &Rect) -> [f64; 4] {
    [trim.left - area.left, trim.bottom - area.bottom, area.right - trim.right, area.top - trim.top]
        .map(|points| points / POINTS)
}

/// The strip between a side of an area and the bleed's edge.
fn strip(area: &Rect, wanted: &Rect, side: usize) -> Rect {
    let inside = area.meet(wanted);
    match side {
        0 => Rect { left: wanted.left, right: inside.left, ..inside },
        1 => Rect { bottom: wanted.bottom, top: inside.bottom, ..inside },
        2 => Rect { left: inside.right, right: wanted.right, ..inside },
        _ => Rect { bottom: inside.top, top: wanted.top, ..inside },
    }
}
