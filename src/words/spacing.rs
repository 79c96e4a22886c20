//! Spaces at which a line must not break, by the language of the text.
//!
//! Every character keeps its place: a space becomes U+00A0, or U+202F where it is also narrower. Nothing visible is
//! added or taken away, so a text and its spaced form have the same words.

use super::spacing_tables::{self as tables, Tables};

const NO_BREAK: char = '\u{A0}';
const NARROW: char = '\u{202F}';

/// Stands for what is no text, such as code or a picture, while a paragraph's spaces are decided.
pub const THING: char = '\u{FFFC}';

/// A whole paragraph with the spaces that must not break, by its BCP 47 language.
///
/// As many characters come out as go in. Only single spaces between words are looked at, and the no-break spaces that
/// French already has before its high marks.
pub fn spaced(text: &str, language: &str) -> String {
    let tables = tables::of(language);
    let mut chars: Vec<char> = text.chars().collect();
    for at in 1..chars.len().saturating_sub(1) {
        if let Some(mark) = french(&chars, at, language) {
            chars[at] = mark;
        } else if at == 1 && matches!(chars[0], '–' | '—') && chars[at] == ' ' {
            // The dash of a speech belongs to its first word.
            chars[at] = NO_BREAK;
        } else if is_gap(&chars, at) {
            let (before, after) = (word_before(&chars, at), word_after(&chars, at));
            let ends = chars[at + 1..].iter().all(|c| !c.is_whitespace());
            if let Some(mark) = (Between { before: &before, after: &after, ends, tables }).mark() {
                chars[at] = mark;
            }
        }
    }
    chars.into_iter().collect()
}

/// A single ordinary space between two words.
fn is_gap(chars: &[char], at: usize) -> bool {
    chars[at] == ' ' && !chars[at - 1].is_whitespace() && !chars[at + 1].is_whitespace()
}

/// The space at the high marks of French, which authors or the manuscript have set already.
///
/// France (Imprimerie nationale): narrow before `; ! ?`, of a word's width before `:`; inside guillemets narrow on both
/// sides, since a space that stretches on one side alone looks lame in justified text. Switzerland (Guide du typographe):
/// narrow throughout. Canada (Office québécois de la langue française): none before `; ! ?` unless typed, then narrow; of a
/// word's width before `:` and inside guillemets.
fn french(chars: &[char], at: usize, language: &str) -> Option<char> {
    if !tables::is(language, "fr") || !matches!(chars[at], ' ' | NO_BREAK | NARROW) {
        return None;
    }
    let (swiss, canadian) = (tables::is(language, "fr-CH"), tables::is(language, "fr-CA"));
    match (chars[at - 1], chars[at + 1]) {
        (before, _) if before.is_whitespace() => None,
        (_, ':') if !swiss => Some(NO_BREAK),
        ('«', _) if canadian => Some(NO_BREAK),
        ('‹', _) => Some(NARROW),
        (_, '»') if canadian => Some(NO_BREAK),
        ('«', _) | (_, ':' | ';' | '!' | '?' | '»' | '›') => Some(NARROW),
        _ => None,
    }
}

fn word_before(chars: &[char], at: usize) -> String {
    let from = chars[..at].iter().rposition(|c| c.is_whitespace()).map_or(0, |i| i + 1);
    let word: String = chars[from..at].iter().collect();
    word.trim_start_matches(|c: char| "([{\"'“‘„‚«‹»›¿¡—–/".contains(c)).to_owned()
}

fn word_after(chars: &[char], at: usize) -> String {
    chars[at + 1..].iter().take_while(|c| !c.is_whitespace()).collect()
}

/// Two neighbouring words and what is known about their language.
struct Between<'a> {
    before: &'a str,
    /// With the marks behind it.
    after: &'a str,
    /// Whether the second word is the paragraph's last.
    ends: bool,
    tables: &'a Tables,
}

