//! Markdown and the tree it gives: `tests/manuscript/*.txt`, renewed with `BLESS=1`.
//!
//! A case is the manuscript's text, a line `=====`, the tree, and what is told of it. Hostile texts that are too long to
//! be written down are made here.

use masthead::manuscript::{self, Block, BlockKind, Inline, InlineKind, Options};
use masthead::report::{Files, Report, Span};
use std::path::Path;

const CUT: &str = "=====\n";

struct Read {
    files: Files,
    report: Report,
    body: Vec<Block>,
    notes: Vec<manuscript::Note>,
}

/// Reads a text as an article's body in English, or in the language that its first line names (`language: de`).
fn read(text: &str) -> Read {
    let mut files = Files::default();
    let file = files.add("article.md", Some(text.to_owned()));
    let mut report = Report::new();
    let first = text.lines().next().unwrap_or_default();
    let language = first.strip_prefix("language: ");
    let start = language.map_or(0, |_| first.len() + 1);
    let options = Options::article(language.unwrap_or("en"));
    let (body, notes) = manuscript::parse_body(text, start, file, options, &mut report);
    Read { files, report, body, notes }
}

fn shown(read: &Read) -> String {
    let mut out = manuscript::dump(&read.body);
    for note in &read.notes {
        out.push_str(&format!("note {}\n{}", note.label, manuscript::dump(&note.blocks)));
    }
    for finding in read.report.sorted(&read.files) {
        let (line, column) = finding.span.map_or((0, 0), |s| read.files.line_column(s.file, s.start));
        out.push_str(&format!("{line}:{column} {}: {}\n", finding.code.name(), finding.message));
        finding.hints.iter().for_each(|hint| out.push_str(&format!("  hint: {hint}\n")));
    }
    out
}

#[test]
fn every_case_gives_its_tree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manuscript");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the folder").flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    assert!(paths.len() >= 25, "only {} cases", paths.len());
    let mut wrong = Vec::new();
    for path in paths {
        let case = std::fs::read_to_string(&path).expect("a case");
        let (text, expected) = case.split_once(CUT).unwrap_or((&case, ""));
        // What cannot be written down plainly.
        let source = text.replace("␀", "\0").replace("␍\n", "\r\n");
        let read = read(&source);
        let got = shown(&read);
        check_places(&read, &source);
        check_numbers(&read);
        if got != expected {
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&path, format!("{text}{CUT}{got}")).expect("written");
            } else {
                wrong.push(format!("{}\n--- expected\n{expected}--- got\n{got}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every place lies in the text, at character boundaries; a link's target and a picture's file stand where they say.
fn check_places(read: &Read, text: &str) {
    let at =
        |span: Span| text.get(span.start as usize..span.end as usize).unwrap_or_else(|| panic!("{span:?} in {text:?}"));
    let mut links = 0;
    manuscript::each_block(&read.body, &mut |block| {
        at(block.span);
        if let Some(id) = &block.id {
            assert!(at(id.span).contains(id.value.as_str()), "{id:?}");
        }
        if let BlockKind::Figure(figure) = &block.kind {
            assert!(at(figure.span).starts_with("!["));
            assert_eq!(at(figure.file.span), figure.file.value);
        }
    });
    manuscript::each_flow(&read.body, &mut |inlines| {
        each_inline(inlines, &mut |inline| {
            at(inline.span);
            if let InlineKind::Link(link) = &inline.kind {
                at(link.target.span);
                links += 1;
            }
        })
    });
}

fn each_inline(inlines: &[Inline], f: &mut dyn FnMut(&Inline)) {
    for inline in inlines {
        f(inline);
        match &inline.kind {
            InlineKind::Styled(_, content) => each_inline(content, f),
            InlineKind::Link(link) => each_inline(&link.content, f),
            _ => {}
        }
    }
}

fn check_numbers(read: &Read) {
    let mut next = 0;
    let mut step = |block: &Block| {
        assert_eq!(block.number, next, "{block:?}");
        next += 1;
    };
    manuscript::each_block(&read.body, &mut step);
    read.notes.iter().for_each(|note| manuscript::each_block(&note.blocks, &mut step));
}

#[test]
fn hostile_texts_are_read_in_bounded_depth_and_time() {
    let deep = 10_000;
    let texts = [
        ">".repeat(deep) + " words",
        "- ".repeat(deep) + "words",
        "*".repeat(deep) + "words" + &"*".repeat(deep),
        "*_".repeat(deep) + "words" + &"_*".repeat(deep),
        "[".repeat(deep) + "words" + &"](a)".repeat(deep),
        "[".repeat(deep) + "words" + &"]{lang=de}".repeat(deep),
        "<b>".repeat(deep) + "words" + &"</b>".repeat(deep),
        "<p>\n".to_owned() + &"<b>".repeat(deep) + "words",
        "<blockquote>".repeat(deep) + "words",
        "::: sidebar\n".repeat(deep) + "words\n",
        ":::: passage {lang=de}\n".repeat(deep) + "words\n" + &"::::\n".repeat(deep),
        "words[^1] ".repeat(deep) + "\n\n[^1]: note",
        "![a](b){wide}".repeat(deep) + "words",
        "\"words' ".repeat(deep),
        "word ".repeat(200_000),
        ":::\n".repeat(deep) + "words",
        "- words\n  ".repeat(deep),
        "words\n: what\n".repeat(deep),
        (0..deep).map(|i| format!("words[^{i}]\n\n[^{i}]: note\n\n")).collect(),
        (0..deep).map(|i| format!("[r{i}]: x{i}\n")).collect::<String>()
            + &"::: sidebar\nwords [r1]\n:::\n".repeat(100),
    ];
    for text in texts {
        let started = std::time::Instant::now();
        let read = read(&text);
        let mut words = 0;
        manuscript::each_flow(&read.body, &mut |inlines| {
            words += usize::from(manuscript::plain(inlines).contains("word"))
        });
        let name: String = text.chars().take(20).collect();
        assert!(words > 0 || !read.report.findings().is_empty(), "{name} lost its words");
        assert!(started.elapsed().as_secs() < 20, "{name} took {:?}", started.elapsed());
        drop(manuscript::dump(&read.body));
    }
}
