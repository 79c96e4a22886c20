//! The library of faulty files, continued: transparency, pictures, metadata, what does not print; and good files.

use super::base::{Base, MEDIA, boxed, icc, name, picture, text, xmp};
use super::cases::{Case, case, group, ink, layers, old, set_xmp};
use lopdf::{Dictionary, Object, Stream, dictionary};
use masthead::manifest::Mm;
use masthead::press::preflight::Purpose;

pub(crate) fn transparency_and_pictures() -> Vec<Case> {
    vec![
        case("print/rgb-group", "a form that blends in RGB", &[2], |b| {
            b.form(2, "Fm1", group("DeviceRGB"), "0 0 0 1 k 100 200 50 50 re f");
            b.add(2, "/Fm1 Do");
        }),
        case("print/rgb-group", "a page that blends in RGB", &[4], |b| b.page(4).extend(&group("DeviceRGB"))),
        old("print/transparency", "opacity in X-1a", &[2], |b| {
            b.state(2, "Gs1", dictionary! { "ca" => 0.5 });
            b.add(2, "/Gs1 gs 0 0 0 1 k 100 200 50 50 re f");
        }),
        old("print/transparency", "a blend mode in X-1a", &[2], |b| {
            b.state(2, "Gs1", dictionary! { "BM" => "Multiply" });
            b.add(2, "/Gs1 gs 0 0 0 1 k 100 200 50 50 re f");
        }),
        old("print/transparency", "a group in X-1a", &[2], |b| {
            b.form(2, "Fm1", group("DeviceCMYK"), "0 0 0 1 k 100 200 50 50 re f");
            b.add(2, "/Fm1 Do");
        }),
        old("print/transparency", "a see-through picture in X-1a", &[2], |b| {
            let mask = b.document.add_object(picture(420, 420, name("DeviceGray"), 1));
            let mut image = picture(420, 420, name("DeviceCMYK"), 4);
            image.dict.set("SMask", mask);
            b.resource(2, "XObject", "Im2", image);
            b.add(2, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/black-text-knocks-out", "black on a tint", &[2], |b| {
            b.add(2, "0.2 0.2 0 0 k 50 290 90 30 re f BT /F1 10 Tf 0 0 0 1 k 60 300 Td (Black) Tj ET");
        }),
        case("print/white-overprints", "white overprints", &[2], |b| {
            b.state(2, "Gs1", dictionary! { "OP" => true, "op" => true, "OPM" => 1 });
            b.add(2, "q /Gs1 gs BT /F1 10 Tf 0 0 0 0 k 60 780 Td (White) Tj ET Q");
        }),
        case("print/overprint-mode", "overprint mode 0", &[2], |b| {
            b.state(2, "Gs1", dictionary! { "OP" => true, "op" => true, "OPM" => 0 });
            b.add(2, "q /Gs1 gs BT /F1 10 Tf 0 0 0 1 k 60 780 Td (Black) Tj ET Q");
        }),
        case("print/low-resolution", "72 ppi", &[3], |b| {
            b.resource(3, "XObject", "Im2", picture(100, 100, name("DeviceCMYK"), 4));
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/soft-picture", "180 ppi", &[3], |b| {
            b.resource(3, "XObject", "Im2", picture(250, 250, name("DeviceCMYK"), 4));
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/coarse-line-art", "one bit at 300 ppi", &[3], |b| {
            let mut image = picture(420, 420, name("DeviceGray"), 1);
            image.dict.set("BitsPerComponent", 1);
            b.resource(3, "XObject", "Im2", image);
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/compression", "LZW", &[3], |b| {
            let mut image = picture(420, 420, name("DeviceCMYK"), 4);
            image.dict.set("Filter", name("LZWDecode"));
            b.resource(3, "XObject", "Im2", image);
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        old("print/compression", "JPEG 2000 in X-1a", &[3], |b| {
            let mut image = picture(420, 420, name("DeviceCMYK"), 4);
            image.dict.set("Filter", name("JPXDecode"));
            b.resource(3, "XObject", "Im2", image);
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/alternate-picture", "an alternate", &[3], |b| {
            let mut image = picture(420, 420, name("DeviceCMYK"), 4);
            image.dict.set("Alternates", Vec::<Object>::new());
            b.resource(3, "XObject", "Im2", image);
            b.add(3, "q 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("print/stand-in", "OPI", &[3], |b| {
            b.form(
                3,
                "Fm1",
                dictionary! { "OPI" => dictionary! { "2.0" => Dictionary::new() } },
                "0 0 0 1 k 100 200 50 50 re f",
            );
            b.add(3, "/Fm1 Do");
        }),
    ]
}

pub(crate) fn condition_and_metadata() -> Vec<Case> {
    vec![
        case("print/no-output-intent", "none", &[], |b| {
            b.catalog().remove(b"OutputIntents");
        }),
        case("print/no-output-intent", "one for PDF/A", &[], |b| {
            let id = b.intent;
            b.dict(id).set("S", name("GTS_PDFA1"));
        }),
        case("print/two-output-intents", "two", &[], |b| {
            let id = b.intent;
            b.catalog().set("OutputIntents", vec![id.into(), id.into()]);
        }),
        case("print/output-intent-profile", "no profile", &[], |b| {
            let id = b.intent;
            b.dict(id).remove(b"DestOutputProfile");
        }),
        case("print/output-intent-class", "a screen's profile", &[], |b| {
            let profile = b.document.add_object(icc("mntr", "RGB "));
            let id = b.intent;
            b.dict(id).set("DestOutputProfile", profile);
        }),
        case("print/output-intent-inks", "a printer's RGB profile", &[], |b| {
            let profile = b.document.add_object(icc("prtr", "RGB "));
            let id = b.intent;
            b.dict(id).set("DestOutputProfile", profile);
        }),
        case("print/output-intent-other", "another press", &[], |b| {
            let id = b.intent;
            b.dict(id).set("OutputConditionIdentifier", text("CGATS TR 001"));
        }),
        case("print/no-xmp", "no metadata", &[], |b| {
            b.catalog().remove(b"Metadata");
        }),
        case("print/no-xmp", "metadata that are no XML", &[], |b| set_xmp(b, "<x:xmpmeta")),
        case("print/standard", "another standard", &[], |b| set_xmp(b, &xmp("PDF/X-3:2002"))),
        case("print/standard", "no standard", &[], |b| set_xmp(b, &xmp("PDF/X-4").replace("pdfxid:GTS", "pdfxid:GT"))),
        old("print/standard", "X-1a that does not say it", &[], |b| {
            b.info().remove(b"GTS_PDFXVersion");
        }),
        case("print/dates", "no date of the metadata", &[], |b| {
            set_xmp(b, &xmp("PDF/X-4").replace("xmp:MetadataDate=", "xmp:Other="));
        }),
        old("print/dates", "no dates in X-1a", &[], |b| {
            b.info().remove(b"ModDate");
        }),
        case("print/trapped", "unknown", &[], |b| {
            b.info().set("Trapped", name("Unknown"));
            set_xmp(b, &xmp("PDF/X-4").replace("pdf:Trapped=\"False\"", "pdf:Trapped=\"Unknown\""));
        }),
        case("print/no-title", "no title", &[], |b| {
            b.info().remove(b"Title");
            set_xmp(b, &xmp("PDF/X-4").replace("Gazette", ""));
        }),
        case("print/document-id", "no version of the document", &[], |b| {
            set_xmp(b, &xmp("PDF/X-4").replace("xmpMM:VersionID=", "xmpMM:Other="));
        }),
        case("print/metadata-disagree", "two titles", &[], |b| b.info().set("Title", text("Another"))),
        case("print/metadata-disagree", "two dates", &[], |b| b.info().set("CreationDate", text("D:20261101103000Z"))),
    ]
}

fn annotation(b: &mut Base, page: usize, area: [f32; 4], more: Dictionary) {
    let mut dict = dictionary! { "Type" => "Annot", "Rect" => boxed(area) };
    dict.extend(&more);
    let id = b.document.add_object(dict);
    b.page(page).set("Annots", vec![id.into()]);
}

pub(crate) fn not_for_print() -> Vec<Case> {
    vec![
        case("print/annotation", "a link", &[2], |b| {
            let action = dictionary! { "S" => "URI", "URI" => text("https://masthead.example") };
            annotation(b, 2, [100.0, 100.0, 200.0, 120.0], dictionary! { "Subtype" => "Link", "A" => action });
        }),
        case("print/form", "a form", &[], |b| {
            let field = b.document.add_object(dictionary! { "FT" => "Tx", "T" => text("name") });
            b.catalog().set("AcroForm", dictionary! { "Fields" => vec![field.into()] });
        }),
        case("print/javascript", "a script", &[], |b| {
            b.catalog().set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") });
        }),
        case("print/action", "a program is started", &[], |b| {
            b.catalog().set("OpenAction", dictionary! { "S" => "Launch", "F" => text("x.exe") });
        }),
        case("print/action", "a page that acts", &[3], |b| {
            b.page(3).set("AA", dictionary! { "O" => dictionary! { "S" => "GoTo" } });
        }),
        case("print/embedded-file", "an attachment", &[], |b| {
            b.catalog()
                .set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => Vec::<Object>::new() } });
        }),
        old("print/layers", "layers in X-1a", &[], |b| layers(b, Dictionary::new())),
        case("print/hidden-layer", "a layer that is off", &[], |b| {
            layers(b, dictionary! { "OFF" => Vec::<Object>::new() })
        }),
        case("print/layer-settings", "layers that switch", &[], |b| {
            layers(b, dictionary! { "AS" => Vec::<Object>::new() })
        }),
        case("print/postscript", "PostScript", &[2], |b| {
            b.resource(2, "XObject", "Ps1", Stream::new(dictionary! { "Subtype" => "PS" }, b"showpage".to_vec()));
            b.add(2, "/Ps1 Do");
        }),
        case("print/transfer-function", "a transfer function", &[2], |b| {
            b.state(2, "Gs1", dictionary! { "TR" => "Identity" });
            b.add(2, "/Gs1 gs");
        }),
        case("print/halftone", "a screen of its own", &[2], |b| {
            let screen =
                dictionary! { "HalftoneType" => 1, "HalftoneName" => text("mine"), "Frequency" => 60, "Angle" => 45 };
            b.state(2, "Gs1", dictionary! { "HT" => screen });
            b.add(2, "/Gs1 gs");
        }),
        case("print/encrypted", "restrictions without a password", &[], |_| {}),
    ]
}

/// What is well, though it looks like a fault.
pub(crate) fn good() -> Vec<Case> {
    vec![
        case("", "a link outside the bleed", &[], |b| {
            b.page(2).set("MediaBox", boxed([-100.0, 0.0, MEDIA[2], MEDIA[3]]));
            annotation(b, 2, [-90.0, 100.0, -50.0, 120.0], dictionary! { "Subtype" => "Link" });
        }),
        case("", "a page that draws its tint in two pieces", &[], |b| {
            b.add(2, "0 0.3 0 0 k 10 100 200 50 re f 0 100 10 50 re f");
        }),
        case("", "invisible text at the cut", &[], |b| b.add(2, "BT /F1 10 Tf 3 Tr 12 300 Td (Hidden) Tj ET")),
        case("", "black on a tint, overprinting", &[], |b| {
            b.state(2, "Gs1", dictionary! { "OP" => true, "op" => true, "OPM" => 1 });
            b.add(2, "0.2 0.2 0 0 k 50 290 90 30 re f /Gs1 gs BT /F1 10 Tf 0 0 0 1 k 60 300 Td (Black) Tj ET");
        }),
        case("", "RGB behind a clip that leaves nothing of a picture", &[], |b| {
            b.resource(1, "XObject", "Im2", picture(420, 420, name("DeviceRGB"), 3));
            b.add(1, "q 0 0 10 10 re W n 100 0 0 100 200 600 cm /Im2 Do Q");
        }),
        case("", "spot colours", &[], |b| ink(b, 3, "Cs1", "PANTONE 185 C", "100 200 50 50 re f")),
        case("", "live transparency in X-4", &[], |b| {
            b.state(2, "Gs1", dictionary! { "ca" => 0.5, "BM" => "Multiply" });
            b.form(2, "Fm1", group("DeviceCMYK"), "/Gs1 gs 0 0 0 1 k 100 200 50 50 re f");
            b.add(2, "/Fm1 Do");
        }),
        case("", "layers in X-4", &[], |b| layers(b, Dictionary::new())),
        case("", "crop marks outside the bleed", &[], |b| {
            b.page(2).set("MediaBox", boxed([-30.0, -30.0, 645.28, 891.89]));
            b.add(2, "0 0 0 1 K 0.25 w -25 10 m -5 10 l S 10 -25 m 10 -5 l S");
        }),
        Case {
            change: |shop| shop.keep_rgb = true,
            ..case("", "an ICC-based photograph where the shop keeps it", &[], |b| {
                let profile = b.document.add_object(icc("mntr", "RGB "));
                let space = Object::Array(vec![name("ICCBased"), profile.into()]);
                b.resource(1, "XObject", "Im2", picture(420, 420, space, 3));
                b.add(1, "q 100 0 0 100 200 600 cm /Im2 Do Q");
            })
        },
        old("", "X-1a by itself", &[], |_| {}),
        Case {
            change: |shop| shop.spreads = true,
            ..case("", "spreads between single pages", &[], |b| {
                for page in [2, 3] {
                    b.page(page).set("MediaBox", boxed([-595.28, 0.0, 615.28, 861.89]));
                    b.page(page).set("BleedBox", boxed([-595.28, 0.0, 615.28, 861.89]));
                    b.page(page).set("TrimBox", boxed([-585.28, 10.0, 605.28, 851.89]));
                    b.add(page, "q 0.4 0.2 0 0 k -600 761 615 100.89 re f Q");
                }
            })
        },
        Case {
            purpose: Purpose::Advert { trim: (Mm(210.0), Mm(297.0)), bleed: Mm(3.0) },
            ..case("", "an advert needs no output intent and no metadata", &[], |b| {
                let parent = b.page(1).get(b"Parent").unwrap().as_reference().unwrap();
                b.dict(parent).get_mut(b"Kids").unwrap().as_array_mut().unwrap().truncate(1);
                b.catalog().remove(b"OutputIntents");
                b.catalog().remove(b"Metadata");
                b.document.trailer.remove(b"Info");
            })
        },
    ]
}
