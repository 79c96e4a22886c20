//! What the file says of itself: output intent, information dictionary, XMP.
//!
//! PDF/X-4: ISO 15930-7:2010, 6.2 and 6.3; PDF/X-1a and X-3: ISO 15930-4:2003 and 15930-6:2003. Times are the issue's own.

use super::super::shop::{Shop, Standard};
use crate::issue::Issue;
use crate::xhtml::text;
use lopdf::{Document, Object, Stream, StringFormat, dictionary};

const PRODUCER: &str = concat!("Masthead ", env!("CARGO_PKG_VERSION"));

/// Writes all three.
pub(super) fn write(document: &mut Document, issue: &Issue, shop: &Shop) {
    let intent = intent(document, shop);
    let title = format!("{} {}", issue.publication.title.value, issue.name);
    let time = issue.modified.as_str();
    let mut info = dictionary! {
        "Title" => told(&title), "Creator" => told(PRODUCER), "Producer" => told(PRODUCER),
        "CreationDate" => told(&pdf_date(time)), "ModDate" => told(&pdf_date(time)),
        "Trapped" => Object::Name(b"False".to_vec()),
    };
    if shop.standard != Standard::X4 {
        info.set("GTS_PDFXVersion", told(shop.standard.name()));
    }
    if shop.standard == Standard::X1a {
        info.set("GTS_PDFXConformance", told(shop.standard.name()));
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    let packet = packet(&title, time, shop.standard, &id(document));
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = document.add_object(Stream::new(dict, packet.into_bytes()).with_compression(false));
    if let Ok(catalog) = document.catalog_mut() {
        catalog.set("OutputIntents", vec![intent]);
        catalog.set("Metadata", packet);
    }
}

fn intent(document: &mut Document, shop: &Shop) -> Object {
    let condition = &shop.condition;
    let mut profile = Stream::new(dictionary! { "N" => 4 }, condition.profile.to_vec());
    // Without compression the profile is as good, only longer.
    let _ = profile.compress();
    let profile = document.add_object(profile);
    let mut intent = dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => told(&condition.identifier),
        "Info" => told(&condition.info), "OutputCondition" => told(&condition.info),
        "DestOutputProfile" => profile,
    };
    if let Some(registry) = &condition.registry {
        intent.set("RegistryName", told(registry));
    }
    Object::Reference(document.add_object(intent))
}

/// A text string: as it is in ASCII, else in UTF-16 with its mark (ISO 32000-1, 7.9.2.2).
fn told(words: &str) -> Object {
    let bytes = match words.is_ascii() {
        true => words.as_bytes().to_vec(),
        false => [0xFE, 0xFF].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
    };
    Object::String(bytes, StringFormat::Literal)
}

/// `2026-11-09T09:00:00Z` as `D:20261109090000Z` (ISO 32000-1, 7.9.4).
fn pdf_date(time: &str) -> String {
    let digits: String = time.chars().take(19).filter(char::is_ascii_digit).collect();
    let zone = time.get(19..).unwrap_or("Z");
    let zone = match zone.split_once(':') {
        Some((hours, minutes)) => format!("{hours}'{minutes}'"),
        None => "Z".to_owned(),
    };
    format!("D:{digits:0<14}{zone}")
}

/// The file's permanent identifier, as hexadecimal.
fn id(document: &Document) -> String {
    let list = document.trailer.get(b"ID").and_then(Object::as_array).ok();
    let first = list.and_then(|l| l.first()).and_then(|o| o.as_str().ok()).unwrap_or_default();
    first.iter().map(|b| format!("{b:02x}")).collect()
}

fn packet(title: &str, time: &str, standard: Standard, id: &str) -> String {
    let version = match standard {
        Standard::X4 => "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        Standard::X3 => "<pdfx:GTS_PDFXVersion>PDF/X-3:2003</pdfx:GTS_PDFXVersion>",
        Standard::X1a => {
            "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>\n\
             <pdfx:GTS_PDFXConformance>PDF/X-1a:2003</pdfx:GTS_PDFXConformance>"
        }
    };
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\n<xmp:CreateDate>{time}</xmp:CreateDate>\n\
         <xmp:ModifyDate>{time}</xmp:ModifyDate>\n<xmp:MetadataDate>{time}</xmp:MetadataDate>\n\
         <xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>\n<xmpMM:InstanceID>uuid:{id}-1</xmpMM:InstanceID>\n\
         <xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n<pdf:Trapped>False</pdf:Trapped>\n{version}\n\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
        title = text(title),
        time = text(time),
    )
}

#[cfg(test)]
mod tests {
    use super::pdf_date;

    #[test]
    fn times_are_written_as_pdf_writes_them() {
        assert_eq!(pdf_date("2026-11-09T09:00:00Z"), "D:20261109090000Z");
        assert_eq!(pdf_date("2026-11-09T09:00:00+01:30"), "D:20261109090000+01'30'");
        assert_eq!(pdf_date("2026-11-09"), "D:20261109000000Z");
    }
}
