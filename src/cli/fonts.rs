//! The publication's own fonts, read from the folders that it names.

use crate::manifest::Publication;
use crate::report::{Code, Finding, Report};
use crate::source::{Sources, joined};
use crate::typeset::Fonts;

/// The shipped faces with the publication's own, and the bytes of those for the build id.
pub(super) fn load(
    sources: &Sources,
    publication: &Publication,
    report: &mut Report,
) -> (Fonts, Vec<(String, Vec<u8>)>) {
    let mut files = Vec::new();
    let mut places = Vec::new();
    for named in &publication.fonts {
        let folder = joined("", named);
        let names = folder.as_deref().map(|f| sources.list(f)).unwrap_or_default();
        let fonts: Vec<String> = names.into_iter().filter(|n| is_font(n)).collect();
        if fonts.is_empty() {
            report.push(
                Finding::new(
                    Code::FILE_MISSING,
                    named.span,
                    format!("there are no fonts in a folder `{}`", named.value),
                )
                .hint("put files ending in `.otf`, `.ttf` or `.ttc` there, or correct the folder's name"),
            );
        }
        for name in fonts {
            let resolved = sources.resolve(folder.as_deref().unwrap_or_default(), &name);
            match resolved.and_then(|path| Ok((sources.bytes(&path)?, path))) {
                Ok((bytes, path)) => {
                    files.push((path, bytes));
                    places.push(named.span);
                }
                Err(refusal) => report.push(refusal.finding(&name, named.span)),
            }
        }
    }
    let (fonts, counts) = Fonts::new(files.iter().map(|(_, bytes)| bytes.clone()).collect());
    for ((count, (path, _)), span) in counts.into_iter().zip(&files).zip(places) {
        if count == 0 {
            report.push(
                Finding::new(Code::MANIFEST_BAD_VALUE, span, format!("there is no font in `{path}`")).hint(
                    "get the file again from where it came, as OTF or TTF (web fonts such as WOFF are no use here)",
                ),
            );
        }
    }
    (fonts, files)
}

fn is_font(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".otf", ".ttf", ".ttc", ".otc"].iter().any(|ending| name.ends_with(ending)) && !name.starts_with('.')
}
