//! Findings about laid-out pages: what was measured, where, and what the editor can do about it.

use super::astray::Astray;
use super::format::PT_PER_MM;
use super::judge::{HYPHENS, LOOSE, Measured, Measures, OFF_GRID, PPI};
use super::pages::{Layout, Page, Placed};
use crate::issue::Issue;
use crate::issue::pages::Anchor;
use crate::manuscript::Block;
use crate::report::{Code, Finding, Severity, Span};

/// White depth in lines from which a page is worth a word.
const WHITE_LINES: f64 = 4.0;
/// White depth of the whole issue in per cent from which it is worth a word.
const WHITE_SHARE: f64 = 3.0;

/// A finding about the pages.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The index of the page; none for the issue as a whole.
    pub page: Option<usize>,
    /// What is wrong there.
    pub finding: Finding,
}

impl Layout {
    /// Everything in which the pages fall short, page by page.
    pub fn faults(&self, issue: &Issue) -> Vec<Fault> {
        let mut out = faults(issue, &self.pages, &self.articles, &self.measured);
        out.extend(self.competitors(issue));
        out.extend(self.beside_adverts(issue));
        out
    }

    /// Pictures for editorial use only on a page that carries an advert: they would seem to sell something.
    fn beside_adverts(&self, issue: &Issue) -> Vec<Fault> {
        let is_advert = |p: &&Placed| issue.adverts.iter().any(|a| a.picture == p.picture);
        let editorial = self.placed.iter().filter(|p| issue.pictures[p.picture.0].terms.editorial);
        let mut out: Vec<Fault> = Vec::new();
        for picture in editorial {
            let page = &self.pages[picture.page];
            let Some(advert) = self.placed.iter().filter(is_advert).find(|a| a.page == picture.page) else { continue };
            let Some(advert) = issue.adverts.iter().find(|a| a.picture == advert.picture) else { continue };
            let of = &issue.pictures[picture.picture.0];
            let message = format!(
                "{}: `{}` is for editorial use only, and the advert `{}` stands beside it",
                page.spoken(),
                of.path,
                advert.id
            );
            let span = of.rights.as_ref().map_or(advert.span, |r| r.span);
            let mut finding = Finding::new(Code::RIGHTS_EDITORIAL, span, message)
                .other(advert.span, "booked here")
                .hint("move the picture up or down in its article, or book the advert after another one");
            // The pages may fall otherwise before the issue is finished.
            finding.severity = Severity::Warning;
            out.push(Fault { page: Some(picture.page), finding });
        }
        out
    }

    /// Adverts of competitors on a page or on two that face each other.
    fn competitors(&self, issue: &Issue) -> Vec<Fault> {
        // Pages 2 and 3, whose indices are 1 and 2, face each other.
        let opening = |page: usize| page.div_ceil(2);
        let advert = |p: &Placed| issue.adverts.iter().position(|a| a.picture == p.picture).map(|a| (a, p.page));
        let list: Vec<(usize, usize)> = self.placed.iter().filter_map(advert).collect();
        let mut out = Vec::new();
        for (n, (one, page)) in list.iter().enumerate() {
            for (other, far) in &list[n + 1..] {
                let (a, b) = (&issue.adverts[*one], &issue.adverts[*other]);
                let trade = issue.trade_of(*one).filter(|t| issue.trade_of(*other) == Some(*t));
                if let Some(trade) = trade.filter(|_| a.partner != b.partner && opening(*page) == opening(*far)) {
                    let message = format!(
                        "{}: the advert `{}` stands in sight of `{}`, and both partners are in the trade `{trade}`",
                        self.pages[*far].spoken(),
                        b.id,
                        a.id
                    );
                    let finding = Finding::new(Code::LAYOUT_COMPETITORS, b.span, message)
                        .hint("book one of the two after another article, or for another place");
                    out.push(Fault { page: Some(*far), finding });
                }
            }
        }
        out
    }
}

/// What the findings need to know of a page.
struct At<'a> {
    issue: &'a Issue,
    index: usize,
    page: &'a Page,
    /// The article that stands there.
    article: Option<usize>,
}

impl At<'_> {
    fn find(&self, code: Code, what: String, hint: &str) -> Fault {
        let span = match self.article {
            Some(article) => self.issue.articles[article].manuscript.front.headline.span,
            None => Span::whole(self.issue.file),
        };
        let finding = Finding::new(code, span, format!("{}: {what}", self.page.spoken())).hint(hint);
        Fault { page: Some(self.index), finding }
    }
}

