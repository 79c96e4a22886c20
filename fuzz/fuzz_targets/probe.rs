//! A picture file of any bytes: what it is, or why it cannot be used. Decoders' panics are caught, and no crash.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::picture::probe;

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    if let Ok((found, _)) = probe(bytes) {
        assert!(found.aspect().is_finite() && found.aspect() > 0.0);
    }
});
