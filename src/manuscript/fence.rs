//! One line that opens or closes a magazine block: `::: sidebar "Title" {#name}`.
//!
//! Reading is generous: what is clearly meant is taken, and the slip is told along with it.

use super::attributes::Attributes;
use std::ops::Range;

/// The magazine blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    PullQuote,
    Sidebar,
    FactBox,
    Gallery,
    PhotoEssay,
    Brief,
    Interview,
    Timeline,
    Listings,
    Letter,
    Passage,
    /// None that the program knows.
    Unknown,
}

/// Their names in manuscripts.
pub(super) const NAMES: [(&str, Name); 11] = [
    ("pull-quote", Name::PullQuote),
    ("sidebar", Name::Sidebar),
    ("fact-box", Name::FactBox),
    ("gallery", Name::Gallery),
    ("photo-essay", Name::PhotoEssay),
    ("brief", Name::Brief),
    ("interview", Name::Interview),
    ("timeline", Name::Timeline),
    ("listings", Name::Listings),
    ("letter", Name::Letter),
    ("passage", Name::Passage),
];

/// A line that opens a block. Places are bytes of the file.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Which block.
    pub name: Name,
    /// The name as written.
    pub written: String,
    /// The line without its end.
    pub range: Range<usize>,
    /// How many colons.
    pub colons: usize,
    /// The words in quotation marks.
    pub title: Option<(String, Range<usize>)>,
    /// What stands in braces.
    pub attributes: Attributes,
    /// A slip, as a hint.
    pub slip: Option<String>,
}

/// What a fence line is.
#[derive(Debug, Clone)]
pub(super) enum Fence {
    /// It opens a block.
    Open(Opening),
    /// It closes one; with this many colons.
    Close(usize),
}

/// The block of this name, written with or without hyphen and in any case.
pub(super) fn known(name: &str) -> Option<(&'static str, Name)> {
    let squash = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let wanted = squash(name);
    NAMES.into_iter().find(|(known, _)| squash(known) == wanted)
}

/// Reads a line (without its end) that starts at byte `at` of the file; `None` if it is no fence.
pub(super) fn read(line: &str, at: usize) -> Option<Fence> {
    let line = line.trim_end();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let colons = line[indent..].len() - line[indent..].trim_start_matches(':').len();
    if indent > 3 || colons < 3 {
        return None;
    }
    let mut here = indent + colons;
    here += blanks(&line[here..]);
    if here == line.len() {
        return Some(Fence::Close(colons));
    }
    let mut slip = None;
    let (written, name, length) = name_at(&line[here..], &mut slip)?;
    here += length;
    let mut title = None;
    let mut attributes = Attributes::default();
    loop {
        here += blanks(&line[here..]);
        let rest = &line[here..];
        if rest.is_empty() || rest.chars().all(|c| c == ':') {
            break;
        }
        if let Some(list) = Attributes::scan(line, here) {
            here = list.range.end;
            attributes = list;
        } else {
            let (words, range) = title_at(line, here, &mut slip);
            here = range.end;
            title = Some((words, at + range.start..at + range.end));
        }
    }
    shift(&mut attributes, at);
    let range = at + indent..at + line.len();
    Some(Fence::Open(Opening { name, written, range, colons, title, attributes, slip }))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn shift(attributes: &mut Attributes, by: usize) {
    let moved = |r: &Range<usize>| r.start + by..r.end + by;
    attributes.range = moved(&attributes.range);
    for item in &mut attributes.items {
        item.range = moved(&item.range);
    }
}

/// The name that begins the text, what it means, and its length.
fn name_at(text: &str, slip: &mut Option<String>) -> Option<(String, Name, usize)> {
    let word_end = |from: usize| {
        text[from..].find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').map_or(text.len(), |i| from + i)
    };
    let mut end = word_end(0);
    if end == 0 {
        return None;
    }
    // `pull quote` and `fact box` in two words are meant as one.
    if known(&text[..end]).is_none() && text[end..].starts_with(' ') {
        let second = word_end(end + 1);
        if second > end + 1 && known(&text[..second]).is_some() {
            end = second;
        }
    }
    let written = text[..end].to_owned();
    let mut name = Name::Unknown;
    if let Some((right, found)) = known(&written) {
        name = found;
        if written != right {
            *slip = Some(format!("write the name as `{right}`"));
        }
    }
    if text[end..].starts_with(':') && !text[end..].chars().all(|c| c == ':') || text[end..] == *":" {
        *slip = Some("leave out the colon after the name".to_owned());
        end += 1;
    }
    Some((written, name, end))
}

const MARKS: [(char, &str); 5] = [('"', "\""), ('“', "”"), ('„', "“”"), ('«', "»"), ('\'', "'")];

/// The title that begins at `at`: in quotation marks of any kind, or the bare words up to the braces.
fn title_at(line: &str, at: usize, slip: &mut Option<String>) -> (String, Range<usize>) {
    let rest = &line[at..];
    let first = rest.chars().next().unwrap_or(' ');
    if let Some((open, close)) = MARKS.iter().find(|(open, _)| *open == first) {
        let inner = &rest[open.len_utf8()..];
        let mut escaped = false;
        for (i, c) in inner.char_indices() {
            if close.contains(c) && !escaped {
                let words = inner[..i].replace("\\\"", "\"");
                return (words, at..at + open.len_utf8() + i + c.len_utf8());
            }
            escaped = c == '\\' && !escaped;
        }
    }
    let end = rest.find('{').filter(|i| *i > 0 && Attributes::scan(rest, *i).is_some()).unwrap_or(rest.len());
    *slip = Some("put the title in quotation marks".to_owned());
    let words = rest[..end].trim_matches([' ', '"', ':']);
    (words.to_owned(), at..at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(line: &str) -> Opening {
        match read(line, 100) {
            Some(Fence::Open(opening)) => opening,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn a_fence_is_read_with_title_and_attributes() {
        let opening = open("::: sidebar \"How to \\\"count\\\" swifts\" {#swifts lang=de}");
        assert_eq!((opening.name, opening.colons), (Name::Sidebar, 3));
        let title = opening.title.expect("a title");
        assert_eq!(title, ("How to \"count\" swifts".to_owned(), 112..137));
        assert_eq!(opening.attributes.get("#").map(|a| a.range.clone()), Some(139..146));
        assert_eq!(opening.slip, None);
    }

    #[test]
    fn slips_are_understood_and_told() {
        for (line, name) in [
            ("::: Sidebar:", Name::Sidebar),
            ("::: pullquote", Name::PullQuote),
            ("::: fact box \"A\"", Name::FactBox),
            ("::: sidebar How to count", Name::Sidebar),
        ] {
            let opening = open(line);
            assert_eq!(opening.name, name, "{line}");
            assert!(opening.slip.is_some(), "{line}");
        }
        assert_eq!(open("::: sidebar How to count {#a}").title.map(|t| t.0).as_deref(), Some("How to count"));
        assert_eq!(open(":::sidebar „Schwalben“").slip, None);
        assert_eq!(open("::: sidebar :::").slip, None);
    }

    #[test]
    fn what_is_no_fence_is_left_alone() {
        for line in [":: sidebar", "    ::: sidebar", "::: ?", "text ::: sidebar", ""] {
            assert!(read(line, 0).is_none(), "{line}");
        }
        assert!(matches!(read("  :::: ", 0), Some(Fence::Close(4))));
    }
}
