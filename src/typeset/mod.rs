//! An issue laid out: fitted pages, and what stands where.
//!
//! Pages are fitted once per trim and theme; every edition reads the same [`Layout`]. This is the only room that names
//! the page engine.

pub mod barcode;
mod blocks;
mod data;
mod export;
mod fit;
mod fonts;
mod format;
mod inline;
mod pages;
mod plan;
mod text;
mod theme;
mod walk;
mod world;

pub use fonts::Fonts;
pub use format::{Format, PT_PER_MM};
pub use pages::{Article as ArticlePages, Layout, Page, Placed};
pub use theme::{Colour, Families, Grid, Theme};

pub(crate) use data::stand_in_id;

use crate::issue::{Alt, Issue, PictureId};
use crate::report::{Code, Finding, Report, Span};
use crate::words::Words;
use fit::Fit;
use plan::Leaf;
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
    /// The bytes of an SVG picture, sanitised.
    pub vector: &'a dyn Fn(PictureId) -> Vec<u8>,
}

/// The most times that lead pictures are set right before the columns are made level.
const ADJUSTMENTS: usize = 5;

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
    words: &'static Words,
    /// Booked adverts whose band turned out too small.
    returned: Vec<usize>,
}

/// Lays an issue out. `None` when the engine refused an article; the report then says which.
///
/// # Errors
/// [`EngineError`] when the engine fails and no article is to blame.
pub fn lay_out(issue: &Issue, settings: &Settings<'_>, report: &mut Report) -> Result<Option<Layout>, EngineError> {
    let mut engine = Engine::new(issue, settings)?;
    match engine.settle(report) {
        Ok(layout) => {
            // The pages stand: the memory of how they came about makes room for pictures.
            typst::comemo::evict(0);
            Ok(Some(Layout { seen: engine.world.contents(), ..layout }))
        }
        Err(why) => match engine.culprits(report) {
            true => Ok(None),
            false => Err(EngineError(why)),
        },
    }
}

impl<'a> Engine<'a> {
    fn new(issue: &'a Issue, settings: &'a Settings<'a>) -> Result<Self, EngineError> {
        let theme = settings.theme;
        let format = Format::new(issue.trim, &theme.grid);
        let mut world = PageWorld::new(settings.fonts.clone(), &theme.templates)
            .ok_or_else(|| EngineError("a template's file name is not one".to_owned()))?;
        for index in 0..issue.pictures.len() {
            let id = PictureId(index);
            let bytes = match data::is_vector(issue, id) {
                true => (settings.vector)(id),
                false => crate::picture::stand_in(&issue.pictures[index].probe, &data::stand_in_id(id)),
            };
            world.put(&data::picture_path(issue, id), bytes);
        }
        let (words, _) = Words::for_language(&issue.publication.language);
        Ok(Engine { world, issue, theme, format, words, returned: Vec::new() })
    }

    fn put_plan(&mut self, leaves: &[Leaf]) {
        let value = data::issue_json(self.issue, self.theme, &self.format, self.words, leaves);
        self.world.put("/data/issue.json", value.to_string().into_bytes());
    }

    fn round(&mut self, fit: &Fit) -> Result<Round, String> {
        self.world.put("/data/fit.json", fit.json().to_string().into_bytes());
        let document = typst::compile::<PagedDocument>(&self.world).output.map_err(|e| say(&e))?;
        let pages = walk::walk(&document);
        // What eight rounds have not used is let go: a fifth less memory at the peak, for some hundredths of a second.
        typst::comemo::evict(8);
        Ok(Round { document, pages })
    }

