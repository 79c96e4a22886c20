//! The reader: an issue's pages as they are printed. Without its script it is all pages in order; with it, spreads that turn.
//!
//! Every page says where it can be read as text, and links to a page (`#page=12`) hold with the script and without.

use super::data::{Sheet, label, text_of};
use super::record::Record;
use super::shell::{Page, back, document, json_text, rel, words};
use super::{Input, without_nulls};
use crate::xhtml::{attribute, text};
use serde_json::json;

/// What the reader asks for beside the pages.
pub(super) struct Parts<'a> {
    pub(super) script: &'a str,
    pub(super) pages: &'a str,
    pub(super) search: &'a str,
}

/// The reader's page.
pub(super) fn reader(input: &Input<'_>, record: &Record, sheets: &[Sheet], parts: &Parts<'_>) -> String {
    let (words, web) = words(&record.publication);
    let place = record.pages_path();
    let to = |path: &str| attribute(&rel(&place, path));
    let title = format!("{}, {}", record.publication.title, record.full_title());
    let mut main = format!("<h1 class=\"hidden\">{}: {}</h1>\n", text(&title), text(words.pages));
    main.push_str(&format!("<noscript><p class=\"without\">{}</p></noscript>\n", text(web.no_script)));
    let facts = json!({
        "pages": rel(&place, parts.pages),
        "search": rel(&place, parts.search),
        "offline": "../sw.js",
        "rtl": input.layout.format.rtl,
        "words": {
            "searching": web.searching, "nothing": web.nothing_found, "found": web.places_found, "page": words.page, "close": web.close,
        },
    });
    main.push_str(&format!("<script type=\"application/json\" id=\"facts\">{}</script>\n", json_text(&facts)));
    main.push_str("<ol class=\"sheets\">\n");
    for (index, sheet) in sheets.iter().enumerate() {
        let folio = record.folios.get(index).map(String::as_str).unwrap_or_default();
        let label = label(input, index);
        // The first spread is what a reader waits for.
        let urgency = match index {
            0 => " fetchpriority=\"high\"",
            _ => " loading=\"lazy\" decoding=\"async\"",
        };
        main.push_str(&format!(
            "<li class=\"sheet\" id=\"page={}\" data-folio=\"{}\"><div class=\"paper\"><img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\"{urgency}/></div>\
             <p class=\"under\"><a href=\"{}\">{}</a> <a class=\"to-text\" href=\"{}\">{}</a></p></li>\n",
            attribute(folio),
            attribute(folio),
            to(&sheet.view),
            attribute(&format!("{}: {label}", words.page_number(folio))),
            sheet.size.0,
            sheet.size.1,
            to(&sheet.svg),
            text(&words.page_number(folio)),
            attribute(&rel(&place, &text_of(input, record, index))),
            text(web.read_text)
        ));
    }
    main.push_str("</ol>\n");
    dialogs(&mut main, record, &place);
    let data = without_nulls(json!(null));
    let page = Page {
        place: &place,
        canonical: None,
        title: &title,
        description: &super::landing::description(record),
        language: &record.publication.language,
        class: "pages",
        kind: "website",
        image: record.cover.images.last().map(|i| (i, record.cover.alt.as_deref().unwrap_or_default())),
        data,
        script: Some(parts.script),
        bar: &bar(record, &place),
        main: &main,
    };
    document(&page, record)
}

