//! An issue's own page: cover, contents with standfirsts, downloads, partners. Made from its record alone, so that "latest" is the
//! same page at another place.

use super::record::{Article, Download, Image, Record};
use super::shell::{Page, document, rel, words};
use crate::words::{WebWords, Words, direction};
use crate::xhtml::{address, attribute, text};
use serde_json::{Value, json};

/// The page as it stands in a folder of the site (`issues/2026-11/` or `latest/`).
pub(super) fn landing(record: &Record, place: &str) -> String {
    let (words, web) = words(&record.publication);
    let mut main = String::new();
    hero(&mut main, record, place, (words, web));
    main.push_str("<div id=\"contents\">\n");
    for section in &record.sections {
        main.push_str(&format!(
            "<section class=\"section\">\n<h2>{}</h2>\n<ul class=\"cards\">\n",
            text(&section.title)
        ));
        for article in section.articles.iter().filter_map(|index| record.articles.get(*index)) {
            card(&mut main, article, record, place, (words, web));
        }
        main.push_str("</ul>\n</section>\n");
    }
    main.push_str("</div>\n");
    partners(&mut main, record, place, words);
    let title = format!("{}, {}", record.publication.title, record.full_title());
    let description = description(record);
    let own = record.path();
    let image = record.cover.images.last().map(|image| (image, record.cover.alt.as_deref().unwrap_or_default()));
    let page = Page {
        place,
        canonical: Some(&own),
        title: &title,
        description: &description,
        language: &record.publication.language,
        class: "landing",
        kind: "website",
        image,
        data: data(record),
        script: None,
        bar: "",
        main: &main,
    };
    document(&page, record)
}

/// The cover lines in a row, or the publication's tagline.
pub(super) fn description(record: &Record) -> String {
    let lines: Vec<&str> = record.cover.lines.iter().map(|(line, _)| line.as_str()).collect();
    match lines.is_empty() {
        true => record.publication.tagline.clone().unwrap_or_default(),
        false => lines.join(" · "),
    }
}

