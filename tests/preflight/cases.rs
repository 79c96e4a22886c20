//! The library of faulty files: each is the good file with one fault.

use super::base::{Base, TRIM, boxed, icc, name, picture, text};
use super::more;
use lopdf::{Dictionary, Object, Stream, dictionary};
use masthead::manifest::Mm;
use masthead::press::Shop;
use masthead::press::preflight::Purpose;

pub(crate) struct Case {
    pub(crate) rule: &'static str,
    pub(crate) what: &'static str,
    pub(crate) pages: &'static [usize],
    pub(crate) shop: &'static str,
    pub(crate) change: fn(&mut Shop),
    pub(crate) purpose: Purpose,
    pub(crate) spoil: fn(&mut Base),
}

pub(crate) fn case(rule: &'static str, what: &'static str, pages: &'static [usize], spoil: fn(&mut Base)) -> Case {
    Case { rule, what, pages, shop: "fogra39-x4", change: |_| {}, purpose: Purpose::Issue, spoil }
}

pub(crate) fn old(rule: &'static str, what: &'static str, pages: &'static [usize], spoil: fn(&mut Base)) -> Case {
    Case { shop: "swop-x1a", ..case(rule, what, pages, spoil) }
}

const RED: &str = "1 0 0 rg 100 200 50 50 re f";

fn gradient(space: Object, a: Vec<Object>, b: Vec<Object>) -> Dictionary {
    let function = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1, "C0" => a, "C1" => b,
    };
    dictionary! {
        "ShadingType" => 2, "ColorSpace" => space, "Function" => function,
        "Coords" => vec![0.into(), 0.into(), 100.into(), 0.into()],
    }
}

fn rgb_gradient() -> Dictionary {
    gradient(name("DeviceRGB"), vec![0.into(), 0.into(), 0.into()], vec![1.into(), 1.into(), 1.into()])
}

fn separation(ink: &str) -> Object {
    let function = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()], "C1" => vec![0.into(), 1.into(), 1.into(), 0.into()],
    };
    Object::Array(vec![name("Separation"), name(ink), name("DeviceCMYK"), function.into()])
}

pub(crate) fn group(space: &str) -> Dictionary {
    dictionary! { "Group" => dictionary! { "S" => "Transparency", "CS" => space } }
}

pub(crate) fn layers(base: &mut Base, config: Dictionary) {
    let layer = base.document.add_object(dictionary! { "Type" => "OCG", "Name" => text("Notes") });
    let mut main = dictionary! { "Name" => text("usual"), "Order" => vec![layer.into()] };
    main.extend(&config);
    if config.has(b"OFF") {
        main.set("OFF", vec![layer.into()]);
    }
    base.catalog().set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => main });
}

pub(crate) fn set_xmp(base: &mut Base, packet: &str) {
    let id = base.catalog().get(b"Metadata").unwrap().as_reference().unwrap();
    base.document.get_object_mut(id).unwrap().as_stream_mut().unwrap().set_plain_content(packet.as_bytes().to_vec());
}

pub(crate) fn ink(base: &mut Base, page: usize, key: &str, ink: &str, more: &str) {
    base.resource(page, "ColorSpace", key, separation(ink));
    base.add(page, &format!("/{key} cs 1 scn {more}"));
}

pub(crate) fn all() -> Vec<Case> {
    let mut list = file_and_boxes();
    list.extend(edges_and_type());
    list.extend(colours());
    list.extend(more::transparency_and_pictures());
    list.extend(more::condition_and_metadata());
    list.extend(more::not_for_print());
    list
}

