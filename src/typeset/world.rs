//! What the page engine may see: files in memory and the publication's fonts. No disk, no clock, no packages.

use super::fonts::Fonts;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The engine's view of one issue.
pub(super) struct PageWorld {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

fn id(path: &str) -> Option<FileId> {
    VirtualPath::new(path).ok().map(|p| RootedPath::new(VirtualRoot::Project, p).intern())
}

impl PageWorld {
    /// A world of page templates (name and text); `main.typ` is where the engine begins.
    pub(super) fn new(fonts: Arc<Fonts>, templates: &[(String, String)]) -> Option<Self> {
        let mut sources = HashMap::new();
        for (name, text) in templates {
            let id = id(name)?;
            sources.insert(id, Source::new(id, text.clone()));
        }
        let library = LazyHash::new(Library::builder().build());
        Some(PageWorld { library, fonts, main: id("main.typ")?, sources, files: HashMap::new() })
    }

    /// Puts a file at an absolute virtual path, or replaces it.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        if let Some(id) = id(path) {
            self.files.insert(id, Bytes::new(bytes));
        }
    }

    /// Every template and file, by its path.
    pub(super) fn contents(&self) -> BTreeMap<String, Bytes> {
        let path = |id: &FileId| id.vpath().get_without_slash().to_owned();
        let sources = self.sources.iter().map(|(id, s)| (path(id), Bytes::from_string(s.text().to_owned())));
        sources.chain(self.files.iter().map(|(id, bytes)| (path(id), bytes.clone()))).collect()
    }
}

impl World for PageWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
