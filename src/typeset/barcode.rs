//! The cover's barcode: EAN-13 from the ISSN with the two-digit issue add-on (GS1 General Specifications, 5.2; ISSN
//! Manual, annex on bar codes), as vectors.

/// A barcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barcode {
    /// The ISSN as printed.
    pub issn: String,
    /// The thirteen digits.
    pub digits: String,
    /// The two digits of the issue.
    pub addon: String,
    bars: Vec<Bar>,
}

/// A bar in modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bar {
    x: u32,
    width: u32,
    /// Guard bars reach below the others.
    guard: bool,
}

/// Width of a module in points: 0.33 mm at 85 per cent.
const MODULE: f64 = 0.33 * 0.85 * super::PT_PER_MM;
/// Height of the bars in modules; guard bars are five modules longer.
const HEIGHT: u32 = 52;
/// Modules kept free at the left and the right.
const QUIET: (u32, u32) = (11, 5);
/// Modules between the code and its add-on.
const GAP: u32 = 9;

/// Set L (odd parity); G is its mirrored complement and R its complement.
const LEFT: [u8; 10] =
    [0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111, 0b0111011, 0b0110111, 0b0001011];
/// Which of the six left digits use set G, by the first digit.
const PARITY: [u8; 10] =
    [0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010];

fn right(digit: usize) -> u8 {
    !LEFT[digit] & 0x7F
}

fn mirrored(digit: usize) -> u8 {
    right(digit).reverse_bits() >> 1
}

/// The barcode of an ISSN (`NNNN-NNNC`) and an issue's number; `None` if the ISSN has not eight characters.
pub fn ean13(issn: &str, number: u32) -> Option<Barcode> {
    let plain: Vec<char> = issn.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if plain.len() != 8 || !plain[..7].iter().all(char::is_ascii_digit) {
        return None;
    }
    // 977 is the prefix of serials; the ISSN's own check digit gives way to a two-digit variant and the EAN's.
    let mut digits: String = "977".chars().chain(plain[..7].iter().copied()).chain("00".chars()).collect();
    let sum: u32 = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { d } else { 3 * d })
        .sum();
    digits.push(char::from_digit((10 - sum % 10) % 10, 10)?);
    let addon = format!("{:02}", number % 100);
    let bars = bars(&values(&digits), &values(&addon));
    Some(Barcode { issn: issn.to_owned(), digits, addon, bars })
}

fn values(digits: &str) -> Vec<usize> {
    digits.bytes().map(|b| usize::from(b.wrapping_sub(b'0')).min(9)).collect()
}

fn bars(main: &[usize], addon: &[usize]) -> Vec<Bar> {
    let mut line = Line { x: QUIET.0, ..Line::default() };
    line.push(0b101, 3, true);
    for (i, &digit) in main[1..7].iter().enumerate() {
        let second_set = PARITY[main[0]] >> (5 - i) & 1 == 1;
        line.push(if second_set { mirrored(digit) } else { LEFT[digit] }, 7, false);
    }
    line.push(0b01010, 5, true);
    for &digit in &main[7..13] {
        line.push(right(digit), 7, false);
    }
    line.push(0b101, 3, true);
    line.x += GAP;
    // The add-on's parity pattern is its value modulo four.
    let value = addon[0] * 10 + addon[1];
    let set = |second: bool, digit: usize| if second { mirrored(digit) } else { LEFT[digit] };
    line.push(0b1011, 4, false);
    line.push(set(value % 4 >= 2, addon[0]), 7, false);
    line.push(0b01, 2, false);
    line.push(set(value % 2 == 1, addon[1]), 7, false);
    line.bars
}

#[derive(Default)]
struct Line {
    x: u32,
    bars: Vec<Bar>,
}

impl Line {
    fn push(&mut self, pattern: u8, modules: u32, guard: bool) {
        for i in (0..modules).rev() {
            if pattern >> i & 1 == 1 {
                match self.bars.last_mut() {
                    Some(last) if last.x + last.width == self.x && last.guard == guard => last.width += 1,
                    _ => self.bars.push(Bar { x: self.x, width: 1, guard }),
                }
            }
            self.x += 1;
        }
    }
}

impl Barcode {
    /// Width in modules, quiet zones included.
    fn modules(&self) -> u32 {
        QUIET.0 + 95 + GAP + 20 + QUIET.1
    }

    /// Width in points.
    pub fn width_pt(&self) -> f64 {
        f64::from(self.modules()) * MODULE
    }

    /// Where the code's bars begin and its add-on's, in points from the left.
    pub fn offsets_pt(&self) -> (f64, f64) {
        (f64::from(QUIET.0) * MODULE, f64::from(QUIET.0 + 95 + GAP) * MODULE)
    }

    /// The bars as SVG; the digits below are the page's own type.
    pub fn svg(&self) -> String {
        let path: String = self
            .bars
            .iter()
            .map(|b| {
                let height = if b.guard { HEIGHT + 5 } else { HEIGHT };
                format!("M{} 0h{}v{height}h-{}z", b.x, b.width, b.width)
            })
            .collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\"><path fill=\"#000\" d=\"{path}\"/></svg>",
            self.modules(),
            HEIGHT + 5,
            self.modules(),
            HEIGHT + 5,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_carry_the_issn_and_a_check_digit() {
        // ISSN Manual's own example: ISSN 0317-8471 is 977 0317847 00 1.
        let code = ean13("0317-8471", 5).expect("a barcode");
        assert_eq!(code.digits, "9770317847001");
        assert_eq!(code.addon, "05");
    }

    #[test]
    fn every_digit_is_seven_modules_with_two_bars() {
        for (digit, left) in LEFT.into_iter().enumerate() {
            for pattern in [left, mirrored(digit), right(digit)] {
                let bars = (0..7).filter(|i| pattern >> i & 1 == 1 && (*i == 0 || pattern >> (i - 1) & 1 == 0)).count();
                assert_eq!(bars, 2, "digit {digit}");
            }
            assert_eq!(left.count_ones() % 2, 1);
            assert_eq!(mirrored(digit).count_ones() % 2, 0);
        }
    }

    #[test]
    fn the_whole_code_has_thirty_bars_and_the_addon_its_own() {
        let code = ean13("2049-3630", 24).expect("a barcode");
        let total: u32 = code.bars.iter().map(|b| b.width).sum();
        assert_eq!(code.bars.iter().filter(|b| b.guard).count(), 6);
        assert!(total > 40 && total < 70);
        assert_eq!(ean13("12", 1), None);
    }
}
