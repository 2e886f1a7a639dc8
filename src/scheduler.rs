//! Yields to the browser's other tasks and frames, and reads its clocks.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Interval that stands in for the frames of a hidden page.
const HIDDEN_MS: i32 = 200;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a monotonic clock.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn now_ms() -> f64;

    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_frame(then: &Function) -> i32;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, after_ms: i32) -> i32;
}

/// Milliseconds since the Unix epoch, by the reader's clock.
#[allow(clippy::cast_possible_truncation, reason = "a whole number, for the next quarter of a million years")]
pub(crate) fn clock_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Waits for the next frame, and goes on just before the browser draws it.
pub(crate) async fn next_frame() {
    callback(|then| {
        request_frame(then);
        set_timeout(then, HIDDEN_MS);
    })
    .await;
}

/// Yields to the waiting tasks of the browser.
pub(crate) async fn yield_task() {
    callback(|then| {
        set_timeout(then, 0);
    })
    .await;
}

/// Yields until the browser has drawn what has just changed, and measures the milliseconds. The longer of drawing and
/// painting counts, since each is a task of its own and a click waits for one of them at most.
pub(crate) fn measure_batch(is_seen: bool, then: impl FnOnce(f64) + 'static) {
    let started = now_ms();
    spawn_local(async move {
        let drawn = now_ms() - started;
        if is_seen {
            next_frame().await;
        }
        let started = now_ms();
        yield_task().await;
        let painted = now_ms() - started;
        // A part of the frame's price would be paid for any number of comments.
        then(drawn.max(painted / 2.0));
    });
}

/// Waits until the browser calls back.
async fn callback(ask: fn(&Function)) {
    // A promise that nobody rejects.
    let _ = JsFuture::from(Promise::new(&mut |then, _| ask(&then))).await;
}
