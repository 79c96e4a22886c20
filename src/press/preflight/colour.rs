//! Colour spaces looked through to what a press must make of them (ISO 32000-1, 8.6).
//!
//! Alternates of spot colours are not followed: on the press the spot is an ink of its own.

use super::shared::Shared;
use lopdf::{Dictionary, Object};
use std::rc::Rc;

/// How deep a space may stand in another.
const DEPTH: usize = 6;

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    CalGray,
    CalRgb,
    Lab,
    /// Based on an ICC profile.
    Icc(Icc),
    /// A list of colours of another space.
    Indexed(Rc<Space>),
    /// One ink, or several, by name.
    Inks(Vec<String>),
    /// A pattern; what an uncoloured one is painted with.
    Pattern(Option<Rc<Space>>),
    /// None that is known.
    Unknown,
}

/// What counts of an ICC profile.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Icc {
    /// How many components a colour has.
    pub(super) parts: usize,
    /// SHA-256 of the profile.
    pub(super) digest: [u8; 32],
}

/// The families that rules tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// For a screen: RGB of any kind, and Lab.
    Screen,
    /// Gray that a profile describes.
    ProfiledGray,
    /// Four inks that a profile describes.
    ProfiledCmyk,
    /// What a press prints as it stands.
    Press,
}

impl Space {
    /// The family, looked through lists and patterns.
    pub(super) fn family(&self) -> Family {
        match self {
            Space::Rgb | Space::CalRgb | Space::Lab => Family::Screen,
            Space::CalGray => Family::ProfiledGray,
            Space::Icc(icc) => match icc.parts {
                1 => Family::ProfiledGray,
                4 => Family::ProfiledCmyk,
                _ => Family::Screen,
            },
            Space::Indexed(base) | Space::Pattern(Some(base)) => base.family(),
            _ => Family::Press,
        }
    }

    /// Whether a profile or calibration says what its colours are.
    pub(super) fn is_profiled(&self) -> bool {
        match self {
            Space::CalGray | Space::CalRgb | Space::Lab | Space::Icc(_) => true,
            Space::Indexed(base) | Space::Pattern(Some(base)) => base.is_profiled(),
            _ => false,
        }
    }

    /// The name for people.
    pub(super) fn name(&self) -> String {
        match self {
            Space::Gray => "DeviceGray".to_owned(),
            Space::Rgb => "DeviceRGB".to_owned(),
            Space::Cmyk => "DeviceCMYK".to_owned(),
            Space::CalGray => "CalGray".to_owned(),
            Space::CalRgb => "CalRGB".to_owned(),
            Space::Lab => "Lab".to_owned(),
            Space::Icc(icc) => match icc.parts {
                1 => "gray with an ICC profile".to_owned(),
                4 => "CMYK with an ICC profile".to_owned(),
                _ => "RGB with an ICC profile".to_owned(),
            },
            Space::Indexed(base) => format!("{}, by a list", base.name()),
            Space::Inks(names) => names.join(", "),
            Space::Pattern(Some(base)) => base.name(),
            Space::Pattern(None) => "a pattern".to_owned(),
            Space::Unknown => "an unknown colour space".to_owned(),
        }
    }

    /// The colour that holds before any is set (ISO 32000-1, 8.6.5.6 and Table 74).
    pub(super) fn first(&self) -> Vec<f64> {
        match self {
            Space::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Space::Icc(icc) if icc.parts == 4 => vec![0.0, 0.0, 0.0, 1.0],
            Space::Gray | Space::CalGray | Space::Indexed(_) => vec![0.0],
            Space::Icc(icc) => vec![0.0; icc.parts],
            Space::Inks(names) => vec![1.0; names.len()],
            Space::Rgb | Space::CalRgb | Space::Lab => vec![0.0; 3],
            Space::Pattern(_) | Space::Unknown => Vec::new(),
        }
    }

    /// A space from its object; named ones are looked up in the resources. `Default…` spaces stand in for device spaces.
    pub(super) fn read(shared: &Shared<'_>, resources: Option<&Dictionary>, object: &Object) -> Space {
        read(shared, resources, object, 0)
    }
}

fn read(shared: &Shared<'_>, resources: Option<&Dictionary>, object: &Object, depth: usize) -> Space {
    let Ok((_, object)) = shared.document.dereference(object) else { return Space::Unknown };
    if depth > DEPTH {
        return Space::Unknown;
    }
    match object {
        Object::Name(name) => named(shared, resources, name, depth),
        Object::Array(list) => {
            let kind = list.first().and_then(|o| shared.document.dereference(o).ok()?.1.as_name().ok());
            array(shared, resources, kind.unwrap_or_default(), list, depth)
        }
        _ => Space::Unknown,
    }
}

