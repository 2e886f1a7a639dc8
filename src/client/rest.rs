//! The JSON endpoint.

use dumka_api::{Listing, Submitted};
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::deadline::Deadline;
use super::error;
use crate::config::Config;
use crate::json;
use crate::state::Failure;
use crate::state::composer::Attempt;
use crate::turn;

/// Milliseconds after which the reading of an answer lets the browser do what else waits.
const PART_MS: f64 = 8.0;

/// Talks to one endpoint about one thread.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a>(pub &'a Config);

impl Client<'_> {
    /// Asks for `limit` top-level comments after the cursor; without one, for those where the list begins.
    pub async fn list(self, limit: u32, cursor: Option<&str>) -> Result<Listing, Failure> {
        let deadline = Deadline::start();
        let url = self.list_url(limit, cursor);
        let request = Request::get(&url).abort_signal(deadline.signal().as_ref());
        let answer = request.send().await;
        read_listing(read(answer, &deadline).await?).await.ok_or(Failure::Malformed)
    }

    /// Takes over the request that the loader has already under way; it cannot be aborted, but given up.
    pub async fn adopt(self, response: Promise) -> Result<Listing, Failure> {
        let deadline = Deadline::start();
        let answer = deadline.within(response).await.map(web_sys::Response::from);
        read_listing(read(answer, &deadline).await?).await.ok_or(Failure::Malformed)
    }

    /// Sends a comment. The same attempt again makes no second comment.
    pub async fn submit(self, attempt: &Attempt) -> Result<Submitted, Failure> {
        let deadline = Deadline::start();
        let body = json::write(&attempt.request);
        let request = Request::post(&self.0.endpoint)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", &attempt.key)
            .abort_signal(deadline.signal().as_ref());
        json::parse(&read(send(request, body).await, &deadline).await?).ok_or(Failure::Malformed)
    }

    fn list_url(self, limit: u32, cursor: Option<&str>) -> String {
        let Config { endpoint, site, page, sort, comment, .. } = self.0;
        let mut url = endpoint.clone();
        url.push(if endpoint.contains('?') { '&' } else { '?' });
        let limit = limit.to_string();
        let pairs = [("site", site.as_str()), ("&page", page), ("&sort", sort.as_str()), ("&limit", &limit)];
        let cursor = cursor.map(|cursor| ("&cursor", cursor));
        let start = cursor.or(comment.as_deref().map(|comment| ("&comment", comment)));
        for (name, value) in pairs.into_iter().chain(start) {
            url.push_str(name);
            url.push('=');
            url.push_str(&String::from(js_sys::encode_uri_component(value)));
        }
        url
    }
}

async fn send(request: RequestBuilder, body: String) -> Result<Response, gloo_net::Error> {
    request.body(body)?.send().await
}

/// Reads an answer to its end, within the deadline of its request.
async fn read<E>(
    answer: Result<impl Into<web_sys::Response>, E>,
    deadline: &Deadline,
) -> Result<String, Failure> {
    let response: web_sys::Response = answer.map_err(|_| error::broken(deadline))?.into();
    let text = async { deadline.within(response.text()?).await }.await;
    let text = text.map_err(|_| error::broken(deadline))?.as_string().unwrap_or_default();
    if !response.ok() {
        return Err(error::refused(response.status(), &text));
    }
    Ok(text)
}

/// Reads a listing a part at a time: a page that holds hundreds of comments stays responsive meanwhile.
async fn read_listing(text: String) -> Option<Listing> {
    let (listing, name) = (json::open(&text)?, JsValue::from("comments"));
    let comments = Reflect::get(&listing, &name).ok()?.dyn_into::<Array>().ok()?;
    Reflect::set(&listing, &name, &Array::new()).ok()?;
    let mut listing: Listing = json::read(&listing)?;
    let mut started = turn::now_ms();
    for comment in comments.iter() {
        if turn::now_ms() - started > PART_MS {
            turn::task().await;
            started = turn::now_ms();
        }
        listing.comments.push(json::read(&comment)?);
    }
    Some(listing)
}
