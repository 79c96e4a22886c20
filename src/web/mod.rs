//! The web edition: static files for any server, where readers "View the latest digital issue".
//!
//! [`write`] makes an issue's own pages and the hashed files that they name; [`index`] makes what belongs to no single issue, from
//! the records alone. Nothing here asks another host for anything, and everything can be read without a script.

mod article;
mod assets;
mod credits;
mod data;
pub mod feeds;
mod landing;
mod reader;
pub mod record;
mod shelf;
mod shell;
mod style;

pub use record::{File, Record};
pub use shelf::index;
pub use style::Look;

use crate::issue::{ArticleId, Issue, PictureId};
use crate::manuscript::Role;
use crate::picture::{Derived, Fault, Format, Wanted};
use crate::typeset::{Layout, block_texts};
use crate::words::Words;
use crate::xhtml::{faces, frame};
use article::Desk;
use assets::Assets;
use data::Sheet;
use rayon::prelude::*;
use record::{Article, Cover, Download, Image, Partner, Publication, Section, Style, VERSION};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Pixels per inch of pictures on the pages, at the size at which they stand: the screen edition's.
const PPI: f64 = 150.0;
/// The widths in which an article's pictures come, in pixels.
const WIDTHS: [u32; 3] = [480, 960, 1800];
/// The pixels of drawn artwork (PDF adverts): the e-book's.
const DRAWN: u32 = 2000;

/// Makes a picture's derivative: the caller reads the file and keeps the cache.
pub type Derive<'a> = dyn Fn(PictureId, &Wanted) -> Result<Derived, Fault> + Sync + 'a;

/// A picture that was sound when it was probed and cannot be opened again.
#[derive(Debug)]
pub struct Error(pub PictureId, pub Fault);

/// What the edition is made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The issue.
    pub issue: &'a Issue,
    /// Its pages.
    pub layout: &'a Layout,
    /// The fixed words of its language.
    pub words: &'a Words,
    /// The theme's part of the style.
    pub look: Look<'a>,
    /// Makes pictures.
    pub derive: &'a Derive<'a>,
    /// A small picture of every page, in order.
    pub views: &'a [Derived],
    /// The finished cover in several widths, the narrowest first; never empty.
    pub covers: &'a [Derived],
    /// What readers can download.
    pub downloads: &'a [Offer],
}

