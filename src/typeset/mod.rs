//! An issue laid out: fitted pages, and what stands where.
//!
//! Pages are fitted once per trim and theme; every edition reads the same [`Layout`]. This is the only room that names
//! the page engine.

mod astray;
pub mod barcode;
mod blocks;
mod data;
mod export;
mod faults;
mod fit;
mod fonts;
mod format;
mod inline;
mod judge;
mod kept;
mod lines;
mod lock;
mod mend;
mod pages;
mod plan;
mod plates;
mod polish;
mod screen;
mod settle;
mod text;
mod theme;
mod walk;
mod world;

pub use astray::Astray;
pub use export::PrintPages;
pub use faults::Fault;
pub use fonts::Fonts;
pub use format::{Format, PT_PER_MM};
pub use judge::{Measured, Measures};
pub use lock::{Kept, LOCK_FILE, Lock, Unusable};
pub use pages::{Article as ArticlePages, Layout, Page, Placed};
pub use screen::{Link as PageLink, Run as PageRun, To as LinkTo, Words as PageWords};
pub use theme::{Colour, Families, Grid, Margins, OpenerStyle, Pair, Side, Theme};

pub(crate) use data::stand_in_id;
pub(crate) use text::{all_texts, places as block_places, texts as block_texts};
pub(crate) use theme::contrast;

use crate::issue::{Alt, Issue, PictureId};
use crate::report::{Code, Finding, Report, Span};
use crate::source::Cache;
use crate::words::Words;
use fit::{Desk, Fit};
use plan::Leaf;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use walk::Found;
use world::PageWorld;

/// What the engine could not do: no fault of the author's that the checks knew of.
#[derive(Debug)]
pub struct EngineError(pub String);

impl std::fmt::Display for EngineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the page engine failed: {}", self.0)
    }
}

impl std::error::Error for EngineError {}

/// What a layout needs beside the issue.
pub struct Settings<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: Arc<Fonts>,
    /// A pagination to keep to.
    pub lock: Option<&'a Lock>,
    /// For a process that will lay the issue out again: the engine then goes on remembering the pages, a tenth of a second instead
    /// of one, for a few hundred megabytes.
    pub live: Option<Live<'a>>,
    /// Where the decisions of a search are kept for the next time.
    pub kept: &'a Cache,
    /// The bytes of an SVG picture, sanitised.
    pub vector: &'a dyn Fn(PictureId) -> Vec<u8>,
}

/// What is shown while somebody works on it.
#[derive(Clone, Copy)]
pub struct Live<'a> {
    /// Pages as they were found before, to be shown with what changed. Where they moved, only the layout's `kept` says so.
    pub found: Option<&'a Lock>,
    /// Asked before every round of a search; when it says yes, nobody wants these pages any more.
    pub newer: &'a dyn Fn() -> bool,
}

/// For how many rounds the engine remembers what they did not need: inside a page that did not change nothing is asked for,
/// though its parts will be when it does. Six take a tenth more memory and are no faster, three are slower (docs/performance.md).
const REMEMBERED: usize = 4;

/// One laying out.
struct Round {
    document: PagedDocument,
    pages: Vec<Vec<Found>>,
}

struct Engine<'a> {
    world: PageWorld,
    issue: &'a Issue,
    theme: &'a Theme,
    format: Format,
    /// Lines of short texts, as the engine measured them.
    fillers: BTreeMap<(usize, bool), i32>,
    live: Option<Live<'a>>,
    searching: bool,
}

/// Lays an issue out. `None` when the engine refused an article; the report then says which.
///
/// # Errors
/// [`EngineError`] when the engine fails and no article is to blame, or when nobody wants the pages any more.
pub fn lay_out(issue: &Issue, settings: &Settings<'_>, report: &mut Report) -> Result<Option<Layout>, EngineError> {
    let mut engine = Engine::new(issue, settings)?;
    let kept = settings.lock.or(settings.live.and_then(|live| live.found));
    let found = match kept {
        Some(lock) => engine.keep(lock, settings, report),
        None => engine.settle(settings, report),
    };
    match found {
        Ok(layout) => {
            // The pages stand: the memory of how they came about makes room for pictures.
            match (settings.live, kept) {
                (None, _) => typst::comemo::evict(0),
                // What was tried and left is not asked for again; the last round is, which has one eviction behind it.
                (Some(_), None) => typst::comemo::evict(2),
                (Some(_), Some(_)) => {}
            }
            Ok(Some(Layout { seen: engine.world.contents(), ..layout }))
        }
        Err(why) if engine.given_up() => Err(EngineError(why)),
        Err(why) => match engine.culprits(report) {
            true => Ok(None),
            false => Err(EngineError(why)),
        },
    }
}

