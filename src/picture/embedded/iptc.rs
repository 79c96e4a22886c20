//! IPTC-IIM 4.2 in a JPEG: the datasets of record 2 that say whose a picture is, in Photoshop's resource 0x0404.

use super::{Embedded, decoded, said};
use std::ops::Range;

/// The segment in which Photoshop keeps its resources (APP13).
const APP13: u8 = 0xED;
const HEAD: &[u8] = b"Photoshop 3.0\0";

/// What the IIM of a JPEG says; `None` without any.
pub(super) fn of_jpeg(bytes: &[u8], segments: &[(u8, Range<usize>)]) -> Option<Embedded> {
    // A long resource goes on in the next segment.
    let parts = segments.iter().filter(|(marker, _)| *marker == APP13);
    let resources: Vec<u8> =
        parts.filter_map(|(_, at)| bytes.get(at.clone())?.strip_prefix(HEAD)).flatten().copied().collect();
    Some(read(resource(&resources, 0x0404)?))
}

/// The data of a resource: `8BIM`, its number, a padded Pascal string, a length, the data, padded.
fn resource(mut rest: &[u8], wanted: u16) -> Option<&[u8]> {
    while let Some(tail) = rest.strip_prefix(b"8BIM") {
        let number = u16::from_be_bytes([*tail.first()?, *tail.get(1)?]);
        let name = (usize::from(*tail.get(2)?) + 2) & !1;
        let tail = tail.get(2 + name..)?;
        let length = u32::from_be_bytes(*tail.first_chunk::<4>()?) as usize;
        let data = tail.get(4..4usize.checked_add(length)?)?;
        if number == wanted {
            return Some(data);
        }
        rest = tail.get(4 + ((length + 1) & !1)..)?;
    }
    None
}

fn read(data: &[u8]) -> Embedded {
    let mut out = Embedded::default();
    let mut rest = data;
    // A dataset: 0x1C, record, number, a length of two bytes, the data. Extended lengths hold previews: none is read.
    while let [0x1C, record, number, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = tail.get(..length).filter(|_| length < 0x8000) else { break };
        rest = &tail[length..];
        if *record != 2 {
            continue;
        }
        let value = said(&decoded(value));
        match number {
            55 => out.created = value,
            80 => out.creators.extend(value),
            110 => out.credit = value,
            115 => out.source = value,
            116 => out.notice = value,
            120 => out.caption = value,
            _ => {}
        }
    }
    out
}
