//! A drawing of any elements: what passes has neither a script nor anything that is fetched.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::picture::{artwork, probe};

fuzz_target!(|text: &str| {
    let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{text}</svg>");
    let passed = probe(drawing.as_bytes());
    let _ = artwork(drawing.as_bytes());
    if passed.is_ok() {
        let document = roxmltree::Document::parse(&drawing).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(!["script", "foreignObject"].contains(&node.tag_name().name()), "{drawing}");
            assert!(node.attributes().all(|a| a.name().len() < 3 || !a.name().to_lowercase().starts_with("on")), "{drawing}");
        }
    }
});
