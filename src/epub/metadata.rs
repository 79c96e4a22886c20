//! The metadata of the package document: what the issue is, who made it, whose it is.
//!
//! The identifier is made from names alone (RFC 9562 section 5.5), so that every build of an issue, and every revision,
//! is the same publication to a reader's library.

use super::{Input, access::Access};
use crate::issue::Issue;
use crate::manuscript::Role;
use crate::words::Words;
use crate::xhtml::{attribute, frame, text};
use uuid::Uuid;

/// "Common Ground, November 2026".
pub(super) fn issue_title(issue: &Issue, words: &Words) -> String {
    let title = format!("{}, {}", issue.publication.title.value, words.month_year(issue.date));
    if issue.draft { words.labelled(words.draft, &title) } else { title }
}

/// The issue's name-based identifier, a URN.
pub(super) fn identifier(issue: &Issue) -> String {
    let series = match &issue.publication.issn {
        Some(issn) => format!("urn:issn:{}", issn.value),
        None => format!("masthead:{}", issue.publication.title.value),
    };
    let name = format!("{series}#{}", issue.name);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
}

/// The `metadata` element (EPUB 3.3 section 5.5).
pub(super) fn metadata(input: &Input<'_>, access: &Access) -> String {
    let issue = input.issue;
    let mut out = Metadata::default();
    out.identity(issue, input.words);
    out.people(issue);
    out.facts(issue);
    if access.pages {
        out.meta("pageBreakSource", &page_source(issue, input.words));
    }
    let certifier = issue.publication.publisher.name.as_ref().map(|n| n.value.as_str());
    for (property, value) in access.metadata(&issue.publication.language.value, certifier) {
        out.meta(property, &value);
    }
    out.xml
}

/// The paged edition that the page numbers are of: an issue has no identifier of its own, so its title and number.
fn page_source(issue: &Issue, words: &Words) -> String {
    let mut source = format!("{}, {}", issue.publication.title.value, frame::issue_number(issue, words));
    source.push_str(&format!(" ({})", words.month_year(issue.date)));
    if let Some(issn) = &issue.publication.issn {
        source.push_str(&format!(", ISSN {}", issn.value));
    }
    source
}

#[derive(Default)]
struct Metadata {
    xml: String,
}

impl Metadata {
    fn element(&mut self, name: &str, id: Option<&str>, value: &str) {
        let id = id.map(|id| format!(r#" id="{id}""#)).unwrap_or_default();
        self.xml.push_str(&format!("    <dc:{name}{id}>{}</dc:{name}>\n", text(value)));
    }

    fn meta(&mut self, property: &str, value: &str) {
        self.xml.push_str(&format!("    <meta property=\"{property}\">{}</meta>\n", text(value)));
    }

    fn refine(&mut self, id: &str, property: &str, value: &str) {
        let scheme = if property == "role" { r#" scheme="marc:relators""# } else { "" };
        let (property, value) = (attribute(property), text(value));
        self.xml.push_str(&format!("    <meta refines=\"#{id}\" property=\"{property}\"{scheme}>{value}</meta>\n"));
    }

    fn title(&mut self, id: &str, kind: &str, sequence: usize, value: &str) {
        self.element("title", Some(id), value);
        self.refine(id, "title-type", kind);
        self.refine(id, "display-seq", &sequence.to_string());
    }

    fn identity(&mut self, issue: &Issue, words: &Words) {
        let publication = &issue.publication;
        self.element("identifier", Some("identifier"), &identifier(issue));
        self.title("title", "main", 1, &issue_title(issue, words));
        // What a library sorts by: the issues of a year in their order.
        self.refine("title", "file-as", &format!("{} {}", publication.title.value, issue.name));
        if let Some(title) = &issue.title {
            self.title("subtitle", "subtitle", 2, title);
        }
        self.title("edition-title", "edition", 3, &frame::issue_number(issue, words));
        self.xml.push_str("    <meta property=\"belongs-to-collection\" id=\"series\">");
        self.xml.push_str(&format!("{}</meta>\n", text(&publication.title.value)));
        self.refine("series", "collection-type", "series");
        self.refine("series", "group-position", &issue.number.to_string());
        if let Some(issn) = &publication.issn {
            let urn = format!("urn:issn:{}", issn.value);
            self.refine("series", "dcterms:identifier", &urn);
            self.element("source", Some("issn"), &urn);
        }
    }

    /// Creators wrote; contributors did the rest. Each person stands once, with all roles.
    fn people(&mut self, issue: &Issue) {
        for (index, (name, roles)) in people(issue).iter().enumerate() {
            let element = if roles.contains(&Role::Words) { "creator" } else { "contributor" };
            let id = format!("person-{}", index + 1);
            self.element(element, Some(&id), name);
            self.refine(&id, "file-as", &file_as(name));
            for role in roles {
                self.refine(&id, "role", relator(*role));
            }
        }
    }

    fn facts(&mut self, issue: &Issue) {
        let publication = &issue.publication;
        if let Some(name) = &publication.publisher.name {
            self.element("publisher", None, &name.value);
        }
        if let Some(tagline) = &publication.tagline {
            self.element("description", None, &tagline.value);
        }
        if let Some(rights) = &publication.rights {
            self.element("rights", None, &rights.value);
        }
        let date = issue.date;
        self.element("date", None, &format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        for language in languages(issue) {
            self.element("language", None, language);
        }
        self.meta("dcterms:modified", &issue.modified);
    }
}

/// Everyone in the bylines, in order of appearance, with what they did.
fn people(issue: &Issue) -> Vec<(&str, Vec<Role>)> {
    let mut people: Vec<(&str, Vec<Role>)> = Vec::new();
    for contributor in issue.articles.iter().flat_map(|a| &a.manuscript.front.byline) {
        let name = contributor.name.value.as_str();
        match people.iter_mut().find(|(n, _)| *n == name) {
            Some((_, roles)) if !roles.contains(&contributor.role) => roles.push(contributor.role),
            Some(_) => {}
            None => people.push((name, vec![contributor.role])),
        }
    }
    people
}

/// The publication's language first, then those of whole articles.
fn languages(issue: &Issue) -> Vec<&str> {
    let mut list = vec![issue.publication.language.value.as_str()];
    for article in &issue.articles {
        if !list.contains(&article.language.as_str()) {
            list.push(&article.language);
        }
    }
    list
}

/// MARC relator codes.
fn relator(role: Role) -> &'static str {
    match role {
        Role::Words => "aut",
        Role::Photographs => "pht",
        Role::Illustration => "ill",
        Role::Interview => "ivr",
        Role::Translation => "trl",
    }
}

/// "Mara Ellison" is filed as "Ellison, Mara"; a single name, and a name in a script without capitals, as it is.
fn file_as(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((first, last)) if last.chars().next().is_some_and(char::is_uppercase) => format!("{last}, {first}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_as;

    #[test]
    fn people_are_filed_by_their_last_name() {
        assert_eq!(file_as("Mara Ellison"), "Ellison, Mara");
        assert_eq!(file_as("Rob van der Berg"), "Berg, Rob van der");
        assert_eq!(file_as("Plato"), "Plato");
        assert_eq!(file_as("سلمى حداد"), "سلمى حداد");
    }
}
