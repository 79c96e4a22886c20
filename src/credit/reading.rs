//! What stands behind a credit's label, read part by part: makers, sources, licence.
//!
//! A part that is not understood makes the reading unclean, and an unclean reading names nobody.

use super::Credit;
use super::labels::{
    BY_OR_OF, CHANGED_BY, COURTESY, FROM, LICENSED, MADE_FOR, NOBODY, OWN, PHRASES, PLACES, POSITIONS, SOURCE,
    SURELY_FROM,
};
use super::names::{Part, ends_list, is_body, is_name, is_person, parts, people};
use super::sources::{Source, SourceKind, at_address, source};
use super::{Licence, licence};

/// What was read, and whether every part of it looked as parts of credits do.
pub(super) struct Reading {
    pub(super) credit: Credit,
    pub(super) clean: bool,
    /// Public bodies with their institutes ("NASA/JPL-Caltech"): makers if nobody else is.
    bodies: Vec<String>,
    /// The source whose address is given.
    host: Option<&'static Source>,
    /// Whether a part says that nobody is known.
    nobody: bool,
    /// How many parts gave a maker, and whether "and" joined them.
    makers: usize,
    joined: bool,
}

impl Reading {
    /// Reads what follows a label. A lenient reading takes a single part that looks like no name as the maker.
    pub(super) fn of(text: &str, lenient: bool) -> Reading {
        let mut reading = Reading {
            credit: Credit::default(),
            clean: true,
            bodies: Vec::new(),
            host: None,
            nobody: false,
            makers: 0,
            joined: false,
        };
        let mut text = without_phrases(text);
        if let Some((range, licence)) = licence::find(&text) {
            reading.credit.licence = Some(licence);
            text = format!("{}, {}", unlicensed(&text[..range.start]), &text[range.end..]);
        }
        let parts = parts(&text);
        let mut unsure: Vec<&Part> = parts.iter().filter(|part| !reading.part(part)).collect();
        reading.clean = unsure.is_empty();
        reading.settle();
        if !reading.clean {
            reading.credit.creators.clear();
            let source = reading.credit.source.is_some();
            let single = unsure.pop().filter(|p| lenient && !source && parts.len() == 1 && is_told(&p.text));
            reading.credit.creators.extend(single.map(|p| p.text.clone()));
        }
        let named = !reading.credit.creators.is_empty() || reading.credit.source.is_some() || reading.nobody;
        reading.clean &= named || reading.credit.licence.is_some();
        reading
    }

    fn settle(&mut self) {
        if self.credit.creators.is_empty() {
            self.credit.creators.append(&mut self.bodies);
        }
        for body in std::mem::take(&mut self.bodies) {
            self.source(&body);
        }
        if let Some(host) = self.host.filter(|_| self.credit.source.is_none()) {
            self.source(host.name);
        }
    }

    /// Reads a part; behind a maker an aside ("A. Name – Agency") or an institution is where the picture came from.
    fn part(&mut self, part: &Part) -> bool {
        let text = part.text.trim_matches(['.', '/', ' ']);
        // "A. Name (https://…) / Agency"
        let slashed = part.text.starts_with('/');
        let maker = self.credit.creators.last().is_some_and(|c| slashed || is_person(c));
        let single = !text.contains(' ') && !ends_list(&part.text);
        // "Nordiska museet" is a house, though no name.
        let house = is_body(text) && text.starts_with(char::is_uppercase) && text.split(' ').count() <= 4;
        let elsewhere = (is_name(text) && (part.aside || single)) || house;
        let special = text.contains(['/', ':']) || known(text).is_some() || is_idle(text, &lower(text));
        let led = [FROM, COURTESY].iter().any(|list| after(text, list).is_some()) || split_source(text).is_some();
        let nobody = [NOBODY, PLACES].iter().any(|list| list.contains(&lower(text).as_str()));
        if maker && elsewhere && !special && !led && !nobody {
            return self.source(text);
        }
        self.take(&part.text)
    }

    /// Reads one part between commas; `false` if it cannot be part of a credit.
    fn take(&mut self, segment: &str) -> bool {
        let marked = segment.trim().starts_with('©');
        let segment = segment.trim().trim_start_matches('.').trim_matches(['/', '©', ' ']);
        let low = lower(segment);
        if is_idle(segment, &low) || after(&low, CHANGED_BY).is_some() {
            return true;
        }
        if segment.starts_with("http") {
            self.host = self.host.or(at_address(segment));
            return true;
        }
        // "Attribution 4.0 International (CC BY 4.0)" says it twice.
        let again = licence::find(segment).is_some_and(|(range, _)| range == (0..segment.len()));
        if again || self.is_licence(segment) {
            return true;
        }
        if known(segment).is_none() && NOBODY.contains(&low.as_str()) {
            self.nobody = true;
            return true;
        }
        let all_known = low.replace(" and ", " & ").split(" & ").all(|s| s.split('/').all(|s| known(s).is_some()));
        if known(segment).is_some() || (all_known && segment.contains(" & ")) {
            return self.source(segment);
        }
        self.giver(segment).unwrap_or_else(|| self.named(segment, marked))
    }

