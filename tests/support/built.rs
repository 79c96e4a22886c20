//! The built program at work on copies of the sample publication, in folders of their own.
//!
//! Whole files are copied, never linked: tests change them and their times.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/issues");

/// A copy of the sample publication and its `dist`.
pub(crate) struct Publication {
    folder: TempDir,
    root: PathBuf,
}

/// What a run of the program left.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Publication {
    /// A copy under a name of its own, as deep below its temporary folder as the name has parts.
    pub(crate) fn copy(name: &str) -> Publication {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let root = folder.path().join(name);
        copy_all(Path::new(SAMPLE), &root);
        Publication { folder, root }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A folder beside the publication.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    /// Runs the program in the publication's folder.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        self.run_in(words, &[])
    }

    /// Runs the program with some variables of the environment set, or taken away where there is no value.
    pub(crate) fn run_in(&self, words: &[&str], variables: &[(&str, Option<&str>)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        // No Ghostscript: with it a build takes longer, and says other things.
        command.args(words).current_dir(&self.root).env("PATH", "");
        for (name, value) in variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Builds an issue, which must succeed.
    pub(crate) fn build(&self, issue: &str) -> Run {
        let run = self.run(&["build", issue]);
        assert_eq!(run.status, Some(0), "{issue}: {}", run.err);
        run
    }

    /// Every file in `dist`, by its path there.
    pub(crate) fn dist(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path("dist"), "", &mut files);
        files
    }

    /// Changes one place of a text file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{path} holds `{old}` once");
        std::fs::write(self.path(path), text.replace(old, new)).unwrap();
    }
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        // What a build in the checkout itself left.
        if name == ".cache" || name == "dist" {
            continue;
        }
        if path.is_dir() {
            copy_all(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

fn gather(folder: &Path, under: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}
