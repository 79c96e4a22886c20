//! A print shop's profile of any bytes: read, or told of.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::press::shop::by_name_or_path;
use masthead::report::{Report, Span, Spanned, render_human};
use masthead::source::Sources;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fuzz_target!(|bytes: &[u8]| {
    let folder = FOLDER.path();
    std::fs::create_dir_all(folder.join("shops")).unwrap();
    std::fs::write(folder.join("shops/own.toml"), bytes).unwrap();
    let mut sources = Sources::open(folder).unwrap();
    let mut report = Report::new();
    let span = Span::whole(sources.mention("masthead.toml"));
    let _ = by_name_or_path(&mut sources, &Spanned::new("own".to_owned(), span), &mut report);
    render_human(&report, sources.files());
});
