//! Fits the e-book's pictures into a size: the qualities and sizes at which the worst picture is as good as it can be.
//!
//! Every picture goes down one ladder of sizes and qualities. A score that all must reach is searched by halving, each picture
//! taking the lowest rung that reaches it; what is left of the size then lifts the worst pictures between their rungs.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rung {
    /// Most pixels across and down.
    pub pixels: u32,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

const fn rung(pixels: u32, quality: u8) -> Rung {
    Rung { pixels, quality }
}

/// From what every picture has without a limit down to what can still be called a picture. Below a quality of about 50 fewer
/// pixels look better than a lower quality.
pub const LADDER: [Rung; 14] = [
    rung(2000, 82),
    rung(2000, 76),
    rung(2000, 70),
    rung(2000, 63),
    rung(2000, 56),
    rung(1600, 64),
    rung(1600, 56),
    rung(1300, 60),
    rung(1300, 50),
    rung(1000, 55),
    rung(1000, 45),
    rung(800, 45),
    rung(640, 42),
    rung(480, 38),
];

/// The halvings of the search: steps of a tenth of a point at the end.
const HALVINGS: usize = 10;
/// The tries between two rungs.
const BETWEEN: usize = 3;

/// What a picture comes to on a rung.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// The file's length.
    pub bytes: u64,
    /// How near it is to the original, 100 for the same (SSIMULACRA 2).
    pub score: f64,
}

/// What was chosen for a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// How it is written.
    pub rung: Rung,
    /// What it comes to.
    pub tried: Tried,
}

/// Chooses for `count` pictures so that their files together are no longer than `limit` bytes. `None` if even the lowest rungs
/// are.
///
/// # Errors
/// Those of `make`.
pub fn fit<E: Send>(
    count: usize,
    limit: u64,
    make: &(dyn Fn(usize, Rung) -> Result<Tried, E> + Sync),
) -> Result<Option<Vec<Chosen>>, E> {
    let tries = Tries { make, known: Mutex::default() };
    let best = tries.all(count, |_| Ok(0))?;
    if total(&best) <= limit {
        return Ok(Some(best));
    }
    let least = tries.all(count, |_| Ok(LADDER.len() - 1))?;
    if total(&least) > limit {
        return Ok(None);
    }
    let worst = |list: &[Chosen]| list.iter().map(|c| c.tried.score).fold(f64::INFINITY, f64::min);
    // Above the score of the worst picture at its best the others go on: it stays where it is.
    let top = best.iter().map(|c| c.tried.score).fold(0.0, f64::max);
    let (mut low, mut high, mut chosen) = (worst(&least), top, least);
    for _ in 0..HALVINGS {
        let wanted = (low + high) / 2.0;
        let list = tries.all(count, |picture| tries.lowest(picture, wanted))?;
        if total(&list) <= limit {
            (low, chosen) = (wanted, list);
        } else {
            high = wanted;
        }
    }
    tries.lift(&mut chosen, limit)?;
    Ok(Some(chosen))
}

fn total(list: &[Chosen]) -> u64 {
    list.iter().map(|c| c.tried.bytes).sum()
}

/// What has been tried: every picture on every rung once.
struct Tries<'a, E> {
    make: &'a (dyn Fn(usize, Rung) -> Result<Tried, E> + Sync),
    known: Mutex<BTreeMap<(usize, Rung), Tried>>,
}

