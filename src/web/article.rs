//! An article to read: its text reflowed, with the places at which the printed pages begin, and the way to these.
//!
//! The text is what `xhtml` makes of the tree, as in the e-book; pictures come in several widths.

use super::landing::reading_time;
use super::reader::{COLOURS, icon};
use super::record::{Article as Entry, Record};
use super::shell::{Page, back, document, rel, words};
use super::{Input, Pictures, without_nulls};
use crate::issue::pages::Anchor;
use crate::issue::{AdvertId, Alt, Article, ArticleId, PictureId, PlacedFigure};
use crate::report::Spanned;
use crate::words::{WebWords, Words};
use crate::xhtml::{self, Choice, Context, PageBreak, Shown, address, attribute, frame, text};
use serde_json::{Value, json};

/// What every article's page needs.
pub(super) struct Desk<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) record: &'a Record,
    pub(super) pictures: &'a Pictures,
    pub(super) script: &'a str,
}

/// How wide pictures are shown in a text.
const SIZES: &str = "(min-width: 46rem) 42rem, 92vw";

/// The anchor of a printed page in a text.
pub(super) fn page_id(folio: &str) -> String {
    format!("page-{folio}")
}

impl Desk<'_> {
    /// The page of an article.
    pub(super) fn article(&self, id: ArticleId) -> String {
        let Input { issue, words, layout, .. } = *self.input;
        let article = &issue.articles[id.0];
        let entry = &self.record.articles[id.0];
        let (_, web) = self::words(&self.record.publication);
        let breaks = self.breaks(id);
        let mut main = format!(
            "<article class=\"{}\" aria-labelledby=\"headline\" data-article=\"{}\">\n",
            frame::kind(article.manuscript.front.kind),
            attribute(&article.slug)
        );
        if let Some(anchor) = self.first_break(id) {
            main.push_str(&anchor);
        }
        main.push_str(&frame::head(issue, article, words));
        let times = [words.page_number(&entry.folio), reading_time(entry.words, web)];
        let own = match entry.language == self.record.publication.language {
            true => String::new(),
            false => frame::language(&self.record.publication.language),
        };
        main.push_str(&format!("<p class=\"meta\"{own}>{}</p>\n", text(&times.join(" · "))));
        if let Some(lead) = &article.lead {
            main.push_str(&self.lead(article, lead, entry));
        }
        let body = self.with(article, entry, &breaks, |c| xhtml::article(&article.manuscript.body, c));
        // Where DPUB-ARIA is not known, a page break is a separator.
        main.push_str(&body.replace("role=\"doc-pagebreak\"", "role=\"doc-pagebreak separator\""));
        let about = self.with(article, entry, &[], |c| xhtml::inlines(&article.about, c));
        main.push_str(&frame::foot(issue, article, &about, words));
        main.push_str("</article>\n");
        for (advert, _) in layout.adverts.iter().filter(|(_, after)| *after == Some(id)) {
            self.advert(&mut main, *advert, &entry.path);
        }
        self.onward(&mut main, id, web);
        let description = entry.standfirst.as_deref().unwrap_or_default();
        let page = Page {
            place: &entry.path,
            canonical: None,
            title: &format!("{} · {}", entry.headline, self.record.publication.title),
            description,
            language: &entry.language,
            class: "reading",
            kind: "article",
            image: entry.image.as_ref().map(|i| (i, entry.image_alt.as_deref().unwrap_or_default())),
            data: self.data(article, entry),
            script: Some(self.script),
            bar: &self.bar(entry, web),
            main: &main,
        };
        document(&page, self.record)
    }

    /// The bar above the text: back to the issue, over to the page; the rest is put there by the script.
    fn bar(&self, entry: &Entry, web: &WebWords) -> String {
        let to = |path: &str| attribute(&rel(&entry.path, path));
        let pages = format!("{}#page={}", rel(&entry.path, &self.record.pages_path()), entry.folio);
        let own = match entry.language == self.record.publication.language {
            true => String::new(),
            false => frame::language(&self.record.publication.language),
        };
        format!(
            "<nav class=\"toolbar\" aria-label=\"{}\"{own}><a class=\"button\" href=\"{}\">{}<span class=\"roomy\">&#160;{}</span></a>\
             <a class=\"button push\" data-pages=\"\" href=\"{}\">{}</a>\
             <button type=\"button\" hidden=\"\" data-size=\"-1\" aria-label=\"{}\">{}</button>\
             <button type=\"button\" hidden=\"\" data-size=\"1\" aria-label=\"{}\">{}</button>\
             <button type=\"button\" hidden=\"\" data-colours=\"\" aria-label=\"{}\">{}</button></nav>\n",
            attribute(web.text_of),
            to(&self.record.path()),
            back(&entry.language),
            text(&self.record.label),
            attribute(&pages),
            text(web.on_the_page),
            attribute(web.smaller_text),
            icon("M3 19l5-14l5 14M5 14h6M17 12h5"),
            attribute(web.larger_text),
            icon("M3 19l5-14l5 14M5 14h6M17 12h5M19.5 9.5v5"),
            attribute(web.colours),
            icon(COLOURS)
        )
    }

    /// Where printed pages begin within the text.
    fn breaks(&self, id: ArticleId) -> Vec<PageBreak> {
        let words = self.input.words;
        let pages = self.input.layout.pages.iter();
        pages
            .filter_map(|page| match &page.starts {
                Anchor::Article { article, block: Some((block, word)) } if *article == id => Some(PageBreak {
                    block: *block,
                    word: *word,
                    id: page_id(&page.folio),
                    label: words.page_number(&page.folio),
                }),
                _ => None,
            })
            .collect()
    }

    /// The anchor of the page that begins with the article's head.
    fn first_break(&self, id: ArticleId) -> Option<String> {
        let begins = |starts: &Anchor| matches!(starts, Anchor::Article { article, block: None } if *article == id);
        let page = self.input.layout.pages.iter().find(|p| begins(&p.starts))?;
        let label = self.input.words.page_number(&page.folio);
        Some(format!(
            "<span role=\"doc-pagebreak separator\" id=\"{}\" aria-label=\"{}\"></span>\n",
            attribute(&page_id(&page.folio)),
            attribute(&label)
        ))
    }

    fn lead(&self, article: &Article, lead: &PlacedFigure, entry: &Entry) -> String {
        match self.shown(lead, &entry.path) {
            Some(shown) => {
                let eager = Shown { choice: shown.choice.clone(), ..shown };
                self.with(article, entry, &[], |c| xhtml::figure(&eager, "lead", c))
            }
            None => format!("<p class=\"stand-in\">{}</p>\n", text(self.input.words.picture_to_come)),
        }
    }

    fn with(
        &self,
        article: &Article,
        entry: &Entry,
        breaks: &[PageBreak],
        write: impl FnOnce(Context<'_>) -> String,
    ) -> String {
        let link = |target: &Spanned<String>| Some(self.link(article, target, entry));
        let picture = |file: &Spanned<String>| article.figures.get(&file.span).and_then(|f| self.shown(f, &entry.path));
        write(Context {
            language: &article.language,
            words: self.input.words,
            level: 1,
            link: &link,
            picture: &picture,
            notes: &article.manuscript.notes,
            breaks,
            epub: false,
            numbered: true,
        })
    }

    fn link(&self, article: &Article, target: &Spanned<String>, entry: &Entry) -> String {
        match article.links.get(&target.span) {
            Some(link) => {
                let place = link.id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
                let to = self.record.articles.get(link.article.0).map(|a| a.path.as_str()).unwrap_or_default();
                format!("{}{place}", rel(&entry.path, to))
            }
            None => target.value.clone(),
        }
    }

    fn shown<'f>(&self, figure: &'f PlacedFigure, place: &str) -> Option<Shown<'f>> {
        let usual = self.pictures.usual(figure.picture)?;
        let picture = &self.input.issue.pictures[figure.picture.0];
        let widths: Vec<String> =
            self.pictures.all(figure.picture).iter().map(|i| format!("{} {}w", rel(place, &i.path), i.width)).collect();
        Some(Shown {
            src: rel(place, &usual.path),
            alt: match &figure.alt {
                Alt::Text(alt) => Some(alt.clone()),
                Alt::Decorative => None,
                Alt::Missing => Some(self.input.words.alt_to_come.to_owned()),
            },
            caption: &figure.caption,
            credit: picture.credit.as_ref().map(|c| c.wording.clone()),
            size: Some((usual.width, usual.height)),
            choice: (widths.len() > 1).then(|| Choice { srcset: widths.join(", "), sizes: SIZES.to_owned() }),
        })
    }

    /// An advert after the text, named as one.
    pub(super) fn advert(&self, out: &mut String, id: AdvertId, place: &str) {
        let Input { issue, words, .. } = *self.input;
        let Some(advert) = issue.adverts.get(id.0) else { return };
        let who =
            advert.partner.and_then(|p| issue.partners.get(p)).map_or(&issue.publication.title.value, |p| &p.name);
        let label = words.labelled(words.advertisement, who);
        out.push_str(&format!(
            "<div class=\"advert\" role=\"group\" aria-label=\"{}\"{}>\n<p class=\"advert-label\">{}</p>\n",
            attribute(&label),
            frame::language(&issue.publication.language),
            text(&label)
        ));
        let said = match &advert.alt {
            Alt::Text(alt) => alt.as_str(),
            Alt::Decorative => "",
            Alt::Missing => words.alt_to_come,
        };
        let picture = match self.pictures.usual(advert.picture) {
            Some(image) => format!(
                "<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\"/>",
                attribute(&rel(place, &image.path)),
                attribute(said),
                image.width,
                image.height
            ),
            None => format!("<span class=\"stand-in\">{}</span>", text(words.advert_to_come)),
        };
        match &advert.link {
            Some(link) => {
                out.push_str(&format!("<a href=\"{}\" rel=\"sponsored\">{picture}</a>\n", address(link)));
            }
            None => out.push_str(&picture),
        }
        out.push_str("</div>\n");
    }

    /// The articles before and after it.
    fn onward(&self, out: &mut String, id: ArticleId, web: &WebWords) {
        let words: &Words = self.input.words;
        let place = &self.record.articles[id.0].path;
        let list = &self.record.articles;
        let before = id.0.checked_sub(1).and_then(|n| list.get(n)).map(|a| (words.previous, a, ""));
        let after = list.get(id.0 + 1).map(|a| (words.next, a, " class=\"onward\""));
        if before.is_none() && after.is_none() {
            return;
        }
        let own = frame::language(&self.record.publication.language);
        out.push_str(&format!("<nav class=\"next-article\" aria-label=\"{}\"{own}>\n", attribute(web.read_text)));
        for (label, article, class) in [before, after].into_iter().flatten() {
            out.push_str(&format!(
                "<div{class}><small>{}</small><a href=\"{}\"{}>{}</a></div>\n",
                text(label),
                attribute(&rel(place, &article.path)),
                if article.language == self.record.publication.language {
                    String::new()
                } else {
                    frame::language(&article.language)
                },
                text(&article.headline)
            ));
        }
        out.push_str("</nav>\n");
    }

    /// `Article` (schema.org), its pictures as `ImageObject` with what their licences ask for.
    fn data(&self, article: &Article, entry: &Entry) -> Value {
        let record = self.record;
        let site = record.publication.address.as_deref();
        let at = |path: &str| site.map(|site| format!("{site}{path}"));
        let figures = article.lead.iter().chain(article.figures.values());
        let mut known: Vec<PictureId> = Vec::new();
        let mut images: Vec<Value> = Vec::new();
        for figure in figures {
            if !known.contains(&figure.picture) {
                known.push(figure.picture);
                images.extend(self.image(figure.picture, &at));
            }
        }
        let authors: Vec<Value> = entry.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
        without_nulls(json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": entry.headline,
            "description": entry.standfirst,
            "inLanguage": entry.language,
            "url": at(&entry.path),
            "datePublished": record.date,
            "dateModified": record.modified,
            "author": authors,
            "wordCount": entry.words,
            "pageStart": entry.folio,
            "image": images,
            "sponsor": entry.sponsor.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
            "publisher": record.publication.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
            "isPartOf": {
                "@type": "PublicationIssue",
                "name": record.full_title(),
                "issueNumber": record.number.to_string(),
                "url": at(&record.path()),
                "isPartOf": { "@type": "Periodical", "name": record.publication.title, "issn": record.publication.issn },
            },
        }))
    }

    fn image(&self, id: PictureId, at: &dyn Fn(&str) -> Option<String>) -> Option<Value> {
        let image = self.pictures.usual(id)?;
        let credit = self.input.issue.pictures[id.0].credit.as_ref();
        let licence = credit.and_then(|c| c.licence.as_ref()).and_then(|l| l.url.as_deref());
        let link = credit.and_then(|c| c.links.iter().find(|l| l.starts_with("http"))).map(String::as_str);
        let makers: Vec<Value> = credit
            .map(|c| c.creators.iter().map(|name| json!({ "@type": "Person", "name": name })).collect())
            .unwrap_or_default();
        Some(json!({
            "@type": "ImageObject",
            "contentUrl": at(&image.path),
            "width": image.width,
            "height": image.height,
            "creditText": credit.map(|c| c.wording.as_str()),
            "creator": makers,
            "license": licence,
            "acquireLicensePage": link.or(licence),
            "copyrightNotice": credit.and_then(|c| c.notice.as_deref()),
        }))
    }
}
