//! The front matter of an article: YAML between `---` lines or TOML between `+++` lines.
//!
//! A front matter with faults still gives what could be read, so that the text below it is checked too.

use super::{ArticleKind, Contributor, Correction, FrontMatter, Role};
use crate::data::{self, Codes, Dialect, Document, Field, Node, Shape, Table, Value};
use crate::manifest;
use crate::report::{Code, FileId, Finding, Report, Span, Spanned};

/// What the front matter may hold; `docs/articles.md` says the same for people.
pub static FRONT: Shape = Shape::Table(&[
    Field::required("headline", Shape::Text, "the headline").also(&["title", "heading"]),
    Field::optional("kicker", Shape::Text, "the few words above the headline").also(&["eyebrow", "overline"]),
    Field::optional("standfirst", Shape::Text, "the lines under the headline").also(&[
        "deck",
        "dek",
        "subtitle",
        "summary",
        "description",
        "intro",
    ]),
    Field::optional("byline", BYLINE, "who made it: names, each with a role if it is not the words")
        .also(&["author", "authors", "by", "writer"]),
    Field::optional("kind", Shape::OneOf(KINDS), "how it is laid out").also(&["type", "layout", "template"]),
    Field::optional("section", Shape::Text, "the section's title, as in `issue.toml`").also(&["category", "rubric"]),
    Field::optional("language", Shape::Text, "the language, if it is not the publication's").also(&["lang", "locale"]),
    Field::optional("date", Shape::Date, "when it was written or first published").also(&["published"]),
    Field::optional("lead", LEAD, "the picture above the text").also(&["image", "picture", "photo", "cover"]),
    Field::optional("sponsored", Shape::Text, "the id of the partner who paid for it").also(&["sponsor", "partner"]),
    Field::optional("corrections", Shape::List(&CORRECTION), "what was put right since").also(&["correction"]),
    Field::optional("about", Shape::Text, "about the author; Markdown within a line").also(&["bio", "author-bio"]),
]);

/// In bytes.
const LONGEST: usize = 64 * 1024;

const KINDS: &[&str] = &["article", "feature", "news", "column", "interview", "letters", "obituary"];
const ROLES: &[&str] = &["words", "photographs", "illustration", "interview", "translation"];
const BYLINE: Shape = Shape::Either(&[Shape::List(&CONTRIBUTOR), Shape::Text]);
const LEAD: Shape = manifest::LEAD;

static CONTRIBUTOR: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Table(&[
        Field::required("name", Shape::Text, "the person's name"),
        Field::optional("role", Shape::OneOf(ROLES), "what the person did"),
    ]),
]);

static CORRECTION: Shape = Shape::Table(&[
    Field::optional("date", Shape::Date, "when it was made"),
    Field::required("text", Shape::Text, "what was wrong and what is right"),
]);

/// Reads the front matter at the head of an article's text; gives it back with the byte at which the text below begins.
///
/// `None` when the article has none, which is a finding.
pub fn read_front(text: &str, file: FileId, report: &mut Report) -> (Option<FrontMatter>, usize) {
    let Some(fence) = Fence::find(text) else {
        let first = text.lines().next().unwrap_or_default();
        report.push(
            Finding::new(Code::FRONT_MISSING, Span::new(file, 0, first.len()), "the article has no front matter")
                .hint("begin the file with a line `---`, then `headline: …` and `byline: [ … ]`, then a line `---`"),
        );
        return (None, 0);
    };
    let mut inner = text.get(fence.inner.clone()).unwrap_or_default();
    let opening = Span::new(file, fence.opening, fence.opening + 3);
    if inner.len() > LONGEST {
        report.push(
            Finding::new(Code::FRONT_SYNTAX, opening, "the front matter is longer than any can be")
                .hint("look for its closing line, and move the text below it"),
        );
        inner = "";
    }
    // Without its closing line it may run on into the text, of which a parser complains in words that lead astray.
    let mut unheard = Report::new();
    let heard = if fence.closed { &mut *report } else { &mut unheard };
    let mut document = match fence.dialect {
        Dialect::Yaml => data::yaml::read(file, inner, fence.inner.start, heard, Code::FRONT_SYNTAX),
        Dialect::Toml => data::toml::read(file, inner, fence.inner.start, heard, Code::FRONT_SYNTAX),
    };
    document.broken |= inner.is_empty() && !fence.inner.is_empty();
    if !fence.closed {
        document.broken = true;
        let line = if fence.dialect == Dialect::Yaml { "---" } else { "+++" };
        report.push(
            Finding::new(Code::FRONT_SYNTAX, opening, "the front matter is not closed")
                .hint(format!("write `{line}` on a line of its own between it and the text")),
        );
    }
    document.root.span = opening;
    data::check(&document, &FRONT, &Codes::FRONT, report);
    let mut quiet = Report::new();
    let own = if document.broken { &mut quiet } else { report };
    let span = Span::new(file, fence.opening, fence.body);
    (Some(from_document(&document, span, own)), fence.body)
}

