//! What the manifest and the articles say of each other: listed files, sections, sponsors, the cover.

use super::Rules;
use crate::draft::DraftArticle;
use crate::report::{Code, Finding, Report, Span, Spanned};
use crate::source::{Refusal, nearest};
use std::collections::BTreeMap;

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    for article in &rules.draft.articles {
        if let Err(refusal) = &article.path {
            report.push(refusal.finding(&article.listed, article.listed.span));
        }
        section(rules, article, report);
        sponsor(rules, article, report);
    }
    headlines(rules, report);
    unlisted(rules, report);
    no_articles(rules, report);
    cover(rules, report);
}

/// An article may say its section; then it is the one that it is listed in.
fn section(rules: &Rules<'_>, article: &DraftArticle, report: &mut Report) {
    let Some(listed) = article.section.and_then(|i| rules.draft.issue.sections.get(i)) else { return };
    let Some(said) = article.manuscript.as_ref().and_then(|m| m.front.section.as_ref()) else { return };
    if same(said, &listed.title) {
        return;
    }
    let (said_title, title) = (&said.value, &listed.title.value);
    let message = format!("the article says section `{said_title}`, but `issue.toml` lists it in `{title}`");
    report.push(
        Finding::new(Code::FRONT_SECTION, said.span, message)
            .other(article.listed.span, "listed here")
            .hint(format!("write `section: {title}`, leave the line out, or move the article in `issue.toml`")),
    );
}

/// Readers could not tell two articles of one headline apart in the contents, and an e-reader's menu shows nothing else.
fn headlines(rules: &Rules<'_>, report: &mut Report) {
    let mut seen: BTreeMap<String, &DraftArticle> = BTreeMap::new();
    for article in rules.draft.articles.iter().filter(|a| a.path.is_ok()) {
        let Some(own) = article.manuscript.as_ref().map(|m| &m.front.headline).filter(|h| !h.value.is_empty()) else {
            continue;
        };
        let first = *seen.entry(plain(own)).or_insert(article);
        // The same file listed twice is another finding.
        let Some(other) = first.manuscript.as_ref().filter(|_| first.path != article.path) else { continue };
        report.push(
            Finding::new(Code::FRONT_HEADLINE_TWICE, own.span, "another article has the same headline")
                .other(other.front.headline.span, "used here")
                .hint("give one of them another headline: contents and menus show little else"),
        );
    }
}

fn same(a: &Spanned<String>, b: &Spanned<String>) -> bool {
    plain(a) == plain(b)
}

/// A title without regard to capitals and the width of spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn sponsor(rules: &Rules<'_>, article: &DraftArticle, report: &mut Report) {
    let Some(named) = article.manuscript.as_ref().and_then(|m| m.front.sponsored.as_ref()) else { return };
    let ids: Vec<&str> = rules.draft.issue.partners.iter().map(|p| p.id.value.as_str()).collect();
    if ids.contains(&named.value.as_str()) {
        return;
    }
    let message = format!("there is no partner `{}` in this issue", named.value);
    let finding = Finding::new(Code::MANIFEST_UNKNOWN_PARTNER, named.span, message);
    report.push(match nearest(named, &ids) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(format!("add a `[[partner]]` with `id = \"{}\"` to `issue.toml`", named.value)),
    });
}

/// Files in the issue's `articles` folder that no section lists: probably forgotten.
fn unlisted(rules: &Rules<'_>, report: &mut Report) {
    let folder = format!("{}/articles", rules.draft.issue.folder);
    for name in rules.sources.list(&folder) {
        let is_article = name.to_ascii_lowercase().ends_with(".md") && !name.starts_with('.');
        let Ok(path) = rules.sources.resolve(&folder, &name) else { continue };
        // A listed name that is nearly this one is already a finding.
        let meant = |a: &DraftArticle| matches!(&a.path, Err(Refusal::Missing { near: Some(near) }) if *near == name);
        if rules.draft.articles.iter().any(meant) {
            continue;
        }
        if !is_article || rules.draft.articles.iter().any(|a| a.path.as_ref() == Ok(&path)) {
            continue;
        }
        let message = format!("the article `{path}` is in no section");
        report.push(
            Finding::new(Code::MANIFEST_ARTICLE_UNLISTED, Span::whole(rules.draft.issue.file), message)
                .hint(format!("add `articles/{name}` to a section of `issue.toml`, or move the file away")),
        );
    }
}

fn no_articles(rules: &Rules<'_>, report: &mut Report) {
    let issue = &rules.draft.issue;
    if issue.sections.iter().all(|s| s.articles.is_empty()) {
        report.push(
            Finding::new(Code::MANIFEST_MISSING_KEY, Span::new(issue.file, 0, 1), "the issue lists no article")
                .hint("add a `[[section]]` with `title = \"…\"` and `articles = [\"articles/….md\"]`"),
        );
    }
}

fn cover(rules: &Rules<'_>, report: &mut Report) {
    let issue = &rules.draft.issue;
    let span = match &issue.cover {
        Some(cover) if cover.picture.is_some() => return,
        Some(cover) => cover.span,
        None => Span::new(issue.file, 0, 1),
    };
    let finding = Finding::new(Code::COVER_MISSING, span, "the issue has no cover picture")
        .hint("write `picture = \"pictures/cover.jpg\"`, `alt` and `credit` under `[cover]` in `issue.toml`");
    report.push(rules.wanting(finding));
}
