//! The rules that every edition shares, one file per family.
