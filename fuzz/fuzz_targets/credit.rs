//! The wording of a credit, in a caption and in a field: never another wording than was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::credit;

fuzz_target!(|wording: &str| {
    let squeezed = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
    let field = credit::from_field(wording);
    assert!(squeezed(wording).contains(squeezed(&field.wording).as_str()) || field.wording.is_empty());
    if let Some(found) = credit::parse(wording) {
        assert!(!found.wording.is_empty());
    }
});
