//! Imposition judged by folding: the sheets are folded here as paper is, leaf by leaf, and read.
//!
//! Nothing of the program's own schemes is used: only the finished PDF, and what hands do with a sheet.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use masthead::manifest::Mm;
use masthead::press::impose::{Blanks, Imposed, Job, Method, Paper, dummy, impose};
use masthead::press::shop::{Binding, Marks};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const MM: f64 = 72.0 / 25.4;
const EVERY: Marks = Marks { crop: true, registration: true, fold: true, bars: true, slug: true };
const METHODS: [Method; 4] = [Method::Sheetwise, Method::Perfecting, Method::WorkAndTurn, Method::WorkAndTumble];

// What stands on a sheet

/// A page as it was placed: its number, its middle, whether it stands on its head, what is seen of it, its matrix.
#[derive(Debug, Clone)]
struct Put {
    page: usize,
    middle: (f64, f64),
    turned: bool,
    seen: [f64; 4],
    matrix: [f64; 6],
}

fn numbers(operands: &[Object]) -> Vec<f64> {
    operands.iter().map(|o| f64::from(o.as_float().unwrap())).collect()
}

/// The number that a source page shows: `(page 12)`.
fn number_in(content: &[u8]) -> usize {
    let text = String::from_utf8_lossy(content);
    let at = text.find("(page ").unwrap() + 6;
    text[at..].split(')').next().unwrap().parse().unwrap()
}

fn form<'a>(doc: &'a Document, page: ObjectId, name: &[u8]) -> &'a Stream {
    let page = doc.get_dictionary(page).unwrap();
    let resources = page.get_deref(b"Resources", doc).unwrap().as_dict().unwrap();
    let forms = resources.get_deref(b"XObject", doc).unwrap().as_dict().unwrap();
    forms.get_deref(name, doc).unwrap().as_stream().unwrap()
}

fn plain(stream: &Stream) -> Vec<u8> {
    stream.get_plain_content().unwrap()
}

/// Reads a form back from the file.
fn read(doc: &Document, id: ObjectId) -> Vec<Put> {
    let content = Content::decode(&doc.get_page_content(id)).unwrap();
    let (mut seen, mut matrix, mut list) = ([0.0; 4], [0.0; 6], Vec::new());
    for op in &content.operations {
        match op.operator.as_str() {
            "re" => seen = numbers(&op.operands).try_into().unwrap(),
            "cm" => matrix = numbers(&op.operands).try_into().unwrap(),
            "Do" => {
                let name = op.operands[0].as_name().unwrap();
                if name == b"Marks" {
                    continue;
                }
                let form = form(doc, id, name);
                let [x, y, w, h] = seen;
                // Where the arrow "up" of the upright page points; rotated sources are told apart by their number.
                let turned = upright(&matrix, number_in(&plain(form)));
                let middle = (x + w / 2.0, y + h / 2.0);
                list.push(Put { page: number_in(&plain(form)), middle, turned, seen, matrix });
            }
            _ => {}
        }
    }
    list
}

/// Whether a page's head points down: the source's own rotation is taken off.
fn upright(matrix: &[f64; 6], page: usize) -> bool {
    let up = match quarters(page) {
        1 => (-1.0, 0.0),
        2 => (0.0, -1.0),
        3 => (1.0, 0.0),
        _ => (0.0, 1.0),
    };
    let seen = (matrix[0] * up.0 + matrix[2] * up.1, matrix[1] * up.0 + matrix[3] * up.1);
    assert!(seen.0.abs() < 1e-6 && seen.1.abs() > 0.1, "page {page} lies on its side: {matrix:?}");
    seen.1 < 0.0
}

/// How the source's pages are rotated: the test's own choice.
fn quarters(page: usize) -> usize {
    match page % 16 {
        5 => 1,
        6 => 3,
        7 => 2,
        _ => 0,
    }
}

// Paper

/// What is printed on one face of a leaf, as it is seen from above through the paper: page and head.
type Face = Option<(usize, bool)>;

/// A leaf of the sheet: what its upper and its lower face show, where it lies.
#[derive(Debug, Clone)]
struct Leaf {
    at: (f64, f64),
    up: Face,
    down: Face,
}

