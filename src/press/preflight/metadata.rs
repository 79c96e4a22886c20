//! What the file says of itself, twice: in the XMP packet and in the Info dictionary (ISO 32000-1, 14.3).

use super::Wanted;
use super::catalogue::Rule;
use super::notes::Notes;
use super::shared::{Shared, dict_of};
use crate::press::shop::Standard;
use lopdf::{Dictionary, Object};

/// The largest packet that is read.
const LARGEST: usize = 4 << 20;
const PDFX: &str = "http://www.npes.org/pdfx/ns/id/";
const PDFX_INFO: &str = "http://ns.adobe.com/pdfx/1.3/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const XMP_MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A PDF text string as text (ISO 32000-1, 7.9.2.2).
pub(super) fn pdf_text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&b| b as char).collect(),
        },
    };
    text.trim_end_matches('\0').chars().take(2000).collect()
}

/// What was read of both.
struct Said<'d> {
    xmp: Option<roxmltree::Document<'d>>,
    info: Option<&'d Dictionary>,
}

impl Said<'_> {
    /// A property of the packet, as element or attribute; for lists the first item.
    fn xmp(&self, space: &str, name: &str) -> Option<String> {
        let document = self.xmp.as_ref()?;
        let about = document.descendants().filter(|n| n.has_tag_name((RDF, "Description")));
        let text = about.into_iter().find_map(|node| {
            if let Some(value) = node.attribute((space, name)) {
                return Some(value.to_owned());
            }
            let element = node.children().find(|c| c.has_tag_name((space, name)))?;
            let item = element.descendants().find(|n| n.has_tag_name((RDF, "li"))).unwrap_or(element);
            Some(item.text().unwrap_or_default().to_owned())
        })?;
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }

    fn info(&self, shared: &Shared<'_>, key: &str) -> Option<String> {
        let text = match self.info?.get_deref(key.as_bytes(), shared.document).ok()? {
            Object::String(bytes, _) => pdf_text(bytes),
            Object::Name(name) => super::colour::text(name),
            Object::Boolean(true) => "True".to_owned(),
            Object::Boolean(false) => "False".to_owned(),
            _ => return None,
        };
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }
}

/// Judges the metadata.
pub(super) fn judge(shared: &Shared<'_>, wanted: &Wanted<'_>, notes: &mut Notes) {
    let packet = packet(shared);
    let info = shared.document.trailer.get(b"Info").ok();
    let info = info.and_then(|o| dict_of(shared.document.dereference(o).ok()?.1));
    let parsed = packet.as_deref().and_then(|text| roxmltree::Document::parse(text).ok());
    let said = Said { xmp: parsed, info };
    let modern = wanted.shop.standard == Standard::X4;
    if said.xmp.is_none() && modern {
        notes.file(Rule::NO_XMP, "the file carries no metadata (XMP) that can be read");
        return;
    }
    standard(shared, wanted, &said, notes);
    let absent = match modern {
        true => [(XMP, "CreateDate"), (XMP, "ModifyDate"), (XMP, "MetadataDate")]
            .into_iter()
            .filter(|(space, name)| said.xmp(space, name).is_none())
            .map(|(_, name)| format!("`xmp:{name}`"))
            .collect::<Vec<_>>(),
        false => ["CreationDate", "ModDate"]
            .into_iter()
            .filter(|key| said.info(shared, key).is_none())
            .map(|key| format!("`{key}`"))
            .collect(),
    };
    if !absent.is_empty() {
        notes.file(Rule::DATES, format!("dates are missing: {}", absent.join(", ")));
    }
    if said.xmp(DC, "title").is_none() && said.info(shared, "Title").is_none() {
        notes.file(Rule::TITLE, "the file has no title");
    }
    let trapped = said.info(shared, "Trapped").or_else(|| said.xmp(PDF, "Trapped"));
    if !trapped.is_some_and(|t| t.eq_ignore_ascii_case("true") || t.eq_ignore_ascii_case("false")) {
        notes.file(Rule::TRAPPED, "the file does not say whether it is trapped (`Trapped`)");
    }
    if modern {
        let names = ["DocumentID", "VersionID", "RenditionClass"];
        let absent: Vec<&str> = names.into_iter().filter(|name| said.xmp(XMP_MM, name).is_none()).collect();
        if !absent.is_empty() {
            notes.file(Rule::IDENTITY, format!("the metadata lack `xmpMM:{}`", absent.join("`, `xmpMM:")));
        }
    }
    agreement(shared, &said, notes);
}

fn packet(shared: &Shared<'_>) -> Option<String> {
    let catalog = shared.document.catalog().ok()?;
    let stream = catalog.get_deref(b"Metadata", shared.document).ok()?.as_stream().ok()?;
    let bytes = shared.unfold(stream).filter(|b| b.len() <= LARGEST)?;
    let text = match bytes.as_slice() {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => pdf_text(&bytes),
        _ => String::from_utf8(bytes).ok()?,
    };
    Some(text.trim_matches(['\u{FEFF}', '\0', ' ', '\n', '\r', '\t']).to_owned())
}

