//! What the spaces and headlines of each language depend on: units, labels, titles, short words.
//!
//! Units are told by their exact spelling behind a number, so a word that means something else there stays out ("in").

use super::Words;

/// The tables of one language.
pub(super) struct Tables {
    /// The primary subtag.
    language: &'static str,
    /// Units and counted words beside the international ones.
    pub(super) units: &'static [&'static str],
    /// What stands before a number.
    pub(super) labels: &'static [&'static str],
    /// What stands before a name.
    pub(super) titles: &'static [&'static str],
    /// Abbreviations of two words.
    pub(super) pairs: &'static [(&'static str, &'static str)],
    /// Short names of months, lower case, without a stop.
    pub(super) short_months: &'static [&'static str],
    /// Words that often begin a sentence, lower case.
    pub(super) openers: &'static [&'static str],
    /// Articles, prepositions and conjunctions with which no line of a headline ends, lower case.
    pub(super) leaning: &'static [&'static str],
    /// The month may stand before the day.
    pub(super) month_first: bool,
    /// "5 de noviembre".
    pub(super) day_of: bool,
    /// Groups of digits are set with a narrow space.
    pub(super) narrow_groups: bool,
    /// The script has no capitals.
    pub(super) uncased: bool,
}

/// Units that are written the same everywhere (BIPM, The International System of Units, and common money).
pub(super) const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "m", "km", "dm", "cm", "mm", "µm", "μm", "nm", "m²", "km²", "cm²", "mm²", "m³",
    "cm³", "m2", "km2", "m3", "ha", "l", "L", "dl", "cl", "ml", "mL", "hl", "g", "kg", "mg", "µg", "t", "s", "ms",
    "min", "h", "d", "km/h", "m/s", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh",
    "V", "kV", "mV", "mA", "Ah", "mAh", "Pa", "hPa", "kPa", "MPa", "bar", "mbar", "N", "kN", "Nm", "J", "kJ", "MJ",
    "cal", "kcal", "dB", "lm", "lx", "cd", "mol", "px", "pt", "ppi", "dpi", "kB", "MB", "GB", "TB", "Mbit/s", "rpm",
    "ppm", "ppb", "€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "°N", "°S", "°W", "°E",
];

static ENGLISH: Tables = Tables {
    language: "en",
    units: &[
        "ft", "yd", "oz", "lb", "lbs", "mph", "mi", "acres", "miles", "million", "billion", "trillion", "per",
        "percent", "am", "pm", "a.m.", "p.m.", "BC", "AD", "BCE", "CE", "p",
    ],
    labels: &[
        "Fig.", "Figs.", "Figs", "Fig", "fig.", "figs.", "No.", "Nos.", "Nos", "nos.", "p.", "pp.", "vol.", "Vol.",
        "vols.", "ch.", "Ch.", "chap.", "Chap.", "Sec.", "sec.", "Art.", "art.", "c.", "ca.", "Pl.", "pl.", "Eq.",
        "page", "Page", "pages", "Chapter", "Issue", "Volume",
    ],
    titles: &[
        "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Mx", "Mx.", "Dr", "Dr.", "Prof", "Prof.", "St", "St.", "Sir", "Dame",
        "Rev", "Rev.", "Capt", "Capt.", "Lt", "Lt.", "Sgt", "Sgt.", "Col.", "Gen.", "Mt", "Mt.",
    ],
    pairs: &[("per", "cent")],
    short_months: &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"],
    openers: &[
        "the", "a", "an", "in", "on", "at", "it", "its", "he", "she", "they", "we", "you", "this", "that", "these",
        "those", "there", "but", "and", "or", "so", "if", "when", "while", "what", "who", "why", "how", "for", "from",
        "with", "by", "as", "to", "no", "not", "some", "all", "both", "each", "then", "now", "here", "his", "her",
        "their", "our", "my", "after", "before", "since",
    ],
    leaning: &[
        "a", "an", "the", "of", "in", "on", "at", "to", "by", "for", "from", "with", "into", "onto", "over", "under",
        "off", "per", "and", "or", "but", "nor", "as", "if", "than", "via", "my", "our", "your", "his", "her", "its",
        "their", "no",
    ],
    month_first: true,
    day_of: false,
    narrow_groups: false,
    uncased: false,
};

