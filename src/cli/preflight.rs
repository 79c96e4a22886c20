//! `masthead preflight`: any PDF judged as a print shop would; rendered by Ghostscript where that is installed.
//!
//! What needs a rendering and has none is named as not checked, never passed over.

use super::args::Format;
use super::ghostscript::{self, Rendering};
use super::sink::Sink;
use super::{Error, Outcome, Voice};
use crate::data::toml;
use crate::manifest::Mm;
use crate::press::Shop;
use crate::press::preflight::{Purpose, Verdict, html, human, json, judge, rendered};
use crate::press::shop::by_name_or_path;
use crate::report::{Code, Files, Report, Span, Spanned};
use crate::source::Sources;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The largest file that is opened, in bytes.
const LARGEST: u64 = 2 << 30;

pub(super) const EXAMPLES: &str = "\
Examples:
  masthead preflight issue-print.pdf                       by the shipped profile fogra39-x4
  masthead preflight issue.pdf --shop shops/ours.toml      by a profile of your own
  masthead preflight issue.pdf --report preflight.html     with small pages on which every fault is framed
  masthead preflight ad.pdf --advert 210x297               a partner's advert, for its booked size
  masthead preflight cover.pdf --cover-of 64 --trim 210x297  a wrap-around cover and its spine

What needs a rendering (ink on the page, white at the cut, small pages) uses
Ghostscript where it is installed; otherwise it is named as not checked.

Exit status: 0 when there are no errors, 1 when there are, 2 when the file or
the profile could not be read.";

/// `masthead preflight`.
#[derive(Debug, clap::Args)]
pub struct PreflightArgs {
    /// The PDF
    #[arg(value_name = "FILE.pdf")]
    pub file: PathBuf,
    /// The print shop's profile: a shipped one's name, or a file. If left out, that of the publication in whose folder the file
    /// lies; else `fogra39-x4`
    #[arg(long, value_name = "NAME")]
    pub shop: Option<String>,
    /// Judge it as an advert of this booked size in millimetres, such as `210x297`
    #[arg(long, value_name = "WxH", value_parser = size, conflicts_with = "cover_of")]
    pub advert: Option<(f64, f64)>,
    /// The advert stands within a page and needs no bleed
    #[arg(long, requires = "advert")]
    pub no_bleed: bool,
    /// Judge it as a wrap-around cover of so many inner pages
    #[arg(long, value_name = "PAGES", requires = "trim")]
    pub cover_of: Option<usize>,
    /// The trim of one page in millimetres, such as `210x297`, for `--cover-of`
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub trim: Option<(f64, f64)>,
    /// How faults are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write a page for the browser too, with every fault framed on small pages
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Do without Ghostscript, which is faster
    #[arg(long)]
    pub no_render: bool,
}

/// A size such as `210x297`, in millimetres.
fn size(text: &str) -> Result<(f64, f64), String> {
    let wrong = || "write it in millimetres, as `210x297`".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let number = |t: &str| t.trim().parse().ok().filter(|n: &f64| (5.0..5000.0).contains(n)).ok_or_else(wrong);
    Ok((number(width)?, number(height)?))
}

/// Judges a PDF and says what is wrong with it.
///
/// # Errors
/// When the file or the shop's profile cannot be read, or the report not written.
pub(super) fn run(args: &PreflightArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let shop = shop(args, voice)?;
    let bytes = read(&args.file)?;
    let purpose = purpose(args, &shop);
    let mut verdict = judge(&bytes, &shop, &purpose);
    drop(bytes);
    let look = Look { render: !args.no_render, views: args.report.is_some() };
    let views = render(&args.file, &look, &mut verdict, &shop, &purpose)?;
    let name =
        args.file.file_name().map_or_else(|| args.file.display().to_string(), |n| n.to_string_lossy().into_owned());
    match args.format {
        Format::Human => voice.out(&human(&verdict, &name, &shop, voice.colour)),
        Format::Json => voice.out(&format!("{:#}\n", json(&verdict, &name, &shop))),
    }
    if let Some(path) = &args.report {
        write(path, &html(&verdict, &name, &shop, &views))?;
        voice.err(&format!("report: {}\n", path.display()));
    }
    Ok(if verdict.has_errors() { Outcome::Errors } else { Outcome::Well })
}

fn purpose(args: &PreflightArgs, shop: &Shop) -> Purpose {
    let mm = |(w, h): (f64, f64)| (Mm(w), Mm(h));
    match (args.advert, args.cover_of, args.trim) {
        (Some(trim), ..) => Purpose::Advert { trim: mm(trim), bleed: if args.no_bleed { Mm(0.0) } else { shop.bleed } },
        (None, Some(inner_pages), Some(page)) => Purpose::Cover { page: mm(page), inner_pages },
        _ => Purpose::Issue,
    }
}

