//! What stands around texts in every edition that is read as pages of markup: heads and feet of articles, credits, the imprint.
//!
//! All words are escaped here; what callers hand in as markup is named so.

use super::{address, attribute, text};
use crate::issue::{Article, Issue, Picture};
use crate::manuscript::{ArticleKind, Contributor, Correction, Role};
use crate::words::{Words, direction};

/// `lang`, `xml:lang` and `dir` of an element, with a space before.
pub fn language(tag: &str) -> String {
    let said = attribute(tag);
    format!(r#" lang="{said}" xml:lang="{said}" dir="{}""#, direction(tag).as_str())
}

/// An article's head: who paid, kicker, headline (`h1#headline`), standfirst, byline.
pub fn head(issue: &Issue, article: &Article, words: &Words) -> String {
    let mut out = String::new();
    let front = &article.manuscript.front;
    let own = language(&issue.publication.language.value);
    out.push_str("<header>\n");
    if let Some(sponsor) = article.sponsor.and_then(|s| issue.partners.get(s)) {
        let label = format!("{} · {}", words.advertising_feature, words.sponsored_by(&sponsor.name));
        out.push_str(&format!("<p class=\"sponsored\"{own}>{}</p>\n", text(&label)));
    }
    if let Some(kicker) = &front.kicker {
        out.push_str(&format!("<p class=\"kicker\">{}</p>\n", text(&kicker.value)));
    }
    out.push_str(&format!("<h1 id=\"headline\">{}</h1>\n", text(&front.headline.value)));
    if let Some(standfirst) = &front.standfirst {
        out.push_str(&format!("<p class=\"standfirst\">{}</p>\n", text(&standfirst.value)));
    }
    let by = byline(&front.byline, words);
    if !by.is_empty() {
        out.push_str(&format!("<p class=\"byline\"{own}>{}</p>\n", text(&by)));
    }
    out.push_str("</header>\n");
    out
}

/// What stands below an article's text: about its author (already markup), and corrections.
pub fn foot(issue: &Issue, article: &Article, about: &str, words: &Words) -> String {
    let mut out = String::new();
    let front = &article.manuscript.front;
    let own = language(&issue.publication.language.value);
    if !article.about.is_empty() {
        let writers = front.byline.iter().filter(|c| matches!(c.role, Role::Words | Role::Interview)).count();
        let title = if writers > 1 { words.about_the_authors } else { words.about_the_author };
        out.push_str(&format!(
            "<section class=\"about\" aria-label=\"{}\">\n<p>{about}</p>\n</section>\n",
            attribute(title)
        ));
    }
    if !front.corrections.is_empty() {
        let title = if front.corrections.len() > 1 { words.corrections } else { words.correction };
        out.push_str(&format!("<section class=\"corrections\">\n<h2{own}>{}</h2>\n", text(title)));
        for correction in &front.corrections {
            out.push_str(&format!("<p>{}</p>\n", correction_line(correction, words)));
        }
        out.push_str("</section>\n");
    }
    out
}

fn correction_line(correction: &Correction, words: &Words) -> String {
    let said = text(&correction.text.value);
    match &correction.date {
        Some(date) => {
            let day = date.value;
            let machine = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
            format!("<time datetime=\"{machine}\">{}</time>{}{said}", text(&words.date(day)), text(words.colon))
        }
        None => said,
    }
}

/// The class of an article's kind.
pub fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "plain",
        ArticleKind::Feature => "feature",
        ArticleKind::News => "news",
        ArticleKind::Column => "column",
        ArticleKind::Interview => "interview",
        ArticleKind::Letters => "letters",
        ArticleKind::Obituary => "obituary",
    }
}

/// "By Mara Ellison · Photographs: Tom Okafor".
pub fn byline(people: &[Contributor], words: &Words) -> String {
    let of =
        |role: Role| -> Vec<&str> { people.iter().filter(|c| c.role == role).map(|c| c.name.value.as_str()).collect() };
    let labelled = [
        (Role::Interview, words.roles.interview),
        (Role::Photographs, words.roles.photographs),
        (Role::Illustration, words.roles.illustration),
        (Role::Translation, words.roles.translation),
    ];
    let writers = of(Role::Words);
    let first = (!writers.is_empty()).then(|| words.by(&writers));
    let others = labelled.iter().filter(|(role, _)| !of(*role).is_empty());
    let others = others.map(|(role, label)| words.labelled(label, &words.list(&of(*role))));
    first.into_iter().chain(others).collect::<Vec<_>>().join(" · ")
}

