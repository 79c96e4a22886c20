//! The e-book made to fit its size: what every picture comes to on every rung, the search, and what is told of it.

use super::Error;
use super::pages::failed;
use crate::epub::budget::{Chosen, LADDER, Rung, Tried, fit};
use crate::issue::{Issue, PictureId};
use crate::picture::{Budget, Derived, Fault, Probe, Wanted, cost, prepare};
use crate::source::{Cache, Sources};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The pixels at which pictures are judged: about what a page of a tablet shows.
const JUDGED: u32 = 1400;

/// Bytes that looking at a pixel takes: the original as the judge keeps it, and one encoding beside it.
const LOOKING: u64 = 260;

/// What pictures come to, from the publication's files and the cache.
pub(super) struct Shelf<'a> {
    pub(super) sources: &'a Sources,
    pub(super) issue: &'a Issue,
    pub(super) cache: &'a Cache,
    pub(super) budget: &'a Budget,
}

/// What was chosen for the pictures that have a quality.
#[derive(Debug, Default)]
pub(super) struct Fitted {
    chosen: BTreeMap<PictureId, Chosen>,
}

impl Fitted {
    /// How a picture is written; none that stays as without a limit.
    pub(super) fn rung(&self, id: PictureId) -> Option<Rung> {
        self.chosen.get(&id).map(|c| c.rung).filter(|r| *r != LADDER[0])
    }

    /// One line on the whole, and one for each picture that had to give way, the worst first.
    pub(super) fn told(&self, issue: &Issue, bytes: u64, limit: u64) -> String {
        let mb = |n: u64| format!("{:.2} MB", n as f64 / 1e6);
        let mut list: Vec<(&PictureId, &Chosen)> = self.chosen.iter().filter(|(_, c)| c.rung != LADDER[0]).collect();
        list.sort_by(|a, b| a.1.tried.score.total_cmp(&b.1.tried.score));
        let mut out = format!("e-book: {} of {}", mb(bytes), mb(limit));
        match list.first() {
            None => out.push_str("; every picture is as good as without a limit\n"),
            Some((_, worst)) => out.push_str(&format!("; the worst picture scores {:.0} of 100\n", worst.tried.score)),
        }
        for (id, chosen) in list {
            let path = &issue.pictures[id.0].path;
            let Rung { pixels, quality } = chosen.rung;
            let kb = chosen.tried.bytes / 1000;
            out.push_str(&format!(
                "  {path}: score {:.0}, {kb} kB (quality {quality}, {pixels} px)\n",
                chosen.tried.score
            ));
        }
        out
    }
}

fn at(usual: Wanted, rung: Rung) -> Wanted {
    Wanted { max_width: rung.pixels, max_height: rung.pixels, quality: rung.quality, ..usual }
}

/// A picture to be encoded on any rung of one size.
fn ready(usual: &Wanted, rung: Rung) -> Wanted {
    at(usual.clone(), Rung { quality: LADDER[0].quality, ..rung })
}

/// Bytes that trying a picture on some rungs takes.
fn room(probe: &Probe, usual: &Wanted, rungs: &[Rung]) -> u64 {
    let largest = rungs.iter().map(|rung| cost(probe, &ready(usual, *rung))).max().unwrap_or(0);
    largest + u64::from(JUDGED) * u64::from(JUDGED) * LOOKING
}

