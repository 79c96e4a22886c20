//! Trees as XHTML: well-formed whatever the text, page breaks before the right words, the roles that readers need.

use masthead::manuscript::{self, Block, BlockKind, Note, Options};
use masthead::report::{Files, Report};
use masthead::words::Words;
use masthead::xhtml::{self, PageBreak, Shown};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn read(text: &str) -> (Vec<Block>, Vec<Note>) {
    let mut files = Files::default();
    let file = files.add("article.md", Some(text.to_owned()));
    manuscript::parse_body(text, 0, file, Options::article("en"), &mut Report::new())
}

fn write(body: &[Block], notes: &[Note], breaks: &[PageBreak]) -> String {
    let mut captions = Vec::new();
    manuscript::each_block(body, &mut |block| match &block.kind {
        BlockKind::Figure(figure) => captions.push(figure),
        BlockKind::Gallery(gallery) => captions.extend(&gallery.figures),
        _ => {}
    });
    let picture = |file: &masthead::report::Spanned<String>| {
        if file.value.starts_with("missing") {
            return None;
        }
        let figure = captions.iter().find(|f| f.file == *file);
        Some(Shown {
            src: format!("pictures/{}", file.value),
            alt: figure.is_none_or(|f| !f.decorative).then(|| figure.map(|f| f.alt.value.clone()).unwrap_or_default()),
            caption: figure.map(|f| f.caption.as_slice()).unwrap_or_default(),
            credit: figure.and_then(|f| f.credit.as_ref().map(|c| c.value.clone())),
            size: Some((600, 400)),
            choice: None,
        })
    };
    let context = xhtml::Context {
        language: "en",
        words: Words::for_language("en").0,
        level: 1,
        link: &|target| (!target.value.ends_with("nowhere.md")).then(|| target.value.replace(".md", ".xhtml")),
        picture: &picture,
        notes,
        breaks,
        epub: true,
        numbered: false,
    };
    xhtml::article(body, context)
}

fn parsed(xhtml: &str) -> String {
    format!("<body xmlns:epub=\"http://www.idpf.org/2007/ops\">{xhtml}</body>")
}

/// The manuscripts of `tests/manuscript`.
fn cases() -> Vec<(String, String)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder().join("manuscript")).expect("cases").flatten().collect();
    paths.sort_by_key(|entry| entry.path());
    let text = |path: &Path| std::fs::read_to_string(path).expect("a case");
    paths
        .iter()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), text(&entry.path())))
        .map(|(name, case)| (name, case.split_once("=====\n").expect("a case").0.replace('␀', "\0").replace('␍', "\r")))
        .collect()
}

#[test]
fn every_case_is_well_formed_and_its_ids_are_unique() {
    for (name, text) in cases() {
        // Its duplicate ids are what these two cases are about.
        let has_duplicates = matches!(name.as_str(), "spans.txt" | "almost.txt");
        let (body, notes) = read(&text);
        let xhtml = parsed(&write(&body, &notes, &[]));
        let document = roxmltree::Document::parse(&xhtml).unwrap_or_else(|e| panic!("{name}: {e}\n{xhtml}"));
        let mut ids: Vec<_> = document.descendants().filter_map(|n| n.attribute("id")).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert!(has_duplicates || ids.len() == count, "{name}: an id twice in {xhtml}");
        for link in document.descendants().filter_map(|n| n.attribute("href")).filter_map(|h| h.strip_prefix("#_")) {
            assert!(ids.contains(&format!("_{link}").as_str()), "{name}: #_{link} leads nowhere");
        }
    }
}

/// A break before every word of every paragraph, heading and table.
fn breaks_everywhere(body: &[Block]) -> Vec<(PageBreak, String)> {
    let mut breaks = Vec::new();
    manuscript::each_block(body, &mut |block| {
        let text = match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) => manuscript::plain(inlines),
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.map(|cell| manuscript::plain(cell)).collect::<Vec<_>>().join(" ")
            }
            // A page can begin with a figure or a list as such.
            _ => String::new(),
        };
        let words = text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for word in 0..words.len().max(1) {
            let id = format!("_page-{}-{word}", block.number);
            let label = format!("Page {}", breaks.len());
            let starts = words.get(word).cloned().unwrap_or_default();
            breaks.push((PageBreak { block: block.number, word, id, label }, starts));
        }
    });
    breaks
}