/// Where a front matter stands.
struct Fence {
    dialect: Dialect,
    opening: usize,
    inner: std::ops::Range<usize>,
    body: usize,
    closed: bool,
}

impl Fence {
    fn find(text: &str) -> Option<Fence> {
        let opening = text.len() - text.trim_start().len();
        let first = text[opening..].lines().next()?;
        let dialect = match first.trim_end() {
            "---" => Dialect::Yaml,
            "+++" => Dialect::Toml,
            _ => return None,
        };
        let start = (opening + first.len() + 1).min(text.len());
        let closes = |line: &str| match dialect {
            Dialect::Yaml => matches!(line.trim_end(), "---" | "..."),
            Dialect::Toml => line.trim_end() == "+++",
        };
        let mut at = start;
        let mut blank = None;
        for line in text[start..].split_inclusive('\n') {
            if closes(line) {
                // A line across the text further down is no end of what was never closed.
                if blank.is_some_and(|blank| dialect == Dialect::Yaml && is_prose(&text[blank..at])) {
                    break;
                }
                return Some(Fence { dialect, opening, inner: start..at, body: at + line.len(), closed: true });
            }
            if line.trim().is_empty() && blank.is_none() {
                blank = Some(at);
            }
            at += line.len();
        }
        // Not closed: it probably ends at the first empty line.
        let end = blank.unwrap_or(text.len());
        Some(Fence { dialect, opening, inner: start..end, body: end, closed: false })
    }
}

/// Whether lines between empty ones and a `---` begin with a sentence, which no key, item, note or continued text does.
fn is_prose(lines: &str) -> bool {
    let first = lines.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let key = first.split_once(':').map_or(first, |(key, _)| key).trim_end();
    first.starts_with(char::is_alphanumeric) && key.contains(char::is_whitespace)
}

fn from_document(document: &Document, span: Span, report: &mut Report) -> FrontMatter {
    let root = &document.root;
    let kind = root.text("kind").map_or(ArticleKind::Article, |k| kind(&k));
    let byline = byline(root.get("byline"));
    if byline.is_empty() && !matches!(kind, ArticleKind::News | ArticleKind::Letters) {
        let example =
            if document.dialect == Dialect::Yaml { "byline: [Mara Ellison]" } else { "byline = [\"Mara Ellison\"]" };
        let place = root.entries.iter().find(|e| e.key.value == "byline").map_or(root.span, |e| e.key.span);
        report.push(
            Finding::new(Code::FRONT_MISSING_KEY, place, "the article has no `byline`")
                .hint(format!("write `{example}`; only the kinds `news` and `letters` need none")),
        );
    }
    let language = root.text("language");
    if let Some(tag) = &language {
        manifest::language(tag, report);
    }
    FrontMatter {
        span,
        headline: root.text("headline").unwrap_or_else(|| Spanned::new(String::new(), root.span)),
        kicker: root.text("kicker"),
        standfirst: root.text("standfirst"),
        byline,
        section: root.text("section"),
        kind,
        lead: root.table("lead").and_then(manifest::picture),
        language,
        date: root.date("date"),
        corrections: root.tables("corrections").into_iter().filter_map(|(_, t)| correction(t)).collect(),
        about: root.text("about"),
        sponsored: root.text("sponsored"),
    }
}

fn byline(node: Option<&Node>) -> Vec<Contributor> {
    match node.map(|n| (n, &n.value)) {
        Some((_, Value::List(items))) => items.iter().filter_map(contributor).collect(),
        Some((node, Value::Text(_))) => contributor(node).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn contributor(node: &Node) -> Option<Contributor> {
    match node.table() {
        Some(table) => {
            Some(Contributor { name: table.text("name")?, role: table.text("role").map_or(Role::Words, |r| role(&r)) })
        }
        None => Some(Contributor { name: node.text()?, role: Role::Words }),
    }
}

fn correction(table: &Table) -> Option<Correction> {
    Some(Correction { date: table.date("date"), text: table.text("text")? })
}

fn kind(name: &str) -> ArticleKind {
    match name {
        "feature" => ArticleKind::Feature,
        "news" => ArticleKind::News,
        "column" => ArticleKind::Column,
        "interview" => ArticleKind::Interview,
        "letters" => ArticleKind::Letters,
        "obituary" => ArticleKind::Obituary,
        _ => ArticleKind::Article,
    }
}

fn role(name: &str) -> Role {
    match name {
        "photographs" => Role::Photographs,
        "illustration" => Role::Illustration,
        "interview" => Role::Interview,
        "translation" => Role::Translation,
        _ => Role::Words,
    }
}
