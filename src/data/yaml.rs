//! YAML front matter into the tree: YAML 1.2 with the core schema, and plain dates are dates.
//!
//! Anchors' aliases and tags are refused, so that nothing grows beyond what is written; nesting is limited.

use super::{Date, DateTime, Dialect, Document, Entry, Node, Table, Value, remedy, unquoted};
use crate::report::{Code, FileId, Finding, Report, Span, Spanned};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

/// More than any manifest needs, and little enough for every walk of the tree.
const DEEPEST: usize = 32;

/// Reads YAML that begins at byte `offset` of `file`; mistakes are findings of `code`.
pub fn read(file: FileId, text: &str, offset: usize, report: &mut Report, code: Code) -> Document {
    let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut reader = Reader { file, text, offset, bytes, code, open: Vec::new(), root: None, findings: Vec::new() };
    let mut broken = false;
    let mut parser = Parser::new_from_iter(text.chars());
    while let Some(event) = parser.next_event() {
        let done = match event {
            Ok((event, span)) => reader.event(event, span.start.index(), span.end.index()),
            Err(error) => Err(reader.scan_error(&error)),
        };
        if let Err(finding) = done {
            reader.findings.push(finding);
            broken = true;
            break;
        }
    }
    reader.finish(broken, report)
}

enum Open {
    List(usize, Vec<Node>),
    Map(usize, Vec<Entry>, Option<Spanned<String>>),
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    offset: usize,
    /// The byte of each character, because the parser counts characters.
    bytes: Vec<usize>,
    code: Code,
    open: Vec<Open>,
    root: Option<Node>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.text.len())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.offset + start, self.offset + end)
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), Finding> {
        let (start, end) = (self.byte(start), self.byte(end));
        match event {
            Event::Scalar(text, style, _, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), start, end)?;
                if style == ScalarStyle::Plain {
                    let behind = match self.open.last() {
                        Some(Open::Map(_, _, Some(key))) if text.is_empty() => key.span.end as usize - self.offset + 1,
                        _ => end,
                    };
                    self.lost_note(behind);
                }
                self.place(node)
            }
            Event::SequenceStart(_, None) => self.push(Open::List(start, Vec::new()), start, end),
            Event::MappingStart(_, None) => self.push(Open::Map(start, Vec::new(), None), start, end),
            Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => Err(self.tagged(start, end)),
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(_) => Err(Finding::new(
                self.code,
                self.span(start, end.max(start + 1)),
                "a value that begins with `*` repeats another one in YAML, and that is not understood here",
            )
            .hint("put the text in quotation marks, or write the value out")),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Finding::new(self.code, self.span(start, end), "a second document begins within the front matter")
                    .hint("delete this line"))
            }
            _ => Ok(()),
        }
    }

    fn push(&mut self, open: Open, start: usize, end: usize) -> Result<(), Finding> {
        if self.open.len() >= DEEPEST {
            return Err(Finding::new(self.code, self.span(start, end), "the values are nested too deeply")
                .hint("check the brackets and the indentation"));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Finding> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let node = match open {
            Open::List(start, items) => Node { span: self.trimmed(start, end), value: Value::List(items) },
            Open::Map(start, entries, _) => {
                let span = self.trimmed(start, end);
                Node { span, value: Value::Table(Table { span, entries }) }
            }
        };
        self.place(node)
    }

    /// A block ends for the parser where the next begins; for a reader, behind its last character.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let inner = self.text.get(start..end.max(start)).unwrap_or_default();
        self.span(start, start + inner.trim_end().len())
    }

    /// Puts a finished value where it belongs: a key, a key's value, a list's item or the root.
    fn place(&mut self, node: Node) -> Result<(), Finding> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, key @ None)) => {
                let text = match &node.value {
                    Value::Text(text) => text.clone(),
                    Value::List(_) | Value::Table(_) => {
                        return Err(Finding::new(self.code, node.span, "a list or a table cannot be a key")
                            .hint("put the text in quotation marks"));
                    }
                    _ => self.text.get(local(node.span, self.offset)).unwrap_or_default().to_owned(),
                };
                if let Some(first) = entries.iter().find(|e| e.key.value == text) {
                    // The first stays; the value of the second is read and let go.
                    let finding = Finding::new(self.code, node.span, format!("`{text}` is written twice"))
                        .other(first.key.span, "first written here")
                        .hint("keep one of the two");
                    self.findings.push(finding);
                }
                *key = Some(Spanned::new(text, node.span));
            }
            Some(Open::Map(_, entries, key @ Some(_))) => {
                if let Some(key) = key.take().filter(|k| entries.iter().all(|e| e.key.value != k.value)) {
                    entries.push(Entry { key, node });
                }
            }
        }
        Ok(())
    }

    fn tagged(&self, start: usize, end: usize) -> Finding {
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |n| start + n);
        Finding::new(
            self.code,
            self.span(start, end.clamp(start, line_end.max(start))),
            "a value that begins with `!` is a tag in YAML, and tags are not understood here",
        )
        .hint("put the text in quotation marks")
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        start: usize,
        end: usize,
    ) -> Result<Node, Finding> {
        let forced = match tag {
            None => false,
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => true,
            Some(_) => return Err(self.tagged(start, end)),
        };
        if style != ScalarStyle::Plain || forced {
            let (start, end) = unquoted(self.text, start, end, text);
            return Ok(Node { span: self.trimmed(start, end), value: Value::Text(text.to_owned()) });
        }
        Ok(Node { span: self.trimmed(start, end), value: plain(text) })
    }

    fn scan_error(&self, error: &ScanError) -> Finding {
        let mut at = self.byte(error.marker().index());
        let mut line = line_at(self.text, at);
        let before = line.0.checked_sub(1).map(|n| line_at(self.text, n));
        // The parser often notices a mistake only at the next line.
        if let Some(before) = before.filter(|b| remedy::yaml(b.1).is_some() && remedy::yaml(line.1).is_none()) {
            line = before;
            at = before.0 + (before.1.len() - before.1.trim_start().len());
        }
        let span = self.span(at, (line.0 + line.1.len()).max(at));
        let (cause, hint) = remedy::yaml(line.1).unwrap_or_else(|| remedy::yaml_elsewhere(error.info()));
        Finding::new(self.code, span, cause).hint(hint)
    }

    /// YAML drops what follows ` #`; written without a space behind, it was hardly meant as a note (`Rule #1`).
    fn lost_note(&mut self, end: usize) {
        let line = self.text.get(end..).unwrap_or_default().lines().next().unwrap_or_default();
        let note = line.trim_start().strip_prefix('#').filter(|n| n.starts_with(char::is_alphanumeric));
        if note.is_some() {
            let start = end + line.len() - line.trim_start().len();
            let message = "what follows `#` would be left out as a note";
            self.findings.push(
                Finding::new(self.code, self.span(start, end + line.len()), message)
                    .hint("put quotation marks around the whole text, or write a space behind `#` if it is a note"),
            );
        }
    }

    fn finish(mut self, mut broken: bool, report: &mut Report) -> Document {
        while !self.open.is_empty() {
            // Only after a mistake: what was read so far is saved.
            let _ = self.close(self.text.len());
        }
        let empty = Table { span: self.span(0, 0), entries: Vec::new() };
        let root = match self.root.take() {
            Some(Node { value: Value::Table(table), .. }) => table,
            None | Some(Node { value: Value::Nothing, .. }) => empty,
            Some(_) if broken => empty,
            Some(node) => {
                self.findings.push(
                    Finding::new(self.code, node.span, "the front matter is not a list of keys and values")
                        .hint("write lines such as `headline: The river that came back`"),
                );
                broken = true;
                empty
            }
        };
        for finding in self.findings {
            report.push(finding);
        }
        Document { root, dialect: Dialect::Yaml, broken }
    }
}

