//! What is wrong with the author's material: findings, each at a file and a line.
//!
//! Every stage pushes into one [`Report`] and carries on; nothing here stops a build by itself.

mod codes;
mod files;
mod finding;
mod render;

pub use codes::{CATALOGUE, Code, CodeInfo};
pub use files::{FileId, Files};
pub use finding::{Finding, Report, Severity};
pub use render::{json_value, render_coloured, render_human, render_json};

/// A half-open range of bytes in one file's text.
///
/// For a file without text (a picture, a folder) `start` and `end` are both 0 and only the file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte of the range.
    pub start: u32,
    /// One past the last byte of the range.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end) }
    }

    /// The file as a whole.
    pub fn whole(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }
}

/// A value and the place it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
