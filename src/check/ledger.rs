//! What may be done with the pictures: the ledger of rights and the licences that credits name, held against where each
//! picture stands in this issue. A picture that was used before is judged anew.

use super::Rules;
use crate::credit::{self, Credit};
use crate::draft::{Place, Use};
use crate::manifest::{RIGHTS_FILE, RightsEntry, Terms};
use crate::report::{Code, Finding, Report, Severity, Span, Spanned};
use std::collections::BTreeSet;

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
    for used in &rules.draft.uses {
        let Some(probe) = rules.draft.probe_of(used) else { continue };
        // Partners answer for their adverts.
        if !used.place.is_editorial() {
            continue;
        }
        let looked = Looked::new(rules, used, &probe.hash);
        let kind = if used.place == Place::Cover { "cover".to_owned() } else { String::new() };
        if seen.insert((&probe.hash, String::new())) {
            looked.wherever(report);
        }
        if used.place == Place::Cover && seen.insert((&probe.hash, kind)) {
            looked.on_the_cover(report);
        }
        looked.sponsored(report);
    }
}

/// A use of a picture and what is known of its rights.
struct Looked<'a> {
    rules: &'a Rules<'a>,
    used: &'a Use,
    hash: &'a str,
    entry: Option<&'a RightsEntry>,
    credit: Option<Credit>,
    terms: Terms,
}

impl<'a> Looked<'a> {
    fn new(rules: &'a Rules<'a>, used: &'a Use, hash: &'a str) -> Self {
        let entry = rules.draft.rights_of_use(used);
        let said = rules.draft.entry_of(used).and_then(|e| e.credit.as_ref());
        let credit = used.credit.as_ref().or(said).map(|c| credit::from_field(c));
        let terms = Terms::of(credit.as_ref(), entry);
        Looked { rules, used, hash, entry, credit, terms }
    }

    fn find(&self, code: Code, message: String, hint: &str) -> Finding {
        self.find_at(code, message, hint, self.entry.map(|e| e.licence.as_ref().map_or(e.span, |l| l.span)))
    }

    /// A finding with the place in the ledger that brings it.
    fn find_at(&self, code: Code, message: String, hint: &str, noted: Option<Span>) -> Finding {
        let finding = Finding::new(code, self.used.span, message).hint(hint);
        match noted {
            Some(span) => finding.other(span, "noted here"),
            None => finding,
        }
    }

    /// Where a restriction is noted.
    fn restricted(&self, restriction: &str) -> Option<Span> {
        let entry = self.entry?;
        Some(entry.restricted(restriction).or(entry.licence.as_ref()).map_or(entry.span, |r| r.span))
    }

    fn name(&self) -> &str {
        &self.used.written
    }

    /// What holds for a picture wherever it stands.
    fn wherever(&self, report: &mut Report) {
        if self.entry.is_none() && self.rules.draft.ledger.is_some() {
            let message = format!("picture `{}` is not in the ledger of rights", self.name());
            let hint = format!(
                "run `masthead credits` to note it in `{RIGHTS_FILE}`, then write there what you may do with it"
            );
            report.push(Finding::new(Code::RIGHTS_NOT_IN_LEDGER, self.used.span, message).hint(hint));
        }
        if let Some(entry) = self.entry {
            self.of_entry(entry, report);
            self.changed(entry, report);
        }
        let sold = &self.rules.draft.issue;
        if self.terms.no_commercial && (sold.price.is_some() || !sold.adverts.is_empty()) {
            let why = if sold.price.is_some() { "this issue is sold" } else { "this issue carries booked adverts" };
            let message = format!("picture `{}` is for non-commercial use, and {why}", self.name());
            let hint = "ask its maker for permission and note it in the ledger, or take another picture";
            report.push(self.find_at(Code::RIGHTS_NON_COMMERCIAL, message, hint, self.restricted("no-commercial")));
        }
    }