fn local(span: Span, offset: usize) -> std::ops::Range<usize> {
    span.start as usize - offset..span.end as usize - offset
}

/// The start and the text of the line around a byte.
fn line_at(text: &str, at: usize) -> (usize, &str) {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    (start, text[start..].lines().next().unwrap_or_default())
}

/// A plain scalar by the core schema of YAML 1.2, section 10.3.2, and plain dates.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Nothing,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if let Some(date) = Date::parse(text) {
        return Value::Date(date);
    }
    if let Some(moment) = DateTime::parse(text) {
        return Value::DateTime(moment);
    }
    let radix = |prefix: &str, radix| text.strip_prefix(prefix).and_then(|t| i64::from_str_radix(t, radix).ok());
    let digits = text.trim_start_matches(['+', '-']).bytes().all(|b| b.is_ascii_digit());
    if let Some(n) = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| text.parse().ok().filter(|_| digits)) {
        return Value::Integer(n);
    }
    let number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
        && text.bytes().any(|b| b.is_ascii_digit());
    match text.parse::<f64>() {
        Ok(n) if number && n.is_finite() => Value::Float(n),
        _ => Value::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Files, render_human};

    fn read_str(text: &str) -> (Document, String) {
        let mut files = Files::default();
        let file = files.add("weir.md", Some(format!("---\n{text}---\n")));
        let mut report = Report::new();
        let document = read(file, text, 4, &mut report, Code::FRONT_SYNTAX);
        (document, render_human(&report, &files))
    }

    fn at(text: &str, span: Span) -> &str {
        &text[local(span, 4)]
    }

    #[test]
    fn values_keep_kind_order_and_place() {
        let text = "headline: \"Wéir — ü\"\nbyline:\n  - Mara Ellison\n  - { name: Tom, role: photographs }\ndate: 2026-10-14\nkicker:\nn: 12\nno: No\n";
        let (document, report) = read_str(text);
        assert_eq!(report, "");
        let root = &document.root;
        let headline = root.text("headline").unwrap_or_else(|| panic!("a headline"));
        assert_eq!((at(text, headline.span), headline.value.as_str()), ("Wéir — ü", "Wéir — ü"));
        let Some(Value::List(people)) = root.get("byline").map(|n| &n.value) else { panic!("a list") };
        assert_eq!(at(text, people[0].span), "Mara Ellison");
        assert_eq!(at(text, people[1].span), "{ name: Tom, role: photographs }");
        assert_eq!(root.date("date").map(|d| at(text, d.span)), Some("2026-10-14"));
        assert_eq!(root.get("kicker").map(|n| &n.value), Some(&Value::Nothing));
        assert_eq!(root.count("n").map(|n| n.value), Some(12));
        assert_eq!(root.text("no").map(|t| t.value).as_deref(), Some("No"));
        assert_eq!(at(text, root.entries[4].key.span), "n");
    }

    #[test]
    fn common_mistakes_have_hints() {
        for (text, wanted) in [
            ("kicker: Aller\nheadline: Water: who owns it\n", "`headline: 'Water: who owns it'`"),
            ("kicker: Aller\nheadline: Water: who owns it\n", "weir.md:3:"),
            ("headline: \"Home\" is a word\nkicker: a\n", "put quotation marks around the text"),
            ("headline: @home\n", "`headline: '@home'`"),
            ("headline: !Viva la calle\n", "put the text in quotation marks"),
            ("headline: *Water*\n", "put"),
            ("headline:Water\nkicker: a\n", "write `headline: Water`"),
            ("lead:\n\tpicture: a.jpg\n", "spaces instead of tabs"),
            ("headline: a\nheadline: b\n", "first written here"),
            ("- a\n- b\n", "not a list of keys"),
            ("headline: Water\nbyline: [A\n", "close the bracket"),
        ] {
            let (document, report) = read_str(text);
            assert!(report.contains(wanted), "{text}\n{report}");
            assert_eq!(document.broken, !wanted.starts_with("first"), "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_mistake_is_saved() {
        let (document, _) = read_str("headline: The weir\nbyline: [A]\nstandfirst: a: b\nkind: news\n");
        assert_eq!(document.root.text("headline").map(|t| t.value).as_deref(), Some("The weir"));
    }

    #[test]
    fn a_text_is_not_lost_as_a_note() {
        for lost in ["headline: Rule #1\n", "headline: #1\n"] {
            let (_, report) = read_str(lost);
            assert!(report.contains("would be left out as a note"), "{lost}\n{report}");
        }
        for kept in ["headline: a # a note\n", "headline: 'Rule #1'\n", "headline: a#1\n", "#note\nheadline: a\n"] {
            assert_eq!(read_str(kept).1, "", "{kept}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let aliases = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        let (document, report) = read_str(aliases);
        assert!(document.broken && report.contains("front-matter/syntax"), "{report}");
        for deep in ["[".repeat(100_000), "- ".repeat(50_000)] {
            let (document, _) = read_str(&format!("a:\n  {deep}\n"));
            assert!(document.broken);
        }
    }
}
