//! Pictures within drawings and adverts in inks.

use super::function::numbers;
use super::{Press, Space, plain};
use crate::picture::{Derived, Wanted, derive, probe};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

impl Press<'_> {
    /// A picture, once.
    pub(super) fn image(&mut self, id: ObjectId, resources: &Dictionary) {
        if !self.done.insert(id) {
            return;
        }
        let Some(stream) = self.stream(id) else { return };
        if let Some(made) = self.inked(&stream, resources) {
            self.document.objects.insert(id, made.into());
        }
    }

    /// `None` where nothing must or can change.
    fn inked(&mut self, stream: &Stream, resources: &Dictionary) -> Option<Stream> {
        if stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false) {
            return None;
        }
        let named = stream.dict.get(b"ColorSpace").ok()?;
        match Space::read(self.document, resources, named) {
            Space::Gray => Some(with_space(stream, "DeviceGray".into())),
            Space::Inks => Some(with_space(stream, "DeviceCMYK".into())),
            Space::Indexed(base) => self.list(stream, &base),
            Space::Rgb if self.shop.keep_rgb && self.shop.standard.allows_icc() => None,
            Space::Rgb => self.jpeg(stream).or_else(|| self.samples(stream)),
            Space::Spot(spot) if !self.shop.spots && !spot.special && spot.count == 1 => {
                let space = Space::Spot(spot);
                let table: Option<Vec<[u8; 4]>> =
                    (0..=255u8).map(|v| Some(bytes(space.inks(&[f64::from(v) / 255.0], self.inks)?))).collect();
                let table = table?;
                let data = self.eight_bits(stream)?.iter().flat_map(|v| table[usize::from(*v)]).collect();
                Some(with_data(stream, data))
            }
            _ => None,
        }
    }

    /// A list of colours in inks.
    fn list(&self, stream: &Stream, base: &Space) -> Option<Stream> {
        let fold = matches!(base, Space::Spot(spot) if !self.shop.spots && !spot.special);
        if !(fold || matches!(base, Space::Rgb)) {
            return None;
        }
        let (_, space) = self.document.dereference(stream.dict.get(b"ColorSpace").ok()?).ok()?;
        let parts = space.as_array().ok()?;
        let colours = match self.document.dereference(parts.get(3)?).ok()?.1 {
            Object::String(text, _) => text.clone(),
            Object::Stream(table) => plain(table)?,
            _ => return None,
        };
        let of = |colour: &[u8]| {
            let numbers: Vec<f64> = colour.iter().map(|v| f64::from(*v) / 255.0).collect();
            base.inks(&numbers, self.inks).map(bytes)
        };
        let inks: Option<Vec<[u8; 4]>> = colours.chunks_exact(base.count().max(1)).map(of).collect();
        let inks: Vec<u8> = inks?.into_flattened();
        let space = vec![
            "Indexed".into(),
            "DeviceCMYK".into(),
            parts.get(2)?.clone(),
            Object::String(inks, StringFormat::Hexadecimal),
        ];
        Some(with_space(stream, space.into()))
    }

    fn jpeg(&self, stream: &Stream) -> Option<Stream> {
        let filters = stream.filters().ok()?;
        if filters.as_slice() != [&b"DCTDecode"[..]] || self.is_turned(stream) {
            return None;
        }
        let (probe, _) = probe(&stream.content).ok()?;
        let mut wanted = Wanted::within(probe.width, probe.height);
        wanted.inks = Some(self.inks.clone());
        wanted.quality = super::super::write::QUALITY;
        let made: Derived = derive(&stream.content, &probe, &wanted).ok()?;
        let four = made.components() == 4;
        let mut made = Stream::new(stream.dict.clone(), made.bytes).with_compression(false);
        made.dict.set("ColorSpace", if four { "DeviceCMYK" } else { "DeviceGray" });
        if four {
            made.dict.set("Decode", [1, 0].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>());
        }
        Some(made)
    }

    /// Samples of 8 bits without loss.
    fn samples(&self, stream: &Stream) -> Option<Stream> {
        // A colour that is not painted is named in the old colours.
        if stream.dict.get_deref(b"Mask", self.document).is_ok_and(|m| m.as_array().is_ok()) {
            return None;
        }
        let data = self.eight_bits(stream)?;
        Some(with_data(stream, self.inks.of_rgb(&data).ok()?))
    }

    fn eight_bits(&self, stream: &Stream) -> Option<Vec<u8>> {
        let bits = stream.dict.get_deref(b"BitsPerComponent", self.document).and_then(Object::as_i64).ok()?;
        let lossy = [&b"DCTDecode"[..], b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode"];
        let sealed = stream.filters().is_ok_and(|f| f.iter().any(|f| lossy.contains(f)));
        if bits != 8 || sealed || self.is_turned(stream) {
            return None;
        }
        plain(stream)
    }

    /// Whether its samples mean something else than usual.
    fn is_turned(&self, stream: &Stream) -> bool {
        let decode = numbers(self.document, &stream.dict, b"Decode");
        decode.is_some_and(|d| d.as_chunks::<2>().0.iter().any(|p| *p != [0.0, 1.0]))
    }
}

fn bytes(inks: [f64; 4]) -> [u8; 4] {
    inks.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
}

fn with_space(stream: &Stream, space: Object) -> Stream {
    let mut made = stream.clone();
    made.dict.set("ColorSpace", space);
    made
}

/// The picture with other samples, in inks.
fn with_data(stream: &Stream, data: Vec<u8>) -> Stream {
    let mut dict = stream.dict.clone();
    for key in [&b"Filter"[..], b"DecodeParms", b"Decode"] {
        dict.remove(key);
    }
    dict.set("ColorSpace", "DeviceCMYK");
    let mut made = Stream::new(dict, data);
    let _ = made.compress();
    made
}
