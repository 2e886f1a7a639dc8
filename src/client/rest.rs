//! The JSON endpoint: what it is asked, and what its answers say.

use dumka_api::{Body, Listing, NewPreview, NewReport, NewVote, Votes};
use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::call::{Call, Sent};
use crate::config::Config;
use crate::json::{self, FromJs};
use crate::state::Failure;
use crate::state::action::{Accepted, Order, Source};
use crate::turn;

/// Milliseconds after which the reading of an answer lets the browser do what else waits.
const PART_MS: f64 = 8.0;

/// Talks to one endpoint about one thread.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a>(pub &'a Config);

impl Client<'_> {
    /// Asks for `limit` top-level comments after the cursor; without one, for those where the list begins.
    pub fn list(self, limit: u32, cursor: Option<&str>) -> Call {
        Call { method: "GET", url: self.list_url(limit, cursor), ..Call::default() }
    }

    /// Sends what a form makes, for the reader with this token. The same attempt again makes no second comment.
    pub fn order(self, order: &Order, reader: &str) -> Call {
        match order {
            Order::Add(attempt) => {
                let (key, body) = (Some(attempt.key.clone()), Some(json::write(&attempt.request)));
                Call { method: "POST", url: self.0.endpoint.clone(), key, body, ..Call::default() }
            }
            Order::Edit(id, token, edit) => self.bearing("PATCH", &[id], token, Some(json::write(edit))),
            Order::Delete(id, token) => self.bearing("DELETE", &[id], token, None),
            Order::Report(id, reason, note) => {
                let report = NewReport { reason: *reason, note: note.clone() };
                self.bearing("POST", &[id, "report"], reader, Some(json::write(&report)))
            }
        }
    }

    /// Votes as the reader with this token.
    pub fn vote(self, id: &str, value: i8, reader: &str) -> Call {
        let body = json::write(&NewVote { value: value.into() });
        self.bearing("PUT", &[id, "vote"], reader, Some(body))
    }

    /// Asks for a comment of the reader's own, as it was written.
    pub fn source(self, id: &str, token: &str) -> Call {
        self.bearing("GET", &[id], token, None)
    }

    /// Asks what a text would look like.
    pub fn preview(self, text: String) -> Call {
        let body = Some(json::write(&NewPreview { text }));
        Call { method: "POST", url: self.url_of(&["preview"]), body, ..Call::default() }
    }

    fn bearing(self, method: &'static str, path: &[&str], token: &str, body: Option<String>) -> Call {
        let authorization = Some(["Bearer ", token].concat());
        Call { method, url: self.url_of(path), authorization, body, ..Call::default() }
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

/// What was answered, or why nothing was.
pub type Answer = Result<JsValue, Failure>;

/// How readers judge a comment now.
pub fn votes(answer: Answer) -> Result<Votes, Failure> {
    part(&answer?, "votes")
}

/// What a text would look like.
pub fn previewed(answer: Answer) -> Result<Body, Failure> {
    part(&answer?, "body")
}

/// A comment of the reader's own, as it was written.
pub fn source(answer: Answer) -> Result<Source, Failure> {
    let answer = &answer?;
    Ok(Source { comment: part(answer, "comment")?, text: part(answer, "text")? })
}

/// The comment that a form made, new or edited. The end of the edit window is told by the server's clock; the
/// reader's own may show another time.
pub fn accepted(answer: Answer) -> Result<Accepted, Failure> {
    let answer = &answer?;
    let left_ms = ms(answer, "edit_until").zip(ms(answer, "server_time")).map(|(until, now)| until - now);
    let now_ms = turn::clock_ms();
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of an edit window")]
    let until_ms = left_ms.map(|left_ms| now_ms + left_ms as i64);
    let token = json::get(answer, "edit_token").as_string();
    Ok(Accepted { comment: part(answer, "comment")?, token, until_ms, now_ms })
}

fn part<T: FromJs>(answer: &JsValue, name: &str) -> Result<T, Failure> {
    json::read(&json::get(answer, name)).ok_or(Failure::Malformed)
}

/// The moment under a name, in milliseconds since the Unix epoch.
fn ms(answer: &JsValue, name: &str) -> Option<f64> {
    json::get(answer, name).as_string().map(|moment| Date::parse(&moment)).filter(|ms| !ms.is_nan())
}

/// Reads the answer to a request for a list.
pub async fn listing(sent: Sent) -> Result<Listing, Failure> {
    let listing = sent.answer().await?;
    turn::task().await;
    read_listing(listing).await.ok_or(Failure::Malformed)
}

/// Reads a listing a part at a time: a page that holds hundreds of comments stays responsive meanwhile.
async fn read_listing(listing: JsValue) -> Option<Listing> {
    let comments = json::get(&listing, "comments").dyn_into::<Array>().ok()?;
    Reflect::set(&listing, &"comments".into(), &Array::new()).ok()?;
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
