//! Stand-ins replaced in small PDFs made like the engine's.

use super::*;
use crate::picture::{Wanted, derive, probe, shaped};

/// A page that shows each stand-in once, as the engine writes them.
fn laid_out(ids: &[&str]) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    let space = doc.add_object(vec!["ICCBased".into(), Object::Reference((900, 0))]);
    let mut pictures = Dictionary::new();
    let mut content = String::new();
    for (n, id) in ids.iter().enumerate() {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode", "Width" => 400, "Height" => 267,
            "BitsPerComponent" => 8, "ColorSpace" => space,
        };
        pictures.set(format!("x{n}"), doc.add_object(Stream::new(dict, shaped(1.5, id)).with_compression(false)));
        content += &format!("q 200 0 0 100 50 {} cm /x{n} Do Q\n", 100 + 200 * n);
    }
    let tree = doc.new_object_id();
    let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let page = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => dictionary! { "XObject" => pictures },
        "MediaBox" => vec![0.into(), 0.into(), 300.into(), 600.into()],
    });
    doc.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] }.into());
    let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    doc.trailer.set("Root", root);
    saved(doc)
}

fn saved(mut doc: Document) -> Vec<u8> {
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

/// An advert as printers get them: inks, marks, bleed, a form within, and things that must not come along.
fn advert() -> Vec<u8> {
    let mut doc = Document::with_version("1.6");
    let tree = doc.new_object_id();
    let page = doc.new_object_id();
    let inner = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 50.into(), 50.into()],
            "StructParents" => 3, "OPI" => dictionary! { "A" => 1 }, "Resources" => dictionary! { "Font" => dictionary! {} },
        },
        b"/Artifact BMC 0 0 0 1 k 5 5 9 9 re f EMC".to_vec(),
    ));
    let state = doc
        .add_object(dictionary! { "Type" => "ExtGState", "OP" => true, "OPM" => 1, "TR" => "Identity", "ca" => 0.5 });
    let spot = vec![
        "Separation".into(),
        "Gold".into(),
        "DeviceCMYK".into(),
        Object::Dictionary(dictionary! { "FunctionType" => 2 }),
    ];
    let content = doc.add_object(Stream::new(
        Dictionary::new(),
        b"/A gs /P <</MCID 0>> BDC 1 0 0 0 k 10 10 100 50 re f EMC /F Do".to_vec(),
    ));
    let note = doc.add_object(
        dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
    );
    doc.objects.insert(page, dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => vec![content.into()], "StructParents" => 0, "Annots" => vec![note.into()],
        "Resources" => dictionary! {
            "ExtGState" => dictionary! { "A" => state }, "XObject" => dictionary! { "F" => inner },
            "ColorSpace" => dictionary! { "Spot" => spot }, "Properties" => dictionary! { "M" => note },
        },
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" },
        "MediaBox" => vec![0.into(), 0.into(), 120.into(), 70.into()],
        "TrimBox" => vec![10.into(), 10.into(), 110.into(), 60.into()],
        "BleedBox" => vec![5.into(), 5.into(), 115.into(), 65.into()],
    }.into());
    doc.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] }.into());
    let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    doc.trailer.set("Root", root);
    saved(doc)
}

fn derived(image: impl Into<image::DynamicImage>, wanted: &Wanted) -> Derived {
    let mut out = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut out, image::ImageFormat::Png).unwrap();
    let bytes = out.into_inner();
    derive(&bytes, &probe(&bytes).unwrap().0, wanted).unwrap()
}

fn photo() -> image::RgbImage {
    image::RgbImage::from_fn(90, 60, |x, y| image::Rgb([(x * 2) as u8, (y * 4) as u8, (x * y) as u8]))
}

fn swapped(pdf: Vec<u8>, list: Vec<(&str, Replacement)>) -> Document {
    let map = || list.iter().map(|(id, r)| ((*id).to_owned(), r.clone())).collect::<BTreeMap<_, _>>();
    let first = swap_pictures(pdf.clone(), map()).unwrap();
    assert_eq!(first, swap_pictures(pdf, map()).unwrap(), "the same bytes every time");
    Document::load_mem(&first).unwrap()
}

/// The object that the page shows under a name.
fn shown<'a>(doc: &'a Document, name: &str) -> &'a Stream {
    let page = doc.page_iter().next().unwrap();
    let (resources, _) = doc.get_page_resources(page).unwrap();
    let pictures = resources.unwrap().get_deref(b"XObject", doc).unwrap().as_dict().unwrap();
    pictures.get_deref(name.as_bytes(), doc).unwrap().as_stream().unwrap()
}

