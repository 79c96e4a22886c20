//! The faces that go with a text, with their licences: those whose families a style names.
//!
//! They are subsets under names of their own (the originals' names may be reserved); `fonts/ebook/make.py` makes them.

/// A face.
pub struct Face {
    /// File name.
    pub file: &'static str,
    /// The family's name in style sheets.
    pub family: &'static str,
    /// 400 or 700.
    pub weight: u16,
    /// `normal` or `italic`.
    pub style: &'static str,
    /// The file.
    pub bytes: &'static [u8],
    /// The same face as WOFF2, for the web.
    pub packed: &'static [u8],
}

macro_rules! face {
    ($stem:literal, $ending:literal, $family:literal, $weight:literal, $style:literal) => {
        Face {
            file: concat!($stem, ".", $ending),
            family: $family,
            weight: $weight,
            style: $style,
            bytes: include_bytes!(concat!("../../fonts/ebook/", $stem, ".", $ending)),
            packed: include_bytes!(concat!("../../fonts/ebook/", $stem, ".woff2")),
        }
    };
}

static FACES: &[Face] = &[
    face!("MastheadSerif-Regular", "otf", "Masthead Serif", 400, "normal"),
    face!("MastheadSerif-Italic", "otf", "Masthead Serif", 400, "italic"),
    face!("MastheadSerif-Bold", "otf", "Masthead Serif", 700, "normal"),
    face!("MastheadSans-Regular", "otf", "Masthead Sans", 400, "normal"),
    face!("MastheadSans-Bold", "otf", "Masthead Sans", 700, "normal"),
    face!("MastheadGaramond-Regular", "ttf", "Masthead Garamond", 400, "normal"),
    face!("MastheadGaramond-Italic", "ttf", "Masthead Garamond", 400, "italic"),
    face!("MastheadGaramond-Bold", "ttf", "Masthead Garamond", 700, "normal"),
    face!("MastheadDisplay-Bold", "ttf", "Masthead Display", 700, "normal"),
    face!("MastheadDisplay-Italic", "ttf", "Masthead Display", 400, "italic"),
    face!("MastheadNaskh-Regular", "ttf", "Masthead Naskh", 400, "normal"),
];

/// The family for Arabic, which only issues with Arabic in them need.
const ARABIC: &str = "Masthead Naskh";

/// File name and text of a licence, and the family it is for.
static LICENCES: &[(&str, &str, &str)] = &[
    ("OFL-SourceSerif4.txt", include_str!("../../fonts/ebook/OFL-SourceSerif4.md"), "Masthead Serif"),
    ("OFL-SourceSans3.txt", include_str!("../../fonts/ebook/OFL-SourceSans3.md"), "Masthead Sans"),
    ("OFL-EBGaramond.txt", include_str!("../../fonts/ebook/OFL-EBGaramond.txt"), "Masthead Garamond"),
    ("OFL-PlayfairDisplay.txt", include_str!("../../fonts/ebook/OFL-PlayfairDisplay.txt"), "Masthead Display"),
    ("OFL-Amiri.txt", include_str!("../../fonts/ebook/OFL-Amiri.txt"), ARABIC),
];

/// Whether a style needs a family: it names it, and there is text for it.
fn needed(family: &str, css: &str, arabic: bool) -> bool {
    (arabic || family != ARABIC) && css.contains(&format!("\"{family}\""))
}

/// The faces for a style, in an issue with or without Arabic.
pub fn faces(css: &str, arabic: bool) -> impl Iterator<Item = &'static Face> {
    FACES.iter().filter(move |f| needed(f.family, css, arabic))
}

/// Their licences: file name and text.
pub fn licences(css: &str, arabic: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    LICENCES.iter().filter(move |l| needed(l.2, css, arabic)).map(|l| (l.0, l.1))
}

impl Face {
    /// A media type of EPUB 3.3 section 3.2.
    pub fn media_type(&self) -> &'static str {
        if self.file.ends_with(".ttf") { "font/ttf" } else { "font/otf" }
    }

    /// The rule by which a style finds it at an address, and what more it says.
    pub fn rule(&self, address: &str, more: &str) -> String {
        let Face { family, weight, style, .. } = self;
        format!(
            "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; font-style: {style}; src: url({address});{more} }}\n"
        )
    }
}

/// Whether a text holds a letter of the Arabic script.
pub fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_are_small_enough_for_an_e_book() {
        for css in [
            include_str!("../../themes/trade/epub.css"),
            include_str!("../../themes/review/epub.css"),
            include_str!("../../themes/glossy/epub.css"),
        ] {
            let size = |arabic| faces(css, arabic).map(|f| f.bytes.len()).sum::<usize>();
            assert!((100_000..=400_000).contains(&size(false)), "{}", size(false));
            assert!((1..=100_000).contains(&(size(true) - size(false))), "{}", size(true));
        }
    }

    #[test]
    fn a_style_brings_the_families_that_it_names() {
        let css = "p { font-family: \"Masthead Garamond\", \"Masthead Naskh\", serif }";
        let found: Vec<&str> = faces(css, false).map(|f| f.family).collect();
        assert_eq!(found, ["Masthead Garamond"; 3]);
        assert_eq!(licences(css, true).map(|l| l.0).collect::<Vec<_>>(), ["OFL-EBGaramond.txt", "OFL-Amiri.txt"]);
    }

    #[test]
    fn arabic_is_found() {
        assert!(is_arabic("the word سلام"));
        assert!(!is_arabic("čeština, Straße, שלום"));
    }
}
