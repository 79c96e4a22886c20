//! A light sharpening for the press: an unsharp mask of one pixel's radius.

use super::pixels::Pixels;

/// How much of the difference to its neighbourhood a sample is moved by, of 16.
const AMOUNT: i32 = 6;
/// Differences up to this are grain, and stay.
const GRAIN: i32 = 2;

impl Pixels {
    /// Sharpens every sample against the weighted mean of the nine around it. The edge's own pixels stay.
    pub(super) fn sharpen(&mut self) {
        let n = self.kind.samples();
        let (row, height) = (self.width as usize * n, self.height as usize);
        if self.width < 3 || height < 3 {
            return;
        }
        // Rows as they were: the one above and this one are overwritten while they are still needed.
        let mut above = self.data[..row].to_vec();
        let mut here = self.data[row..2 * row].to_vec();
        for y in 1..height - 1 {
            let below = self.data[(y + 1) * row..(y + 2) * row].to_vec();
            let out = &mut self.data[y * row..(y + 1) * row];
            for x in n..row - n {
                let three = |line: &[u8]| i32::from(line[x - n]) + 2 * i32::from(line[x]) + i32::from(line[x + n]);
                let mean = three(&above) + 2 * three(&here) + three(&below);
                let own = i32::from(here[x]);
                let difference = own - mean / 16;
                if difference.abs() > GRAIN {
                    out[x] = (own + difference * AMOUNT / 16).clamp(0, 255) as u8;
                }
            }
            above = std::mem::replace(&mut here, below);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pixels::{Kind, Pixels};

    #[test]
    fn edges_gain_and_even_ground_stays() {
        let line = [100u8, 100, 100, 200, 200, 200];
        let mut pixels = Pixels { width: 6, height: 4, kind: Kind::Gray, data: line.repeat(4) };
        pixels.sharpen();
        assert_eq!(pixels.data[..6], line, "the edge's own row stays");
        let inside = &pixels.data[6..12];
        assert!(inside[2] < 100 && inside[3] > 200, "{inside:?}");
        assert_eq!((inside[0], inside[1], inside[4], inside[5]), (100, 100, 200, 200));
    }
}