fn faults(issue: &Issue, pages: &[Page], articles: &[super::ArticlePages], measured: &Measured) -> Vec<Fault> {
    let mut out = Vec::new();
    for (index, (page, measures)) in pages.iter().zip(&measured.pages).enumerate() {
        // Of two articles that share a page, the one that ends there is meant.
        let article = articles.iter().position(|a| (a.first..=a.last).contains(&index) && a.last > 0);
        let at = At { issue, index, page, article };
        text(&at, measures, &mut out);
        room(&at, measures, &mut out);
        pictures(&at, measures, &mut out);
    }
    for (article, depth) in &measured.short_ends {
        let index = articles.get(*article).map_or(0, |a| a.last);
        if let Some(page) = pages.get(index) {
            let what = format!("the article's last page holds text on {depth:.0} % of its depth, and nothing else");
            let hint = "cut a few lines, or add a short text to `fillers` or an advert of the house";
            out.push(At { issue, index, page, article: Some(*article) }.find(Code::LAYOUT_SHORT_END, what, hint));
        }
    }
    for (article, index) in &measured.crowded {
        let index = *index;
        if let Some(page) = pages.get(index) {
            let what = "a picture or box runs into what stands at the foot of the page".to_owned();
            let hint = "shorten the box, or move it nearer to the beginning of the article";
            out.push(At { issue, index, page, article: Some(*article) }.find(Code::LAYOUT_OVERLAP, what, hint));
        }
    }
    for article in &measured.misplaced {
        let index = articles.get(*article).map_or(0, |a| a.first);
        if let Some(page) = pages.get(index) {
            let what = "the feature opens on the other side than the theme asks".to_owned();
            let hint =
                "move an article or a full-page advert before it, or set `side = \"any\"` in the theme's `[opener]`";
            out.push(At { issue, index, page, article: Some(*article) }.find(Code::LAYOUT_SIDE, what, hint));
        }
    }
    for astray in &measured.astray {
        out.push(words_astray(issue, pages, &articles[astray.article], astray));
    }
    whole(issue, pages, measured, &mut out);
    out
}

/// Words that are missing, or stand there twice. An error: whoever reads the pages would not notice.
fn words_astray(issue: &Issue, pages: &[Page], of: &super::ArticlePages, astray: &Astray) -> Fault {
    let (first, last) = (&pages[of.first], &pages[of.last]);
    let place = match of.first == of.last {
        true => first.spoken(),
        false => format!("{} to {}", first.spoken(), last.folio),
    };
    let what = if astray.twice { "stands twice in the page editions" } else { "is missing in the page editions" };
    let mut finding = Finding::new(Code::LAYOUT_WORDS, astray.span, format!("{place}: “{}” {what}", astray.words));
    if issue.draft {
        finding.severity = Severity::Warning;
    }
    let hint = "divide the list, box or note that holds it into two, or move a footnote out of it; the e-book has every word once";
    Fault { page: Some(of.first), finding: finding.hint(hint) }
}

/// Faults in the setting of the text.
fn text(at: &At<'_>, m: &Measures, out: &mut Vec<Fault>) {
    if let Some((spacing, line)) = m.loosest.as_ref().filter(|(s, _)| *s > LOOSE) {
        let others = if m.loose > 1 { format!(" ({} such lines here)", m.loose) } else { String::new() };
        let what = format!("word spaces of {spacing:.2} times the usual in “{line}”{others}");
        let hint = "change a word in this paragraph, or write a soft hyphen (`&shy;`) into a long one";
        out.push(at.find(Code::LAYOUT_LOOSE, what, hint));
    }
    if let Some((beyond, line)) = &m.wide {
        let what = format!("“{line}” goes {:.0} mm beyond its column", (beyond / PT_PER_MM).ceil());
        let hint = "write soft hyphens (`&shy;`) or spaces into its longest word: nothing says where it may be divided";
        out.push(at.find(Code::LAYOUT_WIDE, what, hint));
    }
    if m.ladder > HYPHENS {
        let what = format!("{} lines in a row end in a hyphen", m.ladder);
        out.push(at.find(Code::LAYOUT_LADDER, what, "change a word in this paragraph"));
    }
    if m.divided {
        let hint = "change a word in this paragraph";
        out.push(at.find(Code::LAYOUT_DIVIDED, "the last word of the page is divided".to_owned(), hint));
    }
    for line in &m.widows {
        let what = format!("the line “{line}” stands alone in its column");
        out.push(at.find(Code::LAYOUT_WIDOW, what, "add or cut a few words in this paragraph"));
    }
    if m.off_grid > OFF_GRID {
        let what = format!("a line of text is {:.2} pt off the baseline grid", m.off_grid);
        let hint =
            "if the theme is your own, make its blocks whole lines high; if it is a shipped one, please report it";
        out.push(at.find(Code::LAYOUT_GRID, what, hint));
    }
}