fn file_and_boxes() -> Vec<Case> {
    let advert = || Purpose::Advert { trim: (Mm(210.0), Mm(297.0)), bleed: Mm(3.0) };
    vec![
        case("print/broken", "content that does not unpack", &[3], |b| {
            let id = b.page(3).get(b"Contents").unwrap().as_reference().unwrap();
            let stream = b.document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
            stream.dict.set("Filter", name("NoSuchDecode"));
        }),
        case("print/pdf-version", "PDF 2.0", &[], |b| b.document.version = "2.0".to_owned()),
        old("print/pdf-version", "PDF 1.5 as X-1a", &[], |b| b.catalog().set("Version", name("1.5"))),
        case("print/no-file-id", "no identifier", &[], |b| {
            b.document.trailer.remove(b"ID");
        }),
        case("print/no-trim", "missing trim", &[2], |b| {
            b.page(2).remove(b"TrimBox");
            b.page(2).set("CropBox", boxed(TRIM));
        }),
        case("print/trim-and-art", "two boxes", &[4], |b| b.page(4).set("ArtBox", boxed(TRIM))),
        case("print/trim-is-media", "trim = media", &[1], |b| {
            for key in ["MediaBox", "BleedBox"] {
                b.page(1).set(key, boxed(TRIM));
            }
        }),
        case("print/bleed-small", "missing bleed", &[3], |b| {
            b.page(3).set("BleedBox", boxed([8.0, 8.0, 607.28, 853.89]));
        }),
        case("print/no-bleed-box", "no bleed box", &[3], |b| {
            b.page(3).remove(b"BleedBox");
        }),
        case("print/boxes-not-nested", "trim outside bleed", &[2], |b| {
            b.page(2).set("BleedBox", boxed([12.0, 0.0, 615.28, 861.89]));
        }),
        case("print/page-sizes", "another size", &[2], |b| {
            b.page(2).set("TrimBox", boxed([10.0, 10.0, 605.28, 801.89]));
            b.page(2).set("MediaBox", boxed([0.0, 0.0, 615.28, 811.89]));
            b.page(2).set("BleedBox", boxed([0.0, 0.0, 615.28, 811.89]));
        }),
        case("print/spread", "two pages as one", &[3], |b| {
            b.page(3).set("MediaBox", boxed([-595.28, 0.0, 615.28, 861.89]));
            b.page(3).set("BleedBox", boxed([-595.28, 0.0, 615.28, 861.89]));
            b.page(3).set("TrimBox", boxed([-585.28, 10.0, 605.28, 851.89]));
        }),
        case("print/page-rotated", "a turned page", &[2], |b| b.page(2).set("Rotate", 90)),
        case("print/user-unit", "units of two points", &[2], |b| b.page(2).set("UserUnit", 2)),
        case("print/extent", "three pages", &[], |b| {
            let parent = b.page(4).get(b"Parent").unwrap().as_reference().unwrap();
            b.dict(parent).get_mut(b"Kids").unwrap().as_array_mut().unwrap().pop();
            b.dict(parent).set("Count", 3);
        }),
        case("print/preseparated", "a plate of a page", &[2], |b| {
            b.page(2).set("SeparationInfo", dictionary! { "DeviceColorant" => "Cyan" });
        }),
        Case {
            purpose: Purpose::Cover { page: (Mm(100.0), Mm(297.0)), inner_pages: 64 },
            change: |shop| {
                shop.binding = masthead::press::shop::Binding::Perfect;
                (shop.leaf, shop.board) = (Some(Mm(0.1)), Some(Mm(0.25)));
            },
            ..case("print/spine", "a spine for other paper", &[1, 2, 3, 4], |_| {})
        },
        Case { purpose: advert(), ..case("print/advert-pages", "an advert of four pages", &[], |_| {}) },
        Case {
            purpose: Purpose::Advert { trim: (Mm(105.0), Mm(148.0)), bleed: Mm(3.0) },
            ..case("print/advert-size", "an advert of another size", &[1], |b| {
                let parent = b.page(1).get(b"Parent").unwrap().as_reference().unwrap();
                b.dict(parent).get_mut(b"Kids").unwrap().as_array_mut().unwrap().truncate(1);
            })
        },
    ]
}