/// The shop: a shipped one, or a file with its ICC profile beside it.
fn shop(args: &PreflightArgs, voice: &mut Voice<'_>) -> Result<Shop, Error> {
    let Some(named) = &args.shop else { return usual(&args.file, voice) };
    let (folder, name) = match named.ends_with(".toml") {
        true => {
            let path = Path::new(named);
            let name = path.file_name().map_or_else(|| named.clone(), |n| n.to_string_lossy().into_owned());
            (path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")), name)
        }
        false => (Path::new("."), named.clone()),
    };
    named_in(folder, &name, voice)
}

/// How far above a file its publication is looked for: `dist/2026-11/…`, or an advert in `2026-11/adverts`.
const ABOVE: usize = 4;

/// The shop of the publication in whose folder a file lies.
fn usual(file: &Path, voice: &mut Voice<'_>) -> Result<Shop, Error> {
    let path = file.canonicalize().map_err(Error::io("read", file))?;
    for folder in path.ancestors().skip(1).take(ABOVE) {
        let Ok(text) = std::fs::read_to_string(folder.join("masthead.toml")) else { continue };
        let mut files = Files::default();
        let id = files.add("masthead.toml", Some(text.clone()));
        let document = toml::read(id, &text, 0, &mut Report::new(), Code::MANIFEST_SYNTAX);
        if let Some(named) = document.root.table("print").and_then(|t| t.text("shop")) {
            return named_in(folder, &named.value, voice);
        }
    }
    named_in(Path::new("."), "fogra39-x4", voice)
}

fn named_in(folder: &Path, name: &str, voice: &mut Voice<'_>) -> Result<Shop, Error> {
    let mut sources = Sources::open(folder).map_err(Error::io("open the folder", folder))?;
    let span = Span::whole(sources.mention(name));
    let mut report = Report::new();
    by_name_or_path(&mut sources, &Spanned::new(name.to_owned(), span), &mut report).map_err(|_| {
        let findings = voice.report(&report, sources.files());
        voice.err(&findings);
        Error::Refused(format!("the print shop's profile `{name}` cannot be used"))
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let length = std::fs::metadata(path).map_err(Error::io("read", path))?.len();
    if length > LARGEST {
        return Err(Error::Refused(format!("`{}` is larger than 2 GB: it is not opened", path.display())));
    }
    std::fs::read(path).map_err(Error::io("read", path))
}

/// How a file is looked at besides its objects.
pub(super) struct Look {
    /// Whether Ghostscript may render it.
    pub(super) render: bool,
    /// Whether small pages are wanted.
    pub(super) views: bool,
}

/// Adds what only a rendering shows; gives back the small pages for the report.
///
/// # Errors
/// When the file cannot be read or there is no place for the rendering.
pub(super) fn render(
    file: &Path,
    look: &Look,
    verdict: &mut Verdict,
    shop: &Shop,
    purpose: &Purpose,
) -> Result<Vec<Option<String>>, Error> {
    const WHAT: &str = "ink on the rendered page, white at the cut";
    if verdict.pages.is_empty() {
        return Ok(Vec::new());
    }
    let path = file.canonicalize().map_err(Error::io("read", file))?;
    let program = if look.render { ghostscript::find() } else { Err("`--no-render` was asked for".to_owned()) };
    let program = match program {
        Ok(program) => program,
        Err(why) => {
            let views = if look.views { ", small pages of the report" } else { "" };
            verdict.unchecked.push(format!("{WHAT}{views} ({why})"));
            return Ok(Vec::new());
        }
    };
    let pages = verdict.pages.len();
    let largest = verdict.pages.iter().map(|p| p.media.width().max(p.media.height())).fold(0.0, f64::max);
    match Rendering::plates(&program, &path, pages, largest)? {
        Ok(rendering) => {
            let missing = (1..=pages).filter(|&page| !rendering.has(page)).count();
            rendered(verdict, (1..=pages).filter_map(|page| rendering.plates_of(page)), shop, purpose);
            if missing > 0 {
                verdict.unchecked.push(format!("{WHAT}, on {missing} pages (Ghostscript could not render them)"));
            }
        }
        Err(why) => verdict.unchecked.push(format!("{WHAT} ({why})")),
    }
    if !look.views {
        return Ok(Vec::new());
    }
    match Rendering::views(&program, &path, pages, largest)? {
        Ok(rendering) => Ok((1..=pages).map(|page| rendering.view_of(page)).collect()),
        Err(why) => {
            verdict.unchecked.push(format!("small pages of the report ({why})"));
            Ok(Vec::new())
        }
    }
}

fn write(path: &Path, page: &str) -> Result<(), Error> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| Error::Refused(format!("`{}` is no name of a file", path.display())))?;
    let mut sink = Sink::new(folder);
    sink.put(&name.to_string_lossy(), |file| file.write_all(page.as_bytes()))?;
    sink.finish().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_nonsense_is_not() {
        assert_eq!(size("210x297"), Ok((210.0, 297.0)));
        assert_eq!(size("210 × 148.5"), Ok((210.0, 148.5)));
        for wrong in ["210", "210x", "x297", "-1x5", "NaNx5", "1e9x5"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
