//! The web edition of a build: the issue's own pages below `site/issues/`, and what belongs to all issues made anew around them.
//!
//! A file that stands there with the same content is left alone, so that adding an issue touches nothing of the others. Issues that
//! are not out, and drafts, go into a folder of their own and never beside published ones.

use super::Error;
use super::args::Edition;
use super::build::Build;
use super::outputs::{digest, digest_of};
use super::pages::failed;
use super::sink::Sink;
use crate::issue::PictureId;
use crate::manifest::Status;
use crate::pdf;
use crate::picture::{Derived, Wanted, pdf_page};
use crate::report::{Code, Finding, Span};
use crate::typeset::{EngineError, Layout};
use crate::web::{self, File, Input, Look, Offer, Record};
use crate::words::Words;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The longer side of a page's small picture, in pixels; and the pixels per inch of photographs on it.
const VIEW: u32 = 700;
const VIEW_PPI: f64 = 60.0;
/// The longer side of the cover's pictures, in pixels.
const COVERS: [u32; 3] = [480, 960, 1600];

/// The folder of the site in `dist`: that of published issues, or the one to look at.
pub(super) fn root(published: bool) -> &'static str {
    if published { "site" } else { "site-draft" }
}

/// All records of a site, newest first.
pub(super) fn records(sink: &Sink, root: &str) -> Vec<Record> {
    let names = sink.folders(&format!("{root}/issues"));
    let read = |name: String| {
        let bytes = sink.read(&format!("{root}/issues/{name}/issue.json"))?;
        let record: Record = serde_json::from_slice(&bytes).ok()?;
        (record.name == name && record.version == web::record::VERSION).then_some(record)
    };
    let mut records: Vec<Record> = names.into_iter().filter_map(read).collect();
    sort(&mut records);
    records
}

fn sort(records: &mut [Record]) {
    records.sort_by(|a, b| (&b.date, b.number, &b.name).cmp(&(&a.date, a.number, &a.name)));
}

