//! What a picture says of itself (EXIF, IPTC, XMP), from any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::picture::embedded;

fuzz_target!(|bytes: &[u8]| {
    let found = embedded(bytes);
    found.proposal();
    found.is_generated();
});
