//! Adverts that can be placed and adverts that cannot.

use super::*;
use lopdf::{Stream, dictionary};

/// A PDF of `pages` pages with the given additions to page and catalogue.
fn pdf(pages: usize, page_more: Dictionary, catalog_more: Dictionary, resources: Dictionary) -> Vec<u8> {
    let mut doc = Document::with_version("1.6");
    let tree = doc.new_object_id();
    let content = doc.add_object(Stream::new(dictionary! {}, b"0 0 10 10 re f".to_vec()));
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let mut page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources.clone(),
            };
            page.extend(&page_more);
            doc.add_object(page).into()
        })
        .collect();
    doc.objects.insert(
        tree,
        dictionary! {
            "Type" => "Pages", "Count" => pages as i64, "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), 620.into(), 860.into()],
        }
        .into(),
    );
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    catalog.extend(&catalog_more);
    let root = doc.add_object(catalog);
    doc.trailer.set("Root", root);
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

fn reason(bytes: &[u8]) -> String {
    match artwork(bytes) {
        Err(Fault::Pdf { what, remedy }) => {
            assert!(!remedy.is_empty());
            what
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("was taken"),
    }
}

fn font(embedded: bool) -> Dictionary {
    let mut descriptor = dictionary! { "Type" => "FontDescriptor", "FontName" => "ABCDEF+Grotesk-Bold" };
    if embedded {
        descriptor.set("FontFile2", Object::Reference((1, 0)));
    }
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "ABCDEF+Grotesk-Bold", "FontDescriptor" => descriptor,
    };
    dictionary! { "Font" => dictionary! { "F1" => font } }
}

#[test]
fn the_trimmed_page_is_the_advert() {
    let none = Dictionary::new;
    assert_eq!(artwork(&pdf(1, none(), none(), none())).unwrap().size(), (620.0, 860.0));
    let boxes = dictionary! {
        "TrimBox" => vec![10.into(), 10.into(), 610.into(), 850.into()],
        "BleedBox" => vec![2.into(), 2.into(), 618.into(), 858.into()],
        "Rotate" => 90,
    };
    let found = artwork(&pdf(1, boxes, none(), none())).unwrap();
    assert_eq!(found.trim, [10.0, 10.0, 610.0, 850.0]);
    assert_eq!(found.bleed, [2.0, 2.0, 618.0, 858.0]);
    assert_eq!(found.size(), (840.0, 600.0));
    // A box that reaches out of the page ends at the page.
    let wide = dictionary! { "TrimBox" => vec![(-50).into(), 10.into(), 9000.into(), 850.into()] };
    assert_eq!(artwork(&pdf(1, wide, none(), none())).unwrap().trim, [0.0, 10.0, 620.0, 850.0]);
}

#[test]
fn what_cannot_be_placed_is_said_plainly() {
    let none = Dictionary::new;
    assert!(reason(&pdf(3, none(), none(), none())).contains("3 pages"));
    assert!(reason(&pdf(0, none(), none(), none())).contains("no pages"));
    assert!(reason(&pdf(1, none(), none(), font(false))).contains("`Grotesk-Bold`"));
    assert!(artwork(&pdf(1, none(), none(), font(true))).is_ok());
    let script = dictionary! { "OpenAction" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") } };
    assert!(reason(&pdf(1, none(), script, none())).contains("script"));
    let layers = dictionary! { "OCProperties" => dictionary! { "D" => dictionary! { "OFF" => vec![Object::Reference((1, 0))] } } };
    assert!(reason(&pdf(1, none(), layers, none())).contains("layers"));
    let flat = dictionary! { "MediaBox" => vec![0.into(), 0.into(), 0.into(), 0.into()] };
    assert!(reason(&pdf(1, flat, none(), none())).contains("page"));
}

#[test]
fn fonts_within_forms_are_looked_at_and_circles_end() {
    let mut doc = Document::load_mem(&pdf(1, Dictionary::new(), Dictionary::new(), Dictionary::new())).unwrap();
    let form = doc.new_object_id();
    let mut resources = font(false);
    resources.set("XObject", dictionary! { "Self" => form });
    let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources };
    doc.objects.insert(form, Stream::new(dict, Vec::new()).into());
    let page = doc.page_iter().next().unwrap();
    let use_it = dictionary! { "XObject" => dictionary! { "X" => form } };
    doc.get_dictionary_mut(page).unwrap().set("Resources", use_it);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    assert!(reason(&bytes).contains("`Grotesk-Bold`"));
}

#[test]
fn cut_off_and_spoilt_files_never_panic() {
    let whole = pdf(1, Dictionary::new(), Dictionary::new(), font(true));
    for end in (0..whole.len()).step_by(7) {
        let _ = artwork(&whole[..end]);
    }
    let mut state = 88_172_645_463_325_252u64;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..4 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = state as usize % bytes.len();
            bytes[at] = (state >> 32) as u8;
        }
        let _ = artwork(&bytes);
    }
    assert!(artwork(b"%PDF-1.7\n%%EOF").is_err());
    let nested =
        [b"%PDF-1.7\n1 0 obj\n".to_vec(), vec![b'['; 100_000], b"\nendobj\ntrailer<</Root 1 0 R>>".to_vec()].concat();
    assert!(artwork(&nested).is_err());
}
