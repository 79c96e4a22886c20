//! The command line's words: what `--help`, the man page and the shells' completions are made from.

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  masthead init gazette           a publication that builds at once
  cd gazette
  masthead check                  every finding of the newest issue; nothing is written
  masthead build                  its e-book and PDF, in dist/
  masthead build --draft          the same while pictures, credits and adverts are still missing
  masthead new 2026-12            the next issue, with what stays the same carried over

Exit status: 0 when all is well (there may be warnings), 1 when a finding is an
error, 2 when the program could not do its work (a full disk, a missing folder).";

const CHECK_EXAMPLES: &str = "\
Examples:
  masthead check                  the newest issue of the publication in this folder
  masthead check 2026-11          another one
  masthead check ~/gazette        the newest issue of a publication elsewhere
  masthead check --draft          the errors that a draft build would still have
  masthead check --layout         the pages too: white space, loose lines, widows, resolution
  masthead check --format json    for other programs";

const BUILD_EXAMPLES: &str = "\
Examples:
  masthead build                          every edition of the newest issue
  masthead build 2026-11 --edition epub   only the e-book of one issue
  masthead build --edition print --shop gracol-x4   the PDF for another print shop
  masthead build ~/gazette 2026-11        an issue of a publication elsewhere
  masthead build --draft                  what is missing is marked, not refused
  masthead build --out /media/stick       elsewhere than in dist/

Editions stand in dist/ISSUE/. dist/latest.epub and dist/latest.pdf are copies
of the newest issue whose status is `published`; building another issue, or a
draft, never touches them.";

const FLATPLAN_EXAMPLES: &str = "\
Examples:
  masthead flatplan                       dist/ISSUE/flatplan.html, of the newest issue
  masthead flatplan 2026-11 --format svg  as a drawing";

const CREDITS_EXAMPLES: &str = "\
Examples:
  masthead credits                     list the credits of the newest issue; note new pictures in rights.toml
  masthead credits 2026-11 --report    write the report that goes to the files

The ledger, rights.toml, is yours to edit: entries are only ever added.";

const LOCK_EXAMPLES: &str = "\
Examples:
  masthead lock 2026-11    when the issue goes to the printer
  masthead build 2026-11   a corrected reissue: says which pages changed

Delete ISSUE/masthead.lock to let the pages be found anew.";

const THEME_EXAMPLES: &str = "\
Examples:
  masthead theme list                 the shipped themes
  masthead theme copy review my-look  a folder of your own to edit; then write `theme = \"my-look\"`
  masthead theme check                colours and fonts of this publication's theme";

const CACHE_EXAMPLES: &str = "\
Examples:
  masthead cache show                    where what builds keep is, how many, how large
  masthead cache verify                  reads them all and names what is damaged
  masthead cache prune                   removes what no build can use
  masthead cache prune --older-than 90d  and what no build used for 90 days

No build uses a damaged picture: it makes it again. `verify` ends with status 1 when
something is damaged. The folder may also be deleted as a whole at any time.";

/// Makes a magazine's issues from a folder of articles, pictures and adverts.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check an issue: every finding at its file and line, nothing written
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Build an issue's editions
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArgs),
    /// Draw an issue's flatplan: its spreads with small pictures, adverts, and pages with findings
    #[command(after_help = FLATPLAN_EXAMPLES)]
    Flatplan(FlatplanArgs),
    /// Keep the ledger of rights, list an issue's picture credits, and report on its pictures
    #[command(after_help = CREDITS_EXAMPLES)]
    Credits(CreditsArgs),
    /// Keep an issue's pagination in `masthead.lock`: a corrected reissue has every page where it was
    #[command(after_help = LOCK_EXAMPLES)]
    Lock(LockArgs),
    /// Lay a PDF's pages on press sheets: saddle stitch or perfect bound, creep, marks; or a dummy to fold
    #[command(after_help = super::impose::EXAMPLES)]
    Impose(super::impose::ImposeArgs),
    /// Judge a PDF as a print shop would: boxes, bleed, fonts, colours, inks, pictures
    #[command(after_help = super::preflight::EXAMPLES)]
    Preflight(super::preflight::PreflightArgs),
    /// Show an issue's pages and findings in the browser, and again whenever a file changes
    #[command(after_help = super::preview::EXAMPLES)]
    Preview(super::preview::PreviewArgs),
    /// Put the web edition where readers find it: a folder or S3-compatible storage; "latest" turns last
    #[command(after_help = super::publish::EXAMPLES)]
    Publish(super::publish::PublishArgs),
    /// List, copy and check themes
    #[command(after_help = THEME_EXAMPLES)]
    Theme {
        /// What to do with them.
        #[command(subcommand)]
        what: ThemeCommand,
    },
    /// List, show and copy print shops' profiles
    #[command(after_help = super::shops::EXAMPLES)]
    Shops {
        /// What to do with them; lists them if left out.
        #[command(subcommand)]
        what: Option<super::shops::ShopsCommand>,
    },
    /// Look after the pictures that are kept between builds
    #[command(after_help = CACHE_EXAMPLES)]
    Cache {
        /// What to do with them.
        #[command(subcommand)]
        what: CacheCommand,
    },
    /// Make a new publication that builds at once
    #[command(after_help = "Example:\n  masthead init gazette && cd gazette && masthead build")]
    Init {
        /// Its folder, which does not exist yet
        folder: PathBuf,
    },
    /// Make the next issue: number and date carried on, standing sections, partners and fillers copied
    #[command(after_help = "Example:\n  masthead new 2026-12")]
    New {
        /// The issue's folder, named by its year and month
        issue: String,
        /// The publication's folder
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
    /// Print a JSON Schema by which text editors complete and check a file
    #[command(after_help = "Example:\n  masthead schema issue > issue.schema.json")]
    Schema {
        /// Which file
        #[arg(value_parser = PossibleValuesParser::new(super::schema::names()))]
        file: String,
    },
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Which issue of which publication.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The publication's folder; this one if left out
    #[arg(value_name = "FOLDER")]
    pub first: Option<PathBuf>,
    /// The issue's folder in it; the newest by its date if left out. The issue alone may be named too
    #[arg(value_name = "ISSUE")]
    pub second: Option<String>,
}

