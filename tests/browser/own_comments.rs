//! Changing and deleting what one wrote.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{EVERYTHING, able, accepted, accepted_for, comment, listing, thread, word};

const TOKEN: &str = "Bearer the-token-of-the-author";

/// A page whose reader has written one of two comments, which can be changed for fifteen minutes.
async fn written() -> Page {
    let page = Page::with_thread(&thread(&[comment("a", "published", "a")])).await;
    page.answer(201, &accepted_for(15, &comment("mine", "published", "было")));
    page.post("*было*").await;
    page.focus_is_on("#comment-mine").await;
    page
}

/// Opens the form for a change, which begins with the text as it was written.
async fn open_edit(page: &Page) {
    let comment = comment("mine", "published", "было");
    page.answer(200, &format!(r#"{{"comment":{comment},"text":"*было*"}}"#));
    page.find("#comment-mine .dumka-edit").click();
    page.focus_is_on("#comment-mine [name=text]").await;
}

#[wasm_bindgen_test]
async fn own_comment_says_how_long_it_can_be_changed_and_offers_no_report() {
    let page = written().await;
    assert_eq!(page.text("#comment-mine .dumka-countdown"), "ещё 15 минут");
    assert_eq!((page.count(".dumka-edit"), page.count(".dumka-delete")), (1, 1));
    assert_eq!((page.count("#comment-mine .dumka-report"), page.count("#comment-a .dumka-report")), (0, 1));
}

#[wasm_bindgen_test]
async fn edit_fetches_the_text_and_sends_the_new_one_with_the_token() {
    let page = written().await;
    open_edit(&page).await;
    let source = page.request(2).await;
    assert_eq!((source.method.as_str(), source.url), ("GET", format!("{}/mine", page.endpoint)));
    assert_eq!(source.authorization, TOKEN);
    assert_eq!(page.value_at("#comment-mine [name=text]"), "*было*");
    assert_eq!(page.count("#comment-mine [name=name]"), 0);
    page.type_at("#comment-mine [name=text]", "стало");
    let edited = comment("mine", "published", "стало").replacen(
        r#""state""#,
        r#""edited_at":"2026-05-01T09:40:00.000Z","state""#,
        1,
    );
    page.answer(200, &format!(r#"{{"comment":{edited}}}"#));
    page.find("#comment-mine .dumka-submit").click();
    page.focus_is_on("#comment-mine").await;
    let patch = page.request(3).await;
    assert_eq!((patch.method.as_str(), patch.url), ("PATCH", format!("{}/mine", page.endpoint)));
    assert_eq!((patch.authorization.as_str(), patch.key.as_str()), (TOKEN, ""));
    assert_eq!(patch.body, r#"{"text":"стало","edited_at":null}"#);
    assert_eq!(page.text("#comment-mine .dumka-body"), "стало");
    assert!(page.text("#comment-mine .dumka-edited").contains(&word("edited")));
    assert_eq!(page.text("[role=status]"), word("saved"));
}

#[wasm_bindgen_test]
async fn token_that_no_header_may_have_makes_no_request_and_says_so() {
    for token in ["токен", r"two\nlines", r"\u0000"] {
        let page = Page::with_thread(&thread(&[comment("a", "published", "a")])).await;
        let accepted = accepted_for(15, &comment("mine", "published", "было"));
        page.answer(201, &accepted.replace("the-token-of-the-author", token));
        page.post("*было*").await;
        page.focus_is_on("#comment-mine").await;
        page.find("#comment-mine .dumka-edit").click();
        page.shows("#comment-mine .dumka-error").await;
        assert!(page.text("#comment-mine .dumka-error").contains(&word("unreachable")), "{token}");
        assert_eq!(page.asked().len(), 2, "{token}");
    }
}

#[wasm_bindgen_test]
async fn edit_of_what_changed_elsewhere_is_sent_once_more_without_a_condition() {
    let page = written().await;
    open_edit(&page).await;
    page.answer(409, r#"{"kind":"edit_conflict","status":409}"#);
    page.find("#comment-mine .dumka-submit").click();
    page.focus_is_on("#comment-mine .dumka-form > .dumka-error").await;
    assert!(page.text("#comment-mine .dumka-form > .dumka-error").contains(&word("edit_conflict")));
    page.answer(200, &format!(r#"{{"comment":{}}}"#, comment("mine", "published", "было")));
    page.find("#comment-mine .dumka-submit").click();
    page.focus_is_on("#comment-mine").await;
    assert_eq!(page.request(4).await.body, r#"{"text":"*было*"}"#);
}

#[wasm_bindgen_test]
async fn comment_that_cannot_be_changed_any_more_says_so_where_edit_was_pressed() {
    let page = written().await;
    page.answer(403, r#"{"kind":"edit_window_over","status":403}"#);
    page.find("#comment-mine .dumka-edit").click();
    page.shows("#comment-mine .dumka-actions .dumka-error").await;
    assert!(page.text("#comment-mine .dumka-error").contains(&word("edit_window_over")));
}

#[wasm_bindgen_test]
async fn delete_asks_first_and_takes_the_comment_away() {
    let page = written().await;
    page.find("#comment-mine .dumka-delete").click();
    page.focus_is_on("#comment-mine .dumka-submit").await;
    assert_eq!(page.text("#comment-mine .dumka-form-heading"), word("delete_heading"));
    assert_eq!(page.asked().len(), 2, "nothing is deleted yet");
    page.answer_badly("empty", 204, "");
    page.find("#comment-mine .dumka-submit").click();
    page.focus_is_on(".dumka-add").await;
    let delete = page.request(2).await;
    assert_eq!((delete.method.as_str(), delete.url), ("DELETE", format!("{}/mine", page.endpoint)));
    assert_eq!((delete.authorization.as_str(), delete.body.as_str()), (TOKEN, ""));
    assert_eq!((page.count("#comment-mine"), page.text(".dumka-count")), (0, "Комментарии (1)".into()));
    assert_eq!(page.text("[role=status]"), word("delete_done"));
}

#[wasm_bindgen_test]
async fn right_to_change_outlives_the_widget() {
    let mut page = written().await;
    page.unmount();
    page.answer(200, &thread(&["a", "mine"].map(|id| comment(id, "published", id))));
    page.mount();
    page.shows("#comment-mine .dumka-edit").await;
    assert_eq!(page.count("#comment-a .dumka-edit"), 0);
}

#[wasm_bindgen_test]
async fn endpoint_that_lets_nobody_change_anything_is_offered_no_changes() {
    let features = EVERYTHING.replace(r#""edit","#, "");
    let page = Page::with_thread(&able(&features, &listing(&["a"], 1, None))).await;
    page.answer(201, &accepted_for(15, &comment("mine", "published", "было")));
    page.post("было").await;
    page.focus_is_on("#comment-mine").await;
    assert_eq!(page.count("#comment-mine .dumka-reply"), 1);
    assert_eq!(page.count(".dumka-edit, .dumka-delete, .dumka-countdown"), 0);
}

#[wasm_bindgen_test]
async fn comment_without_a_token_is_not_the_readers_to_change() {
    let page = Page::with_thread(&thread(&[comment("a", "published", "a")])).await;
    page.answer(201, &accepted("mine", "published"));
    page.post("было").await;
    page.focus_is_on("#comment-mine").await;
    assert_eq!(page.count(".dumka-edit, .dumka-delete"), 0);
}
