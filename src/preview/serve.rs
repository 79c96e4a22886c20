//! The server: a port on loopback, its connections, and the thread that looks.
//!
//! A client that is slow or silent costs a place among a few, and is the first to lose it.

use super::answer::{Room, answer};
use super::worker::{self, Moment};
use super::{Desk, Settings, watch};
use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::VecDeque;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::Ipv4Addr;
use std::pin::pin;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How many bytes the head of a request may have.
const HEAD_BYTES: usize = 16 * 1024;
/// How long a head may take, and how long a connection may be silent between two.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How many connections there may be; a newer one takes the place of the oldest.
const CONNECTIONS: usize = 64;

/// Shows what is on the desk until `stop` is done. `ready` is given the address as soon as it answers, before the first look.
///
/// # Errors
/// When the port is taken, or the folder cannot be watched.
pub fn serve(
    desk: Box<dyn Desk>,
    settings: &Settings,
    ready: &mut dyn FnMut(&str),
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port)))?;
    let port = listener.local_addr()?.port();
    let root = desk.root().to_owned();
    let desk = Arc::new(Mutex::new(desk));
    let (show, seen) = tokio::sync::watch::channel(Moment::default());
    let (sender, changes) = sync_channel(1);
    // Watched before the first look: no change falls between the two.
    let watcher = watch::watch(&root, sender).map_err(io::Error::other)?;
    let (looking, changes) = (Arc::clone(&desk), watch::Changes::new(changes));
    let thread = std::thread::Builder::new().name("look".to_owned()).spawn(move || {
        worker::run(&looking, &changes, &show);
    })?;
    let editor = settings.editor.clone().filter(|e| !e.trim().is_empty());
    let room = Room { port, root, editor, token: secret(), run: secret(), desk, seen };
    ready(&format!("http://127.0.0.1:{port}/"));
    runtime.block_on(async {
        let accepting = pin!(accept(listener, Arc::new(room)));
        match select(accepting, pin!(stop)).await {
            Either::Left(((), _)) | Either::Right(((), _)) => {}
        }
    });
    runtime.shutdown_background();
    // Without its watcher the thread ends by itself, after the look that may be going on.
    drop(watcher);
    thread.join().map_err(|_| io::Error::other("the thread that lays out failed"))
}

async fn accept(listener: TcpListener, room: Arc<Room>) {
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or a client that was gone at once.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        open.retain(|task| !task.is_finished());
        if open.len() >= CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        open.push_back(tokio::spawn(converse(stream, Arc::clone(&room))).abort_handle());
    }
}

async fn converse(stream: TcpStream, room: Arc<Room>) {
    // Events are small and must not wait for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let room = Arc::clone(&room);
        async move { Ok::<_, std::convert::Infallible>(answer(&room, request).await) }
    });
    // A client that breaks off or breaks the rules is none of our business.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// 128 bits that nobody can guess: the standard library keys its hash tables from the system's randomness.
fn secret() -> String {
    let keyed = RandomState::new();
    format!("{:016x}{:016x}", keyed.hash_one(0), keyed.hash_one(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ() {
        assert_eq!(secret().len(), 32);
        assert_ne!(secret(), secret());
    }
}
