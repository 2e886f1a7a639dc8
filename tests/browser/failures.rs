//! A failure is said in plain words and can be tried again, and the text stays, whatever goes wrong.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{accepted, listing, word};

/// Sends a comment into this trouble and expects these words; then sends it again and expects one comment.
async fn post_fails_in_plain_words(kind: &str, status: u16, body: &str, words: &str) {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.answer_badly(kind, status, body);
    page.post("Мой текст").await;
    page.composer_is(&["rejected"]).await;
    let said = page.text(".dumka-form > .dumka-error");
    assert!(said.contains(&word("send_failed")) && said.contains(words), "{said}");
    assert_eq!((page.value("text"), page.text(".dumka-submit")), ("Мой текст".into(), word("retry")));
    page.answer(201, &accepted("mine", "published"));
    page.find(".dumka-submit").click();
    page.shows("#comment-mine").await;
    let posts = page.posts();
    assert_eq!((posts.len(), &posts[0].key), (2, &posts[1].key));
}

#[wasm_bindgen_test]
async fn post_without_a_connection() {
    post_fails_in_plain_words("unreachable", 0, "", &word("unreachable")).await;
}

#[wasm_bindgen_test]
async fn post_answered_with_500() {
    post_fails_in_plain_words("html", 500, "<h1>Oops</h1>", &word("server_failed")).await;
}

#[wasm_bindgen_test]
async fn post_answered_with_html() {
    post_fails_in_plain_words("html", 200, "<!doctype html>", &word("malformed")).await;
}

#[wasm_bindgen_test]
async fn post_answered_with_half_a_json() {
    post_fails_in_plain_words("json", 201, r#"{"comment":{"id":"#, &word("malformed")).await;
}

#[wasm_bindgen_test]
async fn post_whose_answer_is_cut() {
    post_fails_in_plain_words("cut", 0, "", &word("unreachable")).await;
}

#[wasm_bindgen_test]
async fn post_through_a_fetch_of_the_pages_own_that_fails_in_its_own_way() {
    for kind in ["wordless", "worded", "odd", "broken"] {
        post_fails_in_plain_words(kind, 0, "", &word("unreachable")).await;
    }
}

#[wasm_bindgen_test]
async fn post_that_is_never_answered() {
    post_fails_in_plain_words("never", 0, "", &word("timeout")).await;
}

#[wasm_bindgen_test]
async fn post_over_the_rate_limit_says_when_to_come_back() {
    let problem = r#"{"kind":"rate_limited","status":429,"retry_after":21}"#;
    let words = [word("rate_limited"), word("retry_secs.one").replace("{n}", "21")].join(" ");
    post_fails_in_plain_words("json", 429, problem, &words).await;
}

#[wasm_bindgen_test]
async fn rejected_name_is_said_at_its_field() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.answer(422, r#"{"kind":"name_too_long","field":"name","limit":80,"status":422}"#);
    page.post("Мой текст").await;
    page.focus_is_on("[name=name]").await;
    assert_eq!(page.find("[name=name]").get_attribute("aria-invalid").unwrap(), "true");
    assert_eq!(page.text(".dumka-field .dumka-error"), "Слишком длинно: не больше 80 символов.");
    assert_eq!((page.value("text"), page.count(".dumka-error")), ("Мой текст".into(), 1));
}

#[wasm_bindgen_test]
async fn blank_text_is_refused_without_a_request() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.post("   ").await;
    page.composer_is(&["rejected"]).await;
    assert_eq!(page.text(".dumka-error"), word("text_empty"));
    assert!(page.posts().is_empty());
}

#[wasm_bindgen_test]
async fn thread_closed_meanwhile_says_so_and_keeps_the_text() {
    let page = Page::with_thread(&listing(&["a"], 1, None)).await;
    page.answer(403, r#"{"kind":"thread_closed","status":403}"#);
    page.post("Мой текст").await;
    page.composer_is(&["rejected"]).await;
    assert!(page.text(".dumka-form > .dumka-error").contains(&word("thread_closed")));
    assert_eq!(page.value("text"), "Мой текст");
}

/// Asks for the thread in this trouble and expects these words; then asks again and gets it.
async fn list_fails_in_plain_words(kind: &str, status: u16, body: &str, words: &str) {
    let mut page = Page::new();
    page.answer_badly(kind, status, body);
    page.mount();
    page.state_is(&["failed"]).await;
    let said = page.text(".dumka-error");
    assert!(said.contains(&word("list_failed")) && said.contains(words), "{said}");
    page.answer(200, &listing(&["a"], 1, None));
    page.find(".dumka-retry").click();
    page.shows("#comment-a").await;
}

#[wasm_bindgen_test]
async fn list_without_a_connection() {
    list_fails_in_plain_words("unreachable", 0, "", &word("unreachable")).await;
}

#[wasm_bindgen_test]
async fn list_answered_with_html() {
    list_fails_in_plain_words("html", 200, "<!doctype html>", &word("malformed")).await;
}

#[wasm_bindgen_test]
async fn list_answered_with_a_problem() {
    list_fails_in_plain_words("json", 503, r#"{"kind":"store_unavailable"}"#, &word("server_failed")).await;
}

#[wasm_bindgen_test]
async fn list_that_is_never_answered() {
    list_fails_in_plain_words("never", 0, "", &word("timeout")).await;
}

#[wasm_bindgen_test]
async fn list_that_the_loader_asked_for_is_never_answered() {
    given_up_in_plain_words(Promise::new(&mut |_, _| ()).into()).await;
}

#[wasm_bindgen_test]
async fn list_that_the_loader_asked_for_never_ends() {
    given_up_in_plain_words(js_sys::eval("Promise.resolve(new Response(new ReadableStream()))").unwrap())
        .await;
}

/// Mounts over a request that is under way and never done, expects plain words, and gets the thread at the next try.
async fn given_up_in_plain_words(first_answer: JsValue) {
    let mut page = Page::new();
    page.take_over(first_answer);
    page.mount();
    page.state_is(&["failed"]).await;
    assert!(page.text(".dumka-error").contains(&word("timeout")));
    page.answer(200, &listing(&["a"], 1, None));
    page.find(".dumka-retry").click();
    page.shows("#comment-a").await;
}

#[wasm_bindgen_test]
async fn list_with_a_bottomless_comment() {
    let tree = ["[{\"quote\":".repeat(20_000), "[]".into(), "}]".repeat(20_000)].concat();
    let list = listing(&["a"], 1, None).replace("\"text of a\"", &tree);
    list_fails_in_plain_words("json", 200, &list, &word("malformed")).await;
}
