//! TOML manifests and YAML or TOML front matter, read into one tree of spanned values.
//!
//! A [`Shape`] says which keys and values a file may hold. The same shape checks the file (every fault at once, each at
//! its place) and becomes the published JSON Schema.

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the Common Era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31; always a day that the month has.
    pub day: u8,
}
