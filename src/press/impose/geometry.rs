//! Where on the sheet each page stands: gaps, bleeds, the spine, creep. Points throughout, from the sheet's lower left.
//!
//! No page's bleed reaches into its neighbour's: it ends at the spine (stapled), or half way to the neighbour.

use super::fold::{Cell, folded};
use super::{Binding, Job, Method, Paper, Refusal};
use crate::press::marks::{self, Across, MM, Rect};

/// Bleed taken over from the pages at most, in points: more is no bleed but room for marks.
const MOST_BLEED: f64 = 5.0 * MM;
/// What is cut off where the pages have no bleed, in points.
const USUAL: f64 = 3.0 * MM;
/// Sizes that differ by less are the same, in points.
const CLOSE: f64 = 0.5;

/// What all pages have in common, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    /// What is kept beyond the trim.
    pub(super) bleed: f64,
    /// What the pages have of it.
    pub(super) given: f64,
    /// Between pages that are cut apart.
    gutter: f64,
    /// Between pages that share a spine.
    spine: f64,
    /// How far a page moves for each spread around it.
    leaf: f64,
    method: Method,
    right_to_left: bool,
}

/// A sheet's sides, in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Size {
    pub(super) name: String,
    sides: [f64; 2],
}

/// The pages of one sheet as a block, in points from its lower left trim.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// Left edges of the columns' trims.
    x: Vec<f64>,
    /// Lower edges of the rows' trims.
    y: Vec<f64>,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The forms: front and back, or the one for both.
    pub(super) forms: Vec<Vec<Cell>>,
    /// Where the sheet is cut besides the edges, and where folded.
    cuts: Vec<Across>,
    folds: Vec<Across>,
}

/// A sheet with a layout on it, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The block's lower left trim.
    left: f64,
    bottom: f64,
}

impl Page {
    pub(super) fn of(job: &Job, trimmed: &super::source::Trimmed, right_to_left: bool) -> Page {
        let bleed = job.bleed.map_or(trimmed.bleed.min(MOST_BLEED), |b| b.0 * MM);
        let edge = if trimmed.bleed > 0.0 || job.bleed.is_some() { bleed } else { USUAL };
        Page {
            width: trimmed.width,
            height: trimmed.height,
            bleed,
            given: trimmed.bleed,
            gutter: job.gutter.map_or(2.0 * edge, |g| g.0 * MM),
            spine: if job.binding == Binding::Perfect { 2.0 * job.mill.0 * MM } else { 0.0 },
            leaf: job.creep.0 * MM,
            method: job.method,
            right_to_left,
        }
    }

    /// How far a page moves towards the spine with so many spreads around it, in points.
    pub(super) fn creep(&self, depth: usize) -> f64 {
        depth as f64 * self.leaf
    }

    /// The block of a sheet that is folded to so many pages.
    pub(super) fn layout(&self, pages: usize) -> Option<Layout> {
        let sheet = folded(pages, self.right_to_left)?;
        let turned = |c: &Cell| Cell {
            column: sheet.columns - 1 - c.column,
            row: sheet.rows - 1 - c.row,
            turned: !c.turned,
            spine_right: !c.spine_right,
            ..*c
        };
        let tumbled: Vec<Cell> = sheet.back.iter().map(turned).collect();
        let beside = |c: &Cell| Cell { column: c.column + sheet.columns, ..*c };
        let above = |c: &Cell| Cell { row: c.row + sheet.rows, ..*c };
        let (across, up, forms) = match self.method {
            Method::Sheetwise => (1, 1, vec![sheet.front, sheet.back]),
            Method::Perfecting => (1, 1, vec![sheet.front, tumbled]),
            Method::WorkAndTurn => {
                let both = sheet.front.iter().copied().chain(sheet.back.iter().map(beside)).collect();
                (2, 1, vec![both])
            }
            Method::WorkAndTumble => {
                let both = sheet.front.iter().copied().chain(tumbled.iter().map(above)).collect();
                (1, 2, vec![both])
            }
        };
        Some(self.block((sheet.columns, sheet.rows), (across, up), forms))
    }

    fn block(&self, (columns, rows): (usize, usize), (across, up): (usize, usize), forms: Vec<Vec<Cell>>) -> Layout {
        let (mut cuts, mut folds) = (Vec::new(), Vec::new());
        let (mut x, mut y) = (vec![0.0], vec![0.0]);
        for n in 1..columns * across {
            let edge = x[n - 1] + self.width;
            // Columns come in pairs that share a spine.
            let gap = if n % 2 == 1 { self.spine } else { self.gutter };
            if n % 2 == 0 {
                cuts.extend([Across::Upright(edge), Across::Upright(edge + gap)]);
            }
            if n % columns != 0 {
                folds.push(Across::Upright(edge + gap / 2.0));
            }
            x.push(edge + gap);
        }
        for n in 1..rows * up {
            let edge = y[n - 1] + self.height;
            cuts.extend([Across::Level(edge), Across::Level(edge + self.gutter)]);
            if n % rows != 0 {
                folds.push(Across::Level(edge + self.gutter / 2.0));
            }
            y.push(edge + self.gutter);
        }
        let last = |list: &[f64]| list.last().copied().unwrap_or(0.0);
        let (width, height) = (last(&x) + self.width, last(&y) + self.height);
        Layout { x, y, width, height, forms, cuts, folds }
    }

