//! `masthead credits`: the ledger of rights kept up, an issue's credits listed, and the report on its pictures.

use super::args::CreditsArgs;
use super::choose::{Choice, choose};
use super::pages::{Laid, judged};
use super::prepare::{Prepared, prepare};
use super::progress::Progress;
use super::sink::Sink;
use super::{Error, Outcome, Voice, pictures};
use crate::draft::Mode;
use crate::ledger::{HEAD, Row, Unknown, csv, entry, html, rows, unknown};
use crate::manifest::RIGHTS_FILE;
use crate::picture::{Budget, Derived, Format, Wanted};
use crate::report::{Code, Report};
use base64::Engine;
use rayon::prelude::*;
use std::io::Write;
use std::path::PathBuf;

/// The pixels of a small picture in the report, along its longer side.
const VIEW_PIXELS: u32 = 288;
/// Which editions a picture goes into, with and without a print shop.
const EDITIONS: [&str; 2] = ["EPUB, PDF for screens, PDF for print", "EPUB, PDF for screens"];

/// Notes what is new in the ledger; lists the credits, or writes the report.
///
/// # Errors
/// When there is no such issue, a file cannot be written, or an engine fails.
pub(super) fn run(args: &CreditsArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let progress = Progress::new(true);
    let mut prepared = prepare(&choice, Mode::Final, &progress)?;
    let new = prepared.material.as_ref().map(|m| unknown(&m.draft)).unwrap_or_default();
    let added = note(&choice, &prepared, &new)?;
    if !new.is_empty() {
        // Judged again, with what was noted.
        prepared = prepare(&choice, Mode::Final, &progress)?;
    }
    progress.stage("Laying out pages");
    // What is wrong with the rights is what the report is for: it does not forbid it.
    let aside = prepared.report.take_errors("rights/");
    let forbidden = aside.has_errors();
    let mode = if forbidden { Mode::Draft } else { Mode::Final };
    let laid = judged(&mut prepared, mode)?;
    prepared.report.absorb(aside);
    let Some(laid) = laid else {
        progress.done();
        let findings = voice.report(&prepared.report, prepared.sources.files());
        voice.err(&findings);
        said(voice, added);
        voice.err(
            "the credits are not listed: errors that are not about rights must be mended first; a report in `dist` is of an earlier state\n",
        );
        return Ok(Outcome::of(&prepared.report));
    };
    let rows = rows(&laid.issue, &laid.layout, &prepared.report, prepared.sources.files());
    let written = match args.report {
        true => write(args, &choice, &prepared, &laid, &rows)?,
        false => Vec::new(),
    };
    progress.done();
    if !args.report {
        voice.out(&list(&rows));
    }
    for path in written {
        voice.out(&format!("{}\n", path.strip_prefix("./").unwrap_or(&path).display()));
    }
    said(voice, added);
    if forbidden {
        let mut told = Report::new();
        let rights = prepared.report.findings().iter().filter(|f| f.code.name().starts_with("rights/"));
        rights.for_each(|f| told.push(f.clone()));
        let findings = voice.report(&told, prepared.sources.files());
        voice.err(&findings);
        return Ok(Outcome::of(&prepared.report));
    }
    match prepared.report.findings().iter().filter(|f| f.code.name().starts_with("rights/")).count() {
        0 => {}
        1 => voice.err("one finding about rights (`!` marks its picture); `masthead check --layout` tells it\n"),
        n => voice.err(&format!(
            "{n} findings about rights (`!` marks their pictures); `masthead check --layout` tells them\n"
        )),
    }
    Ok(Outcome::of(&prepared.report))
}

fn said(voice: &mut Voice<'_>, added: usize) {
    match added {
        0 => {}
        1 => voice.err(&format!("`{RIGHTS_FILE}`: one picture noted; write there what you may do with it\n")),
        n => voice.err(&format!("`{RIGHTS_FILE}`: {n} pictures noted; write there what you may do with them\n")),
    }
}

/// Adds entries at the end of the ledger: what people wrote stays as it is. A ledger that cannot be read is left alone.
fn note(choice: &Choice, prepared: &Prepared, new: &[Unknown]) -> Result<usize, Error> {
    let broken = |f: &&crate::report::Finding| {
        f.code == Code::MANIFEST_SYNTAX && f.span.is_some_and(|s| prepared.sources.files().path(s.file) == RIGHTS_FILE)
    };
    if new.is_empty() || prepared.report.findings().iter().any(|f| broken(&f)) {
        return Ok(0);
    }
    let mut sink = Sink::new(&choice.publication);
    let mut text = match sink.read(RIGHTS_FILE) {
        Some(bytes) => bytes,
        None => HEAD.as_bytes().to_vec(),
    };
    if !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend(new.iter().flat_map(|n| entry(n).into_bytes()));
    sink.put(RIGHTS_FILE, |out| out.write_all(&text))?;
    sink.finish()?;
    Ok(new.len())
}

/// The report's files.
fn write(
    args: &CreditsArgs,
    choice: &Choice,
    prepared: &Prepared,
    laid: &Laid,
    rows: &[Row],
) -> Result<Vec<PathBuf>, Error> {
    let cache = pictures::cache(choice, true);
    let budget = Budget::new(pictures::MEMORY);
    let view = |row: &Row| -> Option<String> {
        let wanted = Wanted::within(VIEW_PIXELS, VIEW_PIXELS);
        let made = pictures::make(&prepared.sources, &laid.issue, &cache, &budget, row.picture, &wanted).ok()?;
        Some(address(&made))
    };
    let views: Vec<Option<String>> = rows.par_iter().map(view).collect();
    let out = args.out.clone().unwrap_or_else(|| choice.publication.join("dist"));
    let mut sink = Sink::new(&out);
    let name = &laid.issue.name;
    let editions = EDITIONS[usize::from(laid.issue.publication.shop.is_none())];
    let page = html(&laid.issue, rows, &views, editions);
    sink.put(&format!("{name}/rights.html"), |file| file.write_all(page.as_bytes()))?;
    sink.put(&format!("{name}/rights.csv"), |file| file.write_all(csv(rows, editions).as_bytes()))?;
    sink.finish()
}

/// A picture as an address that holds its data.
fn address(picture: &Derived) -> String {
    let kind = match picture.format {
        Format::Png => "image/png",
        Format::Svg => "image/svg+xml",
        _ => "image/jpeg",
    };
    format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(&picture.bytes))
}

/// A line for each picture.
fn list(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        let pages = if row.pages.is_empty() { "-".to_owned() } else { row.pages.join(", ") };
        let licence = if row.licence.is_empty() { "no licence said" } else { &row.licence };
        let mark = if row.findings.is_empty() { ' ' } else { '!' };
        out.push_str(&format!("{mark} {pages:>8}  {:<34}  {}; {licence}\n", row.file, row.wording));
    }
    out
}
