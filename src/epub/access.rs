//! Accessibility metadata (EPUB Accessibility 1.1 section 2), computed from what the issue holds.
//!
//! Nothing is claimed that was not found: a missing alternative text, a draft or a pale theme takes the claim back.

use super::summary;
use crate::issue::{Alt, Issue};

/// What was found out about the issue's accessibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Access {
    /// There are pictures that show something.
    pub(super) pictures: bool,
    /// Each of them has an alternative text.
    pub(super) described: bool,
    /// There is a page list.
    pub(super) pages: bool,
    /// The theme's colours stand out from the paper (WCAG 2.1, 1.4.3).
    pub(super) contrast: bool,
    /// A draft: nothing is finished.
    pub(super) draft: bool,
}

impl Access {
    /// Looks through the issue.
    pub(super) fn of(issue: &Issue, pages: bool, contrast: bool) -> Access {
        let articles = issue.articles.iter().flat_map(|a| a.lead.iter().chain(a.figures.values()).map(|f| &f.alt));
        let adverts = issue.adverts.iter().map(|a| &a.alt);
        let all: Vec<&Alt> = std::iter::once(&issue.cover.alt).chain(articles).chain(adverts).collect();
        Access {
            pictures: all.iter().any(|a| **a != Alt::Decorative),
            described: all.iter().all(|a| **a != Alt::Missing),
            pages,
            contrast,
            draft: issue.draft,
        }
    }

    /// Whether the checks support the claim of WCAG 2.1 level AA.
    pub(super) fn conforms(&self) -> bool {
        self.described && self.contrast && !self.draft
    }

    /// The `meta` elements. `certifier` is who answers for the claim of conformance: without one there is none.
    pub(super) fn metadata(&self, language: &str, certifier: Option<&str>) -> Vec<(&'static str, String)> {
        let mut list: Vec<(&'static str, String)> = vec![("schema:accessMode", "textual".to_owned())];
        if self.pictures {
            list.push(("schema:accessMode", "visual".to_owned()));
        }
        if self.described {
            list.push(("schema:accessModeSufficient", "textual".to_owned()));
        }
        if self.pictures {
            list.push(("schema:accessModeSufficient", "textual,visual".to_owned()));
        }
        for feature in self.features() {
            list.push(("schema:accessibilityFeature", feature.to_owned()));
        }
        // No sound, no motion, no script: pictures are still (an animated one is reduced to its first frame).
        list.push(("schema:accessibilityHazard", "none".to_owned()));
        list.push(("schema:accessibilitySummary", summary::summary(self, language)));
        if let Some(certifier) = certifier.filter(|_| self.conforms()) {
            list.push(("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA".to_owned()));
            list.push(("a11y:certifiedBy", certifier.to_owned()));
        }
        list
    }

    fn features(&self) -> Vec<&'static str> {
        let mut list =
            vec!["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"];
        if self.pictures && self.described {
            list.push("alternativeText");
        }
        if self.pages {
            list.extend(["pageNavigation", "pageBreakMarkers"]);
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Access = Access { pictures: true, described: true, pages: true, contrast: true, draft: false };

    fn values(access: Access, name: &str) -> Vec<String> {
        let all = access.metadata("en-GB", Some("Common Ground Press"));
        all.into_iter().filter(|(n, _)| *n == name).map(|(_, v)| v).collect()
    }

    #[test]
    fn a_missing_description_takes_its_claims_back() {
        assert_eq!(values(GOOD, "schema:accessModeSufficient"), ["textual", "textual,visual"]);
        assert_eq!(values(GOOD, "dcterms:conformsTo").len(), 1);
        let poor = Access { described: false, ..GOOD };
        assert_eq!(values(poor, "schema:accessModeSufficient"), ["textual,visual"]);
        assert!(values(poor, "dcterms:conformsTo").is_empty());
        assert!(!values(poor, "schema:accessibilityFeature").contains(&"alternativeText".to_owned()));
    }

    #[test]
    fn pages_are_claimed_only_when_there_is_a_list() {
        assert!(values(GOOD, "schema:accessibilityFeature").contains(&"pageNavigation".to_owned()));
        let without = Access { pages: false, ..GOOD };
        assert!(!values(without, "schema:accessibilityFeature").contains(&"pageBreakMarkers".to_owned()));
    }

    #[test]
    fn nobody_claims_conformance_for_a_draft_or_a_pale_theme() {
        for access in [Access { draft: true, ..GOOD }, Access { contrast: false, ..GOOD }] {
            assert!(values(access, "dcterms:conformsTo").is_empty());
            assert!(values(access, "a11y:certifiedBy").is_empty());
        }
        assert!(GOOD.metadata("en", None).iter().all(|(n, _)| *n != "dcterms:conformsTo"));
    }
}
