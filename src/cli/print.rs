//! The print edition of a build: the PDF for the print shop.

use super::Error;
use super::args::{BuildArgs, Edition};
use super::build::Build;
use super::pages::failed;
use super::preflight::{Look, render};
use super::sink::Sink;
use crate::issue::PictureId;
use crate::issue::pages::Anchor;
use crate::picture::Wanted;
use crate::press::preflight::{Verdict, html, human, judge};
use crate::press::{self, Handed, Shop, Written};
use crate::report::{Code, Finding, Severity, Span, Spanned};
use crate::typeset::Layout;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The shop that is followed when the print edition is asked for and nobody names one.
const USUAL: &str = "fogra39-x4";
/// Part of the name of what the shop would send back.
const REFUSED: &str = "-refused";

/// The print shop of a build: the one that was prepared for, or where the print edition is asked for and nobody names one, the
/// usual; none where no print edition is wanted.
pub(super) fn shop(args: &BuildArgs, named: Option<Shop>) -> Option<Shop> {
    let asked = args.edition.contains(&Edition::Print);
    named.or_else(|| asked.then(|| Shop::named(USUAL)).flatten())
}

impl Build<'_> {
    /// `false` after a finding that stops the edition.
    ///
    /// # Errors
    /// When it cannot be written, or an engine fails.
    pub(super) fn print(&mut self, layout: &Layout, sink: &mut Sink) -> Result<bool, Error> {
        let Some(shop) = self.shop.clone() else { return Ok(false) };
        if self.unpaid() {
            return Ok(true);
        }
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
        self.hand_over(files, &shop, layout, sink)?;
        Ok(true)
    }

    /// Judges the finished files and writes them with their reports and the sheet to the print shop. Files that the shop would
    /// send back are written under names of their own, to look at: the last good ones stay.
    fn hand_over(&mut self, files: Vec<Written>, shop: &Shop, layout: &Layout, sink: &mut Sink) -> Result<(), Error> {
        let file = Edition::Print.file(&self.issue);
        let mut verdicts = Vec::new();
        for written in &files {
            // The cover's four pages and the others count together.
            let mut own = shop.clone();
            if layout.pages.len().is_multiple_of(shop.multiple_of as usize) {
                own.multiple_of = 1;
            }
            verdicts.push(self.judged(written, &own)?);
        }
        let refused = verdicts.iter().any(|(verdict, _)| verdict.has_errors());
        let stem = file.trim_end_matches(".pdf");
        let stem = if refused { format!("{stem}{REFUSED}") } else { stem.to_owned() };
        let (mut handed, mut all) = (Vec::new(), Verdict::default());
        for (written, (verdict, views)) in files.iter().zip(verdicts) {
            let path = format!("{stem}{}.pdf", written.suffix);
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let report = format!("{stem}{}-preflight.html", written.suffix);
            let page = html(&verdict, &name, shop, &views);
            sink.put(&report, |out| out.write_all(page.as_bytes()))?;
            sink.put(&path, |out| out.write_all(&written.bytes))?;
            if path != file {
                self.further.push(path);
            }
            self.further.push(report);
            if !verdict.faults.is_empty() || !verdict.unchecked.is_empty() {
                self.said.push_str(&human(&verdict, &name, shop, false));
            }
            let digest: String = Sha256::digest(&written.bytes).iter().map(|b| format!("{b:02x}")).collect();
            handed.push(Handed { name, what: written.what.to_owned(), length: written.bytes.len(), digest });
            gather(&mut all, verdict);
        }
        if refused {
            self.refused(shop, &format!("{stem}.pdf"), &all, layout);
            return Ok(());
        }
        let text = press::sheet(&self.issue, shop, layout.pages.len(), &handed, &all);
        let sheet = format!("{stem}.txt");
        sink.put(&sheet, |out| out.write_all(text.as_bytes()))?;
        self.further.push(sheet);
        let whole = files.iter().all(|f| f.suffix.is_empty());
        for ending in [".pdf", "-preflight.html"] {
            ["", "-cover"].iter().for_each(|suffix| sink.forget(&format!("{stem}{REFUSED}{suffix}{ending}")));
            if whole {
                // An earlier build's cover would go to the printer with these pages.
                sink.forget(&format!("{stem}-cover{ending}"));
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

    /// Whether a picture may not be printed: the ledger says for what it was paid.
    fn unpaid(&mut self) -> bool {
        let on_screens_only = |media: &[Spanned<String>]| !media.is_empty() && media.iter().all(|m| m.value != "print");
        let pictures =
            self.issue.pictures.iter().filter_map(|p| Some((p.path.clone(), p.rights.as_ref()?.media.clone())));
        let unpaid: Vec<(String, Vec<Spanned<String>>)> =
            pictures.filter(|(_, media)| on_screens_only(media)).collect();
        for (path, media) in &unpaid {
            let message = format!("the print edition is not made: picture `{path}` is paid for on screens only");
            let hint = "pay for print and add it to `media`, or take another picture";
            let span = media.first().map_or(Span::whole(self.issue.file), |m| m.span);
            self.report.push(Finding::new(Code::RIGHTS_MEDIA, span, message).hint(hint));
        }
        if !unpaid.is_empty() {
            self.stopped.push(Edition::Print);
        }
        !unpaid.is_empty()
    }

    /// A cover around a spine needs the paper's thickness.
    fn no_spine(&mut self, shop: &Shop) {
        self.stopped.push(Edition::Print);
        let message =
            format!("the cover is wrapped around a spine, and `{}` does not say how thick the paper is", shop.name);
        let hint = "ask the print shop, and write `leaf` (an inner leaf, such as 0.1) and `board` (the cover, such as 0.25) in \
                    millimetres under `[paper]` in the shop's file";
        let whole = Span::whole(self.issue.publication.file);
        let mut finding = Finding::new(Code::PRINT_SHOP, whole, message).hint(hint);
        finding.span = self.shop_span(shop);
        self.report.push(finding);
    }

    /// Where the publication names this print shop; nowhere if `--shop` does.
    fn shop_span(&self, shop: &Shop) -> Option<Span> {
        let named = self.issue.publication.shop.as_ref()?;
        let stem = named.value.rsplit('/').next().unwrap_or(&named.value).trim_end_matches(".toml");
        (stem == shop.name).then_some(named.span)
    }

    /// An edition that would come back is not handed out; the others are.
    fn refused(&mut self, shop: &Shop, file: &str, verdict: &Verdict, layout: &Layout) {
        self.stopped.push(Edition::Print);
        let message = format!("the print edition would come back from a print shop that works by `{}`", shop.name);
        let hint = format!(
            "mend the errors named below; `{file}` is to look at, not to send, and its report frames every place"
        );
        let whole = Span::whole(self.issue.publication.file);
        let mut finding = Finding::new(Code::PRINT_PREFLIGHT, whole, message).hint(hint);
        finding.span = self.shop_span(shop);
        let errors = || verdict.faults.iter().filter(|f| f.severity == Severity::Error);
        for number in errors().flat_map(|f| f.pages.iter().copied()).collect::<BTreeSet<_>>() {
            if let Some(advert) = self.advert_on(layout, number) {
                finding = finding.hint(format!("page {number} is the advert `{advert}`: ask its maker"));
            }
        }
        if !shop.standard.allows_transparency() && errors().any(|f| f.rule.id().contains("transparen")) {
            let hint = format!(
                "{} allows nothing see-through, and pictures with words on them, cut-outs and some drawings are: ask the print shop \
                 whether it takes PDF/X-4, as nearly all do, and name such a profile",
                shop.standard.name()
            );
            finding = finding.hint(hint);
        }
        self.report.push(finding);
    }

    /// The file of the advert that fills a page.
    fn advert_on(&self, layout: &Layout, number: usize) -> Option<String> {
        let page = layout.pages.get(number.checked_sub(1)?)?;
        let Anchor::Advert(id) = page.starts else { return None };
        let advert = self.issue.advert(id)?;
        self.issue.pictures.get(advert.picture.0).map(|p| p.path.clone())
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
