//! Answers with the headers that each kind of content needs.
//!
//! Whatever an author made is served so that it can run nothing and fetch nothing, even when it is opened by itself.

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use hyper::{Response, StatusCode};
use std::convert::Infallible;

/// What is sent.
pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What kind of content it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// The page.
    Page,
    /// Its style and script.
    Asset(&'static str),
    /// A laid-out page; its address is its hash.
    Plate,
    /// An author's picture or font.
    Picture(&'static str),
    /// An article in a frame of the page.
    Article,
    /// A manuscript.
    Text,
    /// Events.
    Events,
}

impl Kind {
    fn media_type(self) -> &'static str {
        match self {
            Kind::Page => "text/html; charset=utf-8",
            Kind::Asset(kind) | Kind::Picture(kind) => kind,
            Kind::Plate => "image/svg+xml",
            Kind::Article => "application/xhtml+xml; charset=utf-8",
            Kind::Text => "text/plain; charset=utf-8",
            Kind::Events => "text/event-stream",
        }
    }

    fn policy(self) -> &'static str {
        match self {
            Kind::Page => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                 frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
            Kind::Plate | Kind::Picture(_) => "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
            // Same origin, so that the page can keep the reader's place; no scripts, whatever the article says.
            Kind::Article => {
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
            }
            Kind::Asset(_) | Kind::Text | Kind::Events => "default-src 'none'; frame-ancestors 'none'",
        }
    }

    fn cache(self) -> &'static str {
        match self {
            Kind::Plate => "private, max-age=31536000, immutable",
            _ => "no-store",
        }
    }
}

/// An answer.
pub(super) fn answer(kind: Kind, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, kind.media_type()),
        (CONTENT_SECURITY_POLICY, kind.policy()),
        (CACHE_CONTROL, kind.cache()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A body whose bytes are all there.
pub(super) fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

/// An answer in a few words.
pub(super) fn words(status: StatusCode, words: &str) -> Response<Body> {
    let mut response = answer(Kind::Text, whole(words.to_owned()));
    *response.status_mut() = status;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// A refusal.
pub(super) fn refused(status: StatusCode) -> Response<Body> {
    words(status, status.canonical_reason().unwrap_or("refused"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(kind: Kind, name: &str) -> String {
        answer(kind, whole("")).headers().get(name).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn authors_content_runs_nothing() {
        for kind in [Kind::Plate, Kind::Picture("image/svg+xml"), Kind::Article] {
            let policy = header(kind, "content-security-policy");
            assert!(policy.starts_with("default-src 'none'; ") && policy.contains("sandbox"), "{policy}");
            assert!(!policy.contains("script"), "{policy}");
        }
    }

    #[test]
    fn only_pages_under_their_hash_are_kept() {
        assert!(header(Kind::Plate, "cache-control").contains("immutable"));
        for kind in
            [Kind::Page, Kind::Asset("text/css"), Kind::Picture("image/png"), Kind::Article, Kind::Text, Kind::Events]
        {
            assert_eq!(header(kind, "cache-control"), "no-store");
            assert_eq!(header(kind, "x-content-type-options"), "nosniff");
            assert_eq!(header(kind, "cross-origin-opener-policy"), "same-origin");
        }
    }
}