    /// The fit loop.
    fn settle(&mut self, report: &mut Report) -> Result<Layout, String> {
        let count = self.issue.articles.len();
        let mut fit = Fit::start(self.issue, &self.format);
        let mut leaves = plan::plan(self.issue, &self.format, &[]);
        self.put_plan(&leaves);
        let mut round = self.round(&fit)?;
        while fit::raise_boxes(&round.pages, &self.format, &mut fit) && fit.boxes.values().all(|&l| l < 60) {
            round = self.round(&fit)?;
        }
        let mut ends = fit::endings(&round.pages, &self.format, count);
        for _ in 0..fit::ROUNDS {
            if !fit::gather_floats(self.issue, &self.format, &mut fit, &ends) {
                break;
            }
            round = self.round(&fit)?;
            ends = fit::endings(&round.pages, &self.format, count);
        }
        let mut left = fit::assign(self.issue, &self.format, &mut fit, &ends);
        if !left.is_empty() {
            leaves = plan::plan(self.issue, &self.format, &left);
            self.put_plan(&leaves);
        }
        for pass in 0..ADJUSTMENTS {
            round = self.round(&fit)?;
            let ends = fit::endings(&round.pages, &self.format, count);
            if !fit::adjust(self.issue, &self.format, &mut fit, &ends, pass) {
                break;
            }
        }
        let settled = self.level(&mut fit, &mut round)?;
        left.append(&mut self.returned);
        let before = left.len();
        fit::fill(self.issue, &self.format, &mut fit, &mut left);
        // A band stands in room that is there already, so it moves no text; a page of adverts does.
        if before > 0 {
            leaves = plan::plan(self.issue, &self.format, &left);
            self.put_plan(&leaves);
        }
        round = self.round(&fit)?;
        fit.credits = fit::picture_pages(self.issue, &round.pages, &pages::contents_pages(&round.pages, &leaves));
        let round = self.round(&fit)?;
        if !settled {
            report.push(Finding::new(
                Code::LAYOUT_UNSETTLED,
                Span::whole(self.issue.publication.file),
                format!("the columns of some articles did not come out level in {} rounds", fit::ROUNDS),
            ));
        }
        Ok(pages::layout(self.issue, self.format.clone(), round.document, &round.pages, &leaves, &left, &fit))
    }

    /// Makes the columns of every last page level: the most room at the foot that adds no page, found by halving.
    fn level(&mut self, fit: &mut Fit, round: &mut Round) -> Result<bool, String> {
        let count = self.issue.articles.len();
        for a in &mut fit.articles {
            a.room = 0;
        }
        *round = self.round(fit)?;
        let bare = fit::endings(&round.pages, &self.format, count);
        // What is known to fit, and the least that is known not to.
        let mut limits: Vec<(i32, i32)> = bare.iter().map(|e| (0, e.map_or(1, |e| e.free.max(0) + 3))).collect();
        for pass in 0..fit::ROUNDS {
            for (article, (low, high)) in limits.iter().enumerate() {
                fit.articles[article].room = match pass {
                    0 => (high - 2).max(*low),
                    _ => (low + high) / 2,
                };
            }
            *round = self.round(fit)?;
            let now = fit::endings(&round.pages, &self.format, count);
            for (article, (low, high)) in limits.iter_mut().enumerate() {
                let (Some(before), Some(after)) = (bare[article], now[article]) else { continue };
                let room = fit.articles[article].room;
                let fits = after.last - after.first <= before.last - before.first;
                if fits { *low = room.max(*low) } else { *high = room.min(*high) }
            }
            if limits.iter().all(|(low, high)| high - low <= 1) {
                break;
            }
        }
        let settled = limits.iter().all(|(low, high)| high - low <= 1);
        for (article, (low, _)) in limits.iter().enumerate() {
            let a = &mut fit.articles[article];
            a.room = *low;
            if fit::band_lines(self.issue, &self.format, &a.band) > a.room {
                // The estimate was too kind: the band goes back rather than push text onto another page.
                self.returned.extend(a.band.drain(..).filter_map(|i| i.booked(self.issue)));
            }
        }
        *round = self.round(fit)?;
        Ok(settled)
    }

    /// Finds the articles that the engine refuses, each on its own; whether there were any.
    fn culprits(&mut self, report: &mut Report) -> bool {
        let mut found = false;
        for article in 0..self.issue.articles.len() {
            self.put_plan(&[Leaf::Cover, Leaf::Article(article)]);
            let fit = Fit::start(self.issue, &self.format);
            // Links into articles that are left out here cannot be followed; only other complaints count.
            let Err(why) = self.round(&fit) else { continue };
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

fn say(errors: &[SourceDiagnostic]) -> String {
    let one = |e: &SourceDiagnostic| {
        let place = e.span.id().map(|id| format!(" ({})", id.vpath().get_without_slash())).unwrap_or_default();
        format!("{}{place}", e.message)
    };
    errors.iter().map(one).collect::<Vec<_>>().join("; ")
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
