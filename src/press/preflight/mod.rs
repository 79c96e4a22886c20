//! Preflight: any PDF judged as a print shop would, before it does.
//!
//! Bytes in, a [`Verdict`] out. Nothing is rendered here: what needs a rendering takes [`Plates`] from the caller, and
//! without them the verdict says what was not checked. Files come from anywhere: sizes, depths and counts are limited,
//! circles are expected, and a panic of the PDF reader is a fault of the file.

mod catalogue;
mod colour;
mod edges;
mod font;
mod geometry;
mod html;
mod ink;
mod intent;
mod judge;
mod lex;
mod metadata;
mod notes;
mod pages;
mod paint_rules;
mod path;
mod picture;
mod shared;
mod state;
mod tell;
mod text;
mod walk;
mod weigh;
mod whole;

pub use catalogue::{Basis, RULES, Rule, RuleInfo, Scope};
pub use geometry::Rect;
pub use html::html;
pub use ink::{Plates, rendered};
pub use pages::Page;
pub use tell::{human, json};

use super::Shop;
use crate::manifest::Mm;
use crate::report::Severity;
use geometry::POINTS;
use judge::PageJudge;
use lopdf::{Document, LoadOptions, Object};
use notes::{Notes, ranges};
use rayon::prelude::*;
use shared::{LARGEST_STREAM, Shared, dict_of};
use state::{Inside, State};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most pages that are judged.
const PAGES: usize = 5000;
/// The most bytes that a table or a packet of objects may unfold to when the file is opened: see [`weigh`]
/// for their objects.
const LARGEST_TABLE: usize = 24 << 20;
/// The stack on which a file is opened: nested objects are read by recursion.
const STACK: usize = 256 << 20;

/// What a file is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// A whole issue, or its inner pages.
    Issue,
    /// A cover as one page: back, spine and front.
    Cover {
        /// Trim of one page.
        page: (Mm, Mm),
        /// How many pages it is wrapped around.
        inner_pages: usize,
    },
    /// A partner's advert, which will be placed on a page.
    Advert {
        /// The booked size.
        trim: (Mm, Mm),
        /// How far it must go beyond the trim; zero where it stands within a page.
        bleed: Mm,
    },
}

/// A place on a page in millimetres from the trim's top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left edge of the trim, to the right.
    pub left: Mm,
    /// From the top edge of the trim, downwards.
    pub top: Mm,
    /// Width.
    pub width: Mm,
    /// Height.
    pub height: Mm,
}

/// Where a fault stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The page, counted from 1.
    pub page: usize,
    /// The place on it.
    pub area: Area,
}

/// One kind of thing that is wrong, with all its places.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The rule that it breaks.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence about the first place, and how many more there are.
    pub message: String,
    /// What to do, in the imperative.
    pub hint: String,
    /// The standard's topic or the shop's field.
    pub basis: String,
    /// The pages, counted from 1 and in order; empty for faults of the whole file.
    pub pages: Vec<usize>,
    /// Places, the first page's first; at most some thousands, sixty of a page.
    pub places: Vec<Place>,
    /// How often it was found.
    pub count: usize,
}

impl Fault {
    /// The first place, if it has any.
    pub fn area(&self) -> Option<Area> {
        self.places.first().map(|p| p.area)
    }
}

/// What preflight has to say.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// What is wrong, errors first, in the catalogue's order.
    pub faults: Vec<Fault>,
    /// What was not checked, and why.
    pub unchecked: Vec<String>,
    /// The pages' boxes.
    pub pages: Vec<Page>,
    /// Inks beside the four.
    pub spots: Vec<String>,
}

impl Verdict {
    /// Whether any fault is an error.
    pub fn has_errors(&self) -> bool {
        self.faults.iter().any(|f| f.severity == Severity::Error)
    }

