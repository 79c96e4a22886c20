//! What the reader's script needs beside the pages' drawings: words and links where they stand, and what can be searched.
//!
//! `pages.json` holds one entry a page; lengths are in points from the page's top left. `search.json` holds every article's
//! blocks in order. Both are data: the script makes text of them, never markup.

use super::Input;
use super::article::page_id;
use super::record::Record;
use super::shell::rel;
use crate::issue::ArticleId;
use crate::issue::pages::Anchor;
use crate::manuscript::plain;
use crate::typeset::{LinkTo, PageWords, all_texts};
use serde_json::{Value, json};

/// A page's drawings.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The SVG.
    pub(super) svg: String,
    /// The small picture.
    pub(super) view: String,
    /// Its size in pixels.
    pub(super) size: (u32, u32),
}

/// What begins on a page, in words: an article's headline, "Advertisement", "Contents" …
pub(super) fn label(input: &Input<'_>, page: usize) -> String {
    let Input { issue, words, layout, .. } = *input;
    let label = |text: &str| text.to_owned();
    match layout.pages.get(page).map(|p| &p.starts) {
        Some(Anchor::Cover) => label(words.cover),
        Some(Anchor::Contents) => label(words.contents),
        Some(Anchor::Article { article, .. }) => label(&issue.articles[article.0].manuscript.front.headline.value),
        Some(Anchor::Advert(_)) => label(words.advertisement),
        Some(Anchor::Partners) => label(words.partners),
        Some(Anchor::Credits) => label(words.picture_credits),
        Some(Anchor::Imprint) => label(words.imprint),
        None => String::new(),
    }
}

/// Where the words of a page can be read as text, relative to the root.
pub(super) fn text_of(input: &Input<'_>, record: &Record, page: usize) -> String {
    let layout = input.layout;
    let folio = layout.pages.get(page).map(|p| p.folio.as_str()).unwrap_or_default();
    match layout.pages.get(page).map(|p| &p.starts) {
        Some(Anchor::Article { article, .. }) => {
            let path = record.articles.get(article.0).map(|a| a.path.as_str()).unwrap_or_default();
            format!("{path}#{}", page_id(folio))
        }
        Some(Anchor::Advert(_)) => {
            // The article that goes on before it.
            let before = layout.articles.iter().position(|a| a.last + 1 >= page && a.first <= page);
            before.and_then(|n| record.articles.get(n)).map_or_else(|| record.path(), |a| a.path.clone())
        }
        Some(Anchor::Credits | Anchor::Imprint) => format!("{}credits/", record.path()),
        _ => format!("{}#contents", record.path()),
    }
}

/// `pages.json`.
pub(super) fn pages(input: &Input<'_>, record: &Record, sheets: &[Sheet], words: &[PageWords]) -> Value {
    let place = record.pages_path();
    let layout = input.layout;
    let list: Vec<Value> = sheets
        .iter()
        .zip(words)
        .map(|(sheet, words)| {
            let runs: Vec<Value> = words
                .runs
                .iter()
                .map(|r| {
                    let (article, block) = match r.block {
                        Some((ArticleId(article), block)) => (json!(article), json!(block)),
                        None => (Value::Null, Value::Null),
                    };
                    json!([tenth(r.x), tenth(r.y), tenth(r.width), tenth(r.size), r.text, article, block])
                })
                .collect();
            let links: Vec<Value> = words
                .links
                .iter()
                .filter_map(|link| {
                    let to = match &link.to {
                        LinkTo::Page(page) => format!("#page={}", layout.pages.get(*page)?.folio),
                        LinkTo::Web(address) if is_web(address) => address.clone(),
                        LinkTo::Web(_) => return None,
                    };
                    Some(json!([tenth(link.x), tenth(link.y), tenth(link.width), tenth(link.height), to]))
                })
                .collect();
            json!({ "svg": rel(&place, &sheet.svg), "runs": runs, "links": links })
        })
        .collect();
    let articles: Vec<Value> =
        record.articles.iter().map(|a| json!([a.slug, rel(&place, &a.path), a.headline])).collect();
    json!({ "width": tenth(layout.format.width), "height": tenth(layout.format.height), "pages": list, "articles": articles })
}

/// Addresses that a reader may follow.
fn is_web(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.to_ascii_lowercase().starts_with(scheme))
}

/// `search.json`: a list of articles, each a list of block number and text.
pub(super) fn search(input: &Input<'_>) -> Value {
    let articles = input.issue.articles.iter().map(|article| {
        let front = &article.manuscript.front;
        let head = [front.kicker.as_ref(), Some(&front.headline), front.standfirst.as_ref()];
        let lead = article.lead.iter().map(|lead| plain(&lead.caption));
        let head: Vec<String> = head.into_iter().flatten().map(|t| t.value.clone()).chain(lead).collect();
        let blocks = all_texts(&article.manuscript).into_iter().map(|(block, text)| json!([block, text]));
        Value::Array(std::iter::once(json!([Value::Null, head.join(" ")])).chain(blocks).collect())
    });
    Value::Array(articles.collect())
}

/// A tenth of a point is finer than any screen.
fn tenth(length: f64) -> Value {
    let tenths = (length * 10.0).round() as i64;
    if tenths % 10 == 0 { json!(tenths / 10) } else { json!(tenths as f64 / 10.0) }
}
