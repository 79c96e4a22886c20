//! Pictures and adverts put in the place of the stand-ins that the page engine laid out.
//!
//! A stand-in that nothing replaces is an error: gray boxes must not reach readers.

use super::import;
use crate::picture::{Derived, Fault, Format, Samples, artwork, stand_in_id};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, SaveOptions, Stream, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// What takes the place of a stand-in.
#[derive(Debug, Clone)]
pub enum Replacement {
    /// A JPEG in sRGB, gray or inks, as it is.
    Jpeg {
        /// The file.
        bytes: Vec<u8>,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// 1 (gray), 3, or 4 (inks, upside down).
        components: u8,
    },
    /// Samples, for pictures that must stay without loss or let the ground shine through.
    Samples(Samples),
    /// The same in inks, 0 none and 255 all: cyan, magenta, yellow and black of every pixel.
    Inks {
        /// Size and opacity; its colours are not looked at.
        samples: Samples,
        /// The inks.
        inks: Vec<u8>,
    },
    /// The page of an advert's PDF.
    Pdf {
        /// The file.
        bytes: Vec<u8>,
        /// How far the place goes on beyond the trimmed page on each side, as parts of its width and height. It is filled as far
        /// as the page's own bleed reaches.
        beyond: (f64, f64),
    },
}

impl Replacement {
    /// The replacement for a derived picture; a PDF is placed by its trim.
    ///
    /// # Errors
    /// When it does not decode, or is an SVG (which the page engine draws itself).
    pub fn from_derived(derived: Derived) -> Result<Self, Fault> {
        match derived.format {
            Format::Pdf => Ok(Replacement::Pdf { bytes: derived.bytes, beyond: (0.0, 0.0) }),
            Format::Jpeg => {
                let components = derived.components();
                let Derived { bytes, width, height, .. } = derived;
                Ok(Replacement::Jpeg { bytes, width, height, components })
            }
            _ => derived.samples().map(Replacement::Samples),
        }
    }
}

/// Why pictures could not be swapped in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwapError {
    /// The engine's PDF does not open or cannot be written.
    Pdf(String),
    /// Stand-ins for which there is no picture: their ids.
    Left(Vec<String>),
    /// An advert's PDF that cannot be placed.
    Advert {
        /// The stand-in's id.
        id: String,
        /// What is wrong.
        why: String,
    },
}

impl std::fmt::Display for SwapError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SwapError::Pdf(why) => write!(f, "the laid-out PDF cannot be completed: {why}"),
            SwapError::Left(ids) => write!(f, "stand-ins without a picture: {}", ids.join(", ")),
            SwapError::Advert { id, why } => write!(f, "the advert for `{id}` cannot be placed: {why}"),
        }
    }
}

impl std::error::Error for SwapError {}

/// What inks without a profile mean in the finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inked {
    /// Coated offset's, by an ICC profile that comes along: for screens.
    Coated,
    /// The press's own: nothing is said of them here.
    Device,
}

/// Replaces every stand-in by the picture of its id. Pictures without a stand-in are left out.
///
/// # Errors
/// A [`SwapError`]; nothing is written in part.
pub fn swap_pictures(pdf: Vec<u8>, pictures: BTreeMap<String, Replacement>) -> Result<Vec<u8>, SwapError> {
    let mut document = open(&pdf)?;
    drop(pdf);
    swap(&mut document, pictures, Inked::Coated)?;
    let mut out = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut out, options).map_err(|e| SwapError::Pdf(e.to_string()))?;
    Ok(out)
}

/// Opens a PDF that the page engine made.
///
/// # Errors
/// When it does not open.
pub fn open(pdf: &[u8]) -> Result<Document, SwapError> {
    let options = LoadOptions { max_decompressed_size: None, ..Default::default() };
    Document::load_mem_with_options(pdf, options).map_err(|e| SwapError::Pdf(e.to_string()))
}

