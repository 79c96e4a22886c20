//! Contrast of a theme's colours (WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1 for text).

use super::Theme;

/// What text needs against its ground.
pub(super) const AA: f64 = 4.5;

/// A colour that carries text and what it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The colour of the text.
    pub ink: String,
    /// What it stands on.
    pub ground: String,
    /// Their contrast, to 1.
    pub ratio: f64,
}

impl Theme {
    /// Every pair of colours that carries text, with its contrast.
    pub fn contrasts(&self) -> Vec<Pair> {
        let named = |name: &str| self.colours.get(name).map_or("#000000", |c| c.rgb.as_str());
        let mut pairs: Vec<(String, &str, &str)> =
            [("text", "paper"), ("quiet", "paper"), ("accent", "paper"), ("text", "tint"), ("quiet", "tint")]
                .map(|(ink, ground)| (ink.to_owned(), named(ink), ground))
                .into();
        for (n, colour) in self.sections.iter().enumerate() {
            pairs.push((format!("section-colour {}", n + 1), &colour.rgb, "paper"));
        }
        let judged = pairs.into_iter().map(|(ink, rgb, ground)| Pair {
            ink,
            ground: ground.to_owned(),
            ratio: contrast(rgb, named(ground)),
        });
        judged.collect()
    }

    /// Those of them that stand out from each other by less than 4.5 to 1.
    pub fn pale(&self) -> Vec<Pair> {
        self.contrasts().into_iter().filter(|pair| pair.ratio < AA).collect()
    }

    /// Whether everything that carries text stands out enough.
    pub fn has_contrast(&self) -> bool {
        self.pale().is_empty()
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).
pub(crate) fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a).unwrap_or(0.0), luminance(b).unwrap_or(0.0));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance).
pub(super) fn luminance(rgb: &str) -> Option<f64> {
    let digits = rgb.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let channel = |i: usize| {
        let value = f64::from(u8::from_str_radix(&digits[i..i + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn contrast_is_measured_as_the_guideline_says() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001, "{}", contrast("#777777", "#ffffff"));
    }
}
