//! An issue with its names resolved: everything that did parse, whether or not all of it is right.
//!
//! Nothing stops here: what cannot be found is kept as a refusal, for the checks to report and a draft build to mark.

mod links;
mod pictures;
mod read;
mod resolve;
pub mod walk;

pub use links::LinkTarget;
pub(crate) use pictures::fits_place;
pub use pictures::{DraftPicture, Place, Probes, Use};
pub use read::{Watch, read, read_again};
pub(crate) use resolve::name_of;

use crate::manifest::{AdvertEntry, IssueManifest, PictureEntry, Publication, RightsEntry};
use crate::manuscript::{Inline, Manuscript};
use crate::report::Spanned;
use crate::source::Refusal;
use std::collections::BTreeMap;

/// Which kind of build the material is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// For readers: nothing may be missing.
    Final,
    /// For the editor at work: missing pictures, credits, alternative texts and adverts become marked stand-ins.
    Draft,
}

/// Everything of an issue that did parse.
#[derive(Debug)]
pub struct Draft {
    /// `masthead.toml`.
    pub publication: Publication,
    /// `issue.toml` and `pictures.toml`.
    pub issue: IssueManifest,
    /// The articles in the order of the manifest, then the fillers.
    pub articles: Vec<DraftArticle>,
    /// Every use of a picture: the cover, articles in order, adverts, logos.
    pub uses: Vec<Use>,
    /// Every picture file that is used and could be found, by its path in the publication.
    pub pictures: BTreeMap<String, DraftPicture>,
    /// The ledger of rights, if the publication keeps one.
    pub ledger: Option<Vec<RightsEntry>>,
    /// The hashes of other issues' cover pictures, by the issue's folder.
    pub other_covers: Vec<(String, String)>,
}

/// An article or a filler as it is listed.
#[derive(Debug)]
pub struct DraftArticle {
    /// As the manifest lists it.
    pub listed: Spanned<String>,
    /// The index of its section; none for a filler.
    pub section: Option<usize>,
    /// Its path in the publication, if there is a file.
    pub path: Result<String, Refusal>,
    /// What it says, if it could be read.
    pub manuscript: Option<Manuscript>,
    /// About the author.
    pub about: Vec<Inline>,
}

impl Draft {
    /// Booked adverts, then the house's own: the order in which [`Place::Advert`] counts.
    pub fn adverts(&self) -> impl Iterator<Item = &AdvertEntry> {
        self.issue.adverts.iter().chain(&self.issue.house_adverts)
    }

    /// The article of this path, fillers left out.
    pub fn article_of(&self, path: &str) -> Option<usize> {
        self.articles.iter().position(|a| a.section.is_some() && a.path.as_deref() == Ok(path))
    }

    /// The article that a manifest lists by this name, fillers left out.
    pub fn article_listed(&self, name: &str) -> Option<usize> {
        let plain = |name: &str| crate::source::joined(&self.issue.folder, name);
        self.articles.iter().position(|a| a.section.is_some() && plain(&a.listed) == plain(name))
    }

    /// What the ledger says of the picture with this hash.
    pub fn rights_of(&self, hash: &str) -> Option<&RightsEntry> {
        self.ledger.iter().flatten().find(|e| e.is_of(hash))
    }

    /// What the ledger says of the picture of a use: by its bytes, else by its path, as long as no other picture has that
    /// entry's bytes.
    pub fn rights_of_use(&self, used: &Use) -> Option<&RightsEntry> {
        let probe = self.probe_of(used)?;
        let path = used.path.as_deref().ok()?;
        let known = |e: &RightsEntry| self.pictures.values().any(|p| p.probe.as_ref().is_ok_and(|p| e.is_of(&p.hash)));
        let by_path = |e: &&RightsEntry| e.file.as_ref().is_some_and(|f| f.value == path) && !known(e);
        self.rights_of(&probe.hash).or_else(|| self.ledger.iter().flatten().find(by_path))
    }

    /// What `pictures.toml` says of the picture of a use.
    pub fn entry_of(&self, used: &Use) -> Option<&PictureEntry> {
        self.issue.pictures.get(used.entry?)
    }

    /// The probed picture of a use, if its file is there and sound.
    pub fn probe_of(&self, used: &Use) -> Option<&std::sync::Arc<crate::picture::Probe>> {
        self.pictures.get(used.path.as_deref().ok()?)?.probe.as_ref().ok()
    }
}
