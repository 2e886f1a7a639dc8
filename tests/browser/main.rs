//! Every state of the widget, in a real browser, against an endpoint that answers what a test tells it to.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may end here; clippy sees only `#[test]` as one")]

mod acting;
mod composing;
mod endpoint;
mod failing;
mod long;
mod naming;
mod own;
mod page;
mod reading;
mod replying;
mod times;
mod typing;
mod wire;
mod words;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