    /// "via Flickr", "courtesy of the museum": whether it was understood, if the part is one of these.
    fn giver(&mut self, segment: &str) -> Option<bool> {
        let via = segment.starts_with("via ") || segment.starts_with("Via ");
        let given = after(segment, FROM).filter(|_| segment.starts_with(char::is_lowercase) || via);
        let giver = after(segment, COURTESY).or(given)?;
        // "via Lomiri wallpapers"
        let told = via && giver.starts_with(char::is_uppercase) && self.credit.licence.is_some();
        let short = giver.split_whitespace().count() <= 4 && !giver.contains([':', '/', '"']);
        let capital = giver.chars().any(char::is_uppercase) || known(giver).is_some();
        Some(((is_name(giver) && capital) || (told && short)) && self.source(giver))
    }

    /// Reads a part that holds names and nothing else.
    fn named(&mut self, segment: &str, marked: bool) -> bool {
        let low = lower(segment);
        if COLLECTION.iter().any(|w| after(segment, &[w]).is_some_and(is_name)) {
            return self.source(segment);
        }
        let labelled = segment.split_once(':').filter(|(label, _)| SOURCE.contains(&lower(label).as_str()));
        if let Some(source) = labelled.map(|(_, source)| source.trim()).filter(|s| is_name(s)) {
            return self.source(source);
        }
        if let Some((service, account)) = segment.split_once(" user ").filter(|(left, _)| known(left).is_some()) {
            return self.creators(account, false) && self.source(service);
        }
        if let Some(split) = split_source(segment) {
            return self.split(&split);
        }
        if segment.contains('/') {
            return self.chain(segment);
        }
        let named = !self.credit.creators.is_empty();
        let housed = self.credit.source.as_deref().and_then(known).is_some_and(is_house);
        match () {
            () if PLACES.contains(&low.as_str()) => true,
            () if is_name(segment) && ((marked && named) || (housed && is_body(segment))) => self.source(segment),
            () => self.creators(segment, true),
        }
    }

    /// "Creative Commons" alone says too little to tell which.
    fn is_licence(&mut self, part: &str) -> bool {
        let vague = lower(part) == "creative commons";
        if vague && self.credit.licence.is_none() {
            self.credit.licence = Some(Licence { name: part.to_owned(), spdx: None, url: None });
        }
        vague
    }

    /// "A. Name from Pixabay", "A. Name for Common Ground", "A. Name from London".
    fn split(&mut self, split: &Split) -> bool {
        if split.word == "from" && !split.known && self.credit.licence.is_some() {
            return self.take(split.left);
        }
        // The house account of a service: "Image by freepik on Freepik".
        if known(split.left).is_some_and(|left| known(split.right) == Some(left)) {
            return self.creators(split.left, false) && self.source(split.right);
        }
        if !is_name(split.left) || !is_name(split.right) || !self.take(split.left) {
            return false;
        }
        let client = MADE_FOR.contains(&split.word) && !split.known;
        (client && self.credit.source.is_some()) || self.source(split.right)
    }

