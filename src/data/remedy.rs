//! Mistakes of syntax in plain words: what a parser's complaint usually comes from, and what to write instead.
//!
//! A guess from one line; it only ever changes the wording of a finding.

/// Cause and remedy of a mistake in a line of YAML, if it is one of the common ones.
pub(super) fn yaml(line: &str) -> Option<(String, String)> {
    let told = |cause: &str, hint: String| Some((cause.to_owned(), hint));
    if line.starts_with('\t') {
        return told("a tab at the beginning of a line", "indent with spaces instead of tabs".to_owned());
    }
    let trimmed = line.trim();
    let entry = trimmed.trim_start_matches("- ");
    let Some((key, value)) = entry.split_once(':') else {
        let lost = !trimmed.starts_with(['-', '#', '"', '\'', '[', '{', ']', '}']) && !trimmed.is_empty();
        return if lost { told("a line that is no key and value", "write `key: value`".to_owned()) } else { None };
    };
    let text = value.trim();
    if !value.is_empty() && !value.starts_with(' ') && !key.contains(' ') && !value.starts_with("//") {
        return told("a colon without a space behind it", format!("write `{key}: {text}`"));
    }
    let quoted = |text: &str| format!("put quotation marks around the text: `{key}: '{}'`", text.replace('\'', "''"));
    match text.chars().next()? {
        open @ ('"' | '\'') => {
            let closes = text.len() > 1 && text.ends_with(open);
            let inner = text.trim_matches(open);
            if closes && !inner.contains(open) {
                return None;
            }
            told("quotation marks that do not enclose the whole text", quoted(if closes { inner } else { text }))
        }
        '[' | '{' => None,
        sign @ ('&' | '*' | '!' | '|' | '>' | '%' | '@' | '`') => {
            let cause = format!("a text that begins with the sign {sign}, which has a meaning of its own in YAML");
            Some((cause, quoted(text)))
        }
        _ if text.contains(": ") || text.ends_with(':') => {
            told("a colon in a text without quotation marks", quoted(text))
        }
        _ => None,
    }
}

/// Cause and remedy of a mistake in YAML that its line does not show, from the parser's words.
pub(super) fn yaml_elsewhere(info: &str) -> (String, String) {
    let (cause, hint) = if info.contains("flow") {
        ("a bracket that was opened above is not closed", "close the bracket: `[ … ]` or `{ … }`")
    } else if info.contains("tab") {
        ("a tab where a space belongs", "indent with spaces instead of tabs")
    } else if info.contains("quoted scalar") {
        ("a quotation mark is not closed", "close the quotation marks at the end of the text")
    } else if info.contains("block sequence entries") {
        ("a list that begins behind its key", "begin each item on a line of its own with `- `, or write `[ …, … ]`")
    } else if info.contains("mapping") {
        ("a key in a place where none can be", "begin the keys that belong together in the same column")
    } else {
        let cause = format!("this is not valid YAML: {}", info.trim_end_matches('.'));
        return (cause, "check the indentation and the quotation marks here and in the line above".to_owned());
    };
    (cause.to_owned(), hint.to_owned())
}

/// Cause and remedy of a mistake in a line of TOML, from the line and the parser's words.
pub(super) fn toml(line: &str, message: &str) -> (String, String) {
    let told = |cause: &str, hint: &str| (cause.to_owned(), hint.to_owned());
    let line = line.trim();
    if message.contains("duplicate key") {
        let hint = "delete one of the two, or join them; tables that come several times need `[[…]]` each time";
        return told("this is written twice", hint);
    }
    if message.starts_with("missing comma") || message.starts_with("unclosed array,") {
        let hint = "put a comma between the items, and `]` where the list ends";
        return told("a list with a comma or its closing bracket missing", hint);
    }
    if line.starts_with("[[") && !line.ends_with("]]") || line.starts_with('[') && !line.ends_with(']') {
        return told("brackets that are not closed", "close the brackets: `[name]`, or `[[name]]` for one of several");
    }
    if line.contains(['“', '”', '„', '‘', '’']) && !line.contains('"') {
        return told("curly quotation marks around a text", "use straight quotation marks: \"…\"");
    }
    let Some((key, value)) = line.split_once('=') else { return without_value(line, message) };
    in_value(key.trim(), value.trim(), message)
}

fn without_value(line: &str, message: &str) -> (String, String) {
    match line.split_once(':').filter(|(key, _)| bare(key)) {
        Some((key, value)) => {
            let hint = format!("write `{} = \"{}\"`", key.trim(), value.trim().trim_matches('"'));
            ("a colon where TOML has an equals sign".to_owned(), hint)
        }
        None if line.is_empty() || line.starts_with(['[', '"', '\'', ']', '}']) => unknown(message),
        None => {
            let hint = "write `key = \"value\"`, or put `#` before the line if it is a note";
            ("a line that is no key and value".to_owned(), hint.to_owned())
        }
    }
}

fn in_value(key: &str, value: &str, message: &str) -> (String, String) {
    let told = |cause: &str, hint: String| (cause.to_owned(), hint);
    if !bare(key) && !key.starts_with(['"', '\'']) {
        return told("a key with signs that need quotation marks", format!("write `\"{key}\" = …`"));
    }
    if value.is_empty() {
        return told("a key without a value", format!("write a value behind `{key} =`, or delete the line"));
    }
    if value.starts_with('"') && message.contains("escape") {
        return told("a backslash in a text", "write `/` instead of `\\` in a path, and `\\\\` elsewhere".to_owned());
    }
    if value.starts_with('"') && value.matches('"').count() == 1 {
        return told("a quotation mark is not closed", "close the quotation marks at the end of the text".to_owned());
    }
    if value.starts_with('"') && value.matches('"').count() > 2 {
        let hint = "write `\\\"` for a quotation mark within a text, or use “ and ”";
        return told("a quotation mark within a text", hint.to_owned());
    }
    let dated = value.starts_with(|c: char| c.is_ascii_digit()) && value.matches(['.', '-', '/']).count() >= 2;
    if dated {
        let known = message.split_once("expected ").map(|(_, wanted)| wanted).filter(|w| w.starts_with("day between"));
        let cause = known.map_or("a date in a form that TOML does not know".to_owned(), |wanted| {
            format!("there is no such day: expected a {wanted}")
        });
        return (cause, "write a date as `2026-11-05`".to_owned());
    }
    if value.starts_with(|c: char| c.is_alphabetic() || !c.is_ascii() || "/.#@<(".contains(c)) {
        let hint = format!("write `{key} = \"{}\"`", value.trim_matches('"'));
        return told("a text without quotation marks", hint);
    }
    unknown(message)
}

fn unknown(message: &str) -> (String, String) {
    let cause = format!("this is not valid TOML: {}", message.trim_end_matches('.'));
    (cause, "compare the line with the examples in the manual, signs included".to_owned())
}

fn bare(key: &str) -> bool {
    let key = key.trim();
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}
