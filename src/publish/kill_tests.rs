//! Publishers that are killed, and several at once.
//!
//! A process may be killed between any two writes: every such moment is tried.

use super::flow_tests::{
    TODAY, block_on, folder, hasty, is, memory, publish, quiet, record, request, standing, text, whole, write_site,
};
use super::lock::Patience;
use super::remote::Remote;
use super::{Error, run};
use crate::web::record::Record;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::TempDir;

/// Publishes 2026-10, then breaks the publish of more at every write; the number of writes that was enough.
async fn kill_everywhere(
    make: impl Fn() -> (Option<TempDir>, Remote),
    next: &[Record],
    old: u64,
    new: (&str, u64),
) -> usize {
    let site = write_site(next);
    let after = {
        let (_kept, remote) = make();
        publish(&remote, &[record("2026-10", 1)]).await.unwrap();
        publish(&remote, next).await.unwrap();
        standing(&remote).await
    };
    for writes in 0.. {
        let (_kept, remote) = make();
        publish(&remote, &[record("2026-10", 1)]).await.unwrap();
        let before = standing(&remote).await;
        remote.writes_left.store(writes, Ordering::SeqCst);
        let result = run::publish(&request(site.path(), TODAY), &remote, hasty()).await;
        remote.writes_left.store(usize::MAX, Ordering::SeqCst);
        let shown = whole(&remote).await;
        assert!(shown == is("2026-10", old) || shown == is(new.0, new.1), "after {writes} writes: {shown:?}");
        let again = run::publish(&request(site.path(), TODAY), &remote, hasty()).await.unwrap();
        assert_eq!(whole(&remote).await, is(new.0, new.1), "after {writes} writes, then: {again}");
        assert_eq!(standing(&remote).await, after, "after {writes} writes");
        // Whole states are what one goes back to, never half a publish.
        run::rollback(quiet(), &remote, hasty()).await.unwrap();
        let back = standing(&remote).await;
        let missing: Vec<_> = before.iter().filter(|file| !back.contains(file)).collect();
        assert!(missing.is_empty(), "after {writes} writes, rollback leaves out {missing:?}");
        if result.is_ok() {
            return writes;
        }
    }
    0
}

#[test]
fn killed_at_any_moment_latest_is_whole_and_the_next_completes() {
    block_on(async {
        let next = [record("2026-10", 1), record("2026-11", 1)];
        let writes = kill_everywhere(|| (None, memory()), &next, 1, ("2026-11", 1)).await;
        assert!(writes > 20, "{writes}");
    });
}

#[test]
fn once_shown_an_issue_stays_latest_though_its_publisher_was_killed() {
    block_on(async {
        let site = write_site(&[record("2026-11", 1)]);
        for writes in 0..60 {
            let remote = memory();
            publish(&remote, &[record("2026-09", 1)]).await.unwrap();
            remote.writes_left.store(writes, Ordering::SeqCst);
            let result = run::publish(&request(site.path(), TODAY), &remote, hasty()).await;
            remote.writes_left.store(usize::MAX, Ordering::SeqCst);
            let page = text(&remote, "latest/index.html").await.unwrap();
            publish(&remote, &[record("2026-10", 1)]).await.unwrap();
            let shown = whole(&remote).await;
            if page.contains("2026-11") {
                assert_eq!(shown, is("2026-11", 1), "after {writes} writes");
            }
            assert_eq!(text(&remote, "latest/index.html").await, text(&remote, "latest.json").await, "{writes}");
            if result.is_ok() {
                return;
            }
        }
        panic!("a publish has fewer writes");
    });
}

#[test]
fn killed_while_an_issue_is_revised() {
    block_on(async {
        let writes = kill_everywhere(|| (None, memory()), &[record("2026-10", 2)], 1, ("2026-10", 2)).await;
        assert!(writes > 15, "{writes}");
    });
}

#[test]
fn killed_at_any_moment_in_a_folder() {
    block_on(async {
        let make = || {
            let (kept, remote) = folder();
            (Some(kept), remote)
        };
        kill_everywhere(make, &[record("2026-11", 1)], 1, ("2026-11", 1)).await;
    });
}

