//! A news site with the widget in its pages, on an origin of its own.
//!
//! It can also stand between reader and server and answer in the server's place, as a broken network would.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// More than any request of a story has.
const MAX_BODY_BYTES: usize = 1 << 20;

/// What is answered in the server's place.
#[derive(Clone)]
pub struct Trouble {
    /// Requests whose address contains this are in trouble.
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
    trouble: Arc<Mutex<Option<Trouble>>>,
}

impl Site {
    /// Serves one page with `body` in it; everything else goes to the server at `upstream`.
    pub async fn with_body(body: &str, upstream: String) -> Result<Self> {
        let page = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>A page</title><h1>News</h1>{body}<p id=end>End of the page"
        );
        let trouble = Arc::default();
        let passage = Passage { upstream, trouble: Arc::clone(&trouble), http: reqwest::Client::new() };
        let router = Router::new().route("/", get(async || Html(page))).fallback(pass_on).with_state(passage);
        Self::start(router, trouble).await
    }

    /// Serves what `router` says.
    pub async fn with_router(router: Router) -> Result<Self> {
        Self::start(router, Arc::default()).await
    }

    async fn start(router: Router, trouble: Arc<Mutex<Option<Trouble>>>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async {
            axum::serve(listener, router).await.expect("a listener that was bound can be served");
        });
        Ok(Self { address, url: format!("http://{address}/"), task, trouble })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on answers as `trouble` says, or as the server does.
    pub fn set_trouble(&self, trouble: Option<Trouble>) {
        *self.trouble.lock().expect("nothing panics while it holds the lock") = trouble;
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Passage {
    upstream: String,
    trouble: Arc<Mutex<Option<Trouble>>>,
    http: reqwest::Client,
}

async fn pass_on(State(passage): State<Passage>, request: Request) -> Response {
    let trouble = passage.trouble.lock().expect("nothing panics while it holds the lock").clone();
    let in_trouble = trouble.filter(|trouble| {
        trouble.method == request.method().as_str() && request.uri().to_string().contains(trouble.address)
    });
    if let Some(Trouble { status, answer, .. }) = in_trouble {
        return (StatusCode::from_u16(status).expect("a story names a real status"), Html(answer))
            .into_response();
    }
    forward(&passage, request).await.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}

async fn forward(passage: &Passage, request: Request) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::HOST);
    let url = format!("{}{}", passage.upstream, parts.uri);
    let body = to_bytes(body, MAX_BODY_BYTES).await?;
    let answer = passage.http.request(parts.method, url).headers(parts.headers).body(body).send().await?;
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|(name, _)| *name != header::TRANSFER_ENCODING) {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(answer.bytes().await?))?)
}
