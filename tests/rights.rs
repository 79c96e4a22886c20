//! The ledger of rights and the editions: what it says stands on the pages and in the picture files, and nothing else does.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/overlay.rs"]
mod overlay;

use masthead::picture::embedded;
use overlay::Overlay;
use std::io::{Cursor, Read};
use std::process::Command;

/// The files of the e-book of a changed sample, by name.
fn book(changes: &str, ledger: &str) -> Vec<(String, Vec<u8>)> {
    let overlay = Overlay::with(changes, None);
    std::fs::write(overlay.root().join("rights.toml"), ledger).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(["build", "--edition", "epub", "--out", "made"])
        .current_dir(overlay.root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(overlay.root().join("made/latest.epub")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.push((entry.name().unwrap().into_owned(), bytes));
    }
    files
}

#[test]
fn a_picture_without_a_credit_is_credited_as_the_ledger_has_it() {
    let ledger = "[[picture]]\nhash = \"8c6187757ec121609212e772c4145afda1eb2933f65ecb31ac4f0c3a96145bdf\"\n\
                  creator = \"Vera Lane\"\nsource = \"Tea Board\"\nlicence = \"CC BY 4.0\"\n";
    let files = book("edit 2026-10/articles/hill-of-hedges.md\n- Photo: Vivek Kumar\n", ledger);
    let file = |end: &str| &files.iter().find(|(name, _)| name.ends_with(end)).unwrap_or_else(|| panic!("{end}")).1;
    let credits = String::from_utf8(file("credits.xhtml").clone()).unwrap();
    assert!(credits.contains("Vera Lane / Tea Board, "), "{credits}");
    let article = String::from_utf8(file("hill-of-hedges.xhtml").clone()).unwrap();
    assert!(article.contains("<span class=\"credit\">Vera Lane / Tea Board, CC BY 4.0</span>"), "{article}");

    let said = embedded(file("tea.jpg"));
    assert_eq!(said.creators, ["Vera Lane"]);
    assert_eq!(said.source.as_deref(), Some("Tea Board"));
    assert_eq!(said.credit.as_deref(), Some("Vera Lane / Tea Board, CC BY 4.0"));
    assert_eq!(said.usage_terms.as_deref(), Some("CC BY 4.0"));
    assert_eq!(said.web_statement.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
}

#[test]
fn a_licence_that_only_the_ledger_knows_goes_into_the_picture() {
    let ledger = "[[picture]]\nhash = \"8c6187757ec121609212e772c4145afda1eb2933f65ecb31ac4f0c3a96145bdf\"\n\
                  licence = \"CC0 1.0\"\n";
    let files = book("", ledger);
    let tea = files.iter().find(|(name, _)| name.ends_with("tea.jpg")).unwrap();
    let said = embedded(&tea.1);
    assert_eq!(said.credit.as_deref(), Some("Photo: Vivek Kumar"));
    assert_eq!(said.web_statement.as_deref(), Some("https://creativecommons.org/publicdomain/zero/1.0/"));
    assert_eq!((said.alt, said.caption, said.created), (None, None, None), "nothing else is told");
}
