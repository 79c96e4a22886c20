//! How a file of the site is served: its media type, and how long it may be kept.
//!
//! Only what is named by its content may be kept without asking; everything else is asked for each time and answered with
//! "not modified".

/// Media types of names that say more than their ending does.
const NAMES: &[(&str, &str)] = &[
    ("feeds/opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition; charset=utf-8"),
    ("feeds/opds2.json", "application/opds+json"),
    ("feeds/articles.json", "application/feed+json"),
    ("sitemap.xml", "application/xml; charset=utf-8"),
];

const ENDINGS: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("xhtml", "application/xhtml+xml; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml; charset=utf-8"),
    ("epub", "application/epub+zip"),
    ("pdf", "application/pdf"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("zip", "application/zip"),
];

/// The `Content-Type` of a file of the site.
pub(super) fn media_type(path: &str) -> &'static str {
    if let Some((_, media_type)) = NAMES.iter().find(|(name, _)| *name == path) {
        return media_type;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    // Further pages of the catalogues, and what stands beside an issue.
    match (path.split('/').next(), ending.as_str()) {
        (Some("feeds"), "xml") if path.starts_with("feeds/opds") => return media_type("feeds/opds.xml"),
        (Some("feeds"), "xml") => return "application/atom+xml; charset=utf-8",
        (Some("feeds"), "json") if path.starts_with("feeds/opds") => return media_type("feeds/opds2.json"),
        (Some("issues"), "json") if name == "manifest.json" => return "application/webpub+json",
        _ => {}
    }
    ENDINGS.iter().find(|(e, _)| *e == ending).map_or("application/octet-stream", |(_, m)| m)
}

/// The `Cache-Control` of a file of the site.
pub(super) fn cache_control(path: &str) -> &'static str {
    if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else if path.starts_with("publish/") {
        "no-store"
    } else {
        "no-cache"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_names_then_endings() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("latest.json", "application/json"),
            ("assets/ab12/the-dark-issue.epub", "application/epub+zip"),
            ("assets/ab12.JPG", "image/jpeg"),
            ("assets/ab12.woff2", "font/woff2"),
            ("feeds/opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition; charset=utf-8"),
            ("feeds/opds/2025.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition; charset=utf-8"),
            ("feeds/opds2/2025.json", "application/opds+json"),
            ("feeds/issues.xml", "application/atom+xml; charset=utf-8"),
            ("feeds/articles.json", "application/feed+json"),
            ("issues/2026-11/manifest.json", "application/webpub+json"),
            ("issues/2026-11/issue.json", "application/json"),
            ("assets/without.dot/name", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }

    #[test]
    fn only_what_is_named_by_its_content_is_kept() {
        assert!(cache_control("assets/ab12.jpg").contains("immutable"));
        for path in ["latest.json", "issues/2026-11/index.html", "sw.js", "embed/cover.jpg"] {
            assert_eq!(cache_control(path), "no-cache", "{path}");
        }
    }
}
