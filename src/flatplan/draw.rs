//! The flatplan drawn: millimetres, four spreads a row.

use super::{Plate, Sheet, advert_pages};
use crate::picture::{Derived, Format};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

const WIDTH: f64 = 420.0;
const MARGIN: f64 = 12.0;
const SPREADS: usize = 4;
const BETWEEN: f64 = 8.0;
/// Under a page: its colour, folio and label.
const FOOT: f64 = 15.0;
const HEAD: f64 = 24.0;
/// Letters of a label that go on one line.
const LABEL: usize = 26;

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if (c as u32) < 32 => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Where things go.
struct Grid {
    page: (f64, f64),
    rtl: bool,
}

impl Grid {
    fn new(sheet: &Sheet<'_>) -> Grid {
        let spread = (WIDTH - 2.0 * MARGIN - (SPREADS - 1) as f64 * BETWEEN) / SPREADS as f64;
        let format = &sheet.layout.format;
        let width = spread / 2.0;
        Grid { page: (width, width * format.height / format.width), rtl: format.rtl }
    }

    /// The upper left corner of a page.
    fn at(&self, index: usize) -> (f64, f64) {
        let slot = index.div_ceil(2);
        let (row, column) = (slot / SPREADS, slot % SPREADS);
        // The cover is a right page; where pages turn the other way, a left one.
        let right = index.is_multiple_of(2);
        let (column, right) = if self.rtl { (SPREADS - 1 - column, !right) } else { (column, right) };
        let x = MARGIN + column as f64 * (2.0 * self.page.0 + BETWEEN) + if right { self.page.0 } else { 0.0 };
        (x, HEAD + MARGIN + row as f64 * (self.page.1 + FOOT + BETWEEN))
    }

    fn height(&self, pages: usize) -> f64 {
        let rows = pages.div_ceil(2) / SPREADS + 1;
        HEAD + 2.0 * MARGIN + rows as f64 * (self.page.1 + FOOT + BETWEEN)
    }
}

pub(super) fn svg(sheet: &Sheet<'_>) -> String {
    let grid = Grid::new(sheet);
    let height = grid.height(sheet.plates.len().saturating_sub(1));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.1}\" width=\"{WIDTH}mm\" height=\"{height:.1}mm\" \
         role=\"img\" font-family=\"'Source Sans 3', sans-serif\">\n<rect width=\"{WIDTH}\" height=\"{height:.1}\" fill=\"#ffffff\"/>\n"
    );
    head(sheet, &mut out);
    for (index, plate) in sheet.plates.iter().enumerate() {
        page(sheet, &grid, index, plate, &mut out);
    }
    out.push_str("</svg>");
    out
}

fn head(sheet: &Sheet<'_>, out: &mut String) {
    let issue = sheet.issue;
    let title = format!("{} · {}", issue.publication.title.value, sheet.words.month_year(issue.date));
    let adverts = advert_pages(sheet.plates);
    let extent = sheet.plates.len();
    let problems = sheet.plates.iter().filter(|p| !p.problems.is_empty()).count();
    let facts = format!(
        "{extent} pages · adverts {adverts:.1} pages ({:.0} %) · white {:.1} % · {problems} pages with findings",
        100.0 * adverts / extent.max(1) as f64,
        sheet.layout.measured.unused
    );
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"17\" font-size=\"9\" font-weight=\"700\" fill=\"#1a1a1a\">{}</text>\n\
         <text x=\"{MARGIN}\" y=\"25\" font-size=\"4.4\" fill=\"#55504a\">{}</text>",
        escape(&title),
        escape(&facts)
    );
    legend(sheet, out);
}

/// The sections with their colours, from the right edge.
fn legend(sheet: &Sheet<'_>, out: &mut String) {
    let mut x = WIDTH - MARGIN;
    for (n, section) in sheet.issue.sections.iter().enumerate().rev() {
        let width = 7.0 + section.title.chars().count() as f64 * 2.2;
        x -= width;
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"13.5\" width=\"4\" height=\"4\" fill=\"{}\"/>\n\
             <text x=\"{:.1}\" y=\"17\" font-size=\"4.2\" fill=\"#1a1a1a\">{}</text>",
            colour(sheet, n),
            x + 5.0,
            escape(&section.title)
        );
    }
}

