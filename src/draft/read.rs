//! Reads a whole issue: manifests, articles, pictures.
//!
//! One article that cannot be read hides nothing about the others.

use super::pictures::{Gatherer, Probes, probe_all};
use super::resolve::resolve_in;
use super::{Draft, DraftArticle};
use crate::manifest::{self, IssueManifest};
use crate::manuscript::{self, Inline};
use crate::report::{Report, Spanned};
use crate::source::Sources;

/// Told how many pictures of how many have been opened; from several threads.
pub type Watch<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Reads the issue in a folder of the publication. `None` when there are no manifests to begin with.
pub fn read(sources: &mut Sources, folder: &str, watch: Watch<'_>, report: &mut Report) -> Option<Draft> {
    read_again(sources, folder, &Probes::default(), watch, report)
}

/// [`read`] in a process that has read the issue before.
pub fn read_again(
    sources: &mut Sources,
    folder: &str,
    probes: &Probes,
    watch: Watch<'_>,
    report: &mut Report,
) -> Option<Draft> {
    let publication = manifest::publication(sources, report);
    let issue = manifest::issue(sources, folder, report);
    let (publication, issue) = (publication?, issue?);
    let language = publication.language.value.clone();
    let articles = articles(sources, &issue, &language, report);
    let mut more = Report::new();
    let mut gatherer =
        Gatherer { sources, issue: &issue, line: &mut |text| line(text, &language, &mut more), uses: Vec::new() };
    gatherer.gather(&articles);
    let mut uses = gatherer.uses;
    report.absorb(more);
    let pictures = probe_all(sources, &mut uses, probes, watch);
    let ledger = manifest::rights(sources, report);
    let other_covers = other_covers(sources, &issue.folder);
    Some(Draft { publication, issue, articles, uses, pictures, ledger, other_covers })
}

/// The cover pictures of the publication's other issues; what cannot be read is that issue's own affair.
fn other_covers(sources: &Sources, folder: &str) -> Vec<(String, String)> {
    // Sources of their own: what other issues say is no part of this one.
    let Ok(mut own) = Sources::open(sources.root()) else { return Vec::new() };
    let sources = &mut own;
    let others: Vec<String> = manifest::issues(sources).into_iter().map(|i| i.folder).filter(|f| f != folder).collect();
    let hash = |other: String| {
        let file = manifest::cover_of(sources, &other)?;
        let path = resolve_in(sources, &[&other, &format!("{other}/pictures")], &file).ok()?;
        Some((other, sources.hash(&path)?))
    };
    others.into_iter().filter_map(hash).collect()
}

/// Every article that is listed, then every filler; a file that is listed twice is read once.
fn articles(sources: &mut Sources, issue: &IssueManifest, language: &str, report: &mut Report) -> Vec<DraftArticle> {
    let in_sections = issue.sections.iter().enumerate();
    let listed = in_sections.flat_map(|(i, s)| s.articles.iter().map(move |a| (Some(i), a)));
    let listed: Vec<_> = listed.chain(issue.fillers.iter().map(|f| (None, f))).collect();
    let mut articles: Vec<DraftArticle> = Vec::new();
    for (section, name) in listed {
        let path = sources.resolve(&issue.folder, name);
        if path.is_ok() && articles.iter().any(|a| a.path == path) {
            continue;
        }
        let manuscript = path.as_ref().ok().and_then(|path| manuscript::parse(sources, path, language, report));
        let about = manuscript.as_ref().and_then(|m| m.front.about.as_ref());
        let language = manuscript.as_ref().and_then(|m| m.front.language.as_ref()).map_or(language, |l| &l.value);
        let about = about.map(|text| line(text, language, report)).unwrap_or_default();
        articles.push(DraftArticle { listed: name.clone(), section, path, manuscript, about });
    }
    articles
}

/// A line of Markdown that stands in a manifest or front matter.
fn line(text: &Spanned<String>, language: &str, report: &mut Report) -> Vec<Inline> {
    manuscript::parse_inlines(text, text.span, language, report)
}
