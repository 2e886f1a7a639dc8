//! Every state of the widget, in a real browser, against an endpoint that answers what a test tells it to.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may end here; clippy sees only `#[test]` as one")]

mod comment_actions;
mod composer;
mod endpoint;
mod failures;
mod input;
mod kept;
mod loading;
mod long_threads;
mod own_comments;
mod page;
mod replies;
mod scripts;
mod site_phrases;
mod style_contract;
mod times;
mod wire;
mod words;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
