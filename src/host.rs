//! The parts of the host page that a widget uses: its element, its settings, the functions of the loader.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, HtmlElement};

use crate::config::Config;
use crate::i18n::Locale;
use crate::json;
use crate::state::Event;

/// The environment of one widget.
#[derive(Debug)]
pub struct WidgetContext {
    /// Its settings.
    pub config: Config,
    /// Its language.
    pub locale: Rc<Locale>,
    /// Its custom element.
    pub host: Host,
    /// The `<section class="dumka">` it draws into.
    pub root: Element,
    /// The loader's request for the first comments, until it is taken.
    pub first_response: RefCell<Option<Promise>>,
    /// The stage of its way onto the page.
    pub stage: RefCell<MountStage>,
    /// The functions of the loader.
    pub loader: LoaderApi,
}

/// The functions that the loader offers, as properties of an object. A missing one does nothing.
#[derive(Debug)]
pub struct LoaderApi(pub JsValue);

impl LoaderApi {
    /// Calls a function with one argument; `None` if it throws.
    pub fn call(&self, name: &str, word: &str) -> Option<JsValue> {
        let function = json::get(&self.0, name).dyn_into::<Function>().ok()?;
        function.call1(&JsValue::UNDEFINED, &word.into()).ok()
    }
}

/// A stage of a widget's way onto the page.
#[derive(Debug)]
pub enum MountStage {
    /// The widget is hidden while the page shows the prerendered thread. The function is called with the future
    /// `data-state` of the element as soon as the widget is drawn.
    Hidden(Function),
    /// It waits until the loader hydrates it.
    Waiting,
    /// It has the reader's input. The function is called once this is drawn, and puts the widget onto the page.
    Swapping(Function),
    /// The page shows it.
    OnPage,
}

impl MountStage {
    /// Returns `true` while the page shows another thread in the place of the widget's.
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden(_) | Self::Waiting)
    }
}

/// The custom element of one widget.
#[derive(Debug)]
pub struct Host(pub HtmlElement);

impl Host {
    /// Sets one of the element's `data-` attributes, for style sheets.
    pub fn set(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            // Fails only for names that are no attribute names.
            let _ = self.0.set_attribute(name, value);
        }
    }

    /// Dispatches an event that bubbles from the element.
    pub fn emit(&self, event: &Event) {
        let (name, key, value) = match event {
            Event::Ready => ("dumka:ready", "page", self.0.get_attribute("page").unwrap_or_default()),
            Event::Posted(id) => ("dumka:posted", "id", id.clone().into()),
            Event::Error(failure) => ("dumka:error", "kind", failure.as_str().into()),
        };
        let detail = json::object(&[(key, value.into())]);
        let init = json::object(&[("bubbles", true.into()), ("composed", true.into()), ("detail", detail)]);
        // Dispatching a fresh event does not fail.
        let _ = CustomEvent::new_with_event_init_dict(name, init.unchecked_ref())
            .map(|event| self.0.dispatch_event(&event));
    }
}
