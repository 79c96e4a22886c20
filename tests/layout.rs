//! The finished pages of both sample issues, measured: lines on the grid, paragraphs parted well, no word lost, and the
//! same places on screen and in print.
//!
//! Everything is read back from the PDFs; what the theme promises is read from its `theme.toml`.

#[path = "support/built.rs"]
#[allow(dead_code, reason = "only the copy is wanted here")]
mod built;
#[path = "support/laid_out.rs"]
mod laid_out;
#[path = "support/pdf_text.rs"]
mod pdf_text;
#[path = "support/reading.rs"]
#[allow(dead_code, reason = "languages.rs reads more")]
mod reading;
#[path = "support/story.rs"]
mod story;

use built::Publication;
use laid_out::LaidOut;
use masthead::issue::Issue;
use masthead::issue::pages::Anchor;
use masthead::typeset::{Astray, Kept, Layout, Live, Lock, Measured};
use pdf_text::{Pdf, Run};
use reading::{Element, Line, elements};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use story::{Found, Part, follow, pieces, start, words};

/// The themes that are measured.
const THEMES: &[&str] = &["trade", "review", "glossy"];
const TRIMS: &[&str] = &["A4", "Letter"];
/// The issues, and how many lines of text each has at the least: fewer were not measured well.
const ISSUES: &[(&str, usize)] = &[("2026-10", 400), ("2026-11", 1300)];

/// The baseline's place in its line, from the line's top; how far from it a line may stand, in points.
const BASELINE: f32 = 0.75;
const TOLERANCE: f32 = 0.2;

/// An issue in a theme on a trim.
struct Sample {
    name: String,
    theme: ThemeFile,
    /// The fewest lines of text that it must have.
    least: usize,
    issue: Issue,
    screen: Pdf,
    elements: Vec<Element>,
    /// The indexes of the pages on which articles stand.
    article_pages: BTreeSet<usize>,
    bare: Vec<Vec<Run>>,
    /// Or why there is no print.
    print: Result<Vec<Vec<Run>>, String>,
    /// What the layout report says.
    figures: Figures,
    /// What the layout report finds missing or twice.
    astray: Vec<Astray>,
    /// Folios of pages that a lock made of them did not keep, word by word.
    not_kept: Vec<String>,
}

/// The figures that the documentation gives for a combination.
struct Figures {
    pages: usize,
    lines: usize,
    white: f64,
    uneven: usize,
    short_ends: usize,
    loose: usize,
    ladders: usize,
    divided: usize,
    crowded: Vec<(usize, usize)>,
}

impl Figures {
    fn of(measured: &Measured) -> Figures {
        let pages = &measured.pages;
        Figures {
            pages: pages.len(),
            lines: pages.iter().map(|p| p.lines).sum(),
            white: measured.unused,
            uneven: pages.iter().filter(|p| p.balance.is_some_and(|b| b > 1)).count(),
            short_ends: measured.short_ends.len(),
            loose: pages.iter().map(|p| p.loose).sum(),
            ladders: pages.iter().filter(|p| p.ladder > 2).count(),
            divided: pages.iter().filter(|p| p.divided).count(),
            crowded: measured.crowded.clone(),
        }
    }
}

/// What a theme promises about its text.
struct ThemeFile {
    family: String,
    size: f32,
    line: f32,
    /// From the top of an A4 page to the first line, in millimetres, if it says so.
    top: Option<f32>,
}