fn colour<'a>(sheet: &'a Sheet<'_>, section: usize) -> &'a str {
    let count = sheet.colours.len().max(1);
    sheet.colours.get(section % count).map_or("#55504a", String::as_str)
}

fn page(sheet: &Sheet<'_>, grid: &Grid, index: usize, plate: &Plate, out: &mut String) {
    let ((x, y), (w, h)) = (grid.at(index), grid.page);
    let label = format!("{} {}", plate.folio, plate.label);
    let _ = writeln!(out, "<g><title>{}</title>", escape(&[&[label], &plate.problems[..]].concat().join("\n")));
    match sheet.views.get(index).and_then(Option::as_ref) {
        Some(view) => {
            let _ = writeln!(
                out,
                "<image x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" preserveAspectRatio=\"none\" href=\"{}\"/>",
                data_link(view)
            );
        }
        None => out.push_str(&rect(x, y, w, h, "#f6f4ef")),
    }
    if plate.blank {
        let _ = writeln!(
            out,
            "<path d=\"M{x:.2} {y:.2}l{w:.2} {h:.2}M{:.2} {y:.2}l-{w:.2} {h:.2}\" stroke=\"#b3261e\" stroke-width=\"0.5\"/>",
            x + w
        );
    }
    let _ = writeln!(
        out,
        "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" fill=\"none\" stroke=\"#8a857d\" stroke-width=\"0.25\"/>"
    );
    foot(sheet, (x, y + h, w), plate, out);
    if !plate.problems.is_empty() {
        let (cx, cy) = (x + w - 4.0, y + 4.0);
        let _ = writeln!(
            out,
            "<circle cx=\"{cx:.2}\" cy=\"{cy:.2}\" r=\"2.8\" fill=\"#b3261e\"/>\n\
             <text x=\"{cx:.2}\" y=\"{:.2}\" font-size=\"4\" font-weight=\"700\" text-anchor=\"middle\" fill=\"#ffffff\">{}</text>",
            cy + 1.4,
            plate.problems.len()
        );
    }
    out.push_str("</g>\n");
}

/// What stands under a page: a bar in its section's colour, folio, label, adverts.
fn foot(sheet: &Sheet<'_>, (x, y, w): (f64, f64, f64), plate: &Plate, out: &mut String) {
    let fill = plate.article.map_or("#c9c4bb", |a| colour(sheet, sheet.issue.articles[a].section));
    out.push_str(&rect(x + 0.4, y + 1.0, w - 0.8, 1.6, fill));
    let label: String = match plate.label.chars().count() > LABEL {
        true => plate.label.chars().take(LABEL - 1).chain(['…']).collect(),
        false => plate.label.clone(),
    };
    let _ = writeln!(
        out,
        "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"3.8\" fill=\"#1a1a1a\"><tspan font-weight=\"700\">{}</tspan> {}</text>",
        x + 0.5,
        y + 6.6,
        escape(&plate.folio),
        escape(&label)
    );
    let adverts: Vec<String> = plate
        .adverts
        .iter()
        .map(|(advert, share)| {
            let advert = &sheet.issue.adverts[advert.0];
            let whose = advert.partner.map_or(advert.id.as_str(), |p| sheet.issue.partners[p].name.as_str());
            format!("{share} {whose}")
        })
        .collect();
    if !adverts.is_empty() {
        let told: String = adverts.join(", ").chars().take(LABEL + 4).collect();
        let _ = writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"3.5\" fill=\"#9c2b16\">{}</text>",
            x + 0.5,
            y + 11.2,
            escape(&told)
        );
    }
}

fn rect(x: f64, y: f64, w: f64, h: f64, fill: &str) -> String {
    format!("<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" fill=\"{fill}\"/>\n")
}

fn data_link(view: &Derived) -> String {
    let kind = if view.format == Format::Png { "png" } else { "jpeg" };
    format!("data:image/{kind};base64,{}", STANDARD.encode(&view.bytes))
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn an_authors_words_are_never_markup() {
        assert_eq!(escape("<b a=\"1\">&\u{1}"), "&lt;b a=&quot;1&quot;&gt;&amp; ");
    }
}
