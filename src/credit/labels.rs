//! The words that begin a credit line, and the collections that credits name.
//!
//! All lists are in lower case.

/// Words that alone before a colon say "this is a credit".
#[rustfmt::skip]
pub(super) const STRONG: &[&str] = &[
    "photo", "photos", "photograph", "photographs", "photography", "photographer", "photographers", "picture",
    "pictures", "image", "images", "illustration", "illustrations", "illustrator", "artwork", "credit", "credits",
    "screenshot", "copyright", "courtesy", "foto", "fotos", "fotografie", "fotograf", "fotografin", "bild", "bilder",
    "bildnachweis", "fotonachweis", "bildquelle", "quelle", "grafik", "zeichnung", "crédit", "crédits",
    "photographie", "photographies", "illustratie", "fotografía", "fotografías", "imagen", "imágenes", "crédito",
    "créditos", "ilustración", "fotografia", "immagine",
];

/// Words that begin a credit only if a name follows.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "map", "maps", "graphic", "graphics", "infographic", "art", "drawing", "drawings", "painting", "cartoon", "still",
    "stills", "video", "video still", "render", "rendering", "source", "sources", "cover", "visual", "karte", "carte",
    "dessin", "mapa", "dibujo", "scan", "collage", "montage", "engraving", "woodcut", "portrait", "portraits",
    "print",
];

/// Words that may stand beside one of the above before the colon.
#[rustfmt::skip]
pub(super) const BESIDE: &[&str] = &[
    "credit", "credits", "by", "courtesy", "of", "and", "&", "/", "cover", "lead", "main", "top", "left", "right",
    "above", "below", "inset", "bottom", "this", "page", "pages", "all", "text", "words", "archive", "file", "stock",
    "aerial", "drone", "opening", "video", "still", "und", "et", "y", "photo", "photos", "opposite", "from",
    "clockwise",
];

/// "By", where it can mean nothing else.
pub(super) const BY: &[&str] =
    &["by", "taken by", "made by", "created by", "provided by", "supplied by", "par", "por", "door", "via"];

/// "By" in languages in which it is also "of": only with a known source after it.
pub(super) const BY_OR_OF: &[&str] = &["von", "de", "di", "da", "van", "af"];

/// Words between a creator and a source.
pub(super) const FROM: &[&str] =
    &["from", "on", "via", "at", "for", "courtesy of", "auf", "bei", "über", "aus", "sur", "en", "su", "no", "depuis"];

/// Verbs that begin a credit.
#[rustfmt::skip]
pub(super) const MADE_BY: &[&str] = &[
    "photographed by", "illustrated by", "painted by", "drawn by", "shot by", "designed by", "fotografiert von",
    "photographié par", "illustriert von",
];

/// Words that begin the part of a credit in which the giver is named.
#[rustfmt::skip]
pub(super) const COURTESY: &[&str] = &[
    "courtesy of", "by courtesy of", "by kind permission of", "with kind permission of", "with permission of",
    "with permission from", "used with permission of", "used by permission of", "reproduced with permission of",
    "by permission of", "mit freundlicher genehmigung von", "avec l'aimable autorisation de",
    "avec l’aimable autorisation de", "cortesía de", "courtesy",
];

/// Parts of a credit that name nobody and change nothing.
#[rustfmt::skip]
pub(super) const PHRASES: &[&str] = &[
    "all rights reserved", "used with permission", "with permission", "reproduced with permission", "by permission",
    "some rights reserved", "no known copyright restrictions", "cropped", "edited", "detail",
    "alle rechte vorbehalten", "tous droits réservés", "modified", "retouched", "resized", "no changes made",
    "unmodified",
];

/// Picture services: where a picture was found, not who made it.
#[rustfmt::skip]
pub(super) const SERVICES: &[&str] = &[
    "pixabay", "unsplash", "pexels", "wikimedia", "wikimedia commons", "commons", "wikipedia", "flickr", "freepik",
    "rawpixel", "openverse", "stocksnap", "burst", "geograph", "inaturalist", "500px", "deviantart", "google",
    "instagram", "facebook", "pinterest", "twitter", "shutterstock", "istock", "adobe stock", "depositphotos",
    "dreamstime", "123rf", "pxhere", "publicdomainpictures", "creative commons", "europeana", "internet archive",
    "pixabay.com", "unsplash.com", "pexels.com", "flickr.com", "freepik.com", "fotolia", "canva",
];

/// Agencies and institutions that stand for the maker.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "nasa", "esa", "jaxa", "noaa", "usgs", "eso", "nps", "cern", "jpl", "reuters", "ap", "ap photo", "ap images",
    "associated press", "afp", "epa", "dpa", "pa", "pa images", "pa media", "pa wire", "getty", "getty images",
    "alamy", "alamy stock photo", "magnum photos", "magnum", "imago", "imago images", "laif", "keystone", "ostkreuz",
    "picture alliance", "picture-alliance", "bridgeman images", "library of congress", "national park service", "rex",
    "science photo library", "mary evans picture library", "sipa", "xinhua", "bloomberg", "ansa", "efe", "anp",
    "ritzau", "national archives", "british library", "rijksmuseum", "smithsonian", "smithsonian institution",
    "ullstein bild", "akg-images", "nature picture library", "zuma press", "wirestock", "plainpicture",
    "mauritius images", "hollandse hoogte",
];

/// Words that name nobody.
#[rustfmt::skip]
pub(super) const NOBODY: &[&str] = &[
    "internet", "the internet", "web", "the web", "website", "online", "google", "google images", "unknown",
    "unknown author", "author unknown", "photographer unknown", "unknown photographer", "unknown artist", "anonymous",
    "anon", "stock", "stock photo", "stock image", "stock picture", "stock photography", "courtesy", "photo",
    "picture", "image", "n/a", "na", "none", "nobody", "tbc", "tbd", "todo", "tba", "to come", "xxx", "various",
    "misc", "file", "file photo", "handout", "supplied", "social media", "facebook", "twitter", "instagram",
    "pinterest", "tiktok", "youtube", "public domain", "unbekannt", "quelle unbekannt", "fotograf unbekannt",
    "aus dem internet", "inconnu", "auteur inconnu", "anonyme", "desconocido", "autor desconocido", "somebody",
    "someone", "other", "credit", "source", "free", "royalty free", "creative commons", "wikipedia",
    "shutterstock user",
];
