//! Imposition judged by folding its sheets, and by what became of fonts, pictures, boxes and broken files.

#[path = "support/numbered.rs"]
mod numbered;
#[path = "support/paper.rs"]
mod paper;

use lopdf::{Document, Object, dictionary};
use masthead::manifest::Mm;
use masthead::press::impose::{Blanks, Imposed, Job, Method, Paper, dummy, impose};
use masthead::press::shop::{Binding, Marks};
use numbered::{BLEED, MM, quarters, source};
use paper::{Put, boxed, form, leafed, plain, read};
use sha2::{Digest, Sha256};

const EVERY: Marks = Marks { crop: true, registration: true, fold: true, bars: true, slug: true };
const METHODS: [Method; 4] = [Method::Sheetwise, Method::Perfecting, Method::WorkAndTurn, Method::WorkAndTumble];

fn run(pdf: &[u8], job: &Job) -> Imposed {
    impose(pdf, job).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn folded_sheets_read_in_order_with_every_head_up() {
    let pdf = source(64);
    for signature in [4, 8, 12, 16, 24, 32] {
        for binding in [Binding::Saddle, Binding::Perfect] {
            for right_to_left in [false, true] {
                for method in METHODS {
                    let mut job = Job::new(Paper::Auto);
                    (job.signature, job.binding, job.method) = (signature, binding, method);
                    job.right_to_left = Some(right_to_left);
                    job.marks = EVERY;
                    let imposed = run(&pdf, &job);
                    let pages = leafed(&imposed, &job, right_to_left);
                    let wanted: Vec<usize> = (1..=64).collect();
                    assert_eq!(pages, wanted, "{signature} {binding:?} {right_to_left} {method:?}");
                }
            }
        }
    }
}

#[test]
fn a_signature_is_made_of_several_sheets_where_one_is_too_small() {
    let pdf = source(64);
    for (sheet, folded, each) in [("A5", None, 4), ("A4", None, 8), ("SRA3", Some(4), 4), ("SRA3", None, 16)] {
        for binding in [Binding::Saddle, Binding::Perfect] {
            let mut job = Job::new(Paper::named(sheet).unwrap());
            (job.binding, job.folded, job.bleed, job.mill) = (binding, folded, Some(Mm(0.0)), Mm(0.0));
            let imposed = run(&pdf, &job);
            assert_eq!(imposed.told.sheets.len(), 64 / each, "{sheet}");
            assert_eq!(leafed(&imposed, &job, false), (1..=64).collect::<Vec<_>>(), "{sheet} {binding:?}");
        }
    }
}

#[test]
fn blanks_stand_where_they_are_told() {
    for (extent, blanks) in [(61, None), (62, None), (7, None), (63, Some(Blanks::AtEnd)), (66, None)] {
        for binding in [Binding::Saddle, Binding::Perfect] {
            let mut job = Job::new(Paper::Auto);
            (job.binding, job.blanks) = (binding, blanks);
            let imposed = run(&source(extent), &job);
            let pages = leafed(&imposed, &job, false);
            let blank: Vec<usize> = (1..=pages.len()).filter(|n| pages[n - 1] == 0).collect();
            assert_eq!(blank, imposed.told.blanks, "{extent}");
            assert_eq!(blank.len(), extent.next_multiple_of(4) - extent);
            let printed: Vec<usize> = pages.iter().copied().filter(|n| *n > 0).collect();
            assert_eq!(printed, (1..=extent).collect::<Vec<_>>());
            if binding == Binding::Saddle && blanks.is_none() && extent > 3 {
                assert_eq!(pages.last(), Some(&extent), "the back cover stays the back cover");
            }
        }
    }
}

#[test]
fn inner_pages_move_towards_the_spine() {
    let pdf = source(64);
    for (binding, deepest) in [(Binding::Saddle, 15.0), (Binding::Perfect, 3.0)] {
        let mut job = Job::new(Paper::Auto);
        (job.binding, job.creep) = (binding, Mm(0.12));
        let imposed = run(&pdf, &job);
        assert!((imposed.told.creep.0 - deepest * 0.12).abs() < 1e-9);
        let doc = Document::load_mem(&imposed.pdf).unwrap();
        let mill = if binding == Binding::Perfect { 3.0 * MM } else { 0.0 };
        let mut judged = 0;
        for put in doc.page_iter().flat_map(|id| read(&doc, id)) {
            if quarters(put.page) != 0 || put.page % 16 == 9 {
                continue;
            }
            // Odd pages have their spine at the left, unless they stand on their heads.
            let spine_right = (put.page % 2 == 0) != put.turned;
            let [x, _, w, _] = put.seen;
            let trim_left = -20.0 + put.page as f64;
            let trim = [trim_left, trim_left + 105.0 * MM].map(|at| put.matrix[0] * at + put.matrix[4]);
            let (left, right) = (trim[0].min(trim[1]), trim[0].max(trim[1]));
            let moved = if spine_right { right - (x + w - mill) } else { x + mill - left };
            let (leaf, leaves) = match binding {
                Binding::Saddle => ((put.page - 1) / 2, 32),
                Binding::Perfect => ((put.page - 1) % 16 / 2, 8),
            };
            let depth = leaf.min(leaves - 1 - leaf) as f64;
            assert!((moved - depth * 0.12 * MM).abs() < 1e-3, "page {}: {moved}", put.page);
            judged += 1;
        }
        assert!(judged > 40);
    }
}

/// What a file's fonts, pictures and profiles hold: kind and hash, as often as they are there.
fn kept(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let doc = Document::load_mem(pdf).unwrap();
    let mut list = Vec::new();
    for object in doc.objects.values() {
        let Ok(stream) = object.as_stream() else { continue };
        let name = |key: &[u8]| {
            stream.dict.get(key).and_then(Object::as_name).map(|n| String::from_utf8_lossy(n).into_owned())
        };
        let kind = match (name(b"Subtype").as_deref(), stream.dict.has(b"N")) {
            (Ok("Image"), _) => "picture",
            (Ok("OpenType"), _) => "font",
            (Ok("XML"), _) => "metadata",
            (_, true) if !stream.dict.has(b"Type") => "profile",
            _ => continue,
        };
        list.push((kind.to_owned(), Sha256::digest(&stream.content).to_vec()));
    }
    list.sort();
    list
}

#[test]
fn content_is_the_source_s_and_streams_keep_their_bytes() {
    let pdf = source(64);
    let mut job = Job::new(Paper::Auto);
    job.marks = EVERY;
    let imposed = run(&pdf, &job);
    let before = kept(&pdf);
    assert!(before == kept(&imposed.pdf));
    // 52 pages' own pictures and the one that the others share; font, profile and metadata.
    assert_eq!(before.len(), 53 + 3);

    let source = Document::load_mem(&pdf).unwrap();
    let doc = Document::load_mem(&imposed.pdf).unwrap();
    let mut seen = 0;
    for id in doc.page_iter() {
        for put in read(&doc, id) {
            let of = source.get_pages()[&u32::try_from(put.page).unwrap()];
            let form = form(&doc, id, format!("P{}", put.page).as_bytes());
            let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&plain(form)), words(&source.get_page_content(of)));
            let page = source.get_dictionary(of).unwrap();
            assert_eq!(form.dict.get(b"Group").ok(), page.get(b"Group").ok());
            assert!(form.dict.has(b"Resources"));
            seen += 1;
        }
    }
    assert_eq!(seen, 64);
}

