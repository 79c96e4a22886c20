//! What a publish would do, told before it does it.
//!
//! Looks at the place and changes nothing there.

use super::kept::{Kept, latest};
use super::paths::shown;
use super::remote::Remote;
use super::work::{self, Item, Local};
use super::{Error, Request};
use std::fmt;

/// How many files, and how long together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Files.
    pub files: usize,
    /// Bytes.
    pub bytes: u64,
}

/// An issue that is not published yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargo {
    /// Its name.
    pub issue: String,
    /// Its date.
    pub until: String,
}

/// An issue that stands there in a later revision than here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// Its name.
    pub issue: String,
    /// The revision here.
    pub here: u32,
    /// The revision there.
    pub there: u32,
}

/// What a publish sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Where to.
    pub to: String,
    /// Issues that are published, by name.
    pub issues: Vec<String>,
    /// Files named by their content: pictures, editions, fonts.
    pub assets: Amount,
    /// How many of those stand there already.
    pub standing: usize,
    /// Pages of issues.
    pub pages: Amount,
    /// The archive, feeds, "latest" and all else that depends on every issue.
    pub index: Amount,
    /// What "latest" shows afterwards.
    pub latest: Option<String>,
    /// What it shows before.
    pub before: Option<String>,
    /// Issues that are left out until their date.
    pub embargoed: Vec<Embargo>,
    /// Issues that are left as they stand there.
    pub older: Vec<Older>,
}

/// Looks at what a publish would do.
pub(super) async fn plan(request: &Request<'_>, remote: &Remote) -> Result<Plan, Error> {
    let local = Local::read(request)?;
    let kept = Kept::read(remote).await?;
    let merged = kept.merge(&local.ready)?;
    let (assets, standing) = local.missing_assets(remote, &merged.ours).await?;
    let prints = local.prints(&merged.ours)?;
    let pages = work::changed_pages(remote, &prints, &merged.ours).await?;
    let index = work::changed_index(remote, request, &merged.records).await?;
    Ok(Plan {
        to: remote.name(),
        assets: amount(&assets),
        standing,
        pages: pages.iter().flat_map(|p| &p.changed).map(|item| item.bytes).collect(),
        index: index.changed.iter().map(|file| file.bytes.len() as u64).collect(),
        latest: latest(&merged.records),
        before: latest(&kept.records),
        issues: merged.ours,
        embargoed: local.embargoed,
        older: merged.older,
    })
}

pub(super) fn amount(items: &[Item]) -> Amount {
    items.iter().map(|item| item.bytes).collect()
}

impl FromIterator<u64> for Amount {
    fn from_iter<I: IntoIterator<Item = u64>>(lengths: I) -> Amount {
        lengths
            .into_iter()
            .fold(Amount::default(), |sum, bytes| Amount { files: sum.files + 1, bytes: sum.bytes + bytes })
    }
}

impl fmt::Display for Amount {
    #[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:.1} MB)", self.files, self.bytes as f64 / 1e6)
    }
}

impl Plan {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.assets.files + self.pages.files + self.index.files == 0
    }

    /// The lines about files and issues that the plan and what was done have in common.
    pub(super) fn lines(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  files named by content: {}, {} stand there already", self.assets, self.standing)?;
        writeln!(f, "  pages of issues: {}", self.pages)?;
        writeln!(f, "  index, feeds and latest: {}", self.index)?;
        match (&self.latest, &self.before) {
            (Some(latest), Some(before)) if latest != before => writeln!(f, "latest: {latest}; before: {before}")?,
            (Some(latest), Some(_)) => writeln!(f, "latest: {latest}, as before")?,
            (Some(latest), None) => writeln!(f, "latest: {latest}; before: none")?,
            (None, _) => writeln!(f, "latest: none")?,
        }
        for Embargo { issue, until } in &self.embargoed {
            writeln!(f, "under embargo until {}: {}", shown(until), shown(issue))?;
        }
        for Older { issue, here, there } in &self.older {
            writeln!(f, "left as it stands there: {}, later than here (revision {there}, here {here})", shown(issue))?;
        }
        Ok(())
    }

    pub(super) fn names(&self) -> String {
        match self.issues.len() {
            0 => "no issue".to_owned(),
            1..=5 => self.issues.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", "),
            many => format!("{many} issues"),
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "would publish {} to {}:", self.names(), self.to)?;
        self.lines(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_tells_all() {
        let plan = Plan {
            to: "s3://press".to_owned(),
            issues: vec!["2026-10".to_owned()],
            assets: [1_500_000, 500_000].into_iter().collect(),
            standing: 3,
            pages: Amount { files: 1, bytes: 40_000 },
            index: Amount::default(),
            latest: Some("October 2026 (2026-10)".to_owned()),
            before: None,
            embargoed: vec![Embargo { issue: "2026-11".to_owned(), until: "2026-11-05".to_owned() }],
            older: vec![Older { issue: "2026-09".to_owned(), here: 1, there: 2 }],
        };
        let expected = "would publish 2026-10 to s3://press:\n  files named by content: 2 (2.0 MB), 3 stand there already\n  \
            pages of issues: 1 (0.0 MB)\n  index, feeds and latest: 0 (0.0 MB)\nlatest: October 2026 (2026-10); before: none\n\
            under embargo until 2026-11-05: 2026-11\n\
            left as it stands there: 2026-09, later than here (revision 2, here 1)\n";
        assert_eq!(plan.to_string(), expected);
    }
}
