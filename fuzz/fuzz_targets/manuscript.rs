//! Markdown of any text to a tree: every place lies within the file, and letters without a mark about them are all there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::manuscript::{self, Options};
use masthead::report::{Files, Report, render_human};

fuzz_target!(|text: &str| {
    let mut files = Files::default();
    let file = files.add("article.md", Some(text.to_owned()));
    let mut report = Report::new();
    let (body, notes) = manuscript::parse_body(text, 0, file, Options::article("en"), &mut report);
    let inside = |start: u32, end: u32| start <= end && text.get(start as usize..end as usize).is_some();
    manuscript::each_block(&body, &mut |block| assert!(inside(block.span.start, block.span.end), "{:?}", block.span));
    notes.iter().for_each(|note| manuscript::each_block(&note.blocks, &mut |b| assert!(inside(b.span.start, b.span.end))));
    render_human(&report, &files);
    // Plain letters in one paragraph are never lost.
    if text.chars().all(|c| c.is_ascii_lowercase() || c == ' ' || c == '\n') {
        let mut found = String::new();
        manuscript::each_flow(&body, &mut |flow| found.push_str(&manuscript::plain(flow)));
        manuscript::each_block(&body, &mut |block| {
            if let manuscript::BlockKind::Code(_, code) = &block.kind {
                found.push_str(code);
            }
        });
        let letters = |t: &str| t.chars().filter(char::is_ascii_lowercase).collect::<String>();
        assert_eq!(letters(&found), letters(text));
    }
});
