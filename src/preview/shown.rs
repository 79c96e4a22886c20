//! What is shown at the moment, and what of it differs from what a browser has.
//!
//! A state without pages keeps the last good ones; bytes of pages are kept for this generation and the one before, no longer.

use super::{Found, Page, Reading, Snapshot, Spot};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything but the bytes.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Counts the looks, from 1.
    pub(super) number: u64,
    title: String,
    rtl: bool,
    /// The pages are older than the findings.
    stale: bool,
    took_ms: u64,
    provisional: bool,
    pages: Vec<Sheet>,
    articles: Vec<Title>,
    findings: Vec<Found>,
}

/// A page without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Sheet {
    hash: String,
    folio: String,
    label: String,
    width: f64,
    height: f64,
    spots: Vec<Spot>,
}

/// An article without its text.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Title {
    slug: String,
    headline: String,
    hash: String,
}

/// What a browser must hear; what is missing stayed as it was.
#[derive(Debug, Serialize)]
pub(super) struct Change<'a> {
    number: u64,
    stale: bool,
    took_ms: u64,
    /// Other pages will follow, though nothing changes.
    provisional: bool,
    /// How many pages there are now.
    count: usize,
    /// Those that differ, with their index.
    pages: Vec<(usize, &'a Sheet)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rtl: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<&'a [Title]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<&'a [Found]>,
}

impl State {
    /// What differs from a state that a browser has; everything, if it has none.
    pub(super) fn since(&self, old: Option<&State>) -> Change<'_> {
        let had = |index: usize| old.and_then(|o| o.pages.get(index));
        let pages = self.pages.iter().enumerate().filter(|(i, sheet)| had(*i) != Some(*sheet)).collect();
        Change {
            number: self.number,
            stale: self.stale,
            took_ms: self.took_ms,
            provisional: self.provisional,
            count: self.pages.len(),
            pages,
            title: Some(self.title.as_str()).filter(|t| old.is_none_or(|o| o.title != *t)),
            rtl: Some(self.rtl).filter(|r| old.is_none_or(|o| o.rtl != *r)),
            articles: Some(self.articles.as_slice()).filter(|a| old.is_none_or(|o| o.articles != *a)),
            findings: Some(self.findings.as_slice()).filter(|f| old.is_none_or(|o| o.findings != *f)),
        }
    }
}

type Plates = BTreeMap<String, Arc<[u8]>>;

/// A state with the bytes that it names.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// What browsers hear of.
    pub(super) state: Arc<State>,
    plates: Plates,
    /// The generation before: a browser may still be asking for it.
    before: Plates,
    readings: Vec<Reading>,
}

impl Shown {
    /// The state after this one.
    pub(super) fn next(&self, snapshot: Snapshot) -> Self {
        let number = self.state.number + 1;
        let stale = snapshot.pages.is_none();
        let (pages, plates, before) = match snapshot.pages {
            Some(pages) => {
                let (sheets, plates) = self.sheets(pages);
                (sheets, plates, self.plates.clone())
            }
            None => (self.state.pages.clone(), self.plates.clone(), self.before.clone()),
        };
        // A look that could not read the issue has no articles either.
        let readings = if stale && snapshot.articles.is_empty() { self.readings.clone() } else { snapshot.articles };
        let title = if snapshot.title.is_empty() { self.state.title.clone() } else { snapshot.title };
        let rtl = if stale { self.state.rtl } else { snapshot.rtl };
        let findings = placed(snapshot.findings, &pages);
        let articles = readings.iter().map(Title::of).collect();
        let Snapshot { took_ms, provisional, .. } = snapshot;
        let state = State { number, title, rtl, stale, took_ms, provisional, pages, articles, findings };
        Self { state: Arc::new(state), plates, before, readings }
    }

    /// The bytes of a page, of this generation or the one before.
    pub(super) fn page(&self, hash: &str) -> Option<Arc<[u8]>> {
        self.plates.get(hash).or_else(|| self.before.get(hash)).cloned()
    }

