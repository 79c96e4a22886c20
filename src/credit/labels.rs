//! The words that credits are made of, in all their languages.
//!
//! All lists are in lower case. Languages stand together in one list: a credit may mix them, and the forms in which the
//! words are used keep them apart from captions.

/// Words that alone before a colon say "this is a credit".
#[rustfmt::skip]
pub(super) const STRONG: &[&str] = &[
    "photo", "photos", "photograph", "photographs", "photography", "photographer", "photographers", "picture",
    "pictures", "image", "images", "illustration", "illustrations", "illustrator", "artwork", "credit", "credits",
    "screenshot", "copyright", "courtesy", "pic", "pics",
    // German
    "foto", "fotos", "fotografie", "fotograf", "fotografin", "fotografen", "bild", "bilder", "bildnachweis",
    "bildnachweise", "fotonachweis", "bildquelle", "bildquellen", "fotoquelle", "quelle", "grafik", "zeichnung",
    "aufnahme", "aufnahmen", "illustrationen", "titelbild", "bildrechte",
    // French
    "crédit", "crédits", "photographie", "photographies", "photographe", "photographes", "visuel", "illustratrice",
    "illustrateur",
    // Spanish
    "fotografía", "fotografías", "fotógrafo", "fotógrafa", "imagen", "imágenes", "crédito", "créditos",
    "ilustración", "ilustraciones",
    // Italian
    "fotografo", "fotografa", "immagine", "immagini", "illustrazione", "illustrazioni", "credito", "crediti",
    // Dutch
    "foto's", "foto’s", "fotograaf", "afbeelding", "afbeeldingen", "illustratie", "illustraties",
    "tekening",
    // Portuguese
    "fotografia", "fotografias", "imagem", "imagens", "ilustração", "ilustrações",
    // Polish
    "zdjęcie", "zdjęcia", "fot", "ilustracja", "ilustracje",
    // Swedish and Danish
    "fotografi", "fotografer", "bilden", "billede", "billeder", "tegning", "teckning",
];

/// Words that begin a credit only if a name follows.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "map", "maps", "graphic", "graphics", "infographic", "art", "drawing", "drawings", "painting", "cartoon", "still",
    "stills", "video", "video still", "render", "rendering", "source", "sources", "cover", "visual", "karte", "carte",
    "dessin", "mapa", "dibujo", "scan", "collage", "montage", "engraving", "woodcut", "portrait", "portraits",
    "print", "icon", "icons", "vector", "fotografie", "dessins", "disegno", "desenho", "infografik", "kaart", "rysunek",
    "karta", "kort", "kunst", "fuente", "autor", "autora", "autore", "autrice", "auteur", "fonte", "bron", "beeld",
    "obraz", "źródło", "källa", "kilde",
];

/// Words that may stand beside one of the above before the colon.
#[rustfmt::skip]
pub(super) const BESIDE: &[&str] = &[
    "credit", "credits", "by", "courtesy", "of", "and", "&", "/", "cover", "lead", "main", "top", "left", "right",
    "above", "below", "inset", "bottom", "this", "page", "pages", "all", "text", "words", "archive", "file", "stock",
    "aerial", "drone", "opening", "video", "still", "und", "et", "y", "photo", "photos", "opposite", "from",
    "clockwise", "da", "de", "di", "du", "della", "la", "der", "fotografico", "fotografici", "fotográfico",
    "fotográficos", "e", "en", "i", "och", "og", "oben", "unten", "links", "rechts", "titel", "no",
];

/// Labels before which a body that is named is the source, not the maker.
#[rustfmt::skip]
pub(super) const SOURCE: &[&str] = &[
    "source", "sources", "quelle", "bildquelle", "bildquellen", "fotoquelle", "fuente", "fonte", "bron", "źródło",
    "källa", "kilde", "source photos", "source photo", "data", "daten", "données", "datos", "dati",
];

/// "By", where it can mean nothing else.
#[rustfmt::skip]
pub(super) const BY: &[&str] = &[
    "by", "taken by", "made by", "created by", "provided by", "supplied by", "par", "por", "door", "via", "autorstwa",
    "przez", "dodane przez", "wykonane przez",
];

/// "By" in languages in which it is also "of": only with a known source or a licence after it.
pub(super) const BY_OR_OF: &[&str] = &["von", "de", "di", "da", "van", "af", "av"];

/// Words between a creator and a source.
#[rustfmt::skip]
pub(super) const FROM: &[&str] = &[
    "from", "on", "via", "at", "for", "courtesy of", "auf", "bei", "über", "aus", "für", "sur", "provenant de", "pour",
    "en", "vía", "para", "su", "attraverso", "tramite", "per", "op", "voor", "no", "na", "por", "z", "ze", "dla",
    "depuis", "på", "från", "fra", "för", "til",
];

