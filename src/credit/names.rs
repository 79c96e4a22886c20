//! What looks like a name, and where one name ends and the next begins.
//!
//! Conservative: a text is only split where both halves can stand alone.

/// Words in lower case that occur within names of people and institutions.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "les", "van", "von", "vom", "der",
    "den", "ter", "ten", "zu", "zur", "zum", "al", "el", "bin", "ibn", "ap", "av", "af", "y", "e", "and", "und", "et",
    "of", "the", "for", "für", "in", "at", "on", "d’", "d'", "&", "+", "l’", "'t", "’t", "och", "og", "en", "pour",
    "die", "das", "lo", "il", "del", "dei", "della", "delle", "het", "z", "na", "w", "i", "för",
];

/// People and bodies who are named by what they are.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "author", "authors", "artist", "artists", "editor", "editors", "photographer", "family", "estate", "museum",
    "archive", "archives", "collection", "library", "university", "trust", "gallery", "company", "council", "studio",
    "designer", "architect", "architects", "owner", "owners", "publisher", "institute", "readers", "reader", "press",
    "school", "club", "our", "town", "city", "county", "parish", "private", "company’s", "family’s", "contributor",
    "contributors", "interviewee", "subject",
];

/// Last words of names of institutions: "Food and Agriculture Organization" is one.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "organization", "organisation", "institute", "museum", "museums", "society", "department", "ministry", "service",
    "services", "trust", "university", "agency", "administration", "council", "association", "gardens", "library",
    "archive", "archives", "centre", "center", "gallery", "galleries", "division", "bureau", "office", "sons", "son",
    "daughters", "co", "co.", "company", "associates", "partners", "brothers", "bros", "bros.", "ltd", "ltd.",
    "group", "foundation", "survey", "collection", "collections", "observatory", "laboratory", "lab", "team",
    "consortium", "project", "science", "space", "research", "telescope", "flight", "images", "photos",
    "photo", "media", "press", "news", "pictures", "city", "town", "stadt", "gemeinde", "landkreis", "polizei",
    "feuerwehr", "ville", "mairie", "ayuntamiento", "comune", "gemeente", "prefeitura", "kommune", "kommun", "urząd",
];

/// What the words for museums, archives and agencies have in common in many languages.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "museum", "musée", "museo", "museu", "musei", "muzeum", "museet", "museer", "archiv", "archief", "arkiv", "archiw",
    "arquivo", "bibliot", "fototec", "photothè", "galerie", "galleri", "galería", "galeria", "universi", "institut",
    "istituto", "stiftung", "fondation", "fundación", "fundação", "fondazione", "fundacja", "agentur", "agenzia",
    "agencja", "agência", "agencia", "agence", "nationaal", "ministeri",
];

/// What follows a comma and still belongs to the name before it.
#[rustfmt::skip]
const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "inc", "ltd", "llc", "plc", "gmbh", "esq", "obe", "mbe", "frps",
    "arps",
];

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| "\"'“”‘’«»„,;:!?".contains(c))
}

/// Whether a text can be the name of a person, an account or an institution.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect();
    if words.is_empty() || words.len() > 9 || text.chars().count() > 90 || text.contains(['!', '?', ':']) {
        return false;
    }
    if let [one] = words.as_slice() {
        // An account's name may be all in lower case.
        return one.chars().any(char::is_alphanumeric) && !PARTICLES.contains(one);
    }
    // "Ann in 1890" tells when.
    if words.iter().any(|w| w.chars().all(|c| c.is_ascii_digit())) {
        return false;
    }
    let strong = words.iter().filter(|w| is_strong(w)).count();
    let ends_well = words.last().is_some_and(|w| !PARTICLES.contains(w));
    let told = |w: &&&str| !is_strong(w) && !PARTICLES.contains(*w);
    let role = |w: &&str| ROLES.contains(w);
    ends_well && words.iter().filter(told).all(&role) && (strong > 0 || words.iter().any(role))
}

fn is_strong(word: &str) -> bool {
    let first = word.trim_start_matches(['(', '[', '@', '#']).chars().next();
    let capital = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let inner = word.chars().skip(1).any(char::is_uppercase) && !word.contains(char::is_whitespace);
    capital || word.starts_with('@') || inner || word.contains(|c: char| c.is_ascii_digit() || c == '_')
}

/// Whether a text is surely the name of a person, written in full: "Jane Doe", "J. Doe", "JANE DOE".
pub(super) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(bare).collect();
    let letters = |w: &str| w.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c));
    let initial = |w: &&&str| w.trim_end_matches('.').chars().count() == 1;
    let capitals = |w: &&str| !w.chars().any(char::is_lowercase);
    let long: Vec<&str> = words.iter().filter(|w| !initial(w)).copied().collect();
    let shouted = long.iter().filter(|w| capitals(w)).count();
    let named = |w: &&str| PARTICLES.contains(w) || (is_strong(w) && letters(w));
    (2..=5).contains(&words.len())
        && is_name(text)
        && words.iter().all(named)
        && !is_body(text)
        && (shouted == 0 || (shouted == words.len() && long.iter().all(|w| w.len() > 2)))
}