    /// An article.
    pub(super) fn reading(&self, slug: &str) -> Option<&Reading> {
        self.readings.iter().find(|r| r.slug == slug)
    }

    fn sheets(&self, pages: Vec<Page>) -> (Vec<Sheet>, Plates) {
        let mut plates = Plates::new();
        let mut sheets = Vec::with_capacity(pages.len());
        for (index, page) in pages.into_iter().enumerate() {
            let hash = self.hash_at(index, &page.svg).unwrap_or_else(|| hash(&[&page.svg]));
            plates.insert(hash.clone(), page.svg);
            let Page { folio, label, width, height, spots, .. } = page;
            sheets.push(Sheet { hash, folio, label, width, height, spots });
        }
        (sheets, plates)
    }

    /// The hash of the page that stands there already, if it is the same: comparing costs a fraction of hashing.
    fn hash_at(&self, index: usize, svg: &Arc<[u8]>) -> Option<String> {
        let hash = &self.state.pages.get(index)?.hash;
        let old = self.plates.get(hash)?;
        (Arc::ptr_eq(old, svg) || old == svg).then(|| hash.clone())
    }
}

impl Title {
    fn of(reading: &Reading) -> Self {
        let hash = hash(&[reading.html.as_bytes(), reading.css.as_bytes(), reading.language.as_bytes()]);
        Title { slug: reading.slug.clone(), headline: reading.headline.clone(), hash }
    }
}

/// The first half of SHA-256 over parts, as hexadecimal digits.
fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Errors first, each with the page where it stands.
fn placed(mut findings: Vec<Found>, pages: &[Sheet]) -> Vec<Found> {
    let rank = |severity: &str| match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    };
    findings.sort_by_key(|f| rank(f.severity));
    for found in &mut findings {
        let given = found.page.filter(|p| *p < pages.len());
        found.page = given.or_else(|| page_of(found, pages));
    }
    findings
}

