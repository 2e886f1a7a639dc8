//! A request and its response.

use gloo_net::http::{Method, RequestBuilder};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error;
use super::timeout::Timeout;
use crate::json;
use crate::state::Failure;

#[wasm_bindgen]
extern "C" {
    /// Sends what gloo-net has built. Its own `send` would leave only when it is polled, after what the reader's press
    /// changes is drawn, and would abort the program where `fetch`, which some pages replace, rejects with anything
    /// but an
    /// `Error`.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// A request. What it does not have is left out.
#[derive(Debug, Default)]
pub struct Request {
    pub(super) method: Method,
    pub(super) url: String,
    /// The header `Authorization`.
    pub(super) authorization: Option<String>,
    /// The header `Idempotency-Key`.
    pub(super) key: Option<String>,
    /// JSON.
    pub(super) body: Option<String>,
}

impl Request {
    /// Sends it at once. One that cannot be sent has the response of an endpoint that cannot be reached.
    pub fn send(self) -> PendingResponse {
        let timeout = Timeout::start();
        let sent = self.build(&timeout).ok_or(JsValue::UNDEFINED).and_then(|request| fetch(&request));
        let response = sent.unwrap_or_else(|why| Promise::reject(&why));
        PendingResponse { response, timeout }
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

/// Sets a header that has a value; nothing where no header may have that one, at which gloo-net panics. Foreign
/// endpoints
/// give tokens of any kind.
fn with_header(request: RequestBuilder, name: &str, value: Option<&str>) -> Option<RequestBuilder> {
    let Some(value) = value else { return Some(request) };
    let is_header_value = value.chars().all(|c| c <= '\u{ff}' && !c.is_control());
    is_header_value.then(|| request.header(name, value))
}

/// A request that is under way.
#[derive(Debug)]
pub struct PendingResponse {
    response: Promise,
    timeout: Timeout,
}

/// A response that was parsed, undefined where it is no JSON; or the failure.
pub type Response = Result<JsValue, Failure>;

impl PendingResponse {
    /// Takes over the request that the loader has already under way; it cannot be aborted, but given up.
    pub fn adopt(response: Promise) -> Self {
        Self { response, timeout: Timeout::start() }
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
