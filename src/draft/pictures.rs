//! Every use of a picture, gathered from the manifest and the articles; and the files behind them, probed once each.
//!
//! Files are probed side by side, and the results stand in the order of their paths.

use super::resolve::{entry_for, folder_of, resolve_in};
use super::walk::{Part, walk};
use super::{DraftArticle, Watch};
use crate::manifest::{IssueManifest, PictureEntry};
use crate::manuscript::{Inline, InlineKind, Width, plain};
use crate::picture::{Embedded, Fault, Format, Notice, Probe, embedded, probe_again};
use crate::report::{FileId, Report, Span, Spanned};
use crate::source::{Cache, Refusal, Sources, Stamp};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Where a picture is used; numbers count articles and fillers, adverts, partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The cover.
    Cover,
    /// Above an article's text.
    Lead(usize),
    /// A figure in an article.
    Figure(usize, Width),
    /// Within a line of an article.
    Inline(usize),
    /// An advert's artwork.
    Advert(usize),
    /// A partner's logo.
    Logo(usize),
}

impl Place {
    /// Whether the picture belongs to the magazine's own pages: it then needs a credit and alternative text.
    pub fn is_editorial(self) -> bool {
        !matches!(self, Place::Advert(_) | Place::Logo(_))
    }

    /// The article in which it is used.
    pub fn article(self) -> Option<usize> {
        match self {
            Place::Lead(article) | Place::Figure(article, _) | Place::Inline(article) => Some(article),
            _ => None,
        }
    }
}

/// One use of a picture, with what is said of it there or else in `pictures.toml`.
#[derive(Debug, Clone)]
pub struct Use {
    /// Where it is used.
    pub place: Place,
    /// Where its file is named.
    pub span: Span,
    /// The file as named there.
    pub written: String,
    /// The file's path in the publication.
    pub path: Result<String, Refusal>,
    /// The index of what `pictures.toml` says of it.
    pub entry: Option<usize>,
    /// Alternative text.
    pub alt: Option<Spanned<String>>,
    /// Whether it is marked as decoration.
    pub decorative: bool,
    /// Its caption.
    pub caption: Vec<Inline>,
    /// Whether the caption stands elsewhere than in the article's text: in its front matter or in `pictures.toml`.
    pub borrowed_caption: bool,
    /// The credit given at this use.
    pub credit: Option<Spanned<String>>,
    /// The point that must stay visible.
    pub focus: Option<(f64, f64)>,
}

/// A picture's file.
#[derive(Debug)]
pub struct DraftPicture {
    /// For findings about the file.
    pub file: FileId,
    /// What its bytes are.
    pub probe: Result<Arc<Probe>, Fault>,
    /// What is worth knowing of it.
    pub notices: Vec<Notice>,
    /// What it says of itself.
    pub embedded: Embedded,
}

/// Turns a line of Markdown, such as a caption in a manifest, into inlines.
pub(super) type ReadLine<'a> = &'a mut dyn FnMut(&Spanned<String>) -> Vec<Inline>;

/// Gathers uses.
pub(super) struct Gatherer<'a> {
    pub sources: &'a Sources,
    pub issue: &'a IssueManifest,
    pub line: ReadLine<'a>,
    pub uses: Vec<Use>,
}

impl Gatherer<'_> {
    pub(super) fn gather(&mut self, articles: &[DraftArticle]) {
        let issue = self.issue;
        if let Some(picture) = issue.cover.as_ref().and_then(|c| c.picture.as_ref()) {
            self.entry(Place::Cover, &issue.folder, picture);
        }
        for (index, article) in articles.iter().enumerate() {
            self.article(index, article);
        }
        for (index, advert) in issue.adverts.iter().chain(&issue.house_adverts).enumerate() {
            let found = self.bare(Place::Advert(index), &advert.file);
            self.uses.push(Use { alt: advert.alt.clone(), ..found });
        }
        for (index, partner) in issue.partners.iter().enumerate() {
            let Some(logo) = &partner.logo else { continue };
            let found = self.bare(Place::Logo(index), logo);
            self.uses.push(found);
        }
    }

    fn article(&mut self, index: usize, article: &DraftArticle) {
        let (Ok(path), Some(manuscript)) = (&article.path, &article.manuscript) else { return };
        let folder = folder_of(path);
        if let Some(lead) = &manuscript.front.lead {
            self.entry(Place::Lead(index), folder, lead);
        }
        walk(manuscript, &mut |part| match part {
            Part::Figure(figure) => {
                let mut found = self.named(Place::Figure(index, figure.width), folder, &figure.file);
                found.alt = written(&figure.alt).or(found.alt);
                found.decorative |= figure.decorative;
                found.credit.clone_from(&figure.credit);
                if !figure.caption.is_empty() {
                    found.caption.clone_from(&figure.caption);
                    found.borrowed_caption = false;
                }
                self.uses.push(found);
            }
            Part::Inline(Inline { kind: InlineKind::Image(image), span }) => {
                let mut found = self.named(Place::Inline(index), folder, &image.file);
                let alt = Spanned::new(plain(&image.alt), *span);
                found.alt = written(&alt).or(found.alt);
                found.decorative |= image.decorative;
                let title = image.title.as_ref().filter(|t| !t.trim().is_empty());
                found.credit = title.map(|t| Spanned::new(t.clone(), *span));
                self.uses.push(found);
            }
            _ => {}
        });
    }

    /// A picture that a manifest or front matter describes.
    fn entry(&mut self, place: Place, folder: &str, picture: &PictureEntry) {
        let mut found = self.named(place, folder, &picture.file);
        found.alt = picture.alt.as_ref().and_then(written).or(found.alt);
        found.decorative |= picture.decorative;
        found.credit.clone_from(&picture.credit);
        found.focus = picture.focus.or(found.focus);
        if let Some(caption) = &picture.caption {
            found.caption = (self.line)(caption);
        }
        self.uses.push(found);
    }

    /// A picture by its name, with what `pictures.toml` says of it.
    fn named(&mut self, place: Place, folder: &str, file: &Spanned<String>) -> Use {
        let issue = self.issue;
        let pool = format!("{}/pictures", issue.folder);
        let path = resolve_in(self.sources, &[folder, &issue.folder, &pool], file);
        // A file that is missing is still known by its name, so that its entry does not count as unused.
        let entry = entry_for(&issue.pictures, path.as_deref().unwrap_or(&format!("{pool}/{}", file.value)));
        let said = entry.and_then(|i| issue.pictures.get(i));
        let caption = said.and_then(|s| s.caption.as_ref()).map(|c| (self.line)(c)).unwrap_or_default();
        Use {
            place,
            span: file.span,
            written: file.value.clone(),
            path,
            entry,
            alt: said.and_then(|s| s.alt.as_ref()).and_then(written),
            decorative: said.is_some_and(|s| s.decorative),
            caption,
            borrowed_caption: true,
            credit: None,
            focus: said.and_then(|s| s.focus),
        }
    }

    /// A picture of an advert or a logo: looked for in the issue's folder only.
    fn bare(&self, place: Place, file: &Spanned<String>) -> Use {
        Use {
            place,
            span: file.span,
            written: file.value.clone(),
            path: resolve_in(self.sources, &[&self.issue.folder], file),
            entry: None,
            alt: None,
            decorative: false,
            caption: Vec::new(),
            borrowed_caption: true,
            credit: None,
            focus: None,
        }
    }
}

