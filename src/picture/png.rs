//! A PNG's chunks: whether all are there, and the file with other metadata.
//!
//! Only the container is read here; the pixels stay as they are.

/// One chunk: its name and where its data stand.
pub(super) struct Chunk<'a> {
    pub(super) name: [u8; 4],
    pub(super) data: &'a [u8],
    whole: &'a [u8],
}

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// All chunks up to the end chunk; `None` if it is never reached.
pub(super) fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut list = Vec::new();
    loop {
        let head: [u8; 8] = rest.get(..8)?.try_into().ok()?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = length.checked_add(12)?;
        let chunk = Chunk {
            name: [head[4], head[5], head[6], head[7]],
            data: rest.get(8..8 + length)?,
            whole: rest.get(..end)?,
        };
        let last = &chunk.name == b"IEND";
        list.push(chunk);
        if last {
            return Some(list);
        }
        rest = &rest[end..];
    }
}

/// Width and height from the header, read before anything else is.
pub(super) fn header(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = |i: usize| bytes.get(i..i + 4)?.try_into().ok().map(u32::from_be_bytes);
    (bytes.get(12..16)? == b"IHDR").then_some((at(16)?, at(20)?))
}

/// The same picture with nothing but its pixels, and an XMP packet if one is given; `None` if it has no end.
pub(super) fn with_metadata(bytes: &[u8], xmp: Option<&str>) -> Option<Vec<u8>> {
    const KEPT: &[&[u8; 4]] = &[b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"sBIT"];
    let mut out = SIGNATURE.to_vec();
    for chunk in chunks(bytes)?.iter().filter(|c| KEPT.contains(&&c.name)) {
        out.extend(chunk.whole);
        if let Some(packet) = xmp.filter(|_| &chunk.name == b"IHDR") {
            push(&mut out, b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat());
        }
    }
    Some(out)
}

fn push(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(data);
    let sum = checksum(&out[start..]);
    out.extend(sum.to_be_bytes());
}

/// CRC-32 as PNG (annex D) computes it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
    }
}
