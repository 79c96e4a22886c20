//! The stages that `check` and `build` share: read everything, then run every rule.

use super::choose::Choice;
use super::progress::Progress;
use super::{Error, fonts, pictures};
use crate::check::{Rules, check};
use crate::draft::{Draft, Mode, Probes, read_again};
use crate::manifest::Publication;
use crate::press::shop::by_name_or_path;
use crate::press::{Shop, intake};
use crate::report::{Code, Finding, Report};
use crate::source::{Cache, Sources};
use crate::typeset::{Fonts, Theme};

/// An issue that was read and judged.
pub struct Prepared {
    /// Its files.
    pub sources: Sources,
    /// What was found.
    pub report: Report,
    /// What earlier builds kept.
    pub cache: Cache,
    /// What did parse; none when there was no manifest to begin with.
    pub material: Option<Material>,
}

/// What an issue is made from.
pub struct Material {
    /// Manifests, articles, pictures.
    pub draft: Draft,
    /// The look; none after a finding.
    pub theme: Option<Theme>,
    /// The faces.
    pub fonts: Fonts,
    /// What the print shop asks for; none where the publication names no shop, or after a finding.
    pub shop: Option<Shop>,
    /// The publication's own font files, for the build id.
    pub font_files: Vec<(String, Vec<u8>)>,
}

/// Reads and judges the chosen issue. What builds kept is used; where there is nothing, nothing is kept.
///
/// # Errors
/// When the publication's folder cannot be opened.
pub fn prepare(choice: &Choice, mode: Mode, progress: &Progress) -> Result<Prepared, Error> {
    let cache = pictures::cache(choice, pictures::folder(&choice.publication).is_dir());
    prepare_for(choice, mode, None, cache, progress)
}

/// The same for another print shop than the publication names, with a cache that may be empty.
///
/// # Errors
/// When the publication's folder cannot be opened, or there is no such shop.
pub(super) fn prepare_for(
    choice: &Choice,
    mode: Mode,
    other: Option<&str>,
    cache: Cache,
    progress: &Progress,
) -> Result<Prepared, Error> {
    prepared(choice, mode, other, &Probes::new(cache.clone()), cache, progress)
}

/// [`prepare`] in a process that has done so before.
///
/// # Errors
/// When the publication's folder cannot be opened.
pub(super) fn prepare_again(
    choice: &Choice,
    mode: Mode,
    probes: &Probes,
    cache: Cache,
    progress: &Progress,
) -> Result<Prepared, Error> {
    prepared(choice, mode, None, probes, cache, progress)
}

fn prepared(
    choice: &Choice,
    mode: Mode,
    other: Option<&str>,
    probes: &Probes,
    cache: Cache,
    progress: &Progress,
) -> Result<Prepared, Error> {
    let mut sources = Sources::open(&choice.publication).map_err(Error::io("open", &choice.publication))?;
    let mut report = Report::new();
    progress.stage("Reading articles");
    let watch = |done, total| progress.count("Opening pictures", done, total);
    let draft = read_again(&mut sources, &choice.issue, probes, &watch, &mut report);
    let Some(draft) = draft else { return Ok(Prepared { sources, report, cache, material: None }) };
    progress.stage("Checking");
    let theme = Theme::load(&mut sources, &draft.publication, &mut report);
    let (fonts, font_files) = fonts::load(&sources, &draft.publication, &mut report);
    if let Some(theme) = &theme {
        families(theme, &fonts, &draft.publication, &mut report);
    }
    let shop = match other {
        Some(name) => Some(super::shops::find(name, &mut sources)?),
        None => {
            let named = draft.publication.shop.clone();
            named.and_then(|named| by_name_or_path(&mut sources, &named, &mut report).ok())
        }
    };
    let rules = Rules { draft: &draft, sources: &sources, mode, covers: &|c| fonts.covers(c) };
    // Before the check, which settles what is allowed.
    if let Some(shop) = &shop {
        intake(&draft, &sources, shop, &mut report);
    }
    check(&rules, &mut report);
    let material = Some(Material { draft, theme, fonts, shop, font_files });
    Ok(Prepared { sources, report, cache, material })
}

/// Families that the theme names and nobody has.
pub(super) fn families(theme: &Theme, fonts: &Fonts, publication: &Publication, report: &mut Report) {
    let named = [&theme.fonts.text, &theme.fonts.display, &theme.fonts.sans];
    for family in named.into_iter().chain(&theme.fonts.fallback).filter(|f| !fonts.has_family(f)) {
        let message = format!("theme `{}` asks for the font family `{family}`, which is not there", theme.name);
        report.push(
            Finding::new(Code::MANIFEST_BAD_VALUE, publication.theme.span, message)
                .hint("put its files into a folder of the publication and name that in `fonts`"),
        );
    }
}