#[test]
fn sheets_do_not_claim_to_be_tagged_or_archived() {
    let mut doc = Document::load_mem(&source(4)).unwrap();
    let id = doc.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let xmp = b"<r><pdfuaid:part>1</pdfuaid:part><pdfxid:v>PDF/X-4</pdfxid:v><d pdfaid:part=\"2\"/></r>".to_vec();
    doc.get_object_mut(id).unwrap().as_stream_mut().unwrap().set_content(xmp);
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    let imposed = Document::load_mem(&run(&out, &Job::new(Paper::Auto)).pdf).unwrap();
    let xmp = imposed.catalog().unwrap().get_deref(b"Metadata", &imposed).unwrap().as_stream().unwrap();
    assert_eq!(plain(xmp), b"<r><pdfxid:v>PDF/X-4</pdfxid:v><d /></r>");
}

/// No page's bleed reaches into another page, and none beyond the sheet's bleed box.
fn apart(puts: &[Put], bleed: [f64; 4]) {
    for (n, a) in puts.iter().enumerate() {
        let [x, y, w, h] = a.seen;
        assert!(x > bleed[0] - 0.01 && y > bleed[1] - 0.01 && x + w < bleed[2] + 0.01 && y + h < bleed[3] + 0.01);
        for b in &puts[n + 1..] {
            let beside = |a: f64, aw: f64, b: f64, bw: f64| a + aw <= b + 0.01 || b + bw <= a + 0.01;
            assert!(beside(x, w, b.seen[0], b.seen[2]) || beside(y, h, b.seen[1], b.seen[3]), "{a:?} {b:?}");
        }
    }
}

