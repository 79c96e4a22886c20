//! `masthead flatplan`: the issue as spreads with small pictures of its pages, as one file.

use super::args::{FlatplanArgs, FlatplanFormat};
use super::choose::{Choice, choose};
use super::pages::{Laid, failed, judged};
use super::prepare::{Prepared, prepare};
use super::progress::Progress;
use super::sink::Sink;
use super::{Error, Outcome, Voice, pictures};
use crate::draft::Mode;
use crate::flatplan::{Sheet, html, plates, svg};
use crate::issue::PictureId;
use crate::pdf;
use crate::picture::{Budget, Derived, Wanted, pdf_page};
use crate::words::Words;
use rayon::prelude::*;
use std::io::Write;

/// The pixels of a small picture of a page, along its longer side.
const VIEW_PIXELS: u32 = 420;
/// The pixels to the inch of photographs on it.
const VIEW_PPI: f64 = 40.0;

/// Draws an issue's flatplan and says where it is.
///
/// # Errors
/// When there is no such issue, the file cannot be written, or an engine fails.
pub(super) fn run(args: &FlatplanArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let mode = if args.draft { Mode::Draft } else { Mode::Final };
    let progress = Progress::new(true);
    let mut prepared = prepare(&choice, mode, &progress)?;
    progress.stage("Laying out pages");
    let laid = judged(&mut prepared, mode)?;
    let Some(laid) = laid else {
        progress.done();
        let findings = voice.report(&prepared.report, prepared.sources.files());
        voice.err(&findings);
        voice.err("nothing was drawn: the errors must be mended first, or ask for `--draft`\n");
        return Ok(Outcome::of(&prepared.report));
    };
    let bytes = draw(args, &choice, &prepared, &laid, &progress)?;
    progress.done();
    let out = args.out.clone().unwrap_or_else(|| choice.publication.join("dist"));
    let mut sink = Sink::new(&out);
    sink.put(&format!("{}/flatplan.{}", laid.issue.name, args.format.ending()), |file| file.write_all(&bytes))?;
    for path in sink.finish()? {
        voice.out(&format!("{}\n", path.strip_prefix("./").unwrap_or(&path).display()));
    }
    Ok(Outcome::Well)
}

fn draw(
    args: &FlatplanArgs,
    choice: &Choice,
    prepared: &Prepared,
    laid: &Laid,
    progress: &Progress,
) -> Result<Vec<u8>, Error> {
    progress.stage("Drawing pages");
    let (words, _) = Words::for_language(&laid.issue.publication.language);
    let faults = laid.layout.faults(&laid.issue);
    let plates = plates(&laid.issue, &laid.layout, &faults, words);
    let theme = &laid.theme;
    let colours: Vec<String> = match theme.sections.is_empty() {
        true => theme.colours.get("accent").iter().map(|c| c.rgb.clone()).collect(),
        false => theme.sections.iter().map(|c| c.rgb.clone()).collect(),
    };
    let views = views(choice, prepared, laid)?;
    let sheet =
        Sheet { issue: &laid.issue, layout: &laid.layout, plates: &plates, colours: &colours, views: &views, words };
    match args.format {
        FlatplanFormat::Html => Ok(html(&sheet).into_bytes()),
        FlatplanFormat::Svg => Ok(svg(&sheet).into_bytes()),
    }
}

/// A small picture of every page.
fn views(choice: &Choice, prepared: &Prepared, laid: &Laid) -> Result<Vec<Option<Derived>>, Error> {
    let cache = pictures::cache(choice, true);
    let budget = Budget::new(pictures::MEMORY);
    let make =
        |id: PictureId, wanted: &Wanted| pictures::make(&prepared.sources, &laid.issue, &cache, &budget, id, wanted);
    let pdf = pdf::preview(&laid.issue, &laid.layout, VIEW_PPI, &make).map_err(|e| failed(&e))?;
    let pages = 0..laid.layout.pages.len();
    Ok(pages.into_par_iter().map(|page| pdf_page(&pdf, page, VIEW_PIXELS).ok()).collect())
}

impl FlatplanFormat {
    fn ending(self) -> &'static str {
        match self {
            FlatplanFormat::Html => "html",
            FlatplanFormat::Svg => "svg",
        }
    }
}
