//! The comments endpoint of the balancer or of one server.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::tally::{Draft, THREADS};

/// The site of all threads.
const SITE: &str = "127.0.0.1";
/// The time after which the widget, too, takes a post for failed.
const POST_TIMEOUT: Duration = Duration::from_secs(12);
/// The time after which a read has failed.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// The time in which a connection is made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// The URL at which comments are posted and listed.
#[derive(Clone)]
pub(crate) struct Endpoint {
    http: reqwest::Client,
    url: String,
}

/// The failure of one attempt to post.
pub(crate) enum Failure {
    /// It may be tried again.
    Passing,
    /// It must not be.
    Final(String),
}

impl Endpoint {
    /// The endpoint at an address.
    pub(crate) fn at(address: SocketAddr) -> Result<Self> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).build()?;
        Ok(Self { http, url: format!("http://{address}/api/v1/comments") })
    }

    /// Posts a comment, and returns its id once it is acknowledged.
    pub(crate) async fn post(&self, draft: &Draft) -> Result<String, Failure> {
        let comment = json!({
            "site": SITE, "page": THREADS[draft.thread], "parent": draft.parent,
            "author": { "name": "Poster" }, "text": text(draft.number),
        });
        let key = format!("cluster-comment-{}", draft.number);
        let request = self.http.post(&self.url).header("Idempotency-Key", key).json(&comment);
        let answer = request.timeout(POST_TIMEOUT).send().await.map_err(|_| Failure::Passing)?;
        let status = answer.status();
        let body = answer.text().await.map_err(|_| Failure::Passing)?;
        if status.is_server_error() || [408, 429].contains(&status.as_u16()) {
            return Err(Failure::Passing);
        }
        let answer: Value = serde_json::from_str(&body).unwrap_or_default();
        match answer["comment"]["id"].as_str() {
            Some(id) if status == StatusCode::CREATED => Ok(id.to_owned()),
            _ => Err(Failure::Final(format!("a post is answered with {status}: {body}"))),
        }
    }

    /// Reads the beginning of a thread; `false` where that is refused.
    pub(crate) async fn reads(&self, thread: usize) -> bool {
        self.page(thread, "20", None).await.is_ok()
    }

    /// Returns the status of one comment's answer; none where there is no answer.
    pub(crate) async fn status_of(&self, id: &str) -> Option<StatusCode> {
        let asked = self.http.get(format!("{}/{id}", self.url)).timeout(READ_TIMEOUT).send().await;
        Some(asked.ok()?.status())
    }

    /// Reads a part of a thread.
    pub(crate) async fn page(&self, thread: usize, limit: &str, cursor: Option<&str>) -> Result<Value> {
        let query = [("site", SITE), ("page", THREADS[thread]), ("limit", limit)];
        let mut request = self.http.get(&self.url).query(&query).timeout(READ_TIMEOUT);
        if let Some(cursor) = cursor {
            request = request.query(&[("cursor", cursor)]);
        }
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// Opens a stream of all threads, after what was seen before.
    pub(crate) async fn follow(&self, last_id: Option<&str>) -> Result<Response> {
        let pages = THREADS.map(|page| ("page", page));
        let mut request = self.follow_request().query(&pages);
        if let Some(id) = last_id {
            request = request.header("Last-Event-ID", id);
        }
        Ok(request.send().await?.error_for_status()?)
    }

    fn follow_request(&self) -> RequestBuilder {
        self.http.get(format!("{}/live", self.url)).query(&[("site", SITE)])
    }
}

/// The text of a comment.
fn text(number: usize) -> String {
    format!("Number {number}.")
}

/// Returns the number in the body of a comment.
pub(crate) fn number_in(comment: &Value) -> Option<usize> {
    let body = comment["body"].to_string();
    let (_, rest) = body.split_once("Number ")?;
    rest.split_once('.')?.0.parse().ok()
}
