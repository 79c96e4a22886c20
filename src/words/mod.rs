//! The fixed words of the editions, dates, and the spaces at which lines do not break, by language.
//!
//! One value of [`Words`] a language: a word that is missing anywhere does not compile. Templates hold `{}` once; the
//! methods fill them in.

mod ar;
mod dates;
mod de;
mod direction;
mod en;
mod es;
mod fr;
mod headline;
mod hyphens;
mod spacing;
mod spacing_tables;
mod tag;
mod web;

pub use dates::DateStyle;
pub use direction::{Direction, direction};
pub use headline::headline;
pub use hyphens::soft_hyphens;
pub use spacing::{THING, spaced};
pub use tag::tag_problem;
pub use web::WebWords;

/// The fixed words of one language.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the English words, in `en.rs`, say what each is")]
pub struct Words {
    /// The language: a primary subtag, or one with a region where words or dates differ.
    pub language: &'static str,

    // Parts of the issue
    pub contents: &'static str,
    pub in_this_issue: &'static str,
    pub cover: &'static str,
    pub imprint: &'static str,
    pub partners: &'static str,
    pub picture_credits: &'static str,
    pub cover_picture: &'static str,
    pub letters: &'static str,
    pub news_in_brief: &'static str,
    pub start_of_text: &'static str,
    pub page_list: &'static str,
    pub landmarks: &'static str,

    // Adverts and paid texts
    pub advertisement: &'static str,
    pub advertising_feature: &'static str,
    pub(crate) sponsored_by: &'static str,
    pub advert_to_come: &'static str,

    // Pages
    pub page: &'static str,
    pub pages: &'static str,
    pub(crate) continued_on: &'static str,
    pub(crate) continued_from: &'static str,

    // The issue's data
    pub(crate) issue: &'static str,
    pub(crate) volume: &'static str,
    pub(crate) number: &'static str,
    pub published: &'static str,
    pub publisher: &'static str,
    pub address: &'static str,
    pub email: &'static str,
    pub telephone: &'static str,
    pub website: &'static str,
    pub price: &'static str,
    pub rights: &'static str,
    pub(crate) revision: &'static str,
    pub latest_issue: &'static str,
    pub previous: &'static str,
    pub next: &'static str,

    // Articles
    pub(crate) by: &'static str,
    pub about_the_author: &'static str,
    pub about_the_authors: &'static str,
    pub correction: &'static str,
    pub corrections: &'static str,
    pub editors_note: &'static str,
    pub notes: &'static str,
    pub note: &'static str,
    pub back_to_text: &'static str,
    pub table: &'static str,
    pub figure: &'static str,
    pub gallery: &'static str,
    pub timeline: &'static str,
    pub sidebar: &'static str,
    pub fact_box: &'static str,
    pub pull_quote: &'static str,
    pub question: &'static str,
    pub answer: &'static str,
    pub question_mark: &'static str,
    pub answer_mark: &'static str,
    pub done: &'static str,
    pub not_done: &'static str,
    pub roles: Roles,

    // Pictures
    pub photo: &'static str,
    pub photos: &'static str,
    pub(crate) licence: &'static str,

    // Drafts
    pub draft: &'static str,
    pub picture_to_come: &'static str,
    pub credit_to_come: &'static str,
    pub alt_to_come: &'static str,

    // Dates and lists
    pub months: [&'static str; 12],
    pub date_style: DateStyle,
    /// Between the items of a list but the last two.
    pub comma: &'static str,
    /// Between the last two items of a list, with its spaces.
    pub and: &'static str,
    /// Behind a label: `Photo: …`.
    pub colon: &'static str,
}

/// What contributors did, as the label before their names.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names are the trade's own")]
pub struct Roles {
    pub words: &'static str,
    pub photographs: &'static str,
    pub illustration: &'static str,
    pub interview: &'static str,
    pub translation: &'static str,
}

/// Every language of the catalogue.
pub static LANGUAGES: &[&Words] = &[&en::EN, &en::EN_US, &de::DE, &fr::FR, &es::ES, &ar::AR];

impl Words {
    /// The words for a BCP 47 tag, and whether English stands in for a language that the catalogue does not have.
    pub fn for_language(tag: &str) -> (&'static Words, bool) {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let us = primary == "en" && parts.any(|p| p == "us");
        match LANGUAGES.iter().find(|w| w.language == primary) {
            Some(_) if us => (&en::EN_US, false),
            Some(words) => (words, false),
            None => (&en::EN, true),
        }
    }

    /// "Sponsored by Northbank Nurseries".
    pub fn sponsored_by(&self, name: &str) -> String {
        fill(self.sponsored_by, name)
    }

