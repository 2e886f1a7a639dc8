//! The responses of the JSON endpoint: how they are read, and what they bring.

use dumka_api::{Body, Listing, Previewed, SingleComment, Submitted, Timestamp, Voted, Votes};
use js_sys::{Date, Promise};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::error;
use super::timeout::Timeout;
use crate::json;
use crate::scheduler;
use crate::state::Failure;
use crate::state::action::{Accepted, Source};

/// Milliseconds after which the reading of a list lets the browser do what else waits.
const PART_MS: f64 = 8.0;

/// A request that is under way.
#[derive(Debug)]
pub struct PendingResponse {
    response: Promise,
    timeout: Timeout,
}

/// A response that was parsed, undefined where it is no JSON; or the failure.
pub type Response = Result<JsValue, Failure>;

impl PendingResponse {
    pub(super) fn new(response: Promise, timeout: Timeout) -> Self {
        Self { response, timeout }
    }

    /// Takes over the request that the loader has already under way; it cannot be aborted, but given up.
    pub fn adopt(response: Promise) -> Self {
        Self::new(response, Timeout::start())
    }

    /// Reads the response to its end, within the time limit.
    pub async fn read(self) -> Response {
        let Self { response, timeout } = self;
        let response = timeout.within(&response).await.map_err(|_| error::broken(&timeout))?;
        let response = web_sys::Response::from(response);
        let text = response.text().unwrap_or_else(|why| Promise::reject(&why));
        let text = timeout.within(&text).await.map_err(|_| error::broken(&timeout))?;
        let value = text.as_string().and_then(|text| json::parse(&text)).unwrap_or_default();
        if response.ok() { Ok(value) } else { Err(error::refused(response.status(), &value)) }
    }
}

/// Decodes the votes on a comment.
pub fn votes(response: Response) -> Result<Votes, Failure> {
    decode::<Voted>(response).map(|voted| voted.votes)
}

/// Decodes a previewed text.
pub fn previewed(response: Response) -> Result<Body, Failure> {
    decode::<Previewed>(response).map(|previewed| previewed.body)
}

/// Decodes a comment of the reader's own, with its text as it was written.
pub fn source(response: Response) -> Result<Source, Failure> {
    let SingleComment { comment, text, .. } = decode(response)?;
    Ok(Source { comment, text: text.ok_or(Failure::Malformed)? })
}

/// Decodes the comment that a form made, new or edited. The end of the edit window is told by the server's clock; the
/// reader's own may show another time.
pub fn accepted(response: Response) -> Result<Accepted, Failure> {
    let Submitted { comment, edit_token: token, edit_until, server_time } = decode(response)?;
    let left_ms = ms(edit_until).zip(ms(server_time)).map(|(until, now)| until - now);
    let now_ms = scheduler::clock_ms();
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of an edit window")]
    let until_ms = left_ms.map(|left_ms| now_ms + left_ms as i64);
    Ok(Accepted { comment, token, until_ms, now_ms })
}

fn decode<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    json::decode(&response?).ok_or(Failure::Malformed)
}

/// A moment in milliseconds since the Unix epoch.
fn ms(moment: Option<Timestamp>) -> Option<f64> {
    moment.map(|moment| Date::parse(&moment.0)).filter(|ms| !ms.is_nan())
}

/// A decoded list, or the failure.
pub type ListResponse = Result<Listing, Failure>;

/// Decodes the response to a request for a list.
pub async fn listing(pending: PendingResponse) -> ListResponse {
    let listing = pending.read().await?;
    scheduler::yield_task().await;
    decode_listing(listing).await.ok_or(Failure::Malformed)
}

/// Decodes a listing a part at a time: a page that holds hundreds of comments stays responsive meanwhile.
async fn decode_listing(listing: JsValue) -> Option<Listing> {
    let comments = json::take_list(&listing, Listing::COMMENTS)?;
    let mut listing: Listing = json::decode(&listing)?;
    let mut started = scheduler::now_ms();
    for comment in comments.iter() {
        if scheduler::now_ms() - started > PART_MS {
            scheduler::yield_task().await;
            started = scheduler::now_ms();
        }
        listing.comments.push(json::decode(&comment)?);
    }
    Some(listing)
}