fn edges_and_type() -> Vec<Case> {
    vec![
        case("print/bleed-unfilled", "a picture that stops at the trim", &[3], |b| {
            b.resource(3, "XObject", "Im2", picture(900, 900, name("DeviceCMYK"), 4));
            b.add(3, "q 200 0 0 200 10 100 cm /Im2 Do Q");
        }),
        case("print/bleed-unfilled", "a tint that goes half into the bleed", &[2], |b| {
            b.add(2, "0 0.3 0 0 k 405 100 205 50 re f");
        }),
        case("print/bleed-unfilled", "a line that ends at the cut", &[2], |b| {
            b.add(2, "0 0 0 1 K 2 w 100 100 m 605.28 100 l S")
        }),
        case("print/text-near-trim", "text at the cut", &[4], |b| {
            b.add(4, "BT /F1 10 Tf 0 0 0 1 k 14 300 Td (Edge) Tj ET");
        }),
        case("print/font-not-embedded", "Helvetica", &[2], |b| {
            let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
            b.resource(2, "Font", "F2", font);
            b.add(2, "BT /F2 10 Tf 60 300 Td (Hello) Tj ET");
        }),
        case("print/font-not-embedded", "a composite font without its file", &[1], |b| {
            let part = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Mincho" };
            let part = b.document.add_object(part);
            let font = dictionary! {
                "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Mincho", "Encoding" => "Identity-H",
                "DescendantFonts" => vec![part.into()],
            };
            b.resource(1, "Font", "F2", font);
            b.add(1, "BT /F2 10 Tf 60 300 Td <00410042> Tj ET");
        }),
        case("print/type3-font", "letters as drawings", &[2], |b| {
            type_three(b, 2, "500 0 d0 0 0 400 400 re f");
        }),
        case("print/tiny-type", "3 pt", &[2], |b| b.add(2, "BT /F1 3 Tf 0 0 0 1 k 60 300 Td (Small) Tj ET")),
        case("print/tiny-type", "3 pt by its matrix", &[2], |b| {
            b.add(2, "BT /F1 1 Tf 0 0 0 1 k 3 0 0 3 60 300 Tm (Small) Tj ET");
        }),
        case("print/reversed-type", "white 5.5 pt on four inks", &[2], |b| {
            b.add(2, "0.5 0.5 0.5 0.5 k 50 290 90 30 re f BT /F1 5.5 Tf 0 0 0 0 k 60 300 Td (White) Tj ET");
        }),
        case("print/four-colour-text", "black of four inks", &[2], |b| {
            b.add(2, "BT /F1 9 Tf 0.6 0.4 0.4 1 k 60 300 Td (Rich) Tj ET");
        }),
        case("print/hairline", "0.1 pt", &[3], |b| b.add(3, "0 0 0 1 K 0.1 w 100 100 m 300 100 l S")),
        case("print/hairline", "thin by its matrix", &[3], |b| {
            b.add(3, "q 0.1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 3000 1000 l S Q");
        }),
        case("print/hairline", "an area as thin as a line", &[1], |b| b.add(1, "0 0 0 1 k 100 100 200 0.1 re f")),
    ]
}

fn type_three(b: &mut Base, page: usize, letter: &str) {
    let letter = b.document.add_object(Stream::new(Dictionary::new(), letter.as_bytes().to_vec()));
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "Name" => "Drawn", "FontBBox" => boxed([0.0, 0.0, 500.0, 500.0]),
        "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
        "CharProcs" => dictionary! { "a" => letter }, "FirstChar" => 97, "LastChar" => 97, "Widths" => vec![500.into()],
        "Encoding" => dictionary! { "Differences" => vec![97.into(), name("a")] }, "Resources" => Dictionary::new(),
    };
    b.resource(page, "Font", "F3", font);
    b.add(page, "BT /F3 10 Tf 0 0 0 1 k 60 300 Td (a) Tj ET");
}

