//! Pictures made while the layout is still searched for, which takes one core and not all of them.
//!
//! Only what does not depend on the layout: how wide pictures stand on pages changes to the last, as leads give and take lines. What is
//! made lies in the cache when the editions ask; what cannot be made is told then.

use super::args::Edition;
use super::pictures;
use crate::issue::{Issue, PictureId};
use crate::picture::{Budget, Wanted};
use crate::source::{Cache, Sources};
use crate::web;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What is needed to make pictures.
pub(super) struct Ahead<'a> {
    pub(super) sources: &'a Sources,
    pub(super) issue: &'a Issue,
    pub(super) cache: &'a Cache,
    pub(super) budget: &'a Budget,
    pub(super) editions: &'a [Edition],
}

impl Ahead<'_> {
    /// Lays out, and makes pictures beside it until that is done.
    pub(super) fn during<T>(&self, lay_out: impl FnOnce() -> T) -> T {
        let enough = AtomicBool::new(!self.cache.is_on());
        thread::scope(|scope| {
            scope.spawn(|| self.work(&enough));
            let laid = lay_out();
            enough.store(true, Ordering::Relaxed);
            laid
        })
    }

    fn work(&self, enough: &AtomicBool) {
        if self.editions.contains(&Edition::Epub) {
            let all = self.issue.pictures.iter().enumerate();
            let wishes = all.map(|(id, picture)| (PictureId(id), super::build::for_readers(picture)));
            self.make(&wishes.collect::<Vec<_>>(), enough);
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
