//! The print edition of a build: the PDF for the print shop.

use super::args::{BuildArgs, Edition};
use super::build::Build;
use super::pages::failed;
use super::preflight::{Look, render};
use super::prepare::Prepared;
use super::sink::Sink;
use super::{Error, shops};
use crate::issue::PictureId;
use crate::picture::Wanted;
use crate::press::preflight::{Verdict, html, human, judge};
use crate::press::{self, Handed, Shop, Written};
use crate::report::{Code, Finding, Span};
use crate::typeset::Layout;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The shop that is followed when the print edition is asked for and nobody names one.
const USUAL: &str = "fogra39-x4";

/// The print shop of a build: the one that is asked for, or else the publication's; none where no print edition is wanted.
///
/// # Errors
/// When the shop that is asked for cannot be used.
pub(super) fn shop(args: &BuildArgs, own: Option<Shop>, prepared: &mut Prepared) -> Result<Option<Shop>, Error> {
    let asked = args.edition.contains(&Edition::Print);
    match (&args.shop, own) {
        (Some(name), _) => shops::find(name, &mut prepared.sources).map(Some),
        (None, None) if asked => Ok(Shop::named(USUAL)),
        (None, own) => Ok(own),
    }
}

impl Build<'_> {
    /// `false` after a finding that stops the edition.
    ///
    /// # Errors
    /// When it cannot be written, or an engine fails.
    pub(super) fn print(&mut self, layout: &Layout, sink: &mut Sink) -> Result<bool, Error> {
        let Some(shop) = self.shop.clone() else { return Ok(false) };
        self.progress.stage("Writing the PDF for the print shop");
        let (total, done) = (self.issue.pictures.len(), AtomicUsize::new(0));
        let make = |id: PictureId, wanted: &Wanted| {
            let derived = self.make(id, wanted);
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.count("Pictures for the print shop", now.min(total), total);
            derived
        };
        let files = match press::write(&self.issue, layout, self.fonts.clone(), &shop, &make) {
            Ok(files) => files,
            Err(press::Error::Picture(id, fault)) => {
                self.tell(id, &fault);
                return Ok(false);
            }
            Err(press::Error::NoSpine) => {
                self.no_spine(&shop);
                return Ok(true);
            }
            Err(error) => return Err(failed(&error)),
        };
        self.progress.stage("Judging it as the print shop will");
        self.hand_over(files, &shop, layout.pages.len(), sink)?;
        Ok(true)
    }

    /// Judges the finished files; what stands the test is written, with the sheet to the print shop.
    fn hand_over(&mut self, files: Vec<Written>, shop: &Shop, extent: usize, sink: &mut Sink) -> Result<(), Error> {
        let file = Edition::Print.file(&self.issue);
        let stem = file.trim_end_matches(".pdf");
        let (mut handed, mut all) = (Vec::new(), Verdict::default());
        let mut reports = Vec::new();
        for written in &files {
            let path = format!("{stem}{}.pdf", written.suffix);
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let (verdict, views) = self.judged(written, shop)?;
            let report = format!("{stem}{}-preflight.html", written.suffix);
            let page = html(&verdict, &name, shop, &views);
            sink.put(&report, |out| out.write_all(page.as_bytes()))?;
            if !verdict.faults.is_empty() || !verdict.unchecked.is_empty() {
                self.said.push_str(&human(&verdict, &name, shop, false));
            }
            if verdict.has_errors() {
                reports.push(report.clone());
            }
            self.further.push(report);
            let digest: String = Sha256::digest(&written.bytes).iter().map(|b| format!("{b:02x}")).collect();
            handed.push(Handed { name, what: written.what.to_owned(), length: written.bytes.len(), digest });
            gather(&mut all, verdict);
        }
        if !reports.is_empty() {
            self.refused(shop, &reports.join("` and `"));
            return Ok(());
        }
        let text = press::sheet(&self.issue, shop, extent, &handed, &all);
        let sheet = format!("{stem}.txt");
        sink.put(&sheet, |out| out.write_all(text.as_bytes()))?;
        self.further.push(sheet);
        for written in &files {
            let path = format!("{stem}{}.pdf", written.suffix);
            sink.put(&path, |out| out.write_all(&written.bytes))?;
            if !written.suffix.is_empty() {
                self.further.push(path);
            }
        }
        Ok(())
    }

    /// The verdict on a finished file, and its small pages.
    fn judged(&self, written: &Written, shop: &Shop) -> Result<(Verdict, Vec<Option<String>>), Error> {
        let Written { bytes, purpose, .. } = written;
        let mut verdict = judge(bytes, shop, purpose);
        let folder = std::env::temp_dir();
        let mut file = tempfile::NamedTempFile::new().map_err(Error::io("make a file in", &folder))?;
        file.write_all(bytes).map_err(Error::io("write", file.path()))?;
        let look = Look { render: self.render, views: true };
        let views = render(file.path(), &look, &mut verdict, shop, purpose)?;
        Ok((verdict, views))
    }

    /// A cover around a spine needs the paper's thickness.
    fn no_spine(&mut self, shop: &Shop) {
        self.stopped.push(Edition::Print);
        let message =
            format!("the cover is wrapped around a spine, and `{}` does not say how thick the paper is", shop.name);
        let hint = "ask the print shop, and write `leaf` (an inner leaf, such as 0.1) and `board` (the cover, such as 0.25) in \
                    millimetres under `[paper]` in the shop's file";
        self.report.push(Finding::new(Code::PRINT_SHOP, self.shop_span(), message).hint(hint));
    }

    /// Where the publication names its print shop.
    fn shop_span(&self) -> Span {
        let publication = &self.issue.publication;
        publication.shop.as_ref().map_or(Span::whole(publication.file), |s| s.span)
    }

    /// An edition that would come back is not handed out; the others are.
    fn refused(&mut self, shop: &Shop, report: &str) {
        self.stopped.push(Edition::Print);
        let span = self.shop_span();
        let message = format!("the print edition would come back from a print shop that works by `{}`", shop.name);
        let hint = format!("mend what is named below; `{report}` shows every place on its page");
        self.report.push(Finding::new(Code::PRINT_PREFLIGHT, span, message).hint(hint));
    }
}

/// Adds one file's verdict to that on all of them.
fn gather(all: &mut Verdict, verdict: Verdict) {
    all.faults.extend(verdict.faults);
    for (list, more) in [(&mut all.unchecked, verdict.unchecked), (&mut all.spots, verdict.spots)] {
        more.into_iter().for_each(|one| {
            if !list.contains(&one) {
                list.push(one);
            }
        });
    }
}
