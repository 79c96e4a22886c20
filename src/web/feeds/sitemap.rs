//! The site's pages for search engines (<https://www.sitemaps.org/protocol.html>), and `robots.txt` (RFC 9309).
//!
//! Both demand absolute addresses: a site whose address is not known has neither. Pages that show what others show
//! (`latest/`, the printed pages on screen) are left out.

use super::links::{Links, site};
use super::xml::Xml;
use super::{ARCHIVE, newest_change};
use crate::web::record::{File, Publication, Record};

/// So many addresses a file may hold, and an index so many files (the protocol, "Using Sitemap index files").
const PER_FILE: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`, beyond 50,000 addresses an index of `sitemap-1.xml` and so on; `robots.txt`, if the site has its host
/// to itself: it is read at the root of a host alone (RFC 9309 section 2.3).
pub(super) fn sitemap(publication: &Publication, records: &[&Record]) -> Vec<File> {
    let Some(site) = site(publication) else { return Vec::new() };
    let links = Links::of("sitemap.xml", publication);
    let mut files = maps(&pages(records), &links, PER_FILE);
    if site.splitn(4, '/').nth(3) == Some("") {
        files.push(File::text(
            "robots.txt",
            format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", links.to("sitemap.xml")),
        ));
    }
    files
}

/// Paths and the moments of their last changes.
fn pages<'a>(records: &[&'a Record]) -> Vec<(String, &'a str)> {
    let mut list = vec![(ARCHIVE.to_owned(), newest_change(records))];
    for record in records {
        list.push((record.path(), &record.modified));
        list.extend(record.articles.iter().map(|a| (a.path.clone(), record.modified.as_str())));
    }
    list
}

fn maps(pages: &[(String, &str)], links: &Links, per_file: usize) -> Vec<File> {
    if pages.len() <= per_file {
        return vec![document("sitemap.xml", ("urlset", "url"), pages, links)];
    }
    let map = |(index, part): (usize, &[(String, &str)])| {
        document(&format!("sitemap-{}.xml", index + 1), ("urlset", "url"), part, links)
    };
    let mut files: Vec<File> = pages.chunks(per_file).enumerate().map(map).collect();
    let changed = |part: &[(String, _)]| part.iter().map(|(_, changed)| *changed).max().unwrap_or_default();
    let parts = files.iter().zip(pages.chunks(per_file)).map(|(file, part)| (file.path.clone(), changed(part)));
    let parts: Vec<(String, &str)> = parts.collect();
    files.insert(0, document("sitemap.xml", ("sitemapindex", "sitemap"), &parts, links));
    files
}

fn document(path: &str, (root, each): (&'static str, &'static str), list: &[(String, &str)], links: &Links) -> File {
    let mut xml = Xml::new();
    xml.open(root, &[("xmlns", NAMESPACE)]);
    for (page, changed) in list {
        xml.open(each, &[]);
        xml.leaf("loc", &[], &links.to(page));
        if !changed.is_empty() {
            xml.leaf("lastmod", &[], changed);
        }
        xml.close();
    }
    File::text(path, xml.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::feeds::test_records;

    #[test]
    fn too_many_addresses_go_into_several_files_and_an_index() {
        let record = test_records::record(1);
        let links = Links::of("sitemap.xml", &record.publication);
        let pages: Vec<(String, &str)> = (0..5).map(|i| (format!("p{i}/"), "2026-01-01T00:00:00Z")).collect();
        let files = maps(&pages, &links, 2);
        let paths: Vec<&str> = files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(paths, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let index = String::from_utf8(files[0].bytes.clone()).unwrap();
        assert!(index.contains("<loc>https://magazine.example/sitemap-3.xml</loc>"), "{index}");
        assert!(index.contains("<sitemapindex"), "{index}");
        let last = String::from_utf8(files[3].bytes.clone()).unwrap();
        assert_eq!(last.matches("<url>").count(), 1);
        assert_eq!(maps(&pages, &links, 5).len(), 1);
    }

    #[test]
    fn robots_txt_is_for_a_host_s_root_alone() {
        let mut record = test_records::record(1);
        let paths = |record: &Record| -> Vec<String> {
            sitemap(&record.publication, &[record]).into_iter().map(|f| f.path).collect()
        };
        assert_eq!(paths(&record), ["sitemap.xml", "robots.txt"]);
        record.publication.address = Some("https://news.example/magazine/".into());
        assert_eq!(paths(&record), ["sitemap.xml"]);
        record.publication.address = None;
        assert!(paths(&record).is_empty());
    }
}