/// A part of a credit between its marks.
pub(super) struct Part {
    pub(super) text: String,
    /// Whether a dash, a bar or a parenthesis, and no comma, parts it from what stands before.
    pub(super) aside: bool,
}

/// Splits at the given marks, keeping suffixes ("Jr.", "Ltd") with the name they follow.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let spaced = text.replace(" – ", "\u{1F}").replace(" — ", "\u{1F}").replace(" - ", "\u{1F}");
    let mut list: Vec<Part> = Vec::new();
    let mut aside = false;
    for piece in spaced.split_inclusive(['\u{1F}', ',', ';', '(', ')', '[', ']', '|', '·', '•']) {
        let part = piece.trim_end_matches(['\u{1F}', ',', ';', '(', ')', '[', ']', '|', '·', '•']).trim();
        let suffix = SUFFIXES.contains(&part.trim_end_matches('.').replace('.', "").to_lowercase().as_str());
        match list.last_mut() {
            Some(last) if suffix && !last.text.is_empty() => {
                last.text.push_str(", ");
                last.text.push_str(part);
            }
            _ if part.is_empty() => {}
            _ => list.push(Part { text: part.to_owned(), aside }),
        }
        aside = !piece.ends_with([',', ';']);
    }
    list
}

/// The texts of the parts.
pub(super) fn segments(text: &str) -> Vec<String> {
    parts(text).into_iter().map(|part| part.text).collect()
}

/// Splits "A and B" into its names.
pub(super) fn people(text: &str) -> Vec<String> {
    for joint in [" and ", " & ", " und ", " et ", " y ", " + ", " och ", " og ", " en ", " oraz ", " e ", " i "] {
        // Families are called "Costa e Silva": these two only part names that are full on both sides.
        let within = [" e ", " i "].contains(&joint);
        let mut from = 0;
        while let Some(at) = text[from..].find(joint).map(|at| at + from) {
            let (left, right) = (text[..at].trim(), text[at + joint.len()..].trim());
            // "Kerb & Kestrel" is a firm.
            let firm = joint == " & " && !left.contains(' ') && !right.contains(' ');
            let full = !firm && (!within || (left.contains(' ') && right.contains(' ')));
            if full && stands(left) && stands(right) && !is_body(right) {
                return people(left).into_iter().chain(people(right)).collect();
            }
            from = at + joint.len();
        }
    }
    let alone = JOINTS.iter().find_map(|joint| text.trim().strip_prefix(joint));
    vec![alone.unwrap_or(text.trim()).to_owned()]
}

fn stands(text: &str) -> bool {
    is_name(text) && !text.starts_with(|c: char| c.is_lowercase() && text.contains(' '))
}

/// Whether a text ends a list of names ("and Cy Low").
pub(super) fn ends_list(text: &str) -> bool {
    JOINTS.iter().any(|joint| text.starts_with(joint) || text.contains(&format!(" {joint}")))
}

const JOINTS: &[&str] = &["and ", "und ", "et ", "& ", "y ", "e ", "en ", "i ", "oraz ", "och ", "og "];

/// Whether a text names an institution.
pub(super) fn is_body(text: &str) -> bool {
    let is = |word: String| BODIES.contains(&word.as_str()) || STEMS.iter().any(|stem| word.contains(stem));
    text.split_whitespace().any(|w| is(bare(w).to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_sentences() {
        for name in [
            "A. Name",
            "dagmarbendel",
            "Ludwig van Beethoven",
            "the author",
            "Daniel Büchele",
            "my_name",
            "@weir",
            "李小龙",
            "Royal Botanic Gardens at Kew",
            "our readers",
            "Museum of Modern Art",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in ["", "the river", "the old mill", "Anna on the bridge", "of the", "What now?"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn names_are_split_where_both_halves_stand() {
        let cases: &[(&str, &[&str])] = &[
            ("A and B", &["A", "B"]),
            ("Anna Smith and Ben Jones", &["Anna Smith", "Ben Jones"]),
            ("Victoria and Albert Museum", &["Victoria and Albert Museum"]),
            ("Smith & Sons", &["Smith & Sons"]),
            ("Anna Smith & Ben Jones and Cy Low", &["Anna Smith", "Ben Jones", "Cy Low"]),
            ("and Cy Low", &["Cy Low"]),
        ];
        for (text, names) in cases {
            assert_eq!(people(text), *names, "{text}");
        }
        assert_eq!(segments("John Smith, Jr., Acme, Ltd (Agency)"), ["John Smith, Jr.", "Acme, Ltd", "Agency"]);
    }
}