    /// "A. Name/Agency", "Agency/A. Name", "NASA/JPL-Caltech/SSI".
    fn chain(&mut self, segment: &str) -> bool {
        let parts: Vec<&str> = segment.split('/').map(|p| p.trim().trim_matches('©').trim()).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|p| !is_idle(p, &lower(p)) && !is_number(p)).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|p| !self.is_licence(p)).collect();
        let Some((&last, before)) = parts.split_last() else { return true };
        // "ESA & NASA/J. Name"
        let joint = || parts[0].split(" & ").map(known).reduce(|all, one| all.and(one)).flatten();
        let first = known(parts[0]).or_else(joint);
        if first.is_some_and(is_public) && !parts[1..].iter().any(|p| known(p).is_some_and(|s| !is_public(s))) {
            if before.is_empty() {
                return self.source(last);
            }
            if is_person(last) && last.chars().any(char::is_lowercase) {
                return self.creators(last, true) && self.source(&before.join("/"));
            }
            self.bodies.push(segment.to_owned());
            return is_name(segment);
        }
        let named = !self.credit.creators.is_empty();
        let unknown: Vec<usize> = (0..parts.len()).filter(|i| known(parts[*i]).is_none()).collect();
        let maker = match first {
            _ if named => None,
            // "Town of Example/A. Name": the body comes first where a person comes last.
            None if is_body(parts[0]) && is_person(last) => Some(parts.len() - 1),
            None => Some(0),
            Some(source) => unknown.last().copied().filter(|i| can_follow(source, parts[*i])),
        };
        let good = maker.is_none_or(|i| self.creators(parts[i], true));
        let mut others = (0..parts.len()).filter(|i| Some(*i) != maker).map(|i| parts[i]);
        good && others.all(|part| (known(part).is_some() || is_name(part)) && self.source(part))
    }

    fn creators(&mut self, text: &str, split: bool) -> bool {
        let list = if split { people(text) } else { vec![text.to_owned()] };
        let good = list.iter().all(|name| is_name(name));
        if good {
            self.makers += 1;
            self.joined |= ends_list(text);
            self.credit.creators.extend(list);
        }
        good
    }

    fn source(&mut self, text: &str) -> bool {
        let text = text.trim();
        let agencies = text.split('/').all(|p| known(p).is_some_and(|s| !is_public(s)));
        let text = if agencies { text.replace('/', " / ").replace("  ", " ") } else { text.to_owned() };
        self.credit.source = Some(match self.credit.source.take() {
            Some(first) => format!("{first} / {text}"),
            None => text,
        });
        true
    }

    /// Behind "Source:" stands where a picture is from, unless it is a person.
    pub(super) fn bodies_are_sources(&mut self) {
        let (people, bodies) = std::mem::take(&mut self.credit.creators).into_iter().partition(|c| is_person(c));
        self.credit.creators = people;
        let bodies: Vec<String> = bodies;
        for body in bodies {
            self.source(&body);
        }
    }

    /// Whether a source that everyone knows, or a licence, is named.
    pub(super) fn traceable(&self) -> bool {
        self.credit.licence.is_some() || self.sourced()
    }

    /// Whether a source that everyone knows is named.
    pub(super) fn sourced(&self) -> bool {
        let sourced = |s: &str| s.split('/').any(|s| known(s).is_some()) || known(s).is_some();
        self.host.is_some() || self.credit.source.as_deref().is_some_and(sourced)
    }

    /// Whether a weak word before it is enough: a person, a licence, an institution or a source that everyone knows.
    pub(super) fn is_sure(&self) -> bool {
        let people = !self.credit.creators.is_empty() && self.credit.creators.iter().all(|c| is_person(c));
        self.clean && (people || self.traceable() || self.credit.source.as_deref().is_some_and(is_body))
    }

    /// Whether of two names behind one another the first may be the picture's title.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.makers > 1 && !self.joined && self.credit.licence.is_some()
    }

    /// This reading of what stands before a second copyright mark, and the reading of what follows it.
    pub(super) fn followed_by(mut self, other: Reading) -> Reading {
        if self.credit.creators.is_empty() {
            self.credit.creators = other.credit.creators;
        } else if other.credit.source.is_none() {
            self.source(&other.credit.creators.join(", "));
        } else {
            self.credit.creators.extend(other.credit.creators);
        }
        if let Some(source) = other.credit.source {
            self.source(&source);
        }
        self.credit.licence = self.credit.licence.or(other.credit.licence);
        self
    }
}

/// The source of this name; "the Library of Congress" is a giver like any other.
pub(super) fn known(name: &str) -> Option<&'static Source> {
    let name = name.trim();
    let name = COLLECTION.iter().find_map(|w| after(name, &[w])).unwrap_or(name);
    source(name).filter(|s| s.name.starts_with("The ") || !lower(name).starts_with("the "))
}

/// Words that may stand before a museum's name.
#[rustfmt::skip]
const COLLECTION: &[&str] = &[
    "collection of", "collection", "coll.", "from the collection of", "sammlung von", "collection de",
    "collectie", "sammlung", "colección", "collezione", "coleção", "kolekcja",
];

fn is_public(source: &Source) -> bool {
    matches!(source.kind, SourceKind::PublicBody)
}

fn is_house(source: &Source) -> bool {
    matches!(source.kind, SourceKind::PublicBody | SourceKind::Museum)
}

/// Whether what follows a source behind a slash is a maker: anybody in a picture service, a person in an agency.
fn can_follow(source: &Source, name: &str) -> bool {
    let accounts = matches!(source.kind, SourceKind::PictureService | SourceKind::StockLibrary | SourceKind::Website);
    if accounts { is_name(name) } else { people(name).iter().all(|p| is_person(p)) }
}

