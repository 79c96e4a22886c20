//! Licences as credits name them, with SPDX identifier and address.
//!
//! An identifier is given only where it is sure: "CC BY" without a version has none.

use super::Licence;
use std::ops::Range;

struct Token {
    range: Range<usize>,
    lower: String,
}

/// The first licence in a text, and where it stands.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Licence)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|i| {
        let run = &tokens[i..i + joined(text, &tokens[i..])];
        let (length, spdx, url) = at(run)?;
        let range = run[0].range.start..run[length - 1].range.end;
        Some((range.clone(), Licence { name: text[range].to_owned(), spdx, url }))
    })
}

/// The licence that a link leads to.
pub(super) fn of_link(link: &str) -> Option<Licence> {
    let rest = link.split_once("//")?.1;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("creativecommons.org/")?;
    let parts: Vec<&str> = rest.trim_end_matches('/').split('/').collect();
    let words = match parts.as_slice() {
        ["publicdomain", "zero", version, ..] => format!("CC0 {version}"),
        ["publicdomain", "mark", version, ..] => format!("Public Domain Mark {version}"),
        ["licenses", kind, version, port, ..] if port.len() <= 3 => {
            format!("CC {} {version} {port}", kind.to_uppercase())
        }
        ["licenses", kind, version, ..] => format!("CC {} {version}", kind.to_uppercase()),
        _ => return None,
    };
    find(&words).map(|(_, licence)| licence)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut list: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (c == '.' && text[at + 1..].starts_with(|n: char| n.is_ascii_digit()));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                list.push(Token { range: from..at, lower: text[from..at].to_lowercase() });
                start = None;
            }
            _ => {}
        }
    }
    list
}

/// How many tokens from the first on are held together by nothing but spaces and hyphens.
fn joined(text: &str, tokens: &[Token]) -> usize {
    let together = |pair: &[Token]| {
        let between = &text[pair[0].range.end..pair[1].range.start];
        // "cc-by-sa/2.0"
        let version = between == "/" && pair[1].lower.starts_with(|c: char| c.is_ascii_digit());
        version || between.chars().all(|c| c.is_whitespace() || "-‐‑–".contains(c))
    };
    1 + tokens.windows(2).take_while(|pair| together(pair)).count()
}

type Found = (usize, Option<String>, Option<String>);

fn at(run: &[Token]) -> Option<Found> {
    let word = |i: usize| run.get(i).map_or("", |t| t.lower.as_str());
    match (word(0), word(1), word(2)) {
        ("cc0", ..) => Some(zero(run, 1)),
        ("cc", "0" | "zero", _) => Some(zero(run, 2)),
        ("creative", "commons", "zero" | "0" | "cc0") => Some(zero(run, 3)),
        ("cc" | "creative", "pdm" | "commons", _) if word(1) == "pdm" || (word(2), word(3)) == ("public", "domain") => {
            Some(mark(run, if word(1) == "pdm" { 2 } else { 4 }))
        }
        // The long name without the organisation's, if a version makes it sure.
        ("attribution", ..) => commons(run, 0).filter(|(_, spdx, _)| spdx.is_some()),
        ("cc", ..) => commons(run, 1),
        ("creative", "commons", _) if is_licence(word(2)) => Some((3, None, None)),
        ("creative", "commons", _) => commons(run, 2),
        ("public", "domain", "mark") => Some(mark(run, 3)),
        ("public", "domain", _) | ("domaine", "public", _) | ("dominio", "público" | "publico", _) => {
            Some((2, None, None))
        }
        ("pubblico", "dominio", _) | ("domínio", "público", _) => Some((2, None, None)),
        ("publiek", "domein", _) | ("domena", "publiczna", _) => Some((2, None, None)),
        ("gemeinfrei", ..) => Some((1, None, None)),
        ("ogl", ..) => Some(government(run, 1)),
        ("open", "government", "licence" | "license") => Some(government(run, 3)),
        ("gfdl", ..) => Some(documentation(run)),
        (name, second, _) if is_licence(second) => service(name, second),
        (name, "content", third) if is_licence(third) => service(name, "content"),
        _ => None,
    }
}

/// "Licence" in the languages of credits.
fn is_licence(word: &str) -> bool {
    ["licence", "license", "lizenz", "licencia", "licenza", "licentie", "licença", "licencja", "licens"].contains(&word)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn is_version(run: &[Token], i: usize) -> Option<&str> {
    let word = run.get(i)?.lower.as_str();
    let word = word.strip_prefix('v').unwrap_or(word);
    (word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit())).then_some(word)
}

