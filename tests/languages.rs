//! Four languages on finished pages: German, French, Arabic and Japanese, each by the rules of its typography.
//!
//! The publication stands in `tests/languages/`; what is asserted was read back from the PDF.

#[path = "support/laid_out.rs"]
#[allow(dead_code, reason = "the prints are layout.rs's")]
mod laid_out;
#[path = "support/pdf_text.rs"]
mod pdf_text;
#[path = "support/reading.rs"]
#[allow(dead_code, reason = "words are layout.rs's")]
mod reading;

use laid_out::LaidOut;
use pdf_text::Pdf;
use reading::{Element, Line, elements};
use std::path::Path;
use std::sync::LazyLock;

/// The most word spaces over 1.6 times the usual, in per cent: columns are 55 mm wide.
const MOST_WIDE: usize = 4;
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/languages");
/// The size of the reading text.
const SIZE: f32 = 9.0;

/// One article's running text, page by page as it is read.
struct Story {
    paragraphs: Vec<Element>,
}

impl Story {
    /// Of an article of the sample, by its number.
    fn of(number: usize) -> Story {
        let (pages, all) = &*SAMPLE;
        let on_page = |e: &&Element| e.lines.first().is_some_and(|l| l.page == pages[number]);
        let is_text = |e: &&Element| e.kind == "P" && (e.lines[0].runs.last().unwrap().size - SIZE).abs() < 0.01;
        let paragraphs: Vec<Element> = all.iter().filter(on_page).filter(is_text).cloned().collect();
        assert!(paragraphs.len() >= 4, "article {number}: {} paragraphs", paragraphs.len());
        Story { paragraphs }
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.paragraphs.iter().flat_map(|p| &p.lines)
    }

    /// The lines that are set to the full measure: all but the last of each paragraph.
    fn full_lines(&self) -> impl Iterator<Item = &Line> {
        self.paragraphs.iter().flat_map(|p| p.lines.split_last().map_or(&[][..], |(_, rest)| rest))
    }

    fn texts(&self) -> Vec<String> {
        self.lines().map(|l| l.text(false)).collect()
    }
}

/// The first page of every article, and everything that is read.
static SAMPLE: LazyLock<(Vec<usize>, Vec<Element>)> = LazyLock::new(|| {
    let laid = LaidOut::of(&Path::new(HERE).join("gazette"), "2026-09");
    let pages = laid.layout.articles.iter().map(|a| a.first).collect();
    (pages, elements(&Pdf::read(&laid.screen().unwrap())))
});

/// The columns of lines: their left and right edges, in the order in which they are read.
fn columns<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<(f32, f32)> {
    let mut columns: Vec<(f32, f32)> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        let goes_on = above.is_some_and(|a| a.page == line.page && a.y() > line.y() - 1.0);
        match columns.last_mut().filter(|_| goes_on) {
            Some((left, right)) => (*left, *right) = (left.min(line.left()), right.max(line.right())),
            None => columns.push((line.left(), line.right())),
        }
        above = Some(line);
    }
    columns
}

/// Every space between two words of a line set to the full measure, as a multiple of the font's own.
fn word_spaces(story: &Story) -> Vec<f32> {
    let mut list = Vec::new();
    for line in story.full_lines() {
        let glyphs = line.glyphs();
        for part in glyphs.windows(3) {
            if part[1].text == " " && !part[0].text.trim().is_empty() && !part[2].text.trim().is_empty() {
                list.push((part[2].x - part[1].x) / part[1].natural);
            }
        }
    }
    list
}

fn assert_even(story: &Story, language: &str) {
    let spaces = word_spaces(story);
    let wide: Vec<&f32> = spaces.iter().filter(|s| **s > 1.6).collect();
    let most = spaces.iter().fold(0.0_f32, |a, b| a.max(*b));
    println!("{language}: {} word spaces, the widest {most:.2} of the usual, {} over 1.6", spaces.len(), wide.len());
    let wide = wide.len();
    assert!(spaces.len() > 200, "{language}: only {} spaces", spaces.len());
    // The sentences of the samples are not chosen for narrow columns.
    assert!(wide * 100 <= spaces.len() * MOST_WIDE, "{language}: {wide} of {} spaces, up to {most:.2}", spaces.len());
}

