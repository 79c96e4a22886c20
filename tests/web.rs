//! The web edition as a whole: every word and picture is there once and reachable, links hold, adding an issue leaves the others alone.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/built.rs"]
mod built;

use built::Publication;
use masthead::web::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Builds an issue's web edition and gives what was said.
fn build(publication: &Publication, words: &[&str]) -> String {
    let run = publication.run(&[&["build", "--edition", "web", "--out", "made"], words].concat());
    assert_eq!(run.status, Some(0), "{}", run.err);
    run.err
}

/// Both issues of the sample, the older first, and the site's files before the second was added.
struct Site {
    publication: Publication,
    before: BTreeMap<String, Vec<u8>>,
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let publication = Publication::copy("gazette");
    build(&publication, &["2026-10"]);
    let before = files(&publication.path("made/site"));
    build(&publication, &["2026-11"]);
    Site { publication, before }
});

fn site() -> BTreeMap<String, Vec<u8>> {
    files(&SITE.publication.path("made/site"))
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    std::str::from_utf8(files.get(name).unwrap_or_else(|| panic!("no {name}"))).unwrap()
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &str)> {
    files.keys().filter(|name| name.ends_with(".html")).map(|name| (name, text(files, name)))
}

fn record(files: &BTreeMap<String, Vec<u8>>, issue: &str) -> Record {
    serde_json::from_str(text(files, &format!("issues/{issue}/issue.json"))).unwrap()
}

/// The addresses in a page's attributes.
fn addresses(page: &str) -> Vec<String> {
    let mut list = Vec::new();
    for name in [" href=\"", " src=\"", " srcset=\""] {
        for part in page.split(name).skip(1) {
            let value = part.split('"').next().unwrap().replace("&amp;", "&");
            match name {
                " srcset=\"" => list.extend(value.split(", ").map(|v| v.split(' ').next().unwrap().to_owned())),
                _ => list.push(value),
            }
        }
    }
    list
}

