//! `masthead check`: an issue read and judged, nothing written.

use super::args::{CheckArgs, Format};
use super::choose::choose;
use super::prepare::{Prepared, prepare};
use super::progress::Progress;
use super::{Error, Outcome, Voice, pages};
use crate::draft::Mode;
use crate::report::render_json;

/// Checks an issue and prints what was found.
///
/// # Errors
/// When there is no such issue.
pub fn run(args: &CheckArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let mode = if args.draft { Mode::Draft } else { Mode::Final };
    let progress = Progress::new(args.format == Format::Human);
    let mut prepared = prepare(&choice, mode, &progress)?;
    let looked_at = looked_at(&prepared, &choice.issue);
    let mut laid = None;
    if args.layout {
        progress.stage("Laying out pages");
        laid = pages::judged(&mut prepared, mode)?;
    }
    progress.done();
    let files = prepared.sources.files();
    match args.format {
        Format::Json => voice.out(&render_json(&prepared.report, files)),
        Format::Human => {
            let text = voice.report(&prepared.report, files);
            voice.out(&text);
            if let Some(laid) = &laid {
                voice.out(&pages::table(laid));
            }
            voice.out(&closing(looked_at, &prepared));
        }
    }
    Ok(Outcome::of(&prepared.report))
}

/// What was looked at; the layout takes the material with it.
fn looked_at(prepared: &Prepared, issue: &str) -> Option<String> {
    let draft = &prepared.material.as_ref()?.draft;
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let articles = draft.articles.iter().filter(|a| a.section.is_some()).count();
    let of = format!("{}, {}", count(articles, "article"), count(draft.pictures.len(), "picture"));
    Some(format!("{} {issue}: {of}", draft.publication.title.value))
}

/// One closing line: what was looked at, and how it stands.
fn closing(looked_at: Option<String>, prepared: &Prepared) -> String {
    let Some(looked_at) = looked_at else { return String::new() };
    let state = match (prepared.report.has_errors(), prepared.report.findings().is_empty()) {
        (_, true) => "nothing to mend",
        (true, _) => "not ready to build",
        (false, _) => "ready to build",
    };
    format!("{looked_at}; {state}\n")
}
