//! The file names in the container: readable, in ASCII, each once.
//!
//! A name depends only on what the issue holds and its order.

use super::spine::Leaf;
use crate::issue::Issue;

/// The documents' file names.
pub(super) struct Names {
    articles: Vec<String>,
    adverts: Vec<String>,
}

impl Names {
    pub(super) fn new(issue: &Issue) -> Names {
        let mut taken = Taken::default();
        let articles = issue.articles.iter().map(|a| taken.name("article", &a.slug, "xhtml")).collect();
        let adverts = issue.adverts.iter().map(|a| taken.name("advert", &a.id, "xhtml")).collect();
        Names { articles, adverts }
    }

    /// A document's file name, beside the package document.
    pub(super) fn of(&self, leaf: Leaf) -> String {
        match leaf {
            Leaf::Cover => "cover.xhtml".to_owned(),
            Leaf::Contents => "contents.xhtml".to_owned(),
            Leaf::Article(a) => self.articles[a.0].clone(),
            Leaf::Advert(a) => self.adverts[a.0].clone(),
            Leaf::Partners => "partners.xhtml".to_owned(),
            Leaf::Credits => "credits.xhtml".to_owned(),
            Leaf::Imprint => "imprint.xhtml".to_owned(),
        }
    }

    /// A document's id in the manifest: its file name without the ending.
    pub(super) fn id(&self, leaf: Leaf) -> String {
        self.of(leaf).trim_end_matches(".xhtml").to_owned()
    }
}

/// Names that were given out.
#[derive(Default)]
pub(super) struct Taken {
    names: Vec<String>,
}

impl Taken {
    /// `prefix-wish.ending`, with a number where that is taken.
    pub(super) fn name(&mut self, prefix: &str, wish: &str, ending: &str) -> String {
        let stem = format!("{prefix}-{}", ascii(wish));
        let mut name = format!("{stem}.{ending}");
        let mut count = 1;
        while self.names.contains(&name) {
            count += 1;
            name = format!("{stem}-{count}.{ending}");
        }
        self.names.push(name.clone());
        name
    }
}

/// Lower-case ASCII letters, digits and single hyphens.
fn ascii(wish: &str) -> String {
    let mut out = String::new();
    for c in wish.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_different() {
        let mut taken = Taken::default();
        assert_eq!(taken.name("picture", "Müller & Söhne", "jpg"), "picture-m-ller-s-hne.jpg");
        assert_eq!(taken.name("picture", "سلمى", "png"), "picture-.png");
        assert_eq!(taken.name("picture", "كريم", "png"), "picture--2.png");
    }
}
