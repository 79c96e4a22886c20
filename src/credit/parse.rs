//! A line of text read as a credit, or found to be none.
//!
//! A caption must never be taken for a credit: in doubt a line is none, and the editor says `credit:`. Nor is anybody
//! named as a picture's maker in doubt: what is not understood keeps its words.

use super::Credit;
use super::labels::{
    BESIDE, BY, BY_OR_OF, COURTESY, LICENSED, MADE_BY, NOBODY, OWN, PLACES, SOURCE, STRONG, WEAK, WRITERS,
};
use super::limits::taken_off;
use super::names::{is_name, is_person, segments};
use super::plain::plain;
use super::reading::{Reading, after, before, known, lower, unlicensed};
use super::sources::{SourceKind, at_address};
use super::{Source, licence};

/// The longest line that is looked at, in characters.
const LONGEST: usize = 400;

/// Reads a line as a credit; `None` if it is not clearly one.
pub fn parse(wording: &str) -> Option<Credit> {
    let (words, links) = plain(wording);
    if words.is_empty() || words.chars().count() > LONGEST {
        return None;
    }
    let (limits, rest) = taken_off(&words);
    let mut found = labelled(strip_frame(&rest))?;
    (found.credit.links, found.credit.limits) = (links, limits);
    Some(finish(found.credit, words))
}

/// Reads the text of an explicit `credit` field: any text is a credit, and what can be told of it is.
pub fn from_field(wording: &str) -> Credit {
    if let Some(credit) = parse(wording) {
        return credit;
    }
    let (words, links) = plain(wording);
    let (limits, rest) = taken_off(&words);
    let mut credit = unlabelled(strip_frame(&rest)).credit;
    (credit.links, credit.limits) = (links, limits);
    finish(credit, words)
}

/// Whether a credit names nobody: "Photo: internet", "stock", "unknown".
pub fn is_vague(credit: &Credit) -> bool {
    let nobody = |name: &str| NOBODY.contains(&lower(name).as_str());
    let maker = credit.creators.iter().any(|c| !nobody(c));
    let source = credit.source.as_deref().filter(|s| !nobody(s));
    // A picture service alone says where it was found; with a licence the picture can be traced and used.
    let enough = source.is_some_and(|s| credit.licence.is_some() || !known(s).is_some_and(only_shows));
    !maker && !enough && !is_unread(credit)
}

/// Whether the source shows pictures that others made.
fn only_shows(source: &Source) -> bool {
    matches!(source.kind, SourceKind::PictureService | SourceKind::StockLibrary | SourceKind::Website)
}

/// Whether a credit says more than was understood: it may well name somebody.
fn is_unread(credit: &Credit) -> bool {
    let nothing = credit.creators.is_empty() && credit.source.is_none();
    let words = lower(&credit.wording);
    let licence = credit.licence.as_ref().map_or(0, |l| l.name.split_whitespace().count());
    let more = words.split_whitespace().count().saturating_sub(licence) > 3;
    nothing && more && !NOBODY.iter().any(|n| before(&words, n).is_some())
}

fn finish(mut credit: Credit, words: String) -> Credit {
    let linked = credit.links.iter().find_map(|l| licence::of_link(l));
    match (&mut credit.licence, linked) {
        (Some(named), Some(linked)) if named.spdx.is_none() => {
            (named.spdx, named.url) = (linked.spdx, linked.url);
        }
        (none @ None, linked) => *none = linked,
        _ => {}
    }
    if credit.source.is_none() {
        credit.source = credit.links.iter().find_map(|l| at_address(l)).map(|s| s.name.to_owned());
    }
    credit.wording = words;
    credit
}

/// Takes off parentheses around the line and a full stop that ends no initial.
fn strip_frame(line: &str) -> &str {
    let line = line.trim();
    let inner = line.strip_prefix(['(', '[']).and_then(|l| l.strip_suffix([')', ']']));
    let line = inner.filter(|i| !i.contains(['(', ')', '[', ']'])).unwrap_or(line).trim();
    let word = line.rsplit([' ', '/']).next().unwrap_or(line);
    let initial = word.trim_end_matches('.').chars().count() <= 2;
    if initial { line } else { line.strip_suffix('.').unwrap_or(line) }
}

/// The readings in order of certainty.
fn labelled(line: &str) -> Option<Reading> {
    writers(line)
        .or_else(|| colon(line))
        .or_else(|| courtesy(line))
        .or_else(|| copyright(line))
        .or_else(|| commons(line))
        .or_else(|| titled(line))
        .or_else(|| by(line))
        .or_else(|| licensed(line))
        .or_else(|| sourced(line))
}

