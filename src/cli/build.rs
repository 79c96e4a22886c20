//! `masthead build`: read, check, close, lay out, write each edition; then all outputs get their names together.
//!
//! Each stage is a function of its own. What stops a build is in the report or is an [`Error`]; either way what stood in
//! `dist` before stands there still.

use super::ahead::Ahead;
use super::args::{BuildArgs, Edition, Format};
use super::choose::{Choice, choose};
use super::outputs::{Ledger, build_id};
use super::pages::{self, failed};
use super::pictures::{self, EPUB_PIXELS};
use super::prepare::{Material, Prepared, prepare_for};
use super::print;
use super::progress::Progress;
use super::sink::Sink;
use super::size::{Fitted, Shelf};
use super::{Error, Outcome, Voice, web};
use crate::draft::Mode;
use crate::epub;
use crate::issue::{Issue, Picture, PictureId};
use crate::manifest::{Publication, latest};
use crate::pdf;
use crate::picture::{Budget, Derived, Fault, Wanted, pdf_page};
use crate::press::Shop;
use crate::report::{Code, Finding, Report, Severity, Span, Spanned, json_value};
use crate::source::{Cache, Sources};
use crate::typeset::{Fonts, Layout, Theme};
use crate::words::Words;
use rayon::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What every stage of one build works with.
pub(super) struct Build<'a> {
    pub(super) sources: &'a mut Sources,
    pub(super) report: &'a mut Report,
    pub(super) progress: &'a Progress,
    pub(super) cache: Cache,
    pub(super) issue: Issue,
    pub(super) theme: Theme,
    budget: Budget,
    /// The faces of the laying out.
    pub(super) fonts: Arc<Fonts>,
    /// The print shop; none where the print edition is not made.
    pub(super) shop: Option<Shop>,
    /// Whether Ghostscript may render the print edition to judge it.
    pub(super) render: bool,
    /// Editions that their own preflight stopped.
    pub(super) stopped: Vec<Edition>,
    /// Files that go with an edition, relative to `dist`.
    pub(super) further: Vec<String>,
    /// What is told at the end besides the layout.
    pub(super) said: String,
}

/// What was built.
struct Built {
    written: Vec<(Edition, PathBuf)>,
    /// What goes with them: the sheet to the print shop, the report of its preflight.
    further: Vec<PathBuf>,
    /// Copies of the newest published issue.
    latest: Vec<PathBuf>,
    /// Editions in `dist` that show another state of the issue.
    stale: Vec<(Edition, String)>,
    /// Editions that were not asked for, and built because a stopped build had left them.
    mended: Vec<(Edition, String)>,
    id: String,
    /// How many things about the layout fall short.
    short: usize,
    layout: Layout,
    /// What making the e-book fit its size came to.
    said: String,
}

/// Builds an issue's editions and says what was written.
///
/// # Errors
/// When there is no such issue, an output cannot be written, or an engine fails.
pub fn run(args: &BuildArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let choice = choose(&args.which)?;
    let mode = if args.draft { Mode::Draft } else { Mode::Final };
    let progress = Progress::new(args.format == Format::Human);
    let cache = pictures::cache(&choice, !args.no_cache);
    let mut prepared = prepare_for(&choice, mode, args.shop.as_deref(), cache, &progress)?;
    let built = match prepared.material.take() {
        Some(material) => build(args, &choice, mode, material, &mut prepared, &progress)?,
        None => None,
    };
    progress.done();
    say(args, &prepared, built.as_ref(), voice);
    Ok(Outcome::of(&prepared.report))
}

