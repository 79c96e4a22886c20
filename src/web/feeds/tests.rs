//! The feeds as a whole: they parse, name every issue once, and let nothing through as markup.

use super::test_records::{NASTY, nasty, record, records};
use super::{feeds, latest, manifest};
use crate::web::record::File;
use serde_json::Value;

fn text(files: &[File], path: &str) -> String {
    let file = files.iter().find(|f| f.path == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn parsed(files: &[File], path: &str) -> Value {
    serde_json::from_str(&text(files, path)).unwrap()
}

fn paths(files: &[File]) -> Vec<&str> {
    files.iter().map(|f| f.path.as_str()).collect()
}

#[test]
fn no_issue_no_feed() {
    assert!(feeds(&[]).is_empty());
}

#[test]
fn a_few_issues_are_in_one_file_a_format() {
    let files = feeds(&records(50));
    let names = ["opds2.json", "opds.xml", "issues.xml", "articles.xml", "articles.json"].map(|n| format!("feeds/{n}"));
    let expected = [&names[..], &["sitemap.xml".to_owned(), "robots.txt".to_owned()]].concat();
    assert_eq!(paths(&files), expected);
    assert_eq!(parsed(&files, "feeds/opds2.json")["publications"].as_array().unwrap().len(), 50);
    assert_eq!(text(&files, "feeds/articles.xml").matches("<entry").count(), 18, "three articles of six issues");
    assert_eq!(parsed(&files, "feeds/articles.json")["items"].as_array().unwrap().len(), 18);
    assert_eq!(text(&files, "sitemap.xml").matches("<loc>").count(), 1 + 50 * 4);
}

#[test]
fn many_issues_are_paged_and_listed_by_year() {
    let records = records(120);
    let files = feeds(&records);
    let mut path = "feeds/opds2.json".to_owned();
    let mut found = Vec::new();
    loop {
        let page = parsed(&files, &path);
        assert_eq!(page["metadata"]["numberOfItems"], 120);
        let publications = page["publications"].as_array().unwrap();
        assert!(publications.len() <= 50);
        found.extend(publications.iter().map(|p| p["metadata"]["published"].as_str().unwrap().to_owned()));
        let next = page["links"].as_array().unwrap().iter().find(|l| l["rel"] == "next").cloned();
        let Some(next) = next else { break };
        path = next["href"].as_str().unwrap().strip_prefix("https://magazine.example/").unwrap().to_owned();
    }
    assert_eq!(path, "feeds/opds2/page-3.json");
    let dates: Vec<String> = records.iter().map(|r| r.date.clone()).collect();
    assert_eq!(found, dates);
    assert_eq!(parsed(&files, "feeds/opds2.json")["navigation"].as_array().unwrap().len(), 10);
    assert_eq!(parsed(&files, "feeds/opds2/2003.json")["publications"].as_array().unwrap().len(), 12);
    let year = text(&files, "feeds/opds/2003.xml");
    assert_eq!((year.matches("<entry").count(), year.matches("opds:activeFacet").count()), (12, 1));
    assert_eq!(text(&files, "feeds/issues/page-3.xml").matches("<entry").count(), 20);
}

#[test]
fn a_year_of_many_issues_is_paged_too() {
    let mut list = records(60);
    list.iter_mut().for_each(|r| r.date.replace_range(..4, "2026"));
    list[0].date = "../x".into();
    let files = feeds(&list);
    assert_eq!(parsed(&files, "feeds/opds2/2026.json")["metadata"]["numberOfItems"], 59);
    assert_eq!(parsed(&files, "feeds/opds2/2026-2.json")["publications"].as_array().unwrap().len(), 9);
    assert!(files.iter().all(|f| !f.path.contains("..")), "a date that is none makes no path");
}

#[test]
fn hostile_texts_stay_texts_and_every_document_parses() {
    let record = nasty(3);
    let mut files = feeds(std::slice::from_ref(&record));
    files.extend([latest(&record), manifest(&record)]);
    for file in &files {
        let written = text(&files, &file.path);
        if file.path.ends_with(".xml") {
            let document = roxmltree::Document::parse(&written).unwrap_or_else(|e| panic!("{}: {e}", file.path));
            let names = document.descendants().filter(|n| n.is_element()).map(|n| n.tag_name().name());
            assert!(names.into_iter().all(|name| name != "script"), "{}", file.path);
            assert!(written.contains("&lt;script&gt;"), "{}", file.path);
        } else {
            let _: Value = serde_json::from_str(&written).unwrap();
        }
        assert!(!written.contains("javascript:"), "{}", file.path);
    }
    assert_eq!(parsed(&files, "latest.json")["title"], NASTY);
    assert!(!paths(&files).contains(&"sitemap.xml"), "no address, no sitemap");
}

#[test]
fn what_is_not_known_is_left_out() {
    let files = feeds(&[nasty(3)]);
    let catalogue = parsed(&files, "feeds/opds2.json");
    let metadata = &catalogue["publications"][0]["metadata"];
    assert!(metadata.get("author").is_none(), "nobody is named");
    assert!(metadata["belongsTo"]["series"].get("position").is_none(), "a position is greater than zero");
    assert_eq!(metadata["readingProgression"], "rtl");
    let feed = parsed(&files, "feeds/articles.json");
    assert!(feed.get("feed_url").is_none());
    assert_eq!(feed["items"][0]["url"], "../issues/2000-03/articles/turn-it-down/");
}

#[test]
fn an_issue_without_downloads_is_in_no_catalogue() {
    let mut list = records(2);
    list[0].downloads.clear();
    let files = feeds(&list);
    assert_eq!(parsed(&files, "feeds/opds2.json")["publications"].as_array().unwrap().len(), 1);
    assert_eq!(text(&files, "feeds/opds.xml").matches("<entry").count(), 1);
    assert_eq!(text(&files, "feeds/issues.xml").matches("<entry").count(), 2);
    list[1].downloads.clear();
    assert!(paths(&feeds(&list)).iter().all(|p| !p.contains("opds")));
}

#[test]
fn identifiers_do_not_change_with_the_address_or_a_revision() {
    let one = record(5);
    let mut other = one.clone();
    other.publication.address = Some("https://elsewhere.example/".into());
    (other.modified, other.revision) = ("2030-01-01T00:00:00Z".into(), 2);
    let ids = |record| {
        let files = feeds(&[record]);
        let all = paths(&files).iter().filter(|p| p.starts_with("feeds/")).map(|p| text(&files, p)).collect::<String>();
        all.split("urn:uuid:").skip(1).map(|rest| rest[..36].to_owned()).collect::<Vec<_>>()
    };
    let (first, second) = (ids(one), ids(other));
    assert_eq!(first, second);
    assert!(first.len() > 10);
}

#[test]
fn a_sponsor_stands_first_in_the_summary() {
    let files = feeds(&[record(1)]);
    let summary = "Sponsored by Northbank Nurseries · What is under the headline";
    assert!(text(&files, "feeds/articles.xml").contains(&format!("<summary>{summary}</summary>")));
    assert_eq!(parsed(&files, "feeds/articles.json")["items"][1]["summary"], summary);
}

#[test]
fn the_manifest_has_articles_contents_and_pages() {
    let manifest: Value = serde_json::from_slice(&manifest(&record(1)).bytes).unwrap();
    assert_eq!(manifest["links"][0]["href"], "https://magazine.example/issues/2000-01/manifest.json");
    assert_eq!(manifest["readingOrder"].as_array().unwrap().len(), 3);
    let toc = manifest["toc"].as_array().unwrap();
    assert_eq!((toc[0]["title"].as_str(), toc[0]["children"].as_array().unwrap().len()), (Some("Features"), 2));
    assert_eq!(toc[1]["title"], "About letters", "a section without a title is none");
    assert_eq!(manifest["pageList"][0]["href"], "https://magazine.example/issues/2000-01/pages/#page=C1");
    assert_eq!(manifest["metadata"]["belongsTo"]["series"]["position"], 1);
}

#[test]
fn an_issue_without_articles_is_its_landing_page() {
    let mut record = record(1);
    record.articles.clear();
    record.sections.clear();
    let feed = parsed(&feeds(std::slice::from_ref(&record)), "feeds/articles.json");
    assert_eq!(feed["items"], serde_json::json!([]), "a JSON Feed has its items, though they be none");
    let manifest: Value = serde_json::from_slice(&manifest(&record).bytes).unwrap();
    assert_eq!(manifest["readingOrder"][0]["href"], "https://magazine.example/issues/2000-01/");
    assert!(manifest.get("toc").is_none());
}

#[test]
fn latest_is_small_and_names_the_record() {
    let mut record = record(2);
    record.publication.address = None;
    let file = latest(&record);
    assert!(file.bytes.len() < 2000);
    let latest: Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!((&latest["record"], &latest["url"]), (&"issues/2000-02/issue.json".into(), &"issues/2000-02/".into()));
    assert_eq!(latest["cover"][0]["width"], 480);
    assert_eq!(latest["downloads"][0]["edition"], "epub");
}
