//! The wording of a credit, in a caption and in a field: marks and addresses behind links go, and no letter is added or moved.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::credit;

fuzz_target!(|wording: &str| {
    for found in credit::parse(wording).into_iter().chain([credit::from_field(wording)]) {
        let mut written = wording.chars().filter(|c| !c.is_whitespace());
        let kept = found.wording.chars().filter(|c| !c.is_whitespace()).all(|c| written.any(|w| w == c));
        assert!(kept, "{:?}", found.wording);
    }
});
