//! Whole publishes against a store in memory and a folder, and the small site that they publish.

use super::lock::Patience;
use super::remote::Remote;
use super::scrub::Told;
use super::store::{self, Make, Opened};
use super::{Error, Request, plan, run};
use crate::web::record::{Article, Cover, Download, File, Image, Publication, Record, Style};
use object_store::memory::InMemory;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

pub(super) const TODAY: &str = "2026-12-31";

pub(super) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

pub(super) fn quiet() -> &'static (dyn Fn(&str) + Sync) {
    &|_| {}
}

/// Stale at once.
pub(super) fn hasty() -> Patience {
    let ms = Duration::from_millis;
    Patience { stale: ms(50), renew: ms(20), look: ms(10), wait: Duration::from_secs(5) }
}

pub(super) fn memory() -> Remote {
    let told = Told { bucket: Some("memory".to_owned()), host: "memory".to_owned() };
    Remote::of(Opened { store: Arc::new(InMemory::new()), headers: true, conditional: true, folder: None, told })
}

pub(super) fn folder() -> (TempDir, Remote) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("public").display().to_string();
    let remote = Remote::of(store::open(&to, None, Make::Folder).unwrap());
    (folder, remote)
}

/// The record of an issue whose files are [`write_site`]'s.
pub(super) fn record(name: &str, revision: u32) -> Record {
    let asset = |ending: &str| format!("assets/{name}-{revision}.{ending}");
    let own = |path: &str| format!("issues/{name}/{path}");
    let image = Image { path: asset("jpg"), media_type: "image/jpeg".to_owned(), width: 1, height: 1 };
    let mut files: Vec<String> =
        ["index.html", "articles/tide/index.html", "articles/ebb/index.html"].iter().map(|p| own(p)).collect();
    files.extend([asset("jpg"), asset("epub"), "assets/style.css".to_owned()]);
    files.sort();
    Record {
        version: 1,
        name: name.to_owned(),
        publication: Publication {
            title: "Tidewater".to_owned(),
            tagline: None,
            language: "en".to_owned(),
            issn: None,
            publisher: None,
            email: None,
            website: None,
            rights: None,
            address: None,
        },
        number: 1,
        volume: None,
        date: format!("{name}-05"),
        label: name.to_owned(),
        title: None,
        revision,
        modified: "2026-01-01T00:00:00Z".to_owned(),
        price: None,
        cover: Cover { images: vec![image], alt: None, credit: None, lines: Vec::new() },
        extent: 1,
        sections: Vec::new(),
        articles: vec![Article {
            slug: "tide".to_owned(),
            path: own("articles/tide/"),
            headline: "Tide".to_owned(),
            kicker: None,
            standfirst: None,
            authors: Vec::new(),
            byline: String::new(),
            language: "en".to_owned(),
            folio: "1".to_owned(),
            words: 1,
            sponsor: None,
            image: None,
            image_alt: None,
        }],
        downloads: vec![Download {
            edition: "epub".to_owned(),
            path: asset("epub"),
            media_type: "application/epub+zip".to_owned(),
            bytes: 1,
            sha256: String::new(),
        }],
        partners: Vec::new(),
        style: Style { sheet: "assets/style.css".to_owned(), accent: (String::new(), String::new()) },
        folios: Vec::new(),
        files,
    }
}

/// A site of these issues; every file says whose it is.
pub(super) fn write_site(records: &[Record]) -> TempDir {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: String| {
        let at = site.path().join(path);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::fs::write(at, text).unwrap();
    };
    for record in records {
        for path in &record.files {
            write(path, format!("{} {} {path}", record.name, record.revision));
        }
        write("assets/style.css", "body{}".to_owned());
        write(&format!("issues/{}/issue.json", record.name), serde_json::to_string(record).unwrap());
    }
    site
}

