//! The report as a table for spreadsheets (RFC 4180, UTF-8 with a byte-order mark, as the common ones want it).

use super::rows::{Row, Told};

const HEAD: [&str; 14] = [
    "pages", "used in", "file", "credit", "creator", "source", "licence", "link", "proof", "limits", "fee", "editions",
    "findings", "sha-256",
];

/// The table, a line for each picture.
pub fn csv(rows: &[Row], editions: &str) -> String {
    let mut out = String::from("\u{FEFF}");
    line(&mut out, &HEAD.map(str::to_owned));
    for row in rows {
        let row = row.clone();
        line(
            &mut out,
            &[
                row.pages.join(", "),
                row.used_in.join("; "),
                row.file,
                row.wording,
                row.creators,
                row.source,
                row.licence,
                row.link,
                row.proof,
                row.limits,
                row.fee,
                editions.to_owned(),
                row.findings.iter().map(Told::line).collect::<Vec<_>>().join("; "),
                row.hash,
            ],
        );
    }
    out
}

fn line(out: &mut String, cells: &[String]) {
    let quoted: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    out.push_str(&quoted.join(","));
    out.push_str("\r\n");
}

/// A cell in quotation marks. What a spreadsheet would reckon out is kept a text by an apostrophe.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_table() {
        assert_eq!(cell("=HYPERLINK(\"http://a.example\")"), "\"'=HYPERLINK(\"\"http://a.example\"\")\"");
        assert_eq!(cell("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
    }
}
