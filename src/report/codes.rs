//! The catalogue of findings: every code, its usual severity and one line of explanation.
//!
//! Each code has a test folder of the same name under `tests/check`.

use super::Severity;

/// What the catalogue says of one code.
#[derive(Debug)]
pub struct CodeInfo {
    /// `family/name`.
    pub name: &'static str,
    /// The severity unless a build mode changes it.
    pub severity: Severity,
    /// One line for the manual.
    pub about: &'static str,
}

/// A kind of finding; an index into the [`CATALOGUE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u16);

impl Code {
    /// `family/name`.
    pub fn name(self) -> &'static str {
        CATALOGUE[self.0 as usize].name
    }

    /// The usual severity.
    pub fn severity(self) -> Severity {
        CATALOGUE[self.0 as usize].severity
    }

    /// The code of this name.
    pub fn named(name: &str) -> Option<Code> {
        CATALOGUE.iter().position(|c| c.name == name).map(|i| Code(i as u16))
    }
}

macro_rules! catalogue {
    ($($id:ident $severity:ident $name:literal $about:literal)*) => {
        /// Every code there is, by family.
        pub static CATALOGUE: &[CodeInfo] = &[$(CodeInfo {
            name: $name,
            severity: Severity::$severity,
            about: $about,
        }),*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "only a counter for the constants")]
        #[repr(u16)]
        enum Index { $($id),* }

        #[allow(missing_docs, reason = "the catalogue's own line says it")]
        impl Code {
            $(pub const $id: Code = Code(Index::$id as u16);)*
        }
    };
}

