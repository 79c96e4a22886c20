//! The head of an article of any text: the body begins within the file, and every finding has a place that can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::manuscript::read_front;
use masthead::report::{Files, Report, render_human};

fuzz_target!(|text: &str| {
    let mut files = Files::default();
    let file = files.add("article.md", Some(text.to_owned()));
    let mut report = Report::new();
    let (_, body) = read_front(text, file, &mut report);
    assert!(text.is_char_boundary(body));
    render_human(&report, &files);
});