fn build(
    args: &BuildArgs,
    choice: &Choice,
    mode: Mode,
    material: Material,
    prepared: &mut Prepared,
    progress: &Progress,
) -> Result<Option<Built>, Error> {
    let Material { draft, theme, fonts, shop, font_files } = material;
    let shop = print::shop(args, shop);
    let id = build_id(&draft, &prepared.sources, mode, &font_files);
    drop(font_files);
    let (allowed, more) = (draft.publication.allow.clone(), draft.issue.allow.clone());
    let (Some(issue), Some(theme)) = (Issue::close(draft, &prepared.report, mode), theme) else { return Ok(None) };
    let cache = prepared.cache.clone();
    let (sources, report) = (&mut prepared.sources, &mut prepared.report);
    let (fonts, budget, said) = (Arc::new(fonts), Budget::new(args.memory), String::new());
    let (render, stopped, further) = (!args.no_render, Vec::new(), Vec::new());
    let mut build =
        Build { sources, report, progress, cache, issue, theme, budget, fonts, shop, render, stopped, further, said };
    progress.stage("Laying out pages");
    let asked = wanted(args, &build.issue.publication, build.shop.is_some());
    let Build { sources, issue, cache, budget, theme, fonts, report, .. } = &mut build;
    let ahead = Ahead { sources, issue, cache, budget, editions: &asked };
    let laid = ahead.during(|| pages::lay_out(sources, issue, theme, fonts.clone(), cache, report))?;
    let Some(mut layout) = laid else { return Ok(None) };
    for allowances in [&allowed, &more] {
        crate::check::allow(allowances, build.sources.files(), build.report);
    }
    // The e-book alone has every word whatever the pages hold.
    if asked.iter().any(|e| *e != Edition::Epub) {
        let faults = layout.faults(&build.issue).into_iter().map(|f| f.finding);
        faults.filter(|f| f.code == Code::LAYOUT_WORDS).for_each(|f| build.report.push(f));
    }
    if build.report.has_errors() {
        return Ok(None);
    }
    let out = args.out.clone().unwrap_or_else(|| choice.publication.join("dist"));
    let mut sink = Sink::new(&out);
    let mended = build.unsure(&asked, choice, &sink, &id);
    let editions = Edition::ALL.into_iter().filter(|e| asked.contains(e) || mended.contains(e)).collect::<Vec<_>>();
    // The press's pages come last: they are set anew, and those of the screen make room for them.
    let mut turns = editions.clone();
    turns.sort_by_key(|e| *e == Edition::Print);
    for edition in turns {
        let whole = match edition {
            Edition::Epub => build.epub(&layout, &mut sink)?,
            Edition::Screen => build.screen(&layout, &mut sink)?,
            Edition::Print => {
                layout.let_go();
                build.print(&layout, &mut sink)?
            }
            Edition::Web => build.web(&layout, &mut sink)?,
        };
        if !whole {
            return Ok(None);
        }
    }
    let editions: Vec<Edition> = editions.into_iter().filter(|e| !build.stopped.contains(e)).collect();
    let mut built = build.finish(&editions, choice, sink, id, layout)?;
    built.mended = mended.into_iter().map(|e| (e, e.file(&build.issue))).collect();
    Ok(Some(built))
}

/// The editions asked for, each once and in the order in which they are built. Without a word the print edition is made where a
/// print shop is named, and the web edition where the publication speaks of it. The web edition brings what it offers.
fn wanted(args: &BuildArgs, publication: &Publication, shop: bool) -> Vec<Edition> {
    let usual = |e: &Edition| match e {
        Edition::Epub | Edition::Screen => true,
        Edition::Print => shop,
        Edition::Web => publication.web.is_some(),
    };
    let asked = |e: &Edition| args.edition.contains(e) || args.edition.is_empty() && usual(e);
    let offered = if asked(&Edition::Web) { web::offered(publication) } else { Vec::new() };
    Edition::ALL.into_iter().filter(|e| asked(e) || offered.contains(e)).collect()
}

