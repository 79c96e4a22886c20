//! `masthead preview`: the newest issue on a loopback server, laid out again as soon as a file changes.
//!
//! The pages are those of a build; the engine and the opened pictures stay in memory between looks. While errors forbid a build, the
//! pages are those of a draft.

use super::args::Which;
use super::choose::{Choice, choose};
use super::pages::failed;
use super::pictures;
use super::prepare::{Prepared, prepare_again};
use super::progress::Progress;
use super::{Error, Outcome, Voice};
use crate::draft::{Mode, Probes};
use crate::flatplan::plates;
use crate::issue::{Alt, ArticleId, Issue, PictureId, PlacedFigure};
use crate::picture::{Budget, Format, Profile, Wanted};
use crate::preview::{self, Desk, Found, Page, Reading, Settings, Snapshot, Spot};
use crate::report::{Code, Finding, Report, Severity, Span, Spanned};
use crate::source::{Cache, Sources};
use crate::typeset::{self, Fault, Layout, Lock, PageWords, Theme, block_places};
use crate::words::Words;
use crate::xhtml::{self, Context, Shown, frame};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

pub(super) const EXAMPLES: &str = "\
Examples:
  masthead preview                          the newest issue; open the address that it prints
  masthead preview 2026-11 --port 8080
  masthead preview --editor \"code --goto {file}:{line}\"    a click on a page opens the manuscript there

Only this computer can open the address. Ctrl-C ends it.";

/// `masthead preview`.
#[derive(Debug, clap::Args)]
pub struct PreviewArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
    /// The port; any free one if left out
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub port: u16,
    /// A command that opens a file at a line, with `{file}` and `{line}` in it
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
}

/// Serves until it is stopped.
///
/// # Errors
/// When there is no such issue or the port is taken.
pub(super) fn run(args: &PreviewArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let mut choice = choose(&args.which)?;
    let root = std::fs::canonicalize(&choice.publication).map_err(Error::io("open", &choice.publication))?;
    choice.publication.clone_from(&root);
    let cache = pictures::cache(&choice, true);
    let probes = Probes::new(cache.clone());
    let drawings = BTreeMap::new();
    let table = Table { root, choice, cache, probes, sources: None, last: None, found: None, drawings };
    let settings = Settings { port: args.port, editor: args.editor.clone() };
    let mut ready = |address: &str| voice.out(&format!("{address}\n"));
    preview::serve(Box::new(table), &settings, &mut ready, std::future::pending())
        .map_err(|error| Error::Io("serve the preview".to_owned(), error))?;
    Ok(Outcome::Well)
}

/// The issue on the table.
struct Table {
    root: PathBuf,
    choice: Choice,
    cache: Cache,
    probes: Probes,
    /// The files of the last look, laid out or not.
    sources: Option<Sources>,
    /// The last issue that could be laid out.
    last: Option<Issue>,
    /// The pages as they were last found.
    found: Option<FoundPages>,
    /// Pages as they were drawn, by their digest, and the pictures that they hold.
    drawings: BTreeMap<String, Arc<[u8]>>,
}

/// Pages that were searched for, and whether they were a draft's.
struct FoundPages {
    lock: Lock,
    draft: bool,
}

/// How pages are wanted.
struct Wish<'a> {
    theme: &'a Theme,
    fonts: Arc<typeset::Fonts>,
    draft: bool,
    /// They are to be found anew.
    thorough: bool,
    /// Whether something changed since they were wanted.
    newer: &'a dyn Fn() -> bool,
}

/// Pages, or none where the engine refused an article.
struct Laid {
    layout: Option<Layout>,
    provisional: bool,
}

/// How long an SVG's photographs are: enough for a sharp screen at twice the size.
const PPI: f64 = 130.0;
const READER: u32 = 1000;

impl Desk for Table {
    fn root(&self) -> &Path {
        &self.root
    }

    fn look(&mut self, thorough: bool, newer: &dyn Fn() -> bool) -> Option<Snapshot> {
        let start = Instant::now();
        let seen = self.seen(thorough, newer).transpose()?;
        let mut shown = seen.unwrap_or_else(|error| Snapshot {
            findings: vec![Found {
                severity: "error",
                code: "preview".to_owned(),
                message: error.to_string(),
                hints: Vec::new(),
                file: None,
                line: None,
                page: None,
            }],
            ..Snapshot::default()
        });
        shown.took_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Some(shown)
    }

