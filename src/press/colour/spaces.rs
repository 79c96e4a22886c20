//! Colour spaces (ISO 32000-1, 8.6): what their numbers mean, and how they become inks.

use super::function::{Function, number};
use crate::picture::Inks;
use lopdf::{Dictionary, Document, Object};

/// What the numbers of a colour space mean.
#[derive(Debug, Clone)]
pub(super) enum Space {
    /// One number from black to white.
    Gray,
    /// Red, green and blue.
    Rgb,
    /// Cyan, magenta, yellow and black.
    Inks,
    /// Inks of their own, and what stands for them.
    Spot(Box<Spot>),
    /// Numbers into a list of colours.
    Indexed(Box<Space>),
    /// Tiles and shadings.
    Pattern,
    /// Lab, or what is not understood: left as it is.
    Other,
}

/// Inks of their own.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// How many.
    pub(super) count: usize,
    /// Whether it is every plate (`All`) or none.
    pub(super) special: bool,
    /// What stands for them.
    pub(super) alternate: Space,
    /// From their strengths to the alternate's numbers.
    pub(super) tint: Function,
}

/// Spaces within spaces.
const DEEPEST: usize = 6;

impl Space {
    /// Reads a space, by its name among the resources or as it stands.
    pub(super) fn read(document: &Document, resources: &Dictionary, object: &Object) -> Space {
        read(document, resources, object, 0).unwrap_or(Space::Other)
    }

    /// The inks of a colour in it; `None` for what stays as it is.
    pub(super) fn inks(&self, numbers: &[f64], press: &Inks) -> Option<[f64; 4]> {
        match (self, numbers) {
            (Space::Gray, [gray, ..]) => Some([0.0, 0.0, 0.0, 1.0 - gray.clamp(0.0, 1.0)]),
            (Space::Rgb, [r, g, b, ..]) => press.of_colour([*r, *g, *b]).ok(),
            (Space::Inks, [c, m, y, k, ..]) => Some([*c, *m, *y, *k].map(|v| v.clamp(0.0, 1.0))),
            (Space::Spot(spot), numbers) => spot.alternate.inks(&spot.tint.at(numbers), press),
            _ => None,
        }
    }

    /// Numbers of a colour in it.
    pub(super) fn count(&self) -> usize {
        match self {
            Space::Gray | Space::Indexed(_) => 1,
            Space::Rgb => 3,
            Space::Inks => 4,
            Space::Spot(spot) => spot.count,
            Space::Pattern | Space::Other => 0,
        }
    }
}

fn read(document: &Document, resources: &Dictionary, object: &Object, depth: usize) -> Option<Space> {
    if depth > DEEPEST {
        return None;
    }
    let (_, object) = document.dereference(object).ok()?;
    if let Object::Name(name) = object {
        return match name.as_slice() {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Space::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Space::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Space::Inks),
            b"Pattern" => Some(Space::Pattern),
            name => {
                let table = resources.get_deref(b"ColorSpace", document).ok()?.as_dict().ok()?;
                read(document, resources, table.get(name).ok()?, depth + 1)
            }
        };
    }
    let list = object.as_array().ok()?;
    let part = |i: usize| document.dereference(list.get(i)?).ok().map(|(_, o)| o);
    match part(0)?.as_name().ok()? {
        b"ICCBased" => {
            let dict = &part(1)?.as_stream().ok()?.dict;
            match dict.get_deref(b"N", document).ok()?.as_i64().ok()? {
                1 => Some(Space::Gray),
                3 => Some(Space::Rgb),
                4 => Some(Space::Inks),
                _ => None,
            }
        }
        b"Separation" | b"DeviceN" => {
            let names: Vec<&[u8]> = match part(1)? {
                Object::Array(names) => names.iter().filter_map(|n| n.as_name().ok()).collect(),
                other => vec![other.as_name().ok()?],
            };
            let special = names.iter().any(|n| *n == b"All" || *n == b"None");
            let alternate = read(document, resources, list.get(2)?, depth + 1)?;
            let tint = Function::read(document, list.get(3)?)?;
            Some(Space::Spot(Box::new(Spot { count: names.len(), special, alternate, tint })))
        }
        b"Indexed" | b"I" => {
            let base = read(document, resources, list.get(1)?, depth + 1)?;
            Some(Space::Indexed(Box::new(base)))
        }
        b"Pattern" => Some(Space::Pattern),
        name @ (b"CalGray" | b"CalRGB" | b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK") => {
            read(document, resources, &Object::Name(name.to_vec()), depth + 1)
        }
        _ => None,
    }
}

/// The numbers among an operator's operands.
pub(super) fn operands(list: &[Object]) -> Vec<f64> {
    list.iter().filter_map(number).collect()
}
