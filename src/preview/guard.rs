//! Who may ask, and for what: everything that is refused before anything is looked up.
//!
//! Only the preview's own page on loopback passes. A foreign site that a browser was led to cannot name itself as our host, and
//! cannot hide its origin; a path is a list of plain names or it is nothing.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode, Uri};

/// Why nothing is said.
pub(super) type Refused = StatusCode;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request comes from the page itself or from the address bar.
///
/// # Errors
/// 421 for a foreign host, 403 for a foreign origin, 405 for a method that is not offered.
pub(super) fn admit(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<(), Refused> {
    let host = single(headers, &HOST).map_err(|()| StatusCode::MISDIRECTED_REQUEST)?;
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let Some(host) = host.filter(|h| names.iter().any(|n| n.eq_ignore_ascii_case(h))) else {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    };
    let origin = single(headers, &ORIGIN).map_err(|()| StatusCode::FORBIDDEN)?;
    if origin.is_some_and(|o| !o.eq_ignore_ascii_case(&format!("http://{host}"))) {
        return Err(StatusCode::FORBIDDEN);
    }
    let site = single(headers, &FETCH_SITE).map_err(|()| StatusCode::FORBIDDEN)?;
    // Another port of this machine is "same-site", and as foreign as any.
    if site.is_some_and(|s| s != "same-origin" && s != "none") {
        return Err(StatusCode::FORBIDDEN);
    }
    match *method {
        Method::GET | Method::HEAD => Ok(()),
        // A page that asks for something names its origin; no other program has reason to ask.
        Method::POST if uri.path() == "/open" && origin.is_some() => Ok(()),
        Method::POST if uri.path() == "/open" => Err(StatusCode::FORBIDDEN),
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// The value of a header that may be given once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(());
    }
    first.map(|v| v.to_str().map_err(|_| ())).transpose()
}

/// The names of a path, each decoded once; none for `/`.
///
/// # Errors
/// 400 for an address with a host or broken encoding, 404 for a path that a file system could misread.
pub(super) fn names(uri: &Uri) -> Result<Vec<String>, Refused> {
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    let path = uri.path().strip_prefix('/').ok_or(StatusCode::BAD_REQUEST)?;
    if path.is_empty() {
        return Ok(Vec::new());
    }
    path.split('/')
        .map(|raw| {
            let name = decoded(raw).ok_or(StatusCode::BAD_REQUEST)?;
            if plain(&name) { Ok(name) } else { Err(StatusCode::NOT_FOUND) }
        })
        .collect()
}

/// A value of the query, decoded.
pub(super) fn query(uri: &Uri, key: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(k, _)| *k == key).and_then(|(_, value)| decoded(value))
}

/// A relative file name in the publication: plain names between single `/`.
pub(super) fn is_file(name: &str) -> bool {
    !name.is_empty() && name.split('/').all(plain)
}

/// Whether a name is one in every file system: no step up, no separator, no drive, no control character.
fn plain(name: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
    !name.is_empty() && name != "." && name != ".." && !name.contains(odd)
}

/// Percent-decoding into UTF-8.
fn decoded(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method, path: &str, headers: &[(&str, &str)]) -> Result<(), u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        admit(&method, &path.parse().unwrap(), &map, 4321).map_err(|s| s.as_u16())
    }

    const HOME: (&str, &str) = ("host", "127.0.0.1:4321");

    #[test]
    fn only_its_own_host_is_answered() {
        assert_eq!(asked(Method::GET, "/", &[HOME]), Ok(()));
        assert_eq!(asked(Method::GET, "/", &[("host", "LocalHost:4321")]), Ok(()));
        for host in ["evil.example", "127.0.0.1", "127.0.0.1:4322", "127.0.0.1:4321.evil.example", "0.0.0.0:4321", ""] {
            assert_eq!(asked(Method::GET, "/", &[("host", host)]), Err(421), "{host}");
        }
        assert_eq!(asked(Method::GET, "/", &[]), Err(421));
        assert_eq!(asked(Method::GET, "/", &[HOME, ("host", "evil.example")]), Err(421));
    }

    #[test]
    fn a_foreign_origin_is_refused() {
        assert_eq!(asked(Method::GET, "/", &[HOME, ("origin", "http://127.0.0.1:4321")]), Ok(()));
        for origin in
            ["http://evil.example", "null", "https://127.0.0.1:4321", "http://127.0.0.1:80", "http://localhost:4321"]
        {
            assert_eq!(asked(Method::GET, "/", &[HOME, ("origin", origin)]), Err(403), "{origin}");
        }
        for site in ["cross-site", "same-site", "odd"] {
            assert_eq!(asked(Method::GET, "/", &[HOME, ("sec-fetch-site", site)]), Err(403), "{site}");
        }
        assert_eq!(asked(Method::GET, "/", &[HOME, ("sec-fetch-site", "none")]), Ok(()));
    }

    #[test]
    fn only_opening_is_posted_and_only_by_the_page() {
        let own = ("origin", "http://127.0.0.1:4321");
        assert_eq!(asked(Method::POST, "/open", &[HOME, own]), Ok(()));
        assert_eq!(asked(Method::POST, "/open", &[HOME]), Err(403));
        assert_eq!(asked(Method::POST, "/", &[HOME, own]), Err(405));
        for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE, Method::CONNECT] {
            assert_eq!(asked(method, "/open", &[HOME, own]), Err(405));
        }
    }

    #[test]
    fn a_path_is_a_list_of_plain_names() {
        let names = |path: &str| names(&path.parse().unwrap()).map_err(|s| s.as_u16());
        assert_eq!(names("/"), Ok(vec![]));
        assert_eq!(names("/picture/a%20b.jpg?x"), Ok(vec!["picture".to_owned(), "a b.jpg".to_owned()]));
        assert_eq!(names("/picture/%C3%A9.jpg").unwrap()[1], "é.jpg");
        for path in [
            "/../etc/passwd",
            "/picture/..",
            "/picture/%2e%2e/a",
            "/picture/%2E.",
            "/picture/..%2fa",
            "/picture/a%2Fb",
            "/picture/a%5cb",
            "/picture//etc/passwd",
            "//etc/passwd",
            "/picture/",
            "/picture/%00",
            "/picture/C:",
            "/.",
        ] {
            assert_eq!(names(path), Err(404), "{path}");
        }
        for path in ["/picture/%", "/picture/%4", "/picture/%zz", "/picture/%ff", "http://127.0.0.1:4321/", "*"] {
            assert_eq!(names(path), Err(400), "{path}");
        }
        assert_eq!(names("/picture/%252e%252e").unwrap()[1], "%2e%2e", "decoded once only");
    }

    #[test]
    fn a_file_of_the_query_is_relative_and_plain() {
        let uri: Uri = "/source?a=1&file=x%2Fy%20z.md".parse().unwrap();
        assert_eq!(query(&uri, "file").as_deref(), Some("x/y z.md"));
        assert_eq!(query(&uri, "line"), None);
        assert!(is_file("2026-11/articles/a.md"));
        for name in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "a\\b", "C:/a", "a/\0"] {
            assert!(!is_file(name), "{name}");
        }
    }
}
