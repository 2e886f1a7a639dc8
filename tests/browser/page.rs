//! A host page with one widget on it.

use std::cell::Cell;

use dumka_widget::mount::{Widget, mount};
use gloo_timers::future::TimeoutFuture;
use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{Document, Element, HtmlElement, ShadowRootInit, ShadowRootMode};

use crate::endpoint::{answer, asked, serve};
use crate::times::times_in;

#[wasm_bindgen(module = "/embed/shadow_parts.js")]
extern "C" {
    #[wasm_bindgen(js_name = exposeParts)]
    fn keep_parts(root: &Element);
}

thread_local!(static PAGES: Cell<u32> = const { Cell::new(0) });

/// A widget on a page of its own, in Russian, with at most two top-level comments at first.
pub struct Page {
    /// The custom element.
    pub host: HtmlElement,
    /// The endpoint's address, and the thread's id at once: no two tests share a draft.
    pub endpoint: String,
    root: Element,
    widget: Option<Widget>,
    first_answer: JsValue,
    outside: JsValue,
    comment: &'static str,
}

/// One request that the endpoint saw.
pub struct Asked {
    pub method: String,
    pub url: String,
    pub key: String,
    pub authorization: String,
    pub body: String,
}

impl Asked {
    /// A field of the body, which is a JSON object.
    pub fn said(&self, field: &str) -> JsValue {
        Reflect::get(&JSON::parse(&self.body).unwrap(), &field.into()).unwrap()
    }
}

impl Page {
    /// A page whose endpoint knows no answer yet.
    pub fn new() -> Self {
        let number = PAGES.with(|pages| pages.replace(pages.get() + 1));
        let endpoint = format!("https://endpoint.test/{number}/comments");
        serve(&endpoint);
        let host: HtmlElement = document().create_element("dumka-comments").unwrap().unchecked_into();
        let root = document().create_element("section").unwrap();
        root.set_class_name("dumka");
        host.append_child(&root).unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        Self {
            host,
            endpoint,
            root,
            widget: None,
            first_answer: JsValue::NULL,
            outside: times_in("ru"),
            comment: "",
        }
    }

    /// A page whose widget shows a thread.
    pub async fn with_thread(listing: &str) -> Self {
        let mut page = Self::new();
        page.answer(200, listing);
        page.mount();
        page.state_is(&["empty", "ready"]).await;
        page
    }

    /// A page whose widget shows a thread inside a shadow root.
    pub async fn isolated(listing: &str) -> Self {
        let mut page = Self::new();
        let shadow = page.host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        page.root = document().create_element("div").unwrap();
        shadow.append_child(&page.root).unwrap();
        page.answer(200, listing);
        page.mount();
        keep_parts(&page.root);
        page.state_is(&["empty", "ready"]).await;
        page
    }

    /// Gives the widget what the loader does for it: an object of functions.
    pub fn surround(&mut self, outside: JsValue) {
        self.outside = outside;
    }

    /// Tells the widget an event of the live stream.
    pub fn tell(&self, event: &str, data: &str) {
        self.widget.as_ref().unwrap().on_live_event(event, data);
    }

    /// Opens the page for one comment, as a permalink does.
    pub fn begin_at(&mut self, comment: &'static str) {
        self.comment = comment;
    }

    /// Gives the widget a request that is already under way.
    pub fn take_over(&mut self, first_answer: JsValue) {
        self.first_answer = first_answer;
    }