fn colours() -> Vec<Case> {
    vec![
        case("print/rgb-text", "RGB text", &[2], |b| b.add(2, "BT /F1 10 Tf 1 0 0 rg 60 300 Td (Red) Tj ET")),
        case("print/rgb-vector", "an RGB area", &[2], |b| b.add(2, RED)),
        case("print/rgb-vector", "an RGB line", &[2], |b| b.add(2, "0 0 1 RG 2 w 100 100 m 300 100 l S")),
        case("print/rgb-vector", "CalRGB", &[2], |b| {
            let space = Object::Array(vec![
                name("CalRGB"),
                dictionary! { "WhitePoint" => vec![0.95.into(), 1.into(), 1.09.into()] }.into(),
            ]);
            b.resource(2, "ColorSpace", "Cs1", space);
            b.add(2, "/Cs1 cs 1 0 0 sc 100 200 50 50 re f");
        }),
        case("print/rgb-vector", "Lab", &[2], |b| {
            let space = Object::Array(vec![
                name("Lab"),
                dictionary! { "WhitePoint" => vec![0.95.into(), 1.into(), 1.09.into()] }.into(),
            ]);
            b.resource(2, "ColorSpace", "Cs1", space);
            b.add(2, "/Cs1 cs 50 10 10 sc 100 200 50 50 re f");
        }),
        case("print/rgb-vector", "RGB with an ICC profile", &[2], |b| {
            let profile = b.document.add_object(icc("mntr", "RGB "));
            b.resource(2, "ColorSpace", "Cs1", Object::Array(vec![name("ICCBased"), profile.into()]));
            b.add(2, "/Cs1 cs 1 0 0 sc 100 200 50 50 re f");
        }),
        case("print/rgb-vector", "RGB in a form in a form", &[4], |b| {
            let inner = b.form(4, "Fm1", Dictionary::new(), RED);
            let own = dictionary! { "Resources" => dictionary! { "XObject" => dictionary! { "A" => inner } } };
            b.form(4, "Fm2", own, "q /A Do Q");
            b.add(4, "/Fm2 Do");
        }),
        case("print/rgb-vector", "RGB in a pattern", &[2], |b| {
            let dict = dictionary! {
                "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1,
                "BBox" => boxed([0.0, 0.0, 200.0, 300.0]), "XStep" => 200, "YStep" => 300, "Resources" => Dictionary::new(),
            };
            b.resource(2, "Pattern", "P1", Stream::new(dict, RED.as_bytes().to_vec()));
            b.add(2, "/Pattern cs /P1 scn 100 200 50 50 re f");
        }),
        case("print/rgb-vector", "RGB in a soft mask", &[2], |b| {
            let mask = b.form(
                2,
                "Mask",
                dictionary! { "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" } },
                RED,
            );
            b.state(2, "Gs1", dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } });
            b.add(2, "q /Gs1 gs 0 0 0 1 k 100 200 50 50 re f Q");
        }),
        case("print/rgb-vector", "RGB in a stencil", &[2], |b| {
            let mut stencil = picture(900, 900, name("DeviceGray"), 1);
            stencil.dict.remove(b"ColorSpace");
            stencil.dict.set("ImageMask", true);
            stencil.dict.set("BitsPerComponent", 1);
            b.resource(2, "XObject", "Im2", stencil);
            b.add(2, "1 0 0 rg q 50 0 0 50 60 200 cm /Im2 Do Q");
        }),
        case("print/rgb-shading", "an RGB gradient", &[2], |b| {
            b.resource(2, "Shading", "Sh1", rgb_gradient());
            b.add(2, "q 100 200 50 50 re W n /Sh1 sh Q");
        }),
        case("print/rgb-shading", "an RGB gradient as pattern", &[2], |b| {
            b.resource(2, "Pattern", "P1", dictionary! { "PatternType" => 2, "Shading" => rgb_gradient() });
            b.add(2, "/Pattern cs /P1 scn 100 200 50 50 re f");
        }),
        case("print/rgb-picture", "an RGB picture", &[1], |b| {
            b.resource(1, "XObject", "Im2", picture(420, 420, name("DeviceRGB"), 3));
            b.add(1, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/rgb-picture", "a picture by a list of RGB", &[1], |b| {
            let list = Object::Array(vec![name("Indexed"), name("DeviceRGB"), 1.into(), text("abcdef")]);
            b.resource(1, "XObject", "Im2", picture(420, 420, list, 1));
            b.add(1, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/rgb-picture", "an inline RGB picture", &[1], |b| {
            b.add(1, "q 1 0 0 1 200 600 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID \u{1}\u{2}\u{3} EI Q");
        }),
        case("print/icc-gray", "gray with a profile", &[2], |b| {
            let profile = b.document.add_object(icc("spac", "GRAY"));
            b.resource(2, "ColorSpace", "Cs1", Object::Array(vec![name("ICCBased"), profile.into()]));
            b.add(2, "BT /F1 10 Tf /Cs1 cs 0 sc 60 300 Td (Gray) Tj ET");
        }),
        old("print/profiled-colour", "CalGray in X-1a", &[2], |b| {
            let space = Object::Array(vec![name("CalGray"), dictionary! { "Gamma" => 2.2 }.into()]);
            b.resource(2, "ColorSpace", "Cs1", space);
            b.add(2, "BT /F1 10 Tf /Cs1 cs 0 sc 60 300 Td (Gray) Tj ET");
        }),
        case("print/cmyk-profile", "CMYK of another press", &[2], |b| {
            let mut other = icc("prtr", "CMYK");
            other.content[100] = 1;
            let profile = b.document.add_object(other);
            b.resource(2, "ColorSpace", "Cs1", Object::Array(vec![name("ICCBased"), profile.into()]));
            b.add(2, "/Cs1 cs 0 1 1 0 sc 100 200 50 50 re f");
        }),
        Case {
            shop: "digital",
            ..case("print/spot-colour", "a spot where it is folded", &[3], |b| {
                ink(b, 3, "Cs1", "PANTONE 185 C", "100 200 50 50 re f")
            })
        },
        case("print/many-plates", "five spot colours", &[], |b| {
            for n in 1..=5 {
                ink(
                    b,
                    2,
                    &format!("Cs{n}"),
                    &format!("Spot {n} of {}", ["a", "b", "c", "d", "e"][n - 1]),
                    "100 200 50 50 re f",
                );
            }
        }),
        case("print/spot-names", "one ink by two names", &[], |b| {
            ink(b, 2, "Cs1", "PANTONE 185 C", "100 200 50 50 re f");
            ink(b, 3, "Cs1", "Pantone 185C", "100 200 50 50 re f");
        }),
        case("print/registration-colour", "the colour of marks", &[2], |b| {
            ink(b, 2, "Cs1", "All", "100 200 50 50 re f")
        }),
        case("print/too-much-ink", "400 %", &[2], |b| b.add(2, "1 1 1 1 k 100 200 50 50 re f")),
    ]
}
