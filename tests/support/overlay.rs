//! A copy of the sample publication with changes, in a folder of its own that goes away with it.
//!
//! `changes.txt` is read line by line:
//!
//! ```text
//! issue 2026-11            the issue to look at (2026-10 unless said)
//! draft                    judge as a draft build
//! edit PATH                the lines `- …` that follow are there once and become the lines `+ …`
//! append PATH              the lines `+ …` that follow are added at the end
//! delete PATH              the file is not there
//! move PATH TO             the file has another name
//! link PATH TO             a symbolic link
//! cut PATH N               only the file's first N bytes
//! byte PATH N              the bytes from N on become 0xFF, sixteen of them
//! jpeg PATH WxH            a sound picture of this size; likewise `png`, `gif` (two frames), `webp`, `tiff`, `cmyk`
//! blank PATH WxH           a sound gray PNG of this size, quickly made
//! header PATH WxH          a PNG that says it has this size and has nothing more
//! crlf PATH                line ends of Windows and a byte-order mark
//! ```

use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/issues");

/// A changed copy.
pub(crate) struct Overlay {
    folder: TempDir,
    /// The issue to look at.
    pub(crate) issue: String,
    /// Whether to judge as a draft build.
    pub(crate) draft: bool,
}

impl Overlay {
    /// The sample with the changes of a case's folder.
    pub(crate) fn new(case: &Path) -> Overlay {
        let changes = std::fs::read_to_string(case.join("changes.txt")).unwrap_or_default();
        Overlay::with(&changes, Some(&case.join("in")))
    }

    /// The sample with these changes, and the files of a folder laid over it first.
    pub(crate) fn with(changes: &str, files: Option<&Path>) -> Overlay {
        let word = |key: &str| changes.lines().find_map(|l| l.strip_prefix(key)).map(|w| w.trim().to_owned());
        let issue = word("issue ").unwrap_or_else(|| "2026-10".to_owned());
        let draft = changes.lines().any(|l| l.trim() == "draft");
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let overlay = Overlay { folder, issue, draft };
        let sample = Path::new(SAMPLE);
        copy(&sample.join("masthead.toml"), &overlay.path("masthead.toml"));
        copy_all(&sample.join(&overlay.issue), &overlay.path(&overlay.issue));
        std::fs::write(overlay.folder.path().join("outside.jpg"), "not in the publication").unwrap();
        if let Some(files) = files.filter(|f| f.is_dir()) {
            copy_all(files, &overlay.root());
        }
        overlay.apply(changes);
        overlay
    }

    /// The publication's folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("gazette")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Writes a file that may be a hard link to the sample's, which must stay as it is.
    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        let _ = std::fs::remove_file(&path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Makes changes; the words `issue` and `draft` only count in [`Overlay::with`].
    pub(crate) fn apply(&self, changes: &str) {
        let mut lines = changes.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).peekable();
        while let Some(line) = lines.next() {
            let mut words = line.split_whitespace();
            let (verb, path) = (words.next().unwrap(), words.next().unwrap_or_default());
            let more = words.collect::<Vec<_>>().join(" ");
            let mut take = |mark: char| {
                let mut text = String::new();
                while let Some(line) = lines.next_if(|l| l.starts_with(mark)) {
                    text.push_str(line[1..].strip_prefix(' ').unwrap_or(&line[1..]));
                    text.push('\n');
                }
                text
            };
            match verb {
                "issue" | "draft" => {}
                "edit" => {
                    let (old, new) = (take('-'), take('+'));
                    let text = self.text(path);
                    assert_eq!(text.matches(&old).count(), 1, "{path} holds once:\n{old}");
                    self.put(path, text.replace(&old, &new).as_bytes());
                }
                "append" => self.put(path, format!("{}\n{}", self.text(path).trim_end(), take('+')).as_bytes()),
                "delete" => std::fs::remove_file(self.path(path)).unwrap(),
                "move" => std::fs::rename(self.path(path), self.path(&more)).unwrap(),
                "link" => {
                    let _ = std::fs::remove_file(self.path(path));
                    std::os::unix::fs::symlink(more, self.path(path)).unwrap();
                }
                "cut" => {
                    let bytes = std::fs::read(self.path(path)).unwrap();
                    self.put(path, &bytes[..more.parse().unwrap()]);
                }
                "byte" => {
                    let mut bytes = std::fs::read(self.path(path)).unwrap();
                    let at: usize = more.parse().unwrap();
                    bytes[at..at + 16].fill(0xFF);
                    self.put(path, &bytes);
                }
                "crlf" => {
                    let text = self.text(path).replace('\n', "\r\n");
                    self.put(path, format!("\u{feff}{text}").as_bytes());
                }
                "header" => self.put(path, &header(size(&more))),
                kind => self.put(path, &picture(kind, size(&more))),
            }
        }
    }
}

