//! Whether single values make sense: ISSN, links, e-mail addresses, ids, language tags.

use crate::report::{Code, Finding, Report, Span, Spanned};
use crate::words::tag_problem;

/// Checks an ISSN and gives it back as `NNNN-NNNC` (ISO 3297: the last character is a check digit, 10 is `X`).
pub(crate) fn issn(written: Spanned<String>, report: &mut Report) -> Option<Spanned<String>> {
    let digits: Vec<u32> = written
        .chars()
        .filter(|c| !matches!(c, '-' | '–' | ' '))
        .map(|c| if matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()
        .unwrap_or_default();
    let well_formed = digits.len() == 8 && digits[..7].iter().all(|d| *d < 10);
    if !well_formed {
        let message = format!("`{}` is not an ISSN", written.value);
        report.push(
            Finding::new(Code::MANIFEST_ISSN, written.span, message)
                .hint("write eight digits such as `2049-3630`, or delete the line if you have none yet"),
        );
        return None;
    }
    let sum: u32 = digits[..7].iter().zip((2..=8).rev()).map(|(d, weight)| d * weight).sum();
    let right = (11 - sum % 11) % 11;
    if digits[7] != right {
        let right = if right == 10 { "X".to_owned() } else { right.to_string() };
        let message = format!("the ISSN `{}` has a wrong check digit: it would be `{right}`", written.value);
        report.push(
            Finding::new(Code::MANIFEST_ISSN, written.span, message)
                .hint("compare it with the letter of the ISSN centre: one of the digits is mistyped"),
        );
        return None;
    }
    let character = |d: &u32| char::from_digit(*d, 10).unwrap_or('X');
    let text: String =
        digits[..4].iter().map(character).chain(['-']).chain(digits[4..].iter().map(character)).collect();
    Some(Spanned::new(text, written.span))
}

/// The least that can be asked of an e-book's size: fonts and text alone take about so much.
const LEAST_SIZE: u64 = 500_000;

/// A size in bytes, as shops and mail services state theirs: `20 MB` is 20,000,000 bytes.
pub(crate) fn size(written: &Spanned<String>, report: &mut Report) -> Option<Spanned<u64>> {
    let text = written.value.replace([' ', '\u{A0}', '\u{202F}'], "").to_uppercase().replace(',', ".");
    let split = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let unit = match &text[split..] {
        "KB" | "K" => Some(1e3),
        "MB" | "M" => Some(1e6),
        "GB" | "G" => Some(1e9),
        _ => None,
    };
    let bytes = unit.and_then(|u| Some(text[..split].parse::<f64>().ok()? * u)).filter(|b| b.is_finite() && *b > 0.0);
    let problem = match bytes {
        None => "is no size",
        Some(bytes) if bytes < LEAST_SIZE as f64 => "is less than text and fonts take",
        Some(bytes) => return Some(Spanned::new(bytes as u64, written.span)),
    };
    let message = format!("`{}` {problem}", written.value);
    report.push(Finding::new(Code::MANIFEST_BAD_VALUE, written.span, message).hint("write it as `20 MB`"));
    None
}

/// Checks a link that readers are sent to: `http`, `https` or `mailto`, and an address that can be one.
///
/// Gives the link back if it can be used.
pub fn web_link(link: Spanned<String>, report: &mut Report) -> Option<Spanned<String>> {
    let text = link.value.as_str();
    let scheme = text.split_once(':').map(|(s, _)| s.to_ascii_lowercase()).filter(|s| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c))
    });
    let problem = match scheme.as_deref() {
        Some("http" | "https") => web_problem(text),
        Some("mailto") => {
            let address = text[7..].split('?').next().unwrap_or_default();
            (!is_email(address)).then(|| "write it as `mailto:name@example.org`".to_owned())
        }
        Some(other) => {
            let finding =
                Finding::new(Code::LINK_SCHEME, link.span, format!("a link to `{other}:` cannot be opened by readers"));
            report.push(finding.hint("link to a web address (`https://…`) or to an e-mail address (`mailto:…`)"));
            return None;
        }
        None if is_email(text) => Some(format!("write `mailto:{text}`")),
        None => Some(format!("write the whole address: `https://{}`", text.trim_start_matches('/'))),
    };
    match problem {
        None => Some(link),
        Some(hint) => {
            let message = format!("`{text}` is no web address");
            report.push(Finding::new(Code::LINK_MALFORMED, link.span, message).hint(hint));
            None
        }
    }
}

/// What a malformed `http(s)` address wants.
fn web_problem(text: &str) -> Option<String> {
    let rest = text.split_once(':').map_or("", |(_, rest)| rest);
    let Some(rest) = rest.strip_prefix("//") else {
        return Some("write two slashes behind the colon: `https://…`".to_owned());
    };
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c)) {
        return Some("take out spaces and signs such as `<`, `>` and `|`, or write them as `%20` and so on".to_owned());
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let (name, port) = host.split_once(':').unwrap_or((host, "1"));
    let named = name.split('.').count() > 1 && name.split('.').all(|part| !part.is_empty());
    let good = named && port.parse::<u16>().is_ok() && !name.starts_with('-');
    (!good).then(|| "check the name behind `//`: it looks like `www.example.org`".to_owned())
}

