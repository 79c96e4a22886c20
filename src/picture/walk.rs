//! The containers of GIF and WebP walked block by block: do their data reach the end, and how many frames are there?
//!
//! Nothing is decoded here; every step is checked against the end of the data.

/// Width and height of a GIF's canvas.
pub(super) fn gif_size(bytes: &[u8]) -> Option<(u64, u64)> {
    let at = |i: usize| Some(u64::from(u16::from_le_bytes([*bytes.get(i)?, *bytes.get(i + 1)?])));
    Some((at(6)?, at(8)?))
}

/// Frames of a GIF, or `None` if it has no end.
pub(super) fn gif_frames(bytes: &[u8]) -> Option<usize> {
    let table = |flags: u8| if flags & 0x80 != 0 { 3usize << ((flags & 7) + 1) } else { 0 };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut frames = 0;
    loop {
        match *bytes.get(at)? {
            0x3B => return Some(frames),
            0x2C => {
                frames += 1;
                at = blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
            }
            0x21 => at = blocks(bytes, at + 2)?,
            // Some programs pad with zeros between blocks.
            0 => at += 1,
            _ => return None,
        }
    }
}

/// Skips data blocks up to and with the empty one.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Whether a RIFF file holds as many bytes as it says.
pub(super) fn riff_is_whole(bytes: &[u8]) -> bool {
    let size = bytes.get(4..8).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    size.is_some_and(|size| bytes.len() as u64 >= u64::from(size) + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gif(frames: usize) -> Vec<u8> {
        let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".to_vec();
        for _ in 0..frames {
            bytes.extend(b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
        }
        bytes.push(0x3B);
        bytes
    }

    #[test]
    fn frames_are_counted_to_the_end() {
        assert_eq!(gif_frames(&gif(1)), Some(1));
        assert_eq!(gif_frames(&gif(3)), Some(3));
        let whole = gif(2);
        for end in 0..whole.len() {
            assert_eq!(gif_frames(&whole[..end]), None, "{end}");
        }
    }

    #[test]
    fn a_short_riff_is_seen() {
        assert!(riff_is_whole(b"RIFF\x04\0\0\0WEBP"));
        assert!(!riff_is_whole(b"RIFF\x40\0\0\0WEBPVP8 "));
        assert!(!riff_is_whole(b"RIFF"));
    }
}
