//! Results kept on disk between builds, each under a name made from all that it depends on.
//!
//! A cache can only save time: one that cannot be read or written is as if it were empty, and an entry that is not what
//! was written is as if it were missing.

use super::beside::{self, DAY, age};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How names of entries end. The number goes up when the form of an entry changes: the result, then the SHA-256 of its
/// key and itself.
const ENDING: &str = ".v2";

/// Bytes of the checksum.
const CHECKSUM: usize = 32;

/// A folder of results, or none.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    dir: Option<PathBuf>,
}

impl Cache {
    /// A cache in `dir`, which is made if need be; without a folder nothing is kept.
    pub fn new(dir: Option<&Path>) -> Self {
        let dir = dir.filter(|d| std::fs::create_dir_all(d).is_ok()).map(Path::to_path_buf);
        Cache { dir }
    }

    /// Whether anything can be kept.
    pub fn is_on(&self) -> bool {
        self.dir.is_some()
    }

    /// What was kept under a key, if it is still what was put there.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let place = self.place(key)?;
        let bytes = unsealed(key, std::fs::read(&place).ok()?)?;
        note_use(&place);
        Some(bytes)
    }

    /// Keeps bytes under a key. They appear whole or not at all, whoever builds at the same time.
    pub fn put(&self, key: &str, bytes: &[u8]) {
        let Some(place) = self.place(key) else { return };
        // A full disk or a folder that was taken away costs time in the next build and is no reason to stop this one.
        let _ = write(&place, &[bytes, &checksum(key, bytes)]);
    }

    /// The result under a key, made if it was not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn get_or<E>(&self, key: &str, make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        if let Some(bytes) = self.get(key) {
            return Ok(bytes);
        }
        let bytes = make()?;
        self.put(key, &bytes);
        Ok(bytes)
    }

    /// Keys are hexadecimal; anything else has no place, so that no key can leave the folder.
    fn place(&self, key: &str) -> Option<PathBuf> {
        let plain = key.len() >= 8 && is_hex(key);
        plain.then_some(self.dir.as_ref()?.join(&key[..2]).join(format!("{}{ENDING}", &key[2..])))
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// The key is part of it, so that an entry under another's name is found out too.
fn checksum(key: &str, bytes: &[u8]) -> [u8; CHECKSUM] {
    Sha256::new().chain_update(key).chain_update([0]).chain_update(bytes).finalize().into()
}

/// The result without its checksum, unless the two disagree.
fn unsealed(key: &str, mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let (bytes, sum) = sealed.split_last_chunk::<CHECKSUM>()?;
    let length = bytes.len();
    if *sum != checksum(key, bytes) {
        return None;
    }
    sealed.truncate(length);
    Some(sealed)
}

/// A file's time is that of its last use, to within a day: results are read far more often than that.
fn note_use(place: &Path) {
    let noted = || std::fs::metadata(place).and_then(|m| m.modified()).ok();
    let now = SystemTime::now();
    // A time to come, from a clock that was wrong, is put right too.
    let recent = noted().is_some_and(|then| now.duration_since(then).is_ok_and(|age| age < DAY));
    if !recent {
        // Where it cannot be noted the result looks unused, and may have to be made again one day.
        let _ = std::fs::File::options().write(true).open(place).and_then(|f| f.set_modified(now));
    }
}

fn write(place: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = beside::beside(folder)?;
    for part in parts {
        file.write_all(part)?;
    }
    // No waiting for the disk: what a power cut leaves of it has no true checksum.
    file.persist(place)?;
    Ok(())
}

/// A file in a cache's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// How long ago it was used, to within a day.
    pub unused: Duration,
    /// What it is by its name.
    pub kind: Kind,
    key: String,
}

/// What a file in a cache's folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A result.
    Result,
    /// A result in a form that this version of the program does not read.
    OtherForm,
    /// A result that is being written, or that a stopped build began.
    Passing,
}

