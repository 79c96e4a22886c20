//! Entries for pictures that the ledger does not know: what the credit says filled in, the rest as a form to complete.

use crate::credit::{self, Credit};
use crate::draft::Draft;
use crate::picture::Embedded;
use std::collections::BTreeSet;

/// What a new ledger begins with.
pub const HEAD: &str = "\
# Whose the pictures are, and what may be done with them. `masthead credits` adds an entry for every picture of an issue that
# has none; write into it what was agreed. `masthead check` holds every issue against it.
#
#   licence       the licence or agreement under which the picture is used
#   proof         an invoice's number, a link, a letter
#   valid-from, valid-until    the days between which it may be published
#   territory     where; anywhere if left out
#   media         [\"print\", \"digital\"]; both if left out
#   restrictions  [\"editorial\", \"no-commercial\", \"no-crop\", \"share-alike\", \"model-release\"]
#   release       where the model release is kept
#   exclusive     true if nobody else may publish it meanwhile
#   fee, note     for the books
";

/// A picture that is not in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Its path in the publication.
    pub file: String,
    /// Its credit, if it has one.
    pub credit: Option<Credit>,
    /// The licence under which its source gives pictures on the issue's date.
    pub usual: Option<String>,
    /// Whose its file says it is.
    pub said: Option<String>,
}

/// Every picture on the magazine's own pages that the ledger does not know, in the order of the issue.
pub fn unknown(draft: &Draft) -> Vec<Unknown> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut list = Vec::new();
    for used in draft.uses.iter().filter(|u| u.place.is_editorial()) {
        let (Some(probe), Ok(path)) = (draft.probe_of(used), &used.path) else { continue };
        if draft.rights_of_use(used).is_some() || !seen.insert(&probe.hash) {
            continue;
        }
        let same = |u: &&crate::draft::Use| draft.probe_of(u).is_some_and(|p| p.hash == probe.hash);
        let wording = draft.uses.iter().filter(same).find_map(|u| {
            let said = draft.entry_of(u).and_then(|e| e.credit.as_ref());
            u.credit.as_ref().or(said).filter(|c| !c.value.trim().is_empty())
        });
        let credit = wording.map(|w| credit::from_field(w));
        let source = credit.as_ref().and_then(|c| credit::source(c.source.as_deref()?));
        let day = draft.issue.date.value.to_string();
        list.push(Unknown {
            usual: source.and_then(|s| s.licence_on(&day)).map(|p| p.name.to_owned()),
            hash: probe.hash.clone(),
            file: path.clone(),
            credit,
            said: draft.pictures.get(path).and_then(|p| said(&p.embedded)),
        });
    }
    list
}

/// Whose a file says it is, with its copyright notice.
fn said(file: &Embedded) -> Option<String> {
    let maker = file.proposal()?;
    let notice = file.notice.as_ref().filter(|n| **n != maker).map(|n| format!("; {n}")).unwrap_or_default();
    Some(maker + &notice)
}

/// The text of an entry.
pub fn entry(of: &Unknown) -> String {
    let mut out = format!("\n[[picture]]\nhash = {}\nfile = {}\n", quoted(&of.hash), quoted(&of.file));
    if let Some(credit) = &of.credit {
        if !credit.creators.is_empty() {
            out.push_str(&format!("creator = {}\n", quoted(&credit.creators.join(", "))));
        }
        if let Some(source) = &credit.source {
            out.push_str(&format!("source = {}\n", quoted(source)));
        }
        if let Some(licence) = &credit.licence {
            out.push_str(&format!("licence = {}\n", quoted(&licence.name)));
        } else if let Some(name) = &of.usual {
            out.push_str(&format!("licence = {} # look whether it holds for this one\n", quoted(name)));
        }
    }
    if let Some(said) = &of.said {
        out.push_str(&format!("note = {}\n", quoted(&format!("the file says: {said}"))));
    }
    out
}

/// A TOML string: basic, every control character escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_toml_whatever_a_credit_holds() {
        let credit = credit::from_field("Photo: “Jo\\Low” \"the Eye\" / Agency, CC BY 4.0");
        let of = Unknown {
            hash: "ab".repeat(32),
            file: "2026-11/pictures/a b.jpg".to_owned(),
            credit: Some(credit),
            usual: None,
            said: Some("Jo\u{7}\n\"Low\"".to_owned()),
        };
        let text = format!("{HEAD}{}{}", entry(&of), entry(&of));
        let mut files = crate::report::Files::default();
        let file = files.add("rights.toml", Some(text.clone()));
        let mut report = crate::report::Report::new();
        let document = crate::data::toml::read(file, &text, 0, &mut report, crate::report::Code::MANIFEST_SYNTAX);
        assert!(report.findings().is_empty(), "{text}");
        let (_, first) = document.root.tables("picture")[0];
        let said = |key: &str| first.text(key).map(|t| t.value);
        assert_eq!(said("hash"), Some(of.hash.clone()));
        assert_eq!(said("licence").as_deref(), Some("CC BY 4.0"));
        assert_eq!(said("note").as_deref(), Some("the file says: Jo\u{7}\n\"Low\""));
    }
}
