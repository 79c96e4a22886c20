//! The text of articles through `xhtml`: what its links, pictures and page breaks are in this container.
//!
//! Links that lead nowhere here keep their words; pictures that are still missing become marked stand-ins.

use super::Book;
use super::spine::Leaf;
use crate::issue::{Alt, Article, ArticleId, PlacedFigure};
use crate::manuscript::Inline;
use crate::report::Spanned;
use crate::xhtml::{Context, PageBreak, Shown};

impl Book<'_> {
    /// The article's text and notes, with the pages that begin in it.
    pub(super) fn text(&self, id: ArticleId) -> String {
        let article = &self.input.issue.articles[id.0];
        let here = self.places.iter().filter(|p| self.spine[p.leaf] == Leaf::Article(id));
        let breaks: Vec<PageBreak> = here
            .filter_map(|p| {
                let (block, word) = p.point?;
                Some(PageBreak { block, word, id: p.id(), label: self.input.words.page_number(&p.folio) })
            })
            .collect();
        self.with(article, &breaks, |context| crate::xhtml::article(&article.manuscript.body, context))
    }

    /// A line of an article that stands outside its text.
    pub(super) fn line(&self, id: ArticleId, line: &[Inline]) -> String {
        self.with(&self.input.issue.articles[id.0], &[], |context| crate::xhtml::inlines(line, context))
    }

    /// The picture above an article's text.
    pub(super) fn lead(&self, id: ArticleId, lead: &PlacedFigure) -> String {
        let article = &self.input.issue.articles[id.0];
        match self.shown(lead) {
            Some(shown) => self.with(article, &[], |context| crate::xhtml::figure(&shown, "lead", context)),
            None => format!("<p class=\"stand-in\">{}</p>\n", crate::xhtml::text(self.input.words.picture_to_come)),
        }
    }

    fn with(&self, article: &Article, breaks: &[PageBreak], write: impl FnOnce(Context<'_>) -> String) -> String {
        let link = |target: &Spanned<String>| Some(self.address(article, target));
        let picture = |file: &Spanned<String>| article.figures.get(&file.span).and_then(|f| self.shown(f));
        write(Context {
            language: &article.language,
            words: self.input.words,
            level: 1,
            link: &link,
            picture: &picture,
            notes: &article.manuscript.notes,
            breaks,
            epub: true,
            numbered: false,
        })
    }

    /// Where a link leads: another article's document, a place in this one, or the world.
    fn address(&self, article: &Article, target: &Spanned<String>) -> String {
        match article.links.get(&target.span) {
            Some(link) => {
                let place = link.id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
                format!("{}{place}", self.names.of(Leaf::Article(link.article)))
            }
            None => target.value.clone(),
        }
    }

    fn shown<'f>(&self, figure: &'f PlacedFigure) -> Option<Shown<'f>> {
        let placed = self.pictures.get(figure.picture)?;
        let picture = &self.input.issue.pictures[figure.picture.0];
        Some(Shown {
            src: placed.href.clone(),
            alt: match &figure.alt {
                Alt::Text(alt) => Some(alt.clone()),
                Alt::Decorative => None,
                Alt::Missing => Some(self.input.words.alt_to_come.to_owned()),
            },
            caption: &figure.caption,
            credit: picture.credit.as_ref().map(|c| c.wording.clone()),
            size: Some((placed.width, placed.height)),
            choice: None,
        })
    }
}
