//! The print edition of both sample issues, looked at object by object: inks alone, black that prints over, boxes, bleed, and
//! the pages that the screen edition has. What needs plates is ignored here and run by `tests/conformance/plates`.

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/built.rs"]
mod built;
#[path = "support/pdf_text.rs"]
mod pdf_text;

use built::Publication;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use pdf_text::Pdf;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const ISSUES: [&str; 2] = ["2026-10", "2026-11"];

/// A sample issue's print and screen editions, and what stands beside them.
struct Made {
    name: &'static str,
    print: Vec<u8>,
    screen: Vec<u8>,
    sheet: String,
    report: String,
    said: String,
}

static MADE: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let publication = Publication::copy("gazette");
    let one = |name: &'static str| {
        let run = publication.run(&["build", name, "--edition", "screen,print", "--no-render"]);
        assert_eq!(run.status, Some(0), "{}", run.err);
        let dist = publication.dist();
        let find = |ending: &str| {
            let file = dist.iter().find(|(path, _)| path.starts_with(name) && path.ends_with(ending));
            file.unwrap_or_else(|| panic!("no {ending} among {:?}", dist.keys())).1.clone()
        };
        let text = |ending: &str| String::from_utf8(find(ending)).unwrap();
        let (print, screen) = (find("-print.pdf"), find("-screen.pdf"));
        Made { name, print, screen, sheet: text("-print.txt"), report: text("-preflight.html"), said: run.err }
    };
    ISSUES.map(one).into()
});