/// The text of a field that is not clearly a credit on its own.
fn unlabelled(line: &str) -> Reading {
    let (rest, labelled) = label(line).map_or((line, false), |(rest, _)| (rest, true));
    let named = after(rest, BY).filter(|_| labelled).or_else(|| after(rest, BY_OR_OF).filter(|_| labelled));
    let mut reading = Reading::of(named.unwrap_or(rest), !labelled && !begins_by(line));
    let people = reading.credit.creators.iter().all(|c| is_person(c));
    // "Photo of the weir" names the weir.
    if reading.is_ambiguous() || ((labelled || begins_by(line)) && !(reading.clean && people)) {
        reading.credit.creators.clear();
    }
    reading
}

/// Whether a line begins with a word that leads to a name, as "By" does.
fn begins_by(line: &str) -> bool {
    [BY, BY_OR_OF, MADE_BY, COURTESY, LICENSED].iter().any(|list| after(line, list).is_some())
}

/// "Words: A. Name. Photos: B. Name".
fn writers(line: &str) -> Option<Reading> {
    let head = line.split([':', ' ']).next()?.to_lowercase();
    let places = line.match_indices([' ', '/', '|']).filter(|_| WRITERS.contains(&head.as_str()));
    places.into_iter().find_map(|(at, _)| {
        let before = line[..at].trim_end();
        let parted = before.contains(':') && before.ends_with(['.', ';', '/', '|', ',']);
        colon(line[at + 1..].trim_start()).filter(|_| parted)
    })
}

/// "Photo: …", "Fot. …", "Ph. …".
fn colon(line: &str) -> Option<Reading> {
    if let Some(rest) = after(line, &["fot.", "ph.", "phot.", "ill.", "abb."]) {
        let reading = Reading::of(rest, false);
        return reading.clean.then_some(reading);
    }
    let (label, rest) = line.split_once(':')?;
    let rest = rest.trim();
    let label = label.split('(').next()?.trim().to_lowercase();
    let is = |list: &[&str], w: &str| list.contains(&w);
    let parts: Vec<&str> = label.split([' ', '/', ',', '\u{A0}', '\u{202F}']).filter(|p| !p.is_empty()).collect();
    let strong = parts.iter().any(|p| is(STRONG, p));
    // "Titelfoto", "Luftbild"
    let joined = |p: &str| ["foto", "fotos", "bild", "bilder", "grafik"].iter().any(|end| p.ends_with(end));
    let weak = parts.iter().any(|p| is(WEAK, p) || joined(p));
    let all = parts.iter().all(|p| is(STRONG, p) || is(WEAK, p) || is(BESIDE, p) || joined(p));
    if rest.is_empty() || !all || parts.len() > 6 || !(strong || weak) {
        return None;
    }
    let marked = unmark(rest);
    let rest = after(marked, BY).unwrap_or(marked);
    let mut reading = Reading::of(after(rest, COURTESY).unwrap_or(rest), true);
    if parts.iter().any(|p| is(SOURCE, p)) {
        reading.bodies_are_sources();
    }
    if !strong {
        return reading.is_sure().then_some(reading);
    }
    // "Picture: how the weir looked before the flood" is a caption, and so is "Photo: Winter at the mill".
    let named = !rest.starts_with(char::is_lowercase)
        && (!reading.credit.creators.is_empty() || segments(rest).first().is_some_and(|first| is_name(first)));
    let placed = PLACES.contains(&lower(segments(rest).first().map_or("", |s| s)).as_str());
    let sure = reading.clean || reading.credit.licence.is_some() || (named && !placed);
    sure.then_some(reading)
}

/// Takes copyright marks and years off the front.
fn unmark(text: &str) -> &str {
    let mut rest = text.trim();
    for mark in ["copyright", "©", "(c)", "(C)", "&copy;", "℗", "copyright"] {
        let head = rest.get(..mark.len()).map(str::to_lowercase);
        if head.as_deref() == Some(mark) || rest.starts_with(mark) {
            rest = rest[mark.len()..].trim_start();
        }
    }
    if rest.len() == text.trim().len() {
        return rest;
    }
    let year = |w: &str| w.len() >= 4 && w.chars().all(|c| c.is_ascii_digit() || "-–,".contains(c));
    while let Some((_, tail)) = rest.split_once(' ').filter(|(w, _)| year(w)) {
        rest = tail.trim_start();
    }
    if let Some((head, _)) = rest.rsplit_once(' ').filter(|(_, w)| w.len() == 4 && year(w)) {
        rest = head.trim_end();
    }
    after(rest, &["by"]).unwrap_or(rest)
}

