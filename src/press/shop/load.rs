//! A shop by its name, or from a file of the publication's own with its ICC profile beside it.

use super::shipped::{self, SHIPPED};
use super::{Binding, Condition, Cover, Intent, Marks, Shop, Standard, settings};
use crate::data::{Codes, Document, check, toml};
use crate::manifest::Mm;
use crate::report::{Code, Files, Finding, Report, Span, Spanned};
use crate::source::{Refusal, Sources, joined, nearest};
use std::sync::Arc;

/// Offsets in an ICC profile's header (ICC.1:2022, 7.2): class of the device, and space of its colours.
const CLASS: std::ops::Range<usize> = 12..16;
const SPACE: std::ops::Range<usize> = 16..20;

/// Why no profile came of a name; the report says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadError;

impl Shop {
    /// A shipped profile.
    pub fn named(name: &str) -> Option<Shop> {
        let shipped = SHIPPED.iter().find(|s| s.name == name)?;
        // The shipped files are tested: none has findings.
        let file = Files::default().add(name, Some(shipped.text.to_owned()));
        let document = toml::read(file, shipped.text, 0, &mut Report::new(), Code::MANIFEST_SYNTAX);
        let mut shop = match document.root.text("inherits") {
            Some(base) => Shop::named(&base.value)?,
            None => blank(),
        };
        shop.name = name.to_owned();
        settings::apply(&mut shop, &document.root);
        if let Some(file) = document.root.table("output").and_then(|t| t.text("profile")) {
            shop.condition.profile = Arc::from(shipped::profile(&file.value)?);
            shop.condition.profile_name = file.value;
        }
        Some(shop)
    }
}

/// A shipped profile, or a file (ending in `.toml`) of the folder that is read.
///
/// # Errors
/// [`LoadError`] after a finding.
pub fn by_name_or_path(
    sources: &mut Sources,
    wanted: &Spanned<String>,
    report: &mut Report,
) -> Result<Shop, LoadError> {
    if let Some(shop) = Shop::named(&wanted.value) {
        return Ok(shop);
    }
    // The publication's own, named as it is copied.
    let kept = format!("shops/{}.toml", wanted.value);
    if sources.resolve("", &kept).is_ok() {
        return by_name_or_path(sources, &Spanned::new(kept, wanted.span), report);
    }
    if !wanted.value.ends_with(".toml") {
        let names: Vec<&str> = Shop::names().collect();
        let message = format!("there is no print shop profile `{}`", wanted.value);
        let hint = match nearest(&wanted.value, &names) {
            Some(name) => format!("did you mean `{name}`? `masthead shops` lists them"),
            None => format!("name one of {}, or a file such as `shops/our-printer.toml`", names.join(", ")),
        };
        report.push(Finding::new(Code::PRINT_SHOP, wanted.span, message).hint(hint));
        return Err(LoadError);
    }
    let path = sources.resolve("", &wanted.value).map_err(|refusal| {
        report.push(refusal.finding(&wanted.value, wanted.span));
        LoadError
    })?;
    let file = sources.text(&path, report).ok_or(LoadError)?;
    let document = toml::read(file, sources.text_of(file), 0, report, Code::MANIFEST_SYNTAX);
    own(sources, &path, Span::whole(file), &document, report)
}

fn own(
    sources: &mut Sources,
    path: &str,
    whole: Span,
    document: &Document,
    report: &mut Report,
) -> Result<Shop, LoadError> {
    check(document, &settings::SHOP, &Codes::MANIFEST, report);
    if document.broken {
        return Err(LoadError);
    }
    let root = &document.root;
    let base = root.text("inherits").unwrap_or_else(|| Spanned::new("fogra39-x4".to_owned(), whole));
    let Some(mut shop) = Shop::named(&base.value) else {
        let names: Vec<&str> = Shop::names().collect();
        let message = format!("there is no shipped print shop profile `{}` to inherit", base.value);
        let hint = format!("inherit one of {}", names.join(", "));
        report.push(Finding::new(Code::PRINT_SHOP, base.span, message).hint(hint));
        return Err(LoadError);
    };
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml");
    shop.name = stem.to_owned();
    let before = shop.condition.identifier.clone();
    settings::apply(&mut shop, root);
    let output = root.table("output");
    if let Some(condition) = output.and_then(|t| t.text("condition")).filter(|c| c.value != before)
        && output.is_none_or(|t| t.text("profile").is_none())
    {
        let message =
            format!("the printing condition is `{}`, but the ICC profile is still that of `{before}`", condition.value);
        let hint = "ask the print shop for the ICC profile of this condition, put it beside this file and name it: `profile = \"…\"`";
        report.push(Finding::new(Code::PRINT_SHOP, condition.span, message).hint(hint));
        return Err(LoadError);
    }
    if let Some(icc) = root.table("output").and_then(|t| t.text("profile")) {
        let (name, bytes) = profile(sources, path, &icc, report)?;
        (shop.condition.profile_name, shop.condition.profile) = (name, bytes);
    }
    Ok(shop)
}

/// The ICC profile that a file names: shipped, or beside the file.
fn profile(
    sources: &Sources,
    path: &str,
    icc: &Spanned<String>,
    report: &mut Report,
) -> Result<(String, Arc<[u8]>), LoadError> {
    if let Some(bytes) = shipped::profile(&icc.value) {
        return Ok((icc.value.clone(), Arc::from(bytes)));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let read = sources.resolve(folder, &icc.value).and_then(|path| sources.bytes(&path));
    let bytes = read.map_err(|refusal| {
        let mut finding = refusal.finding(&icc.value, icc.span);
        if matches!(refusal, Refusal::Missing { .. }) {
            let names = shipped::profile_names().join(", ");
            finding = finding.hint(format!("put the ICC profile beside this file, or name one of {names}"));
        }
        report.push(finding);
        LoadError
    })?;
    if bytes.get(CLASS) != Some(b"prtr") || bytes.get(SPACE) != Some(b"CMYK") {
        let message = format!("`{}` is no ICC profile of a press with four inks", icc.value);
        let hint = "ask the print shop for the ICC profile of its paper: a CMYK output profile";
        report.push(Finding::new(Code::PRINT_SHOP, icc.span, message).hint(hint));
        return Err(LoadError);
    }
    let name = joined(folder, &icc.value).unwrap_or_else(|| icc.value.clone());
    Ok((name.rsplit('/').next().unwrap_or(&name).to_owned(), bytes.into()))
}

/// What holds where a shipped profile says nothing.
fn blank() -> Shop {
    let condition = Condition {
        identifier: String::new(),
        info: String::new(),
        registry: Some("http://www.color.org".to_owned()),
        profile_name: String::new(),
        profile: Arc::from(&[][..]),
        intent: Intent::Relative,
    };
    Shop {
        name: String::new(),
        about: String::new(),
        standard: Standard::X4,
        condition,
        bleed: Mm(3.0),
        safe: Mm(3.0),
        multiple_of: 4,
        cover: Cover::WithPages,
        spreads: false,
        binding: Binding::Saddle,
        ink_limit: 300.0,
        rich_black: [40.0, 30.0, 30.0, 100.0],
        spots: true,
        keep_rgb: false,
        ppi_minimum: 150.0,
        ppi_warning: 225.0,
        ppi_line_art: 600.0,
        type_smallest: 5.0,
        type_reversed: 6.0,
        hairline: 0.25,
        leaf: None,
        board: None,
        marks: Marks::default(),
    }
}
