//! The built program and its finished files: the same input makes the same bytes, every build leaves `dist` whole, and
//! all editions of an issue name the same pages.
//!
//! Nothing here looks inside the library: what is compared was read back from the files.

#[path = "support/book.rs"]
mod book;
#[path = "support/built.rs"]
mod built;
#[path = "support/pdf_text.rs"]
mod pdf_text;

use book::Book;
use built::Publication;
use pdf_text::{Pdf, Run};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

const EPUB: &str = "2026-11/kerb-kestrel-2026-11.epub";
const SCREEN: &str = "2026-11/kerb-kestrel-2026-11-screen.pdf";
const ARTICLE: &str = "2026-11/articles/head-first.md";

/// Every file's time of change moved, each by another step.
fn touch(folder: &Path, seconds: &mut u64) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            touch(&path, seconds);
            continue;
        }
        *seconds += 86_461;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(900_000_000 + *seconds);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }
}

/// Where two files differ first, for a message that does not print megabytes.
fn difference(a: &[u8], b: &[u8]) -> String {
    let at = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let near = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(40).min(bytes.len())..(at + 40).min(bytes.len())]).into_owned()
    };
    format!("{} and {} bytes, first different at {at}: {:?} / {:?}", a.len(), b.len(), near(a), near(b))
}

fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name}: {}", difference(bytes, &b[name]));
    }
}

#[test]
fn the_same_publication_makes_the_same_bytes_anywhere() {
    let here = Publication::copy("gazette");
    let there = Publication::copy("another place/with a long name/Zeitschrift");
    touch(&there.path(""), &mut 0);
    let (near_home, far_home) = (here.beside("home"), there.beside("other home"));
    let near = [
        ("TZ", Some("UTC")),
        ("LANG", Some("C")),
        ("LC_ALL", Some("C")),
        ("HOME", near_home.to_str()),
        ("RAYON_NUM_THREADS", Some("1")),
        ("SOURCE_DATE_EPOCH", None),
    ];
    let far = [
        ("TZ", Some("Pacific/Kiritimati")),
        ("LANG", Some("de_DE.UTF-8")),
        ("LC_ALL", Some("ar_EG.UTF-8")),
        ("HOME", far_home.to_str()),
        ("RAYON_NUM_THREADS", Some("5")),
        ("SOURCE_DATE_EPOCH", None),
    ];
    for issue in ["2026-10", "2026-11"] {
        let run = here.run_in(&["build", issue], &near);
        assert_eq!(run.status, Some(0), "{issue}: {}", run.err);
        let run = there.run_in(&["build", issue, "--no-cache"], &far);
        assert_eq!(run.status, Some(0), "{issue}: {}", run.err);
    }
    let first = here.dist();
    assert_eq!(first.keys().filter(|n| n.ends_with(".epub") || n.ends_with(".pdf")).count(), 12, "{:?}", first.keys());
    assert_same(&first, &there.dist());
    // Pictures that the first build kept make the same files as pictures made anew.
    let run = here.run_in(&["build", "2026-11"], &far);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert_same(&first, &here.dist());
}

#[test]
fn latest_is_the_newest_published_issue_whatever_is_built() {
    let publication = Publication::copy("gazette");
    publication.build("2026-10");
    let before = publication.dist();
    assert!(!before.keys().any(|n| n.starts_with("latest")), "an older issue never is: {:?}", before.keys());

    publication.build("2026-11");
    let newest = publication.dist();
    assert!(newest["latest.epub"] == newest[EPUB] && newest["latest.pdf"] == newest[SCREEN]);

    publication.build("2026-10");
    assert_same(&newest, &publication.dist());

    // An announced issue does not take the place of the one that readers have.
    publication.edit("2026-11/issue.toml", "status = \"published\"", "status = \"draft\"");
    publication.build("2026-11");
    let after = publication.dist();
    assert!(after["latest.epub"] == newest["latest.epub"] && after["latest.pdf"] == newest["latest.pdf"]);
    publication.build("2026-10");
    let after = publication.dist();
    assert!(after["latest.pdf"] == after["2026-10/kerb-kestrel-2026-10-screen.pdf"], "now October is the newest");
}

