//! What belongs to no single issue: "latest", the page of all issues, the button for other sites, feeds.
//!
//! All of it is made from the records alone, newest first; whoever publishes can therefore leave an issue out until its day.

use super::landing::{cover, landing};
use super::record::{File, Image, Record};
use super::shell::{Page, document, rel, words};
use super::{feeds, without_nulls};
use crate::xhtml::{attribute, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::collections::BTreeMap;

/// All files that are made anew when an issue is added. `read` gives what an asset of the newest issue holds.
pub fn index(records: &[Record], read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<File> {
    let Some(newest) = records.first() else { return Vec::new() };
    let mut files = vec![
        File::text("latest/index.html", landing(newest, "latest/")),
        File::text("index.html", archive(records, newest)),
        File::text("embed/index.html", embed(newest)),
        feeds::latest(newest),
    ];
    if let Some((image, bytes)) = small_cover(newest).and_then(|image| Some((image, read(&image.path)?))) {
        files.push(File::text("latest/button.svg", button(newest, image, &bytes)));
        files.push(File { path: "latest/cover.jpg".to_owned(), bytes });
    }
    files.extend(feeds::feeds(records));
    files
}

/// The cover for buttons: wide enough for a dense screen.
fn small_cover(record: &Record) -> Option<&Image> {
    let images = &record.cover.images;
    images.iter().find(|i| i.width >= 480).or(images.last())
}

/// All issues by year, each with its cover.
fn archive(records: &[Record], newest: &Record) -> String {
    let (_, web) = words(&newest.publication);
    let mut years: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        years.entry(record.date.get(..4).unwrap_or_default()).or_default().push(record);
    }
    let mut main = format!("<h1>{}</h1>\n", text(web.all_issues));
    if let Some(tagline) = &newest.publication.tagline {
        main.push_str(&format!("<p class=\"standfirst\">{}</p>\n", text(tagline)));
    }
    for (year, records) in years.iter().rev() {
        main.push_str(&format!("<section class=\"section\">\n<h2>{}</h2>\n<ul class=\"shelf\">\n", text(year)));
        for record in records {
            let first = std::ptr::eq(*record, newest);
            main.push_str(&format!("<li><a href=\"{}\">", attribute(&rel("", &record.path()))));
            // The words beside it say the same.
            main.push_str(&cover(record, "", "", "9.5rem", first));
            let title = record.title.as_ref().map(|t| format!("<small>{}</small>", text(t))).unwrap_or_default();
            main.push_str(&format!("<span>{}</span>{title}</a></li>\n", text(&record.label)));
        }
        main.push_str("</ul>\n</section>\n");
    }
    let publication = &newest.publication;
    let data = without_nulls(json!({
        "@context": "https://schema.org",
        "@type": "Periodical",
        "name": publication.title,
        "issn": publication.issn,
        "inLanguage": publication.language,
        "url": publication.address,
        "publisher": publication.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
    }));
    let page = Page {
        place: "",
        canonical: None,
        title: &format!("{} · {}", publication.title, web.all_issues),
        description: publication.tagline.as_deref().unwrap_or_default(),
        language: &publication.language,
        class: "archive",
        kind: "website",
        image: newest.cover.images.last().map(|i| (i, newest.cover.alt.as_deref().unwrap_or_default())),
        data,
        script: None,
        bar: "",
        main: &main,
    };
    document(&page, newest)
}

/// The line that other sites copy, and what it shows.
fn embed(newest: &Record) -> String {
    let (words, web) = words(&newest.publication);
    let publication = &newest.publication;
    let site = publication.address.as_deref().unwrap_or("https://…/");
    let name = format!("{}: {}", publication.title, words.latest_issue);
    let line = |file: &str, width: u32, height: u32| {
        format!(
            "<a href=\"{}latest/\"><img src=\"{}latest/{file}\" alt=\"{}\" width=\"{width}\" height=\"{height}\"></a>",
            attribute(site),
            attribute(site),
            attribute(&name)
        )
    };
    let mut main = format!("<h1>{}</h1>\n", text(words.latest_issue));
    let cover = small_cover(newest).map_or((240, 340), |i| (240, (240 * i.height).div_ceil(i.width.max(1))));
    for (number, (file, (width, height))) in [("button.svg", BUTTON), ("cover.jpg", cover)].into_iter().enumerate() {
        main.push_str(&format!(
            "<p><img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\"/></p>\n\
             <p><label for=\"line-{number}\">HTML</label></p>\n<textarea class=\"embed-code\" id=\"line-{number}\" rows=\"5\" readonly=\"\">{}</textarea>\n",
            attribute(&rel("embed/", &format!("latest/{file}"))),
            attribute(&name),
            text(&line(file, width, height))
        ));
    }
    let page = Page {
        place: "embed/",
        canonical: None,
        title: &format!("{} · {}", publication.title, web.embed),
        description: "",
        language: &publication.language,
        class: "embed",
        kind: "website",
        image: None,
        data: serde_json::Value::Null,
        script: None,
        bar: "",
        main: &main,
    };
    document(&page, newest)
}

/// The button's size in pixels.
const BUTTON: (u32, u32) = (320, 120);

/// "View the latest digital issue" with the cover: a drawing that needs nothing else (SVG 1.1, shown as a picture).
fn button(newest: &Record, image: &Image, bytes: &[u8]) -> String {
    let (words, _) = words(&newest.publication);
    let (width, height) = BUTTON;
    let cover_height = height - 16;
    let cover_width = cover_height * image.width / image.height.max(1);
    let left = 8 + cover_width + 14;
    let mut lines = String::new();
    let mut y = 40;
    for line in wrapped(words.latest_issue, 20) {
        lines.push_str(&format!(
            "<text x=\"{left}\" y=\"{y}\" font-size=\"17\" font-weight=\"700\">{}</text>",
            text(&line)
        ));
        y += 22;
    }
    let (title, label) = (text(&newest.publication.title), text(&newest.label));
    let (accent, _) = &newest.style.accent;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{}\" font-family=\"Helvetica, Arial, sans-serif\" fill=\"#1a1a1a\">\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"#ffffff\" stroke=\"#bbbbbb\"/>\
         <rect x=\"0\" y=\"0\" width=\"{width}\" height=\"5\" fill=\"{}\"/>\
         <image x=\"8\" y=\"10\" width=\"{cover_width}\" height=\"{cover_height}\" xlink:href=\"data:image/jpeg;base64,{}\"/>\
         {lines}<text x=\"{left}\" y=\"{}\" font-size=\"12\" fill=\"#555555\">{title} · {label}</text></svg>",
        attribute(words.latest_issue),
        width - 1,
        height - 1,
        attribute(accent),
        STANDARD.encode(bytes),
        y + 2
    )
}

/// Words in lines of about so many letters.
fn wrapped(words: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
