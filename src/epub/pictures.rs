//! The pictures of the e-book: fetched one at a time, written at once, and remembered by name and size alone.
//!
//! Whoever calls the writer makes them fit for e-readers; here they only get their names.

use super::container::Container;
use super::names::Taken;
use super::package::Resource;
use super::spine::Leaf;
use super::{EpubPicture, Input};
use crate::issue::PictureId;
use crate::picture::Format;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek, Write};

/// A picture in the container.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Its path from the documents.
    pub(super) href: String,
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    id: String,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// The printed cover's likeness, if one was given.
    pub(super) cover: Option<Placed>,
    placed: BTreeMap<PictureId, Placed>,
}

impl Pictures {
    /// A picture, if it is in the e-book.
    pub(super) fn get(&self, picture: PictureId) -> Option<&Placed> {
        self.placed.get(&picture)
    }

    /// Writes every picture that the documents show.
    pub(super) fn write<W: Write + Seek>(
        input: &Input<'_>,
        spine: &[Leaf],
        container: &mut Container<W>,
        resources: &mut Vec<Resource>,
    ) -> io::Result<Pictures> {
        let mut taken = Taken::default();
        let mut pictures = Pictures::default();
        if let Some(cover) = &input.cover {
            let file = taken.name("cover", "page", ending(cover.format));
            pictures.cover = Some(put(container, resources, file, cover, "cover-image")?);
        }
        for id in used(input, spine) {
            let picture = &input.issue.pictures[id.0];
            if picture.stand_in {
                continue;
            }
            let Some(made) = (input.pictures)(id)? else { continue };
            let name = picture.path.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let file = taken.name("picture", stem, ending(made.format));
            let cover = pictures.cover.is_none() && input.issue.cover.picture == id;
            let placed = put(container, resources, file, &made, if cover { "cover-image" } else { "" })?;
            pictures.placed.insert(id, placed);
        }
        Ok(pictures)
    }

    /// The manifest id of the cover picture.
    pub(super) fn cover_id(&self, input: &Input<'_>) -> Option<String> {
        self.cover.as_ref().or_else(|| self.get(input.issue.cover.picture)).map(|p| p.id.clone())
    }
}

fn put<W: Write + Seek>(
    container: &mut Container<W>,
    resources: &mut Vec<Resource>,
    file: String,
    picture: &EpubPicture,
    properties: &'static str,
) -> io::Result<Placed> {
    let href = format!("pictures/{file}");
    container.bytes(&format!("EPUB/{href}"), &picture.bytes, picture.format != Format::Svg)?;
    let id = file.replace('.', "-");
    resources.push(Resource { id: id.clone(), href: href.clone(), media_type: media_type(picture.format), properties });
    Ok(Placed { href, width: picture.width, height: picture.height, id })
}

/// The pictures that some document of the spine shows, in the issue's order.
fn used(input: &Input<'_>, spine: &[Leaf]) -> BTreeSet<PictureId> {
    let issue = input.issue;
    let mut used = BTreeSet::new();
    for leaf in spine {
        match *leaf {
            Leaf::Cover if input.cover.is_none() => {
                used.insert(issue.cover.picture);
            }
            Leaf::Article(a) => {
                let article = &issue.articles[a.0];
                used.extend(article.lead.iter().chain(article.figures.values()).map(|f| f.picture));
            }
            Leaf::Advert(a) => {
                used.insert(issue.adverts[a.0].picture);
            }
            Leaf::Partners => used.extend(issue.partners.iter().filter_map(|p| p.logo)),
            Leaf::Cover | Leaf::Contents | Leaf::Credits | Leaf::Imprint => {}
        }
    }
    used
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Png => "png",
        Format::Svg => "svg",
        Format::Gif => "gif",
        _ => "jpg",
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Png => "image/png",
        Format::Svg => "image/svg+xml",
        Format::Gif => "image/gif",
        _ => "image/jpeg",
    }
}
