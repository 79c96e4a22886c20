//! The flatplan: the issue as spreads with small pictures of its pages, for the wall of an editor's room.
//!
//! One SVG, 420 mm wide; an HTML page holds the same. What is drawn is what was laid out: articles in their colours, adverts
//! with their share of the page, blank pages, and the pages that the layout report complains about.

mod draw;

use crate::issue::pages::Anchor;
use crate::issue::{AdvertId, Issue};
use crate::manifest::AdvertSize;
use crate::typeset::{Fault, Layout};

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    /// What readers call the page.
    pub folio: String,
    /// The article there, if any.
    pub article: Option<usize>,
    /// What the page is, in a few words: a headline, "Contents", an advert's partner.
    pub label: String,
    /// Adverts on it and how much of the page each was booked for: "1/2".
    pub adverts: Vec<(AdvertId, &'static str)>,
    /// Whether nothing stands there.
    pub blank: bool,
    /// What the layout report says of it.
    pub problems: Vec<String>,
}

/// What the flatplan shows, page by page.
pub fn plates(issue: &Issue, layout: &Layout, faults: &[Fault], words: &crate::words::Words) -> Vec<Plate> {
    let plate = |(index, page): (usize, &crate::typeset::Page)| {
        let article = match &page.starts {
            Anchor::Article { article, .. } => Some(article.0),
            _ => None,
        };
        let adverts: Vec<(AdvertId, &'static str)> = adverts_on(issue, layout, index);
        let label = match &page.starts {
            Anchor::Cover => words.cover.to_owned(),
            Anchor::Contents => words.contents.to_owned(),
            Anchor::Article { article, .. } => issue.articles[article.0].manuscript.front.headline.value.clone(),
            Anchor::Advert(_) => words.advertisement.to_owned(),
            Anchor::Partners => words.partners.to_owned(),
            Anchor::Credits => words.picture_credits.to_owned(),
            Anchor::Imprint => words.imprint.to_owned(),
        };
        let problems = faults.iter().filter(|f| f.page == Some(index)).map(|f| f.finding.message.clone()).collect();
        let blank = layout.measured.pages.get(index).is_some_and(|m| m.lines == 0)
            && adverts.is_empty()
            && matches!(page.starts, Anchor::Article { .. })
            && !layout.placed.iter().any(|p| p.page == index);
        Plate { folio: page.folio.clone(), article, label, adverts, blank, problems }
    };
    layout.pages.iter().enumerate().map(plate).collect()
}

fn adverts_on(issue: &Issue, layout: &Layout, page: usize) -> Vec<(AdvertId, &'static str)> {
    let placed = layout.placed.iter().filter(|p| p.page == page);
    placed
        .filter_map(|p| {
            let advert = issue.adverts.iter().position(|a| a.picture == p.picture)?;
            Some((AdvertId(advert), share(issue.adverts[advert].size)))
        })
        .collect()
}

/// How much of a page a size is.
fn share(size: AdvertSize) -> &'static str {
    match size {
        AdvertSize::Double => "2/1",
        AdvertSize::Full => "1/1",
        AdvertSize::HalfHorizontal | AdvertSize::HalfVertical => "1/2",
        AdvertSize::Third => "1/3",
        AdvertSize::Quarter => "1/4",
        AdvertSize::Eighth => "1/8",
    }
}

/// How many pages' worth of adverts there are.
pub fn advert_pages(plates: &[Plate]) -> f64 {
    let worth = |share: &str| match share {
        // Each of the two pages of a double page is counted.
        "1/1" | "2/1" => 1.0,
        "1/2" => 0.5,
        "1/3" => 1.0 / 3.0,
        "1/4" => 0.25,
        _ => 0.125,
    };
    plates.iter().flat_map(|p| &p.adverts).map(|(_, s)| worth(s)).sum()
}

/// Everything that is drawn.
pub struct Sheet<'a> {
    /// The issue.
    pub issue: &'a Issue,
    /// Its pages.
    pub layout: &'a Layout,
    /// What stands on them.
    pub plates: &'a [Plate],
    /// Colours of the sections, `#rrggbb`, taken in turn.
    pub colours: &'a [String],
    /// Small pictures of the pages, JPEG or PNG; a page without one shows a frame.
    pub views: &'a [Option<crate::picture::Derived>],
    /// The fixed words.
    pub words: &'a crate::words::Words,
}

/// The flatplan as an SVG document.
pub fn svg(sheet: &Sheet<'_>) -> String {
    draw::svg(sheet)
}

/// The flatplan as an HTML page that needs nothing else.
pub fn html(sheet: &Sheet<'_>) -> String {
    let title = format!("{} {}", sheet.issue.publication.title.value, sheet.issue.name);
    let language = draw::escape(&sheet.issue.publication.language);
    let mut list = String::new();
    for plate in sheet.plates.iter().filter(|p| !p.problems.is_empty()) {
        for problem in &plate.problems {
            list.push_str(&format!("<li>{}</li>\n", draw::escape(problem)));
        }
    }
    let list = if list.is_empty() { String::new() } else { format!("<ul lang=\"en\">\n{list}</ul>\n") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n\
         @page {{ size: A3 landscape; margin: 10mm }}\nbody {{ margin: 0; font: 14px/1.5 sans-serif; background: #fff; color: #1a1a1a }}\n\
         svg {{ display: block; width: 100%; height: auto }}\nul {{ margin: 1em 3%; columns: 2 }}\n</style>\n</head>\n<body>\n{}\n{list}</body>\n</html>\n",
        draw::escape(&title),
        svg(sheet)
    )
}