#[test]
fn german_compounds_part_where_their_words_do() {
    let allowed = std::fs::read_to_string(Path::new(HERE).join("german.txt")).unwrap();
    let allowed: Vec<&str> = allowed.split_whitespace().collect();
    let story = Story::of(0);
    let (mut parted, mut wrong) = (Vec::new(), Vec::new());
    for paragraph in &story.paragraphs {
        for pair in paragraph.lines.windows(2).filter(|pair| pair[0].hyphenated) {
            let word = |c: char| c.is_alphabetic();
            let head = pair[0].text(false);
            let head = head.rsplit(|c| !word(c)).next().unwrap();
            let tail = pair[1].text(false);
            let tail = tail.split(|c| !word(c)).next().unwrap();
            parted.push(format!("{head}-{tail}"));
            if !allowed.iter().any(|a| is_parted(a, head, tail)) {
                wrong.push(format!("{head}-{tail}"));
            }
        }
    }
    println!("German: {} words parted: {}", parted.len(), parted.join(" "));
    assert!(parted.len() >= 8, "{parted:?}");
    assert!(wrong.is_empty(), "not among the allowed places of tests/languages/german.txt: {wrong:?}");
    let ladder = story.paragraphs.iter().any(|p| p.lines.windows(4).any(|l| l.iter().all(|l| l.hyphenated)));
    assert!(!ladder, "four hyphens below each other");
}

/// Whether a word, its places marked with dots, may be parted so.
fn is_parted(allowed: &str, head: &str, tail: &str) -> bool {
    allowed.replace('·', "") == format!("{head}{tail}")
        && allowed.match_indices('·').any(|(at, _)| allowed[..at].replace('·', "") == head)
}

#[test]
fn german_lines_are_evenly_spaced() {
    assert_even(&Story::of(0), "German");
}

#[test]
fn german_numbers_and_abbreviations_stay_on_one_line() {
    let texts = Story::of(0).texts();
    let whole = texts.join("|").replace(['\u{A0}', '\u{202F}'], " ");
    for kept in [
        "120 m",
        "45 m",
        "Frau Dr. Hartung",
        "d. h.",
        "3 km",
        "z. B.",
        "9. November",
        "30 m",
        "Nr. 17",
        "2 400 €",
        "800 €",
    ] {
        assert!(whole.contains(kept), "`{kept}` is parted: {whole}");
    }
}

#[test]
fn french_marks_keep_their_spaces_and_their_words() {
    let story = Story::of(1);
    let texts = story.texts();
    for text in &texts {
        let text = text.trim();
        assert!(!text.starts_with([';', ':', '!', '?', '»', '%', '€']), "begins a line: `{text}`");
        assert!(!text.ends_with('«'), "ends a line: `{text}`");
    }
    let whole = texts.join("|").replace('\u{A0}', " ");
    for kept in ["n° 212", "Mme Delorme", "M. Lecoq", "60 %", "10 h", "« Sans"] {
        assert!(whole.replace('\u{202F}', " ").contains(kept), "`{kept}` is parted");
    }
    let (mut narrow, mut colons) = (0, 0);
    for line in story.lines() {
        for pair in line.glyphs().windows(2) {
            let gap = pair[1].x - pair[0].x;
            match pair[1].text.as_str() {
                ";" | "!" | "?" | "»" if pair[0].text.trim().is_empty() => {
                    narrow += 1;
                    assert!((0.05..=0.24).contains(&(gap / SIZE)), "`{}`: {gap} pt", pair[1].text);
                }
                ":" if pair[0].text.trim().is_empty() => {
                    colons += 1;
                    assert!(gap / SIZE > 0.15, "colon: {gap} pt");
                }
                _ => {}
            }
        }
    }
    println!("French: {narrow} narrow spaces, {colons} before colons");
    assert!(narrow >= 15 && colons >= 4, "{narrow} narrow, {colons} colons");
}

#[test]
fn french_lines_are_evenly_spaced() {
    assert_even(&Story::of(1), "French");
}