/// Those of them that can stand before a source that nobody knows.
#[rustfmt::skip]
pub(super) const SURELY_FROM: &[&str] =
    &["from", "on", "via", "for", "courtesy of", "für", "para", "pour", "per", "voor", "dla", "för"];

/// Those after which the one stands for whom a picture was made.
pub(super) const MADE_FOR: &[&str] = &["for", "für", "pour", "para", "per", "voor", "dla", "för", "til"];

/// Verbs that begin a credit.
#[rustfmt::skip]
pub(super) const MADE_BY: &[&str] = &[
    "photographed by", "illustrated by", "painted by", "drawn by", "shot by", "designed by", "photo credit should read",
    "fotografiert von", "illustriert von", "gezeichnet von", "entworfen von", "photographié par", "illustré par",
    "conçu par", "dessiné par", "fotografiado por", "diseñado por", "ilustrado por", "fotografato da", "progettato da",
    "illustrato da", "gefotografeerd door", "ontworpen door", "getekend door", "fotografado por", "desenhado por",
    "projetado por", "zaprojektowane przez", "fotograferad av", "designad av", "fotograferet af", "designet af",
];

/// Words that begin the part of a credit in which the giver is named.
#[rustfmt::skip]
pub(super) const COURTESY: &[&str] = &[
    "courtesy of", "by courtesy of", "by kind permission of", "with kind permission of", "with permission of",
    "with permission from", "used with permission of", "used by permission of", "reproduced with permission of",
    "by permission of", "mit freundlicher genehmigung von", "mit freundlicher genehmigung der",
    "avec l'aimable autorisation de", "avec l’aimable autorisation de", "avec l'aimable autorisation du",
    "avec l’aimable autorisation du", "avec la permission de", "cortesía de", "con permiso de",
    "per gentile concessione di", "per gentile concessione della", "per gentile concessione del", "cortesia de",
    "met dank aan", "met toestemming van", "dzięki uprzejmości", "med tillstånd av", "med tilladelse fra", "courtesy",
];

/// Parts of a credit that name nobody and change nothing.
#[rustfmt::skip]
pub(super) const PHRASES: &[&str] = &[
    "all rights reserved", "used with permission", "with permission", "reproduced with permission", "by permission",
    "some rights reserved", "no known copyright restrictions", "cropped", "cropped from original", "edited", "detail", "modified", "retouched",
    "resized", "no changes made", "unmodified", "file", "file photo", "handout", "pool", "archive photo",
    "alle rechte vorbehalten", "bearbeitet", "beschnitten", "ausschnitt", "archiv", "archivbild", "handout via",
    "tous droits réservés", "recadrée", "détail", "archives", "todos los derechos reservados", "recortada", "archivo",
    "tutti i diritti riservati", "archivio", "alle rechten voorbehouden", "bijgesneden", "archief",
    "todos os direitos reservados", "divulgação", "arquivo", "reprodução", "reproducción", "reproduction", "riproduzione", "repro", "wszelkie prawa zastrzeżone", "archiwum",
    "alla rättigheter förbehållna", "arkiv", "arkivbild", "arkivfoto",
];

/// What a creator of a picture on Wikimedia Commons writes in place of a source.
#[rustfmt::skip]
pub(super) const OWN: &[&str] = &[
    "own work", "eigenes werk", "travail personnel", "œuvre personnelle", "trabajo propio", "opera propria",
    "lavoro proprio", "eigen werk", "obra do próprio", "praca własna", "eget arbete", "eget arbejde", "own photo",
];