    /// "By Mara Ellison and Tom Okafor".
    pub fn by<S: AsRef<str>>(&self, names: &[S]) -> String {
        fill(self.by, &self.list(names))
    }

    /// "Continued on page 23".
    pub fn continued_on(&self, folio: &str) -> String {
        fill(self.continued_on, folio)
    }

    /// "Continued from page 23".
    pub fn continued_from(&self, folio: &str) -> String {
        fill(self.continued_from, folio)
    }

    /// "Page 23".
    pub fn page_number(&self, folio: &str) -> String {
        format!("{}\u{a0}{folio}", self.page)
    }

    /// "Issue 24".
    pub fn issue(&self, number: u32) -> String {
        fill(self.issue, &number.to_string())
    }

    /// "Volume 3".
    pub fn volume(&self, volume: u32) -> String {
        fill(self.volume, &volume.to_string())
    }

    /// "No. 24".
    pub fn number(&self, number: u32) -> String {
        fill(self.number, &number.to_string())
    }

    /// "Revision 2".
    pub fn revision(&self, revision: u32) -> String {
        fill(self.revision, &revision.to_string())
    }

    /// "Licence: CC BY 4.0".
    pub fn licence(&self, name: &str) -> String {
        fill(self.licence, name)
    }

    /// A label and what it is for: "Photo: A. Name".
    pub fn labelled(&self, label: &str, text: &str) -> String {
        format!("{label}{}{text}", self.colon)
    }

    /// "A, B and C".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        match items.split_last() {
            Some((last, head)) if !head.is_empty() => {
                format!("{}{}{last}", head.join(self.comma), self.and_before(last))
            }
            _ => items.concat(),
        }
    }

    /// Spanish says "e" for "y" before the sound of i.
    fn and_before(&self, word: &str) -> &'static str {
        let word = word.to_lowercase();
        let vowel = word.starts_with(['i', 'í'])
            || (word.starts_with("hi") && !word.starts_with("hie"))
            || word.starts_with("hí");
        if self.language == "es" && vowel { " e " } else { self.and }
    }
}

fn fill(template: &str, text: &str) -> String {
    template.replacen("{}", text, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str) -> &'static Words {
        Words::for_language(tag).0
    }

    #[test]
    fn the_language_decides_and_english_stands_in() {
        for (tag, language, fell_back) in [
            ("en-GB", "en", false),
            ("en-US", "en-US", false),
            ("EN-us-x-desk", "en-US", false),
            ("de-AT", "de", false),
            ("fr", "fr", false),
            ("es-419", "es", false),
            ("ar-EG", "ar", false),
            ("cy", "en", true),
            ("", "en", true),
        ] {
            let (words, fallback) = Words::for_language(tag);
            assert_eq!((words.language, fallback), (language, fell_back), "{tag}");
        }
    }

    #[test]
    fn lists_are_joined() {
        assert_eq!(words("en").list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(words("de").list(&["A", "B", "C"]), "A, B und C");
        assert_eq!(words("fr").list(&["A", "B"]), "A et B");
        assert_eq!(words("es").list(&["Ana", "Inés"]), "Ana e Inés");
        assert_eq!(words("es").list(&["agua", "hielo"]), "agua y hielo");
        assert_eq!(words("es").list(&["Ana", "Hilario"]), "Ana e Hilario");
        assert_eq!(words("ar").list(&["سلمى", "كريم", "ليلى"]), "سلمى، كريم وليلى");
        assert_eq!(words("en").list(&["A"]), "A");
        assert_eq!(words("en").list::<&str>(&[]), "");
    }

    #[test]
    fn templates_are_filled() {
        assert_eq!(words("en").sponsored_by("Northbank"), "Sponsored by Northbank");
        assert_eq!(words("de").by(&["Mara Ellison", "Tom Okafor"]), "Von Mara Ellison und Tom Okafor");
        assert_eq!(words("fr").continued_on("23"), "Suite page\u{a0}23");
        assert_eq!(words("es").number(24), "N.º\u{a0}24");
        assert_eq!(words("fr").labelled(words("fr").photo, "A."), "Photo\u{a0}: A.");
    }

    #[test]
    fn every_template_has_one_place_and_no_word_is_empty() {
        for w in LANGUAGES {
            let templates = [
                w.sponsored_by,
                w.continued_on,
                w.continued_from,
                w.issue,
                w.volume,
                w.number,
                w.revision,
                w.by,
                w.licence,
            ];
            for template in templates {
                assert_eq!(template.matches("{}").count(), 1, "{}: {template}", w.language);
            }
            // Every field is in the Debug form; an empty one would show as two quotation marks.
            let all = format!("{w:?}");
            assert!(!all.contains("\"\""), "{}", w.language);
            assert_eq!(all.matches("{}").count(), templates.len(), "{}", w.language);
        }
    }
}
