//! What goes wrong outside the author's material: the program says it and ends with status 2.

use std::path::Path;

/// A failure that is no finding.
#[derive(Debug)]
pub enum Error {
    /// What was asked for cannot be done; a sentence that says why and what to do.
    Refused(String),
    /// The system refused: what was tried, on which file, and the system's reason.
    Io(String, std::io::Error),
}

impl Error {
    /// For `map_err`: what was tried on a file.
    pub fn io(tried: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let tried = format!("{tried} `{}`", path.display());
        move |error| Error::Io(tried, error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Refused(why) => f.write_str(why),
            Error::Io(tried, error) => write!(f, "cannot {tried}: {}", plain(error)),
        }
    }
}

/// The system's reason in plain words, where there are some.
fn plain(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        ErrorKind::NotADirectory => "there is a file where a folder should be".to_owned(),
        ErrorKind::IsADirectory => "there is a folder where a file should be".to_owned(),
        ErrorKind::NotFound => "it is not there".to_owned(),
        _ => error.to_string(),
    }
}

impl std::error::Error for Error {}
