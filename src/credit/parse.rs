//! A line of text read as a credit, or found to be none.
//!
//! A caption must never be taken for a credit: in doubt a line is none, and the editor says `credit:`.

use super::Credit;
use super::labels::{AGENCIES, BESIDE, BY, BY_OR_OF, COURTESY, FROM, MADE_BY, NOBODY, PHRASES, SERVICES, STRONG, WEAK};
use super::licence;
use super::names::{is_name, people, segments};
use super::plain::plain;

/// The longest line that is looked at, in characters.
const LONGEST: usize = 400;

/// Reads a line as a credit; `None` if it is not clearly one.
pub fn parse(wording: &str) -> Option<Credit> {
    let (words, links) = plain(wording);
    if words.is_empty() || words.chars().count() > LONGEST {
        return None;
    }
    let mut found = labelled(strip_frame(&words))?;
    found.credit.links = links;
    Some(finish(found.credit, words))
}

/// Reads the text of an explicit `credit` field: any text is a credit, and what can be told of it is.
pub fn from_field(wording: &str) -> Credit {
    if let Some(credit) = parse(wording) {
        return credit;
    }
    let (words, links) = plain(wording);
    let mut credit = Reading::of(strip_frame(&words), true).credit;
    credit.links = links;
    finish(credit, words)
}

/// Whether a credit names nobody: "Photo: internet", "stock", "unknown".
pub fn is_vague(credit: &Credit) -> bool {
    let nobody = |name: &str| NOBODY.contains(&lower(name).as_str());
    let maker = credit.creators.iter().any(|c| !nobody(c));
    let source = credit.source.as_deref().filter(|s| !nobody(s));
    // A picture service alone says where it was found; with a licence the picture can be traced and used.
    let enough = source.is_some_and(|s| credit.licence.is_some() || !SERVICES.contains(&lower(s).as_str()));
    !maker && !enough
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
    credit.wording = words;
    credit
}

fn lower(text: &str) -> String {
    text.trim().trim_end_matches('.').to_lowercase()
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

/// The rest of `text` after one of `words` and a space or the end, without regard to case.
fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut sorted: Vec<&&str> = words.iter().collect();
    sorted.sort_by_key(|w| std::cmp::Reverse(w.len()));
    sorted.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':');
        (ends && head.to_lowercase() == **word).then(|| rest.trim_start())
    })
}

/// The readings in order of certainty.
fn labelled(line: &str) -> Option<Reading> {
    colon(line)
        .or_else(|| courtesy(line))
        .or_else(|| copyright(line))
        .or_else(|| by(line))
        .or_else(|| licensed(line))
        .or_else(|| known(line))
}

/// "Photo: …".
fn colon(line: &str) -> Option<Reading> {
    let (label, rest) = line.split_once(':')?;
    let rest = rest.trim();
    let label = label.split('(').next()?.trim().to_lowercase();
    let is = |list: &[&str], w: &str| list.contains(&w);
    let parts: Vec<&str> = label.split([' ', '/', ',', '\u{A0}', '\u{202F}']).filter(|p| !p.is_empty()).collect();
    let strong = parts.iter().any(|p| is(STRONG, p));
    let weak = parts.iter().any(|p| is(WEAK, p));
    let all = parts.iter().all(|p| is(STRONG, p) || is(WEAK, p) || is(BESIDE, p));
    if rest.is_empty() || !all || parts.len() > 6 || !(strong || weak) {
        return None;
    }
    let rest = unmark(rest);
    let rest = after(rest, BY).unwrap_or(rest);
    let reading = Reading::of(after(rest, COURTESY).unwrap_or(rest), true);
    // "Picture: how the weir looked before the flood" is a caption.
    let sentence = rest.starts_with(char::is_lowercase) && rest.split_whitespace().count() > 5;
    let sure = reading.clean || reading.credit.licence.is_some() || (strong && !sentence);
    sure.then_some(reading)
}

/// Takes a copyright mark and years off the front.
fn unmark(text: &str) -> &str {
    let mut rest = text.trim();
    for mark in ["copyright", "©", "(c)", "(C)", "&copy;", "℗"] {
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
    after(rest, &["by"]).unwrap_or(rest)
}

/// "Courtesy of …", also after a label.
fn courtesy(line: &str) -> Option<Reading> {
    let given = after(line, COURTESY).or_else(|| after(label(line)?.0, COURTESY))?;
    let reading = Reading::of(given, false);
    reading.clean.then_some(reading)
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
        return (reading.clean || sure).then_some(reading);
    }
    let (head, tail) = body.split_once('©')?;
    let head = head.trim().trim_end_matches('/').trim();
    let first = Reading::of(head, false);
    let second = Reading::of(unmark(tail), false);
    (first.clean && second.clean).then(|| first.joined(second))
}