impl ThemeFile {
    fn read(name: &str) -> ThemeFile {
        let path = format!("{}/themes/{name}/theme.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let number = |value: String| value.parse::<f32>().unwrap();
        ThemeFile {
            family: value(&text, "font", "text").unwrap(),
            size: number(value(&text, "grid", "size").unwrap()),
            line: number(value(&text, "grid", "line").unwrap()),
            top: value(&text, "margin", "top").map(number),
        }
    }

    /// From the top of a page of this height to its first baseline, in points. Margins grow with the page.
    fn first_baseline(&self, height: f32) -> f32 {
        let on_a4 = |mm: f32| (mm * height / (297.0 * 72.0 / 25.4)).max(10.0) * 72.0 / 25.4;
        self.top.map_or(5.0 * self.line, on_a4) + BASELINE * self.line
    }

    fn is_body(&self, run: &Run) -> bool {
        run.is_of(&self.family) && (run.size - self.size).abs() < 0.01
    }
}

/// A plain value of a TOML file's table.
fn value(toml: &str, table: &str, key: &str) -> Option<String> {
    let head = format!("[{table}]");
    let mut lines = toml.lines().skip_while(|l| l.split('#').next().unwrap().trim() != head).skip(1);
    let line = lines
        .by_ref()
        .take_while(|l| !l.starts_with('['))
        .find(|l| l.split_once('=').is_some_and(|(name, _)| name.trim() == key))?;
    let value = line.split_once('=')?.1.split('#').next()?;
    Some(value.trim().trim_matches('"').to_owned())
}

fn sample(theme: &str, trim: &str, (name, least): (&str, usize)) -> Result<Sample, String> {
    let publication = Publication::copy("gazette");
    publication.edit("masthead.toml", "theme = \"trade\"", &format!("theme = \"{theme}\""));
    publication.edit("masthead.toml", "trim = \"A4\"", &format!("trim = \"{trim}\""));
    let full = format!("{name}, {theme}, {trim}");
    let laid = LaidOut::of(&publication.path(""), name);
    let screen = Pdf::read(&laid.screen().map_err(|why| format!("{full}: {why}"))?);
    let runs = |bytes: &[u8]| {
        let pdf = Pdf::read(bytes);
        (0..pdf.page_count()).map(|p| pdf.all_text(p)).collect::<Vec<_>>()
    };
    let lock = laid.layout.lock.as_ref().map(Lock::text).ok_or("there is no lock")?;
    let lock = Lock::read(&lock).map_err(|why| why.0)?;
    let kept =
        LaidOut::keeping(&publication.path(""), name, Some(&lock)).layout.kept.ok_or("the lock was passed over")?;
    let print = laid.layout.print_pdf(&laid.issue, laid.fonts.clone(), 0.0).map(|p| p.pdf).map_err(|e| e.to_string());
    let pages = laid.layout.pages.iter().enumerate();
    Ok(Sample {
        name: full,
        theme: ThemeFile::read(theme),
        least,
        elements: elements(&screen),
        article_pages: pages.filter(|(_, p)| matches!(p.starts, Anchor::Article { .. })).map(|(i, _)| i).collect(),
        bare: runs(&laid.layout.bare_pdf(&laid.issue).unwrap()),
        print: print.map(|bytes| runs(&bytes)),
        figures: Figures::of(&laid.layout.measured),
        astray: laid.layout.measured.astray,
        not_kept: [kept.moved, kept.changed].concat(),
        issue: laid.issue,
        screen,
    })
}

/// What a preview does: first the pages as they were found before, then a search, which something newer ends.
#[test]
fn pages_found_before_are_shown_without_a_search_and_a_search_is_given_up() {
    let publication = Publication::copy("gazette");
    let (folder, name) = (publication.path(""), "2026-10");
    let before = LaidOut::of(&folder, name).layout;
    let searched = || -> bool { panic!("the pages were searched for") };
    let again = LaidOut::live(&folder, name, Live { found: before.lock.as_ref(), newer: &searched }).unwrap().layout;
    let digests = |layout: &Layout| (0..layout.pages.len()).map(|p| layout.page_digest(p)).collect::<Vec<_>>();
    assert_eq!(again.kept, Some(Kept::default()));
    assert_eq!(digests(&again), digests(&before), "drawn alike, so that nothing is drawn anew");
    let rounds = Cell::new(0);
    let newer = || {
        rounds.set(rounds.get() + 1);
        rounds.get() > 2
    };
    assert!(LaidOut::live(&folder, name, Live { found: None, newer: &newer }).is_err());
    assert_eq!(rounds.get(), 4, "asked before each round, and once by what names the reason");
}

/// Every combination, laid out once for all tests.
static SAMPLES: LazyLock<Vec<Result<Sample, String>>> = LazyLock::new(|| {
    let of_theme = |theme: &&'static str| {
        let theme = *theme;
        TRIMS.iter().flat_map(move |trim| ISSUES.iter().map(move |issue| sample(theme, trim, *issue)))
    };
    THEMES.iter().flat_map(of_theme).collect()
});

