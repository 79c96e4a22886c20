//! `masthead cache`: what is kept between builds counted, read through, and cleared of what no build can use.
//!
//! Builds may run meanwhile: what they are writing is left alone, and what they miss they make again.

use super::args::CacheCommand;
use super::{Error, Outcome, Voice, pictures};
use crate::source::{Kept, Kind, remove, survey};
use std::path::{Path, PathBuf};
use std::time::Duration;

const DAY: u64 = 24 * 60 * 60;

/// Runs one of its commands.
///
/// # Errors
/// When there is no publication, or its cache cannot be read or cleared.
pub(super) fn run(what: &CacheCommand, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let (CacheCommand::Show { publication }
    | CacheCommand::Verify { publication }
    | CacheCommand::Prune { publication, .. }) = what;
    let folder = folder(publication)?;
    let kept = survey(&folder).map_err(Error::io("read", &folder))?;
    match what {
        CacheCommand::Show { .. } => {
            voice.out(&described(&folder, &kept));
            Ok(Outcome::Well)
        }
        CacheCommand::Verify { .. } => Ok(verify(&kept, voice)),
        CacheCommand::Prune { older_than, .. } => prune(&kept, *older_than, voice),
    }
}

/// An age as it is written on the command line: `90d`, `12w`.
///
/// # Errors
/// A sentence for whoever wrote something else.
pub(super) fn age(text: &str) -> Result<Duration, String> {
    let days = text.strip_suffix('d').map(|n| (n, 1)).or_else(|| text.strip_suffix('w').map(|n| (n, 7)));
    let age = days.and_then(|(number, unit)| Some(u64::from(number.parse::<u16>().ok()?) * unit * DAY));
    age.map(Duration::from_secs).ok_or_else(|| "write a number of days or weeks: `90d`, `12w`".to_owned())
}

fn folder(publication: &Path) -> Result<PathBuf, Error> {
    if !publication.join("masthead.toml").is_file() {
        return Err(Error::Refused(format!(
            "`{}` is no publication: there is no `masthead.toml` in it\n  hint: go to the publication's folder, or name it \
             (`masthead cache show ~/gazette`)",
            publication.display()
        )));
    }
    Ok(pictures::folder(publication))
}

fn described(folder: &Path, kept: &[Kept]) -> String {
    let of = |kind: Kind| kept.iter().filter(|k| k.kind == kind).collect::<Vec<_>>();
    let results = of(Kind::Result);
    let mut text = format!("{}\n  {}", shown(folder), results_of(&results));
    if let Some(longest) = results.iter().map(|k| k.unused.as_secs() / DAY).max() {
        text.push_str(&match longest {
            0 => ", all used within a day".to_owned(),
            1 => ", one of them unused for 1 day".to_owned(),
            days => format!(", one of them unused for {days} days"),
        });
    }
    text.push('\n');
    let rest = [
        (Kind::OtherForm, "kept by another version of the program"),
        (Kind::Passing, "being written, or left by a stopped build"),
    ];
    for (kind, what) in rest {
        let found = of(kind);
        if !found.is_empty() {
            text.push_str(&format!("  {}, {}, {what}: see `masthead cache prune`\n", files(found.len()), size(&found)));
        }
    }
    text
}

fn verify(kept: &[Kept], voice: &mut Voice<'_>) -> Outcome {
    let results: Vec<&Kept> = kept.iter().filter(|k| k.kind == Kind::Result).collect();
    let damaged: Vec<_> = results.iter().filter(|k| k.is_sound() == Some(false)).collect();
    for kept in &damaged {
        voice.out(&format!("{}: damaged, or not to be read\n", shown(&kept.path)));
    }
    if damaged.is_empty() {
        voice.out(&format!("{}, none damaged\n", results_of(&results)));
        return Outcome::Well;
    }
    voice.out(&format!(
        "{} of {} damaged: the next build that needs them makes them again; `masthead cache prune` removes them\n",
        damaged.len(),
        count(results.len(), "result", "results"),
    ));
    Outcome::Errors
}

/// What was removed and why, in the order in which it is told.
#[derive(Default)]
struct Removed<'a>([Vec<&'a Kept>; 4]);

const REASONS: [&str; 4] =
    ["damaged", "kept by another version of the program", "left by a stopped build", "unused for so long"];

fn prune(kept: &[Kept], older_than: Option<Duration>, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let (mut removed, mut stay, mut failure) = (Removed::default(), Vec::new(), None);
    for kept in kept {
        let reason = match kept.kind {
            Kind::OtherForm => Some(1),
            Kind::Passing => Some(2),
            Kind::Result if older_than.is_some_and(|limit| kept.unused >= limit) => Some(3),
            Kind::Result => (kept.is_sound() == Some(false)).then_some(0),
        };
        match reason.map(|reason| (reason, remove(kept))) {
            Some((reason, Ok(true))) => removed.0[reason].push(kept),
            Some((_, Ok(false))) => {}
            // The others can be removed all the same.
            Some((_, Err(error))) => failure = failure.or(Some(Error::io("remove", &kept.path)(error))),
            None => stay.push(kept),
        }
    }
    for (reason, found) in REASONS.iter().zip(&removed.0).filter(|(_, found)| !found.is_empty()) {
        voice.out(&format!("removed: {}, {}, {reason}\n", files(found.len()), size(found)));
    }
    voice.out(&format!("{} kept\n", results_of(&stay)));
    failure.map_or(Ok(Outcome::Well), Err)
}

fn results_of(kept: &[&Kept]) -> String {
    format!("{}, {}", count(kept.len(), "result", "results"), size(kept))
}

fn files(number: usize) -> String {
    count(number, "file", "files")
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The size of files in megabytes, as file managers count them.
fn size(kept: &[&Kept]) -> String {
    let bytes: u64 = kept.iter().map(|k| k.bytes).sum();
    // Rounded up, so that something is never shown as nothing.
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_days_or_weeks() {
        for (text, days) in [("90d", 90), ("12w", 84), ("0d", 0), ("65535w", 458_745)] {
            assert_eq!(age(text), Ok(Duration::from_secs(days * DAY)), "{text}");
        }
        for text in ["", "d", "90", "-1d", "1.5d", "3m", "99999999999999999999d", "9 d", "１d"] {
            assert!(age(text).is_err_and(|why| why.contains("90d")), "{text}");
        }
    }
}
