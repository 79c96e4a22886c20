//! Rules about the file as a whole: protection, version, scripts and actions, forms, layers, what is packed in.

use super::Wanted;
use super::catalogue::Rule;
use super::notes::Notes;
use super::picture::filters;
use super::shared::{Shared, dict_of};
use crate::press::shop::Standard;
use lopdf::{Dictionary, Object};

/// Actions that do something (ISO 32000-1, 12.6.4); going to a page or address is the annotation's matter.
const ACTIONS: &[&[u8]] = &[
    b"Launch",
    b"SubmitForm",
    b"ResetForm",
    b"ImportData",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"Hide",
    b"SetOCGState",
    b"RichMediaExecute",
    b"GoTo3DView",
];

/// Judges what belongs to no page.
pub(super) fn judge(shared: &Shared<'_>, wanted: &Wanted<'_>, notes: &mut Notes) {
    let document = shared.document;
    if document.was_encrypted() || document.is_encrypted() {
        notes.file(Rule::ENCRYPTED, "the file is protected with a password or restrictions");
    }
    version(shared, wanted, notes);
    let id = document.trailer.get_deref(b"ID", document).ok().and_then(|o| o.as_array().ok());
    if id.is_none_or(|list| list.len() != 2) {
        notes.file(Rule::FILE_ID, "the file carries no identifier (`ID`)");
    }
    let Ok(catalog) = document.catalog() else { return };
    layers(shared, wanted, catalog, notes);
    interactive(shared, catalog, notes);
    objects(shared, notes);
    packing(shared, wanted, notes);
}

