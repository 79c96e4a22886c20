//! What stands in the articles: that there is something, and that every character can be shown.

use super::Rules;
use crate::draft::DraftArticle;
use crate::draft::walk::{Part, inlines, walk};
use crate::manuscript::{Block, BlockKind, InlineKind};
use crate::report::{Code, FileId, Finding, Report, Severity, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    let mut glyphs = Glyphs { rules, missing: BTreeMap::new() };
    for article in &rules.draft.articles {
        empty(article, report);
        almost_pictures(rules, article, report);
        almost_marks(rules, article, report);
        glyphs.article(article);
    }
    glyphs.manifests();
    glyphs.tell(report);
}

fn empty(article: &DraftArticle, report: &mut Report) {
    let Some(manuscript) = &article.manuscript else { return };
    if !manuscript.body.is_empty() {
        return;
    }
    let front = manuscript.front.span;
    report.push(
        Finding::new(
            Code::TEXT_EMPTY,
            Span::new(front.file, front.start as usize, front.start as usize + 3),
            "the article has no text",
        )
        .hint("write the text below the front matter, or take the article out of `issue.toml`"),
    );
}

/// Paragraphs in which marks were meant and are none: readers would see them as they are typed.
fn almost_marks(rules: &Rules<'_>, article: &DraftArticle, report: &mut Report) {
    let Some(manuscript) = &article.manuscript else { return };
    let mut see = |part: Part<'_>| {
        let Part::Block(Block { span, kind: BlockKind::Paragraph(_), .. }) = part else { return };
        let text = rules.slice(*span);
        let Some((severity, needle, message, hint)) = almost(text) else { return };
        let mut finding = Finding::new(Code::TEXT_BLOCK_ALMOST, rules.narrow(*span, needle), message).hint(hint);
        finding.severity = severity;
        report.push(finding);
    };
    walk(manuscript, &mut see);
}

/// What a paragraph was meant to hold: where, what is wrong, what to write.
fn almost(text: &str) -> Option<(Severity, &str, String, String)> {
    if text.contains('`') {
        return None;
    }
    let ruled = |line: &&str| line.contains('|') && line.contains("--") && line.chars().all(|c| "|:- \t".contains(c));
    let parts = |line: &str| line.trim().trim_matches('|').split('|').count();
    let mut lines = text.lines();
    if let (Some(head), Some(line)) = (lines.next(), lines.next().filter(ruled))
        && parts(head) != parts(line)
    {
        let message = format!(
            "this is no table yet: its ruled line has {}, its head {}",
            counted(parts(line), "column"),
            counted(parts(head), "column")
        );
        return Some((Severity::Error, line, message, "give both the same number of columns".to_owned()));
    }
    if text.starts_with("![") && text.contains("] (") {
        let message = "this is no picture yet: there is a space between `]` and `(`".to_owned();
        return Some((Severity::Error, "] (", message, "write `](` without the space".to_owned()));
    }
    if text.contains("] (http") || text.contains("] (mailto:") {
        let message = "this is no link yet: there is a space between `]` and `(`".to_owned();
        return Some((Severity::Warning, "] (", message, "write `](` without the space".to_owned()));
    }
    let heading = |line: &&str| {
        let words = line.trim_start_matches('#');
        (2..=6).contains(&(line.len() - words.len())) && words.starts_with(char::is_alphanumeric)
    };
    if let Some(line) = text.lines().find(heading) {
        let words = line.trim_start_matches('#');
        let hint = format!("write `{} {}…`", &line[..line.len() - words.len()], first_word(words));
        return Some((
            Severity::Warning,
            line,
            "this is no heading yet: a space is missing after the `#`".to_owned(),
            hint,
        ));
    }
    // An odd one at the start of a word was to be closed.
    let opens = text.match_indices("**").find(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace) && text[at + 2..].starts_with(char::is_alphanumeric)
    });
    let (at, _) = opens.filter(|_| text.matches("**").count() % 2 == 1)?;
    let message = "two asterisks that nothing closes are printed as they are".to_owned();
    let from = &text[at..];
    let needle = &from[..2 + first_word(&from[2..]).len()];
    Some((Severity::Warning, needle, message, "set `**` at the end of the words, too, or delete it".to_owned()))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Paragraphs that begin as a picture does and are none: Markdown takes no file name with a space in it.
