//! Findings as text for people and as JSON for machines.

use super::{Files, Finding, Report, Severity, Span};
use std::fmt::Write;

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// All findings for people, and a closing line that counts them. Empty if there are none.
pub fn render_human(report: &Report, files: &Files) -> String {
    let list = report.sorted(files);
    let mut out = String::new();
    for finding in &list {
        one(&mut out, finding, files);
        out.push('\n');
    }
    if let Some(line) = totals(&list) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn totals(list: &[&Finding]) -> Option<String> {
    let count = |s: Severity| list.iter().filter(|f| f.severity == s).count();
    let named = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => None,
        (0, w) => Some(named(w, "warning")),
        (e, 0) => Some(named(e, "error")),
        (e, w) => Some(format!("{}, {}", named(e, "error"), named(w, "warning"))),
    }
}

// `write!` into a String cannot fail, so its results are let go in this file.
fn one(out: &mut String, finding: &Finding, files: &Files) {
    let _ = writeln!(out, "{}[{}]: {}", word(finding.severity), finding.code.name(), finding.message);
    let mut width = 0;
    if let Some(span) = finding.span {
        width = excerpt(out, span, None, files);
    }
    for (span, label) in &finding.others {
        width = excerpt(out, *span, Some(label), files).max(width);
    }
    for hint in &finding.hints {
        let _ = writeln!(out, "{} = hint: {hint}", " ".repeat(width));
    }
}

/// Writes the place and its line; returns the width of the line-number column.
fn excerpt(out: &mut String, span: Span, label: Option<&str>, files: &Files) -> usize {
    let path = files.path(span.file);
    let label = label.map(|l| format!(" {l}")).unwrap_or_default();
    if files.text(span.file).is_none() {
        let _ = writeln!(out, "  --> {path}{label}");
        return 2;
    }
    let (line, column) = files.line_column(span.file, span.start);
    let number = line.to_string();
    let pad = " ".repeat(number.len());
    let _ = writeln!(out, "{pad}--> {path}:{line}:{column}{label}");
    let text = files.line(span.file, line).unwrap_or("");
    // Long lines (a paragraph is one line in many manuscripts) are cut around the place.
    let (shown, offset) = window(text, column);
    let (end_line, end_column) = files.line_column(span.file, span.end);
    let last = if end_line == line { end_column } else { text.chars().count() + 1 };
    let marks = last.saturating_sub(column).clamp(1, shown.chars().count().saturating_sub(offset).max(1));
    let _ = writeln!(out, "{pad} |");
    let _ = writeln!(out, "{number} | {shown}");
    let _ = writeln!(out, "{pad} | {}{}", " ".repeat(offset), "^".repeat(marks));
    number.len()
}

/// At most 100 characters of a line around a column; the column's offset within them.
fn window(text: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    let chars: Vec<char> = text.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    if chars.len() <= WIDTH {
        return (chars.into_iter().collect(), column - 1);
    }
    let start = (column - 1).saturating_sub(30).min(chars.len() - WIDTH);
    let end = start + WIDTH;
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < chars.len() { "…" } else { "" };
    let body: String = chars[start..end].iter().collect();
    (format!("{head}{body}{tail}"), column - 1 - start + head.chars().count())
}

/// The same findings for machines: one JSON array, each with file, line and column (one-based).
pub fn render_json(report: &Report, files: &Files) -> String {
    let place = |span: Span| {
        let (line, column) = files.line_column(span.file, span.start);
        let (end_line, end_column) = files.line_column(span.file, span.end);
        serde_json::json!({
            "file": files.path(span.file), "line": line, "column": column,
            "end_line": end_line, "end_column": end_column,
        })
    };
    let list: Vec<_> = report
        .sorted(files)
        .iter()
        .map(|f| {
            serde_json::json!({
                "severity": word(f.severity), "code": f.code.name(), "message": f.message,
                "place": f.span.map(place), "hints": f.hints,
                "others": f.others.iter().map(|(s, l)| serde_json::json!({"place": place(*s), "label": l})).collect::<Vec<_>>(),
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(list))
}
