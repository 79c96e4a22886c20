//! `masthead.toml` into a [`Publication`]; what is missing or wrong has been reported and gets the usual value.

use super::shapes::PUBLICATION;
use super::{Allowance, Mm, Publication, Publisher, StaffMember, Trim, Web, values};
use crate::data::{self, Codes, Document, Node, Table, Value};
use crate::report::{Code, FileId, Finding, Report, Severity, Span, Spanned};
use crate::source::{Refusal, Sources, nearest};

const FILE: &str = "masthead.toml";

/// Reads `masthead.toml`. `None` when there is none, or none that can be read.
pub fn publication(sources: &mut Sources, report: &mut Report) -> Option<Publication> {
    let hint = "go to the publication's folder, or make one with `masthead init NAME`";
    let (file, document) = open(sources, "", FILE, hint, report)?;
    data::check(&document, &PUBLICATION, &Codes::MANIFEST, report);
    let mut quiet = Report::new();
    let report = if document.broken { &mut quiet } else { report };
    Some(from_table(file, &document.root, report))
}

/// Opens and parses a manifest that must be there.
pub(super) fn open(
    sources: &mut Sources,
    folder: &str,
    name: &str,
    hint: &str,
    report: &mut Report,
) -> Option<(FileId, Document)> {
    let whole = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let path = match sources.resolve(folder, name) {
        Ok(path) => path,
        Err(refusal) => {
            let span = Span::whole(sources.mention(&whole));
            report.push(match refusal {
                Refusal::Missing { .. } => {
                    Finding::new(Code::MANIFEST_MISSING, span, format!("there is no `{whole}`")).hint(hint)
                }
                other => other.finding(&whole, span),
            });
            return None;
        }
    };
    parse(sources, &path, report)
}

/// Parses a manifest that is there.
pub(super) fn parse(sources: &mut Sources, path: &str, report: &mut Report) -> Option<(FileId, Document)> {
    let file = sources.text(path, report)?;
    let text = sources.text_of(file);
    Some((file, data::toml::read(file, text, 0, report, Code::MANIFEST_SYNTAX)))
}

fn from_table(file: FileId, root: &Table, report: &mut Report) -> Publication {
    let usual = |text: &str| Spanned::new(text.to_owned(), root.span);
    let issn = root.text("issn").and_then(|written| values::issn(written, report));
    let barcode = root.bool("barcode").unwrap_or(false);
    if let (true, None, Some(node)) = (barcode, root.get("issn"), root.get("barcode")) {
        report.push(
            Finding::new(Code::MANIFEST_MISSING_KEY, node.span, "a barcode needs an `issn`")
                .hint("write `issn = \"…\"`, or `barcode = false`"),
        );
    }
    let language = root.text("language");
    if let Some(tag) = &language {
        values::language(tag, report);
    }
    Publication {
        file,
        title: root.text("title").unwrap_or_else(|| usual("")),
        tagline: root.text("tagline"),
        language: language.unwrap_or_else(|| usual("en")),
        issn,
        theme: root.text("theme").unwrap_or_else(|| usual("trade")),
        trim: trim(root.get("trim")),
        rights: root.text("rights"),
        website: root.text("website").and_then(|link| values::web_link(link, report)),
        publisher: root.table("publisher").map(|t| publisher(t, report)).unwrap_or_default(),
        staff: root.tables("staff").into_iter().filter_map(|(_, t)| staff_member(t)).collect(),
        imprint: root.texts("imprint"),
        own_pictures: root.text("own-pictures"),
        barcode,
        fonts: root.texts("fonts"),
        epub_max_size: root.table("epub").and_then(|t| t.text("max-size")).and_then(|s| values::size(&s, report)),
        shop: root.table("print").and_then(|t| t.text("shop")),
        web: root.get("web").zip(root.table("web")).map(|(node, t)| web(node.span, t, report)),
        allow: allowances(root, report),
    }
}

fn publisher(table: &Table, report: &mut Report) -> Publisher {
    let email = table.text("email");
    if let Some(email) = email.as_ref().filter(|e| !values::is_email(e)) {
        let message = format!("`{}` is no e-mail address", email.value);
        report.push(Finding::new(Code::MANIFEST_BAD_VALUE, email.span, message).hint("write it as `desk@example.org`"));
    }
    Publisher { name: table.text("name"), address: table.texts("address"), email, phone: table.text("phone") }
}

fn web(span: Span, table: &Table, report: &mut Report) -> Web {
    let address = table.text("address").and_then(|link| values::web_link(link, report));
    if let Some(mail) = address.as_ref().filter(|link| !link.value.to_ascii_lowercase().starts_with("http")) {
        let finding = Finding::new(Code::MANIFEST_BAD_VALUE, mail.span, format!("`{}` is no web address", mail.value));
        report.push(finding.hint("write where the site's files will stand, as `https://example.org/magazine/`"));
    }
    let address = address.map(|link| Spanned::new(format!("{}/", link.value.trim_end_matches('/')), link.span));
    let downloads = match table.get("downloads") {
        Some(_) => table.texts("downloads").into_iter().map(|d| d.value).collect(),
        None => vec!["epub".to_owned(), "screen".to_owned()],
    };
    Web { span, address, downloads }
}

fn staff_member(table: &Table) -> Option<StaffMember> {
    Some(StaffMember { role: table.text("role")?, name: table.text("name")? })
}

/// A4 unless a size is given: ISO 216 for A4 and A5, 8½ by 11 inches for Letter.
fn trim(node: Option<&Node>) -> Trim {
    let size = |width, height| Trim { width: Mm(width), height: Mm(height) };
    match node.map(|n| &n.value) {
        Some(Value::Text(name)) if name.trim() == "A5" => size(148.0, 210.0),
        Some(Value::Text(name)) if name.trim() == "Letter" => size(215.9, 279.4),
        Some(Value::Table(table)) => {
            let side = |key, usual| table.number(key).map_or(usual, |n| n.value.clamp(90.0, 450.0));
            size(side("width", 210.0), side("height", 297.0))
        }
        _ => size(210.0, 297.0),
    }
}

/// The `[[allow]]` tables of a manifest.
pub(super) fn allowances(root: &Table, report: &mut Report) -> Vec<Allowance> {
    let read = |(span, table): (Span, &Table)| {
        let code = table.text("code")?;
        match Code::named(&code) {
            None => {
                report.push(unknown_code(&code));
                return None;
            }
            Some(known) if known.severity() == Severity::Error => {
                let message = format!("`{}` is an error, and errors cannot be allowed", code.value);
                let finding = Finding::new(Code::MANIFEST_ALLOWANCE_ERROR, code.span, message);
                report.push(finding.hint("put right what it finds, and delete this `[[allow]]`"));
                return None;
            }
            Some(_) => {}
        }
        Some(Allowance { span, code, file: table.text("file"), reason: table.text("reason")? })
    };
    root.tables("allow").into_iter().filter_map(read).collect()
}

fn unknown_code(code: &Spanned<String>) -> Finding {
    let names: Vec<&str> = crate::report::CATALOGUE.iter().map(|c| c.name).collect();
    let finding = Finding::new(Code::MANIFEST_BAD_VALUE, code.span, format!("there is no warning `{}`", code.value));
    match nearest(code, &names) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint("copy the code from between the brackets of the warning"),
    }
}
