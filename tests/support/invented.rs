//! Issues made up from a number: manuscripts, pictures, adverts and manifests, and the list of what every edition must say.
//!
//! Every word is invented and stands once in an issue. It begins with a consonant that stands nowhere else in a word, so that it
//! is found in the text of an edition whatever stands beside it. What was written is noted while it is written, by nothing of the
//! library: a parser that loses a word is seen as well as a page that does.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

const FIRST: &[u8] = b"bkptz";
const LATER: &[u8] = b"dglmnrsv";
const VOWELS: &[u8] = b"aeiou";

/// Where a piece of words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the running text, after the piece before it.
    Main,
    /// Anywhere in its article: a box, a table's cell, a caption, a note.
    Beside,
    /// At the article's head, and repeated in contents: headline, standfirst, byline, kicker.
    Head,
    /// A pull quote: on pages it is furniture.
    Pulled,
}

/// Words that stand together.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) place: Place,
    pub(crate) words: Vec<usize>,
}

/// What an article says, in the order of its manuscript.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// Of the file and of the documents made of it.
    pub(crate) slug: String,
    pub(crate) pieces: Vec<Piece>,
    /// Alternative texts of its pictures, in order.
    pub(crate) alts: Vec<Vec<usize>>,
    pub(crate) links: Vec<String>,
    /// Credits of its pictures, and how often each stands there: a picture has one credit wherever it is shown.
    pub(crate) credits: BTreeMap<Vec<usize>, usize>,
}

/// An invented issue.
#[derive(Debug, Default)]
pub(crate) struct Invented {
    pub(crate) stories: Vec<Story>,
    /// Alternative text and address of every advert.
    pub(crate) adverts: Vec<(Vec<usize>, String)>,
    /// Names of partners.
    pub(crate) partners: Vec<Vec<usize>>,
    /// The wording of every picture's credit.
    pub(crate) credits: Vec<Vec<usize>>,
    words: HashMap<String, usize>,
}

impl Invented {
    /// The invented words of a text, in order; all else is left out.
    pub(crate) fn read(&self, text: &str) -> Vec<usize> {
        let parts = text.split(|c: char| !c.is_alphabetic());
        parts.filter_map(|w| self.words.get(&w.to_lowercase()).copied()).collect()
    }

    /// A word as it was written.
    pub(crate) fn word(&self, id: usize) -> String {
        spelt(id)
    }
}

/// The word of a number. The factor only makes neighbours unlike; it is coprime to the count of beginnings.
fn spelt(id: usize) -> String {
    let mut rest = id * 7_919 % 1_600_000;
    let mut take = |letters: &[u8]| {
        let letter = letters[rest % letters.len()] as char;
        rest /= letters.len();
        letter
    };
    let mut word = String::new();
    for syllable in 0..4 {
        word.push(take(if syllable == 0 { FIRST } else { LATER }));
        word.push(take(VOWELS));
    }
    if id.is_multiple_of(3) {
        word.push('n');
    }
    word
}

/// The generator `xorshift64*` (Vigna, 2016): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

struct Maker {
    dice: Dice,
    issue: Invented,
    story: Story,
    text: String,
    notes: Vec<String>,
    count: usize,
    /// The credit of each picture that was used.
    credited: BTreeMap<&'static str, Vec<usize>>,
}

/// The pictures that issues share: name, width and height in pixels. Large enough for the width of a page in print.
const PICTURES: [(&str, u32, u32); 4] =
    [("hill.jpg", 2600, 1800), ("shed.jpg", 1700, 2300), ("reel.jpg", 2000, 2000), ("vase.jpg", 2400, 1350)];