/// [`swap_pictures`] in an open document; the forms that adverts became.
///
/// # Errors
/// A [`SwapError`]; the document is then of no use.
pub fn swap(
    document: &mut Document,
    mut pictures: BTreeMap<String, Replacement>,
    inked: Inked,
) -> Result<BTreeSet<ObjectId>, SwapError> {
    let mut adverts = BTreeSet::new();
    let places = stand_ins(document);
    let left: BTreeSet<&String> = places.values().filter(|id| !pictures.contains_key(*id)).collect();
    if !left.is_empty() {
        return Err(SwapError::Left(left.into_iter().cloned().collect()));
    }
    let mut coated = None;
    let mut uses: BTreeMap<&String, usize> = BTreeMap::new();
    places.values().for_each(|id| *uses.entry(id).or_default() += 1);
    for (place, id) in &places {
        let last = uses.get_mut(id).is_none_or(|n| {
            *n -= 1;
            *n == 0
        });
        // The bytes move at their last use: an issue's pictures are large.
        let picture = if last { pictures.remove(id) } else { pictures.get(id).cloned() };
        let Some(picture) = picture else { continue };
        if matches!(picture, Replacement::Pdf { .. }) {
            adverts.insert(*place);
        }
        let stream = made(document, *place, picture, (inked, &mut coated), id)?;
        document.objects.insert(*place, stream.into());
    }
    Ok(adverts)
}

/// The stand-ins of a document: object and id.
fn stand_ins(document: &Document) -> BTreeMap<ObjectId, String> {
    let id = |object: &Object| {
        let stream = object.as_stream().ok()?;
        let image = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image");
        image.then(|| stand_in_id(&stream.content))?.map(str::to_owned)
    };
    document.objects.iter().filter_map(|(place, object)| Some((*place, id(object)?))).collect()
}

fn made(
    document: &mut Document,
    place: ObjectId,
    picture: Replacement,
    inks: (Inked, &mut Option<ObjectId>),
    id: &str,
) -> Result<Stream, SwapError> {
    let old = document.get_object(place).and_then(Object::as_stream).map(|s| s.dict.clone()).unwrap_or_default();
    match picture {
        Replacement::Jpeg { bytes, width, height, components } => {
            let mut dict = sized(old, width, height);
            match components {
                1 => dict.set("ColorSpace", "DeviceGray"),
                4 => {
                    dict.set("ColorSpace", "DeviceCMYK");
                    dict.set("Decode", [1, 0].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>());
                }
                _ => {}
            }
            Ok(Stream::new(dict, bytes).with_compression(false))
        }
        Replacement::Samples(Samples { width, height, rgb, alpha }) => {
            sampled(document, sized(old, width, height), rgb, alpha)
        }
        Replacement::Inks { samples: Samples { width, height, alpha, .. }, inks } => {
            let mut dict = sized(old, width, height);
            dict.set("ColorSpace", "DeviceCMYK");
            sampled(document, dict, inks, alpha)
        }
        Replacement::Pdf { bytes, beyond } => {
            let failed = |why: String| SwapError::Advert { id: id.to_owned(), why };
            let artwork = artwork(&bytes).map_err(|fault| match fault {
                Fault::Pdf { what, .. } => failed(format!("the file {what}")),
                other => failed(format!("{other:?}")),
            })?;
            import::form(&artwork, beyond, document, inks).map_err(failed)
        }
    }
}

/// Samples without loss, with their opacity as a mask.
fn sampled(
    document: &mut Document,
    mut dict: Dictionary,
    data: Vec<u8>,
    alpha: Option<Vec<u8>>,
) -> Result<Stream, SwapError> {
    let failed = |e: lopdf::Error| SwapError::Pdf(e.to_string());
    dict.remove(b"Filter");
    dict.remove(b"DecodeParms");
    if let Some(alpha) = alpha {
        let size = |key: &[u8]| dict.get(key).and_then(Object::as_i64).unwrap_or_default();
        let mask = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            "Width" => size(b"Width"), "Height" => size(b"Height"),
        };
        let mut mask = Stream::new(mask, alpha);
        mask.compress().map_err(failed)?;
        dict.set("SMask", document.add_object(mask));
    }
    let mut stream = Stream::new(dict, data);
    stream.compress().map_err(failed)?;
    Ok(stream)
}

/// A picture's dictionary with another size.
fn sized(mut dict: Dictionary, width: u32, height: u32) -> Dictionary {
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("BitsPerComponent", 8);
    for key in [&b"SMask"[..], b"Mask", b"Decode", b"Interpolate"] {
        dict.remove(key);
    }
    dict
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