/// The bar: back to the issue, and what the script does; its buttons are hidden until the script is there.
fn bar(record: &Record, place: &str) -> String {
    let (words, web) = words(&record.publication);
    let button = |act: &str, label: &str, sign: &str| {
        format!(
            "<button type=\"button\" hidden=\"\" data-act=\"{act}\" aria-label=\"{0}\" title=\"{0}\">{sign}</button>",
            attribute(label)
        )
    };
    format!(
        "<nav class=\"toolbar\" aria-label=\"{}\"><a class=\"button\" href=\"{}\">{}<span class=\"roomy\">&#160;{}</span></a>{}{}{}\
         <span class=\"place\" role=\"status\" aria-live=\"polite\"></span>\
         <a class=\"button push\" hidden=\"\" data-act=\"text\" href=\"{}\">{}</a><span class=\"roomy\">{}{}{}</span>{}</nav>\n",
        attribute(words.pages),
        attribute(&rel(place, &record.path())),
        back(&record.publication.language),
        text(&record.label),
        button("contents", words.contents, &icon("M4 6h16M4 12h16M4 18h10")),
        button("all", web.all_pages, &icon("M4 4h6v7H4zM14 4h6v7h-6zM4 14h6v6H4zM14 14h6v6h-6z")),
        button("search", web.search, &icon("M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M15.5 15.5L20 20")),
        attribute(&rel(place, &format!("{}#contents", record.path()))),
        text(web.read_text),
        button("out", web.zoom_out, &icon("M5 12h14")),
        button("in", web.zoom_in, &icon("M5 12h14M12 5v14")),
        button("full", web.full_screen, &icon("M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5")),
        button("colours", web.colours, &icon(COLOURS)),
    )
}

/// The icon of light and dark: a disc, half of it filled by strokes.
pub(super) const COLOURS: &str = "M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM12 4v16M14.5 5.5v13M17 7v10M19 9.5v5";

/// A drawing of strokes in a square of 24, beside a label that says the same.
pub(super) fn icon(strokes: &str) -> String {
    format!("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{strokes}\"/></svg>")
}

fn dialogs(out: &mut String, record: &Record, place: &str) {
    let (words, web) = words(&record.publication);
    out.push_str(&format!(
        "<button type=\"button\" class=\"turn back\" hidden=\"\" data-act=\"previous\" aria-label=\"{}\">{}</button>\n\
         <button type=\"button\" class=\"turn on\" hidden=\"\" data-act=\"next\" aria-label=\"{}\">{}</button>\n",
        attribute(web.previous_page),
        icon("M15 5l-7 7l7 7"),
        attribute(web.next_page),
        icon("M9 5l7 7l-7 7")
    ));
    let close = format!(
        "<button type=\"button\" data-act=\"close\" aria-label=\"{}\">{}</button>",
        attribute(web.close),
        icon("M6 6l12 12M18 6L6 18")
    );
    out.push_str(&format!(
        "<dialog class=\"sheet-of\" data-of=\"contents\" aria-labelledby=\"of-contents\"><div class=\"top\"><h2 id=\"of-contents\">{}</h2>{close}</div>\n",
        text(words.contents)
    ));
    for section in &record.sections {
        out.push_str(&format!("<h3>{}</h3>\n<ul>\n", text(&section.title)));
        for article in section.articles.iter().filter_map(|n| record.articles.get(*n)) {
            out.push_str(&format!(
                "<li><a href=\"#page={}\"><span class=\"no\">{}</span> {}</a> <a class=\"aside\" href=\"{}\" aria-label=\"{}: {}\">{}</a></li>\n",
                attribute(&article.folio),
                text(&article.folio),
                text(&article.headline),
                attribute(&rel(place, &article.path)),
                attribute(web.read_text),
                attribute(&article.headline),
                text(web.text_of)
            ));
        }
        out.push_str("</ul>\n");
    }
    out.push_str(&format!(
        "</dialog>\n<dialog class=\"sheet-of\" data-of=\"all\" aria-labelledby=\"of-all\"><div class=\"top\"><h2 id=\"of-all\">{}</h2>{close}</div><ol class=\"thumbs\"></ol></dialog>\n\
         <dialog class=\"sheet-of\" data-of=\"search\" aria-labelledby=\"of-search\"><div class=\"top\"><h2 id=\"of-search\">{}</h2>{close}</div>\
         <form method=\"dialog\" role=\"search\"><input type=\"search\" name=\"words\" aria-labelledby=\"of-search\" autocomplete=\"off\" spellcheck=\"false\"/></form>\
         <p class=\"tally\" role=\"status\"></p><ol class=\"found\"></ol></dialog>\n",
        text(web.all_pages),
        text(web.search)
    ));
}
