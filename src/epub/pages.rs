//! The documents that are no articles and no adverts: cover, contents, partners, picture credits, imprint.
//!
//! Each reads well without its style: numbers say "Page" before them, labels their colon.

use super::markup::document;
use super::metadata::issue_title;
use super::spine::{Leaf, page_id};
use super::{Book, Input};
use crate::issue::{Alt, Article, PictureId};
use crate::xhtml::{attribute, frame, text};

impl Book<'_> {
    fn page(&self, leaf: Leaf, title: &str, class: &str, body: &str) -> String {
        let body = format!("{}{body}", self.breaks_at_head(leaf));
        document(&self.input.issue.publication.language.value, title, class, &body)
    }

    /// The anchors of the pages that begin with a document.
    pub(super) fn breaks_at_head(&self, leaf: Leaf) -> String {
        let here = self.places.iter().filter(|p| self.spine[p.leaf] == leaf && p.point.is_none());
        here.map(|p| page_break(&p.folio, self.input)).collect()
    }

    pub(super) fn cover(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let head = format!(
            "<h1 id=\"nameplate\">{}</h1>\n<p class=\"issue-line\">{}</p>\n",
            text(&issue.publication.title.value),
            text(&frame::issue_line(issue, words))
        );
        let picture = self.cover_picture();
        // The printed cover bears the nameplate: then the words come after it.
        let (first, second) = if self.pictures.cover.is_some() { (&picture, &head) } else { (&head, &picture) };
        let mut body = format!("<section aria-labelledby=\"nameplate\">\n{first}{second}");
        if !issue.cover.lines.is_empty() {
            body.push_str("<ul class=\"cover-lines\">\n");
            for line in &issue.cover.lines {
                let more = line.text.as_ref().map(|t| format!("<br/>{}", text(t))).unwrap_or_default();
                body.push_str(&format!("<li><strong>{}</strong>{more}</li>\n", text(&line.headline)));
            }
            body.push_str("</ul>\n");
        }
        if let Some(credit) = &issue.pictures[issue.cover.picture.0].credit {
            let credit = words.labelled(words.cover_picture, &credit.wording);
            body.push_str(&format!("<p class=\"credit\">{}</p>\n", text(&credit)));
        }
        body.push_str("</section>\n");
        self.page(Leaf::Cover, &format!("{}, {}", words.cover, issue_title(issue, words)), "cover", &body)
    }

    fn cover_picture(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let Some(placed) = self.pictures.cover.as_ref().or_else(|| self.pictures.get(issue.cover.picture)) else {
            return format!("<p class=\"stand-in\">{}</p>\n", text(words.picture_to_come));
        };
        let alt = match &issue.cover.alt {
            Alt::Text(alt) => alt.as_str(),
            Alt::Decorative => issue.publication.title.value.as_str(),
            Alt::Missing => words.alt_to_come,
        };
        format!(
            "<figure class=\"cover-picture\"><img src=\"{}\" alt=\"{}\" role=\"doc-cover\" epub:type=\"cover\" width=\"{}\" height=\"{}\"/></figure>\n",
            placed.href,
            attribute(alt),
            placed.width,
            placed.height
        )
    }

    pub(super) fn contents(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let mut body = format!("<section aria-labelledby=\"title\">\n<h1 id=\"title\">{}</h1>\n", text(words.contents));
        for section in &issue.sections {
            body.push_str(&format!("<h2>{}</h2>\n<ul class=\"contents\">\n", text(&section.title)));
            for id in &section.articles {
                let folio = self.input.pages.articles.get(id.0).map(String::as_str).unwrap_or_default();
                self.entry(&mut body, &self.names.of(Leaf::Article(*id)), &issue.articles[id.0], folio);
            }
            body.push_str("</ul>\n");
        }
        body.push_str("<ul class=\"contents back\">\n");
        let back =
            [(Leaf::Partners, words.partners), (Leaf::Credits, words.picture_credits), (Leaf::Imprint, words.imprint)];
        for (leaf, title) in back.into_iter().filter(|(l, _)| self.spine.contains(l)) {
            body.push_str(&format!("<li><a href=\"{}\">{}</a></li>\n", self.names.of(leaf), text(title)));
        }
        body.push_str("</ul>\n</section>\n");
        self.page(Leaf::Contents, words.contents, "contents-page", &body)
    }

    fn entry(&self, out: &mut String, href: &str, article: &Article, folio: &str) {
        let words = self.input.words;
        let front = &article.manuscript.front;
        let lang = self.foreign(article);
        out.push_str(&format!("<li><p class=\"entry\"><a href=\"{href}\"{lang}>{}</a>", text(&front.headline.value)));
        if !folio.is_empty() {
            out.push_str(&format!(" <span class=\"folio\">{}</span>", text(&words.page_number(folio))));
        }
        out.push_str("</p>\n");
        if let Some(sponsor) = article.sponsor.and_then(|s| self.input.issue.partners.get(s)) {
            out.push_str(&format!("<p class=\"sponsored\">{}</p>\n", text(&words.sponsored_by(&sponsor.name))));
        }
        if let Some(standfirst) = &front.standfirst {
            out.push_str(&format!("<p class=\"standfirst\"{lang}>{}</p>\n", text(&standfirst.value)));
        }
        let by = frame::byline(&front.byline, words);
        if !by.is_empty() {
            out.push_str(&format!("<p class=\"byline\">{}</p>\n", text(&by)));
        }
        out.push_str("</li>\n");
    }

    /// The language of an article that is not the publication's, as attributes.
    fn foreign(&self, article: &Article) -> String {
        let own = article.language == self.input.issue.publication.language.value;
        if own { String::new() } else { frame::language(&article.language) }
    }

    pub(super) fn partners(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let mut body = format!("<section aria-labelledby=\"title\">\n<h1 id=\"title\">{}</h1>\n", text(words.partners));
        for partner in &issue.partners {
            body.push_str("<div class=\"partner\">\n");
            if let Some(logo) = partner.logo.and_then(|l| self.pictures.get(l)) {
                // The name stands beside it.
                body.push_str(&format!("<p class=\"logo\"><img src=\"{}\" alt=\"\"/></p>\n", logo.href));
            }
            body.push_str(&format!("<h2>{}</h2>\n", text(&partner.name)));
            if let Some(line) = &partner.text {
                body.push_str(&format!("<p>{}</p>\n", text(line)));
            }
            if let Some(link) = &partner.link {
                body.push_str(&format!("<p>{}</p>\n", frame::outside_link(link)));
            }
            body.push_str("</div>\n");
        }
        body.push_str("</section>\n");
        self.page(Leaf::Partners, words.partners, "partners", &body)
    }

    pub(super) fn credits(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let mut body = format!(
            "<section aria-labelledby=\"title\">\n<h1 id=\"title\">{}</h1>\n<ul class=\"credits\">\n",
            text(words.picture_credits)
        );
        for (index, picture) in issue.pictures.iter().enumerate().filter(|(_, p)| p.credited) {
            let folios = self.input.pages.pictures.get(index).map(Vec::as_slice).unwrap_or_default();
            body.push_str(&format!(
                "<li>{}{}</li>\n",
                self.whereabouts(PictureId(index), folios),
                frame::credit(picture, issue, words)
            ));
        }
        body.push_str("</ul>\n</section>\n");
        self.page(Leaf::Credits, words.picture_credits, "credits-page", &body)
    }

    /// Where a picture stands: the linked article or cover, and the printed pages.
    fn whereabouts(&self, picture: PictureId, folios: &[String]) -> String {
        let Input { issue, words, .. } = self.input;
        let uses = |a: &Article| a.lead.iter().chain(a.figures.values()).any(|f| f.picture == picture);
        let mut places: Vec<String> = Vec::new();
        if issue.cover.picture == picture {
            places.push(format!("<a href=\"{}\">{}</a>", self.names.of(Leaf::Cover), text(words.cover)));
        }
        for (index, article) in issue.articles.iter().enumerate().filter(|(_, a)| uses(a)) {
            let href = self.names.of(Leaf::Article(crate::issue::ArticleId(index)));
            let headline = text(&article.manuscript.front.headline.value);
            places.push(format!("<a href=\"{href}\"{}>{headline}</a>", self.foreign(article)));
        }
        if let Some(last) = folios.last() {
            let many = if folios.len() > 1 {
                format!("{}\u{a0}{}", words.pages, folios.join(words.comma))
            } else {
                words.page_number(last)
            };
            places.push(format!("<span class=\"folio\">{}</span>", text(&many)));
        }
        let sep = text(words.comma);
        if places.is_empty() {
            String::new()
        } else {
            format!("<span class=\"where\">{}</span><br/>", places.join(&sep))
        }
    }

    pub(super) fn imprint(&self) -> String {
        let Input { issue, words, .. } = self.input;
        let body = format!(
            "<section aria-labelledby=\"title\">\n<h1 id=\"title\">{}</h1>\n{}</section>\n",
            text(words.imprint),
            frame::imprint(issue, words)
        );
        self.page(Leaf::Imprint, words.imprint, "imprint", &body)
    }
}

/// The anchor of a printed page (`doc-pagebreak`, DPUB-ARIA 1.0).
pub(super) fn page_break(folio: &str, input: &Input<'_>) -> String {
    format!(
        "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"{}\" aria-label=\"{}\"></span>\n",
        page_id(folio),
        attribute(&input.words.page_number(folio))
    )
}
