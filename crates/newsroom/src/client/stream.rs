//! The stream of the newsroom: server-sent events, again after every break.

use dumka_api::paths;
use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent};
use yew::Callback;

use crate::state::LiveAction;

/// Milliseconds until a stream is asked for again that the server has refused; a broken one the browser itself asks for.
const AGAIN_MS: u32 = 10_000;

/// A stream that is followed until it is dropped.
pub struct Stream {
    source: EventSource,
    _listeners: Vec<Closure<dyn FnMut(MessageEvent)>>,
    _states: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Stream {
    /// Follows the stream. `lost` is called where the browser does not go on by itself.
    pub fn follow(root: &str, told: &Callback<LiveAction>, lost: &Callback<()>) -> Option<Self> {
        let source = EventSource::new(&[root, paths::NEWSROOM_API, "/live"].concat()).ok()?;
        let listeners = vec![
            listen(&source, "counters", told, |hello| LiveAction::Counters(Box::new(hello))),
            listen(&source, "comment", told, |changed| LiveAction::Comment(Box::new(changed))),
        ];
        let opened = {
            let told = told.clone();
            move |_| told.emit(LiveAction::Connected(true))
        };
        let failed = {
            let (told, lost, source) = (told.clone(), lost.clone(), source.clone());
            move |_| {
                told.emit(LiveAction::Connected(false));
                if source.ready_state() == EventSource::CLOSED {
                    let lost = lost.clone();
                    Timeout::new(AGAIN_MS, move || lost.emit(())).forget();
                }
            }
        };
        let states: [Closure<dyn FnMut(JsValue)>; 2] = [Closure::new(opened), Closure::new(failed)];
        source.set_onopen(Some(states[0].as_ref().unchecked_ref()));
        source.set_onerror(Some(states[1].as_ref().unchecked_ref()));
        Some(Self { source, _listeners: listeners, _states: states })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Listens to the events of one name; what cannot be read is passed over.
fn listen<T: DeserializeOwned + 'static>(
    source: &EventSource,
    name: &str,
    told: &Callback<LiveAction>,
    action: fn(T) -> LiveAction,
) -> Closure<dyn FnMut(MessageEvent)> {
    let told = told.clone();
    let listener = Closure::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(event) = serde_json::from_str(&text) {
            told.emit(action(event));
        }
    });
    // It fails for listeners of another kind alone.
    let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener
}
