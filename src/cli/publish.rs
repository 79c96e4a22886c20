//! `masthead publish`: the built site goes where readers find it; "latest" turns last.

use super::args::Which;
use super::sink::Sink;
use super::{Error, Outcome, Voice, choose, today, web};
use crate::publish::{self, Request};
use crate::web::{File, Record, index};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  masthead publish --to /var/www/magazine                a folder
  masthead publish --to s3://our-bucket/magazine         any S3-compatible storage
  masthead publish --to s3://our-bucket/magazine --dry-run    what would be sent, and what would be latest
  masthead publish --to s3://our-bucket/magazine --rollback   back to the state before the last publish

Sends what `masthead build --edition web` made in dist/site. An issue dated later than
today stays at home until its day. Keys for S3 come from the environment alone:
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT for other
services than Amazon's.";

/// `masthead publish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// The publication's folder; this one if left out
    #[arg(value_name = "FOLDER")]
    pub publication: Option<PathBuf>,
    /// Where to: a folder, or `s3://BUCKET/PREFIX`
    #[arg(long, value_name = "PLACE")]
    pub to: String,
    /// Where editions were built; `dist` in the publication's folder if left out
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Say what would be done, and do nothing
    #[arg(long, conflicts_with = "rollback")]
    pub dry_run: bool,
    /// Put back what stood there before the last publish
    #[arg(long)]
    pub rollback: bool,
}

/// Publishes, or says what it would do.
///
/// # Errors
/// When the site is not built, or the place cannot be reached.
pub(super) fn run(args: &PublishArgs, voice: &mut Voice<'_>) -> Result<Outcome, Error> {
    let dist = match &args.out {
        Some(out) => out.clone(),
        None => {
            let which = Which { first: args.publication.clone(), second: None };
            choose::publication(&which)?.join("dist")
        }
    };
    let root = web::root(true);
    let sink = Sink::new(&dist);
    let site = sink.path(root);
    let read = |path: &str| sink.read(&format!("{root}/{path}"));
    let index = |records: &[Record]| -> Vec<File> { index(records, &read) };
    let day = today::today();
    let today = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    let note = |line: &str| eprint_line(line);
    let request = Request { site: &site, to: &args.to, today: &today, index: &index, note: &note };
    let refused = |error: publish::Error| Error::Refused(error.to_string());
    if args.rollback {
        let back = publish::rollback(&request).map_err(refused)?;
        voice.out(&back.to_string());
        return Ok(Outcome::Well);
    }
    if web::records(&sink, root).is_empty() {
        let why = format!(
            "there is no site in {}: build it with `masthead build --edition web`, for an issue whose status is `published`",
            site.display()
        );
        return Err(Error::Refused(why));
    }
    let said = match args.dry_run {
        true => publish::plan(&request).map_err(refused)?.to_string(),
        false => publish::publish(&request).map_err(refused)?.to_string(),
    };
    voice.out(&said);
    Ok(Outcome::Well)
}

/// A line of progress beside the results.
fn eprint_line(line: &str) {
    use std::io::Write;
    // A terminal that went away is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{line}");
}
