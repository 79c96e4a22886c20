//! Adverts: that each has the shape it was booked in, a place that can hold it, and a link.

use super::{Rules, slots};
use crate::draft::{Place, Use};
use crate::manifest::{AdvertEntry, AdvertPlace, AdvertSize};
use crate::picture::Format;
use crate::report::{Code, Finding, Report, Severity, Span};
use crate::source::nearest;

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    let adverts: Vec<&AdvertEntry> = rules.draft.adverts().collect();
    for used in &rules.draft.uses {
        if let Place::Advert(index) = used.place
            && let Some(advert) = adverts.get(index)
            && is_sure(rules, advert, report)
        {
            shape(rules, advert, used, report);
        }
    }
    for (index, advert) in adverts.iter().enumerate() {
        covers(&adverts[..index], advert, report);
        if advert.size == AdvertSize::Double && advert.partner.is_none() {
            let message =
                format!("the advert of the house `{}` is a double page, which only partners book", advert.id.value);
            report.push(
                Finding::new(Code::ADVERT_PLACE, advert.span, message).hint("make it `size = \"full\"` or smaller"),
            );
        }
        after(rules, advert, report);
        if advert.link.is_none() && advert.partner.is_some() {
            report.push(
                Finding::new(Code::ADVERT_LINK, advert.span, format!("the advert `{}` leads nowhere", advert.id.value))
                    .hint("write the address that a reader should reach: `link = \"https://…\"`"),
            );
        }
    }
}

/// Whether the manifests say the size and the trim without mistakes; a shape judged by a guess would only confuse.
fn is_sure(rules: &Rules<'_>, advert: &AdvertEntry, report: &Report) -> bool {
    let issue = &rules.draft.issue;
    let tables = rules.draft.adverts().map(|a| a.span).chain(issue.partners.iter().map(|p| p.span));
    let end = tables.map(|s| s.start).filter(|&s| s > advert.span.start).min().unwrap_or(u32::MAX);
    !report.findings().iter().any(|f| {
        let within = |s: Span| {
            s.file == rules.draft.publication.file
                || s.file == issue.file && (advert.span.start..end).contains(&s.start)
        };
        f.code.name().starts_with("manifest/") && f.severity == Severity::Error && f.span.is_some_and(within)
    })
}

fn shape(rules: &Rules<'_>, advert: &AdvertEntry, used: &Use, report: &mut Report) {
    let Some(probe) = rules.draft.probe_of(used) else { return };
    let trim = rules.draft.publication.trim;
    let (width, height) = (f64::from(probe.width), f64::from(probe.height));
    if slots::fits(trim, advert.size, width, height) {
        return;
    }
    let (w, h) = slots::slot(trim, advert.size);
    let is = match probe.format {
        Format::Pdf | Format::Svg => {
            let mm = |points: f64| (points * 25.4 / 72.0).round();
            format!("{} x {} mm", mm(width), mm(height))
        }
        _ => format!("{width} x {height} pixels"),
    };
    let message = format!(
        "the advert `{}` is booked as {} ({:.0} x {:.0} mm), but its file is {is}",
        advert.id.value,
        name(advert.size),
        w.0,
        h.0
    );
    let finding = Finding::new(Code::ADVERT_SHAPE, advert.file.span, message);
    let sizes = [
        AdvertSize::Double,
        AdvertSize::Full,
        AdvertSize::HalfHorizontal,
        AdvertSize::HalfVertical,
        AdvertSize::Third,
        AdvertSize::Quarter,
        AdvertSize::Eighth,
    ];
    // The nearest: a half page is nearly as wide for its height as two pages are.
    let off = |s: AdvertSize| slots::off(trim, s, width, height);
    let fitting = sizes.into_iter().filter(|&s| off(s) <= slots::TOLERANCE).min_by(|a, b| off(*a).total_cmp(&off(*b)));
    let finding = match fitting {
        Some(fitting) => {
            finding.hint(format!("its shape is that of `size = \"{}\"`: ask what was booked", name(fitting)))
        }
        None => {
            finding.hint(format!("ask the advertiser for {:.0} x {:.0} mm, with 3 mm bleed for whole pages", w.0, h.0))
        }
    };
    report.push(finding);
}

fn name(size: AdvertSize) -> &'static str {
    match size {
        AdvertSize::Double => "double",
        AdvertSize::Full => "full",
        AdvertSize::HalfHorizontal => "half-horizontal",
        AdvertSize::HalfVertical => "half-vertical",
        AdvertSize::Third => "third",
        AdvertSize::Quarter => "quarter",
        AdvertSize::Eighth => "eighth",
    }
}

/// A cover page is one page: it holds one advert, and that is a full one.
fn covers(before: &[&AdvertEntry], advert: &AdvertEntry, report: &mut Report) {
    let page = match advert.place {
        AdvertPlace::InsideFrontCover => "the inside front cover",
        AdvertPlace::InsideBackCover => "the inside back cover",
        AdvertPlace::BackCover => "the back cover",
        AdvertPlace::After(_) | AdvertPlace::RunOfBook => return,
    };
    if advert.size != AdvertSize::Full {
        let message =
            format!("{page} holds a full page, but the advert `{}` is `{}`", advert.id.value, name(advert.size));
        report.push(
            Finding::new(Code::ADVERT_PLACE, advert.span, message)
                .hint("book it as `size = \"full\"`, or give it `place = \"run-of-book\"`"),
        );
    }
    if let Some(first) = before.iter().find(|a| a.place == advert.place) {
        let message = format!("{page} is taken: the advert `{}` cannot stand there too", advert.id.value);
        report.push(
            Finding::new(Code::ADVERT_PLACE, advert.span, message)
                .other(first.span, "already booked here")
                .hint("give one of the two another place"),
        );
    }
}

fn after(rules: &Rules<'_>, advert: &AdvertEntry, report: &mut Report) {
    let AdvertPlace::After(article) = &advert.place else { return };
    if rules.draft.article_listed(article).is_some() {
        return;
    }
    let message = format!("the advert `{}` is to follow `{}`, which no section lists", advert.id.value, article.value);
    let finding = Finding::new(Code::ADVERT_PLACE, article.span, message);
    let names: Vec<&str> =
        rules.draft.articles.iter().filter(|a| a.section.is_some()).map(|a| a.listed.value.as_str()).collect();
    report.push(match nearest(article, &names) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint("name an article as a section names it, or write `place = \"run-of-book\"`"),
    });
}
