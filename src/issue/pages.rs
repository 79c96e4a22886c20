//! Where the printed pages begin in the text: read from the layout, written into the e-book's page list.

use super::{AdvertId, ArticleId};

/// A page and what begins or goes on there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak {
    /// What readers call the page: "C1", "2", "3" …
    pub folio: String,
    /// What begins or goes on there.
    pub at: Anchor,
}

/// A place in the issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The cover.
    Cover,
    /// The contents.
    Contents,
    /// An article.
    Article {
        /// Which.
        article: ArticleId,
        /// The number of the block and the word in it (from 0, words end at white space) with which the page begins;
        /// the article's head if none.
        block: Option<(u32, usize)>,
    },
    /// An advert on a page of its own.
    Advert(AdvertId),
    /// The partners.
    Partners,
    /// The picture credits.
    Credits,
    /// The imprint.
    Imprint,
}
