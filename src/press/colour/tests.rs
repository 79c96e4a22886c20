use super::*;
use crate::picture::Inks;
use lopdf::content::Content;

fn shop() -> Shop {
    Shop::named("fogra39-x4").unwrap()
}

/// A page with a content and resources, converted: its operators as words.
fn converted(
    shop: &Shop,
    content: &str,
    resources: Dictionary,
    more: impl FnOnce(&mut Document, &mut Dictionary),
) -> String {
    let mut document = Document::with_version("1.6");
    let mut resources = resources;
    more(&mut document, &mut resources);
    let stream = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => stream, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" },
    });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let inks = Inks::new(shop.condition.profile.clone(), false, shop.ink_limit);
    to_inks(&mut document, shop, &inks, &BTreeSet::new());
    let group = document.get_dictionary(page).unwrap().get(b"Group").unwrap().as_dict().unwrap();
    assert_eq!(group.get(b"CS").unwrap().as_name().unwrap(), b"DeviceCMYK");
    let content = document.get_page_content(page);
    let text = Content::decode(&content).unwrap().encode().unwrap();
    String::from_utf8(text).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_page(content: &str) -> String {
    converted(&shop(), content, Dictionary::new(), |_, _| {})
}

#[test]
fn grays_and_black_are_the_black_ink_alone() {
    assert_eq!(plain_page("0.25 g 0 0 10 10 re f"), "0.0 0.0 0.0 0.75 k 0 0 10 10 re f");
    assert_eq!(plain_page("0 0 0 RG 2 w 0 0 m 9 9 l S"), "0.0 0.0 0.0 1.0 K 2 w 0 0 m 9 9 l S");
    assert_eq!(plain_page("1 1 1 rg 0 0 10 10 re f"), "0.0 0.0 0.0 0.0 k 0 0 10 10 re f");
}

#[test]
fn colours_become_inks_by_the_profile() {
    let text = plain_page("1 0 0 rg 0 0 10 10 re f");
    let inks: Vec<f64> = text.split(' ').take(4).map(|w| w.parse().unwrap()).collect();
    assert!(inks[0] < 0.05 && inks[1] > 0.9 && inks[2] > 0.9 && inks[3] < 0.1, "{text}");
    assert_eq!(plain_page("0.85 0.6 0.2 0.25 k 0 0 10 10 re f"), "0.85 0.6 0.2 0.25 k 0 0 10 10 re f");
}

#[test]
fn black_text_prints_over_and_nothing_else_does() {
    let text = plain_page("BT 0 g (a) Tj 0.5 g (b) Tj ET 0 g 0 0 5 5 re f");
    assert_eq!(
        text,
        "BT 0.0 0.0 0.0 1.0 k /MastheadOver gs (a) Tj 0.0 0.0 0.0 0.5 k /MastheadOut gs (b) Tj ET \
         0.0 0.0 0.0 1.0 k 0 0 5 5 re f"
    );
    let saved = plain_page("q BT (a) Tj ET Q 0 0 5 5 re f");
    assert_eq!(saved, "q BT /MastheadOver gs (a) Tj ET Q 0 0 5 5 re f");
}

#[test]
fn large_black_areas_are_rich_and_thin_lines_stout() {
    assert_eq!(plain_page("0 g 0 0 200 100 re f"), "0.0 0.0 0.0 1.0 k q 0.4 0.3 0.3 1.0 k 0 0 200 100 re f Q");
    assert_eq!(plain_page("0 g 0 0 200 10 re f"), "0.0 0.0 0.0 1.0 k 0 0 200 10 re f");
    assert_eq!(plain_page("0.1 0 0 0.1 0 0 cm 1 w 0 0 m 9 9 l S"), "0.1 0 0 0.1 0 0 cm 1 w 2.5 w 0 0 m 9 9 l S");
}

