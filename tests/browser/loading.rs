//! Loading of threads, and their first states.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{listing, word};

#[wasm_bindgen_test]
async fn widget_says_that_it_is_loading() {
    let mut page = Page::new();
    page.answer_badly("never", 0, "");
    page.mount();
    page.state_is(&["loading"]).await;
    assert_eq!(page.text(".dumka-notice"), word("loading"));
}

#[wasm_bindgen_test]
async fn empty_thread_counts_zero_and_offers_nothing_more_to_show() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    assert_eq!(page.text(".dumka-count"), "Комментарии (0)");
    assert_eq!(page.text(".dumka-add"), "добавить комментарий");
    assert_eq!((page.count(".dumka-all"), page.count(".dumka-comment")), (0, 0));
    assert_eq!(page.host.get_attribute("data-state").unwrap(), "empty");
}

#[wasm_bindgen_test]
async fn list_shows_each_comment_and_the_number() {
    let page = Page::with_thread(&listing(&["a", "b"], 2, None)).await;
    assert_eq!(page.text(".dumka-count"), "Комментарии (2)");
    assert_eq!(page.text("#comment-b .dumka-author"), "Автор b");
    assert_eq!(page.text("#comment-b .dumka-body"), "text of b");
    assert_eq!(page.find("#comment-b time").get_attribute("datetime").unwrap(), "2026-05-01T09:30:00.000Z");
    assert!(page.find("#comment-b time").get_attribute("title").unwrap().contains("2026"));
    assert_eq!(page.count(".dumka-all"), 0);
}

#[wasm_bindgen_test]
async fn first_request_names_thread_order_and_limit_and_needs_no_preflight() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    let request = &page.asked()[0];
    assert!(request.url.contains("?site=news.test&page=https%3A%2F%2F"), "{}", request.url);
    assert!(request.url.ends_with("&sort=oldest&limit=2"), "{}", request.url);
    assert_eq!((request.method.as_str(), request.key.as_str()), ("GET", ""));
}

#[wasm_bindgen_test]
async fn show_all_brings_all_the_rest_in_place_and_focuses_the_first_new_one() {
    let page = Page::with_thread(&listing(&["a", "b"], 5, Some("c1"))).await;
    assert_eq!(page.text(".dumka-all"), "показать все комментарии");
    page.answer(200, &listing(&["c", "d"], 5, Some("c2")));
    page.answer(200, &listing(&["e"], 5, None));
    page.find(".dumka-all").click();
    page.shows("#comment-e").await;
    page.focus_is_on("#comment-c").await;
    assert_eq!((page.count(".dumka-comment"), page.count(".dumka-all")), (5, 0));
    assert!(page.asked()[2].url.contains("limit=100&cursor=c2"));
}

#[wasm_bindgen_test]
async fn rest_that_does_not_come_can_be_asked_for_again() {
    let page = Page::with_thread(&listing(&["a"], 2, Some("c1"))).await;
    page.answer_badly("unreachable", 0, "");
    page.find(".dumka-all").click();
    page.shows(".dumka-error").await;
    assert!(page.text(".dumka-error").starts_with(&word("rest_failed")));
    page.answer(200, &listing(&["b"], 2, None));
    page.find(".dumka-retry").click();
    page.shows("#comment-b").await;
    assert_eq!((page.count("#comment-a"), page.count(".dumka-error")), (1, 0));
}