    fn source(&self, file: &str) -> Option<String> {
        self.sources
            .as_ref()?
            .files()
            .texts()
            .into_iter()
            .find(|(path, _)| *path == file)
            .map(|(_, text)| text.to_owned())
    }

    fn picture(&self, name: &str) -> Option<(Vec<u8>, &'static str)> {
        let (issue, sources) = (self.last.as_ref()?, self.sources.as_ref()?);
        let id = PictureId(name.parse().ok()?);
        let picture = issue.pictures.get(id.0)?;
        let side = if picture.probe.format == Format::Pdf { pictures::EPUB_PIXELS } else { READER };
        let wanted = Wanted { profile: Profile::Draft, ..Wanted::within(side, side) };
        let made = pictures::make(sources, issue, &self.cache, &Budget::new(pictures::MEMORY), id, &wanted);
        made.ok().map(|derived| (derived.bytes, media_type(derived.format)))
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Png => "image/png",
        Format::Svg => "image/svg+xml",
        _ => "image/jpeg",
    }
}

impl Table {
    /// None when something newer is there.
    fn seen(&mut self, thorough: bool, newer: &dyn Fn() -> bool) -> Result<Option<Snapshot>, Error> {
        let progress = Progress::new(false);
        let mut mode = Mode::Final;
        let mut prepared = prepare_again(&self.choice, mode, &self.probes, self.cache.clone(), &progress)?;
        // Looked at a second time as a draft, whose stand-ins show what is missing.
        let whole = prepared.report.has_errors();
        let mut findings = Vec::new();
        if whole {
            // Most often a file that is being written.
            if newer() {
                return Ok(None);
            }
            findings = found(&prepared, &prepared.report);
            mode = Mode::Draft;
            prepared = prepare_again(&self.choice, mode, &self.probes, self.cache.clone(), &progress)?;
        }
        let title = self.choice.issue.clone();
        let Some(material) = prepared.material.take() else {
            self.sources = Some(prepared.sources);
            return Ok(Some(Snapshot { title, findings, ..Snapshot::default() }));
        };
        let (issue, theme) = (Issue::close(material.draft, &prepared.report, mode), material.theme);
        let (Some(issue), Some(theme)) = (issue, theme) else {
            if findings.is_empty() {
                findings = found(&prepared, &prepared.report);
            }
            self.sources = Some(prepared.sources);
            return Ok(Some(Snapshot { title, findings, ..Snapshot::default() }));
        };
        if findings.is_empty() {
            findings = found(&prepared, &prepared.report);
        }
        let (fonts, draft) = (Arc::new(material.fonts), mode == Mode::Draft);
        let wish = Wish { theme: &theme, fonts, draft, thorough, newer };
        let laid = self.laid_out(&prepared.sources, &issue, &wish, &mut findings)?;
        let Some(Laid { layout, provisional }) = laid else { return Ok(None) };
        let Some(layout) = layout else {
            self.sources = Some(prepared.sources);
            return Ok(Some(Snapshot { title, findings, ..Snapshot::default() }));
        };
        findings.extend(layout.faults(&issue).into_iter().map(|fault| of_page(&prepared, &fault)));
        let pages = self.pages(&prepared.sources, &issue, &layout);
        let articles = (0..issue.articles.len()).map(|n| reading(&issue, ArticleId(n), &theme)).collect();
        let (words, _) = Words::for_language(&issue.publication.language);
        let title = format!("{}, {}", issue.publication.title.value, words.month_year(issue.date));
        let rtl = layout.format.rtl;
        self.sources = Some(prepared.sources);
        self.last = Some(issue);
        Ok(Some(Snapshot { title, rtl, pages: Some(pages), articles, findings, took_ms: 0, provisional }))
    }

