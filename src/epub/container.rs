//! The OCF container: the only file that names the zip library.
//!
//! `mimetype` stands first, stored and without an extra field (EPUB 3.3 section 4.2.2); every entry has the same date and
//! mode, so that equal contents give equal bytes; sizes stand before the data, so that readers that go through the file
//! front to back can open it.

use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;

/// Apple Books shows embedded fonts only when it is asked to.
const DISPLAY_OPTIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<display_options>
  <platform name="*">
    <option name="specified-fonts">true</option>
  </platform>
</display_options>
"#;

/// An EPUB that is being written.
pub(super) struct Container<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> Container<W> {
    /// Begins the container: media type, container document, display options.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub(super) fn begin(sink: W) -> io::Result<Self> {
        let mut container = Container { zip: ZipWriter::new(sink) };
        container.entry("mimetype", b"application/epub+zip", CompressionMethod::Stored)?;
        container.text("META-INF/container.xml", CONTAINER)?;
        container.text("META-INF/com.apple.ibooks.display-options.xml", DISPLAY_OPTIONS)?;
        Ok(container)
    }

    /// Adds a text, deflated. The path is the whole one in the container.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub(super) fn text(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.entry(path, text.as_bytes(), CompressionMethod::Deflated)
    }

    /// Adds bytes: stored where they are compressed already.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub(super) fn bytes(&mut self, path: &str, bytes: &[u8], compressed: bool) -> io::Result<()> {
        self.entry(path, bytes, if compressed { CompressionMethod::Stored } else { CompressionMethod::Deflated })
    }

    fn entry(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(path, options)?;
        self.zip.write_all(bytes)
    }

    /// Closes the container and gives the sink back.
    ///
    /// # Errors
    /// When the sink cannot be written.
    pub(super) fn finish(self) -> io::Result<W> {
        Ok(self.zip.finish()?)
    }
}
