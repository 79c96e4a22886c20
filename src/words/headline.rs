//! Headlines whose lines do not end in a word that leans on the next.
//!
//! Only spaces change, as in [`spaced`](super::spaced).

use super::spacing::spaced;
use super::spacing_tables as tables;

/// The longest run of joined words, in characters: big type in a narrow column must still find a place to break.
const LONGEST: usize = 20;

/// A last word of up to this many letters does not stand alone on a headline's last line.
const SHORT: usize = 4;

/// A headline by its BCP 47 language: spaces as in running text, articles, prepositions and short conjunctions joined to
/// the next word (English, German, French, Spanish), and a short last word to the one before.
pub fn headline(text: &str, language: &str) -> String {
    let mut chars: Vec<char> = spaced(text, language).chars().collect();
    let leaning = tables::of(language).leaning;
    let gaps: Vec<usize> = (0..chars.len()).filter(|&i| chars[i] == ' ').collect();
    for &gap in &gaps {
        let before: String = run_before(&chars, gap).iter().collect();
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = last.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if leaning.contains(&word.as_str()) {
            join(&mut chars, gap);
        }
    }
    let last = gaps.last().copied().filter(|_| gaps.len() > 1);
    if let Some(gap) = last {
        let letters = chars[gap + 1..].iter().filter(|c| c.is_alphanumeric()).count();
        if (1..=SHORT).contains(&letters) {
            join(&mut chars, gap);
        }
    }
    chars.into_iter().collect()
}

/// What stands before a gap and cannot be broken.
fn run_before(chars: &[char], gap: usize) -> &[char] {
    let from = chars[..gap].iter().rposition(|c| *c == ' ').map_or(0, |i| i + 1);
    &chars[from..gap]
}

fn join(chars: &mut [char], gap: usize) {
    let after = chars[gap + 1..].iter().take_while(|c| **c != ' ').count();
    if run_before(chars, gap).len() + 1 + after <= LONGEST {
        chars[gap] = '\u{A0}';
    }
}

#[cfg(test)]
mod tests {
    use super::headline;

    #[test]
    fn no_line_of_a_headline_ends_in_a_short_word() {
        for (language, text, expected) in [
            ("en-GB", "The right dose of night", "The_right dose of_night"),
            ("en", "Three hundred years, one stone", "Three hundred years, one stone"),
            ("en", "A promise to a pavement", "A_promise to_a_pavement"),
            ("en", "What the valve is for? Nothing", "What the_valve is for? Nothing"),
            ("de", "Der Fluss in der Röhre", "Der_Fluss in_der_Röhre"),
            ("fr", "La rivière sous les pavés", "La_rivière sous_les_pavés"),
            ("es", "El río que volvió a la ciudad", "El_río que_volvió a_la_ciudad"),
            ("pl", "Rzeka w mieście", "Rzeka w mieście"),
        ] {
            assert_eq!(headline(text, language).replace('\u{A0}', "_"), expected, "{language}");
        }
    }

    #[test]
    fn a_short_last_word_keeps_its_neighbour() {
        assert_eq!(headline("The town that turned it down", "en"), "The\u{A0}town that turned it\u{A0}down");
        assert_eq!(headline("Look up", "en"), "Look up", "two words may stand above each other");
    }

    #[test]
    fn joined_words_never_grow_too_long_to_break() {
        let text = "For the over-enthusiastic administrators";
        assert_eq!(headline(text, "en").replace('\u{A0}', "_"), "For_the over-enthusiastic administrators");
        let text = "of the in the on the at the to the by the for the night";
        let runs = headline(text, "en");
        assert!(runs.split(' ').all(|r| r.chars().count() <= 20), "{runs}");
    }
}
