//! Ghostscript, where it is installed: pages as plates and as small pictures, within a time.
//!
//! It runs with `-dSAFER`, reads nothing but the PDF, writes into a folder that goes away, and is ended when it takes too long.

use super::Error;
use crate::press::preflight::Plates;
use base64::Engine;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long all pages may take together.
const TIME: Duration = Duration::from_secs(50);
/// The most pixels along a side.
const PIXELS: f64 = 1800.0;
/// Pixels per inch of plates, and of those of more pages than 64.
const PLATES: (f64, f64) = (60.0, 45.0);
/// Pixels per inch of small pages.
const VIEWS: f64 = 36.0;

/// The program's path.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn find() -> Result<PathBuf, String> {
    let names: &[&str] = if cfg!(windows) { &["gswin64c.exe", "gswin32c.exe"] } else { &["gs"] };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).flat_map(|f| names.iter().map(move |n| f.join(n))).find(|p| p.is_file());
    found.ok_or_else(|| "Ghostscript is not installed".to_owned())
}

/// Rendered pages in a folder that goes away with this.
pub(super) struct Rendering {
    folder: TempDir,
    /// The first page of each part, from 1.
    parts: Vec<usize>,
}

type Rendered = Result<Result<Rendering, String>, Error>;

impl Rendering {
    /// Every page as one picture for each ink.
    ///
    /// # Errors
    /// When no folder can be made; the inner error says in words why there is no rendering.
    pub(super) fn plates(program: &Path, file: &Path, pages: usize, largest: f64) -> Rendered {
        let ppi = if pages > 64 { PLATES.1 } else { PLATES.0 };
        Rendering::make(program, file, pages, fitting(ppi, largest), &["-sDEVICE=tiffsep"], "tif")
    }

    /// Every page as a small picture.
    ///
    /// # Errors
    /// As [`Rendering::plates`].
    pub(super) fn views(program: &Path, file: &Path, pages: usize, largest: f64) -> Rendered {
        let device = &["-sDEVICE=png16m", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"];
        Rendering::make(program, file, pages, fitting(VIEWS, largest), device, "png")
    }

    fn make(program: &Path, file: &Path, pages: usize, ppi: f64, device: &[&str], ending: &str) -> Rendered {
        let folder = tempfile::tempdir().map_err(Error::io("make a folder in", &std::env::temp_dir()))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let each = pages.div_ceil(cores).max(4);
        let parts: Vec<usize> = (1..=pages).step_by(each).collect();
        let mut children = Vec::new();
        for (part, first) in parts.iter().enumerate() {
            let inner = folder.path().join(part.to_string());
            std::fs::create_dir_all(&inner).map_err(Error::io("make the folder", &inner))?;
            let mut command = Command::new(program);
            command.args(["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE"]).args(device);
            command.arg(format!("-r{ppi:.1}")).arg(format!("-dFirstPage={first}"));
            command.arg(format!("-dLastPage={}", (first + each - 1).min(pages)));
            command.arg(format!("-sOutputFile={}", inner.join(format!("p%d.{ending}")).display())).arg("-f").arg(file);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match command.spawn() {
                Ok(child) => children.push(child),
                Err(error) => {
                    children.iter_mut().for_each(end);
                    return Ok(Err(format!("Ghostscript does not start: {error}")));
                }
            }
        }
        Ok(wait(&mut children).map(|()| Rendering { folder, parts }))
    }

    /// The folder of a page, and its number within it.
    fn place(&self, page: usize) -> (PathBuf, usize) {
        let part = self.parts.iter().rposition(|&first| first <= page).unwrap_or(0);
        let first = self.parts.get(part).copied().unwrap_or(1);
        (self.folder.path().join(part.to_string()), page + 1 - first)
    }

    /// Whether a page was rendered.
    pub(super) fn has(&self, page: usize) -> bool {
        let (folder, number) = self.place(page);
        folder.join(format!("p{number}(Black).tif")).is_file()
    }

    /// A page's plates.
    pub(super) fn plates_of(&self, page: usize) -> Option<Plates> {
        let (folder, number) = self.place(page);
        let start = format!("p{number}(");
        let mut names: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
            .ok()?
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                let ink = name.strip_prefix(&start)?.strip_suffix(").tif")?.to_owned();
                Some((ink, entry.path()))
            })
            .collect();
        names.sort();
        let mut plates = Plates { page, width: 0, height: 0, inks: Vec::new() };
        for (ink, path) in names {
            let (width, height, samples) = plate(&path)?;
            if !plates.inks.is_empty() && (plates.width, plates.height) != (width, height) {
                return None;
            }
            (plates.width, plates.height) = (width, height);
            plates.inks.push((ink, samples));
        }
        (!plates.inks.is_empty()).then_some(plates)
    }

    /// A small page as an address that holds its data.
    pub(super) fn view_of(&self, page: usize) -> Option<String> {
        let (folder, number) = self.place(page);
        let bytes = std::fs::read(folder.join(format!("p{number}.png"))).ok()?;
        Some(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
    }
}

/// A resolution at which the largest page, in points, keeps within the limit of pixels.
fn fitting(ppi: f64, largest: f64) -> f64 {
    ppi.min(PIXELS * 72.0 / largest.max(72.0)).max(4.0)
}

/// Waits for all; ends them when the time is over.
fn wait(children: &mut [Child]) -> Result<(), String> {
    let start = Instant::now();
    loop {
        let running = children.iter_mut().any(|c| matches!(c.try_wait(), Ok(None)));
        if !running {
            return Ok(());
        }
        if start.elapsed() > TIME {
            children.iter_mut().for_each(end);
            return Err(format!("Ghostscript took longer than {} seconds", TIME.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn end(child: &mut Child) {
    // A child that ended by itself meanwhile is as well.
    let _ = child.kill();
    let _ = child.wait();
}

/// A plate's samples: 0 is no ink, 255 is full.
fn plate(path: &Path) -> Option<(usize, usize, Vec<u8>)> {
    let file = std::fs::File::open(path).ok()?;
    let mut decoder = tiff::decoder::Decoder::new(BufReader::new(file)).ok()?;
    let (width, height) = decoder.dimensions().ok()?;
    let tiff::decoder::DecodingResult::U8(mut samples) = decoder.read_image().ok()? else { return None };
    // Ghostscript writes plates as gray pictures: black is ink.
    samples.iter_mut().for_each(|s| *s = 255 - *s);
    Some((width as usize, height as usize, samples))
}