catalogue! {
    // Files and folders
    FILE_MISSING Error "file/missing" "a file that is named does not exist"
    FILE_OUTSIDE Error "file/outside" "a path leaves the publication's folder, directly or by a symbolic link"
    FILE_REMOTE Error "file/remote" "a picture or file is named by a web address"
    FILE_NOT_UTF8 Error "file/not-utf8" "a text file is not UTF-8"
    FILE_CONTROL Error "file/control-character" "a text file holds a control character that no edition can show"
    FILE_EMPTY Error "file/empty" "a file is empty"
    // Manifests and front matter
    MANIFEST_MISSING Error "manifest/missing" "there is no masthead.toml or issue.toml"
    MANIFEST_SYNTAX Error "manifest/syntax" "a manifest is not valid TOML"
    MANIFEST_UNKNOWN_KEY Error "manifest/unknown-key" "a key that the program does not know"
    MANIFEST_MISSING_KEY Error "manifest/missing-key" "a key that must be there is missing"
    MANIFEST_WRONG_TYPE Error "manifest/wrong-type" "a value is of the wrong kind"
    MANIFEST_BAD_VALUE Error "manifest/bad-value" "a value is of the right kind but makes no sense"
    MANIFEST_DUPLICATE_ID Error "manifest/duplicate-id" "two things carry the same id"
    MANIFEST_UNKNOWN_PARTNER Error "manifest/unknown-partner" "a partner is named that is not in the list of partners"
    MANIFEST_ARTICLE_TWICE Error "manifest/article-twice" "an article is listed twice"
    MANIFEST_ARTICLE_UNLISTED Warning "manifest/article-unlisted" "a file in the issue's articles folder is in no section"
    MANIFEST_ISSN Error "manifest/issn" "the ISSN's check digit is wrong"
    MANIFEST_ALLOWANCE_UNUSED Warning "manifest/unused-allowance" "an allowance matches no finding any more"
    MANIFEST_ALLOWANCE_ERROR Error "manifest/allowance-of-error" "an allowance names an error, and errors cannot be allowed"
    FRONT_SYNTAX Error "front-matter/syntax" "an article's front matter does not parse"
    FRONT_MISSING Error "front-matter/missing" "an article has no front matter"
    FRONT_UNKNOWN_KEY Error "front-matter/unknown-key" "a key in the front matter that the program does not know"
    FRONT_MISSING_KEY Error "front-matter/missing-key" "a key that must be in the front matter is missing"
    FRONT_BAD_VALUE Error "front-matter/bad-value" "a value in the front matter makes no sense"
    FRONT_SECTION Error "front-matter/section" "an article says another section than the issue lists it in"
    FRONT_HEADLINE_TWICE Warning "front-matter/headline-twice" "two articles of an issue have the same headline"
    // Text
    TEXT_EMPTY Error "text/empty" "an article has no text"
    TEXT_HEADING_SKIP Error "text/heading-skip" "a heading skips a level"
    TEXT_HEADING_ONE Error "text/heading-one" "a level-one heading in the body: the headline is in the front matter"
    TEXT_FOOTNOTE_MISSING Error "text/footnote-missing" "a footnote mark without its note"
    TEXT_FOOTNOTE_UNUSED Warning "text/footnote-unused" "a note that no mark points to"
    TEXT_BLOCK_UNKNOWN Error "text/unknown-block" "a magazine block with an unknown name"
    TEXT_BLOCK_UNCLOSED Error "text/unclosed-block" "a magazine block that is not closed"
    TEXT_BLOCK_SHAPE Error "text/block-shape" "a magazine block whose content is not of the kind it needs"
    TEXT_BLOCK_ALMOST Warning "text/almost-a-block" "a line that looks like a magazine block and is not one"
    TEXT_TABLE_CELLS Error "text/table-cells" "a row of a table that has other cells than its head: what is beyond would be lost"
    TEXT_HTML_DROPPED Warning "text/html-dropped" "HTML that is not on the allow-list was dropped"
    TEXT_GLYPH Error "text/glyph-missing" "a character that no font of the publication has"
    TEXT_STRAIGHT_QUOTES Warning "text/straight-quotes" "quotation marks that could not be turned into typographic ones"
    TEXT_DUPLICATE_ID Error "text/duplicate-id" "two places in one article carry the same id"
    // Links
    LINK_DANGLING Error "link/dangling" "a link to an article or an id that does not exist"
    LINK_SCHEME Error "link/scheme" "a link of a kind that readers must not be sent to"
    LINK_MALFORMED Error "link/malformed" "a link that is no valid address"
    // Access
    ACCESS_ALT_MISSING Error "access/missing-alt" "a picture without alternative text"
    ACCESS_ALT_FILENAME Warning "access/alt-is-file-name" "an alternative text that is a file name or says only that it is a picture"
    ACCESS_ALT_CAPTION Warning "access/alt-repeats-caption" "an alternative text that repeats the caption"
    ACCESS_TABLE_HEADER Error "access/table-header" "a table without header cells"
    ACCESS_LINK_TEXT Warning "access/link-text" "a link text such as `here` that says nothing out of context"
    ACCESS_LANGUAGE Error "access/language" "a language tag that is not one"
    // Rights
    RIGHTS_CREDIT_MISSING Error "rights/missing-credit" "a picture without a credit"
    RIGHTS_CREDIT_VAGUE Warning "rights/vague-credit" "a credit that names nobody"
    RIGHTS_CREDIT_CONFLICT Error "rights/conflicting-credit" "one picture is credited in two different ways"
    RIGHTS_FILE_DISAGREES Warning "rights/file-disagrees" "a picture's file names another maker than its credit, or reserves what the credit's licence gives"
    RIGHTS_GENERATED Warning "rights/generated" "a picture that a program generated, and no credit says so"
    RIGHTS_NOT_IN_LEDGER Warning "rights/not-in-ledger" "a picture that is not in the ledger of rights"
    RIGHTS_CHANGED Warning "rights/file-changed" "a picture whose bytes are not those that the ledger notes for its file"
    RIGHTS_LEDGER_DISAGREES Warning "rights/ledger-disagrees" "a credit that does not name whom the ledger of rights names"
    RIGHTS_UNLICENSED Warning "rights/unlicensed" "a picture in the ledger of rights with neither licence nor proof"
    RIGHTS_EXPIRED Error "rights/expired" "a picture whose permission does not hold on the issue's date"
    RIGHTS_EDITORIAL Error "rights/editorial-only" "a picture for editorial use on a cover, in a sponsored article or beside an advert"
    RIGHTS_NON_COMMERCIAL Error "rights/non-commercial" "a non-commercial picture in an issue that is sold or carries adverts"
    RIGHTS_CUT Error "rights/cut" "a picture that may not be cut where it must be"
    RIGHTS_SHARE_ALIKE Warning "rights/share-alike" "a share-alike picture in something new: a cover, an advert"
    RIGHTS_MEDIA Error "rights/media" "a picture whose permission does not cover the screen, or print"
    RIGHTS_TERRITORY Warning "rights/territory" "a picture that may be published in one territory only"
    RIGHTS_RELEASE Warning "rights/model-release" "a picture that needs a release, and none is noted"
    RIGHTS_COVER_AGAIN Warning "rights/cover-again" "a cover picture that was another issue's cover already"
    // Pictures
    PICTURE_TRUNCATED Error "picture/truncated" "a picture's data end early or are damaged"
    PICTURE_FORMAT Error "picture/format" "a file that is no picture of a kind the program reads"
    PICTURE_TOO_LARGE Error "picture/too-large" "a picture with more pixels than can be opened safely"
    PICTURE_CONVERTED Warning "picture/converted" "a picture of a kind that readers cannot open was converted"
    PICTURE_ANIMATED Warning "picture/animated" "an animated picture; only its first frame is used"
    PICTURE_SMALL Warning "picture/too-small" "a picture with too few pixels for its place"
    PICTURE_OVERSIZED Warning "picture/oversized" "a picture far larger than any edition needs"
    PICTURE_ALIKE Warning "picture/near-duplicate" "two files that show the same picture"
    PICTURE_HIDDEN Warning "picture/see-through" "a picture with a transparent ground that cannot be seen on black, or on white"
    PICTURE_UNUSED Warning "picture/unused" "an entry of pictures.toml that no article uses"
    SVG_UNSAFE Error "picture/svg-unsafe" "an SVG with a script, an external reference or an entity"
    SVG_SYNTAX Error "picture/svg-syntax" "an SVG that is not well-formed"
    EPUB_SIZE Error "epub/too-large" "an e-book that cannot be made to fit the size that is asked for"
    WEB_ADDRESS Warning "web/address" "a web edition of which nobody said where it will stand"
    EPUB_SHOP Warning "epub/shop-limit" "an e-book larger than a shop or mail service takes"
    // Adverts
    ADVERT_SHAPE Error "advert/shape" "an advert whose shape does not fit the size it was booked in"
    ADVERT_PLACE Error "advert/place" "a place that is taken or cannot hold this advert"
    ADVERT_PDF Error "advert/pdf" "an advert's PDF that cannot be used as it is"
    ADVERT_LINK Warning "advert/no-link" "an advert without a link"
    // Print
    PRINT_ADVERT Warning "print/advert" "an advert's PDF that the print shop would not take as it is"
    PRINT_PREFLIGHT Error "print/preflight" "a print edition that its print shop would send back"
    PRINT_SHOP Error "print/shop" "a print shop's profile that does not exist or cannot be used"
    // Themes
    THEME_CONTRAST Warning "theme/contrast" "colours of a theme that stand out too little from each other"
    // Layout
    LAYOUT_ENGINE Error "layout/engine" "the page engine refused an article"
    LAYOUT_WORDS Error "layout/words" "words of an article that its pages lack, or hold twice"
    LAYOUT_UNSETTLED Warning "layout/unsettled" "the layout did not settle in the rounds allowed"
    LAYOUT_WHITE Warning "layout/white-space" "an article that leaves part of its last page white"
    LAYOUT_SHORT_END Warning "layout/short-end" "an article whose last page holds text on less than a quarter and nothing else"
    LAYOUT_UNBALANCED Warning "layout/unbalanced" "columns at an article's end that do not end level"
    LAYOUT_LOOSE Warning "layout/loose-line" "a line whose word spaces are too wide"
    LAYOUT_WIDE Warning "layout/wide-word" "a word that is wider than its column"
    LAYOUT_LADDER Warning "layout/hyphen-ladder" "three or more lines in a row that end in a hyphen"
    LAYOUT_DIVIDED Warning "layout/divided-word" "a page whose last word is divided"
    LAYOUT_WIDOW Warning "layout/widow" "a line of a paragraph alone at the foot or head of a column"
    LAYOUT_GRID Warning "layout/off-grid" "a line of text that is off the baseline grid"
    LAYOUT_PPI Warning "layout/low-resolution" "a picture with too few pixels for the size at which it stands"
    LAYOUT_FAR Warning "layout/far-picture" "a picture or box on another spread than its place in the text"
    LAYOUT_SIDE Warning "layout/opening-side" "a feature that opens on another side than the theme asks"
    LAYOUT_EXTENT Warning "layout/extent" "an issue whose pages are no multiple of four"
    LAYOUT_COMPETITORS Warning "layout/competitors" "adverts of two partners in the same trade in sight of each other"
    LAYOUT_OVERLAP Warning "layout/overlap" "a picture or box that runs into what stands at the foot of its page"
    LAYOUT_ADVERT Warning "layout/advert-moved" "an advert away from the article that it was booked after"
    LAYOUT_LOCK Warning "layout/lock" "a kept pagination that cannot be kept to, or pages that moved in spite of it"
    // Cover
    COVER_MISSING Error "cover/missing" "an issue without a cover picture"
}