/// A label at the start without a colon: the rest, and whether it is one of the strong ones.
fn label(line: &str) -> Option<(&str, bool)> {
    let strong = after(line, STRONG).map(|rest| (rest, true));
    let (mut rest, sure) = strong.or_else(|| after(line, WEAK).map(|rest| (rest, false)))?;
    while let Some(next) = after(rest, &["still", "stills", "credit", "and", "&", "photo", "text", "taken", "video"]) {
        rest = next;
    }
    Some((rest, sure))
}

/// "Photo by A. Name on Unsplash", "Bild von A. Name auf Pixabay", "Photographed by A. Name".
fn by(line: &str) -> Option<Reading> {
    if let Some(rest) = after(line, MADE_BY) {
        let reading = Reading::of(rest, false);
        return reading.clean.then_some(reading);
    }
    if let Some((rest, _)) = label(line) {
        if let Some(reading) = after(rest, BY).map(|names| Reading::of(names, false)) {
            return reading.clean.then_some(reading);
        }
        if let Some(reading) = after(rest, BY_OR_OF).map(|names| Reading::of(names, false)) {
            return (reading.clean && reading.traceable()).then_some(reading);
        }
        let reading = Reading::of(rest, false);
        return (reading.clean && reading.traceable() && !reading.credit.creators.is_empty()).then_some(reading);
    }
    let reading = Reading::of(after(line, &["by", "von", "par"])?, false);
    (reading.clean && reading.traceable()).then_some(reading)
}

/// "A. Name, CC BY 4.0, via …", "Title by A. Name, CC BY 4.0", "CC0".
fn licensed(line: &str) -> Option<Reading> {
    let (range, _) = licence::find(line)?;
    let head = line[..range.start].trim().trim_end_matches([',', '(', '[', '/', '|', ';']).trim_end();
    let head = LICENSED.iter().find_map(|w| before(head, w)).unwrap_or(head);
    let named = head.rfind(" by ").map(|at| head[at + 4..].trim()).filter(|n| segments(n).iter().all(|s| is_name(s)));
    let reading = match named {
        Some(names) if !ends_sentence(head) => Reading::of(&format!("{names}, {}", &line[range.start..]), false),
        _ => Reading::of(line, false),
    };
    reading.clean.then_some(reading)
}

/// Whether a sentence ends within a text (a full stop after a word of more than two letters).
fn ends_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].rsplit([' ', '/']).next().unwrap_or_default();
        word.chars().count() > 3 && !word.contains('.')
    })
}

/// "NASA/JPL-Caltech/SSI", "A. Name / Getty Images", "A. Name via Flickr": only with a source that everyone knows.
fn known(line: &str) -> Option<Reading> {
    let slashed = line.contains('/') || line.contains(" via ") || line.contains(" on ") || line.contains(" from ");
    let reading = Reading::of(line, false);
    let whole = line.split('/').next().is_some_and(|first| AGENCIES.contains(&lower(first).as_str()));
    let two = reading.credit.creators.iter().all(|c| c.contains(' ') || line.contains('/'));
    let maker = !reading.credit.creators.is_empty() && two && reading.traceable();
    (reading.clean && slashed && line.split_whitespace().count() <= 12 && (whole || maker)).then_some(reading)
}

/// What was read, and whether every part of it looked as parts of credits do.
struct Reading {
    credit: Credit,
    clean: bool,
}

impl Reading {
    /// Reads what follows a label. A lenient reading keeps parts that do not look like names as creators.
    fn of(text: &str, lenient: bool) -> Reading {
        let mut reading = Reading { credit: Credit::default(), clean: true };
        let mut text = without_phrases(text);
        if let Some((range, licence)) = licence::find(&text) {
            reading.credit.licence = Some(licence);
            let head = text[..range.start].trim_end_matches(['(', '[']).trim_end();
            let head = LICENSED.iter().find_map(|w| before(head, w)).unwrap_or(head);
            text = format!("{head}, {}", &text[range.end..]);
        }
        let mut unsure = Vec::new();
        for segment in segments(&text) {
            if !reading.take(&segment) {
                unsure.push(segment);
            }
        }
        reading.clean &= unsure.is_empty();
        if lenient && reading.credit.creators.is_empty() && reading.credit.source.is_none() {
            reading.credit.creators.extend(unsure);
        }
        let named = !reading.credit.creators.is_empty() || reading.credit.source.is_some();
        reading.clean &= named || reading.credit.licence.is_some();
        reading
    }