#[test]
fn an_edition_left_behind_is_named() {
    let publication = Publication::copy("gazette");
    let run = publication.build("2026-11");
    assert!(!run.err.contains("another state"), "{}", run.err);
    let before = publication.dist();
    let run = publication.run(&["build", "2026-11", "--edition", "epub"]);
    assert!(run.status == Some(0) && !run.err.contains("another state"), "nothing changed: {}", run.err);

    let text = std::fs::read_to_string(publication.path(ARTICLE)).unwrap();
    std::fs::write(publication.path(ARTICLE), format!("{}\n\nOne more thing.\n", text.trim_end())).unwrap();
    let run = publication.run(&["build", "2026-11", "--edition", "epub"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let note = "kerb-kestrel-2026-11-screen.pdf is from another state of the issue";
    assert!(run.err.contains(note) && run.err.contains("--edition screen"), "{}", run.err);
    assert!(!run.out.contains(".pdf"), "{}", run.out);
    let after = publication.dist();
    assert!(after[EPUB] != before[EPUB] && after["latest.epub"] == after[EPUB]);
    assert!(after[SCREEN] == before[SCREEN] && after["latest.pdf"] == before["latest.pdf"]);

    let run = publication.run(&["build", "2026-11", "--edition", "screen"]);
    let still = "kerb-kestrel-2026-11-print.pdf is from another state";
    assert!(run.status == Some(0) && run.err.matches("another state").count() == 2, "{}", run.err);
    assert!(run.err.contains(still) && run.err.contains("--edition web"), "{}", run.err);
}

#[test]
fn a_build_with_errors_leaves_everything_as_it_was() {
    let publication = Publication::copy("gazette");
    publication.build("2026-11");
    let before = publication.dist();
    publication.edit(ARTICLE, "\nheadline =", "\nheadlnie =");
    let run = publication.run(&["build", "2026-11"]);
    assert_eq!(run.status, Some(1), "{}", run.err);
    assert!(run.err.contains(ARTICLE) && run.err.contains("nothing was written"), "{}", run.err);
    assert_eq!(run.out, "");
    assert_same(&before, &publication.dist());
}

#[test]
fn a_place_that_cannot_be_written_is_no_finding() {
    let publication = Publication::copy("gazette");
    std::fs::write(publication.path("dist"), "in the way").unwrap();
    let run = publication.run(&["build", "2026-11", "--no-cache"]);
    assert_eq!(run.status, Some(2), "{}", run.err);
    assert!(run.err.contains("dist"), "{}", run.err);
    assert_eq!(std::fs::read(publication.path("dist")).unwrap(), b"in the way");
}

/// The finished files of an issue, read back.
struct Editions {
    pdf: Pdf,
    book: Book,
}

fn editions(issue: &str) -> Editions {
    let publication = Publication::copy("gazette");
    publication.build(issue);
    let files = publication.dist();
    let file = |end: &str| &files[&format!("{issue}/kerb-kestrel-{issue}{end}")];
    Editions { pdf: Pdf::read(file("-screen.pdf")), book: Book::read(file(".epub")) }
}

/// Letters and digits only: hyphens at line ends, spaces and quotes are no disagreement.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without digits too: the number of a list's item is print's own text and the e-book's markup.
fn words_alone(text: &str) -> String {
    letters(text).chars().filter(|c| !c.is_numeric()).collect()
}

/// Pages without a word of main text, looked at one by one: nothing but pictures, a box or the line about the author.
/// A change of the layout may move them; a page that is named here and does begin with its words is a failure too.
fn beside_of(issue: &str) -> &'static [&'static str] {
    match issue {
        "2026-10" => &["6"],
        _ => &["27"],
    }
}

const ISSUES: [&str; 2] = ["2026-10", "2026-11"];

#[test]
fn every_page_number_agrees_everywhere() {
    for issue in ISSUES {
        let Editions { pdf, book } = editions(issue);
        let labels = pdf.labels();
        let expected: Vec<String> =
            (1..=labels.len()).map(|n| if n == 1 { "C1".to_owned() } else { n.to_string() }).collect();
        assert_eq!(labels, expected, "{issue}");
        let listed: Vec<String> = book.page_list().into_iter().map(|(folio, _)| folio).collect();
        assert_eq!(listed, labels, "{issue}: the e-book's page list is the PDF's");
        contents_agree(issue, &pdf, &book, &labels);
        pages_begin_with_the_same_words(issue, &pdf, &book, &labels);
        credits_agree(issue, &pdf, &book, &labels);
    }
}

/// Bookmarks, printed contents and its links, the e-book's contents, and where each article's first page is anchored.
fn contents_agree(issue: &str, pdf: &Pdf, book: &Book, labels: &[String]) {
    let bookmarks = pdf.bookmarks();
    let contents = bookmarks.iter().find(|(title, _)| title == "Contents").expect("a bookmark").1;
    let entries = book.contents();
    let first = entries[0].folio.clone();
    let pages = contents..labels.iter().position(|l| *l == first).unwrap();
    assert!(entries.len() >= 5, "{issue}");
    for entry in &entries {
        let headline = letters(&entry.headline);
        let marked = bookmarks.iter().find(|(title, _)| letters(title) == headline);
        let (_, page) = marked.unwrap_or_else(|| panic!("{issue}: no bookmark `{}`", entry.headline));
        assert_eq!(labels[*page], entry.folio, "{issue}: bookmark and e-book contents, `{}`", entry.headline);
        let target = book.page_list().into_iter().find(|(folio, _)| *folio == entry.folio).expect("listed").1;
        assert_eq!(target.split('#').next(), Some(entry.document.as_str()), "{issue}: `{}`", entry.headline);
        let printed = pages.clone().find_map(|p| printed_entry(pdf, p, &headline));
        let (number, link) = printed.unwrap_or_else(|| panic!("{issue}: `{}` is not in print", entry.headline));
        assert_eq!(number, entry.folio, "{issue}: printed and e-book contents, `{}`", entry.headline);
        assert_eq!(labels[link], entry.folio, "{issue}: link and number in print, `{}`", entry.headline);
    }
}

/// The number that is printed with a headline on a contents page, and the page index of the link around it.
fn printed_entry(pdf: &Pdf, page: usize, headline: &str) -> Option<(String, usize)> {
    let runs = pdf.text(page);
    for link in pdf.links(page) {
        let inside: Vec<&Run> = runs.iter().filter(|r| link.holds(r)).collect();
        let text = letters(&inside.iter().map(|r| r.text.as_str()).collect::<String>());
        let words = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if !words.starts_with(headline) {
            continue;
        }
        let top = inside.iter().map(|r| r.y).fold(f32::MIN, f32::max);
        let left = inside.iter().map(|r| r.x).fold(f32::MAX, f32::min);
        let number = |r: &&Run| !r.text.trim().is_empty() && r.text.trim().chars().all(|c| c.is_ascii_digit());
        let mut near: Vec<&Run> =
            runs.iter().filter(number).filter(|r| (r.y - top).abs() < 8.0 && r.x <= left).collect();
        near.sort_by(|a, b| b.x.total_cmp(&a.x));
        return Some((near.first()?.text.trim().to_owned(), link.page));
    }
    None
}

/// What the e-book says after a page's anchor stands at the head of that page's text.
fn pages_begin_with_the_same_words(issue: &str, pdf: &Pdf, book: &Book, labels: &[String]) {
    let (mut wrong, mut beside) = (Vec::new(), Vec::new());
    let mut compared = 0;
    for (index, (folio, href)) in book.page_list().iter().enumerate() {
        let (document, anchor) = href.split_once('#').unwrap();
        let Some(after) = document.starts_with("article-").then(|| book.text_after(document, anchor)).flatten() else {
            continue;
        };
        assert_eq!(labels[index], *folio);
        let after: String = words_alone(&after).chars().take(30).collect();
        let runs = pdf.text(index);
        let mut sizes: Vec<f32> = runs.iter().map(|r| r.size).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.dedup();
        // The text of a size is one flow; captions, boxes and body have their own.
        let place = |size: &f32| {
            let flow: String = runs.iter().filter(|r| r.size == *size).map(|r| words_alone(&r.text)).collect();
            let at = flow.find(&after)?;
            Some(flow[..at].chars().count())
        };
        // A heading at the head goes on in the text's own size; what stands above it is of a third.
        let without = |size: &f32| {
            let flow: String = runs.iter().filter(|r| r.size != *size).map(|r| words_alone(&r.text)).collect();
            flow.starts_with(&after)
        };
        compared += 1;
        // A word that the page break cuts is the page before's.
        let whole: String = runs.iter().map(|r| words_alone(&r.text)).collect();
        let begins = whole.starts_with(&after)
            || sizes.iter().filter_map(place).min().is_some_and(|n| n <= 14)
            || sizes.iter().any(without);
        if !begins && beside_of(issue).contains(&folio.as_str()) {
            beside.push(folio.clone());
        } else if !begins {
            let head: String = runs.iter().take(12).map(|r| r.text.as_str()).collect();
            wrong.push(format!("page {folio}: `{after}` is not at its head, which reads `{head}`"));
        }
    }
    assert!(compared >= 2, "{issue}: only {compared} pages go on with an article");
    assert!(wrong.is_empty(), "{issue}:\n{}", wrong.join("\n"));
    assert_eq!(beside, beside_of(issue), "{issue}: pages without main text whose anchor stands elsewhere");
}

/// Every credit's pages, as printed, as the e-book says, and as the pictures themselves are drawn.
fn credits_agree(issue: &str, pdf: &Pdf, book: &Book, labels: &[String]) {
    let contents = pdf.bookmarks().into_iter().find(|(title, _)| title == "Contents").expect("a bookmark").1;
    let first = labels.iter().position(|l| *l == book.contents()[0].folio).unwrap();
    let mut drawn: Vec<(String, String)> = Vec::new();
    for page in (0..labels.len()).filter(|p| !(contents..first).contains(p)) {
        drawn.extend(pdf.credits(page).iter().map(|c| (letters(c), labels[page].clone())));
    }
    let credits = book.credits();
    let said = |c: &(Vec<String>, String)| c.0.iter().map(|f| (letters(&c.1), f.clone())).collect::<Vec<_>>();
    let mut listed: Vec<(String, String)> = credits.iter().flat_map(said).collect();
    // A drawing becomes lines of the page, which carry no credit; that it is on its page its caption says.
    let is_drawing = |(wording, _): &(String, String)| wording.starts_with("drawing");
    for (wording, folio) in listed.extract_if(.., |c| is_drawing(c)) {
        let page = labels.iter().position(|l| *l == folio).unwrap();
        let text: String = pdf.text(page).iter().map(|r| letters(&r.text)).collect();
        assert!(text.contains(&wording), "{issue}: `{wording}` is not on page {folio}");
    }
    // By page first: a licence that only the e-book tells would move a wording among its neighbours.
    drawn.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    listed.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    assert!(drawn.len() >= 5, "{issue}: {drawn:?}");
    // A licence that the wording does not name stands behind it in the e-book, and not in the picture.
    let same = |(l, d): (&(String, String), &(String, String))| l.1 == d.1 && l.0.starts_with(&d.0);
    let agree = listed.len() == drawn.len() && listed.iter().zip(&drawn).all(same);
    assert!(agree, "{issue}: pages in the e-book's credits {listed:?}, and pages that draw the picture {drawn:?}");

    let page = pdf.bookmarks().into_iter().find(|(title, _)| title == "Picture credits").expect("a bookmark").1;
    let whole: String = (page..labels.len()).flat_map(|p| pdf.text(p)).map(|r| letters(&r.text)).collect();
    let mut rest = whole.split_once("picturecredits").expect("the title in print").1;
    for (folios, wording) in &credits {
        let (before, after) =
            rest.split_once(&letters(wording)).unwrap_or_else(|| panic!("{issue}: `{wording}` not in print"));
        let number: String = before.chars().take_while(char::is_ascii_digit).collect();
        let number = if before.starts_with("cover") { "C1".to_owned() } else { number };
        assert_eq!(number, folios.concat(), "{issue}: printed and e-book credits, `{wording}`: {before}");
        rest = after;
    }
}
