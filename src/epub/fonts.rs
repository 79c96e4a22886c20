//! The faces that go into every e-book, with their licences.
//!
//! They are subsets under names of their own (the originals' name is reserved); `fonts/ebook/make.py` makes them.

/// A face.
pub(super) struct Face {
    /// File name in the container's `fonts` folder.
    pub(super) file: &'static str,
    family: &'static str,
    weight: u16,
    style: &'static str,
    pub(super) bytes: &'static [u8],
    /// Only for issues with Arabic in them.
    arabic: bool,
}

macro_rules! face {
    ($file:literal, $family:literal, $weight:literal, $style:literal, $arabic:literal) => {
        Face {
            file: $file,
            family: $family,
            weight: $weight,
            style: $style,
            bytes: include_bytes!(concat!("../../fonts/ebook/", $file)),
            arabic: $arabic,
        }
    };
}

static FACES: &[Face] = &[
    face!("MastheadSerif-Regular.otf", "Masthead Serif", 400, "normal", false),
    face!("MastheadSerif-Italic.otf", "Masthead Serif", 400, "italic", false),
    face!("MastheadSerif-Bold.otf", "Masthead Serif", 700, "normal", false),
    face!("MastheadSans-Regular.otf", "Masthead Sans", 400, "normal", false),
    face!("MastheadSans-Bold.otf", "Masthead Sans", 700, "normal", false),
    face!("MastheadNaskh-Regular.ttf", "Masthead Naskh", 400, "normal", true),
];

/// File name and text of a licence, and whether it is the Arabic face's.
static LICENCES: &[(&str, &str, bool)] = &[
    ("OFL-SourceSerif4.txt", include_str!("../../fonts/ebook/OFL-SourceSerif4.md"), false),
    ("OFL-SourceSans3.txt", include_str!("../../fonts/ebook/OFL-SourceSans3.md"), false),
    ("OFL-Amiri.txt", include_str!("../../fonts/ebook/OFL-Amiri.txt"), true),
];

/// The faces for an issue.
pub(super) fn faces(arabic: bool) -> impl Iterator<Item = &'static Face> {
    FACES.iter().filter(move |f| arabic || !f.arabic)
}

/// Their licences: file name and text.
pub(super) fn licences(arabic: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    LICENCES.iter().filter(move |l| arabic || !l.2).map(|l| (l.0, l.1))
}

impl Face {
    /// A media type of EPUB 3.3 section 3.2.
    pub(super) fn media_type(&self) -> &'static str {
        if self.file.ends_with(".ttf") { "font/ttf" } else { "font/otf" }
    }

    /// The rule by which a style finds it.
    pub(super) fn rule(&self) -> String {
        let Face { file, family, weight, style, .. } = self;
        format!(
            "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; font-style: {style}; src: url(fonts/{file}); }}\n"
        )
    }
}

/// Whether a text holds a letter of the Arabic script.
pub(super) fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_are_small_enough_for_an_e_book() {
        let size = |arabic| faces(arabic).map(|f| f.bytes.len()).sum::<usize>();
        assert!(size(false) <= 400 * 1000, "{}", size(false));
        assert!(size(true) - size(false) <= 100 * 1000, "{}", size(true));
    }

    #[test]
    fn arabic_is_found() {
        assert!(is_arabic("the word سلام"));
        assert!(!is_arabic("čeština, Straße, שלום"));
    }
}
