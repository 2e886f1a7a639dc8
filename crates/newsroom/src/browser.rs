//! The parts of the browser that the program uses besides the network.

#![expect(clippy::disallowed_methods, reason = "the page is the program's own")]

use js_sys::{JsString, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Storage, Window,
};

use crate::state::Failure;

#[wasm_bindgen]
extern "C" {
    /// The functions of `page/passkey.js`.
    #[derive(Clone, PartialEq)]
    pub type Passkeys;

    #[wasm_bindgen(method, catch)]
    fn create(this: &Passkeys, options: &str) -> Result<Promise, wasm_bindgen::JsValue>;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Passkeys, options: &str) -> Result<Promise, wasm_bindgen::JsValue>;

    /// Tells whether the browser has passkeys at this address.
    #[wasm_bindgen(method, getter)]
    pub fn supported(this: &Passkeys) -> bool;
}

impl Passkeys {
    /// Makes a passkey, or uses one; the credential as JSON.
    pub async fn ask(&self, options: &str, is_new: bool) -> Result<String, Failure> {
        let promise = if is_new { self.create(options) } else { self.get(options) };
        let made = JsFuture::from(promise.map_err(|_| Failure::NoPasskey)?).await;
        made.ok()
            .and_then(|json| json.dyn_into::<JsString>().ok())
            .map(String::from)
            .ok_or(Failure::NoPasskey)
    }
}

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the program runs in a page")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// An element by its id.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Moves the focus to an element, and the element into view.
pub fn focus(id: &str) {
    let Some(found) = element(id).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    // An element that is gone takes no focus, and nothing is to be done about it.
    let _ = found.focus();
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    found.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Takes the secret of an invitation out of the address, where it shall not stay.
pub fn take_invite() -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok()?;
    let link = fragment.strip_prefix("#invite=")?.to_owned();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let history = window().history().ok()?;
    let cleaned = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    cleaned.ok().map(|()| link).filter(|link| !link.is_empty())
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Reads what was kept in this browser.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(&["dumka-newsroom:", name].concat()).ok().flatten()
}

/// Keeps a text in this browser; an empty one is forgotten. A browser that keeps nothing loses nothing else.
pub fn store(name: &str, text: &str) {
    let name = ["dumka-newsroom:", name].concat();
    let Some(storage) = storage() else { return };
    let _ = if text.is_empty() { storage.remove_item(&name) } else { storage.set_item(&name, text) };
}

/// Puts a text on the clipboard.
pub async fn copy(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Tells whether an element takes letters, so that keys are not for the program.
pub fn is_typing(target: &Element) -> bool {
    let is_box = target.get_attribute("type").is_some_and(|it| it == "checkbox" || it == "radio");
    matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") && !is_box
}