impl Between<'_> {
    /// What stands between them, if not a space at which a line may break.
    fn mark(&self) -> Option<char> {
        if self.groups_digits() {
            return Some(if self.tables.narrow_groups { NARROW } else { NO_BREAK });
        }
        let joined = self.is_dash_or_ellipsis()
            || self.is_number_and_unit()
            || self.is_label_and_number()
            || self.is_abbreviation()
            || self.is_initial_or_title()
            || self.is_date()
            || self.is_numeral()
            || self.ends && letters(self.after).chars().count() == 1;
        joined.then_some(NO_BREAK)
    }

    /// `10 000`.
    fn groups_digits(&self) -> bool {
        let group = self.after.trim_end_matches(|c: char| !c.is_numeric());
        let first = self.before.trim_start_matches(|c: char| "+-−±~≈$£€¥".contains(c));
        let all_digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_numeric());
        all_digits(first) && first.chars().count() <= 3 && all_digits(group) && group.chars().count() == 3
    }

    /// `word – word`: the dash stays with the word before it, so that no line begins with one.
    fn is_dash_or_ellipsis(&self) -> bool {
        matches!(self.after, "–" | "—") || self.after.starts_with('…')
    }

    /// `5 km`, `10 %`, `5 million`; and `£ 5`, where the unit stands first.
    fn is_number_and_unit(&self) -> bool {
        let number = self.before.ends_with(|c: char| c.is_numeric() || "½¼¾⅓⅔⅛".contains(c));
        let unit = self.after.trim_end_matches(|c: char| !c.is_alphanumeric() && !"%‰°′″€$£¥²³٪".contains(c));
        let dotted = self.after.trim_end_matches([',', ';', ':', ')', THING]);
        let follows = tables::UNITS.contains(&unit) || self.tables.units.iter().any(|u| *u == unit || *u == dotted);
        let leads = ["£", "€", "$", "¥", "US$", "A$", "C$", "CHF", "Fr.", "EUR", "USD", "GBP", "±", "≈", "~", "<", ">"];
        number && follows || leads.contains(&self.before) && begins_with_digit(self.after)
    }

    /// `Fig. 3`, `No. 7`, `§ 4`.
    fn is_label_and_number(&self) -> bool {
        let known = |list: &[&str]| list.contains(&self.before);
        let roman = || is_roman(letters(self.after)) && self.before.ends_with('.');
        (begins_with_digit(self.after) || roman()) && (known(&["§", "§§", "№", "#"]) || known(self.tables.labels))
    }

    /// `z. B.`, `e. g.`: a single letter with its stop before another short one.
    fn is_abbreviation(&self) -> bool {
        let after = self.after.trim_end_matches([',', ';', ':', ')', THING]);
        let single = is_letter_and_stop(self.before);
        let short = after.strip_suffix('.').is_some_and(|s| (1..=3).contains(&s.chars().count()) && is_word(s));
        let pair = |(a, b): &(&str, &str)| self.before == *a && letters(after) == letters(b) && after.starts_with(b);
        single && !is_upper(self.before) && short || self.tables.pairs.iter().any(pair)
    }

    /// `J. R. Smith`, `Dr. Weber`, `Mr Smith`. A sentence that ends with a letter (`vitamin C. The …`) is told by its next
    /// word, where that is one with which sentences like to begin.
    fn is_initial_or_title(&self) -> bool {
        let name = !self.tables.openers.contains(&letters(self.after).to_lowercase().as_str());
        let initials = self.before.split_inclusive('.').all(|p| is_letter_and_stop(p.trim_start_matches('-')));
        let title = self.tables.titles.contains(&self.before);
        let begins =
            self.after.chars().next().is_some_and(|c| c.is_uppercase() || self.tables.uncased && c.is_alphabetic());
        begins && (title || initials && is_upper(self.before) && name)
    }

    /// `5 November`, `November 5`, `5. November`, `5 de noviembre`.
    fn is_date(&self) -> bool {
        let month = |word: &str| {
            let (word, lower) = (letters(word), letters(word).to_lowercase());
            // "may" is no month, and "Novembre" in a headline is one.
            let listed = |m: &&&str| **m == word || is_upper(word) && m.to_lowercase() == lower;
            self.tables.months().iter().any(|m| listed(&m)) || self.tables.short_months.contains(&lower.as_str())
        };
        let day = |word: &str| {
            let digits = word.trim_end_matches(|c: char| !c.is_numeric());
            let rest = &word[digits.len()..];
            (1..=2).contains(&digits.chars().count())
                && digits.chars().all(char::is_numeric)
                && ["", ".", "º", "er", "st", "nd", "rd", "th"].contains(&rest)
        };
        let before_year = self.tables.month_first && month(self.before) && day(self.after.trim_end_matches(','));
        day(self.before) && (month(self.after) || self.after == "de" && self.tables.day_of) || before_year
    }

    /// `Louis XIV`, `siglo XXI`, `XIXe siècle`.
    fn is_numeral(&self) -> bool {
        let after = letters(self.after);
        let named = self.before.chars().next().is_some_and(char::is_uppercase) || self.before == "siglo";
        let century =
            self.after.starts_with("siècle") && self.before.trim_end_matches('e').chars().all(|c| "IVX".contains(c));
        named && is_roman(after) && after.len() > 1 || century && self.before.len() > 1
    }
}

