//! A request's time limit.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// How long a request may take, answer included. Readers were promised plain words within 12 seconds.
const DEADLINE_MS: u32 = 10_000;

/// Aborts its request when the time is up; dropped, it lets the request be.
#[derive(Debug)]
pub(super) struct Deadline {
    controller: Option<AbortController>,
    passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Deadline {
    /// Starts the clock. A browser without `AbortController` gets no limit rather than no widget.
    pub(super) fn start() -> Self {
        let controller = AbortController::new().ok();
        let passed = Rc::new(Cell::new(false));
        let timer = Timeout::new(DEADLINE_MS, {
            let (controller, passed) = (controller.clone(), passed.clone());
            move || {
                passed.set(true);
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
        Self { controller, passed, _timer: timer }
    }

    /// What aborts the request, for its settings.
    pub(super) fn signal(&self) -> JsValue {
        self.controller.as_ref().map(AbortController::signal).into()
    }

    /// What `promise` brings, or a rejection when the time is up: not every promise can be aborted.
    pub(super) fn within(&self, promise: &Promise) -> JsFuture {
        let passed = Promise::new(&mut |_, reject| {
            if let Some(controller) = &self.controller {
                controller.signal().set_onabort(Some(&reject));
            }
        });
        JsFuture::from(Promise::race(&Array::of2(promise, &passed)))
    }

    pub(super) fn has_passed(&self) -> bool {
        self.passed.get()
    }
}
