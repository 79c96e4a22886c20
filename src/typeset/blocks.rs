//! Blocks of a manuscript as data for the page templates, and what the layout decides about each.

use super::data::figure_json;
use super::inline::{Inlines, flowing, inlines};
use crate::issue::Article;
use crate::manuscript::{Align, ArticleKind, Block, BlockKind, Figure, Inline, Table, Width};
use crate::report::Spanned;
use crate::words::headline;
use serde_json::{Map, Value, json};

/// An article's text. The first paragraph gets an initial where there is enough text to carry it.
pub(super) fn body(context: &Inlines<'_>, article: &Article) -> Vec<Value> {
    let mut list = blocks(&article.manuscript.body, context);
    wrap(&mut list);
    let carries = matches!(
        article.manuscript.front.kind,
        ArticleKind::Article | ArticleKind::Feature | ArticleKind::Obituary | ArticleKind::Column
    );
    if carries
        && let Some(Block { kind: BlockKind::Paragraph(content), .. }) = article.manuscript.body.first()
        && crate::manuscript::plain(content).split_whitespace().count() >= 35
        && let Some((initial, units)) = initial(&inlines_again(content, context))
        && let Some(Value::Object(first)) = list.first_mut()
    {
        first.insert("initial".to_owned(), Value::String(initial));
        first.insert("units".to_owned(), Value::Array(units));
    }
    list
}

/// The text of a filler: the same blocks without an initial.
pub(super) fn plain_body(context: &Inlines<'_>, article: &Article) -> Vec<Value> {
    blocks(&article.manuscript.body, context)
}

/// The first paragraph's inlines a second time; notes in it keep their first mark.
fn inlines_again(content: &[Inline], context: &Inlines<'_>) -> Vec<Value> {
    let fresh = Inlines::new(context.issue, context.article, context.number);
    inlines(content, &fresh)
}

/// The most paragraphs that stand beside something, and about how many words are enough.
const BESIDE: (usize, usize) = (6, 260);

/// Divides the paragraphs that follow what wants text beside it into units that end at spaces, and tells it how many they are.
fn wrap(list: &mut [Value]) {
    for at in 0..list.len() {
        if list[at]["wrap"] != true {
            continue;
        }
        let mut words = 0;
        let mut count = 0;
        for follower in list[at + 1..].iter_mut().take(BESIDE.0) {
            let Value::Object(block) = follower else { break };
            let plain = block["k"] == "p" && !block.contains_key("id") && !block.contains_key("lang");
            let Some(Value::Array(content)) = block.get("c").filter(|_| plain && words < BESIDE.1) else { break };
            let units = units(content);
            words += units.len();
            count += 1;
            block.insert("units".to_owned(), Value::Array(units));
        }
        if let Value::Object(block) = &mut list[at] {
            block.insert("beside".to_owned(), json!(count));
        }
    }
}

/// Whether a paragraph may be set beside something that the text runs around.
pub(super) fn runs_around(body: &[Block], at: usize) -> bool {
    let wraps = |block: &Block| match &block.kind {
        BlockKind::Figure(f) => f.width == Width::Wrap,
        BlockKind::PullQuote(p) => p.wrap,
        _ => false,
    };
    let near = body[at.saturating_sub(BESIDE.0)..at].iter().rev();
    near.map(|b| (matches!(b.kind, BlockKind::Paragraph(_)), wraps(b)))
        .find(|(plain, _)| !plain)
        .is_some_and(|(_, w)| w)
}

/// A paragraph in units that end at spaces.
fn units(content: &[Value]) -> Vec<Value> {
    let mut units: Vec<Value> = Vec::new();
    let mut unit: Vec<Value> = Vec::new();
    for value in content {
        let Value::String(text) = value else {
            unit.push(value.clone());
            continue;
        };
        for piece in text.split_inclusive(' ') {
            unit.push(Value::String(piece.to_owned()));
            if piece.ends_with(' ') {
                units.push(Value::Array(std::mem::take(&mut unit)));
            }
        }
    }
    if !unit.is_empty() {
        units.push(Value::Array(unit));
    }
    units
}

