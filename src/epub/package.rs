//! The package document: metadata, manifest, spine.
//!
//! A pure function of what was written into the container before it.

use crate::words::direction;
use crate::xhtml::attribute;

/// A file of the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    /// Its id in the manifest.
    pub(super) id: String,
    /// Its path from the package document.
    pub(super) href: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Space-separated properties; none if empty.
    pub(super) properties: &'static str,
}

/// What the package document says beside the metadata.
pub(super) struct Package<'a> {
    /// BCP 47 tag.
    pub(super) language: &'a str,
    /// The inside of the `metadata` element.
    pub(super) metadata: String,
    /// Every file but the package document itself.
    pub(super) resources: &'a [Resource],
    /// The manifest ids of the documents in reading order.
    pub(super) spine: Vec<String>,
    /// The manifest id of the cover picture, for the readers that know only EPUB 2.
    pub(super) cover: Option<String>,
}

/// The package document (EPUB 3.3 section 5).
pub(super) fn package(package: &Package<'_>) -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" xml:lang="{}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{}"#,
        attribute(package.language),
        package.metadata
    );
    if let Some(cover) = &package.cover {
        out.push_str(&format!("    <meta name=\"cover\" content=\"{cover}\"/>\n"));
    }
    out.push_str("  </metadata>\n  <manifest>\n");
    for resource in package.resources {
        let Resource { id, href, media_type, properties } = resource;
        let properties = if properties.is_empty() { String::new() } else { format!(r#" properties="{properties}""#) };
        let href = attribute(href);
        out.push_str(&format!("    <item id=\"{id}\" href=\"{href}\" media-type=\"{media_type}\"{properties}/>\n"));
    }
    let way = direction(package.language).as_str();
    out.push_str(&format!("  </manifest>\n  <spine toc=\"ncx\" page-progression-direction=\"{way}\">\n"));
    for id in &package.spine {
        // The navigation document is there for the landmark that names it; nobody pages through it.
        let linear = if id == "nav" { r#" linear="no""# } else { "" };
        out.push_str(&format!("    <itemref idref=\"{id}\"{linear}/>\n"));
    }
    out.push_str("  </spine>\n</package>\n");
    out
}
