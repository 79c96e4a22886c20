//! The EPUB edition of the sample issues, taken apart again: container, package, documents, navigation, pages.
//!
//! The pages are made up here; the rest is the real thing. Outside judges look at real builds in `tests/conformance`.

use masthead::draft::{self, Mode};
use masthead::epub::{self, EpubPicture, Input, Pages, Style};
use masthead::issue::pages::{Anchor, PageBreak};
use masthead::issue::{AdvertId, Alt, ArticleId, Issue, PictureId};
use masthead::picture::Format;
use masthead::report::Report;
use masthead::source::Sources;
use masthead::words::Words;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

const EPUB_TYPE: (&str, &str) = ("http://www.idpf.org/2007/ops", "type");

fn sample(folder: &str) -> Issue {
    let mut sources = Sources::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("issues")).expect("the sample");
    let mut report = Report::new();
    let draft = draft::read(&mut sources, folder, &|_, _| {}, &mut report).expect("an issue");
    Issue::close(draft, &report, Mode::Final).expect("a sound issue")
}

/// The cover, an advert, the contents, two pages for each article, a page for each further part.
fn pages(issue: &Issue) -> Pages {
    let mut anchors = vec![Anchor::Cover, Anchor::Advert(AdvertId(0)), Anchor::Contents];
    let mut firsts = Vec::new();
    for (index, article) in issue.articles.iter().enumerate() {
        firsts.push(anchors.len() + 1);
        let article_id = ArticleId(index);
        anchors.push(Anchor::Article { article: article_id, block: None });
        let blocks = &article.manuscript.body;
        let block = blocks[blocks.len() / 2].number;
        anchors.push(Anchor::Article { article: article_id, block: Some((block, 3)) });
    }
    anchors.extend([Anchor::Partners, Anchor::Credits, Anchor::Imprint, Anchor::Advert(AdvertId(1))]);
    let folio = |n: usize| if n == 1 { "C1".to_owned() } else { n.to_string() };
    let breaks = anchors.into_iter().enumerate().map(|(i, at)| PageBreak { folio: folio(i + 1), at }).collect();
    Pages {
        breaks,
        articles: firsts.into_iter().map(folio).collect(),
        pictures: issue.pictures.iter().enumerate().map(|(i, _)| vec![folio(i + 1)]).collect(),
        adverts: vec![(AdvertId(0), None), (AdvertId(2), Some(ArticleId(3))), (AdvertId(1), Some(ArticleId(3)))],
    }
}

/// Small stand-ins: the bytes of pictures are the picture tests' business.
fn picture(issue: &Issue, id: PictureId) -> std::io::Result<Option<EpubPicture>> {
    let (format, bytes) = match issue.pictures[id.0].probe.format {
        Format::Pdf => return Ok(None),
        Format::Svg => (Format::Svg, b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec()),
        _ => (Format::Jpeg, vec![0xFF, 0xD8, 0xFF, 0xD9]),
    };
    Ok(Some(EpubPicture { format, width: 60, height: 40, bytes }))
}

fn written(issue: &Issue, pages: &Pages) -> Vec<u8> {
    let input = Input {
        issue,
        words: Words::for_language(&issue.publication.language.value).0,
        pages,
        style: Style {
            css: include_str!("../themes/trade/epub.css"),
            colours: &[("accent", "#9c2b16")],
            contrast: true,
        },
        cover: None,
        pictures: &|id| picture(issue, id),
    };
    epub::write(&input, Cursor::new(Vec::new())).expect("written").into_inner()
}

/// The entries in their order: name and bytes.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    (0..archive.len())
        .map(|i| {
            let mut entry = archive.by_index(i).expect("an entry");
            let mut data = Vec::new();
            entry.read_to_end(&mut data).expect("its bytes");
            (entry.name().expect("a name").into_owned(), data)
        })
        .collect()
}

struct Book {
    files: BTreeMap<String, String>,
}

impl Book {
    fn of(bytes: &[u8]) -> Book {
        let texts = entries(bytes).into_iter().filter_map(|(n, b)| Some((n, String::from_utf8(b).ok()?)));
        Book { files: texts.collect() }
    }

    fn xml(&self, name: &str) -> Document<'_> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let text = self.files.get(name).unwrap_or_else(|| panic!("no {name}"));
        Document::parse_with_options(text, options).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"))
    }

    fn spine(&self) -> Vec<String> {
        let package = self.xml("EPUB/package.opf");
        let items: BTreeMap<&str, &str> =
            elements(&package, "item").map(|i| (attribute(i, "id"), attribute(i, "href"))).collect();
        elements(&package, "itemref").map(|i| items[attribute(i, "idref")].to_owned()).collect()
    }
}

