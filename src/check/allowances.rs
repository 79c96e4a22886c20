//! Allowances: warnings that somebody has looked at, with a reason. Only warnings can be allowed.
//!
//! An allowance that no longer matches anything is itself a finding, so that none outlives its reason.

use crate::draft::Draft;
use crate::manifest::Allowance;
use crate::report::{Code, Files, Finding, Report, Severity};

/// Takes out what is allowed and tells which allowances of this issue are not needed.
pub(super) fn settle(draft: &Draft, files: &Files, report: &mut Report) {
    let publication = apply(&draft.publication.allow, files, report);
    let issue = apply(&draft.issue.allow, files, report);
    let folder = format!("{}/", draft.issue.folder);
    let of_issue = |a: &Allowance| a.file.as_ref().is_some_and(|f| f.starts_with(&folder));
    for (allowance, used) in draft.publication.allow.iter().zip(publication) {
        // What the publication allows may be needed by another issue.
        if !used && of_issue(allowance) {
            tell(allowance, report);
        }
    }
    for (allowance, used) in draft.issue.allow.iter().zip(issue) {
        if !used {
            tell(allowance, report);
        }
    }
}

fn tell(allowance: &Allowance, report: &mut Report) {
    // The layout has not reported yet.
    if allowance.code.starts_with("layout/") {
        return;
    }
    let message = format!("nothing is found any more that this allows (`{}`)", allowance.code.value);
    report.push(
        Finding::new(Code::MANIFEST_ALLOWANCE_UNUSED, allowance.span, message)
            .hint("delete this `[[allow]]`, or correct its `file`"),
    );
}

/// Takes out the warnings that are allowed; says of each allowance whether it took any.
pub(super) fn apply(allowances: &[Allowance], files: &Files, report: &mut Report) -> Vec<bool> {
    let mut used = vec![false; allowances.len()];
    report.findings_mut().retain(|finding| {
        let mut keep = true;
        for (allowance, used) in allowances.iter().zip(&mut used) {
            if allows(allowance, finding, files) {
                (keep, *used) = (false, true);
            }
        }
        keep
    });
    used
}

/// The file may be the finding's own or that of its second place: the article that uses a picture, or the picture.
fn allows(allowance: &Allowance, finding: &Finding, files: &Files) -> bool {
    let is_warning = finding.severity == Severity::Warning && finding.code.severity() == Severity::Warning;
    if !is_warning || finding.code.name() != allowance.code.value {
        return false;
    }
    let Some(file) = &allowance.file else { return true };
    let places = finding.span.iter().chain(finding.others.iter().map(|(s, _)| s));
    places.map(|s| files.path(s.file)).any(|path| path == file.value || path.ends_with(&format!("/{}", file.value)))
}