/// A fold across the paper at a place, and which side goes over onto the other.
#[derive(Debug, Clone, Copy)]
enum Fold {
    LeftOverRight,
    RightOverLeft,
    TopOverBottom,
    /// The upper two thirds over the lower one, and the third that then hangs below back up.
    ZigZag,
}

/// Paper on the table: the leaves from the top.
struct Table(Vec<Leaf>);

impl Table {
    /// The middles of the leaves' columns or rows.
    fn lines(&self, place: fn(&Leaf) -> f64) -> Vec<f64> {
        let mut all: Vec<f64> = self.0.iter().map(place).collect();
        all.sort_by(f64::total_cmp);
        all.dedup_by(|a, b| (*a - *b).abs() < 30.0);
        all
    }

    /// Lifts what lies on one side of a line and lays it, turned over, on the rest.
    fn over(&mut self, is_upright: bool, line: f64, lift: impl Fn(f64) -> bool) {
        let place = |leaf: &Leaf| if is_upright { leaf.at.0 } else { leaf.at.1 };
        let (lifted, rest): (Vec<Leaf>, Vec<Leaf>) = self.0.drain(..).partition(|leaf| lift(place(leaf)));
        let turned = lifted.into_iter().rev().map(|leaf| {
            let at = if is_upright { (2.0 * line - leaf.at.0, leaf.at.1) } else { (leaf.at.0, 2.0 * line - leaf.at.1) };
            // Turned over a level line, heads that pointed up point down.
            let head = |face: Face| face.map(|(page, on_head)| (page, on_head != !is_upright));
            Leaf { at, up: head(leaf.down), down: head(leaf.up) }
        });
        self.0 = turned.chain(rest).collect();
    }

    fn fold(&mut self, fold: Fold) {
        let between = |lines: &[f64], n: usize| (lines[n - 1] + lines[n]) / 2.0;
        match fold {
            Fold::LeftOverRight | Fold::RightOverLeft => {
                let lines = self.lines(|l| l.at.0);
                let line = between(&lines, lines.len() / 2);
                let left = matches!(fold, Fold::LeftOverRight);
                self.over(true, line, |x| (x < line) == left);
            }
            Fold::TopOverBottom => {
                let lines = self.lines(|l| l.at.1);
                let line = between(&lines, lines.len() / 2);
                self.over(false, line, |y| y > line);
            }
            Fold::ZigZag => {
                let lines = self.lines(|l| l.at.1);
                assert_eq!(lines.len(), 3);
                let first = between(&lines, 1);
                self.over(false, first, |y| y > first);
                let lines = self.lines(|l| l.at.1);
                let second = between(&lines, 1);
                self.over(false, second, |y| y < second);
            }
        }
    }
}

/// What hands do with a sheet of so many pages, the side with the second page up.
fn hands(pages: usize) -> &'static [Fold] {
    use Fold::{LeftOverRight, RightOverLeft, TopOverBottom, ZigZag};
    match pages {
        4 => &[LeftOverRight],
        8 => &[TopOverBottom, LeftOverRight],
        12 => &[ZigZag, LeftOverRight],
        16 => &[RightOverLeft, TopOverBottom, LeftOverRight],
        24 => &[ZigZag, RightOverLeft, LeftOverRight],
        32 => &[TopOverBottom, RightOverLeft, TopOverBottom, LeftOverRight],
        _ => panic!("{pages}"),
    }
}

fn mirrored(fold: Fold) -> Fold {
    match fold {
        Fold::LeftOverRight => Fold::RightOverLeft,
        Fold::RightOverLeft => Fold::LeftOverRight,
        other => other,
    }
}

/// Folds a sheet; gives the pages as they are read, 0 for blank. Every head must be up, every leaf on the pile.
fn folded(mut table: Table, right_to_left: bool) -> Vec<usize> {
    for fold in hands(2 * table.0.len()) {
        table.fold(if right_to_left { mirrored(*fold) } else { *fold });
    }
    let first = table.0[0].at;
    let mut pages = Vec::new();
    for leaf in &table.0 {
        assert!((leaf.at.0 - first.0).abs() < 30.0 && (leaf.at.1 - first.1).abs() < 30.0, "the pile: {leaf:?}");
        for face in [leaf.up, leaf.down] {
            assert!(face.is_none_or(|(_, on_head)| !on_head), "on its head: {leaf:?}");
            pages.push(face.map_or(0, |(page, _)| page));
        }
    }
    pages
}