/// The page with the nearest block at or before the finding's line, else with the first block of its file.
fn page_of(found: &Found, pages: &[Sheet]) -> Option<usize> {
    let file = found.file.as_deref()?;
    let line = found.line.unwrap_or(1);
    let spots = pages.iter().enumerate().flat_map(|(index, page)| page.spots.iter().map(move |s| (index, s)));
    let own = spots.filter(|(_, s)| s.file == file);
    let mut before: Option<(u32, usize)> = None;
    let mut first = None;
    for (index, spot) in own {
        first.get_or_insert(index);
        if spot.line <= line && before.is_none_or(|(l, _)| spot.line > l) {
            before = Some((spot.line, index));
        }
    }
    before.map(|(_, index)| index).or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn page(text: &str, lines: &[u32]) -> Page {
        let spot = |line: &u32| Spot { x: 0.0, y: 0.0, width: 9.0, height: 9.0, file: "a.md".into(), line: *line };
        let spots = lines.iter().map(spot).collect();
        let svg = text.as_bytes().into();
        Page { folio: "1".into(), label: String::new(), width: 10.0, height: 20.0, svg, spots }
    }

    fn snapshot(texts: &[&str]) -> Snapshot {
        let pages = texts.iter().map(|t| page(t, &[])).collect();
        Snapshot { title: "T".into(), pages: Some(pages), ..Snapshot::default() }
    }

    fn found(severity: &'static str, line: u32) -> Found {
        let (code, message) = ("text/x".to_owned(), "m".to_owned());
        Found { severity, code, message, hints: vec![], file: Some("a.md".into()), line: Some(line), page: None }
    }

    fn told(new: &Shown, old: Option<&Shown>) -> Value {
        serde_json::to_value(new.state.since(old.map(|o| &*o.state))).unwrap()
    }

    #[test]
    fn a_new_browser_hears_everything() {
        let told = told(&Shown::default().next(snapshot(&["a", "b"])), None);
        assert_eq!(told["count"], 2);
        assert_eq!(told["pages"].as_array().unwrap().len(), 2);
        assert_eq!((&told["title"], &told["findings"], &told["number"]), (&json!("T"), &json!([]), &json!(1)));
    }

    #[test]
    fn only_what_differs_is_told() {
        let one = Shown::default().next(snapshot(&["a", "b", "c"]));
        let two = one.next(snapshot(&["a", "B", "c", "d"]));
        let told = told(&two, Some(&one));
        let indexes: Vec<_> = told["pages"].as_array().unwrap().iter().map(|p| p[0].clone()).collect();
        assert_eq!(indexes, [json!(1), json!(3)]);
        assert_eq!(told.get("findings"), None);
        assert_eq!(told.get("title"), None);
    }

    #[test]
    fn moved_lines_are_told_though_the_picture_stays() {
        let with = |line| Snapshot { pages: Some(vec![page("a", &[line])]), ..Snapshot::default() };
        let one = Shown::default().next(with(3));
        assert_eq!(told(&one.next(with(4)), Some(&one))["pages"][0][1]["spots"][0]["line"], 4);
        assert_eq!(told(&one.next(with(3)), Some(&one))["pages"], json!([]));
    }

    #[test]
    fn the_last_good_pages_stay() {
        let good = Shown::default().next(snapshot(&["a"]));
        let bad = good.next(Snapshot { findings: vec![found("error", 1)], ..Snapshot::default() });
        let told = told(&bad, Some(&good));
        assert_eq!((&told["stale"], &told["count"], &told["pages"]), (&json!(true), &json!(1), &json!([])));
        assert_eq!(told["findings"].as_array().unwrap().len(), 1);
        assert_eq!(told.get("title"), None, "the title stays too");
        assert!(bad.page(&good.state.pages[0].hash).is_some());
    }

    #[test]
    fn bytes_live_for_two_generations() {
        let one = Shown::default().next(snapshot(&["a"]));
        let hash = one.state.pages[0].hash.clone();
        let two = one.next(snapshot(&["b"]));
        assert_eq!(two.page(&hash).as_deref(), Some(&b"a"[..]));
        assert_eq!(two.next(Snapshot::default()).page(&hash).as_deref(), Some(&b"a"[..]));
        assert!(two.next(snapshot(&["c"])).page(&hash).is_none());
    }

    #[test]
    fn the_same_page_has_the_same_hash_wherever_it_stands() {
        let one = Shown::default().next(snapshot(&["a", "b"]));
        let two = one.next(snapshot(&["b", "a"]));
        assert_eq!(one.state.pages[0].hash, two.state.pages[1].hash);
        assert_ne!(one.state.pages[0].hash, one.state.pages[1].hash);
    }

    #[test]
    fn findings_stand_by_weight_and_find_their_page() {
        let pages = Some(vec![page("a", &[10, 20]), page("b", &[20, 30])]);
        let findings = vec![found("note", 25), found("warning", 35), found("error", 2)];
        let shown = Shown::default().next(Snapshot { pages, findings, ..Snapshot::default() });
        let order: Vec<_> = shown.state.findings.iter().map(|f| (f.severity, f.page)).collect();
        assert_eq!(order, [("error", Some(0)), ("warning", Some(1)), ("note", Some(0))]);
    }

    #[test]
    fn a_page_that_is_not_there_is_not_named() {
        let mut odd = found("error", 1);
        (odd.page, odd.file) = (Some(7), None);
        let shown = Shown::default().next(Snapshot { findings: vec![odd], ..snapshot(&["a"]) });
        assert_eq!(shown.state.findings[0].page, None);
    }

    #[test]
    fn an_article_is_known_by_its_text_and_style() {
        let reading = |html: &str, css: &str| Reading {
            slug: "s".into(),
            headline: "H".into(),
            language: "en".into(),
            html: html.into(),
            css: css.into(),
        };
        assert_ne!(Title::of(&reading("ab", "c")).hash, Title::of(&reading("a", "bc")).hash);
        assert_eq!(Title::of(&reading("a", "b")), Title::of(&reading("a", "b")));
    }
}
