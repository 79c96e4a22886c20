//! `masthead impose`: a finished PDF, or a dummy with numbered pages, laid on press sheets.

use super::sink::Sink;
use super::{Error, Outcome, Voice};
use crate::manifest::Mm;
use crate::press::impose::{self, Blanks, Job, Method, Paper};
use crate::press::shop::{self, Binding, Marks, Shop};
use crate::report::{Report, Span, Spanned};
use crate::source::Sources;
use clap::ValueEnum;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) const EXAMPLES: &str = "\
Examples:
  masthead impose gazette-print.pdf --sheet SRA3 --marks            to fold once and staple
  masthead impose gazette-print.pdf --signature 16 --sheet B1       sixteen pages a sheet, nested
  masthead impose book.pdf --binding perfect --signature 16 --sheet 640x900 --marks
  masthead impose gazette-print.pdf --sheet SRA3 --creep 0.1        leaves of 0.1 mm
  masthead impose --dummy 64 --signature 16 --sheet SRA3            numbered pages, to fold and read

The sheets stand beside the file, as FILE-imposed.pdf: fronts and backs in turn. A signature that
one sheet does not hold is made of several, one inside the other.";

/// `masthead impose`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["file", "dummy"])))]
pub struct ImposeArgs {
    /// The PDF with single pages, in the order of reading
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Instead of a file: so many numbered pages, to be folded and leafed through
    #[arg(long, value_name = "PAGES")]
    pub dummy: Option<usize>,
    /// The trimmed size of a dummy's pages: A5, Letter, 170x240 …
    #[arg(long, value_name = "SIZE", default_value = "A4", requires = "dummy")]
    pub page: String,
    /// Pages of a signature, from 4 to 32
    #[arg(long, value_name = "PAGES", default_value_t = 16)]
    pub signature: usize,
    /// The sheet: SRA3, B1, Tabloid, 640x900 (mm) …, or `auto` for as large as it must be
    #[arg(long, value_name = "SIZE", default_value = "auto")]
    pub sheet: String,
    /// Fold each sheet to no more pages than so many, though it would hold more
    #[arg(long, value_name = "PAGES")]
    pub fold: Option<usize>,
    /// Stapled through the fold, or glued at a spine; the shop's if left out, or else stapled
    #[arg(long, value_enum)]
    pub binding: Option<BindingArg>,
    /// Read from right to left, if the PDF does not say so itself
    #[arg(long)]
    pub rtl: bool,
    /// How the back of a sheet comes onto it
    #[arg(long, value_enum, default_value_t = MethodArg::Sheetwise)]
    pub method: MethodArg,
    /// Take binding, bleed, marks and the thickness of a leaf from a print shop's profile, or a file of your own
    #[arg(long, value_name = "NAME")]
    pub shop: Option<String>,
    /// Thickness of a leaf in mm: inner pages move towards the spine by it. 0 for none
    #[arg(long, value_name = "MM")]
    pub creep: Option<f64>,
    /// Bleed in mm that is kept around each page; what the pages have if left out
    #[arg(long, value_name = "MM")]
    pub bleed: Option<f64>,
    /// Between pages that are cut apart, in mm; twice the bleed if left out
    #[arg(long, value_name = "MM")]
    pub gutter: Option<f64>,
    /// What is milled off each page's spine for gluing, in mm
    #[arg(long, value_name = "MM", default_value_t = 3.0)]
    pub mill: f64,
    /// What the press needs of the sheet's lower edge, in mm
    #[arg(long, value_name = "MM", default_value_t = 0.0)]
    pub gripper: f64,
    /// Where to cut and fold, registration, inks, and a line that says which sheet it is
    #[arg(long)]
    pub marks: bool,
    /// Where blank pages go; before the back cover if it is stapled, or else at the end
    #[arg(long, value_enum)]
    pub blanks: Option<BlanksArg>,
    /// The file that is written
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How it is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BindingArg {
    /// Stapled through the fold: signatures one inside the other.
    Saddle,
    /// Glued at a spine: signatures one after the other.
    Perfect,
}

/// How sheets are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    /// Front and back, turned like the leaf of a book.
    Sheetwise,
    /// One form for both sides, turned like the leaf of a book, cut into two copies.
    WorkAndTurn,
    /// One form for both sides, turned over its lower edge, cut into two copies.
    WorkAndTumble,
    /// Front and back, turned over its lower edge by the press.
    Perfecting,
}

/// Where blank pages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BlanksArg {
    /// After the last page.
    AtEnd,
    /// Before the last leaf.
    BeforeBackCover,
}