/// Parts that change nothing: "(left)", "File Photo", "Own work", a year.
fn is_idle(segment: &str, low: &str) -> bool {
    let listed = [PHRASES, POSITIONS, OWN].iter().any(|list| list.contains(&low));
    let placed = low.split_whitespace().all(|w| POSITIONS.contains(&w));
    segment.is_empty() || listed || placed || low.chars().all(|c| c.is_ascii_digit() || "-–".contains(c))
}

/// The number of a picture in an archive or at an address: "Bild 183-R12345", "p".
fn is_number(part: &str) -> bool {
    const WORDS: &[&str] = &["bild", "image", "photo", "nr", "no", "id", "inv", "plate"];
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let number = words.next().is_some_and(|w| w.chars().any(|c| c.is_ascii_digit())) && words.next().is_none();
    part.chars().count() == 1 && part.chars().all(char::is_lowercase) || (WORDS.contains(&first.as_str()) && number)
}

/// A few words in which a credit tells who it was: "a friend of the family".
fn is_told(part: &str) -> bool {
    let words = part.split_whitespace().count();
    let few = words <= 2 || (words <= 5 && part.starts_with(char::is_lowercase));
    few && !part.contains([':', '.', '/', '"', '“'])
}

struct Split<'a> {
    left: &'a str,
    word: &'static str,
    right: &'a str,
    known: bool,
}

/// "A. Name on Unsplash" at the last such word after which a name follows.
fn split_source(text: &str) -> Option<Split<'_>> {
    let splits = FROM.iter().chain(BY_OR_OF).filter_map(|word| {
        let spaced = format!(" {word} ");
        let at = text.rfind(&spaced)?;
        let (left, right) = (text[..at].trim(), text[at + spaced.len()..].trim());
        let known = known(right).is_some() || right.split('/').all(|p| known(p).is_some());
        let sure = SURELY_FROM.contains(word)
            && (right.starts_with(char::is_uppercase) || MADE_FOR.contains(word) && is_name(right));
        (known || sure).then_some((at, spaced.len(), Split { left, word, right, known }))
    });
    splits.max_by_key(|(at, length, _)| (at + length, *length)).map(|(_, _, split)| split)
}

/// The text before a licence without the words that lead to it.
pub(super) fn unlicensed(head: &str) -> &str {
    let ends = [',', '(', '[', '/', '|', ';', '-', '–', '—', '.'];
    let bare = |text: &str| text.trim_end().trim_end_matches(ends).trim_end().len();
    let head = head.trim_end_matches(['(', '[']).trim_end();
    let head = LICENSED.iter().filter_map(|w| before(head, w)).min_by_key(|h| h.len()).unwrap_or(head);
    let cut = &head[..bare(head)];
    let initial = cut.rsplit([' ', '.']).next().is_some_and(|w| w.chars().count() <= 2);
    // An initial keeps its full stop.
    if initial && head[cut.len()..].starts_with('.') { &head[..=cut.len()] } else { cut }
}

/// Takes a closing "All rights reserved" off.
fn without_phrases(text: &str) -> String {
    let text = text.split_once("To view a copy of this").map_or(text, |(head, _)| head).trim();
    let found = PHRASES.iter().find_map(|phrase| {
        let head = before(text.trim_end_matches('.'), phrase)?;
        // One word may be a part of a name ("Example Archives").
        (phrase.contains(' ') || head.ends_with(['.', ','])).then_some(head)
    });
    found.map_or(text, |head| head.trim_end_matches([',', '.'])).to_owned()
}

/// A text for comparison.
pub(super) fn lower(text: &str) -> String {
    text.trim().trim_end_matches('.').to_lowercase()
}

/// The rest of `text` after one of `words` and a space or the end, without regard to case.
pub(super) fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let fits = |word: &&&str| {
        let (head, rest) = (text.get(..word.len())?, text.get(word.len()..)?);
        let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':');
        (ends && head.to_lowercase() == ***word).then_some((word.len(), rest.trim_start()))
    };
    words.iter().filter_map(|word| fits(&word)).max_by_key(|(length, _)| *length).map(|(_, rest)| rest)
}

/// The text before one of the phrases at its end.
pub(super) fn before<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(phrase.len())?;
    let tail = text.get(at..)?;
    (tail.to_lowercase() == phrase && (at == 0 || text[..at].ends_with([' ', ',', '(']))).then(|| text[..at].trim_end())
}
