//! An article's file: front matter and Markdown, read into a tree that keeps every place.

mod front;
mod tree;

pub use front::{FRONT, read_front};
pub use tree::*;
