//! Pages laid out for the commands that need them, and what is told of them.

use super::{Error, Prepared};
use crate::check::allow;
use crate::draft::Mode;
use crate::issue::{Issue, PictureId};
use crate::report::{Code, Finding, Report, Span};
use crate::source::{Cache, Sources};
use crate::typeset::{Fonts, LOCK_FILE, Layout, Lock, Settings, Theme, lay_out as lay};
use serde_json::{Value, json};
use std::sync::Arc;

/// An issue with its pages.
pub(super) struct Laid {
    pub(super) issue: Issue,
    pub(super) theme: Theme,
    pub(super) layout: Layout,
}

/// Lays an issue out; none after a finding.
///
/// # Errors
/// When the engine fails.
pub(super) fn lay_out(
    sources: &Sources,
    issue: &Issue,
    theme: &Theme,
    fonts: Arc<Fonts>,
    kept: &Cache,
    report: &mut Report,
) -> Result<Option<Layout>, Error> {
    let vector = |id: PictureId| sources.bytes(&issue.pictures[id.0].path).unwrap_or_default();
    let lock = lock_of(sources, issue, report);
    let settings = Settings { theme, fonts, lock: lock.as_ref(), live: None, kept, vector: &vector };
    lay(issue, &settings, report).map_err(|e| failed(&e))
}

/// The pagination that the issue keeps to, if it has one.
pub(super) fn lock_of(sources: &Sources, issue: &Issue, report: &mut Report) -> Option<Lock> {
    let path = sources.resolve(&issue.name, LOCK_FILE).ok()?;
    let bytes = sources.bytes(&path).ok()?;
    match Lock::read(&String::from_utf8_lossy(&bytes)) {
        Ok(lock) => Some(lock),
        Err(why) => {
            let message = format!("`{LOCK_FILE}` cannot be used: {}", why.0);
            report.push(
                Finding::new(Code::LAYOUT_LOCK, Span::whole(issue.file), message)
                    .hint("delete the file, or run `masthead lock` to make a new one"),
            );
            None
        }
    }
}

/// Lays out what was prepared, and adds what falls short to its report; none when findings forbid it.
///
/// # Errors
/// When the engine fails.
pub(super) fn judged(prepared: &mut Prepared, mode: Mode) -> Result<Option<Laid>, Error> {
    let Some(material) = prepared.material.take() else { return Ok(None) };
    let allowances = [material.draft.publication.allow.clone(), material.draft.issue.allow.clone()];
    let issue = Issue::close(material.draft, &prepared.report, mode);
    let (Some(issue), Some(theme)) = (issue, material.theme) else { return Ok(None) };
    let Prepared { sources, cache, report, .. } = prepared;
    let laid = lay_out(sources, &issue, &theme, Arc::new(material.fonts), cache, report)?;
    let Some(layout) = laid else { return Ok(None) };
    for fault in layout.faults(&issue) {
        prepared.report.push(fault.finding);
    }
    for list in &allowances {
        allow(list, prepared.sources.files(), &mut prepared.report);
    }
    Ok(Some(Laid { issue, theme, layout }))
}

/// The pages with their measures, a line each.
pub(super) fn table(laid: &Laid) -> String {
    let Laid { issue, layout, .. } = laid;
    let mut out = format!(
        "{:>5}  {:<34} {:>6} {:>7} {:>8} {:>7} {:>6} {:>5}\n",
        "page", "", "lines", "white", "uneven", "spaces", "grid", "ppi"
    );
    for (index, (page, m)) in layout.pages.iter().zip(&layout.measured.pages).enumerate() {
        let number = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let lines = (m.lines > 0).then(|| m.lines.to_string());
        let spaces = m.loosest.as_ref().map(|(s, _)| format!("{s:.2}"));
        let grid = (m.lines > 0).then(|| format!("{:.2}", m.off_grid));
        let what: String = name(issue, layout, index).chars().take(34).collect();
        out.push_str(&format!(
            "{:>5}  {what:<34} {:>6} {:>7} {:>8} {:>7} {:>6} {:>5}\n",
            page.folio,
            number(lines),
            if m.unused > 0.05 { format!("{:.1}", m.unused) } else { "-".to_owned() },
            number(m.balance.map(|b| b.to_string())),
            number(spaces),
            number(grid),
            number(m.ppi.map(|(_, ppi)| format!("{ppi:.0}"))),
        ));
    }
    out.push_str(&summary(layout));
    out
}

/// What a page is, for the table.
fn name(issue: &Issue, layout: &Layout, index: usize) -> String {
    use crate::issue::pages::Anchor;
    let headline = |a: usize| issue.articles[a].manuscript.front.headline.value.clone();
    match &layout.pages[index].starts {
        Anchor::Cover => "cover".to_owned(),
        Anchor::Contents => "contents".to_owned(),
        Anchor::Article { article, .. } => headline(article.0),
        Anchor::Advert(advert) => format!("advert {}", issue.adverts[advert.0].id),
        Anchor::Partners => "partners".to_owned(),
        Anchor::Credits => "picture credits".to_owned(),
        Anchor::Imprint => "imprint".to_owned(),
    }
}

/// One line on the whole layout.
pub(super) fn summary(layout: &Layout) -> String {
    let measured = &layout.measured;
    let lines: usize = measured.pages.iter().map(|m| m.lines).sum();
    let loose: usize = measured.pages.iter().map(|m| m.loose).sum();
    let widows: usize = measured.pages.iter().map(|m| m.widows.len()).sum();
    let extent = layout.pages.len();
    let four = if measured.missing == 0 { " (a multiple of four)" } else { "" };
    format!(
        "{extent} pages{four}, {lines} lines of text, {:.1} % white at articles' ends, {loose} loose {}, {widows} {}\n",
        measured.unused,
        if loose == 1 { "line" } else { "lines" },
        if widows == 1 { "widow" } else { "widows" },
    )
}

/// What a build says of its pages: the line on the layout, where to read more, and what became of pages that were locked.
pub(super) fn brief(layout: &Layout, short: usize) -> String {
    let mut out = format!("layout: {}", summary(layout));
    if short > 0 {
        let (things, them) = if short == 1 { ("thing falls", "it") } else { ("things fall", "them") };
        out.push_str(&format!("layout: {short} {things} short; `masthead check --layout` names {them}\n"));
    }
    if let Some(kept) = &layout.kept {
        let told = match kept.changed.as_slice() {
            [] => "every page has the words that it had".to_owned(),
            changed => format!("pages with other words than they had: {}", changed.join(", ")),
        };
        let starts = if kept.moved.is_empty() { "every page starts as it did; " } else { "" };
        out.push_str(&format!("{LOCK_FILE}: {starts}{told}\n"));
    }
    out
}

/// The same for machines.
pub(super) fn summary_json(layout: &Layout, short: usize) -> Value {
    let measured = &layout.measured;
    let sum = |of: &dyn Fn(&crate::typeset::Measures) -> usize| measured.pages.iter().map(of).sum::<usize>();
    json!({
        "pages": layout.pages.len(),
        "lines": sum(&|m| m.lines),
        "white_percent": (measured.unused * 10.0).round() / 10.0,
        "loose_lines": sum(&|m| m.loose),
        "widows": sum(&|m| m.widows.len()),
        "findings": short,
        "locked": layout.kept.as_ref().map(|k| json!({"changed": k.changed, "moved": k.moved})),
    })
}

/// A failure that no check foresaw.
pub(super) fn failed(error: &dyn std::error::Error) -> Error {
    Error::Refused(format!("{error}\n  this is a fault of the program, not of your files: please report it"))
}
