//! The wording of a picture's credit, and what it says: creator, source, licence, links.
//!
//! The wording is kept verbatim; parsing only adds to it.

mod labels;
mod licence;
mod limits;
mod names;
mod parse;
mod plain;
mod reading;
mod source_table;
mod sources;

pub use limits::{Limits, limits};
pub use parse::{from_field, is_vague, parse};
pub use sources::{Demand, Period, Source, SourceKind, Use, source};

/// A credit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credit {
    /// The words as written, for readers.
    pub wording: String,
    /// Who made the picture, in order.
    pub creators: Vec<String>,
    /// Where it came from: an agency, a picture service, a collection.
    pub source: Option<String>,
    /// Under which licence.
    pub licence: Option<Licence>,
    /// What the wording allows or forbids in plain words.
    pub limits: Limits,
    /// Web addresses in the wording.
    pub links: Vec<String>,
    /// The copyright notice in the picture's own file, which goes on with it.
    pub notice: Option<String>,
    /// The IPTC digital source type in the picture's own file: whether a program generated it.
    pub source_type: Option<String>,
}

/// A licence that a credit names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// As written ("CC BY-SA 4.0").
    pub name: String,
    /// SPDX identifier, if it has one ("CC-BY-SA-4.0").
    pub spdx: Option<String>,
    /// Its address, if it is known.
    pub url: Option<String>,
}