    /// Puts the widget on the page, as the loader would; again after [`Page::unmount`].
    pub fn mount(&mut self) {
        let Self { endpoint, comment, .. } = self;
        let comment = if comment.is_empty() { String::new() } else { format!(r#","comment":"{comment}""#) };
        let config = format!(
            r#"{{"endpoint":"{endpoint}","site":"news.test","page":"{endpoint}","lang":"ru","limit":2{comment}}}"#
        );
        let [config, catalog] =
            [&config, include_str!("../../locales/ru.json")].map(|json| JSON::parse(json).unwrap());
        let (host, root, first) = (self.host.clone(), self.root.clone(), self.first_answer.clone());
        let storage = Reflect::get(&js_sys::global(), &"localStorage".into()).unwrap();
        Reflect::set(&self.outside, &"storage".into(), &storage).unwrap();
        let widget = mount(host, root, &config, &catalog, first, None, self.outside.clone());
        self.widget = widget.ok();
        assert!(self.widget.is_some());
    }

    /// Takes the widget off the page.
    pub fn unmount(&mut self) {
        self.widget.take().unwrap().unmount();
    }

    /// The next answer: JSON with a status.
    pub fn answer(&self, status: u16, json: &str) {
        answer(&self.endpoint, "json", status, json);
    }

    /// The next answer: something else than JSON with a good status; see `endpoint` for the kinds.
    pub fn answer_badly(&self, kind: &str, status: u16, body: &str) {
        answer(&self.endpoint, kind, status, body);
    }

    /// The requests that the endpoint has received.
    pub fn asked(&self) -> Vec<Asked> {
        let requests = js_sys::Array::from(&JSON::parse(&asked(&self.endpoint)).unwrap());
        let field = |request: &JsValue, name: &str| Reflect::get(request, &name.into()).unwrap().as_string();
        requests
            .iter()
            .map(|request| Asked {
                method: field(&request, "method").unwrap(),
                url: field(&request, "url").unwrap(),
                key: field(&request, "key").unwrap_or_default(),
                authorization: field(&request, "authorization").unwrap_or_default(),
                body: field(&request, "body").unwrap(),
            })
            .collect()
    }

    /// The posts among what the endpoint saw.
    pub fn posts(&self) -> Vec<Asked> {
        self.asked().into_iter().filter(|request| request.method == "POST").collect()
    }

    /// The element of that selector, which must be there.
    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html())).unchecked_into()
    }

    /// Number of elements that a selector finds.
    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The text of the element of that selector.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap().trim().to_owned()
    }

    /// All that the widget says.
    pub fn all_text(&self) -> String {
        self.root.text_content().unwrap()
    }

    /// Waits for the request of that number, counted from 0.
    pub async fn request(&self, number: usize) -> Asked {
        self.until("the request is out", || self.asked().len() > number).await;
        self.asked().remove(number)
    }

    /// The element's `data-composer`.
    pub fn composer(&self) -> String {
        self.host.get_attribute("data-composer").unwrap_or_default()
    }

    /// Waits until `data-state` is one of these.
    pub async fn state_is(&self, words: &[&str]) {
        let state = || self.host.get_attribute("data-state").unwrap_or_default();
        self.until(&format!("data-state is {words:?}"), || words.contains(&state().as_str())).await;
    }

    /// Waits until `data-composer` is one of these.
    pub async fn composer_is(&self, words: &[&str]) {
        self.until(&format!("data-composer is {words:?}"), || words.contains(&self.composer().as_str()))
            .await;
    }

    /// Waits until a selector finds something.
    pub async fn shows(&self, selector: &str) {
        self.until(selector, || self.count(selector) > 0).await;
    }

    /// Waits until the focus is on the element of that selector.
    pub async fn focus_is_on(&self, selector: &str) {
        let focused = || document().active_element();
        self.until(&format!("the focus is on {selector}"), || {
            focused().is_some_and(|element| {
                element.matches(selector).unwrap() && self.root.contains(Some(&element))
            })
        })
        .await;
    }

    /// Waits until something holds; the browser may be busy, so the limit is far off.
    pub async fn until(&self, what: &str, holds: impl Fn() -> bool) {
        for _ in 0..1_500 {
            if holds() {
                return;
            }
            TimeoutFuture::new(10).await;
        }
        panic!("waited in vain until {what}: {}", self.root.inner_html());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// The browser's document.
pub fn document() -> Document {
    let document = Reflect::get(&js_sys::global(), &"document".into());
    document.unwrap().unchecked_into()
}
