//! HTML in manuscripts: the allow-list, the sanitiser, and what is told of that which is dropped.
//!
//! Every piece of HTML goes through the sanitiser before anything of it is looked at; what is built from it are nodes of
//! the tree, never text for an edition.

use super::scope::Scope;
use super::tree::*;
use crate::report::{Code, Spanned};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Elements within a line.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "var", "wbr",
];

/// Elements that are blocks or parts of blocks.
const BLOCK: [&str; 24] = [
    "blockquote",
    "caption",
    "dd",
    "dl",
    "dt",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "h1",
];

/// Elements that go with all that is in them.
const WITH_CONTENT: [&str; 16] = [
    "script", "style", "iframe", "noscript", "template", "textarea", "title", "object", "svg", "math", "select",
    "noembed", "noframes", "xmp", "video", "audio",
];

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "title"])),
        ("abbr", HashSet::from(["title"])),
        ("ol", HashSet::from(["start"])),
    ]);
    builder
        .tags(INLINE.into_iter().chain(BLOCK).collect())
        .clean_content_tags(HashSet::from(WITH_CONTENT))
        .generic_attributes(HashSet::from(["lang"]))
        .tag_attributes(attributes)
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None);
    builder
});

/// What remains of a piece of HTML.
pub(super) fn sanitise(raw: &str) -> String {
    SANITISER.clean(raw).to_string()
}

/// What a pair of tags within a line makes of its content.
pub(super) enum Wrap {
    /// A styled passage.
    Style(Style),
    /// A link, still without its words.
    Link(Link),
    /// Quotation marks.
    Quote,
    /// Code.
    Code,
    /// Nothing: the words go, too.
    Drop,
    /// Nothing: the words stay.
    Nothing,
}

/// What one tag within a line is.
pub(super) enum Inlined {
    /// Nothing that is kept.
    Nothing,
    /// A node of its own.
    Whole(InlineKind),
    /// The first of a pair.
    Open(String, Wrap),
    /// The second of a pair.
    Close(String),
}