/// "Courtesy of …", also after a label.
fn courtesy(line: &str) -> Option<Reading> {
    let given = after(line, COURTESY).or_else(|| after(label(line)?.0, COURTESY))?;
    let reading = Reading::of(given, false);
    // "Courtesy and kindness"
    (reading.clean && !given.starts_with("and ")).then_some(reading)
}

/// "© A. Name", "Copyright A. Name", "A. Name / © Agency".
fn copyright(line: &str) -> Option<Reading> {
    let marked = unmark(line);
    let body = if marked.len() < line.len() { line } else { label(line).map_or(line, |(rest, _)| rest) };
    let marked = unmark(body);
    if marked.len() < body.len() && !marked.is_empty() {
        // The sign can mean nothing else; the word and "(c)" can.
        let sure = body.contains('©') && body.split_whitespace().count() <= 25;
        let reading = Reading::of(marked, sure);
        return (reading.clean || (sure && !marked.starts_with(char::is_lowercase))).then_some(reading);
    }
    let (head, tail) = body.split_once('©')?;
    let head = head.trim().trim_end_matches(['/', '-', '–', '|', ',']).trim();
    let first = Reading::of(head, false);
    let second = Reading::of(unmark(tail), false);
    (first.clean && second.clean).then(|| first.followed_by(second))
}

/// "By A. Name - Own work, CC BY-SA 4.0, https://commons.wikimedia.org/…": the attribution of Wikimedia Commons.
fn commons(line: &str) -> Option<Reading> {
    let sure = after(line, BY);
    let rest = sure.or_else(|| after(line, BY_OR_OF))?;
    let (range, _) = licence::find(rest)?;
    let dashes = [" - ", " – ", " — "];
    let (name, title) = dashes.iter().filter_map(|d| rest[..range.start].split_once(d)).min_by_key(|(n, _)| n.len())?;
    let own = lower(unlicensed(title));
    // "Van Dyke - Own work" names Van Dyke: there the first word is none of ours.
    let theirs = own != "own work" && OWN.contains(&own.as_str()) && !line.starts_with("Van ");
    let reading = Reading::of(&format!("{name}, {}", &rest[range.start..]), false);
    (reading.clean && (sure.is_some() || theirs) && !reading.is_ambiguous()).then_some(reading)
}

/// "“Title” by A. Name, CC BY 4.0".
fn titled(line: &str) -> Option<Reading> {
    let (_, close) = [('“', "”"), ('„', "“"), ('„', "”"), ('”', "”"), ('«', "»"), ('»', "«"), ('‘', "’"), ('"', "\"")]
        .into_iter()
        .find(|(open, close)| line.starts_with(*open) && line[open.len_utf8()..].contains(close))?;
    let open = line.chars().next().map_or(0, char::len_utf8);
    let (_, rest) = line[open..].split_once(close)?;
    let rest = rest.trim_start_matches(',').trim_start();
    let rest = after(rest, BY).or_else(|| after(rest, BY_OR_OF)).unwrap_or(rest);
    let reading = Reading::of(rest, false);
    let named = !reading.credit.creators.is_empty() && !reading.is_ambiguous();
    (reading.clean && reading.traceable() && named).then_some(reading)
}

/// A label at the start without a colon: the rest, and whether it is one of the strong ones.
fn label(line: &str) -> Option<(&str, bool)> {
    // "picture alliance" is an agency.
    if line.split(['/', '|', ',']).next().is_some_and(|first| known(first).is_some()) {
        return None;
    }
    let strong = after(line, STRONG).map(|rest| (rest, true));
    let (mut rest, sure) = strong.or_else(|| after(line, WEAK).map(|rest| (rest, false)))?;
    while let Some(next) = after(rest, &["still", "stills", "credit", "and", "&", "photo", "text", "taken", "video"]) {
        rest = next;
    }
    Some((rest, sure))
}

