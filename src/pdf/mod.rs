//! The screen edition: tagged, linked, bookmarked; its pictures sized for screens.
//!
//! The engine's PDF holds stand-ins; each is replaced by the picture at the size at which it stands, so that memory
//! never holds more than the finished pictures.

use crate::issue::{Issue, PictureId};
use crate::pdffile::{Replacement, SwapError, swap_pictures};
use crate::picture::{Derived, Fault, Format, Wanted};
use crate::typeset::{EngineError, Layout};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pixels per inch of a picture at the size at which it is placed.
const PPI: f64 = 150.0;

/// Why the edition could not be written.
#[derive(Debug)]
pub enum Error {
    /// The pages break a rule of the standards that no check knew of.
    Engine(EngineError),
    /// A picture that was sound when it was probed could not be opened again.
    Picture(PictureId, Fault),
    /// A picture could not be put into the finished file.
    Swap(SwapError),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Engine(e) => e.fmt(f),
            Error::Picture(picture, fault) => write!(f, "picture {}: {fault:?}", picture.0),
            Error::Swap(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

/// Makes a picture's derivative: the caller reads the file and keeps the cache.
pub type Derive<'a> = dyn Fn(PictureId, &Wanted) -> Result<Derived, Fault> + Sync + 'a;

/// The finished PDF's bytes.
///
/// # Errors
/// [`Error`] says what could not be done; the author's material was checked before.
pub fn write(issue: &Issue, layout: &Layout, derive: &Derive<'_>) -> Result<Vec<u8>, Error> {
    let pages = layout.screen_pdf(issue).map_err(Error::Engine)?;
    swapped(issue, pages, largest(layout, usize::MAX), PPI, derive)
}

/// The pages with pictures of so few pixels to the inch: small views are drawn from it, and it is never handed out.
///
/// # Errors
/// As [`write`].
pub fn preview(issue: &Issue, layout: &Layout, ppi: f64, derive: &Derive<'_>) -> Result<Vec<u8>, Error> {
    let pages = layout.screen_pdf(issue).map_err(Error::Engine)?;
    swapped(issue, pages, largest(layout, usize::MAX), ppi, derive)
}

/// The cover alone, as a PDF of one page: what an e-book shows on its shelf is drawn from it.
///
/// # Errors
/// As [`write`].
pub fn cover(issue: &Issue, layout: &Layout, derive: &Derive<'_>) -> Result<Vec<u8>, Error> {
    let page = layout.cover_pdf(issue).map_err(Error::Engine)?;
    swapped(issue, page, largest(layout, 0), PPI, derive)
}

/// Puts the pictures, at the widths at which they stand, in the place of their stand-ins.
fn swapped(
    issue: &Issue,
    pages: Vec<u8>,
    sizes: BTreeMap<PictureId, f64>,
    ppi: f64,
    derive: &Derive<'_>,
) -> Result<Vec<u8>, Error> {
    // Drawings are in the pages as they are: they have no stand-in.
    let has_stand_in = |picture: &PictureId| issue.pictures[picture.0].probe.format != Format::Svg;
    let sizes: Vec<(PictureId, f64)> = sizes.into_iter().filter(|(picture, _)| has_stand_in(picture)).collect();
    let made: Result<Vec<(String, Replacement)>, Error> = sizes
        .par_iter()
        .map(|&(picture, width)| {
            let wanted = wanted(issue, picture, width, ppi);
            let derived = derive(picture, &wanted).map_err(|fault| Error::Picture(picture, fault))?;
            let replacement = Replacement::from_derived(derived).map_err(|fault| Error::Picture(picture, fault))?;
            Ok((crate::typeset::stand_in_id(picture), replacement))
        })
        .collect();
    let replacements: BTreeMap<String, Replacement> = made?.into_iter().collect();
    swap_pictures(pages, replacements).map_err(Error::Swap)
}

/// The largest width in points at which each picture stands on the pages up to an index.
fn largest(layout: &Layout, last: usize) -> BTreeMap<PictureId, f64> {
    let mut map = BTreeMap::new();
    for placed in layout.placed.iter().filter(|p| p.page <= last) {
        let width = map.entry(placed.picture).or_insert(0.0_f64);
        *width = width.max(placed.width);
    }
    map
}

fn wanted(issue: &Issue, picture: PictureId, width: f64, ppi: f64) -> Wanted {
    let probe = &issue.pictures[picture.0].probe;
    let across = (width / 72.0 * ppi).ceil().max(1.0);
    let down = (across / probe.aspect()).ceil().max(1.0);
    let mut wanted = Wanted::within(across as u32, down as u32);
    wanted.credit = issue.pictures[picture.0].credit.clone();
    wanted
}
