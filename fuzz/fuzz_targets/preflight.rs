//! A PDF of any bytes before a print shop's rules: a verdict, which can be told. Libraries' panics are caught, and no crash.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::press::Shop;
use masthead::press::preflight::{Purpose, human, json, judge};
use std::sync::LazyLock;

static SHOP: LazyLock<Shop> = LazyLock::new(|| Shop::named("fogra39-x4").unwrap());

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let verdict = judge(bytes, &SHOP, &Purpose::Issue);
    human(&verdict, "file.pdf", &SHOP, false);
    json(&verdict, "file.pdf", &SHOP);
});
