//! Times as the widget writes them: by the server's clock, in words, with the date beside them.

use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{accepted, listing};

#[wasm_bindgen(module = "/embed/times.js")]
extern "C" {
    /// The loader's functions for a widget in this language.
    #[wasm_bindgen(js_name = of)]
    pub fn times_in(lang: &str) -> JsValue;

    #[wasm_bindgen(js_name = relative)]
    fn writer(lang: &str) -> js_sys::Function;

    fn learn(moment_ms: f64, is_exact: bool) -> bool;
}

const NOON: &str = "2026-05-04T12:00:00Z";

/// Lets the server's clock show this moment, and tells whether that changes anything.
fn clock_shows(moment: &str) -> bool {
    learn(Date::parse(moment), true)
}

#[wasm_bindgen_test]
fn time_is_told_by_its_largest_unit_and_never_in_the_future() {
    clock_shows(NOON);
    let words = writer("en");
    for (moment, expected) in [
        ("2026-05-05T12:00:00Z", "now"),
        ("2026-05-04T12:00:00Z", "now"),
        ("2026-05-04T11:59:10Z", "now"),
        ("2026-05-04T11:58:30Z", "1 minute ago"),
        ("2026-05-04T10:00:00Z", "2 hours ago"),
        ("2026-05-03T12:30:00Z", "23 hours ago"),
        ("2026-05-03T11:00:00Z", "yesterday"),
        ("2026-05-01T11:00:00Z", "3 days ago"),
        ("2026-04-26T11:00:00Z", "last week"),
        ("2026-04-08T11:00:00Z", "3 weeks ago"),
        ("2026-04-04T11:00:00Z", "last month"),
        ("2026-03-20T11:00:00Z", "2 months ago"),
        ("2025-05-20T11:00:00Z", "12 months ago"),
        ("2025-04-20T11:00:00Z", "last year"),
        ("2020-04-20T11:00:00Z", "6 years ago"),
    ] {
        let told = words.call1(&JsValue::NULL, &moment.into()).unwrap();
        assert_eq!(told.as_string().as_deref(), Some(expected), "{moment}");
    }
    assert!(words.call1(&JsValue::NULL, &"soon".into()).unwrap().is_undefined());
}

#[wasm_bindgen_test]
async fn times_are_written_anew_when_the_servers_clock_is_known() {
    clock_shows("2026-05-01T09:30:10Z");
    let page = Page::with_thread(&listing(&["a"], 1, None)).await;
    assert_eq!(page.text("#comment-a time"), "сейчас");
    for rubbish in ["{}", "null", r#"{"server_time":7}"#, r#"{"server_time":"noon"}"#, "{"] {
        page.tell("alive", rubbish);
    }
    assert_eq!(page.text("#comment-a time"), "сейчас");
    page.tell("alive", r#"{"server_time":"2026-05-01T11:30:10Z","heartbeat_secs":15}"#);
    page.until("it is another time", || page.text("#comment-a time") == "2 часа назад").await;
    assert!(!clock_shows("2026-05-01T11:30:15Z"), "nobody notices some seconds");
}

#[wasm_bindgen_test]
async fn what_the_reader_has_sent_just_now_is_told_where_nothing_else_tells_the_time() {
    let mut page = Page::new();
    let outside = "(() => { const it = { learn(moment) { it.learnt = moment } }; return it })()";
    let outside = js_sys::eval(outside).unwrap();
    page.surround(outside.clone());
    page.answer(200, &listing(&[], 0, None));
    page.mount();
    page.state_is(&["empty"]).await;
    page.answer(201, &accepted("mine", "published"));
    page.post("Щойно").await;
    page.shows("#comment-mine").await;
    let learnt = Reflect::get(&outside, &"learnt".into()).unwrap();
    assert_eq!(learnt.as_string().as_deref(), Some("2026-05-01T09:30:00.000Z"));
}
