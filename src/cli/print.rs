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
use crate::press::preflight::{Purpose, Verdict, html, human, judge};
use crate::press::{self, Handed, Shop};
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
        let bytes = match press::write(&self.issue, layout, self.fonts.clone(), &shop, &make) {
            Ok(bytes) => bytes,
            Err(press::Error::Picture(id, fault)) => {
                self.tell(id, &fault);
                return Ok(false);
            }
            Err(error) => return Err(failed(&error)),
        };
        self.progress.stage("Judging it as the print shop will");
        let file = Edition::Print.file(&self.issue);
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        let (verdict, views) = self.judged(&bytes, &shop)?;
        let stem = file.trim_end_matches(".pdf");
        let page = html(&verdict, &name, &shop, &views);
        let report = format!("{stem}-preflight.html");
        sink.put(&report, |out| out.write_all(page.as_bytes()))?;
        self.further.push(report.clone());
        if !verdict.faults.is_empty() || !verdict.unchecked.is_empty() {
            self.said.push_str(&human(&verdict, &name, &shop, false));
        }
        if verdict.has_errors() {
            self.refused(&shop, &report);
            return Ok(true);
        }
        let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let handed = Handed { name, what: "all pages".to_owned(), length: bytes.len(), digest };
        let extent = layout.pages.len();
        let text = press::sheet(&self.issue, &shop, extent, &[handed], &verdict);
        let sheet = format!("{stem}.txt");
        sink.put(&sheet, |out| out.write_all(text.as_bytes()))?;
        self.further.push(sheet);
        sink.put(&file, |out| out.write_all(&bytes))?;
        Ok(true)
    }

    /// The verdict on a finished file, and its small pages.
    fn judged(&self, bytes: &[u8], shop: &Shop) -> Result<(Verdict, Vec<Option<String>>), Error> {
        let mut verdict = judge(bytes, shop, &Purpose::Issue);
        let folder = std::env::temp_dir();
        let mut file = tempfile::NamedTempFile::new().map_err(Error::io("make a file in", &folder))?;
        file.write_all(bytes).map_err(Error::io("write", file.path()))?;
        let look = Look { render: self.render, views: true };
        let views = render(file.path(), &look, &mut verdict, shop, &Purpose::Issue)?;
        Ok((verdict, views))
    }

    /// An edition that would come back is not handed out; the others are.
    fn refused(&mut self, shop: &Shop, report: &str) {
        self.stopped.push(Edition::Print);
        let publication = &self.issue.publication;
        let span = publication.shop.as_ref().map_or(Span::whole(publication.file), |s| s.span);
        let message = format!("the print edition would come back from a print shop that works by `{}`", shop.name);
        let hint = format!("mend what is named below; `{report}` shows every place on its page");
        self.report.push(Finding::new(Code::PRINT_PREFLIGHT, span, message).hint(hint));
    }
}
