//! Where the widget meets the host page: mounting, the element's attributes and events.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
use web_sys::{CustomEvent, Element, HtmlElement};
use yew::AppHandle;

use crate::app::{App, Props};
use crate::config::Config;
use crate::draft;
use crate::i18n::intl::Intl;
use crate::i18n::{Catalog, Key, Locale};
use crate::json;
use crate::state::action::{Happening, Told};
use crate::state::{Action, Event};
use crate::turn;

/// What one widget is given once.
#[derive(Debug)]
pub struct Setup {
    /// Its settings.
    pub config: Config,
    /// Its language.
    pub locale: Rc<Locale>,
    /// Its custom element.
    pub host: Host,
    /// The `<section class="dumka">` it draws into.
    pub root: Element,
    /// The loader's request for the first comments, until it is taken.
    pub first_answer: RefCell<Option<Promise>>,
    /// How far the widget is from standing on the page.
    pub stage: RefCell<Stage>,
    /// What the loader does for it.
    pub outside: Outside,
}

/// What the loader does for a widget: an object of functions. One that is not there does nothing.
#[derive(Debug)]
pub struct Outside(pub JsValue);

impl Outside {
    /// Calls a function with one word; what it answers, unless it throws.
    pub fn call(&self, name: &str, word: &str) -> Option<JsValue> {
        let function = json::get(&self.0, name).dyn_into::<Function>().ok()?;
        function.call1(&JsValue::UNDEFINED, &word.into()).ok()
    }
}

/// How far a widget is from standing on the page.
#[derive(Debug)]
pub enum Stage {
    /// It is drawn beside the thread that the page shows already. Called once it could take its place, with
    /// the element's `data-state` to be.
    Beside(Function),
    /// It waits for the moment at which nothing is under the reader's finger.
    Waiting,
    /// What the reader wrote meanwhile is its own; called once it is drawn, to put it on the page.
    Entering(Function),
    /// It is what the page shows.
    OnPage,
}

/// The custom element of one widget.
#[derive(Debug)]
pub struct Host(pub HtmlElement);

impl Host {
    /// Sets one of the element's `data-` attributes, which style sheets go by.
    pub fn set(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            // Fails only for names that are no attribute names.
            let _ = self.0.set_attribute(name, value);
        }
    }

    /// Tells the page what happened: an event that bubbles from the element.
    pub fn emit(&self, event: &Event) {
        let (name, key, value) = match event {
            Event::Ready => ("dumka:ready", "page", self.0.get_attribute("page").unwrap_or_default()),
            Event::Posted(id) => ("dumka:posted", "id", id.clone()),
            Event::Error(failure) => ("dumka:error", "kind", failure.word().into()),
        };
        let detail = json::object(&[(key, value.into())]);
        let init = json::object(&[("bubbles", true.into()), ("composed", true.into()), ("detail", detail)]);
        // Dispatching a fresh event does not fail.
        let _ = CustomEvent::new_with_event_init_dict(name, init.unchecked_ref())
            .map(|event| self.0.dispatch_event(&event));
    }
}

/// A mounted widget, held by its custom element.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Widget {
    handle: AppHandle<App>,
    setup: Rc<Setup>,
}

#[wasm_bindgen]
impl Widget {
    /// Asks the endpoint for the thread again.
    pub fn refresh(&self) {
        self.handle.send_message(Action::Reload);
    }

    /// Takes the place of the thread that the page shows: `written` is what stands in its form, a
    /// [`Written`](crate::state::Written) as a plain object, or nothing where there is no form; `enter` is called as soon as that is drawn.
    pub fn take_over(&self, written: &JsValue, enter: Function) {
        self.setup.stage.replace(Stage::Entering(enter));
        self.handle.send_message(Action::Adopt(json::read(written)));
    }

    /// Takes in what happened in the thread: an event of the live stream, and its data as a plain object. `alive` says
    /// that the clock by which times are written was set.
    pub fn heard(&self, event: &str, data: &JsValue) {
        if event == "alive" {
            // The server's clock is known better from now on: times read otherwise.
            self.handle.send_message(Action::Tick(turn::clock_ms()));
        } else if let Some(happening) = happening(event, data) {
            self.handle.send_message(Action::Heard(happening));
        }
    }

    /// Takes the widget off the page and frees it.
    pub fn unmount(self) {
        self.handle.destroy();
    }
}

fn happening(event: &str, data: &JsValue) -> Option<Happening> {
    let id = || json::get(data, "id").as_string();
    let what = match event {
        "comment" => Told::New(json::read(data)?),
        "edited" => Told::Edited(json::read(data)?),
        // With an empty mark where others answered it.
        "deleted" => match json::read(&json::get(data, "comment")) {
            Some(mark) => Told::Edited(mark),
            None => Told::Deleted(id()?),
        },
        "votes" => Told::Votes(id()?, json::read(&json::get(data, "votes"))?),
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of comments")]
    let total = json::get(data, "total").as_f64().map(|total| total as u64);
    Some(Happening { what, total })
}

/// Draws a widget into `root`, a `<section class="dumka">`, for the custom element `host`.
///
/// `config` is a [`Config`] and `catalog` a file of `locales/`, both as plain objects; `first_answer` is a promise of
/// the `Response` to the first list request. With `beside`, the page shows the thread already: the widget is drawn
/// without a word to the page, `beside` is called when the thread or a failure is there, and
/// [`Widget::take_over`] is awaited. `outside` has the functions `listen(event)`, which follows the live stream from
/// that event on and calls [`Widget::heard`]; `copy(id)`, which copies the address of a comment and answers a promise;
/// `ago(moment)`, which says in words how long ago that was; and `learn(moment)`, which is told what the server's clock
/// showed just now. As `storage` it has what does as the browser's `localStorage` does and never fails.
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
    first_answer: JsValue,
    beside: Option<Function>,
    outside: JsValue,
) -> Result<Widget, JsError> {
    let config = json::read::<Config>(config).ok_or_else(|| JsError::new("wrong config"))?.bounded();
    let catalog: Catalog = json::read(catalog).ok_or_else(|| JsError::new("wrong catalog"))?;
    let intl = Intl::new(&config.lang, catalog.text(Key::Dates), json::get(&outside, "ago"));
    let locale = Rc::new(Locale::new(config.lang.clone(), catalog.into(), intl));
    let first_answer = RefCell::new(first_answer.dyn_into().ok());
    let stage = RefCell::new(beside.map_or(Stage::OnPage, Stage::Beside));
    let storage = json::get(&outside, "storage");
    if storage.is_object() {
        draft::keep_in(storage.unchecked_into());
    }
    let (host, outside) = (Host(host), Outside(outside));
    let setup = Rc::new(Setup { config, locale, host, root: root.clone(), first_answer, stage, outside });
    let props = Props { setup: setup.clone() };
    Ok(Widget { handle: yew::Renderer::<App>::with_root_and_props(root, props).render(), setup })
}
