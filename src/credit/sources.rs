//! The sources that credits name: who they are, what licence their pictures have, and what they ask for.
//!
//! The table says what holds for a source's pictures by default; a picture's own page may say otherwise.

use super::source_table::SOURCES;

/// A source of pictures as it stands in a credit.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Its own name ("Wikimedia Commons").
    pub name: &'static str,
    /// How else credits call it, in lower case, without "the" and ".com".
    pub aliases: &'static [&'static str],
    /// What it is.
    pub kind: SourceKind,
    /// The licences that its pictures have by default, oldest first. Empty where each picture has its own.
    pub licences: &'static [Period],
    /// Whether the maker or the source must be named.
    pub credit: Demand,
    /// What a magazine that is sold may do with its pictures.
    pub commercial: Use,
}

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Collects pictures that anybody may use under a free or simple licence.
    PictureService,
    /// Sells licences for stock pictures.
    StockLibrary,
    /// Sells pictures for reporting; a credit may name it instead of the maker.
    Agency,
    /// A public body or science organisation that gives its pictures away.
    PublicBody,
    /// A museum, library or archive.
    Museum,
    /// A place where pictures are shown, which says nothing of their rights.
    Website,
}

/// A licence and until when pictures were put under it.
#[derive(Debug, PartialEq, Eq)]
pub struct Period {
    /// The last day (`YYYY-MM-DD`) on which pictures came under this licence; `None` if they still do.
    pub until: Option<&'static str>,
    /// The licence's name.
    pub name: &'static str,
    /// Its address.
    pub url: &'static str,
}

/// Whether a credit is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Without a credit the picture may not be used.
    Required,
    /// A credit is asked for, but no condition.
    Asked,
    /// Nothing is said.
    None,
}

/// What may be done with a picture in a magazine that is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Any use within the licence.
    Allowed,
    /// What the single picture's licence says: it has to be looked up.
    ByPicture,
    /// Reporting only, and by contract with the agency.
    EditorialOnly,
    /// Only with a licence that was paid for.
    Paid,
}

impl Source {
    /// The licence of a picture that was published there on a day (`YYYY-MM-DD`).
    pub fn licence_on(&self, date: &str) -> Option<&'static Period> {
        let shape = |(at, c): (usize, char)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() };
        let valid = date.len() == 10 && date.char_indices().all(shape);
        // Days of this shape sort as their text does.
        self.licences.iter().find(|p| valid && p.until.is_none_or(|last| date <= last))
    }

    /// Whether the editor needs a contract or an invoice to show for a picture from here.
    pub fn needs_proof(&self) -> bool {
        matches!(self.commercial, Use::EditorialOnly | Use::Paid)
    }
}

/// The source that a credit calls by this name: in any case, with or without "the", "www." and ".com".
pub fn source(name: &str) -> Option<&'static Source> {
    let name = name.trim().trim_matches(['.', '®', '™']).to_lowercase();
    let name = ["https://", "http://"].iter().find_map(|s| name.strip_prefix(s)).unwrap_or(&name);
    let name = name.trim_end_matches('/');
    let name = ["www.", "the "].iter().find_map(|s| name.strip_prefix(s)).unwrap_or(name);
    let is = |source: &&Source, name: &str| source.name.to_lowercase() == name || source.aliases.contains(&name);
    let find = |name: &str| SOURCES.iter().find(|s| is(s, name));
    find(name).or_else(|| ENDINGS.iter().find_map(|end| find(name.strip_suffix(end)?)))
}

/// Ends of web addresses under which the same sources are named.
const ENDINGS: &[&str] = &[".com", ".org.uk", ".co.uk", ".org", ".io", ".net", ".de", ".fr", ".int", ".gov", ".si.edu"];

/// The source at a web address, if its pictures are for use.
pub(super) fn at_address(link: &str) -> Option<&'static Source> {
    let host = link.split_once("//")?.1.split(['/', '?', '#', ':']).next()?;
    source(host).filter(|s| !matches!(s.kind, SourceKind::Website | SourceKind::Agency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_by_their_many_names() {
        for (name, expected) in [
            ("Unsplash", "Unsplash"),
            ("unsplash.com", "Unsplash"),
            ("PIXABAY", "Pixabay"),
            ("www.pexels.com", "Pexels"),
            ("StockSnap.io", "StockSnap"),
            ("commons.wikimedia.org", "Wikimedia Commons"),
            ("AP Photo", "AP"),
            ("the Library of Congress", "Library of Congress"),
            ("geograph.org.uk", "Geograph"),
            ("iStockphoto.com", "iStock"),
            ("picture-alliance", "picture alliance"),
        ] {
            assert_eq!(source(name).map(|s| s.name), Some(expected), "{name}");
        }
        for none in ["", "the ", ".com", "House of Commons", "Jane Doe"] {
            assert_eq!(source(none), None, "{none}");
        }
    }

    #[test]
    fn the_licence_depends_on_the_day() {
        let name = |source_name, date| source(source_name).and_then(|s| s.licence_on(date)).map(|p| p.name);
        assert_eq!(name("Pixabay", "2019-01-08"), Some("CC0 1.0"));
        assert_eq!(name("Pixabay", "2019-01-09"), Some("Pixabay Content License"));
        assert_eq!(name("Unsplash", "2017-06-04"), Some("CC0 1.0"));
        assert_eq!(name("Unsplash", "2017-06-05"), Some("Unsplash License"));
        assert_eq!(name("Pexels", "2019-01-01"), Some("Pexels License"));
        assert_eq!(name("Flickr", "2019-01-01"), None);
        assert_eq!(name("Pixabay", "last year"), None);
    }

    #[test]
    fn the_table_is_sound() {
        let mut names = std::collections::BTreeSet::new();
        for source in SOURCES {
            for name in source.aliases.iter().map(|a| (*a).to_owned()).chain([source.name.to_lowercase()]) {
                assert_eq!(name, name.to_lowercase(), "{}", source.name);
                assert!(names.insert(name.clone()), "{name} is listed twice");
            }
            let days: Vec<_> = source.licences.iter().map(|p| p.until).collect();
            let open = days.iter().position(Option::is_none);
            assert_eq!(open, days.len().checked_sub(1), "{}: only the last period is open", source.name);
            let closed = &days[..days.len().saturating_sub(1)];
            assert!(closed.is_sorted() && source.licences.iter().all(|p| p.url.starts_with("https://")));
        }
    }
}
