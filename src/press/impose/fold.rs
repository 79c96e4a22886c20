//! How one sheet is folded: which page stands where on its two sides, and which way up.
//!
//! The scheme is found by opening the folded sheet again, the last fold first: a stack of leaves, its front page up and
//! its spine at the left, becomes the flat sheet. Each step turns over what the fold had laid on top.

/// A fold undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unfold {
    /// The upper half goes over to the left: the fold at the spine.
    Left,
    /// The upper half goes over to the right: a fold at the face.
    Right,
    /// The upper half goes over the upper edge, which puts it upside down.
    Up,
    /// Thirds, folded like a Z: the second goes over the upper edge, and the third beyond it.
    UpTwice,
}

use Unfold::{Left, Right, Up, UpTwice};

/// Pages that one sheet can be folded to, and its folds from the last to the first.
const SCHEMES: &[(usize, &[Unfold])] = &[
    (4, &[Left]),
    (8, &[Left, Up]),
    (12, &[Left, UpTwice]),
    (16, &[Left, Up, Right]),
    (24, &[Left, Right, UpTwice]),
    (32, &[Left, Up, Right, Up]),
];

/// A page on a side of a sheet. Columns count from the left, rows from the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: usize,
    /// The page, from 0, as the folded sheet is read.
    pub(super) page: usize,
    /// Whether it stands on its head.
    pub(super) turned: bool,
    /// Whether its spine is its right edge, as it stands on the sheet.
    pub(super) spine_right: bool,
}

/// The two sides of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// The side that shows the first page.
    pub(super) front: Vec<Cell>,
    /// The other, as it is seen when the sheet has been turned like the leaf of a book.
    pub(super) back: Vec<Cell>,
}

/// One leaf in the flat sheet.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    number: usize,
    /// Whether its back page is up.
    over: bool,
    turned: bool,
}

/// The numbers of pages to which a sheet can be folded, the fewest first.
pub(super) fn sizes() -> impl DoubleEndedIterator<Item = usize> {
    SCHEMES.iter().map(|(pages, _)| *pages)
}

/// The scheme for so many pages; `None` where no usual one is.
pub(super) fn folded(pages: usize, right_to_left: bool) -> Option<Folded> {
    let (_, folds) = SCHEMES.iter().find(|(p, _)| *p == pages)?;
    let leaves = (0..pages / 2).map(|number| Leaf { number, over: false, turned: false }).collect();
    // Rows from the bottom, in each the stacks from the left, in each the leaves from the top.
    let mut grid: Vec<Vec<Vec<Leaf>>> = vec![vec![leaves]];
    for fold in *folds {
        grid = undone(grid, *fold);
    }
    let columns = grid.first().map_or(0, Vec::len);
    let mut sheet = Folded { columns, rows: grid.len(), front: Vec::new(), back: Vec::new() };
    for (row, stacks) in grid.iter().enumerate() {
        for (column, stack) in stacks.iter().enumerate() {
            let Some(leaf) = stack.first() else { continue };
            // The first leaf lies on its front page, so what is up now is the sheet's back.
            let (recto, verso) = (2 * leaf.number, 2 * leaf.number + 1);
            let (up, down) = if leaf.over { (verso, recto) } else { (recto, verso) };
            let side = |page: usize, column: usize| {
                let column = if right_to_left { columns - 1 - column } else { column };
                let spine_right = (page % 2 == 1) != leaf.turned;
                Cell { column, row, page, turned: leaf.turned, spine_right: spine_right != right_to_left }
            };
            sheet.back.push(side(up, column));
            sheet.front.push(side(down, columns - 1 - column));
        }
    }
    Some(sheet)
}

/// What goes over: the order of a stack turns about, and its faces change.
fn over(stack: Vec<Leaf>, turned: bool) -> Vec<Leaf> {
    stack.into_iter().rev().map(|l| Leaf { over: !l.over, turned: l.turned != turned, ..l }).collect()
}

/// Every stack of a grid parted: its upper leaves, so many, and the rest.
fn parted(grid: Vec<Vec<Vec<Leaf>>>, parts: usize) -> [Vec<Vec<Vec<Leaf>>>; 2] {
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    for row in grid {
        let (mut high, mut low) = (Vec::new(), Vec::new());
        for mut stack in row {
            let rest = stack.split_off(stack.len() / parts);
            high.push(stack);
            low.push(rest);
        }
        upper.push(high);
        lower.push(low);
    }
    [upper, lower]
}

fn undone(grid: Vec<Vec<Vec<Leaf>>>, fold: Unfold) -> Vec<Vec<Vec<Leaf>>> {
    match fold {
        Left | Right => {
            let [upper, lower] = parted(grid, 2);
            let beside = |(high, low): (Vec<Vec<Leaf>>, Vec<Vec<Leaf>>)| {
                let turned: Vec<Vec<Leaf>> = high.into_iter().rev().map(|s| over(s, false)).collect();
                if fold == Left { [turned, low].concat() } else { [low, turned].concat() }
            };
            upper.into_iter().zip(lower).map(beside).collect()
        }
        Up => {
            let [upper, mut lower] = parted(grid, 2);
            lower.extend(upper.into_iter().rev().map(|row| row.into_iter().map(|s| over(s, true)).collect()));
            lower
        }
        UpTwice => {
            let [third, rest] = parted(grid, 3);
            let [second, mut lower] = parted(rest, 2);
            lower.extend(second.into_iter().rev().map(|row| row.into_iter().map(|s| over(s, true)).collect()));
            lower.extend(third);
            lower
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a side from the top, pages from 1, those on their heads negative.
    fn rows(sheet: &Folded, side: &[Cell]) -> Vec<Vec<i32>> {
        let mut rows = vec![vec![0; sheet.columns]; sheet.rows];
        for cell in side {
            let page = i32::try_from(cell.page).unwrap() + 1;
            rows[sheet.rows - 1 - cell.row][cell.column] = if cell.turned { -page } else { page };
        }
        rows
    }

    #[test]
    fn sixteen_pages_stand_as_every_handbook_has_them() {
        let sheet = folded(16, false).unwrap();
        assert_eq!(rows(&sheet, &sheet.front), [[-5, -12, -9, -8], [4, 13, 16, 1]]);
        assert_eq!(rows(&sheet, &sheet.back), [[-7, -10, -11, -6], [2, 15, 14, 3]]);
    }

    #[test]
    fn four_and_eight_pages_too() {
        let sheet = folded(4, false).unwrap();
        assert_eq!((rows(&sheet, &sheet.front), rows(&sheet, &sheet.back)), (vec![vec![4, 1]], vec![vec![2, 3]]));
        let sheet = folded(8, false).unwrap();
        assert_eq!(rows(&sheet, &sheet.front), [[-5, -4], [8, 1]]);
        assert_eq!(rows(&sheet, &sheet.back), [[-3, -6], [2, 7]]);
        let sheet = folded(4, true).unwrap();
        assert_eq!((rows(&sheet, &sheet.front), rows(&sheet, &sheet.back)), (vec![vec![1, 4]], vec![vec![3, 2]]));
    }

    #[test]
    fn spines_lie_beside_spines() {
        for pages in sizes() {
            for right_to_left in [false, true] {
                let sheet = folded(pages, right_to_left).unwrap();
                assert_eq!(2 * sheet.columns * sheet.rows, pages);
                for cell in sheet.front.iter().chain(&sheet.back) {
                    assert_eq!(cell.spine_right, cell.column % 2 == 0, "{pages} {cell:?}");
                }
            }
        }
    }
}
