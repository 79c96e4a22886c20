//! `masthead theme`: the shipped themes listed, copied, and a publication's own checked.

use super::args::ThemeCommand;
use super::prepare::families;
use super::sink::Sink;
use super::{Error, Outcome, Voice, fonts};
use crate::report::Report;
use crate::source::Sources;
use crate::typeset::Theme;
use std::io::Write;
use std::path::Path;

/// Runs one of its commands.
///
/// # Errors
/// When a folder cannot be read or written.
pub(super) fn run(what: &ThemeCommand, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    match what {
        ThemeCommand::List => {
            for theme in Theme::names().filter_map(Theme::named) {
                voice.out(&described(&theme));
            }
            Ok(Outcome::Well)
        }
        ThemeCommand::Copy { theme, folder, publication } => copy(theme, folder, publication, voice),
        ThemeCommand::Check { publication } => check(publication, voice),
    }
}

/// A theme in two lines.
fn described(theme: &Theme) -> String {
    let fonts = &theme.fonts;
    let mut families: Vec<&str> = Vec::new();
    for family in [&fonts.text, &fonts.display, &fonts.sans] {
        if !families.contains(&family.as_str()) {
            families.push(family);
        }
    }
    let columns = theme.grid.columns;
    let (size, line) = (theme.grid.size, theme.grid.line);
    format!(
        "{:<8} {}\n         {columns} columns, {size}/{line} pt; {}\n",
        theme.name,
        theme.about,
        families.join(", ")
    )
}

fn copy(theme: &str, folder: &str, publication: &Path, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let target = publication.join(folder);
    let plain = Path::new(folder).components().all(|c| matches!(c, std::path::Component::Normal(_)));
    if !plain {
        return Err(Error::Refused(format!(
            "`{folder}` must be a folder within the publication: name it without `..` or `/` in front"
        )));
    }
    if target.exists() {
        return Err(Error::Refused(format!("`{}` is there already: name a new folder", target.display())));
    }
    let files = Theme::files(theme).unwrap_or_default();
    let mut sink = Sink::new(&target);
    for (name, text) in &files {
        sink.put(name, |out| out.write_all(text.as_bytes()))?;
    }
    let made = sink.finish()?;
    voice.out(&format!(
        "{} files in {}: `theme.toml` holds colours, fonts, sizes and grid\n\
         write `theme = \"{folder}\"` into masthead.toml to use them; delete what you do not change\n",
        made.len(),
        target.display()
    ));
    Ok(Outcome::Well)
}

fn check(publication: &Path, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let mut sources = Sources::open(publication).map_err(Error::io("open", publication))?;
    let mut report = Report::new();
    let Some(manifest) = crate::manifest::publication(&mut sources, &mut report) else {
        let text = voice.report(&report, sources.files());
        voice.out(&text);
        return Ok(Outcome::of(&report));
    };
    let theme = Theme::load(&mut sources, &manifest, &mut report);
    let (fonts, _) = fonts::load(&sources, &manifest, &mut report);
    if let Some(theme) = &theme {
        families(theme, &fonts, &manifest, &mut report);
    }
    crate::check::allow(&manifest.allow, sources.files(), &mut report);
    let text = voice.report(&report, sources.files());
    voice.out(&text);
    if let Some(theme) = theme {
        voice.out(&described(&theme));
        for pair in theme.contrasts() {
            voice.out(&format!("         {:>5.1} to 1  {} on {}\n", pair.ratio, pair.ink, pair.ground));
        }
    }
    Ok(Outcome::of(&report))
}