#[test]
fn killed_in_the_first_publish_of_all() {
    block_on(async {
        let site = write_site(&[record("2026-10", 1)]);
        for writes in 0..40 {
            let remote = memory();
            remote.writes_left.store(writes, Ordering::SeqCst);
            let result = run::publish(&request(site.path(), TODAY), &remote, hasty()).await;
            remote.writes_left.store(usize::MAX, Ordering::SeqCst);
            whole(&remote).await;
            run::publish(&request(site.path(), TODAY), &remote, hasty()).await.unwrap();
            assert_eq!(whole(&remote).await, is("2026-10", 1), "after {writes} writes");
            assert_eq!(run::rollback(quiet(), &remote, hasty()).await.err(), Some(Error::NothingBefore), "{writes}");
            if result.is_ok() {
                assert!(writes > 10, "{writes}");
                return;
            }
        }
        panic!("a publish has fewer writes");
    });
}

#[test]
fn killed_while_it_goes_back() {
    block_on(async {
        for writes in 0..60 {
            let remote = memory();
            publish(&remote, &[record("2026-10", 1)]).await.unwrap();
            let before = standing(&remote).await;
            publish(&remote, &[record("2026-10", 2), record("2026-11", 1)]).await.unwrap();
            remote.writes_left.store(writes, Ordering::SeqCst);
            let result = run::rollback(quiet(), &remote, hasty()).await;
            remote.writes_left.store(usize::MAX, Ordering::SeqCst);
            let shown = whole(&remote).await;
            assert!(shown == is("2026-10", 1) || shown == is("2026-11", 1), "after {writes} writes: {shown:?}");
            if result.is_ok() {
                assert!(writes > 8, "{writes}");
                return;
            }
            // Done again it ends, or it had ended but for clearing up.
            if run::rollback(quiet(), &remote, hasty()).await.is_ok() || whole(&remote).await == is("2026-10", 1) {
                let back = standing(&remote).await;
                assert!(before.iter().all(|file| back.contains(file)), "after {writes} writes");
            } else {
                panic!("after {writes} writes it cannot go back");
            }
        }
        panic!("a rollback has fewer writes");
    });
}

#[test]
fn two_at_once_are_both_there_and_the_newest_is_latest() {
    block_on(async {
        let patience = Patience { stale: Duration::from_secs(60), renew: Duration::from_secs(20), ..hasty() };
        for round in 0..10 {
            let (_kept, local) = folder();
            for remote in [memory(), local] {
                let (a, b) = (write_site(&[record("2026-10", 1)]), write_site(&[record("2026-11", 1)]));
                let (a, b) = (request(a.path(), TODAY), request(b.path(), TODAY));
                let both = futures_util::future::join(
                    run::publish(&a, &remote, patience),
                    run::publish(&b, &remote, patience),
                );
                let (a, b) = both.await;
                assert!(a.is_ok() && b.is_ok(), "round {round}: {a:?} {b:?}");
                assert_eq!(whole(&remote).await, is("2026-11", 1));
                assert_eq!(text(&remote, "index.html").await.unwrap(), "2026-11 2026-10");
            }
        }
    });
}

#[test]
fn two_revisions_of_one_issue_at_once_are_not_mixed() {
    block_on(async {
        let patience = Patience { stale: Duration::from_secs(60), renew: Duration::from_secs(20), ..hasty() };
        for _ in 0..10 {
            let remote = memory();
            let (a, b) = (write_site(&[record("2026-11", 1)]), write_site(&[record("2026-11", 2)]));
            let (a, b) = (request(a.path(), TODAY), request(b.path(), TODAY));
            let both =
                futures_util::future::join(run::publish(&a, &remote, patience), run::publish(&b, &remote, patience))
                    .await;
            assert!(both.0.is_ok() && both.1.is_ok());
            assert_eq!(whole(&remote).await, is("2026-11", 2));
            for page in ["index.html", "articles/tide/index.html"] {
                let page = text(&remote, &format!("issues/2026-11/{page}")).await.unwrap();
                assert!(page.starts_with("2026-11 2 "), "{page}");
            }
        }
    });
}