/// A text that says something.
fn written(text: &Spanned<String>) -> Option<Spanned<String>> {
    (!text.value.trim().is_empty()).then(|| text.clone())
}

/// What came of opening one picture.
type Probed = Result<Result<(Probe, Vec<Notice>, Embedded), Fault>, Refusal>;

/// What came of opening pictures, for a process that reads the same issue again and again: a file of the same length and time
/// of change is not opened anew. What can be kept from one process to the next lies in a cache.
#[derive(Debug, Default)]
pub struct Probes {
    known: Mutex<BTreeMap<String, (Stamp, Probed)>>,
    kept: Cache,
}

impl Probes {
    /// Nothing is known but what the cache holds.
    pub fn new(kept: Cache) -> Self {
        Probes { known: Mutex::default(), kept }
    }

    fn of(&self, path: &str, stamp: Option<Stamp>) -> Option<Probed> {
        let known = self.known.lock().ok()?;
        let (when, probed) = known.get(path)?;
        (Some(*when) == stamp).then(|| probed.clone())
    }

    fn keep(&self, path: &str, stamp: Option<Stamp>, probed: &Probed) {
        if let (Some(stamp), Ok(mut known)) = (stamp, self.known.lock()) {
            known.insert(path.to_owned(), (stamp, probed.clone()));
        }
    }
}

/// Opens and probes every picture that was found, several at a time. A file that cannot be read becomes a refusal of
/// its uses.
pub(super) fn probe_all(
    sources: &mut Sources,
    uses: &mut [Use],
    probes: &Probes,
    watch: Watch<'_>,
) -> BTreeMap<String, DraftPicture> {
    let paths: BTreeSet<String> = uses.iter().filter_map(|u| u.path.clone().ok()).collect();
    let (total, done) = (paths.len(), AtomicUsize::new(0));
    watch(0, total);
    let reader = &*sources;
    let open = |path: String| -> (String, Probed) {
        let stamp = reader.stamp(&path);
        let result = probes.of(&path, stamp).unwrap_or_else(|| {
            let bytes = reader.bytes(&path);
            let opened =
                bytes.map(|b| probe_again(&b, &probes.kept).map(|(probe, notices)| (probe, notices, embedded(&b))));
            probes.keep(&path, stamp, &opened);
            opened
        });
        watch(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        (path, result)
    };
    let probed: Vec<(String, Probed)> = paths.into_par_iter().map(open).collect();
    let mut pictures = BTreeMap::new();
    for (path, result) in probed {
        match result {
            Ok(result) => {
                let picture = keep(sources, &path, result);
                pictures.insert(path, picture);
            }
            Err(refusal) => {
                for used in uses.iter_mut().filter(|u| u.path.as_ref() == Ok(&path)) {
                    used.path = Err(refusal.clone());
                }
            }
        }
    }
    pictures
}

fn keep(sources: &mut Sources, path: &str, result: Result<(Probe, Vec<Notice>, Embedded), Fault>) -> DraftPicture {
    let in_text = result.as_ref().err().is_some_and(|fault| fault.place().is_some());
    let file = match in_text {
        // The finding points into the SVG's text; what is wrong with the text itself is the same finding.
        true => sources.text(path, &mut Report::new()).unwrap_or_else(|| sources.mention(path)),
        false => sources.mention(path),
    };
    match result {
        Ok((probe, notices, embedded)) => DraftPicture { file, probe: Ok(Arc::new(probe)), notices, embedded },
        Err(fault) => {
            let (notices, embedded) = (Vec::new(), Embedded::default());
            DraftPicture { file, probe: Err(fault), notices, embedded }
        }
    }
}

/// Whether a picture of this kind can stand at this place: a PDF only as an advert.
pub(crate) fn fits_place(format: Format, place: Place) -> bool {
    format != Format::Pdf || matches!(place, Place::Advert(_))
}
