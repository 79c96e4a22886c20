//! Every spelling of a field, the order of the three, and files that lie about their lengths.

use super::*;

fn xmp(inner: &str, attributes: &str) -> Vec<u8> {
    format!(
        "junk\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' \
         xmlns:c='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' \
         xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' xmlns:r='http://ns.adobe.com/xap/1.0/rights/'>\
         <rdf:Description rdf:about='' {attributes}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>more"
    )
    .into_bytes()
}

#[test]
fn every_spelling_of_rdf_says_the_same() {
    let spellings = [
        ("", "photoshop:Credit='Jo Low / Agency'"),
        ("<photoshop:Credit>Jo Low / Agency</photoshop:Credit>", ""),
        ("<photoshop:Credit>\n  Jo Low /\n  Agency </photoshop:Credit>", ""),
        ("<photoshop:Credit rdf:parseType='Resource'><rdf:value>Jo Low / Agency</rdf:value></photoshop:Credit>", ""),
        (
            "<photoshop:Credit><rdf:Alt><rdf:li xml:lang='de'>falsch</rdf:li><rdf:li xml:lang='x-default'>Jo Low / Agency</rdf:li></rdf:Alt></photoshop:Credit>",
            "",
        ),
        ("<photoshop:Credit><![CDATA[Jo Low / Agency]]></photoshop:Credit>", ""),
    ];
    for (inner, attributes) in spellings {
        assert_eq!(embedded(&xmp(inner, attributes)).credit.as_deref(), Some("Jo Low / Agency"), "{inner}{attributes}");
    }
}

#[test]
fn lists_structures_and_addresses_are_read() {
    let inner = "<dc:creator><rdf:Seq><rdf:li>Jo Low</rdf:li><rdf:li>Bo Kim</rdf:li></rdf:Seq></dc:creator>\
        <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© Jo Low. All rights reserved.</rdf:li></rdf:Alt></dc:rights>\
        <r:WebStatement rdf:resource='https://a.example/rights'/>\
        <plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorName>Agency</plus:LicensorName></rdf:li></rdf:Seq></plus:Licensor>\
        <c:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>A weir</rdf:li></rdf:Alt></c:AltTextAccessibility>\
        <e:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</e:DigitalSourceType>";
    let found = embedded(&xmp(inner, ""));
    assert_eq!(found.creators, ["Jo Low", "Bo Kim"]);
    assert_eq!(found.notice.as_deref(), Some("© Jo Low. All rights reserved."));
    assert_eq!(found.web_statement.as_deref(), Some("https://a.example/rights"));
    assert_eq!(found.licensor.as_deref(), Some("Agency"));
    assert_eq!(found.alt.as_deref(), Some("A weir"));
    assert!(found.is_generated());
    let nested = "<plus:Licensor><rdf:Bag><rdf:li><rdf:Description plus:LicensorName='Agency'/></rdf:li></rdf:Bag></plus:Licensor>";
    assert_eq!(embedded(&xmp(nested, "")).licensor.as_deref(), Some("Agency"));
}

/// A JPEG of nothing but segments.
fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    for (marker, data) in segments {
        out.extend([0xFF, *marker]);
        out.extend((data.len() as u16 + 2).to_be_bytes());
        out.extend(data);
    }
    out.extend([0xFF, 0xD9]);
    out
}

fn iim(datasets: &[(u8, &[u8])]) -> Vec<u8> {
    let mut data = Vec::new();
    for (number, value) in datasets {
        data.extend([0x1C, 2, *number]);
        data.extend((value.len() as u16).to_be_bytes());
        data.extend(*value);
    }
    let mut out = b"Photoshop 3.0\08BIM\x04\x25\0\0\0\0\0\x018_8BIM\x04\x04\0\0".to_vec();
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(&data);
    out
}

#[test]
fn iim_is_read_in_utf_8_and_latin_1_and_gives_way_to_xmp() {
    let latin =
        jpeg(&[(0xED, iim(&[(80, b"J\xF6rg L\xF6w"), (80, b"Bo Kim"), (110, b"Agency"), (116, b"\x93Rights\x94")]))]);
    let found = embedded(&latin);
    assert_eq!(found.creators, ["Jörg Löw", "Bo Kim"]);
    assert_eq!((found.credit.as_deref(), found.notice.as_deref()), (Some("Agency"), Some("“Rights”")));
    let both = [
        (0xE1, xmp("", "photoshop:Credit='From XMP'")),
        (0xED, iim(&[(80, "Jörg Löw".as_bytes()), (110, b"From IIM")])),
    ];
    let found = embedded(&jpeg(&both));
    assert_eq!((found.credit.as_deref(), found.creators.as_slice()), (Some("From XMP"), &["Jörg Löw".to_owned()][..]));
}

#[test]
fn what_lies_about_its_length_says_nothing_and_breaks_nothing() {
    let whole = jpeg(&[(0xED, iim(&[(80, b"Jo Low"), (116, b"Notice")]))]);
    for end in 0..whole.len() {
        embedded(&whole[..end]);
    }
    for at in 0..whole.len() {
        let mut bent = whole.clone();
        bent[at] ^= 0xFF;
        embedded(&bent);
    }
    for text in ["<x:xmpmeta></x:xmpmeta>", "<rdf:RDF></rdf:RDF>", "<rdf:RDF><a></rdf:RDF>", "<x:xmpmeta"] {
        assert_eq!(embedded(text.as_bytes()), Embedded::default());
    }
    let bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]><x:xmpmeta xmlns:x='a'>&b;</x:xmpmeta>";
    assert_eq!(embedded(bomb.as_bytes()), Embedded::default());
}

#[test]
fn the_words_of_cameras_are_nobody_s() {
    assert_eq!(said("OLYMPUS DIGITAL CAMERA         "), None);
    assert_eq!(said(" Jo \n Low "), Some("Jo Low".to_owned()));
}

#[test]
fn a_credit_is_proposed_from_what_is_there() {
    let of = |creators: &[&str], credit: Option<&str>, notice: Option<&str>| {
        let creators = creators.iter().map(|c| c.to_string()).collect();
        let own = |t: &str| t.to_owned();
        Embedded { creators, credit: credit.map(own), notice: notice.map(own), ..Embedded::default() }.proposal()
    };
    assert_eq!(of(&["Jo Low"], Some("Agency"), None).as_deref(), Some("Jo Low / Agency"));
    assert_eq!(of(&["Jo Low"], Some("Jo Low/Agency"), None).as_deref(), Some("Jo Low/Agency"));
    assert_eq!(of(&[], None, Some("© Jo Low")).as_deref(), Some("© Jo Low"));
    assert_eq!(of(&[], None, None), None);
}
