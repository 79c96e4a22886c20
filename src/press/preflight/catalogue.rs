//! The rules of the preflight: what each is called, how bad it is, what it enforces, and what mends it.
//!
//! A test makes a faulty file for every rule; the table in `docs/preflight.md` is held against this one.

use crate::press::{Shop, shop::Standard};
use crate::report::Severity;

/// What a rule enforces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The standard that the shop asks for: the topic there, and the clause of ISO 32000-1:2008 that defines the thing.
    Standard(&'static str, &'static str),
    /// A field of the shop's profile.
    Shop(&'static str),
    /// What presses are known to get wrong or refuse, and the clause of ISO 32000-1:2008 that defines the thing.
    Practice(&'static str),
}

/// For what a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Whole files and adverts.
    All,
    /// Whole files only.
    Issue,
    /// Adverts only.
    Advert,
}

/// What the catalogue says of one rule.
#[derive(Debug)]
pub struct RuleInfo {
    /// `print/name`.
    pub id: &'static str,
    /// Errors stop the file.
    pub severity: Severity,
    /// For what it holds.
    pub scope: Scope,
    /// What it enforces.
    pub basis: Basis,
    /// One line: what is wrong.
    pub title: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

impl RuleInfo {
    /// What is enforced, for people: the standard and topic, or the shop's field and its value.
    pub fn cites(&self, shop: &Shop) -> String {
        match self.basis {
            Basis::Standard(topic, clause) => {
                let standard = match shop.standard {
                    Standard::X1a => "ISO 15930-4:2003 (PDF/X-1a)",
                    Standard::X3 => "ISO 15930-6:2003 (PDF/X-3)",
                    Standard::X4 => "ISO 15930-7:2010 (PDF/X-4)",
                };
                format!("{standard}, on {topic}; ISO 32000-1:2008, {clause}")
            }
            Basis::Shop(field) => match field_value(shop, field) {
                Some(value) => format!("shop `{}`: `{field} = {value}`", shop.name),
                None => format!("shop `{}`: `{field}`", shop.name),
            },
            Basis::Practice(clause) => format!("good practice; ISO 32000-1:2008, {clause}"),
        }
    }
}

/// The value of a shop's field as its file says it.
fn field_value(shop: &Shop, field: &str) -> Option<String> {
    Some(match field {
        "page.bleed" => shop.bleed.0.to_string(),
        "page.safe" => shop.safe.0.to_string(),
        "page.multiple-of" => shop.multiple_of.to_string(),
        "ink.limit" => shop.ink_limit.to_string(),
        "ink.spots" => if shop.spots { "\"keep\"" } else { "\"fold\"" }.to_owned(),
        "ink.rgb" => if shop.keep_rgb { "\"keep\"" } else { "\"convert\"" }.to_owned(),
        "picture.minimum" => shop.ppi_minimum.to_string(),
        "picture.warning" => shop.ppi_warning.to_string(),
        "picture.line-art" => shop.ppi_line_art.to_string(),
        "type.smallest" => shop.type_smallest.to_string(),
        "type.reversed" => shop.type_reversed.to_string(),
        "type.hairline" => shop.hairline.to_string(),
        "output.condition" => format!("\"{}\"", shop.condition.identifier),
        "standard" => format!("\"{}\"", shop.standard.name()),
        _ => return None,
    })
}

/// A rule; an index into [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(u16);

impl Rule {
    /// What the catalogue says of it.
    pub fn info(self) -> &'static RuleInfo {
        &RULES[self.0 as usize]
    }

    /// `print/name`.
    pub fn id(self) -> &'static str {
        self.info().id
    }
}

macro_rules! rules {
    ($($name:ident $severity:ident $scope:ident $id:literal ($($basis:tt)*) $title:literal $remedy:literal)*) => {
        /// Every rule there is, by family.
        pub static RULES: &[RuleInfo] = &[$(RuleInfo {
            id: $id,
            severity: Severity::$severity,
            scope: Scope::$scope,
            basis: Basis::$($basis)*,
            title: $title,
            remedy: $remedy,
        }),*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "only a counter for the constants")]
        #[repr(u16)]
        enum Index { $($name),* }

        impl Rule {
            $(pub(super) const $name: Rule = Rule(Index::$name as u16);)*
        }
    };
}

