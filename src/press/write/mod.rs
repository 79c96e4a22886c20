//! The print edition: the laid-out pages in the colours of one press, with everything that its shop asks for.
//!
//! The pages are the screen edition's, compiled from the same decisions; what differs is colour, bleed, and that nothing is
//! left that a press cannot print.

mod dress;
mod hand;
mod metadata;

use super::colour::to_inks;
use super::preflight::Purpose;
use super::shop::{Intent, Shop, Standard};
use crate::issue::{Issue, PictureId};
use crate::manifest::{AdvertSize, Mm};
use crate::pdffile::{Inked, Replacement, SwapError, open, swap};
use crate::picture::{Derived, Fault, Format, Inks, Wanted};
use crate::typeset::{EngineError, Fonts, Layout, PT_PER_MM, Placed, stand_in_id};
use lopdf::{Document, SaveOptions};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pixels per inch of a photograph at the size at which it stands: more than a screen of 150 lines can print is only longer.
const PPI: f64 = 300.0;
/// Quality of photographs: a print run is not the place to save.
pub(super) const QUALITY: u8 = 90;

/// Why the edition could not be written.
#[derive(Debug)]
pub enum Error {
    /// The engine failed at pages that it set before.
    Engine(EngineError),
    /// A picture that was sound when it was probed could not be opened again.
    Picture(PictureId, Fault),
    /// A picture could not be put into the finished file.
    Swap(SwapError),
    /// The cover is wrapped around a spine of which nobody knows how wide it is.
    NoSpine,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Engine(e) => e.fmt(f),
            Error::Picture(picture, fault) => write!(f, "picture {}: {fault:?}", picture.0),
            Error::Swap(e) => e.fmt(f),
            Error::NoSpine => f.write_str("the width of the spine is not known"),
        }
    }
}

impl std::error::Error for Error {}

/// Makes a picture's derivative: the caller reads the file and keeps the cache.
pub type Derive<'a> = dyn Fn(PictureId, &Wanted) -> Result<Derived, Fault> + Sync + 'a;

/// A file of the print edition.
#[derive(Debug, Clone)]
pub struct Written {
    /// What its name ends in: nothing, or `-cover`.
    pub suffix: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// What it is judged as.
    pub purpose: Purpose,
}

/// The finished files. `fonts` are those of the laying out.
///
/// # Errors
/// [`Error`] says what could not be done; the author's material was checked before.
pub fn write(
    issue: &Issue,
    layout: &Layout,
    fonts: Arc<Fonts>,
    shop: &Shop,
    derive: &Derive<'_>,
) -> Result<Vec<Written>, Error> {
    let files = hand::files(layout.pages.len(), shop, layout.format.rtl).map_err(|_| Error::NoSpine)?;
    let pages = layout.print_pdf(issue, fonts, shop.bleed.0 * PT_PER_MM).map_err(Error::Engine)?;
    let condition = &shop.condition;
    let inks = Inks::new(condition.profile.clone(), condition.intent == Intent::Perceptual, shop.ink_limit);
    let pictures = pictures(issue, &pages.placed, shop, derive)?;
    let mut document = open(&pages.pdf).map_err(Error::Swap)?;
    drop(pages);
    let adverts = swap(&mut document, pictures, Inked::Device).map_err(Error::Swap)?;
    to_inks(&mut document, shop, &inks, &adverts);
    let extent = layout.pages.len();
    let mut written = Vec::new();
    let mut left = files.len();
    let mut document = Some(document);
    for file in files {
        left -= 1;
        // The last takes the document itself: an issue's pictures are large.
        let Some(mut own) = (if left == 0 { document.take() } else { document.clone() }) else { continue };
        let folds = hand::arrange(&mut own, &file, shop.bleed.0 * PT_PER_MM, shop.rich_black);
        dress::dress(&mut own, issue, shop, &folds);
        metadata::write(&mut own, issue, shop);
        own.prune_objects();
        let bytes = save(own, shop.standard).map_err(|e| Error::Swap(SwapError::Pdf(e.to_string())))?;
        let page = (issue.trim.width, issue.trim.height);
        let purpose = if file.wrapped { Purpose::Cover { page, inner_pages: extent - 4 } } else { Purpose::Issue };
        written.push(Written { suffix: file.suffix, what: file.what, bytes, purpose });
    }
    Ok(written)
}

