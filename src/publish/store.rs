//! The place as it was said, opened: a folder, or a bucket.
//!
//! Credentials come from the environment alone and are handed on unseen; nothing goes over plain HTTP that was not allowed to.

use super::paths::{is_safe, shown};
use super::scrub::Told;
use super::{Error, site};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey as Key};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientConfigKey, ObjectStore, RetryConfig};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Whether a folder that is not there is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    /// It is made.
    Folder,
    /// It counts as empty.
    Nothing,
}

/// What can be done there, and how it is called.
pub(super) struct Opened {
    pub(super) store: Arc<dyn ObjectStore>,
    /// Whether files carry their media type and cache control.
    pub(super) headers: bool,
    /// Whether a write can depend on what stands there.
    pub(super) conditional: bool,
    /// The folder, where it is one.
    pub(super) folder: Option<PathBuf>,
    pub(super) told: Told,
}

/// Opens a place. A site is not published into itself.
pub(super) fn open(to: &str, site: Option<&Path>, make: Make) -> Result<Opened, Error> {
    if let Some(rest) = to.strip_prefix("s3://") {
        return bucket(rest);
    }
    if to.contains("://") {
        return Err(Error::Place(format!(
            "`{}` is no place to publish to: give a folder, or s3://BUCKET/PREFIX",
            shown(to)
        )));
    }
    folder(Path::new(to), site, make)
}

fn folder(folder: &Path, site: Option<&Path>, make: Make) -> Result<Opened, Error> {
    let told = Told { bucket: None, host: folder.display().to_string() };
    let failed =
        |e: &dyn std::fmt::Display| Error::Place(format!("cannot publish to the folder `{}`: {e}", folder.display()));
    if folder.as_os_str().is_empty() {
        return Err(Error::Place("no place to publish to: give a folder, or s3://BUCKET/PREFIX".to_owned()));
    }
    if site.is_some_and(|site| site::is_within(folder, site)) {
        return Err(failed(&"it is the built site itself, or lies in it"));
    }
    if make == Make::Nothing && !folder.exists() {
        let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        return Ok(Opened { store, headers: false, conditional: false, folder: None, told });
    }
    std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    // Synced: a file that lost its content with the power would have the right name for ever.
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| failed(&e))?;
    let store = store.with_fsync(true).with_automatic_cleanup(true);
    Ok(Opened { store: Arc::new(store), headers: false, conditional: false, folder: Some(folder.to_owned()), told })
}

fn bucket(rest: &str) -> Result<Opened, Error> {
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let prefix = prefix.trim_matches('/');
    let is_name = (3..=63).contains(&bucket.len())
        && bucket.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    if !is_name || !(prefix.is_empty() || is_safe(prefix)) {
        return Err(Error::Place(format!("`s3://{}` is no bucket and prefix: write s3://BUCKET/PREFIX", shown(rest))));
    }
    let builder =
        AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retries()).with_disable_bulk_delete(true);
    let host = check(&builder)?;
    // Over what the environment says: a part of a big file on a slow line takes minutes, and who asks limits the small ones.
    let builder = builder
        .with_config(Key::Client(ClientConfigKey::ConnectTimeout), "5 seconds")
        .with_config(Key::Client(ClientConfigKey::Timeout), "10 minutes");
    let told = Told { bucket: Some(bucket.to_owned()), host };
    let store = builder.build().map_err(|_| {
        Error::Place(format!(
            "cannot use the bucket `{bucket}`: check AWS_ENDPOINT, AWS_REGION and the other AWS_ variables"
        ))
    })?;
    let store: Arc<dyn ObjectStore> = if prefix.is_empty() {
        Arc::new(store)
    } else {
        let prefix = ObjectPath::parse(prefix).map_err(|_| Error::Place("the prefix is no path".to_owned()))?;
        Arc::new(PrefixStore::new(store, prefix))
    };
    Ok(Opened { store, headers: true, conditional: true, folder: None, told })
}