/// Splits a paragraph into its initial (with an opening quotation mark, if there is one) and units that end at spaces.
fn initial(content: &[Value]) -> Option<(String, Vec<Value>)> {
    let Value::String(first) = content.first()? else { return None };
    let (at, letter) = first.char_indices().find(|(_, c)| c.is_alphanumeric())?;
    // Only scripts with capitals have initials: taken out of an Arabic word a letter would lose its form and its neighbour.
    if !(letter.is_uppercase() || letter.is_lowercase() || letter.is_ascii_digit()) {
        return None;
    }
    if first[..at].chars().count() > 1 {
        return None;
    }
    let end = at + first[at..].chars().next()?.len_utf8();
    let rest = Value::String(first[end..].to_owned());
    let rest: Vec<Value> = std::iter::once(rest).chain(content[1..].iter().cloned()).collect();
    Some((first[..end].to_owned(), units(&rest)))
}

/// The inlines of every paragraph in a run of blocks: what a note can hold on a page.
pub(super) fn paragraphs(list: &[Block], context: &Inlines<'_>) -> Vec<Vec<Value>> {
    let mut out = Vec::new();
    for block in list {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading(_, content) => out.push(inlines(content, context)),
            BlockKind::List(list) => {
                for item in &list.items {
                    out.extend(paragraphs(&item.blocks, context));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Passage(inner) => out.extend(paragraphs(inner, context)),
            _ => {}
        }
    }
    out
}

fn blocks(list: &[Block], context: &Inlines<'_>) -> Vec<Value> {
    list.iter()
        .filter_map(|block| {
            let language = block.language.as_ref().map(|l| l.value.as_str());
            let mut map = context.within(language, || kind(block, context))?;
            map.insert("n".to_owned(), json!(block.number));
            if let Some(language) = &block.language {
                map.insert("lang".to_owned(), json!(language.value));
            }
            if let Some(id) = &block.id {
                map.insert("id".to_owned(), json!(id.value));
            }
            Some(Value::Object(map))
        })
        .collect()
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn kind(block: &Block, context: &Inlines<'_>) -> Option<Map<String, Value>> {
    let inner = |list: &[Block]| blocks(list, context);
    let words = |list: &[Inline]| inlines(list, context);
    let title = |text: &Option<Spanned<String>>| text.as_ref().map(|t| headline(t, &context.language()));
    object(match &block.kind {
        BlockKind::Paragraph(content) => json!({"k": "p", "c": flowing(content, context)}),
        // Level two in a manuscript is level three on the page: the section is one, the headline two.
        BlockKind::Heading(level, content) => json!({"k": "h", "level": (level + 1).min(6), "c": words(content)}),
        BlockKind::List(list) => json!({
            "k": "list", "start": list.start, "tight": list.tight,
            "items": list.items.iter().map(|i| json!({"task": i.task, "b": inner(&i.blocks)})).collect::<Vec<_>>(),
        }),
        BlockKind::Quote(list) => json!({"k": "quote", "b": inner(list)}),
        BlockKind::Code(_, text) => json!({"k": "code", "v": text.trim_end_matches('\n')}),
        BlockKind::Table(table) => self::table(table, context),
        BlockKind::Rule => json!({"k": "rule"}),
        BlockKind::Definitions(list) => json!({
            "k": "defs",
            "items": list.iter().map(|d| json!({
                "t": words(&d.term), "m": d.meanings.iter().map(|m| inner(m)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        }),
        BlockKind::Figure(f) if f.width == Width::Page => return None,
        BlockKind::Figure(f) => json!({
            "k": "figure", "f": figure(f, context)?,
            "width": if f.width == Width::Wide { "wide" } else { "column" }, "wrap": f.width == Width::Wrap,
        }),
        BlockKind::Gallery(g) if g.essay => return None,
        BlockKind::Gallery(g) => json!({
            "k": "gallery", "title": title(&g.title),
            "figures": g.figures.iter().filter_map(|f| figure(f, context)).collect::<Vec<_>>(),
        }),
        BlockKind::PullQuote(p) => json!({
            "k": "pull", "c": words(&p.text), "by": p.by.as_ref().map(|b| words(b)), "wrap": p.wrap,
        }),
        BlockKind::Sidebar(b) | BlockKind::FactBox(b) => json!({
            "k": "box", "title": title(&b.title), "b": inner(&b.blocks), "size": box_size(&b.blocks),
        }),
        BlockKind::Brief(b) => {
            json!({"k": "brief", "title": title(&b.title), "b": inner(&b.blocks)})
        }
        BlockKind::Interview(list) => json!({
            "k": "interview",
            "x": list.iter().map(|x| json!({"q": inner(&x.question), "a": inner(&x.answer)})).collect::<Vec<_>>(),
        }),
        BlockKind::Timeline(list) => json!({
            "k": "timeline", "title": null,
            "x": list.iter().map(|m| json!({"t": words(&m.when), "b": inner(&m.blocks)})).collect::<Vec<_>>(),
        }),
        BlockKind::Listings(list) => json!({
            "k": "listings",
            "x": list.iter().map(|m| json!({"t": words(&m.when), "b": inner(&m.blocks)})).collect::<Vec<_>>(),
        }),
        BlockKind::Letter(l) => json!({
            "k": "letter", "title": title(&l.title), "b": inner(&l.blocks),
            "from": l.from.as_ref().map(|f| words(f)),
        }),
        BlockKind::Passage(list) => json!({"k": "passage", "b": inner(list)}),
        BlockKind::Html(_) => return None,
    })
}

pub(super) fn figure(figure: &Figure, context: &Inlines<'_>) -> Option<Value> {
    let placed = context.article.figures.get(&figure.file.span)?;
    Some(figure_json(context.issue, Some((context, placed)), placed))
}

/// A short box stands in a column, a longer one across the page; one that would fill a page flows with the text.
fn box_size(list: &[Block]) -> &'static str {
    match super::text::words_in(list) {
        0..=110 => "column",
        111..=650 => "wide",
        _ => "flow",
    }
}

/// Column widths follow the longest words and the amount of text, so that numbers do not starve names.
fn table(table: &Table, context: &Inlines<'_>) -> Value {
    let columns = table.head.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
    let cell_texts = |i: usize| {
        std::iter::once(&table.head)
            .chain(&table.rows)
            .filter_map(move |r| r.get(i))
            .map(|c| crate::manuscript::plain(c))
    };
    let widths: Vec<f64> = (0..columns)
        .map(|i| {
            let longest = cell_texts(i).map(|t| t.chars().count()).max().unwrap_or(1);
            (longest as f64).clamp(4.0, 40.0).sqrt()
        })
        .collect();
    let total: usize = (0..columns).map(|i| cell_texts(i).map(|t| t.chars().count()).max().unwrap_or(0)).sum();
    let row = |r: &Vec<Vec<Inline>>| {
        (0..columns).map(|i| r.get(i).map_or_else(Vec::new, |c| inlines(c, context))).collect::<Vec<_>>()
    };
    json!({
        "k": "table", "columns": widths,
        "align": (0..columns).map(|i| match table.align.get(i).copied().unwrap_or_default() {
            Align::None => "none", Align::Left => "left", Align::Center => "center", Align::Right => "right",
        }).collect::<Vec<_>>(),
        "head": row(&table.head), "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "caption": table.caption.as_ref().map(|c| inlines(c, context)),
        "wide": columns > 3 || total > 45,
    })
}
