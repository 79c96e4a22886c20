//! The frame of a content document.
//!
//! Every document says its language and direction, and links the one style sheet.

use crate::xhtml::frame::language;
use crate::xhtml::text;

/// A content document: its language, title, the body's class, and the body's content.
pub(super) fn document(lang: &str, title: &str, class: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{lang}>
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body class="{class}">
{body}</body>
</html>
"#,
        lang = language(lang),
        title = text(title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_its_language_and_parses() {
        let document = document("ar", "عدد & آخر", "article", "<p>…</p>\n");
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let parsed = roxmltree::Document::parse_with_options(&document, options).expect("well-formed");
        assert_eq!(parsed.root_element().attribute("dir"), Some("rtl"));
        assert_eq!(parsed.root_element().attribute("lang"), Some("ar"));
    }
}
