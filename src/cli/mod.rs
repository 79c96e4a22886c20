//! The command line: one file per subcommand. Only this room writes to the disk, and only through the sink.
//!
//! The exit status is 0 when all is well, 1 when a finding is an error, 2 when the program could not do its work.

#![allow(clippy::disallowed_methods, reason = "the one room that writes")]

mod ahead;
pub mod args;
mod build;
mod cache;
mod check;
mod choose;
mod credits;
mod error;
mod flatplan;
mod fonts;
mod generate;
mod ghostscript;
mod impose;
pub mod init;
mod lock;
pub mod new;
mod next;
mod outputs;
mod pages;
mod pictures;
pub mod preflight;
mod prepare;
mod preview;
mod print;
mod progress;
mod publish;
pub mod schema;
mod shops;
mod sink;
mod size;
mod theme;
mod today;
mod web;

pub use build::run as build;
pub use check::run as check;
pub use choose::{Choice, choose};
pub use error::Error;
pub use prepare::{Material, Prepared, prepare};
pub use progress::Progress;

use crate::report::{Files, Report, render_coloured, render_human};
use args::{Cli, Command};
use clap::Parser;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// How a run ended that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No error was found.
    Well,
    /// An error was found in the author's material, or in what was kept.
    Errors,
}

impl Outcome {
    /// What a report comes to.
    pub fn of(report: &Report) -> Outcome {
        if report.has_errors() { Outcome::Errors } else { Outcome::Well }
    }
}

/// Where the program speaks, and whether in colours.
pub struct Voice<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Findings of a build, notes and complaints.
    pub err: &'a mut dyn Write,
    /// Whether findings are coloured.
    pub colour: bool,
}

impl Voice<'_> {
    /// Says a result. A reader that went away (`masthead check | head`) is no reason to complain.
    pub fn out(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
    }

    /// Says something beside the results.
    pub fn err(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// The findings for people.
    pub fn report(&self, report: &Report, files: &Files) -> String {
        if self.colour { render_coloured(report, files) } else { render_human(report, files) }
    }
}

/// Runs the program with its arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    // Findings of a check go to the one, those of a build to the other.
    let terminal = match cli.command {
        Command::Build(_) => err.is_terminal(),
        _ => out.is_terminal(),
    };
    let mut voice = Voice { out: &mut out, err: &mut err, colour: terminal && !plain };
    match command(&cli.command, &mut voice) {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(error) => {
            voice.err(&format!("masthead: {error}\n"));
            ExitCode::from(2)
        }
    }
}

fn command(command: &Command, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    match command {
        Command::Check(args) => check(args, voice),
        Command::Build(args) => build(args, voice),
        Command::Flatplan(args) => flatplan::run(args, voice),
        Command::Credits(args) => credits::run(args, voice),
        Command::Lock(args) => lock::run(args, voice),
        Command::Impose(args) => impose::run(args, voice),
        Command::Shops { what } => shops::run(what.as_ref(), voice),
        Command::Preflight(args) => preflight::run(args, voice),
        Command::Preview(args) => preview::run(args, voice),
        Command::Publish(args) => publish::run(args, voice),
        Command::Theme { what } => theme::run(what, voice),
        Command::Cache { what } => cache::run(what, voice),
        Command::Init { folder } => {
            let made = init::run(folder, today::today())?;
            voice.out(&started(folder, made.len()));
            Ok(Outcome::Well)
        }
        Command::New { issue, publication } => {
            let made = new::run(publication, issue)?;
            voice.out(&next_issue(issue, &made));
            Ok(Outcome::Well)
        }
        Command::Schema { file } => {
            voice.out(&schema::run(file)?);
            Ok(Outcome::Well)
        }
        Command::Completions { shell } => {
            let _ = voice.out.write_all(&generate::completions(*shell));
            Ok(Outcome::Well)
        }
        Command::Man => {
            let page = generate::man().map_err(|e| Error::Io("make the manual page".to_owned(), e))?;
            let _ = voice.out.write_all(&page);
            Ok(Outcome::Well)
        }
    }
}

/// What to do after `init`.
fn started(folder: &Path, files: usize) -> String {
    let name = folder.display();
    format!(
        "`{name}` is a publication now ({files} files)\n  next: cd {name}, then `masthead check` and `masthead build`\n"
    )
}

/// What to do after `new`.
fn next_issue(issue: &str, made: &new::Made) -> String {
    let from = made.from.as_ref().map(|f| format!(" after `{f}`")).unwrap_or_default();
    let mut text = format!("`{issue}` is issue {}{from}\n", made.number);
    for file in &made.left_out {
        text.push_str(&format!("  note: `{file}` could not be copied along: put it there, or name another\n"));
    }
    text.push_str(&format!("  next: write its articles and list them in `{issue}/issue.toml`\n"));
    text
}
