//! The demo: three article pages and the discussion under them, written once into an empty database.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use dumka_api::{NewAuthor, NewComment};
use serde::Deserialize;

use crate::clock::Clock;
use crate::commands::{self, Context, SubmitFailure, SubmitPolicy};
use crate::domain::comment::UnixMillis;
use crate::moderation::Moderation;
use crate::storage::SubmitError;

/// What the pages may load: the widget and their own drawings, all from this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

const FILES: [(&str, &str, &str); 8] = [
    ("/demo/", HTML, include_str!("../../../index.html")),
    ("/demo/uk/", HTML, include_str!("../../../demo/uk.html")),
    ("/demo/en/", HTML, include_str!("../../../demo/en.html")),
    ("/demo/demo.css", CSS, include_str!("../../../demo/demo.css")),
    ("/demo/icon.svg", SVG, include_str!("../../../demo/icon.svg")),
    ("/demo/tram.svg", SVG, include_str!("../../../demo/tram.svg")),
    ("/demo/library.svg", SVG, include_str!("../../../demo/library.svg")),
    ("/demo/swifts.svg", SVG, include_str!("../../../demo/swifts.svg")),
];

/// The hosts under which the demo is opened, each a site of its own.
const SITES: [&str; 2] = ["localhost", "127.0.0.1"];
/// Threads with a discussion; the English article has none yet.
const THREADS: [Thread; 2] = [
    Thread {
        page: "news/42",
        title: "Третий трамвай снова идёт к реке",
        comments: include_str!("../../../demo/comments/ru.json"),
    },
    Thread {
        page: "news/43",
        title: "У старій нитковій фабриці відкрили бібліотеку",
        comments: include_str!("../../../demo/comments/uk.json"),
    },
];

/// A discussion of the demo.
struct Thread {
    /// Its page's id.
    page: &'static str,
    /// Its article's title.
    title: &'static str,
    /// Its comments, as a JSON array of [`DemoComment`].
    comments: &'static str,
}

const POLICY: SubmitPolicy =
    SubmitPolicy { moderation: Moderation::After, close_after_days: 0, edit_window_secs: 0 };

/// A comment of the demo.
#[derive(Debug, Deserialize)]
struct DemoComment {
    /// Its name in the file.
    key: String,
    /// The name of the comment it answers, which stands before it.
    parent: Option<String>,
    name: String,
    text: String,
    /// How long ago it was written.
    minutes: i64,
}

/// Why the demo discussion could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file of a thread is not what it should be.
    #[error("the demo discussion of {page} cannot be read: {reason}")]
    File {
        /// The thread's page.
        page: &'static str,
        /// What is wrong.
        reason: serde_json::Error,
    },
    /// A comment was not accepted.
    #[error("the demo comment {key} of {page} was not accepted: {reason}")]
    Comment {
        /// The thread's page.
        page: &'static str,
        /// The comment's name in the file.
        key: String,
        /// Why.
        reason: SubmitFailure,
    },
}

/// The demo's pages and what they load.
pub fn pages<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let to_demo = || get(|| async { Redirect::temporary("/demo/") });
    let router = Router::new().route("/", to_demo()).route("/demo", to_demo());
    FILES
        .into_iter()
        .fold(router, |router, (path, content_type, text)| router.route(path, file(content_type, text)))
}

fn file<S: Clone + Send + Sync + 'static>(content_type: &'static str, source: &str) -> MethodRouter<S> {
    let text: Arc<str> = without_trunk(source).into();
    get(move || async move { page(content_type, text.to_string()) })
}

fn page(content_type: &'static str, text: String) -> Response {
    // With `no-referrer` a browser would name no origin when it sends the form before any script.
    let referrer = (REFERRER_POLICY, "same-origin");
    ([(CONTENT_TYPE, content_type), (CONTENT_SECURITY_POLICY, PAGE_POLICY), referrer], text).into_response()
}

/// The file less the lines that are orders to Trunk, which serves the same page for development.
fn without_trunk(source: &str) -> String {
    source.split_inclusive('\n').filter(|line| !line.contains("data-trunk")).collect()
}

/// Writes the demo discussion. Its keys make sure that it stands there once, however often this runs.
pub async fn seed(context: &Context) -> Result<(), SeedError> {
    for thread in &THREADS {
        let comments: Vec<DemoComment> = serde_json::from_str(thread.comments)
            .map_err(|reason| SeedError::File { page: thread.page, reason })?;
        for site in SITES {
            seed_thread(context, site, thread, &comments).await?;
        }
    }
    Ok(())
}

async fn seed_thread(
    context: &Context,
    site: &str,
    thread: &Thread,
    comments: &[DemoComment],
) -> Result<(), SeedError> {
    let page = thread.page;
    let now = context.clock.now();
    let mut ids: HashMap<&str, String> = HashMap::new();
    for comment in comments {
        let parent = comment.parent.as_deref().and_then(|key| ids.get(key).cloned());
        let then = UnixMillis(now.0 - comment.minutes * 60_000);
        let past = context.with_clock(Arc::new(StoppedClock(then)));
        let key = format!("demo-{site}-{page}-{}", comment.key);
        match commands::submit(&past, &POLICY, &comment.to_new(site, thread, parent), &key).await {
            Ok(submitted) => ids.insert(&comment.key, submitted.comment.id),
            // An earlier version of the demo wrote this thread; it is left as it stands.
            Err(SubmitFailure::Store(SubmitError::KeyReused)) => return Ok(()),
            Err(reason) => return Err(SeedError::Comment { page, key: comment.key.clone(), reason }),
        };
    }
    Ok(())
}

impl DemoComment {
    fn to_new(&self, site: &str, thread: &Thread, parent: Option<String>) -> NewComment {
        NewComment {
            site: site.into(),
            page: thread.page.into(),
            parent,
            author: NewAuthor { name: self.name.clone(), email: None },
            text: self.text.clone(),
            title: Some(thread.title.into()),
            url: None,
        }
    }
}

/// The moment at which a demo comment is said to have been written.
struct StoppedClock(UnixMillis);

impl Clock for StoppedClock {
    fn now(&self) -> UnixMillis {
        self.0
    }
}
