//! A credit as an XMP packet, the form in which picture programs and archives read it.
//!
//! The packet holds the credit and nothing else: no dates, no places, no names of programs.

use crate::credit::Credit;
use std::fmt::Write;

/// The packet, or `None` for a credit without words.
pub(super) fn packet(credit: &Credit) -> Option<String> {
    if credit.wording.trim().is_empty() {
        return None;
    }
    let mut body = String::new();
    if !credit.creators.is_empty() {
        let list: String = credit.creators.iter().map(|c| format!("<rdf:li>{}</rdf:li>", escaped(c))).collect();
        // Writing to a String cannot fail.
        let _ = write!(body, "<dc:creator><rdf:Seq>{list}</rdf:Seq></dc:creator>");
    }
    let words = escaped(&credit.wording);
    let notice = credit.notice.as_deref().map_or_else(|| words.clone(), escaped);
    let _ = write!(body, "<dc:rights>{}</dc:rights><photoshop:Credit>{words}</photoshop:Credit>", alternative(&notice));
    if let Some(kind) = &credit.source_type {
        let _ = write!(body, "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>", escaped(kind));
    }
    if let Some(source) = &credit.source {
        let _ = write!(body, "<photoshop:Source>{}</photoshop:Source>", escaped(source));
    }
    if let Some(licence) = &credit.licence {
        let _ = write!(body, "<xmpRights:UsageTerms>{}</xmpRights:UsageTerms>", alternative(&escaped(&licence.name)));
        if let Some(url) = &licence.url {
            let _ = write!(body, "<xmpRights:WebStatement>{}</xmpRights:WebStatement>", escaped(url));
        }
    }
    Some(format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" \
         xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\
         {body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    ))
}

fn alternative(words: &str) -> String {
    format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li></rdf:Alt>")
}

fn escaped(text: &str) -> String {
    let known = |c: char| !c.is_control();
    text.chars()
        .filter(|c| known(*c))
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_says_all_of_a_credit() {
        let credit = crate::credit::from_field("A. Name & <Son>, CC BY-SA 4.0, via Wikimedia Commons");
        let packet = packet(&credit).unwrap();
        let document = roxmltree::Document::parse(&packet).unwrap();
        let text = |name: &str| {
            let node = document.descendants().find(|n| n.tag_name().name() == name).unwrap();
            node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<String>()
        };
        assert_eq!(text("Credit"), credit.wording);
        assert_eq!(text("rights"), credit.wording);
        assert_eq!(text("Source"), "Wikimedia Commons");
        assert_eq!(text("UsageTerms"), "CC BY-SA 4.0");
        assert_eq!(text("WebStatement"), "https://creativecommons.org/licenses/by-sa/4.0/");
    }

    #[test]
    fn no_words_no_packet() {
        assert_eq!(packet(&Credit::default()), None);
    }
}
