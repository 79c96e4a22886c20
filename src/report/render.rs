//! Findings as text for people and as JSON for machines.

use super::{Files, Finding, Report, Severity, Span};
use std::fmt::Write;

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The colours of a terminal, or none.
struct Paint {
    error: &'static str,
    warning: &'static str,
    strong: &'static str,
    frame: &'static str,
    hint: &'static str,
    end: &'static str,
}

const PLAIN: Paint = Paint { error: "", warning: "", strong: "", frame: "", hint: "", end: "" };
const COLOURED: Paint = Paint {
    error: "\x1b[1;31m",
    warning: "\x1b[1;33m",
    strong: "\x1b[1m",
    frame: "\x1b[34m",
    hint: "\x1b[36m",
    end: "\x1b[0m",
};

/// All findings for people, and a closing line that counts them. Empty if there are none.
pub fn render_human(report: &Report, files: &Files) -> String {
    render(report, files, &PLAIN)
}

/// The same in the colours of a terminal.
pub fn render_coloured(report: &Report, files: &Files) -> String {
    render(report, files, &COLOURED)
}

fn render(report: &Report, files: &Files, paint: &Paint) -> String {
    let list = report.sorted(files);
    let mut out = String::new();
    for finding in &list {
        one(&mut out, finding, files, paint);
        out.push('\n');
    }
    if let Some(line) = totals(&list) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// A text without what would move a terminal's cursor or turn its writing round: that is shown, not obeyed.
fn tame(text: &str) -> String {
    let is_wild = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if is_wild(c) {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
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
fn one(out: &mut String, finding: &Finding, files: &Files, paint: &Paint) {
    let severity = if finding.severity == Severity::Error { paint.error } else { paint.warning };
    let (strong, end) = (paint.strong, paint.end);
    let (word, code, message) = (word(finding.severity), finding.code.name(), tame(&finding.message));
    let _ = writeln!(out, "{severity}{word}[{code}]{end}{strong}: {message}{end}");
    let spans = finding.span.iter().chain(finding.others.iter().map(|(s, _)| s));
    let lines = spans.filter(|s| files.text(s.file).is_some()).map(|s| files.line_column(s.file, s.start).0);
    let width = lines.max().unwrap_or(1).to_string().len();
    if let Some(span) = finding.span {
        excerpt(out, span, None, files, (paint, severity, width));
    }
    for (span, label) in &finding.others {
        excerpt(out, *span, Some(label), files, (paint, paint.frame, width));
    }
    for hint in &finding.hints {
        let _ = writeln!(out, "{} {}= hint:{end} {}", " ".repeat(width), paint.hint, tame(hint));
    }
}

/// Writes the place and its line. `look` are the colours, that of the marks, and the width of the line numbers.
fn excerpt(out: &mut String, span: Span, label: Option<&str>, files: &Files, look: (&Paint, &str, usize)) {
    let (&Paint { frame, end, .. }, marked, width) = look;
    let path = tame(files.path(span.file));
    let label = label.map(|l| format!(" {l}")).unwrap_or_default();
    let pad = " ".repeat(width);
    if files.text(span.file).is_none() {
        let _ = writeln!(out, "{pad}{frame}-->{end} {path}{label}");
        return;
    }
    let (line, column) = files.line_column(span.file, span.start);
    let _ = writeln!(out, "{pad}{frame}-->{end} {path}:{line}:{column}{label}");
    let text = tame(files.line(span.file, line).unwrap_or(""));
    // Long lines (a paragraph is one line in many manuscripts) are cut around the place.
    let (shown, offset) = window(&text, column);
    let (end_line, end_column) = files.line_column(span.file, span.end);
    let last = if end_line == line { end_column } else { text.chars().count() + 1 };
    let marks = last.saturating_sub(column).clamp(1, shown.chars().count().saturating_sub(offset).max(1));
    let _ = writeln!(out, "{pad} {frame}|{end}");
    let _ = writeln!(out, "{frame}{line:>width$} |{end} {shown}");
    let _ = writeln!(out, "{pad} {frame}|{end} {}{marked}{}{end}", " ".repeat(offset), "^".repeat(marks));
}

/// At most 100 characters of a line around a column; the column's offset within them.
fn window(text: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    let chars: Vec<char> = text.chars().collect();
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
    format!("{:#}\n", json_value(report, files))
}

/// The findings as JSON, to stand in something larger.
pub fn json_value(report: &Report, files: &Files) -> serde_json::Value {
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
    serde_json::Value::Array(list)
}
