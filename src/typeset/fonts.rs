//! The faces that pages are set in: the shipped ones and the publication's own, never the machine's.

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        /// The shipped faces; their licences stand beside them in `fonts/`.
        const SHIPPED: &[&[u8]] = &[$(include_bytes!(concat!("../../fonts/", $name))),*];
    };
}

shipped![
    "SourceSerif4-Regular.otf",
    "SourceSerif4-It.otf",
    "SourceSerif4-Semibold.otf",
    "SourceSerif4-Bold.otf",
    "SourceSerif4-BoldIt.otf",
    "SourceSerif4Display-Regular.otf",
    "SourceSerif4Display-It.otf",
    "SourceSerif4Display-Bold.otf",
    "SourceSerif4Display-Black.otf",
    "SourceSans3-Regular.otf",
    "SourceSans3-It.otf",
    "SourceSans3-Semibold.otf",
    "SourceSans3-Bold.otf",
    "EBGaramond-Regular.ttf",
    "EBGaramond-Italic.ttf",
    "EBGaramond-SemiBold.ttf",
    "PlayfairDisplay-Bold.ttf",
    "PlayfairDisplay-Black.ttf",
    "PlayfairDisplay-Italic.ttf",
    "PlayfairDisplay-BlackItalic.ttf",
    "Amiri-Regular.ttf",
    "Amiri-Bold.ttf",
];

/// The faces of one publication.
#[derive(Debug)]
pub struct Fonts {
    fonts: Vec<Font>,
    /// A digest of the publication's own.
    pub(super) own: String,
    book: LazyHash<FontBook>,
}

impl Fonts {
    /// The shipped faces and those in `own` (the bytes of OTF, TTF or collections). Bytes that are no font are passed
    /// over; the count of faces found in each tells the caller.
    pub fn new(own: Vec<Vec<u8>>) -> (Self, Vec<usize>) {
        let mut fonts: Vec<Font> = SHIPPED.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        let mut counts = Vec::new();
        let mut digest = Sha256::new();
        for data in own {
            let before = fonts.len();
            digest.update((data.len() as u64).to_le_bytes());
            digest.update(&data);
            fonts.extend(Font::iter(Bytes::new(data)));
            counts.push(fonts.len() - before);
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let own = digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
        (Fonts { fonts, own, book }, counts)
    }

    /// Whether any face has this character.
    pub fn covers(&self, c: char) -> bool {
        self.fonts.iter().any(|f| f.info().coverage.contains(c as u32))
    }

    /// Whether a family of this name is there.
    pub fn has_family(&self, name: &str) -> bool {
        self.book.contains_family(&name.to_lowercase())
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
}