    /// A file whose bytes are no longer those that were noted: what was noted holds until somebody says otherwise.
    fn changed(&self, entry: &RightsEntry, report: &mut Report) {
        if entry.is_of(self.hash) {
            return;
        }
        let message = format!(
            "picture `{}` is noted in the ledger with other bytes: retouched, saved again, or another picture?",
            self.name()
        );
        let hint = format!(
            "if it is the same picture, write `hash = \"{}\"` there; if not, delete the entry's line `file`",
            self.hash
        );
        report.push(self.find_at(Code::RIGHTS_CHANGED, message, &hint, Some(entry.hash.span)));
    }

    fn of_entry(&self, entry: &RightsEntry, report: &mut Report) {
        let day = self.rules.draft.issue.date.value;
        if !entry.holds_on(day) {
            let (when, hint, at) = match (&entry.valid_until, &entry.valid_from) {
                (Some(until), _) if until.value < day => {
                    let hint = "renew it and change `valid-until`, or take another picture";
                    (format!("ended on {}", until.value), hint, until.span)
                }
                (_, Some(from)) => {
                    let hint = "wait, ask for an earlier day, or take another picture";
                    (format!("begins only on {}", from.value), hint, from.span)
                }
                _ => return,
            };
            let message = format!("the permission for picture `{}` {when}; the issue is of {day}", self.name());
            report.push(self.find_at(Code::RIGHTS_EXPIRED, message, hint, Some(at)));
        }
        self.proof(entry, report);
        self.media(entry, report);
        if let Some(territory) = entry.territory.as_ref().filter(|t| !is_everywhere(t)) {
            let message = format!(
                "picture `{}` may be published in `{}` only; e-books and PDFs go everywhere",
                self.name(),
                territory.value
            );
            let hint = "ask for the world, or allow this warning if the digital editions are sold there only";
            report.push(self.find_at(Code::RIGHTS_TERRITORY, message, hint, Some(territory.span)));
        }
        if entry.restricted("model-release").is_some() && entry.release.is_none() {
            let message =
                format!("picture `{}` needs a release of those whom it shows, and none is noted", self.name());
            let hint = "write where the release is kept: `release = \"…\"`";
            report.push(self.find_at(Code::RIGHTS_RELEASE, message, hint, self.restricted("model-release")));
        }
        if let (Some(creator), Some(credit)) = (&entry.creator, &self.credit)
            && !names(&credit.wording, creator)
        {
            self.disagrees(creator, credit, report);
        }
    }

    /// Whether anything says that the picture may be used: a licence, a proof, or a source that gives its pictures to all.
    fn proof(&self, entry: &RightsEntry, report: &mut Report) {
        let named = self.credit.as_ref().and_then(|c| c.source.as_deref());
        let source = named.or(entry.source.as_ref().map(|s| s.value.as_str())).and_then(credit::source);
        let day = self.rules.draft.issue.date.value.to_string();
        let given = source.is_some_and(|s| s.licence_on(&day).is_some())
            || self.credit.as_ref().is_some_and(|c| c.licence.is_some());
        let (message, hint) = match source.filter(|s| s.needs_proof()) {
            _ if entry.proof.is_some() => return,
            Some(source) => (
                format!("pictures of {} are paid for, and the ledger has no proof for `{}`", source.name, self.name()),
                "write `proof = \"…\"` there: the number of the invoice or agreement",
            ),
            None if entry.licence.is_some() || given => return,
            None => (
                format!("the ledger has neither a licence nor a proof for picture `{}`", self.name()),
                "write `licence = \"…\"` (the agreement or licence) or `proof = \"…\"` (an invoice, a link, a letter) there",
            ),
        };
        report.push(self.find(Code::RIGHTS_UNLICENSED, message, hint));
    }

    fn disagrees(&self, creator: &Spanned<String>, credit: &Credit, report: &mut Report) {
        let message = format!(
            "picture `{}` is credited as `{}`, and the ledger names `{}`",
            self.name(),
            credit.wording,
            creator.value
        );
        let place = self.used.credit.as_ref().map_or(self.used.span, |c| c.span);
        report.push(
            Finding::new(Code::RIGHTS_LEDGER_DISAGREES, place, message)
                .other(creator.span, "named here")
                .hint("find out which is right, and mend the other"),
        );
    }

