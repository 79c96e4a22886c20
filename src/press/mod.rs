//! The print edition: shop profiles, colour, boxes, marks, preflight, imposition.
//!
//! What a print shop asks for is a [`Shop`]; everything here obeys the one that the publication names.

mod colour;
pub mod impose;
mod intake;
pub mod marks;
pub mod preflight;
mod sheet;
pub mod shop;
mod write;

pub use intake::adverts as intake;
pub use sheet::{Handed, sheet};
pub use shop::Shop;
pub use write::{Derive, Error, Written, write};
