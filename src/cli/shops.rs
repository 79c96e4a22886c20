//! `masthead shops`: the print shops' profiles listed, shown, and copied to be edited.

use super::sink::Sink;
use super::{Error, Outcome, Voice};
use crate::manifest::Mm;
use crate::press::Shop;
use crate::press::shop::by_name_or_path;
use crate::report::{Report, Span, Spanned, render_human};
use crate::source::Sources;
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) const EXAMPLES: &str = "\
Examples:
  masthead shops                                    what is shipped
  masthead shops show fogra39-x4                    all that a profile asks for
  masthead shops copy fogra39-x4 our-printer        shops/our-printer.toml, to edit; then write
                                                    `shop = \"shops/our-printer.toml\"` under `[print]`";

/// `masthead shops`.
#[derive(Debug, Subcommand)]
pub enum ShopsCommand {
    /// List the shipped profiles
    List,
    /// Print a profile as the file that it is
    Show {
        /// The shipped profile
        #[arg(value_parser = PossibleValuesParser::new(Shop::names()))]
        shop: String,
    },
    /// Copy a profile into the publication's folder `shops`, to edit
    Copy {
        /// The shipped profile
        #[arg(value_parser = PossibleValuesParser::new(Shop::names()))]
        shop: String,
        /// Its new name
        name: String,
        /// The publication's folder
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
}

/// Runs one of its commands; the list if none is named.
///
/// # Errors
/// When a file is there already or cannot be written.
pub(super) fn run(what: Option<&ShopsCommand>, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    match what {
        None | Some(ShopsCommand::List) => {
            Shop::names().filter_map(Shop::named).for_each(|s| voice.out(&described(&s)));
            own(voice);
        }
        Some(ShopsCommand::Show { shop }) => voice.out(Shop::text(shop).unwrap_or_default()),
        Some(ShopsCommand::Copy { shop, name, publication }) => copy(shop, name, publication, voice)?,
    }
    Ok(Outcome::Well)
}

/// The profiles of the publication in whose folder one stands.
fn own(voice: &mut Voice<'_>) {
    let Ok(mut sources) = Sources::open(Path::new(".")) else { return };
    for name in sources.list("shops").into_iter().filter(|n| n.ends_with(".toml")) {
        match find(&format!("shops/{name}"), &mut sources) {
            Ok(shop) => voice.out(&described(&shop)),
            Err(_) => voice
                .out(&format!("{:<12} cannot be used; `masthead check` says why\n", name.trim_end_matches(".toml"))),
        }
    }
}

/// A profile in two lines.
fn described(shop: &Shop) -> String {
    let Mm(bleed) = shop.bleed;
    format!(
        "{:<12} {}\n             {}, bleed {bleed} mm, ink up to {} %, pictures from {} ppi\n",
        shop.name,
        shop.about,
        shop.standard.name(),
        shop.ink_limit,
        shop.ppi_warning,
    )
}

fn copy(shop: &str, name: &str, publication: &Path, voice: &mut Voice<'_>) -> Result<(), Error> {
    let name = name.trim_end_matches(".toml");
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !plain {
        return Err(Error::Refused(format!("`{name}` is no plain name: use letters, digits and hyphens")));
    }
    let file = format!("shops/{name}.toml");
    let target = publication.join(&file);
    if target.exists() {
        return Err(Error::Refused(format!("`{}` is there already: choose another name", target.display())));
    }
    if !publication.join("masthead.toml").is_file() {
        let here = publication.display();
        return Err(Error::Refused(format!(
            "`{here}` holds no `masthead.toml`: name the publication's folder with `--publication`"
        )));
    }
    // Inheriting keeps the file short; the whole profile, commented, is what one edits.
    let text = format!("inherits = \"{shop}\"\n\n{}", without_base(Shop::text(shop).unwrap_or_default()));
    let mut sink = Sink::new(publication);
    sink.put(&file, |out| out.write_all(text.as_bytes()))?;
    sink.finish()?;
    voice.out(&format!("{}\n", target.strip_prefix("./").unwrap_or(&target).display()));
    voice.err(&format!("write `shop = \"{file}\"` under `[print]` in `masthead.toml` to use it\n"));
    Ok(())
}

/// A profile's text without the line that names what it inherits.
fn without_base(text: &str) -> String {
    text.lines().filter(|l| !l.starts_with("inherits")).map(|l| format!("{l}\n")).collect()
}

/// A shop by its name, or from a file of the publication.
///
/// # Errors
/// When there is none, with what the file's findings are.
pub(super) fn find(name: &str, sources: &mut Sources) -> Result<Shop, Error> {
    let mut report = Report::new();
    let file = sources.mention("--shop");
    let wanted = Spanned::new(name.to_owned(), Span::whole(file));
    by_name_or_path(sources, &wanted, &mut report).map_err(|_| {
        Error::Refused(format!("the print shop `{name}` cannot be used:\n{}", render_human(&report, sources.files())))
    })
}
