//! A request's time limit.

use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// Time limit of a request with its response. Readers were promised plain words within 12 seconds.
const TIMEOUT_MS: u32 = 10_000;

#[wasm_bindgen]
extern "C" {
    /// Unlike the function of `web-sys`, an error where the browser has none.
    #[wasm_bindgen(catch, js_namespace = AbortSignal, js_name = timeout)]
    fn abort_after(ms: u32) -> Result<AbortSignal, JsValue>;
}

/// Aborts a request when its time is up. A browser that cannot do so gets no limit rather than no widget.
#[derive(Debug)]
pub(super) struct Timeout(Option<AbortSignal>);

impl Timeout {
    /// Starts the clock.
    pub(super) fn start() -> Self {
        Self(abort_after(TIMEOUT_MS).ok())
    }

    /// The signal that aborts the request.
    pub(super) fn signal(&self) -> Option<&AbortSignal> {
        self.0.as_ref()
    }

    /// Settles as `promise` does, or rejects when the time is up: not every promise can be aborted.
    pub(super) fn within(&self, promise: &Promise) -> JsFuture {
        let passed = Promise::new(&mut |_, reject| {
            if let Some(signal) = &self.0 {
                signal.set_onabort(Some(&reject));
            }
        });
        JsFuture::from(Promise::race(&Array::of2(promise, &passed)))
    }

    pub(super) fn has_passed(&self) -> bool {
        self.0.as_ref().is_some_and(AbortSignal::aborted)
    }
}
