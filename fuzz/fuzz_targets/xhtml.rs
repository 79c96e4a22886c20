//! Markdown of any text to XHTML: well-formed, and no script in it, whatever the author wrote.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::manuscript::{self, Options};
use masthead::report::{Files, Report, Spanned};
use masthead::words::Words;
use masthead::xhtml::{self, Shown};

fuzz_target!(|text: &str| {
    let mut files = Files::default();
    let file = files.add("article.md", Some(text.to_owned()));
    let (body, notes) = manuscript::parse_body(text, 0, file, Options::article("en"), &mut Report::new());
    let picture = |file: &Spanned<String>| {
        Some(Shown {
            src: format!("pictures/{}", file.value),
            alt: Some(file.value.clone()),
            caption: &[],
            credit: Some(file.value.clone()),
            size: Some((600, 400)),
            choice: None,
        })
    };
    let context = xhtml::Context {
        language: "en",
        words: Words::for_language("en").0,
        level: 1,
        link: &|target| Some(target.value.clone()),
        picture: &picture,
        notes: &notes,
        breaks: &[],
        epub: true,
        numbered: true,
    };
    let written = xhtml::article(&body, context);
    let whole = format!("<body xmlns:epub=\"http://www.idpf.org/2007/ops\">{written}</body>");
    let document = roxmltree::Document::parse(&whole).unwrap_or_else(|e| panic!("{e}: {whole}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(!["script", "iframe", "object", "embed", "style"].contains(&node.tag_name().name()), "{whole}");
        assert!(node.attributes().all(|a| !a.name().starts_with("on")), "{whole}");
    }
});
