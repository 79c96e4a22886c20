//! The style sheet of an issue's pages: the theme's faces and e-book style in variable colours, then the site around them.
//!
//! Colours that carry text are changed until they stand out from the dark ground as they do from the light one.

use super::assets::Assets;
use super::record::Style;
use crate::typeset::contrast;
use crate::xhtml::faces;

/// What the theme says of texts on screens.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The sheet for texts; `{{name}}` in it is a colour.
    pub css: &'a str,
    /// The theme's colours: name, and `#rrggbb`.
    pub colours: &'a [(&'a str, &'a str)],
}

/// The dark ground, as the sheet has it.
const DARK: &str = "#171614";
/// What text needs against its ground (WCAG 2.2, 1.4.3).
const AA: f64 = 4.5;

/// Writes the sheet and its faces; where they are.
pub(super) fn sheet(look: &Look<'_>, arabic: bool, assets: &mut Assets) -> Style {
    let mut css = String::new();
    for face in faces::faces(look.css, arabic) {
        let file = assets.add(face.packed, "woff2");
        // Beside the sheet.
        let file = file.rsplit('/').next().unwrap_or(&file);
        // A face for one script alone is fetched where that stands.
        let range = match face.family {
            "Masthead Naskh" => " unicode-range: U+600-6FF, U+750-77F, U+FB50-FDFF, U+FE70-FEFC;",
            _ => "",
        };
        css.push_str(&face.rule(file, &format!(" font-display: swap;{range}")));
    }
    let mut texts = look.css.to_owned();
    for (name, variable) in
        [("text", "ink"), ("paper", "paper"), ("quiet", "quiet"), ("tint", "tint"), ("accent", "accent")]
    {
        texts = texts.replace(&format!("{{{{{name}}}}}"), &format!("var(--{variable})"));
    }
    let named = |name: &str, usual: &'static str| {
        look.colours.iter().find(|(known, _)| *known == name).map_or(usual, |(_, colour)| *colour)
    };
    let accent = named("accent", "#333333");
    let dark = legible(accent);
    let (serif, sans, display) = families(look.css);
    let paper = named("paper", "#ffffff");
    let on_accent = if contrast(paper, accent) >= AA { paper } else { "#000000" };
    let fill = [
        ("paper", paper),
        ("text", named("text", "#1a1a1a")),
        ("quiet", named("quiet", "#555555")),
        ("tint", named("tint", "#f2f2f2")),
        ("accent", accent),
        ("accent-dark", &dark),
        ("on-accent", on_accent),
    ];
    let mut site = format!("{texts}\n:root {{ --serif: {serif}; --sans: {sans}; --display: {display}; }}\n");
    site.push_str(include_str!("assets/site.css"));
    site.push_str(include_str!("assets/pages.css"));
    for (name, colour) in fill {
        site = site.replace(&format!("{{{{{name}}}}}"), colour);
    }
    // What is left names a colour that only the theme knows.
    for (name, colour) in look.colours {
        site = site.replace(&format!("{{{{{name}}}}}"), colour);
    }
    css.push_str(&site);
    Style { sheet: assets.add(css.as_bytes(), "css"), accent: (accent.to_owned(), dark) }
}

/// The families for reading, for furniture and for big words, as a theme's sheet names them.
fn families(css: &str) -> (&'static str, &'static str, &'static str) {
    let has = |family: &str| css.contains(family);
    let serif = match has("Masthead Garamond") {
        true => "\"Masthead Garamond\", \"Masthead Naskh\", Garamond",
        false => "\"Masthead Serif\", \"Masthead Naskh\", Georgia",
    };
    let sans = match has("Masthead Sans") {
        true => "\"Masthead Sans\", \"Masthead Naskh\", Helvetica",
        false => serif,
    };
    let display = if has("Masthead Display") { "\"Masthead Display\", \"Masthead Naskh\"" } else { serif };
    (serif, sans, display)
}

/// The colour mixed with white until it stands out from the dark ground.
fn legible(colour: &str) -> String {
    let channel = |i: usize| colour.get(1 + 2 * i..3 + 2 * i).and_then(|d| u8::from_str_radix(d, 16).ok());
    let (Some(r), Some(g), Some(b)) = (channel(0), channel(1), channel(2)) else { return "#ffffff".to_owned() };
    for step in 0..=50u32 {
        let mixed = [r, g, b].map(|c| u32::from(c) + (255 - u32::from(c)) * step / 50);
        let shown = format!("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2]);
        // A little more than is asked for: tints are lighter than the ground.
        if contrast(&shown, DARK) >= AA + 1.2 {
            return shown;
        }
    }
    "#ffffff".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_stand_out_in_the_dark_too() {
        for colour in ["#9c2b16", "#000000", "#0000ff", "#ffe000", "#123456", "nonsense"] {
            assert!(contrast(&legible(colour), DARK) >= AA, "{colour}");
        }
        assert_eq!(legible("#ffe000"), "#ffe000");
    }

    #[test]
    fn every_shipped_theme_has_its_colours_filled_in() {
        for css in [
            include_str!("../../themes/trade/epub.css"),
            include_str!("../../themes/review/epub.css"),
            include_str!("../../themes/glossy/epub.css"),
        ] {
            let mut assets = Assets::default();
            let look = Look { css, colours: &[("accent", "#9c2b16"), ("paper", "#ffffff")] };
            let style = sheet(&look, false, &mut assets);
            let text = String::from_utf8(assets.bytes(&style.sheet).unwrap().to_vec()).unwrap();
            assert!(!text.contains("{{") && text.contains("woff2") && text.contains("--accent: #9c2b16"));
        }
    }
}
