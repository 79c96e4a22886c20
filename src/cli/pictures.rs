//! Pictures for editions: made from the publication's files, and kept for the next build.

use super::choose::Choice;
use crate::issue::{Issue, Picture, PictureId};
use crate::picture::{Budget, Derived, Fault, Format as Kind, Profile, Wanted, artwork, derive_within, stand_in};
use crate::source::{Cache, Sources};
use std::path::{Path, PathBuf};

/// The most pixels of a picture in the e-book, across and down: what a large tablet shows.
pub(super) const EPUB_PIXELS: u32 = 2000;

/// Where pictures made for a publication's editions are kept.
pub(super) fn folder(publication: &Path) -> PathBuf {
    publication.join(".cache").join("pictures")
}

/// The bytes that pictures in work may take together unless something else is said.
pub(super) const MEMORY: u64 = 512_000_000;

/// Pictures made for editions are kept in the publication, where backup programs are told to pass over them.
pub(super) fn cache(choice: &Choice, wanted: bool) -> Cache {
    if !wanted {
        return Cache::new(None);
    }
    let cache = Cache::new(Some(&folder(&choice.publication)));
    if cache.is_on() {
        super::sink::tag_cache(&choice.publication.join(".cache"));
    }
    cache
}

/// A picture as an edition wants it: from the cache, or made and kept there.
///
/// # Errors
/// [`Fault`] says why its file cannot be used.
pub(super) fn make(
    sources: &Sources,
    issue: &Issue,
    cache: &Cache,
    budget: &Budget,
    id: PictureId,
    wanted: &Wanted,
) -> Result<Derived, Fault> {
    let picture = &issue.pictures[id.0];
    // A draft is looked at and thrown away.
    let profile = if issue.draft { Profile::Draft } else { wanted.profile };
    let wanted = &Wanted { profile, ..wanted.clone() };
    if picture.stand_in {
        return Derived::from_bytes(stand_in(&picture.probe, "missing"));
    }
    let key = wanted.key(&picture.probe);
    let kept_as_it_is = picture.probe.is_vector() && !drawn(picture, wanted);
    if !kept_as_it_is && let Some(kept) = cache.get(&key).and_then(|bytes| Derived::from_bytes(bytes).ok()) {
        return Ok(kept);
    }
    let bytes = sources.bytes(&picture.path).map_err(|_| Fault::Empty)?;
    let derived = match drawn(picture, wanted) {
        true => artwork(&bytes)?.raster(wanted.max_width)?,
        false => derive_within(budget, &bytes, &picture.probe, wanted)?,
    };
    if !kept_as_it_is {
        cache.put(&key, &derived.bytes);
    }
    Ok(derived)
}

/// Whether a PDF must become pixels: e-readers cannot show it, and only they set a limit of this size.
fn drawn(picture: &Picture, wanted: &Wanted) -> bool {
    picture.probe.format == Kind::Pdf && (wanted.max_width, wanted.max_height) == (EPUB_PIXELS, EPUB_PIXELS)
}
