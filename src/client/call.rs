//! One request, and the answer to it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Response;

use super::deadline::Deadline;
use super::error;
use crate::json::{self, ToJs};
use crate::state::Failure;

#[wasm_bindgen]
extern "C" {
    fn fetch(url: &str, settings: &JsValue) -> Promise;
}

/// A request. What it does not have is left out.
#[derive(Debug, Default)]
pub struct Call {
    pub(super) method: &'static str,
    pub(super) url: String,
    /// Whose request it is: the header `Authorization`.
    pub(super) authorization: Option<String>,
    /// Which attempt it is: the header `Idempotency-Key`.
    pub(super) key: Option<String>,
    /// JSON.
    pub(super) body: Option<String>,
}

impl Call {
    /// Sends it at once.
    pub fn send(self) -> Sent {
        let deadline = Deadline::start();
        let kind = self.body.as_ref().map_or(JsValue::UNDEFINED, |_| "application/json".into());
        let headers = json::object(&[
            ("Authorization", self.authorization.to_js()),
            ("Idempotency-Key", self.key.to_js()),
            ("Content-Type", kind),
        ]);
        let settings = json::object(&[
            ("method", self.method.into()),
            ("headers", headers),
            ("body", self.body.to_js()),
            ("signal", deadline.signal()),
        ]);
        Sent { response: fetch(&self.url, &settings), deadline }
    }
}

/// A request that is under way.
#[derive(Debug)]
pub struct Sent {
    response: Promise,
    deadline: Deadline,
}

impl Sent {
    /// Takes over the request that the loader has already under way; it cannot be aborted, but given up.
    pub fn adopt(response: Promise) -> Self {
        Self { response, deadline: Deadline::start() }
    }

    /// Reads the answer to its end, within the deadline. What is no JSON is undefined.
    pub async fn answer(self) -> Result<JsValue, Failure> {
        let Self { response, deadline } = self;
        let response = deadline.within(&response).await.map_err(|_| error::broken(&deadline))?;
        let response = Response::from(response);
        let text = response.text().unwrap_or_else(|why| Promise::reject(&why));
        let text = deadline.within(&text).await.map_err(|_| error::broken(&deadline))?;
        let answer = text.as_string().and_then(|text| json::open(&text)).unwrap_or_default();
        if response.ok() { Ok(answer) } else { Err(error::refused(response.status(), &answer)) }
    }
}
