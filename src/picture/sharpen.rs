//! A light sharpening for the press: an unsharp mask of one pixel's radius.

use super::pixels::Pixels;

/// How much of the difference to its neighbourhood a sample is moved by, of 16.
const AMOUNT: i16 = 6;
/// Differences up to this are grain, and stay.
const GRAIN: i16 = 2;

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
        let mut below = vec![0; row];
        let mut sums = vec![0i16; row];
        for y in 1..height - 1 {
            below.copy_from_slice(&self.data[(y + 1) * row..(y + 2) * row]);
            // Down first, then across: one sum for each sample, three for its neighbourhood.
            for (((sum, up), own), down) in sums.iter_mut().zip(&above).zip(&here).zip(&below) {
                *sum = i16::from(*up) + 2 * i16::from(*own) + i16::from(*down);
            }
            let out = &mut self.data[y * row + n..(y + 1) * row - n];
            let around = sums.iter().zip(&sums[n..]).zip(&sums[2 * n..]);
            for ((out, own), ((left, middle), right)) in out.iter_mut().zip(&here[n..]).zip(around) {
                let difference = i16::from(*own) - (left + 2 * middle + right) / 16;
                let moved = if difference.abs() > GRAIN { difference * AMOUNT / 16 } else { 0 };
                *out = (i16::from(*own) + moved).clamp(0, 255) as u8;
            }
            std::mem::swap(&mut above, &mut here);
            std::mem::swap(&mut here, &mut below);
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
