//! Finds out what a picture file is, from its bytes and never from its name, and whether it is sound.
//!
//! Sizes are read from headers and judged before a pixel is decoded; then the picture is decoded once.

use super::pixels::{self, Kind};
use super::{Channels, Fault, Format, Notice, Probe, advert, colour, jpeg, look, png, scan, svg, walk};
use crate::source::Cache;
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::Mutex;

/// The most pixels that are opened: a little more than the largest cameras take.
pub const LARGEST_PIXELS: u64 = 210_000_000;
/// The most bytes that are looked at.
pub const LARGEST_BYTES: usize = 512 << 20;
/// More pixels than any edition can use.
const OVERSIZED: u64 = 40_000_000;

/// Held while a large picture that must be decoded whole is examined. Nothing that is done meanwhile waits for another thread.
static LARGE: Mutex<()> = Mutex::new(());

/// Probes a picture file.
///
/// # Errors
/// A [`Fault`] that says why it cannot be used.
pub fn probe(bytes: &[u8]) -> Result<(Probe, Vec<Notice>), Fault> {
    probe_again(bytes, &Cache::default())
}

/// [`probe`], where a JPEG whose data an earlier build read to their end and found whole need not be read again.
///
/// # Errors
/// A [`Fault`] that says why it cannot be used.
pub fn probe_again(bytes: &[u8], kept: &Cache) -> Result<(Probe, Vec<Notice>), Fault> {
    if bytes.len() > LARGEST_BYTES {
        return Err(Fault::TooLarge { width: 0, height: 0 });
    }
    let format = recognise(bytes)?;
    let hash: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let mut probe = match format {
        Format::Svg => vector(format, svg::size(bytes)?),
        Format::Pdf => vector(format, advert::artwork(bytes)?.size()),
        Format::Jpeg => of_jpeg(bytes, &hash, kept)?,
        _ => of_raster(bytes, format)?,
    };
    probe.hash = hash;
    if (5..=8).contains(&probe.orientation) {
        std::mem::swap(&mut probe.width, &mut probe.height);
    }
    let notices = notices(&probe);
    Ok((probe, notices))
}

fn vector(format: Format, (width, height): (f64, f64)) -> Probe {
    let whole = |points: f64| points.ceil().clamp(1.0, 1e6) as u32;
    plain(format, whole(width), whole(height))
}

fn plain(format: Format, width: u32, height: u32) -> Probe {
    let (channels, hash) = (Channels::Rgb, String::new());
    let (alpha, foreign_colour, animated) = (false, false, false);
    let (likeness, hidden) = (None, None);
    Probe {
        format,
        width,
        height,
        orientation: 1,
        hash,
        alpha,
        channels,
        bits: 8,
        foreign_colour,
        animated,
        likeness,
        hidden,
    }
}

fn notices(probe: &Probe) -> Vec<Notice> {
    let mut list = Vec::new();
    let converted = match probe.format {
        Format::WebP => Some("a WebP"),
        Format::Tiff => Some("a TIFF"),
        Format::Gif => Some("a GIF"),
        _ if probe.channels == Channels::Cmyk => Some("in CMYK"),
        _ if probe.bits == 16 => Some("in 16 bits"),
        _ => None,
    };
    list.extend(converted.map(Notice::Converted));
    list.extend(probe.animated.then_some(Notice::Animated));
    let (width, height) = (probe.width, probe.height);
    if !probe.is_vector() && u64::from(width) * u64::from(height) > OVERSIZED {
        list.push(Notice::Oversized { width, height });
    }
    list
}

/// The kind of file, by its first bytes.
fn recognise(bytes: &[u8]) -> Result<Format, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let at = |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
    if at(0, &[0xFF, 0xD8]) {
        return Ok(Format::Jpeg);
    }
    if at(0, png::SIGNATURE) {
        return Ok(Format::Png);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Ok(Format::Gif);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Ok(Format::WebP);
    }
    if at(0, b"II*\0") || at(0, b"MM\0*") || at(0, b"II+\0") || at(0, b"MM\0+") {
        return Ok(Format::Tiff);
    }
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if svg::is_likely(bytes) {
        return Ok(Format::Svg);
    }
    Err(stranger(bytes))
}

