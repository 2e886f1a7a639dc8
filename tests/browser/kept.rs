//! Drafts, sessions and tokens in the browser are written and read alike by the program and by the scripts without it.

use js_sys::JSON;
use wasm_bindgen::prelude::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use crate::page::{Page, document};
use crate::scripts::Scripts;
use crate::wire::{accepted, accepted_for, comment, kept, listing, thread};

const TEXT: &str = "Строка \"раз\"\n\\ строка два 👨‍👩‍👧 \u{2028}</script>";

/// The settings of a page's thread, as the loader has them.
fn config(page: &Page) -> JsValue {
    let endpoint = &page.endpoint;
    JSON::parse(&format!(r#"{{"endpoint":"{endpoint}","site":"news.test","page":"{endpoint}"}}"#)).unwrap()
}

/// A form that the scripts alone work.
struct Form<'a> {
    scripts: &'a Scripts,
    config: JsValue,
    element: Element,
    text: HtmlTextAreaElement,
    name: HtmlInputElement,
}

impl<'a> Form<'a> {
    /// The form of a thread, or of a reply.
    fn of(scripts: &'a Scripts, page: &Page, parent: Option<&str>) -> Self {
        let made = |name| document().create_element(name).unwrap();
        let (form, text, name, answered) = (made("form"), made("textarea"), made("input"), made("input"));
        for (field, called) in [(&text, "text"), (&name, "name"), (&answered, "parent")] {
            field.set_attribute("name", called).unwrap();
        }
        form.append_with_node_2(&text, &name).unwrap();
        let section = made("section");
        section.set_class_name("dumka");
        section.append_child(&form).unwrap();
        if let Some(parent) = parent {
            answered.set_attribute("value", parent).unwrap();
            form.append_child(&answered).unwrap();
        }
        let config = config(page);
        scripts.drafts.remember_form(&config, &form);
        Self { scripts, config, element: form, text: text.unchecked_into(), name: name.unchecked_into() }
    }

    fn types(&self, text: &str, name: &str) {
        self.text.set_value(text);
        self.name.set_value(name);
        self.scripts.drafts.keep_draft(&self.config, &self.element);
    }
}

fn two_comments() -> String {
    thread(&["a", "b"].map(|id| comment(id, "published", id)))
}

async fn comes_back(page: &mut Page, listing: &str) {
    page.unmount();
    page.answer(200, listing);
    page.mount();
    page.shows(".dumka-add").await;
}

#[wasm_bindgen_test]
async fn draft_that_the_scripts_kept_stands_in_the_programs_form() {
    let scripts = Scripts::load().await;
    let mut page = Page::new();
    Form::of(&scripts, &page, None).types(TEXT, "Оля");
    Form::of(&scripts, &page, Some("a")).types("Ответ", "Оля «Б»");
    page.answer(200, &two_comments());
    page.mount();
    page.shows("#comment-a .dumka-reply").await;
    assert_eq!((page.value("text").as_str(), page.value("name").as_str()), (TEXT, "Оля «Б»"));
    page.find("#comment-a .dumka-reply").click();
    page.shows("#comment-a [name=text]").await;
    page.until("the reply is back", || page.value_at("#comment-a [name=text]") == "Ответ").await;
    assert_eq!(page.value_at("#comment-a [name=name]"), "Оля «Б»");
}

#[wasm_bindgen_test]
async fn draft_that_the_program_kept_stands_in_the_form_of_the_scripts() {
    let scripts = Scripts::load().await;
    let page = Page::with_thread(&two_comments()).await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.type_into("text", TEXT);
    page.type_into("name", "Катерина");
    page.find("#comment-a .dumka-reply").click();
    page.shows("#comment-a [name=text]").await;
    page.type_at("#comment-a [name=text]", "Ответ");
    let is_kept = |parent| kept(&scripts.drafts.draft_key(&config(&page), parent)).is_some();
    page.until("both are kept", || is_kept(None) && is_kept(Some("a"))).await;
    page.until("the name is kept", || kept("dumka:name").as_deref() == Some("Катерина")).await;
    for (parent, text) in [(None, TEXT), (Some("a"), "Ответ"), (Some("b"), "")] {
        let form = Form::of(&scripts, &page, parent);
        assert_eq!((form.text.value().as_str(), form.name.value().as_str()), (text, "Катерина"));
    }
}

#[wasm_bindgen_test]
async fn attempt_of_the_program_outlives_the_scripts_and_makes_no_second_comment() {
    let scripts = Scripts::load().await;
    let empty = listing(&[], 0, None);
    let mut page = Page::with_thread(&empty).await;
    page.answer_badly("unreachable", 0, "");
    page.post(TEXT).await;
    page.composer_is(&["rejected"]).await;
    let key = scripts.drafts.draft_key(&config(&page), None);
    // As a value: the program escapes other letters than the browser.
    let value = || String::from(JSON::stringify(&JSON::parse(&kept(&key).unwrap()).unwrap()).unwrap());
    let before = value();
    let form = Form::of(&scripts, &page, None);
    form.types("Другое", "Оля");
    assert_ne!(value(), before);
    form.types(TEXT, "Оля");
    assert_eq!(value(), before, "every field");
    comes_back(&mut page, &empty).await;
    page.answer(201, &accepted("mine", "published"));
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page.find(".dumka-submit").click();
    page.shows("#comment-mine").await;
    let posts = page.posts();
    assert_eq!((posts[0].key.len(), &posts[0].key, &posts[0].body), (32, &posts[1].key, &posts[1].body));
}

#[wasm_bindgen_test]
async fn draft_that_the_scripts_have_sent_is_gone_for_the_program() {
    let scripts = Scripts::load().await;
    let mut page = Page::new();
    let form = Form::of(&scripts, &page, None);
    form.types(TEXT, "Оля");
    form.types("", "Оля");
    page.answer(200, &two_comments());
    page.mount();
    page.shows(".dumka-add").await;
    assert_eq!((page.value("text").as_str(), page.value("name").as_str()), ("", "Оля"));
}

#[wasm_bindgen_test]
async fn votes_and_own_comments_are_kept_together_by_the_program_and_the_scripts() {
    let scripts = Scripts::load().await;
    let mut page = Page::with_thread(&two_comments()).await;
    page.answer(201, &accepted_for(15, &comment("mine", "published", "моё")));
    page.post("моё").await;
    page.shows("#comment-mine .dumka-edit").await;
    page.answer(200, r#"{"votes":{"up":1,"down":0}}"#);
    page.find("#comment-a .dumka-vote-up").click();
    let key = format!("dumka:session {0} news.test {0}", page.endpoint);
    page.until("the vote is kept", || kept(&key).is_some_and(|it| it.contains("up a"))).await;
    let by_program = kept(&key).unwrap();

    scripts.session.keep_vote(&config(&page), "b", -1);
    assert_eq!(kept(&key).unwrap(), format!("{by_program}down b\n"), "as the program would write it");
    let vote = page.asked().into_iter().find(|it| it.method == "PUT").unwrap();
    assert_eq!(vote.authorization, format!("Bearer {}", scripts.session.reader_token()), "one reader");

    let all = thread(&["a", "b", "mine"].map(|id| comment(id, "published", id)));
    comes_back(&mut page, &all).await;
    page.shows("#comment-b .dumka-vote-down[aria-pressed=true]").await;
    page.shows("#comment-a .dumka-vote-up[aria-pressed=true]").await;
    page.shows("#comment-mine .dumka-edit").await;
    assert_eq!(page.count("[aria-pressed=true]"), 2);

    // Withdrawn by the one that did not cast it, each.
    scripts.session.keep_vote(&config(&page), "a", 0);
    assert!(!kept(&key).unwrap().contains("up a"));
    page.answer(200, r#"{"votes":{"up":0,"down":0}}"#);
    page.find("#comment-b .dumka-vote-down").click();
    page.until("only the comment is left", || kept(&key).unwrap().lines().count() == 1).await;
    assert!(kept(&key).unwrap().starts_with("own mine the-token-of-the-author "));
}

#[wasm_bindgen_test]
async fn votes_that_the_program_kept_are_shown_without_it() {
    let scripts = Scripts::load().await;
    let page = Page::with_thread(&two_comments()).await;
    let ready: Element = page.find(".dumka-list").clone_node_with_deep(true).unwrap().unchecked_into();
    let key = format!("dumka:session {0} news.test {0}", page.endpoint);
    for button in ["#comment-a .dumka-vote-up", "#comment-b .dumka-vote-down"] {
        page.answer(200, r#"{"votes":{"up":1,"down":1}}"#);
        page.find(button).click();
    }
    page.until("both are kept", || kept(&key).is_some_and(|it| it.lines().count() == 2)).await;
    scripts.session.show_votes(&config(&page), &ready);
    let pressed = ready.query_selector_all("[aria-pressed=true]").unwrap();
    assert_eq!(pressed.length(), 2);
    for button in ["#comment-a .dumka-vote-up", "#comment-b .dumka-vote-down"] {
        let button = ready.query_selector(button).unwrap().unwrap();
        assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("true"));
    }
}