fn elements<'a>(document: &'a Document<'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |n| n.tag_name().name() == name)
}

fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("<{}> has no {name}", node.tag_name().name()))
}

fn words_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

fn metas<'a>(package: &'a Document<'a>, property: &str) -> Vec<&'a str> {
    let all = elements(package, "meta").filter(|m| m.attribute("property") == Some(property));
    all.filter_map(|m| m.text()).collect()
}

fn both(check: impl Fn(&Issue, &Book, &[u8])) {
    for folder in ["2026-10", "2026-11"] {
        let issue = sample(folder);
        let bytes = written(&issue, &pages(&issue));
        check(&issue, &Book::of(&bytes), &bytes);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let issue = sample("2026-11");
    let pages = pages(&issue);
    assert!(written(&issue, &pages) == written(&issue, &pages), "two writes differ");
}

#[test]
fn the_container_begins_with_its_media_type_and_stores_pictures() {
    both(|_, _, bytes| {
        // OCF: the name at byte 30, the value at byte 38, nothing between.
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
        for i in 0..archive.len() {
            let entry = archive.by_index_raw(i).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let stored = entry.compression() == zip::CompressionMethod::Stored;
            assert_eq!(stored, name == "mimetype" || name.ends_with(".jpg"), "{name}");
            assert_eq!(entry.last_modified().map(|d| d.year()), Some(1980), "{name}");
        }
    });
}

#[test]
fn every_document_is_well_formed_has_one_headline_and_links_to_what_is_there() {
    both(|_, book, _| {
        let ids: BTreeMap<&str, BTreeSet<String>> = book
            .files
            .keys()
            .filter(|n| n.ends_with(".xhtml"))
            .map(|name| {
                let document = book.xml(name);
                let mut seen = BTreeSet::new();
                for id in document.descendants().filter_map(|n| n.attribute("id")) {
                    assert!(seen.insert(id.to_owned()), "{name}: `{id}` twice");
                }
                (name.as_str(), seen)
            })
            .collect();
        for name in ids.keys() {
            let document = book.xml(name);
            assert_eq!(elements(&document, "h1").count(), 1, "{name}");
            assert!(document.root_element().attribute("lang").is_some(), "{name}");
            let targets = elements(&document, "a")
                .map(|a| attribute(a, "href"))
                .chain(elements(&document, "img").map(|i| attribute(i, "src")));
            for target in targets.filter(|t| !t.contains("://") && !t.starts_with("mailto:")) {
                let (file, id) = target.split_once('#').unwrap_or((target, ""));
                let file = if file.is_empty() { (*name).to_owned() } else { format!("EPUB/{file}") };
                if file.ends_with(".xhtml") {
                    assert!(ids.contains_key(file.as_str()), "{name}: {target}");
                    assert!(id.is_empty() || ids[file.as_str()].contains(id), "{name}: {target}");
                }
            }
            for img in elements(&document, "img") {
                assert!(img.attribute("alt").is_some(), "{name}: {:?}", img.attribute("src"));
            }
        }
    });
}

#[test]
fn the_package_lists_every_file_once_and_only_those() {
    both(|_, book, bytes| {
        let package = book.xml("EPUB/package.opf");
        let mut listed: Vec<String> =
            elements(&package, "item").map(|i| format!("EPUB/{}", attribute(i, "href"))).collect();
        listed.sort();
        let mut there: Vec<String> = entries(bytes).into_iter().map(|(n, _)| n).collect();
        there.retain(|n| n.starts_with("EPUB/") && n != "EPUB/package.opf");
        there.sort();
        assert_eq!(listed, there);
        let ids: BTreeSet<&str> = elements(&package, "item").map(|i| attribute(i, "id")).collect();
        assert_eq!(ids.len(), listed.len(), "ids are unique");
        let covers = elements(&package, "item").filter(|i| i.attribute("properties") == Some("cover-image"));
        assert_eq!(covers.count(), 1);
    });
}

#[test]
fn the_metadata_say_what_the_issue_is() {
    let issue = sample("2026-11");
    let book = Book::of(&written(&issue, &pages(&issue)));
    let package = book.xml("EPUB/package.opf");
    let first = |name| elements(&package, name).find_map(|n| n.text()).unwrap_or_default().to_owned();
    assert_eq!(first("title"), format!("{}, November 2026", issue.publication.title.value));
    assert_eq!(first("language"), "en-GB");
    assert_eq!(first("date"), "2026-11-05");
    assert!(first("identifier").starts_with("urn:uuid:"), "{}", first("identifier"));
    assert_eq!(metas(&package, "dcterms:modified"), [issue.modified.as_str()]);
    assert_eq!(metas(&package, "belongs-to-collection"), [issue.publication.title.value.as_str()]);
    assert_eq!(metas(&package, "group-position"), [issue.number.to_string()]);
    assert_eq!(metas(&package, "pageBreakSource").len(), 1);
    assert!(metas(&package, "schema:accessibilityFeature").contains(&"alternativeText"));
    assert_eq!(metas(&package, "dcterms:conformsTo"), ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]);
    let people: BTreeSet<&str> =
        issue.articles.iter().flat_map(|a| &a.manuscript.front.byline).map(|c| c.name.value.as_str()).collect();
    let named = elements(&package, "creator").chain(elements(&package, "contributor")).filter_map(|n| n.text());
    assert_eq!(named.collect::<BTreeSet<_>>(), people);
}

