//! A news site with the widget in its pages, on an origin of its own.
//!
//! It can also stand between reader and server: keep requests waiting, or answer in the server's place, as a bad
//! network would.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::broken_answers::{Breach, buffered};

/// More than any request of a story has.
const MAX_BODY_BYTES: usize = 1 << 20;

/// A response in the server's place.
#[derive(Clone)]
pub struct Trouble {
    /// Requests whose address contains this are in trouble: with nothing, all. What sends a comment depends on whether the
    /// program is there.
    pub address: &'static str,
    /// Only requests of this method.
    pub method: &'static str,
    /// The answer's status.
    pub status: u16,
    /// The answer itself, as HTML.
    pub answer: &'static str,
}

/// A running site; dropped, it is gone.
pub struct Site {
    address: SocketAddr,
    url: String,
    task: JoinHandle<()>,
    troubles: Troubles,
}

/// The faults on the way to the server.
#[derive(Clone, Default)]
struct Troubles {
    answered: Arc<Mutex<Option<Trouble>>>,
    /// Part of the addresses of requests that wait.
    held: watch::Sender<Option<&'static str>>,
    /// The method of requests whose answers do not arrive.
    lost: Arc<Mutex<Option<&'static str>>>,
    /// Part of the addresses of requests whose responses break off.
    broken: Arc<Mutex<Option<(&'static str, Breach)>>>,
    /// Part of the addresses of requests that take long, and the time they take.
    slow: Arc<Mutex<Option<(&'static str, Duration)>>>,
    /// Streams are held back until they end.
    buffering: watch::Sender<bool>,
}

impl Site {
    /// Serves one page with `body` in it; everything else goes to the server at `upstream`.
    pub async fn with_body(body: &str, upstream: String) -> Result<Self> {
        Self::with_page(None, body, upstream).await
    }

    /// The same page under a Content-Security-Policy.
    pub async fn with_policy(policy: &str, body: &str, upstream: String) -> Result<Self> {
        Self::with_page(Some(HeaderValue::from_str(policy)?), body, upstream).await
    }

    /// Serves pages of its own; everything else goes to the server at `upstream`.
    pub async fn with_pages(pages: Router, upstream: String) -> Result<Self> {
        let troubles = Troubles::default();
        let passage = Passage::to(upstream, &troubles)?;
        Self::start(pages.fallback_service(any(pass_on).with_state(passage)), troubles).await
    }

    /// Serves one page with `body` in it, and the server at `upstream` under `path`, as a proxy that takes the path away;
    /// nothing else is there.
    pub async fn under_path(path: &str, body: &str, upstream: String) -> Result<Self> {
        let troubles = Troubles::default();
        let passage = Passage::to(upstream, &troubles)?;
        let page = page_with(body);
        let router = Router::new().route("/", get(async move || Html(page)));
        Self::start(router.nest_service(path, any(pass_on).with_state(passage)), troubles).await
    }

    async fn with_page(policy: Option<HeaderValue>, body: &str, upstream: String) -> Result<Self> {
        let page = page_with(body);
        let policy = policy.map(|policy| [(header::CONTENT_SECURITY_POLICY, policy)]);
        let page = async move || (policy, Html(page));
        Self::with_pages(Router::new().route("/", get(page)), upstream).await
    }

    /// Serves what `router` says.
    pub async fn with_router(router: Router) -> Result<Self> {
        Self::start(router, Troubles::default()).await
    }

    async fn start(router: Router, troubles: Troubles) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async {
            axum::serve(listener, router).await.expect("a listener that was bound can be served");
        });
        Ok(Self { address, url: format!("http://{address}/"), task, troubles })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on answers as `trouble` says, or as the server does.
    pub fn set_trouble(&self, trouble: Option<Trouble>) {
        *self.troubles.answered.lock().expect("nothing panics while it holds the lock") = trouble;
    }

    /// From now on keeps requests waiting whose address contains this; with nothing, lets them all go on.
    pub fn hold(&self, address: Option<&'static str>) {
        self.troubles.held.send_replace(address);
    }

    /// From now on answers to requests whose address contains this break off; with nothing, they arrive again.
    pub fn break_off(&self, broken: Option<(&'static str, Breach)>) {
        *self.troubles.broken.lock().expect("nothing panics while it holds the lock") = broken;
    }

    /// From now on requests whose address contains this take so much longer.
    pub fn delay(&self, slow: Option<(&'static str, Duration)>) {
        *self.troubles.slow.lock().expect("nothing panics while it holds the lock") = slow;
    }

    /// From now on the server does what requests of this method ask for, and its answers are lost; with nothing, they
    /// arrive again.
    pub fn lose_answers(&self, method: Option<&'static str>) {
        *self.troubles.lost.lock().expect("nothing panics while it holds the lock") = method;
    }

    /// From now on holds every stream back until it ends, as some proxies and virus scanners do, also those that are open;
    /// or hands on what comes as it comes.
    pub fn hold_streams(&self, is_held: bool) {
        self.troubles.buffering.send_replace(is_held);
    }
}

fn page_with(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>A page</title><link rel=icon href=data:,><h1>News</h1>{body}<p id=end>End of the page"
    )
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Passage {
    upstream: String,
    troubles: Troubles,
    http: reqwest::Client,
}

impl Passage {
    fn to(upstream: String, troubles: &Troubles) -> Result<Self> {
        // Where an answer leads is the browser's to follow.
        let http = reqwest::Client::builder().redirect(Policy::none()).build()?;
        Ok(Self { upstream, troubles: troubles.clone(), http })
    }
}

async fn pass_on(State(passage): State<Passage>, request: Request) -> Response {
    let address = request.uri().to_string();
    // The sender is a part of the passage, so it lives as long as this waits.
    let mut held = passage.troubles.held.subscribe();
    let _ = held.wait_for(|held| held.is_none_or(|held| !address.contains(held))).await;
    let slow = *passage.troubles.slow.lock().expect("nothing panics while it holds the lock");
    if let Some((_, how_long)) = slow.filter(|(slow, _)| address.contains(slow)) {
        tokio::time::sleep(how_long).await;
    }
    let broken = *passage.troubles.broken.lock().expect("nothing panics while it holds the lock");
    if let Some((_, breach)) = broken.filter(|(broken, _)| address.contains(broken)) {
        return breach.answer();
    }
    let trouble = passage.troubles.answered.lock().expect("nothing panics while it holds the lock").clone();
    let in_trouble = trouble
        .filter(|trouble| trouble.method == request.method().as_str() && address.contains(trouble.address));
    if let Some(Trouble { status, answer, .. }) = in_trouble {
        return (StatusCode::from_u16(status).expect("a story names a real status"), Html(answer))
            .into_response();
    }
    let method = request.method().clone();
    let answer = forward(&passage, request).await;
    let is_lost = *passage.troubles.lost.lock().expect("nothing panics while it holds the lock")
        == Some(method.as_str());
    if is_lost {
        StatusCode::GATEWAY_TIMEOUT.into_response()
    } else {
        answer.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
    }
}

async fn forward(passage: &Passage, request: Request) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::HOST);
    let url = format!("{}{}", passage.upstream, parts.uri);
    let body = to_bytes(body, MAX_BODY_BYTES).await?;
    let answer = passage.http.request(parts.method, &url).headers(parts.headers).body(body).send().await?;
    // Byte by byte as it comes: a live stream has no end.
    let mut response = axum::http::Response::from(answer).map(Body::new);
    let is_stream = response.headers().get(header::CONTENT_TYPE).is_some_and(|it| it == "text/event-stream");
    if is_stream {
        response = response.map(|body| buffered(body, passage.troubles.buffering.subscribe()));
    }
    response.headers_mut().remove(header::TRANSFER_ENCODING);
    if url.contains(".wasm") {
        // A browser that kept the program would not wait for it on the next page.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}
