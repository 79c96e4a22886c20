//! What a picture's file says of itself: XMP first, then IPTC-IIM, then EXIF (IPTC Photo Metadata Standard 2021.1; Metadata
//! Working Group, "Guidelines for Handling Image Metadata", 2.0).
//!
//! It is evidence and never silently used: the checks propose it, or hold it against what the publication says.

mod iptc;
mod rdf;

use super::jpeg;
use std::io::Cursor;

/// The longest text of a field that is kept, in characters; a longer one is cut.
const LONGEST: usize = 2000;

/// What a file says of itself. Empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embedded {
    /// Who made the picture, in order (XMP `dc:creator`, IIM 2:80, EXIF Artist).
    pub creators: Vec<String>,
    /// The credit line to print (XMP `photoshop:Credit`, IIM 2:110, which is cut at 32 bytes).
    pub credit: Option<String>,
    /// The copyright notice (XMP `dc:rights`, IIM 2:116, EXIF Copyright).
    pub notice: Option<String>,
    /// How it may be used (XMP `xmpRights:UsageTerms`).
    pub usage_terms: Option<String>,
    /// Where its rights are told on the web (XMP `xmpRights:WebStatement`).
    pub web_statement: Option<String>,
    /// Who grants licences (PLUS `plus:Licensor`).
    pub licensor: Option<String>,
    /// Whose collection it comes from (XMP `photoshop:Source`, IIM 2:115).
    pub source: Option<String>,
    /// When it was made (XMP `photoshop:DateCreated`, IIM 2:55, EXIF DateTimeOriginal), as written.
    pub created: Option<String>,
    /// What is told about it (XMP `dc:description`, IIM 2:120, EXIF ImageDescription).
    pub caption: Option<String>,
    /// Its alternative text (`Iptc4xmpCore:AltTextAccessibility`).
    pub alt: Option<String>,
    /// The longer description for those who do not see it (`Iptc4xmpCore:ExtDescrAccessibility`).
    pub described: Option<String>,
    /// How it came into being: the address of an IPTC digital source type.
    pub source_type: Option<String>,
}

impl Embedded {
    /// Whether a program that learned from other pictures made it or part of it (IPTC digital source types).
    pub fn is_generated(&self) -> bool {
        let kind = self.source_type.as_deref().and_then(|t| t.rsplit('/').next()).unwrap_or_default();
        ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicallyEnhanced"].contains(&kind)
    }

    /// Whose the picture is, in the words of the file: the best credit that can be proposed.
    pub fn proposal(&self) -> Option<String> {
        let maker = (!self.creators.is_empty()).then(|| self.creators.join(", "));
        let giver = self.credit.as_ref().or(self.source.as_ref());
        match (maker, giver) {
            (Some(maker), Some(giver)) if giver.contains(&maker) => Some(giver.clone()),
            (Some(maker), Some(giver)) if maker.contains(giver.as_str()) => Some(maker),
            (Some(maker), Some(giver)) => Some(format!("{maker} / {giver}")),
            (Some(maker), None) => Some(maker),
            (None, Some(giver)) => Some(giver.clone()),
            (None, None) => self.notice.clone(),
        }
    }

    /// Fills what is empty from another source of less weight.
    fn or(self, other: Embedded) -> Embedded {
        Embedded {
            creators: if self.creators.is_empty() { other.creators } else { self.creators },
            credit: self.credit.or(other.credit),
            notice: self.notice.or(other.notice),
            usage_terms: self.usage_terms.or(other.usage_terms),
            web_statement: self.web_statement.or(other.web_statement),
            licensor: self.licensor.or(other.licensor),
            source: self.source.or(other.source),
            created: self.created.or(other.created),
            caption: self.caption.or(other.caption),
            alt: self.alt.or(other.alt),
            described: self.described.or(other.described),
            source_type: self.source_type.or(other.source_type),
        }
    }
}

/// Reads what a picture's file says of itself. Whatever cannot be read counts as not said.
pub fn embedded(bytes: &[u8]) -> Embedded {
    let xmp = rdf::packet(bytes).map(rdf::read).unwrap_or_default();
    let iim = jpeg::segments(bytes).and_then(|s| iptc::of_jpeg(bytes, &s.list));
    xmp.or(iim.unwrap_or_default()).or(exif(bytes))
}

fn exif(bytes: &[u8]) -> Embedded {
    let Ok(data) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return Embedded::default() };
    let text = |tag| {
        let field = data.get_field(tag, exif::In::PRIMARY)?;
        match &field.value {
            exif::Value::Ascii(parts) => said(&parts.iter().map(|p| decoded(p)).collect::<Vec<_>>().join("; ")),
            _ => None,
        }
    };
    // Several makers are parted by semicolons (Exif 3.0, 4.6.5.4.2).
    let creators = text(exif::Tag::Artist).map(|t| t.split(';').filter_map(said).collect()).unwrap_or_default();
    Embedded {
        creators,
        notice: text(exif::Tag::Copyright),
        caption: text(exif::Tag::ImageDescription),
        created: text(exif::Tag::DateTimeOriginal),
        ..Embedded::default()
    }
}

/// Text that says something: one line, without what cameras put in by themselves.
fn said(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let empty = plain.is_empty() || CAMERAS.iter().any(|c| plain.eq_ignore_ascii_case(c));
    (!empty).then_some(plain)
}

/// What cameras and programs write where nobody wrote anything.
const CAMERAS: &[&str] = &[
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "DCIM",
    "default",
    "unknown",
    "none",
    "KONICA MINOLTA DIGITAL CAMERA",
    "SAMSUNG CAMERA PICTURES",
    "Exif_JPEG_PICTURE",
    "MINOLTA DIGITAL CAMERA",
    "Picasa",
    "Untitled",
    "Screenshot",
];

/// Bytes as UTF-8, or else as Latin-1 in the form that Windows gave it.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| latin(*b)).collect(),
    }
}

/// Windows-1252: what programs meant by Latin-1.
fn latin(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
