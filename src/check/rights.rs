//! Whose the pictures are: every picture on the magazine's own pages has one credit that names somebody.

use super::Rules;
use crate::credit;
use crate::draft::Use;
use crate::report::{Code, Finding, Report, Spanned};
use std::collections::BTreeMap;

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    let mut pictures: BTreeMap<&str, Vec<&Use>> = BTreeMap::new();
    for used in rules.editorial() {
        // One picture under two names is still one picture.
        let key = match rules.draft.probe_of(used) {
            Some(probe) => probe.hash.as_str(),
            None => used.path.as_deref().unwrap_or(&used.written),
        };
        pictures.entry(key).or_default().push(used);
    }
    for uses in pictures.values() {
        let credits = credits_of(rules, uses);
        match credits.first() {
            None if in_ledger(rules, uses[0]) => {}
            None => missing(rules, uses[0], report),
            Some(first) => conflicts(first, &credits[1..], report),
        }
        credits.iter().for_each(|c| vague(c, report));
    }
}

/// The different wordings that one picture is credited with, each where it first stands.
fn credits_of<'a>(rules: &'a Rules<'_>, uses: &[&'a Use]) -> Vec<&'a Spanned<String>> {
    let mut list: Vec<&Spanned<String>> = Vec::new();
    for used in uses {
        let entry = rules.draft.entry_of(used).and_then(|e| e.credit.as_ref());
        for credit in used.credit.iter().chain(entry).filter(|c| !c.value.trim().is_empty()) {
            if !list.iter().any(|known| plain(known) == plain(credit)) {
                list.push(credit);
            }
        }
    }
    list
}

/// A wording without what readers do not see.
fn plain(wording: &str) -> String {
    credit::from_field(wording).wording.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the ledger says whose a picture is: the credit is then made from it.
fn in_ledger(rules: &Rules<'_>, used: &Use) -> bool {
    let entry = rules.draft.rights_of_use(used);
    entry.is_some_and(|e| e.credit().is_some())
}

fn missing(rules: &Rules<'_>, used: &Use, report: &mut Report) {
    if rules.draft.publication.own_pictures.is_some() {
        return;
    }
    let finding =
        Finding::new(Code::RIGHTS_CREDIT_MISSING, used.span, format!("picture `{}` has no credit", used.written)).hint(
            "write whose it is: in a line under the picture (`Photo: A. Name`), as `credit`, or in the issue's \
             `pictures.toml`",
        );
    let finding = match super::evidence::proposed_credit(rules, used) {
        Some(proposal) => finding.hint(proposal),
        None => finding,
    };
    let hint = "if it is your own, write `own-pictures = \"…\"` in `masthead.toml`: then pictures need no credit";
    report.push(rules.wanting(finding.hint(hint)));
}

fn conflicts(first: &Spanned<String>, others: &[&Spanned<String>], report: &mut Report) {
    for other in others {
        let message = format!("the same picture is credited as `{}` elsewhere", first.value.trim());
        report.push(
            Finding::new(Code::RIGHTS_CREDIT_CONFLICT, other.span, message)
                .other(first.span, "credited here")
                .hint("find out which is right, and write the same words in both places"),
        );
    }
}

fn vague(wording: &Spanned<String>, report: &mut Report) {
    if !credit::is_vague(&credit::from_field(wording)) {
        return;
    }
    report.push(
        Finding::new(
            Code::RIGHTS_CREDIT_VAGUE,
            wording.span,
            format!("the credit `{}` names nobody", wording.value.trim()),
        )
        .hint("write who made the picture, or the archive and its licence: a picture service only shows it"),
    );
}