/// Fails with all that is wrong in any of the samples.
fn assert_each(check: impl Fn(&Sample) -> Vec<String>) {
    let tell = |sample: &Result<Sample, String>| match sample {
        Ok(sample) => check(sample).into_iter().map(|w| format!("{}: {w}", sample.name)).collect(),
        Err(why) => vec![why.clone()],
    };
    let wrong: Vec<String> = SAMPLES.iter().flat_map(tell).collect();
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_lock_keeps_every_page_as_it_is() {
    assert_each(|sample| sample.not_kept.iter().map(|folio| format!("page {folio}")).collect());
}

#[test]
fn the_layout_report_misses_no_word() {
    assert_each(|sample| sample.astray.iter().map(|a| format!("{a:?}")).collect());
}

#[test]
fn nothing_runs_into_what_stands_at_the_foot() {
    assert_each(|sample| {
        let headline =
            |(article, _): &(usize, usize)| sample.issue.articles[*article].manuscript.front.headline.value.clone();
        sample.figures.crowded.iter().map(headline).collect()
    });
}

#[test]
fn every_line_of_text_stands_on_the_grid() {
    assert_each(|sample| {
        let (theme, mut wrong) = (&sample.theme, Vec::new());
        let (mut lines, mut most, mut astray) = (BTreeSet::new(), 0.0_f32, BTreeMap::new());
        for page in 0..sample.screen.page_count() {
            let height = sample.screen.height(page);
            for run in sample.screen.text(page).iter().filter(|r| theme.is_body(r)) {
                let steps = (height - run.y - theme.first_baseline(height)) / theme.line;
                let off = (steps - steps.round()) * theme.line;
                // Runs of one column's line count once: columns are further apart than a word.
                lines.insert((page, (run.y * 10.0) as i32, (run.x / 100.0) as i32));
                most = most.max(off.abs());
                if off.abs() > TOLERANCE {
                    astray.entry((page + 1, format!("{off:+.2}"))).or_insert_with(Vec::new).push(start(&run.text));
                }
            }
        }
        for ((page, off), texts) in astray {
            wrong.push(format!("page {page}: {} lines at {off} pt, the first `{}`", texts.len(), texts[0]));
        }
        println!("{}: {} lines of text, at most {most:.3} pt off the grid", sample.name, lines.len());
        if lines.len() < sample.least {
            wrong.push(format!("only {} lines were measured", lines.len()));
        }
        wrong
    });
}

/// The issue's pieces as they were found on its article pages.
fn found(sample: &Sample) -> (Vec<story::Piece>, Vec<Element>) {
    let on_articles = |e: &&Element| e.lines.first().is_some_and(|l| sample.article_pages.contains(&l.page));
    (pieces(&sample.issue), sample.elements.iter().filter(on_articles).cloned().collect())
}

/// What article pages say beside the authors' texts: bylines, and the words that tell what a thing is.
fn is_furniture(sample: &Sample, text: &str) -> bool {
    let lower = story::letters(text);
    let issue = &sample.issue;
    let people = issue.articles.iter().flat_map(|a| &a.manuscript.front.byline).map(|p| story::letters(&p.name));
    let is_byline = people.filter(|name| lower.contains(name.as_str())).count() > 0 && text.chars().count() < 120;
    let is_label = lower.starts_with("advertisement") || lower == story::letters(&issue.publication.title);
    let is_correction = lower.starts_with("correction");
    let is_sponsor = lower.starts_with("sponsoredby");
    is_byline || is_label || is_correction || is_sponsor
}

#[test]
fn no_word_is_lost_or_doubled() {
    assert_each(|sample| {
        let (pieces, elements) = found(sample);
        let (found, mut wrong) = follow(&pieces, &elements, |text| is_furniture(sample, text));
        let mut count = 0;
        for Found { piece, elements } in &found {
            let wanted = words(&piece.text);
            count += wanted.len();
            let told = |text: fn(&Element) -> String| words(&elements.iter().map(|e| text(e)).collect::<String>());
            // Where a line ends in a hyphen of the author's own, the word's parts are not joined again.
            let letters: String = elements.iter().map(|e| story::letters(&e.text())).collect();
            let same = letters == story::letters(&piece.text);
            if !same && told(Element::text) != wanted && told(Element::parted) != wanted {
                let parted = told(Element::parted);
                let at = wanted.iter().zip(&parted).take_while(|(a, b)| a == b).count();
                let near = |list: &[String]| list[at.min(list.len())..(at + 4).min(list.len())].join(" ");
                let (wanted, parted) = (near(&wanted), near(&parted));
                wrong.push(format!("`{}`: `{wanted}` is set as `{parted}`", start(&piece.text)));
            }
        }
        println!("{}: {count} words in {} pieces", sample.name, found.len());
        wrong.extend(out_of_order(&pieces, &found));
        wrong
    });
}

#[test]
fn a_lost_a_doubled_and_a_changed_piece_are_seen() {
    let sample = SAMPLES[0].as_ref().unwrap();
    let (pieces, mut elements) = found(sample);
    let faults = |elements: &[Element]| follow(&pieces, elements, |text| is_furniture(sample, text)).1.len();
    let before = faults(&elements);
    let long = elements.iter().position(|e| e.kind == "P" && e.lines.len() > 8).unwrap();
    let taken = elements.remove(long);
    assert_eq!(faults(&elements), before + 1, "a paragraph is lost");
    elements.insert(long, taken.clone());
    elements.insert(long, taken.clone());
    assert_eq!(faults(&elements), before + 1, "a paragraph stands twice");
    elements.remove(long);
    elements[long].lines.remove(3);
    assert!(faults(&elements) >= before + 2, "a line is lost: `{}`", start(&taken.text()));
}

/// Main text that is read before what stands above it in the manuscript.
fn out_of_order(pieces: &[story::Piece], found: &[Found]) -> Vec<String> {
    let place = |piece: &story::Piece| pieces.iter().position(|p| std::ptr::eq(p, piece));
    let main: Vec<&Found> = found.iter().filter(|f| f.piece.part == Part::Main).collect();
    let mut wrong = Vec::new();
    for pair in main.windows(2) {
        let (a, b) = (pair[0].piece, pair[1].piece);
        if a.article == b.article && place(a) > place(b) {
            wrong.push(format!("`{}` is read after `{}`", start(&b.text), start(&a.text)));
        }
    }
    wrong
}

/// How many lines of a paragraph stand in each of the columns over which it runs.
fn parts(lines: &[&Line]) -> Vec<usize> {
    let mut parts = vec![1];
    for pair in lines.windows(2) {
        // Reading goes down a column; where it goes up or to another page, the next column begins.
        let breaks = pair[0].page != pair[1].page || pair[1].y() > pair[0].y() + 1.0;
        if breaks { parts.push(1) } else { *parts.last_mut().unwrap() += 1 }
    }
    parts
}

#[test]
fn no_column_begins_or_ends_with_a_single_line_of_a_paragraph() {
    assert_each(|sample| {
        let (pieces, elements) = found(sample);
        let (found, _) = follow(&pieces, &elements, |text| is_furniture(sample, text));
        let (mut wrong, mut broken) = (Vec::new(), 0);
        for Found { piece, elements } in found.iter().filter(|f| f.piece.part == Part::Main) {
            let lines: Vec<&Line> = elements.iter().flat_map(|e| &e.lines).collect();
            let parts = parts(&lines);
            broken += usize::from(parts.len() > 1);
            let page = lines.first().map_or(0, |l| l.page + 1);
            if parts.len() > 1 && parts[0] == 1 {
                wrong.push(format!("page {page}: only the first line of `{}` ends a column", start(&piece.text)));
            }
            if parts.len() > 1 && parts.last() == Some(&1) {
                wrong.push(format!("page {page}: only the last line of `{}` begins a column", start(&piece.text)));
            }
        }
        println!("{}: {broken} paragraphs run over two columns or more", sample.name);
        if broken < 10 {
            wrong.push(format!("only {broken} paragraphs run over two columns"));
        }
        wrong
    });
}

/// As many lines as end at one place without filling their column stand beside something.
const BESIDE: usize = 3;

#[test]
fn every_line_but_a_paragraphs_last_is_set_to_the_full_measure() {
    assert_each(|sample| {
        let (pieces, elements) = found(sample);
        let (found, _) = follow(&pieces, &elements, |text| is_furniture(sample, text));
        let (mut wrong, mut count) = (Vec::new(), 0);
        let is_body = |l: &&Line| l.runs.last().is_some_and(|r| sample.theme.is_body(r));
        let mut full: Vec<Vec<&Line>> = Vec::new();
        for Found { elements, .. } in found.iter().filter(|f| f.piece.part == Part::Main) {
            let lines: Vec<&Line> = elements.iter().flat_map(|e| &e.lines).collect();
            full.push(lines[..lines.len() - 1].iter().copied().filter(is_body).collect());
        }
        let slack = 0.6 * sample.theme.size;
        for of_one in &full {
            for line in of_one {
                let near = |l: &&&Line| l.page == line.page && (l.left() - line.left()).abs() < 60.0;
                let right = of_one.iter().filter(near).map(|l| l.right()).fold(0.0, f32::max);
                count += 1;
                // Hyphens and stops hang out of the measure; lines beside what the text runs around have one of their own.
                let same = |l: &&&Line| near(l) && (l.right() - line.right()).abs() < slack;
                if right - line.right() > slack && full.iter().flatten().filter(same).count() < BESIDE {
                    let short = right - line.right();
                    wrong.push(format!("page {}: {short:.1} pt short: `{}`", line.page + 1, start(&line.text(false))));
                }
            }
        }
        println!("{}: {count} full lines", sample.name);
        wrong
    });
}

#[test]
fn every_glyph_stands_at_the_same_place_on_screen_and_in_print() {
    assert_each(|sample| {
        let print = match &sample.print {
            Ok(print) => print,
            Err(why) => return vec![format!("no print: {why}")],
        };
        if print.len() != sample.bare.len() {
            return vec![format!("{} pages on screen, {} in print", sample.bare.len(), print.len())];
        }
        let mut wrong = Vec::new();
        let mut glyphs = 0;
        for (page, (a, b)) in sample.bare.iter().zip(print).enumerate() {
            // What only those hear who have the page read to them is not on paper.
            let a: Vec<&Run> = a.iter().filter(|r| r.size > 1.5).collect();
            glyphs += a.iter().map(|r| r.glyphs.len()).sum::<usize>();
            let other = a.iter().copied().zip(b).find(|(a, b)| !same(a, b));
            if let Some((a, b)) = other {
                wrong.push(format!("page {}: {} / {}", page + 1, at(a), at(b)));
            } else if a.len() != b.len() {
                wrong.push(format!("page {}: {} runs on screen, {} in print", page + 1, a.len(), b.len()));
            }
        }
        println!("{}: {glyphs} glyphs compared", sample.name);
        wrong
    });
}

fn same(a: &Run, b: &Run) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < 0.01;
    let glyph = |(a, b): (&pdf_text::Glyph, &pdf_text::Glyph)| a.text == b.text && near(a.x, b.x);
    a.text == b.text
        && a.font == b.font
        && near(a.size, b.size)
        && near(a.y, b.y)
        && a.glyphs.len() == b.glyphs.len()
        && a.glyphs.iter().zip(&b.glyphs).all(glyph)
}

fn at(run: &Run) -> String {
    format!("`{}` {} {} pt at {:.2}, {:.2}", start(&run.text), run.font, run.size, run.x, run.y)
}

const FIGURES: (&str, &str) = ("<!-- figures -->\n", "<!-- end of figures -->");

#[test]
fn the_documentation_gives_the_figures_of_every_combination() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/layout.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once(FIGURES.0).unwrap();
    let (_, after) = rest.split_once(FIGURES.1).unwrap();
    let mut table =
        "| | pages | lines | white | uneven ends | short ends | loose lines | ladders | divided last words |\n\
                     |---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for sample in SAMPLES.iter() {
        let sample = sample.as_ref().unwrap_or_else(|why| panic!("{why}"));
        let f = &sample.figures;
        table.push_str(&format!(
            "| {} | {} | {} | {:.1} % | {} | {} | {} | {} | {} |\n",
            sample.name, f.pages, f.lines, f.white, f.uneven, f.short_ends, f.loose, f.ladders, f.divided
        ));
    }
    let now = format!("{before}{}{table}{}{after}", FIGURES.0, FIGURES.1);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    println!("{table}");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page == now, "the figures changed; `BLESS=1 cargo test --release --test layout` renews them:\n{table}");
}
