//! `masthead lock`: the pagination of an issue kept in its folder.

use super::args::LockArgs;
use super::choose::choose;
use super::pages::judged;
use super::prepare::prepare;
use super::progress::Progress;
use super::sink::Sink;
use super::{Error, Outcome, Voice};
use crate::draft::Mode;
use crate::typeset::LOCK_FILE;
use std::io::Write;

/// Lays an issue out (by its lock, if it has one) and writes the lock.
///
/// # Errors
/// When there is no such issue, the file cannot be written, or an engine fails.
pub(super) fn run(args: &LockArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let progress = Progress::new(true);
    let mut prepared = prepare(&choice, Mode::Final, &progress)?;
    progress.stage("Laying out pages");
    let laid = judged(&mut prepared, Mode::Final)?;
    progress.done();
    let Some((laid, lock)) = laid.and_then(|l| l.layout.lock.clone().map(|lock| (l, lock))) else {
        let findings = voice.report(&prepared.report, prepared.sources.files());
        voice.err(&findings);
        voice.err("nothing was locked: the errors must be mended first\n");
        return Ok(Outcome::of(&prepared.report));
    };
    let mut sink = Sink::new(&choice.publication);
    sink.put(&format!("{}/{LOCK_FILE}", laid.issue.name), |out| out.write_all(lock.text().as_bytes()))?;
    for path in sink.finish()? {
        let pages = laid.layout.pages.len();
        voice.out(&format!("{}: {pages} pages kept\n", path.strip_prefix("./").unwrap_or(&path).display()));
    }
    Ok(Outcome::Well)
}