    /// The paper of a job; where it is to fit, the smallest in whole millimetres.
    pub(super) fn paper(&self, job: &Job, extent: usize) -> Result<Size, Refusal> {
        let whole = job.folded.unwrap_or(job.signature).min(job.signature).min(extent.next_multiple_of(4));
        match &job.paper {
            Paper::Sheet { name, width, height } => {
                Ok(Size { name: name.clone(), sides: [width.0 * MM, height.0 * MM] })
            }
            Paper::Auto => {
                let size = super::fold::sizes().rev().find(|size| *size <= whole).unwrap_or(4);
                let Some(layout) = self.layout(size) else {
                    return super::refuse(format!("a sheet is not folded to {size} pages"));
                };
                let sides = self.needed(&layout, job).map(|side| (side / MM - 1e-6).ceil() * MM);
                Ok(Size { name: "auto".to_owned(), sides })
            }
        }
    }

    /// The sheet that a block needs, in points.
    fn needed(&self, layout: &Layout, job: &Job) -> [f64; 2] {
        let (below, above) = self.edges(job);
        [layout.width + 2.0 * self.margin(job), layout.height + below + above]
    }

    /// What must stay free beyond the trim at the sides.
    fn margin(&self, job: &Job) -> f64 {
        marks::margin(job.marks, crate::manifest::Mm(self.bleed / MM)).0 * MM
    }

    /// What must stay free below and above: the press grips the lower edge, and with some methods the upper one too.
    /// Nothing is printed where it grips.
    fn edges(&self, job: &Job) -> (f64, f64) {
        let (margin, gripper) = (self.margin(job), job.gripper.0 * MM);
        let above = if self.method.tumbles() { margin + gripper } else { margin };
        (margin + gripper, above)
    }

    /// Says what a sheet would have to measure.
    pub(super) fn too_large(&self, job: &Job, paper: &Size) -> Refusal {
        let mm = |points: f64| format!("{:.0}", (points / MM - 1e-6).ceil());
        let needed = self.layout(4).map_or([0.0; 2], |l| self.needed(&l, job));
        let mut short = needed;
        short.sort_by(f64::total_cmp);
        let mut have = paper.sides;
        have.sort_by(f64::total_cmp);
        let with = match (job.marks.any(), job.gripper.0 > 0.0) {
            (true, true) => " with bleed, marks and gripper margin",
            (true, false) => " with bleed and marks",
            (false, true) => " with bleed and gripper margin",
            (false, false) => " with bleed",
        };
        let rest = if job.marks.any() { ", or leave out the marks" } else { "" };
        let forms = if job.method.is_one_form() { "both sides of four pages" } else { "two pages side by side" };
        Refusal::new(format!(
            "a sheet `{}` of {} x {} mm is too small: {forms} need {} x {} mm{with}: name a larger sheet{rest}",
            paper.name,
            mm(have[0]),
            mm(have[1]),
            mm(short[0]),
            mm(short[1]),
        ))
    }
}

impl Layout {
    /// The block on a sheet, the sheet turned as it fits; `None` if it doesn't.
    pub(super) fn on(&self, size: &Size, job: &Job, page: &Page) -> Option<Place> {
        let [a, b] = size.sides;
        let [needed_width, needed_height] = page.needed(self, job);
        let holds = |(w, h): &(f64, f64)| needed_width <= w + CLOSE && needed_height <= h + CLOSE;
        let (width, height) = [(a.max(b), a.min(b)), (a.min(b), a.max(b))].into_iter().find(holds)?;
        // In the middle, so that both sides fall on each other; moved up where the gripper needs it.
        let (below, _) = page.edges(job);
        let middle = (height - self.height) / 2.0;
        let bottom = if page.method.tumbles() { middle } else { middle.max(below) };
        Some(Place { width, height, left: (width - self.width) / 2.0, bottom })
    }

    /// Where a cell's trim stands on the sheet.
    pub(super) fn trim(&self, cell: &Cell, place: &Place, page: &Page) -> Rect {
        let at = |list: &[f64], n: usize| list.get(n).copied().unwrap_or(0.0);
        let (left, bottom) = (place.left + at(&self.x, cell.column), place.bottom + at(&self.y, cell.row));
        [left, bottom, left + page.width, bottom + page.height]
    }

    /// What of a page is seen: its trim with as much bleed as there is room for.
    pub(super) fn seen(&self, cell: &Cell, place: &Place, page: &Page) -> Rect {
        let [left, bottom, right, top] = self.trim(cell, place, page);
        let within = |gap: f64| page.bleed.min(gap / 2.0);
        let (face, spine) = (within(page.gutter), within(page.spine));
        let outer = |is_edge: bool| if is_edge { page.bleed } else { face };
        // The spine is never at the sheet's edge; the face is at the edge in the first and the last column.
        let is_edge = cell.column == 0 || cell.column + 1 == self.x.len();
        let (to_left, to_right) = if cell.spine_right { (outer(is_edge), spine) } else { (spine, outer(is_edge)) };
        let (down, up) = (outer(cell.row == 0), outer(cell.row + 1 == self.y.len()));
        [left - to_left, bottom - down, right + to_right, top + up]
    }

    /// What the marks of a form stand around.
    pub(super) fn around(&self, place: &Place, page: &Page) -> marks::Around {
        let moved = |line: &Across| match line {
            Across::Upright(x) => Across::Upright(x + place.left),
            Across::Level(y) => Across::Level(y + place.bottom),
        };
        let trim = [place.left, place.bottom, place.left + self.width, place.bottom + self.height];
        let [left, bottom, right, top] = trim;
        marks::Around {
            trim,
            bleed: [left - page.bleed, bottom - page.bleed, right + page.bleed, top + page.bleed],
            media: [0.0, 0.0, place.width, place.height],
            cuts: self.cuts.iter().map(moved).collect(),
            folds: self.folds.iter().map(moved).collect(),
        }
    }
}
