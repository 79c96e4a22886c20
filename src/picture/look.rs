//! What a picture looks like, in a few bits: whether it is like another, and whether it can be seen on any ground.

use super::pixels::{Kind, Pixels};

/// Which grounds hide a see-through picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hidden {
    /// Dark lines: they vanish on a black page, which is how many people read at night.
    OnBlack,
    /// Pale lines: they vanish on white paper.
    OnWhite,
}

/// The least mean difference between neighbouring fields, of 255: a flat picture is like every other.
const LEAST_CONTRAST: i64 = 3;
/// Luminances, of 255, that stand out on neither black nor white.
const DARK: u32 = 100;
const PALE: u32 = 190;
/// One pixel in so many may be of another kind.
const FEW: usize = 25;

/// The signs of the differences between neighbouring fields of the picture, eight rows of eight (the difference hash of
/// N. Krawetz, "Kind of Like That", 2013): two pictures of the same thing differ in few of the 64 bits, whatever their size.
/// None of a flat or tiny one.
pub(super) fn likeness(gray: &[u8], width: u32, height: u32) -> Option<u64> {
    let (w, h) = (width as usize, height as usize);
    if w < 18 || h < 16 || gray.len() < w * h {
        return None;
    }
    let field = |column: usize, row: usize| {
        let (left, right) = (column * w / 9, (column + 1) * w / 9);
        let (top, bottom) = (row * h / 8, (row + 1) * h / 8);
        // Every few pixels are enough, and a large scan has many.
        let (across, down) = (((right - left) / 16).max(1), ((bottom - top) / 16).max(1));
        let rows = (top..bottom).step_by(down);
        let values = rows.flat_map(|y| (left..right).step_by(across).map(move |x| i64::from(gray[y * w + x])));
        let (sum, count) = values.fold((0, 0), |(sum, count), v| (sum + v, count + 1));
        sum / count.max(1)
    };
    let (mut bits, mut contrast) = (0u64, 0);
    for row in 0..8 {
        for column in 0..8 {
            let step = field(column + 1, row) - field(column, row);
            bits = bits << 1 | u64::from(step > 0);
            contrast += step.abs();
        }
    }
    (contrast / 64 >= LEAST_CONTRAST).then_some(bits)
}

/// The likeness of decoded pixels.
pub(super) fn likeness_of(pixels: &Pixels) -> Option<u64> {
    let gray: Vec<u8> = match pixels.kind {
        Kind::Gray => return likeness(&pixels.data, pixels.width, pixels.height),
        Kind::Rgb => pixels.data.as_chunks::<3>().0.iter().map(|p| light(p[0], p[1], p[2]) as u8).collect(),
        // What shines through counts as white.
        Kind::Rgba => {
            let over = |p: &[u8; 4]| (light(p[0], p[1], p[2]) * u32::from(p[3]) / 255 + 255 - u32::from(p[3])) as u8;
            pixels.data.as_chunks::<4>().0.iter().map(over).collect()
        }
        Kind::Cmyk => pixels.data.as_chunks::<4>().0.iter().map(|p| 255 - p[1].max(p[3])).collect(),
    };
    likeness(&gray, pixels.width, pixels.height)
}

/// On which ground a see-through picture cannot be seen: a good part of it shines through, and nearly all the rest is as dark
/// or as pale as that ground.
pub(super) fn hidden(pixels: &Pixels) -> Option<Hidden> {
    if pixels.kind != Kind::Rgba {
        return None;
    }
    let all = pixels.data.as_chunks::<4>().0;
    let seen: Vec<u32> = all.iter().filter(|p| p[3] > 127).map(|p| light(p[0], p[1], p[2])).collect();
    if seen.is_empty() || (all.len() - seen.len()) * 10 < all.len() {
        return None;
    }
    let others = |is: &dyn Fn(u32) -> bool| seen.iter().filter(|v| !is(**v)).count() * FEW < seen.len();
    match () {
        () if others(&|v| v < DARK) => Some(Hidden::OnBlack),
        () if others(&|v| v > PALE) => Some(Hidden::OnWhite),
        () => None,
    }
}

/// Rec. 601 luma, of 255.
fn light(r: u8, g: u8, b: u8) -> u32 {
    (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waves(width: u32, height: u32, shift: f64) -> Vec<u8> {
        let value = |x: u32, y: u32| {
            let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
            (127.0 + 60.0 * (x * 17.0 + shift).sin() + 60.0 * (y * 11.0 + x * 5.0 + shift).cos()) as u8
        };
        (0..height).flat_map(|y| (0..width).map(move |x| value(x, y))).collect()
    }

    #[test]
    fn the_same_picture_in_another_size_is_alike_and_another_is_not() {
        let of = |w, h, shift| likeness(&waves(w, h, shift), w, h).unwrap();
        let apart = |a: u64, b: u64| (a ^ b).count_ones();
        assert!(apart(of(900, 600, 0.0), of(300, 200, 0.0)) <= 3);
        assert!(apart(of(900, 600, 0.0), of(900, 600, 2.0)) > 12);
        assert_eq!(likeness(&[200; 90_000], 300, 300), None);
        assert_eq!(likeness(&[200; 10], 10, 1), None);
    }

    #[test]
    fn lines_are_hidden_on_their_own_colour() {
        let drawn = |ink: u8, ground: [u8; 4]| {
            let data = (0..400).flat_map(|i| if i % 4 == 0 { [ink, ink, ink, 255] } else { ground }).collect();
            Pixels { width: 20, height: 20, kind: Kind::Rgba, data }
        };
        assert_eq!(hidden(&drawn(20, [0, 0, 0, 0])), Some(Hidden::OnBlack));
        assert_eq!(hidden(&drawn(240, [0, 0, 0, 0])), Some(Hidden::OnWhite));
        assert_eq!(hidden(&drawn(140, [0, 0, 0, 0])), None);
        assert_eq!(hidden(&drawn(20, [255, 255, 255, 255])), None);
    }
}