/// Writes the pictures and adverts that all issues share into a folder.
pub(crate) fn pictures(folder: &Path) {
    let drawn = |name: &str, width: u32, height: u32| {
        let tone = name.bytes().map(u32::from).sum::<u32>();
        let picture = image::RgbImage::from_fn(width, height, |x, y| {
            let wave = |n: u32| ((n + tone) / 40 % 2 * 40) as u8;
            image::Rgb([(x * 200 / width) as u8 + wave(y), (y * 200 / height) as u8 + wave(x), (tone % 200) as u8])
        });
        picture.save(folder.join(name)).unwrap();
    };
    files().for_each(|(name, width, height)| drawn(name, width, height));
}

/// Adverts, named by their sizes: on A4 at 300 pixels an inch.
const ADVERTS: [(&str, u32, u32); 5] = [
    ("full.jpg", 2551, 3579),
    ("half-horizontal.jpg", 2126, 1465),
    ("third.jpg", 2126, 980),
    ("quarter.jpg", 1028, 1465),
    ("eighth.jpg", 1028, 697),
];

/// All that issues share: name, width and height.
pub(crate) fn files() -> impl Iterator<Item = (&'static str, u32, u32)> {
    PICTURES.into_iter().chain(ADVERTS)
}

/// Makes up the issue of a number and writes its publication, whose pictures stand in `shared`. The issue's name is `2026-12`.
pub(crate) fn publication(number: u64, shared: &Path, root: &Path) -> Invented {
    let mut maker = Maker {
        dice: Dice(0x9E37_79B9_7F4A_7C15 ^ (number + 1).wrapping_mul(0xBF58_476D_1CE4_E5B9)),
        issue: Invented::default(),
        story: Story::default(),
        text: String::new(),
        notes: Vec::new(),
        count: 0,
        credited: BTreeMap::new(),
    };
    let issue = root.join("2026-12");
    for folder in ["articles", "pictures", "adverts"] {
        std::fs::create_dir_all(issue.join(folder)).unwrap();
    }
    for (name, ..) in PICTURES {
        std::fs::hard_link(shared.join(name), issue.join("pictures").join(name)).unwrap();
    }
    for (name, ..) in ADVERTS {
        std::fs::hard_link(shared.join(name), issue.join("adverts").join(name)).unwrap();
    }
    // Pictures that fill pages need more pixels than these have: the third theme makes no print edition of them.
    let theme = ["trade", "review", "trade"][maker.dice.below(3)];
    std::fs::write(
        root.join("masthead.toml"),
        format!(
            "title = \"Gazette\"\nlanguage = \"en-GB\"\ntheme = \"{theme}\"\ntrim = \"A4\"\n[publisher]\nname = \"Press\"\n\
             [print]\nshop = \"own\"\n[web]\naddress = \"https://gazette.example/\"\ndownloads = []\n"
        ),
    )
    .unwrap();
    // Whatever number of pages comes out: nothing is there to fill them up.
    std::fs::create_dir(root.join("shops")).unwrap();
    std::fs::write(root.join("shops/own.toml"), "inherits = \"fogra39-x4\"\n[page]\nmultiple-of = 1\n").unwrap();
    let count = maker.dice.between(1, 7);
    let kinds: Vec<&str> = (0..count).map(|n| maker.article(&issue, n)).collect();
    let mut manifest = maker.manifest(&kinds);
    maker.adverts(&mut manifest);
    std::fs::write(issue.join("issue.toml"), manifest).unwrap();
    let used = maker.count;
    maker.issue.words = (0..used).map(|id| (spelt(id), id)).collect();
    assert_eq!(maker.issue.words.len(), used, "every word is another");
    maker.issue
}

impl Maker {
    fn new_words(&mut self, count: usize) -> Vec<usize> {
        let first = self.count;
        self.count += count;
        (first..self.count).collect()
    }

    /// So many words as plain text, beginning with a capital.
    fn plain(&mut self, count: usize) -> (Vec<usize>, String) {
        let words = self.new_words(count);
        let text = words.iter().map(|id| spelt(*id)).collect::<Vec<_>>().join(" ");
        (words, capital(&text))
    }

