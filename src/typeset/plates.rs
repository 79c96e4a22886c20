//! Pictures on pages of their own after an article's text: single ones, and photo essays.
//!
//! A photo essay's pictures keep their order. They are dealt into pages, and on each page into rows of up to three, so that
//! the rows, each across the whole page, come as close as they can to filling it; what is still missing or too much is made up
//! by cutting the pictures a little taller or flatter.

use super::blocks::figure;
use super::inline::Inlines;
use crate::check::slots;
use crate::issue::{Article, Issue};
use crate::manuscript::{BlockKind, Figure, Width};
use crate::words::headline;
use serde_json::{Value, json};

/// A page of pictures.
struct Plate<'a> {
    rows: Vec<Vec<&'a Figure>>,
    /// The block of a photo essay.
    essay: Option<u32>,
    title: Option<&'a str>,
}

/// The most pictures on a page of an essay, and in a row.
const MOST: usize = 6;
const IN_ROW: usize = 3;
/// The words under a row, and a title, as a part of the type area's width.
const WORDS: f64 = 0.075;
const TITLE: f64 = 0.06;
/// What another page costs, as a part of a page left white.
const PAGE: f64 = 0.3;

/// The pages, for the templates.
pub(super) fn plates(context: &Inlines<'_>, article: &Article) -> Vec<Value> {
    let row = |row: &Vec<&Figure>| row.iter().filter_map(|f| figure(f, context)).collect::<Vec<_>>();
    let page = |plate: Plate<'_>| {
        json!({
            "rows": plate.rows.iter().map(row).collect::<Vec<_>>(),
            "essay": plate.essay,
            "title": plate.title.map(|t| headline(t, &context.language())),
        })
    };
    all(context.issue, article).into_iter().map(page).collect()
}

/// How many pages an article's own-page pictures take.
pub(super) fn plate_pages(issue: &Issue, article: usize) -> usize {
    all(issue, &issue.articles[article]).len()
}

/// Single pictures, an upright one alone and wide ones in pairs; essays as they come.
fn all<'a>(issue: &Issue, article: &'a Article) -> Vec<Plate<'a>> {
    let ratio = |f: &Figure| {
        let placed = article.figures.get(&f.file.span)?;
        Some(issue.pictures[placed.picture.0].probe.aspect())
    };
    let mut pages: Vec<Plate<'a>> = Vec::new();
    let mut open = false;
    for block in &article.manuscript.body {
        match &block.kind {
            BlockKind::Figure(f) if f.width == Width::Page => {
                let Some(ratio) = ratio(f) else { continue };
                let wide = ratio > 1.25;
                match pages.last_mut() {
                    Some(page) if open && wide => {
                        page.rows.push(vec![f]);
                        open = false;
                    }
                    _ => {
                        pages.push(Plate { rows: vec![vec![f]], essay: None, title: None });
                        open = wide;
                    }
                }
            }
            BlockKind::Gallery(gallery) if gallery.essay => {
                open = false;
                let figures: Vec<(&Figure, f64)> =
                    gallery.figures.iter().filter_map(|f| Some((f, ratio(f)?))).collect();
                let ratios: Vec<f64> = figures.iter().map(|(_, r)| *r).collect();
                let (width, height) = slots::type_area(issue.trim);
                let title = gallery.title.as_ref().map(|t| t.value.as_str());
                let mut rest = figures.iter().map(|(f, _)| *f);
                for (n, page) in dealt(&ratios, height.0 / width.0, title.is_some()).into_iter().enumerate() {
                    let rows = page.iter().map(|count| rest.by_ref().take(*count).collect()).collect();
                    pages.push(Plate { rows, essay: Some(block.number), title: title.filter(|_| n == 0) });
                }
            }
            _ => {}
        }
    }
    pages
}

/// Deals pictures (by width over height) into pages as high as `height` times their width: how many stand in each row.
fn dealt(ratios: &[f64], height: f64, titled: bool) -> Vec<Vec<usize>> {
    // The cheapest way to set the first so many: its cost, and the rows of its last page.
    let mut best: Vec<(f64, Vec<usize>)> = vec![(0.0, Vec::new())];
    for end in 1..=ratios.len() {
        let mut cheapest = (f64::INFINITY, Vec::new());
        for count in 1..=end.min(MOST) {
            let from = end - count;
            let room = height - if titled && from == 0 { TITLE } else { 0.0 };
            for rows in compositions(count) {
                let cost = best[from].0 + PAGE + misfit(&ratios[from..end], &rows, room);
                if cost + 1e-9 < cheapest.0 {
                    cheapest = (cost, rows);
                }
            }
        }
        best.push(cheapest);
    }
    let mut pages = Vec::new();
    let mut end = ratios.len();
    while end > 0 {
        let rows = best[end].1.clone();
        end -= rows.iter().sum::<usize>();
        pages.push(rows);
    }
    pages.reverse();
    pages
}

/// How far rows are from filling a page: what is white, or what would be cut away.
fn misfit(ratios: &[f64], rows: &[usize], room: f64) -> f64 {
    let mut from = 0;
    let mut pictures = 0.0;
    for count in rows {
        pictures += 1.0 / ratios[from..from + count].iter().sum::<f64>();
        from += count;
    }
    let room = room - WORDS * rows.len() as f64;
    if room <= 0.0 { f64::INFINITY } else { (pictures / room - 1.0).abs() }
}

/// Every way to write a number as a sum of rows.
fn compositions(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with = |first: usize| compositions(count - first).into_iter().map(move |rest| [vec![first], rest].concat());
    (1..=count.min(IN_ROW)).flat_map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_filled_and_no_picture_is_left_out() {
        assert_eq!(dealt(&[1.5, 1.5], 1.41, false), [[1, 1]]);
        assert_eq!(dealt(&[0.67], 1.41, false), [[1]]);
        for ratios in [vec![1.5; 7], vec![0.67, 1.5, 1.5, 0.8, 1.0, 2.4, 0.67, 1.5, 1.33], vec![3.0; 5]] {
            let pages = dealt(&ratios, 1.41, true);
            assert_eq!(pages.iter().flatten().sum::<usize>(), ratios.len(), "{pages:?}");
            assert!(pages.iter().flatten().all(|n| (1..=IN_ROW).contains(n)), "{pages:?}");
        }
    }
}
