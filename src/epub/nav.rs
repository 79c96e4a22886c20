//! The navigation document, and the NCX for readers that know only EPUB 2.
//!
//! Contents stand in spine order, sections over their articles; the page list has one entry for each printed page, in
//! spine order (EPUB 3.3 section 7).

use super::markup::document;
use super::metadata::{identifier, issue_title};
use super::spine::{Leaf, Place};
use super::{Input, Names};
use crate::issue::ArticleId;
use crate::xhtml::{attribute, text};

/// An entry of the contents.
struct Entry {
    title: String,
    /// The document; an unlinked heading has none.
    href: Option<String>,
    language: Option<String>,
    inside: Vec<Entry>,
}

/// What both documents are made from.
pub(super) struct Navigation<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) names: &'a Names,
    pub(super) spine: &'a [Leaf],
    /// Only places whose anchor was really written.
    pub(super) places: &'a [Place],
}

impl Navigation<'_> {
    fn entries(&self) -> Vec<Entry> {
        let words = self.input.words;
        let plain = |title: &str, leaf: Leaf| {
            let href = self.spine.contains(&leaf).then(|| self.names.of(leaf));
            href.map(|href| Entry { title: title.to_owned(), href: Some(href), language: None, inside: Vec::new() })
        };
        let sections = self.input.issue.sections.iter().map(|section| Entry {
            title: section.title.clone(),
            href: None,
            language: None,
            inside: section.articles.iter().map(|a| self.article(*a)).collect(),
        });
        plain(words.cover, Leaf::Cover)
            .into_iter()
            .chain(plain(words.contents, Leaf::Contents))
            .chain(sections)
            .chain(plain(words.partners, Leaf::Partners))
            .chain(plain(words.picture_credits, Leaf::Credits))
            .chain(plain(words.imprint, Leaf::Imprint))
            .collect()
    }

    fn article(&self, id: ArticleId) -> Entry {
        let article = &self.input.issue.articles[id.0];
        let foreign = article.language != self.input.issue.publication.language.value;
        Entry {
            title: article.manuscript.front.headline.value.clone(),
            href: Some(self.names.of(Leaf::Article(id))),
            language: foreign.then(|| article.language.clone()),
            inside: Vec::new(),
        }
    }

    /// Page names and their targets.
    fn pages(&self) -> impl Iterator<Item = (&str, String)> {
        self.places.iter().map(|p| (p.folio.as_str(), format!("{}#{}", self.names.of(self.spine[p.leaf]), p.id())))
    }

    /// The navigation document.
    pub(super) fn nav(&self) -> String {
        let (words, issue) = (self.input.words, self.input.issue);
        let mut body = format!(
            "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n<h1 id=\"toc-title\">{}</h1>\n",
            text(words.contents)
        );
        list(&mut body, &self.entries());
        body.push_str("</nav>\n");
        self.landmarks(&mut body);
        if !self.places.is_empty() {
            body.push_str(&format!(
                "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"pages\" aria-labelledby=\"pages-title\" hidden=\"\">\n<h2 id=\"pages-title\">{}</h2>\n<ol>\n",
                text(words.page_list)
            ));
            for (folio, href) in self.pages() {
                body.push_str(&format!("<li><a href=\"{}\">{}</a></li>\n", attribute(&href), text(folio)));
            }
            body.push_str("</ol>\n</nav>\n");
        }
        document(&issue.publication.language.value, &issue_title(issue, words), "nav", &body)
    }

    fn landmarks(&self, body: &mut String) {
        let words = self.input.words;
        let first = self.spine.iter().find(|l| matches!(l, Leaf::Article(_)));
        let start = first.map(|l| ("bodymatter", self.names.of(*l), words.start_of_text));
        let marks = [
            Some(("cover", self.names.of(Leaf::Cover), words.cover)),
            Some(("toc", "nav.xhtml#toc".to_owned(), words.contents)),
            start,
        ];
        body.push_str(&format!(
            "<nav epub:type=\"landmarks\" id=\"landmarks\" aria-labelledby=\"landmarks-title\" hidden=\"\">\n<h2 id=\"landmarks-title\">{}</h2>\n<ol>\n",
            text(words.landmarks)
        ));
        for (kind, href, title) in marks.into_iter().flatten() {
            let (href, title) = (attribute(&href), text(title));
            body.push_str(&format!("<li><a epub:type=\"{kind}\" href=\"{href}\">{title}</a></li>\n"));
        }
        body.push_str("</ol>\n</nav>\n");
    }

    /// The NCX (OPF 2.0.1 section 2.4.1); without `playOrder`, which must agree with the spine and helps nobody.
    pub(super) fn ncx(&self) -> String {
        let issue = self.input.issue;
        let mut out = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{}">
  <head>
    <meta name="dtb:uid" content="{}"/>
  </head>
  <docTitle><text>{}</text></docTitle>
  <navMap>
"#,
            attribute(&issue.publication.language.value),
            attribute(&identifier(issue)),
            text(&issue_title(issue, self.input.words))
        );
        let mut count = 0;
        for entry in &self.entries() {
            point(&mut out, entry, &mut count);
        }
        out.push_str("  </navMap>\n");
        if !self.places.is_empty() {
            out.push_str("  <pageList>\n");
            for (index, (folio, href)) in self.pages().enumerate() {
                // "C1" is no number: the format knows special pages.
                let number = folio.parse::<u32>().ok();
                let kind = if number.is_some() { "normal" } else { "special" };
                let value = number.map(|n| format!(r#" value="{n}""#)).unwrap_or_default();
                out.push_str(&format!(
                    "    <pageTarget id=\"page-{index}\" type=\"{kind}\"{value}><navLabel><text>{}</text></navLabel><content src=\"{}\"/></pageTarget>\n",
                    text(folio),
                    attribute(&href)
                ));
            }
            out.push_str("  </pageList>\n");
        }
        out.push_str("</ncx>\n");
        out
    }
}

fn list(out: &mut String, entries: &[Entry]) {
    out.push_str("<ol>\n");
    for entry in entries {
        let lang = entry.language.as_deref().map(crate::xhtml::frame::language).unwrap_or_default();
        let title = text(&entry.title);
        match &entry.href {
            Some(href) => out.push_str(&format!("<li><a href=\"{}\"{lang}>{title}</a>", attribute(href))),
            None => out.push_str(&format!("<li><span{lang}>{title}</span>")),
        }
        if !entry.inside.is_empty() {
            out.push('\n');
            list(out, &entry.inside);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

/// A heading without a document of its own leads to its first entry's.
fn point(out: &mut String, entry: &Entry, count: &mut usize) {
    let Some(href) = entry.href.as_ref().or_else(|| entry.inside.iter().find_map(|e| e.href.as_ref())) else { return };
    *count += 1;
    out.push_str(&format!(
        "    <navPoint id=\"point-{count}\"><navLabel><text>{}</text></navLabel><content src=\"{}\"/>\n",
        text(&entry.title),
        attribute(href)
    ));
    for inside in &entry.inside {
        point(out, inside, count);
    }
    out.push_str("    </navPoint>\n");
}