/// Writes the sheets and says what stands on them.
///
/// # Errors
/// When the file cannot be read or written, or its pages cannot be imposed so.
pub(super) fn run(args: &ImposeArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let refused = |e: impose::Refusal| Error::Refused(e.to_string());
    let Some(shop) =
        args.shop.as_deref().map(|name| named(name, voice)).transpose()?.map_or(Some(None), |s| s.map(Some))
    else {
        return Ok(Outcome::Errors);
    };
    let job = job(args, shop.as_ref()).map_err(refused)?;
    let pdf = match (&args.file, args.dummy) {
        (Some(file), _) => std::fs::read(file).map_err(Error::io("read", file))?,
        (None, pages) => {
            let (width, height) = impose::size(&args.page).map_err(refused)?;
            impose::dummy(pages.unwrap_or(0), width, height).map_err(refused)?
        }
    };
    let whose = args.file.as_ref().map_or_else(|| "the dummy".to_owned(), |f| format!("`{}`", f.display()));
    let imposed = impose::impose(&pdf, &job).map_err(|e| Error::Refused(format!("{whose} is not imposed: {e}")))?;
    let path = place(args)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if args.file.as_ref().is_some_and(|file| same(file, &path)) {
        let why = format!("`{}` is the file that is imposed: name another for the sheets", path.display());
        return Err(Error::Refused(why));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut sink = Sink::new(folder);
    sink.put(&name, |out| out.write_all(&imposed.pdf))?;
    sink.finish()?;
    voice.out(&format!("{}\n{}", path.display(), imposed.told));
    Ok(Outcome::Well)
}

/// Where the sheets go.
fn place(args: &ImposeArgs) -> Result<PathBuf, Error> {
    let beside = |file: &PathBuf| {
        let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        file.with_file_name(format!("{stem}-imposed.pdf"))
    };
    let made = args.file.as_ref().map_or_else(|| PathBuf::from("dummy-imposed.pdf"), beside);
    let path = args.out.clone().unwrap_or(made);
    if path.is_dir() || path.file_name().is_none() {
        let why = format!("`{}` is a folder: name the file that is to be written", path.display());
        return Err(Error::Refused(why));
    }
    Ok(path)
}

/// The shop by its name, or by a file; `None` after its findings were said.
fn named(name: &str, voice: &mut Voice<'_>) -> Result<Option<Shop>, Error> {
    let path = Path::new(name);
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (folder, wanted) = match path.parent().filter(|p| !p.as_os_str().is_empty()) {
        Some(folder) => (folder, file.as_str()),
        None => (Path::new("."), name),
    };
    let mut sources = Sources::open(folder).map_err(Error::io("open", folder))?;
    let asked = sources.mention("the command line");
    let mut report = Report::new();
    let wanted = Spanned::new(wanted.to_owned(), Span::whole(asked));
    let shop = shop::by_name_or_path(&mut sources, &wanted, &mut report);
    let findings = voice.report(&report, sources.files());
    voice.err(&findings);
    Ok(shop.ok().filter(|_| !report.has_errors()))
}

fn job(args: &ImposeArgs, shop: Option<&Shop>) -> Result<Job, impose::Refusal> {
    let every = Marks { crop: true, registration: true, fold: true, bars: true, slug: true };
    let file = args.file.as_ref().and_then(|f| f.file_name()).map(|n| n.to_string_lossy().into_owned());
    let name = [file, shop.map(|s| s.name.clone())];
    let mut job = Job::new(Paper::named(&args.sheet)?);
    job.binding = match args.binding {
        Some(BindingArg::Saddle) => Binding::Saddle,
        Some(BindingArg::Perfect) => Binding::Perfect,
        None => shop.map_or(Binding::Saddle, |s| s.binding),
    };
    job.right_to_left = args.rtl.then_some(true);
    job.signature = args.signature;
    job.folded = args.fold;
    job.method = match args.method {
        MethodArg::Sheetwise => Method::Sheetwise,
        MethodArg::WorkAndTurn => Method::WorkAndTurn,
        MethodArg::WorkAndTumble => Method::WorkAndTumble,
        MethodArg::Perfecting => Method::Perfecting,
    };
    job.gutter = args.gutter.map(Mm);
    job.mill = Mm(args.mill);
    job.gripper = Mm(args.gripper);
    job.bleed = args.bleed.map(Mm).or(shop.map(|s| s.bleed));
    job.creep = args.creep.map(Mm).or(shop.and_then(|s| s.leaf)).unwrap_or(Mm(0.0));
    job.marks = if args.marks { every } else { shop.map_or(Marks::default(), |s| s.marks) };
    job.blanks = args.blanks.map(|b| match b {
        BlanksArg::AtEnd => Blanks::AtEnd,
        BlanksArg::BeforeBackCover => Blanks::BeforeBackCover,
    });
    job.name = name.into_iter().flatten().collect::<Vec<_>>().join(" | ");
    Ok(job)
}
