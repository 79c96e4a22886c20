//! The stages that `check` and `build` share: read everything, then run every rule.

use super::Error;
use super::choose::Choice;
use super::progress::Progress;
use crate::check::{Rules, check};
use crate::draft::{Draft, Mode, read};
use crate::report::Report;
use crate::source::Sources;

/// An issue that was read and judged.
pub struct Prepared {
    /// Its files.
    pub sources: Sources,
    /// What was found.
    pub report: Report,
    /// What did parse; none when there was no manifest to begin with.
    pub draft: Option<Draft>,
}

/// Reads and judges the chosen issue.
///
/// # Errors
/// When the publication's folder cannot be opened.
pub fn prepare(choice: &Choice, mode: Mode, progress: &Progress) -> Result<Prepared, Error> {
    let mut sources = Sources::open(&choice.publication).map_err(Error::io("open", &choice.publication))?;
    let mut report = Report::new();
    progress.stage("Reading articles");
    let watch = |done, total| progress.count("Opening pictures", done, total);
    let draft = read(&mut sources, &choice.issue, &watch, &mut report);
    if let Some(draft) = &draft {
        progress.stage("Checking");
        let rules = Rules { draft, sources: &sources, mode, covers: &|_| true };
        check(&rules, &mut report);
    }
    Ok(Prepared { sources, report, draft })
}
