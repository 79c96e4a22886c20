//! A verdict for people and for machines.

use super::{Fault, Place, Verdict, ranges};
use crate::press::Shop;
use crate::report::Severity;
use serde_json::{Value, json};

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A text without what would move a terminal's cursor or turn its writing round.
fn tame(text: &str) -> String {
    let is_wild = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if is_wild(c) { '\u{FFFD}' } else { c }).collect()
}

/// A place in words: `20 mm from the left and 31 mm from the top (14 x 3 mm)`.
pub(super) fn place(place: &Place) -> String {
    let area = &place.area;
    format!(
        "{:.0} mm from the left and {:.0} mm from the top ({:.0} x {:.0} mm)",
        area.left.0, area.top.0, area.width.0, area.height.0
    )
}

/// All faults for people, what was not checked, and a closing line. `coloured` is for terminals.
pub fn human(verdict: &Verdict, file: &str, shop: &Shop, coloured: bool) -> String {
    let paint = |code: &'static str| if coloured { code } else { "" };
    let (strong, frame, hint, end) = (paint("\x1b[1m"), paint("\x1b[34m"), paint("\x1b[36m"), paint("\x1b[0m"));
    let mut out = String::new();
    for fault in &verdict.faults {
        let colour = if fault.severity == Severity::Error { paint("\x1b[1;31m") } else { paint("\x1b[1;33m") };
        let message = tame(&fault.message);
        out.push_str(&format!("{colour}{}[{}]{end}{strong}: {message}{end}\n", word(fault.severity), fault.rule.id()));
        out.push_str(&format!(" {frame}-->{end} {}{}\n", tame(file), whereabouts(fault)));
        out.push_str(&format!("  {hint}= hint:{end} {}\n", fault.hint));
        out.push_str(&format!("  {hint}= rule:{end} {}\n\n", fault.basis));
    }
    for what in &verdict.unchecked {
        out.push_str(&format!("not checked: {what}\n"));
    }
    out.push_str(&closing(verdict, file, shop));
    out
}

fn whereabouts(fault: &Fault) -> String {
    match (fault.places.first(), fault.pages.as_slice()) {
        (Some(first), _) => format!(": page {}, {}", first.page, place(first)),
        (None, []) => String::new(),
        (None, [page]) => format!(": page {page}"),
        (None, pages) => format!(": pages {}", ranges(pages)),
    }
}

/// One line that counts.
fn closing(verdict: &Verdict, file: &str, shop: &Shop) -> String {
    let count = |s: Severity| verdict.faults.iter().filter(|f| f.severity == s).count();
    let named = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let counts = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "nothing to complain of".to_owned(),
        (0, w) => named(w, "warning"),
        (e, 0) => named(e, "error"),
        (e, w) => format!("{}, {}", named(e, "error"), named(w, "warning")),
    };
    let pages = named(verdict.pages.len(), "page");
    format!("{}: {pages} for `{}` ({}): {counts}\n", tame(file), shop.name, shop.standard.name())
}

/// The same for machines.
pub fn json(verdict: &Verdict, file: &str, shop: &Shop) -> Value {
    let tenths = |v: f64| (v * 10.0).round() / 10.0;
    let place = |p: &Place| {
        json!({
            "page": p.page, "left": tenths(p.area.left.0), "top": tenths(p.area.top.0),
            "width": tenths(p.area.width.0), "height": tenths(p.area.height.0),
        })
    };
    let fault = |f: &Fault| {
        json!({
            "severity": word(f.severity), "rule": f.rule.id(), "message": f.message, "hint": f.hint,
            "basis": f.basis, "pages": f.pages, "count": f.count,
            "places": f.places.iter().map(place).collect::<Vec<_>>(),
        })
    };
    let pages: Vec<Value> = verdict
        .pages
        .iter()
        .map(|p| {
            let (width, height) = p.size();
            json!({"page": p.number, "trim": [tenths(width), tenths(height)], "rotate": p.rotate})
        })
        .collect();
    json!({
        "file": file, "shop": shop.name, "standard": shop.standard.name(),
        "unit": "mm from the trim's top left corner",
        "pages": pages, "spots": verdict.spots,
        "faults": verdict.faults.iter().map(fault).collect::<Vec<_>>(),
        "unchecked": verdict.unchecked,
    })
}
