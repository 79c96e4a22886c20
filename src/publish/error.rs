//! What can go wrong in publishing, in words that say what to do.
//!
//! No message holds a key, a secret, a token or what a store answered word by word.

use std::fmt;

/// Why nothing, or not everything, was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The built site is not whole, or there is none.
    Site(String),
    /// The place cannot be reached, read or written.
    Place(String),
    /// What is kept there cannot be understood, or is hostile.
    Kept(String),
    /// Somebody else is publishing to the same place, and did not end.
    Locked,
    /// Somebody else took the lock over.
    LockLost,
    /// There is no state to go back to.
    NothingBefore,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Site(what) | Error::Place(what) | Error::Kept(what) => f.write_str(what),
            Error::Locked => f.write_str("somebody else has been publishing to the same place for ten minutes: try again later"),
            Error::LockLost => f.write_str(
                "somebody else took over while this publish stood still: \"latest\" is whole; publish again for what is missing",
            ),
            Error::NothingBefore => f.write_str("nothing to go back to: no earlier state is kept there"),
        }
    }
}

impl std::error::Error for Error {}