    fn media(&self, entry: &RightsEntry, report: &mut Report) {
        let covers = |medium: &str| entry.media.is_empty() || entry.media.iter().any(|m| m.value == medium);
        if !covers("digital") {
            let message =
                format!("picture `{}` is paid for in print only: e-book and PDF may not show it", self.name());
            let hint = "pay for digital use and add it to `media`, or take another picture";
            report.push(self.find_at(Code::RIGHTS_MEDIA, message, hint, entry.media.first().map(|m| m.span)));
        }
        if !covers("print") {
            let message = format!("picture `{}` is paid for on screens only: it may not be printed", self.name());
            let hint =
                "pay for print and add it to `media`, or take another picture: until then no print edition is made";
            let mut finding = self.find_at(Code::RIGHTS_MEDIA, message, hint, entry.media.first().map(|m| m.span));
            finding.severity = Severity::Warning;
            report.push(finding);
        }
    }

    /// The cover: an advertisement for the magazine, cut to the page, with words upon it.
    fn on_the_cover(&self, report: &mut Report) {
        if self.terms.editorial {
            let message =
                format!("picture `{}` is for editorial use only, and the cover sells the magazine", self.name());
            let hint = "take another picture for the cover, or ask for the right to this one";
            report.push(self.find_at(Code::RIGHTS_EDITORIAL, message, hint, self.restricted("editorial")));
        }
        if self.terms.no_cutting {
            let message = format!("picture `{}` may not be cut or changed, and a cover is both", self.name());
            let hint = "take another picture for the cover, or ask its maker";
            report.push(self.find_at(Code::RIGHTS_CUT, message, hint, self.restricted("no-crop")));
        } else if self.terms.share_alike {
            let message = format!(
                "picture `{}` is share-alike: a cover made with it may have to be given away under its licence",
                self.name()
            );
            let hint = "take another picture for the cover, or ask its maker";
            report.push(self.find_at(Code::RIGHTS_SHARE_ALIKE, message, hint, self.restricted("share-alike")));
        }
        for (other, _) in self.rules.draft.other_covers.iter().filter(|(_, hash)| hash == self.hash) {
            let message = format!("picture `{}` is the cover of `{other}` already", self.name());
            report.push(self.find(
                Code::RIGHTS_COVER_AGAIN,
                message,
                "choose another cover, so that readers see that the issue is new",
            ));
        }
    }

    /// In an article that a partner pays for.
    fn sponsored(&self, report: &mut Report) {
        let article = self.used.place.article().and_then(|a| self.rules.draft.articles.get(a));
        let sponsored = article.and_then(|a| a.manuscript.as_ref()).is_some_and(|m| m.front.sponsored.is_some());
        if sponsored && self.terms.editorial {
            let message = format!(
                "picture `{}` is for editorial use only, and this article is paid for by a partner",
                self.name()
            );
            let hint = "take another picture, or ask for commercial use";
            report.push(self.find_at(Code::RIGHTS_EDITORIAL, message, hint, self.restricted("editorial")));
        }
    }
}

fn is_everywhere(territory: &str) -> bool {
    let plain = territory.trim().to_lowercase();
    ["worldwide", "world", "the world", "everywhere", "global", "weltweit", "monde", "monde entier", "mundial", "mondo"]
        .contains(&plain.as_str())
}

/// Whether a wording names a maker: all words of the name, or the family name, are in it.
pub(super) fn names(wording: &str, maker: &str) -> bool {
    let words = |t: &str| super::words_of(t).split(' ').map(str::to_owned).collect::<Vec<String>>();
    let (said, maker) = (words(wording), words(maker));
    let joined: String = said.concat();
    maker.iter().all(|w| said.contains(w))
        || maker.last().is_some_and(|family| family.chars().count() > 3 && said.contains(family))
        || joined.contains(&maker.concat())
}

/// Where a finding about a use's credit points: the credit, or the use.
pub(super) fn place_of(used: &Use) -> Span {
    used.credit.as_ref().map_or(used.span, |c| c.span)
}
