//! What the three manifests may hold; `docs/manifests.md` says the same for people.

use crate::data::{Field, Shape};

/// `masthead.toml`.
pub static PUBLICATION: Shape = Shape::Table(&[
    Field::required("title", Shape::Text, "the publication's name").also(&["name"]),
    Field::optional("tagline", Shape::Text, "the line under the nameplate").also(&["subtitle", "slogan", "motto"]),
    Field::required("language", Shape::Text, "the language, as a tag such as `en-GB`").also(&["lang", "locale"]),
    Field::optional("issn", Shape::Text, "the ISSN, as `2049-3630`"),
    Field::optional("theme", Shape::Text, "a shipped theme's name, or a folder of the publication"),
    Field::optional("trim", TRIM, "the trimmed page").also(&["size", "format", "page-size", "paper"]),
    Field::optional("rights", Shape::Text, "the copyright line").also(&["copyright", "license", "licence"]),
    Field::optional("website", Shape::Text, "the publication's web address").also(&["url", "site", "link"]),
    Field::optional("barcode", Shape::Bool, "whether the cover carries the ISSN's barcode"),
    Field::optional("fonts", Shape::List(&Shape::Text), "folders with fonts of the publication's own"),
    Field::optional("own-pictures", Shape::Text, "whose the pictures without a credit are"),
    Field::optional("imprint", Shape::List(&Shape::Text), "further lines of the imprint, each a paragraph"),
    Field::optional("publisher", PUBLISHER, "who publishes it"),
    Field::optional("epub", EPUB, "the e-book").also(&["ebook", "e-book"]),
    Field::optional("print", PRINT, "the print edition").also(&["press", "printing"]),
    Field::optional("web", WEB, "the web edition").also(&["online", "html"]),
    Field::optional("staff", Shape::List(&STAFF), "the people of the imprint, in order"),
    Field::optional("allow", Shape::List(&ALLOW), "a warning that you have looked at"),
]);

const TRIM: Shape = Shape::Either(&[
    Shape::OneOf(&["A4", "A5", "Letter"]),
    Shape::Table(&[
        Field::required("width", Shape::Number(90.0, 450.0), "the page's width in millimetres"),
        Field::required("height", Shape::Number(90.0, 450.0), "the page's height in millimetres"),
    ]),
]);

const EPUB: Shape = Shape::Table(&[Field::optional(
    "max-size",
    Shape::Text,
    "the most that the e-book may take, such as `20 MB`: its pictures are made to fit",
)
.also(&["max_size", "maxsize", "size"])]);

const PRINT: Shape = Shape::Table(&[Field::optional(
    "shop",
    Shape::Text,
    "the print shop's profile: one that `masthead shops` lists, or a file such as `shops/our-printer.toml`",
)
.also(&["profile", "printer"])]);

const WEB: Shape = Shape::Table(&[
    Field::optional("address", Shape::Text, "where its files will stand, as `https://example.org/magazine/`")
        .also(&["url", "site", "base", "link"]),
    Field::optional(
        "downloads",
        Shape::List(&Shape::OneOf(&["epub", "screen"])),
        "the editions that readers can download",
    ),
]);

const PUBLISHER: Shape = Shape::Table(&[
    Field::required("name", Shape::Text, "the name of the house"),
    Field::optional("address", Shape::List(&Shape::Text), "the lines of the address"),
    Field::optional("email", Shape::Text, "the e-mail address").also(&["mail", "e-mail"]),
    Field::optional("phone", Shape::Text, "the telephone number").also(&["telephone", "tel"]),
]);

static STAFF: Shape = Shape::Table(&[
    Field::required("role", Shape::Text, "what the person does").also(&["job", "title"]),
    Field::required("name", Shape::Text, "the person's name"),
]);

static ALLOW: Shape = Shape::Table(&[
    Field::required("code", Shape::Text, "the warning's code, such as `picture/too-small`"),
    Field::optional("file", Shape::Text, "the file, relative to the publication's folder; every file if left out"),
    Field::required("reason", Shape::Text, "why it is allowed"),
]);

/// `issue.toml`.
pub static ISSUE: Shape = Shape::Table(&[
    Field::required("number", POSITIVE, "the running number").also(&["no", "issue"]),
    Field::optional("volume", POSITIVE, "the volume").also(&["vol", "year"]),
    Field::required("date", Shape::Date, "the date of issue").also(&["published", "issued"]),
    Field::optional("title", Shape::Text, "the issue's own title").also(&["name", "theme"]),
    Field::optional("status", Shape::OneOf(&["planned", "draft", "published"]), "how far it is"),
    Field::optional("revision", POSITIVE, "counts from 1; raised when a published issue is corrected"),
    Field::optional("modified", Shape::DateTime, "when it was last changed; the date of issue if left out"),
    Field::optional("price", Shape::Text, "the cover price, as printed"),
    Field::optional("fillers", Shape::List(&Shape::Text), "short texts for empty places"),
    Field::optional("cover", COVER, "the cover"),
    Field::optional("section", Shape::List(&SECTION), "a section, in the order of the magazine").also(&["sections"]),
    Field::optional("advert", Shape::List(&ADVERT), "a booked advert").also(&["ad", "ads", "adverts", "advertisement"]),
    Field::optional("house-advert", Shape::List(&HOUSE_ADVERT), "an advert of the house, for empty places").also(&[
        "house-ad",
        "house-adverts",
        "house_advert",
    ]),
    Field::optional("partner", Shape::List(&PARTNER), "a partner of the issue")
        .also(&["partners", "sponsor", "sponsors"]),
    Field::optional("allow", Shape::List(&ALLOW), "a warning that you have looked at"),
]);

const POSITIVE: Shape = Shape::Integer(1, u32::MAX as i64);

