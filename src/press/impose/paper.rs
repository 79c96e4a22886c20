//! Sheets by the names that the trade gives them, or by their size in millimetres.

use super::{Refusal, refuse};
use crate::manifest::Mm;

/// Names and sides in millimetres, the shorter first.
const NAMED: &[(&str, f64, f64)] = &[
    ("A6", 105.0, 148.0),
    ("A5", 148.0, 210.0),
    ("A4", 210.0, 297.0),
    ("A3", 297.0, 420.0),
    ("A2", 420.0, 594.0),
    ("A1", 594.0, 841.0),
    ("SRA4", 225.0, 320.0),
    ("SRA3", 320.0, 450.0),
    ("SRA3+", 330.0, 487.0),
    ("SRA2", 450.0, 640.0),
    ("SRA1", 640.0, 900.0),
    ("B4", 250.0, 353.0),
    ("B3", 353.0, 500.0),
    ("B2", 500.0, 707.0),
    ("B1", 707.0, 1000.0),
    ("Letter", 215.9, 279.4),
    ("Legal", 215.9, 355.6),
    ("Tabloid", 279.4, 431.8),
    ("12x18in", 304.8, 457.2),
    ("13x19in", 330.2, 482.6),
    ("19x25in", 482.6, 635.0),
    ("23x35in", 584.2, 889.0),
    ("25x38in", 635.0, 965.2),
    ("28x40in", 711.2, 1016.0),
];

/// The sheets that are printed on; they are turned as it suits the pages.
#[derive(Debug, Clone, PartialEq)]
pub enum Paper {
    /// As large as it must be for one signature.
    Auto,
    /// So large.
    Sheet {
        /// As it was named.
        name: String,
        /// One side.
        width: Mm,
        /// The other.
        height: Mm,
    },
}

impl Paper {
    /// A sheet by its name, by its size such as `480x650`, or `auto`.
    ///
    /// # Errors
    /// A sentence that says what can be named.
    pub fn named(text: &str) -> Result<Paper, Refusal> {
        if text.eq_ignore_ascii_case("auto") {
            return Ok(Paper::Auto);
        }
        let (width, height) = size(text)?;
        Ok(Paper::Sheet { name: text.to_owned(), width, height })
    }
}

/// Two lengths: a sheet's name, or millimetres such as `210x297`.
///
/// # Errors
/// A sentence that says what can be named.
pub fn size(text: &str) -> Result<(Mm, Mm), Refusal> {
    if let Some((_, width, height)) = NAMED.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text)) {
        return Ok((Mm(*width), Mm(*height)));
    }
    let lower = text.to_ascii_lowercase().replace('×', "x");
    let number = |part: &str| part.trim().trim_end_matches("mm").trim_end().parse::<f64>().ok();
    let sides = lower.split_once('x').and_then(|(a, b)| Some((number(a)?, number(b)?)));
    match sides {
        Some((a, b)) if (20.0..=3000.0).contains(&a) && (20.0..=3000.0).contains(&b) => Ok((Mm(a), Mm(b))),
        Some(_) => refuse(format!("`{text}` cannot be: sides are from 20 to 3000 mm")),
        None => {
            let names: Vec<&str> = NAMED.iter().map(|(name, ..)| *name).collect();
            refuse(format!("there is no size `{text}`: name millimetres such as `480x650`, or {}", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_named_or_measured() {
        assert_eq!(size("sra3").unwrap(), (Mm(320.0), Mm(450.0)));
        assert_eq!(size("480x650").unwrap(), (Mm(480.0), Mm(650.0)));
        assert_eq!(size("480 × 650mm").unwrap(), (Mm(480.0), Mm(650.0)));
        assert_eq!(Paper::named("AUTO").unwrap(), Paper::Auto);
        for wrong in ["", "A9", "10x10", "axb", "1e9x5", "NaNx100", "infx100", "-5x200"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
