//! A PDF/X-4 of numbered pages, as awkward as pages of print shops are.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

pub(crate) const MM: f64 = 72.0 / 25.4;
pub(crate) const BLEED: f64 = 3.0 * MM;

/// A PDF/X-4 of numbered pages, 105 x 148 mm: a font, an inherited resource, a picture on each, some rotated, some whose
/// content is in parts, some in larger units, some with a group.
pub(crate) fn source(pages: usize) -> Vec<u8> {
    let mut doc = Document::with_version("1.6");
    let tree = doc.new_object_id();
    let font = font(&mut doc);
    let kids: Vec<Object> = (1..=pages).map(|n| source_page(&mut doc, tree, font, n).into()).collect();
    let shared = picture(&mut doc, 0);
    let count = i64::try_from(pages).unwrap();
    let node = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count,
        "Resources" => resources(font, shared),
    };
    doc.objects.insert(tree, node.into());
    let icc = include_bytes!("../../profiles/FOGRA39L_coated.icc");
    let profile = doc.add_object(Stream::new(dictionary! { "N" => 4 }, icc.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFX", "OutputConditionIdentifier" => Object::string_literal("FOGRA39"),
        "DestOutputProfile" => profile,
    };
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        b"<x:xmpmeta>PDF/X-4</x:xmpmeta>".to_vec(),
    );
    let xmp = doc.add_object(xmp);
    let bookmarks = doc.add_object(dictionary! { "Type" => "Outlines" });
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "OutputIntents" => vec![intent.into()], "Metadata" => xmp,
        "Outlines" => bookmarks, "MarkInfo" => dictionary! { "Marked" => true },
    });
    let info = doc.add_object(dictionary! { "Title" => Object::string_literal("Test"), "Trapped" => "False" });
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);
    let mut out = Vec::new();
    doc.save_with_options(&mut out, SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build())
        .unwrap();
    out
}

pub(crate) fn font(doc: &mut Document) -> ObjectId {
    let bytes = include_bytes!("../../fonts/SourceSans3-Regular.otf");
    let file = doc.add_object(Stream::new(dictionary! { "Subtype" => "OpenType" }, bytes.to_vec()));
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "SourceSans3-Regular", "Flags" => 32, "ItalicAngle" => 0,
        "Ascent" => 1024, "Descent" => -400, "CapHeight" => 660, "StemV" => 80,
        "FontBBox" => vec![(-455).into(), (-298).into(), 2159.into(), 1034.into()], "FontFile3" => file,
    });
    doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "SourceSans3-Regular", "FirstChar" => 32, "LastChar" => 126,
        "Widths" => vec![Object::Integer(500); 95], "Encoding" => "WinAnsiEncoding", "FontDescriptor" => descriptor,
    })
}

pub(crate) fn resources(font: ObjectId, picture: ObjectId) -> Dictionary {
    dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "Im1" => picture } }
}

pub(crate) fn picture(doc: &mut Document, n: usize) -> ObjectId {
    let samples: Vec<u8> = (0..64 * 4).map(|k| ((k * n) % 251) as u8).collect();
    let mut picture = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8, "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceCMYK", "StructParent" => 4,
        },
        samples,
    );
    picture.compress().unwrap();
    doc.add_object(picture)
}

pub(crate) fn source_page(doc: &mut Document, tree: ObjectId, font: ObjectId, n: usize) -> ObjectId {
    let unit = if n % 16 == 9 { 2.0 } else { 1.0 };
    let (w, h) = (105.0 * MM / unit, 148.0 * MM / unit);
    let (w, h) = if quarters(n) % 2 == 1 { (h, w) } else { (w, h) };
    let bleed = BLEED / unit;
    // The origin is not the paper's corner.
    let (left, bottom) = (-20.0 + n as f64, 5.0);
    let real = |v: [f64; 4]| v.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>();
    let outer = real([left - bleed, bottom - bleed, left + w + bleed, bottom + h + bleed]);
    let text = format!("BT /F1 24 Tf {} {} Td (page {n}) Tj ET", left + 20.0, bottom + 20.0);
    let image = format!("q 50 0 0 50 {} {} cm /Im1 Do Q", left + 40.0, bottom + 60.0);
    let mut page = dictionary! { "Type" => "Page", "Parent" => tree, "MediaBox" => outer.clone(), "BleedBox" => outer };
    page.set("TrimBox", real([left, bottom, left + w, bottom + h]));
    page.set("Rotate", i64::try_from(90 * quarters(n)).unwrap());
    if unit != 1.0 {
        page.set("UserUnit", Object::Real(unit as f32));
    }
    if n.is_multiple_of(3) {
        page.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "I" => true });
    }
    page.set("Annots", vec![dictionary! { "Type" => "Annot", "Subtype" => "Link" }.into()]);
    let stream = |text: String| Stream::new(Dictionary::new(), text.into_bytes());
    let contents: Object = if n.is_multiple_of(4) {
        let parts = [stream(text), stream(image)].map(|s| Object::Reference(doc.add_object(s)));
        Object::Array(parts.to_vec())
    } else {
        let mut whole = stream(format!("{text}\n{image}\n"));
        whole.compress().unwrap();
        doc.add_object(whole).into()
    };
    page.set("Contents", contents);
    // Every fifth page inherits its resources.
    if !n.is_multiple_of(5) {
        let picture = picture(doc, n);
        page.set("Resources", resources(font, picture));
    }
    doc.add_object(page)
}

/// How the source's pages are rotated: the test's own choice.
pub(crate) fn quarters(page: usize) -> usize {
    match page % 16 {
        5 => 1,
        6 => 3,
        7 => 2,
        _ => 0,
    }
}
