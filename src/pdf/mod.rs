//! The screen edition: tagged, linked, bookmarked.
