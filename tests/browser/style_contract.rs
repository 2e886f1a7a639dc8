//! The classes that a site may style: every class of every state is in the list, every class of the list is in some
//! state, and inside a shadow root each is a part.

use std::collections::BTreeSet;

use dumka_api::style_contract::CLASSES;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::page::Page;
use crate::wire::{EVERYTHING, able, accepted, accepted_for, comment, listing, reply, thread};

/// The classes that were seen so far.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    /// Waits until the page shows `selector`, then looks at everything that is on it.
    async fn on(&mut self, page: &Page, selector: &str) {
        page.shows(selector).await;
        let shadow = page.host.shadow_root();
        if shadow.is_some() {
            page.until("each class is a part", || page.count("[class]:not([part])") == 0).await;
        }
        let within: Element = shadow.map_or_else(|| page.host.clone().into(), JsCast::unchecked_into);
        let found = within.query_selector_all("[class]").unwrap();
        for index in 0..found.length() {
            let element: Element = found.get(index).unwrap().unchecked_into();
            if let Some(part) = element.get_attribute("part") {
                assert_eq!(part, element.class_name());
            }
            self.take(&element.class_name(), selector);
        }
    }

    fn take(&mut self, classes: &str, state: &str) {
        for class in classes.split(' ') {
            assert!(
                CLASSES.iter().any(|(name, _)| *name == class),
                "{class} is not in the list; with {state}"
            );
            self.0.insert(class.into());
        }
    }
}

/// A page that shows what comes of these answers, isolated.
async fn isolated(features: bool, listing: &str) -> Page {
    Page::isolated(&if features { able(EVERYTHING, listing) } else { listing.into() }).await
}

async fn before_the_thread(seen: &mut Seen) {
    let mut page = Page::new();
    page.answer_badly("never", 0, "");
    page.mount();
    seen.on(&page, ".dumka-notice").await;
    let mut page = Page::new();
    page.answer(500, "{}");
    page.mount();
    seen.on(&page, ".dumka-retry").await;
}

async fn around_the_form(seen: &mut Seen) {
    let closed = r#"{"thread":{"total":0,"state":"closed"},"comments":[]}"#;
    seen.on(&isolated(false, closed).await, ".dumka-notice").await;
    let marked =
        comment("a", "published", "a").replacen(r#""id""#, r#""featured":true,"pinned":true,"id""#, 1);
    let steered =
        r#"{"thread":{"total":2,"features":["featured"],"notice":"Live","slow_secs":60},"comments":["#;
    seen.on(&isolated(false, &[steered, &marked, "]}"].concat()).await, ".dumka-slow").await;
    let page = isolated(true, &listing(&[], 0, None)).await;
    seen.on(&page, ".dumka-empty").await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.find(".dumka-submit").click();
    seen.on(&page, ".dumka-field .dumka-error").await;
    page.type_into("name", "Оля");
    page.type_into("text", &"я".repeat(9_900));
    seen.on(&page, ".dumka-char-count").await;
    page.answer(200, r#"{"body":"в тени"}"#);
    page.find(".dumka-preview").click();
    seen.on(&page, ".dumka-preview-body").await;
    page.answer(503, "{}");
    page.find(".dumka-submit").click();
    seen.on(&page, ".dumka-form > .dumka-error").await;
    page.answer_badly("never", 0, "");
    page.find(".dumka-submit").click();
    page.composer_is(&["sending"]).await;
    seen.on(&page, ".dumka-submit[aria-busy]").await;
}

/// A discussion in which there is everything.
fn discussion() -> String {
    let body =
        r#"[{"paragraph":[{"link":{"href":"https://example.org/x","content":["here"]}}]},{"quote":[]}]"#;
    let first = comment("a", "published", "BODY").replacen(r#""BODY""#, body, 1);
    let first = first.replacen(r#""name""#, r#""badge":"staff","name""#, 1);
    let first = first.replacen(r#""state""#, r#""edited_at":"2026-05-01T09:40:00.000Z","state""#, 1);
    let deleted = comment("c", "deleted", "");
    let second = reply("d", "c").replacen(r#""name""#, r#""badge":"moderator","name""#, 1);
    thread(&[first, reply("b", "a"), deleted, second])
}

async fn among_the_comments(seen: &mut Seen) {
    let page = Page::isolated(&discussion()).await;
    seen.on(&page, "#comment-d").await;
    page.find("#comment-a .dumka-fold").click();
    seen.on(&page, "#comment-b[hidden]").await;
    for form in ["reply", "report"] {
        page.find(&format!("#comment-a .dumka-{form}")).click();
        seen.on(&page, "#comment-a .dumka-cancel").await;
        page.find("#comment-a .dumka-cancel").click();
    }
    page.answer(503, "{}");
    page.find("#comment-a .dumka-vote-up").click();
    seen.on(&page, ".dumka-actions .dumka-error").await;
    let new = comment("e", "published", "e").replacen(r#""id""#, r#""total":4,"id""#, 1);
    page.tell("comment", &new);
    seen.on(&page, ".dumka-new").await;
}

async fn on_own_comments(seen: &mut Seen) {
    let page = Page::isolated(&discussion()).await;
    page.answer(201, &accepted("held", "pending"));
    page.post("Ждёт").await;
    seen.on(&page, ".dumka-pending").await;
    page.answer(201, &accepted_for(15, &comment("mine", "published", "было")));
    page.post("было").await;
    seen.on(&page, "#comment-mine .dumka-countdown").await;
    let mine = comment("mine", "published", "было");
    page.answer(200, &format!(r#"{{"comment":{mine},"text":"было"}}"#));
    page.find("#comment-mine .dumka-edit").click();
    seen.on(&page, "#comment-mine [name=text]").await;
    page.find("#comment-mine .dumka-cancel").click();
    page.until("it is closed", || page.count("#comment-mine .dumka-form") == 0).await;
    page.find("#comment-mine .dumka-delete").click();
    seen.on(&page, "#comment-mine .dumka-form").await;
}

async fn in_a_long_thread(seen: &mut Seen) {
    let ids: Vec<_> = (0..120).map(|number| number.to_string()).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let page = isolated(true, &listing(&ids[..2], 500, Some("c1"))).await;
    seen.on(&page, ".dumka-all").await;
    page.answer(200, &listing(&ids[2..], 500, Some("c2")));
    page.find(".dumka-all").click();
    seen.on(&page, ".dumka-stop").await;
    seen.on(&page, ".dumka-list-next #comment-119").await;

    let mut page = Page::new();
    page.begin_at("b");
    page.answer(200, &[listing(&["b"], 2, None).trim_end_matches('}'), r#","earlier":true}"#].concat());
    page.mount();
    seen.on(&page, ".dumka-show-earlier").await;
}

#[wasm_bindgen_test]
async fn every_class_of_every_state_is_in_the_list_and_is_a_part_and_none_is_there_for_nothing() {
    let mut seen = Seen::default();
    before_the_thread(&mut seen).await;
    around_the_form(&mut seen).await;
    among_the_comments(&mut seen).await;
    on_own_comments(&mut seen).await;
    in_a_long_thread(&mut seen).await;
    let unseen: Vec<_> = CLASSES.iter().filter(|(name, _)| !seen.0.contains(*name)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}