#[test]
fn another_revision_is_the_same_publication() {
    let mut issue = sample("2026-10");
    let identifier = |issue: &Issue| {
        let book = Book::of(&written(issue, &pages(issue)));
        elements(&book.xml("EPUB/package.opf"), "identifier").find_map(|n| n.text()).map(str::to_owned)
    };
    let before = identifier(&issue);
    issue.revision += 1;
    issue.modified = "2026-12-24T00:00:00Z".to_owned();
    assert_eq!(identifier(&issue), before);
    assert_ne!(identifier(&sample("2026-11")), before);
}

#[test]
fn every_printed_page_has_an_anchor_in_spine_order() {
    both(|issue, book, _| {
        let pages = pages(issue);
        let nav = book.xml("EPUB/nav.xhtml");
        let list = elements(&nav, "nav").find(|n| n.attribute(EPUB_TYPE) == Some("page-list")).expect("a page list");
        let links: Vec<(String, String)> = list
            .descendants()
            .filter(|n| n.tag_name().name() == "a")
            .map(|a| (words_of(a), attribute(a, "href").to_owned()))
            .collect();
        let folios: Vec<&str> = links.iter().map(|(f, _)| f.as_str()).collect();
        assert_eq!(folios, pages.breaks.iter().map(|b| b.folio.as_str()).collect::<Vec<_>>());
        let spine = book.spine();
        let mut last = (0, 0);
        for (folio, href) in &links {
            let (file, id) = href.split_once('#').expect("an id");
            let leaf = spine.iter().position(|s| s == file).expect("in the spine");
            let at = book.files[&format!("EPUB/{file}")].find(&format!("id=\"{id}\"")).expect("an anchor");
            assert!((leaf, at) > last, "page {folio} stands before the page before it");
            last = (leaf, at);
        }
        let anchors = book.files.values().map(|t| t.matches("role=\"doc-pagebreak\"").count()).sum::<usize>();
        assert_eq!(anchors, links.len());
    });
}

#[test]
fn a_page_begins_within_its_paragraph() {
    let issue = sample("2026-11");
    let book = Book::of(&written(&issue, &pages(&issue)));
    let inside = book.files.iter().filter(|(n, _)| n.contains("article-")).filter(|(name, _)| {
        let document = book.xml(name);
        document.descendants().any(|n| {
            n.attribute("role") == Some("doc-pagebreak") && n.parent().is_some_and(|p| p.tag_name().name() == "p")
        })
    });
    assert!(inside.count() > issue.articles.len() / 2);
}

#[test]
fn contents_and_navigation_name_every_article_in_order() {
    both(|issue, book, _| {
        let headlines: Vec<String> = issue.articles.iter().map(|a| a.manuscript.front.headline.value.clone()).collect();
        let contents = book.xml("EPUB/contents.xhtml");
        let entries = contents.descendants().filter(|n| n.attribute("class") == Some("entry"));
        let named: Vec<String> = entries.filter_map(|e| e.first_element_child()).map(words_of).collect();
        assert_eq!(named, headlines);
        let folios = contents.descendants().filter(|n| n.attribute("class") == Some("folio")).map(words_of);
        assert_eq!(
            folios.collect::<Vec<_>>(),
            pages(issue).articles.iter().map(|f| format!("Page\u{a0}{f}")).collect::<Vec<_>>()
        );
        for name in ["EPUB/nav.xhtml", "EPUB/toc.ncx"] {
            let text = &book.files[name];
            let mut from = 0;
            for article in &issue.articles {
                let target = format!("\"article-{}.xhtml\"", article.slug);
                let at = text[from..].find(&target).unwrap_or_else(|| panic!("{name}: no {target}"));
                from += at;
            }
        }
        assert!(!book.files["EPUB/toc.ncx"].contains("playOrder"));
    });
}