impl Shelf<'_> {
    /// Chooses for pictures whose files may take `limit` bytes together; none if that is too little.
    ///
    /// # Errors
    /// When a picture cannot be made after all.
    pub(super) fn fit(
        &self,
        list: &[PictureId],
        usual: &(dyn Fn(PictureId) -> Wanted + Sync),
        limit: u64,
    ) -> Result<Option<Fitted>, Error> {
        let ladders: Vec<OnceLock<Vec<Tried>>> = list.iter().map(|_| OnceLock::new()).collect();
        let make = |picture: usize, rung: Rung| -> Result<Tried, Fault> {
            let (id, usual) = (list[picture], usual(list[picture]));
            let Some(number) = LADDER.iter().position(|r| *r == rung) else {
                return Ok(self.tried(id, &usual, &[rung])?[0]);
            };
            if let Some(known) = ladders[picture].get() {
                return Ok(known[number]);
            }
            let all = self.tried(id, &usual, &LADDER)?;
            Ok(ladders[picture].get_or_init(|| all)[number])
        };
        let chosen =
            fit(list.len(), limit, &make).map_err(|fault| failed(&std::io::Error::other(format!("{fault:?}"))))?;
        Ok(chosen.map(|c| Fitted { chosen: list.iter().copied().zip(c).collect() }))
    }

    /// What a picture comes to on some rungs: kept, or found by encoding and looking.
    fn tried(&self, id: PictureId, usual: &Wanted, rungs: &[Rung]) -> Result<Vec<Tried>, Fault> {
        let picture = &self.issue.pictures[id.0];
        let key = |rung: Rung| Wanted { crop: None, ..at(usual.clone(), rung) }.key(&picture.probe);
        // The rungs' keys say all that the figures depend on, but for the size at which they are judged.
        let name = super::outputs::digest(&[&JUDGED.to_string(), &rungs.iter().map(|r| key(*r)).collect::<String>()]);
        if let Some(kept) = self.cache.get(&name).and_then(|bytes| read(&bytes, rungs.len())) {
            return Ok(kept);
        }
        let bytes = self.sources.bytes(&picture.path).map_err(|_| Fault::Empty)?;
        // Nothing until this goes hands work to other threads, as the budget demands.
        let _room = self.budget.acquire(room(&picture.probe, usual, rungs));
        let original = prepare(&bytes, &picture.probe, &at(usual.clone(), Rung { pixels: JUDGED, quality: 100 }))?;
        let judge = original.judge()?;
        let (mut out, mut last) = (Vec::new(), None);
        for rung in rungs {
            let prepared = match last.take() {
                Some((pixels, prepared)) if pixels == rung.pixels => prepared,
                _ => prepare(&bytes, &picture.probe, &ready(usual, *rung))?,
            };
            let made = prepared.encode(rung.quality)?;
            out.push(Tried { bytes: made.bytes.len() as u64, score: judge.score_shown(&made)? });
            last = Some((rung.pixels, prepared));
        }
        self.cache.put(&name, write(&out).as_bytes());
        Ok(out)
    }

    /// A picture on a rung. Not what [`pictures::make`] gives for that quality: a file that needs no scaling would stay as it is.
    pub(super) fn made(&self, id: PictureId, usual: &Wanted, rung: Rung) -> Result<Derived, Fault> {
        let picture = &self.issue.pictures[id.0];
        let name = super::outputs::digest(&["fitted", &at(usual.clone(), rung).key(&picture.probe)]);
        if let Some(kept) = self.cache.get(&name).and_then(|bytes| Derived::from_bytes(bytes).ok()) {
            return Ok(kept);
        }
        let bytes = self.sources.bytes(&picture.path).map_err(|_| Fault::Empty)?;
        let wanted = ready(usual, rung);
        let room = self.budget.acquire(cost(&picture.probe, &wanted));
        let made = prepare(&bytes, &picture.probe, &wanted)?.encode(rung.quality)?;
        drop(room);
        self.cache.put(&name, &made.bytes);
        Ok(made)
    }
}

/// Figures as the cache keeps them: bytes and the score's bits.
fn write(list: &[Tried]) -> String {
    list.iter().map(|t| format!("{} {:x}\n", t.bytes, t.score.to_bits())).collect()
}

fn read(bytes: &[u8], count: usize) -> Option<Vec<Tried>> {
    let one = |line: &str| {
        let (bytes, score) = line.split_once(' ')?;
        Some(Tried { bytes: bytes.parse().ok()?, score: f64::from_bits(u64::from_str_radix(score, 16).ok()?) })
    };
    let list: Vec<Tried> = std::str::from_utf8(bytes).ok()?.lines().map(one).collect::<Option<_>>()?;
    (list.len() == count).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_kept_to_the_bit() {
        let list = vec![Tried { bytes: 12, score: 71.25 }, Tried { bytes: 7, score: -3.5 }];
        assert_eq!(read(write(&list).as_bytes(), 2), Some(list.clone()));
        assert_eq!(read(write(&list).as_bytes(), 3), None);
        assert_eq!(read(b"nonsense", 1), None);
    }
}