/// Something to download.
#[derive(Debug, Clone)]
pub struct Offer {
    /// `epub` or `screen`.
    pub edition: &'static str,
    /// The name that it has on the reader's disk.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Pictures of texts and adverts in their widths, the narrowest first.
struct Pictures(BTreeMap<PictureId, Vec<Image>>);

impl Pictures {
    fn all(&self, id: PictureId) -> &[Image] {
        self.0.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The one that is asked for where only one can be: the middle one.
    fn usual(&self, id: PictureId) -> Option<&Image> {
        let all = self.all(id);
        all.iter().find(|i| i.width >= 900).or(all.last())
    }

    fn small(&self, id: PictureId) -> Option<&Image> {
        self.all(id).first()
    }
}

/// An issue's own pages, the hashed files that they name, and its record, which is also among the files.
///
/// # Errors
/// [`Error`] when a picture cannot be made.
pub fn write(input: &Input<'_>) -> Result<(Record, Vec<File>), Error> {
    let mut assets = Assets::default();
    let pictures = pictures(input, &mut assets)?;
    let sheets = sheets(input, &mut assets)?;
    let arabic = is_arabic(input.issue);
    let style = style::sheet(&input.look, arabic, &mut assets);
    let mut record = record(input, &pictures, style, &mut assets);
    let words = input.layout.words(input.issue);
    let text_script = assets.add(include_bytes!("assets/text.js"), "js");
    let pages_script = assets.add(include_bytes!("assets/pages.js"), "js");
    let json = |value: &Value| value.to_string().into_bytes();
    let pages = assets.add(&json(&data::pages(input, &record, &sheets, &words)), "json");
    let search = assets.add(&json(&data::search(input)), "json");
    let desk = Desk { input, record: &record, pictures: &pictures, script: &text_script };
    let parts = reader::Parts { script: &pages_script, pages: &pages, search: &search };
    let own = record.path();
    let mut files = vec![
        File::text(format!("{own}index.html"), landing::landing(&record, &own)),
        File::text(format!("{own}credits/index.html"), desk.credits()),
        File::text(format!("{}index.html", record.pages_path()), reader::reader(input, &record, &sheets, &parts)),
        feeds::manifest(&record),
    ];
    for (index, entry) in record.articles.iter().enumerate() {
        files.push(File::text(format!("{}index.html", entry.path), desk.article(ArticleId(index))));
    }
    files.extend(assets.files());
    let offline = offline(&record, &files);
    files.push(offline);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    record.files = files.iter().map(|f| f.path.clone()).collect();
    let path = format!("{own}issue.json");
    record.files.push(path.clone());
    record.files.sort();
    let text = serde_json::to_string_pretty(&record).unwrap_or_default();
    files.push(File::text(path, text + "\n"));
    Ok((record, files))
}

/// Without the members that say nothing, all the way down.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, without_nulls(value)));
            Value::Object(kept.filter(|(_, v)| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty())).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

fn is_arabic(issue: &Issue) -> bool {
    let titles = issue.articles.iter().flat_map(|a| [&a.manuscript.front.headline.value, &a.language]);
    let texts = issue.articles.iter().flat_map(|a| block_texts(&a.manuscript.body).into_values());
    issue.publication.language.starts_with("ar") || titles.cloned().chain(texts).any(|t| faces::is_arabic(&t))
}

/// What is asked of every picture of texts, adverts and logos: photographs of texts in several widths.
pub fn wishes(issue: &Issue) -> Vec<(PictureId, Wanted)> {
    let mut many: BTreeMap<PictureId, bool> = BTreeMap::new();
    for article in &issue.articles {
        for figure in article.lead.iter().chain(article.figures.values()) {
            many.insert(figure.picture, true);
        }
    }
    for id in issue.adverts.iter().map(|a| a.picture).chain(issue.partners.iter().filter_map(|p| p.logo)) {
        many.entry(id).or_insert(false);
    }
    let there = many.into_iter().filter(|(id, _)| !issue.pictures[id.0].stand_in);
    there.flat_map(|(id, many)| widths(issue, id, many)).collect()
}

fn widths(issue: &Issue, id: PictureId, many: bool) -> Vec<(PictureId, Wanted)> {
    let picture = &issue.pictures[id.0];
    let credit = || picture.credit.clone();
    if !many || picture.probe.is_vector() {
        return vec![(id, Wanted { credit: credit(), ..Wanted::within(DRAWN, DRAWN) })];
    }
    // The narrowest of all, and those that are not much wider than the picture is.
    let wide = picture.probe.width * 5 / 4;
    let fits = WIDTHS.into_iter().enumerate().filter(|(n, width)| *n == 0 || *width < wide);
    fits.map(|(_, width)| (id, Wanted { credit: credit(), ..Wanted::within(width, width * 2) })).collect()
}

fn pictures(input: &Input<'_>, assets: &mut Assets) -> Result<Pictures, Error> {
    let one = |(id, wanted): &(PictureId, Wanted)| {
        (input.derive)(*id, wanted).map(|derived| (*id, derived)).map_err(|fault| Error(*id, fault))
    };
    let made: Result<Vec<(PictureId, Derived)>, Error> = wishes(input.issue).par_iter().map(one).collect();
    let mut pictures: BTreeMap<PictureId, Vec<Image>> = BTreeMap::new();
    for (id, derived) in made? {
        pictures.entry(id).or_default().push(image(&derived, assets));
    }
    Ok(Pictures(pictures))
}

fn image(derived: &Derived, assets: &mut Assets) -> Image {
    let (ending, media_type) = kind(derived.format);
    let path = assets.add(&derived.bytes, ending);
    Image { path, media_type: media_type.to_owned(), width: derived.width, height: derived.height }
}

fn kind(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Jpeg => ("jpg", "image/jpeg"),
        Format::Png => ("png", "image/png"),
        Format::Gif => ("gif", "image/gif"),
        Format::WebP => ("webp", "image/webp"),
        Format::Tiff => ("tif", "image/tiff"),
        Format::Svg => ("svg", "image/svg+xml"),
        Format::Pdf => ("pdf", "application/pdf"),
    }
}

/// The pages' drawings, photographs within them, and their small pictures.
fn sheets(input: &Input<'_>, assets: &mut Assets) -> Result<Vec<Sheet>, Error> {
    let pages: Vec<usize> = (0..input.layout.pages.len()).collect();
    let drawn: Result<Vec<String>, Error> = pages.par_iter().map(|&page| drawing(input, page)).collect();
    let drawn = drawn?;
    Ok(drawn
        .iter()
        .zip(input.views)
        .map(|(svg, view)| Sheet {
            svg: assets.add(svg.as_bytes(), "svg"),
            view: image(view, assets).path,
            size: (view.width, view.height),
        })
        .collect())
}

fn drawing(input: &Input<'_>, page: usize) -> Result<String, Error> {
    let Input { issue, layout, .. } = *input;
    let mut made: BTreeMap<PictureId, Derived> = BTreeMap::new();
    for (id, width) in layout.pictures_on(issue, page) {
        if issue.pictures[id.0].stand_in {
            continue;
        }
        let probe = &issue.pictures[id.0].probe;
        let wanted = match probe.format {
            Format::Pdf => Wanted::within(DRAWN, DRAWN),
            _ => {
                let across = (width / 72.0 * PPI).ceil().max(1.0);
                let mut wanted = Wanted::within(across as u32, (across / probe.aspect()).ceil().max(1.0) as u32);
                wanted.credit = issue.pictures[id.0].credit.clone();
                wanted
            }
        };
        made.insert(id, (input.derive)(id, &wanted).map_err(|fault| Error(id, fault))?);
    }
    let pictures = made.iter().map(|(id, d)| (*id, (kind(d.format).1, d.bytes.as_slice()))).collect();
    Ok(layout.page_svg(issue, page, &pictures))
}

fn record(input: &Input<'_>, pictures: &Pictures, style: Style, assets: &mut Assets) -> Record {
    let Input { issue, words, layout, .. } = *input;
    let text = |value: &crate::report::Spanned<String>| value.value.clone();
    let own = &issue.publication;
    let publication = Publication {
        title: text(&own.title),
        tagline: own.tagline.as_ref().map(text),
        language: text(&own.language),
        issn: own.issn.as_ref().map(text),
        publisher: own.publisher.name.as_ref().map(text),
        email: own.publisher.email.as_ref().map(text),
        website: own.website.as_ref().map(text),
        rights: own.rights.as_ref().map(text),
        address: own.web.as_ref().and_then(|w| w.address.as_ref()).map(text),
    };
    let credit = issue.pictures[issue.cover.picture.0].credit.as_ref();
    let cover = Cover {
        images: input.covers.iter().map(|c| image(c, assets)).collect(),
        alt: said(&issue.cover.alt, words),
        credit: credit.map(|c| words.labelled(words.cover_picture, &c.wording)),
        lines: issue.cover.lines.iter().map(|l| (l.headline.clone(), l.text.clone())).collect(),
    };
    let downloads = input.downloads.iter().map(|offer| Download {
        edition: offer.edition.to_owned(),
        path: assets.add_named(&offer.bytes, &offer.name),
        media_type: if offer.edition == "epub" { "application/epub+zip" } else { "application/pdf" }.to_owned(),
        bytes: offer.bytes.len() as u64,
        sha256: Sha256::digest(&offer.bytes).iter().map(|b| format!("{b:02x}")).collect(),
    });
    let partners = issue.partners.iter().map(|p| Partner {
        name: p.name.clone(),
        link: p.link.clone(),
        text: p.text.clone(),
        logo: p.logo.and_then(|l| pictures.usual(l)).cloned(),
    });
    Record {
        version: VERSION,
        name: issue.name.clone(),
        publication,
        number: issue.number,
        volume: issue.volume,
        date: format!("{:04}-{:02}-{:02}", issue.date.year, issue.date.month, issue.date.day),
        label: words.month_year_title(issue.date),
        title: issue.title.clone(),
        revision: issue.revision,
        modified: issue.modified.clone(),
        price: issue.price.clone(),
        cover,
        extent: layout.pages.len(),
        sections: issue
            .sections
            .iter()
            .map(|s| Section { title: s.title.clone(), articles: s.articles.iter().map(|a| a.0).collect() })
            .collect(),
        articles: (0..issue.articles.len()).map(|n| entry(input, pictures, ArticleId(n))).collect(),
        downloads: downloads.collect(),
        partners: partners.collect(),
        style,
        folios: layout.pages.iter().map(|p| p.folio.clone()).collect(),
        files: Vec::new(),
    }
}

fn said(alt: &crate::issue::Alt, words: &Words) -> Option<String> {
    match alt {
        crate::issue::Alt::Text(text) => Some(text.clone()),
        crate::issue::Alt::Decorative => None,
        crate::issue::Alt::Missing => Some(words.alt_to_come.to_owned()),
    }
}

fn entry(input: &Input<'_>, pictures: &Pictures, id: ArticleId) -> Article {
    let Input { issue, words, layout, .. } = *input;
    let article = &issue.articles[id.0];
    let front = &article.manuscript.front;
    let mut figures = article.lead.iter().chain(article.figures.values());
    let first = figures.find(|f| pictures.small(f.picture).is_some());
    let writers = front.byline.iter().filter(|c| matches!(c.role, Role::Words | Role::Interview));
    Article {
        slug: article.slug.clone(),
        path: format!("issues/{}/articles/{}/", issue.name, article.slug),
        headline: front.headline.value.clone(),
        kicker: front.kicker.as_ref().map(|k| k.value.clone()),
        standfirst: front.standfirst.as_ref().map(|s| s.value.clone()),
        authors: writers.map(|c| c.name.value.clone()).collect(),
        byline: frame::byline(&front.byline, words),
        language: article.language.clone(),
        folio: layout.folio_of(id).to_owned(),
        words: block_texts(&article.manuscript.body).values().map(|t| t.split_whitespace().count()).sum(),
        sponsor: article.sponsor.and_then(|s| issue.partners.get(s)).map(|p| p.name.clone()),
        image: first.and_then(|f| pictures.small(f.picture)).cloned(),
        image_alt: first.and_then(|f| said(&f.alt, words)),
    }
}

/// The script that keeps an issue for reading without a network: what it keeps is listed in it.
fn offline(record: &Record, files: &[File]) -> File {
    let place = record.path();
    let kept = files.iter().filter(|f| !f.path.ends_with(".epub") && !f.path.ends_with(".pdf"));
    let list: Vec<String> = kept
        .map(|f| {
            let path = f.path.strip_suffix("index.html").unwrap_or(&f.path);
            shell::rel(&place, path)
        })
        .collect();
    let mut hash = Sha256::new();
    files.iter().for_each(|f| hash.update(&f.bytes));
    let version: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    let head = format!(
        "const NAME = {:?};\nconst VERSION = {version:?};\nconst FILES = {};\n",
        record.name,
        serde_json::json!(list)
    );
    File::text(format!("{place}sw.js"), head + include_str!("assets/offline.js"))
}