/// A word without the marks around it.
fn letters(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn begins_with_digit(word: &str) -> bool {
    word.trim_start_matches(['(', '-', '−', '+']).starts_with(|c: char| c.is_numeric())
}

fn is_word(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

fn is_letter_and_stop(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|s| s.chars().count() == 1 && is_word(s))
}

fn is_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| "IVXLC".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{Tables, spaced, tables};

    /// `_` stands for a no-break space, `~` for a narrow one.
    fn shown(text: &str, language: &str) -> String {
        spaced(text, language).replace('\u{A0}', "_").replace('\u{202F}', "~")
    }

    fn assert_all(language: &str, expected: &[&str]) {
        for line in expected {
            let plain = line.replace(['_', '~'], " ");
            assert_eq!(shown(&plain, language), *line, "{language}");
        }
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_all(
            "en-GB",
            &[
                "It ran 5_km in 30 days, weighed 30_kg and lost 10_%.",
                "They paid £_5 or 5_€; see Fig._3, No._7, p._12 and §_4 there.",
                "At 9_am, (some 12.5_m²) of 5_million people in 40 boats left.",
                "In 1990 a man met 5 in ten, 7 minutes to 6 by the clock.",
                "He pays 5_per_cent of 10_000 pounds.",
                "Warm light of 2,200_K, 11_W a lamp.",
            ],
        );
        assert_all("fr", &["Il coûte 10~000_€ environ."]);
        assert_all("ja", &["約 5_km です"]);
        assert_all("ar", &["سار 5_كم ثم عاد", "دفع ٣٠_٪ من المال", "قال د._سالم ذلك هنا"]);
    }

    #[test]
    fn names_and_dates_stay_whole() {
        assert_all(
            "en-GB",
            &[
                "J._R._Smith met Mr_Smith and Dr._Jones on 5_November at St_Mary’s.",
                "On November_5, 2026 they left.",
                "It holds vitamin C. The rest is water, said plan B. But who?",
                "Of the 21 may be eight; Louis_XIV came in World War_II then.",
                "He had a plan_B.",
            ],
        );
        assert_all("de", &["Am 5._November kam Frau_Dr._Weber, Prof._Dr._Klein nicht mehr."]);
        assert_all("fr", &["Le 1er_janvier M._Dupont et Mme_Roy, le 5_novembre aussi, au XIXe_siècle donc."]);
        assert_all("es", &["El 5_de noviembre la Sra._Ruiz y D._Juan llegaron, siglo_XXI ya."]);
    }

    #[test]
    fn abbreviations_stay_whole() {
        assert_all(
            "de",
            &["Das ist z._B. hier, d._h. in Nr._5, u._a. auf S._12, i._d._R. um 5_Uhr, 300 v._Chr. also."],
        );
        assert_all("fr", &["Voir n°_5, p._3 et fig._2 du vol._IV aussi."]);
        assert_all("es", &["Véase n.º_3, pág._4, p._ej. en EE._UU. siempre."]);
        assert_all("en", &["Some of it, e._g. this one."]);
    }

    #[test]
    fn french_marks_are_spaced_by_country() {
        let typed = "Quoi ? Non ! Si : « oui » ; et après";
        assert_eq!(shown(typed, "fr"), "Quoi~? Non~! Si_: «~oui~»~; et après");
        assert_eq!(shown(typed, "fr-BE"), "Quoi~? Non~! Si_: «~oui~»~; et après");
        assert_eq!(shown(typed, "fr-CH"), "Quoi~? Non~! Si~: «~oui~»~; et après");
        assert_eq!(shown(typed, "fr-CA"), "Quoi~? Non~! Si_: «_oui_»~; et après");
        let set = "Si\u{202F}: «\u{202F}oui\u{202F}»";
        assert_eq!(shown(set, "fr"), "Si_: «~oui~»", "what the manuscript made narrow follows the country too");
        assert_eq!(shown("Si: oui? «Non»", "fr"), "Si: oui? «Non»", "nothing is added");
        assert_eq!(shown("Who ? « Me »", "en"), "Who ? « Me »");
        assert_eq!(shown("سؤال ؟ « نعم » : لا", "ar"), "سؤال ؟ « نعم » : لا");
    }

    #[test]
    fn dashes_and_ellipses_begin_no_line() {
        assert_all("en", &["The end_– or so it seemed_— came_… slowly."]);
        assert_all("fr", &["—_Bonjour, dit-elle."]);
    }

    #[test]
    fn only_spaces_change() {
        let text = "  Fig. 3  –  5 km, « z. B. » 10 000 € J. R. Smith\n5 km\t9 \u{FFFC} m ";
        for language in ["en", "de", "fr", "fr-CH", "es", "ar", "ja", ""] {
            let out = spaced(text, language);
            assert_eq!(out.chars().count(), text.chars().count(), "{language}");
            for (a, b) in text.chars().zip(out.chars()) {
                assert!(a == b || a == ' ' && matches!(b, '\u{A0}' | '\u{202F}'), "{language}: {a:?} {b:?}");
            }
        }
        assert_eq!(spaced("", "en"), "");
    }

    #[test]
    fn tables_are_lower_case_where_they_are_compared_so() {
        for language in ["en", "de", "fr", "es"] {
            let Tables { openers, leaning, short_months, .. } = tables::of(language);
            for word in openers.iter().chain(*leaning).chain(*short_months) {
                assert_eq!(*word, word.to_lowercase(), "{language}");
            }
        }
        assert!(tables::is("fr-CH", "fr") && tables::is("FR_ch", "fr") && !tables::is("frr", "fr"));
    }
}
