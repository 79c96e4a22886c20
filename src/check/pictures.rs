//! Picture files: that they are there, sound, of a kind for their place, and large enough for it.

use super::{Rules, slots};
use crate::draft::{DraftPicture, Place, Use, fits_place};
use crate::manuscript::Width;
use crate::picture::{Hidden, Probe};
use crate::report::{Code, Finding, Report, Span};

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    for used in &rules.draft.uses {
        match &used.path {
            Err(refusal) => report.push(rules.wanting(refusal.finding(&used.written, used.span))),
            Ok(_) => {
                if let Some(probe) = rules.draft.probe_of(used) {
                    kind(probe, used, report);
                }
            }
        }
    }
    for (path, picture) in &rules.draft.pictures {
        let uses: Vec<&Use> = rules.draft.uses.iter().filter(|u| u.path.as_ref() == Ok(path)).collect();
        file(path, picture, &uses, report);
        if let Ok(probe) = &picture.probe {
            size(rules, path, picture, probe, &uses, report);
        }
    }
    alike(rules, report);
    hidden(rules, report);
    unused(rules, report);
}

/// Files of the magazine's own that show the same picture: often one of them has another credit, or is the small copy that a
/// web page showed.
fn alike(rules: &Rules<'_>, report: &mut Report) {
    let mut list: Vec<(&Use, &Probe)> = Vec::new();
    for used in rules.editorial() {
        let Some(probe) = rules.draft.probe_of(used) else { continue };
        if list.iter().any(|(_, known)| known.hash == probe.hash) {
            continue;
        }
        if let Some((other, _)) = list.iter().find(|(_, known)| known.is_like(probe)) {
            let message = format!("`{}` shows the same picture as `{}`", used.written, other.written);
            report.push(
                Finding::new(Code::PICTURE_ALIKE, used.span, message)
                    .other(other.span, "used here")
                    .hint("keep the larger file and name it in both places, so that both have one credit"),
            );
        }
        list.push((used, probe));
    }
}

/// Cut-outs that vanish on a reader's page.
fn hidden(rules: &Rules<'_>, report: &mut Report) {
    let mut seen: Vec<&str> = Vec::new();
    for used in &rules.draft.uses {
        let Some((probe, ground)) = rules.draft.probe_of(used).and_then(|p| Some((p, p.hidden?))) else { continue };
        if seen.contains(&probe.hash.as_str()) {
            continue;
        }
        seen.push(&probe.hash);
        let why = match ground {
            Hidden::OnBlack => "is dark, and on an e-reader's black page it cannot be seen",
            Hidden::OnWhite => "is pale, and on white paper it cannot be seen",
        };
        let message = format!("`{}` has a transparent ground; what it shows {why}", used.written);
        let hint = "give it a ground of its own in a picture editor, or a rim in the other tone";
        report.push(Finding::new(Code::PICTURE_HIDDEN, used.span, message).hint(hint));
    }
}

/// What opening the file found.
fn file(path: &str, picture: &DraftPicture, uses: &[&Use], report: &mut Report) {
    let span = Span::whole(picture.file);
    let named = |finding: Finding| match uses.first() {
        Some(first) => finding.other(first.span, "used here"),
        None => finding,
    };
    if let Err(fault) = &picture.probe {
        report.push(named(fault.finding(path, span)));
    }
    for notice in &picture.notices {
        report.push(named(notice.finding(path, span)));
    }
}

fn kind(probe: &Probe, used: &Use, report: &mut Report) {
    if fits_place(probe.format, used.place) {
        return;
    }
    report.push(
        Finding::new(
            Code::PICTURE_FORMAT,
            used.span,
            format!("`{}` is a PDF, which only an advert can be", used.written),
        )
        .hint("export its picture as SVG (a drawing) or JPEG (a photograph), and name that"),
    );
}

/// The pixels that a place needs at the least on A4, and its width there in millimetres.
fn needs(place: Place) -> Option<(u32, f64, &'static str)> {
    match place {
        Place::Cover => Some((1600, 210.0, "the cover")),
        Place::Figure(_, Width::Page) => Some((1000, 210.0, "a whole page")),
        Place::Lead(_) | Place::Figure(_, Width::Wide) => Some((1000, 180.0, "all columns")),
        Place::Figure(_, Width::Column) => Some((500, 56.7, "a column")),
        Place::Figure(_, Width::Wrap) => Some((300, 34.0, "part of a column")),
        Place::Inline(_) | Place::Advert(_) | Place::Logo(_) => None,
    }
}

fn size(rules: &Rules<'_>, path: &str, picture: &DraftPicture, probe: &Probe, uses: &[&Use], report: &mut Report) {
    if probe.is_vector() {
        return;
    }
    let scale = slots::type_area(rules.draft.publication.trim).0.0 / 180.0;
    let wanted = uses.iter().filter_map(|u| Some((needs(u.place)?, u)));
    let Some(((pixels, mm, place), used)) = wanted.max_by_key(|((pixels, ..), _)| *pixels) else { return };
    let least = (f64::from(pixels) * scale).round() as u32;
    if probe.width >= least {
        return;
    }
    let ppi = f64::from(probe.width) / (mm * scale / 25.4);
    let message = format!(
        "picture `{path}` is {} pixels wide: {ppi:.0} ppi across {place}, and it needs {least} pixels",
        probe.width
    );
    let finding = Finding::new(Code::PICTURE_SMALL, Span::whole(picture.file), message).other(used.span, "used here");
    report.push(match used.place {
        Place::Figure(_, Width::Wide | Width::Page) => finding
            .hint("ask for a larger file, or give it less room: without `{wide}` or `{page}` it takes one column"),
        _ => finding.hint("ask for a larger file; enlarging this one in a picture editor does not help"),
    });
}

/// What `pictures.toml` says of pictures that nobody shows.
fn unused(rules: &Rules<'_>, report: &mut Report) {
    // An article that could not be read may use any of them.
    if rules.draft.articles.iter().any(|a| a.manuscript.is_none()) {
        return;
    }
    for (index, entry) in rules.draft.issue.pictures.iter().enumerate() {
        if rules.draft.uses.iter().any(|u| u.entry == Some(index)) {
            continue;
        }
        let message = format!("no article uses the picture `{}`", entry.file.value);
        report.push(
            Finding::new(Code::PICTURE_UNUSED, entry.span, message)
                .hint("compare the name with the article's, or delete the entry"),
        );
    }
}
