//! The print edition: shop profiles, colour, boxes, marks, preflight, imposition.
//!
//! What a print shop asks for is a [`Shop`]; everything here obeys the one that the publication names.

pub mod preflight;
pub mod shop;

pub use shop::Shop;
