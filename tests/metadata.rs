//! What pictures' files say of themselves, as another program wrote it: the pictures of `tests/metadata` are exiftool's.

use masthead::picture::embedded;
use std::path::Path;

/// Every field of every picture, a line each.
fn told() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/metadata");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|n| ["jpg", "png", "webp", "tif"].iter().any(|e| n.ends_with(&format!(".{e}"))));
    names.sort();
    let mut out = String::new();
    for name in names {
        let found = embedded(&std::fs::read(folder.join(&name)).unwrap());
        out.push_str(&format!("{name}\n"));
        let fields = [
            ("creators", (!found.creators.is_empty()).then(|| found.creators.join(" | "))),
            ("credit", found.credit),
            ("notice", found.notice),
            ("usage terms", found.usage_terms),
            ("web statement", found.web_statement),
            ("licensor", found.licensor),
            ("source", found.source),
            ("created", found.created),
            ("caption", found.caption),
            ("alt", found.alt),
            ("described", found.described),
            ("source type", found.source_type),
        ];
        for (field, value) in fields {
            out.extend(value.map(|v| format!("  {field}: {v}\n")));
        }
    }
    out
}

#[test]
fn another_programs_metadata_are_read_as_it_wrote_them() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/metadata/expected.txt");
    let got = told();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected, &got).unwrap();
    }
    assert_eq!(got, std::fs::read_to_string(&expected).unwrap());
    assert!(got.lines().count() > 30, "too little was read:\n{got}");
}