#[test]
fn narrow_gutters_and_little_milling_cut_the_bleed_and_nothing_more() {
    let pdf = source(32);
    for (binding, gutter, mill) in
        [(Binding::Saddle, 2.0, 0.0), (Binding::Saddle, 0.0, 3.0), (Binding::Perfect, 12.0, 1.0)]
    {
        let mut job = Job::new(Paper::Auto);
        (job.binding, job.gutter, job.mill, job.creep) = (binding, Some(Mm(gutter)), Mm(mill), Mm(0.1));
        let imposed = run(&pdf, &job);
        let doc = Document::load_mem(&imposed.pdf).unwrap();
        for id in doc.page_iter() {
            let puts = read(&doc, id);
            apart(&puts, boxed(&doc, id, b"BleedBox"));
            for put in puts {
                let [_, _, w, h] = put.seen;
                let spine = if binding == Binding::Perfect { mill * MM } else { 0.0 };
                // Beyond the spine, and beyond the face where another page or the sheet's edge is.
                let widths = [BLEED, (gutter * MM / 2.0).min(BLEED)].map(|face| 105.0 * MM + spine + face);
                assert!(widths.iter().any(|width| (w - width).abs() < 0.01), "{w} of {widths:?}");
                assert!(h > 148.0 * MM - 0.01 && h < 148.0 * MM + 2.0 * BLEED + 0.01);
            }
        }
        assert_eq!(leafed(&imposed, &job, false), (1..=32).collect::<Vec<_>>());
    }
}

#[test]
fn the_reading_direction_is_taken_from_the_file() {
    let mut doc = Document::load_mem(&source(8)).unwrap();
    doc.catalog_mut().unwrap().set("ViewerPreferences", dictionary! { "Direction" => "R2L" });
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    let mut job = Job::new(Paper::Auto);
    let imposed = run(&out, &job);
    assert!(imposed.told.right_to_left);
    assert_eq!(leafed(&imposed, &job, true), (1..=8).collect::<Vec<_>>());
    job.right_to_left = Some(false);
    assert_eq!(leafed(&run(&out, &job), &job, false), (1..=8).collect::<Vec<_>>());
}

#[test]
fn spot_inks_have_patches_in_their_own_colour_space() {
    let mut doc = Document::load_mem(&source(4)).unwrap();
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![Object::Integer(0); 4], "C1" => vec![0.into(), 1.into(), 1.into(), 0.into()],
    };
    let tint = doc.add_object(tint);
    let space: Vec<Object> = vec!["Separation".into(), "Harbour Red".into(), "DeviceCMYK".into(), tint.into()];
    let page = doc.get_pages()[&1];
    let own = doc.get_dictionary_mut(page).unwrap().get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
    own.set("ColorSpace", dictionary! { "Red" => space.clone() });
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    let mut job = Job::new(Paper::Auto);
    job.marks = EVERY;
    let imposed = Document::load_mem(&run(&out, &job).pdf).unwrap();
    let sheet = imposed.page_iter().next().unwrap();
    let marks = form(&imposed, sheet, b"Marks");
    let spaces =
        marks.dict.get(b"Resources").unwrap().as_dict().unwrap().get(b"ColorSpace").unwrap().as_dict().unwrap();
    let named: Vec<&[u8]> = spaces.iter().filter_map(|(_, s)| s.as_array().ok()?.get(1)?.as_name().ok()).collect();
    assert_eq!(named, [&b"All"[..], b"Harbour Red"]);
}

