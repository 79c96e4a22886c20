//! A table from sRGB to a press's inks, read by tetrahedral interpolation (J. Kasson et al., "Performing color space conversions
//! with three-dimensional linear interpolation", 1995).
//!
//! The colour library answers for 33 x 33 x 33 colours; what lies between is a weighted mean of the four nearest corners. It works
//! in the same way, but in general: for photographs this is several times as fast.

/// Colours along each side of the cube.
const SIDE: usize = 33;
/// Of how many parts a step between two of them is.
const PARTS: u32 = 256;

/// Inks of a lattice of colours.
pub(super) struct Table {
    /// Of 65,535, blue running fastest.
    nodes: Vec<[u16; 4]>,
    /// For each byte the colour before it and how far it is from that.
    steps: [(u16, u16); 256],
}

impl Table {
    /// Asks for the inks (of 65,535) of every colour of the lattice (of 65,535).
    pub(super) fn new(ask: impl FnOnce(&[[u16; 3]], &mut [[u16; 4]])) -> Table {
        let level = |at: usize| (at * 65_535 / (SIDE - 1)) as u16;
        let mut colours = Vec::with_capacity(SIDE * SIDE * SIDE);
        for r in 0..SIDE {
            for g in 0..SIDE {
                colours.extend((0..SIDE).map(|b| [level(r), level(g), level(b)]));
            }
        }
        let mut nodes = vec![[0; 4]; colours.len()];
        ask(&colours, &mut nodes);
        let steps = std::array::from_fn(|byte| {
            let place = byte as u32 * (SIDE as u32 - 1) * PARTS / 255;
            // White is the end of the last step, not the start of one that does not exist.
            let before = (place / PARTS).min(SIDE as u32 - 2);
            (before as u16, (place - before * PARTS) as u16)
        });
        Table { nodes, steps }
    }

    /// The inks of a colour: 0 is none, 255 is all.
    #[inline]
    pub(super) fn inks(&self, rgb: [u8; 3]) -> [u8; 4] {
        const R: usize = SIDE * SIDE;
        const G: usize = SIDE;
        const B: usize = 1;
        let [(r, along_r), (g, along_g), (b, along_b)] = rgb.map(|v| self.steps[usize::from(v)]);
        let first = usize::from(r) * R + usize::from(g) * G + usize::from(b) * B;
        // From the near corner to the far one along the three sides, the longest way first.
        let mut ways = [(along_r, R), (along_g, G), (along_b, B)];
        if ways[0].0 < ways[1].0 {
            ways.swap(0, 1);
        }
        if ways[1].0 < ways[2].0 {
            ways.swap(1, 2);
        }
        if ways[0].0 < ways[1].0 {
            ways.swap(0, 1);
        }
        let [(x, first_way), (y, second_way), (z, third_way)] = ways;
        let weights = [PARTS - u32::from(x), u32::from(x - y), u32::from(y - z), u32::from(z)];
        let corners = [0, first_way, first_way + second_way, first_way + second_way + third_way];
        let mut sum = [0u32; 4];
        for (weight, corner) in weights.into_iter().zip(corners) {
            let node = self.nodes[first + corner];
            for (sum, ink) in sum.iter_mut().zip(node) {
                *sum += weight * u32::from(ink);
            }
        }
        // From parts of 65,535 to parts of 255, rounded.
        sum.map(|sum| (((sum >> 8) * 255 + 32_767) / 65_535) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_exact_and_straight_lines_stay_straight() {
        // Inks that are linear in the colours come out as they are, wherever the colour lies.
        let table = Table::new(|colours, nodes| {
            for (node, [r, g, b]) in nodes.iter_mut().zip(colours) {
                *node = [65_535 - r, 65_535 - g, 65_535 - b, (*r / 2).saturating_add(*b / 2)];
            }
        });
        for r in (0..=255u8).step_by(5) {
            for g in (0..=255u8).step_by(17) {
                for b in (0..=255u8).step_by(3) {
                    let [c, m, y, k] = table.inks([r, g, b]);
                    let mean = (i32::from(r) + i32::from(b)) / 2;
                    let near = |one: u8, other: i32| (i32::from(one) - other).abs() <= 1;
                    assert!(near(c, 255 - i32::from(r)) && near(m, 255 - i32::from(g)), "{r} {g} {b}: {c} {m}");
                    assert!(near(y, 255 - i32::from(b)) && near(k, mean), "{r} {g} {b}: {y} {k}");
                }
            }
        }
        assert_eq!(table.inks([255; 3]), [0, 0, 0, 255]);
        assert_eq!(table.inks([0; 3]), [255, 255, 255, 0]);
    }
}
