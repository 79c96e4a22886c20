//! A small alphabet drawn as strokes, for the slug line: no font has to be embedded for it.
//!
//! Letters stand on a grid of whole units: the baseline is at 2, small letters reach to 6, capitals to 8, descenders to 0.
//! Whatever has no letter here is drawn as a box, so that nothing is lost in silence.

use unicode_normalization::UnicodeNormalization;

/// Height of a capital letter in units.
pub(super) const CAPITAL: f64 = 6.0;
/// The baseline's height in units.
const BASELINE: f64 = 2.0;
/// Between two letters, in units.
const GAP: f64 = 1.5;
/// Width of a blank in units.
pub(super) const BLANK: f64 = 4.0;

/// Each letter's strokes: pairs of digits are points (across, up), a blank lifts the pen.
const LETTERS: &[(char, &str)] = &[
    ('A', "022842 1535"),
    ('B', "02083847463505 3544433202"),
    ('C', "4738180703123243"),
    ('D', "02082846442202"),
    ('E', "48080242 0535"),
    ('F', "480802 0535"),
    ('G', "47381807031232434525"),
    ('H', "0208 4248 0545"),
    ('I', "0208"),
    ('J', "3833221203"),
    ('K', "0208 4804 1542"),
    ('L', "080242"),
    ('M', "0208244842"),
    ('N', "02084248"),
    ('O', "183847433212030718"),
    ('P', "02083847453404"),
    ('Q', "183847433212030718 2442"),
    ('R', "02083847453404 2442"),
    ('S', "473818070615354443321203"),
    ('T', "0848 2822"),
    ('U', "080312324348"),
    ('V', "082248"),
    ('W', "0812263248"),
    ('X', "0248 0842"),
    ('Y', "082548 2522"),
    ('Z', "08480242"),
    ('a', "3632 3526160503122233"),
    ('b', "0802 0516263533221203"),
    ('c', "3526160503122233"),
    ('d', "3832 3526160503122233"),
    ('e', "04343526160503122233"),
    ('f', "281712 0626"),
    ('g', "3631201001 3526160503122233"),
    ('h', "0802 0516263532"),
    ('i', "0602 0808"),
    ('ı', "0602"),
    ('j', "161100 1818"),
    ('k', "0802 3603 1432"),
    ('l', "0802"),
    ('m', "0602 05162522 25364542"),
    ('n', "0602 0516263532"),
    ('o', "162635332212030516"),
    ('p', "0600 0516263533221203"),
    ('q', "3630 3526160503122233"),
    ('r', "0602 051626"),
    ('s', "35261605142433221203"),
    ('t', "181322 0626"),
    ('u', "0603122233 3632"),
    ('v', "061226"),
    ('w', "0612253246"),
    ('x', "0236 0632"),
    ('y', "0613 2600"),
    ('z', "06360232"),
    ('0', "182837332212030718"),
    ('1', "071812"),
    ('2', "07182837360232"),
    ('3', "07182837362515 253433221203"),
    ('4', "22280434"),
    ('5', "380805253433221203"),
    ('6', "372818070312223334251504"),
    ('7', "083812"),
    ('8', "15060718283736251504031222333425"),
    ('9', "031222333728180706152536"),
    ('.', "0202"),
    (',', "1201"),
    (':', "0202 0505"),
    (';', "1201 1515"),
    ('-', "0424"),
    ('+', "0444 2226"),
    ('=', "0333 0535"),
    ('/', "0138"),
    ('|', "0108"),
    ('(', "18070312"),
    (')', "08171302"),
    ('[', "18080212"),
    (']', "08181202"),
    ('\'', "0806"),
    ('"', "0806 2826"),
    ('&', "4206071827260403122244"),
    ('%', "0248 0708181707 3233434232"),
    ('#', "0333 0636 1218 2228"),
    ('*', "0444 1335 3315"),
    ('!', "0804 0202"),
    ('?', "07182837361514 1212"),
    ('_', "0141"),
    ('·', "0404"),
    ('×', "0335 0533"),
];

/// What stands for a letter that is not in the alphabet.
const BOX: &str = "0208383202";

/// Marks above or below a letter: the points are counted in halves from the letter's middle and its top, or the baseline.
const ACCENTS: &[(char, &[(f64, f64)])] = &[
    ('\u{300}', &[(-0.7, 2.0), (0.5, 1.0)]),
    ('\u{301}', &[(-0.5, 1.0), (0.7, 2.0)]),
    ('\u{302}', &[(-1.0, 1.0), (0.0, 2.0), (1.0, 1.0)]),
    ('\u{303}', &[(-1.2, 1.0), (-0.5, 1.7), (0.5, 1.0), (1.2, 1.7)]),
    ('\u{304}', &[(-1.0, 1.2), (1.0, 1.2)]),
    ('\u{306}', &[(-1.0, 1.8), (-0.4, 1.1), (0.4, 1.1), (1.0, 1.8)]),
    ('\u{307}', &[(0.0, 1.3), (0.0, 1.3)]),
    ('\u{30A}', &[(-0.6, 1.4), (0.0, 2.0), (0.6, 1.4), (0.0, 0.8), (-0.6, 1.4)]),
    ('\u{30B}', &[(-0.3, 1.0), (0.5, 2.0)]),
    ('\u{30C}', &[(-1.0, 2.0), (0.0, 1.0), (1.0, 2.0)]),
];