const FOCUS: Field = Field::optional(
    "focus",
    Shape::Exactly(2, &Shape::Number(0.0, 1.0)),
    "the point that must stay visible when it is cropped: from the left and from the top, each 0 to 1",
);
const ALT: Field = Field::optional("alt", Shape::Text, "what it shows or says, for those who do not see it").also(&[
    "alternative",
    "alternative-text",
    "description",
]);
const CREDIT: Field =
    Field::optional("credit", Shape::Text, "whose picture it is").also(&["copyright", "source", "by"]);
const CAPTION: Field = Field::optional("caption", Shape::Text, "what is told about it; Markdown within a line");
const DECORATIVE: Field = Field::optional("decorative", Shape::Bool, "whether it needs no alternative text");

const COVER: Shape = Shape::Table(&[
    Field::optional("picture", Shape::Text, "the cover picture's file").also(&["image", "file", "photo"]),
    ALT,
    CREDIT,
    FOCUS,
    Field::optional("line", Shape::List(&COVER_LINE), "a cover line; the first is the biggest").also(&["lines"]),
]);

static COVER_LINE: Shape = Shape::Table(&[
    Field::required("headline", Shape::Text, "the big words").also(&["title"]),
    Field::optional("text", Shape::Text, "a line under them"),
]);

static SECTION: Shape = Shape::Table(&[
    Field::required("title", Shape::Text, "the section's title").also(&["name"]),
    Field::required("articles", Shape::List(&Shape::Text), "its articles' files, in order").also(&["article", "files"]),
]);

const ID: Field = Field::required("id", Shape::Text, "its name in this issue: letters, digits and hyphens");
const ARTWORK: Field =
    Field::required("file", Shape::Text, "the artwork: PDF, SVG, JPEG or PNG").also(&["picture", "image"]);
const SIZE: Field = Field::required(
    "size",
    Shape::OneOf(&["double", "full", "half-horizontal", "half-vertical", "third", "quarter", "eighth"]),
    "the booked size",
);
const LINK: Field = Field::optional("link", Shape::Text, "where it leads").also(&["url", "website", "href"]);

static ADVERT: Shape = Shape::Table(&[
    ID,
    Field::required("partner", Shape::Text, "the id of the partner whose it is").also(&["client", "advertiser"]),
    ARTWORK,
    SIZE,
    Field::optional("place", PLACE, "the booked place").also(&["position"]),
    ALT,
    LINK,
]);

const PLACE: Shape = Shape::Either(&[
    Shape::OneOf(&["inside-front-cover", "inside-back-cover", "back-cover", "run-of-book"]),
    Shape::Table(&[Field::required("after", Shape::Text, "the article that it follows if it can")]),
]);

static HOUSE_ADVERT: Shape = Shape::Table(&[ID, ARTWORK, SIZE, ALT, LINK]);

static PARTNER: Shape = Shape::Table(&[
    ID,
    Field::required("name", Shape::Text, "the name that readers see").also(&["title"]),
    Field::optional(
        "trade",
        Shape::Text,
        "what it sells: adverts of partners in the same trade never face each other where that can be helped",
    )
    .also(&["industry", "business"]),
    Field::optional("logo", Shape::Text, "the logo's file").also(&["picture", "image", "file"]),
    LINK,
    Field::optional("text", Shape::Text, "a line about it").also(&["about", "description"]),
]);

/// `pictures.toml`: a table for each picture, by its file's name or path.
pub static PICTURES: Shape = Shape::Map(&Shape::Table(&[ALT, CAPTION, CREDIT, FOCUS, DECORATIVE]));

/// `rights.toml`: what may be done with each picture, by the hash of its bytes.
pub static RIGHTS: Shape =
    Shape::Table(&[
        Field::optional("picture", Shape::List(&RIGHT), "what may be done with a picture").also(&["pictures"])
    ]);

static RIGHT: Shape = Shape::Table(&[
    Field::required("hash", Shape::Text, "the SHA-256 of the picture's file; `masthead credits` writes it"),
    Field::optional("file", Shape::Text, "where the picture stood when it was noted"),
    Field::optional("creator", Shape::Text, "who made it").also(&["author", "photographer", "by"]),
    Field::optional("source", Shape::Text, "where it was got: an agency, a picture service, the author"),
    Field::optional("licence", Shape::Text, "the licence or agreement under which it is used").also(&["license"]),
    Field::optional("proof", Shape::Text, "an invoice's number, a link, a letter").also(&["invoice", "evidence"]),
    Field::optional("release", Shape::Text, "the model or property release"),
    Field::optional("valid-from", Shape::Date, "the first day on which it may be published").also(&["from"]),
    Field::optional("valid-until", Shape::Date, "the last day on which it may be published")
        .also(&["until", "expires"]),
    Field::optional("territory", Shape::Text, "where it may be published, such as `worldwide` or `UK and Ireland`"),
    Field::optional("media", Shape::List(&Shape::OneOf(&["print", "digital"])), "the media that are paid for"),
    Field::optional("exclusive", Shape::Bool, "whether nobody else may publish it meanwhile"),
    Field::optional(
        "restrictions",
        Shape::List(&Shape::OneOf(&["editorial", "no-commercial", "no-crop", "share-alike", "model-release"])),
        "what may not be done with it, or what it asks for",
    ),
    Field::optional("fee", Shape::Text, "what it costs, as written"),
    Field::optional("note", Shape::Text, "anything else"),
]);

/// A picture named in front matter.
pub(crate) const LEAD: Shape = Shape::Table(&[
    Field::required("picture", Shape::Text, "the picture's file").also(&["image", "file", "photo", "src"]),
    ALT,
    CAPTION,
    CREDIT,
    DECORATIVE,
    FOCUS,
]);
