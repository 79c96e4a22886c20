//! Quotation marks and the spaces of French, by the language of the passage.
//!
//! Only marks that the author typed straight are turned; typographic ones stay as they are. A mark that finds no
//! partner stays straight and is given back, so that somebody can look at it.

/// The four marks of a language: outer open and close, inner open and close.
type Marks = [&'static str; 4];

const ENGLISH: Marks = ["“", "”", "‘", "’"];
const GERMAN: Marks = ["„", "“", "‚", "‘"];
const GUILLEMETS: Marks = ["«", "»", "“", "”"];
/// With a narrow no-break space inside.
const FRENCH: Marks = ["«\u{202F}", "\u{202F}»", "“", "”"];
const SWISS: Marks = ["«", "»", "‹", "›"];

/// The marks of a language, by its BCP 47 tag. English ones for a language that is not known here.
fn marks(language: &str) -> Marks {
    let lower = language.to_ascii_lowercase();
    let is = |tag: &str| lower == tag || lower.starts_with(&format!("{tag}-"));
    match lower.split('-').next().unwrap_or_default() {
        _ if is("de-ch") || is("de-li") || is("fr-ch") || is("it-ch") || is("rm") => SWISS,
        _ if is("pt-br") => ENGLISH,
        "de" | "cs" | "sk" | "sl" | "is" | "lt" | "et" | "bg" | "ka" => GERMAN,
        "fr" => FRENCH,
        "es" | "it" | "pt" | "ca" | "el" | "nb" | "nn" | "no" | "ar" | "fa" => GUILLEMETS,
        "ru" | "uk" | "be" => ["«", "»", "„", "“"],
        "sv" | "fi" => ["”", "”", "’", "’"],
        "pl" | "ro" | "hu" | "hr" | "sr" => ["„", "”", "«", "»"],
        "da" => ["»", "«", "›", "‹"],
        _ => ENGLISH,
    }
}

/// What a piece of a paragraph is to typography.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'t> {
    /// Text.
    Text(&'t str),
    /// A straight mark: `"` or `'`.
    Mark(char),
    /// An element that stands for quotation marks: whether it opens.
    Element(bool),
    /// Something that is no text: code, a picture.
    Thing,
    /// A line end.
    Space,
}

/// How a mark was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Apostrophe,
    Alone,
}

struct Met {
    piece: usize,
    is_double: bool,
    side: Side,
    language: usize,
    opens_paragraph: bool,
}

/// Decides the marks of one paragraph: what stands for each piece, in order (`None`: as it is).
///
/// `language` gives the BCP 47 tag of a piece. The second result are the pieces that found no partner.
pub(super) fn decide<'l>(
    pieces: &[Piece],
    language: impl Fn(usize) -> &'l str,
    goes_on: bool,
) -> (Vec<Option<String>>, Vec<usize>) {
    let mut met: Vec<Met> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let (is_double, forced) = match piece {
            Piece::Mark(mark) => (*mark == '"', None),
            Piece::Element(opens) => (true, Some(*opens)),
            _ => continue,
        };
        let (before, after) = (neighbour(pieces[..i].iter().rev(), true), neighbour(pieces[i + 1..].iter(), false));
        let pending = open.iter().rposition(|m| met[*m].is_double == is_double);
        let side = match forced {
            Some(true) => Side::Open,
            Some(false) => Side::Close,
            None => side(is_double, before, after, pending.is_some(), elides(&pieces[i + 1..])),
        };
        let mut entry =
            Met { piece: i, is_double, side, language: i, opens_paragraph: pieces[..i].iter().all(|p| p.is_blank()) };
        match side {
            Side::Open => open.push(met.len()),
            Side::Close => {
                if let Some(index) = pending {
                    entry.language = met[open[index]].language;
                    for inner in open.drain(index..).skip(1) {
                        settle_open(&mut met[inner], false);
                    }
                }
            }
            _ => {}
        }
        met.push(entry);
    }
    for index in open {
        settle_open(&mut met[index], goes_on);
    }
    let mut out = vec![None; pieces.len()];
    let mut alone = Vec::new();
    for entry in &met {
        match glyph(entry, marks(language(entry.language))) {
            Some(glyph) => out[entry.piece] = Some(glyph.to_owned()),
            None => alone.push(entry.piece),
        }
    }
    (out, alone)
}

/// An opening mark that was never closed.
fn settle_open(entry: &mut Met, goes_on: bool) {
    if !entry.is_double {
        entry.side = Side::Apostrophe;
    } else if !(entry.opens_paragraph && goes_on) {
        // A quotation over several paragraphs opens in each and closes in the last.
        entry.side = Side::Alone;
    }
}

fn glyph(entry: &Met, marks: Marks) -> Option<&'static str> {
    let level = if entry.is_double { 0 } else { 2 };
    match entry.side {
        Side::Open => Some(marks[level]),
        Side::Close => Some(marks[level + 1]),
        Side::Apostrophe => Some("’"),
        Side::Alone => None,
    }
}

