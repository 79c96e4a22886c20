//! The EPUB edition: EPUB 3.3, reflowable, with the printed pages' numbers in it.
//!
//! The container is written front to back, one picture in memory at a time, and its bytes depend on the input alone.

mod access;
mod advert;
mod article;
pub mod budget;
mod container;
mod markup;
mod metadata;
mod names;
mod nav;
mod package;
mod pages;
mod pictures;
mod spine;
mod style;
mod summary;
mod text;

pub use style::Style;

use crate::issue::pages::PageBreak;
use crate::issue::{AdvertId, ArticleId, Issue, PictureId};
use crate::picture::Format;
use crate::words::Words;
use crate::xhtml::faces;
use container::Container;
use names::Names;
use package::{Package, Resource};
use pictures::Pictures;
use spine::{Leaf, Place};
use std::io::{self, Seek, Write};

/// Everything the edition is made from.
pub struct Input<'a> {
    /// The issue.
    pub issue: &'a Issue,
    /// The fixed words of its language.
    pub words: &'a Words,
    /// What the laid-out pages say.
    pub pages: &'a Pages,
    /// The theme's part.
    pub style: Style<'a>,
    /// A likeness of the printed cover, for the reader's shelf; the cover's picture stands in for it.
    pub cover: Option<EpubPicture>,
    /// Makes a picture fit for e-readers: JPEG, PNG or SVG, at most 2,000 px wide and high. `None` for artwork that
    /// cannot be shown; then its words are set.
    pub pictures: &'a dyn Fn(PictureId) -> io::Result<Option<EpubPicture>>,
}

/// What the laid-out pages say. Without pages there is no page list and no number.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Every page in order.
    pub breaks: Vec<PageBreak>,
    /// The folio of each article's first page, by [`ArticleId`].
    pub articles: Vec<String>,
    /// The folios on which each picture stands, by [`PictureId`].
    pub pictures: Vec<Vec<String>>,
    /// The adverts that found a place, in page order, with the article on or after whose last page each stands.
    pub adverts: Vec<(AdvertId, Option<ArticleId>)>,
}

/// A picture that is fit for e-readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpubPicture {
    /// JPEG, PNG or SVG.
    pub format: Format,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The book while it is written.
struct Book<'a> {
    input: &'a Input<'a>,
    names: Names,
    spine: Vec<Leaf>,
    places: Vec<Place>,
    pictures: Pictures,
}

/// Writes the edition (EPUB 3.3) and gives the sink back.
///
/// # Errors
/// When the sink cannot be written, or a picture cannot be made.
pub fn write<W: Write + Seek>(input: &Input<'_>, sink: W) -> io::Result<W> {
    let spine = spine::spine(input.issue, input.pages);
    let places = spine::places(&spine, input.pages);
    let mut resources: Vec<Resource> = Vec::new();
    let mut container = Container::begin(sink)?;
    let pictures = Pictures::write(input, &spine, &mut container, &mut resources)?;
    let mut book = Book { input, names: Names::new(input.issue), spine, places, pictures };
    let documents = book.documents(&mut resources);
    let arabic = documents.iter().any(|(_, text)| faces::is_arabic(text));
    for (path, text) in &documents {
        container.text(&format!("EPUB/{path}"), text)?;
    }
    book.furniture(&mut container, &mut resources, arabic)?;
    container.finish()
}

impl Book<'_> {
    /// Every document of the spine, in its order. Places whose anchor could not be set leave the page list.
    fn documents(&mut self, resources: &mut Vec<Resource>) -> Vec<(String, String)> {
        let mut documents = Vec::new();
        for &leaf in &self.spine {
            let text = match leaf {
                Leaf::Cover => self.cover(),
                Leaf::Contents => self.contents(),
                Leaf::Article(article) => self.article(article),
                Leaf::Advert(advert) => self.advert(advert),
                Leaf::Partners => self.partners(),
                Leaf::Credits => self.credits(),
                Leaf::Imprint => self.imprint(),
            };
            let href = self.names.of(leaf);
            resources.push(resource(&self.names.id(leaf), &href, "application/xhtml+xml", ""));
            documents.push((href, text));
        }
        // Where each anchor really stands: the page list follows the documents, whatever the layout thought.
        let at = |p: &Place| Some((p.leaf, documents[p.leaf].1.find(&format!("id=\"{}\"", p.id()))?));
        let mut set: Vec<_> = self.places.drain(..).filter_map(|p| Some((at(&p)?, p))).collect();
        set.sort_by_key(|(at, _)| *at);
        self.places = set.into_iter().map(|(_, p)| p).collect();
        documents
    }

    /// Style, fonts and their licences, navigation, and at last the package document.
    fn furniture<W: Write + Seek>(
        &self,
        container: &mut Container<W>,
        resources: &mut Vec<Resource>,
        arabic: bool,
    ) -> io::Result<()> {
        container.text("EPUB/style.css", &style::sheet(&self.input.style, arabic))?;
        resources.push(resource("style", "style.css", "text/css", ""));
        for face in faces::faces(self.input.style.css, arabic) {
            let href = format!("fonts/{}", face.file);
            container.bytes(&format!("EPUB/{href}"), face.bytes, false)?;
            resources.push(resource(&face.file.replace('.', "-"), &href, face.media_type(), ""));
        }
        for (file, text) in faces::licences(self.input.style.css, arabic) {
            let href = format!("fonts/{file}");
            container.text(&format!("EPUB/{href}"), text)?;
            resources.push(resource(&file.replace('.', "-"), &href, "text/plain", ""));
        }
        let navigation =
            nav::Navigation { input: self.input, names: &self.names, spine: &self.spine, places: &self.places };
        container.text("EPUB/nav.xhtml", &navigation.nav())?;
        resources.push(resource("nav", "nav.xhtml", "application/xhtml+xml", "nav"));
        container.text("EPUB/toc.ncx", &navigation.ncx())?;
        resources.push(resource("ncx", "toc.ncx", "application/x-dtbncx+xml", ""));
        container.text("EPUB/package.opf", &self.package(resources))
    }

    fn package(&self, resources: &[Resource]) -> String {
        let access = access::Access::of(self.input.issue, !self.places.is_empty(), self.input.style.contrast);
        let documents = self.spine.iter().map(|l| self.names.id(*l));
        package::package(&Package {
            language: &self.input.issue.publication.language.value,
            metadata: metadata::metadata(self.input, &access),
            resources,
            spine: documents.chain(["nav".to_owned()]).collect(),
            cover: self.pictures.cover_id(self.input),
        })
    }
}

fn resource(id: &str, href: &str, media_type: &'static str, properties: &'static str) -> Resource {
    Resource { id: id.to_owned(), href: href.to_owned(), media_type, properties }
}
