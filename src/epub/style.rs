//! The e-book's style: the theme's sheet with the faces before it and its colours filled in.
//!
//! A reader may put the text on black or on white without telling the sheet: the accent is therefore changed to the
//! lightness at which it stands out from both.

use crate::xhtml::faces;

/// The theme's part.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// The sheet; `{{accent}}` in it becomes the accent, other colours of the theme stand by their names.
    pub css: &'a str,
    /// The theme's colours: name, and `#rrggbb`.
    pub colours: &'a [(&'a str, &'a str)],
    /// Whether they stand out from the paper enough (WCAG 2.1, 1.4.3).
    pub contrast: bool,
}

/// The whole sheet.
pub(super) fn sheet(style: &Style<'_>, arabic: bool) -> String {
    let mut css: String = faces::faces(style.css, arabic).map(|f| f.rule(&format!("fonts/{}", f.file), "")).collect();
    css.push_str(style.css);
    for (name, colour) in style.colours {
        let shown = if *name == "accent" { both_ways(colour) } else { None };
        css = css.replace(&format!("{{{{{name}}}}}"), shown.as_deref().unwrap_or(colour));
    }
    css
}

/// The luminance with the same contrast to black and to white, 4.58 to 1: sqrt(1.05 * 0.05) - 0.05.
const MIDDLE: f64 = 0.179;

/// The colour of the same hue that is as far from black as from white.
fn both_ways(colour: &str) -> Option<String> {
    let digits = colour.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let mut rgb = [0.0; 3];
    for (i, channel) in rgb.iter_mut().enumerate() {
        *channel = linear(f64::from(u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).ok()?) / 255.0);
    }
    if luminance(rgb) <= 0.0 {
        rgb = [MIDDLE; 3];
    }
    // Scaling keeps the hue; what is cut off at full strength is made up with white.
    let scale = MIDDLE / luminance(rgb);
    rgb = rgb.map(|c| (c * scale).min(1.0));
    let short = luminance(rgb);
    let white = (MIDDLE - short) / (1.0 - short);
    let shown = rgb.map(|c| (encoded(c + (1.0 - c) * white) * 255.0).round() as u8);
    Some(format!("#{:02x}{:02x}{:02x}", shown[0], shown[1], shown[2]))
}

fn luminance(rgb: [f64; 3]) -> f64 {
    0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
}

/// sRGB to linear light (IEC 61966-2-1).
fn linear(c: f64) -> f64 {
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn encoded(c: f64) -> f64 {
    if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accent_stands_out_from_black_and_from_white() {
        for colour in ["#9c2b16", "#000000", "#ffffff", "#0000ff", "#ffe000", "#123456"] {
            let shown = both_ways(colour).expect("a colour");
            let channel =
                |i: usize| linear(f64::from(u8::from_str_radix(&shown[i..i + 2], 16).expect("digits")) / 255.0);
            let l = luminance([channel(1), channel(3), channel(5)]);
            assert!(1.05 / (l + 0.05) >= 4.5 && (l + 0.05) / 0.05 >= 4.5, "{colour} -> {shown}: {l}");
        }
        assert_eq!(both_ways("red"), None);
    }

    #[test]
    fn colours_are_filled_in_behind_the_faces() {
        let style = Style {
            css: "h1 { color: {{accent}}; background: {{tint}}; font-family: \"Masthead Serif\", \"Masthead Naskh\" }",
            colours: &[("accent", "#9c2b16"), ("tint", "#f4efe6")],
            contrast: true,
        };
        let sheet = sheet(&style, false);
        assert!(sheet.starts_with("@font-face") && sheet.contains("background: #f4efe6") && !sheet.contains("{{"));
        assert!(!sheet.contains("MastheadNaskh"));
    }
}