#[test]
fn adverts_are_marked_and_stand_where_they_were_printed() {
    let issue = sample("2026-11");
    let book = Book::of(&written(&issue, &pages(&issue)));
    let spine = book.spine();
    let adverts: Vec<usize> =
        spine.iter().enumerate().filter(|(_, s)| s.starts_with("advert-")).map(|(i, _)| i).collect();
    assert_eq!(adverts.len(), 3);
    assert_eq!(adverts[0], 1, "inside the front cover: {spine:?}");
    let article = spine.iter().position(|s| s.contains(&issue.articles[3].slug)).expect("an article");
    assert_eq!(adverts[1], article + 1, "after its article: {spine:?}");
    assert_eq!(spine[adverts[2] - 1], "imprint.xhtml", "the back cover: {spine:?}");
    for index in adverts {
        let document = book.xml(&format!("EPUB/{}", spine[index]));
        let label = elements(&document, "h1").map(words_of).collect::<String>();
        assert!(label.starts_with("Advertisement: "), "{label}");
        assert!(elements(&document, "a").any(|a| attribute(a, "href").starts_with("https://")));
    }
    // A PDF that was not drawn: its words stand for it.
    let Alt::Text(words) = &issue.adverts[0].alt else { panic!("the sample's adverts have alternative texts") };
    assert!(words_of(book.xml(&format!("EPUB/{}", spine[1])).root_element()).contains(words.as_str()));
}

#[test]
fn every_credited_picture_is_on_the_credits_page_with_its_page() {
    both(|issue, book, _| {
        let credits = book.xml("EPUB/credits.xhtml");
        let lines: Vec<String> = elements(&credits, "li").map(words_of).collect();
        let credited: Vec<_> = issue.pictures.iter().enumerate().filter(|(_, p)| p.credited).collect();
        assert_eq!(lines.len(), credited.len());
        for (line, (index, picture)) in lines.iter().zip(credited) {
            let folio = &pages(issue).pictures[index][0];
            assert!(line.contains(&format!("Page\u{a0}{folio}")), "{line}");
            if let Some(credit) = &picture.credit {
                assert!(line.contains(&credit.wording), "{line}: {}", credit.wording);
            }
        }
    });
}

#[test]
fn a_draft_says_so_and_shows_stand_ins() {
    let mut issue = sample("2026-10");
    issue.draft = true;
    let lead = issue.articles.iter().find_map(|a| a.lead.as_ref()).expect("a lead picture").picture;
    issue.pictures[lead.0].stand_in = true;
    for article in &mut issue.articles {
        if let Some(lead) = &mut article.lead {
            lead.alt = Alt::Missing;
        }
    }
    let book = Book::of(&written(&issue, &pages(&issue)));
    let package = book.xml("EPUB/package.opf");
    assert!(elements(&package, "title").find_map(|n| n.text()).is_some_and(|t| t.starts_with("Draft: ")));
    assert!(metas(&package, "dcterms:conformsTo").is_empty());
    assert!(!metas(&package, "schema:accessibilityFeature").contains(&"alternativeText"));
    assert!(book.files.values().any(|t| t.contains("class=\"stand-in\"")));
}

#[test]
fn arabic_brings_its_face_and_its_licence() {
    both(|issue, book, bytes| {
        let names: Vec<String> = entries(bytes).into_iter().map(|(n, _)| n).collect();
        let arabic = book.files.iter().any(|(n, t)| n.ends_with(".xhtml") && t.contains("lang=\"ar\""));
        assert_eq!(names.iter().any(|n| n.contains("Naskh")), arabic, "{}", issue.name);
        assert_eq!(names.iter().any(|n| n.contains("OFL-Amiri")), arabic, "{}", issue.name);
        assert!(names.iter().any(|n| n.contains("OFL-SourceSerif4")));
        let fonts: usize =
            entries(bytes).iter().filter(|(n, _)| n.starts_with("EPUB/fonts/Masthead")).map(|(_, b)| b.len()).sum();
        assert!(fonts <= 420_000, "{fonts} bytes of fonts");
    });
}

#[test]
fn another_reader_reads_it_back() {
    let issue = sample("2026-11");
    let bytes = written(&issue, &pages(&issue));
    let epub = rbook::Epub::read(Cursor::new(bytes)).expect("it opens");
    let read: Vec<_> = epub.reader().map(|page| page.expect("a page")).collect();
    assert!(read.len() > issue.articles.len());
}
