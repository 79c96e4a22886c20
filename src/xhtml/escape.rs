//! Text made fit for XML 1.0.

/// Text between tags.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    add_text(&mut out, raw);
    out
}

/// The value of an attribute in double quotation marks.
pub fn attribute(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // A parser would turn these into spaces.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c => add_char(&mut out, c),
        }
    }
    out
}

/// An address fit for `href` and `src`: what an address cannot hold is percent-encoded, escapes in it stay.
pub fn address(raw: &str) -> String {
    const KEPT: &str = "-_.!~*'();/?:@&=+$,#%";
    let mut out = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || KEPT.contains(char::from(byte)) && byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    attribute(&out)
}

/// Adds text between tags.
pub(super) fn add_text(out: &mut String, raw: &str) {
    raw.chars().for_each(|c| add_char(out, c));
}

pub(super) fn add_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        // XML 1.0, production 2 (Char), and a carriage return, which a parser would make a line end.
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_reserves_is_escaped_and_what_it_forbids_is_dropped() {
        assert_eq!(text("a < b && \"c\" ]]>\u{0}\u{1F}\u{FFFE}\r\n"), "a &lt; b &amp;&amp; \"c\" ]]&gt;\n");
        assert_eq!(address("/my uri?a=ü&b=%20[x]#\"q\""), "/my%20uri?a=%C3%BC&amp;b=%20%5Bx%5D#%22q%22");
        assert_eq!(attribute("\"a\"\n'b'"), "&quot;a&quot;&#10;'b'");
    }
}
