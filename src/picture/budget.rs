//! Memory for pictures in work: how much one takes at most, and a budget that several share.
//!
//! Pictures are served in the order in which they ask; one that alone exceeds the budget works alone.

use super::derive::{fitted, region};
use super::prepare::shrink;
use super::{Channels, Derived, Fault, Format, Probe, Profile, Wanted, derive, jpeg, scale};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that pictures in work may take together.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    used: u64,
    /// The number that the next to ask is given, and the number that is served next.
    next: u64,
    turn: u64,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Budget { limit: bytes, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until so many bytes are free, or nobody else works.
    ///
    /// Whoever holds a guard must not wait for other pictures, and so must not hand work to a pool of threads
    /// that would take up another picture meanwhile.
    pub fn acquire(&self, bytes: u64) -> Guard<'_> {
        let mut state = self.lock();
        let number = state.next;
        state.next += 1;
        while state.turn != number || state.used > 0 && state.used.saturating_add(bytes) > self.limit {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.turn += 1;
        state.used = state.used.saturating_add(bytes);
        self.changed.notify_all();
        Guard { budget: self, bytes }
    }

    /// A panic elsewhere leaves only numbers behind, and these are always whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes taken of a [`Budget`], given back when this goes.
#[derive(Debug)]
#[must_use = "the bytes are given back at once otherwise"]
pub struct Guard<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut state = self.budget.lock();
        state.used = state.used.saturating_sub(self.bytes);
        drop(state);
        self.budget.changed.notify_all();
    }
}

/// The most bytes that making this picture takes beside its file, estimated; a JPEG counts as progressive, which takes most.
pub fn cost(probe: &Probe, wanted: &Wanted) -> u64 {
    estimate(probe, wanted, true)
}

/// [`derive()`] when the budget has room for it.
///
/// # Errors
/// Those of [`derive()`].
pub fn derive_within(budget: &Budget, bytes: &[u8], probe: &Probe, wanted: &Wanted) -> Result<Derived, Fault> {
    let progressive = probe.format == Format::Jpeg && jpeg::segments(bytes).is_none_or(|s| s.is_progressive());
    let _room = budget.acquire(estimate(probe, wanted, progressive));
    derive(bytes, probe, wanted)
}

fn estimate(probe: &Probe, wanted: &Wanted, progressive: bool) -> u64 {
    if probe.is_vector() {
        return 0;
    }
    let pixels = u64::from(probe.width) * u64::from(probe.height);
    let samples = match probe.channels {
        Channels::Gray => 1,
        Channels::Rgb => 3 + u64::from(probe.alpha || probe.format != Format::Jpeg),
        Channels::Cmyk => 4,
    };
    let n = u64::from(shrink(probe, wanted));
    // A decoder that shrinks keeps a plane for each colour beside the result; those of TIFF and GIF keep a copy.
    let copied = n > 1 || matches!(probe.format, Format::Tiff | Format::Gif);
    let planes = if copied { 2 } else { 1 };
    let decoded = pixels.div_ceil(n * n) * samples * planes;
    // All coefficients, two bytes each, until the last scan is read.
    let held = if progressive && probe.format == Format::Jpeg { pixels * samples * 2 } else { 0 };
    // Deep samples are decoded as they are and then shortened; other colours have a copy in sRGB.
    let deep = if probe.bits == 16 { pixels * samples * 2 } else { 0 };
    let converted = if probe.foreign_colour { decoded / planes } else { 0 };
    let (width, height) = fitted(region(probe, wanted.crop), wanted);
    let made = u64::from(width) * u64::from(height);
    let band = match wanted.profile {
        Profile::Draft => 0,
        Profile::Publication => (scale::BAND as u64 + 64) * u64::from(probe.width.max(probe.height)).div_ceil(n) * 8,
    };
    // The result, its planes and coefficients while it is encoded, and the file.
    decoded + held + deep + converted + band + made * 16 + (4 << 20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    #[test]
    fn work_stays_within_the_budget_and_the_largest_works_alone() {
        let budget = Budget::new(100);
        let (now, most, alone) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let (budget, now, most, alone) = (&budget, &now, &most, &alone);
        thread::scope(|scope| {
            for n in 0..24u64 {
                scope.spawn(move || {
                    let bytes = if n % 8 == 3 { 500 } else { 30 };
                    let _guard = budget.acquire(bytes);
                    let used = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    if bytes == 500 {
                        alone.fetch_add(u64::from(used == 500), Ordering::SeqCst);
                    } else {
                        most.fetch_max(used, Ordering::SeqCst);
                    }
                    thread::yield_now();
                    now.fetch_sub(bytes, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(alone.load(Ordering::SeqCst), 3);
        assert!(most.load(Ordering::SeqCst) <= 100);
        assert_eq!(budget.lock().used, 0);
    }

    #[test]
    fn what_is_given_back_is_free_again() {
        let budget = Budget::new(10);
        for _ in 0..3 {
            drop(budget.acquire(10));
        }
        let both = (budget.acquire(5), budget.acquire(5));
        assert_eq!(budget.lock().used, 10);
        drop(both);
    }
}
