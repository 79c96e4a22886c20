//! The order of the documents, and where the printed pages begin in them.
//!
//! Page breaks stand in spine order (EPUB 3.3 section 7.2 needs it of the page list): the pages decide the order of the
//! documents, and a page that would still stand before an earlier one is moved to where the next page begins.

use super::Pages;
use crate::issue::pages::Anchor;
use crate::issue::{AdvertId, ArticleId, Issue};

/// A document of the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leaf {
    Cover,
    Contents,
    Article(ArticleId),
    Advert(AdvertId),
    Partners,
    Credits,
    Imprint,
}

/// Where a printed page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// What readers call the page.
    pub(super) folio: String,
    /// Index into the spine.
    pub(super) leaf: usize,
    /// Block number and word; the document's head if none.
    pub(super) point: Option<(u32, usize)>,
}

impl Place {
    /// The id of its anchor: authors' ids do not begin with a low line.
    pub(super) fn id(&self) -> String {
        page_id(&self.folio)
    }
}

/// The id of a page's anchor.
pub(super) fn page_id(folio: &str) -> String {
    let safe: String = folio.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("_page-{safe}")
}

fn leaf_of(anchor: &Anchor) -> Leaf {
    match *anchor {
        Anchor::Cover => Leaf::Cover,
        Anchor::Contents => Leaf::Contents,
        Anchor::Article { article, .. } => Leaf::Article(article),
        Anchor::Advert(advert) => Leaf::Advert(advert),
        Anchor::Partners => Leaf::Partners,
        Anchor::Credits => Leaf::Credits,
        Anchor::Imprint => Leaf::Imprint,
    }
}

/// The documents in order.
pub(super) fn spine(issue: &Issue, pages: &Pages) -> Vec<Leaf> {
    let there = |leaf: Leaf| match leaf {
        Leaf::Partners => !issue.partners.is_empty(),
        Leaf::Credits => issue.pictures.iter().any(|p| p.credited),
        Leaf::Article(a) => a.0 < issue.articles.len(),
        Leaf::Advert(a) => a.0 < issue.adverts.len(),
        Leaf::Cover | Leaf::Contents | Leaf::Imprint => true,
    };
    let mut spine: Vec<Leaf> = Vec::new();
    for leaf in pages.breaks.iter().map(|b| leaf_of(&b.at)).filter(|&l| there(l)) {
        if !spine.contains(&leaf) {
            spine.push(leaf);
        }
    }
    let articles = (0..issue.articles.len()).map(|a| Leaf::Article(ArticleId(a)));
    let main = [Leaf::Cover, Leaf::Contents].into_iter().chain(articles);
    let main = main.chain([Leaf::Partners, Leaf::Credits, Leaf::Imprint]);
    let mut before = None;
    for leaf in main.filter(|&l| there(l)) {
        insert_after(&mut spine, leaf, before);
        before = Some(leaf);
    }
    let mut last = None;
    for &(advert, after) in pages.adverts.iter().filter(|(a, _)| there(Leaf::Advert(*a))) {
        let host = after.map_or(Leaf::Contents, Leaf::Article);
        // Adverts of one article keep their order among themselves.
        let behind = match last {
            Some((previous, of)) if of == host => previous,
            _ => host,
        };
        insert_after(&mut spine, Leaf::Advert(advert), Some(behind));
        last = Some((Leaf::Advert(advert), host));
    }
    spine
}

/// Puts a leaf that is not there yet behind another, or first.
fn insert_after(spine: &mut Vec<Leaf>, leaf: Leaf, before: Option<Leaf>) {
    if spine.contains(&leaf) {
        return;
    }
    let at = before.and_then(|b| spine.iter().position(|&l| l == b)).map_or(0, |i| i + 1);
    spine.insert(at, leaf);
}

/// Where every printed page begins, in spine order.
pub(super) fn places(spine: &[Leaf], pages: &Pages) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for page in pages.breaks.iter().rev() {
        let point = if let Anchor::Article { block, .. } = page.at { block } else { None };
        let own = spine.iter().position(|&l| l == leaf_of(&page.at)).map(|leaf| (leaf, point));
        let next = places.last().map(|p| (p.leaf, p.point));
        let (leaf, point) = match (own, next) {
            (Some(own), Some(next)) => own.min(next),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => (spine.len().saturating_sub(1), None),
        };
        places.push(Place { folio: page.folio.clone(), leaf, point });
    }
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::pages::PageBreak;

    fn page(folio: &str, at: Anchor) -> PageBreak {
        PageBreak { folio: folio.to_owned(), at }
    }

    fn article(a: usize, block: Option<(u32, usize)>) -> Anchor {
        Anchor::Article { article: ArticleId(a), block }
    }

    #[test]
    fn an_advert_between_two_pages_of_an_article_is_anchored_at_the_break_inside() {
        let spine =
            [Leaf::Cover, Leaf::Contents, Leaf::Article(ArticleId(0)), Leaf::Advert(AdvertId(0)), Leaf::Imprint];
        let breaks = vec![
            page("C1", Anchor::Cover),
            page("2", Anchor::Contents),
            page("3", article(0, None)),
            page("4", Anchor::Advert(AdvertId(0))),
            page("5", article(0, Some((7, 12)))),
            page("6", Anchor::Imprint),
        ];
        let places = places(&spine, &Pages { breaks, ..Pages::default() });
        let found: Vec<_> = places.iter().map(|p| (p.folio.as_str(), p.leaf, p.point)).collect();
        assert_eq!(
            found,
            [
                ("C1", 0, None),
                ("2", 1, None),
                ("3", 2, None),
                ("4", 2, Some((7, 12))),
                ("5", 2, Some((7, 12))),
                ("6", 4, None)
            ]
        );
    }

    #[test]
    fn ids_are_names_in_xml() {
        assert_eq!(page_id("C1"), "_page-C1");
        assert_eq!(page_id("12 a/b"), "_page-12-a-b");
    }
}
