//! A picture file of any bytes: what it is, or why it cannot be used.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::picture::probe;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((found, _)) = probe(bytes) {
        assert!(found.aspect().is_finite() && found.aspect() > 0.0);
    }
});