fn index(records: &[Record]) -> Vec<File> {
    let Some(latest) = records.first() else { return Vec::new() };
    let all = records.iter().map(|r| r.name.as_str()).collect::<Vec<_>>().join(" ");
    let pointer =
        serde_json::json!({ "issue": latest.name, "revision": latest.revision, "files": latest.files }).to_string();
    vec![
        File::text("latest.json", pointer.clone()),
        File::text("latest/index.html", pointer),
        File::text("index.html", all.clone()),
        File::text("feeds/issues.xml", all),
        File::text("assets/index.css", "nav{}"),
    ]
}

pub(super) fn request<'a>(site: &'a Path, today: &'a str) -> Request<'a> {
    Request { site, to: "", today, index: &index, note: quiet() }
}

pub(super) async fn publish(remote: &Remote, records: &[Record]) -> Result<run::Done, Error> {
    let site = write_site(records);
    run::publish(&request(site.path(), TODAY), remote, hasty()).await
}

pub(super) async fn text(remote: &Remote, path: &str) -> Option<String> {
    remote.get(path).await.unwrap().map(|(bytes, _)| String::from_utf8(bytes).unwrap())
}

/// Checks that each pointer names files of one issue that are all there; the issue and revision of `latest.json`.
pub(super) async fn whole(remote: &Remote) -> Option<(String, u64)> {
    let mut shown = None;
    for pointer in ["latest/index.html", "latest.json"] {
        shown = None;
        let Some(text) = text(remote, pointer).await else { continue };
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let (issue, revision) = (value["issue"].as_str().unwrap().to_owned(), value["revision"].as_u64().unwrap());
        for path in value["files"].as_array().unwrap() {
            let path = path.as_str().unwrap();
            let content = self::text(remote, path).await.unwrap_or_else(|| panic!("{pointer} names {path}"));
            assert!(content.starts_with(&issue) || path == "assets/style.css", "{pointer} names {path}: {content}");
        }
        shown = Some((issue, revision));
    }
    shown
}

pub(super) fn is(issue: &str, revision: u64) -> Option<(String, u64)> {
    Some((issue.to_owned(), revision))
}

/// Everything there, but what tells of time and turns.
pub(super) async fn standing(remote: &Remote) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["assets", "issues", "latest", "feeds"] {
        for path in remote.list(folder).await.unwrap().into_keys() {
            let content = text(remote, &path).await.unwrap();
            all.push((path, content));
        }
    }
    for path in ["index.html", "latest.json"] {
        all.push((path.to_owned(), text(remote, path).await.unwrap_or_default()));
    }
    all
}

#[test]
fn all_is_published_and_the_same_again_sends_nothing() {
    block_on(async {
        let (_kept, local) = folder();
        for remote in [memory(), local] {
            let issues = [record("2026-10", 1), record("2026-11", 1)];
            let sent = publish(&remote, &issues).await.unwrap().sent;
            assert_eq!((sent.assets.files, sent.pages.files, sent.index.files), (5, 8, 5));
            assert_eq!(whole(&remote).await, is("2026-11", 1));
            assert_eq!(text(&remote, "index.html").await.unwrap(), "2026-11 2026-10");
            let again = publish(&remote, &issues).await.unwrap();
            assert!(again.sent.is_empty(), "{again}");
            assert_eq!(again.sent.standing, 5);
            assert!(again.to_string().starts_with("nothing to send"), "{again}");
        }
    });
}

#[test]
fn only_what_changed_is_sent() {
    block_on(async {
        let remote = memory();
        publish(&remote, &[record("2026-10", 1), record("2026-11", 1)]).await.unwrap();
        let sent = publish(&remote, &[record("2026-10", 1), record("2026-11", 2)]).await.unwrap().sent;
        // Two assets, four pages of one issue, two pointers; the list of names is as it was.
        assert_eq!((sent.assets.files, sent.pages.files, sent.index.files), (2, 4, 2));
        assert_eq!(whole(&remote).await, is("2026-11", 2));
    });
}