/// A tag found in HTML.
#[derive(Debug)]
pub(super) struct FoundTag {
    /// Zero-based line within the piece.
    pub line: usize,
    pub close: bool,
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// Whether the element is one within a line that is kept.
pub(super) fn is_inline_element(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Whether the element is a block that is kept.
pub(super) fn is_kept_block(name: &str) -> bool {
    BLOCK.contains(&name)
}

/// Reads one tag within a line, sanitised.
pub(super) fn inline_tag(scope: &Scope, raw: &str, range: &Range<usize>) -> Inlined {
    if let Some(name) = raw.strip_prefix("</") {
        return Inlined::Close(name.trim_end_matches('>').trim().to_ascii_lowercase());
    }
    if let Some(tag) = tags(raw).into_iter().find(|t| WITH_CONTENT.contains(&t.name.as_str())) {
        return Inlined::Open(tag.name, Wrap::Drop);
    }
    let found = tags(&sanitise(raw));
    let Some(tag) = found.into_iter().find(|t| !t.close && is_inline_element(&t.name)) else { return Inlined::Nothing };
    match tag.name.as_str() {
        "br" => Inlined::Whole(InlineKind::HardBreak),
        "wbr" => Inlined::Whole(InlineKind::Text("\u{200B}".to_owned())),
        _ => {
            let wrap = wrap(scope, &tag.name, &tag.attributes, range);
            Inlined::Open(tag.name, wrap)
        }
    }
}

/// What an element within a line becomes.
pub(super) fn wrap(scope: &Scope, name: &str, attributes: &[(String, String)], range: &Range<usize>) -> Wrap {
    let get = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
    let place = |value: String| -> Spanned<String> {
        let text = scope.slice(scope.span(range));
        let at = text.find(&value).map_or(range.clone(), |i| range.start + i..range.start + i + value.len());
        scope.spanned(value, &at)
    };
    if let (Some(tag), "span" | "i" | "em" | "cite" | "q") = (get("lang"), name) {
        return Wrap::Style(Style::Language(place(tag)));
    }
    Wrap::Style(match name {
        "em" | "i" | "var" => Style::Emphasis,
        "strong" | "b" => Style::Strong,
        "del" | "s" => Style::Strikethrough,
        "ins" | "u" => Style::Inserted,
        "sup" => Style::Superscript,
        "sub" => Style::Subscript,
        "small" => Style::Small,
        "mark" => Style::Mark,
        "kbd" => Style::Keyboard,
        "code" => return Wrap::Code,
        "cite" => Style::Cite,
        "abbr" => Style::Abbreviation(get("title")),
        "q" => return Wrap::Quote,
        "a" => match get("href") {
            Some(href) => return Wrap::Link(Link { target: place(href), title: get("title"), content: Vec::new() }),
            None => return Wrap::Nothing,
        },
        _ => return Wrap::Nothing,
    })
}

/// Tells every element and attribute of a piece of HTML that is not kept. The piece begins at byte `at` of the file.
pub(super) fn tell(scope: &mut Scope, raw: &str, at: usize, within_line: bool) {
    for tag in tags(raw).into_iter().filter(|t| !t.close) {
        let name = tag.name.as_str();
        let is_kept = is_inline_element(name) || (!within_line && BLOCK.contains(&name));
        let range = place_of(scope, raw, at, &tag);
        let span = scope.span(&range);
        if !is_kept {
            let what = if WITH_CONTENT.contains(&name) { " with its content" } else { "" };
            let message = format!("the element `<{name}>` was dropped{what}");
            scope.find(Code::TEXT_HTML_DROPPED, span, message, advice(name));
            continue;
        }
        for (key, value) in &tag.attributes {
            if key == "href" && !is_sound_address(value) {
                let message = format!("the address `{value}` was dropped");
                scope.find(Code::TEXT_HTML_DROPPED, span, message, "link only to `https:`, `mailto:`, files and ids");
                continue;
            }
            let is_known =
                matches!((name, key.as_str()), (_, "lang") | ("a", "href") | ("a" | "abbr", "title") | ("ol", "start"));
            if !is_known {
                let message = format!("the attribute `{key}` of `<{name}>` was dropped");
                scope.find(Code::TEXT_HTML_DROPPED, span, message, "delete it: the theme decides how text looks");
            }
        }
    }
}

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether the sanitiser keeps an address: a known scheme, or none.
fn is_sound_address(address: &str) -> bool {
    let address = address.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    match address.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '#', '?']) => {
            SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

fn advice(name: &str) -> &'static str {
    match name {
        "img" | "picture" => "write a picture as `![what it shows](file.jpg)`",
        "figure" | "figcaption" => "write a picture as `![what it shows](file.jpg)` with its caption on the next line",
        "aside" | "div" | "section" | "details" | "article" => {
            "use a magazine block such as `::: sidebar \"Title\"`, or delete the tags"
        }
        "script" | "iframe" | "object" | "embed" | "form" | "video" | "audio" => {
            "delete it: an edition cannot run or embed anything"
        }
        "center" | "font" | "style" => "delete it: the theme decides how text looks",
        _ => "write it in Markdown, or delete the tags",
    }
}

/// Where a tag stands in the file.
fn place_of(scope: &Scope, raw: &str, at: usize, tag: &FoundTag) -> Range<usize> {
    let mut start = at;
    for line in scope.after(at).split_inclusive('\n').take(tag.line) {
        start += line.len();
    }
    let line = scope.after(start).split('\n').next().unwrap_or("");
    let open = format!("<{}", tag.name);
    let column = line.to_ascii_lowercase().find(&open).unwrap_or(0);
    let length = line.get(column..).and_then(|l| l.find('>')).map_or(line.len() - column, |i| i + 1);
    let end = start + column + length.max(1);
    start + column..end.min((at + raw.len()).max(start + column + 1))
}

struct Finder(RefCell<Vec<FoundTag>>);

impl TokenSink for Finder {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let close = tag.kind == TagKind::EndTag;
        let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        let name = tag.name.to_string();
        let raw = match name.as_str() {
            "script" => Some(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
            "textarea" | "title" => Some(RawKind::Rcdata),
            _ => None,
        };
        self.0.borrow_mut().push(FoundTag { line: (line as usize).saturating_sub(1), close, name, attributes });
        match raw {
            Some(kind) if !close => TokenSinkResult::RawData(kind),
            _ => TokenSinkResult::Continue,
        }
    }
}

/// The tags of a piece of HTML in order.
pub(super) fn tags(raw: &str) -> Vec<FoundTag> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(raw));
    let tokenizer = Tokenizer::new(Finder(RefCell::new(Vec::new())), Default::default());
    // Only a script could make it pause, and none is run.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.take()
}