    /// The pages as they were last found, with what changed, or found anew. None when something newer is there.
    fn laid_out(
        &mut self,
        sources: &Sources,
        issue: &Issue,
        wish: &Wish<'_>,
        findings: &mut Vec<Found>,
    ) -> Result<Option<Laid>, Error> {
        let vector = |id: PictureId| sources.bytes(&issue.pictures[id.0].path).unwrap_or_default();
        let own = super::pages::lock_of(sources, issue, &mut Report::new());
        let keep = self.found.as_ref().filter(|_| own.is_none() && !wish.thorough);
        let settings = typeset::Settings {
            theme: wish.theme,
            fonts: wish.fonts.clone(),
            lock: own.as_ref(),
            live: Some(typeset::Live { found: keep.map(|found| &found.lock), newer: wish.newer }),
            kept: &self.cache,
            vector: &vector,
        };
        let mut report = Report::new();
        let laid = typeset::lay_out(issue, &settings, &mut report);
        // None where they were found anew: a lock of another theme or of other articles cannot be kept to.
        let stayed = match &laid {
            Ok(Some(layout)) => layout.kept.as_ref().map(|kept| kept.moved.is_empty()),
            _ => None,
        };
        let moved = keep.is_some() && stayed == Some(false);
        // Pages move most often because a file is read while it is written.
        if (moved || laid.is_err()) && (wish.newer)() {
            return Ok(None);
        }
        let layout = laid.map_err(|e| failed(&e))?;
        let provisional = moved || keep.is_some_and(|found| stayed.is_some() && found.draft != wish.draft);
        let found = layout.as_ref().filter(|_| own.is_none() && stayed.is_none()).and_then(|l| l.lock.clone());
        if let Some(lock) = found {
            self.found = Some(FoundPages { lock, draft: wish.draft });
        }
        let told = report.findings().iter().filter(|f| own.is_some() || f.code != Code::LAYOUT_LOCK);
        findings.extend(told.map(|f| of(sources, f, None)));
        Ok(Some(Laid { layout, provisional }))
    }

    /// Every page, drawn anew where it changed.
    fn pages(&mut self, sources: &Sources, issue: &Issue, layout: &Layout) -> Vec<Page> {
        let words = layout.words(issue);
        let (fixed, _) = Words::for_language(&issue.publication.language);
        let labels = plates(issue, layout, &[], fixed);
        let (before, drawn) = (&self.drawings, Mutex::new(BTreeMap::new()));
        let budget = Budget::new(pictures::MEMORY);
        let draw = |page: usize| {
            let on_page = layout.pictures_on(issue, page);
            let hashes: Vec<&str> = on_page.keys().map(|id| issue.pictures[id.0].probe.hash.as_str()).collect();
            let key = format!("{:016x} {}", layout.page_digest(page), hashes.join(" "));
            let svg = before.get(&key).cloned().unwrap_or_else(|| {
                let made: BTreeMap<PictureId, _> = on_page
                    .iter()
                    .filter(|(id, _)| !issue.pictures[id.0].stand_in)
                    .filter_map(|(id, width)| {
                        let wanted = wanted(issue, *id, *width);
                        Some((*id, pictures::make(sources, issue, &self.cache, &budget, *id, &wanted).ok()?))
                    })
                    .collect();
                let files = made.iter().map(|(id, d)| (*id, (media_type(d.format), d.bytes.as_slice()))).collect();
                Arc::from(layout.page_svg(issue, page, &files).into_bytes())
            });
            if let Ok(mut drawn) = drawn.lock() {
                drawn.insert(key, svg.clone());
            }
            let (folio, label) = (layout.pages[page].folio.clone(), labels.get(page).map_or("", |p| p.label.as_str()));
            let spots = words.get(page).map(|w| spots(sources, issue, w)).unwrap_or_default();
            let (width, height) = (layout.format.width, layout.format.height);
            Page { folio, label: label.to_owned(), width, height, svg, spots }
        };
        let pages: Vec<usize> = (0..layout.pages.len()).collect();
        let pages = pages.into_par_iter().map(draw).collect();
        self.drawings = drawn.into_inner().unwrap_or_default();
        pages
    }
}

fn wanted(issue: &Issue, id: PictureId, width: f64) -> Wanted {
    let probe = &issue.pictures[id.0].probe;
    if probe.format == Format::Pdf {
        return Wanted::within(pictures::EPUB_PIXELS, pictures::EPUB_PIXELS);
    }
    let across = (width / 72.0 * PPI).ceil().max(1.0);
    Wanted {
        profile: Profile::Draft,
        ..Wanted::within(across as u32, (across / probe.aspect()).ceil().max(1.0) as u32)
    }
}

/// A block of an article, or its head.
type Place = (usize, Option<u32>);
/// Left, top, right, bottom.
type Bounds = (f64, f64, f64, f64);