#[test]
fn what_is_missing_or_was_overwritten_there_is_sent_again() {
    block_on(async {
        let (_kept, local) = folder();
        for remote in [memory(), local] {
            publish(&remote, &[record("2026-10", 1)]).await.unwrap();
            remote.delete("assets/2026-10-1.epub").await.unwrap();
            remote.delete("issues/2026-10/articles/tide/index.html").await.unwrap();
            // Of the same length, so that only the entity tag tells.
            let spoilt = "x".repeat(text(&remote, "issues/2026-10/index.html").await.unwrap().len());
            remote.put("issues/2026-10/index.html", spoilt.into_bytes()).await.unwrap();
            remote.delete("feeds/issues.xml").await.unwrap();
            let sent = publish(&remote, &[record("2026-10", 1)]).await.unwrap().sent;
            assert_eq!((sent.assets.files, sent.pages.files, sent.index.files), (1, 2, 1));
            assert_eq!(whole(&remote).await, is("2026-10", 1));
        }
    });
}

#[test]
fn an_older_issue_or_revision_never_becomes_latest() {
    block_on(async {
        let remote = memory();
        publish(&remote, &[record("2026-11", 2)]).await.unwrap();
        let sent = publish(&remote, &[record("2026-10", 1), record("2026-11", 1)]).await.unwrap().sent;
        assert_eq!(whole(&remote).await, is("2026-11", 2));
        assert_eq!(sent.older.len(), 1);
        assert!(text(&remote, "assets/2026-11-1.epub").await.is_none(), "nothing of it is sent");
        assert!(text(&remote, "issues/2026-11/index.html").await.unwrap().starts_with("2026-11 2"));
    });
}

#[test]
fn nothing_of_an_issue_under_embargo_is_sent() {
    block_on(async {
        let remote = memory();
        let site = write_site(&[record("2026-10", 1), record("2026-11", 1)]);
        let done = run::publish(&request(site.path(), "2026-11-04"), &remote, hasty()).await.unwrap();
        assert!(done.to_string().contains("under embargo until 2026-11-05: 2026-11"), "{done}");
        assert_eq!(whole(&remote).await, is("2026-10", 1));
        let there: BTreeSet<String> = standing(&remote).await.into_iter().map(|(path, _)| path).collect();
        assert!(!there.iter().any(|path| path.contains("2026-11")), "{there:?}");
        // And alone it publishes nothing at all.
        let (empty, alone) = (memory(), write_site(&[record("2026-11", 1)]));
        run::publish(&request(alone.path(), "2026-11-04"), &empty, hasty()).await.unwrap();
        assert!(text(&empty, "latest.json").await.is_none());
    });
}

#[test]
fn one_can_go_back_five_times() {
    block_on(async {
        let (_kept, local) = folder();
        for remote in [memory(), local] {
            for month in 1..=8 {
                publish(&remote, &[record(&format!("2026-{month:02}"), 1)]).await.unwrap();
            }
            for month in (3..=7).rev() {
                let back = run::rollback(quiet(), &remote, hasty()).await.unwrap();
                assert_eq!(whole(&remote).await, is(&format!("2026-{month:02}"), 1));
                assert!(back.to_string().contains(&format!("latest: 2026-{month:02}")), "{back}");
            }
            assert_eq!(run::rollback(quiet(), &remote, hasty()).await.err(), Some(Error::NothingBefore));
            // What comes after is an ordinary publish.
            publish(&remote, &[record("2026-08", 1)]).await.unwrap();
            assert_eq!(whole(&remote).await, is("2026-08", 1));
            assert_eq!(text(&remote, "index.html").await.unwrap(), "2026-08 2026-03 2026-02 2026-01");
        }
    });
}