    /// Reads one part between commas; `false` if it cannot be part of a credit.
    fn take(&mut self, segment: &str) -> bool {
        let segment = segment.trim().trim_matches('/').trim();
        let low = lower(segment);
        if segment.is_empty() || PHRASES.contains(&low.as_str()) || segment.starts_with("http") || is_year(&low) {
            return true;
        }
        if after(&low, &["edited by", "retouched by", "adapted by", "colourised by", "colorized by"]).is_some() {
            return true;
        }
        if let Some(giver) = after(segment, COURTESY).or_else(|| after(segment, FROM)) {
            return is_name(giver) && self.source(giver);
        }
        let named = !self.credit.creators.is_empty();
        if SERVICES.contains(&low.as_str()) || AGENCIES.contains(&low.as_str()) {
            return self.source(segment);
        }
        if let Some((left, right)) = split_source(segment) {
            return is_name(left) && is_name(right) && self.take(left) && self.source(right);
        }
        if let Some((left, right)) = segment.split_once('/').filter(|(_, r)| !r.trim().is_empty()) {
            let whole = AGENCIES.contains(&lower(left).as_str());
            let right = right.trim().trim_start_matches('©').trim();
            return match () {
                () if whole && is_name(right) => self.creators(segment, false),
                () if named || !is_name(left) => is_name(segment) && self.source(segment),
                () => self.creators(left, true) && is_name(right) && self.source(right),
            };
        }
        self.creators(segment, true)
    }

    fn creators(&mut self, text: &str, split: bool) -> bool {
        let list = if split { people(text) } else { vec![text.to_owned()] };
        let good = list.iter().all(|name| is_name(name));
        if good {
            self.credit.creators.extend(list);
        }
        good
    }

    fn source(&mut self, text: &str) -> bool {
        let text = text.trim();
        self.credit.source = Some(match self.credit.source.take() {
            Some(first) => format!("{first} / {text}"),
            None => text.to_owned(),
        });
        true
    }

    /// Whether a source that everyone knows, or a licence, is named.
    fn traceable(&self) -> bool {
        let known =
            |s: &str| s.split('/').map(lower).any(|s| SERVICES.contains(&s.as_str()) || AGENCIES.contains(&s.as_str()));
        self.credit.licence.is_some() || self.credit.source.as_deref().is_some_and(known)
    }

    fn joined(mut self, other: Reading) -> Reading {
        let names = other.credit.creators.join(", ");
        match other.credit.source {
            Some(source) => {
                self.credit.creators.extend(other.credit.creators);
                self.source(&source);
            }
            None => drop(self.source(&names)),
        }
        self.credit.licence = self.credit.licence.or(other.credit.licence);
        self
    }
}

/// Takes a closing "All rights reserved" off.
fn without_phrases(text: &str) -> String {
    let text = text.trim();
    let found = PHRASES.iter().find_map(|phrase| before(text.trim_end_matches('.'), phrase));
    found.map_or(text, |head| head.trim_end_matches([',', '.'])).to_owned()
}

#[rustfmt::skip]
const LICENSED: &[&str] = &[
    "is licensed under a", "is licensed under", "licensed under a", "licensed under", "licenced under",
    "lizenziert unter", "under", "licence:", "license:", "lizenz:", "released into the", "unter", "sous licence",
];

/// The text before one of the phrases at its end.
fn before<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(phrase.len())?;
    let tail = text.get(at..)?;
    (tail.to_lowercase() == phrase && (at == 0 || text[..at].ends_with([' ', ',', '(']))).then(|| text[..at].trim_end())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.chars().all(|c| c.is_ascii_digit())
}

/// "A. Name on Unsplash" at the last such word after which a name follows.
fn split_source(text: &str) -> Option<(&str, &str)> {
    FROM.iter()
        .chain(BY_OR_OF)
        .filter_map(|word| {
            let spaced = format!(" {word} ");
            let at = text.rfind(&spaced)?;
            let (left, right) = (text[..at].trim(), text[at + spaced.len()..].trim());
            let known = [SERVICES, AGENCIES].iter().any(|list| list.contains(&lower(right).as_str()));
            let sure =
                ["from", "on", "via", "for", "courtesy of"].contains(word) && right.starts_with(char::is_uppercase);
            (known || sure).then_some((at, left, right))
        })
        .max_by_key(|(at, ..)| *at)
        .map(|(_, left, right)| (left, right))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
