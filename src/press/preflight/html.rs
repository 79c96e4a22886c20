//! A verdict as a page for the browser, complete in one file: every page in small, every fault framed on it.

use super::geometry::{POINTS, Rect};
use super::{Fault, Page, Verdict, ranges};
use crate::press::Shop;
use crate::report::Severity;

const STYLE: &str = "\
body{font:15px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:2rem auto;max-width:75rem;padding:0 1rem}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .6rem}p{margin:.3rem 0}code{font-size:.85em;color:#444}\
li{margin:.7rem 0}.error>b{color:#9b1c1c}.warning>b{color:#7a5200}.small{font-size:.85rem;color:#444}\
.pages{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}.page{width:15rem}\
.sheet{position:relative;background:#f4f4f4;outline:1px solid #bbb;overflow:hidden}.sheet img{display:block;width:100%;height:100%}\
.sheet i{position:absolute;box-sizing:border-box}.trim{border:1px dashed #1b6fb3}\
.frame{min-width:5px;min-height:5px;border:1.5px solid #d11}.frame.warning{border-color:#d98e00}\
@media print{body{margin:0;max-width:none}.page{break-inside:avoid}}";

/// The page. `views` are small pictures of the pages' media boxes as shown, as addresses with their data in them; pages
/// without one are drawn as outlines.
pub fn html(verdict: &Verdict, file: &str, shop: &Shop, views: &[Option<String>]) -> String {
    let title = format!("Preflight: {file}");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
        escaped(&title)
    );
    out.push_str(&format!(
        "<p>{} pages, judged for the print shop profile <code>{}</code>: {} ({}).</p>\n",
        verdict.pages.len(),
        escaped(&shop.name),
        escaped(&shop.about),
        shop.standard.name()
    ));
    if verdict.faults.is_empty() {
        out.push_str("<p>Nothing to complain of.</p>\n");
    }
    for what in &verdict.unchecked {
        out.push_str(&format!("<p><b>Not checked:</b> {}</p>\n", escaped(what)));
    }
    for (severity, heading) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings")] {
        list(&mut out, verdict, severity, heading);
    }
    out.push_str("<h2>Pages</h2>\n<p class=\"small\">Dashed: where the page is cut. Red: errors. Amber: warnings.</p>\n<div class=\"pages\">\n");
    for page in &verdict.pages {
        sheet(&mut out, verdict, page, views.get(page.number - 1).and_then(Option::as_deref));
    }
    out.push_str("</div>\n</body>\n</html>\n");
    out
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn list(out: &mut String, verdict: &Verdict, severity: Severity, heading: &str) {
    let faults: Vec<&Fault> = verdict.faults.iter().filter(|f| f.severity == severity).collect();
    if faults.is_empty() {
        return;
    }
    out.push_str(&format!("<h2>{heading}</h2>\n<ol>\n"));
    for fault in faults {
        let pages = match fault.pages.as_slice() {
            [] => "The whole file".to_owned(),
            [page] => format!("<a href=\"#page-{page}\">Page {page}</a>"),
            [first, ..] => format!("<a href=\"#page-{first}\">Pages {}</a>", ranges(&fault.pages)),
        };
        out.push_str(&format!(
            "<li class=\"{}\"><b>{}</b> <code>{}</code><br>{}<br>{pages}<br><span class=\"small\">{}</span></li>\n",
            class(severity),
            escaped(&fault.message),
            fault.rule.id(),
            escaped(&fault.hint),
            escaped(&fault.basis)
        ));
    }
    out.push_str("</ol>\n");
}

fn sheet(out: &mut String, verdict: &Verdict, page: &Page, view: Option<&str>) {
    let turned = page.rotate % 180 == 90;
    let (width, height) = (page.media.width(), page.media.height());
    let ratio = if turned { width / height } else { height / width };
    let number = page.number;
    out.push_str(&format!(
        "<div class=\"page\" id=\"page-{number}\"><div class=\"sheet\" style=\"padding-top:{:.2}%\">",
        (ratio * 100.0).clamp(5.0, 2000.0)
    ));
    if let Some(view) = view {
        out.push_str(&format!(
            "<img src=\"{}\" alt=\"Page {number}\" loading=\"lazy\" style=\"position:absolute;inset:0\">",
            escaped(view)
        ));
    }
    frame(out, page, &page.trim, "trim", "the cut");
    for fault in &verdict.faults {
        for place in fault.places.iter().filter(|p| p.page == number).take(40) {
            let area = &place.area;
            let left = page.trim.left + area.left.0 * POINTS;
            let top = page.trim.top - area.top.0 * POINTS;
            let rect = Rect::new((left, top), (left + area.width.0 * POINTS, top - area.height.0 * POINTS));
            frame(out, page, &rect, &format!("frame {}", class(fault.severity)), &fault.message);
        }
    }
    let whole: Vec<&str> = verdict
        .faults
        .iter()
        .filter(|f| f.places.is_empty() && f.pages.contains(&number))
        .map(|f| f.rule.id())
        .collect();
    let more = if whole.is_empty() { String::new() } else { format!(": {}", whole.join(", ")) };
    out.push_str(&format!("</div><p class=\"small\">Page {number}{}</p></div>\n", escaped(&more)));
}

/// A box on a small page, in per cent of what is shown.
fn frame(out: &mut String, page: &Page, rect: &Rect, class: &str, title: &str) {
    let media = &page.media;
    let (x0, x1) = ((rect.left - media.left) / media.width(), (rect.right - media.left) / media.width());
    let (y0, y1) = ((media.top - rect.top) / media.height(), (media.top - rect.bottom) / media.height());
    let (left, top, right, bottom) = match page.rotate {
        90 => (1.0 - y1, x0, 1.0 - y0, x1),
        180 => (1.0 - x1, 1.0 - y1, 1.0 - x0, 1.0 - y0),
        270 => (y0, 1.0 - x1, y1, 1.0 - x0),
        _ => (x0, y0, x1, y1),
    };
    let percent = |v: f64| (v * 100.0).clamp(-10.0, 110.0);
    out.push_str(&format!(
        "<i class=\"{class}\" title=\"{}\" style=\"left:{:.2}%;top:{:.2}%;width:{:.2}%;height:{:.2}%\"></i>",
        escaped(title),
        percent(left),
        percent(top),
        percent(right) - percent(left),
        percent(bottom) - percent(top)
    ));
}

/// Text that stands in a page or an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