/// A spot ink that is 100 % magenta and half yellow at its strongest.
fn spot(document: &mut Document, resources: &mut Dictionary) {
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![0.into(), 1.into(), Object::Real(0.5), 0.into()],
    };
    let tint = document.add_object(tint);
    let space = vec!["Separation".into(), "House Red".into(), "DeviceCMYK".into(), tint.into()];
    resources.set("ColorSpace", dictionary! { "Spot" => space });
}

#[test]
fn spot_inks_stay_or_fold() {
    let content = "/Spot cs 0.5 scn 0 0 10 10 re f";
    assert_eq!(converted(&shop(), content, Dictionary::new(), spot), content);
    let mut folding = shop();
    folding.spots = false;
    let text = converted(&folding, content, Dictionary::new(), spot);
    assert_eq!(text, "0.0 0.5 0.25 0.0 k 0 0 10 10 re f");
}

#[test]
fn forms_pictures_and_shadings_are_converted_once() {
    let more = |document: &mut Document, resources: &mut Dictionary| {
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" } };
        let form = document.add_object(Stream::new(form, b"0 0 0 rg 0 0 9 9 re f".to_vec()));
        let image = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 1,
        "BitsPerComponent" => 8, "ColorSpace" => "DeviceRGB" };
        let image = document.add_object(Stream::new(image, vec![255, 255, 255, 0, 0, 255]));
        let ramp = dictionary! { "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![1.into(), 1.into(), 1.into()], "C1" => vec![0.into(), 0.into(), 0.into()] };
        let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceRGB", "Function" => ramp,
        "Coords" => vec![0.into(), 0.into(), 1.into(), 0.into()] };
        let shading = document.add_object(shading);
        resources.set("XObject", dictionary! { "F" => form, "I" => image });
        resources.set("Shading", dictionary! { "S" => shading });
    };
    let mut seen = None;
    converted(&shop(), "/F Do /I Do /S sh", Dictionary::new(), |document, resources| {
        more(document, resources);
        seen = Some((document.clone(), resources.clone()));
    });
    // The same once more, kept open to look at.
    let (mut document, resources) = seen.unwrap();
    let shop = shop();
    let inks = Inks::new(shop.condition.profile.clone(), false, shop.ink_limit);
    let states = [("A", (900, 0)), ("B", (901, 0))];
    let mut press = Press {
        document: &mut document,
        shop: &shop,
        inks: &inks,
        adverts: &BTreeSet::new(),
        states,
        done: BTreeSet::new(),
        depth: 0,
    };
    let (_, made) = Rewriter::new(&mut press, resources, Matrix::identity(), true).run(b"/F Do /I Do /S sh").unwrap();
    let stream = |table: &[u8], name: &[u8]| {
        let table = made.get(table).unwrap().as_dict().unwrap();
        document.dereference(table.get(name).unwrap()).unwrap().1.clone()
    };
    let form = stream(b"XObject", b"F");
    let form = form.as_stream().unwrap();
    assert_eq!(plain(form).unwrap(), b"0.0 0.0 0.0 1.0 k\n0 0 9 9 re\nf");
    assert_eq!(
        form.dict.get(b"Group").unwrap().as_dict().unwrap().get(b"CS").unwrap().as_name().unwrap(),
        b"DeviceCMYK"
    );
    let image = stream(b"XObject", b"I");
    let samples = plain(image.as_stream().unwrap()).unwrap();
    assert!(samples.len() == 8 && samples[..4] == [0; 4] && samples[4] > 150, "{samples:?}");
    let shading = stream(b"Shading", b"S");
    let shading = shading.as_dict().unwrap();
    assert_eq!(shading.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceCMYK");
    let function = function::Function::read(&document, shading.get(b"Function").unwrap()).unwrap();
    let middle = function.at(&[0.5]);
    assert!(middle[..3] == [0.0; 3] && (middle[3] - 0.5).abs() < 0.01, "{middle:?}");
}
