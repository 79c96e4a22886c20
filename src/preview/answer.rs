//! What is said to each request that was admitted.
//!
//! Everything comes out of the program itself, the state that is shown, or the desk.

use super::headers::{Body, Kind, answer as reply, refused, whole, words};
use super::shown::State;
use super::worker::{Moment, Shared, lock};
use super::{Reading, editor, guard};
use futures_util::stream::unfold;
use http_body_util::{BodyExt, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName};
use hyper::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// What all requests share.
pub(super) struct Room {
    /// The port that is listened on.
    pub(super) port: u16,
    /// The publication's folder.
    pub(super) root: PathBuf,
    /// The command that opens a file.
    pub(super) editor: Option<String>,
    /// What the page must say to have a file opened.
    pub(super) token: String,
    /// Tells a page that the program was started anew.
    pub(super) run: String,
    /// The desk.
    pub(super) desk: Arc<Shared>,
    /// What is shown.
    pub(super) seen: Receiver<Moment>,
}

const TOKEN: HeaderName = HeaderName::from_static("x-preview-token");
/// How many bytes a wish to open a file may have, and how long it may take.
const WISH_BYTES: usize = 4096;
const WISH_TIME: Duration = Duration::from_secs(5);
/// Silence after which a line is sent that means nothing, so that a connection that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

const JS: &str = "text/javascript; charset=utf-8";
const PAGE: &str = include_str!("page.html");
const ASSETS: &[(&str, &str, &str)] = &[
    ("preview.css", "text/css; charset=utf-8", include_str!("preview.css")),
    ("preview.js", JS, include_str!("preview.js")),
    ("pages.js", JS, include_str!("pages.js")),
    ("plates.js", JS, include_str!("plates.js")),
    ("findings.js", JS, include_str!("findings.js")),
    ("manuscript.js", JS, include_str!("manuscript.js")),
    ("reader.js", JS, include_str!("reader.js")),
];

