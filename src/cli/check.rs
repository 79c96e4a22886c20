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
    let closing = summary(&prepared, &choice.issue);
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
            voice.out(&closing);
        }
    }
    Ok(Outcome::of(&prepared.report))
}

/// One closing line: what was looked at, and how it stands.
fn summary(prepared: &Prepared, issue: &str) -> String {
    let Some(material) = &prepared.material else { return String::new() };
    let draft = &material.draft;
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let articles = draft.articles.iter().filter(|a| a.section.is_some()).count();
    let state = match (prepared.report.has_errors(), prepared.report.findings().is_empty()) {
        (_, true) => "nothing to mend",
        (true, _) => "not ready to build",
        (false, _) => "ready to build",
    };
    let of = format!("{}, {}", count(articles, "article"), count(draft.pictures.len(), "picture"));
    format!("{} {issue}: {of}; {state}\n", draft.publication.title.value)
}
