//! An author's text is never code: what looks like it stands in every edition as it was written.
//!
//! Every text field of every file holds the same line of engine markup, HTML, template marks and entities, with its own number.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/invented.rs"]
mod invented;
#[path = "support/pdf_text.rs"]
mod pdf_text;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use pdf_text::Pdf;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

/// Engine markup that would stop the build or read a file, HTML that would run, template marks, entities. `Z9q` is the field's own.
const CODE: &str = "#read('/etc/passwd') #panic(1) $x^2$ <img src=x onerror=alert(1)><script>alert(2)</script> </p> {{7*7}} ${8*8} \
                    &lt;b&gt; &amp;quot; @cite //c /*d*/ %s \\u{41} Z9q";

/// The line of a field.
fn code(field: &str) -> String {
    CODE.replace("Z9q", &format!("{field}Z9q"))
}

/// The same where Markdown is read: its own marks are escaped, which is how an author writes them.
fn escaped(field: &str) -> String {
    let mut text = String::new();
    for c in code(field).chars() {
        if c.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// A value of a manifest.
fn quoted(field: &str) -> String {
    format!("'''{}'''", code(field))
}

/// A value of front matter that is plain text.
fn yaml(field: &str) -> String {
    format!("\"{}\"", code(field).replace('\\', "\\\\"))
}

const FIELDS: &[&str] = &[
    "title",
    "tagline",
    "publisher",
    "address",
    "role",
    "staff",
    "imprint",
    "issuetitle",
    "price",
    "coverline",
    "covertext",
    "section",
    "partner",
    "partnertext",
    "headline",
    "kicker",
    "standfirst",
    "byline",
    "caption",
    "about",
    "correction",
    "paragraph",
    "heading",
    "item",
    "code",
    "boxtitle",
    "cell",
    "note",
    "linktext",
    "credit",
    "quote",
];

fn publication(root: &Path) {
    let shared = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    invented::pictures(shared.path());
    let issue = root.join("2026-12");
    for folder in ["articles", "pictures", "adverts"] {
        std::fs::create_dir_all(issue.join(folder)).unwrap();
    }
    std::fs::copy(shared.path().join("shed.jpg"), issue.join("pictures/shed.jpg")).unwrap();
    std::fs::copy(shared.path().join("reel.jpg"), issue.join("pictures/reel.jpg")).unwrap();
    std::fs::copy(shared.path().join("quarter.jpg"), issue.join("adverts/quarter.jpg")).unwrap();
    std::fs::create_dir(root.join("shops")).unwrap();
    std::fs::write(root.join("shops/own.toml"), "inherits = \"fogra39-x4\"\n[page]\nmultiple-of = 1\n").unwrap();
    let q = quoted;
    let write = |path: &str, text: String| std::fs::write(root.join(path), text).unwrap();
    write(
        "masthead.toml",
        format!(
            "title = {}\ntagline = {}\nlanguage = \"en-GB\"\nimprint = [{}]\n[publisher]\nname = {}\naddress = [{}]\n[[staff]]\nrole = {}\n\
             name = {}\n[print]\nshop = \"own\"\n[web]\naddress = \"https://gazette.example/\"\ndownloads = []\n",
            q("title"),
            q("tagline"),
            q("imprint"),
            q("publisher"),
            q("address"),
            q("role"),
            q("staff")
        ),
    );
    write(
        "2026-12/issue.toml",
        format!(
            "number = 1\ndate = 2026-12-03\nstatus = \"published\"\ntitle = {}\nprice = {}\n[cover]\npicture = \"pictures/reel.jpg\"\n\
             alt = {}\ncredit = 'Photo: Ada Byron'\n[[cover.line]]\nheadline = {}\ntext = {}\n[[section]]\ntitle = {}\n\
             articles = [\"articles/a.md\"]\n[[advert]]\nid = \"ad\"\npartner = \"p\"\nfile = \"adverts/quarter.jpg\"\nsize = \"quarter\"\n\
             link = \"https://partner.example\"\nalt = {}\n[[partner]]\nid = \"p\"\nname = {}\ntext = {}\n",
            q("issuetitle"),
            q("price"),
            q("coveralt"),
            q("coverline"),
            q("covertext"),
            q("section"),
            q("advertalt"),
            q("partner"),
            q("partnertext")
        ),
    );
    let (y, e) = (yaml, escaped);
    let plain = |field: &str| code(field);
    let filler = "Nothing of this runs, and all of it is read. ".repeat(60);
    write(
        "2026-12/articles/a.md",
        format!(
            "---\nheadline: {}\nkicker: {}\nstandfirst: {}\nbyline: [{}]\nlead:\n  picture: shed.jpg\n  alt: {}\n  caption: {}\n  credit: {}\n\
             about: {}\ncorrections:\n  - {{ date: 2026-12-04, text: {} }}\n---\n\n{}\n\n{filler}\n\n## {}\n\n- {}\n- Another\n\n\
             ```\n{}\n```\n\n{filler}\n\n::: sidebar \"{}\"\nText.\n:::\n\n| {} | b |\n|---|---|\n| c | d |\n\n> {}\n\n\
             A mark[^1] and a [{}](https://a.example/?a=1&b=2).\n\n[^1]: {}\n",
            y("headline"),
            y("kicker"),
            y("standfirst"),
            y("byline"),
            y("leadalt"),
            y_of(&e("caption")),
            y("credit"),
            y_of(&e("about")),
            y_of(&e("correction")),
            e("paragraph"),
            e("heading"),
            e("item"),
            plain("code"),
            plain("boxtitle"),
            e("cell"),
            e("quote"),
            e("linktext"),
            e("note")
        ),
    );
}

/// A text that is Markdown already, as a value of front matter.
fn y_of(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace("\\\\\"", "\\\\\\\""))
}

fn run(root: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(words).current_dir(root).env("PATH", "").output().unwrap()
}

/// Letters and digits only: marks become typographic, and lines break.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text of a document and its attributes; fails where something in it could run.
fn examined(name: &str, markup: &str) -> String {
    fn walk(name: &str, node: &Handle, text: &mut String) {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name: tag, attrs, .. } => {
                let attrs = attrs.borrow();
                let value = |key: &str| attrs.iter().find(|a| &*a.name.local == key).map(|a| a.value.to_string());
                if &*tag.local == "script" {
                    let ours = value("src").is_some() || value("type").is_some_and(|t| t.contains("json"));
                    assert!(ours, "{name}: a script of its own");
                    return;
                }
                assert!(!["iframe", "object", "embed"].contains(&&*tag.local), "{name}: {}", &*tag.local);
                for attribute in attrs.iter() {
                    assert!(!attribute.name.local.starts_with("on"), "{name}: {}", &*attribute.name.local);
                    assert!(!attribute.value.trim_start().to_lowercase().starts_with("javascript:"), "{name}");
                }
                assert!(value("src").is_none_or(|s| s != "x"), "{name}: an author's picture element");
            }
            _ => {}
        }
        node.children.borrow().iter().for_each(|child| walk(name, child, text));
    }
    let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(markup);
    let mut text = String::new();
    walk(name, &dom.document, &mut text);
    text
}

