//! Answering a comment, by mouse and by keyboard.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{comment, kept, reply, thread, word};

/// The text field of the form under a comment.
const TEXT: &str = ".dumka-comment .dumka-form [name=text]";

/// A page with two comments, and the form for an answer to the first open.
async fn replying() -> Page {
    let comments = ["a", "b"].map(|id| comment(id, "published", id));
    let page = Page::with_thread(&thread(&comments)).await;
    page.find("#comment-a .dumka-reply").click();
    page.focus_is_on("#comment-a [name=text]").await;
    page
}

#[wasm_bindgen_test]
async fn reply_is_written_under_its_comment_and_stands_there() {
    let page = replying().await;
    assert_eq!(
        page.text("#comment-a .dumka-form-heading"),
        word("reply_heading").replace("{name}", "Автор a")
    );
    page.type_at("#comment-a [name=name]", "Оля");
    page.type_at(TEXT, "Согласна");
    page.answer(201, &format!(r#"{{"comment":{}}}"#, reply("mine", "a")));
    page.find("#comment-a .dumka-submit").click();
    page.focus_is_on("#comment-mine").await;
    let post = page.request(1).await;
    assert_eq!((post.method.as_str(), &post.url), ("POST", &page.endpoint));
    assert_eq!(post.said("parent"), "a");
    assert_eq!(post.said("text"), "Согласна");
    assert_eq!(page.find("#comment-mine").get_attribute("data-depth").unwrap(), "1");
    assert_eq!(page.count("#comment-a + #comment-mine + #comment-b"), 1);
    assert_eq!((page.count(TEXT), page.text(".dumka-count")), (0, "Комментарии (3)".into()));
}

#[wasm_bindgen_test]
async fn ctrl_or_cmd_with_enter_sends_and_enter_alone_does_not() {
    let page = replying().await;
    page.type_at("#comment-a [name=name]", "Оля");
    page.type_at(TEXT, "Согласна");
    assert!(!page.press_key(TEXT, "Enter", |_| ()), "the browser makes a new line");
    assert!(page.press_key(TEXT, "Enter", |with| with.set_ctrl_key(true)));
    page.composer_is(&["sending"]).await;
    assert_eq!(page.request(1).await.said("parent"), "a");
    page.find(".dumka-add").click();
    let own = ".dumka-composer [name=text]";
    page.type_at(own, "И ещё");
    assert!(page.press_key(own, "Enter", |with| with.set_meta_key(true)));
    assert!(page.request(2).await.said("parent").is_falsy());
}

#[wasm_bindgen_test]
async fn escape_closes_and_the_text_is_back_when_the_form_is_opened_again() {
    let page = replying().await;
    page.type_at(TEXT, "Ещё думаю");
    assert!(page.press_key(TEXT, "Escape", |_| ()));
    page.focus_is_on("#comment-a .dumka-reply").await;
    assert_eq!(page.count(TEXT), 0);
    page.find("#comment-b .dumka-reply").click();
    page.focus_is_on("#comment-b [name=text]").await;
    assert_eq!(page.value_at(TEXT), "", "another answer");
    page.find("#comment-a .dumka-reply").click();
    page.focus_is_on("#comment-a [name=text]").await;
    page.until("the text is back", || page.value_at(TEXT) == "Ещё думаю").await;
    page.find("#comment-a .dumka-cancel").click();
    page.focus_is_on("#comment-a .dumka-reply").await;
}

#[wasm_bindgen_test]
async fn keys_of_a_word_that_is_being_composed_belong_to_it() {
    let page = replying().await;
    page.type_at("#comment-a [name=name]", "Оля");
    page.type_at(TEXT, "にほんご");
    assert!(!page.press_key(TEXT, "Escape", |with| with.set_is_composing(true)));
    let ctrl = |with: &web_sys::KeyboardEventInit| {
        with.set_ctrl_key(true);
        with.set_is_composing(true);
    };
    assert!(!page.press_key(TEXT, "Enter", ctrl));
    page.type_at(TEXT, "日本語");
    page.composer_is(&["open"]).await;
    assert_eq!((page.value_at(TEXT), page.posts().len()), ("日本語".into(), 0));
}

#[wasm_bindgen_test]
async fn reply_outlives_the_widget() {
    let mut page = replying().await;
    page.type_at(TEXT, "Черновик ответа");
    let key = format!("dumka:draft {0} news.test {0} a", page.endpoint);
    page.until("the text is kept", || kept(&key).is_some()).await;
    page.unmount();
    page.answer(200, &thread(&[comment("a", "published", "a")]));
    page.mount();
    page.shows("#comment-a .dumka-reply").await;
    page.find("#comment-a .dumka-reply").click();
    page.shows(TEXT).await;
    page.until("the text is back", || page.value_at(TEXT) == "Черновик ответа").await;
}

#[wasm_bindgen_test]
async fn reply_to_a_comment_that_is_gone_says_so_and_keeps_the_text() {
    let page = replying().await;
    page.type_at("#comment-a [name=name]", "Оля");
    page.type_at(TEXT, "Согласна");
    page.answer(422, r#"{"kind":"parent_not_found","status":422}"#);
    page.find("#comment-a .dumka-submit").click();
    page.focus_is_on("#comment-a .dumka-form > .dumka-error").await;
    assert!(page.text("#comment-a .dumka-form > .dumka-error").contains(&word("parent_not_found")));
    assert_eq!(page.value_at(TEXT), "Согласна");
}

#[wasm_bindgen_test]
async fn branch_is_folded_up_and_comes_back() {
    let comments = [comment("a", "published", "a"), reply("b", "a"), reply("c", "b")];
    let page = Page::with_thread(&thread(&comments)).await;
    let fold = "#comment-a .dumka-fold";
    assert_eq!((page.text(fold), page.count("#comment-c .dumka-fold")), (word("hide_replies"), 0));
    page.find(fold).click();
    page.shows("#comment-b[hidden] + #comment-c[hidden]").await;
    assert_eq!(page.text(fold), word("replies.few").replace("{n}", "2"));
    assert_eq!(page.find(fold).get_attribute("aria-expanded").unwrap(), "false");
    page.find(fold).click();
    page.until("they are back", || page.count("[hidden]") == 0).await;
}