#[test]
fn arabic_lines_run_from_right_to_left() {
    let story = Story::of(2);
    assert!(story.paragraphs.iter().all(Element::is_rtl));
    let source = std::fs::read_to_string(Path::new(HERE).join("gazette/2026-09/articles/zill.md")).unwrap();
    let columns = columns(story.lines());
    for line in story.lines().filter(|l| !l.text(true).trim().is_empty()) {
        let text = line.text(true);
        let first = text.split_whitespace().next().unwrap();
        assert!(source.contains(first.trim_matches('\u{202C}')) || first.contains(['«', '»']), "no word: `{first}`");
        let glyphs = line.glyphs();
        let rightmost = glyphs.iter().rev().find(|g| !g.text.trim().is_empty()).unwrap();
        let begins = text.trim_start().chars().find(|c| c.is_alphanumeric()).unwrap();
        // A number runs the other way; a mark may stand before the first letter.
        let near =
            begins.is_numeric() || rightmost.text.contains(begins) || !rightmost.text.contains(char::is_alphanumeric);
        assert!(near, "`{text}` begins with `{begins}`, at the right stands `{}`", rightmost.text);
    }
    let in_column = |line: &Line| columns.iter().find(|(l, r)| line.left() >= l - 1.0 && line.right() <= r + 1.0);
    let told = |line: &&Line| !line.text(true).trim().is_empty();
    for line in story.paragraphs.iter().flat_map(|p| p.lines.iter().filter(told).skip(1)) {
        let (_, right) = in_column(line).unwrap();
        assert!(
            (line.right() - right).abs() < 0.7,
            "`{}` is {} off the right edge",
            line.text(true),
            right - line.right()
        );
    }
}

#[test]
fn arabic_columns_follow_each_other_from_right_to_left() {
    let columns = columns(Story::of(2).lines());
    assert!(columns.len() >= 2, "{columns:?}");
    assert!(columns.windows(2).all(|pair| pair[1].1 < pair[0].0), "{columns:?}");
    assert_eq!(columns.len(), 3, "every column is used: {columns:?}");
}

/// Characters with which no line of Japanese begins, and with which none ends (JIS X 4051; JLREQ, 3.1.7 and 3.1.8).
const NOT_FIRST: &str = "、。，．・：；？！」』）】〉》〕］｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞ…‥";
const NOT_LAST: &str = "「『（【〈《〔［｛";

#[test]
fn japanese_lines_keep_the_rules_of_kinsoku() {
    let story = Story::of(3);
    let texts = story.texts();
    assert!(texts.len() > 30, "{} lines", texts.len());
    for text in &texts {
        assert!(!text.starts_with(|c| NOT_FIRST.contains(c)), "begins a line: `{text}`");
        assert!(!text.ends_with(|c| NOT_LAST.contains(c)), "ends a line: `{text}`");
        assert!(!text.contains(' '), "a space: `{text}`");
    }
}

#[test]
fn japanese_lines_are_set_to_the_full_measure() {
    let story = Story::of(3);
    let columns = columns(story.lines());
    let lines: Vec<&Line> = story.full_lines().collect();
    assert!(lines.len() > 25, "{} lines", lines.len());
    let measure = columns[0].1 - columns[0].0;
    for line in &lines {
        let (left, _) = columns.iter().find(|(left, _)| (-1.0..measure).contains(&(line.left() - left))).unwrap();
        // Where most lines end that begin in this column.
        let mut ends: Vec<f32> =
            lines.iter().filter(|l| (l.left() - left).abs() < 2.0 * SIZE).map(|l| l.right()).collect();
        ends.sort_by(f32::total_cmp);
        let (edge, text) = (ends[ends.len() / 2], line.text(false));
        // A mark may hang out of the measure by the blank half of its square.
        let hangs = text.ends_with(['、', '。', '」']) && (0.0..0.6 * SIZE).contains(&(line.right() - edge));
        assert!((line.right() - edge).abs() < 0.7 || hangs, "`{text}` ends {} pt off", line.right() - edge);
    }
    println!("Japanese: {} full lines in {} columns", lines.len(), columns.len());
}

#[test]
fn every_word_of_every_language_is_on_its_page() {
    for (number, file) in ["becken", "lavoir", "zill", "saka"].iter().enumerate() {
        let path = Path::new(HERE).join(format!("gazette/2026-09/articles/{file}.md"));
        let source = std::fs::read_to_string(path).unwrap();
        let body = source.rsplit("---\n").next().unwrap();
        let letters = |text: &str| -> String {
            let is_sign = |c: &char| ('\u{64B}'..='\u{65F}').contains(c);
            text.chars().filter(|c| c.is_alphanumeric() && !is_sign(c)).collect()
        };
        let wanted = letters(&body.lines().filter(|l| !l.starts_with('#')).collect::<String>());
        let told: String = Story::of(number).paragraphs.iter().map(|p| letters(&p.text())).collect();
        let at = wanted.chars().zip(told.chars()).take_while(|(a, b)| a == b).count();
        let near = |s: &str| s.chars().skip(at.saturating_sub(15)).take(40).collect::<String>();
        assert!(wanted == told, "{file}: `{}` became `{}`", near(&wanted), near(&told));
    }
}