fn open(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn plain(stream: &Stream) -> Vec<u8> {
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

/// Every content stream of a document: pages', forms' and tiles', with what it is.
fn contents(document: &Document) -> Vec<(String, Vec<u8>)> {
    let mut list: Vec<(String, Vec<u8>)> = document
        .get_pages()
        .into_iter()
        .map(|(number, id)| (format!("page {number}"), document.get_page_content(id)))
        .collect();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form");
        if form || stream.dict.has(b"PatternType") {
            list.push((format!("form {}", id.0), plain(stream)));
        }
    }
    list
}

/// Whether a colour space, as it stands or behind references, is made of light.
fn is_light(document: &Document, object: &Object, depth: usize) -> bool {
    let Ok((_, object)) = document.dereference(object) else { return false };
    match object {
        Object::Name(name) => [&b"DeviceRGB"[..], b"CalRGB", b"Lab"].contains(&name.as_slice()),
        Object::Array(list) if depth < 6 => {
            let icc = list.first().and_then(|o| o.as_name().ok()).is_some_and(|n| n == b"ICCBased");
            if !icc {
                return list.iter().any(|o| is_light(document, o, depth + 1));
            }
            let stream = list.get(1).and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
            stream.and_then(|s| s.dict.get(b"N").ok()).and_then(|n| n.as_i64().ok()) == Some(3)
        }
        _ => false,
    }
}

#[test]
fn no_light_is_left_in_operators_pictures_shadings_and_groups() {
    for made in MADE.iter() {
        let document = open(&made.print);
        for (whose, content) in contents(&document) {
            for operation in Content::decode(&content).unwrap().operations {
                let light = matches!(operation.operator.as_str(), "rg" | "RG" | "sc" | "SC")
                    || matches!(operation.operator.as_str(), "cs" | "CS")
                        && operation.operands.first().and_then(|o| o.as_name().ok()) != Some(b"Pattern");
                assert!(!light, "{}, {whose}: {operation:?}", made.name);
            }
        }
        for (id, object) in &document.objects {
            let dict = match object {
                Object::Stream(stream) => &stream.dict,
                Object::Dictionary(dict) => dict,
                _ => continue,
            };
            for key in [&b"ColorSpace"[..], b"CS"] {
                let Ok(space) = dict.get(key) else { continue };
                assert!(!is_light(&document, space, 0), "{}, object {}: {space:?}", made.name, id.0);
            }
            if let Ok(group) = dict.get_deref(b"Group", &document).and_then(Object::as_dict) {
                assert!(
                    !group.get(b"CS").is_ok_and(|cs| is_light(&document, cs, 0)),
                    "{}, group of {}",
                    made.name,
                    id.0
                );
            }
        }
    }
}

/// The names of the graphics states that print over.
fn over(document: &Document, resources: &Dictionary) -> BTreeSet<Vec<u8>> {
    let Ok(table) = resources.get_deref(b"ExtGState", document).and_then(Object::as_dict) else {
        return BTreeSet::new();
    };
    let prints_over = |state: &Object| {
        let state = document.dereference(state).ok().and_then(|(_, o)| o.as_dict().ok());
        state.is_some_and(|d| d.get(b"op").and_then(Object::as_bool).unwrap_or(false))
    };
    table.iter().filter(|(_, state)| prints_over(state)).map(|(name, _)| name.clone()).collect()
}

#[test]
fn black_text_prints_over_and_coloured_text_does_not() {
    for made in MADE.iter() {
        let document = open(&made.print);
        let (mut black, mut coloured) = (0, 0);
        for (number, id) in document.get_pages() {
            let page = document.get_dictionary(id).unwrap();
            let resources = page.get_deref(b"Resources", &document).unwrap().as_dict().unwrap();
            let over = over(&document, resources);
            let mut stack = vec![(vec![0.0, 0.0, 0.0, 1.0], false)];
            for operation in Content::decode(&document.get_page_content(id)).unwrap().operations {
                let last = stack.len() - 1;
                match operation.operator.as_str() {
                    "q" => stack.push(stack[last].clone()),
                    "Q" => drop(stack.pop()),
                    "k" => stack[last].0 = operation.operands.iter().map(|o| o.as_float().unwrap()).collect(),
                    "scn" => stack[last].0 = Vec::new(),
                    "gs" => {
                        let name = operation.operands[0].as_name().unwrap();
                        if name.starts_with(b"Masthead") {
                            stack[last].1 = over.contains(name);
                        }
                    }
                    "Tj" | "TJ" => {
                        let (inks, prints_over) = &stack[last];
                        let is_black = inks.as_slice() == [0.0, 0.0, 0.0, 1.0];
                        assert_eq!(is_black, *prints_over, "{}, page {number}: {inks:?}", made.name);
                        *if is_black { &mut black } else { &mut coloured } += 1;
                    }
                    _ => {}
                }
            }
        }
        assert!(black > 500 && coloured > 50, "{}: {black} and {coloured}", made.name);
    }
}

#[test]
fn every_page_has_its_boxes_and_nothing_for_screens() {
    for made in MADE.iter() {
        let document = open(&made.print);
        let catalog = document.catalog().unwrap();
        for key in [&b"Outlines"[..], b"StructTreeRoot", b"Names", b"Dests", b"OpenAction", b"AcroForm"] {
            assert!(!catalog.has(key), "{}: {}", made.name, String::from_utf8_lossy(key));
        }
        for id in document.get_pages().into_values() {
            let page = document.get_dictionary(id).unwrap();
            let rect = |key: &[u8]| -> Vec<f32> {
                page.get(key).unwrap().as_array().unwrap().iter().map(|o| o.as_float().unwrap()).collect()
            };
            let (media, bleed, trim) = (rect(b"MediaBox"), rect(b"BleedBox"), rect(b"TrimBox"));
            assert!(!page.has(b"Annots") && media == bleed);
            let near = |a: f32, mm: f32| (a - mm * 72.0 / 25.4).abs() < 0.02;
            assert!(near(trim[2] - trim[0], 210.0) && near(trim[3] - trim[1], 297.0), "{trim:?}");
            assert!(near(trim[0] - bleed[0], 3.0) && near(bleed[3] - trim[3], 3.0), "{trim:?} in {bleed:?}");
        }
    }
}

/// The letters of a page: where they stand is the layout tests' affair.
fn letters(pdf: &Pdf, page: usize) -> String {
    let runs = pdf.all_text(page);
    let mut text: Vec<String> = runs.iter().filter(|r| r.size > 1.5).map(|r| r.text.clone()).collect();
    text.sort();
    text.concat().chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn print_and_screen_are_the_same_pages() {
    for made in MADE.iter() {
        let (print, screen) = (Pdf::read(&made.print), Pdf::read(&made.screen));
        assert_eq!(print.page_count(), screen.page_count());
        for page in 0..print.page_count() {
            // An advert's own page is drawn, and has no letters of ours but its label.
            assert_eq!(letters(&print, page), letters(&screen, page), "{}, page {}", made.name, page + 1);
        }
    }
}

#[test]
fn the_preflight_has_nothing_to_say_and_the_sheet_tells_all() {
    for made in MADE.iter() {
        // Only what was not rendered is said.
        assert!(!made.said.contains("error[") && !made.said.contains("warning[print/"), "{}", made.said);
        assert!(made.said.contains("not checked: ink on the rendered page"), "{}", made.said);
        assert!(made.report.contains("<html"));
        for words in
            ["PDF/X-4", "FOGRA39", "210 x 297 mm", "3 mm on every side", "saddle stitch", "SHA-256", "no fault"]
        {
            assert!(made.sheet.contains(words), "{words} in {}", made.sheet);
        }
        assert!(made.sheet.lines().all(|l| l.chars().count() <= 84), "{}", made.sheet);
    }
}

/// A full-page advert of vector art in several kinds of ink, with its bleed.
fn advert() -> Vec<u8> {
    let mut document = Document::with_version("1.6");
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![0.into(), Object::Real(0.9), Object::Real(0.6), 0.into()],
    };
    let tint = document.add_object(tint);
    let spot: Vec<Object> = vec!["Separation".into(), "House Red".into(), "DeviceCMYK".into(), tint.into()];
    let content = b"0 0 0 0.1 k 0 0 612.2835 858.8976 re f 0.85 0.6 0.2 0.25 k 100 100 200 200 re f \
        0 0 0 1 k 320 100 30 200 re f /Spot cs 0.8 scn 100 400 200 200 re f \
        /Over gs 0 1 0 0 k 200 450 50 50 re f"
        .to_vec();
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let pages = document.new_object_id();
    let real = |list: [f32; 4]| list.into_iter().map(Object::Real).collect::<Vec<_>>();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => real([0.0, 0.0, 612.2835, 858.8976]), "BleedBox" => real([0.0, 0.0, 612.2835, 858.8976]),
        "TrimBox" => real([8.504, 8.504, 603.779, 850.394]),
        "Resources" => dictionary! {
            "ColorSpace" => dictionary! { "Spot" => spot },
            "ExtGState" => dictionary! { "Over" => dictionary! { "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1 } },
        },
    });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

#[test]
fn an_advert_keeps_its_inks_its_spot_colour_and_its_overprint() {
    let publication = Publication::copy("gazette");
    let file = publication.path("2026-11/adverts/penumbra-full.pdf");
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, advert()).unwrap();
    let run = publication.run(&["build", "2026-11", "--edition", "print", "--no-render"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let dist = publication.dist();
    let print = &dist.iter().find(|(path, _)| path.ends_with("-print.pdf")).unwrap().1;
    let document = open(print);
    let forms = document.objects.values().filter_map(|o| o.as_stream().ok());
    let form = forms.filter(|s| s.dict.has(b"BBox")).find(|s| plain(s).windows(9).any(|w| w == b"/Spot cs\n"));
    let form = form.expect("the advert is a form with its spot colour");
    let text = String::from_utf8(plain(form)).unwrap();
    for words in ["0.85 0.6 0.2 0.25 k", "0.0 0.0 0.0 1.0 k", "/Spot cs", "0.8 scn", "/Over gs"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("Masthead"), "an advert's own overprint is its maker's");
    let resources = form.dict.get_deref(b"Resources", &document).unwrap().as_dict().unwrap();
    let state =
        resources.get_deref(b"ExtGState", &document).unwrap().as_dict().unwrap().get_deref(b"Over", &document).unwrap();
    assert_eq!(state.as_dict().unwrap().get(b"OPM").unwrap().as_i64().unwrap(), 1);
    let space = resources
        .get_deref(b"ColorSpace", &document)
        .unwrap()
        .as_dict()
        .unwrap()
        .get_deref(b"Spot", &document)
        .unwrap();
    assert_eq!(space.as_array().unwrap()[1].as_name().unwrap(), b"House Red");
    let sheet = &dist.iter().find(|(path, _)| path.ends_with("-print.txt")).unwrap().1;
    assert!(String::from_utf8_lossy(sheet).contains("and House Red"));
}

#[test]
fn a_fault_stops_the_print_edition_and_nothing_else() {
    let publication = Publication::copy("gazette");
    publication.build("2026-11");
    let before = publication.dist();
    std::fs::create_dir_all(publication.path("shops")).unwrap();
    let shop = "inherits = \"fogra39-x4\"\n[picture]\nminimum = 600\nwarning = 600\n";
    std::fs::write(publication.path("shops/fussy.toml"), shop).unwrap();
    publication.edit("masthead.toml", "shop = \"fogra39-x4\"", "shop = \"shops/fussy.toml\"");
    let run = publication.run(&["build", "2026-11", "--no-render"]);
    assert_eq!(run.status, Some(1), "{}", run.err);
    assert!(
        run.err.contains("error[print/preflight]") && run.err.contains("error[print/low-resolution]"),
        "{}",
        run.err
    );
    let after = publication.dist();
    let same = |ending: &str| {
        let find = |dist: &std::collections::BTreeMap<String, Vec<u8>>| {
            dist.iter().find(|(path, _)| path.ends_with(ending)).map(|(_, bytes)| bytes.clone())
        };
        find(&before) == find(&after)
    };
    assert!(same("-print.pdf") && same("latest.epub") && same("latest.pdf"), "the last good ones stand");
    let report = after.iter().find(|(path, _)| path.ends_with("-print-refused-preflight.html")).unwrap().1;
    assert!(String::from_utf8_lossy(report).contains("print/low-resolution"));
    assert!(after.keys().any(|path| path.ends_with("-print-refused.pdf")), "it is there to look at");
    // The next good one takes it away.
    publication.edit("masthead.toml", "shop = \"shops/fussy.toml\"", "shop = \"fogra39-x4\"");
    let run = publication.run(&["build", "2026-11", "--edition", "print", "--no-render"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(!publication.dist().keys().any(|path| path.contains("-refused")));
}

#[test]
fn a_cover_goes_apart_or_around_and_pages_go_in_pairs() {
    let publication = Publication::copy("gazette");
    std::fs::create_dir_all(publication.path("shops")).unwrap();
    let shop = "inherits = \"fogra39-x4\"\n[page]\ncover = \"wrap-around\"\nbinding = \"perfect\"\nas = \"spreads\"\n";
    let paper = "[paper]\nleaf = 0.1\nboard = 0.25\n";
    let file = publication.path("shops/glued.toml");
    std::fs::write(&file, shop).unwrap();
    let run = publication.run(&["build", "2026-11", "--edition", "print", "--no-render", "--shop", "glued"]);
    assert!(run.status == Some(1) && run.err.contains("does not say how thick the paper is"), "{}", run.err);
    std::fs::write(&file, format!("{shop}{paper}[marks]\ncrop = true\nfold = true\n")).unwrap();
    let run = publication.run(&["build", "2026-11", "--edition", "print", "--no-render", "--shop", "glued"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let dist = publication.dist();
    let trims = |ending: &str| -> Vec<f32> {
        let document = open(dist.iter().find(|(path, _)| path.ends_with(ending)).unwrap().1);
        let width = |id: &lopdf::ObjectId| {
            let trim = document.get_dictionary(*id).unwrap().get(b"TrimBox").unwrap().as_array().unwrap();
            (trim[2].as_float().unwrap() - trim[0].as_float().unwrap()) * 25.4 / 72.0
        };
        document.get_pages().values().map(width).collect()
    };
    // 28 inner pages are 14 leaves: 1.4 mm and two boards of 0.25 mm.
    let cover = trims("-print-cover.pdf");
    assert!(cover.len() == 2 && cover.iter().all(|w| (w - 421.9).abs() < 0.05), "{cover:?}");
    let inner = trims("-print.pdf");
    assert!(inner.len() == 15 && (inner[0] - 210.0).abs() < 0.05 && (inner[1] - 420.0).abs() < 0.05, "{inner:?}");
    let sheet = &dist.iter().find(|(path, _)| path.ends_with("-print.txt")).unwrap().1;
    assert!(String::from_utf8_lossy(sheet).contains("spine 1.9 mm"));
}

/// Ghostscript's plates of one page: ink names and samples, width first.
fn plates(pdf: &std::path::Path, page: usize, ppi: usize) -> Vec<(String, usize, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("p.tif");
    let run = std::process::Command::new("gs")
        .args(["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-sCompression=none"])
        .arg(format!("-r{ppi}"))
        .args([format!("-dFirstPage={page}"), format!("-dLastPage={page}")])
        .arg(format!("-sOutputFile={}", out.display()))
        .arg(pdf)
        .status()
        .expect("Ghostscript is installed");
    assert!(run.success());
    let mut list = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(ink) = name.strip_prefix("p(").and_then(|n| n.strip_suffix(").tif")) else { continue };
        let picture = image::open(&path).unwrap().into_luma8();
        // A plate is dark where there is ink.
        list.push((ink.to_owned(), picture.width() as usize, picture.into_raw().iter().map(|v| 255 - v).collect()));
    }
    list
}

#[test]
#[ignore = "needs Ghostscript: tests/conformance/plates"]
fn body_text_is_on_the_black_plate_alone() {
    const PPI: usize = 150;
    for made in MADE.iter() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &made.print).unwrap();
        let pdf = Pdf::read(&made.print);
        let mut words = 0;
        for page in (4..pdf.page_count()).step_by(3) {
            let plates = plates(file.path(), page + 1, PPI);
            let height = pdf.height(page);
            let scale = PPI as f32 / 72.0;
            for run in pdf
                .all_text(page)
                .iter()
                .filter(|r| r.font.starts_with("SourceSerif4-Regular") && (r.size - 9.0).abs() < 0.05)
                .filter(|r| !r.text.trim().is_empty())
            {
                let (left, right) = ((run.x * scale) as usize, (run.end() * scale) as usize);
                let (top, bottom) = (((height - run.y - 6.0) * scale) as usize, ((height - run.y) * scale) as usize);
                for (ink, width, samples) in &plates {
                    let most = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
                    let most = most.filter_map(|(x, y)| samples.get(y * width + x)).max().copied().unwrap_or(0);
                    match ink.as_str() {
                        "Black" => assert!(most > 128, "{}, page {}: {} has no black", made.name, page + 1, run.text),
                        _ => assert_eq!(most, 0, "{}, page {}: {ink} in {}", made.name, page + 1, run.text),
                    }
                }
                words += 1;
            }
        }
        println!("{}: {words} runs of body text on the black plate alone", made.name);
        assert!(words > 100, "{words}");
    }
}

#[test]
#[ignore = "needs Ghostscript: tests/conformance/plates"]
fn an_adverts_separations_come_out_as_they_went_in() {
    let publication = Publication::copy("gazette");
    let file = publication.path("2026-11/adverts/penumbra-full.pdf");
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, advert()).unwrap();
    let given = plates(&file, 1, 36);
    let run = publication.run(&["build", "2026-11", "--edition", "print", "--no-render"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let dist = publication.dist();
    let name = dist.keys().find(|path| path.ends_with("-print.pdf")).unwrap();
    let made = plates(&publication.path(&format!("dist/{name}")), 2, 36);
    // In the middle of each area, in the advert's points.
    let places =
        [("85/60/20/25", 150.0, 150.0), ("black", 335.0, 150.0), ("spot", 120.0, 420.0), ("over", 225.0, 475.0)];
    for (what, x, y) in places {
        let at = |plates: &[(String, usize, Vec<u8>)]| {
            let mut list: Vec<(String, u8)> = plates
                .iter()
                .map(|(ink, width, samples)| {
                    let height = samples.len() / width;
                    let (x, y) =
                        ((x / 612.2835 * *width as f64) as usize, ((1.0 - y / 858.8976) * height as f64) as usize);
                    (ink.clone(), samples[y * width + x])
                })
                .filter(|(_, v)| *v > 0)
                .collect();
            list.sort();
            list
        };
        assert_eq!(at(&made), at(&given), "{what}");
    }
}