fn hero(out: &mut String, record: &Record, place: &str, (words, web): (&Words, &WebWords)) {
    let pages = attribute(&rel(place, &record.pages_path()));
    out.push_str(&format!("<div class=\"hero\">\n<div><a class=\"cover-link\" href=\"{pages}\">"));
    let label = format!("{}: {}", words.cover, record.label);
    let alt = record.cover.alt.as_ref().map_or(label.clone(), |alt| format!("{label}. {alt}"));
    out.push_str(&cover(record, place, &alt, "(min-width: 48rem) 24rem, 78vw", true));
    out.push_str("</a>\n");
    if let Some(credit) = &record.cover.credit {
        out.push_str(&format!("<p class=\"credit\">{}</p>\n", text(credit)));
    }
    out.push_str("</div>\n<div>\n");
    let mut meta = vec![record.label.clone()];
    meta.extend(record.volume.map(|v| words.volume(v)));
    meta.push(words.number(record.number));
    meta.push(web.extent(record.extent));
    meta.extend(record.price.clone());
    out.push_str(&format!("<p class=\"meta\">{}</p>\n", text(&meta.join(" · "))));
    out.push_str(&format!("<h1>{}</h1>\n", text(record.title.as_ref().unwrap_or(&record.label))));
    if !record.cover.lines.is_empty() {
        out.push_str("<ul class=\"lines\">\n");
        for (line, more) in &record.cover.lines {
            let more = more.as_ref().map(|m| format!("{} ", text(m))).unwrap_or_default();
            out.push_str(&format!("<li><strong>{}</strong> {more}</li>\n", text(line)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("<ul class=\"actions\">\n");
    out.push_str(&format!("<li><a class=\"button first\" href=\"{pages}\">{}</a></li>\n", text(web.read_pages)));
    if let Some(first) = record.articles.first() {
        let href = attribute(&rel(place, &first.path));
        out.push_str(&format!("<li><a class=\"button\" href=\"{href}\">{}</a></li>\n", text(web.read_text)));
    }
    for download in &record.downloads {
        self::download(out, download, place, web);
    }
    out.push_str("</ul>\n</div>\n</div>\n");
}

/// The cover in all its widths, as an `img`.
pub(super) fn cover(record: &Record, place: &str, alt: &str, sizes: &str, first: bool) -> String {
    let images = &record.cover.images;
    let Some(usual) = images.iter().find(|i| i.width >= 480).or(images.last()) else { return String::new() };
    let srcset: Vec<String> = images.iter().map(|i| format!("{} {}w", rel(place, &i.path), i.width)).collect();
    let urgency = if first { " fetchpriority=\"high\"" } else { " loading=\"lazy\" decoding=\"async\"" };
    format!(
        "<img src=\"{}\" srcset=\"{}\" sizes=\"{sizes}\" alt=\"{}\" width=\"{}\" height=\"{}\"{urgency}/>",
        attribute(&rel(place, &usual.path)),
        attribute(&srcset.join(", ")),
        attribute(alt),
        usual.width,
        usual.height
    )
}

fn download(out: &mut String, download: &Download, place: &str, web: &WebWords) {
    let label = if download.edition == "epub" { web.epub } else { web.pdf };
    let size = format!("{:.1}\u{a0}MB", (download.bytes as f64 / 1e6).max(0.1));
    out.push_str(&format!(
        "<li><a class=\"button\" href=\"{}\" type=\"{}\" download=\"\">{} <small>{size}</small></a></li>\n",
        attribute(&rel(place, &download.path)),
        attribute(&download.media_type),
        text(label)
    ));
}

fn card(out: &mut String, article: &Article, record: &Record, place: &str, (words, web): (&Words, &WebWords)) {
    let lang = match article.language == record.publication.language {
        true => String::new(),
        false => {
            format!(" lang=\"{}\" dir=\"{}\"", attribute(&article.language), direction(&article.language).as_str())
        }
    };
    out.push_str("<li class=\"card\">");
    if let Some(image) = &article.image {
        out.push_str(&picture(image, place));
    }
    out.push_str(&format!(
        "<h3{lang}><a href=\"{}\">{}</a></h3>\n",
        attribute(&rel(place, &article.path)),
        text(&article.headline)
    ));
    if let Some(sponsor) = &article.sponsor {
        let label = format!("{} · {}", words.advertising_feature, words.sponsored_by(sponsor));
        out.push_str(&format!("<p class=\"sponsored\">{}</p>\n", text(&label)));
    }
    if let Some(standfirst) = &article.standfirst {
        out.push_str(&format!("<p class=\"standfirst\"{lang}>{}</p>\n", text(standfirst)));
    }
    let mut meta: Vec<String> = Vec::new();
    meta.extend((!article.byline.is_empty()).then(|| article.byline.clone()));
    meta.push(words.page_number(&article.folio));
    meta.push(reading_time(article.words, web));
    out.push_str(&format!("<p class=\"meta\">{}</p>\n</li>\n", text(&meta.join(" · "))));
}

/// How long a text takes at 230 words a minute (M. Brysbaert, "How many words do we read per minute?", 2019: 238 for
/// non-fiction in English).
pub(super) fn reading_time(count: usize, web: &WebWords) -> String {
    web.reading_time(count.div_ceil(230).max(1))
}

/// A small picture beside the words that say the same: nothing to read aloud.
fn picture(image: &Image, place: &str) -> String {
    format!(
        "<img src=\"{}\" alt=\"\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\"/>",
        attribute(&rel(place, &image.path)),
        image.width,
        image.height
    )
}

fn partners(out: &mut String, record: &Record, place: &str, words: &Words) {
    if record.partners.is_empty() {
        return;
    }
    out.push_str(&format!("<section class=\"band\">\n<h2>{}</h2>\n<ul class=\"partner-row\">\n", text(words.partners)));
    for partner in &record.partners {
        out.push_str("<li>");
        if let Some(logo) = &partner.logo {
            out.push_str(&picture(logo, place));
        }
        let name = text(&partner.name);
        match &partner.link {
            Some(link) => out.push_str(&format!("<p><a href=\"{}\" rel=\"sponsored\">{name}</a></p>", address(link))),
            None => out.push_str(&format!("<p>{name}</p>")),
        }
        if let Some(line) = &partner.text {
            out.push_str(&format!("<p>{}</p>", text(line)));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</section>\n");
}

/// `PublicationIssue` (schema.org).
fn data(record: &Record) -> Value {
    let site = record.publication.address.as_deref();
    let at = |path: &str| site.map(|site| format!("{site}{path}"));
    let parts: Vec<Value> = record
        .articles
        .iter()
        .map(|a| json!({ "@type": "Article", "headline": a.headline, "url": at(&a.path), "pageStart": a.folio }))
        .collect();
    let downloads: Vec<Value> = record
        .downloads
        .iter()
        .map(|d| json!({ "@type": "MediaObject", "encodingFormat": d.media_type, "contentUrl": at(&d.path), "contentSize": d.bytes.to_string() }))
        .collect();
    super::without_nulls(json!({
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": record.full_title(),
        "issueNumber": record.number.to_string(),
        "datePublished": record.date,
        "dateModified": record.modified,
        "url": at(&record.path()),
        "image": record.cover.images.last().and_then(|i| at(&i.path)),
        "inLanguage": record.publication.language,
        "numberOfPages": record.extent,
        "isPartOf": {
            "@type": "Periodical",
            "name": record.publication.title,
            "issn": record.publication.issn,
            "publisher": record.publication.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
        },
        "hasPart": parts,
        "associatedMedia": downloads,
    }))
}