/// The inks of photographs; none where the shop takes them as they are.
fn inks(shop: &Shop) -> Option<Inks> {
    let condition = &shop.condition;
    let kept = shop.keep_rgb && shop.standard.allows_icc();
    (!kept).then(|| Inks::new(condition.profile.clone(), condition.intent == Intent::Perceptual, shop.ink_limit))
}

/// What is asked of every picture: the largest width at which it stands, in the shop's inks.
fn asked(issue: &Issue, placed: &[Placed], inks: Option<&Inks>) -> Vec<(PictureId, Wanted)> {
    let mut widths: BTreeMap<PictureId, f64> = BTreeMap::new();
    // Drawings are in the pages as they are: they have no stand-in.
    for p in placed.iter().filter(|p| issue.pictures[p.picture.0].probe.format != Format::Svg) {
        let width = widths.entry(p.picture).or_insert(0.0);
        *width = width.max(p.width);
    }
    widths.into_iter().map(|(picture, width)| (picture, wanted(issue, picture, width, inks))).collect()
}

fn pictures(
    issue: &Issue,
    placed: &[Placed],
    shop: &Shop,
    derive: &Derive<'_>,
) -> Result<BTreeMap<String, Replacement>, Error> {
    let inks = inks(shop);
    let one = |(picture, wanted): &(PictureId, Wanted)| {
        let derived = derive(*picture, wanted);
        let made = derived.and_then(|derived| replacement(derived, inks.as_ref(), beyond(issue, *picture, shop)));
        Ok((stand_in_id(*picture), made.map_err(|fault| Error::Picture(*picture, fault))?))
    };
    asked(issue, placed, inks.as_ref()).par_iter().map(one).collect()
}

fn wanted(issue: &Issue, picture: PictureId, width: f64, inks: Option<&Inks>) -> Wanted {
    let picture = &issue.pictures[picture.0];
    let across = (width / 72.0 * PPI).ceil().max(1.0);
    let down = (across / picture.probe.aspect()).ceil().max(1.0);
    let mut wanted = Wanted::within(across as u32, down as u32);
    wanted.quality = QUALITY;
    wanted.credit = picture.credit.clone();
    wanted.inks = inks.cloned();
    wanted
}

/// How far the place of an advert that covers its page or pages goes beyond them, in parts of their width and height.
fn beyond(issue: &Issue, picture: PictureId, shop: &Shop) -> (f64, f64) {
    let (width, height, Mm(bleed)) = (issue.trim.width.0, issue.trim.height.0, shop.bleed);
    match issue.adverts.iter().find(|a| a.picture == picture).map(|a| a.size) {
        Some(AdvertSize::Full) => (bleed / width, bleed / height),
        Some(AdvertSize::Double) => (bleed / (2.0 * width), bleed / height),
        _ => (0.0, 0.0),
    }
}

fn replacement(derived: Derived, inks: Option<&Inks>, beyond: (f64, f64)) -> Result<Replacement, Fault> {
    match (derived.format, inks) {
        (Format::Pdf, _) => Ok(Replacement::Pdf { bytes: derived.bytes, beyond }),
        (Format::Png, Some(inks)) => {
            let samples = derived.samples()?;
            Ok(Replacement::Inks { inks: inks.of_drawing(&samples.rgb)?, samples })
        }
        _ => Replacement::from_derived(derived),
    }
}

fn save(mut document: Document, standard: Standard) -> std::io::Result<Vec<u8>> {
    // PDF/X-1a:2003 and PDF/X-3:2003 are PDF 1.4, which knows neither kind of stream (ISO 15930-4, 6.2).
    let modern = standard == Standard::X4;
    document.version = if modern { "1.6" } else { "1.4" }.to_owned();
    let options = SaveOptions::builder().use_object_streams(modern).use_xref_streams(modern).build();
    let mut out = Vec::new();
    document.save_with_options(&mut out, options)?;
    Ok(out)
}