#[wasm_bindgen_test]
async fn closed_thread_is_read_and_offers_no_form() {
    let page = Page::with_thread(r#"{"thread":{"total":0,"state":"closed"},"comments":[]}"#).await;
    assert_eq!((page.count(".dumka-form"), page.count(".dumka-add")), (0, 0));
    assert!(page.all_text().contains(&word("closed")));
}

#[wasm_bindgen_test]
async fn tree_becomes_elements_and_bad_addresses_become_text() {
    let body = r#"[{"paragraph":["a\nb ",{"strong":["c"]},{"link":{"href":"https://example.org/x","content":["here"]}},{"link":{"href":"javascript:alert(1)","content":["there"]}}]},{"quote":[{"paragraph":["q"]}]},{"list":{"start":3,"items":[[{"paragraph":["i"]}]]}},{"code":"<b>"}]"#;
    let json = format!(r#"{{"comments":[{{"id":"a","created_at":"2026-05-01T09:30:00Z","body":{body}}}]}}"#);
    let page = Page::with_thread(&json).await;
    for selector in ["p br", "strong", "blockquote p", "ol[start='3'] li", "pre code"] {
        assert_eq!(page.count(&[".dumka-body ", selector].concat()), 1, "{selector}");
    }
    assert_eq!(page.count(".dumka-body a"), 1);
    assert_eq!(page.find(".dumka-body a").get_attribute("rel").unwrap(), "nofollow ugc noopener");
    assert_eq!(page.text(".dumka-host"), "(example.org)");
    assert!(page.text(".dumka-body").contains("there"));
}

#[wasm_bindgen_test]
async fn link_that_calls_itself_by_another_name_shows_where_it_goes() {
    let link = |href: &str, text: &str| format!(r#"{{"link":{{"href":"{href}","content":["{text}"]}}}}"#);
    let links = [
        link("https://evil.test/bank.test", "bank.test"),
        link(r"https://evil.test\\bank.test", "https://bank.test"),
        link("https://example.org/a", "https://example.org/a"),
        link("https://example.org/b", "example.org/b"),
    ];
    let body = format!(r#"[{{"paragraph":[{}]}}]"#, links.join(","));
    let json = format!(r#"{{"comments":[{{"id":"a","created_at":"2026-05-01T09:30:00Z","body":{body}}}]}}"#);
    let page = Page::with_thread(&json).await;
    assert_eq!((page.count(".dumka-body a"), page.count(".dumka-host")), (4, 2));
    for host in [".dumka-host", ".dumka-host ~ .dumka-host"] {
        assert_eq!(page.text(host), "(evil.test)");
    }
}

#[wasm_bindgen_test]
async fn link_whose_words_say_its_host_does_not_say_it_again() {
    let link = |href: &str, words: &str| format!(r#"{{"link":{{"href":"{href}","content":["{words}"]}}}}"#);
    let links = [
        link("https://example.org/", "https://example.org"),
        link("https://uk.example/%D0%9A%D0%B8%D1%97%D0%B2", "https://uk.example/Київ"),
        link("https://новини.укр/%D1%81", "https://новини.укр/с"),
        link("https://example.org/", "HTTPS://EXAMPLE.ORG?"),
        link("HTTPS://example.org/a", "example.org"),
        link("mailto:a@example.org", "a@example.org"),
        // What follows only looks like it.
        link("https://xn--n1aeb.com/", "https://сор.com"),
        link("https://evil.test/", "https://bank.test:evil.test"),
        link("https://evil.test/", "https://bank.test https://evil.test/"),
        link("https://evil.test/", "bank.test@evil.test"),
        link("https://bank.test@evil.test/", "https://bank.test"),
        link("mailto:a@evil.test", "a@bank.test"),
    ];
    let body = format!(r#"[{{"paragraph":[{}]}}]"#, links.join(","));
    let json = format!(r#"{{"comments":[{{"id":"a","created_at":"2026-05-01T09:30:00Z","body":{body}}}]}}"#);
    let page = Page::with_thread(&json).await;
    assert_eq!((page.count(".dumka-body a"), page.count(".dumka-host")), (12, 6));
    assert_eq!(page.count(".dumka-body a:nth-of-type(-n+6) + .dumka-host"), 0);
    assert_eq!(page.text(".dumka-host"), "(xn--n1aeb.com)");
}

#[wasm_bindgen_test]
async fn markup_in_plain_text_stays_text() {
    let attack = r#"{"comments":[{"id":"a","author":{"name":"<img src=x onerror=alert(1)>"},"created_at":"x","body":"<script>alert(1)</script>\n<b>"}]}"#;
    let page = Page::with_thread(attack).await;
    assert_eq!(page.count("img, script, b"), 0);
    assert_eq!(page.text(".dumka-author"), "<img src=x onerror=alert(1)>");
    assert_eq!(page.text("time"), "x");
}

#[wasm_bindgen_test]
async fn deleted_comment_stands_where_others_answered_it() {
    let json = r#"{"comments":[{"id":"a","created_at":"2026-05-01T09:30:00Z","state":"deleted","body":""},
        {"id":"b","parent":"a","created_at":"2026-05-01T09:30:00Z","body":"reply"}]}"#;
    let page = Page::with_thread(json).await;
    assert!(page.text("#comment-a").contains(&word("deleted")));
    assert_eq!(page.find("#comment-b").get_attribute("data-depth").unwrap(), "1");
}

#[wasm_bindgen_test]
async fn inside_a_shadow_root_every_class_is_a_part() {
    let page = Page::isolated(&listing(&["a"], 1, None)).await;
    page.until("the parts are named", || page.count("[class]:not([part])") == 0).await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.type_into("text", "в тени");
}