impl<E: Send> Tries<'_, E> {
    fn at(&self, picture: usize, rung: Rung) -> Result<Chosen, E> {
        let known = || self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found = known().get(&(picture, rung)).copied();
        let tried = match found {
            Some(tried) => tried,
            None => (self.make)(picture, rung)?,
        };
        known().insert((picture, rung), tried);
        Ok(Chosen { rung, tried })
    }

    /// Every picture on the rung of a number.
    fn all(&self, count: usize, number: impl Fn(usize) -> Result<usize, E> + Sync) -> Result<Vec<Chosen>, E> {
        (0..count).into_par_iter().map(|picture| self.at(picture, LADDER[number(picture)?])).collect()
    }

    /// The lowest rung on which a picture reaches a score; the highest if none does.
    fn lowest(&self, picture: usize, wanted: f64) -> Result<usize, E> {
        let (mut good, mut bad) = (0, LADDER.len());
        while bad - good > 1 {
            let middle = (good + bad) / 2;
            match self.at(picture, LADDER[middle])?.tried.score >= wanted {
                true => good = middle,
                false => bad = middle,
            }
        }
        Ok(good)
    }

    /// Spends what is left on the worst pictures first: each rises as far between its rung and the next as it can.
    fn lift(&self, chosen: &mut [Chosen], limit: u64) -> Result<(), E> {
        let mut left = limit.saturating_sub(total(chosen));
        let mut order: Vec<usize> = (0..chosen.len()).collect();
        order.sort_by(|a, b| chosen[*a].tried.score.total_cmp(&chosen[*b].tried.score));
        for picture in order {
            let now = chosen[picture];
            let Some(above) = LADDER.iter().position(|r| *r == now.rung).and_then(|n| n.checked_sub(1)) else {
                continue;
            };
            let above = LADDER[above];
            // Within the same size finer qualities are tried, else the next size at the same quality and up.
            let (mut good, mut bad) = (now.rung.quality, above.quality + 1);
            let (pixels, mut best) = (above.pixels, None);
            if pixels != now.rung.pixels {
                (good, bad) = (above.quality.saturating_sub(12), above.quality + 1);
            }
            for _ in 0..=BETWEEN {
                if bad - good <= 1 {
                    break;
                }
                let quality = (good + bad) / 2;
                let tried = self.at(picture, Rung { pixels, quality })?;
                let fits = tried.tried.bytes <= now.tried.bytes + left;
                if fits && tried.tried.score > now.tried.score {
                    best = Some(tried);
                }
                if fits { good = quality } else { bad = quality }
            }
            if let Some(better) = best {
                left = (left + now.tried.bytes).saturating_sub(better.tried.bytes);
                chosen[picture] = better;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    /// Pictures of different detail: bytes and score follow pixels and quality as those of photographs do.
    fn like_photographs(picture: usize, rung: Rung) -> Result<Tried, Infallible> {
        let detail = 1.0 + picture as f64 / 4.0;
        let (size, quality) = (f64::from(rung.pixels) / 2000.0, f64::from(rung.quality));
        let bytes = (400_000.0 * detail * size * size * (quality / 82.0).powf(1.6)) as u64;
        let score = 100.0 - (100.0 - quality) * 0.6 * detail.sqrt() - (1.0 - size) * 40.0;
        Ok(Tried { bytes, score })
    }

    #[test]
    fn a_size_is_kept_and_nearly_used_and_more_room_is_never_worse() {
        let mut before = f64::NEG_INFINITY;
        for limit in [700_000u64, 1_500_000, 3_000_000, 5_000_000, 6_000_000, 50_000_000] {
            let chosen = fit(12, limit, &like_photographs).unwrap().unwrap();
            let bytes = total(&chosen);
            let worst = chosen.iter().map(|c| c.tried.score).fold(f64::INFINITY, f64::min);
            assert!(bytes <= limit, "{bytes} of {limit}");
            assert!(limit > 9_000_000 || bytes as f64 > 0.95 * limit as f64, "{bytes} of {limit}");
            assert!(worst >= before, "{worst} after {before}");
            before = worst;
        }
        assert!(fit(12, 100_000, &like_photographs).unwrap().is_none());
    }

    #[test]
    fn with_room_enough_nothing_changes() {
        let chosen = fit(3, u64::MAX, &like_photographs).unwrap().unwrap();
        assert!(chosen.iter().all(|c| c.rung == LADDER[0]));
        assert_eq!(fit(0, 0, &like_photographs).unwrap(), Some(Vec::new()));
    }
}
