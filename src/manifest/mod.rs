//! `masthead.toml` and an issue's `issue.toml` and `pictures.toml`, read with every field's place kept.
//!
//! Reading reports every fault and gives back a manifest whenever there is enough to check the rest by.

mod model;

pub use model::*;
