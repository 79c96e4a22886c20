//! The output intent: for which paper and press the file says it is made (ISO 32000-1, 14.11.5).

use super::Wanted;
use super::catalogue::Rule;
use super::notes::Notes;
use super::shared::{Shared, dict_of, digest};
use crate::press::shop::Standard;
use lopdf::Dictionary;

/// The output intents for print.
fn intents<'d>(shared: &'d Shared<'_>) -> (Vec<&'d Dictionary>, Vec<String>) {
    let Ok(catalog) = shared.document.catalog() else { return (Vec::new(), Vec::new()) };
    let all = shared.list(catalog, b"OutputIntents").iter().take(64);
    let all: Vec<&Dictionary> = all.filter_map(|o| dict_of(shared.document.dereference(o).ok()?.1)).collect();
    let kind = |d: &&Dictionary| shared.name(d, b"S").map(super::colour::text).unwrap_or_default();
    let others = all.iter().map(kind).filter(|k| k != "GTS_PDFX").collect();
    (all.into_iter().filter(|d| kind(d) == "GTS_PDFX").collect(), others)
}

fn profile(shared: &Shared<'_>, intent: &Dictionary) -> Option<Vec<u8>> {
    let stream = intent.get_deref(b"DestOutputProfile", shared.document).ok()?.as_stream().ok()?;
    shared.unfold(stream).filter(|bytes| bytes.len() >= 128 && bytes.get(36..40) == Some(b"acsp"))
}

/// SHA-256 of the profile that the file embeds for print.
pub(super) fn embedded(shared: &Shared<'_>) -> Option<[u8; 32]> {
    let (list, _) = intents(shared);
    Some(digest(&profile(shared, list.first()?)?))
}

/// Judges the output intent.
pub(super) fn judge(shared: &Shared<'_>, wanted: &Wanted<'_>, notes: &mut Notes) {
    let (list, others) = intents(shared);
    let Some(intent) = list.first() else {
        let why = match others.first() {
            Some(kind) => {
                format!("the file's output intent is of another kind (`{kind}`) than print asks (`GTS_PDFX`)")
            }
            None => "the file does not say for which paper and press it is made".to_owned(),
        };
        notes.file(Rule::NO_INTENT, why);
        return;
    };
    if list.len() > 1 {
        notes.file(Rule::TWO_INTENTS, format!("the file has {} output intents for print", list.len()));
    }
    let text = |key: &[u8]| {
        let bytes = intent.get_deref(key, shared.document).ok().and_then(|o| o.as_str().ok());
        bytes.map(super::metadata::pdf_text).unwrap_or_default()
    };
    let identifier = text(b"OutputConditionIdentifier");
    let Some(bytes) = profile(shared, intent) else {
        let registered = !text(b"RegistryName").is_empty() && !identifier.is_empty();
        if wanted.shop.standard == Standard::X4 || intent.has(b"DestOutputProfile") || !registered {
            notes.file(Rule::INTENT_PROFILE, "the output intent carries no profile that can be read");
        } else {
            same_condition(wanted, &identifier, None, notes);
        }
        return;
    };
    let word =
        |range: std::ops::Range<usize>| super::colour::text(bytes.get(range).unwrap_or_default()).trim().to_owned();
    if bytes.get(12..16) != Some(b"prtr") {
        notes.file(
            Rule::INTENT_CLASS,
            format!("the output intent's profile is of the class `{}`, not `prtr`", word(12..16)),
        );
    } else if bytes.get(16..20) != Some(b"CMYK") {
        notes.file(Rule::INTENT_INKS, format!("the output intent's profile is for {}, not CMYK", word(16..20)));
    } else {
        same_condition(wanted, &identifier, Some(digest(&bytes)), notes);
    }
}

/// Whether the condition is the shop's: by its registered name, or by the profile.
fn same_condition(wanted: &Wanted<'_>, identifier: &str, digest: Option<[u8; 32]>, notes: &mut Notes) {
    let plain =
        |name: &str| -> String { name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase() };
    let condition = &wanted.shop.condition;
    let (said, asked) = (plain(identifier), plain(&condition.identifier));
    let alike = !said.is_empty() && (said == asked || (asked.len() >= 5 && said.contains(&asked)));
    if !alike && digest != Some(wanted.profile) {
        let said = if identifier.is_empty() { "an unnamed condition".to_owned() } else { format!("`{identifier}`") };
        notes.file(
            Rule::INTENT_OTHER,
            format!("the file is made for {said}; the shop `{}` prints `{}`", wanted.shop.name, condition.identifier),
        );
    }
}
