//! Long threads: all of one in steps, and one that begins in its middle.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{listing, word};

/// Comments called by their numbers.
fn numbered(numbers: std::ops::Range<u32>, next: Option<&str>) -> String {
    let ids: Vec<_> = numbers.map(|number| number.to_string()).collect();
    listing(&ids.iter().map(String::as_str).collect::<Vec<_>>(), 500, next)
}

/// A page that shows the first two of five hundred comments.
async fn long_thread() -> Page {
    Page::with_thread(&numbered(0..2, Some("c1"))).await
}

/// The ids of the comments on the page, in its order.
fn ids(page: &Page) -> Vec<String> {
    let comments = page.host.query_selector_all(".dumka > .dumka-list > .dumka-comment").unwrap();
    let id = |index| comments.get(index).unwrap().unchecked_into::<web_sys::Element>().id();
    (0..comments.length()).map(|index| id(index).replace("comment-", "")).collect()
}

#[wasm_bindgen_test]
async fn progress_is_shown_and_named_until_all_are_there() {
    let page = long_thread().await;
    page.answer(200, &numbered(2..300, Some("c2")));
    page.find(".dumka-all").click();
    page.shows("#comment-50").await;
    let progress = page.find("progress.dumka-progress");
    assert_eq!(progress.get_attribute("max").unwrap(), "500");
    assert_eq!(progress.get_attribute("aria-label").unwrap(), word("showing_all"));
    let value: u32 = progress.get_attribute("value").unwrap().parse().unwrap();
    assert!(value > 2 && page.text(".dumka-progress-label") == format!("{value} / 500"), "{value}");
    assert_eq!(page.text("[role=status]"), word("showing_all"));
    page.shows("#comment-299").await;
    assert_eq!(page.count(".dumka-stop"), 1, "the next answer is still to come");
}

#[wasm_bindgen_test]
async fn all_comments_stand_in_their_order_in_flat_lists() {
    let page = long_thread().await;
    page.answer(200, &numbered(2..300, Some("c2")));
    page.answer(200, &numbered(300..500, None));
    page.find(".dumka-all").click();
    page.shows("#comment-499").await;
    page.until("the progress is gone", || page.count(".dumka-loading, .dumka-all, .dumka-stop") == 0).await;
    assert_eq!(ids(&page), (0..500).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(page.count(".dumka-list > *"), 500);
    assert_eq!(page.text("[role=status]"), word("all_shown"));
    page.focus_is_on("#comment-2").await;
}

#[wasm_bindgen_test]
async fn stop_offers_all_again_and_goes_on_where_it_was() {
    let page = long_thread().await;
    page.answer(200, &numbered(2..300, Some("c2")));
    page.answer(200, &numbered(300..500, None));
    page.find(".dumka-all").click();
    page.focus_is_on(".dumka-stop").await;
    assert_eq!(page.text(".dumka-stop"), "остановить");
    page.shows("#comment-10").await;
    page.find(".dumka-stop").click();
    page.focus_is_on(".dumka-all").await;
    let shown = page.count(".dumka-comment");
    assert!((11..500).contains(&shown), "{shown}");
    page.find(".dumka-all").click();
    page.focus_is_on(&format!("#comment-{shown}")).await;
    page.shows("#comment-499").await;
    assert_eq!(page.count(".dumka-comment"), 500);
}

#[wasm_bindgen_test]
async fn own_comment_stays_below_all_that_come() {
    let page = long_thread().await;
    page.answer(201, &crate::wire::accepted("mine", "published"));
    page.post("Привет").await;
    page.shows("#comment-mine").await;
    page.answer(200, &numbered(2..100, None));
    page.find(".dumka-all").click();
    page.shows("#comment-99").await;
    let ids = ids(&page);
    assert_eq!((ids.len(), ids[99].as_str(), ids[100].as_str()), (101, "99", "mine"));
}

#[wasm_bindgen_test]
async fn thread_that_begins_at_a_comment_can_be_shown_from_its_beginning() {
    let mut page = Page::new();
    page.begin_at("b");
    let listed = listing(&["b"], 2, None);
    page.answer(200, &[listed.trim_end_matches('}'), r#","earlier":true}"#].concat());
    page.mount();
    page.shows("#comment-b").await;
    assert!(page.asked()[0].url.ends_with("&limit=2&comment=b"), "{}", page.asked()[0].url);
    assert_eq!(page.text("button.dumka-show-earlier"), word("show_earlier"));
    page.answer(200, &listing(&["a", "b"], 2, None));
    page.find(".dumka-show-earlier").click();
    page.focus_is_on("#comment-a").await;
    assert!(page.asked()[1].url.ends_with("&limit=2"), "{}", page.asked()[1].url);
    assert_eq!((page.count(".dumka-comment"), page.count(".dumka-show-earlier")), (2, 0));
}
