//! Actions on comments: votes, reports, sorting, links, new comments.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{able, accepted_for, comment, kept, listing, reply, thread, word};

/// Two comments, of which the first was judged by three others.
fn judged() -> String {
    let first =
        comment("a", "published", "a").replacen(r#""state""#, r#""votes":{"up":2,"down":1},"state""#, 1);
    thread(&[first, comment("b", "published", "b")])
}

/// The score of `a`, and whether the votes for and against it are pressed.
fn shown(page: &Page) -> [String; 3] {
    let pressed = |class| page.find(&format!("#comment-a {class}")).get_attribute("aria-pressed").unwrap();
    [page.text("#comment-a .dumka-score"), pressed(".dumka-vote-up"), pressed(".dumka-vote-down")]
}

#[wasm_bindgen_test]
async fn vote_is_shown_before_it_is_answered() {
    let page = Page::with_thread(&judged()).await;
    assert_eq!(shown(&page), ["1", "false", "false"]);
    page.answer_badly("never", 0, "");
    page.find("#comment-a .dumka-vote-up").click();
    page.until("the vote is shown", || shown(&page) == ["2", "true", "false"]).await;
    let put = page.request(1).await;
    assert_eq!((put.method.as_str(), put.url), ("PUT", format!("{}/a/vote", page.endpoint)));
    assert_eq!((put.body.as_str(), put.key.as_str()), (r#"{"value":1}"#, ""));
    let reader = put.authorization.strip_prefix("Bearer ").unwrap().to_owned();
    assert_eq!((reader.len(), kept("dumka:reader")), (32, Some(reader)));
}

#[wasm_bindgen_test]
async fn vote_over_the_rate_limit_is_put_back_and_says_when_to_come_back() {
    let page = Page::with_thread(&judged()).await;
    page.answer(429, r#"{"kind":"rate_limited","status":429,"retry_after":21}"#);
    page.find("#comment-a .dumka-vote-down").click();
    page.shows("#comment-a .dumka-error").await;
    assert_eq!(shown(&page), ["1", "false", "false"]);
    let words = [word("action_failed"), word("rate_limited"), word("retry_secs.one").replace("{n}", "21")];
    assert_eq!(page.text("#comment-a .dumka-error"), words.join(" "));
    page.answer(200, r#"{"votes":{"up":2,"down":2},"value":-1}"#);
    page.find("#comment-a .dumka-vote-down").click();
    page.until("the words are gone", || page.count(".dumka-error") == 0).await;
    page.until("the vote counts", || shown(&page) == ["0", "false", "true"]).await;
}

#[wasm_bindgen_test]
async fn vote_is_the_readers_own_on_the_next_page_and_can_be_withdrawn_there() {
    let mut page = Page::with_thread(&judged()).await;
    page.answer(200, r#"{"votes":{"up":3,"down":1},"value":1}"#);
    page.find("#comment-a .dumka-vote-up").click();
    page.until("it is kept", || shown(&page) == ["2", "true", "false"]).await;
    page.unmount();
    page.answer(200, &judged());
    page.mount();
    page.shows("#comment-a .dumka-vote-up[aria-pressed=true]").await;
    page.find("#comment-a .dumka-vote-up").click();
    assert_eq!(page.request(3).await.body, r#"{"value":0}"#);
}

#[wasm_bindgen_test]
async fn report_is_sent_with_its_reason_and_note() {
    let page = Page::with_thread(&judged()).await;
    page.find("#comment-a .dumka-report").click();
    page.focus_is_on("#comment-a [name=reason]").await;
    page.find("#comment-a .dumka-submit").click();
    page.shows("#comment-a .dumka-field .dumka-error").await;
    assert_eq!(page.text("#comment-a .dumka-field .dumka-error"), word("reason_missing"));
    page.type_at("#comment-a [name=reason]", "spam");
    page.type_at("#comment-a [name=text]", "казино");
    page.answer_badly("json", 202, "{}");
    page.find("#comment-a .dumka-submit").click();
    page.focus_is_on("#comment-a .dumka-report").await;
    let post = page.request(1).await;
    assert_eq!((post.method.as_str(), post.url), ("POST", format!("{}/a/report", page.endpoint)));
    assert_eq!(post.body, r#"{"reason":"spam","note":"казино"}"#);
    assert_eq!(post.authorization.len(), "Bearer ".len() + 32);
    assert_eq!((page.text("[role=status]"), page.count("#comment-a .dumka-form")), (word("reported"), 0));
}

#[wasm_bindgen_test]
async fn comment_that_was_reported_before_says_so() {
    let page = Page::with_thread(&judged()).await;
    page.find("#comment-a .dumka-report").click();
    page.shows("#comment-a [name=reason]").await;
    page.type_at("#comment-a [name=reason]", "other");
    page.answer(409, r#"{"kind":"already_reported","status":409}"#);
    page.find("#comment-a .dumka-submit").click();
    page.focus_is_on("#comment-a .dumka-form > .dumka-error").await;
    assert!(page.text("#comment-a .dumka-form > .dumka-error").contains(&word("already_reported")));
}

#[wasm_bindgen_test]
async fn other_order_is_asked_for_and_remembered() {
    let page = Page::with_thread(&judged()).await;
    assert_eq!(page.find(".dumka-oldest").get_attribute("aria-current").unwrap(), "true");
    page.answer(200, &thread(&["b", "a"].map(|id| comment(id, "published", id))));
    page.find(".dumka-newest").click();
    page.shows("#comment-b + #comment-a").await;
    assert!(page.request(1).await.url.ends_with("&sort=newest&limit=2"));
    assert_eq!(page.find(".dumka-newest").get_attribute("aria-current").unwrap(), "true");
    assert_eq!(kept("dumka:sort news.test").as_deref(), Some("newest"));
}

#[wasm_bindgen_test]
async fn order_that_does_not_come_is_said_so() {
    let page = Page::with_thread(&judged()).await;
    page.answer_badly("unreachable", 0, "");
    page.find(".dumka-best").click();
    page.until("it is said", || page.text("[role=status]") == word("list_failed")).await;
    assert_eq!(page.find(".dumka-oldest").get_attribute("aria-current").unwrap(), "true");
    assert_eq!(page.count("#comment-a + #comment-b"), 1);
}

#[wasm_bindgen_test]
async fn address_of_a_comment_is_copied_by_the_loader() {
    let mut page = Page::new();
    page.surround(
        js_sys::eval("({ copy: id => id === 'a' ? Promise.resolve() : Promise.reject() })").unwrap(),
    );
    page.answer(200, &judged());
    page.mount();
    page.shows("#comment-a").await;
    page.find("#comment-a .dumka-permalink").click();
    page.until("it is said", || page.text("[role=status]") == word("link_copied")).await;
}

#[wasm_bindgen_test]
async fn new_comments_wait_until_they_are_asked_for() {
    let mut page = Page::new();
    let outside = js_sys::eval("({ listen(event) { this.from = event } })").unwrap();
    page.surround(outside);
    page.answer(200, &judged().replacen(r#""total""#, r#""event":"17","total""#, 1));
    page.mount();
    page.shows("#comment-b").await;
    for (id, event) in [("c", reply("c", "a")), ("d", comment("d", "published", "d"))] {
        page.tell("comment", &event.replacen(r#""id""#, r#""total":4,"id""#, 1));
        page.tell("comment", &event);
        assert_eq!(page.count(&format!("#comment-{id}")), 0);
    }
    page.shows(".dumka-new").await;
    page.until("both are counted", || page.text(".dumka-new") == "2 новых комментария").await;
    assert_eq!((page.count(".dumka-comment"), page.text(".dumka-count")), (2, "Комментарии (4)".into()));
    page.find(".dumka-new").click();
    page.focus_is_on("#comment-c").await;
    assert_eq!(page.count("#comment-a + #comment-c + #comment-b + #comment-d"), 1);
    assert_eq!(page.count(".dumka-new"), 0);
}

#[wasm_bindgen_test]
async fn what_happens_elsewhere_changes_in_its_place() {
    let page = Page::with_thread(&judged()).await;
    page.tell("votes", r#"{"id":"a","votes":{"up":7,"down":1}}"#);
    page.tell("edited", &comment("b", "published", "иначе"));
    page.until("both have changed", || {
        page.text("#comment-a .dumka-score") == "6" && page.text("#comment-b .dumka-body") == "иначе"
    })
    .await;
    page.tell("deleted", r#"{"id":"b","total":1}"#);
    page.until("it is gone", || page.count("#comment-b") == 0).await;
    assert_eq!((page.text(".dumka-count"), page.count(".dumka-new")), ("Комментарии (1)".into(), 0));
    for rubbish in ["null", "7", r#""a""#, "[]", "{}", r#"{"id":7}"#] {
        for event in ["comment", "edited", "deleted", "votes", "unheard-of"] {
            page.tell(event, rubbish);
        }
    }
    assert_eq!(page.count("#comment-a"), 1);
}

#[wasm_bindgen_test]
async fn endpoint_that_can_only_list_and_add_is_offered_nothing_more() {
    let page = Page::with_thread(&listing(&["a", "b"], 2, None)).await;
    assert_eq!(page.count(".dumka-actions, .dumka-preview, .dumka-sort, .dumka-new, .dumka-new-bar"), 0);
    let page = Page::with_thread(&able(r#""vote""#, &listing(&["a", "b"], 2, None))).await;
    assert_eq!(
        (page.count(".dumka-votes"), page.count(".dumka-reply, .dumka-report, .dumka-preview")),
        (2, 0)
    );
    let closed = judged().replacen(r#""total""#, r#""state":"closed","total""#, 1);
    let page = Page::with_thread(&closed).await;
    assert_eq!((page.count(".dumka-votes"), page.count(".dumka-reply")), (2, 0));
}

#[wasm_bindgen_test]
async fn inside_a_shadow_root_all_of_it_works() {
    let page = Page::isolated(&thread(&[comment("a", "published", "a"), reply("b", "a")])).await;
    page.find("#comment-a .dumka-fold").click();
    page.shows("#comment-b[hidden]").await;
    page.find("#comment-a .dumka-fold").click();
    page.answer(200, r#"{"votes":{"up":1,"down":0},"value":1}"#);
    page.find("#comment-a .dumka-vote-up").click();
    page.shows("#comment-a .dumka-vote-up[aria-pressed=true]").await;
    page.find("#comment-a .dumka-reply").click();
    page.shows("#comment-a [name=text]").await;
    page.type_at("#comment-a [name=name]", "Оля");
    page.type_at("#comment-a [name=text]", "в тени");
    page.answer(200, r#"{"body":"в тени"}"#);
    page.find("#comment-a .dumka-preview").click();
    page.shows("#comment-a .dumka-preview-body[part]").await;
    let mine = reply("mine", "a");
    page.answer(201, &accepted_for(15, &mine));
    page.find("#comment-a .dumka-submit").click();
    page.shows("#comment-mine .dumka-edit[part]").await;
    page.answer(200, &format!(r#"{{"comment":{mine},"text":"в тени"}}"#));
    page.find("#comment-mine .dumka-edit").click();
    page.shows("#comment-mine [name=text]").await;
    page.answer(200, &format!(r#"{{"comment":{}}}"#, mine.replace("text of mine", "на свету")));
    page.find("#comment-mine .dumka-submit").click();
    page.until("it is changed", || page.text("#comment-mine .dumka-body") == "на свету").await;
    page.find("#comment-mine .dumka-delete").click();
    page.shows("#comment-mine .dumka-form").await;
    page.answer_badly("empty", 204, "");
    page.find("#comment-mine .dumka-submit").click();
    page.until("it is gone", || page.count("#comment-mine") == 0).await;
    page.find("#comment-a .dumka-report").click();
    page.shows("#comment-a [name=reason]").await;
    page.type_at("#comment-a [name=reason]", "spam");
    page.answer_badly("json", 202, "{}");
    page.find("#comment-a .dumka-submit").click();
    page.until("it is reported", || page.text("[role=status]") == word("reported")).await;
    page.answer(200, &thread(&["b", "a"].map(|id| comment(id, "published", id))));
    page.find(".dumka-newest").click();
    page.shows("#comment-b + #comment-a").await;
    let methods: Vec<_> = page.asked().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["GET", "PUT", "POST", "POST", "GET", "PATCH", "DELETE", "POST", "GET"]);
}