    /// A piece without markup, noted in its place.
    fn said(&mut self, place: Place, least: usize, most: usize) -> String {
        let count = self.dice.between(least, most);
        let (words, text) = self.plain(count);
        self.story.pieces.push(Piece { place, words });
        text
    }

    /// Running text with emphasis, links, notes, numbers and punctuation in it.
    fn rich(&mut self, place: Place, least: usize, most: usize) -> String {
        let count = self.dice.between(least, most);
        let words = self.new_words(count);
        self.story.pieces.push(Piece { place, words: words.clone() });
        let mut text = String::new();
        for (n, id) in words.iter().enumerate() {
            let word = if n == 0 { capital(&spelt(*id)) } else { spelt(*id) };
            let last = n + 1 == words.len();
            let set = match self.dice.below(40) {
                0 => format!("**{word}**"),
                1 => format!("*{word}*"),
                2 => format!("“{word}”"),
                3 => format!("`{word}`"),
                4 if n > 0 => format!("{word} 5 km & 3 < 4"),
                5 => format!("~~{word}~~"),
                6 => format!("{word}^2^"),
                7 => format!("({word})"),
                8 => self.link(&word),
                9 if !last && place != Place::Beside => self.note(&word),
                10 => format!("[{word}]{{lang=de}}"),
                _ => word,
            };
            text.push_str(&set);
            let mark = match self.dice.below(14) {
                _ if last => ".",
                0 => ", ",
                1 => " – ",
                2 => "; ",
                _ => " ",
            };
            text.push_str(mark);
        }
        text
    }

    fn link(&mut self, word: &str) -> String {
        let address = format!("https://gazette.example/{word}/{}", self.story.links.len());
        self.story.links.push(address.clone());
        format!("[{word}]({address})")
    }

    fn note(&mut self, word: &str) -> String {
        let id = self.notes.len() + 1;
        let count = self.dice.between(3, 25);
        let (words, text) = self.plain(count);
        self.notes.push(format!("[^{id}]: {text}."));
        // Notes follow the text in every edition, or stand at its foot.
        self.story.pieces.push(Piece { place: Place::Beside, words });
        format!("{word}[^{id}]")
    }

    /// The wording of a picture's credit.
    fn credit(&mut self, picture: &'static str) -> String {
        if !self.credited.contains_key(picture) {
            let words = self.new_words(2);
            self.issue.credits.push(words.clone());
            self.credited.insert(picture, words);
        }
        let words = &self.credited[picture];
        *self.story.credits.entry(words.clone()).or_default() += 1;
        format!("Photo: {} {}", capital(&spelt(words[0])), capital(&spelt(words[1])))
    }

    fn figure(&mut self, mark: &str) {
        let (name, ..) = PICTURES[self.dice.below(PICTURES.len())];
        let (alt, alt_text) = self.plain(4);
        self.story.alts.push(alt);
        let caption = self.said(Place::Beside, 3, 14);
        let credit = self.credit(name);
        let _ = write!(self.text, "![{alt_text}]({name}){mark}\n{caption}.\n{credit}\n\n");
    }

    fn paragraph(&mut self) {
        let text = self.rich(Place::Main, 3, 110);
        let _ = write!(self.text, "{text}\n\n");
    }