impl Kept {
    /// Whether a result is what was put there. `None` if it is gone by now.
    pub fn is_sound(&self) -> Option<bool> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Some(unsealed(&self.key, bytes).is_some()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) => Some(false),
        }
    }
}

/// The files of a cache's folder, sorted by name. What no cache puts there is not among them; a folder that does not
/// exist has none.
///
/// # Errors
/// When a folder cannot be read.
pub fn survey(dir: &Path) -> io::Result<Vec<Kept>> {
    let mut found = Vec::new();
    for (folder, start) in entries(dir, |t| t.is_dir())? {
        if start.len() != 2 || !is_hex(&start) {
            continue;
        }
        for (path, name) in entries(&folder, |t| t.is_file())? {
            let Some(kind) = kind(&name) else { continue };
            // Builds and other clean-ups go on meanwhile.
            let Ok(metadata) = std::fs::metadata(&path) else { continue };
            let key = format!("{start}{}", name.trim_end_matches(ENDING));
            found.push(Kept { path, bytes: metadata.len(), unused: age(&metadata), kind, key });
        }
    }
    Ok(found)
}

fn entries(dir: &Path, wanted: impl Fn(std::fs::FileType) -> bool) -> io::Result<Vec<(PathBuf, String)>> {
    let list = match std::fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        list => list?,
    };
    let mut found = Vec::new();
    for entry in list {
        let entry = entry?;
        if entry.file_type().is_ok_and(&wanted)
            && let Ok(name) = entry.file_name().into_string()
        {
            found.push((entry.path(), name));
        }
    }
    found.sort();
    Ok(found)
}

fn kind(name: &str) -> Option<Kind> {
    // The first form had no ending, and its passing names were these.
    let first_passing = name.strip_prefix(".tmp").is_some_and(|rest| rest.len() == 6);
    let (stem, form) = name.split_once(".v").unwrap_or((name, "1"));
    let numbered = !form.is_empty() && form.chars().all(|c| c.is_ascii_digit());
    match name {
        _ if first_passing || beside::is_passing(name) => Some(Kind::Passing),
        _ if !is_hex(stem) || !numbered => None,
        _ if name.ends_with(ENDING) => Some(Kind::Result),
        _ => Some(Kind::OtherForm),
    }
}

