//! The frame of every page of the site: head, nameplate, foot.
//!
//! Links are relative, so that the site works in any folder; what must be absolute (cards for sharing, canonical addresses) is
//! written only where the address is known.

use super::record::{Image, Publication, Record};
use crate::words::{Direction, WebWords, Words, direction};
use crate::xhtml::{address, attribute, text};
use serde_json::Value;

/// A page of the site.
pub(super) struct Page<'a> {
    /// Its folder relative to the root, with `/` at its end; nothing for the root.
    pub(super) place: &'a str,
    /// The page that says the same for good, if it is another.
    pub(super) canonical: Option<&'a str>,
    /// Title.
    pub(super) title: &'a str,
    /// What search engines and cards show.
    pub(super) description: &'a str,
    /// Its language.
    pub(super) language: &'a str,
    /// Class of the body.
    pub(super) class: &'a str,
    /// `article` or `website` (Open Graph).
    pub(super) kind: &'a str,
    /// The picture of its card, and what that shows.
    pub(super) image: Option<(&'a Image, &'a str)>,
    /// Data for search engines (schema.org).
    pub(super) data: Value,
    /// A script that it asks for.
    pub(super) script: Option<&'a str>,
    /// Between the site's head and its main part; already markup.
    pub(super) bar: &'a str,
    /// The main part; already markup.
    pub(super) main: &'a str,
}

/// From a folder of the site to a path of it.
pub(super) fn rel(place: &str, path: &str) -> String {
    let up = "../".repeat(place.matches('/').count());
    match (up.is_empty(), path.is_empty()) {
        (true, true) => "./".to_owned(),
        _ => format!("{up}{path}"),
    }
}

/// The words of a publication's language.
pub(super) fn words(publication: &Publication) -> (&'static Words, &'static WebWords) {
    let (words, _) = Words::for_language(&publication.language);
    (words, WebWords::of(words))
}

/// JSON as it may stand in a `script` element: nothing in it ends the element.
pub(super) fn json_text(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The arrow that points back, on a page in this language.
pub(super) fn back(language: &str) -> &'static str {
    if direction(language) == Direction::RightToLeft { "→" } else { "←" }
}

/// The whole document. `record` is of the page's issue, or of the newest.
pub(super) fn document(page: &Page<'_>, record: &Record) -> String {
    let publication = &record.publication;
    let (words, web) = words(publication);
    let to = |path: &str| attribute(&rel(page.place, path));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{}</title>\n",
        attribute(page.language),
        direction(page.language).as_str(),
        text(page.title)
    );
    let policy = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";
    out.push_str(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n"));
    if !page.description.is_empty() {
        out.push_str(&format!("<meta name=\"description\" content=\"{}\"/>\n", attribute(page.description)));
    }
    out.push_str(&format!("<link rel=\"icon\" href=\"{}\"/>\n", attribute(&icon(record))));
    out.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\"/>\n", to(&record.style.sheet)));
    let (light, dark) = &record.style.accent;
    for (colour, scheme) in [(light, "light"), (dark, "dark")] {
        let colour = attribute(colour);
        out.push_str(&format!(
            "<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {scheme})\"/>\n"
        ));
    }
    for (kind, path, title) in FEEDS {
        let title = format!("{} · {title}", publication.title);
        out.push_str(&format!(
            "<link rel=\"alternate\" type=\"{kind}\" href=\"{}\" title=\"{}\"/>\n",
            to(path),
            attribute(&title)
        ));
    }
    if page.place.starts_with(&record.path()) {
        let manifest = to(&format!("{}manifest.json", record.path()));
        out.push_str(&format!("<link rel=\"alternate\" type=\"application/webpub+json\" href=\"{manifest}\"/>\n"));
    }
    card(&mut out, page, publication);
    if !page.data.is_null() {
        out.push_str(&format!("<script type=\"application/ld+json\">{}</script>\n", json_text(&page.data)));
    }
    if let Some(script) = page.script {
        out.push_str(&format!("<script type=\"module\" src=\"{}\"></script>\n", to(script)));
    }
    let own = format!(
        " lang=\"{0}\" dir=\"{1}\"",
        attribute(&publication.language),
        direction(&publication.language).as_str()
    );
    let own = if page.language == publication.language { String::new() } else { own };
    out.push_str(&format!(
        "</head>\n<body class=\"{}\">\n<a class=\"skip\" href=\"#main\"{own}>{}</a>\n\
         <header class=\"site\"{own}><a class=\"nameplate\" href=\"{}\">{}</a>\n<nav aria-label=\"{}\"><a href=\"{}\">{}</a> <a href=\"{}\">{}</a></nav></header>\n",
        attribute(page.class),
        text(web.skip),
        to("latest/"),
        text(&publication.title),
        attribute(&publication.title),
        to("latest/"),
        text(web.latest),
        to(""),
        text(web.all_issues),
    ));
    out.push_str(page.bar);
    out.push_str(&format!("<main id=\"main\">\n{}</main>\n", page.main));
    foot(&mut out, page, record, &own, (words, web));
    out.push_str("</body>\n</html>\n");
    out
}