/// Words that name nobody.
#[rustfmt::skip]
pub(super) const NOBODY: &[&str] = &[
    "internet", "the internet", "web", "the web", "website", "online", "google", "google images", "unknown",
    "unknown author", "unknown authorunknown author", "anonymousunknown author", "author unknown",
    "photographer unknown", "unknown photographer", "unknown artist", "anonymous", "anon", "stock", "stock photo",
    "stock image", "stock picture", "stock photography", "courtesy", "photo", "picture", "image", "n/a", "na", "none",
    "nobody", "tbc", "tbd", "todo", "tba", "to come", "xxx", "various", "misc", "file", "file photo", "handout",
    "supplied", "social media", "facebook", "twitter", "instagram", "pinterest", "tiktok", "youtube", "public domain",
    "somebody", "someone", "other", "credit", "source", "free", "royalty free", "creative commons", "wikipedia",
    "shutterstock user", "see page for author", "see file page for creator info", "no machine-readable author provided",
    "unbekannt", "unbekannter autor", "unbekannter fotograf", "autor unbekannt", "autor unbekanntunknown author",
    "quelle unbekannt", "fotograf unbekannt", "aus dem internet", "siehe seite für autor",
    "inconnu", "auteur inconnu", "auteur inconnuunknown author", "anonyme", "dr", "d.r.", "voir la page pour l’auteur",
    "desconocido", "autor desconocido", "anónimo", "sconosciuto", "autore sconosciuto", "anonimo", "onbekend",
    "onbekende auteur", "fotograaf onbekend", "anoniem", "autor desconhecido", "anônimo", "autor nieznany", "nieznany",
    "eigene darstellung", "elaboración propia", "elaborazione propria", "eigen bewerking", "élaboration propre",
    "privatarchiv", "archivo personal", "archivio personale", "archives personnelles", "collection privée",
    "collection personnelle", "arquivo pessoal", "acervo pessoal", "privé", "privéfoto", "archiwum prywatne", "privat",
    "okänd", "okänd fotograf", "ukendt", "ukendt fotograf",
];

/// Words that begin what was done to a picture after it was made.
#[rustfmt::skip]
pub(super) const CHANGED_BY: &[&str] = &[
    "edited by", "retouched by", "adapted by", "colourised by", "colorized by", "cropped by", "modified by",
    "bearbeitet von", "modifié par", "modificado por", "modificata da", "bewerkt door",
];

/// Words between a work and its licence.
#[rustfmt::skip]
pub(super) const LICENSED: &[&str] = &[
    "is licensed under a", "is licensed under", "licensed under a", "licensed under", "licenced under",
    "and licensed for reuse under this", "and licensed for reuse under a", "and licensed for reuse under", "under a",
    "used under a", "used under", "shared under", "available under", "distributed under", "reproduced under",
    "is marked with", "is marked", "under", "licence:", "license:", "licence", "license", "released into the",
    "ist lizenziert unter", "lizenziert unter", "lizenziert nach", "lizenz:", "lizenz", "unter der lizenz", "unter",
    "est sous licence", "sous licence", "licence :", "bajo licencia", "con licencia", "tiene licencia", "licencia:",
    "licencia", "bajo", "con licenza", "sotto licenza", "è distribuito con licenza", "licenza:", "licenza",
    "onder licentie", "in licentie gegeven onder", "licentie:", "licentie", "onder", "sob licença", "sob a licença",
    "licenciado sob", "licença:", "licença", "na licencji", "licencja:", "licencja", "licensierad under", "licens:",
    "licens",
];

/// Words of the role of those who wrote: a credit may name them before the pictures' makers.
pub(super) const WRITERS: &[&str] =
    &["words", "text", "story", "texte", "textes", "texto", "textos", "testo", "testi", "tekst", "texter", "report"];

/// Where a picture stands on the page.
#[rustfmt::skip]
pub(super) const POSITIONS: &[&str] = &[
    "left", "right", "top", "bottom", "above", "below", "centre", "center", "middle", "inset", "top left", "top right",
    "bottom left", "bottom right", "cover", "opposite", "links", "rechts", "oben", "unten", "mitte", "gauche", "droite",
    "haut", "bas", "en haut", "en bas", "à gauche", "à droite", "izquierda", "derecha", "arriba", "abajo", "sinistra",
    "destra", "in alto", "in basso", "boven", "onder", "esquerda", "direita", "acima", "abaixo", "po lewej",
    "po prawej", "vänster", "höger", "venstre", "højre",
];

/// Countries and the cities of great museums: they follow a name and are none.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "europe", "europa", "africa", "afrika", "asia", "asien", "america", "amerika", "the world", "usa", "us", "uk", "united states", "united kingdom", "england", "scotland", "wales", "ireland", "canada",
    "australia", "new zealand", "germany", "deutschland", "france", "spain", "españa", "italy", "italia",
    "netherlands", "the netherlands", "nederland", "belgium", "austria", "österreich", "switzerland", "schweiz",
    "portugal", "brazil", "brasil", "poland", "polska", "sweden", "sverige", "denmark", "danmark", "norway", "finland",
    "india", "japan", "washington", "washington dc", "washington d.c", "d.c", "dc", "new york", "london", "paris",
    "amsterdam", "berlin", "vienna", "wien", "madrid", "munich", "münchen", "florence", "firenze", "rome", "roma",
    "milan", "milano", "stockholm", "copenhagen", "københavn", "the hague", "den haag", "boston", "chicago",
    "los angeles", "warszawa", "warsaw", "kraków", "lisboa", "lisbon", "são paulo", "dresden", "cologne", "köln",
];
