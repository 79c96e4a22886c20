//! An article's file: front matter and Markdown, read into a tree that keeps every place.

mod tree;

pub use tree::*;