/// The first letter of the title on the theme's colour, within the address: browsers ask for nothing more.
fn icon(record: &Record) -> String {
    let letter: String = record.publication.title.chars().take(1).collect();
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='5' fill='{}'/>\
         <text x='16' y='24' text-anchor='middle' font-family='Georgia,serif' font-weight='700' font-size='24' fill='#fff'>{}</text></svg>",
        attribute(&record.style.accent.0),
        text(&letter)
    );
    let coded = drawing.bytes().map(|b| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'\'' | b'=' | b':' | b'.' | b'-' | b',' => {
            char::from(b).to_string()
        }
        _ => format!("%{b:02X}"),
    });
    format!("data:image/svg+xml,{}", coded.collect::<String>())
}

/// Feeds that every page names: media type, path and what they are of.
const FEEDS: [(&str, &str, &str); 5] = [
    ("application/atom+xml", "feeds/issues.xml", "issues"),
    ("application/atom+xml", "feeds/articles.xml", "articles"),
    ("application/feed+json", "feeds/articles.json", "articles"),
    ("application/opds+json", "feeds/opds2.json", "OPDS 2.0"),
    ("application/atom+xml;profile=opds-catalog;kind=acquisition", "feeds/opds.xml", "OPDS 1.2"),
];

/// What other sites show of a page (Open Graph), where its address is known.
fn card(out: &mut String, page: &Page<'_>, publication: &Publication) {
    let Some(site) = &publication.address else { return };
    let own = format!("{site}{}", page.canonical.unwrap_or(page.place));
    out.push_str(&format!("<link rel=\"canonical\" href=\"{}\"/>\n", address(&own)));
    let mut say = |property: &str, value: &str| {
        out.push_str(&format!("<meta property=\"og:{property}\" content=\"{}\"/>\n", attribute(value)));
    };
    say("type", page.kind);
    say("title", page.title);
    say("url", &own);
    say("site_name", &publication.title);
    if !page.description.is_empty() {
        say("description", page.description);
    }
    if let Some((image, alt)) = page.image {
        say("image", &format!("{site}{}", image.path));
        say("image:width", &image.width.to_string());
        say("image:height", &image.height.to_string());
        if !alt.is_empty() {
            say("image:alt", alt);
        }
    }
}

fn foot(out: &mut String, page: &Page<'_>, record: &Record, own: &str, (words, web): (&Words, &WebWords)) {
    let publication = &record.publication;
    let to = |path: &str| attribute(&rel(page.place, path));
    out.push_str(&format!("<footer class=\"site-foot\"{own}>\n"));
    let credits = format!("{}credits/", record.path());
    let links = [
        (credits.as_str(), format!("{} · {}", words.picture_credits, words.imprint)),
        ("", web.all_issues.to_owned()),
        ("embed/", web.embed.to_owned()),
        ("feeds/issues.xml", format!("Atom: {}", web.all_issues)),
        ("feeds/articles.xml", "Atom".to_owned()),
        ("feeds/opds.xml", "OPDS".to_owned()),
    ];
    for (path, label) in links {
        out.push_str(&format!("<a href=\"{}\">{}</a>\n", to(path), text(&label)));
    }
    if let Some(website) = &publication.website {
        out.push_str(&format!("{}\n", crate::xhtml::frame::outside_link(website)));
    }
    if let Some(rights) = &publication.rights {
        out.push_str(&format!("<p>{}</p>\n", text(rights)));
    }
    out.push_str("</footer>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_are_relative_to_where_a_page_stands() {
        assert_eq!(rel("", "latest/"), "latest/");
        assert_eq!(rel("", ""), "./");
        assert_eq!(rel("latest/", ""), "../");
        assert_eq!(rel("issues/2026-11/articles/tide/", "assets/a.css"), "../../../../assets/a.css");
    }

    #[test]
    fn data_cannot_end_its_element() {
        let text = json_text(&json!({ "name": "</script><script>alert(1)</script>&amp;" }));
        assert!(!text.contains('<') && !text.contains('&'));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], "</script><script>alert(1)</script>&amp;");
    }
}
