//! The shipped themes' files. What all themes share stands in `themes/common`; a theme's file of the same name replaces it.

/// A shipped theme's files.
pub(super) struct Shipped {
    pub(super) name: &'static str,
    pub(super) settings: &'static str,
    pub(super) css: &'static str,
    /// Its own page templates: name and text.
    pub(super) templates: &'static [(&'static str, &'static str)],
}

macro_rules! templates {
    ($theme:literal, $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../themes/", $theme, "/", $name)))),*]
    };
}

macro_rules! theme {
    ($theme:literal, $($name:literal),* $(,)?) => {
        Shipped {
            name: $theme,
            settings: include_str!(concat!("../../../themes/", $theme, "/theme.toml")),
            css: include_str!(concat!("../../../themes/", $theme, "/epub.css")),
            templates: templates!($theme, $($name),*),
        }
    };
}

/// What all themes share.
const COMMON: &[(&str, &str)] =
    templates!("common", "main.typ", "base.typ", "blocks.typ", "article.typ", "front.typ", "back.typ", "plain.typ");

pub(super) const SHIPPED: &[Shipped] = &[
    theme!("trade", "look.typ", "cover.typ", "contents.typ"),
    theme!("review", "look.typ", "cover.typ", "contents.typ"),
    theme!("glossy", "look.typ", "cover.typ", "contents.typ"),
];

impl Shipped {
    /// Every page template of the theme, sorted by name.
    pub(super) fn all(&self) -> Vec<(String, String)> {
        let own = |name: &str| self.templates.iter().any(|(n, _)| *n == name);
        let shared = COMMON.iter().filter(|(name, _)| !own(name));
        let mut all: Vec<(String, String)> =
            shared.chain(self.templates).map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
        all.sort();
        all
    }
}