/// "Photo by A. Name on Unsplash", "Bild von A. Name auf Pixabay", "Photographed by A. Name".
fn by(line: &str) -> Option<Reading> {
    // "Photo by A. Name: https://…"
    let line = &line.replacen(": http", ", http", 1);
    if let Some(rest) = after(line, MADE_BY) {
        let reading = Reading::of(rest, false);
        return reading.is_sure().then_some(reading);
    }
    let Some((rest, strong)) = label(line) else {
        let sure = after(line, &["by", "par"]);
        let reading = Reading::of(sure.or_else(|| after(line, &["von", "door", "por", "autorstwa"]))?, false);
        let full = sure.is_some() || reading.credit.creators.iter().all(|c| is_person(c));
        return (reading.clean && reading.traceable() && full && !reading.is_ambiguous()).then_some(reading);
    };
    if let Some(names) = after(rest, BY) {
        let reading = Reading::of(names, false);
        // "Foto por Madrid": only the English word is sure before a single one.
        let full =
            (strong && after(rest, &["by", "par"]).is_some()) || reading.credit.creators.iter().all(|c| is_person(c));
        return (reading.clean && (full || reading.sourced())).then_some(reading);
    }
    if let Some(reading) = after(rest, BY_OR_OF).map(|names| Reading::of(names, false)) {
        let full = reading.credit.creators.iter().all(|c| is_person(c));
        return (reading.clean && (reading.sourced() || (reading.traceable() && full))).then_some(reading);
    }
    // "Photo of a heron by A. Name on Unsplash"
    let subject = after(rest, &["of"]).and_then(made_by).map(|names| Reading::of(names, false));
    if let Some(reading) = subject.filter(|r| r.clean && r.sourced()) {
        return Some(reading);
    }
    let reading = Reading::of(rest, false);
    let named = !reading.credit.creators.is_empty() || reading.sourced();
    (reading.clean && reading.traceable() && named).then_some(reading)
}

/// "A. Name, CC BY 4.0, via …", "Title by A. Name, CC BY 4.0", "CC0".
fn licensed(line: &str) -> Option<Reading> {
    let (range, _) = licence::find(line)?;
    let head = unlicensed(&line[..range.start]);
    let tail = &line[range.start..];
    let reading = match made_by(head).or_else(|| untitled(head)) {
        Some(names) if !ends_sentence(head) => Reading::of(&format!("{names}, {tail}"), false),
        _ => Reading::of(line, false),
    };
    (reading.clean && !reading.is_ambiguous()).then_some(reading)
}

/// The names in "Title by A. Name".
fn made_by(head: &str) -> Option<&str> {
    let names = [" by ", " von ", " par ", " door ", " por ", " di ", " de ", " av ", " af "].iter().filter_map(|by| {
        let at = head.rfind(by)?;
        let (title, names) = (&head[..at], head[at + by.len()..].trim());
        // "Jana von Beispiel" is one name, "The weir by Jo Low" is none.
        let parted = *by == " by " || (!is_name(title) && is_person(names));
        (parted && segments(names).iter().all(|s| is_name(s))).then_some(names)
    });
    names.min_by_key(|names| names.len())
}

/// What follows a title that looks like no name: "Boats on the lake, A. Name, Flickr".
fn untitled(head: &str) -> Option<&str> {
    let (title, rest) = head.split_once(", ")?;
    let first = rest.split([',', '/']).next()?;
    (!is_name(title) && title.split_whitespace().count() > 1 && is_person(first.trim())).then_some(rest)
}

/// Whether a sentence ends within a text (a full stop after a word of more than two letters).
fn ends_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].rsplit([' ', '/']).next().unwrap_or_default();
        word.chars().count() > 3 && !word.contains('.')
    })
}

/// "NASA/JPL-Caltech/SSI", "A. Name / Getty Images", "A. Name via Flickr": only with a source that everyone knows.
fn sourced(line: &str) -> Option<Reading> {
    let slashed = line.contains('/') || [" via ", " on ", " from ", " auf ", " sur "].iter().any(|w| line.contains(w));
    let reading = Reading::of(line, false);
    let whole = line.split('/').next().is_some_and(|first| known(first).is_some());
    let two = reading.credit.creators.iter().all(|c| c.contains(' ') || line.contains('/'));
    let maker = !reading.credit.creators.is_empty() && two && reading.traceable();
    // "NASA, ESA, and A. Name (STScI)"
    let bodies =
        reading.credit.source.as_deref().is_some_and(|s| s.split(" / ").filter(|s| known(s).is_some()).count() > 1);
    // "A. Name from NASA" works there; "A. Name on Facebook" is shown there.
    let source = reading.credit.source.as_deref().and_then(known);
    let works =
        source.is_some_and(|s| matches!(s.kind, SourceKind::PublicBody | SourceKind::Museum | SourceKind::Website));
    let slashed = line.contains('/') || (slashed && (reading.credit.licence.is_some() || !works));
    let slashed = slashed || (bodies && reading.credit.creators.iter().all(|c| is_person(c)));
    let short = line.split_whitespace().count() <= 12 && !reading.is_ambiguous();
    (reading.clean && slashed && short && (whole || maker)).then_some(reading)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
