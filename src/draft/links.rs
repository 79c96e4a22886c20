//! Where a link in an article leads, found without touching the disk.
//!
//! An article is named by its file, from the folder of the article that links or from the issue's.

use super::resolve::{folder_of, name_of, unescaped};
use super::walk::{Part, inlines, walk};
use super::{Draft, DraftArticle};
use crate::manuscript::{InlineKind, Style};
use crate::source::joined;
use unicode_normalization::UnicodeNormalization;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the issue: an address with a scheme, or what was meant to be one.
    Address,
    /// To a place in its own article.
    Here(String),
    /// To an article of the issue.
    Article {
        /// Which, counted as in [`Draft::articles`].
        article: usize,
        /// A place in it.
        id: Option<String>,
    },
    /// To a file that is no article of the issue.
    Nowhere,
}

impl Draft {
    /// Where a link in an article leads.
    pub fn link(&self, from: usize, target: &str) -> LinkTarget {
        if let Some(id) = target.strip_prefix('#') {
            return LinkTarget::Here(decoded(id));
        }
        let (path, id) = match target.split_once('#') {
            Some((path, id)) => (path, Some(decoded(id))),
            None => (target, None),
        };
        if has_scheme(path) || path.starts_with("//") {
            return LinkTarget::Address;
        }
        let folder = self.articles.get(from).and_then(|a| a.path.as_deref().ok()).map_or("", folder_of);
        let path = decoded(path);
        for folder in [folder, self.issue.folder.as_str()] {
            let Some(path) = joined(folder, &path) else { continue };
            let same = |a: &DraftArticle| a.path.as_deref().is_ok_and(|p| p.nfc().eq(path.nfc()));
            if let Some(article) = self.articles.iter().position(|a| a.section.is_some() && same(a)) {
                return LinkTarget::Article { article, id };
            }
        }
        let name = name_of(&path).to_ascii_lowercase();
        let is_file = name.ends_with(".md") || name.ends_with(".markdown") || !name.contains(['.', '@']);
        if is_file { LinkTarget::Nowhere } else { LinkTarget::Address }
    }

    /// The ids that an article gives to places in it.
    pub fn ids_of(&self, article: usize) -> Vec<String> {
        let mut ids = Vec::new();
        let Some(article) = self.articles.get(article) else { return ids };
        let mut see = |part: Part<'_>| match part {
            Part::Block(block) => ids.extend(block.id.as_ref().map(|id| id.value.clone())),
            Part::Inline(inline) => {
                if let InlineKind::Styled(Style::Anchor(id), _) = &inline.kind {
                    ids.push(id.value.clone());
                }
            }
            _ => {}
        };
        article.manuscript.iter().for_each(|m| walk(m, &mut see));
        inlines(&article.about, &mut see);
        ids
    }
}

fn decoded(text: &str) -> String {
    unescaped(text).unwrap_or_else(|| text.to_owned())
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1).
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}
