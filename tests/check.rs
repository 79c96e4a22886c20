//! The catalogue of findings: one folder per code under `tests/check`, each a change to the immaculate sample issue and
//! the exact report that it brings. `BLESS=1 cargo test --release --test check` renews the reports.
//!
//! A folder holds `report.txt` and one or both of `in/`, whose files are laid over the sample, and `changes.txt`, whose
//! lines are explained in `tests/support/overlay.rs`. A second case of the same code adds `+words` to the folder's name.

#[path = "support/overlay.rs"]
mod overlay;

use masthead::cli::{Choice, Progress, prepare};
use masthead::draft::Mode;
use masthead::report::{CATALOGUE, render_human};
use overlay::Overlay;
use std::path::{Path, PathBuf};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/check");

/// These come from laid-out pages and finished editions, which no check makes; `src/typeset/faults.rs`, the tests of the layout,
/// `tests/size.rs`, `tests/print.rs` and `tests/web.rs` provoke them.
const NOT_FROM_CHECKS: [&str; 4] = ["layout/", "epub/", "print/preflight", "web/"];

/// Every case as `family/name`, sorted.
fn cases() -> Vec<String> {
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap());
        let folders = entries.filter(|e| e.path().is_dir());
        let mut names: Vec<String> = folders.map(|e| e.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let mut cases = Vec::new();
    for family in names(Path::new(CASES)) {
        let of = names(&Path::new(CASES).join(&family));
        cases.extend(of.into_iter().map(|name| format!("{family}/{name}")));
    }
    cases
}

fn report(root: PathBuf, issue: &str, mode: Mode) -> String {
    let choice = Choice { publication: root, issue: issue.to_owned(), issues: Vec::new() };
    let prepared = prepare(&choice, mode, &Progress::new(false)).unwrap();
    render_human(&prepared.report, prepared.sources.files())
}

#[test]
fn every_case_brings_its_report() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = Path::new(CASES).join(&case);
        let overlay = Overlay::new(&folder);
        let got = report(overlay.root(), &overlay.issue, if overlay.draft { Mode::Draft } else { Mode::Final });
        let expected = folder.join("report.txt");
        if bless {
            std::fs::write(&expected, &got).unwrap();
        }
        let want = std::fs::read_to_string(&expected).unwrap_or_default();
        if got != want {
            wrong.push(format!("== {case}\n-- expected\n{want}\n-- got\n{got}"));
        }
        let code = case.split('+').next().unwrap_or(&case);
        let says_it = if code.starts_with("silent/") { got.is_empty() } else { got.contains(&format!("[{code}]")) };
        if !says_it {
            wrong.push(format!("== {case}: the report does not say so\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} cases are wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn every_code_has_its_case_and_every_case_its_code() {
    let cases = cases();
    let known: Vec<&str> = CATALOGUE.iter().map(|c| c.name).collect();
    let missing: Vec<&&str> = known
        .iter()
        .filter(|c| !NOT_FROM_CHECKS.iter().any(|f| c.starts_with(f)) && !cases.iter().any(|case| case == **c))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
    for case in &cases {
        let code = case.split('+').next().unwrap_or(case);
        assert!(code.starts_with("silent/") || known.contains(&code), "`{case}` is no code of the catalogue");
    }
    assert!(cases.len() >= 40, "{} cases", cases.len());
}

#[test]
fn the_sample_is_immaculate() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("issues");
    for issue in ["2026-10", "2026-11"] {
        for mode in [Mode::Final, Mode::Draft] {
            assert_eq!(report(sample.clone(), issue, mode), "", "{issue} {mode:?}");
        }
    }
}
