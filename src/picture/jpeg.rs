//! A JPEG's segments: what they say, whether the file has its end, and the file with other metadata.
//!
//! Only headers are read here; the pixels stay as they are.

use std::ops::Range;

/// The comment and application segments, the frame, and where the picture's data end.
#[derive(Debug, Default)]
pub(super) struct Segments {
    /// Marker and payload of every segment before the first scan.
    pub(super) list: Vec<(u8, Range<usize>)>,
    /// Width, height and components of the frame.
    pub(super) frame: Option<(u16, u16, u8)>,
    /// Bits for each channel.
    pub(super) bits: u8,
    /// Whether the frame is of a kind that only rare programs read (lossless, arithmetic, hierarchical).
    pub(super) rare: bool,
    /// Whether the colours have fewer pixels than the brightness.
    subsampled: bool,
    /// Whether the frame is baseline or extended sequential.
    sequential: bool,
    /// How many scans there are.
    scans: usize,
    /// Where the first scan's header begins.
    pub(super) scan: usize,
    /// One past the end-of-image marker; none if it is missing.
    pub(super) end: Option<usize>,
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const COM: u8 = 0xFE;

/// Walks the segments; `None` if they are not those of a JPEG.
pub(super) fn segments(bytes: &[u8]) -> Option<Segments> {
    if !bytes.starts_with(&[0xFF, SOI]) {
        return None;
    }
    let mut found = Segments::default();
    let mut at = 2;
    loop {
        let Some(marker) = next_marker(bytes, &mut at) else { return Some(found) };
        if marker == EOI {
            found.end = (found.scans > 0).then_some(at);
            return Some(found);
        }
        if (0xD0..=0xD7).contains(&marker) || marker == 0x01 {
            continue;
        }
        let Some(length) = bytes.get(at..at + 2).map(|b| usize::from(u16::from_be_bytes([b[0], b[1]]))) else {
            return Some(found);
        };
        let payload = at + 2..at + length.max(2);
        if payload.end > bytes.len() {
            return Some(found);
        }
        if found.scans == 0 {
            found.list.push((marker, payload.clone()));
        }
        match marker {
            SOS => {
                if found.scans == 0 {
                    found.scan = at - 2;
                }
                found.scans += 1;
                at = payload.end;
                skip_scan(bytes, &mut at);
                continue;
            }
            0xC0..=0xCF if ![0xC4, 0xC8, 0xCC].contains(&marker) => frame(&mut found, marker, &bytes[payload.clone()]),
            _ => {}
        }
        at = payload.end;
    }
}

/// Moves past the next marker and says which it is.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    while *bytes.get(*at)? != 0xFF {
        *at += 1;
    }
    while *bytes.get(*at)? == 0xFF {
        *at += 1;
    }
    *at += 1;
    Some(bytes[*at - 1])
}

/// Moves to the first marker that is neither a stuffed byte nor a restart.
fn skip_scan(bytes: &[u8], at: &mut usize) {
    while *at + 1 < bytes.len() {
        if bytes[*at] == 0xFF && bytes[*at + 1] != 0 && !(0xD0..=0xD7).contains(&bytes[*at + 1]) {
            return;
        }
        *at += 1;
    }
}

fn frame(found: &mut Segments, marker: u8, payload: &[u8]) {
    if let [bits, h1, h0, w1, w0, parts, ..] = *payload {
        found.frame = Some((u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]), parts));
        found.bits = bits;
        found.subsampled = payload.get(6..).is_some_and(|p| p.chunks(3).any(|c| c.get(1).is_some_and(|s| *s != 0x11)));
        found.sequential = marker != 0xC2;
        found.rare = ![0xC0, 0xC1, 0xC2].contains(&marker);
    }
}

impl Segments {
    /// Whether the decoder would get its colours wrong: one scan for each colour, and these of different sizes.
    pub(super) fn is_split(&self) -> bool {
        self.sequential && self.subsampled && self.scans > 1
    }

    /// Whether all of the picture comes in several passes.
    pub(super) fn is_progressive(&self) -> bool {
        !self.sequential
    }

    /// The payload after `head` of the first segment that starts with it.
    pub(super) fn payload<'a>(&self, bytes: &'a [u8], marker: u8, head: &[u8]) -> Option<&'a [u8]> {
        self.list.iter().filter(|(m, _)| *m == marker).find_map(|(_, at)| bytes[at.clone()].strip_prefix(head))
    }

    /// The colour profile, its parts put together.
    pub(super) fn profile(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut parts: Vec<(u8, &[u8])> = self
            .list
            .iter()
            .filter(|(m, _)| *m == 0xE2)
            .filter_map(|(_, at)| bytes[at.clone()].strip_prefix(b"ICC_PROFILE\0"))
            .filter_map(|part| Some((*part.first()?, part.get(2..)?)))
            .collect();
        parts.sort_by_key(|(number, _)| *number);
        let whole: Vec<u8> = parts.iter().flat_map(|(_, data)| data.iter().copied()).collect();
        (!whole.is_empty()).then_some(whole)
    }

    /// What Adobe's segment says of the colours: 0 (as they are), 1 (YCbCr), 2 (YCCK).
    pub(super) fn adobe(&self, bytes: &[u8]) -> Option<u8> {
        self.payload(bytes, 0xEE, b"Adobe")?.get(6).copied()
    }
}

/// The same picture with no metadata but what its colours need, and an XMP packet if one is given.
///
/// `None` if the file has no end.
pub(super) fn with_metadata(bytes: &[u8], xmp: Option<&str>) -> Option<Vec<u8>> {
    let found = segments(bytes)?;
    let end = found.end?;
    let mut out = Vec::with_capacity(end + 4096);
    out.extend([0xFF, SOI]);
    let keep = |marker: u8, payload: &[u8]| match marker {
        0xE0 => payload.starts_with(b"JFIF\0"),
        0xEE => payload.starts_with(b"Adobe"),
        0xE1..=0xEF | COM | SOS => false,
        _ => true,
    };
    let mut xmp = xmp;
    for (marker, at) in &found.list {
        let payload = &bytes[at.clone()];
        if *marker != 0xE0 {
            push_xmp(&mut out, xmp.take());
        }
        if keep(*marker, payload) {
            push(&mut out, *marker, payload);
        }
    }
    out.extend(&bytes[found.scan..end]);
    Some(out)
}

fn push_xmp(out: &mut Vec<u8>, xmp: Option<&str>) {
    let head = b"http://ns.adobe.com/xap/1.0/\0";
    // A segment holds 65,533 bytes; a packet made from a credit never comes near.
    if let Some(packet) = xmp.filter(|p| p.len() + head.len() <= 65_533) {
        push(out, 0xE1, &[head, packet.as_bytes()].concat());
    }
}

fn push(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xFF, marker]);
    out.extend(length.to_be_bytes());
    out.extend(payload);
}

/// The same JPEG with a comment directly after its start.
pub(super) fn with_comment(bytes: &[u8], comment: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + comment.len() + 4);
    out.extend([0xFF, SOI]);
    push(&mut out, COM, comment.as_bytes());
    out.extend(bytes.get(2..).unwrap_or_default());
    out
}

/// The first comment of a JPEG.
pub(super) fn comment(bytes: &[u8]) -> Option<&[u8]> {
    segments(bytes)?.payload(bytes, COM, b"")
}
