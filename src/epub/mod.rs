//! The EPUB edition.