/// A line of the pen, in units from the start of the word and the baseline.
pub(super) type Line = Vec<(f64, f64)>;

/// The strokes of a word, and its width in units.
pub(super) fn word(text: &str) -> (Vec<Line>, f64) {
    let (mut lines, mut width, mut last) = (Vec::new(), 0.0, None);
    for c in text.nfd().flat_map(plain) {
        if let (Some((middle, top)), true) = (last, is_accent(c)) {
            lines.extend(accent(c, middle, top));
            continue;
        }
        if c == ' ' {
            width += BLANK;
            continue;
        }
        let strokes = LETTERS.iter().find(|(l, _)| *l == c).map_or(BOX, |(_, s)| s);
        let letter: Vec<Line> = strokes.split(' ').map(|s| points(s, width)).collect();
        let all = || letter.iter().flatten();
        let right = all().fold(width, |r, p| r.max(p.0));
        last = Some(((width + right) / 2.0, all().fold(0.0f64, |t, p| t.max(p.1))));
        lines.extend(letter);
        width = right + GAP;
    }
    (lines, (width - GAP).max(0.0))
}

fn points(strokes: &str, left: f64) -> Line {
    let digit = |c: &u8| f64::from(c.saturating_sub(b'0'));
    strokes.as_bytes().chunks_exact(2).map(|p| (left + digit(&p[0]), digit(&p[1]) - BASELINE)).collect()
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

fn accent(c: char, middle: f64, top: f64) -> Vec<Line> {
    let below = [(0.0, 0.0), (0.3, -0.6), (0.0, -1.2), (-0.5, -1.2)];
    match ACCENTS.iter().find(|(a, _)| *a == c) {
        Some((_, line)) => vec![line.iter().map(|(x, y)| (middle + x, top + y)).collect()],
        None => vec![below.iter().map(|(x, y)| (middle + x, *y)).collect()],
    }
}

/// Letters that are written with others, and typographer's signs.
fn plain(c: char) -> Vec<char> {
    match c {
        'ß' => vec!['s', 's'],
        'æ' => vec!['a', 'e'],
        'Æ' => vec!['A', 'E'],
        'œ' => vec!['o', 'e'],
        'Œ' => vec!['O', 'E'],
        'ø' => vec!['o'],
        'Ø' => vec!['O'],
        'ł' => vec!['l'],
        'Ł' => vec!['L'],
        'đ' | 'ð' => vec!['d'],
        'Đ' | 'Ð' => vec!['D'],
        'þ' => vec!['t', 'h'],
        'Þ' => vec!['T', 'h'],
        '‘' | '’' | '‚' | '`' => vec!['\''],
        '“' | '”' | '„' | '«' | '»' => vec!['"'],
        '–' | '—' | '‐' | '‑' | '−' => vec!['-'],
        '…' => vec!['.', '.', '.'],
        '•' => vec!['·'],
        c if c.is_whitespace() => vec![' '],
        // Joiners, marks of direction and the like are seen nowhere.
        c if c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}') => Vec::new(),
        c => vec![c],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_drawn_within_its_grid() {
        for (letter, strokes) in LETTERS {
            for stroke in strokes.split(' ') {
                assert!(stroke.len() >= 4 && stroke.len() % 2 == 0, "{letter}: {stroke}");
                for p in points(stroke, 0.0) {
                    assert!((0.0..=4.0).contains(&p.0) && (-2.0..=6.0).contains(&p.1), "{letter}: {p:?}");
                }
            }
        }
        for c in ('A'..='Z').chain('a'..='z').chain('0'..='9') {
            assert!(LETTERS.iter().any(|(l, _)| *l == c), "{c}");
        }
    }

    #[test]
    fn accents_stand_over_their_letters_and_what_is_unknown_is_a_box() {
        let (plain, narrow) = word("e");
        let (accented, wide) = word("é");
        assert_eq!(narrow, wide);
        assert_eq!(accented.len(), plain.len() + 1);
        assert!(accented[accented.len() - 1].iter().all(|p| p.1 >= 5.0));
        assert_eq!(word("中").0, vec![points(BOX, 0.0)]);
        assert_eq!(word("").1, 0.0);
        assert_eq!(word("Straße").1, word("Strasse").1);
    }
}