    /// Takes over what was noted, and puts all faults in order.
    fn take(&mut self, notes: Notes, shop: &Shop, purpose: &Purpose) {
        let advert = matches!(purpose, Purpose::Advert { .. });
        for ((rule, _), folded) in notes.folded {
            let info = rule.info();
            if info.scope == (if advert { Scope::Issue } else { Scope::Advert }) {
                continue;
            }
            let pages: Vec<usize> = folded.pages.into_iter().collect();
            let message = match (folded.count, pages.len()) {
                (0 | 1, _) => folded.message,
                (n, 1) => format!("{}; {n} such places on the page", folded.message),
                (n, 0) => format!("{}; {n} times", folded.message),
                (n, _) => format!("{}; {n} such places on pages {}", folded.message, ranges(&pages)),
            };
            let place = |(number, rect): &(usize, Rect)| {
                let page = self.pages.get(number.checked_sub(1)?)?;
                Some(Place { page: *number, area: area_of(page, rect) })
            };
            let places = folded.places.iter().filter_map(place).collect();
            let (severity, hint, basis) = (info.severity, info.remedy.to_owned(), info.cites(shop));
            self.faults.push(Fault { rule, severity, message, hint, basis, pages, places, count: folded.count });
        }
        self.faults.sort_by_key(|f| (f.severity, f.rule, f.pages.first().copied()));
    }
}

fn area_of(page: &Page, rect: &Rect) -> Area {
    Area {
        left: Mm((rect.left - page.trim.left) / POINTS),
        top: Mm((page.trim.top - rect.top) / POINTS),
        width: Mm(rect.width() / POINTS),
        height: Mm(rect.height() / POINTS),
    }
}

/// What a file is held against.
pub(crate) struct Wanted<'a> {
    shop: &'a Shop,
    purpose: &'a Purpose,
    /// Millimetres beyond the trim.
    bleed: f64,
    /// SHA-256 of the shop's profile, and of the one that the file embeds.
    profile: [u8; 32],
    intent: Option<[u8; 32]>,
}

impl Wanted<'_> {
    fn is_advert(&self) -> bool {
        matches!(self.purpose, Purpose::Advert { .. })
    }
}

/// Judges a PDF by what a shop asks for. Rules that need a rendering are [`rendered`]'s.
pub fn judge(bytes: &[u8], shop: &Shop, purpose: &Purpose) -> Verdict {
    let run = || catch_unwind(AssertUnwindSafe(|| open(bytes, shop, purpose))).ok();
    let deep = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.ok().and_then(|t| t.join().ok()).flatten()
    });
    deep.unwrap_or_else(|| unreadable("its structure cannot be followed", shop, purpose))
}

fn unreadable(why: &str, shop: &Shop, purpose: &Purpose) -> Verdict {
    let (mut verdict, mut notes) = (Verdict::default(), Notes::default());
    notes.file(Rule::UNREADABLE, format!("the file cannot be read: {why}"));
    verdict.take(notes, shop, purpose);
    verdict.unchecked.push("everything else: the file cannot be read".to_owned());
    verdict
}

fn open(bytes: &[u8], shop: &Shop, purpose: &Purpose) -> Verdict {
    if weigh::words(bytes) > weigh::MOST {
        return unreadable("it holds more objects than can be opened safely", shop, purpose);
    }
    // What is encrypted cannot be weighed before.
    let plain = !bytes.windows(8).any(|w| w == b"/Encrypt");
    let largest = if plain { LARGEST_TABLE } else { LARGEST_TABLE / 8 };
    let options = LoadOptions { max_decompressed_size: Some(largest), ..Default::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => {
            let (mut verdict, mut notes) = (Verdict::default(), Notes::default());
            notes.file(Rule::ENCRYPTED, "the file opens only with a password");
            verdict.take(notes, shop, purpose);
            verdict.unchecked.push("everything else: the file is protected by a password".to_owned());
            return verdict;
        }
        Err(error) => return unreadable(&error.to_string().to_lowercase(), shop, purpose),
    };
    let ids: Vec<lopdf::ObjectId> = document.page_iter().take(PAGES + 1).collect();
    if ids.is_empty() {
        return unreadable("it has no pages, or is cut off", shop, purpose);
    }
    let mut verdict = Verdict::default();
    if ids.len() > PAGES {
        verdict.unchecked.push(format!("pages after {PAGES}"));
    }
    verdict.pages = ids.iter().take(PAGES).enumerate().map(|(i, id)| Page::read(&document, i + 1, *id)).collect();
    let mut notes = Notes::default();
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        notes.file(Rule::BROKEN, "the file is cut off: its end is missing");
    }
    all(&document, shop, purpose, &mut verdict, &mut notes);
    verdict.take(notes, shop, purpose);
    verdict
}