fn size(words: &str) -> (u32, u32) {
    let (w, h) = words.split_once('x').unwrap_or_else(|| panic!("`{words}` is no size"));
    (w.parse().unwrap(), h.parse().unwrap())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    let _ = std::fs::remove_file(to);
    // A link costs no room; every change writes a new file.
    if std::fs::hard_link(from, to).is_err() {
        std::fs::copy(from, to).unwrap();
    }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap_or_else(|e| panic!("{}: {e}", from.display())) {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy_all(&path, &target) } else { copy(&path, &target) }
    }
}

/// A sound picture with a pattern, so that no two sizes are the same picture.
fn picture(kind: &str, (width, height): (u32, u32)) -> Vec<u8> {
    if kind == "blank" {
        let mut out = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(width, height).write_to(&mut out, image::ImageFormat::Png).unwrap();
        return out.into_inner();
    }
    let pixel = |x: u32, y: u32| [(x % 251) as u8, (y % 241) as u8, ((x / 7 + y / 5) % 239) as u8];
    let rgb = image::RgbImage::from_fn(width, height, |x, y| image::Rgb(pixel(x, y)));
    let whole = image::DynamicImage::ImageRgb8(rgb);
    let mut out = std::io::Cursor::new(Vec::new());
    let (w, h) = (width as u16, height as u16);
    match kind {
        "jpeg" => {
            let encoder = jpeg_encoder::Encoder::new(out.get_mut(), 80);
            encoder.encode(whole.as_bytes(), w, h, jpeg_encoder::ColorType::Rgb).unwrap();
        }
        "cmyk" => {
            let inks: Vec<u8> = whole.as_bytes().chunks(3).flat_map(|p| [p[0], p[1], p[2], 20]).collect();
            let encoder = jpeg_encoder::Encoder::new(out.get_mut(), 80);
            encoder.encode(&inks, w, h, jpeg_encoder::ColorType::Cmyk).unwrap();
        }
        "gif" => {
            let mut encoder = image::codecs::gif::GifEncoder::new(&mut out);
            for turned in [whole.clone(), whole.fliph()] {
                encoder.encode_frame(image::Frame::new(turned.to_rgba8())).unwrap();
            }
        }
        "png" => whole.write_to(&mut out, image::ImageFormat::Png).unwrap(),
        "webp" => whole.write_to(&mut out, image::ImageFormat::WebP).unwrap(),
        "tiff" => whole.write_to(&mut out, image::ImageFormat::Tiff).unwrap(),
        other => panic!("`{other}` is no change"),
    }
    out.into_inner()
}

/// A PNG's signature and header (PNG specification, 11.2.1), with a right checksum and nothing behind it but an end.
fn header((width, height): (u32, u32)) -> Vec<u8> {
    let mut data = Vec::from(width.to_be_bytes());
    data.extend(height.to_be_bytes());
    data.extend([8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", &data[..]), (b"IDAT", &[]), (b"IEND", &[])] {
        out.extend((data.len() as u32).to_be_bytes());
        let whole: Vec<u8> = name.iter().chain(data).copied().collect();
        out.extend(&whole);
        out.extend(crc(&whole).to_be_bytes());
    }
    out
}

/// The checksum of PNG chunks (PNG specification, annex D).
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}