/// Where the blocks of manuscripts stand on a page; an article's head leads to the manuscript's first line.
fn spots(sources: &Sources, issue: &Issue, words: &PageWords) -> Vec<Spot> {
    let mut boxes: BTreeMap<Place, Bounds> = BTreeMap::new();
    for run in &words.runs {
        let Some((ArticleId(article), block)) = run.block else { continue };
        let (left, top, right, bottom) = (run.x, run.y - run.size, run.x + run.width, run.y + run.size * 0.3);
        let key = (article, block);
        let old = boxes.entry(key).or_insert((left, top, right, bottom));
        *old = (old.0.min(left), old.1.min(top), old.2.max(right), old.3.max(bottom));
    }
    let files = sources.files();
    let mut known: BTreeMap<usize, BTreeMap<u32, Span>> = BTreeMap::new();
    let spot = |((article, block), (x, y, right, bottom)): (Place, Bounds)| {
        let manuscript = &issue.articles.get(article)?.manuscript;
        let places = known.entry(article).or_insert_with(|| block_places(&manuscript.body));
        let line = match block {
            Some(block) => files.line_column(manuscript.file, places.get(&block)?.start).0,
            None => 1,
        };
        let file = files.path(manuscript.file).to_owned();
        Some(Spot { x, y, width: right - x, height: bottom - y, file, line: u32::try_from(line).unwrap_or(1) })
    };
    boxes.into_iter().filter_map(spot).collect()
}

fn found(prepared: &Prepared, report: &Report) -> Vec<Found> {
    let sorted = report.sorted(prepared.sources.files());
    sorted.into_iter().map(|finding| of(&prepared.sources, finding, None)).collect()
}

fn of_page(prepared: &Prepared, fault: &Fault) -> Found {
    of(&prepared.sources, &fault.finding, fault.page)
}

fn of(sources: &Sources, finding: &Finding, page: Option<usize>) -> Found {
    let files = sources.files();
    let place = finding.span.map(|s| (files.path(s.file).to_owned(), files.line_column(s.file, s.start).0));
    Found {
        severity: if finding.severity == Severity::Error { "error" } else { "warning" },
        code: finding.code.name().to_owned(),
        message: finding.message.clone(),
        hints: finding.hints.clone(),
        file: place.as_ref().map(|(file, _)| file.clone()),
        line: place.and_then(|(_, line)| u32::try_from(line).ok()),
        page,
    }
}

/// An article as e-readers show it.
fn reading(issue: &Issue, id: ArticleId, theme: &Theme) -> Reading {
    let article = &issue.articles[id.0];
    let (words, _) = Words::for_language(&issue.publication.language);
    let shown = |figure: &PlacedFigure| Shown {
        src: format!("/picture/{}", figure.picture.0),
        alt: match &figure.alt {
            Alt::Text(alt) => Some(alt.clone()),
            Alt::Decorative => None,
            Alt::Missing => Some(words.alt_to_come.to_owned()),
        },
        caption: &[],
        credit: issue.pictures[figure.picture.0].credit.as_ref().map(|c| c.wording.clone()),
        ..Shown::default()
    };
    let link = |_: &Spanned<String>| Some("#".to_owned());
    let picture =
        |file: &Spanned<String>| article.figures.get(&file.span).map(|f| Shown { caption: &f.caption, ..shown(f) });
    let context = Context {
        language: &article.language,
        words,
        level: 1,
        link: &link,
        picture: &picture,
        notes: &article.manuscript.notes,
        breaks: &[],
        epub: false,
        numbered: false,
    };
    let mut html = format!("<article class=\"{}\">\n", frame::kind(article.manuscript.front.kind));
    html.push_str(&frame::head(issue, article, words));
    if let Some(lead) = &article.lead {
        html.push_str(&xhtml::figure(&Shown { caption: &lead.caption, ..shown(lead) }, "lead", context));
    }
    html.push_str(&xhtml::article(&article.manuscript.body, context));
    let about = xhtml::inlines(&article.about, context);
    html.push_str(&frame::foot(issue, article, &about, words));
    html.push_str("</article>\n");
    let mut css = theme.epub_css.clone();
    for (name, colour) in &theme.colours {
        css = css.replace(&format!("{{{{{name}}}}}"), &colour.rgb);
    }
    Reading {
        slug: article.slug.clone(),
        headline: article.manuscript.front.headline.value.clone(),
        language: article.language.clone(),
        html,
        css,
    }
}