fn almost_pictures(rules: &Rules<'_>, article: &DraftArticle, report: &mut Report) {
    let Some(manuscript) = &article.manuscript else { return };
    let mut see = |part: Part<'_>| {
        let Part::Block(Block { span, kind: BlockKind::Paragraph(_), .. }) = part else { return };
        let text = rules.slice(*span);
        let name = text.strip_prefix("![").and_then(|t| t.split_once("](")).and_then(|(_, t)| t.split_once(')'));
        let Some((name, _)) = name.filter(|(n, _)| n.contains(' ') && !n.contains(['"', '\n', '<'])) else { return };
        // Where it was read as a picture, the paragraph is a figure.
        let message = format!("this is no picture yet: the file's name `{name}` has a space in it");
        let mut finding = Finding::new(Code::TEXT_BLOCK_ALMOST, rules.narrow(*span, name), message)
            .hint(format!("write `](<{name}>)`, or rename the file"));
        // Readers would see the line as it is written.
        finding.severity = Severity::Error;
        report.push(finding);
    };
    walk(manuscript, &mut see);
}

/// Characters that no font has, by file: where the first stands, and all of them.
struct Glyphs<'a> {
    rules: &'a Rules<'a>,
    missing: BTreeMap<FileId, (Span, BTreeSet<char>)>,
}

impl Glyphs<'_> {
    fn article(&mut self, article: &DraftArticle) {
        let Some(manuscript) = &article.manuscript else { return };
        let front = &manuscript.front;
        let lines = [Some(&front.headline), front.kicker.as_ref(), front.standfirst.as_ref()];
        lines.into_iter().flatten().for_each(|l| self.line(l));
        front.byline.iter().for_each(|c| self.line(&c.name));
        front.corrections.iter().for_each(|c| self.line(&c.text));
        let mut found = Vec::new();
        let mut see = |part: Part<'_>| match part {
            Part::Inline(inline) => {
                if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
                    found.push((inline.span, text.clone()));
                }
            }
            Part::Block(block) => {
                if let BlockKind::Code(_, text) = &block.kind {
                    found.push((block.span, text.clone()));
                }
            }
            Part::Title(title) => found.push((title.span, title.value.clone())),
            Part::Figure(figure) => {
                found.extend(figure.credit.as_ref().map(|c| (c.span, c.value.clone())));
            }
        };
        walk(manuscript, &mut see);
        inlines(&article.about, &mut see);
        found.iter().for_each(|(span, text)| self.text(*span, text));
    }

    fn manifests(&mut self) {
        let (publication, issue) = (&self.rules.draft.publication, &self.rules.draft.issue);
        let mut lines: Vec<&Spanned<String>> = vec![&publication.title];
        lines.extend(publication.tagline.iter().chain(&publication.rights).chain(&publication.imprint));
        lines.extend(publication.staff.iter().flat_map(|s| [&s.role, &s.name]));
        lines.extend(publication.publisher.name.iter().chain(&publication.publisher.address));
        lines.extend(issue.title.iter().chain(&issue.price).chain(issue.sections.iter().map(|s| &s.title)));
        let cover = issue.cover.iter().flat_map(|c| &c.lines);
        lines.extend(cover.flat_map(|l| std::iter::once(&l.headline).chain(&l.text)));
        lines.extend(issue.partners.iter().flat_map(|p| std::iter::once(&p.name).chain(&p.text)));
        let said = issue.pictures.iter().chain(issue.cover.iter().filter_map(|c| c.picture.as_ref()));
        lines.extend(said.flat_map(|p| p.credit.iter().chain(&p.caption)));
        lines.into_iter().for_each(|l| self.line(l));
    }

    fn line(&mut self, line: &Spanned<String>) {
        self.text(line.span, &line.value);
    }

    fn text(&mut self, span: Span, text: &str) {
        for c in text.chars().filter(|&c| !is_invisible(c) && !(self.rules.covers)(c)) {
            let place = self.rules.narrow(span, c.encode_utf8(&mut [0; 4]));
            self.missing.entry(span.file).or_insert_with(|| (place, BTreeSet::new())).1.insert(c);
        }
    }

    fn tell(self, report: &mut Report) {
        const NAMED: usize = 6;
        for (span, characters) in self.missing.into_values() {
            let named: Vec<String> =
                characters.iter().take(NAMED).map(|&c| format!("`{c}` (U+{:04X})", u32::from(c))).collect();
            let more = characters.len().saturating_sub(NAMED);
            let message = match (characters.len(), more) {
                (1, _) => format!("no font has the character {}", named.concat()),
                (_, 0) => format!("no font has the characters {}", named.join(", ")),
                _ => format!("no font has the characters {} and {more} more", named.join(", ")),
            };
            report.push(Finding::new(Code::TEXT_GLYPH, span, message).hint(
                "put a font that has them into a folder of the publication and write `fonts = [\"fonts\"]` in \
                 `masthead.toml`, or write it in other characters",
            ));
        }
    }
}

/// Characters that are never drawn: white space, joiners, direction marks, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}
