//! Sheets folded as paper is, leaf by leaf, and read: nothing of the program's own schemes, only the finished PDF and what
//! hands do with a sheet.

use super::numbered::quarters;
use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId, Stream};
use masthead::press::impose::{Imposed, Job, Method};
use masthead::press::shop::Binding;
use std::collections::BTreeMap;

/// A page as it was placed: its number, its middle, whether it stands on its head, what is seen of it, its matrix.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) page: usize,
    pub(crate) middle: (f64, f64),
    pub(crate) turned: bool,
    pub(crate) seen: [f64; 4],
    pub(crate) matrix: [f64; 6],
}

pub(crate) fn numbers(operands: &[Object]) -> Vec<f64> {
    operands.iter().map(|o| f64::from(o.as_float().unwrap())).collect()
}

/// The number that a source page shows: `(page 12)`.
pub(crate) fn number_in(content: &[u8]) -> usize {
    let text = String::from_utf8_lossy(content);
    let at = text.find("(page ").unwrap() + 6;
    text[at..].split(')').next().unwrap().parse().unwrap()
}

pub(crate) fn form<'a>(doc: &'a Document, page: ObjectId, name: &[u8]) -> &'a Stream {
    let page = doc.get_dictionary(page).unwrap();
    let resources = page.get_deref(b"Resources", doc).unwrap().as_dict().unwrap();
    let forms = resources.get_deref(b"XObject", doc).unwrap().as_dict().unwrap();
    forms.get_deref(name, doc).unwrap().as_stream().unwrap()
}

pub(crate) fn plain(stream: &Stream) -> Vec<u8> {
    stream.get_plain_content().unwrap()
}

/// Reads a form back from the file.
pub(crate) fn read(doc: &Document, id: ObjectId) -> Vec<Put> {
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
pub(crate) fn upright(matrix: &[f64; 6], page: usize) -> bool {
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

// Paper

/// What is printed on one face of a leaf, as it is seen from above through the paper: page and head.
type Face = Option<(usize, bool)>;

/// A leaf of the sheet: what its upper and its lower face show, where it lies.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    at: (f64, f64),
    up: Face,
    down: Face,
}

/// A fold across the paper at a place, and which side goes over onto the other.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fold {
    LeftOverRight,
    RightOverLeft,
    TopOverBottom,
    /// The upper two thirds over the lower one, and the third that then hangs below back up.
    ZigZag,
}

/// Paper on the table: the leaves from the top.
pub(crate) struct Table(Vec<Leaf>);

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
            let head = |face: Face| face.map(|(page, on_head)| (page, on_head == is_upright));
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
pub(crate) fn hands(pages: usize) -> &'static [Fold] {
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

pub(crate) fn mirrored(fold: Fold) -> Fold {
    match fold {
        Fold::LeftOverRight => Fold::RightOverLeft,
        Fold::RightOverLeft => Fold::LeftOverRight,
        other => other,
    }
}

/// Folds a sheet; gives the pages as they are read, 0 for blank. Every head must be up, every leaf on the pile.
pub(crate) fn folded(mut table: Table, right_to_left: bool) -> Vec<usize> {
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
pub(crate) fn printed(method: Method, width: f64, height: f64, forms: &[Vec<Put>], grid: &[(f64, f64)]) -> Vec<Table> {
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
pub(crate) fn leafed(imposed: &Imposed, job: &Job, right_to_left: bool) -> Vec<usize> {
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
pub(crate) fn grid(forms: &[Vec<Put>], pages: usize, media: [f64; 4], method: Method) -> Vec<(f64, f64)> {
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

pub(crate) fn boxed(doc: &Document, page: ObjectId, key: &[u8]) -> [f64; 4] {
    let page = doc.get_dictionary(page).unwrap();
    numbers(page.get(key).unwrap().as_array().unwrap()).try_into().unwrap()
}