#[test]
fn the_file_stays_what_it_was_and_its_boxes_fit() {
    let pdf = source(16);
    let mut job = Job::new(Paper::named("SRA2").unwrap());
    (job.marks, job.gripper) = (EVERY, Mm(12.0));
    let imposed = run(&pdf, &job);
    assert_eq!(imposed.pdf, run(&pdf, &job).pdf, "the same twice");
    let doc = Document::load_mem(&imposed.pdf).unwrap();
    assert_eq!(doc.version, "1.6");
    let catalog = doc.catalog().unwrap();
    assert!(catalog.has(b"OutputIntents") && catalog.has(b"Metadata"));
    assert!(!catalog.has(b"Outlines") && !catalog.has(b"MarkInfo"));
    assert_eq!(
        doc.trailer.get_deref(b"Info", &doc).unwrap().as_dict().unwrap().get(b"Trapped").unwrap().as_name().unwrap(),
        b"False"
    );
    let ids = doc.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!(ids[0].as_str().unwrap(), b"0123456789abcdef");
    assert_ne!(ids[0], ids[1]);
    for id in doc.page_iter() {
        let page = doc.get_dictionary(id).unwrap();
        assert!(!page.has(b"Annots"));
        let [media, bleed, trim] = [&b"MediaBox"[..], b"BleedBox", b"TrimBox"].map(|key| boxed(&doc, id, key));
        assert!((media[2] - 640.0 * MM).abs() < 0.01 && (media[3] - 450.0 * MM).abs() < 0.01);
        for side in 0..4 {
            assert!(((trim[side] - bleed[side]).abs() - BLEED).abs() < 0.01);
        }
        assert!(trim[1] >= 22.0 * MM - 0.01, "marks stay off what the press grips");
        apart(&read(&doc, id), bleed);
    }
    assert!(doc.objects.values().filter_map(|o| o.as_stream().ok()).all(|s| !s.dict.has(b"StructParent")));
}

#[test]
fn what_cannot_be_is_refused_in_plain_words() {
    let pdf = source(8);
    let told = |change: &dyn Fn(&mut Job)| {
        let mut job = Job::new(Paper::named("SRA3").unwrap());
        change(&mut job);
        impose(&pdf, &job).unwrap_err().to_string()
    };
    assert!(told(&|j| j.signature = 18).contains("multiple of 4 from 4 to 32"));
    assert!(told(&|j| j.signature = 0).contains("multiple of 4"));
    assert!(told(&|j| j.signature = usize::MAX).contains("multiple of 4"));
    assert!(told(&|j| j.folded = Some(20)).contains("4, 8, 12, 16, 24, 32"));
    assert!(told(&|j| j.creep = Mm(f64::NAN)).contains("thickness of a leaf"));
    assert!(told(&|j| j.gutter = Some(Mm(-1.0))).contains("gutter"));
    assert!(told(&|j| j.gripper = Mm(f64::INFINITY)).contains("gripper"));
    let small = told(&|j| j.paper = Paper::named("A5").unwrap());
    assert!(small.contains("148 x 210 mm is too small") && small.contains("need 154 x 216 mm with bleed"), "{small}");
    let marked = told(&|j| (j.paper, j.marks) = (Paper::named("160x220").unwrap(), EVERY));
    assert!(marked.contains("leave out the marks"), "{marked}");
}

#[test]
fn pages_of_two_sizes_are_named() {
    let mut doc = Document::load_mem(&source(8)).unwrap();
    let fifth = doc.get_pages()[&4];
    let larger = [0, 0, 700, 900].map(Object::Integer).to_vec();
    let page = doc.get_dictionary_mut(fifth).unwrap();
    page.set("MediaBox", larger.clone());
    page.set("TrimBox", larger);
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    let why = impose(&out, &Job::new(Paper::Auto)).unwrap_err().to_string();
    assert!(why.starts_with("page 4 is 246.9 x 317.5 mm and page 1 is 105.0 x 148.0 mm"), "{why}");
}

