//! The sheet that goes to the print shop with the file: what it is, so that nobody has to ask.

use super::preflight::Verdict;
use super::shop::{Binding, Cover, Shop};
use crate::issue::Issue;
use crate::manifest::Mm;
use crate::report::Severity;
use std::fmt::Write;

/// A file that is handed over.
#[derive(Debug, Clone)]
pub struct Handed {
    /// Its name.
    pub name: String,
    /// What it holds: "all pages", "the cover".
    pub what: String,
    /// How long it is in bytes.
    pub length: usize,
    /// SHA-256 as hexadecimal.
    pub digest: String,
}

/// The sheet as plain text of at most 78 letters a line: it fits an e-mail and a page.
pub fn sheet(issue: &Issue, shop: &Shop, extent: usize, files: &[Handed], verdict: &Verdict) -> String {
    let mut out = String::new();
    let publication = &issue.publication;
    let head = if issue.draft { "DRAFT, not to be printed" } else { "To the print shop" };
    let title = format!("{head}: {}, {}", publication.title.value, issue.name);
    let _ = writeln!(out, "{title}\n{}\n", "=".repeat(title.chars().count()));
    let mut row = |name: &str, value: &str| {
        for (number, line) in wrapped(value, 58).into_iter().enumerate() {
            let _ = writeln!(out, "{:<18}  {line}", if number == 0 { name } else { "" });
        }
    };
    let (width, height) = (issue.trim.width.0, issue.trim.height.0);
    row("Issue", &format!("no. {} of {}", issue.number, issue.date));
    row("Standard", shop.standard.name());
    row("Output condition", &format!("{} ({})", shop.condition.identifier, shop.condition.info));
    row("ICC profile", &format!("{}, embedded as the output intent", shop.condition.profile_name));
    row("Trim", &format!("{width} x {height} mm"));
    let bleed = if shop.bleed.0 > 0.0 { format!("{} mm on every side", shop.bleed.0) } else { "none".to_owned() };
    row("Bleed", &bleed);
    row("Pages", &pages(shop, extent));
    row("Binding", &binding(shop, extent));
    row("Inks", &inks(verdict));
    row("Ink limit", &format!("{} %", shop.ink_limit));
    let pictures = if shop.keep_rgb && shop.standard.allows_icc() { "ICC-based sRGB" } else { "CMYK" };
    row("Pictures", &format!("{pictures}, 300 ppi where the originals hold as much"));
    row("Black text", "the black ink alone, overprinting");
    row("Fonts", "all embedded, as subsets");
    row("Marks", &marks(shop));
    row("Preflight", &judged(verdict));
    for file in files {
        row("File", &format!("{} ({}, {} bytes)", file.name, file.what, file.length));
        row("  SHA-256", &file.digest);
    }
    let house = &publication.publisher;
    let text = |t: &Option<crate::report::Spanned<String>>| t.as_ref().map(|t| t.value.clone());
    let contact: Vec<String> =
        [text(&house.name), text(&house.email), text(&house.phone)].into_iter().flatten().collect();
    if !contact.is_empty() {
        row("Questions to", &contact.join(", "));
    }
    out
}

fn pages(shop: &Shop, extent: usize) -> String {
    let as_what = if shop.spreads { "facing pages side by side" } else { "single pages in reading order" };
    let cover = match shop.cover {
        Cover::WithPages => "the cover included",
        Cover::Separate => "the cover's four in a file of their own",
        Cover::WrapAround => "the cover in a file of its own, back, spine and front as one",
    };
    format!("{extent}, {as_what}, {cover}")
}

fn binding(shop: &Shop, extent: usize) -> String {
    match (shop.binding, shop.spine(extent.saturating_sub(4))) {
        (Binding::Saddle, _) => "saddle stitch".to_owned(),
        (Binding::Perfect, Some(Mm(spine))) => {
            let mm = |thick: Option<Mm>| thick.map_or(0.0, |t| t.0);
            let leaves = extent.saturating_sub(4).div_ceil(2);
            format!(
                "perfect, spine {spine:.1} mm ({leaves} leaves of {} mm, two covers of {} mm)",
                mm(shop.leaf),
                mm(shop.board)
            )
        }
        (Binding::Perfect, None) => {
            "perfect; the spine depends on the paper, which the profile does not say".to_owned()
        }
    }
}

fn inks(verdict: &Verdict) -> String {
    let spots = match verdict.spots.is_empty() {
        true => String::new(),
        false => format!(", and {}", verdict.spots.join(", ")),
    };
    format!("cyan, magenta, yellow, black{spots}")
}

fn marks(shop: &Shop) -> String {
    let all = [
        (shop.marks.crop, "crop"),
        (shop.marks.registration, "registration"),
        (shop.marks.fold, "fold"),
        (shop.marks.bars, "colour bars"),
        (shop.marks.slug, "slug line"),
    ];
    let list: Vec<&str> = all.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}

fn judged(verdict: &Verdict) -> String {
    let count = |severity| verdict.faults.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let found = match (errors, warnings) {
        (0, 0) => "no fault".to_owned(),
        _ => format!("{errors} errors, {warnings} warnings; see the report"),
    };
    match verdict.unchecked.is_empty() {
        true => found,
        false => format!("{found}; not checked: {}", verdict.unchecked.join("; ")),
    }
}

/// A text in lines of at most so many letters, a longer word alone.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_as_long_as_they_may_be() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("muchtoolong a", 4), ["muchtoolong", "a"]);
        assert!(wrapped("", 4).is_empty());
    }
}
