//! The requests to the JSON endpoint: what is asked for, and how it is sent.

use dumka_api::{CommentId, EditToken, NewPreview, NewReport, NewVote, ReaderToken};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::response::PendingResponse;
use super::timeout::Timeout;
use crate::config::Config;
use crate::json;
use crate::state::effect::FormRequest;

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

/// A request. What it does not have is left out.
#[derive(Debug, Default)]
pub struct Request {
    method: Method,
    url: String,
    /// The header `Authorization`.
    authorization: Option<String>,
    /// The header `Idempotency-Key`.
    key: Option<String>,
    /// JSON.
    body: Option<String>,
}

impl Request {
    /// Sends it at once. One that cannot be sent has the response of an endpoint that cannot be reached.
    pub fn send(self) -> PendingResponse {
        let timeout = Timeout::start();
        let sent = self.build(&timeout).ok_or(JsValue::UNDEFINED).and_then(|request| fetch(&request));
        let response = sent.unwrap_or_else(|why| Promise::reject(&why));
        PendingResponse::new(response, timeout)
    }

    fn build(self, timeout: &Timeout) -> Option<web_sys::Request> {
        let request = RequestBuilder::new(&self.url).method(self.method).abort_signal(timeout.signal());
        let request = with_header(request, "Authorization", self.authorization.as_deref())?;
        let request = with_header(request, "Idempotency-Key", self.key.as_deref())?;
        let request = match self.body {
            Some(body) => request.header("Content-Type", "application/json").body(body),
            None => request.build(),
        };
        request.ok().map(Into::into)
    }
}

/// Sets a header that has a value; nothing where no header may have that one, at which gloo-net panics. Foreign endpoints
/// give tokens of any kind.
fn with_header(request: RequestBuilder, name: &str, value: Option<&str>) -> Option<RequestBuilder> {
    let Some(value) = value else { return Some(request) };
    let is_header_value = value.chars().all(|c| c <= '\u{ff}' && !c.is_control());
    is_header_value.then(|| request.header(name, value))
}

#[wasm_bindgen]
extern "C" {
    /// Sends what gloo-net has built. Its own `send` and `text` abort the program where something rejects with anything but
    /// an `Error`, as the `fetch` of some pages does, and where that brings anything but a response; and `send` leaves
    /// only when it is polled, after what the reader's press changes is drawn.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}
