//! The slots in which adverts are booked, for every trim.
//!
//! Full pages are the trim; fractions divide the type area with 6 mm between them. On A4 the type area is 180 by 254 mm.

use crate::manifest::{AdvertSize, Mm, Trim};

/// Between two slots, and between a slot and the text.
const GAP: f64 = 6.0;
/// The height of a line of the shipped themes' grid: 12 points.
const LINE: f64 = 12.0 * 25.4 / 72.0;
/// What is printed beyond the trim and cut off.
pub const BLEED: Mm = Mm(3.0);
/// How much a shape may differ from its slot's: the rest is left white.
pub const TOLERANCE: f64 = 0.04;

/// The type area: the page without its margins. Side margins grow with the page, 15 mm on A4 and at least 11 mm; the
/// height is whole lines of the grid.
pub fn type_area(trim: Trim) -> (Mm, Mm) {
    let side = (trim.width.0 * 15.0 / 210.0).max(11.0);
    let lines = ((trim.height.0 - 9.6 * LINE) / LINE).floor().max(20.0);
    (Mm(trim.width.0 - 2.0 * side), Mm(lines * LINE))
}

/// Width and height of a slot.
pub fn slot(trim: Trim, size: AdvertSize) -> (Mm, Mm) {
    let (Mm(width), Mm(height)) = type_area(trim);
    let half = (width - GAP) / 2.0;
    match size {
        AdvertSize::Double => (Mm(2.0 * trim.width.0), trim.height),
        AdvertSize::Full => (trim.width, trim.height),
        AdvertSize::HalfHorizontal => (Mm(width), Mm((height - GAP) / 2.0)),
        AdvertSize::HalfVertical => (Mm(half), Mm(height)),
        AdvertSize::Third => (Mm(width), Mm((height - GAP) / 3.0)),
        AdvertSize::Quarter => (Mm(half), Mm((height - GAP) / 2.0)),
        AdvertSize::Eighth => (Mm(half), Mm((height - 3.0 * GAP) / 4.0)),
    }
}

/// How far a shape (width by height, in any unit) is from that of a slot, as a share. A whole page, and two, may bring their bleed.
pub fn off(trim: Trim, size: AdvertSize, width: f64, height: f64) -> f64 {
    let from = |w: f64, h: f64| ((width / height) / (w / h) - 1.0).abs();
    let (w, h) = slot(trim, size);
    let plain = from(w.0, h.0);
    if size.pages() > 0 { plain.min(from(w.0 + 2.0 * BLEED.0, h.0 + 2.0 * BLEED.0)) } else { plain }
}

/// Whether a shape fits a slot.
pub fn fits(trim: Trim, size: AdvertSize, width: f64, height: f64) -> bool {
    off(trim, size, width, height) <= TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: Trim = Trim { width: Mm(210.0), height: Mm(297.0) };

    #[test]
    fn a_half_page_is_nearer_to_half_a_page_than_to_two() {
        let off = |size| off(A4, size, 180.0, 124.0);
        assert!(
            off(AdvertSize::HalfHorizontal) < off(AdvertSize::Double) && fits(A4, AdvertSize::Double, 180.0, 124.0)
        );
    }

    #[test]
    fn the_slots_of_a4_are_those_of_the_rate_card() {
        let round = |size| {
            let (w, h) = slot(A4, size);
            (w.0.round() as u32, h.0.round() as u32)
        };
        assert_eq!(round(AdvertSize::Full), (210, 297));
        assert_eq!(round(AdvertSize::HalfHorizontal), (180, 124));
        assert_eq!(round(AdvertSize::HalfVertical), (87, 254));
        assert_eq!(round(AdvertSize::Third), (180, 83));
        assert_eq!(round(AdvertSize::Quarter), (87, 124));
        assert_eq!(round(AdvertSize::Eighth), (87, 59));
    }

    #[test]
    fn a_full_page_may_bring_its_bleed_and_a_square_fits_nowhere() {
        assert!(fits(A4, AdvertSize::Full, 216.0, 303.0));
        assert!(fits(A4, AdvertSize::Full, 2480.0, 3508.0));
        assert!(fits(A4, AdvertSize::Double, 420.0, 297.0) && fits(A4, AdvertSize::Double, 426.0, 303.0));
        assert!(fits(A4, AdvertSize::Quarter, 87.0, 124.0));
        for size in [AdvertSize::Full, AdvertSize::HalfHorizontal, AdvertSize::Quarter, AdvertSize::Eighth] {
            assert!(!fits(A4, size, 100.0, 100.0), "{size:?}");
        }
    }
}
