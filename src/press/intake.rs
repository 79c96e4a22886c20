//! Adverts as they come in, judged before they reach a page: against the booked size and what the print shop asks for.
//!
//! PDFs are judged as a preflight does; of pictures, whether they have pixels enough. Drawings are converted, and shapes are
//! another check's.

use super::preflight::{Fault, Purpose, judge};
use super::shop::Shop;
use crate::check::slots;
use crate::draft::{Draft, Place};
use crate::manifest::{AdvertEntry, AdvertSize, Mm};
use crate::picture::Format;
use crate::report::{Code, Finding, Report, Severity};
use crate::source::Sources;

/// Judges every advert's PDF: one finding for each that the shop would not take as it is, worded to be sent on.
pub fn adverts(draft: &Draft, sources: &Sources, shop: &Shop, report: &mut Report) {
    for (number, advert) in draft.adverts().enumerate() {
        let used = draft.uses.iter().find(|u| u.place == Place::Advert(number));
        let Some(probe) = used.and_then(|u| draft.probe_of(u)).filter(|p| p.format != Format::Svg) else { continue };
        if probe.format != Format::Pdf {
            report_coarse(draft, advert, shop, probe.width, report);
            continue;
        }
        let Some(path) = used.and_then(|u| u.path.as_deref().ok()) else { continue };
        let Ok(bytes) = sources.bytes(path) else { continue };
        let (trim, bleed) = booked(draft, advert, shop, (probe.width, probe.height));
        let verdict = judge(&bytes, shop, &Purpose::Advert { trim, bleed });
        if let Some(finding) = told(&verdict.faults, draft, advert, shop, (trim, bleed)) {
            report.push(finding);
        }
    }
}

/// A picture with too few pixels for its place.
fn report_coarse(draft: &Draft, advert: &AdvertEntry, shop: &Shop, pixels: u32, report: &mut Report) {
    let (Mm(width), _) = slots::slot(draft.publication.trim, advert.size);
    let ppi = f64::from(pixels) / width * 25.4;
    if ppi >= shop.ppi_warning {
        return;
    }
    let wanted = shop.ppi_warning.max(300.0);
    let needs = (width / 25.4 * wanted).ceil();
    let what = if ppi < shop.ppi_minimum { "would send" } else { "would look twice at" };
    let back = if ppi < shop.ppi_minimum { " back" } else { "" };
    let message = format!("the print shop {what} `{}`{back}: it has {ppi:.0} pixels to the inch", advert.file.value);
    let hint = format!(
        "send this on: please send your advert for {} {} {needs:.0} pixels wide, which are {wanted:.0} to the inch on {width:.0} mm",
        draft.publication.title.value, draft.issue.folder
    );
    report.push(Finding::new(Code::PRINT_ADVERT, advert.file.span, message).hint(hint));
}

/// The size that the advert must have and the bleed around it. A fraction is shown whole, at whatever size its place has: its
/// own size is as good, if the shape is the place's.
fn booked(draft: &Draft, advert: &AdvertEntry, shop: &Shop, points: (u32, u32)) -> ((Mm, Mm), Mm) {
    let trim = draft.publication.trim;
    match advert.size {
        AdvertSize::Full | AdvertSize::Double => (slots::slot(trim, advert.size), shop.bleed),
        _ => {
            let mm = |points: u32| Mm(f64::from(points) * 25.4 / 72.0);
            ((mm(points.0), mm(points.1)), Mm(0.0))
        }
    }
}

fn told(
    faults: &[Fault],
    draft: &Draft,
    advert: &AdvertEntry,
    shop: &Shop,
    ((Mm(width), Mm(height)), Mm(bleed)): ((Mm, Mm), Mm),
) -> Option<Finding> {
    if faults.is_empty() {
        return None;
    }
    let errors = faults.iter().filter(|f| f.severity == Severity::Error).count();
    let message = match errors {
        0 => format!("the print shop would look twice at `{}`", advert.file.value),
        _ => format!("the print shop would send `{}` back", advert.file.value),
    };
    let name = advert.file.value.rsplit('/').next().unwrap_or(&advert.file.value);
    let beyond = if bleed > 0.0 { format!(", {bleed} mm bleed on every side") } else { String::new() };
    let mut finding = Finding::new(Code::PRINT_ADVERT, advert.file.span, message).hint(format!(
        "send this on: your advert `{name}` for {} {}, {width:.0} x {height:.0} mm{beyond}, {} for {}, needs a change:",
        draft.publication.title.value,
        draft.issue.folder,
        shop.standard.name(),
        shop.condition.identifier,
    ));
    for fault in faults {
        finding = finding.hint(format!("{}: {}", fault.message, fault.hint));
    }
    Some(finding)
}