/// The version key: in the packet for PDF/X-4, in the Info dictionary for the earlier standards.
fn standard(shared: &Shared<'_>, wanted: &Wanted<'_>, said: &Said<'_>, notes: &mut Notes) {
    let xmp = said.xmp(PDFX, "GTS_PDFXVersion").or_else(|| said.xmp(PDFX_INFO, "GTS_PDFXVersion"));
    let info = said.info(shared, "GTS_PDFXVersion");
    let conformance = said.info(shared, "GTS_PDFXConformance");
    let is = |text: &Option<String>, wanted: &[&str]| text.as_deref().is_some_and(|t| wanted.contains(&t));
    let well = match wanted.shop.standard {
        Standard::X4 => is(&xmp, &["PDF/X-4"]),
        Standard::X3 => is(&info, &["PDF/X-3:2003", "PDF/X-3:2002"]),
        Standard::X1a => is(&info, &["PDF/X-1a:2003"]) || is(&conformance, &["PDF/X-1a:2001", "PDF/X-1a:2003"]),
    };
    let asked = wanted.shop.standard.name();
    if !well {
        let other = [&xmp, &conformance, &info].into_iter().flatten().next();
        notes.file(
            Rule::STANDARD,
            match other {
                Some(other) => format!("the file says that it is {other}; the shop asks for {asked}"),
                None => format!("the file does not say that it is {asked}"),
            },
        );
    } else if let (Some(a), Some(b)) = (&xmp, &info)
        && a != b
    {
        notes.file(Rule::DISAGREE, format!("the standard is {a} in one place and {b} in the other"));
    }
}

fn agreement(shared: &Shared<'_>, said: &Said<'_>, notes: &mut Notes) {
    let mut tell = |what: &str, a: String, b: String| {
        notes.file(Rule::DISAGREE, format!("{what} `{a}` in the metadata and `{b}` in the document information"));
    };
    if let (Some(a), Some(b)) = (said.xmp(DC, "title"), said.info(shared, "Title"))
        && a != b
    {
        tell("the title is", a, b);
    }
    if let (Some(a), Some(b)) = (said.xmp(PDF, "Trapped"), said.info(shared, "Trapped"))
        && !a.eq_ignore_ascii_case(&b)
    {
        tell("`Trapped` is", a, b);
    }
    for (name, key, what) in
        [("CreateDate", "CreationDate", "the date of making is"), ("ModifyDate", "ModDate", "the date of change is")]
    {
        if let (Some(a), Some(b)) = (said.xmp(XMP, name), said.info(shared, key))
            && differ(&a, &b)
        {
            tell(what, a, b);
        }
    }
}

/// Whether two dates name different moments; dates that cannot be read, or only one of which has a zone, are not compared.
fn differ(a: &str, b: &str) -> bool {
    match (moment(a), moment(b)) {
        (Some((a, zone_a)), Some((b, zone_b))) if zone_a == zone_b => a != b,
        _ => false,
    }
}

/// Seconds of a date as `2026-11-01T09:30:00+01:00` or `D:20261101093000+01'00'`, and whether it has a zone.
fn moment(text: &str) -> Option<(i64, bool)> {
    let text = text.trim_start_matches("D:");
    let at = text.char_indices().skip(8).find(|(i, c)| matches!(c, 'Z' | '+') || (*c == '-' && *i > 10)).map(|c| c.0);
    let (local, zone) = text.split_at_checked(at.unwrap_or(text.len()))?;
    let digits: Vec<i64> =
        local.chars().take_while(|c| *c != '.').filter_map(|c| c.to_digit(10)).map(i64::from).collect();
    let number =
        |from: usize, length: usize| digits.get(from..from + length).map(|d| d.iter().fold(0, |n, d| n * 10 + d));
    let (year, month, day) = (number(0, 4)?, number(4, 2)?, number(6, 2)?);
    let time = number(8, 2)? * 3600 + number(10, 2)? * 60 + number(12, 2).unwrap_or(0);
    // Days since 1970 by the civil calendar.
    let y = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + day_of_year;
    let z: Vec<i64> = zone.chars().filter_map(|c| c.to_digit(10)).map(i64::from).collect();
    let offset = match z.as_slice() {
        [a, b, c, d, ..] => (a * 10 + b) * 3600 + (c * 10 + d) * 60,
        [a, b, ..] => (a * 10 + b) * 3600,
        _ => 0,
    };
    let offset = if zone.starts_with('-') { -offset } else { offset };
    Some((days * 86_400 + time - offset, !zone.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_moments() {
        assert!(!differ("2026-11-01T09:30:00+01:00", "D:20261101083000Z"));
        assert!(!differ("2026-11-01T09:30:00Z", "D:20261101093000Z00'00'"));
        assert!(!differ("2026-11-01T09:30:00-05:00", "D:20261101093000-05'00'"));
        assert!(differ("2026-11-01T09:30:00Z", "D:20261102093000Z"));
        assert!(!differ("2026-11-01T09:30:00", "D:20261101093000Z"));
        assert!(!differ("last week", "D:2026"));
    }
}
