//! Language tags: whether a tag is well-formed by RFC 5646 (BCP 47), section 2.1.
//!
//! Stricter in one thing: a tag begins with a language of two or three letters; the grandfathered ones do not count.

/// What is wrong with a language tag, in the imperative; `None` if it is well-formed.
pub fn tag_problem(tag: &str) -> Option<String> {
    if well_formed(tag) {
        return None;
    }
    let dashed = tag.trim().replace(['_', ' '], "-");
    let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag.trim()));
    Some(match named {
        Some((_, code)) => format!("write `{code}`"),
        None if well_formed(&dashed) => format!("write `{dashed}`"),
        None => "write a tag such as `en-GB`, `de`, `fr` or `ar`".to_owned(),
    })
}

/// Languages that people write out.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("arabic", "ar"),
];

fn well_formed(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let alpha = |p: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let alnum = |p: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !parts.next().is_some_and(|p| alpha(p, 2..=3)) {
        return false;
    }
    for _ in 0..3 {
        parts.next_if(|p| alpha(p, 3..=3));
    }
    parts.next_if(|p| alpha(p, 4..=4));
    parts.next_if(|p| alpha(p, 2..=2) || p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()));
    let variant = |p: &str| alnum(p, 5..=8) || alnum(p, 4..=4) && p.starts_with(|c: char| c.is_ascii_digit());
    while parts.next_if(|p| variant(p)).is_some() {}
    let mut seen = Vec::new();
    while let Some(singleton) = parts.next_if(|p| alnum(p, 1..=1)) {
        let singleton = singleton.to_ascii_lowercase();
        let least = if singleton == "x" { 1 } else { 2 };
        let mut any = false;
        while parts.next_if(|p| alnum(p, least..=8)).is_some() {
            any = true;
        }
        if !any || seen.contains(&singleton) {
            return false;
        }
        seen.push(singleton);
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_the_standard_are_well_formed() {
        // Examples of RFC 5646, appendix A.
        for tag in [
            "de",
            "fr-CA",
            "zh-Hant",
            "zh-cmn-Hans-CN",
            "sr-Latn-RS",
            "sl-rozaj-biske",
            "de-CH-1901",
            "hy-Latn-IT-arevela",
            "es-419",
            "de-CH-x-phonebk",
            "en-US-u-islamcal",
            "zh-CN-a-myext-x-private",
            "gsw",
        ] {
            assert_eq!(tag_problem(tag), None, "{tag}");
        }
    }

    #[test]
    fn others_are_not() {
        for tag in
            ["", "e", "english", "en_GB", "en-", "de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "en--GB", "dé", "x-me"]
        {
            assert!(tag_problem(tag).is_some(), "{tag}");
        }
        assert_eq!(tag_problem("en_GB").as_deref(), Some("write `en-GB`"));
        assert_eq!(tag_problem("Deutsch").as_deref(), Some("write `de`"));
    }
}
