//! Typographic marks for any text in several languages: letters and digits stay as they are.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::manuscript::smarten;

fuzz_target!(|text: &str| {
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for language in ["en", "de", "fr", "es", "ar"] {
        assert_eq!(letters(&smarten(text, language)), letters(text), "{language}");
    }
});