/// Removes a file of a cache, unless a running build writes it; whether it was removed.
///
/// # Errors
/// When it is there and cannot be removed.
pub fn remove(kept: &Kept) -> io::Result<bool> {
    let first_form = kept.path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(".tmp"));
    let removed = match kept.kind {
        // Nothing locked those.
        Kind::Passing if first_form && kept.unused < DAY => return Ok(false),
        Kind::Passing => beside::remove_if_left(&kept.path),
        Kind::Result | Kind::OtherForm => std::fs::remove_file(&kept.path).map(|()| true),
    };
    if let Some(folder) = kept.path.parent() {
        // Only an empty one goes.
        let _ = std::fs::remove_dir(folder);
    }
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789ab";

    fn filled() -> (tempfile::TempDir, Cache, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(dir.path()));
        cache.put(KEY, b"bytes");
        let place = dir.path().join("01/23456789ab.v2");
        assert!(place.exists());
        (dir, cache, place)
    }

    #[test]
    fn what_is_put_is_got() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(&dir.path().join("new")));
        assert!(cache.is_on());
        assert_eq!(cache.get(KEY), None);
        cache.put(KEY, b"bytes");
        assert_eq!(cache.get(KEY).as_deref(), Some(&b"bytes"[..]));
        let made: Result<_, ()> = cache.get_or(KEY, || Err(()));
        assert_eq!(made, Ok(b"bytes".to_vec()));
        assert_eq!(cache.get_or("ffff456789ab", || Ok::<_, ()>(vec![1])), Ok(vec![1]));
        assert_eq!(cache.get("ffff456789ab"), Some(vec![1]));
        cache.put("eeee456789ab", b"");
        assert_eq!(cache.get("eeee456789ab"), Some(vec![]));
    }

    #[test]
    fn no_key_leaves_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(&dir.path().join("inner")));
        cache.put("../../evil", b"x");
        assert_eq!(cache.get("../../evil"), None);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_cache_without_a_place_is_empty() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"in the way").unwrap();
        for cache in [Cache::default(), Cache::new(Some(&file))] {
            cache.put(KEY, b"bytes");
            assert_eq!((cache.get(KEY), cache.is_on()), (None, false));
        }
        assert_eq!(survey(&dir.path().join("nowhere")).unwrap(), []);
    }

    #[test]
    fn every_damage_is_a_miss_and_is_mended() {
        let (dir, cache, place) = filled();
        let whole = std::fs::read(&place).unwrap();
        let sound = || survey(dir.path()).unwrap()[0].is_sound();
        let mut damaged: Vec<Vec<u8>> = (0..whole.len()).map(|n| whole[..n].to_vec()).collect();
        damaged.extend((0..whole.len()).map(|n| {
            let mut bytes = whole.clone();
            bytes[n] ^= 1;
            bytes
        }));
        damaged.push([&whole[..], b"x"].concat());
        for bytes in damaged {
            std::fs::write(&place, &bytes).unwrap();
            assert_eq!((cache.get(KEY), sound()), (None, Some(false)), "{bytes:?}");
            assert_eq!(cache.get_or(KEY, || Ok::<_, ()>(b"bytes".to_vec())), Ok(b"bytes".to_vec()));
            assert_eq!((std::fs::read(&place).unwrap() == whole, sound()), (true, Some(true)));
        }
        let other = dir.path().join("01/ffffffffff.v2");
        std::fs::rename(&place, &other).unwrap();
        assert_eq!(cache.get("01ffffffffff"), None, "another's entry");
    }

    #[test]
    fn a_use_is_noted_once_a_day() {
        let (dir, cache, place) = filled();
        let set = |ago: Duration| {
            let file = std::fs::File::options().write(true).open(&place).unwrap();
            file.set_modified(SystemTime::now() - ago).unwrap();
        };
        let unused = || survey(dir.path()).unwrap()[0].unused;
        let hour = DAY / 24;
        for (ago, noted) in [(hour, false), (hour * 23, false), (hour * 25, true), (DAY * 400, true)] {
            set(ago);
            assert!(cache.get(KEY).is_some());
            assert_eq!(unused() < hour / 2, noted, "{ago:?}");
        }
        set(DAY * 2);
        std::fs::write(&place, "damaged").unwrap();
        set(DAY * 2);
        assert_eq!(cache.get(KEY), None);
        assert!(unused() > DAY, "what could not be used was not used");
    }

    #[test]
    fn files_are_known_by_their_names_and_others_are_left_alone() {
        let (dir, _, place) = filled();
        let passing = beside::beside(place.parent().unwrap()).unwrap();
        for name in
            ["01/23456789ab", "01/aa.v1", "01/.tmpAbC123", "01/notes.txt", "01/b.v2x", "zz/23456789ab.v2", "01/.v2"]
        {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let kinds = |kind: Kind| survey(dir.path()).unwrap().iter().filter(|k| k.kind == kind).count();
        assert_eq!([Kind::Result, Kind::OtherForm, Kind::Passing].map(kinds), [1, 2, 2]);
        for kept in survey(dir.path()).unwrap() {
            assert_eq!(remove(&kept).unwrap(), kept.kind != Kind::Passing, "{kept:?}");
        }
        assert!(passing.path().exists() && dir.path().join("01/.tmpAbC123").exists());
        drop(passing.keep().unwrap());
        for mut kept in survey(dir.path()).unwrap() {
            kept.unused = DAY;
            assert!(remove(&kept).unwrap(), "{kept:?}");
            assert!(!remove(&kept).unwrap(), "gone by now");
        }
        assert_eq!(survey(dir.path()).unwrap(), []);
        assert_eq!(std::fs::read_dir(dir.path().join("01")).unwrap().count(), 3);
    }
}