/// The answer to a request.
pub(super) async fn answer(room: &Arc<Room>, request: Request<Incoming>) -> Response<Body> {
    let asked = guard::admit(request.method(), request.uri(), request.headers(), room.port)
        .and_then(|()| guard::names(request.uri()));
    let names = match asked {
        Ok(names) => names,
        Err(status) => return refused(status),
    };
    if request.method() == Method::POST {
        return open(room, request).await;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = match names.as_slice() {
        [] => Some(page(room)),
        ["events"] if request.method() == Method::GET => Some(events(room)),
        ["assets", name] => asset(name),
        ["page", name] => plate(room, name),
        ["read", slug] => {
            let on = |key| guard::query(request.uri(), key).is_some();
            let shown = Arc::clone(&room.seen.borrow().shown);
            shown.reading(slug).map(|r| reply(Kind::Article, whole(article(r, on("dark"), on("large")))))
        }
        ["picture", name] => picture(room, (*name).to_owned()).await,
        ["source"] => source(room, guard::query(request.uri(), "file")).await,
        _ => None,
    };
    found.unwrap_or_else(|| refused(StatusCode::NOT_FOUND))
}

fn page(room: &Room) -> Response<Body> {
    let editor = if room.editor.is_some() { "yes" } else { "no" };
    let html = PAGE.replace("{{token}}", &room.token).replace("{{run}}", &room.run).replace("{{editor}}", editor);
    reply(Kind::Page, whole(html))
}

fn asset(name: &str) -> Option<Response<Body>> {
    let (_, kind, text) = ASSETS.iter().find(|(n, ..)| *n == name)?;
    Some(reply(Kind::Asset(kind), whole(*text)))
}

fn plate(room: &Room, name: &str) -> Option<Response<Body>> {
    let svg = room.seen.borrow().shown.page(name.strip_suffix(".svg")?)?;
    Some(reply(Kind::Plate, whole(Bytes::from_owner(svg))))
}

/// An article as a page of its own, as an e-reader would show it.
fn article(reading: &Reading, dark: bool, large: bool) -> String {
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut css = reading.css.clone();
    css.push_str("\nhtml { margin: 0; padding: 0 } body { margin: 0 !important; padding: 5% 6% !important }\n");
    css.push_str("body { overflow-wrap: break-word } img, svg { max-width: 100%; height: auto }\n");
    if large {
        css.push_str("html { font-size: 200% !important }\n");
    }
    if dark {
        // As e-readers do it: the text's colours give way, the pictures keep theirs.
        css.push_str(
            "html { background: #121212 !important; color-scheme: dark }\n\
             body, body *:not(img):not(svg):not(svg *) { background-color: transparent !important; \
             color: #e8e4dc !important; border-color: #6b6b6b !important }\n\
             body a[href] { color: #9cc4ff !important }\n",
        );
    } else {
        css.push_str("html { background: #fff; color-scheme: light }\n");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" \
         xml:lang=\"{language}\"><head><title>{title}</title><style>{style}</style></head>\n<body>{body}</body></html>\n",
        language = escaped(&reading.language),
        title = escaped(&reading.headline),
        style = escaped(&css),
        body = reading.html
    )
}

async fn picture(room: &Room, name: String) -> Option<Response<Body>> {
    let desk = Arc::clone(&room.desk);
    // The desk may be busy with a look: nobody else waits for it.
    let got = tokio::task::spawn_blocking(move || lock(&desk).picture(&name)).await;
    let (bytes, kind) = got.ok()??;
    Some(reply(Kind::Picture(kind), whole(bytes)))
}

async fn text(room: &Room, file: String) -> Option<String> {
    if !guard::is_file(&file) {
        return None;
    }
    let desk = Arc::clone(&room.desk);
    tokio::task::spawn_blocking(move || lock(&desk).source(&file)).await.ok()?
}

async fn source(room: &Room, file: Option<String>) -> Option<Response<Body>> {
    let text = text(room, file?).await?;
    Some(reply(Kind::Text, whole(text)))
}

#[derive(Deserialize)]
struct Wish {
    file: String,
    line: u32,
}

/// Opens a manuscript in the editor.
async fn open(room: &Room, request: Request<Incoming>) -> Response<Body> {
    let said = |name: &HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    if said(&TOKEN) != Some(room.token.as_str()) {
        return refused(StatusCode::FORBIDDEN);
    }
    if said(&CONTENT_TYPE) != Some("application/json") {
        return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let Some(command) = &room.editor else {
        return words(StatusCode::CONFLICT, "no editor is set");
    };
    let body = Limited::new(request.into_body(), WISH_BYTES).collect();
    let Ok(Ok(body)) = tokio::time::timeout(WISH_TIME, body).await else {
        return refused(StatusCode::BAD_REQUEST);
    };
    let Ok(wish) = serde_json::from_slice::<Wish>(&body.to_bytes()) else {
        return refused(StatusCode::BAD_REQUEST);
    };
    if text(room, wish.file.clone()).await.is_none() {
        return refused(StatusCode::NOT_FOUND);
    }
    match editor::open(command, &room.root.join(&wish.file), wish.line.max(1)) {
        Ok(()) => words(StatusCode::OK, "opened"),
        Err(error) => words(StatusCode::BAD_GATEWAY, &format!("the editor could not be started: {error}")),
    }
}

/// The stream of events: who is speaking, then each state as it differs from the one before.
fn events(room: &Room) -> Response<Body> {
    let mut seen = room.seen.clone();
    seen.mark_changed();
    let hello = format!("retry: 500\nevent: hello\ndata: {}\n\n", room.run);
    let stream = unfold((seen, None::<Arc<State>>, Some(hello)), |(mut seen, last, hello)| async move {
        if let Some(hello) = hello {
            return Some((frame(hello), (seen, last, None)));
        }
        match tokio::time::timeout(HEARTBEAT, seen.changed()).await {
            Err(_) => Some((frame(":\n\n".to_owned()), (seen, last, None))),
            Ok(Err(_)) => None,
            Ok(Ok(())) => {
                let (busy, state) = {
                    let moment = seen.borrow_and_update();
                    (moment.busy, Arc::clone(&moment.shown.state))
                };
                let text = event(busy, &state, last.as_deref());
                // What a browser already has need not be kept for it.
                let last = if state.number == 0 { last } else { Some(state) };
                Some((frame(text), (seen, last, None)))
            }
        }
    });
    reply(Kind::Events, StreamBody::new(stream).boxed_unsync())
}

fn frame(text: String) -> Result<Frame<Bytes>, Infallible> {
    Ok(Frame::data(Bytes::from(text)))
}

/// One event: whether a look is going on, and the state if it is new.
fn event(busy: bool, state: &State, last: Option<&State>) -> String {
    let new = state.number > 0 && last.is_none_or(|l| l.number != state.number);
    let change = if new { serde_json::to_string(&state.since(last)).ok() } else { None };
    let mut text = String::new();
    if let Some(change) = change {
        text.push_str(&format!("event: state\ndata: {change}\n\n"));
    }
    text.push_str(&format!("event: busy\ndata: {busy}\n\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::super::Snapshot;
    use super::super::shown::Shown;
    use super::*;

    fn reading(html: &str, css: &str) -> Reading {
        let (slug, headline, language) = ("s".to_owned(), "A < B".to_owned(), "en\"x".to_owned());
        Reading { slug, headline, language, html: html.to_owned(), css: css.to_owned() }
    }

    #[test]
    fn an_article_is_well_formed_whatever_its_words() {
        let page = article(&reading("<p>x<br/></p>", "a > b { content: '</style><script>' }"), true, true);
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let tree = roxmltree::Document::parse_with_options(&page, options).unwrap();
        assert!(!tree.descendants().any(|n| n.has_tag_name(("http://www.w3.org/1999/xhtml", "script"))));
        assert!(page.contains("font-size: 200%") && page.contains("#121212"));
        assert!(!article(&reading("", ""), false, false).contains("200%"));
    }

    #[test]
    fn an_event_tells_a_state_once() {
        let first = Shown::default().state;
        assert_eq!(event(true, &first, None), "event: busy\ndata: true\n\n");
        let shown = Shown::default().next(Snapshot { title: "a\nb".into(), ..Snapshot::default() });
        let told = event(false, &shown.state, None);
        assert!(told.starts_with("event: state\ndata: {\"number\":1,"), "{told}");
        assert_eq!(told.lines().count(), 6, "a title's line break does not break the event: {told}");
        assert_eq!(event(false, &shown.state, Some(&shown.state)), "event: busy\ndata: false\n\n");
    }

    #[test]
    fn every_asset_is_named_by_the_page_or_a_module() {
        for (name, ..) in ASSETS {
            let named = PAGE.contains(&format!("/assets/{name}"))
                || ASSETS.iter().any(|(.., text)| text.contains(&format!("\"./{name}\"")));
            assert!(named, "{name}");
        }
        assert!(asset("../mod.rs").is_none() && asset("preview.css").is_some());
    }
}