/// Skips words that follow a version and change nothing.
fn tail(run: &[Token], mut i: usize) -> usize {
    const WORDS: &[&str] =
        &["international", "unported", "generic", "universal", "deed", "licence", "license", "lizenz"];
    while run.get(i).is_some_and(|t| WORDS.contains(&t.lower.as_str())) {
        i += 1;
    }
    i
}

fn zero(run: &[Token], mut i: usize) -> Found {
    i += usize::from(is_version(run, i).is_some());
    (tail(run, i), some("CC0-1.0"), some("https://creativecommons.org/publicdomain/zero/1.0/"))
}

fn mark(run: &[Token], mut i: usize) -> Found {
    i += usize::from(run.get(i).is_some_and(|t| t.lower == "mark"));
    i += usize::from(is_version(run, i).is_some());
    (tail(run, i), some("CC-PDM-1.0"), some("https://creativecommons.org/publicdomain/mark/1.0/"))
}

fn government(run: &[Token], i: usize) -> Found {
    let Some(version @ ("1" | "1.0" | "2" | "2.0" | "3" | "3.0")) = is_version(run, i) else { return (i, None, None) };
    let major = &version[..1];
    let url = format!("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{major}/");
    (i + 1, Some(format!("OGL-UK-{major}.0")), Some(url))
}

fn documentation(run: &[Token]) -> Found {
    match is_version(run, 1) {
        Some(version @ ("1.1" | "1.2" | "1.3")) => {
            let url = format!("https://www.gnu.org/licenses/old-licenses/fdl-{version}.html");
            let newest = || some("https://www.gnu.org/licenses/fdl-1.3.html");
            (2, Some(format!("GFDL-{version}-or-later")), if version == "1.3" { newest() } else { Some(url) })
        }
        _ => (1, None, None),
    }
}

fn service(name: &str, second: &str) -> Option<Found> {
    let url = match name {
        "unsplash" => "https://unsplash.com/license",
        "pexels" => "https://www.pexels.com/license/",
        "pixabay" => "https://pixabay.com/service/license-summary/",
        _ => return None,
    };
    Some((if second == "content" { 3 } else { 2 }, None, some(url)))
}

/// The Creative Commons licences from "BY" on.
fn commons(run: &[Token], mut i: usize) -> Option<Found> {
    let start = i;
    let (mut share, mut noncommercial, mut noderivatives) = (false, false, false);
    if !matches!(
        run.get(i)?.lower.as_str(),
        "by" | "attribution" | "namensnennung" | "atribución" | "attribuzione" | "naamsvermelding"
    ) {
        return None;
    }
    i += 1;
    while let Some(token) = run.get(i) {
        let next = run.get(i + 1).map_or("", |t| t.lower.as_str());
        i += match (token.lower.as_str(), next) {
            ("share", "alike") => {
                share = true;
                2
            }
            ("sa" | "sharealike", _) => {
                share = true;
                1
            }
            ("non", "commercial") => {
                noncommercial = true;
                2
            }
            ("nc" | "noncommercial", _) => {
                noncommercial = true;
                1
            }
            ("no", "derivs" | "derivatives") => {
                noderivatives = true;
                2
            }
            ("nd" | "noderivs" | "noderivatives", _) => {
                noderivatives = true;
                1
            }
            _ => break,
        };
    }
    debug_assert!(i > start);
    let parts = [(noncommercial, "nc"), (share, "sa"), (noderivatives, "nd")];
    let kind = parts.iter().filter(|(on, _)| *on).fold("by".to_owned(), |kind, (_, part)| format!("{kind}-{part}"));
    let Some(version) = is_version(run, i).map(str::to_owned) else { return Some((tail(run, i), None, None)) };
    let version = if version.contains('.') { version } else { format!("{version}.0") };
    let end = tail(run, i + 1);
    let valid = ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version.as_str()) && !(share && noderivatives);
    if !valid {
        return Some((end, None, None));
    }
    let spdx = format!("CC-{}-{version}", kind.to_uppercase());
    // The address of the first version has its parts in another order.
    let place = if kind == "by-nc-nd" && version == "1.0" { "by-nd-nc" } else { kind.as_str() };
    let url = format!("https://creativecommons.org/licenses/{place}/{version}/");
    Some(match run.get(end).map(|t| t.lower.as_str()).filter(|p| PORTS.contains(p) && version != "4.0") {
        Some(port) => {
            let ported = format!("{spdx}-{}", port.to_uppercase());
            (tail(run, end + 1), PORTED.contains(&ported.as_str()).then_some(ported), Some(format!("{url}{port}/")))
        }
        None => (end, Some(spdx), Some(url)),
    })
}

