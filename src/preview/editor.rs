//! Opening a manuscript in the editor of the person at the desk.
//!
//! The command comes from that person alone; a request gives a file that the desk knows and a number, and both stay within
//! one argument.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The program and its arguments for a file; none for an empty command.
fn arguments(command: &str, file: &Path, line: u32) -> Option<Vec<String>> {
    let path = file.to_string_lossy();
    // The line first: a file may be called `{line}`.
    let fill = |part: &str| part.replace("{line}", &line.to_string()).replace("{file}", &path);
    let mut parts: Vec<String> = command.split_whitespace().map(fill).collect();
    if parts.is_empty() {
        return None;
    }
    if !command.contains("{file}") {
        parts.push(path.into_owned());
    }
    Some(parts)
}

/// Starts the editor and does not wait for it.
///
/// # Errors
/// When the command is empty or cannot be started.
pub(super) fn open(command: &str, file: &Path, line: u32) -> io::Result<()> {
    let parts = arguments(command, file, line).unwrap_or_default();
    let Some((program, rest)) = parts.split_first() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the editor's command is empty"));
    };
    let mut child =
        Command::new(program).args(rest).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Somebody must take note of its end, or it stays in the system's table of processes.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(command: &str, file: &str) -> Vec<String> {
        arguments(command, Path::new(file), 7).unwrap_or_default()
    }

    #[test]
    fn a_file_stays_one_argument() {
        assert_eq!(split("code --goto {file}:{line}", "/p/a b.md"), ["code", "--goto", "/p/a b.md:7"]);
        assert_eq!(split("vi +{line} {file}", "/p/$(x);{line}.md"), ["vi", "+7", "/p/$(x);{line}.md"]);
        assert_eq!(split("  gedit  ", "/p/a.md"), ["gedit", "/p/a.md"]);
        assert!(split(" ", "/p/a.md").is_empty());
    }

    #[test]
    fn what_cannot_be_started_is_said() {
        assert!(open("/nowhere/editor {file}", Path::new("/a"), 1).is_err());
        assert!(open("", Path::new("/a"), 1).is_err());
    }
}