static GERMAN: Tables = Tables {
    language: "de",
    units: &[
        "Uhr",
        "Mio.",
        "Mrd.",
        "Mio",
        "Mrd",
        "Millionen",
        "Milliarden",
        "Prozent",
        "Euro",
        "Franken",
        "Cent",
        "Grad",
        "Std.",
        "Min.",
        "Sek.",
    ],
    labels: &[
        "Nr.", "Nrn.", "S.", "Abb.", "Bd.", "Bde.", "Kap.", "Art.", "Abs.", "Tab.", "Ziff.", "Jg.", "H.", "Bl.",
        "Anm.", "ca.", "Fig.", "Seite", "Seiten", "Heft",
    ],
    titles: &[
        "Dr.",
        "Prof.",
        "Hr.",
        "Fr.",
        "Herr",
        "Herrn",
        "Frau",
        "Dipl.-Ing.",
        "Ing.",
        "Mag.",
        "St.",
        "Sr.",
        "med.",
        "jur.",
        "phil.",
    ],
    pairs: &[("Dr.", "med."), ("Dr.", "h."), ("Dr.", "jur."), ("Dr.", "phil.")],
    short_months: &["jan", "feb", "mrz", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dez"],
    openers: &[
        "der", "die", "das", "den", "dem", "ein", "eine", "in", "im", "am", "an", "auf", "er", "sie", "es", "wir",
        "ich", "und", "aber", "oder", "doch", "denn", "wenn", "als", "wie", "was", "wer", "so", "da", "hier", "dort",
        "nun", "nach", "vor", "mit", "bei", "von", "zu", "zum", "zur", "für", "dann", "man", "kein", "keine",
    ],
    leaning: &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "in", "im", "ins",
        "an", "am", "ans", "auf", "aus", "bei", "beim", "mit", "nach", "von", "vom", "vor", "zu", "zum", "zur", "um",
        "für", "über", "unter", "durch", "ohne", "und", "oder", "als", "wie", "ob", "so", "kein", "keine", "mein",
        "dein", "sein", "ihr", "unser",
    ],
    month_first: false,
    day_of: false,
    narrow_groups: true,
    uncased: false,
};

static FRENCH: Tables = Tables {
    language: "fr",
    units: &[
        "million",
        "millions",
        "milliard",
        "milliards",
        "euros",
        "euro",
        "francs",
        "heures",
        "heure",
        "kilomètres",
        "mètres",
        "degrés",
        "ans",
        "mn",
        "Mo",
        "Go",
        "To",
        "ko",
        "F",
    ],
    labels: &[
        "n°", "N°", "nº", "Nº", "p.", "pp.", "fig.", "Fig.", "vol.", "t.", "chap.", "art.", "pl.", "éd.", "page",
        "pages", "livre", "numéro", "v.",
    ],
    titles: &["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Dre", "Pr", "Me", "Mgr", "St", "Ste", "Vve"],
    pairs: &[("av.", "J.-C."), ("apr.", "J.-C.")],
    short_months: &["janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc"],
    openers: &[
        "le", "la", "les", "l", "un", "une", "des", "du", "de", "dans", "en", "au", "aux", "il", "elle", "ils",
        "elles", "on", "nous", "vous", "je", "ce", "cet", "cette", "ces", "mais", "et", "ou", "or", "donc", "car",
        "si", "quand", "comme", "que", "qui", "pour", "par", "avec", "sans", "puis", "alors", "ici", "là",
    ],
    leaning: &[
        "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "à", "en", "dans", "par", "pour", "sur",
        "sous", "avec", "sans", "chez", "vers", "et", "ou", "ni", "mais", "car", "que", "qui", "si", "ce", "cet",
        "cette", "ces", "mon", "ma", "mes", "son", "sa", "ses", "nos", "vos", "leur", "leurs", "ne", "se", "y",
    ],
    month_first: false,
    day_of: false,
    narrow_groups: true,
    uncased: false,
};