/// `masthead check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
    /// Judge as a draft build does: what it can mark as missing is only a warning
    #[arg(long)]
    pub draft: bool,
    /// Lay the pages out too: every page's measures, and findings where they fall short
    #[arg(long)]
    pub layout: bool,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// `masthead flatplan`.
#[derive(Debug, clap::Args)]
pub struct FlatplanArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
    /// Also while pictures, credits and adverts are still missing
    #[arg(long)]
    pub draft: bool,
    /// Where it goes; `dist` in the publication's folder if left out
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// A page for the browser, or a drawing
    #[arg(long, value_enum, default_value_t = FlatplanFormat::Html)]
    pub format: FlatplanFormat,
}

/// The files that a flatplan can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FlatplanFormat {
    /// A page for the browser, which prints it.
    Html,
    /// A drawing.
    Svg,
}

/// `masthead credits`.
#[derive(Debug, clap::Args)]
pub struct CreditsArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
    /// Write the report on the issue's pictures, a page for the browser and a table: `dist/ISSUE/rights.html` and `.csv`
    #[arg(long)]
    pub report: bool,
    /// Where the report goes; `dist` in the publication's folder if left out
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `masthead lock`.
#[derive(Debug, clap::Args)]
pub struct LockArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
}

/// `masthead theme`.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the shipped themes
    List,
    /// Copy a shipped theme into a folder of the publication, to edit
    Copy {
        /// The shipped theme
        #[arg(value_parser = PossibleValuesParser::new(crate::typeset::Theme::names()))]
        theme: String,
        /// The new folder in the publication
        folder: String,
        /// The publication's folder
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
    /// Check the publication's theme: its settings, its fonts, the contrast of its colours
    Check {
        /// The publication's folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
}

/// `masthead cache`.
#[derive(Debug, Subcommand)]
pub enum CacheCommand {
    /// Say where it lies what builds keep for the next one, how much and how large
    Show {
        /// The publication's folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
    /// Read every kept picture and name those that are damaged
    Verify {
        /// The publication's folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
    },
    /// Remove what is damaged, what stopped builds left, and what only another version of the program reads
    Prune {
        /// The publication's folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        publication: PathBuf,
        /// Also what no build used for so long: days or weeks, such as `90d` or `12w`
        #[arg(long, value_name = "AGE", value_parser = super::cache::age)]
        older_than: Option<Duration>,
    },
}

/// `masthead build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// Which issue.
    #[command(flatten)]
    pub which: Which,
    /// Only this edition; may be given several times, or several with commas
    #[arg(long, value_enum, value_delimiter = ',')]
    pub edition: Vec<Edition>,
    /// The print shop whose profile the print edition follows, or a file; the publication's own if left out
    #[arg(long, value_name = "NAME")]
    pub shop: Option<String>,
    /// Judge the print edition without Ghostscript, which is faster: ink on the rendered page is then not checked
    #[arg(long)]
    pub no_render: bool,
    /// Mark what is missing instead of refusing it, and stamp every page
    #[arg(long)]
    pub draft: bool,
    /// Where editions go; `dist` in the publication's folder if left out
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Keep nothing for the next build, and use nothing that was kept
    #[arg(long)]
    pub no_cache: bool,
    /// How much memory pictures in work may take together, such as `256M`; one that alone needs more works alone
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = bytes)]
    pub memory: u64,
    /// How findings and what was written are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// A number of bytes: `256M`, `1G`.
fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim().trim_end_matches(['B', 'b']);
    let (number, unit) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1_000),
        Some((at, 'm' | 'M')) => (&text[..at], 1_000_000),
        Some((at, 'g' | 'G')) => (&text[..at], 1_000_000_000),
        _ => (text, 1),
    };
    let number: u64 = number.trim().parse().map_err(|_| "write it as `256M`".to_owned())?;
    number.checked_mul(unit).ok_or_else(|| "that is more than any computer has".to_owned())
}

/// How the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// The editions that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Edition {
    /// The e-book (EPUB 3.3).
    Epub,
    /// The PDF for screens.
    Screen,
    /// The PDF for the print shop.
    Print,
    /// The web site: the issue's own pages, the archive, feeds and "latest".
    Web,
}

/// The shells that completions are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names are the shells' own")]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}
