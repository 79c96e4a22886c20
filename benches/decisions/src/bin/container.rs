//! One small magazine written with four libraries: `container LIBRARY PICTURES OUT.epub`, where LIBRARY is `zip`,
//! `epub-builder`, `rbook` or `lib-epub` and PICTURES is how many pictures of 1 MiB go in.
//! Prints the time that the writing took and the most memory that the process had.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{env, fs, time::Instant};

type Outcome = Result<(), Box<dyn std::error::Error>>;
const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>Tide</title></head>
<body><h1>Tide</h1><p>The harbour empties twice a day.</p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" width="2em" height="1em"><rect width="2" height="1"/></svg></body></html>"#;
static JPEG: &[u8] = include_bytes!("../../../../issues/2026-11/pictures/wren.jpg");

fn main() -> Outcome {
    let args: Vec<String> = env::args().skip(1).collect();
    let [library, count, out] = args.as_slice() else { return Err("usage: container LIBRARY PICTURES OUT.epub".into()) };
    let (count, out) = (count.parse()?, Path::new(out));
    let pictures = Pictures::make(count, &out.with_extension("pictures"))?;
    let begun = Instant::now();
    match library.as_str() {
        "zip" => with_zip(&pictures, out)?,
        "epub-builder" => with_epub_builder(&pictures, out)?,
        "rbook" => with_rbook(&pictures, out)?,
        "lib-epub" => with_lib_epub(&pictures, out)?,
        other => return Err(format!("no library `{other}`").into()),
    }
    println!("{library}\t{:.2} s\t{:.1} MB", begun.elapsed().as_secs_f64(), peak_memory()?);
    Ok(())
}

/// Pictures on disk, as a publication has them: no two alike, and nothing in them that deflates.
struct Pictures(Vec<PathBuf>);

impl Pictures {
    fn make(count: u32, folder: &Path) -> Result<Self, std::io::Error> {
        fs::create_dir_all(folder)?;
        let mut list = Vec::new();
        let mut noise: u64 = 0x9e37_79b9_7f4a_7c15;
        for n in 0..count {
            let path = folder.join(format!("picture-{n}.jpg"));
            let mut file = BufWriter::new(fs::File::create(&path)?);
            file.write_all(JPEG)?;
            for _ in JPEG.len() / 8..(1 << 17) {
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                file.write_all(&noise.to_le_bytes())?;
            }
            file.flush()?;
            list.push(path);
        }
        Ok(Pictures(list))
    }

    fn iter(&self) -> impl Iterator<Item = (String, &PathBuf)> {
        self.0.iter().enumerate().map(|(n, path)| (format!("pictures/{n}.jpg"), path))
    }
}

/// The way that was chosen: the archive by `zip`, the three documents by hand.
fn with_zip(pictures: &Pictures, out: &Path) -> Outcome {
    use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};
    let options = |method| SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
    let (stored, deflated) = (options(CompressionMethod::Stored), options(CompressionMethod::Deflated));
    let mut archive = ZipWriter::new(fs::File::create(out)?);
    let mut items = String::new();
    archive.start_file("mimetype", stored)?;
    archive.write_all(b"application/epub+zip")?;
    for (name, path) in pictures.iter() {
        archive.start_file(format!("EPUB/{name}"), stored)?;
        std::io::copy(&mut fs::File::open(path)?, &mut archive)?;
        let id = name.replace('/', "-");
        items.push_str(&format!("<item id=\"{id}\" href=\"{name}\" media-type=\"image/jpeg\"/>"));
    }
    let texts = [
        ("META-INF/container.xml", CONTAINER.to_owned()),
        ("EPUB/package.opf", PACKAGE.replace("ITEMS", &items)),
        ("EPUB/nav.xhtml", NAV.to_owned()),
        ("EPUB/tide.xhtml", PAGE.to_owned()),
    ];
    for (name, text) in texts {
        archive.start_file(name, deflated)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.finish()?;
    Ok(())
}

const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
const PACKAGE: &str = r#"<?xml version="1.0"?><package version="3.0" xmlns="http://www.idpf.org/2007/opf" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:example:tide</dc:identifier>
<dc:title>Tide</dc:title><dc:language>en</dc:language><dc:creator id="who">A. Name</dc:creator>
<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="tide" href="tide.xhtml" media-type="application/xhtml+xml" properties="svg"/>ITEMS</manifest>
<spine><itemref idref="tide"/></spine></package>"#;
const NAV: &str = r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 xml:lang="en" lang="en"><head><title>Contents</title></head><body><nav epub:type="toc"><h1>Contents</h1>
<ol><li><a href="tide.xhtml">Tide</a></li></ol></nav></body></html>"#;

fn with_epub_builder(pictures: &Pictures, out: &Path) -> Outcome {
    use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", "Tide")?.metadata("author", "A. Name")?.metadata("lang", "en")?;
    for (name, path) in pictures.iter() {
        builder.add_resource(name, fs::File::open(path)?, "image/jpeg")?;
    }
    builder.add_content(EpubContent::new("tide.xhtml", PAGE.as_bytes()).title("Tide"))?;
    builder.generate(BufWriter::new(fs::File::create(out)?))?;
    Ok(())
}

fn with_rbook(pictures: &Pictures, out: &Path) -> Outcome {
    use rbook::epub::{Epub, EpubChapter};
    let mut editor = Epub::builder();
    editor = editor.identifier("urn:example:tide").title("Tide").author("A. Name").language("en");
    for (name, path) in pictures.iter() {
        editor = editor.resource((name, path.clone()));
    }
    let mut book = editor.chapter(EpubChapter::new("Tide").href("tide.xhtml").xhtml(PAGE.as_bytes())).build();
    if let Some(mut page) = book.manifest_mut().by_id_mut("tide") {
        page.properties_mut().insert("svg");
    }
    book.write().save(out)?;
    Ok(())
}

fn with_lib_epub(pictures: &Pictures, out: &Path) -> Outcome {
    use lib_epub::builder::{EpubBuilder, EpubVersion3};
    use lib_epub::types::{ManifestItem, MetadataItem, NavPoint, SpineItem};
    let page = out.with_extension("xhtml");
    fs::write(&page, PAGE)?;
    let mut builder = EpubBuilder::<EpubVersion3>::new()?;
    builder.add_rootfile("content.opf")?;
    builder.add_metadata(MetadataItem::new("title", "Tide")).add_metadata(MetadataItem::new("language", "en"));
    builder.add_metadata(MetadataItem::new("creator", "A. Name"));
    builder.add_metadata(MetadataItem::new("identifier", "urn:example:tide").with_id("pub-id").build());
    for (name, path) in pictures.iter() {
        builder.add_manifest(path.display().to_string(), ManifestItem::new(&name.replace('/', "-"), &name)?)?;
    }
    builder.add_manifest(page.display().to_string(), ManifestItem::new("tide", "tide.xhtml")?.append_property("svg").build())?;
    builder.add_spine(SpineItem::new("tide"));
    builder.set_catalog_title("Contents").add_catalog_item(NavPoint::new("Tide").with_content("tide.xhtml").build());
    builder.make(out)?;
    Ok(())
}

/// The most memory this process ever had, in MB of 10^6 bytes (Linux only).
fn peak_memory() -> Result<f64, Box<dyn std::error::Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with("VmHWM")).ok_or("no VmHWM")?;
    let kib: f64 = line.split_whitespace().nth(1).ok_or("no figure")?.parse()?;
    Ok(kib * 1024.0 / 1e6)
}
