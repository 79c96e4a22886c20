//! TOML into the tree: every mistake of syntax is a finding, and what could be saved is given back.

use super::{Date, DateTime, Dialect, Document, Entry, Node, Table, Value, remedy, unquoted};
use crate::report::{Code, FileId, Finding, Report, Span, Spanned};
use toml::de::{DeTable, DeValue};

/// More mistakes than anybody mends in one go.
const MOST: usize = 25;

/// Reads TOML that begins at byte `offset` of `file`; mistakes are findings of `code`.
pub fn read(file: FileId, text: &str, offset: usize, report: &mut Report, code: Code) -> Document {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, text, offset, too_large: Vec::new() };
    let table = reader.table(root.get_ref(), reader.span(0, 0));
    let mut last_line = None;
    for error in errors.iter().take(MOST) {
        let at = error.span().unwrap_or(text.len()..text.len());
        // The parser finds its feet slowly: what it says of a line after the first mistake in it helps nobody.
        let line = text[..floor(text, at.start)].matches('\n').count();
        if last_line.replace(line) != Some(line) {
            report.push(reader.finding(code, error.message(), at));
        }
        // An open list swallows the lines below it, and none of them is at fault.
        if error.message().starts_with("missing comma") || error.message().starts_with("unclosed array,") {
            break;
        }
    }
    for span in &reader.too_large {
        report.push(
            Finding::new(code, *span, "this number is too large".to_owned())
                .hint("write a smaller number, or put it in quotation marks"),
        );
    }
    Document { root: table, dialect: Dialect::Toml, broken: !errors.is_empty() || !reader.too_large.is_empty() }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    offset: usize,
    too_large: Vec<Span>,
}

impl Reader<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.offset + start, self.offset + end)
    }

    fn table(&mut self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| {
                let at = key.span();
                let (start, end) = unquoted(self.text, at.start, at.end, key.get_ref());
                Entry { key: Spanned::new(key.get_ref().to_string(), self.span(start, end)), node: self.node(value) }
            })
            .collect();
        entries.sort_by_key(|e| e.key.span.start);
        Table { span, entries }
    }

    fn node(&mut self, value: &toml::Spanned<DeValue<'_>>) -> Node {
        let at = value.span();
        let mut span = self.span(at.start, at.end);
        let value = match value.get_ref() {
            DeValue::String(text) => {
                let (start, end) = unquoted(self.text, at.start, at.end, text);
                span = self.span(start, end);
                Value::Text(text.to_string())
            }
            DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
                Ok(n) => Value::Integer(n),
                Err(_) => {
                    self.too_large.push(span);
                    Value::Nothing
                }
            },
            DeValue::Float(n) => n.as_str().parse().map_or(Value::Nothing, Value::Float),
            DeValue::Boolean(b) => Value::Bool(*b),
            DeValue::Datetime(_) => moment(self.text.get(at).unwrap_or_default()),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table, span)),
        };
        Node { span, value }
    }

    fn finding(&self, code: Code, message: &str, at: std::ops::Range<usize>) -> Finding {
        let start = floor(self.text, at.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |n| n + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        // A mistake found at the line's end is shown on the line, not below it.
        let end = floor(self.text, at.end).max(start).min(line_start + line.len());
        let span = self.span(start.min(end), end);
        let (cause, hint) = remedy::toml(line, message);
        Finding::new(code, span, cause).hint(hint)
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0)
}

/// A date, a date with a time, or (a time alone, which no manifest has) its text.
fn moment(written: &str) -> Value {
    let date = Date::parse(written).map(Value::Date);
    let moment = || DateTime::parse(written).map(Value::DateTime);
    date.or_else(moment).unwrap_or_else(|| Value::Text(written.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Files, render_human};

    fn read_str(text: &str) -> (Document, String) {
        let mut files = Files::default();
        let file = files.add("issue.toml", Some(text.to_owned()));
        let mut report = Report::new();
        let document = read(file, text, 0, &mut report, Code::MANIFEST_SYNTAX);
        (document, render_human(&report, &files))
    }

    #[test]
    fn values_keep_kind_order_and_place() {
        let text =
            "title = \"Wéir\"\ndate = 2026-11-05\nat = 2026-10-28T09:00:00Z\nz = 1\na = 0.5\n[[advert]]\nid = 'x'\n";
        let (document, report) = read_str(text);
        assert_eq!(report, "");
        let keys: Vec<&str> = document.root.entries.iter().map(|e| e.key.value.as_str()).collect();
        assert_eq!(keys, ["title", "date", "at", "z", "a", "advert"]);
        let title = document.root.text("title").map(|t| (t.span.start, t.span.end, t.value));
        assert_eq!(title, Some((9, 14, "Wéir".to_owned())));
        assert_eq!(document.root.date("date").map(|d| d.value.to_string()).as_deref(), Some("2026-11-05"));
        assert_eq!(document.root.date_time("at").map(|d| d.value.to_utc()).as_deref(), Some("2026-10-28T09:00:00Z"));
        let (span, advert) = document.root.tables("advert")[0];
        assert_eq!(&text[span.start as usize..span.end as usize], "[[advert]]");
        assert_eq!(advert.text("id").map(|t| t.value).as_deref(), Some("x"));
    }

    #[test]
    fn a_mistake_is_shown_with_a_remedy_and_the_rest_is_saved() {
        let (document, report) = read_str("number = 24\ntitle = The water issue\nvolume = 3\n");
        assert!(document.broken);
        assert!(report.contains("issue.toml:2:"), "{report}");
        assert!(report.contains("hint: write `title = \"The water issue\"`"), "{report}");
        assert_eq!(document.root.count("number").map(|n| n.value), Some(24));
        assert_eq!(document.root.count("volume").map(|n| n.value), Some(3));
    }

    #[test]
    fn common_mistakes_have_hints() {
        for (text, wanted) in [
            ("title: Water\n", "write `title = \"Water\"`"),
            ("title = “Water”\n", "straight quotation marks"),
            ("title = \"Water\n", "close the quotation marks"),
            ("title =\n", "write a value behind `title =`"),
            ("a = [\"x\",\n \"y\"\nb = \"z\"\nc = 3\n", "`]` where the list ends"),
            ("a = \"C:\\pictures\"\n", "write `/` instead of `\\`"),
            ("date = 5.11.2026\n", "write a date as `2026-11-05`"),
            ("[[section]\na = 1\n", "close the brackets"),
            ("a = 1\na = 2\n", "delete one of the two"),
            ("weir.jpg = 1\nbig weir.jpg = 2\n", "`\"big weir.jpg\" = …`"),
            ("date = 2026-02-30\n", "issue.toml:1:8"),
            ("n = 99999999999999999999\n", "too large"),
        ] {
            let (document, report) = read_str(text);
            assert!(report.contains(wanted), "{text}\n{report}");
            assert!(document.broken);
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (document, report) = read_str(&format!("a = {}\n", "[".repeat(100_000)));
        assert!(document.broken && report.contains("manifest/syntax"));
    }
}
