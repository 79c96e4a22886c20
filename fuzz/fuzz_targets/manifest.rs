//! `masthead.toml`, `issue.toml` and `rights.toml` of any bytes: each is read or told of, and the report can be rendered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::manifest;
use masthead::report::{Report, render_human, render_json};
use masthead::source::Sources;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fuzz_target!(|bytes: &[u8]| {
    let folder = FOLDER.path();
    std::fs::create_dir_all(folder.join("2026-11")).unwrap();
    for name in ["masthead.toml", "2026-11/issue.toml", "rights.toml"] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let mut sources = Sources::open(folder).unwrap();
    let mut report = Report::new();
    manifest::publication(&mut sources, &mut report);
    manifest::issue(&mut sources, "2026-11", &mut report);
    manifest::rights(&mut sources, &mut report);
    render_human(&report, sources.files());
    render_json(&report, sources.files());
});