/// A copy of the sample in another language, with one of its articles, at whose end more is said.
fn publication_in(language: &str, article: &str, more: &str) -> (tempfile::TempDir, LaidOut) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let root = folder.path().join("gazette");
    for part in ["", "fonts", "theme", "2026-09", "2026-09/articles"] {
        std::fs::create_dir_all(root.join(part)).unwrap();
        for entry in std::fs::read_dir(Path::new(HERE).join("gazette").join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, root.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let edit = |file: &str, old: &str, new: &str| {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(old), "{file}: {old}");
        std::fs::write(root.join(file), text.replace(old, new)).unwrap();
    };
    edit("masthead.toml", "language = \"en-GB\"", &format!("language = \"{language}\""));
    let all = "articles = [\"articles/becken.md\", \"articles/lavoir.md\", \"articles/zill.md\", \"articles/saka.md\"]";
    edit("2026-09/issue.toml", all, &format!("articles = [\"articles/{article}.md\"]"));
    let path = root.join(format!("2026-09/articles/{article}.md"));
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + more).unwrap();
    let laid = LaidOut::of(&root, "2026-09");
    (folder, laid)
}

#[test]
fn a_publication_in_arabic_turns_its_pages_from_right_to_left() {
    let (_folder, laid) = publication_in("ar", "zill", "");
    let pdf = Pdf::read(&laid.screen().unwrap());
    let all = elements(&pdf);
    assert_eq!(pdf.labels().first().map(String::as_str), Some("C1"));
    let contents = masthead::words::Words::for_language("ar").0.contents;
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let title =
        all.iter().find(|e| e.kind.starts_with('H') && letters(&e.text()) == letters(contents)).expect("the contents");
    assert!(title.lines[0].right() > 500.0, "the contents' title stands at {}", title.lines[0].right());
    let page = laid.layout.articles[0].first;
    let text = all.iter().filter(|e| e.kind == "P" && e.lines[0].page == page && e.lines.len() > 2);
    let columns = columns(text.flat_map(|e| &e.lines));
    assert!(columns.len() >= 2 && columns.windows(2).all(|pair| pair[1].1 < pair[0].0), "{columns:?}");
    assert_eq!(pdf.direction().as_deref(), Some("R2L"), "how a reader's software lays spreads out");
}

#[test]
fn a_publication_in_japanese_is_set_without_missing_glyphs() {
    let (_folder, laid) = publication_in("ja", "saka", "");
    // The engine refuses a character that no font has.
    let pdf = Pdf::read(&laid.screen().unwrap());
    let lines: Vec<String> = elements(&pdf).iter().flat_map(|e| &e.lines).map(|l| l.text(false)).collect();
    assert!(lines.len() > 30);
    let bad = lines.iter().find(|t| t.starts_with(|c| NOT_FIRST.contains(c)) || t.ends_with(|c| NOT_LAST.contains(c)));
    assert_eq!(bad, None);
    assert!(!lines.iter().any(|t| t.contains('\u{FFFD}')));
}

#[test]
fn spaces_are_decided_across_emphasis_by_passage_and_never_in_code() {
    let more = "\nMan tippt `5 km`, geht *5* km und **Nr.** 7; [M. Roy dit : « Oui ! »]{lang=fr} M. Roy.\n\n\
                ::: passage {lang=en}\nMr Roy went 5 miles.\n:::\n";
    let (_folder, laid) = publication_in("de", "becken", more);
    let data = laid.layout.engine_files().find(|(path, _)| *path == "data/articles.json").unwrap().1;
    let data = String::from_utf8_lossy(data).replace('\u{A0}', "_").replace('\u{202F}', "~");
    for kept in [
        "\"v\":\"5 km\"",
        "\"_km und \"",
        "\"_7; \"",
        "\"M._Roy dit_: «~Oui~!~»\"",
        "\" M._Roy.\"",
        "Mr_Roy went 5_miles.",
    ] {
        assert!(data.contains(kept), "{kept} is not in {}", &data[data.find("Man tippt").unwrap_or(0)..][..400]);
    }
}