#[test]
fn going_back_takes_back_a_revision_with_its_pages() {
    block_on(async {
        let remote = memory();
        publish(&remote, &[record("2026-11", 1)]).await.unwrap();
        let before = standing(&remote).await;
        publish(&remote, &[record("2026-11", 2)]).await.unwrap();
        run::rollback(quiet(), &remote, hasty()).await.unwrap();
        let back = standing(&remote).await;
        assert!(before.iter().all(|file| back.contains(file)));
        assert_eq!(whole(&remote).await, is("2026-11", 1));
        // And forth again, with pages that the state believed to have been sent.
        publish(&remote, &[record("2026-11", 2)]).await.unwrap();
        assert!(text(&remote, "issues/2026-11/index.html").await.unwrap().starts_with("2026-11 2"));
    });
}

#[test]
fn the_plan_says_what_the_publish_does_and_changes_nothing() {
    block_on(async {
        let remote = memory();
        publish(&remote, &[record("2026-10", 1)]).await.unwrap();
        let site = write_site(&[record("2026-10", 1), record("2026-11", 1), record("2027-02", 1)]);
        let request = request(site.path(), TODAY);
        let before = (standing(&remote).await, remote.list("publish").await.unwrap());
        let plan = plan::plan(&request, &remote).await.unwrap();
        assert_eq!((standing(&remote).await, remote.list("publish").await.unwrap()), before);
        let done = run::publish(&request, &remote, hasty()).await.unwrap();
        assert_eq!(plan, done.sent);
        assert_eq!(plan.embargoed.len(), 1);
    });
}

#[test]
fn a_plan_makes_no_folder() {
    let site = write_site(&[record("2026-10", 1)]);
    let beside = tempfile::tempdir().unwrap();
    let to = beside.path().join("public");
    let request =
        Request { site: site.path(), to: &to.display().to_string(), today: TODAY, index: &index, note: quiet() };
    assert_eq!(super::plan(&request).unwrap().assets.files, 3);
    assert!(!to.exists());
    assert_eq!(super::rollback(&request).err(), Some(Error::NothingBefore));
    assert!(!to.exists());
    super::publish(&request).unwrap();
    assert!(to.join("latest.json").exists());
    let left: Vec<_> = std::fs::read_dir(to.join("assets")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains('#')), "{left:?}");
}

#[test]
fn big_files_go_in_parts_and_arrive_as_they_are() {
    block_on(async {
        let (_kept, local) = folder();
        for remote in [memory(), local] {
            let issue = record("2026-10", 1);
            let site = write_site(std::slice::from_ref(&issue));
            let big: Vec<u8> = (0..(19 << 20) + 7_u32).map(|i| (i % 251) as u8).collect();
            std::fs::write(site.path().join("assets/2026-10-1.epub"), &big).unwrap();
            run::publish(&request(site.path(), TODAY), &remote, hasty()).await.unwrap();
            assert!(remote.get("assets/2026-10-1.epub").await.unwrap().unwrap().0 == big);
        }
    });
}

#[test]
fn a_site_that_is_not_whole_is_not_published() {
    block_on(async {
        let remote = memory();
        let site = write_site(&[record("2026-10", 1)]);
        std::fs::remove_file(site.path().join("assets/2026-10-1.epub")).unwrap();
        let error = run::publish(&request(site.path(), TODAY), &remote, hasty()).await.unwrap_err();
        assert!(matches!(&error, Error::Site(said) if said.contains("2026-10-1.epub")), "{error}");
        assert!(remote.list("assets").await.unwrap().is_empty(), "not even a part of it");
        let empty = tempfile::tempdir().unwrap();
        let error = run::publish(&request(empty.path(), TODAY), &remote, hasty()).await.unwrap_err().to_string();
        assert!(error.contains("masthead build --edition web"), "{error}");
    });
}

#[test]
fn an_index_keeps_to_its_own_paths() {
    block_on(async {
        let site = write_site(&[record("2026-10", 1)]);
        for bad in ["publish/records.json", "issues/2026-10/index.html", "../x", "/x", "a\\b"] {
            let hostile = |_: &[Record]| vec![File::text(bad, "x")];
            let request = Request { index: &hostile, ..request(site.path(), TODAY) };
            assert!(run::publish(&request, &memory(), hasty()).await.is_err(), "{bad}");
        }
    });
}
