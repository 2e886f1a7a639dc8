//! The only place that speaks to the server.

mod stream;

use gloo_net::http::{Method, RequestBuilder};
use web_sys::AbortSignal;

use crate::browser;
use crate::state::{Answer, Call, Failure, WireRequest};

pub use stream::Stream;

/// Milliseconds after which a request is given up.
const TIMEOUT_MS: u32 = 12_000;

/// Sends a call and reads its answer. `root` stands before every path of the server.
pub async fn send(root: &str, call: &Call) -> Result<Answer, Failure> {
    let (status, text) = exchange(root, call.request()).await?;
    call.read(status, &text)
}

#[expect(clippy::disallowed_methods, reason = "whoever calls this polls it at once")]
async fn exchange(root: &str, request: WireRequest) -> Result<(u16, String), Failure> {
    let WireRequest { method, path, body } = request;
    let timeout = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let method = method.parse::<Method>().unwrap_or(Method::GET);
    let builder = RequestBuilder::new(&[root, &path].concat())
        .method(method)
        .abort_signal(Some(&timeout))
        .header("Accept", "application/json");
    let built = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let built = built.map_err(|_| Failure::Malformed)?;
    let response = built.send().await.map_err(|_| broken(&timeout))?;
    let text = response.text().await.map_err(|_| broken(&timeout))?;
    Ok((response.status(), text))
}

/// The failure behind a request that brought no whole answer.
fn broken(timeout: &AbortSignal) -> Failure {
    if timeout.aborted() {
        Failure::Timeout
    } else if browser::window().navigator().on_line() {
        Failure::Unreachable
    } else {
        Failure::Offline
    }
}