/// `1.6` as (1, 6).
fn parse(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.trim().split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn version(shared: &Shared<'_>, wanted: &Wanted<'_>, notes: &mut Notes) {
    let catalog = shared.document.catalog().ok();
    let said = catalog.and_then(|c| shared.name(c, b"Version")).map(super::colour::text);
    let head = parse(&shared.document.version);
    let version = said.as_deref().and_then(parse).max(head).unwrap_or((1, 0));
    // PDF/X-4 is made of PDF 1.6; what 1.7 adds does not print, and presses take it.
    let most = match wanted.shop.standard {
        Standard::X1a | Standard::X3 => (1, 4),
        Standard::X4 => (1, 7),
    };
    // Adverts are placed in our own pages: what their PDF is called does not matter.
    if version > most && !wanted.is_advert() {
        let (standard, (a, b), (c, d)) = (wanted.shop.standard.name(), version, most);
        notes.file(Rule::VERSION, format!("the file is PDF {a}.{b}; for {standard} it can be at most PDF {c}.{d}"));
    }
}

fn layers(shared: &Shared<'_>, wanted: &Wanted<'_>, catalog: &Dictionary, notes: &mut Notes) {
    let Some(properties) = shared.dict(catalog, b"OCProperties") else { return };
    let count = shared.list(properties, b"OCGs").len();
    if count == 0 {
        return;
    }
    if !wanted.shop.standard.allows_transparency() {
        let standard = wanted.shop.standard.name();
        notes.file(Rule::LAYERS, format!("the file has {count} layers, which {standard} does not allow"));
        return;
    }
    let configs = shared.list(properties, b"Configs").iter().take(64);
    let configs = configs.filter_map(|o| dict_of(shared.document.dereference(o).ok()?.1));
    let main = shared.dict(properties, b"D");
    for config in main.into_iter().chain(configs) {
        if config.has(b"AS") {
            notes.file(Rule::LAYER_CONFIG, "layers are switched by use (`AS`)");
        }
    }
    let Some(main) = main else { return };
    let off = shared.list(main, b"OFF").len();
    if off > 0 || shared.name(main, b"BaseState") == Some(b"OFF") {
        let names: Vec<String> =
            shared.list(main, b"OFF").iter().take(3).filter_map(|o| layer_name(shared, o)).collect();
        let names = if names.is_empty() { "a layer".to_owned() } else { format!("the layer {}", names.join(", ")) };
        notes.file(Rule::HIDDEN_LAYER, format!("{names} is switched off"));
    }
}

fn layer_name(shared: &Shared<'_>, layer: &Object) -> Option<String> {
    let dict = dict_of(shared.document.dereference(layer).ok()?.1)?;
    let name = dict.get_deref(b"Name", shared.document).ok()?.as_str().ok()?;
    Some(format!("`{}`", super::metadata::pdf_text(name)))
}

fn interactive(shared: &Shared<'_>, catalog: &Dictionary, notes: &mut Notes) {
    if let Some(form) = shared.dict(catalog, b"AcroForm")
        && (!shared.list(form, b"Fields").is_empty() || form.has(b"XFA"))
    {
        notes.file(Rule::FORM, "the file holds a form to fill in");
    }
    if catalog.has(b"AA") {
        notes.file(Rule::ACTION, "the file does something on events (`AA`)");
    }
    let Some(names) = shared.dict(catalog, b"Names") else { return };
    if names.has(b"JavaScript") {
        notes.file(Rule::SCRIPT, "the file holds a script");
    }
    if names.has(b"EmbeddedFiles") {
        notes.file(Rule::EMBEDDED, "another file is packed into this one");
    }
}

/// Looks through every object for what runs; an object that is only left over counts too, as presses find it.
fn objects(shared: &Shared<'_>, notes: &mut Notes) {
    let (mut script, mut action) = (false, None);
    for object in shared.document.objects.values() {
        let Some(dict) = dict_of(object) else { continue };
        look(dict, 0, &mut script, &mut action);
    }
    if script && !notes.folded.contains_key(&(Rule::SCRIPT, String::new())) {
        notes.file(Rule::SCRIPT, "the file holds a script");
    }
    if let Some(kind) = action {
        notes.file(Rule::ACTION, format!("the file holds an action (`{kind}`)"));
    }
}

fn look(dict: &Dictionary, depth: usize, script: &mut bool, action: &mut Option<String>) {
    let kind = dict.get(b"S").and_then(Object::as_name).unwrap_or_default();
    // Layers, pages and marked content have an `S` of their own; only actions have these names.
    if kind == b"JavaScript" || dict.has(b"JS") {
        *script = true;
    } else if ACTIONS.contains(&kind) {
        action.get_or_insert_with(|| super::colour::text(kind));
    }
    if depth > 16 {
        return;
    }
    for (_, value) in dict.iter() {
        match value {
            Object::Dictionary(inner) => look(inner, depth + 1, script, action),
            Object::Array(list) => {
                list.iter().filter_map(|o| o.as_dict().ok()).for_each(|d| look(d, depth + 1, script, action));
            }
            _ => {}
        }
    }
}

/// Filters of all streams; what stands on a page has been told with its place.
fn packing(shared: &Shared<'_>, wanted: &Wanted<'_>, notes: &mut Notes) {
    for object in shared.document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        for (filter, name) in [(&b"LZWDecode"[..], "LZW"), (b"Crypt", "Crypt"), (b"BrotliDecode", "Brotli")] {
            let known = notes.folded.contains_key(&(Rule::COMPRESSION, name.to_owned()))
                || notes.folded.contains_key(&(Rule::COMPRESSION, String::new()));
            if !known && filters(&stream.dict, shared.document).iter().any(|f| f == filter) {
                let standard = wanted.shop.standard.name();
                notes.file(Rule::COMPRESSION, format!("data are packed with {name}, which {standard} does not allow"));
            }
        }
    }
}

/// Spot colours that would be two plates of one ink, and too many of them.
pub(super) fn spots(names: &[String], wanted: &Wanted<'_>, notes: &mut Notes) {
    /// Units of a press beside the four.
    const UNITS: usize = 4;
    if !wanted.shop.spots {
        return;
    }
    if names.len() > UNITS {
        notes.file(Rule::PLATES, format!("{} spot colours beside the four inks: {}", names.len(), list_of(names)));
    }
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    for (at, name) in names.iter().enumerate() {
        if let Some(other) = names[..at].iter().find(|n| plain(n) == plain(name)) {
            notes.file(Rule::SPOT_NAMES, format!("`{other}` and `{name}` are written differently"));
        }
    }
}

fn list_of(names: &[String]) -> String {
    let list: Vec<String> = names.iter().take(6).map(|n| format!("`{n}`")).collect();
    let more = if names.len() > 6 { ", …" } else { "" };
    format!("{}{more}", list.join(", "))
}