/// A file of a kind that is not read, with what to do about it.
fn stranger(bytes: &[u8]) -> Fault {
    const AS_JPEG: &str = "open it on the computer or telephone that made it and save it as a JPEG";
    const AS_EITHER: &str = "open it in a picture editor and save it as a JPEG (a photograph) or PNG (a drawing)";
    const AS_PDF: &str = "open it in the program that made it and export it as a PDF or SVG";
    let at = |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
    let brand = if at(4, b"ftyp") { bytes.get(8..12) } else { None };
    let (what, remedy) = match brand {
        Some(b"avif" | b"avis") => (Some("an AVIF picture"), AS_JPEG),
        Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
            (Some("a HEIC photograph"), AS_JPEG)
        }
        Some(b"crx ") => (Some("a raw camera file"), AS_JPEG),
        Some(_) => (Some("a film, not a picture"), "choose a frame of it and save that as a JPEG"),
        None if at(0, b"BM") => (Some("a BMP"), AS_EITHER),
        None if at(0, b"8BPS") => (Some("a Photoshop document"), AS_EITHER),
        None if at(0, b"gimp xcf") => (Some("a GIMP document"), AS_EITHER),
        None if at(0, b"\xFF\x0A") || at(0, b"\0\0\0\x0CJXL ") => (Some("a JPEG XL"), AS_JPEG),
        None if at(0, b"\0\0\0\x0CjP  ") || at(0, b"\xFF\x4F\xFF\x51") => (Some("a JPEG 2000"), AS_JPEG),
        None if at(0, b"\0\0\x01\0") => (Some("an icon"), AS_EITHER),
        None if at(0, b"%!PS") || at(0, b"\xC5\xD0\xD3\xC6") => (Some("an EPS or PostScript file"), AS_PDF),
        None if at(0, b"\x1F\x8B") => (Some("a compressed file, perhaps an SVGZ"), "save it as plain SVG"),
        None if at(0, b"PK\x03\x04") => (Some("a ZIP archive or an office document"), "take the picture out of it"),
        None if bytes.iter().take(512).all(|b| *b == 0) => (Some("full of zeros"), "copy the file again"),
        None if looks_like_html(bytes) => {
            (Some("a web page"), "download the picture itself: what was saved is the page on which it was shown")
        }
        None => (None, AS_EITHER),
    };
    Fault::Unknown { what, remedy }
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    head.contains("<!doctype html") || head.contains("<html")
}

/// Refuses more pixels than can be opened.
fn measure(width: u64, height: u64, format: Format) -> Result<(u32, u32), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::Damaged(format, "it says that it has no pixels".to_owned()));
    }
    // A strip of one pixel's height can be as long as it likes and still be useless.
    if width.saturating_mul(height) > LARGEST_PIXELS || width.max(height) > 65_500 {
        return Err(Fault::TooLarge { width, height });
    }
    Ok((width as u32, height as u32))
}

/// What EXIF says: the orientation, and whether the colours are Adobe RGB.
pub(super) fn exif(bytes: &[u8]) -> (u8, bool) {
    let Ok(data) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return (1, false) };
    let orientation = data.get_field(exif::Tag::Orientation, exif::In::PRIMARY).and_then(|f| f.value.get_uint(0));
    let index = data.get_field(exif::Tag::InteroperabilityIndex, exif::In::PRIMARY);
    let adobe = index.is_some_and(|f| f.display_value().to_string().contains("R03"));
    (orientation.and_then(|o| u8::try_from(o).ok()).filter(|o| (1..=8).contains(o)).unwrap_or(1), adobe)
}

