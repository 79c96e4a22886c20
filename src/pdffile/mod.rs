//! A finished PDF opened again: pictures and adverts swapped in.
//!
//! What the page engine wrote stays as it is, but for the objects that are swapped: tags, links and text are untouched.

mod content;
mod import;
mod swap;

pub use swap::{Inked, Replacement, SwapError, open, swap, swap_pictures};
