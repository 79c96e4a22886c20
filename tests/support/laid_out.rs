//! An issue laid out within the test's own process, from a publication's folder: what a build does up to the pages.

use masthead::draft::{Mode, read};
use masthead::issue::{Issue, PictureId};
use masthead::report::Report;
use masthead::source::{Cache, Sources};
use masthead::typeset::{EngineError, Fonts, Layout, Live, Lock, Settings, Theme, lay_out};
use std::path::Path;
use std::sync::Arc;

/// A laid-out issue, and what it was laid out with.
pub(crate) struct LaidOut {
    pub(crate) issue: Issue,
    pub(crate) layout: Layout,
    pub(crate) fonts: Arc<Fonts>,
}

impl LaidOut {
    /// Lays out an issue of the publication in a folder; whatever goes wrong fails the test.
    pub(crate) fn of(publication: &Path, name: &str) -> LaidOut {
        LaidOut::keeping(publication, name, None)
    }

    /// The same by the decisions of a lock, if one is given.
    pub(crate) fn keeping(publication: &Path, name: &str, lock: Option<&Lock>) -> LaidOut {
        LaidOut::with(publication, name, lock, None).unwrap()
    }

    /// The same for a process that goes on.
    ///
    /// # Errors
    /// When the search is given up.
    pub(crate) fn live(publication: &Path, name: &str, live: Live<'_>) -> Result<LaidOut, EngineError> {
        LaidOut::with(publication, name, None, Some(live))
    }

    fn with(
        publication: &Path,
        name: &str,
        lock: Option<&Lock>,
        live: Option<Live<'_>>,
    ) -> Result<LaidOut, EngineError> {
        let mut sources = Sources::open(publication).unwrap();
        let mut report = Report::new();
        let draft = read(&mut sources, name, &|_, _| {}, &mut report).unwrap();
        let theme = Theme::load(&mut sources, &draft.publication, &mut report).unwrap();
        let own = draft.publication.fonts.iter().flat_map(|f| fonts_in(&publication.join(&f.value))).collect();
        let fonts = Arc::new(Fonts::new(own).0);
        let close = Issue::close(draft, &report, Mode::Final);
        let issue = close.unwrap_or_else(|| panic!("{name}: {report:#?}"));
        let drawing = |id: PictureId| sources.bytes(&issue.pictures[id.0].path).unwrap();
        let kept = &Cache::default();
        let settings = Settings { theme: &theme, fonts: fonts.clone(), lock, live, kept, vector: &drawing };
        let layout = lay_out(&issue, &settings, &mut report)?.expect("every article can be set");
        Ok(LaidOut { issue, layout, fonts })
    }

    /// The screen edition's pages, tags and all; only its pictures are still stand-ins.
    pub(crate) fn screen(&self) -> Result<Vec<u8>, String> {
        self.layout.screen_pdf(&self.issue).map_err(|e| e.to_string())
    }
}

/// The bytes of every font in a folder, in the order of their names.
fn fonts_in(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "otf" || e == "ttf"));
    paths.sort();
    paths.iter().map(|p| std::fs::read(p).unwrap()).collect()
}
