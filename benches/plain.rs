//! The yardstick of `benches/run`: the same pages, set once by the page engine alone with the photographs as they are.
//!
//! `plain write PUBLICATION ISSUE DIR` lays the issue out as a build does and writes into DIR what the engine saw, photographs
//! in the place of stand-ins. `plain compile DIR OUT.pdf`, a process of its own, sets those pages once and exports them.
//! `plain again PUBLICATION ISSUE ROUNDS` lays the issue out, then changes one word of its longest article to and fro (in the
//! folder: give it a copy) and lays it out again each time, in the same process and by the decisions of the first layout.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench reads, writes and reports")]
#![allow(missing_docs, reason = "no library")]

use masthead::draft::{Mode, read};
use masthead::issue::{Issue, PictureId};
use masthead::picture::Format;
use masthead::report::Report;
use masthead::source::{Cache, Sources};
use masthead::typeset::{Fonts, Layout, Live, Lock, Settings, Theme, lay_out};
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use std::{env, fs};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let args: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", publication, issue, dir] => write(Path::new(publication), issue, Path::new(dir)),
        ["compile", dir, out] => compile(Path::new(dir), Path::new(out)),
        ["again", publication, issue, rounds] => again(Path::new(publication), issue, rounds.parse()?),
        _ => {
            println!(
                "benches/run uses this; alone it needs: write PUBLICATION ISSUE DIR | compile DIR OUT.pdf | again COPY ISSUE ROUNDS"
            );
            Ok(())
        }
    }
}

/// Reads an issue from the disk and lays it out; the seconds that laying out took.
fn laid_out(
    publication: &Path,
    folder: &str,
    found: Option<&Lock>,
) -> Result<(Sources, Issue, Layout, f64), Box<dyn Error>> {
    let mut sources = Sources::open(publication)?;
    let mut report = Report::new();
    let draft = read(&mut sources, folder, &|_, _| {}, &mut report).ok_or("the issue cannot be read")?;
    let theme = Theme::load(&mut sources, &draft.publication, &mut report).ok_or("the theme cannot be read")?;
    let issue = Issue::close(draft, &report, Mode::Final).ok_or("the issue has errors: `masthead check` says which")?;
    let drawing = |id: PictureId| sources.bytes(&issue.pictures[id.0].path).unwrap_or_default();
    let fonts = Arc::new(Fonts::new(Vec::new()).0);
    let live = Some(Live { found, newer: &|| false });
    let settings = Settings { theme: &theme, fonts, lock: None, live, kept: &Cache::default(), vector: &drawing };
    let start = Instant::now();
    let layout = lay_out(&issue, &settings, &mut report)?.ok_or("the engine refused an article")?;
    let seconds = start.elapsed().as_secs_f64();
    Ok((sources, issue, layout, seconds))
}

fn again(publication: &Path, folder: &str, rounds: usize) -> Outcome {
    let (sources, issue, layout, cold) = laid_out(publication, folder, None)?;
    let lock = layout.lock.ok_or("the layout has no decisions")?;
    let longest = issue.articles.iter().max_by_key(|a| a.manuscript.body.len()).ok_or("an issue without articles")?;
    let path = publication.join(sources.files().path(longest.manuscript.file));
    let text = fs::read_to_string(&path)?;
    let mut times = Vec::new();
    for round in 0..rounds {
        let (one, other) = if round % 2 == 0 { (" the ", " that ") } else { (" that ", " the ") };
        let now = fs::read_to_string(&path)?;
        // Far enough down to stand in the text.
        let at = now.char_indices().map(|(n, _)| n).find(|n| *n >= text.len() / 2).unwrap_or(0);
        fs::write(&path, format!("{}{}", &now[..at], now[at..].replacen(one, other, 1)))?;
        times.push(laid_out(publication, folder, Some(&lock))?.3);
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).ok_or("no rounds")?;
    println!(
        "layout, cold, with the search: {cold:.2} s; one word changed, warm: {:.0} ms (median of {rounds})",
        median * 1000.0
    );
    Ok(())
}

fn write(publication: &Path, folder: &str, dir: &Path) -> Outcome {
    let (sources, issue, layout, _) = laid_out(publication, folder, None)?;
    let mut full = 0;
    for (path, bytes) in layout.engine_files() {
        let target = dir.join(path);
        fs::create_dir_all(target.parent().unwrap_or(dir))?;
        match photograph(&issue, &sources, path) {
            Some(bytes) => {
                full += 1;
                fs::write(target, bytes)?;
            }
            None => fs::write(target, bytes)?,
        }
    }
    println!("{} pages, {full} photographs in full size, {:.0} megapixels", layout.pages.len(), megapixels(&issue));
    Ok(())
}

/// The file behind a stand-in, if the engine reads its kind.
fn photograph(issue: &Issue, sources: &Sources, path: &str) -> Option<Vec<u8>> {
    let number: usize = path.strip_prefix("pictures/")?.strip_suffix(".jpg")?.parse().ok()?;
    let picture = issue.pictures.get(number).filter(|p| p.probe.format == Format::Jpeg && !p.stand_in)?;
    sources.bytes(&picture.path).ok()
}

fn megapixels(issue: &Issue) -> f64 {
    let jpegs = issue.pictures.iter().filter(|p| p.probe.format == Format::Jpeg);
    jpegs.map(|p| f64::from(p.probe.width) * f64::from(p.probe.height) / 1e6).sum()
}

fn compile(dir: &Path, out: &Path) -> Outcome {
    let folder = Folder::open(dir)?;
    let document = typst::compile::<PagedDocument>(&folder).output.map_err(|e| format!("{e:?}"))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| format!("{e:?}"))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    fs::write(out, typst_pdf::pdf(&document, &options).map_err(|e| format!("{e:?}"))?)?;
    Ok(())
}

/// A folder as the engine's own command line would see it: files read when they are asked for.
struct Folder {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    files: HashMap<FileId, PathBuf>,
    sources: HashMap<FileId, Source>,
}

impl Folder {
    /// The shipped fonts are looked for in `fonts` of the current folder.
    fn open(dir: &Path) -> Result<Self, Box<dyn Error>> {
        let mut fonts = Vec::new();
        for entry in fs::read_dir("fonts")? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "otf" || e == "ttf") {
                fonts.extend(Font::iter(Bytes::new(fs::read(path)?)));
            }
        }
        let (mut files, mut sources) = (HashMap::new(), HashMap::new());
        for sub in ["", "data", "pictures"] {
            for entry in fs::read_dir(dir.join(sub))? {
                let path = entry?.path();
                let name = path.strip_prefix(dir)?.to_str().ok_or("a name that is not UTF-8")?.to_owned();
                let id = id(&name)?;
                if name.ends_with(".typ") {
                    sources.insert(id, Source::new(id, fs::read_to_string(&path)?));
                }
                files.insert(id, path);
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let library = LazyHash::new(Library::builder().build());
        Ok(Folder { library, book, fonts, main: id("main.typ")?, files, sources })
    }
}

fn id(path: &str) -> Result<FileId, Box<dyn Error>> {
    let path = VirtualPath::new(path).map_err(|e| format!("{e:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Folder {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.files.get(&id).ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))?;
        fs::read(path).map(Bytes::new).map_err(|e| FileError::from_io(e, path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