/// Faults in the use of the page.
fn room(at: &At<'_>, m: &Measures, out: &mut Vec<Fault>) {
    if m.unused >= WHITE_LINES {
        let what = format!("{:.0} lines stay white at the article's end", m.unused);
        let hint = "add a short text to `fillers`, an advert of the house, a pull quote or a picture";
        out.push(at.find(Code::LAYOUT_WHITE, what, hint));
    }
    if let Some((advert, lines)) = m.beside.filter(|(_, lines)| f64::from(*lines) >= WHITE_LINES) {
        let what = format!("{lines} lines stay white beside the advert `{}`", at.issue.adverts[advert].id);
        let hint = "add an advert of the house of the same size, or a short text of that length to `fillers`";
        out.push(at.find(Code::LAYOUT_WHITE, what, hint));
    }
    if let Some(lines) = m.balance.filter(|b| *b > 1) {
        let what = format!("the columns at the article's end differ by {lines} lines");
        out.push(at.find(Code::LAYOUT_UNBALANCED, what, "move a picture or a pull quote near the end of the text"));
    }
}

fn pictures(at: &At<'_>, m: &Measures, out: &mut Vec<Fault>) {
    if let Some((picture, ppi)) = m.ppi.filter(|(_, ppi)| *ppi < PPI) {
        let path = &at.issue.pictures[picture.0].path;
        let what = format!("`{path}` has {ppi:.0} pixels to the inch at this size; print needs {PPI:.0}");
        out.push(at.find(Code::LAYOUT_PPI, what, "ask for a larger file, or give the picture a smaller place"));
    }
    for (article, block, pages) in &m.far {
        let subject = &at.issue.articles[*article];
        let span = span_of(&subject.manuscript.body, *block).unwrap_or(subject.manuscript.front.headline.span);
        let (way, count) = (if *pages > 0 { "after" } else { "before" }, pages.abs());
        let plural = if count == 1 { "" } else { "s" };
        let message = format!("{}: this stands {count} page{plural} {way} its place in the text", at.page.spoken());
        let finding = Finding::new(Code::LAYOUT_FAR, span, message).hint("move it a few paragraphs up or down");
        out.push(Fault { page: Some(at.index), finding });
    }
}

/// Faults of the issue as a whole.
fn whole(issue: &Issue, pages: &[Page], measured: &Measured, out: &mut Vec<Fault>) {
    let mut push = |code, span, message: String, hint: &str| {
        out.push(Fault { page: None, finding: Finding::new(code, span, message).hint(hint) });
    };
    if measured.unused > WHITE_SHARE {
        let message = format!("{:.1} % of the issue's depth stays white at the ends of articles", measured.unused);
        let hint =
            "add short texts to `fillers`, and adverts of the house in several sizes: they are what fills such places";
        push(Code::LAYOUT_WHITE, Span::whole(issue.file), message, hint);
    }
    if measured.missing > 0 {
        let (extent, missing) = (pages.len(), measured.missing);
        let plural = if missing == 1 { "" } else { "s" };
        let message =
            format!("{extent} pages: {missing} page{plural} short of a multiple of four, which printers need");
        let hint =
            "add a full-page advert of the house (`[[house-advert]]`, `size = \"full\"`), or cut or add an article";
        push(Code::LAYOUT_EXTENT, Span::whole(issue.file), message, hint);
    }
    for (index, page) in pages.iter().enumerate() {
        let Anchor::Advert(advert) = page.starts else { continue };
        let begins = index.checked_sub(1).is_none_or(|before| pages[before].starts != page.starts);
        if issue.adverts[advert.0].size.pages() == 2 && begins && index % 2 == 0 {
            let advert = &issue.adverts[advert.0];
            let message =
                format!("the double-page advert `{}` begins on a right-hand page, {}", advert.id, page.spoken());
            let hint = "book it after another article, or add or take a full-page advert before it";
            push(Code::LAYOUT_SIDE, advert.span, message, hint);
        }
    }
    for advert in &measured.elsewhere {
        let advert = &issue.adverts[*advert];
        let message = format!("advert `{}` does not stand after the article that it was booked after", advert.id);
        push(
            Code::LAYOUT_ADVERT,
            advert.span,
            message,
            "tell the partner, or book it after an article with room at its end",
        );
    }
}

/// Where a block of the main text stands in its file.
fn span_of(blocks: &[Block], number: u32) -> Option<Span> {
    blocks.iter().find(|b| b.number == number).map(|b| b.span)
}
