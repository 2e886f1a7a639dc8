//! Input by keyboard.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};

use crate::page::Page;

impl Page {
    /// The value of a field in the thread's own form.
    pub fn value(&self, field: &str) -> String {
        self.value_at(&format!("[name={field}]"))
    }

    /// The value of the field with this selector.
    pub fn value_at(&self, selector: &str) -> String {
        let element = self.find(selector);
        match element.dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => area.value(),
            Err(element) => element.unchecked_into::<HtmlInputElement>().value(),
        }
    }

    /// Types into a field of the first form, the thread's own.
    pub fn type_into(&self, field: &str, text: &str) {
        self.type_at(&format!("[name={field}]"), text);
    }

    /// Types into the field of that selector, as a browser reports it.
    pub fn type_at(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        match element.clone().dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => area.set_value(text),
            Err(element) => element.unchecked_into::<HtmlInputElement>().set_value(text),
        }
        let init = web_sys::InputEventInit::new();
        init.set_bubbles(true);
        let event = web_sys::InputEvent::new_with_event_init_dict("input", &init).unwrap();
        element.dispatch_event(event.unchecked_ref::<Event>()).unwrap();
    }

    /// Presses a key in the field of that selector; whether the widget took it for itself.
    pub fn press_key(&self, selector: &str, key: &str, set: fn(&KeyboardEventInit)) -> bool {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        set(&init);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        !self.find(selector).dispatch_event(&event).unwrap()
    }

    /// Opens the form, writes a comment and sends it.
    pub async fn post(&self, text: &str) {
        if self.composer() == "closed" {
            self.find(".dumka-add").click();
            self.composer_is(&["open"]).await;
        }
        self.type_into("name", "Оля");
        self.type_into("text", text);
        self.find(".dumka-submit").click();
    }
}