impl<'a> Engine<'a> {
    fn new(issue: &'a Issue, settings: &'a Settings<'a>) -> Result<Self, EngineError> {
        let theme = settings.theme;
        let rtl = crate::words::direction(&issue.publication.language) == crate::words::Direction::RightToLeft;
        let format = Format::new(issue.trim, theme, rtl);
        let anchors = ("anchors.typ".to_owned(), anchors(issue));
        let templates: Vec<(String, String)> = theme.templates.iter().cloned().chain([anchors]).collect();
        let mut world = PageWorld::new(settings.fonts.clone(), &templates)
            .ok_or_else(|| EngineError("a template's file name is not one".to_owned()))?;
        for index in 0..issue.pictures.len() {
            let id = PictureId(index);
            let bytes = match data::is_vector(issue, id) {
                true => data::marked((settings.vector)(id), id),
                false => crate::picture::stand_in(&issue.pictures[index].probe, &data::stand_in_id(id)),
            };
            world.put(&data::picture_path(issue, id), bytes);
        }
        let (words, _) = Words::for_language(&issue.publication.language);
        let mut engine =
            Engine { world, issue, theme, format, fillers: BTreeMap::new(), live: settings.live, searching: false };
        let value = data::issue_json(&engine.desk(), words);
        engine.world.put("/data/issue.json", value.to_string().into_bytes());
        let value = data::articles_json(&engine.desk(), words);
        engine.world.put("/data/articles.json", value.to_string().into_bytes());
        Ok(engine)
    }

    fn desk(&self) -> Desk<'_> {
        Desk { issue: self.issue, theme: self.theme, format: &self.format, fillers: &self.fillers }
    }

    fn put_fit(&mut self, fit: &Fit, leaves: &[Leaf]) {
        let value = fit.json(&self.desk(), leaves);
        self.world.put("/data/fit.json", value.to_string().into_bytes());
    }

    /// Whether nobody wants the pages any more.
    fn given_up(&self) -> bool {
        self.searching && self.live.is_some_and(|live| (live.newer)())
    }

    fn round(&mut self, fit: &Fit, leaves: &[Leaf]) -> Result<Round, String> {
        if self.given_up() {
            return Err("given up".to_owned());
        }
        self.put_fit(fit, leaves);
        let document = typst::compile::<PagedDocument>(&self.world).output.map_err(|e| say(&e, Some(&self.world)))?;
        let pages = walk::walk(&document);
        typst::comemo::evict(REMEMBERED);
        Ok(Round { document, pages })
    }

    /// Finds the articles that the engine refuses, each on its own; whether there were any.
    fn culprits(&mut self, report: &mut Report) -> bool {
        let mut found = false;
        // Without any article: what is refused now is the theme's fault.
        if let Err(why) = self.round(&Fit::start(&self.desk()), &[Leaf::Cover]) {
            let span = Span::whole(self.issue.publication.file);
            report.push(
                Finding::new(Code::LAYOUT_ENGINE, span, format!("the theme `{}` cannot be used: {why}", self.theme.name))
                    .hint("mend the template at that line, or take it out of the theme's folder: the common one then stands in"),
            );
            return true;
        }
        for article in 0..self.issue.articles.len() {
            let fit = Fit::start(&self.desk());
            // Links into articles that are left out here cannot be followed; only other complaints count.
            let Err(why) = self.round(&fit, &[Leaf::Cover, Leaf::Article(article)]) else { continue };
            if why.contains("label") {
                continue;
            }
            let manuscript = &self.issue.articles[article].manuscript;
            report.push(
                Finding::new(
                    Code::LAYOUT_ENGINE,
                    Span::new(manuscript.file, 0, 1),
                    format!("this article cannot be set: {why}"),
                )
                .hint("take its last block out, then the one before, until it can be set, and please report the block"),
            );
            found = true;
        }
        found
    }
}

/// An anchor for every article, for its opening pages and for every advert: nothing, but each at a place of its own in the source.
/// The engine knows a run of pages by where its first element was written, and else by how many came before: without these,
/// an advert moved would set everything after it anew.
fn anchors(issue: &Issue) -> String {
    let list = |name: &str, count: usize| format!("#let {name} = ({})\n", "v(0pt, weak: true),\n".repeat(count));
    let articles = issue.articles.len();
    // A page of short texts alone takes the first advert's.
    list("openers", articles) + &list("articles", articles) + &list("adverts", issue.adverts.len().max(1))
}

/// What the engine complains of, with file and, where its files are at hand, line.
fn say(errors: &[SourceDiagnostic], world: Option<&PageWorld>) -> String {
    use typst::{World, WorldExt};
    let line = |e: &SourceDiagnostic| {
        let source = world?.source(e.span.id()?).ok()?;
        source.lines().byte_to_line(world?.range(e.span)?.start)
    };
    let one = |e: &SourceDiagnostic| {
        let at = line(e).map(|n| format!(", line {}", n + 1)).unwrap_or_default();
        let place = e.span.id().map(|id| format!(" ({}{at})", id.vpath().get_without_slash())).unwrap_or_default();
        format!("{}{place}", e.message)
    };
    // The first mistake brings the others with it.
    errors.iter().take(3).map(one).collect::<Vec<_>>().join("; ")
}

/// What a picture shows, in a few words: for the list of credits.
pub(crate) fn subject(issue: &Issue, picture: PictureId) -> String {
    let figures = issue.articles.iter().flat_map(|a| a.lead.iter().chain(a.figures.values()));
    let text = figures.filter(|f| f.picture == picture).find_map(|f| match &f.alt {
        Alt::Text(t) => Some(t.as_str()),
        _ => None,
    });
    let text = text.or(match &issue.cover.alt {
        Alt::Text(t) if issue.cover.picture == picture => Some(t),
        _ => None,
    });
    let mut out = String::new();
    for word in text.unwrap_or_default().split_whitespace() {
        if out.len() + word.len() > 48 {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