impl Build<'_> {
    /// `false` after a finding that stops the edition.
    fn screen(&mut self, layout: &Layout, sink: &mut Sink) -> Result<bool, Error> {
        self.progress.stage("Writing the PDF");
        let (total, done) = (self.issue.pictures.len(), AtomicUsize::new(0));
        let make = |id: PictureId, wanted: &Wanted| {
            let derived = self.make(id, wanted);
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.count("Pictures for the PDF", now.min(total), total);
            derived
        };
        let Some(bytes) = self.sound(pdf::write(&self.issue, layout, &make))? else { return Ok(false) };
        sink.put(&Edition::Screen.file(&self.issue), |out| out.write_all(&bytes))?;
        Ok(true)
    }

    /// A picture that cannot be made is a finding; any other failure is the program's.
    pub(super) fn sound(&mut self, made: Result<Vec<u8>, pdf::Error>) -> Result<Option<Vec<u8>>, Error> {
        match made {
            Ok(bytes) => Ok(Some(bytes)),
            Err(pdf::Error::Picture(id, fault)) => {
                self.tell(id, &fault);
                Ok(None)
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// `false` after a finding that stops the edition.
    fn epub(&mut self, layout: &Layout, sink: &mut Sink) -> Result<bool, Error> {
        if let Err(faults) = self.warm() {
            faults.iter().for_each(|(id, fault)| self.tell(*id, fault));
            return Ok(false);
        }
        self.progress.stage("Writing the e-book");
        let make = |id: PictureId, wanted: &Wanted| self.make(id, wanted);
        let cover = pdf::cover(&self.issue, layout, &make);
        let Some(cover) = self.sound(cover)? else { return Ok(false) };
        let cover = self.draw_cover(&cover).ok_or_else(no_cover)?;
        let issue = &self.issue;
        let pages = epub::Pages {
            breaks: layout.page_breaks(),
            articles: (0..issue.articles.len())
                .map(|n| layout.folio_of(crate::issue::ArticleId(n)).to_owned())
                .collect(),
            pictures: (0..issue.pictures.len()).map(|n| layout.folios_of(PictureId(n))).collect(),
            adverts: layout.adverts.clone(),
        };
        let colours: Vec<(&str, &str)> =
            self.theme.colours.iter().map(|(name, c)| (name.as_str(), c.rgb.as_str())).collect();
        let style = epub::Style { css: &self.theme.epub_css, colours: &colours, contrast: self.theme.has_contrast() };
        let fitted = Fitted::default();
        let lengths: Mutex<BTreeMap<PictureId, u64>> = Mutex::default();
        let usual = |id: PictureId| self.for_epub(id, &fitted, Some(&lengths));
        let input = epub::Input {
            issue,
            words: Words::for_language(&issue.publication.language).0,
            pages: &pages,
            style,
            cover: Some(in_book(cover)),
            pictures: &usual,
        };
        let file = Edition::Epub.file(issue);
        let bytes = write_book(sink, &file, &input)?;
        let Some(limit) = issue.publication.epub_max_size.clone().filter(|l| bytes > l.value) else {
            self.shops(bytes);
            return Ok(true);
        };
        let lengths = std::mem::take(&mut *lengths.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let fixed = bytes - lengths.values().sum::<u64>();
        self.progress.stage("Fitting pictures into the e-book's size");
        let list: Vec<PictureId> = lengths.into_keys().collect();
        let shelf = Shelf { sources: self.sources, issue, cache: &self.cache, budget: &self.budget };
        let wanted = |id: PictureId| for_readers(&issue.pictures[id.0]);
        let Some(fitted) = shelf.fit(&list, &wanted, limit.value.saturating_sub(fixed))? else {
            self.too_large(&limit, fixed);
            return Ok(false);
        };
        let pictures = |id: PictureId| self.for_epub(id, &fitted, None);
        let bytes = write_book(sink, &file, &epub::Input { pictures: &pictures, ..input })?;
        let told = fitted.told(issue, bytes, limit.value);
        self.said.push_str(&told);
        self.shops(bytes);
        Ok(true)
    }

    /// An e-book whose pictures cannot be made small enough.
    fn too_large(&mut self, limit: &Spanned<u64>, fixed: u64) {
        let message = format!(
            "the e-book cannot be made to fit {:.1} MB: all but its photographs take {:.1} MB",
            limit.value as f64 / 1e6,
            fixed as f64 / 1e6
        );
        let hint = "raise `max-size`, or leave pictures out; adverts and drawings cannot be made smaller";
        self.report.push(Finding::new(Code::EPUB_SIZE, limit.span, message).hint(hint));
    }

    /// What shops and mail services do not take.
    fn shops(&mut self, bytes: u64) {
        let over = SHOPS
            .iter()
            .filter(|(_, most)| bytes > *most)
            .map(|(shop, most)| format!("{shop} ({} MB)", most / 1_000_000));
        let over: Vec<String> = over.collect();
        if over.is_empty() {
            return;
        }
        let message =
            format!("the e-book takes {:.1} MB, more than goes to {}", bytes as f64 / 1e6, over.join(" and "));
        let hint = "write `max-size = \"25 MB\"` under `[epub]` in `masthead.toml`: its pictures are then made to fit";
        self.report.push(Finding::new(Code::EPUB_SHOP, Span::whole(self.issue.publication.file), message).hint(hint));
    }

    /// Makes the e-book's pictures, several at a time, so that the writer finds them in the cache. All that cannot be
    /// made are told.
    fn warm(&self) -> Result<(), Vec<(PictureId, Fault)>> {
        let (total, done) = (self.issue.pictures.len(), AtomicUsize::new(0));
        if !self.cache.is_on() {
            return Ok(());
        }
        let one = |index: usize| {
            let made = self.make(PictureId(index), &for_readers(&self.issue.pictures[index]));
            self.progress.count("Pictures for the e-book", done.fetch_add(1, Ordering::Relaxed) + 1, total);
            made.err().map(|fault| (PictureId(index), fault))
        };
        let faults: Vec<_> = (0..total).into_par_iter().filter_map(one).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// A picture as it goes into the e-book; the lengths of those that could be smaller are noted.
    fn for_epub(
        &self,
        id: PictureId,
        fitted: &Fitted,
        lengths: Option<&Mutex<BTreeMap<PictureId, u64>>>,
    ) -> io::Result<Option<epub::EpubPicture>> {
        let picture = &self.issue.pictures[id.0];
        let usual = for_readers(picture);
        let made = match fitted.rung(id) {
            Some(rung) => Shelf { sources: self.sources, issue: &self.issue, cache: &self.cache, budget: &self.budget }
                .made(id, &usual, rung),
            None => self.make(id, &usual),
        };
        let made = made.map_err(|fault| io::Error::other(format!("picture `{}`: {fault:?}", picture.path)))?;
        let raster = !picture.probe.is_vector() && made.format == crate::picture::Format::Jpeg;
        if let Some(mut lengths) = lengths.filter(|_| raster).and_then(|l| l.lock().ok()) {
            lengths.insert(id, made.bytes.len() as u64);
        }
        Ok(Some(in_book(made)))
    }

    /// The cover's page as a picture. Drawing it takes about a second, so it is kept like any other made picture.
    fn draw_cover(&self, page: &[u8]) -> Option<Derived> {
        let digest = Sha256::new().chain_update(b"cover").chain_update(EPUB_PIXELS.to_le_bytes()).chain_update(page);
        let key: String = digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
        if let Some(kept) = self.cache.get(&key).and_then(|bytes| Derived::from_bytes(bytes).ok()) {
            return Some(kept);
        }
        let drawn = pdf_page(page, 0, EPUB_PIXELS).ok()?;
        self.cache.put(&key, &drawn.bytes);
        Some(drawn)
    }

    pub(super) fn make(&self, id: PictureId, wanted: &Wanted) -> Result<Derived, Fault> {
        pictures::make(self.sources, &self.issue, &self.cache, &self.budget, id, wanted)
    }

    pub(super) fn tell(&mut self, id: PictureId, fault: &Fault) {
        let path = self.issue.pictures[id.0].path.clone();
        let span = Span::whole(self.sources.mention(&path));
        self.report.push(fault.finding(&path, span));
    }

    fn ledger_name(&self) -> String {
        format!("{}/build.json", self.issue.name)
    }

    /// Whether this issue is what "latest" shows.
    fn is_latest(&self, choice: &Choice) -> bool {
        !self.issue.draft
            && self.stopped.is_empty()
            && latest(&choice.issues).is_some_and(|l| l.folder == self.issue.name)
    }

    /// Editions that are not asked for and stand in `dist` as no finished build leaves them: of no known state, or of this
    /// state beside a "latest" of another.
    fn unsure(&self, asked: &[Edition], choice: &Choice, sink: &Sink, id: &str) -> Vec<Edition> {
        let ledger = Ledger::read(sink.read(&self.ledger_name()).as_deref());
        let is_unsure = |edition: &Edition| {
            let file = edition.file(&self.issue);
            let known = ledger.digest(&file);
            let copied = || edition.latest().is_none_or(|copy| sink.digest(copy).as_deref() == known);
            // The print edition is made only where its shop is known.
            let makes = *edition != Edition::Print || self.shop.is_some();
            makes
                && sink.has(&file)
                && (known.is_none() || self.is_latest(choice) && !ledger.differs(&file, id) && !copied())
        };
        Edition::ALL.into_iter().filter(|e| !asked.contains(e)).filter(is_unsure).collect()
    }

    /// Notes the state of every edition, copies the newest, and gives all files their names.
    fn finish(
        &self,
        editions: &[Edition],
        choice: &Choice,
        mut sink: Sink,
        id: String,
        layout: Layout,
    ) -> Result<Built, Error> {
        let _turn = sink.turn();
        let ledger_name = self.ledger_name();
        let mut ledger = Ledger::read(sink.read(&ledger_name).as_deref());
        let files: Vec<String> = editions.iter().map(|e| e.file(&self.issue)).collect();
        let struck = files.iter().filter(|f| ledger.strike(f)).count();
        let unfinished = ledger.text();
        let (mut written, mut copies, mut stale) = (Vec::new(), Vec::new(), Vec::new());
        for edition in Edition::ALL {
            let file = edition.file(&self.issue);
            if editions.contains(&edition) {
                ledger.note(&file, &id, &sink.digest(&file).unwrap_or_default());
                if let Some(copy) = edition.latest().filter(|_| self.is_latest(choice)) {
                    sink.copy(&file, copy)?;
                    copies.push(sink.path(copy));
                }
                written.push((edition, sink.path(&file)));
            } else if sink.has(&file)
                && (ledger.differs(&file, &id) || sink.digest(&file).as_deref() != ledger.digest(&file))
            {
                stale.push((edition, file));
            }
        }
        sink.put(&ledger_name, |out| out.write_all(ledger.text().as_bytes()))?;
        if struck > 0 {
            sink.at_once(&ledger_name, unfinished.as_bytes())?;
        }
        let further = self.further.iter().map(|file| sink.path(file)).collect();
        sink.finish()?;
        let short = layout.faults(&self.issue).len();
        let said = self.said.clone();
        Ok(Built { written, further, latest: copies, stale, mended: Vec::new(), id, short, layout, said })
    }
}

/// What an e-reader wants of a picture.
pub(super) fn for_readers(picture: &Picture) -> Wanted {
    Wanted { credit: picture.credit.clone(), ..Wanted::within(EPUB_PIXELS, EPUB_PIXELS) }
}

/// The most bytes that well-known ways to readers take (Amazon, "Send to Kindle by e-mail"; Kobo Writing Life).
const SHOPS: [(&str, u64); 2] = [("a Kindle by e-mail", 25_000_000), ("Kobo", 100_000_000)];

/// Writes the e-book and says how long it is.
fn write_book(sink: &mut Sink, file: &str, input: &epub::Input<'_>) -> Result<u64, Error> {
    let mut bytes = 0;
    sink.put(file, |out| {
        let out = epub::write(input, out)?;
        bytes = io::Seek::stream_position(out)?;
        Ok(())
    })?;
    Ok(bytes)
}

fn in_book(derived: Derived) -> epub::EpubPicture {
    let Derived { bytes, format, width, height } = derived;
    epub::EpubPicture { format, width, height, bytes }
}

fn no_cover() -> Error {
    Error::Refused("the cover could not be drawn: please report it".to_owned())
}

fn say(args: &BuildArgs, prepared: &Prepared, built: Option<&Built>, voice: &mut Voice<'_>) {
    let files = prepared.sources.files();
    if args.format == Format::Json {
        let editions: Vec<_> = built.iter().flat_map(|b| &b.written).collect();
        let value = json!({
            "findings": json_value(&prepared.report, files),
            "build": built.map(|b| b.id.clone()),
            "written": editions.iter().map(|(e, p)| json!({"edition": e.name(), "file": shown(p)})).collect::<Vec<_>>(),
            "further": built.map_or(Vec::new(), |b| b.further.iter().map(|p| shown(p)).collect()),
            "latest": built.map_or(Vec::new(), |b| b.latest.iter().map(|p| shown(p)).collect()),
            "other_state": built.map_or(Vec::new(), |b| b.stale.iter().map(|(_, f)| f.clone()).collect()),
            "layout": built.map(|b| pages::summary_json(&b.layout, b.short)),
        });
        return voice.out(&format!("{value:#}\n"));
    }
    let findings = voice.report(&prepared.report, files);
    voice.err(&findings);
    let Some(built) = built else {
        // Only where a draft would come of it.
        let mut errors = prepared.report.findings().iter().filter(|f| f.severity == Severity::Error);
        let hint =
            if !args.draft && errors.all(|f| f.drafted) { ", or build with `--draft` until they are" } else { "" };
        return voice.err(&format!("nothing was written: the errors must be mended first{hint}\n"));
    };
    for path in built.written.iter().map(|(_, path)| path).chain(&built.further).chain(&built.latest) {
        voice.out(&format!("{}\n", shown(path)));
    }
    voice.err(&pages::brief(&built.layout, built.short));
    voice.err(&built.said);
    for (edition, file) in &built.mended {
        let copy = edition.latest().map(|copy| format!(" or {copy}")).unwrap_or_default();
        voice.err(&format!(
            "note: {file}{copy} was not as a finished build leaves it (was a build stopped?); it was built again too\n"
        ));
    }
    for (edition, file) in &built.stale {
        let again = edition.name();
        voice.err(&format!(
            "note: {file} is from another state of the issue; build it again with `--edition {again}`\n"
        ));
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}
