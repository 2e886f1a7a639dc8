//! Maps errors of the network to failures.

use dumka_api::Problem;
use wasm_bindgen::JsValue;

use super::timeout::Timeout;
use crate::json;
use crate::state::Failure;

/// The status that a page could not read.
const FORBIDDEN: u16 = 403;

/// The failure behind a request that brought no whole response.
pub(super) fn broken(timeout: &Timeout) -> Failure {
    if timeout.has_passed() {
        Failure::Timeout
    } else if is_offline() {
        Failure::Offline
    } else if has_no_origin() {
        Failure::Status(FORBIDDEN)
    } else {
        Failure::Unreachable
    }
}

/// The failure behind a response that is not a success.
pub(super) fn refused(status: u16, value: &JsValue) -> Failure {
    json::decode::<Problem>(value)
        .map_or(Failure::Status(status), |problem| Failure::Problem(Box::new(problem)))
}

/// `navigator.onLine` says `false` only when it is sure.
fn is_offline() -> bool {
    let navigator = json::get(&js_sys::global(), "navigator");
    json::get(&navigator, "onLine").as_bool() == Some(false)
}

/// A page in a sandbox, or one that lies in a folder, may read but never send: no server knows whose it is.
fn has_no_origin() -> bool {
    json::get(&js_sys::global(), "origin").as_string().as_deref() == Some("null")
}