const PORTS: &[&str] = &["at", "au", "de", "es", "fr", "igo", "it", "jp", "nl", "pl", "uk", "us"];

/// The national versions that SPDX lists.
#[rustfmt::skip]
const PORTED: &[&str] = &[
    "CC-BY-2.5-AU", "CC-BY-3.0-AT", "CC-BY-3.0-AU", "CC-BY-3.0-DE", "CC-BY-3.0-IGO", "CC-BY-3.0-NL", "CC-BY-3.0-US",
    "CC-BY-NC-3.0-DE", "CC-BY-NC-ND-3.0-DE", "CC-BY-NC-ND-3.0-IGO", "CC-BY-NC-SA-2.0-DE", "CC-BY-NC-SA-2.0-FR",
    "CC-BY-NC-SA-2.0-UK", "CC-BY-NC-SA-3.0-DE", "CC-BY-NC-SA-3.0-IGO", "CC-BY-ND-3.0-DE", "CC-BY-SA-2.0-UK",
    "CC-BY-SA-3.0-AT", "CC-BY-SA-3.0-DE", "CC-BY-SA-3.0-IGO",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_by_their_many_names() {
        let cases = [
            ("CC BY 4.0", "CC BY 4.0", "CC-BY-4.0", "licenses/by/4.0/"),
            ("A. Name, CC BY-SA 4.0, via X", "CC BY-SA 4.0", "CC-BY-SA-4.0", "licenses/by-sa/4.0/"),
            ("CC-BY-NC-ND-2.0", "CC-BY-NC-ND-2.0", "CC-BY-NC-ND-2.0", "licenses/by-nc-nd/2.0/"),
            ("CC BY-ND 3.0", "CC BY-ND 3.0", "CC-BY-ND-3.0", "licenses/by-nd/3.0/"),
            ("CC BY SA 3.0 DE", "CC BY SA 3.0 DE", "CC-BY-SA-3.0-DE", "licenses/by-sa/3.0/de/"),
            ("CC0", "CC0", "CC0-1.0", "publicdomain/zero/1.0/"),
            ("CC0 1.0 Universal", "CC0 1.0 Universal", "CC0-1.0", "publicdomain/zero/1.0/"),
            ("Public Domain Mark 1.0", "Public Domain Mark 1.0", "CC-PDM-1.0", "publicdomain/mark/1.0/"),
            (
                "Creative Commons Attribution-ShareAlike 4.0 International",
                "Creative Commons Attribution-ShareAlike 4.0 International",
                "CC-BY-SA-4.0",
                "licenses/by-sa/4.0/",
            ),
            ("(CC BY 2.0)", "CC BY 2.0", "CC-BY-2.0", "licenses/by/2.0/"),
        ];
        for (text, name, spdx, url) in cases {
            let licence = find(text).unwrap_or_else(|| panic!("{text}")).1;
            assert_eq!(licence.name, name);
            assert_eq!(licence.spdx.as_deref(), Some(spdx), "{text}");
            assert_eq!(licence.url, Some(format!("https://creativecommons.org/{url}")), "{text}");
        }
    }

    #[test]
    fn an_identifier_is_given_only_where_it_is_sure() {
        for text in ["CC BY", "CC BY-SA 9.9", "Public domain", "gemeinfrei", "GFDL", "CC BY-SA-ND 4.0"] {
            assert_eq!(find(text).unwrap_or_else(|| panic!("{text}")).1.spdx, None, "{text}");
        }
        for text in ["accession", "cc: the editor", "in public, domain names", "Creative Commons", "by and by"] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_link_can_say_the_licence() {
        let spdx = |link| of_link(link).and_then(|l| l.spdx);
        assert_eq!(spdx("https://creativecommons.org/licenses/by-sa/4.0/").as_deref(), Some("CC-BY-SA-4.0"));
        assert_eq!(spdx("https://creativecommons.org/licenses/by/3.0/de/deed.de").as_deref(), Some("CC-BY-3.0-DE"));
        assert_eq!(spdx("https://creativecommons.org/licenses/by/4.0/deed.en").as_deref(), Some("CC-BY-4.0"));
        assert_eq!(spdx("http://creativecommons.org/publicdomain/zero/1.0/").as_deref(), Some("CC0-1.0"));
        assert_eq!(of_link("https://a.example/licenses/by/4.0/"), None);
    }
}
