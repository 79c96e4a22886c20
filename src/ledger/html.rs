//! The report as a page for the browser, complete in one file, that prints well.

use super::rows::{Row, Told};
use crate::issue::Issue;
use crate::report::Severity;
use crate::xhtml::{attribute, text};

const STYLE: &str = "\
body{font:14px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:2rem auto;max-width:75rem;padding:0 1rem}\
h1{font-size:1.5rem;margin:0}p{margin:.3rem 0 1.2rem}table{border-collapse:collapse;width:100%}\
table{table-layout:fixed}th:nth-child(1){width:11rem}th:nth-child(2){width:8rem}th:nth-child(n+6){width:7rem}\
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.5rem .6rem;border-bottom:1px solid #ccc}th{font-size:.8rem;color:#444}\
img{max-width:9rem;max-height:7rem;display:block}.small{font-size:.8rem;color:#444}.missing{color:#9b1c1c;font-weight:600}\
tr.has td{border-bottom:0}ul{margin:0 0 .4rem;padding-left:1.1rem}.error{color:#9b1c1c}.warning{color:#7a4b00}.alert{color:#9b1c1c;font-weight:600}code{font-size:.75rem;color:#555;word-break:break-all}\
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}";

/// The page. `views` are small pictures as addresses with their data in them, one for each row.
pub fn html(issue: &Issue, rows: &[Row], views: &[Option<String>], editions: &str) -> String {
    let title = format!("Picture rights: {} {}", issue.publication.title.value, issue.name);
    let errors = rows.iter().flat_map(|r| &r.findings).filter(|f| f.severity == Severity::Error).count();
    let forbidden = match errors {
        0 => "",
        1 => "<p class=\"alert\">One error forbids every edition until it is mended.</p>\n",
        _ => "<p class=\"alert\">Errors forbid every edition until they are mended.</p>\n",
    };
    let open = rows.iter().filter(|r| !r.findings.is_empty()).count();
    let found = match open {
        0 => "No finding about any of them.".to_owned(),
        1 => "There is a finding about one of them.".to_owned(),
        n => format!("There are findings about {n} of them."),
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n\
         <p>Issue of {1}; {2} pictures; editions: {3}. {found}</p>\n{forbidden}<table>\n<thead>\n<tr><th scope=\"col\">Picture</th>\
         <th scope=\"col\">Where</th><th scope=\"col\">Credit</th><th scope=\"col\">Licence</th><th scope=\"col\">Proof</th>\
         <th scope=\"col\">Limits</th><th scope=\"col\">Fee</th></tr>\n</thead>\n<tbody>\n",
        text(&title),
        issue.date,
        rows.len(),
        text(editions)
    );
    for (row, view) in rows.iter().zip(views) {
        one(&mut out, row, view.as_deref());
    }
    out.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    out
}

fn one(out: &mut String, row: &Row, view: Option<&str>) {
    let or_missing = |value: &str| match value.is_empty() {
        true => "<span class=\"missing\">not said</span>".to_owned(),
        false => text(value),
    };
    let picture = view.map(|v| format!("<img src=\"{}\" alt=\"\">", attribute(v))).unwrap_or_default();
    let licence = match row.link.starts_with("https://") || row.link.starts_with("http://") {
        true if row.licence.is_empty() => format!("<a href=\"{0}\">{1}</a>", attribute(&row.link), text(&row.link)),
        true => format!("<a href=\"{0}\">{1}</a>", attribute(&row.link), text(&row.licence)),
        false => or_missing(&row.licence),
    };
    let maker = [&row.creators, &row.source]
        .into_iter()
        .filter(|t| !t.is_empty())
        .map(|t| text(t))
        .collect::<Vec<_>>()
        .join(" / ");
    let told = |f: &Told| match f.severity {
        Severity::Error => format!("<li class=\"error\"><b>Error:</b> {}</li>", text(&f.text)),
        Severity::Warning => format!("<li class=\"warning\"><b>Warning:</b> {}</li>", text(&f.text)),
    };
    let list: String = row.findings.iter().map(told).collect();
    // Findings are sentences: they have the width of the table under the picture's row.
    let (class, findings) = match list.is_empty() {
        true => ("", String::new()),
        false => (" class=\"has\"", format!("<tr><td></td><td colspan=\"6\"><ul>{list}</ul></td></tr>\n")),
    };
    out.push_str(&format!(
        "<tr{class}><td>{picture}<span class=\"small\">{}</span><br><code>{}</code></td><td>page {}<br><span class=\"small\">{}</span></td>\
         <td>{}<br><span class=\"small\">{maker}</span></td><td>{licence}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n{findings}",
        text(&row.file),
        &row.hash[..row.hash.len().min(16)],
        text(&row.pages.join(", ")),
        row.used_in.iter().map(|t| text(t)).collect::<Vec<_>>().join("; "),
        or_missing(&row.wording),
        text(&row.proof),
        text(&row.limits),
        text(&row.fee),
    ));
}
