//! What publishing does to a place, whatever it is: whole files in, whole files out.
//!
//! Every request has a limit in time that grows with what it carries, so that a dead store is an error and not a wait.

use super::site::{Parts, Site};
use super::store::{self, Make, Opened};
use super::{Error, headers, scrub, sweep};
use futures_util::stream::{FuturesUnordered, StreamExt, TryStreamExt};
use object_store::path::Path as ObjectPath;
use object_store::{
    Attribute, Attributes, MultipartUpload, ObjectMeta, ObjectStoreExt, PutMode, PutMultipartOptions, PutOptions,
    PutPayload, UpdateVersion,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// So many requests are under way at once.
pub(super) const AT_ONCE: usize = 8;
/// Bigger files go in parts of this size, which are whole together or not there.
const PART: usize = 8 << 20;
/// What is kept there and read whole is never longer.
const KEPT_AT_MOST: u64 = 256 << 20;

/// A place that is open.
#[derive(Clone)]
pub(super) struct Remote {
    opened: Arc<Opened>,
    #[cfg(test)]
    pub(super) writes_left: Arc<std::sync::atomic::AtomicUsize>,
}

/// What is known of a file there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct There {
    /// Length in bytes.
    pub(super) bytes: u64,
    /// Changes with the content; without quotation marks.
    pub(super) e_tag: Option<String>,
    /// When it was written, by the store's own clock: milliseconds since 1970.
    pub(super) written: i64,
}

impl From<ObjectMeta> for There {
    fn from(meta: ObjectMeta) -> There {
        There { bytes: meta.size, e_tag: bare(meta.e_tag), written: meta.last_modified.timestamp_millis() }
    }
}

fn bare(e_tag: Option<String>) -> Option<String> {
    e_tag.map(|tag| tag.trim_matches('"').to_owned())
}

impl Remote {
    pub(super) fn open(to: &str, site: Option<&Path>, make: Make) -> Result<Remote, Error> {
        Ok(Remote::of(store::open(to, site, make)?))
    }

    pub(super) fn of(opened: Opened) -> Remote {
        Remote {
            opened: Arc::new(opened),
            #[cfg(test)]
            writes_left: Arc::new(usize::MAX.into()),
        }
    }

    /// How the place is called in messages.
    pub(super) fn name(&self) -> String {
        let told = &self.opened.told;
        told.bucket.as_ref().map_or_else(|| told.host.clone(), |bucket| format!("s3://{bucket}"))
    }

    /// Takes away what a killed process left half written in a folder; a store keeps nothing half.
    pub(super) fn sweep(&self, younger_than: &str) {
        if let Some(folder) = &self.opened.folder {
            sweep::sweep(folder, &folder.join(younger_than));
        }
    }

