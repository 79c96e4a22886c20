//! `issue.toml` into an [`IssueManifest`]; what is missing or wrong has been reported and is left out.

use super::publication::{allowances, open, parse};
use super::shapes::{ISSUE, PICTURES};
use super::{
    AdvertEntry, AdvertPlace, AdvertSize, Cover, CoverLine, Date, IssueManifest, PartnerEntry, PictureEntry,
    SectionEntry, Status, values,
};
use crate::data::{self, Codes, DateTime, Table, Value};
use crate::report::{Code, FileId, Finding, Report, Span, Spanned};
use crate::source::{Refusal, Sources, nearest};
use unicode_normalization::UnicodeNormalization;

/// Reads an issue's `issue.toml` and, if there is one, its `pictures.toml`.
///
/// `folder` is relative to the publication's. `None` when there is no `issue.toml`, or none that can be read.
pub fn issue(sources: &mut Sources, folder: &str, report: &mut Report) -> Option<IssueManifest> {
    let folder = folder.trim_matches('/');
    let hint = "check the issue's name, or make the issue with `masthead new`";
    let (file, document) = open(sources, folder, "issue.toml", hint, report)?;
    data::check(&document, &ISSUE, &Codes::MANIFEST, report);
    let mut quiet = Report::new();
    let own = if document.broken { &mut quiet } else { &mut *report };
    let mut issue = from_table(file, folder, &document.root, own);
    issue.pictures = pictures(sources, folder, report);
    Some(issue)
}

fn from_table(file: FileId, folder: &str, root: &Table, report: &mut Report) -> IssueManifest {
    if !values::is_plain_name(folder) {
        report.push(
            Finding::new(
                Code::MANIFEST_BAD_VALUE,
                Span::whole(file),
                format!("the folder's name `{folder}` cannot be an issue's"),
            )
            .hint("rename the folder with letters from a to z, digits and hyphens, such as `2026-11`"),
        );
    }
    let date = root.date("date").unwrap_or_else(|| Spanned::new(date_of(folder), root.span));
    let modified = root.date_time("modified").map_or(DateTime::midnight(date.value), |m| m.value);
    let partners: Vec<PartnerEntry> =
        root.tables("partner").into_iter().filter_map(|(span, t)| partner(span, t, report)).collect();
    let adverts: Vec<AdvertEntry> =
        root.tables("advert").into_iter().filter_map(|(span, t)| advert(span, t, report)).collect();
    let house_adverts: Vec<AdvertEntry> =
        root.tables("house-advert").into_iter().filter_map(|(span, t)| advert(span, t, report)).collect();
    let sections: Vec<SectionEntry> = root.tables("section").into_iter().filter_map(|(_, t)| section(t)).collect();
    values::duplicates("partner", partners.iter().map(|p| &p.id), report);
    values::duplicates("advert", adverts.iter().chain(&house_adverts).map(|a| &a.id), report);
    unknown_partners(&adverts, &partners, report);
    let fillers = root.texts("fillers");
    listed(sections.iter().flat_map(|s| &s.articles).chain(&fillers), report);
    IssueManifest {
        file,
        folder: folder.to_owned(),
        number: root.count("number").unwrap_or_else(|| Spanned::new(1, root.span)),
        volume: root.count("volume"),
        date,
        title: root.text("title"),
        status: root.text("status").and_then(|s| status(&s)).unwrap_or(Status::Draft),
        revision: root.count("revision").map_or(1, |n| n.value.max(1)),
        modified: modified.to_utc(),
        price: root.text("price"),
        cover: root.table("cover").map(cover),
        sections,
        adverts,
        house_adverts,
        fillers,
        partners,
        pictures: Vec::new(),
        allow: allowances(root, report),
    }
}

/// The month that a folder is named after, for an issue that does not say its date.
fn date_of(folder: &str) -> Date {
    let first = Date { year: 2000, month: 1, day: 1 };
    Date::parse(folder).or_else(|| Date::parse(&format!("{folder}-01"))).unwrap_or(first)
}

/// The status of this name.
pub(super) fn status(name: &str) -> Option<Status> {
    match name {
        "planned" => Some(Status::Planned),
        "draft" => Some(Status::Draft),
        "published" => Some(Status::Published),
        _ => None,
    }
}

fn cover(table: &Table) -> Cover {
    let line = |t: &Table| Some(CoverLine { headline: t.text("headline")?, text: t.text("text") });
    let lines = table.tables("line").into_iter().filter_map(|(_, t)| line(t)).collect();
    Cover { span: table.span, picture: picture(table), lines }
}

/// A table that names a picture and says something of it.
pub(crate) fn picture(table: &Table) -> Option<PictureEntry> {
    let file = table.text("picture")?;
    Some(said_of(file, table))
}

fn said_of(file: Spanned<String>, table: &Table) -> PictureEntry {
    let focus = match table.get("focus").map(|n| &n.value) {
        Some(Value::List(sides)) => match sides.iter().map(data::Node::number).collect::<Option<Vec<f64>>>().as_deref()
        {
            Some([x, y]) => Some((x.clamp(0.0, 1.0), y.clamp(0.0, 1.0))),
            _ => None,
        },
        _ => None,
    };
    PictureEntry {
        span: file.span,
        alt: table.text("alt"),
        caption: table.text("caption"),
        credit: table.text("credit"),
        decorative: table.bool("decorative").unwrap_or(false),
        focus,
        file,
    }
}