/// The sheets that leave the press, its back side up: one, or the two copies into which it is cut.
fn printed(method: Method, width: f64, height: f64, forms: &[Vec<Put>], grid: &[(f64, f64)]) -> Vec<Table> {
    let one = matches!(method, Method::WorkAndTurn | Method::WorkAndTumble);
    let (front, back) = (&forms[0], if one { &forms[0] } else { &forms[1] });
    let tumbles = matches!(method, Method::WorkAndTumble | Method::Perfecting);
    let at = |form: &[Put], (x, y): (f64, f64)| {
        let put = form.iter().find(|p| (p.middle.0 - x).abs() < 30.0 && (p.middle.1 - y).abs() < 30.0);
        put.map(|p| (p.page, p.turned))
    };
    let leaf = |(x, y): (f64, f64)| {
        // The printed front faces up, and its back is below; seen from above, a tumbled back has its heads turned about.
        let behind = if tumbles { (x, height - y) } else { (width - x, y) };
        let below = at(back, behind).map(|(page, on_head)| (page, on_head != tumbles));
        Leaf { at: (x, y), up: at(front, (x, y)), down: below }
    };
    let all: Vec<Leaf> = grid.iter().map(|place| leaf(*place)).collect();
    // Now the sheet is turned like a leaf, so that its back is up.
    let turn = |l: Leaf| Leaf { at: (width - l.at.0, l.at.1), up: l.down, down: l.up };
    match method {
        Method::WorkAndTurn => {
            let (left, right): (Vec<Leaf>, Vec<Leaf>) = all.into_iter().partition(|l| l.at.0 < width / 2.0);
            // One copy lies on its front, the other on its back.
            vec![Table(left.into_iter().map(turn).collect()), Table(right)]
        }
        Method::WorkAndTumble => {
            let (low, high): (Vec<Leaf>, Vec<Leaf>) = all.into_iter().partition(|l| l.at.1 < height / 2.0);
            // The upper copy stands on its head besides.
            let about = |l: Leaf| {
                let head = |face: Face| face.map(|(page, on_head)| (page, !on_head));
                Leaf { at: (width - l.at.0, height - l.at.1), up: head(l.up), down: head(l.down) }
            };
            vec![Table(low.into_iter().map(turn).collect()), Table(high.into_iter().map(about).collect())]
        }
        _ => vec![Table(all.into_iter().map(turn).collect())],
    }
}

/// Folds every sheet, nests and gathers them, and reads.
fn leafed(imposed: &Imposed, job: &Job, right_to_left: bool) -> Vec<usize> {
    let doc = Document::load_mem(&imposed.pdf).unwrap();
    let ids: Vec<ObjectId> = doc.page_iter().collect();
    let mut sides = ids.iter();
    let mut piles: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    for sheet in &imposed.told.sheets {
        let ids: Vec<ObjectId> = sheet.forms.iter().map(|_| *sides.next().unwrap()).collect();
        let forms: Vec<Vec<Put>> = ids.iter().map(|id| read(&doc, *id)).collect();
        let media = boxed(&doc, ids[0], b"MediaBox");
        let grid = grid(&forms, sheet.forms.iter().map(Vec::len).sum(), media, job.method);
        let copies = printed(job.method, media[2], media[3], &forms, &grid);
        let read: Vec<Vec<usize>> = copies.into_iter().map(|table| folded(table, right_to_left)).collect();
        assert!(read.iter().all(|copy| *copy == read[0]), "copies differ: {read:?}");
        piles.entry(sheet.signature).or_default().push(read[0].clone());
    }
    assert!(sides.next().is_none());
    let inside = |outer: Vec<usize>, inner: Vec<usize>| {
        let (head, tail) = outer.split_at(outer.len() / 2);
        [head, &inner, tail].concat()
    };
    let nested =
        |sheets: Vec<Vec<usize>>| sheets.into_iter().rev().reduce(|inner, outer| inside(outer, inner)).unwrap();
    let signatures: Vec<Vec<usize>> = piles.into_values().map(nested).collect();
    match job.binding {
        Binding::Saddle => nested(signatures),
        Binding::Perfect => signatures.concat(),
    }
}

