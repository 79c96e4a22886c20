//! Results kept on disk between builds, each under a name made from all that it depends on.
//!
//! A cache can only save time: one that cannot be read or written is as if it were empty.

use std::io::Write;
use std::path::{Path, PathBuf};

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

    /// What was kept under a key.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        std::fs::read(self.place(key)?).ok()
    }

    /// Keeps bytes under a key. They appear whole or not at all, whoever builds at the same time.
    pub fn put(&self, key: &str, bytes: &[u8]) {
        let Some(place) = self.place(key) else { return };
        // A full disk or a folder that was taken away costs time in the next build and is no reason to stop this one.
        let _ = write_beside(&place, bytes);
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
        let plain = key.len() >= 8 && key.chars().all(|c| c.is_ascii_hexdigit());
        plain.then_some(self.dir.as_ref()?.join(&key[..2]).join(&key[2..]))
    }
}

fn write_beside(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(place)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_got() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(&dir.path().join("new")));
        assert!(cache.is_on());
        assert_eq!(cache.get("0123456789ab"), None);
        cache.put("0123456789ab", b"bytes");
        assert_eq!(cache.get("0123456789ab").as_deref(), Some(&b"bytes"[..]));
        let made: Result<_, ()> = cache.get_or("0123456789ab", || Err(()));
        assert_eq!(made, Ok(b"bytes".to_vec()));
        assert_eq!(cache.get_or("ffff456789ab", || Ok::<_, ()>(vec![1])), Ok(vec![1]));
        assert_eq!(cache.get("ffff456789ab"), Some(vec![1]));
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
            cache.put("0123456789ab", b"bytes");
            assert_eq!((cache.get("0123456789ab"), cache.is_on()), (None, false));
        }
    }
}
