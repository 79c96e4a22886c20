//! One page judged while it is walked: what is placed is handed to the rules, which note what is wrong.
//!
//! Only a limited memory of the page is kept: what may be the ground of later text, and what stands at the cut.

use super::Wanted;
use super::catalogue::Rule;
use super::edges::Edge;
use super::font::Font;
use super::geometry::Rect;
use super::notes::Notes;
use super::pages::Page;
use super::shared::Shared;
use super::state::{Inside, Kind, Placed, State, snippet};
use super::walk::see_through;
use lopdf::{Dictionary, Object};
use std::collections::BTreeSet;

/// The most areas of a page that are remembered as grounds.
const GROUNDS: usize = 1500;

/// An area that later things stand on.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) area: Rect,
    /// How many inks other than black, and black; `None` for pictures and gradients.
    pub(super) inks: Option<super::colour::Inks>,
}

/// A page while it is judged.
pub(super) struct PageJudge<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) wanted: &'a Wanted<'a>,
    pub(super) page: &'a Page,
    pub(super) notes: Notes,
    pub(super) grounds: Vec<Ground>,
    pub(super) edges: Vec<Edge>,
    /// Inks beside the four that the page uses.
    pub(super) spots: BTreeSet<String>,
    /// Where the pattern that is walked is painted.
    pub(super) pattern_area: Option<Rect>,
}

impl<'a> PageJudge<'a> {
    pub(super) fn new(shared: &'a Shared<'a>, wanted: &'a Wanted<'a>, page: &'a Page) -> Self {
        PageJudge {
            shared,
            wanted,
            page,
            notes: Notes::default(),
            grounds: Vec::new(),
            edges: Vec::new(),
            spots: BTreeSet::new(),
            pattern_area: None,
        }
    }

    /// Notes a fault at a place of this page.
    pub(super) fn at(&mut self, rule: Rule, key: &str, area: Rect, message: impl FnOnce() -> String) {
        let area = area.meet(&self.page.media);
        self.notes.at(rule, key, self.page.number, area, message);
    }

    /// Something is painted.
    pub(super) fn placed(&mut self, placed: &Placed<'_>) {
        let area = match placed.inside {
            Inside::Pattern => self.pattern_area.unwrap_or(placed.area),
            _ => placed.area,
        };
        self.colours(placed, area);
        let printed = placed.area.meet(&self.page.bleed(self.wanted.bleed));
        if placed.inside == Inside::Mask || placed.inside == Inside::Pattern || printed.is_empty() {
            return;
        }
        self.transparency(placed);
        self.inks(placed);
        match &placed.kind {
            Kind::Text { size, .. } => self.type_rules(placed, *size),
            Kind::Stroke { width, .. } => self.line(placed, *width),
            Kind::Fill { straight: true, across } => self.thin_area(placed, *across),
            Kind::Picture(picture) => self.resolution(placed, picture),
            _ => {}
        }
        if placed.inside == Inside::Page {
            self.edge(placed);
            self.ground(placed);
        }
    }

    fn transparency(&mut self, placed: &Placed<'_>) {
        if let Some(why) = placed.see_through
            && !self.wanted.shop.standard.allows_transparency()
        {
            let standard = self.wanted.shop.standard.name();
            self.at(Rule::TRANSPARENCY, why, placed.area, || {
                format!("{} has {why}, which {standard} does not allow", placed.name())
            });
        }
    }

    fn ground(&mut self, placed: &Placed<'_>) {
        let opaque = placed.see_through.is_none() && !placed.overprint;
        let covers = match &placed.kind {
            Kind::Fill { straight, .. } => *straight,
            Kind::Picture(picture) => !picture.stencil && picture.straight,
            Kind::Shading => true,
            _ => false,
        };
        if opaque && covers && self.grounds.len() < GROUNDS {
            self.grounds.push(Ground { area: placed.area, inks: placed.inks.clone() });
        }
    }

    /// What a text at a place stands on, if anything is known.
    pub(super) fn ground_of(&self, area: &Rect) -> Option<&Ground> {
        self.grounds.iter().rev().find(|g| g.area.covers(area.center()))
    }

    /// Text is shown in a font.
    pub(super) fn font(&mut self, font: &Font, area: &Rect, text: &str, inside: Inside) {
        if !font.embedded {
            self.at(Rule::NOT_EMBEDDED, &font.name, *area, || {
                format!("the font `{}` of {} is not embedded", font.name, snippet(text))
            });
        }
        if font.drawn.is_some() && inside != Inside::Mask {
            self.at(Rule::TYPE_THREE, &font.name, *area, || {
                format!("the letters of {} are drawings (Type 3 font `{}`)", snippet(text), font.name)
            });
        }
    }

