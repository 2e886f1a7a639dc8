//! The JSON endpoint.

use dumka_api::{Body, Comment, Listing, NewPreview, NewReport, NewVote, Votes};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Array, Date, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::deadline::Deadline;
use super::error;
use crate::config::Config;
use crate::json;
use crate::state::Failure;
use crate::state::action::{Accepted, Order, Source};
use crate::turn;

/// Milliseconds after which the reading of an answer lets the browser do what else waits.
const PART_MS: f64 = 8.0;

/// Talks to one endpoint about one thread.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a>(pub &'a Config);

/// One request.
struct Call {
    method: Method,
    url: String,
    /// A header and its value, where it has one besides those of its body.
    header: Option<(&'static str, String)>,
    body: Option<String>,
}

impl Client<'_> {
    /// Asks for `limit` top-level comments after the cursor; without one, for those where the list begins.
    pub async fn list(self, limit: u32, cursor: Option<&str>) -> Result<Listing, Failure> {
        let url = self.list_url(limit, cursor);
        let text = ask(Call { method: Method::GET, url, header: None, body: None }).await?;
        read_listing(text).await.ok_or(Failure::Malformed)
    }

    /// Takes over the request that the loader has already under way; it cannot be aborted, but given up.
    pub async fn adopt(self, response: Promise) -> Result<Listing, Failure> {
        let deadline = Deadline::start();
        let answer = deadline.within(response).await.map(web_sys::Response::from);
        read_listing(read(answer, &deadline).await?).await.ok_or(Failure::Malformed)
    }

    /// Sends what a form makes, for the reader with this token. The same attempt again makes no second comment.
    pub async fn send(self, order: &Order, reader: &str) -> Result<Option<Accepted>, Failure> {
        let text = ask(self.call(order, reader)).await?;
        match order {
            Order::Add(_) | Order::Edit(..) => {
                Answer::of(&text).and_then(|it| it.accepted()).map(Some).ok_or(Failure::Malformed)
            }
            Order::Delete(..) | Order::Report(..) => Ok(None),
        }
    }

    fn call(self, order: &Order, reader: &str) -> Call {
        match order {
            Order::Add(attempt) => {
                let (url, body) = (self.0.endpoint.clone(), Some(json::write(&attempt.request)));
                Call {
                    method: Method::POST,
                    url,
                    header: Some(("Idempotency-Key", attempt.key.clone())),
                    body,
                }
            }
            Order::Edit(id, token, edit) => {
                self.bearing(Method::PATCH, &[id], token, Some(json::write(edit)))
            }
            Order::Delete(id, token) => self.bearing(Method::DELETE, &[id], token, None),
            Order::Report(id, reason, note) => {
                let report = NewReport { reason: *reason, note: note.clone() };
                self.bearing(Method::POST, &[id, "report"], reader, Some(json::write(&report)))
            }
        }
    }

    /// Votes as the reader with this token.
    pub async fn vote(self, id: &str, value: i8, reader: &str) -> Result<Votes, Failure> {
        let body = json::write(&NewVote { value: value.into() });
        let text = ask(self.bearing(Method::PUT, &[id, "vote"], reader, Some(body))).await?;
        Answer::of(&text).and_then(|it| json::read(&it.get("votes"))).ok_or(Failure::Malformed)
    }

    /// Asks for a comment of the reader's own, as it was written.
    pub async fn source(self, id: &str, token: &str) -> Result<Source, Failure> {
        let text = ask(self.bearing(Method::GET, &[id], token, None)).await?;
        let source = |it: Answer| {
            Some(Source { comment: json::read(&it.get("comment"))?, text: it.get("text").as_string()? })
        };
        Answer::of(&text).and_then(source).ok_or(Failure::Malformed)
    }

    /// Asks what a text would look like.
    pub async fn preview(self, text: String) -> Result<Body, Failure> {
        let (method, url) = (Method::POST, self.url_of(&["preview"]));
        let text =
            ask(Call { method, url, header: None, body: Some(json::write(&NewPreview { text })) }).await?;
        Answer::of(&text).and_then(|it| json::read(&it.get("body"))).ok_or(Failure::Malformed)
    }

    fn bearing(self, method: Method, path: &[&str], token: &str, body: Option<String>) -> Call {
        let header = Some(("Authorization", ["Bearer ", token].concat()));
        Call { method, url: self.url_of(path), header, body }
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
        let limit = limit.to_string();
        let pairs = [("site", site.as_str()), ("&page", page), ("&sort", sort.as_str()), ("&limit", &limit)];
        let cursor = cursor.map(|cursor| ("&cursor", cursor));
        let start = cursor.or(comment.as_deref().map(|comment| ("&comment", comment)));
        for (name, value) in pairs.into_iter().chain(start) {
            url.push_str(name);
            url.push('=');
            url.push_str(&encoded(value));
        }
        url
    }
}

/// An object that was answered, of which each field is read by itself: a reader for the whole would weigh more.
struct Answer(JsValue);

impl Answer {
    fn of(text: &str) -> Option<Self> {
        json::open(text).map(Self)
    }

    fn get(&self, name: &str) -> JsValue {
        json::get(&self.0, name)
    }

    /// The moment under a name, in milliseconds since the Unix epoch.
    fn ms(&self, name: &str) -> Option<f64> {
        self.get(name).as_string().map(|moment| Date::parse(&moment)).filter(|ms| !ms.is_nan())
    }

    /// The end of the edit window is told by the server's clock; the reader's own may show another time.
    fn accepted(&self) -> Option<Accepted> {
        let comment: Comment = json::read(&self.get("comment"))?;
        let left_ms = self.ms("edit_until").zip(self.ms("server_time")).map(|(until, now)| until - now);
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of an edit window")]
        let until_ms = left_ms.map(|left_ms| turn::clock_ms() + left_ms as i64);
        Some(Accepted { comment, token: self.get("edit_token").as_string(), until_ms })
    }
}

fn encoded(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}

async fn ask(call: Call) -> Result<String, Failure> {
    let deadline = Deadline::start();
    let signal = deadline.signal();
    let mut request = RequestBuilder::new(&call.url).method(call.method).abort_signal(signal.as_ref());
    if let Some((name, value)) = &call.header {
        request = request.header(name, value);
    }
    read(send(request, call.body).await, &deadline).await
}

async fn send(request: RequestBuilder, body: Option<String>) -> Result<Response, gloo_net::Error> {
    match body {
        Some(body) => request.header("Content-Type", "application/json").body(body)?.send().await,
        None => request.send().await,
    }
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
    let comments = json::get(&listing, "comments").dyn_into::<Array>().ok()?;
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