    /// One block, of any kind that may stand in the text.
    fn block(&mut self) {
        match self.dice.below(22) {
            0 => {
                let text = self.said(Place::Main, 1, 6);
                let _ = write!(self.text, "## {text}\n\n");
                self.paragraph();
            }
            1 => self.list("- "),
            2 => self.list("1. "),
            3 => {
                let (a, b) = (self.rich(Place::Main, 4, 40), self.rich(Place::Main, 4, 30));
                let _ = write!(self.text, "> {a}\n>\n> {b}\n\n");
            }
            4 => {
                let text = self.said(Place::Pulled, 6, 16);
                let _ = write!(self.text, "::: pull-quote\n{text}.\n:::\n\n");
                self.paragraph();
            }
            5 => self.boxed("sidebar"),
            6 => self.boxed("fact-box"),
            7 => self.table(),
            8 | 9 => self.figure(""),
            10 => self.figure("{wide}"),
            11 => {
                let _ = writeln!(self.text, "::: gallery");
                (0..2).for_each(|_| self.figure(""));
                let _ = write!(self.text, ":::\n\n");
            }
            12 => {
                let _ = writeln!(self.text, "::: interview");
                for mark in ["Q", "A", "Q", "A"] {
                    let text = self.rich(Place::Main, 4, 50);
                    let _ = write!(self.text, "{mark}: {text}\n\n");
                }
                let _ = write!(self.text, ":::\n\n");
            }
            13 => {
                let _ = writeln!(self.text, "::: timeline");
                self.definitions(4);
                let _ = write!(self.text, ":::\n\n");
            }
            14 => self.definitions(2),
            15 => {
                let text = self.rich(Place::Main, 6, 60);
                let _ = write!(self.text, "::: passage {{lang=de}}\n{text}\n:::\n\n");
            }
            16 => {
                let text = self.said(Place::Main, 3, 6);
                let _ = write!(self.text, "```\n{text}\n```\n\n");
            }
            _ => self.paragraph(),
        }
    }

    fn list(&mut self, mark: &str) {
        for _ in 0..self.dice.between(2, 5) {
            let text = self.rich(Place::Main, 2, 25);
            let _ = writeln!(self.text, "{mark}{text}");
            if self.dice.one_in(4) {
                let text = self.rich(Place::Main, 2, 12);
                let _ = writeln!(self.text, "{}- {text}", " ".repeat(mark.len()));
            }
        }
        self.text.push('\n');
    }

    fn boxed(&mut self, kind: &str) {
        let title = self.said(Place::Beside, 1, 5);
        let _ = writeln!(self.text, "::: {kind} \"{title}\"");
        for _ in 0..self.dice.between(1, 3) {
            let text = self.rich(Place::Beside, 3, 45);
            let _ = write!(self.text, "{text}\n\n");
        }
        if kind == "fact-box" {
            for _ in 0..3 {
                let text = self.rich(Place::Beside, 2, 9);
                let _ = writeln!(self.text, "- {text}");
            }
        }
        let _ = write!(self.text, ":::\n\n");
    }

    fn table(&mut self) {
        let caption = self.said(Place::Beside, 2, 6);
        let _ = write!(self.text, "Table: {caption}\n\n");
        for row in 0..self.dice.between(3, 7) {
            let cells: Vec<String> = (0..3).map(|_| self.said(Place::Beside, 1, 2)).collect();
            let _ = writeln!(self.text, "| {} |", cells.join(" | "));
            if row == 0 {
                let _ = writeln!(self.text, "|---|---|---|");
            }
        }
        self.text.push('\n');
    }

    fn definitions(&mut self, count: usize) {
        for _ in 0..count {
            let (term, meaning) = (self.said(Place::Main, 1, 2), self.rich(Place::Main, 3, 20));
            let _ = write!(self.text, "{term}\n: {meaning}\n\n");
        }
    }

    fn body(&mut self, kind: &str) {
        match kind {
            "news" => {
                for _ in 0..self.dice.between(2, 6) {
                    let title = self.said(Place::Main, 2, 5);
                    let text = self.rich(Place::Main, 20, 90);
                    let _ = write!(self.text, "::: brief \"{title}\"\n{text}\n:::\n\n");
                }
            }
            "letters" => {
                for _ in 0..self.dice.between(2, 5) {
                    let title = self.said(Place::Main, 2, 5);
                    let (text, from) = (self.rich(Place::Main, 20, 120), self.said(Place::Main, 2, 2));
                    let _ = write!(self.text, "::: letter \"{title}\"\n{text}\n\n— {from}\n:::\n\n");
                }
            }
            _ => {
                (0..2).for_each(|_| self.paragraph());
                (0..self.dice.between(1, 16)).for_each(|_| self.block());
                self.paragraph();
            }
        }
    }