impl Build<'_> {
    /// Where the site of this build stands in `dist`.
    pub(super) fn site(&self) -> &'static str {
        root(!self.issue.draft && self.issue.status == Status::Published)
    }

    /// `false` after a finding that stops the edition.
    ///
    /// # Errors
    /// When it cannot be written, or an engine fails.
    pub(super) fn web(&mut self, layout: &Layout, sink: &mut Sink) -> Result<bool, Error> {
        self.progress.stage("Writing the web edition");
        let downloads = self.downloads(sink);
        let (record, files) = match self.made(layout, &downloads) {
            Ok(made) => made,
            Err(pdf::Error::Picture(id, fault)) => {
                self.tell(id, &fault);
                return Ok(false);
            }
            Err(error) => return Err(failed(&error)),
        };
        self.put_site(record, files, sink)?;
        self.unaddressed();
        Ok(true)
    }

    /// The issue's own files.
    fn made(&self, layout: &Layout, downloads: &[Offer]) -> Result<(Record, Vec<File>), pdf::Error> {
        let (total, done) = (self.issue.pictures.len() * 3, AtomicUsize::new(0));
        let make = |id: PictureId, wanted: &Wanted| {
            let derived = self.make(id, wanted);
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.count("Pictures for the web", now.min(total), total);
            derived
        };
        let small = pdf::preview(&self.issue, layout, VIEW_PPI, &make)?;
        let pages: Vec<usize> = (0..layout.pages.len()).collect();
        let views: Option<Vec<Derived>> = pages.par_iter().map(|&page| self.view(&small, page, VIEW)).collect();
        drop(small);
        let cover = pdf::cover(&self.issue, layout, &make)?;
        let covers: Option<Vec<Derived>> = COVERS.par_iter().map(|&pixels| self.view(&cover, 0, pixels)).collect();
        let (Some(views), Some(covers)) = (views, covers) else {
            return Err(pdf::Error::Engine(EngineError("a page could not be drawn".to_owned())));
        };
        let (words, _) = Words::for_language(&self.issue.publication.language);
        let colours: Vec<(&str, &str)> =
            self.theme.colours.iter().map(|(name, c)| (name.as_str(), c.rgb.as_str())).collect();
        let input = Input {
            issue: &self.issue,
            layout,
            words,
            look: Look { css: &self.theme.epub_css, colours: &colours },
            derive: &make,
            views: &views,
            covers: &covers,
            downloads,
        };
        web::write(&input).map_err(|web::Error(id, fault)| pdf::Error::Picture(id, fault))
    }

    /// A page as a picture, kept for the next build like any other made picture.
    fn view(&self, pdf: &[u8], page: usize, pixels: u32) -> Option<Derived> {
        let whole = digest_of(pdf);
        let key = digest(&["view", &whole, &page.to_string(), &pixels.to_string()]);
        if let Some(kept) = self.cache.get(&key).and_then(|bytes| Derived::from_bytes(bytes).ok()) {
            return Some(kept);
        }
        let drawn = pdf_page(pdf, page, pixels).ok()?;
        self.cache.put(&key, &drawn.bytes);
        Some(drawn)
    }

    /// The finished editions that the publication offers.
    fn downloads(&self, sink: &Sink) -> Vec<Offer> {
        let offered = offered(&self.issue.publication);
        let offer = |edition: Edition| {
            let file = edition.file(&self.issue);
            let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
            Some(Offer { edition: edition.name(), name, bytes: sink.waiting(&file)? })
        };
        offered.into_iter().filter_map(offer).collect()
    }

    /// Writes what differs from what stands there, and takes away what this issue no longer has.
    fn put_site(&mut self, record: Record, files: Vec<File>, sink: &mut Sink) -> Result<(), Error> {
        let root = self.site();
        let mut all = records(sink, root);
        let before = all.iter().find(|r| r.name == record.name).map(|r| r.files.clone()).unwrap_or_default();
        all.retain(|r| r.name != record.name);
        all.push(record);
        sort(&mut all);
        let made: BTreeMap<String, Vec<u8>> = files.into_iter().map(|f| (f.path, f.bytes)).collect();
        let read = |path: &str| made.get(path).cloned().or_else(|| sink.read(&format!("{root}/{path}")));
        let index = web::index(&all, &read);
        let named: BTreeSet<&String> = all.iter().flat_map(|r| &r.files).collect();
        let own = Edition::Web.file(&self.issue);
        for File { path, bytes } in made.into_iter().map(|(path, bytes)| File { path, bytes }).chain(index) {
            let name = format!("{root}/{path}");
            // The landing page is always written: it is this edition's file.
            if name == own || sink.read(&name).as_deref() != Some(&bytes) {
                sink.put(&name, |out| out.write_all(&bytes))?;
            }
        }
        before.iter().filter(|path| !named.contains(path)).for_each(|path| sink.forget(&format!("{root}/{path}")));
        Ok(())
    }

    /// Without an address there are no cards for sharing, no site map, and feeds that only some readers follow.
    fn unaddressed(&mut self) {
        let publication = &self.issue.publication;
        let known = publication.web.as_ref().is_some_and(|w| w.address.is_some());
        if known || self.issue.draft {
            return;
        }
        let span = publication.web.as_ref().map_or(Span::whole(publication.file), |w| w.span);
        let message = "nobody said where the web edition will stand: it has no site map and no cards for sharing";
        let hint = "write `address = \"https://…/\"` under `[web]` in `masthead.toml`";
        self.report.push(Finding::new(Code::WEB_ADDRESS, span, message).hint(hint));
    }
}

/// The editions that readers can download.
pub(super) fn offered(publication: &crate::manifest::Publication) -> Vec<Edition> {
    let said = |edition: Edition| match &publication.web {
        Some(web) => web.downloads.iter().any(|d| d == edition.name()),
        None => true,
    };
    [Edition::Epub, Edition::Screen].into_iter().filter(|e| said(*e)).collect()
}