fn named(shared: &Shared<'_>, resources: Option<&Dictionary>, name: &[u8], depth: usize) -> Space {
    let spaces = resources.and_then(|r| r.get_deref(b"ColorSpace", shared.document).ok()?.as_dict().ok());
    let stand_in = |key: &[u8], device: Space| match spaces.and_then(|s| s.get(key).ok()) {
        // A default that names its own device space would go round in circles.
        Some(other) if depth == 0 => match read(shared, None, other, depth + 1) {
            Space::Unknown => device,
            space => space,
        },
        _ => device,
    };
    match name {
        b"DeviceGray" | b"G" => stand_in(b"DefaultGray", Space::Gray),
        b"DeviceRGB" | b"RGB" => stand_in(b"DefaultRGB", Space::Rgb),
        b"DeviceCMYK" | b"CMYK" => stand_in(b"DefaultCMYK", Space::Cmyk),
        b"Pattern" => Space::Pattern(None),
        _ => match spaces.and_then(|s| s.get(name).ok()) {
            Some(object) => read(shared, resources, object, depth + 1),
            None => Space::Unknown,
        },
    }
}

fn array(shared: &Shared<'_>, resources: Option<&Dictionary>, kind: &[u8], list: &[Object], depth: usize) -> Space {
    let inner = |i: usize| list.get(i).map_or(Space::Unknown, |o| read(shared, resources, o, depth + 1));
    match kind {
        b"CalGray" => Space::CalGray,
        b"CalRGB" => Space::CalRgb,
        b"Lab" => Space::Lab,
        b"ICCBased" => match list.get(1).and_then(|o| shared.icc(o)) {
            Some(icc) => Space::Icc(icc),
            None => Space::Unknown,
        },
        b"Indexed" | b"I" => Space::Indexed(Rc::new(inner(1))),
        b"Separation" => {
            let name = list.get(1).and_then(|o| shared.document.dereference(o).ok()?.1.as_name().ok());
            Space::Inks(name.map(text).into_iter().collect())
        }
        b"DeviceN" => {
            let names = list.get(1).and_then(|o| shared.document.dereference(o).ok()?.1.as_array().ok());
            let names = names.into_iter().flatten().take(64);
            Space::Inks(names.filter_map(|o| shared.document.dereference(o).ok()?.1.as_name().ok()).map(text).collect())
        }
        b"Pattern" => Space::Pattern((list.len() > 1).then(|| Rc::new(inner(1)))),
        _ if list.len() == 1 => named(shared, resources, kind, depth + 1),
        _ => Space::Unknown,
    }
}

pub(super) fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).chars().take(120).collect()
}

/// What a flat colour puts on the plates.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Inks {
    /// Cyan, magenta, yellow, black in per cent.
    pub(super) process: [f64; 4],
    /// Spot inks and their tints in per cent.
    pub(super) spots: Vec<(String, f64)>,
}

impl Inks {
    /// The sum of all, in per cent.
    pub(super) fn total(&self) -> f64 {
        self.process.iter().sum::<f64>() + self.spots.iter().map(|s| s.1).sum::<f64>()
    }

    /// How many inks there are of more than a trace.
    pub(super) fn count(&self) -> usize {
        let inks = self.process.iter().copied().chain(self.spots.iter().map(|s| s.1));
        inks.filter(|&t| t > 1.0).count()
    }

    pub(super) fn is_white(&self) -> bool {
        self.total() < 0.5
    }

    /// Black ink alone, in full.
    pub(super) fn is_black(&self) -> bool {
        self.process[3] > 99.0 && self.total() - self.process[3] < 0.5
    }

    /// For people: `C 60, M 40, Y 40, K 100`.
    pub(super) fn name(&self) -> String {
        let letters = ["C", "M", "Y", "K"].iter().zip(self.process).filter(|(_, t)| *t >= 0.5);
        let mut list: Vec<String> = letters.map(|(l, t)| format!("{l} {t:.0}")).collect();
        list.extend(self.spots.iter().map(|(name, t)| format!("{name} {t:.0}")));
        if list.is_empty() { "no ink".to_owned() } else { list.join(", ") }
    }
}

/// What a colour puts on the plates; `None` where only a conversion would tell.
pub(super) fn inks(space: &Space, parts: &[f64]) -> Option<Inks> {
    let tint = |i: usize| parts.get(i).copied().unwrap_or(0.0).clamp(0.0, 1.0) * 100.0;
    match space {
        Space::Gray => Some(Inks { process: [0.0, 0.0, 0.0, 100.0 - tint(0)], spots: Vec::new() }),
        Space::Cmyk => Some(Inks { process: [tint(0), tint(1), tint(2), tint(3)], spots: Vec::new() }),
        Space::Icc(icc) if icc.parts == 4 => {
            Some(Inks { process: [tint(0), tint(1), tint(2), tint(3)], spots: Vec::new() })
        }
        Space::Inks(names) => {
            let mut inks = Inks::default();
            for (i, name) in names.iter().enumerate() {
                match process(name) {
                    Some(at) => inks.process[at] += tint(i),
                    None if name == "None" => {}
                    None if name == "All" => inks.process = [tint(i); 4],
                    None => inks.spots.push((name.clone(), tint(i))),
                }
            }
            Some(inks)
        }
        // White is white in every space but Lab.
        Space::Rgb | Space::CalRgb if parts.iter().all(|&p| p > 0.999) => Some(Inks::default()),
        Space::Icc(icc) if icc.parts != 4 && parts.iter().all(|&p| p > 0.999) => Some(Inks::default()),
        _ => None,
    }
}

/// Which of the four inks a name means.
pub(super) fn process(name: &str) -> Option<usize> {
    ["Cyan", "Magenta", "Yellow", "Black"].iter().position(|n| *n == name)
}