fn side(is_double: bool, before: Option<char>, after: Option<char>, pending: bool, elision: bool) -> Side {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([{—–-/\"'“‘„‚«¿¡\u{FFFC}".contains(c));
    let may_close = before.is_some_and(|c| !c.is_whitespace());
    let may_open = after.is_some_and(|c| !c.is_whitespace());
    if !is_double {
        return match () {
            _ if is_word(before) && is_word(after) => Side::Apostrophe,
            _ if may_open && is_free(before) && !elision => Side::Open,
            _ if may_close && pending => Side::Close,
            _ => Side::Apostrophe,
        };
    }
    match () {
        _ if pending && may_close => Side::Close,
        _ if !pending && may_open && (is_free(before) || !is_word(before)) => Side::Open,
        _ => Side::Alone,
    }
}

/// The character next to a mark.
fn neighbour<'p, 't: 'p>(mut pieces: impl Iterator<Item = &'p Piece<'t>>, backwards: bool) -> Option<char> {
    pieces.find_map(|piece| match piece {
        Piece::Text(text) if backwards => text.chars().next_back(),
        Piece::Text(text) => text.chars().next(),
        Piece::Mark(mark) => Some(*mark),
        Piece::Element(_) => None,
        Piece::Thing => Some('\u{FFFC}'),
        Piece::Space => Some(' '),
    })
}

/// Whether a word follows that begins with an apostrophe: a year, 'tis, 'em.
fn elides(after: &[Piece]) -> bool {
    let Some(Piece::Text(text)) = after.first() else { return false };
    let word: String = text.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let years = word.trim_end_matches('s');
    let is_year = years.len() == 2 && years.chars().all(|c| c.is_ascii_digit());
    is_year || ["tis", "twas", "em", "til", "cause", "twere", "n"].contains(&word.as_str())
}

impl Piece<'_> {
    fn is_blank(&self) -> bool {
        matches!(self, Piece::Text(text) if text.trim().is_empty()) || matches!(self, Piece::Space)
    }
}

/// Narrow no-break spaces where French sets them: before `; : ! ?` and inside `« »`.
///
/// `next` is the character after the text, if the paragraph goes on there.
pub(super) fn french(text: &str, language: &str, next: Option<char>) -> String {
    const NARROW: char = '\u{202F}';
    let lower = language.to_ascii_lowercase();
    if lower.split('-').next() != Some("fr") {
        return text.to_owned();
    }
    // Switzerland and Canada set no space where none was typed.
    let inserts = !lower.starts_with("fr-ch") && !lower.starts_with("fr-ca");
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|b| chars[b]);
        let after = chars.get(i + 1).copied().or(next);
        match c {
            ' ' | '\u{A0}' if after.is_some_and(|a| ";:!?»".contains(a)) && before.is_some_and(|b| b != ' ') => {
                out.push(NARROW);
            }
            ' ' | '\u{A0}' if before == Some('«') => out.push(NARROW),
            ';' | ':' | '!' | '?' if inserts => {
                let ends = after.is_none_or(|a| a.is_whitespace() || a == '»' || a == NARROW || a == ')');
                if ends && before.is_some_and(|b| b.is_alphanumeric() || "»”’)…".contains(b)) {
                    out.push(NARROW);
                }
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// A headline or title with typographic quotation marks, dashes and spaces, by its language.
///
/// For plain texts such as those of front matter; text in Markdown has them already.
pub fn smarten(text: &str, language: &str) -> String {
    let text = text.replace("...", "…").replace("---", "—").replace("--", "–");
    let mut pieces = Vec::new();
    let mut from = 0;
    for (i, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '\'')) {
        if from < i {
            pieces.push(Piece::Text(&text[from..i]));
        }
        pieces.push(Piece::Mark(c));
        from = i + 1;
    }
    if from < text.len() {
        pieces.push(Piece::Text(&text[from..]));
    }
    let (decided, _) = decide(&pieces, |_| language, false);
    let joined: String = pieces
        .iter()
        .zip(&decided)
        .map(|(piece, glyph)| match (piece, glyph) {
            (_, Some(glyph)) => glyph.clone(),
            (Piece::Text(text), _) => (*text).to_owned(),
            (Piece::Mark(mark), _) => mark.to_string(),
            _ => String::new(),
        })
        .collect();
    french(&joined, language, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_the_language() {
        for (language, expected) in [
            ("en-GB", "“Don’t say ‘never’,” she said."),
            ("de", "„Don’t say ‚never‘,“ she said."),
            ("de-CH", "«Don’t say ‹never›,» she said."),
            ("fr", "«\u{202F}Don’t say “never”,\u{202F}» she said."),
            ("es-MX", "«Don’t say “never”,» she said."),
            ("sv", "”Don’t say ’never’,” she said."),
            ("xx", "“Don’t say ‘never’,” she said."),
        ] {
            assert_eq!(smarten("\"Don't say 'never',\" she said.", language), expected, "{language}");
        }
    }

    #[test]
    fn apostrophes_are_told_from_closing_marks() {
        assert_eq!(smarten("The '90s: 'tis the dogs' time", "en"), "The ’90s: ’tis the dogs’ time");
        assert_eq!(smarten("Hans' Haus und 'Peters' Haus'", "de"), "Hans’ Haus und ‚Peters‘ Haus’");
        assert_eq!(smarten("L'eau d'\"Aller\"", "fr"), "L’eau d’«\u{202F}Aller\u{202F}»");
    }

    #[test]
    fn a_mark_without_partner_stays_straight() {
        assert_eq!(smarten("a 6\" pipe", "en"), "a 6\" pipe");
        assert_eq!(smarten("He said \"no", "en"), "He said \"no");
        let pieces = [Piece::Mark('"'), Piece::Text("First of two paragraphs")];
        assert_eq!(decide(&pieces, |_| "en", true).1, Vec::<usize>::new());
        assert_eq!(decide(&pieces, |_| "en", false).1, [0]);
    }

    #[test]
    fn french_spaces_are_narrow_and_do_not_break() {
        let french = |text: &str| french(text, "fr-FR", None).replace('\u{202F}', "_");
        assert_eq!(french("Quoi ? Non! Si : « oui » ; à 12:30"), "Quoi_? Non_! Si_: «_oui_»_; à 12:30");
        assert_eq!(french("voir https://a.example"), "voir https://a.example");
        assert_eq!(super::french("Quoi?", "fr-CA", None), "Quoi?");
        assert_eq!(super::french("Who ?", "en", None), "Who ?");
    }
}
