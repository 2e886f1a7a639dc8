//! The calls of the JSON endpoint, and the types of their responses.

use dumka_api::{
    Body, CommentId, EditToken, Listing, NewPreview, NewReport, NewVote, Previewed, ReaderToken,
    SingleComment, Submitted, Timestamp, Voted, Votes,
};
use gloo_net::http::Method;
use js_sys::Date;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::request::{PendingResponse, Request, Response};
use crate::config::Config;
use crate::json;
use crate::scheduler;
use crate::state::Failure;
use crate::state::action::{Accepted, Source};
use crate::state::effect::FormRequest;

/// Milliseconds after which the reading of a list lets the browser do what else waits.
const PART_MS: f64 = 8.0;

/// Talks to one endpoint about one thread.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a>(pub &'a Config);

impl Client<'_> {
    /// Asks for `limit` top-level comments after the cursor; without one, for those where the list begins.
    pub fn list(self, limit: u32, cursor: Option<&str>) -> Request {
        Request { method: Method::GET, url: self.list_url(limit, cursor), ..Request::default() }
    }

    /// Sends what a form makes, for the reader with this token. The same attempt again makes no second comment.
    pub fn form_request(self, form_request: &FormRequest, reader: fn() -> ReaderToken) -> Request {
        match form_request {
            FormRequest::Add(attempt) => {
                let (key, body) = (Some(attempt.key.clone()), Some(json::to_string(&attempt.request)));
                Request {
                    method: Method::POST,
                    url: self.0.endpoint.clone(),
                    key,
                    body,
                    ..Request::default()
                }
            }
            FormRequest::Edit(id, token, edit) => {
                self.authorized(Method::PATCH, &[id], token, Some(json::to_string(edit)))
            }
            FormRequest::Delete(id, token) => self.authorized(Method::DELETE, &[id], token, None),
            FormRequest::Report(id, reason, note) => {
                let report = NewReport { reason: *reason, note: note.clone() };
                self.authorized(Method::POST, &[id, "report"], &reader(), Some(json::to_string(&report)))
            }
        }
    }

    /// Votes as the reader with this token.
    pub fn vote(self, id: &CommentId, value: i8, reader: &ReaderToken) -> Request {
        let body = json::to_string(&NewVote { value: value.into() });
        self.authorized(Method::PUT, &[id, "vote"], reader, Some(body))
    }

    /// Asks for a comment of the reader's own, as it was written.
    pub fn source(self, id: &CommentId, token: &EditToken) -> Request {
        self.authorized(Method::GET, &[id], token, None)
    }

    /// Asks what a text would look like.
    pub fn preview(self, text: String) -> Request {
        let body = Some(json::to_string(&NewPreview { text }));
        Request { method: Method::POST, url: self.url_of(&["preview"]), body, ..Request::default() }
    }

    fn authorized(self, method: Method, path: &[&str], token: &str, body: Option<String>) -> Request {
        let authorization = Some(["Bearer ", token].concat());
        Request { method, url: self.url_of(path), authorization, body, ..Request::default() }
    }

    /// An address under the collection's, whose query, where it has one, stays behind.
    fn url_of(self, path: &[&str]) -> String {
        let (url, query) = self.0.endpoint.split_once('?').unwrap_or((&self.0.endpoint, ""));
        let mut url = url.to_owned();
        for part in path {
            url.push('/');
            url.push_str(&encoded(part));
        }
        if !query.is_empty() {
            url.push('?');
            url.push_str(query);
        }
        url
    }

    fn list_url(self, limit: u32, cursor: Option<&str>) -> String {
        let Config { endpoint, site, page, sort, comment, .. } = self.0;
        let mut url = endpoint.clone();
        url.push(if endpoint.contains('?') { '&' } else { '?' });
        let start = match (cursor, comment) {
            (Some(cursor), _) => ("&cursor=", cursor),
            (None, Some(comment)) => ("&comment=", comment.as_str()),
            (None, None) => ("", ""),
        };
        let limit = limit.to_string();
        for (name, value) in [
            ("site=", site.as_str()),
            ("&page=", page),
            ("&sort=", sort.as_str()),
            ("&limit=", &limit),
            start,
        ] {
            url.push_str(name);
            url.push_str(&encoded(value));
        }
        url
    }
}

fn encoded(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
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

/// Decodes the response to a request for a list.
pub async fn listing(pending: PendingResponse) -> Result<Listing, Failure> {
    let listing = pending.read().await?;
    scheduler::yield_task().await;
    decode_listing(listing).await.ok_or(Failure::Malformed)
}

/// Decodes a listing a part at a time: a page that holds hundreds of comments stays responsive meanwhile.
async fn decode_listing(listing: JsValue) -> Option<Listing> {
    let comments = json::take_list(&listing, "comments")?;
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
