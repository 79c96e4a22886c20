//! TOML manifests and YAML or TOML front matter, read into one tree of spanned values.
//!
//! A [`Shape`] says which keys and values a file may hold. The same shape checks the file (every fault at once, each at
//! its place) and becomes the published JSON Schema.
