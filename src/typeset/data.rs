//! An issue as data for the page templates: JSON and stand-in pictures. An author's text is never engine markup.

use super::fit::Desk;
use super::inline::{Inlines, inlines};
use super::theme::{Theme, kind_name};
use super::{Format, blocks};
use crate::issue::{Advert, Alt, Article, Issue, PictureId, PlacedFigure};
use crate::manuscript::{ArticleKind, Contributor, Role, smarten};
use crate::picture::Format as PictureFormat;
use crate::report::Spanned;
use crate::words::{Direction, Words, headline, spaced};
use serde_json::{Value, json};

/// Begins the JPEG comment by which a stand-in is found again, in frames and in the finished PDF.
const MARK: &str = "masthead-picture:";

/// The id of a picture's stand-in.
pub(crate) fn stand_in_id(picture: PictureId) -> String {
    format!("{MARK}{:05}", picture.0)
}

/// Which picture a stand-in's bytes are for.
pub(super) fn picture_of(data: &[u8]) -> Option<usize> {
    let head = &data[..data.len().min(400)];
    let at = head.windows(MARK.len()).position(|w| w == MARK.as_bytes())? + MARK.len();
    std::str::from_utf8(head.get(at..at + 5)?).ok()?.parse().ok()
}

/// A vector with the mark by which it is known again, as a comment after its root element.
pub(super) fn marked(mut vector: Vec<u8>, picture: PictureId) -> Vec<u8> {
    vector.extend_from_slice(format!("<!--{}{}-->", crate::picture::STAND_IN_MARK, stand_in_id(picture)).as_bytes());
    vector
}

/// The number of the picture that a vector was marked with.
pub(super) fn vector_of(data: &[u8]) -> Option<usize> {
    let from = data.len().checked_sub(marked(Vec::new(), PictureId(0)).len())?;
    picture_of(&data[from..])
}

/// Whether the engine is handed the file itself (vectors) rather than a stand-in.
pub(super) fn is_vector(issue: &Issue, picture: PictureId) -> bool {
    issue.pictures[picture.0].probe.format == PictureFormat::Svg
}

/// The virtual path of a picture.
fn path(issue: &Issue, picture: usize) -> String {
    let ending = if is_vector(issue, PictureId(picture)) { "svg" } else { "jpg" };
    format!("/pictures/{picture}.{ending}")
}

/// The virtual path of a picture, for the world that holds it.
pub(super) fn picture_path(issue: &Issue, picture: PictureId) -> String {
    path(issue, picture.0)
}