/// Who made the issue: title, staff, address and the rest, without a heading.
pub fn imprint(issue: &Issue, words: &Words) -> String {
    let mut body = String::new();
    let title = &issue.publication.title.value;
    body.push_str(&format!("<p><strong>{}</strong><br/>{}</p>\n", text(title), text(&issue_line(issue, words))));
    if !issue.publication.staff.is_empty() {
        body.push_str("<dl class=\"staff\">\n");
        for person in &issue.publication.staff {
            body.push_str(&format!("<dt>{}</dt><dd>{}</dd>\n", text(&person.role.value), text(&person.name.value)));
        }
        body.push_str("</dl>\n");
    }
    facts(&mut body, issue, words);
    for line in &issue.publication.imprint {
        body.push_str(&format!("<p>{}</p>\n", text(&line.value)));
    }
    if let Some(rights) = &issue.publication.rights {
        body.push_str(&format!("<p class=\"rights\">{}</p>\n", text(&rights.value)));
    }
    body
}

/// "Volume 3, No. 24".
pub fn issue_number(issue: &Issue, words: &Words) -> String {
    let volume = issue.volume.map(|v| words.volume(v));
    volume.into_iter().chain([words.number(issue.number)]).collect::<Vec<_>>().join(words.comma)
}

/// "Volume 3, No. 24, November 2026".
pub fn issue_line(issue: &Issue, words: &Words) -> String {
    let title = issue.title.as_ref().map(|t| format!("{}{t}", words.comma)).unwrap_or_default();
    format!("{}{}{}{title}", issue_number(issue, words), words.comma, words.month_year(issue.date))
}

/// A picture's credit: the wording as it was written, its licence and its links.
pub fn credit(picture: &Picture, issue: &Issue, words: &Words) -> String {
    let Some(credit) = &picture.credit else {
        let whose = issue.publication.own_pictures.as_ref().map(|o| o.value.as_str());
        return match whose {
            Some(whose) if !picture.stand_in => text(&words.labelled(words.photo, whose)),
            _ => text(words.credit_to_come),
        };
    };
    let mut out = text(&credit.wording);
    if let Some((name, url)) = credit.licence.as_ref().and_then(|l| Some((text(&l.name), l.url.as_ref()?))) {
        let link = format!("<a href=\"{}\">{name}</a>", address(url));
        // The wording stays as it was written: its own words become the link where they name the licence.
        out = if out.contains(&name) { out.replacen(&name, &link, 1) } else { format!("{out} ({link})") };
    }
    for link in credit.links.iter().filter(|l| l.starts_with("https://") || l.starts_with("http://")) {
        out.push_str(&format!(" {}", outside_link(link)));
    }
    out
}

fn facts(out: &mut String, issue: &Issue, words: &Words) {
    let publication = &issue.publication;
    let publisher = &publication.publisher;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(name) = &publisher.name {
        rows.push((words.publisher, text(&name.value)));
    }
    if !publisher.address.is_empty() {
        let lines: Vec<String> = publisher.address.iter().map(|l| text(&l.value)).collect();
        rows.push((words.address, lines.join("<br/>")));
    }
    if let Some(email) = &publisher.email {
        rows.push((words.email, format!("<a href=\"mailto:{}\">{}</a>", attribute(&email.value), text(&email.value))));
    }
    if let Some(phone) = &publisher.phone {
        rows.push((words.telephone, text(&phone.value)));
    }
    if let Some(website) = &publication.website {
        rows.push((words.website, outside_link(&website.value)));
    }
    if let Some(issn) = &publication.issn {
        rows.push(("ISSN", text(&issn.value)));
    }
    rows.push((words.published, published(issue, words)));
    if let Some(price) = &issue.price {
        rows.push((words.price, text(price)));
    }
    out.push_str("<dl class=\"facts\">\n");
    for (label, value) in rows {
        out.push_str(&format!("<dt>{}</dt><dd>{value}</dd>\n", text(label)));
    }
    out.push_str("</dl>\n");
}

fn published(issue: &Issue, words: &Words) -> String {
    let date = text(&words.date(issue.date));
    if issue.revision > 1 { format!("{date} ({})", text(&words.revision(issue.revision))) } else { date }
}

/// A link to the world outside, written as its readable address.
pub fn outside_link(link: &str) -> String {
    let shown = link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    format!(r#"<a href="{}">{}</a>"#, address(link), text(shown))
}
