//! What readers need who do not see the page: alternative texts, and links that make sense on their own.

use super::{Rules, words_of};
use crate::draft::walk::{Part, inlines, walk};
use crate::draft::{Place, Use};
use crate::manifest::language;
use crate::manuscript::{InlineKind, Link, Style, plain};
use crate::report::{Code, Finding, Report, Spanned};

pub(super) fn check(rules: &Rules<'_>, report: &mut Report) {
    for used in &rules.draft.uses {
        match (&used.alt, used.place) {
            // A logo is read as the partner's name.
            (_, Place::Logo(_)) => {}
            _ if used.decorative => {}
            (None, _) => missing(rules, used, report),
            (Some(alt), _) => says_something(rules, used, alt, report),
        }
    }
    for article in &rules.draft.articles {
        let mut see = |part: Part<'_>| match part {
            Part::Inline(inline) => match &inline.kind {
                InlineKind::Link(link) => link_text(link, report),
                InlineKind::Styled(Style::Language(tag), _) => language(tag, report),
                _ => {}
            },
            Part::Block(block) => block.language.iter().for_each(|tag| language(tag, report)),
            Part::Figure(_) | Part::Title(_) => {}
        };
        article.manuscript.iter().for_each(|m| walk(m, &mut see));
        inlines(&article.about, &mut see);
    }
}

fn missing(rules: &Rules<'_>, used: &Use, report: &mut Report) {
    let (what, hint) = match used.place {
        Place::Advert(_) => ("advert", "write what it says and shows: `alt = \"…\"`"),
        Place::Cover => ("cover picture", "write what it shows under `[cover]`: `alt = \"…\"`"),
        Place::Lead(_) => ("picture", "write what it shows below `picture`: `alt: …`, or mark it `decorative: true`"),
        _ => ("picture", "write what it shows between the square brackets, or mark it `{decorative}`"),
    };
    let message = format!("{what} `{}` has no alternative text", used.written);
    let finding = Finding::new(Code::ACCESS_ALT_MISSING, used.span, message).hint(hint);
    let proposal = super::evidence::proposed_alt(rules, used);
    report.push(rules.wanting(proposal.into_iter().fold(finding, Finding::hint)));
}

/// "picture of", in the languages of the editions: screen readers say it already.
const ONLY_A_PICTURE: &[&str] = &[
    "image of",
    "a picture of",
    "picture of",
    "photo of",
    "a photo of",
    "photograph of",
    "a photograph of",
    "an image of",
    "bild von",
    "ein bild von",
    "foto von",
    "ein foto von",
    "photo de",
    "une photo de",
    "image de",
    "une image de",
    "imagen de",
    "una imagen de",
    "foto de",
    "una foto de",
    "صورة",
];

fn says_something(rules: &Rules<'_>, used: &Use, alt: &Spanned<String>, report: &mut Report) {
    let span = rules.narrow(alt.span, &alt.value);
    let words = words_of(alt);
    if is_file_name(alt, &used.written) {
        report.push(
            Finding::new(
                Code::ACCESS_ALT_FILENAME,
                span,
                format!("the alternative text `{}` is a file name", alt.value),
            )
            .hint("write what the picture shows, as you would tell it on the telephone"),
        );
    } else if ["image", "picture", "photo", "photograph", "bild", "foto", "imagen"].contains(&words.as_str())
        || ONLY_A_PICTURE.iter().any(|p| words == *p || words.strip_prefix(p).is_some_and(|rest| rest.starts_with(' ')))
    {
        report.push(
            Finding::new(
                Code::ACCESS_ALT_FILENAME,
                span,
                "the alternative text begins by saying that this is a picture",
            )
            .hint("begin with what it shows: screen readers say that it is a picture"),
        );
    }
    let caption = words_of(&plain(&used.caption));
    if !caption.is_empty() && caption == words {
        report.push(
            Finding::new(Code::ACCESS_ALT_CAPTION, span, "the alternative text repeats the caption")
                .hint("say in one what is seen, in the other what it means; a screen reader reads out both"),
        );
    }
}

/// Whether a text is the picture's own name, or looks like a camera's.
fn is_file_name(alt: &str, written: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let name = crate::draft::name_of(written).to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(s, _)| s);
    let ends = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".svg", ".heic"];
    let camera = ["img_", "dsc_", "dsc0", "dscn", "pxl_"].iter().any(|p| alt.starts_with(p)) && !alt.contains(' ');
    // A stem of one plain word ("weir") may be a short description; a picture deserves more all the same.
    alt == name || alt == stem || camera || (ends.iter().any(|e| alt.ends_with(e)) && !alt.contains(' '))
}

/// Link texts that say nothing out of context, in the languages of the editions.
const EMPTY_WORDS: &[&str] = &[
    "here",
    "click here",
    "click",
    "this",
    "this link",
    "link",
    "more",
    "read more",
    "learn more",
    "see here",
    "hier",
    "hier klicken",
    "mehr",
    "weiterlesen",
    "ici",
    "cliquez ici",
    "plus",
    "en savoir plus",
    "lire la suite",
    "aquí",
    "haz clic aquí",
    "más",
    "leer más",
    "هنا",
    "اضغط هنا",
    "المزيد",
];

fn link_text(link: &Link, report: &mut Report) {
    let text = plain(&link.content);
    let words = words_of(&text);
    let shown = text.trim();
    let message = if EMPTY_WORDS.contains(&words.as_str()) {
        format!("the link text `{shown}` does not say where it leads")
    } else if shown.starts_with("http://") || shown.starts_with("https://") {
        format!("the link text `{shown}` is an address: a screen reader spells it out")
    } else if words.is_empty() {
        "a link without a text".to_owned()
    } else {
        return;
    };
    report.push(
        Finding::new(Code::ACCESS_LINK_TEXT, link.target.span, message)
            .hint("link the words that name the place, as in `[the count of 2025](https://…)`"),
    );
}
