//! Writing a comment.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{accepted, kept, listing, word};

#[wasm_bindgen_test]
async fn form_opens_with_the_cursor_in_it_and_closes_keeping_the_text() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.focus_is_on("[name=text]").await;
    assert_eq!(page.text(".dumka-form-heading"), "Добавить комментарий");
    page.type_into("text", "Ещё думаю");
    page.find(".dumka-add").click();
    page.composer_is(&["closed"]).await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    assert_eq!(page.value("text"), "Ещё думаю");
}

#[wasm_bindgen_test]
async fn comment_on_its_way_makes_the_button_busy_and_cannot_be_sent_twice() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.answer_badly("never", 0, "");
    page.post("Привет").await;
    page.composer_is(&["sending"]).await;
    assert_eq!(page.find(".dumka-submit").get_attribute("aria-busy").unwrap(), "true");
    page.find(".dumka-submit").click();
    page.find(".dumka-submit").click();
    page.until("the post is out", || !page.posts().is_empty()).await;
    assert_eq!(page.posts().len(), 1);
}

#[wasm_bindgen_test]
async fn accepted_comment_appears_counts_and_has_the_focus() {
    let page = Page::with_thread(&listing(&["a"], 1, None)).await;
    page.answer(201, &accepted("mine", "published"));
    page.post("Привет").await;
    page.focus_is_on("#comment-mine").await;
    assert_eq!(page.text(".dumka-count"), "Комментарии (2)");
    assert_eq!((page.value("text"), page.value("name")), (String::new(), "Оля".into()));
    assert!(page.all_text().contains(&word("published")));
    let post = &page.posts()[0];
    assert!(post.body.contains(r#""author":{"name":"Оля"}"#) && post.body.contains(r#""text":"Привет""#));
    assert_eq!(post.key.len(), 32);
}

#[wasm_bindgen_test]
async fn held_comment_is_shown_to_its_author_who_is_told_so() {
    let page = Page::with_thread(&listing(&["a"], 1, None)).await;
    page.answer(201, &accepted("mine", "pending"));
    page.post("Привет").await;
    page.shows("#comment-mine .dumka-pending").await;
    assert_eq!(page.text(".dumka-count"), "Комментарии (1)");
    assert!(page.text(".dumka-pending").contains(&word("held")));
}

#[wasm_bindgen_test]
async fn name_is_remembered_on_the_next_page() {
    let page = Page::with_thread(&listing(&[], 0, None)).await;
    page.find(".dumka-add").click();
    page.type_into("name", "Катерина");
    page.until("the name is kept", || kept("dumka:name").as_deref() == Some("Катерина")).await;
    let next = Page::with_thread(&listing(&[], 0, None)).await;
    assert_eq!(next.value("name"), "Катерина");
}

#[wasm_bindgen_test]
async fn draft_survives_the_widget_and_its_retry_makes_no_second_comment() {
    let mut page = Page::with_thread(&listing(&[], 0, None)).await;
    page.answer_badly("unreachable", 0, "");
    page.post("Черновик 👨‍👩‍👧 \"кавычки\"").await;
    page.composer_is(&["rejected"]).await;
    page.unmount();
    page.answer(200, &listing(&[], 0, None));
    page.mount();
    page.shows(".dumka-add").await;
    assert_eq!(page.value("text"), "Черновик 👨‍👩‍👧 \"кавычки\"");
    page.answer(201, &accepted("mine", "published"));
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.find(".dumka-submit").click();
    page.shows("#comment-mine").await;
    let posts = page.posts();
    assert_eq!((&posts[0].key, &posts[0].body), (&posts[1].key, &posts[1].body));
}

#[wasm_bindgen_test]
async fn two_widgets_on_a_page_keep_their_own_state() {
    let one = Page::with_thread(&listing(&[], 0, None)).await;
    let other = Page::with_thread(&listing(&["a"], 1, None)).await;
    one.find(".dumka-add").click();
    one.composer_is(&["open"]).await;
    one.type_into("text", "только здесь");
    assert_eq!(other.host.get_attribute("data-composer").unwrap(), "closed");
    assert_eq!((other.value("text"), other.text(".dumka-count")), (String::new(), "Комментарии (1)".into()));
}

#[wasm_bindgen_test]
async fn widget_taken_off_the_page_leaves_nothing_behind() {
    let mut page = Page::with_thread(&listing(&["a"], 1, None)).await;
    page.unmount();
    page.until("the element is empty", || page.count("*") == 0).await;
}
