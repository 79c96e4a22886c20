//! The ledger of rights at work: entries for pictures that it does not know yet, and the report on an issue's pictures that
//! goes to the files: whose each is, where it stands, under which licence, with which proof.
//!
//! What the ledger says is read in `manifest` and judged in `check`; here it is written out and shown.

mod csv;
mod html;
mod note;
mod rows;

pub use csv::csv;
pub use html::html;
pub use note::{HEAD, Unknown, entry, unknown};
pub use rows::{Row, Told, rows};
