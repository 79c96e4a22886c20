//! What a wording allows or forbids in plain words: "editorial use only", "not for commercial use".
//!
//! Only a part that says nothing else counts: a licence such as "Attribution-NonCommercial 4.0" is read elsewhere.

/// What a wording limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Only to report and comment.
    pub editorial: bool,
    /// Not in what is sold.
    pub no_commercial: bool,
    /// Not to be cut.
    pub no_cutting: bool,
}

const EDITORIAL: &[&str] = &[
    "editorial use only",
    "for editorial use only",
    "for editorial use",
    "editorial only",
    "for editorial purposes only",
    "nur redaktionelle nutzung",
    "nur für redaktionelle nutzung",
    "nur für redaktionelle zwecke",
    "nur zur redaktionellen verwendung",
    "nur redaktionell",
    "usage éditorial uniquement",
    "usage éditorial exclusivement",
    "uniquement pour un usage éditorial",
    "solo uso editorial",
    "sólo uso editorial",
    "solo para uso editorial",
    "uso editorial exclusivo",
    "solo uso editoriale",
    "solo per uso editoriale",
    "alleen redactioneel gebruik",
    "alleen voor redactioneel gebruik",
    "apenas uso editorial",
    "apenas para uso editorial",
    "somente uso editorial",
];

const NO_COMMERCIAL: &[&str] = &[
    "non-commercial",
    "non-commercial only",
    "non-commercial use",
    "non-commercial use only",
    "for non-commercial use",
    "for non-commercial use only",
    "noncommercial use only",
    "not for commercial use",
    "no commercial use",
    "keine kommerzielle nutzung",
    "nicht für kommerzielle nutzung",
    "nur nichtkommerzielle nutzung",
    "nur für nichtkommerzielle nutzung",
    "nur für nicht-kommerzielle nutzung",
    "usage non commercial",
    "usage non commercial uniquement",
    "pas d'utilisation commerciale",
    "pas d’utilisation commerciale",
    "uso no comercial",
    "solo uso no comercial",
    "solo para uso no comercial",
    "uso non commerciale",
    "solo per uso non commerciale",
    "niet-commercieel gebruik",
    "alleen voor niet-commercieel gebruik",
    "uso não comercial",
    "apenas para uso não comercial",
];

const NO_CUTTING: &[&str] = &[
    "do not crop",
    "no cropping",
    "no crop",
    "nicht beschneiden",
    "ne pas recadrer",
    "no recortar",
    "non ritagliare",
    "niet bijsnijden",
    "não cortar",
];

/// Between parts of a wording.
const PARTED: &[char] = &[',', ';', '.', '(', ')', '[', ']', '|', '/', '–', '—'];

/// What a wording limits, and the wording without the parts that say so.
pub(super) fn taken_off(words: &str) -> (Limits, String) {
    let mut limits = Limits::default();
    let mut rest = String::new();
    for piece in words.split_inclusive(PARTED).flat_map(|piece| piece.split_inclusive(" - ")) {
        let part = piece.trim_end_matches(PARTED);
        let part = part.strip_suffix(" - ").unwrap_or(part).trim();
        let low = part.to_lowercase().replace('\u{2011}', "-");
        let is = |list: &[&str]| list.contains(&low.as_str());
        let (editorial, no_commercial, no_cutting) = (is(EDITORIAL), is(NO_COMMERCIAL), is(NO_CUTTING));
        limits.editorial |= editorial;
        limits.no_commercial |= no_commercial;
        limits.no_cutting |= no_cutting;
        if !(editorial || no_commercial || no_cutting) {
            rest.push_str(piece);
        }
    }
    if limits == Limits::default() {
        return (limits, words.to_owned());
    }
    let rest = rest.trim().trim_end_matches(['(', '[', ',', ';', '|', '–', '—', ' ']).trim_end_matches(" -");
    (limits, rest.trim().to_owned())
}

/// What a wording limits.
pub fn limits(words: &str) -> Limits {
    taken_off(words).0
}

#[cfg(test)]
mod tests {
    use super::super::{from_field, parse};

    #[test]
    fn limits_are_told_and_name_nobody() {
        let of = |words: &str| {
            let credit = from_field(words);
            let limits = credit.limits;
            (credit.creators.join(";"), limits.editorial, limits.no_commercial, limits.no_cutting)
        };
        let jane = || "Jane Doe".to_owned();
        assert_eq!(of("Jane Doe, non-commercial use only"), (jane(), false, true, false));
        assert_eq!(of("Photo by Jane Doe (non-commercial use)"), (jane(), false, true, false));
        assert_eq!(of("© Jane Doe / Reuters; editorial use only, do not crop."), (jane(), true, false, true));
        assert_eq!(of("Foto: Jane Doe – nur für redaktionelle Zwecke"), (jane(), true, false, false));
        assert_eq!(of("Jane Doe - solo per uso non commerciale"), (jane(), false, true, false));
        assert_eq!(of("non-commercial only"), (String::new(), false, true, false));
        assert_eq!(of("Jane Doe, CC BY-NC 4.0"), (jane(), false, false, false));
        assert_eq!(from_field("Jane Doe, editorial use only").wording, "Jane Doe, editorial use only");
        assert!(parse("A harbour for editorial use only").is_none());
    }
}