    /// An `ExtGState` comes into force.
    pub(super) fn graphics(&mut self, dict: &Dictionary) {
        let shared = self.shared;
        let page = self.page.number;
        let second = dict.get_deref(b"TR2", shared.document).ok();
        if dict.has(b"TR") || second.is_some_and(|o| !matches!(o.as_name(), Ok(b"Default"))) {
            self.notes.page(Rule::TRANSFER, page, || "a transfer function bends the tones of this page".to_owned());
        }
        let halftone = dict.get_deref(b"HT", shared.document).ok().and_then(super::shared::dict_of);
        let strange = halftone.is_some_and(|h| {
            h.has(b"HalftoneName") || !matches!(shared.number(h, b"HalftoneType").map(|n| n as i64), Some(1 | 5))
        });
        if strange || dict.has(b"HTP") {
            self.notes.page(Rule::HALFTONE, page, || "this page brings a halftone screen of its own".to_owned());
        }
    }

    /// A transparency group is painted.
    pub(super) fn group(&mut self, form: &Dictionary, state: &State, area: &Rect) {
        if self.wanted.shop.standard.allows_transparency() || !form.has(b"Group") {
            return;
        }
        let standard = self.wanted.shop.standard.name();
        let alpha = state.alpha_fill.min(state.alpha_stroke);
        let why = see_through(state, alpha).map_or(String::new(), |why| format!(" with {why}"));
        self.at(Rule::TRANSPARENCY, "group", *area, || {
            format!("a group is blended as a whole{why}, which {standard} does not allow")
        });
    }

    /// A form is walked.
    pub(super) fn form(&mut self, form: &Dictionary, state: &State, inside: Inside) {
        let area = match inside {
            Inside::Pattern => self.pattern_area.unwrap_or(state.clip),
            _ => state.clip,
        };
        self.group_space(form, area, "a group");
        self.outside(form, area);
        if self.shared.name(form, b"Subtype2") == Some(b"PS") || form.has(b"PS") {
            self.at(Rule::POSTSCRIPT, "", area, || "a form holds PostScript".to_owned());
        }
    }

    /// The space in which a group blends.
    pub(super) fn group_space(&mut self, dict: &Dictionary, area: Rect, what: &str) {
        let Some(group) = self.shared.dict(dict, b"Group") else { return };
        let Ok(object) = group.get(b"CS") else { return };
        let space = super::colour::Space::read(self.shared, None, object);
        if space.family() == super::colour::Family::Screen {
            self.at(Rule::RGB_GROUP, "", area, || format!("{what} is blended in {}", space.name()));
        }
    }

    fn outside(&mut self, dict: &Dictionary, area: Rect) {
        if dict.has(b"OPI") || dict.has(b"Ref") {
            self.at(Rule::OPI, "", area, || "something on the page stands in for a file elsewhere".to_owned());
        }
    }

    /// What a picture's dictionary may not hold.
    pub(super) fn picture_dict(&mut self, dict: &Dictionary, area: &Rect) {
        self.outside(dict, *area);
        if dict.has(b"Alternates") {
            self.at(Rule::ALTERNATES, "", *area, || "a picture carries another for some devices".to_owned());
        }
    }

    /// How a picture is packed.
    pub(super) fn packed(&mut self, filters: &[Vec<u8>], area: &Rect) {
        let standard = self.wanted.shop.standard;
        for filter in filters {
            let name = match filter.as_slice() {
                b"LZWDecode" => "LZW",
                b"JPXDecode" if !standard.allows_transparency() => "JPEG 2000",
                b"JBIG2Decode" if !standard.allows_transparency() => "JBIG2",
                b"Crypt" => "Crypt",
                b"BrotliDecode" => "Brotli",
                _ => continue,
            };
            self.at(Rule::COMPRESSION, name, *area, || {
                format!("a picture is packed with {name}, which {} does not allow", standard.name())
            });
        }
    }

    /// A piece of content could not be unfolded.
    pub(super) fn broken(&mut self, area: &Rect) {
        if !self.shared.is_spent() {
            self.at(Rule::BROKEN, "", *area, || "a piece of the page does not unpack".to_owned());
        }
    }

    /// The page's annotations: none may lie on what is printed.
    pub(super) fn annotation(&mut self, dict: &Dictionary) -> Option<Rect> {
        let area = dict.get_deref(b"Rect", self.shared.document).ok();
        let area = area.and_then(|o| Rect::read(self.shared.document, o))?;
        let kind = self.shared.name(dict, b"Subtype").unwrap_or_default();
        let printed = self.page.bleed(self.wanted.bleed);
        if matches!(kind, b"PrinterMark" | b"TrapNet") || area.meet(&printed).is_empty() {
            return None;
        }
        let kind = super::colour::text(kind);
        let what = match kind.as_str() {
            "Link" => "a link".to_owned(),
            "Widget" => "a form field".to_owned(),
            "Text" | "FreeText" | "Popup" => "a note".to_owned(),
            other => format!("an annotation (`{other}`)"),
        };
        self.at(Rule::ANNOTATION, &kind, area, || format!("{what} lies on the page"));
        Some(area)
    }

    /// A value of the page's own dictionary.
    pub(super) fn of_page(&self, key: &[u8]) -> Option<&'a Object> {
        self.shared.document.get_dictionary(self.page.id).ok()?.get_deref(key, self.shared.document).ok()
    }
}