fn of_jpeg(bytes: &[u8], hash: &str, kept: &Cache) -> Result<Probe, Fault> {
    let found = jpeg::segments(bytes).ok_or(Fault::Truncated(Format::Jpeg))?;
    let (width, height, parts) = found.frame.ok_or(Fault::Truncated(Format::Jpeg))?;
    let (width, height) = measure(width.into(), height.into(), Format::Jpeg)?;
    if found.rare || found.bits != 8 || found.is_split() {
        let what = Some("a JPEG of a rare kind (lossless, arithmetic or split by colour)");
        return Err(Fault::Unknown { what, remedy: "open it in a picture editor and save it as an ordinary JPEG" });
    }
    if found.end.is_none() {
        return Err(Fault::Truncated(Format::Jpeg));
    }
    // Inks have no brightness of their own, nor has the first of red, green and blue.
    let bright = parts == 1 || parts == 3 && found.adobe(bytes) != Some(0);
    let likeness = if let Some(known) = known(hash, kept) {
        known
    } else {
        let seen = scan::blocks(bytes)?;
        let likeness = if bright { look::likeness(&seen.gray, seen.width, seen.height) } else { None };
        kept.put(&whole_key(hash), likeness.map(|l| l.to_string()).unwrap_or_default().as_bytes());
        likeness
    };
    let (orientation, adobe_rgb) = exif(bytes);
    let (kind, channels) = match parts {
        1 => (Kind::Gray, Channels::Gray),
        4 => (Kind::Cmyk, Channels::Cmyk),
        _ => (Kind::Rgb, Channels::Rgb),
    };
    let foreign_colour = colour::is_foreign(found.profile(bytes).as_deref(), kind, adobe_rgb);
    Ok(Probe { orientation, channels, foreign_colour, likeness, ..plain(Format::Jpeg, width, height) })
}

/// Under which name it is kept that a JPEG is whole, and what it looks like.
fn whole_key(hash: &str) -> String {
    let digest = Sha256::new().chain_update(concat!("whole jpeg ", env!("MASTHEAD_TEXT"), " ")).chain_update(hash);
    digest.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// What a JPEG that was found whole looks like; none if nothing is known of it.
fn known(hash: &str, kept: &Cache) -> Option<Option<u64>> {
    let text = String::from_utf8(kept.get(&whole_key(hash))?).ok()?;
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

fn of_raster(bytes: &[u8], format: Format) -> Result<Probe, Fault> {
    let (width, height) = header(bytes, format)?;
    let (width, height) = measure(width, height, format)?;
    let mut animated = false;
    match format {
        Format::Png => {
            let chunks = png::chunks(bytes).ok_or(Fault::Truncated(format))?;
            let frames = chunks.iter().find(|c| &c.name == b"acTL").and_then(|c| c.data.first_chunk::<4>());
            animated = frames.is_some_and(|n| u32::from_be_bytes(*n) > 1);
        }
        Format::Gif => animated = walk::gif_frames(bytes).ok_or(Fault::Truncated(format))? > 1,
        Format::WebP if !walk::riff_is_whole(bytes) => return Err(Fault::Truncated(format)),
        Format::WebP => {
            let decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(bytes));
            animated = decoder.is_ok_and(|d| d.has_animation());
        }
        _ => {}
    }
    let turn = (u64::from(width) * u64::from(height) > OVERSIZED).then(|| LARGE.lock());
    let raw = pixels::decode(bytes, format)?;
    let (orientation, _) = if format == Format::Gif { (1, false) } else { exif(bytes) };
    let kind = raw.pixels.kind;
    let channels = match kind {
        Kind::Gray => Channels::Gray,
        Kind::Rgb | Kind::Rgba => Channels::Rgb,
        Kind::Cmyk => Channels::Cmyk,
    };
    let foreign_colour = colour::is_foreign(raw.profile.as_deref(), kind, false);
    let (alpha, bits) = (raw.pixels.is_transparent(), raw.bits);
    let (likeness, hidden) = (look::likeness_of(&raw.pixels), look::hidden(&raw.pixels));
    drop((raw, turn));
    let seen = Probe { likeness, hidden, ..plain(format, width, height) };
    Ok(Probe { orientation, channels, foreign_colour, alpha, bits, animated, ..seen })
}

/// Width and height from the header alone.
fn header(bytes: &[u8], format: Format) -> Result<(u64, u64), Fault> {
    let kind = match format {
        Format::Png => {
            let (width, height) = png::header(bytes).ok_or(Fault::Truncated(format))?;
            return Ok((width.into(), height.into()));
        }
        Format::Gif => return walk::gif_size(bytes).ok_or(Fault::Truncated(format)),
        Format::WebP => image::ImageFormat::WebP,
        _ => image::ImageFormat::Tiff,
    };
    let reader = image::ImageReader::with_format(Cursor::new(bytes), kind);
    let (width, height) = reader.into_dimensions().map_err(|error| match error {
        image::ImageError::IoError(_) => Fault::Truncated(format),
        other => Fault::Damaged(format, other.to_string().to_lowercase()),
    })?;
    Ok((width.into(), height.into()))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
