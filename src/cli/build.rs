//! `masthead build`: an issue read, judged, laid out once and written in every edition that is wanted.
//!
//! Nothing appears in `dist` before every wanted edition is whole.

use super::args::{BuildArgs, Edition, Format};
use super::choose::{Choice, choose};
use super::outputs::{Ledger, build_id};
use super::prepare::{Material, Prepared, prepare};
use super::progress::Progress;
use super::sink::Sink;
use super::{Error, Outcome, Voice};
use crate::draft::Mode;
use crate::epub::{EpubPicture, Pages, Style};
use crate::issue::{Issue, PictureId};
use crate::picture::{self, Derived, Fault, Wanted};
use crate::report::{Report, render_json};
use crate::source::{Cache, Sources};
use crate::typeset::{Layout, Settings, Theme, lay_out};
use crate::words::Words;
use std::io::{Cursor, Error as IoError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pixels on the long edge of an e-book's pictures, and of its cover.
const EPUB_PIXELS: u32 = 2000;

/// Builds what is wanted of an issue.
///
/// # Errors
/// When there is no such issue, or something cannot be written; what was there before is left as it was.
pub(super) fn run(args: &BuildArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let mode = if args.draft { Mode::Draft } else { Mode::Final };
    let progress = Progress::new(args.format == Format::Human);
    let Prepared { mut sources, mut report, material } = prepare(&choice, mode, &progress)?;
    let Some(Material { draft, theme: Some(theme), fonts, font_files }) = material else {
        return Ok(said(args, voice, &sources, &report, &[]));
    };
    let id = build_id(&draft, &sources, mode, &font_files);
    let Some(issue) = Issue::close(draft, &report, mode) else {
        return Ok(said(args, voice, &sources, &report, &[]));
    };
    progress.stage("Laying out pages");
    let vectors = vectors(&mut sources, &issue);
    let vector = |picture: PictureId| vectors.get(picture.0).cloned().unwrap_or_default();
    let settings = Settings { theme: &theme, fonts: Arc::new(fonts), vector: &vector };
    let layout = lay_out(&issue, &settings, &mut report).map_err(|e| Error::Refused(e.to_string()))?;
    let (Some(layout), false) = (layout, report.has_errors()) else {
        return Ok(said(args, voice, &sources, &report, &[]));
    };
    let out = args.out.clone().unwrap_or_else(|| choice.publication.join("dist"));
    let cache = Cache::new((!args.no_cache).then(|| choice.publication.join(".cache/pictures")).as_deref());
    let maker = Maker { issue: &issue, sources: &sources, cache, progress: &progress, made: AtomicUsize::new(0) };
    let wanted = wanted(args);
    let mut sink = Sink::new(&out);
    for edition in &wanted {
        maker.made.store(0, Ordering::Relaxed);
        match edition {
            Edition::Screen => {
                let bytes = screen(&maker, &layout)?;
                sink.put(&edition.file(&issue), |to| to.write_all(&bytes))?;
            }
            Edition::Epub => {
                let bytes = epub(&maker, &layout, &theme)?;
                sink.put(&edition.file(&issue), |to| to.write_all(&bytes))?;
            }
        }
    }
    progress.stage("Writing");
    let notes = keep(&choice, &issue, &wanted, &id, &mut sink)?;
    let written = sink.finish()?;
    progress.done();
    let outcome = said(args, voice, &sources, &report, &written);
    for note in notes.iter().filter(|_| args.format == Format::Human) {
        voice.err(&format!("note: {note}\n"));
    }
    Ok(outcome)
}

fn wanted(args: &BuildArgs) -> Vec<Edition> {
    let mut list = if args.edition.is_empty() { Edition::ALL.to_vec() } else { args.edition.clone() };
    list.sort();
    list.dedup();
    list
}

/// The bytes of the drawings, which the page engine sets itself.
fn vectors(sources: &mut Sources, issue: &Issue) -> Vec<Vec<u8>> {
    let is_svg = |p: &crate::issue::Picture| p.probe.format == picture::Format::Svg;
    issue.pictures.iter().map(|p| if is_svg(p) { sources.bytes(&p.path).unwrap_or_default() } else { Vec::new() }).collect()
}

/// Makes pictures for the editions, and keeps them for the next build.
struct Maker<'a> {
    issue: &'a Issue,
    sources: &'a Sources,
    cache: Cache,
    progress: &'a Progress,
    made: AtomicUsize,
}