/// Judges an opened document.
fn all(document: &Document, shop: &Shop, purpose: &Purpose, verdict: &mut Verdict, notes: &mut Notes) {
    let shared = Shared::new(document);
    let bleed = match purpose {
        Purpose::Advert { bleed, .. } => bleed.0,
        _ => shop.bleed.0,
    };
    let profile = shared::digest(&shop.condition.profile);
    let wanted = Wanted { shop, purpose, bleed, profile, intent: intent::embedded(&shared) };
    pages::judge(&verdict.pages, &wanted, notes, &mut verdict.unchecked);
    let judged: Vec<(Notes, BTreeSet<String>)> =
        verdict.pages.par_iter().map(|page| one_page(&shared, &wanted, page)).collect();
    let mut spots = BTreeSet::new();
    for (found, names) in judged {
        notes.absorb(found);
        spots.extend(names);
    }
    verdict.spots = spots.into_iter().collect();
    whole::judge(&shared, &wanted, notes);
    whole::spots(&verdict.spots, &wanted, notes);
    if !wanted.is_advert() {
        intent::judge(&shared, &wanted, notes);
        metadata::judge(&shared, &wanted, notes);
    }
    if shared.is_spent() {
        verdict.unchecked.push("parts of the pages: they hold more than can be looked at safely".to_owned());
    }
}

fn one_page<'a>(shared: &'a Shared<'a>, wanted: &'a Wanted<'a>, page: &'a Page) -> (Notes, BTreeSet<String>) {
    let mut judge = PageJudge::new(shared, wanted, page);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        let empty = lopdf::Dictionary::new();
        let dict = shared.document.get_dictionary(page.id).unwrap_or(&empty);
        judge.group_space(dict, page.trim, "the page");
        if dict.has(b"Group") {
            judge.group(dict, &State::new(geometry::Matrix::ONE, page.media), &page.trim);
        }
        if dict.has(b"AA") {
            judge.notes.page(Rule::ACTION, page.number, || "the page does something on events (`AA`)".to_owned());
        }
        let resources = pages::inherited(shared.document, dict, b"Resources").and_then(dict_of);
        let text = contents(shared, &mut judge);
        let state = State::new(geometry::Matrix::ONE, page.media);
        walk::Walk::new(shared, &mut judge).content(&text, resources, state, Inside::Page);
        annotations(shared, &mut judge);
        judge.settle_edges();
    }));
    if walked.is_err() {
        judge.notes.page(Rule::BROKEN, page.number, || "the page cannot be followed to its end".to_owned());
    }
    (judge.notes, judge.spots)
}

/// A page's content: one stream, or several as if they were one (ISO 32000-1, 7.8.2).
fn contents<'a>(shared: &'a Shared<'a>, judge: &mut PageJudge<'a>) -> Vec<u8> {
    let streams: Vec<&Object> = match judge.of_page(b"Contents") {
        Some(Object::Array(list)) => {
            list.iter().take(10_000).filter_map(|o| Some(shared.document.dereference(o).ok()?.1)).collect()
        }
        Some(other) => vec![other],
        None => Vec::new(),
    };
    let (mut text, area) = (Vec::new(), judge.page.trim);
    for stream in streams {
        let Object::Stream(stream) = stream else { continue };
        match shared.unfold(stream) {
            Some(more) if text.len() + more.len() <= LARGEST_STREAM => text.extend(more),
            _ => judge.broken(&area),
        }
        text.push(b'\n');
    }
    text
}

/// Annotations on what is printed, and what they draw.
fn annotations<'a>(shared: &'a Shared<'a>, judge: &mut PageJudge<'a>) {
    let Some(Object::Array(list)) = judge.of_page(b"Annots") else { return };
    for object in list.iter().take(20_000) {
        let Some(dict) = shared.document.dereference(object).ok().and_then(|o| dict_of(o.1)) else { continue };
        let Some(area) = judge.annotation(dict) else { continue };
        let normal = shared.dict(dict, b"AP").and_then(|ap| ap.get_deref(b"N", shared.document).ok());
        let Some(Object::Stream(stream)) = normal else { continue };
        let state = State::new(geometry::Matrix::moved(area.left, area.bottom), Rect::ALL);
        walk::Walk::new(shared, judge).form(None, stream, None, state, Inside::Annotation);
    }
}
