//! Addresses of files, as one file of the site writes them.
//!
//! Absolute where the site's address is known, else relative to the file that holds them; either way an RFC 3986
//! reference, whatever is in the path.

use crate::web::record::Publication;

/// How one file of the site refers to others.
pub(super) struct Links {
    /// The site's address, with `/` at its end.
    site: Option<String>,
    /// From the file up to the site's root: `../`.
    up: String,
}

impl Links {
    /// For the file at a path.
    pub(super) fn of(path: &str, publication: &Publication) -> Links {
        Links { site: site(publication), up: "../".repeat(path.matches('/').count()) }
    }

    /// The address of a file.
    pub(super) fn to(&self, path: &str) -> String {
        match self.absolute(path) {
            Some(address) => address,
            None if path.is_empty() && self.up.is_empty() => "./".to_owned(),
            None => format!("{}{}", self.up, percent(path, PATH)),
        }
    }

    /// The address of a file with a fragment.
    pub(super) fn to_fragment(&self, path: &str, fragment: &str) -> String {
        format!("{}#{}", self.to(path), percent(fragment, FRAGMENT))
    }

    /// The absolute address of a file, if it is known.
    pub(super) fn absolute(&self, path: &str) -> Option<String> {
        self.site.as_ref().map(|site| format!("{site}{}", percent(path, PATH)))
    }
}

/// The site's address, with `/` at its end; none if it is not one of the web.
pub(super) fn site(publication: &Publication) -> Option<String> {
    let mut address = web_address(publication.address.as_deref()?)?;
    if !address.ends_with('/') {
        address.push('/');
    }
    Some(address)
}

/// An address that somebody wrote, if it is one of the web; what an address cannot hold is percent-encoded.
pub(super) fn web_address(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"))?;
    if rest.is_empty() || rest.starts_with('/') { None } else { Some(percent(raw, ADDRESS)) }
}

// RFC 3986 section 2.2 and 3.3: what may stand in a path besides letters, digits and `-._~`.
const PATH: &str = "/!$&'()*+,;=:@";
const FRAGMENT: &str = "/?!$&'()*+,;=:@";
const ADDRESS: &str = "/?!$&'()*+,;=:@#%[]";

fn percent(raw: &str, kept: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(c) || byte.is_ascii() && kept.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::feeds::test_records;

    #[test]
    fn addresses_are_absolute_if_the_site_is_known_else_relative_to_the_file() {
        let mut publication = test_records::record(1).publication;
        let links = Links::of("feeds/opds2/2026.json", &publication);
        assert_eq!(links.to("issues/a b%20/"), "https://magazine.example/issues/a%20b%2520/");
        publication.address = None;
        let links = Links::of("feeds/opds2/2026.json", &publication);
        assert_eq!(links.to("issues/ü?#/"), "../../issues/%C3%BC%3F%23/");
        assert_eq!(links.to_fragment("", "page=C1 \""), "../../#page=C1%20%22");
        assert_eq!(Links::of("latest.json", &publication).to(""), "./");
        assert_eq!(links.absolute(""), None);
    }

    #[test]
    fn only_an_address_of_the_web_is_one() {
        assert_eq!(web_address(" https://a.example/x y<\"> ").as_deref(), Some("https://a.example/x%20y%3C%22%3E"));
        for wrong in ["javascript:alert(1)", "a.example", "", "https://", "https:///x", "//a.example"] {
            assert_eq!(web_address(wrong), None, "{wrong}");
        }
        let publication =
            Publication { address: Some("http://a.example/m".into()), ..test_records::record(1).publication };
        assert_eq!(site(&publication).as_deref(), Some("http://a.example/m/"));
    }
}
