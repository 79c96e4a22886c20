//! Made-up records for tests: plain ones, and one whose every text is hostile.

use crate::web::record::*;

/// What no format may let through as it is.
pub(super) const NASTY: &str = "</title><script>alert('1')</script> & \"]]>\u{1}\u{0}\u{FFFE} \u{202E}عدد";

/// The issue of a month, counted from 1 for January 2000.
pub(super) fn record(month: u32) -> Record {
    let (year, month_of_year) = (2000 + (month - 1) / 12, (month - 1) % 12 + 1);
    let name = format!("{year}-{month_of_year:02}");
    let own = |path: &str| format!("issues/{name}/{path}");
    Record {
        version: VERSION,
        publication: publication(),
        number: month,
        volume: Some(year - 1999),
        date: format!("{name}-05"),
        label: format!("Month {month_of_year} {year}"),
        title: month.is_multiple_of(2).then(|| "The dark issue".into()),
        revision: 1,
        modified: format!("{name}-04T16:20:00Z"),
        price: None,
        cover: Cover {
            images: [480, 960].map(|w| image(&own(&format!("cover-{w}.jpg")), "image/jpeg", w)).to_vec(),
            alt: Some("A lighthouse".into()),
            credit: None,
            lines: vec![("Turn it down".into(), Some("Why nights grow brighter".into())), ("Bees".into(), None)],
        },
        extent: 32,
        sections: vec![
            Section { title: "Features".into(), articles: vec![0, 1] },
            Section { title: String::new(), articles: vec![2] },
        ],
        articles: ["turn-it-down", "bees", "letters"].map(|slug| article(&name, slug)).to_vec(),
        downloads: vec![
            download("epub", &own("common-ground.epub"), "application/epub+zip"),
            download("screen", &own("common-ground.pdf"), "application/pdf"),
        ],
        partners: Vec::new(),
        style: Style { sheet: "files/style-1.css".into(), accent: ("#000000".into(), "#ffffff".into()) },
        folios: ["C1", "C2", "1", "2"].map(String::from).to_vec(),
        files: Vec::new(),
        name,
    }
}

fn publication() -> Publication {
    Publication {
        title: "Common Ground".into(),
        tagline: Some("A magazine of the shore".into()),
        language: "en-GB".into(),
        issn: Some("2049-3630".into()),
        publisher: Some("Common Ground Press".into()),
        email: None,
        website: Some("https://press.example".into()),
        rights: Some("© Common Ground Press".into()),
        address: Some("https://magazine.example/".into()),
    }
}

fn article(issue: &str, slug: &str) -> Article {
    Article {
        slug: slug.into(),
        path: format!("issues/{issue}/articles/{slug}/"),
        headline: format!("About {slug}"),
        kicker: None,
        standfirst: Some("What is under the headline".into()),
        authors: if slug == "letters" { Vec::new() } else { vec!["Mara Ellison".into(), format!("Writer of {slug}")] },
        byline: "By Mara Ellison".into(),
        language: "en-GB".into(),
        folio: "2".into(),
        words: 900,
        sponsor: (slug == "bees").then(|| "Northbank Nurseries".into()),
        image: Some(image(&format!("issues/{issue}/{slug}.jpg"), "image/jpeg", 800)),
        image_alt: None,
    }
}

fn image(path: &str, media_type: &str, width: u32) -> Image {
    Image { path: path.into(), media_type: media_type.into(), width, height: width * 4 / 3 }
}

fn download(edition: &str, path: &str, media_type: &str) -> Download {
    let (edition, path, media_type) = (edition.into(), path.into(), media_type.into());
    Download { edition, path, media_type, bytes: 1234, sha256: "0".repeat(64) }
}

/// Many issues, newest first.
pub(super) fn records(count: u32) -> Vec<Record> {
    (1..=count).rev().map(record).collect()
}

/// Hostile texts, written from right to left, by nobody, and at no address.
pub(super) fn nasty(month: u32) -> Record {
    let mut record = record(month);
    let publication = &mut record.publication;
    for text in [&mut publication.tagline, &mut publication.publisher, &mut publication.rights, &mut record.title] {
        *text = Some(NASTY.into());
    }
    publication.title = NASTY.into();
    publication.language = "ar".into();
    publication.website = Some("javascript:alert(1)".into());
    (publication.address, publication.issn) = (None, None);
    record.label = NASTY.into();
    record.folios = vec!["\"><script>".into(), "2 & 3".into()];
    record.cover.lines = vec![(NASTY.into(), Some(NASTY.into()))];
    record.sections = vec![Section { title: NASTY.into(), articles: vec![0, 1, 2, 99] }];
    for article in &mut record.articles {
        article.headline = NASTY.into();
        article.standfirst = Some(NASTY.into());
        article.sponsor = Some(NASTY.into());
        article.authors = vec![" ".into()];
        article.language = "ar".into();
        article.image = None;
    }
    (record.number, record.volume) = (0, None);
    record
}
