//! The functions by which the loader mounts a widget and speaks to it.

use std::cell::RefCell;
use std::rc::Rc;

use dumka_api::{LiveAlive, LiveComment, LiveDeleted, LiveVotes, live};
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
use web_sys::{Element, HtmlElement};
use yew::AppHandle;

use crate::app::{App, Props};
use crate::config::Config;
use crate::host::{Host, LoaderApi, MountStage, WidgetContext};
use crate::i18n::intl::Intl;
use crate::i18n::{Catalog, Key, Locale};
use crate::state::Action;
use crate::state::action::{LiveChange, LiveEvent};
use crate::{json, local_storage, scheduler};

/// A mounted widget, held by its custom element.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Widget {
    handle: AppHandle<App>,
    context: Rc<WidgetContext>,
}

#[wasm_bindgen]
impl Widget {
    /// Asks the endpoint for the thread again.
    pub fn refresh(&self) {
        self.handle.send_message(Action::Reload);
    }

    /// Replaces the prerendered thread: `typed` is the input into its form, a [`TypedForm`](crate::state::TypedForm)
    /// as a plain object, or nothing without a form; `enter` is called as soon as this is drawn.
    pub fn hydrate(&self, typed: &JsValue, enter: Function) {
        self.context.stage.replace(MountStage::Swapping(enter));
        self.handle.send_message(Action::Hydrate(json::decode(typed)));
    }

    /// Applies an event of the live stream: its name, and its data as JSON.
    pub fn on_live_event(&self, event: &str, data: &str) {
        if event == live::ALIVE {
            self.on_alive(data);
        } else if let Some(happening) = happening(event, data) {
            self.handle.send_message(Action::LiveEvent(happening));
        }
    }

    /// Synchronizes the clock of relative times, and refreshes them if they have changed.
    fn on_alive(&self, data: &str) {
        let Some(LiveAlive { server_time, .. }) = json::from_str(data) else { return };
        let has_changed = self.context.loader.call("synchronize", &server_time.0);
        if has_changed.is_some_and(|has_changed| has_changed.is_truthy()) {
            self.handle.send_message(Action::Tick(scheduler::clock_ms()));
        }
    }

    /// Unmounts the widget and frees it.
    pub fn unmount(self) {
        self.handle.destroy();
    }
}

fn happening(event: &str, data: &str) -> Option<LiveEvent> {
    match event {
        live::COMMENT | live::EDITED => {
            let LiveComment { comment, total, .. } = json::from_str(data)?;
            let change =
                if event == live::COMMENT { LiveChange::New(comment) } else { LiveChange::Edited(comment) };
            Some(LiveEvent { change, total })
        }
        live::DELETED => {
            let LiveDeleted { id, total, comment: tombstone, .. } = json::from_str(data)?;
            Some(LiveEvent { change: tombstone.map_or(LiveChange::Deleted(id), LiveChange::Edited), total })
        }
        live::VOTES => {
            let LiveVotes { id, votes, .. } = json::from_str(data)?;
            Some(LiveEvent { change: LiveChange::Votes(id, votes), total: None })
        }
        live::THREAD => Some(LiveEvent { change: LiveChange::Thread(json::from_str(data)?), total: None }),
        _ => None,
    }
}

/// Reads a file of `locales/`. Unknown names, and values that are no text, are ignored.
fn catalog(file: &JsValue) -> Option<Catalog> {
    let words = |object: &JsValue, name: &str| json::own(object, name).as_string().unwrap_or_default();
    let counted = |phrase: &str, category: &str| words(&json::own(file, phrase), category);
    file.is_object().then(|| Catalog::new(|name| words(file, name), counted))
}

/// Draws a widget into `root`, a `<section class="dumka">`, for the custom element `host`.
///
/// `config` is a [`Config`] and `catalog` a file of `locales/`, both as plain objects; `first_response` is a promise
/// of the `Response` to the first list request. With `on_ready`, the page shows the thread already: the widget is
/// drawn without a word to the page, `on_ready` is called when the thread or a failure is there, and
/// [`Widget::hydrate`] is awaited. `loader` has the functions `listen(event)`, which follows the live stream from
/// that event on and calls [`Widget::on_live_event`]; `copy(id)`, which copies the address of a comment and answers a
/// promise; `ago(moment)`, which says in words how long ago that was; `learn(moment)`, which is told what the
/// server's clock showed just now; and `synchronize(moment)`, which is told what it shows now and answers whether
/// times read otherwise. As `storage` it has what does as the browser's `localStorage` does and never fails.
///
/// # Errors
///
/// When `config` or `catalog` is not what this build expects.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    root: Element,
    config: &JsValue,
    catalog: &JsValue,
    first_response: JsValue,
    on_ready: Option<Function>,
    loader: JsValue,
) -> Result<Widget, JsError> {
    let config = json::decode::<Config>(config).ok_or_else(|| JsError::new("wrong config"))?.bounded();
    let catalog = self::catalog(catalog).ok_or_else(|| JsError::new("wrong catalog"))?;
    let intl = Intl::new(&config.lang, catalog.text(Key::Dates), json::get(&loader, "ago"));
    let locale = Rc::new(Locale::new(config.lang.clone(), catalog.into(), intl));
    let first_response = RefCell::new(first_response.dyn_into().ok());
    let stage = RefCell::new(on_ready.map_or(MountStage::OnPage, MountStage::Hidden));
    let storage = json::get(&loader, "storage");
    if storage.is_object() {
        local_storage::keep_in(storage.unchecked_into());
    }
    let (host, loader) = (Host(host), LoaderApi(loader));
    let context =
        Rc::new(WidgetContext { config, locale, host, root: root.clone(), first_response, stage, loader });
    let props = Props { context: context.clone() };
    Ok(Widget { handle: yew::Renderer::<App>::with_root_and_props(root, props).render(), context })
}
