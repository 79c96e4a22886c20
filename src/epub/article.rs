//! An article's document: head, lead picture, text, notes, what stands below it.
//!
//! The text itself is made by `xhtml`; here it gets its frame. The headline is the document's only heading of level one.

use super::Book;
use super::markup::document;
use super::spine::Leaf;
use crate::issue::{Article, ArticleId};
use crate::manuscript::{ArticleKind, Contributor, Correction, Role};
use crate::words::Words;
use crate::xhtml::{attribute, text};

impl Book<'_> {
    /// The whole document.
    pub(super) fn article(&self, id: ArticleId) -> String {
        let article = &self.input.issue.articles[id.0];
        let mut body = self.breaks_at_head(Leaf::Article(id));
        body.push_str(&format!(
            "<article class=\"{}\" aria-labelledby=\"headline\">\n",
            kind(article.manuscript.front.kind)
        ));
        self.head(&mut body, article);
        if let Some(lead) = &article.lead {
            body.push_str(&self.lead(id, lead));
        }
        body.push_str(&self.text(id));
        self.foot(&mut body, id, article);
        body.push_str("</article>\n");
        document(&article.language, &article.manuscript.front.headline.value, "article", &body)
    }

    fn head(&self, out: &mut String, article: &Article) {
        let words = self.input.words;
        let front = &article.manuscript.front;
        let own = super::markup::language(&self.input.issue.publication.language.value);
        out.push_str("<header>\n");
        if let Some(sponsor) = article.sponsor.and_then(|s| self.input.issue.partners.get(s)) {
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
    }

    fn foot(&self, out: &mut String, id: ArticleId, article: &Article) {
        let words = self.input.words;
        let front = &article.manuscript.front;
        let own = super::markup::language(&self.input.issue.publication.language.value);
        if !article.about.is_empty() {
            let writers = front.byline.iter().filter(|c| matches!(c.role, Role::Words | Role::Interview)).count();
            let title = if writers > 1 { words.about_the_authors } else { words.about_the_author };
            let about = self.line(id, &article.about);
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
    }
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

fn kind(kind: ArticleKind) -> &'static str {
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
pub(super) fn byline(people: &[Contributor], words: &Words) -> String {
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
