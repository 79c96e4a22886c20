//! Whose the pictures are and who made the issue: one page an issue.

use super::article::Desk;
use super::shell::{Page, document, rel, words};
use crate::issue::{Article, PictureId};
use crate::xhtml::{attribute, frame, text};
use serde_json::Value;

impl Desk<'_> {
    /// The page of picture credits with the imprint.
    pub(super) fn credits(&self) -> String {
        let (words, _) = words(&self.record.publication);
        let issue = self.input.issue;
        let place = format!("{}credits/", self.record.path());
        let mut main = format!(
            "<h1>{}</h1>\n<p class=\"meta\">{}</p>\n<ul class=\"credits\">\n",
            text(words.picture_credits),
            text(&self.record.full_title())
        );
        for (index, picture) in issue.pictures.iter().enumerate().filter(|(_, p)| p.credited) {
            main.push_str(&format!(
                "<li>{}{}</li>\n",
                self.whereabouts(PictureId(index), &place),
                frame::credit(picture, issue, words)
            ));
        }
        main.push_str(&format!(
            "</ul>\n<section class=\"imprint\" aria-labelledby=\"imprint\">\n<h2 id=\"imprint\">{}</h2>\n{}</section>\n",
            text(words.imprint),
            frame::imprint(issue, words)
        ));
        let page = Page {
            place: &place,
            canonical: None,
            title: &format!("{} · {}, {}", words.picture_credits, self.record.publication.title, self.record.label),
            description: "",
            language: &self.record.publication.language,
            class: "reading credits-page",
            kind: "website",
            image: None,
            data: Value::Null,
            script: None,
            bar: "",
            main: &main,
        };
        document(&page, self.record)
    }

    /// Where a picture stands: linked articles, and printed pages.
    fn whereabouts(&self, picture: PictureId, place: &str) -> String {
        let (words, _) = words(&self.record.publication);
        let issue = self.input.issue;
        let uses = |a: &Article| a.lead.iter().chain(a.figures.values()).any(|f| f.picture == picture);
        let mut places: Vec<String> = Vec::new();
        if issue.cover.picture == picture {
            places.push(format!(
                "<a href=\"{}\">{}</a>",
                attribute(&rel(place, &self.record.path())),
                text(words.cover)
            ));
        }
        let entries = issue.articles.iter().zip(&self.record.articles);
        for (_, entry) in entries.filter(|(article, _)| uses(article)) {
            places.push(format!("<a href=\"{}\">{}</a>", attribute(&rel(place, &entry.path)), text(&entry.headline)));
        }
        for folio in self.input.layout.folios_of(picture) {
            let href = format!("{}#page={folio}", rel(place, &self.record.pages_path()));
            places.push(format!("<a href=\"{}\">{}</a>", attribute(&href), text(&words.page_number(&folio))));
        }
        match places.is_empty() {
            true => String::new(),
            false => format!("<span class=\"where\">{}</span><br/>", places.join(&text(words.comma))),
        }
    }
}
