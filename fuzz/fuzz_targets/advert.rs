//! A partner's artwork of any bytes: its size, or why it cannot be used. Libraries' panics are caught, and no crash.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::picture::artwork;

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    if let Ok(found) = artwork(bytes) {
        let (width, height) = found.size();
        assert!(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite());
    }
});
