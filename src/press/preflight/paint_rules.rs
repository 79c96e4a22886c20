//! Rules about what is painted: its colours and inks, type, lines, and pictures' resolution.

use super::catalogue::Rule;
use super::colour::{Family, Space, process};
use super::geometry::{POINTS, Rect};
use super::judge::PageJudge;
use super::state::{Inside, Kind, Picture, Placed};

/// Black text below this size in points is judged when it is made of several inks.
const FOUR_COLOUR_BELOW: f64 = 18.0;
/// Pictures smaller than this many millimetres are not judged by their pixels.
const SMALLEST_PICTURE: f64 = 4.0;

impl PageJudge<'_> {
    /// The colour space of what is painted.
    pub(super) fn colours(&mut self, placed: &Placed<'_>, area: Rect) {
        let standard = self.wanted.shop.standard;
        let space = placed.space;
        match space.family() {
            Family::Screen => self.screen_colour(placed, area),
            Family::ProfiledGray | Family::ProfiledCmyk if !standard.allows_icc() => {
                self.at(Rule::PROFILED, &space.name(), area, || {
                    format!("{} is in {}, which {} does not allow", placed.name(), space.name(), standard.name())
                });
            }
            Family::ProfiledGray if placed.inside == Inside::Mask => {}
            Family::ProfiledGray => {
                self.at(Rule::ICC_GRAY, &space.name(), area, || format!("{} is in {}", placed.name(), space.name()))
            }
            Family::ProfiledCmyk => {
                if !self.is_for_press(space) {
                    self.at(Rule::CMYK_PROFILE, "", area, || {
                        format!("{} is in CMYK with another profile than the print shop's", placed.name())
                    });
                }
            }
            Family::Press => self.named_inks(placed, space, area),
        }
    }

    fn screen_colour(&mut self, placed: &Placed<'_>, area: Rect) {
        let shop = self.wanted.shop;
        let rule = match &placed.kind {
            Kind::Text { .. } => Rule::RGB_TEXT,
            Kind::Picture(picture) if !picture.stencil => Rule::RGB_PICTURE,
            Kind::Shading => Rule::RGB_SHADING,
            _ => Rule::RGB_VECTOR,
        };
        let kept = shop.keep_rgb && shop.standard.allows_icc() && placed.space.is_profiled();
        if kept && rule == Rule::RGB_PICTURE {
            return;
        }
        let name = placed.space.name();
        let where_ = match placed.inside {
            Inside::Page => "",
            Inside::Pattern => " in a pattern",
            Inside::Mask => " in a soft mask",
            Inside::Letter => " in a letter",
            Inside::Annotation => " of an annotation",
        };
        self.at(rule, &name, area, || format!("{}{where_} is in {name}", placed.name()));
    }

    /// Whether the profile of a CMYK space is the file's or the shop's own.
    fn is_for_press(&self, space: &Space) -> bool {
        match space {
            Space::Icc(icc) => icc.digest == self.wanted.profile || Some(icc.digest) == self.wanted.intent,
            Space::Indexed(base) | Space::Pattern(Some(base)) => self.is_for_press(base),
            _ => true,
        }
    }

    fn named_inks(&mut self, placed: &Placed<'_>, space: &Space, area: Rect) {
        let names = match space {
            Space::Inks(names) => names,
            Space::Indexed(base) | Space::Pattern(Some(base)) => return self.named_inks(placed, base, area),
            _ => return,
        };
        for name in names {
            if name == "All" {
                if !area.meet(&self.page.trim.grown(-0.5)).is_empty() {
                    self.at(Rule::REGISTRATION, "", area, || {
                        format!("{} is in the colour of registration marks", placed.name())
                    });
                }
            } else if name != "None" && process(name).is_none() {
                if !self.spots.contains(name) && self.spots.len() < 256 {
                    self.spots.insert(name.clone());
                }
                if !self.wanted.shop.spots {
                    self.at(Rule::SPOT, name, area, || format!("{} is in the spot colour `{name}`", placed.name()));
                }
            }
        }
    }

    /// Sums of inks, and overprint.
    pub(super) fn inks(&mut self, placed: &Placed<'_>) {
        let Some(inks) = &placed.inks else { return };
        let limit = self.wanted.shop.ink_limit;
        let registration = matches!(placed.space, Space::Inks(names) if names.iter().any(|n| n == "All"));
        if inks.total() > limit + 0.5 && !registration {
            self.at(Rule::INK, "", placed.area, || {
                format!("{} has {:.0} % ink ({}); the limit is {limit:.0} %", placed.name(), inks.total(), inks.name())
            });
        }
        if !placed.overprint {
            return;
        }
        let nonzero = placed.overprint_mode == 1;
        let direct = matches!(placed.space, Space::Cmyk);
        if inks.is_white() && (nonzero || matches!(placed.space, Space::Inks(_))) {
            self.at(Rule::WHITE_OVERPRINTS, "", placed.area, || {
                format!("{} is white and set to overprint: it vanishes", placed.name())
            });
        } else if direct && !nonzero && !inks.is_white() && inks.process.iter().any(|&t| t < 0.5) {
            self.at(Rule::OVERPRINT_MODE, "", placed.area, || {
                format!("{} ({}) overprints in mode 0, which erases the inks below", placed.name(), inks.name())
            });
        }
    }

    /// Rules about a run of letters of a size in points.
    pub(super) fn type_rules(&mut self, placed: &Placed<'_>, size: f64) {
        let shop = self.wanted.shop;
        if size < shop.type_smallest - 0.01 && size > 0.0 {
            self.at(Rule::TINY, "", placed.area, || {
                format!("{} is {size:.1} pt; the smallest is {} pt", placed.name(), shop.type_smallest)
            });
        }
        if placed.inside == Inside::Page {
            self.near_trim(placed);
        }
        let Some(inks) = &placed.inks else { return };
        let [c, m, y, k] = inks.process;
        // A dark colour is meant; black with all others beneath it, or nearly black, was black once.
        let was_black = k >= 85.0 || k >= 60.0 && c.min(m).min(y) >= 10.0;
        if size < FOUR_COLOUR_BELOW && was_black && c + m + y >= 30.0 {
            self.at(Rule::FOUR_COLOUR, "", placed.area, || {
                format!("{} of {size:.1} pt is printed with several inks ({})", placed.name(), inks.name())
            });
        }
        let several = |inks: &Option<super::colour::Inks>| inks.as_ref().is_none_or(|i| i.count() > 1);
        if inks.is_white()
            && !placed.overprint
            && size < shop.type_reversed - 0.01
            && self.ground_of(&placed.area).is_some_and(|g| several(&g.inks))
        {
            self.at(Rule::REVERSED, "", placed.area, || {
                format!(
                    "white {} of {size:.1} pt stands on several inks; the smallest is {} pt",
                    placed.name(),
                    shop.type_reversed
                )
            });
        }
        let coloured =
            |inks: &Option<super::colour::Inks>| inks.as_ref().is_none_or(|i| i.total() - i.process[3] > 1.0);
        if inks.is_black()
            && !placed.overprint
            && placed.see_through.is_none()
            && self.ground_of(&placed.area).is_some_and(|g| coloured(&g.inks))
        {
            self.at(Rule::BLACK_KNOCKS, "", placed.area, || {
                format!("black {} on colour does not overprint", placed.name())
            });
        }
    }

    /// A line of a width in points.
    pub(super) fn line(&mut self, placed: &Placed<'_>, width: f64) {
        let least = self.wanted.shop.hairline;
        if width < least - 0.006 && !placed.inks.as_ref().is_some_and(|i| i.is_white()) {
            self.at(Rule::HAIRLINE, "", placed.area, || {
                format!("a line is {width:.2} pt thick; the thinnest is {least} pt")
            });
        }
    }

    /// A filled box so thin that it is a line: what is left of a larger one is none.
    pub(super) fn thin_area(&mut self, placed: &Placed<'_>, across: f64) {
        let (width, height) = (placed.area.width(), placed.area.height());
        if width.max(height) > 6.0 && across > 0.01 && placed.inside == Inside::Page {
            self.line(placed, across);
        }
    }

    /// Pixels per inch.
    pub(super) fn resolution(&mut self, placed: &Placed<'_>, picture: &Picture) {
        let shop = self.wanted.shop;
        let smallest = placed.area.width().min(placed.area.height());
        if smallest < SMALLEST_PICTURE * POINTS || picture.width.min(picture.height) < 8 {
            return;
        }
        let (rule, least) = if picture.line_art {
            (Rule::LINE_ART, shop.ppi_line_art)
        } else if picture.ppi < shop.ppi_minimum - 0.5 {
            (Rule::LOW_RESOLUTION, shop.ppi_minimum)
        } else {
            (Rule::SOFT, shop.ppi_warning)
        };
        if picture.ppi < least - 0.5 {
            self.at(rule, "", placed.area, || {
                format!("{} has {:.0} ppi at its size; it needs {least:.0} ppi", placed.name(), picture.ppi)
            });
        }
    }
}
