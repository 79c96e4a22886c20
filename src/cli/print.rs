//! The print edition of a build: the PDF for the print shop.

use super::args::{BuildArgs, Edition};
use super::build::Build;
use super::pages::failed;
use super::prepare::Prepared;
use super::sink::Sink;
use super::{Error, shops};
use crate::issue::PictureId;
use crate::picture::Wanted;
use crate::press::{self, Shop};
use crate::typeset::Layout;
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
        sink.put(&Edition::Print.file(&self.issue), |out| out.write_all(&bytes))?;
        Ok(true)
    }
}