impl Maker<'_> {
    fn derive(&self, id: PictureId, wanted: &Wanted) -> Result<Derived, Fault> {
        let picture = &self.issue.pictures[id.0];
        let made = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.count("Making pictures", made.min(self.issue.pictures.len()), self.issue.pictures.len());
        if picture.stand_in {
            return Derived::from_bytes(picture::stand_in(&picture.probe, "stand-in"));
        }
        let read = || self.sources.bytes(&picture.path).map_err(|_| Fault::Empty);
        if picture.probe.is_vector() {
            return picture::derive(&read()?, &picture.probe, wanted);
        }
        let make = || picture::derive(&read()?, &picture.probe, wanted).map(|derived| derived.bytes);
        Derived::from_bytes(self.cache.get_or(&wanted.key(&picture.probe), make)?)
    }

    /// A picture for e-readers; a PDF advert is drawn.
    fn for_epub(&self, id: PictureId) -> Result<Option<EpubPicture>, IoError> {
        let picture = &self.issue.pictures[id.0];
        let mut wanted = Wanted::within(EPUB_PIXELS, EPUB_PIXELS);
        wanted.credit = picture.credit.clone();
        let derived = self.derive(id, &wanted).map_err(|fault| IoError::other(format!("{}: {fault:?}", picture.path)))?;
        let derived = match derived.format {
            picture::Format::Pdf => match picture::artwork(&derived.bytes).and_then(|art| art.raster(EPUB_PIXELS)) {
                Ok(drawn) => drawn,
                Err(_) => return Ok(None),
            },
            _ => derived,
        };
        let Derived { bytes, format, width, height } = derived;
        Ok(Some(EpubPicture { format, width, height, bytes }))
    }
}

fn screen(maker: &Maker<'_>, layout: &Layout) -> Result<Vec<u8>, Error> {
    let derive = |id: PictureId, wanted: &Wanted| maker.derive(id, wanted);
    crate::pdf::write(maker.issue, layout, &derive).map_err(|e| Error::Refused(e.to_string()))
}

fn epub(maker: &Maker<'_>, layout: &Layout, theme: &Theme) -> Result<Vec<u8>, Error> {
    let issue = maker.issue;
    let derive = |id: PictureId, wanted: &Wanted| maker.derive(id, wanted);
    let cover = crate::pdf::cover(issue, layout, &derive).map_err(|e| Error::Refused(e.to_string()))?;
    let cover = picture::pdf_page(&cover, 0, EPUB_PIXELS).ok();
    let pages = Pages {
        breaks: layout.page_breaks(),
        articles: (0..issue.articles.len()).map(|a| layout.folio_of(crate::issue::ArticleId(a)).to_owned()).collect(),
        pictures: (0..issue.pictures.len()).map(|p| layout.folios_of(PictureId(p))).collect(),
        adverts: layout.adverts.clone(),
    };
    let colours: Vec<(&str, &str)> = theme.colours.iter().map(|(name, c)| (name.as_str(), c.rgb.as_str())).collect();
    let input = crate::epub::Input {
        issue,
        words: Words::for_language(&issue.publication.language).0,
        pages: &pages,
        style: Style { css: &theme.epub_css, colours: &colours, contrast: theme.has_contrast() },
        cover: cover.map(|Derived { bytes, format, width, height }| EpubPicture { format, width, height, bytes }),
        pictures: &|id| maker.for_epub(id),
    };
    let sink = crate::epub::write(&input, Cursor::new(Vec::new()));
    sink.map(Cursor::into_inner).map_err(|e| Error::Io("write the e-book".to_owned(), e))
}

/// Notes the build ids, moves "latest" if this is the newest published issue, and says which other editions in the
/// folder show another state.
fn keep(choice: &Choice, issue: &Issue, wanted: &[Edition], id: &str, sink: &mut Sink) -> Result<Vec<String>, Error> {
    let place = format!("{}/build.json", issue.name);
    let name = |edition: Edition| edition.file(issue).rsplit('/').next().unwrap_or_default().to_owned();
    let mut ledger = Ledger::read(sink.read(&place).as_deref());
    for edition in wanted {
        ledger.note(&name(*edition), id);
    }
    let others = Edition::ALL.into_iter().filter(|e| !wanted.contains(e) && sink.has(&e.file(issue)));
    let stale = others.filter(|e| ledger.differs(&name(*e), id)).map(|e| {
        let again = e.name();
        format!("{} is from another state of the issue; build it again with `--edition {again}`", name(e))
    });
    let mut notes: Vec<String> = stale.collect();
    let text = ledger.text();
    sink.put(&place, |to| to.write_all(text.as_bytes()))?;
    let newest = crate::manifest::latest(&choice.issues).is_some_and(|latest| latest.folder == issue.name);
    if newest && !issue.draft {
        for edition in wanted {
            sink.copy(&edition.file(issue), edition.latest())?;
        }
    } else if issue.draft {
        notes.push("a draft never becomes `latest`".to_owned());
    }
    Ok(notes)
}

/// Prints the findings and what was written.
fn said(args: &BuildArgs, voice: &mut Voice<'_>, sources: &Sources, report: &Report, written: &[PathBuf]) -> Outcome {
    let outcome = Outcome::of(report);
    match args.format {
        Format::Json => {
            let findings: serde_json::Value =
                serde_json::from_str(&render_json(report, sources.files())).unwrap_or_default();
            let written: Vec<String> = written.iter().map(|p| shown(p)).collect();
            voice.out(&format!("{:#}\n", serde_json::json!({ "findings": findings, "written": written })));
        }
        Format::Human => {
            let text = voice.report(report, sources.files());
            voice.err(&text);
            for path in written.iter().filter(|p| !p.ends_with("build.json")) {
                voice.out(&format!("{}\n", shown(path)));
            }
            if outcome == Outcome::Errors {
                voice.err("nothing was written: mend the errors first, or build with `--draft`\n");
            }
        }
    }
    outcome
}

fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}