/// `/data/issue.json`.
pub(super) fn issue_json(desk: &Desk<'_>, words: &Words) -> Value {
    let Desk { issue, theme, format, .. } = *desk;
    let (lang, region) = language(&issue.publication.language);
    json!({
        "mode": "screen",
        "draft": issue.draft,
        "format": {
            "width": format.width, "height": format.height, "top": format.top, "bottom": format.bottom,
            "inner": format.inner, "outer": format.outer, "columns": format.columns, "gutter": format.gutter,
            "line": format.line, "size": format.size, "lines": format.lines,
        },
        "theme": theme_json(theme),
        "language": { "lang": lang, "region": region, "rtl": crate::words::direction(&issue.publication.language) == Direction::RightToLeft },
        "words": {
            "contents": words.contents, "partners": words.partners, "credits": words.picture_credits,
            "imprint": words.imprint, "cover": words.cover, "draft": words.draft, "picture": words.figure,
            "correction": words.correction, "picture-to-come": words.picture_to_come,
        },
        "document": document(issue, words),
        "publication": {
            "title": issue.publication.title.value,
            "tagline": issue.publication.tagline.as_ref().map_or("", |t| t.value.as_str()),
        },
        "title": issue.title,
        "line": issue_line(issue, words),
        "month": words.month_year(issue.date),
        "cover": cover(issue, words),
        "sections": issue.sections.iter().map(|s| json!({
            "title": s.title, "articles": s.articles.iter().map(|a| a.0).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "thumbs": thumbs(issue, format),
        "adverts": issue.adverts.iter().map(|a| advert(issue, words, a)).collect::<Vec<_>>(),
        "partners": issue.partners.iter().map(|p| json!({
            "name": p.name, "logo": p.logo.map(|l| l.0), "link": p.link, "text": p.text,
            "link-text": p.link.as_deref().map(short_link),
        })).collect::<Vec<_>>(),
        "credits": credits(issue),
        "imprint": imprint(issue, words),
        "pictures": issue.pictures.iter().enumerate().map(|(i, p)| json!({
            "file": path(issue, i), "w": p.probe.width, "h": p.probe.height,
            "focus": p.focus.unwrap_or((0.5, 0.4)),
            "croppable": croppable(issue, i), "missing": p.stand_in,
            "artwork": p.probe.format == PictureFormat::Pdf,
        })).collect::<Vec<_>>(),
    })
}

/// `/data/articles.json`: the texts. They stand apart, so that a word changed in one leaves the pages of the others as they are.
pub(super) fn articles_json(desk: &Desk<'_>, words: &Words) -> Value {
    let issue = desk.issue;
    json!({
        "articles": issue.articles.iter().enumerate().map(|(n, a)| article(desk, words, n, a)).collect::<Vec<_>>(),
        "fillers": issue.fillers.iter().enumerate().map(|(n, a)| filler(issue, n, a)).collect::<Vec<_>>(),
    })
}

fn theme_json(theme: &Theme) -> Value {
    json!({
        "colour": theme.colours.iter().map(|(k, c)| (k.clone(), json!({"rgb": c.rgb, "cmyk": c.cmyk}))).collect::<serde_json::Map<_, _>>(),
        "sections": theme.sections.iter().map(|c| json!({"rgb": c.rgb, "cmyk": c.cmyk})).collect::<Vec<_>>(),
        "size": theme.sizes,
        "font": {
            "text": theme.fonts.text, "display": theme.fonts.display, "sans": theme.fonts.sans,
            "fallback": theme.fonts.fallback,
        },
    })
}

/// A picture under a share-alike or no-derivatives licence is scaled, never cut, and so are drawings and cut-outs: nothing
/// of them is background.
pub(super) fn croppable(issue: &Issue, picture: usize) -> bool {
    if is_vector(issue, PictureId(picture)) || issue.pictures[picture].probe.alpha {
        return false;
    }
    let terms = issue.pictures[picture].terms;
    !terms.no_cutting && !terms.share_alike
}

/// Language and region of a tag, as the engine wants them.
pub(super) fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split('-');
    let lang = parts.next().unwrap_or("en").to_lowercase();
    (lang, parts.find(|p| p.len() == 2).map(str::to_uppercase))
}

fn document(issue: &Issue, words: &Words) -> Value {
    let mut authors: Vec<&str> = Vec::new();
    for person in issue.articles.iter().flat_map(|a| &a.manuscript.front.byline) {
        if !authors.contains(&person.name.as_str()) {
            authors.push(&person.name);
        }
    }
    json!({
        "title": format!("{}, {}", issue.publication.title.value, words.month_year(issue.date)),
        "authors": authors,
        "description": issue.publication.tagline.as_ref().map(|t| t.value.clone()),
        "date": [issue.date.year, u16::from(issue.date.month), u16::from(issue.date.day)],
    })
}

/// "Volume 3 · No. 24 · November 2026 · £5.50"
fn issue_line(issue: &Issue, words: &Words) -> String {
    let mut parts = Vec::new();
    if let Some(volume) = issue.volume {
        parts.push(words.volume(volume));
    }
    parts.push(words.number(issue.number));
    parts.push(words.month_year(issue.date));
    parts.extend(issue.price.clone());
    parts.join(" · ")
}

fn cover(issue: &Issue, words: &Words) -> Value {
    let figure = PlacedFigure { picture: issue.cover.picture, alt: issue.cover.alt.clone(), caption: Vec::new() };
    let barcode = (issue.publication.barcode)
        .then_some(issue.publication.issn.as_ref())
        .flatten()
        .and_then(|issn| crate::typeset::barcode::ean13(issn, issue.number))
        .map(|code| {
            let (main, extra) = code.offsets_pt();
            json!({
                "svg": code.svg(), "width": code.width_pt(), "alt": format!("ISSN {}", code.issn),
                "digits": code.digits, "addon": code.addon, "code": main, "extra": extra,
            })
        });
    json!({
        "figure": figure_json(issue, None, &figure),
        "lines": issue.cover.lines.iter().map(|l| json!({
            "headline": headline(&smarten(&l.headline, &issue.publication.language), &issue.publication.language),
            "text": l.text.as_ref().map(|t| spaced(&smarten(t, &issue.publication.language), &issue.publication.language)),
        })).collect::<Vec<_>>(),
        "barcode": barcode,
        "credit": issue.pictures[issue.cover.picture.0].credit.as_ref().map(|c| format!("{}: {}", words.cover, c.wording)),
    })
}

/// A figure for the templates; captions are inlines of `within` (an article).
pub(super) fn figure_json(
    issue: &Issue,
    within: Option<(&Inlines<'_>, &PlacedFigure)>,
    figure: &PlacedFigure,
) -> Value {
    let picture = &issue.pictures[figure.picture.0];
    json!({
        "picture": figure.picture.0,
        "alt": match &figure.alt { Alt::Text(t) => Some(t.as_str()), Alt::Decorative | Alt::Missing => None },
        "decorative": figure.alt == Alt::Decorative,
        "caption": within.map_or_else(Vec::new, |(context, f)| inlines(&f.caption, context)),
        "credit": picture.credit.as_ref().map(|c| spaced(&c.wording, &issue.publication.language)),
    })
}

fn article(desk: &Desk<'_>, words: &Words, n: usize, article: &Article) -> Value {
    let issue = desk.issue;
    let front = &article.manuscript.front;
    let context = Inlines::new(issue, article, n);
    let section = &issue.sections[article.section];
    let smart = |text: &Spanned<String>| spaced(&smarten(text, &article.language), &article.language);
    let head = |text: &Spanned<String>| headline(&smarten(text, &article.language), &article.language);
    // A byline's words are in the language of its article.
    let (said, _) = Words::for_language(&article.language);
    let starts = section.articles.first().is_some_and(|first| first.0 == n);
    json!({
        "n": n,
        "columns": desk.columns(n),
        "section-index": article.section,
        "kind": kind_name(front.kind),
        "language": article.language,
        "headline": head(&front.headline),
        "kicker": front.kicker.as_ref().map(head),
        "kicker-or-headline": head(front.kicker.as_ref().unwrap_or(&front.headline)),
        "standfirst": front.standfirst.as_ref().map(smart),
        "byline": byline(said, &front.byline),
        "byline-short": names(said, &front.byline),
        "section": section.title,
        "section-start": starts.then(|| section.title.clone()),
        "sponsor": article.sponsor.map(|p| words.sponsored_by(&issue.partners[p].name)),
        "lead": article.lead.as_ref().map(|f| figure_json(issue, Some((&context, f)), f)),
        "body": blocks::body(&context, article),
        "plates": super::plates::plates(&context, article),
        "corrections": front.corrections.iter().map(|c| match &c.date {
            Some(date) => format!("({}) {}", words.date(date.value), spaced(&c.text.value, &article.language)),
            None => spaced(&c.text.value, &article.language),
        }).collect::<Vec<_>>(),
        "about": inlines(&article.about, &context),
    })
}

/// "By Mara Ellison · Photographs: Tom Okafor"
fn byline(words: &Words, people: &[Contributor]) -> Option<String> {
    let of = |role: Role| people.iter().filter(|p| p.role == role).map(|p| p.name.as_str()).collect::<Vec<_>>();
    let labels = [
        (Role::Interview, words.roles.interview),
        (Role::Translation, words.roles.translation),
        (Role::Photographs, words.roles.photographs),
        (Role::Illustration, words.roles.illustration),
    ];
    let writers = of(Role::Words);
    let mut parts: Vec<String> = (!writers.is_empty()).then(|| words.by(&writers)).into_iter().collect();
    for (role, label) in labels {
        let people = of(role);
        if !people.is_empty() {
            parts.push(words.labelled(label, &words.list(&people)));
        }
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The names alone, for the contents page.
fn names(words: &Words, people: &[Contributor]) -> Option<String> {
    let writers: Vec<&str> =
        people.iter().filter(|p| matches!(p.role, Role::Words | Role::Interview)).map(|p| p.name.as_str()).collect();
    (!writers.is_empty()).then(|| words.list(&writers))
}

fn filler(issue: &Issue, n: usize, filler: &Article) -> Value {
    // Fillers are numbered after the articles, so that their notes and ids cannot meet.
    let number = issue.articles.len() + n;
    let context = Inlines::new(issue, filler, number);
    json!({ "n": number, "headline": headline(&smarten(&filler.manuscript.front.headline, &filler.language), &filler.language), "body": blocks::plain_body(&context, filler) })
}

/// Articles whose lead pictures stand on the contents page: features first, at most what the page holds, in page order.
fn thumbs(issue: &Issue, format: &Format) -> Vec<usize> {
    let room = ((format.type_height() - 90.0) / (0.27 * format.type_width() * 0.75 + 30.0)).floor().max(1.0) as usize;
    let with_lead = |n: &usize| issue.articles[*n].lead.is_some();
    let mut list: Vec<usize> = (0..issue.articles.len()).filter(with_lead).collect();
    list.sort_by_key(|n| (issue.articles[*n].manuscript.front.kind != ArticleKind::Feature, *n));
    list.truncate(room);
    list.sort_unstable();
    list
}

fn advert(issue: &Issue, words: &Words, advert: &Advert) -> Value {
    let alt = match &advert.alt {
        Alt::Text(t) => t.as_str(),
        Alt::Decorative | Alt::Missing => "",
    };
    let label = match advert.partner {
        Some(p) => format!("{} · {}", words.advertisement, issue.partners[p].name),
        None => issue.publication.title.value.clone(),
    };
    json!({
        "picture": advert.picture.0, "partner": advert.partner, "link": advert.link, "label": label,
        "pages": advert.size.pages(),
        "alt": format!("{}: {alt}", words.advertisement),
    })
}

fn credits(issue: &Issue) -> Vec<Value> {
    let credited = issue.pictures.iter().enumerate().filter(|(_, p)| p.credited);
    credited
        .filter_map(|(i, p)| {
            let credit = p.credit.as_ref()?;
            let licence = credit.licence.as_ref().and_then(|l| Some(json!({"name": l.name, "url": l.url.as_ref()?})));
            // A licence that the wording already names is not said twice.
            let licence = licence.filter(|_| credit.licence.as_ref().is_some_and(|l| !credit.wording.contains(&l.name)));
            Some(json!({ "picture": i, "wording": credit.wording, "licence": licence, "what": super::subject(issue, PictureId(i)) }))
        })
        .collect()
}

/// A web address without what readers need not see.
fn short_link(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, r)| r).trim_start_matches("www.");
    rest.trim_start_matches("mailto:").trim_end_matches('/').to_owned()
}

fn imprint(issue: &Issue, words: &Words) -> Value {
    let publication = &issue.publication;
    let publisher = &publication.publisher;
    let mut lines: Vec<String> = publisher.name.iter().map(|n| n.value.clone()).collect();
    lines.extend(publisher.address.iter().map(|l| l.value.clone()));
    lines.extend(publisher.phone.iter().map(|l| l.value.clone()));
    lines.extend(publisher.email.iter().map(|l| l.value.clone()));
    lines.extend(publication.website.iter().map(|w| short_link(w)));
    let mut facts: Vec<String> = publication.issn.iter().map(|i| format!("ISSN {}", i.value)).collect();
    if issue.revision > 1 {
        facts.push(words.revision(issue.revision));
    }
    facts.extend(publication.rights.iter().map(|r| r.value.clone()));
    json!({
        "publisher": lines,
        "staff": publication.staff.iter().map(|s| json!({"role": s.role.value, "name": s.name.value})).collect::<Vec<_>>(),
        "lines": publication.imprint.iter().map(|l| l.value.clone()).collect::<Vec<_>>(),
        "facts": facts,
    })
}