static SPANISH: Tables = Tables {
    language: "es",
    units: &["millón", "millones", "euros", "euro", "pesos", "horas", "grados", "kilómetros", "metros", "años", "h."],
    labels: &[
        "n.º", "N.º", "n.os", "nº", "núm.", "núms.", "pág.", "págs.", "p.", "pp.", "fig.", "figs.", "cap.", "caps.",
        "art.", "arts.", "vol.", "vols.", "t.", "página", "páginas", "número", "ed.",
    ],
    titles: &[
        "Sr.", "Sra.", "Srta.", "Sres.", "Dr.", "Dra.", "Prof.", "D.", "D.ª", "Dña.", "Don", "Doña", "Lic.", "Ing.",
        "Sto.", "Sta.",
    ],
    pairs: &[("EE.", "UU.")],
    short_months: &["ene", "feb", "mar", "abr", "jun", "jul", "ago", "sep", "sept", "oct", "nov", "dic"],
    openers: &[
        "el", "la", "los", "las", "un", "una", "en", "al", "del", "de", "él", "ella", "ellos", "se", "es", "no", "y",
        "pero", "o", "si", "cuando", "como", "que", "quien", "por", "para", "con", "sin", "este", "esta", "ese", "esa",
        "así", "ya", "aquí", "allí", "lo",
    ],
    leaning: &[
        "el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "de", "del", "a", "al", "en", "con", "sin", "por",
        "para", "sobre", "bajo", "tras", "ante", "desde", "hasta", "y", "e", "o", "u", "ni", "que", "si", "su", "sus",
        "mi", "mis", "tu", "tus", "se", "no",
    ],
    month_first: false,
    day_of: true,
    narrow_groups: true,
    uncased: false,
};

static ARABIC: Tables = Tables {
    language: "ar",
    units: &[
        "كم",
        "كلم",
        "م",
        "سم",
        "ملم",
        "كغ",
        "كغم",
        "كجم",
        "غ",
        "غم",
        "لتر",
        "٪",
        "مليون",
        "مليار",
        "متر",
        "كيلومتر",
        "كيلومترًا",
        "مترًا",
        "أمتار",
        "درجة",
        "دولار",
    ],
    labels: &["ص.", "ص", "رقم", "صفحة", "ج."],
    titles: &["د.", "أ.", "أ.د.", "م."],
    pairs: &[],
    short_months: &[],
    openers: &[],
    leaning: &[],
    month_first: false,
    day_of: false,
    narrow_groups: false,
    uncased: true,
};

/// What holds for languages that are not known here: numbers and units only.
static OTHER: Tables = Tables {
    language: "",
    units: &[],
    labels: &[],
    titles: &[],
    pairs: &[],
    short_months: &[],
    openers: &[],
    leaning: &[],
    month_first: false,
    day_of: false,
    narrow_groups: false,
    uncased: false,
};

/// The tables of a language by its tag.
pub(super) fn of(language: &str) -> &'static Tables {
    let known = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &ARABIC];
    known.into_iter().find(|t| is(language, t.language)).unwrap_or(&OTHER)
}

/// Whether a tag is of a language, or of a language and a region.
pub(super) fn is(language: &str, wanted: &str) -> bool {
    let head = language.get(..wanted.len()).is_some_and(|h| h.eq_ignore_ascii_case(wanted));
    head && language[wanted.len()..].chars().next().is_none_or(|c| c == '-' || c == '_')
}

impl Tables {
    pub(super) fn months(&self) -> &'static [&'static str] {
        if self.language.is_empty() { &[] } else { &Words::for_language(self.language).0.months }
    }
}
