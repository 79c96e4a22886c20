//! Where links lead: to the web, to an address, to an article of this issue or to a place in one, and nowhere else.

use super::Rules;
use crate::draft::walk::{Part, inlines, walk};
use crate::draft::{LinkTarget, name_of};
use crate::manifest::web_link;
use crate::manuscript::{InlineKind, Link};
use crate::report::{Code, Finding, Report, Spanned};
use crate::source::nearest;

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    for (index, article) in rules.draft.articles.iter().enumerate() {
        let mut see = |part: Part<'_>| {
            if let Part::Inline(inline) = part
                && let InlineKind::Link(found) = &inline.kind
            {
                link(rules, index, found, report);
            }
        };
        article.manuscript.iter().for_each(|m| walk(m, &mut see));
        inlines(&article.about, &mut see);
        for used in rules.draft.uses.iter().filter(|u| u.borrowed_caption && u.place.article() == Some(index)) {
            inlines(&used.caption, &mut see);
        }
    }
}

fn link(rules: &Rules<'_>, from: usize, link: &Link, report: &mut Report) {
    let target = &link.target;
    match rules.draft.link(from, target) {
        LinkTarget::Address => address(target, report),
        LinkTarget::Here(id) => place(rules, from, &id, target, report),
        LinkTarget::Article { article, id: Some(id) } => place(rules, article, &id, target, report),
        LinkTarget::Article { id: None, .. } => {}
        LinkTarget::Nowhere => no_article(rules, from, target, report),
    }
}

fn address(target: &Spanned<String>, report: &mut Report) {
    let number = target.get(..4).filter(|s| s.eq_ignore_ascii_case("tel:")).map(|_| &target.value[4..]);
    match number {
        Some(number) => {
            let digits = number.chars().filter(char::is_ascii_digit).count();
            // RFC 3966: digits and visual separators, an international number begins with a plus.
            if digits < 3 || !number.chars().all(|c| c.is_ascii_digit() || "+-.()".contains(c)) {
                let message = format!("`{}` is no telephone number", target.value);
                report.push(
                    Finding::new(Code::LINK_MALFORMED, target.span, message)
                        .hint("write it with its country and without blanks: `tel:+44-1632-960123`"),
                );
            }
        }
        None => {
            web_link(target.clone(), report);
        }
    }
}

fn place(rules: &Rules<'_>, article: usize, id: &str, target: &Spanned<String>, report: &mut Report) {
    let ids = rules.draft.ids_of(article);
    // An article that could not be read has ids that nobody knows.
    let unread = rules.draft.articles.get(article).is_none_or(|a| a.manuscript.is_none());
    if unread || ids.iter().any(|known| known == id) {
        return;
    }
    let of = if target.starts_with('#') { "in this article" } else { "in that article" };
    let finding = Finding::new(Code::LINK_DANGLING, target.span, format!("there is no place `#{id}` {of}"));
    report.push(match nearest(id, &ids) {
        Some(near) => finding.hint(format!("did you mean `#{near}`?")),
        None => finding.hint(format!("give the place a name, as in `## Heading {{#{id}}}` or `[words]{{#{id}}}`")),
    });
}

fn no_article(rules: &Rules<'_>, from: usize, target: &Spanned<String>, report: &mut Report) {
    let path = target.split('#').next().unwrap_or_default();
    let listed = rules.draft.articles.iter().enumerate().filter(|(i, a)| a.section.is_some() && *i != from);
    // An article that is listed and missing is a finding of its own.
    if listed.clone().any(|(_, a)| a.path.is_err() && name_of(&a.listed) == name_of(path)) {
        return;
    }
    let names: Vec<String> = listed.map(|(_, a)| name_of(&a.listed).to_owned()).collect();
    let message = format!("there is no article `{path}` in this issue");
    let finding = Finding::new(Code::LINK_DANGLING, target.span, message);
    report.push(match nearest(name_of(path), &names) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(
            "link to the file of an article that `issue.toml` lists, to `#a-place` in this one, or to `https://…`",
        ),
    });
}