#[test]
fn broken_files_are_errors_and_nothing_stumbles() {
    let job = Job::new(Paper::Auto);
    for junk in [
        &b""[..],
        b"%PDF-1.6",
        b"no pdf",
        b"%PDF-1.6\n%%EOF\n",
        b"%PDF-1.4\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    ] {
        assert!(impose(junk, &job).is_err());
    }
    let whole = source(6);
    for part in 1..40 {
        assert!(impose(&whole[..whole.len() * part / 40], &job).is_err());
    }
    let mut state = 7u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    };
    let plain = {
        let mut doc = Document::load_mem(&dummy(6, Mm(105.0), Mm(148.0)).unwrap()).unwrap();
        let mut out = Vec::new();
        doc.save_to(&mut out).unwrap();
        out
    };
    for _ in 0..300 {
        let mut copy = plain.clone();
        for _ in 0..1 + random() % 6 {
            let at = random() % copy.len();
            copy[at] = (random() % 256) as u8;
        }
        let _ = impose(&copy, &job);
    }
}

#[test]
fn trees_that_bite_their_tails_end() {
    let edit = |change: &dyn Fn(&mut Document)| {
        let mut doc = Document::load_mem(&source(4)).unwrap();
        change(&mut doc);
        let mut out = Vec::new();
        doc.save_to(&mut out).unwrap();
        impose(&out, &Job::new(Paper::Auto)).map(|i| i.told.extent)
    };
    let root = |doc: &Document| doc.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let _ = edit(&|doc| {
        let tree = root(doc);
        doc.get_dictionary_mut(tree).unwrap().set("Kids", vec![Object::Reference(tree)]);
    });
    let looped = edit(&|doc| {
        let page = doc.get_pages()[&1];
        let dict = doc.get_dictionary_mut(page).unwrap();
        dict.set("Parent", page);
        dict.remove(b"MediaBox");
    });
    assert!(looped.unwrap_err().to_string().contains("page 1 does not say how large"));
    let huge = edit(&|doc| {
        let page = doc.get_pages()[&2];
        let dict = doc.get_dictionary_mut(page).unwrap();
        let sides = vec![0.into(), 0.into(), Object::Real(f32::MAX), Object::Real(f32::NAN)];
        dict.set("MediaBox", sides.clone());
        dict.set("TrimBox", sides);
    });
    assert!(huge.unwrap_err().to_string().starts_with("page 2"));
    let blank = edit(&|doc| {
        let page = doc.get_pages()[&2];
        doc.get_dictionary_mut(page).unwrap().remove(b"Contents");
    });
    assert_eq!(blank, Ok(4), "a page that never had content is blank");
}

#[test]
fn what_a_damaged_file_lost_is_named_and_never_printed_as_blank() {
    let edit = |change: &dyn Fn(&mut Document, lopdf::ObjectId)| {
        let mut doc = Document::load_mem(&source(4)).unwrap();
        let page = doc.get_pages()[&3];
        change(&mut doc, page);
        let mut out = Vec::new();
        doc.save_to(&mut out).unwrap();
        impose(&out, &Job::new(Paper::Auto)).unwrap_err().to_string()
    };
    let nowhere = Object::Reference((9999, 0));
    let why = edit(&|doc, page| doc.get_dictionary_mut(page).unwrap().set("Contents", nowhere.clone()));
    assert!(why.starts_with("page 3 has lost its content"), "{why}");
    let why = edit(&|doc, page| {
        let own = doc.get_dictionary_mut(page).unwrap().get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
        own.get_mut(b"XObject").unwrap().as_dict_mut().unwrap().set("Im1", nowhere.clone());
    });
    assert!(why.starts_with("page 3 has lost `Im1`"), "{why}");
    let why = edit(&|doc, _| {
        let tree = doc.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        doc.get_dictionary_mut(tree).unwrap().set("Count", 5);
    });
    assert!(why.contains("of 5 pages 4 can be found"), "{why}");
    let whole = source(6);
    let why = impose(&whole[..whole.len() - 100], &Job::new(Paper::Auto)).unwrap_err().to_string();
    assert!(why.contains("is cut off"), "{why}");
}

#[test]
fn a_dummy_is_imposed_like_any_file() {
    let pdf = dummy(64, Mm(148.0), Mm(210.0)).unwrap();
    let mut job = Job::new(Paper::named("SRA3").unwrap());
    job.marks = EVERY;
    let imposed = run(&pdf, &job);
    assert_eq!((imposed.told.extent, imposed.told.sheets.len()), (64, 8));
    assert!(dummy(0, Mm(148.0), Mm(210.0)).is_err());
}
