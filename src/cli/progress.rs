//! What the program is at, on one line of a terminal that is written over; silent anywhere else.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// The line.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    written: AtomicBool,
}

impl Progress {
    /// A line that shows only on a terminal, and only if `wanted`.
    pub fn new(wanted: bool) -> Self {
        Progress { shown: wanted && std::io::stderr().is_terminal(), written: AtomicBool::new(false) }
    }

    /// Says what happens now.
    pub fn stage(&self, what: &str) {
        if self.shown {
            self.written.store(true, Ordering::Relaxed);
            // A terminal that went away is no reason to stop.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what} …");
        }
    }

    /// Says how many of how many are done.
    pub fn count(&self, what: &str, done: usize, total: usize) {
        if self.shown && total > 0 {
            self.stage(&format!("{what} {done}/{total}"));
        }
    }

    /// Clears the line.
    pub fn done(&self) {
        if self.written.swap(false, Ordering::Relaxed) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}