    /// A file and its entity tag as the store writes it; none if it is not there.
    pub(super) async fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Option<String>)>, Error> {
        let doing = format!("read `{path}`");
        let at = self.at(path)?;
        let answer = self.limit(&doing, 0, self.opened.store.get(&at)).await?;
        let Some(answer) = self.found(&doing, answer)? else { return Ok(None) };
        let (length, e_tag) = (answer.meta.size, answer.meta.e_tag.clone());
        if length > KEPT_AT_MOST {
            return Err(Error::Kept(format!("`{path}` there is too long to be what was kept: {length} bytes")));
        }
        let bytes = self.limit(&doing, length, answer.bytes()).await?.map_err(|e| self.failed(&doing, &e))?;
        Ok(Some((bytes.to_vec(), e_tag)))
    }

    /// What is known of a file; none if it is not there.
    pub(super) async fn head(&self, path: &str) -> Result<Option<There>, Error> {
        let doing = format!("look at `{path}`");
        let at = self.at(path)?;
        let meta = self.limit(&doing, 0, self.opened.store.head(&at)).await?;
        Ok(self.found(&doing, meta)?.map(There::from))
    }

    /// All files below a folder, by path.
    pub(super) async fn list(&self, folder: &str) -> Result<BTreeMap<String, There>, Error> {
        let doing = format!("list `{folder}`");
        let at = self.at(folder)?;
        let mut stream = self.opened.store.list(Some(&at));
        let mut found = BTreeMap::new();
        // Each answer brings a thousand files: the limit is for one of them.
        while let Some(meta) = self.limit(&doing, 0, stream.try_next()).await?.map_err(|e| self.failed(&doing, &e))? {
            found.insert(meta.location.as_ref().to_owned(), There::from(meta));
        }
        Ok(found)
    }

    /// The names of the folders right below a folder.
    pub(super) async fn folders(&self, folder: &str) -> Result<Vec<String>, Error> {
        let doing = format!("list `{folder}`");
        let at = self.at(folder)?;
        let listed = self.limit(&doing, 0, self.opened.store.list_with_delimiter(Some(&at))).await?;
        let listed = listed.map_err(|e| self.failed(&doing, &e))?;
        Ok(listed.common_prefixes.iter().filter_map(|p| p.filename().map(str::to_owned)).collect())
    }

    /// Writes a file whole; its entity tag.
    pub(super) async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<Option<String>, Error> {
        let doing = format!("write `{path}`");
        let written = self.write(&doing, path, bytes, PutMode::Overwrite).await?;
        Ok(bare(written.map_err(|e| self.failed(&doing, &e))?))
    }

    /// Writes a file only if none is there; whether it was written.
    pub(super) async fn create(&self, path: &str, bytes: Vec<u8>) -> Result<bool, Error> {
        let doing = format!("write `{path}`");
        match self.write(&doing, path, bytes, PutMode::Create).await? {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(false),
            Err(e) => Err(self.failed(&doing, &e)),
        }
    }

    /// Writes a file if it still is what was seen, where the store can tell; whether it was written.
    pub(super) async fn replace(&self, path: &str, bytes: Vec<u8>, seen: Option<&str>) -> Result<bool, Error> {
        let Some(seen) = seen.filter(|_| self.opened.conditional) else {
            return self.put(path, bytes).await.map(|_| true);
        };
        let doing = format!("write `{path}`");
        let mode = PutMode::Update(UpdateVersion { e_tag: Some(seen.to_owned()), version: None });
        match self.write(&doing, path, bytes, mode).await? {
            Ok(_) => Ok(true),
            Err(object_store::Error::Precondition { .. } | object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(e) => Err(self.failed(&doing, &e)),
        }
    }

    /// Sends a file of the site, whole or not at all.
    pub(super) async fn send(&self, site: &Site, path: &str, length: u64) -> Result<(), Error> {
        let mut parts = site.open(path)?;
        if length <= PART as u64 {
            let bytes = parts.next(PART)?.unwrap_or_default();
            unchanged(path, bytes.len() as u64, length)?;
            return self.put(path, bytes).await.map(|_| ());
        }
        let doing = format!("write `{path}`");
        let at = self.at(path)?;
        let options = PutMultipartOptions { attributes: self.attributes(path), ..PutMultipartOptions::default() };
        let upload = self.limit(&doing, 0, self.opened.store.put_multipart_opts(&at, options)).await?;
        let mut upload = upload.map_err(|e| self.failed(&doing, &e))?;
        let sent =
            self.send_parts(&doing, &mut *upload, &mut parts).await.and_then(|sent| unchanged(path, sent, length));
        if let Err(e) = sent {
            // Best effort: what is left of it is not to be seen there.
            let _ = self.limit(&doing, 0, upload.abort()).await;
            return Err(e);
        }
        let done = self.limit(&doing, length, upload.complete()).await?;
        done.map(|_| ()).map_err(|e| self.failed(&doing, &e))
    }

    async fn send_parts(&self, doing: &str, upload: &mut dyn MultipartUpload, parts: &mut Parts) -> Result<u64, Error> {
        let mut sent = 0;
        let mut under_way = FuturesUnordered::new();
        loop {
            let part = parts.next(PART)?;
            // One part is read while another is sent.
            while under_way.len() > usize::from(part.is_some()) {
                if let Some(result) = under_way.next().await {
                    let result: Result<object_store::Result<()>, Error> = result;
                    result?.map_err(|e| self.failed(doing, &e))?;
                }
            }
            let Some(part) = part else { return Ok(sent) };
            let length = part.len() as u64;
            sent += length;
            under_way.push(self.limit(doing, length, upload.put_part(PutPayload::from(part))));
        }
    }

    /// Copies a file within the place; whether it was there.
    pub(super) async fn copy(&self, from: &str, to: &str) -> Result<bool, Error> {
        let doing = format!("copy `{from}`");
        let (from, to) = (self.at(from)?, self.at(to)?);
        self.spend()?;
        let copied = self.limit(&doing, 0, self.opened.store.copy(&from, &to)).await?;
        Ok(self.found(&doing, copied)?.is_some())
    }

    /// Takes a file away, if it is there.
    pub(super) async fn delete(&self, path: &str) -> Result<(), Error> {
        let doing = format!("delete `{path}`");
        let at = self.at(path)?;
        self.spend()?;
        let deleted = self.limit(&doing, 0, self.opened.store.delete(&at)).await?;
        self.found(&doing, deleted).map(|_| ())
    }

    async fn write(
        &self,
        doing: &str,
        path: &str,
        bytes: Vec<u8>,
        mode: PutMode,
    ) -> Result<object_store::Result<Option<String>>, Error> {
        let at = self.at(path)?;
        self.spend()?;
        let length = bytes.len() as u64;
        let options = PutOptions { mode, attributes: self.attributes(path), ..PutOptions::default() };
        let written =
            self.limit(doing, length, self.opened.store.put_opts(&at, PutPayload::from(bytes), options)).await?;
        Ok(written.map(|result| result.e_tag))
    }

    /// In tests, a process that is killed: after so many writes nothing is done any more.
    #[cfg(test)]
    fn spend(&self) -> Result<(), Error> {
        use std::sync::atomic::Ordering;
        let left = self.writes_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(|_| ()).map_err(|_| Error::Place("killed".to_owned()))
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "only tests count")]
    fn spend(&self) -> Result<(), Error> {
        Ok(())
    }

    fn attributes(&self, path: &str) -> Attributes {
        let mut attributes = Attributes::new();
        if self.opened.headers {
            attributes.insert(Attribute::ContentType, headers::media_type(path).into());
            attributes.insert(Attribute::CacheControl, headers::cache_control(path).into());
        }
        attributes
    }

    fn at(&self, path: &str) -> Result<ObjectPath, Error> {
        ObjectPath::parse(path)
            .map_err(|_| Error::Kept(format!("no path of the site: `{}`", super::paths::shown(path))))
    }

    fn failed(&self, doing: &str, error: &object_store::Error) -> Error {
        scrub::words(&self.opened.told, doing, error)
    }

    /// None for what is not there; a bucket that is not there is an error.
    fn found<T>(&self, doing: &str, result: object_store::Result<T>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(e @ object_store::Error::NotFound { .. }) if !e.to_string().contains("NoSuchBucket") => Ok(None),
            Err(e) => Err(self.failed(doing, &e)),
        }
    }

    /// Half a minute, and what a slow line needs for so many bytes with seven others under way.
    async fn limit<T>(&self, doing: &str, bytes: u64, work: impl Future<Output = T>) -> Result<T, Error> {
        let limit = Duration::from_secs(28 + bytes / 40_000);
        tokio::time::timeout(limit, work).await.map_err(|_| scrub::silence(&self.opened.told, doing))
    }
}

fn unchanged(path: &str, read: u64, length: u64) -> Result<(), Error> {
    let changed = || Error::Site(format!("`{path}` changed while it was read: publish when no build is running"));
    if read == length { Ok(()) } else { Err(changed()) }
}