    fn article(&mut self, issue: &Path, number: usize) -> &'static str {
        let kind = ["article", "feature", "article", "column", "interview", "news", "letters"][self.dice.below(7)];
        self.story = Story { slug: format!("a{number:02}"), ..Story::default() };
        self.text.clear();
        self.notes.clear();
        let mut front = format!("---\nkind: {kind}\nheadline: {}\n", self.said(Place::Head, 1, 7));
        if self.dice.one_in(2) {
            let _ = writeln!(front, "kicker: {}", self.said(Place::Head, 1, 2));
        }
        if !self.dice.one_in(4) {
            let _ = writeln!(front, "standfirst: {}.", self.said(Place::Head, 6, 25));
        }
        let name = self.said(Place::Head, 2, 2);
        let _ = writeln!(front, "byline: [{}]", titled(&name));
        if self.dice.one_in(2) {
            let (name, ..) = PICTURES[self.dice.below(PICTURES.len())];
            let (alt, alt_text) = self.plain(4);
            self.story.alts.push(alt);
            let caption = self.said(Place::Beside, 3, 12);
            let credit = self.credit(name);
            let _ = write!(
                front,
                "lead:\n  picture: {name}\n  alt: {alt_text}\n  caption: {caption}\n  credit: \"{credit}\"\n"
            );
        }
        self.body(kind);
        let notes = self.notes.join("\n\n");
        let path = issue.join(format!("articles/a{number:02}.md"));
        std::fs::write(path, format!("{front}---\n\n{}{notes}\n", self.text)).unwrap();
        self.issue.stories.push(std::mem::take(&mut self.story));
        kind
    }

    fn manifest(&mut self, kinds: &[&str]) -> String {
        let (alt, credit) = (self.plain(4).1, self.credit("shed.jpg"));
        let mut text = format!(
            "number = 1\ndate = 2026-12-03\nstatus = \"published\"\n[cover]\npicture = \"pictures/shed.jpg\"\nalt = \"{alt}\"\n\
             credit = \"{credit}\"\n[[cover.line]]\nheadline = \"{}\"\n",
            self.plain(3).1
        );
        let middle = self.dice.between(1, kinds.len());
        for part in [0..middle, middle..kinds.len()].into_iter().filter(|p| !p.is_empty()) {
            let files: Vec<String> = part.map(|n| format!("\"articles/a{n:02}.md\"")).collect();
            let title = self.plain(1).1;
            let _ = write!(text, "[[section]]\ntitle = \"{title}\"\narticles = [{}]\n", files.join(", "));
        }
        text
    }

    fn adverts(&mut self, manifest: &mut String) {
        for n in 0..self.dice.between(1, 3) {
            let (words, name) = self.plain(2);
            self.issue.partners.push(words);
            let _ = write!(manifest, "[[partner]]\nid = \"p{n}\"\nname = \"{}\"\n", titled(&name));
        }
        for n in 0..self.dice.below(5) {
            let (file, ..) = ADVERTS[self.dice.below(ADVERTS.len())];
            let size = file.trim_end_matches(".jpg");
            let (alt, text) = self.plain(6);
            let link = format!("https://advert-{n}.example/");
            let partner = n % self.issue.partners.len();
            let _ = write!(
                manifest,
                "[[advert]]\nid = \"ad{n}\"\npartner = \"p{partner}\"\nfile = \"adverts/{file}\"\nsize = \"{size}\"\n\
                 alt = \"{text}\"\nlink = \"{link}\"\n"
            );
            self.issue.adverts.push((alt, link));
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn titled(text: &str) -> String {
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}
