//! Credits as the public web words them (`tests/credits/corpus.txt`) and captions that are none (`captions.txt`).
//!
//! Nineteen of twenty wordings must be read; whatever is not read keeps its words and names nobody wrongly.

use masthead::credit::{self, Credit};

const CORPUS: &str = include_str!("credits/corpus.txt");
const CAPTIONS: &str = include_str!("credits/captions.txt");

/// One wording of the corpus and what a careful reader takes from it.
struct Case<'a> {
    wording: &'a str,
    creators: Vec<&'a str>,
    source: Option<&'a str>,
    /// `Some("?")` is a licence without an SPDX identifier.
    licence: Option<&'a str>,
    field_only: bool,
    unread: bool,
}

/// The lines that are neither comment nor heading.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
}

fn case(line: &str) -> Case<'_> {
    let (wording, values) = line.rsplit_once(" => ").unwrap_or_else(|| panic!("no `=>`: {line}"));
    let parts: Vec<&str> = values.split('|').map(str::trim).collect();
    let [creators, source, licence] = parts[..] else { panic!("not three values: {line}") };
    let value = |text| Some(text).filter(|t| *t != "-");
    let unread = wording.strip_prefix("unread: ");
    let field = wording.strip_prefix("field: ");
    Case {
        wording: unread.or(field).unwrap_or(wording),
        creators: value(creators).map(|c| c.split(';').map(str::trim).collect()).unwrap_or_default(),
        source: value(source),
        licence: value(licence),
        field_only: field.is_some(),
        unread: unread.is_some(),
    }
}

fn corpus() -> Vec<Case<'static>> {
    // A wording may itself open with a bracket: headings are the lines that hold no values.
    let lines = CORPUS.lines().map(str::trim).filter(|l| !l.starts_with('#') && l.contains(" => "));
    lines.map(case).collect()
}

fn is_right(case: &Case, credit: &Credit) -> bool {
    let licence = credit.licence.as_ref().map(|l| l.spdx.as_deref().unwrap_or("?"));
    credit.creators == case.creators && credit.source.as_deref() == case.source && licence == case.licence
}

fn is_read(case: &Case) -> bool {
    let line = case.field_only || credit::parse(case.wording).is_some_and(|c| is_right(case, &c));
    line && is_right(case, &credit::from_field(case.wording))
}

#[test]
fn nineteen_of_twenty_wordings_are_read() {
    let cases = corpus();
    let read = cases.iter().filter(|c| is_read(c)).count();
    let share = 100.0 * read as f64 / cases.len() as f64;
    println!("{read} of {} wordings are read: {share:.1} %", cases.len());
    for case in cases.iter().filter(|c| is_read(c) == c.unread) {
        let got = (credit::parse(case.wording).is_some(), credit::from_field(case.wording));
        println!("  {}: {got:?}", case.wording);
    }
    assert!(cases.len() >= 130 && share >= 95.0);
    assert!(cases.iter().all(|c| is_read(c) != c.unread), "a mark of the corpus is wrong; see above");
}

#[test]
fn nobody_is_named_wrongly() {
    let mut wrong = Vec::new();
    for case in corpus() {
        for credit in credit::parse(case.wording).into_iter().chain([credit::from_field(case.wording)]) {
            let known = |name: &String| case.creators.contains(&name.as_str());
            if !credit.creators.iter().all(known) {
                wrong.push(format!("{}: {:?}", case.wording, credit.creators));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_words_of_an_unread_credit_are_kept() {
    for case in corpus().iter().filter(|c| c.unread) {
        assert_eq!(credit::from_field(case.wording).wording, case.wording);
    }
}

#[test]
fn captions_are_no_credits() {
    let captions: Vec<&str> = lines(CAPTIONS).collect();
    assert!(captions.len() >= 60);
    let taken: Vec<&&str> = captions.iter().filter(|c| credit::parse(c).is_some()).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}