/// Where a relative address leads from a page; none for other hosts and places within the page.
fn resolved(page: &str, address: &str) -> Option<String> {
    if ["https:", "http:", "mailto:", "data:", "#"].iter().any(|s| address.starts_with(s)) {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let address = address.split('#').next().unwrap();
    for part in address.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {address} leaves the site"),
            "." => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

#[test]
fn every_link_leads_somewhere() {
    let files = site();
    let mut checked = 0;
    for (name, page) in pages(&files) {
        for address in addresses(page) {
            if let Some(path) = resolved(name, &address) {
                assert!(files.contains_key(&path), "{name}: {address} is not there ({path})");
                checked += 1;
            }
            // Places on the page that it leads to.
            if let Some((path, place)) = address.split_once('#').filter(|(p, _)| !p.contains(':')) {
                let target = if path.is_empty() { name.clone() } else { resolved(name, path).unwrap() };
                let there = text(&files, &target);
                assert!(there.contains(&format!("id=\"{place}\"")), "{name}: no {place} in {target}");
            }
        }
    }
    assert!(checked > 1000, "{checked}");
}

#[test]
fn no_page_asks_another_host_and_no_page_holds_a_script_of_its_own() {
    for (name, page) in pages(&site()) {
        for part in page.split('<').skip(1) {
            let tag = part.split('>').next().unwrap();
            let fetched =
                tag.starts_with("script") || tag.starts_with("img") || tag.starts_with("link rel=\"stylesheet");
            assert!(!fetched || !tag.contains("//"), "{name}: <{tag}>");
            let inline = tag.starts_with("script") && !tag.contains("src=");
            assert!(!inline || tag.contains("json"), "{name}: <{tag}>");
            assert!(!tag.contains(" style=\"") && !tag.contains(" onclick"), "{name}: <{tag}>");
        }
    }
}

#[test]
fn every_article_is_there_once_with_its_pictures_and_credits() {
    let files = site();
    for (issue, least) in [("2026-10", 6), ("2026-11", 14)] {
        let record = record(&files, issue);
        assert!(record.articles.len() >= least, "{}", record.articles.len());
        let landing = text(&files, &format!("issues/{issue}/index.html"));
        for article in &record.articles {
            let page = text(&files, &format!("{}index.html", article.path));
            assert_eq!(page.matches("<h1").count(), 1, "{}", article.path);
            assert!(landing.contains(&format!("articles/{}/\"", article.slug)), "{}", article.slug);
            assert!(article.words == 0 || page.contains("data-block"), "{}", article.path);
            let alts = page.matches("<img").count();
            assert_eq!(page.matches(" alt=\"").count(), alts, "{}", article.path);
        }
        let listed: BTreeSet<usize> = record.sections.iter().flat_map(|s| s.articles.clone()).collect();
        assert_eq!(listed.len(), record.articles.len());
        let credits = text(&files, &format!("issues/{issue}/credits/index.html"));
        assert!(credits.matches("<li>").count() >= 7, "{issue}");
        assert!(record.cover.credit.is_some() && record.cover.alt.is_some());
    }
    let data = text(&files, "issues/2026-11/articles/turn-it-down/index.html");
    assert!(
        data.contains("\"creditText\":\"Photo: Romain Guy\""),
        "its pictures' credits are there for search engines"
    );
}

#[test]
fn the_reader_has_every_printed_page_its_drawing_and_its_words() {
    let files = site();
    let record = record(&files, "2026-11");
    let reader = text(&files, "issues/2026-11/pages/index.html");
    for folio in &record.folios {
        assert!(reader.contains(&format!("id=\"page={folio}\"")), "{folio}");
    }
    assert_eq!(record.folios.len(), record.extent);
    let facts = reader.split("id=\"facts\">").nth(1).unwrap().split("</script>").next().unwrap();
    let facts: serde_json::Value = serde_json::from_str(facts).unwrap();
    let open = |key: &str| {
        let path = resolved("issues/2026-11/pages/index.html", facts[key].as_str().unwrap()).unwrap();
        serde_json::from_str::<serde_json::Value>(text(&files, &path)).unwrap()
    };
    let (data, search) = (open("pages"), open("search"));
    let list = data["pages"].as_array().unwrap();
    assert_eq!(list.len(), record.extent);
    for page in list {
        let svg = resolved("issues/2026-11/pages/index.html", page["svg"].as_str().unwrap()).unwrap();
        let drawing = text(&files, &svg);
        let parsed = roxmltree::Document::parse(drawing).unwrap();
        // A link leads somewhere and fetches nothing; anything else stays within the drawing.
        for node in parsed.descendants().filter(|n| n.is_element() && n.tag_name().name() != "a") {
            assert_ne!(node.tag_name().name(), "script", "{svg}");
            for given in node.attributes().filter(|a| a.name() == "href") {
                assert!(
                    given.value().starts_with('#') || given.value().starts_with("data:"),
                    "{svg}: {}",
                    given.value()
                );
            }
        }
    }
    // Every block that can be searched stands on a page.
    let runs: BTreeSet<(u64, u64)> = list
        .iter()
        .flat_map(|p| p["runs"].as_array().unwrap())
        .filter_map(|r| Some((r[5].as_u64()?, r[6].as_u64()?)))
        .collect();
    let (mut all, mut lost) = (0, Vec::new());
    for (article, blocks) in search.as_array().unwrap().iter().enumerate() {
        for block in blocks.as_array().unwrap().iter().filter(|b| !b[0].is_null()) {
            all += 1;
            if !runs.contains(&(article as u64, block[0].as_u64().unwrap())) {
                lost.push(format!("{} {}", record.articles[article].slug, block[1]));
            }
        }
    }
    assert!(all > 200, "{all}");
    // A table's words may be taken for those of a paragraph that says the same: it is then found there.
    assert!(lost.len() <= all / 100, "{} of {all} blocks are on no page: {lost:#?}", lost.len());
}

#[test]
fn adding_an_issue_touches_its_own_pages_and_what_all_issues_share() {
    let (before, after) = (&SITE.before, site());
    let mut changed = Vec::new();
    for (name, bytes) in before {
        let now = after.get(name).unwrap_or_else(|| panic!("{name} is gone"));
        if now != bytes {
            changed.push(name.as_str());
        }
    }
    let shared = |name: &&str| {
        ["index.html", "latest/", "latest.json", "feeds/", "sitemap.xml", "embed/"].iter().any(|s| name.starts_with(s))
    };
    assert!(changed.iter().all(shared), "{changed:?}");
    assert!(changed.contains(&"latest.json") && changed.contains(&"index.html"));
    let new = after.keys().filter(|n| !before.contains_key(*n));
    for name in new {
        assert!(name.starts_with("issues/2026-11/") || name.starts_with("assets/") || shared(&name.as_str()), "{name}");
    }
    // An older issue that is built again never becomes the latest.
    build(&SITE.publication, &["2026-10"]);
    let again = site();
    assert!(text(&again, "latest.json").contains("2026-11"));
    assert_eq!(again, after, "the same site comes of the same issues, whichever was built last");
}

#[test]
fn drafts_and_plans_stand_beside_the_site_and_not_in_it() {
    let publication = Publication::copy("gazette");
    let said = build(&publication, &["2026-10", "--draft"]);
    let made = publication.path("made");
    assert!(!made.join("site").exists() && made.join("site-draft/latest.json").is_file(), "{said}");
}

#[test]
fn without_an_address_there_is_a_finding_and_no_site_map() {
    let publication = Publication::copy("gazette");
    publication.edit("masthead.toml", "address = \"https://kerbandkestrel.example/magazine/\"", "downloads = []");
    let said = build(&publication, &["2026-10"]);
    assert!(said.contains("warning[web/address]") && said.contains("masthead.toml:"), "{said}");
    let made = publication.path("made");
    assert!(!made.join("site/sitemap.xml").exists());
    assert!(
        !made.join("2026-10").join("kerb-kestrel-2026-10.epub").exists(),
        "nothing is offered, nothing else is made"
    );
}