fn section(table: &Table) -> Option<SectionEntry> {
    Some(SectionEntry { title: table.text("title")?, articles: table.texts("articles") })
}

fn partner(span: Span, table: &Table, report: &mut Report) -> Option<PartnerEntry> {
    let id = table.text("id")?;
    values::id(&id, report);
    Some(PartnerEntry {
        span,
        name: table.text("name").unwrap_or_else(|| id.clone()),
        id,
        trade: table.text("trade"),
        logo: table.text("logo"),
        link: table.text("link").and_then(|link| values::web_link(link, report)),
        text: table.text("text"),
    })
}

fn advert(span: Span, table: &Table, report: &mut Report) -> Option<AdvertEntry> {
    let id = table.text("id")?;
    values::id(&id, report);
    Some(AdvertEntry {
        span,
        id,
        partner: table.text("partner"),
        file: table.text("file")?,
        size: table.text("size").and_then(|s| size(&s)).unwrap_or(AdvertSize::Full),
        place: place(table),
        alt: table.text("alt"),
        link: table.text("link").and_then(|link| values::web_link(link, report)),
    })
}

fn size(name: &str) -> Option<AdvertSize> {
    Some(match name {
        "double" => AdvertSize::Double,
        "full" => AdvertSize::Full,
        "half-horizontal" => AdvertSize::HalfHorizontal,
        "half-vertical" => AdvertSize::HalfVertical,
        "third" => AdvertSize::Third,
        "quarter" => AdvertSize::Quarter,
        "eighth" => AdvertSize::Eighth,
        _ => return None,
    })
}

fn place(table: &Table) -> AdvertPlace {
    if let Some(after) = table.table("place").and_then(|t| t.text("after")) {
        return AdvertPlace::After(after);
    }
    match table.text("place").as_ref().map(|p| p.value.as_str()) {
        Some("inside-front-cover") => AdvertPlace::InsideFrontCover,
        Some("inside-back-cover") => AdvertPlace::InsideBackCover,
        Some("back-cover") => AdvertPlace::BackCover,
        _ => AdvertPlace::RunOfBook,
    }
}

fn unknown_partners(adverts: &[AdvertEntry], partners: &[PartnerEntry], report: &mut Report) {
    let ids: Vec<&str> = partners.iter().map(|p| p.id.value.as_str()).collect();
    for named in adverts.iter().filter_map(|a| a.partner.as_ref()).filter(|p| !ids.contains(&p.value.as_str())) {
        let message = format!("there is no partner `{}` in this issue", named.value);
        let finding = Finding::new(Code::MANIFEST_UNKNOWN_PARTNER, named.span, message);
        report.push(match nearest(named, &ids) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("add a `[[partner]]` with `id = \"{}\"`", named.value)),
        });
    }
}

/// Articles are Markdown files, and each is listed once.
fn listed<'a>(articles: impl Iterator<Item = &'a Spanned<String>>, report: &mut Report) {
    let mut seen: Vec<(String, Span)> = Vec::new();
    for article in articles {
        let ending = article.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
        if !matches!(ending.as_deref(), Some("md" | "markdown" | "txt")) {
            let message = format!("`{}` is not a Markdown file", article.value);
            let hint = "save the article as a text file whose name ends in `.md`, and name that";
            report.push(Finding::new(Code::MANIFEST_BAD_VALUE, article.span, message).hint(hint));
        }
        let plain: String =
            article.replace('\\', "/").split('/').filter(|p| !matches!(*p, "" | ".")).collect::<Vec<_>>().join("/");
        let plain: String = plain.nfc().collect();
        match seen.iter().find(|(known, _)| *known == plain) {
            Some((_, first)) => {
                let message = format!("the article `{}` is listed twice", article.value);
                report.push(
                    Finding::new(Code::MANIFEST_ARTICLE_TWICE, article.span, message)
                        .other(*first, "first listed here")
                        .hint("delete one of the two"),
                );
            }
            None => seen.push((plain, article.span)),
        }
    }
}

fn pictures(sources: &mut Sources, folder: &str, report: &mut Report) -> Vec<PictureEntry> {
    let path = match sources.resolve(folder, "pictures.toml") {
        Ok(path) => path,
        Err(Refusal::Missing { .. }) => return Vec::new(),
        Err(refusal) => {
            let whole = format!("{folder}/pictures.toml");
            let span = Span::whole(sources.mention(&whole));
            report.push(refusal.finding(&whole, span));
            return Vec::new();
        }
    };
    let Some((_, document)) = parse(sources, &path, report) else { return Vec::new() };
    data::check(&document, &PICTURES, &Codes::MANIFEST, report);
    let entries = document.root.entries.iter();
    entries.filter_map(|e| Some(said_of(e.key.clone(), e.node.table()?))).collect()
}