/// Every finished file that can be read, by edition.
fn texts(root: &Path) -> BTreeMap<&'static str, String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let mut open = vec![root.join("dist")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_str().unwrap().to_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".html") {
                texts.entry("web").or_default().push_str(&examined(&name, &std::fs::read_to_string(&path).unwrap()));
            } else if name.ends_with(".svg") {
                examined(&name, &std::fs::read_to_string(&path).unwrap());
            } else if name.ends_with(".json") {
                serde_json::from_slice::<serde_json::Value>(&std::fs::read(&path).unwrap()).unwrap();
            } else if name.ends_with(".xml") {
                roxmltree::Document::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            } else if name.ends_with(".pdf") && !name.contains("latest") {
                let pdf = Pdf::read(&std::fs::read(&path).unwrap());
                let edition = if name.ends_with("-print.pdf") { "print" } else { "screen" };
                let runs = (0..pdf.page_count()).flat_map(|p| pdf.all_text(p));
                texts.entry(edition).or_default().extend(runs.map(|r| r.text));
            } else if name.ends_with(".epub") && !name.contains("latest") {
                let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(&path).unwrap())).unwrap();
                for index in 0..archive.len() {
                    let mut file = archive.by_index(index).unwrap();
                    let inner = file.name().unwrap().into_owned();
                    if [".xhtml", ".opf", ".ncx"].iter().any(|end| inner.ends_with(end)) {
                        let mut text = String::new();
                        file.read_to_string(&mut text).unwrap();
                        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
                        roxmltree::Document::parse_with_options(&text, options).unwrap();
                        texts.entry("epub").or_default().push_str(&examined(&inner, &text));
                    }
                }
            }
        }
    }
    texts
}

#[test]
fn what_looks_like_code_is_text_in_every_field_of_every_edition() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let root = folder.path().join("gazette");
    publication(&root);
    let output = run(&root, &["build", ".", "2026-12"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let texts = texts(&root);
    assert_eq!(texts.keys().copied().collect::<Vec<_>>(), ["epub", "print", "screen", "web"]);
    // The home of each: what a price or a cover line is for, an e-book's cover page shows as a picture.
    let elsewhere = |edition: &str, field: &str| match edition {
        "epub" => ["coverline", "covertext", "price", "tagline"].contains(&field),
        "web" => ["coverline", "covertext", "price"].contains(&field),
        // Pages say which issue they are by number and date.
        _ => field == "issuetitle",
    };
    let mut lost = Vec::new();
    for (edition, text) in &texts {
        let text = letters(text);
        for field in FIELDS.iter().filter(|f| !elsewhere(edition, f)) {
            // In a credit, the tags that picture services give are markup and leave their words.
            let whole = letters(&if *field == "credit" { code(field).replace("</p>", "") } else { code(field) });
            if !text.contains(&whole) {
                lost.push(format!("{edition}: {field}"));
            }
        }
    }
    assert!(lost.is_empty(), "not as they were written:\n{}", lost.join("\n"));
}

#[test]
fn addresses_that_run_are_refused_or_left_out() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let root = folder.path().join("gazette");
    publication(&root);
    let path = root.join("2026-12/articles/a.md");
    let text = std::fs::read_to_string(&path).unwrap();
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
    ] {
        std::fs::write(&path, format!("{text}\nSee [this](<{address}>) and <a href=\"{address}\">that</a>.\n"))
            .unwrap();
        let output = run(&root, &["build", ".", "2026-12", "--edition", "epub"]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("articles/a.md:45"), "{address}: {told}");
        if output.status.success() {
            texts(&root);
        }
    }
}