/// Connections that fail and servers that are busy are tried again, for as long as a person would wait.
fn retries() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(200), max_backoff: Duration::from_secs(4), base: 2.0 };
    RetryConfig { backoff, max_retries: 6, retry_timeout: Duration::from_secs(15) }
}

/// The host that is talked to, once it is sure that there are credentials and that plain HTTP is allowed where it is asked for.
fn check(builder: &AmazonS3Builder) -> Result<String, Error> {
    let value = |key: Key| builder.get_config_value(&key).filter(|v| !v.is_empty());
    let given = value(Key::AccessKeyId).is_some() && value(Key::SecretAccessKey).is_some();
    let elsewhere = [Key::WebIdentityTokenFile, Key::ContainerCredentialsRelativeUri, Key::ContainerCredentialsFullUri];
    let unsigned = value(Key::SkipSignature).is_some_and(|v| is_true(&v));
    if !given && !unsigned && !elsewhere.into_iter().any(|key| value(key).is_some()) {
        return Err(Error::Place("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned()));
    }
    let Some(endpoint) = value(Key::S3Endpoint).or_else(|| value(Key::Endpoint)) else {
        return Ok("the store of Amazon".to_owned());
    };
    let allowed = value(Key::Client(ClientConfigKey::AllowHttp)).is_some_and(|v| is_true(&v));
    let (scheme, rest) = endpoint.split_once("://").unwrap_or(("", &endpoint));
    if scheme.eq_ignore_ascii_case("http") && !allowed {
        let why =
            "the endpoint is plain HTTP, which anybody on the way can read: use HTTPS, or set AWS_ALLOW_HTTP=true";
        return Err(Error::Place(why.to_owned()));
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(Error::Place("AWS_ENDPOINT is no address: write https://HOST".to_owned()));
    }
    // A password may stand before the host.
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    Ok(shown(host.rsplit('@').next().unwrap_or_default()))
}

fn is_true(value: &str) -> bool {
    ["true", "1", "yes", "y", "on"].iter().any(|word| value.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(result: Result<Opened, Error>) -> String {
        result.err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn strange_places_are_refused() {
        for to in [
            "gs://bucket/x",
            "https://example.org",
            "s3://",
            "s3://a",
            "s3://bucket/../x",
            "s3://buc ket",
            "s3://b@d/x",
            "",
        ] {
            assert!(open(to, None, Make::Nothing).is_err(), "{to}");
        }
    }

    #[test]
    fn credentials_are_asked_for() {
        let builder = AmazonS3Builder::new().with_bucket_name("press");
        let error = check(&builder).unwrap_err().to_string();
        assert_eq!(error, "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        let half = builder.with_access_key_id("key").with_secret_access_key("");
        assert!(check(&half).is_err());
    }

    #[test]
    fn plain_http_is_asked_for_and_hosts_are_told_without_passwords() {
        let builder = AmazonS3Builder::new().with_access_key_id("key").with_secret_access_key("secret");
        let plain = builder.clone().with_endpoint("http://user:word@localhost:9000/x");
        assert!(check(&plain).unwrap_err().to_string().contains("AWS_ALLOW_HTTP"));
        assert_eq!(check(&plain.with_allow_http(true)).unwrap(), "localhost:9000");
        assert!(check(&builder.with_endpoint("localhost:9000")).is_err());
    }

    #[test]
    fn a_site_is_not_published_into_itself() {
        let site = tempfile::tempdir().unwrap();
        let inside = site.path().join("public");
        for to in [site.path(), &inside] {
            let said = message(open(&to.display().to_string(), Some(site.path()), Make::Folder));
            assert!(said.contains("the built site itself"), "{said}");
        }
        let beside = tempfile::tempdir().unwrap();
        assert_eq!(message(open(&beside.path().display().to_string(), Some(site.path()), Make::Folder)), "");
    }
}