#[test]
fn pages_begin_before_their_words_in_reading_order() {
    let mut checked = 0;
    for (name, text) in cases() {
        let (body, notes) = read(&text);
        let breaks = breaks_everywhere(&body);
        let list: Vec<PageBreak> = breaks.iter().map(|(b, _)| b.clone()).rev().collect();
        let xhtml = parsed(&write(&body, &notes, &list));
        let document = roxmltree::Document::parse(&xhtml).unwrap_or_else(|e| panic!("{name}: {e}\n{xhtml}"));
        let is_break = |n: &roxmltree::Node| n.attribute("role") == Some("doc-pagebreak");
        let anchors: Vec<_> = document.descendants().filter(is_break).collect();
        let found: Vec<_> = anchors.iter().filter_map(|n| n.attribute("id")).collect();
        let expected: Vec<_> = breaks.iter().map(|(b, _)| b.id.as_str()).collect();
        assert_eq!(found, expected, "{name}\n{xhtml}");
        for (anchor, (entry, word)) in anchors.iter().zip(&breaks) {
            assert_eq!(anchor.attribute("aria-label"), Some(entry.label.as_str()));
            let parent = anchor.parent().expect("a parent").tag_name().name().to_owned();
            assert!(
                !["ul", "ol", "dl", "table", "thead", "tbody", "tr", "figure"].contains(&parent.as_str()),
                "{parent}"
            );
            // The words between this anchor and the next one in the document begin with the word.
            let from = anchor.range().end;
            let after: String = document
                .descendants()
                .filter(|n| n.is_text() && n.range().start >= from)
                .filter(|n| !n.ancestors().any(|a| matches!(a.attribute("class"), Some("speaker" | "caption"))))
                .filter(|n| !n.ancestors().any(|a| a.has_tag_name("caption")))
                .filter(|n| !n.ancestors().any(|a| matches!(a.attribute("role"), Some("img" | "doc-noteref"))))
                .filter_map(|n| n.text())
                .take(8)
                .collect();
            // Alternative texts count as words and are not seen.
            if !word.is_empty() && !text.contains("![") {
                let shown: String = word.chars().take_while(|c| *c != '\0').collect();
                assert!(after.trim_start().starts_with(&shown), "{name}: {word:?} is not at the start of {after:?}");
                checked += 1;
            }
        }
    }
    assert!(checked > 300, "only {checked} words");
}

#[test]
fn a_break_of_an_unknown_block_is_not_lost() {
    let (body, notes) = read("One paragraph.");
    let lost = PageBreak { block: 7, word: 3, id: "_page-9".to_owned(), label: "Page 9".to_owned() };
    let late = PageBreak { block: 0, word: 99, id: "_page-8".to_owned(), label: "Page 8".to_owned() };
    let xhtml = write(&body, &notes, &[lost, late]);
    let (eight, nine) = (xhtml.find("_page-8"), xhtml.find("_page-9"));
    assert!(eight.is_some() && nine.is_some() && eight < nine, "{xhtml}");
}

#[test]
fn the_elements_are_those_of_the_manual() {
    let text = std::fs::read_to_string(folder().join("xhtml/article.md")).expect("the article");
    let (body, notes) = read(&text);
    let number = body.iter().find(|b| matches!(b.kind, BlockKind::Paragraph(_))).map_or(0, |b| b.number);
    let page = PageBreak { block: number, word: 4, id: "_page-23".to_owned(), label: "Page 23".to_owned() };
    let got = write(&body, &notes, &[page]);
    let path = folder().join("xhtml/article.xhtml");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &got).expect("written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == expected, "run with BLESS=1 and look at the difference\n{got}");
}