/// The middles of all places on a sheet, also of those that are blank: every column with every row.
fn grid(forms: &[Vec<Put>], pages: usize, media: [f64; 4], method: Method) -> Vec<(f64, f64)> {
    let tumbles = matches!(method, Method::WorkAndTumble | Method::Perfecting);
    let mut puts: Vec<(f64, f64)> = forms[0].iter().map(|p| p.middle).collect();
    let behind = |p: &Put| {
        if tumbles { (p.middle.0, media[3] - p.middle.1) } else { (media[2] - p.middle.0, p.middle.1) }
    };
    puts.extend(forms.last().unwrap().iter().map(behind));
    let merged = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all.dedup_by(|a, b| (*a - *b).abs() < 30.0);
        all
    };
    let x = merged(puts.iter().map(|p| p.0).collect());
    let y = merged(puts.iter().map(|p| p.1).collect());
    let all: Vec<(f64, f64)> = x.iter().flat_map(|x| y.iter().map(|y| (*x, *y))).collect();
    let one = matches!(method, Method::WorkAndTurn | Method::WorkAndTumble);
    assert_eq!(all.len(), if one { pages } else { pages / 2 });
    all
}

fn boxed(doc: &Document, page: ObjectId, key: &[u8]) -> [f64; 4] {
    let page = doc.get_dictionary(page).unwrap();
    numbers(page.get(key).unwrap().as_array().unwrap()).try_into().unwrap()
}

// A source

const BLEED: f64 = 3.0 * MM;

/// A PDF/X-4 of numbered pages, 105 x 148 mm: a font, an inherited resource, a picture on each, some rotated, some whose
/// content is in parts, some in larger units, some with a group.
fn source(pages: usize) -> Vec<u8> {
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
    let icc = include_bytes!("../profiles/FOGRA39L_coated.icc");
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

fn font(doc: &mut Document) -> ObjectId {
    let bytes = include_bytes!("../fonts/SourceSans3-Regular.otf");
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

fn resources(font: ObjectId, picture: ObjectId) -> Dictionary {
    dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "Im1" => picture } }
}

fn picture(doc: &mut Document, n: usize) -> ObjectId {
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

fn source_page(doc: &mut Document, tree: ObjectId, font: ObjectId, n: usize) -> ObjectId {
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
    if n % 3 == 0 {
        page.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "I" => true });
    }
    page.set("Annots", vec![dictionary! { "Type" => "Annot", "Subtype" => "Link" }.into()]);
    let stream = |text: String| Stream::new(Dictionary::new(), text.into_bytes());
    let contents: Object = if n % 4 == 0 {
        let parts = [stream(text), stream(image)].map(|s| Object::Reference(doc.add_object(s)));
        Object::Array(parts.to_vec())
    } else {
        let mut whole = stream(format!("{text}\n{image}\n"));
        whole.compress().unwrap();
        doc.add_object(whole).into()
    };
    page.set("Contents", contents);
    // Every fifth page inherits its resources.
    if n % 5 != 0 {
        let picture = picture(doc, n);
        page.set("Resources", resources(font, picture));
    }
    doc.add_object(page)
}

// The tests

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
        // No page's bleed reaches into another page, and none beyond the sheet's bleed box.
        let puts = read(&doc, id);
        for (n, a) in puts.iter().enumerate() {
            let [x, y, w, h] = a.seen;
            assert!(x > bleed[0] - 0.01 && y > bleed[1] - 0.01 && x + w < bleed[2] + 0.01 && y + h < bleed[3] + 0.01);
            for b in &puts[n + 1..] {
                let apart = |a: f64, aw: f64, b: f64, bw: f64| a + aw <= b + 0.01 || b + bw <= a + 0.01;
                assert!(apart(x, w, b.seen[0], b.seen[2]) || apart(y, h, b.seen[1], b.seen[3]));
            }
        }
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
        let _ = impose(&whole[..whole.len() * part / 40], &job);
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
    assert_eq!(
        edit(&|doc| {
            let page = doc.get_pages()[&2];
            doc.get_dictionary_mut(page).unwrap().remove(b"Contents");
            let page = doc.get_pages()[&3];
            doc.get_dictionary_mut(page).unwrap().set("Contents", Object::Reference((9999, 0)));
        }),
        Ok(4),
        "pages without content are blank, as every viewer shows them"
    );
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