#[test]
fn a_jpeg_takes_its_stand_in_s_place_and_colour_space() {
    let jpeg = derived(photo(), &Wanted::within(500, 500));
    let doc = swapped(
        laid_out(&["a", "b"]),
        vec![
            ("a", Replacement::from_derived(jpeg.clone()).unwrap()),
            (
                "b",
                Replacement::from_derived(derived(photo(), &Wanted { gray: true, ..Wanted::within(40, 40) })).unwrap(),
            ),
            ("unused", Replacement::from_derived(jpeg.clone()).unwrap()),
        ],
    );
    let a = shown(&doc, "x0");
    assert_eq!(a.content, jpeg.bytes);
    assert_eq!(a.dict.get(b"Width").unwrap().as_i64().unwrap(), 90);
    assert_eq!(a.dict.get(b"Height").unwrap().as_i64().unwrap(), 60);
    assert!(a.dict.get(b"ColorSpace").unwrap().as_reference().is_ok());
    let b = shown(&doc, "x1");
    assert_eq!(b.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceGray");
    assert_eq!(b.dict.get(b"Width").unwrap().as_i64().unwrap(), 40);
}

#[test]
fn a_see_through_picture_brings_its_mask() {
    let image = image::RgbaImage::from_fn(30, 20, |x, y| image::Rgba([200, x as u8, y as u8, (x * 8) as u8]));
    let png = derived(image.clone(), &Wanted::within(500, 500));
    let doc = swapped(laid_out(&["a"]), vec![("a", Replacement::from_derived(png).unwrap())]);
    let a = shown(&doc, "x0");
    let rgb: Vec<u8> = image.pixels().flat_map(|p| [p[0], p[1], p[2]]).collect();
    assert_eq!(a.decompressed_content().unwrap(), rgb);
    let mask = a.dict.get_deref(b"SMask", &doc).unwrap().as_stream().unwrap();
    let alpha: Vec<u8> = image.pixels().map(|p| p[3]).collect();
    assert_eq!(mask.decompressed_content().unwrap(), alpha);
}

#[test]
fn an_advert_becomes_a_form_on_the_unit_square() {
    // The advert's own bleed is 5 points; a place that goes on by 10 is filled as far as that.
    let cases = [(0.0, [10.0, 10.0, 110.0, 60.0]), (5.0, [5.0, 5.0, 115.0, 65.0]), (10.0, [5.0, 5.0, 115.0, 65.0])];
    for (more, region) in cases {
        let beyond = (more / 100.0, more / 50.0);
        let doc = swapped(laid_out(&["ad"]), vec![("ad", Replacement::Pdf { bytes: advert(), beyond })]);
        let form = shown(&doc, "x0");
        assert_eq!(form.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"Form");
        let numbers = |key: &[u8]| -> Vec<f64> {
            form.dict.get(key).unwrap().as_array().unwrap().iter().map(|o| f64::from(o.as_float().unwrap())).collect()
        };
        assert_eq!(numbers(b"BBox"), region);
        let m = numbers(b"Matrix");
        // The place's right and lower edges lie on those of the unit square.
        assert!((m[0] * (110.0 + more) + m[4] - 1.0).abs() < 1e-5 && (m[3] * (10.0 - more) + m[5]).abs() < 1e-5);
        let content = form.decompressed_content().unwrap();
        let content = String::from_utf8(content).unwrap();
        assert!(
            content.contains("1 0 0 0 k 10 10 100 50 re f") && content.contains("/F Do") && !content.contains("BDC")
        );
    }
}

#[test]
fn what_a_sound_archive_forbids_stays_outside() {
    let doc = swapped(
        laid_out(&["ad", "more"]),
        vec![
            ("ad", Replacement::Pdf { bytes: advert(), beyond: (0.0, 0.0) }),
            ("more", Replacement::Pdf { bytes: advert(), beyond: (0.0, 0.0) }),
        ],
    );
    let text: String = doc
        .objects
        .values()
        .filter(|o| o.as_stream().is_ok() || o.as_dict().is_ok())
        .map(|o| format!("{o:?}"))
        .collect();
    for gone in ["OPM", "StructParents", "OPI", "Annot", "MCID", "\"TR\"", "DeviceCMYK"] {
        assert!(!text.contains(&format!("/{gone}")) && !text.contains(&format!("\"{gone}\"")), "{gone}: {text}");
    }
    let profiles = doc
        .objects
        .values()
        .filter(|o| o.as_stream().is_ok_and(|s| s.dict.get(b"N").is_ok_and(|n| n.as_i64().is_ok_and(|n| n == 4))));
    assert_eq!(profiles.count(), 1, "one profile for all adverts");
    let form = shown(&doc, "x0");
    let resources = form.dict.get_deref(b"Resources", &doc).unwrap().as_dict().unwrap();
    let spaces = resources.get_deref(b"ColorSpace", &doc).unwrap().as_dict().unwrap();
    assert!(spaces.has(b"DefaultCMYK") && spaces.has(b"Spot"));
    let state = resources
        .get_deref(b"ExtGState", &doc)
        .unwrap()
        .as_dict()
        .unwrap()
        .get_deref(b"A", &doc)
        .unwrap()
        .as_dict()
        .unwrap();
    assert!(state.has(b"ca") && state.has(b"OP"));
    let inner = resources
        .get_deref(b"XObject", &doc)
        .unwrap()
        .as_dict()
        .unwrap()
        .get_deref(b"F", &doc)
        .unwrap()
        .as_stream()
        .unwrap();
    assert!(!String::from_utf8(inner.decompressed_content().unwrap()).unwrap().contains("BMC"));
    let own = inner.dict.get(b"Resources").unwrap().as_dict().unwrap();
    assert!(own.get(b"ColorSpace").unwrap().as_dict().unwrap().has(b"DefaultCMYK"));
}

#[test]
fn a_stand_in_never_stays() {
    let error = swap_pictures(laid_out(&["a", "b"]), BTreeMap::new()).unwrap_err();
    assert_eq!(error, SwapError::Left(vec!["a".to_owned(), "b".to_owned()]));
    let spoilt = Replacement::Pdf { bytes: b"%PDF-1.7".to_vec(), beyond: (0.0, 0.0) };
    let error = swap_pictures(laid_out(&["a"]), BTreeMap::from([("a".to_owned(), spoilt)])).unwrap_err();
    assert!(matches!(error, SwapError::Advert { id, .. } if id == "a"));
    assert!(matches!(swap_pictures(b"no pdf".to_vec(), BTreeMap::new()), Err(SwapError::Pdf(_))));
}
