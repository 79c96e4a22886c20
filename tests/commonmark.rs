//! CommonMark 0.31.2: the specification's 652 examples, read into the manuscript tree and written as XHTML.
//!
//! Outside of the two sections on HTML every example equals the reference once both are in the same canonical form; the
//! examples of those sections have expected files with the sanitiser on.

use masthead::manuscript::{self, Options};
use masthead::report::{Files, Report};
use masthead::words::Words;
use masthead::xhtml;
use std::path::{Path, PathBuf};

struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

/// Examples that differ from the reference, and why. An entry whose example has come to agree fails the test.
const EXCEPTIONS: [(usize, &str); 0] = [];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commonmark")
}

fn examples() -> Vec<Example> {
    let spec = std::fs::read_to_string(folder().join("spec.txt")).expect("the specification");
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim().to_owned();
        }
        if line != format!("{fence} example") {
            continue;
        }
        let (mut markdown, mut html) = (String::new(), String::new());
        let mut in_html = false;
        for line in lines.by_ref().take_while(|l| *l != fence) {
            if line == "." && !in_html {
                in_html = true;
                continue;
            }
            let part = if in_html { &mut html } else { &mut markdown };
            part.push_str(&line.replace('→', "\t"));
            part.push('\n');
        }
        examples.push(Example { number: examples.len() + 1, section: section.clone(), markdown, html });
    }
    examples
}

fn is_html_section(example: &Example) -> bool {
    matches!(example.section.as_str(), "HTML blocks" | "Raw HTML")
}

fn read(markdown: &str, options: Options) -> (Vec<manuscript::Block>, Vec<manuscript::Note>, Vec<String>) {
    let mut files = Files::default();
    let file = files.add("example.md", Some(markdown.to_owned()));
    let mut report = Report::new();
    let (body, notes) = manuscript::parse_body(markdown, 0, file, options, &mut report);
    let told = report.sorted(&files).iter().map(|f| format!("{}: {}", f.code.name(), f.message)).collect();
    (body, notes, told)
}

fn plain(markdown: &str) -> String {
    xhtml::plain(&read(markdown, Options::plain()).0)
}

/// One form for XHTML of both sides: parsed, attributes sorted, white space between blocks dropped.
fn canonical(xhtml: &str) -> String {
    let wrapped = format!("<root>{xhtml}</root>");
    let document = roxmltree::Document::parse(&wrapped).unwrap_or_else(|e| panic!("{e}: {xhtml}"));
    let mut out = String::new();
    write_canonical(document.root_element(), false, &mut out);
    out
}

const BLOCKS: [&str; 16] =
    ["root", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "table"];

fn write_canonical(node: roxmltree::Node, in_pre: bool, out: &mut String) {
    let is_block = |node: Option<roxmltree::Node>| node.is_none_or(|n| BLOCKS.contains(&n.tag_name().name()));
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            let mut text = text.to_owned();
            if !in_pre {
                // A line end beside a block, or at the edge of one, is layout.
                let inside = BLOCKS.contains(&node.tag_name().name());
                let edge = |sibling: Option<roxmltree::Node>| match sibling {
                    Some(_) => is_block(sibling),
                    None => inside,
                };
                if edge(child.prev_sibling()) {
                    text = text.trim_start_matches('\n').to_owned();
                }
                if edge(child.next_sibling()) {
                    text = text.trim_end_matches('\n').to_owned();
                }
            }
            if !text.is_empty() {
                out.push_str(&format!("{text:?}"));
            }
            continue;
        }
        let name = child.tag_name().name();
        let mut attributes: Vec<_> = child.attributes().map(|a| format!(" {}={:?}", a.name(), a.value())).collect();
        attributes.sort();
        out.push_str(&format!("({name}{}", attributes.concat()));
        write_canonical(child, in_pre || name == "pre", out);
        out.push(')');
    }
}

#[test]
fn the_examples_outside_html_equal_the_reference() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let compared: Vec<_> = examples.iter().filter(|e| !is_html_section(e)).collect();
    assert_eq!(compared.len(), 588);
    let mut wrong = Vec::new();
    for example in compared {
        let ours = canonical(&plain(&example.markdown));
        let theirs = canonical(&xhtml::well_formed(&example.html));
        let excepted = EXCEPTIONS.iter().any(|(number, _)| *number == example.number);
        if (ours == theirs) == excepted {
            let Example { number, section, markdown, .. } = example;
            let what = if excepted { "is no exception any more" } else { "differs" };
            wrong.push(format!(
                "example {number} ({section}) {what}\n{markdown}--- theirs\n{theirs}\n--- ours\n{ours}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of 588\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_comparison_tells_differences() {
    for (a, b) in [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a\nb</p>", "<p>a b</p>"),
        ("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>"),
        ("<p><em>a</em></p>", "<p><strong>a</strong></p>"),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<a href=\"x\">a</a>", "<a href=\"y\">a</a>"),
    ] {
        assert_ne!(canonical(a), canonical(b));
    }
    assert_eq!(canonical("<ul>\n<li>a</li>\n</ul>\n"), canonical("<ul><li>a</li></ul>"));
}

#[test]
fn all_examples_give_well_formed_xhtml() {
    for example in examples() {
        canonical(&plain(&example.markdown));
        for options in [Options::article("en"), Options { sanitise: true, ..Options::plain() }] {
            let (body, notes, _) = read(&example.markdown, options);
            let written = written(&body, &notes);
            roxmltree::Document::parse(&written).unwrap_or_else(|e| panic!("{}: {e}\n{written}", example.number));
        }
    }
}

fn written(body: &[manuscript::Block], notes: &[manuscript::Note]) -> String {
    let context = xhtml::Context {
        language: "en",
        words: Words::for_language("en").0,
        level: 1,
        link: &|target| Some(target.value.clone()),
        picture: &|file| Some(xhtml::Shown { src: file.value.clone(), alt: Some(String::new()), ..Default::default() }),
        notes,
        breaks: &[],
        epub: true,
        numbered: false,
    };
    format!("<body xmlns:epub=\"http://www.idpf.org/2007/ops\">{}</body>", xhtml::article(body, context))
}

#[test]
fn the_html_examples_are_sanitised() {
    let path = folder().join("raw-html.txt");
    let mut got = String::new();
    let html: Vec<_> = examples().into_iter().filter(is_html_section).collect();
    assert_eq!(html.len(), 64);
    for example in html {
        let (body, _, told) = read(&example.markdown, Options { sanitise: true, ..Options::plain() });
        let tree = manuscript::dump(&body);
        assert!(!tree.contains("(html "), "HTML was kept as written: {tree}");
        let told: String = told.iter().map(|line| format!("{line}\n")).collect();
        got.push_str(&format!("# Example {}\n{}===\n{tree}{told}\n", example.number, example.markdown));
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &got).expect("written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == expected, "raw-html.txt differs: run with BLESS=1 and look at the difference\n{got}");
}
