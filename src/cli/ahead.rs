//! Pictures made while the layout is still searched for, which takes one core and not all of them.
//!
//! Where pictures stand is known after the first round, and how wide they stand seldom changes after it. What is made lies in the cache when the
//! editions ask; a picture that stands otherwise in the end is made again, and what cannot be made is told then.

use super::args::Edition;
use super::pictures;
use crate::issue::{Issue, PictureId};
use crate::picture::{Budget, Wanted};
use crate::press::{self, Shop};
use crate::source::{Cache, Sources};
use crate::typeset::Placed;
use crate::{pdf, web};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What is needed to make pictures.
pub(super) struct Ahead<'a> {
    pub(super) sources: &'a Sources,
    pub(super) issue: &'a Issue,
    pub(super) cache: &'a Cache,
    pub(super) budget: &'a Budget,
    pub(super) editions: &'a [Edition],
    pub(super) shop: Option<&'a Shop>,
}

impl Ahead<'_> {
    /// Lays out, and makes pictures beside it until that is done. What lays out is handed something to tell where pictures stand.
    pub(super) fn during<T>(&self, lay_out: impl FnOnce(&(dyn Fn(&[Placed]) + Sync)) -> T) -> T {
        let enough = AtomicBool::new(!self.cache.is_on());
        let (tell, told) = channel();
        // The engine may call from any thread.
        let tell = Mutex::new(tell);
        thread::scope(|scope| {
            scope.spawn(|| self.work(told, &enough));
            let laid = lay_out(&|placed| {
                if let Ok(tell) = tell.lock() {
                    let _ = tell.send(placed.to_vec());
                }
            });
            enough.store(true, Ordering::Relaxed);
            drop(tell);
            laid
        })
    }

    fn work(&self, told: Receiver<Vec<Placed>>, enough: &AtomicBool) {
        let all = || (0..self.issue.pictures.len()).map(PictureId);
        // The e-book's pictures do not depend on the layout.
        let first = all().map(|id| (id, super::build::for_readers(&self.issue.pictures[id.0])));
        let first: Vec<_> = if self.editions.contains(&Edition::Epub) { first.collect() } else { Vec::new() };
        self.make(&first, enough);
        if enough.load(Ordering::Relaxed) {
            return;
        }
        let Ok(placed) = told.recv() else { return };
        if let Some(shop) = self.shop.filter(|_| self.editions.contains(&Edition::Print)) {
            self.make(&press::wishes(self.issue, &placed, shop), enough);
        }
        if self.editions.contains(&Edition::Screen) || self.editions.contains(&Edition::Web) {
            self.make(&pdf::wishes(self.issue, &placed), enough);
        }
        if self.editions.contains(&Edition::Web) {
            self.make(&web::wishes(self.issue), enough);
        }
    }

    fn make(&self, wishes: &[(PictureId, Wanted)], enough: &AtomicBool) {
        for (id, wanted) in wishes {
            if enough.load(Ordering::Relaxed) {
                return;
            }
            // Told when an edition asks for it.
            let _ = pictures::make(self.sources, self.issue, self.cache, self.budget, *id, wanted);
        }
    }
}