rules! {
    // The file
    UNREADABLE Error All "print/unreadable" (Practice("7.5 (file structure)"))
        "the file cannot be read" "export it again, and compare the copy's size with the original's"
    BROKEN Error All "print/broken" (Practice("7.3.8 (stream objects)"))
        "a part of the file is damaged" "export it again; a press may leave the part out or stop at it"
    ENCRYPTED Error All "print/encrypted" (Standard("encryption", "7.6"))
        "the file is protected" "export it without a password and without restrictions"
    VERSION Error All "print/pdf-version" (Standard("the PDF version", "7.5.2"))
        "the file is of a newer PDF version than the standard is made of" "export it as the standard that the shop asks for"
    FILE_ID Error Issue "print/no-file-id" (Standard("the file identifier", "14.4"))
        "the file carries no identifier" "export it as the standard that the shop asks for"
    // Pages and boxes
    NO_TRIM Error All "print/no-trim" (Standard("page boxes", "14.11.2"))
        "a page does not say where it is cut" "export with a trim box: switch on `bleed` or `trim` in the export settings"
    TRIM_AND_ART Error All "print/trim-and-art" (Standard("page boxes", "14.11.2"))
        "a page has both a trim box and an art box" "keep the trim box only"
    TRIM_IS_MEDIA Error All "print/trim-is-media" (Shop("page.bleed"))
        "the page ends at the cut: there is no room for bleed" "export with the document's bleed, not at the finished size"
    BLEED_SMALL Error All "print/bleed-small" (Shop("page.bleed"))
        "the bleed is narrower than the shop asks" "set the bleed in the document and in the export settings"
    NO_BLEED_BOX Warning All "print/no-bleed-box" (Shop("page.bleed"))
        "a page has room for bleed and no bleed box that says so" "export with `use document bleed` switched on"
    NOT_NESTED Error All "print/boxes-not-nested" (Standard("page boxes", "14.11.2"))
        "a page's boxes do not lie one in another" "export again: trim within bleed within the whole page"
    PAGE_SIZES Error Issue "print/page-sizes" (Practice("14.11.2 (page boundaries)"))
        "pages are of different sizes" "give every page the trim size of the issue"
    ROTATED Warning All "print/page-rotated" (Practice("7.7.3.3 (page objects)"))
        "a page is turned for viewing" "turn the page itself, not its view"
    USER_UNIT Error All "print/user-unit" (Practice("14.11.2, Table 30 (`UserUnit`)"))
        "a page is measured in units that presses misread" "export at the true size"
    EXTENT Error Issue "print/extent" (Shop("page.multiple-of"))
        "the number of pages cannot be bound" "add or remove pages: house adverts and fillers are kept for that"
    SPREAD Error Issue "print/spread" (Shop("page.as"))
        "pages stand side by side as one" "export single pages, not spreads"
    SPINE Error Issue "print/spine" (Shop("paper.leaf"))
        "the wrap-around cover does not have the width of back, spine and front" "set the spine's width anew: it follows from the paper and the number of pages"
    PRESEPARATED Error All "print/preseparated" (Standard("separations", "14.11.4"))
        "a page is one plate of a page" "export composite pages: the shop separates them"
    ADVERT_SIZE Error Advert "print/advert-size" (Practice("14.11.2 (page boundaries)"))
        "the advert's trim is not the booked size" "set the page size to the booked size, and export it with bleed and trim box"
    ADVERT_PAGES Error Advert "print/advert-pages" (Practice("7.7.3 (page tree)"))
        "the advert has several pages" "send the page that is meant as a file of its own"
    // Bleed and margins
    BLEED_UNFILLED Error All "print/bleed-unfilled" (Shop("page.bleed"))
        "something ends at or near the cut and does not run into the bleed" "draw it out to the bleed's edge, or keep it well inside the page"
    WHITE_AT_TRIM Warning All "print/white-at-trim" (Shop("page.bleed"))
        "the printed page shows ink at the cut and white just outside" "draw what is there out to the bleed's edge"
    NEAR_TRIM Warning All "print/text-near-trim" (Shop("page.safe"))
        "text stands so near to the cut that it may be lost" "move it inwards"
    // Fonts and type
    NOT_EMBEDDED Error All "print/font-not-embedded" (Standard("fonts", "9.9"))
        "a font is not in the file" "embed all fonts when exporting, or convert the text to outlines"
    TYPE_THREE Warning All "print/type3-font" (Practice("9.6.5 (Type 3 fonts)"))
        "letters are drawings or pixels, not a font" "use the font itself; a bitmap font looks coarse in print"
    TINY Warning All "print/tiny-type" (Shop("type.smallest"))
        "type is smaller than the shop prints well" "set it larger"
    REVERSED Warning All "print/reversed-type" (Shop("type.reversed"))
        "small white type stands on several inks and may fill in" "set it larger or bolder, or on a ground of one ink"
    FOUR_COLOUR Error All "print/four-colour-text" (Practice("8.6.4.4 (DeviceCMYK)"))
        "small black text is made of several inks and will look blurred" "give it 100 % black alone; check that `registration` is not its colour"
    HAIRLINE Warning All "print/hairline" (Shop("type.hairline"))
        "a line is thinner than the shop prints" "make it thicker"
    // Colours
    RGB_TEXT Error All "print/rgb-text" (Shop("ink.rgb"))
        "text is in colours of a screen" "give it CMYK or spot colours; black text 100 % black alone"
    RGB_VECTOR Error All "print/rgb-vector" (Shop("ink.rgb"))
        "a shape or line is in colours of a screen" "give it CMYK or spot colours"
    RGB_PICTURE Error All "print/rgb-picture" (Shop("ink.rgb"))
        "a picture is in colours of a screen" "convert it to CMYK with the shop's profile when exporting"
    RGB_SHADING Error All "print/rgb-shading" (Shop("ink.rgb"))
        "a gradient is in colours of a screen" "make it between CMYK or spot colours"
    ICC_GRAY Warning All "print/icc-gray" (Practice("8.6.5.5 (ICCBased)"))
        "a gray carries a profile and may be printed with four inks" "make it a tint of black ink"
    PROFILED Error All "print/profiled-colour" (Standard("colour spaces", "8.6.5"))
        "a colour carries a profile, which the standard does not allow" "convert all colours to CMYK and spot colours when exporting"
    CMYK_PROFILE Error All "print/cmyk-profile" (Shop("output.condition"))
        "CMYK made for another paper or press" "convert it to the shop's profile, or export without profiles in CMYK pictures"
    SPOT Error All "print/spot-colour" (Shop("ink.spots"))
        "a spot colour where the shop prints four inks" "turn spot colours into CMYK when exporting"
    PLATES Warning All "print/many-plates" (Practice("8.6.6.4 (Separation)"))
        "more spot colours than presses have units" "merge spot colours that mean the same ink"
    SPOT_NAMES Warning All "print/spot-names" (Practice("8.6.6.4 (Separation)"))
        "one spot colour is written in two ways and would be two plates" "give it one name in all files"
    REGISTRATION Warning All "print/registration-colour" (Practice("8.6.6.4 (Separation `All`)"))
        "something on the page is in the colour of registration marks" "give it black"
    INK Error All "print/too-much-ink" (Shop("ink.limit"))
        "a colour puts more ink in one place than the paper takes" "use fewer inks: the shop's rich black is a good dark"
    INK_COVERAGE Error All "print/ink-coverage" (Shop("ink.limit"))
        "a page puts more ink in one place than the paper takes" "convert its pictures with the shop's profile, which limits ink"
    // Transparency and overprint
    RGB_GROUP Error All "print/rgb-group" (Standard("transparency", "11.6.6"))
        "transparency is reckoned in the colours of a screen: black text may turn into four inks" "set the document's transparency blend space to CMYK"
    TRANSPARENCY Error All "print/transparency" (Standard("transparency", "11"))
        "something is see-through, which the standard does not allow" "flatten transparency when exporting (PDF 1.3 or 1.4, high resolution)"
    BLACK_KNOCKS Warning All "print/black-text-knocks-out" (Practice("8.6.7 (overprint control)"))
        "black text on colour does not overprint: white edges may show" "set black text to overprint"
    WHITE_OVERPRINTS Error All "print/white-overprints" (Practice("8.6.7 (overprint control)"))
        "something white is set to overprint and will vanish" "switch its overprint off"
    OVERPRINT_MODE Warning All "print/overprint-mode" (Practice("8.6.7 (overprint control)"))
        "something overprints in a mode that still erases the inks below" "switch on overprint mode 1 (`nonzero overprint`) when exporting"
    // Pictures
    LOW_RESOLUTION Error All "print/low-resolution" (Shop("picture.minimum"))
        "a picture has too few pixels for its size" "place a larger original, or make the picture smaller on the page"
    SOFT Warning All "print/soft-picture" (Shop("picture.warning"))
        "a picture has few pixels for its size" "place a larger original if there is one"
    LINE_ART Warning All "print/coarse-line-art" (Shop("picture.line-art"))
        "a picture of black and white alone has few pixels for its size" "scan it finer, or use a drawing instead of pixels"
    COMPRESSION Error All "print/compression" (Standard("compression filters", "7.4"))
        "data are packed in a way that the standard does not allow" "export it as the standard that the shop asks for"
    ALTERNATES Error All "print/alternate-picture" (Standard("alternate images", "8.9.5.4"))
        "a picture carries another for some devices" "export it again without alternate pictures"
    OPI Error All "print/stand-in" (Standard("OPI and reference XObjects", "14.11.7"))
        "something stands in for a file elsewhere" "place the full picture itself, and export without OPI"
    // Printing condition
    NO_INTENT Error Issue "print/no-output-intent" (Standard("output intents", "14.11.5"))
        "the file does not say for which paper and press it is made" "export as PDF/X with the shop's profile as output intent"
    TWO_INTENTS Error Issue "print/two-output-intents" (Standard("output intents", "14.11.5"))
        "the file says twice for which paper and press it is made" "export it again with one output intent"
    INTENT_PROFILE Error Issue "print/output-intent-profile" (Standard("output intents", "14.11.5"))
        "the output intent carries no profile that can be read" "export with the profile embedded"
    INTENT_CLASS Error Issue "print/output-intent-class" (Standard("output intents", "14.11.5"))
        "the output intent's profile is not that of a printing press" "choose an output profile (CMYK), not one of a screen or scanner"
    INTENT_INKS Error Issue "print/output-intent-inks" (Shop("output.condition"))
        "the output intent's profile does not have four inks" "choose the shop's CMYK profile"
    INTENT_OTHER Error Issue "print/output-intent-other" (Shop("output.condition"))
        "the file is made for another paper or press" "export it again with the shop's profile"
    // Metadata
    NO_XMP Error Issue "print/no-xmp" (Standard("metadata", "14.3.2"))
        "the file carries no metadata (XMP) that can be read" "export it as the standard that the shop asks for"
    STANDARD Error Issue "print/standard" (Shop("standard"))
        "the file does not say that it is of the standard that the shop asks for" "export it as that standard"
    DATES Error Issue "print/dates" (Standard("document dates", "14.3"))
        "the file does not say when it was made and changed" "export it as the standard that the shop asks for"
    TRAPPED Error Issue "print/trapped" (Standard("trapping", "14.11.6"))
        "the file does not say whether it is trapped" "export it as the standard that the shop asks for"
    TITLE Warning Issue "print/no-title" (Standard("document information", "14.3.3"))
        "the file has no title" "give the document a title"
    IDENTITY Error Issue "print/document-id" (Standard("metadata", "14.3.2"))
        "the metadata lack the document's identity (`xmpMM:DocumentID`, `VersionID` and `RenditionClass`)" "export it as the standard that the shop asks for"
    DISAGREE Error Issue "print/metadata-disagree" (Standard("metadata", "14.3"))
        "the file's two descriptions of itself disagree" "export it again; do not edit its metadata by hand"
    // What does not print
    ANNOTATION Error All "print/annotation" (Standard("annotations", "12.5"))
        "a note, link or form field lies on the page" "export without links, notes and form fields"
    FORM Error All "print/form" (Standard("annotations and interactive forms", "12.7"))
        "the file holds a form to fill in" "export without form fields"
    SCRIPT Error All "print/javascript" (Standard("actions", "12.6"))
        "the file holds a script" "export without scripts"
    ACTION Error All "print/action" (Standard("actions", "12.6"))
        "the file does something when it is opened or used" "export without actions and interactive parts"
    EMBEDDED Warning All "print/embedded-file" (Practice("7.11.4 (embedded files)"))
        "another file is packed into this one" "export it without attachments"
    LAYERS Error All "print/layers" (Standard("optional content", "8.11"))
        "the file has layers, which the standard does not allow" "flatten its layers when exporting"
    HIDDEN_LAYER Warning All "print/hidden-layer" (Practice("8.11.4 (configurations)"))
        "a layer is switched off, and a press may print it all the same" "remove what is not to be printed"
    LAYER_CONFIG Error All "print/layer-settings" (Standard("optional content", "8.11.4"))
        "layers switch themselves by use (on screen, in print)" "export it again with plain layers"
    POSTSCRIPT Error All "print/postscript" (Standard("PostScript XObjects", "8.8.2"))
        "a piece of PostScript stands in the file" "export it again from the original"
    TRANSFER Error All "print/transfer-function" (Standard("transfer functions", "10.4"))
        "tones are bent by a transfer function" "export without transfer functions"
    HALFTONE Error All "print/halftone" (Standard("halftones", "10.5"))
        "the file brings a screen of its own" "export without halftone settings"
}