/// Whether a text can be an e-mail address.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let clean = !text.contains(|c: char| c.is_whitespace() || "<>(),;:\"/\\".contains(c)) && !host.contains('@');
    clean && !name.is_empty() && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
}

/// Checks an id: it becomes part of file names and addresses.
pub(crate) fn id(id: &Spanned<String>, report: &mut Report) {
    if is_plain_name(id) {
        return;
    }
    let better: String = id.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let better = better.split('-').filter(|p| !p.is_empty()).collect::<Vec<_>>().join("-");
    let finding = Finding::new(Code::MANIFEST_BAD_VALUE, id.span, format!("`{}` cannot be an id", id.value));
    report.push(match better.is_empty() {
        true => finding.hint("use letters from a to z, digits and hyphens"),
        false => finding.hint(format!("use letters from a to z, digits and hyphens: `{better}`")),
    });
}

/// Whether a name works in file names and web addresses everywhere.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let first = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    first && name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Checks a language tag.
pub fn language(tag: &Spanned<String>, report: &mut Report) {
    if let Some(hint) = tag_problem(tag) {
        let message = format!("`{}` is not a language tag", tag.value);
        report.push(Finding::new(Code::ACCESS_LANGUAGE, tag.span, message).hint(hint));
    }
}

/// Reports the second of two things with one id; `what` is what they are ("advert").
pub(crate) fn duplicates<'a>(what: &str, ids: impl Iterator<Item = &'a Spanned<String>>, report: &mut Report) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for id in ids {
        match seen.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)) {
            Some((_, first)) => {
                let message = format!("a second {what} with the id `{}`", id.value);
                report.push(
                    Finding::new(Code::MANIFEST_DUPLICATE_ID, id.span, message)
                        .other(*first, "first used here")
                        .hint("give one of the two another id"),
                );
            }
            None => seen.push((&id.value, id.span)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Files;

    fn spanned(text: &str) -> Spanned<String> {
        let file = Files::default().add("masthead.toml", None);
        Spanned::new(text.to_owned(), Span::whole(file))
    }

    fn codes(check: impl FnOnce(&mut Report)) -> Vec<&'static str> {
        let mut report = Report::new();
        check(&mut report);
        report.findings().iter().map(|f| f.code.name()).collect()
    }

    #[test]
    fn the_check_digit_of_an_issn_is_checked() {
        for (written, right) in [("2049-3630", "2049-3630"), ("20493630", "2049-3630"), ("2434-561x", "2434-561X")] {
            let mut report = Report::new();
            assert_eq!(issn(spanned(written), &mut report).map(|i| i.value).as_deref(), Some(right));
            assert!(report.findings().is_empty());
        }
        for wrong in ["2049-3631", "2049-363", "ISSN", "2049-36301", "204X-3630", ""] {
            assert_eq!(codes(|r| drop(issn(spanned(wrong), r))), ["manifest/issn"], "{wrong}");
        }
    }

    #[test]
    fn links_lead_to_the_web_or_to_an_address() {
        for good in [
            "https://northbank.example",
            "http://a.example:8080/x?y=1#z",
            "HTTPS://A.EXAMPLE/",
            "mailto:desk@a.example?subject=Hello",
            "https://münchen.example/straße",
        ] {
            assert!(codes(|r| drop(web_link(spanned(good), r))).is_empty(), "{good}");
        }
        for bad in [
            "northbank.example",
            "https:/a.example",
            "https://",
            "https://a b.example",
            "https://nowhere",
            "mailto:x",
            "desk@a.example",
            "https://a..example",
        ] {
            assert_eq!(codes(|r| drop(web_link(spanned(bad), r))), ["link/malformed"], "{bad}");
        }
        for bad in ["javascript:alert(1)", "ftp://a.example", "file:///etc/passwd", "data:text/html,x"] {
            assert_eq!(codes(|r| drop(web_link(spanned(bad), r))), ["link/scheme"], "{bad}");
        }
    }

    #[test]
    fn ids_are_plain_names_and_used_once() {
        assert!(codes(|r| id(&spanned("northbank-2"), r)).is_empty());
        for bad in ["north bank", "é", "-x", ".x", "a/b"] {
            assert_eq!(codes(|r| id(&spanned(bad), r)), ["manifest/bad-value"], "{bad}");
        }
        let ids = [spanned("a"), spanned("b"), spanned("A")];
        assert_eq!(codes(|r| duplicates("advert", ids.iter(), r)), ["manifest/duplicate-id"]);
    }

    #[test]
    fn e_mail_addresses_have_a_name_and_a_host() {
        assert!(is_email("desk@commonground.example"));
        for bad in ["desk", "desk@", "@a.example", "a b@c.example", "a@b@c.example", "a@localhost"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
