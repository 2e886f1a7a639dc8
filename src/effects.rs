//! Runs what the state asks for; with `turn` and `client` the only asynchronous code.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use dumka_api::limits::LIST_LIMIT_MAX;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;
use yew::Callback;

use crate::client::Client;
use crate::config::Config;
use crate::mount::Setup;
use crate::state::action::Order;
use crate::state::{Action, Effect, Form, State};
use crate::{draft, turn};

/// Runs one effect; its outcome comes back through `dispatch`. Focus is the view's own affair.
pub fn run(effect: Effect, state: &State, setup: &Rc<Setup>, dispatch: Callback<Action>) {
    let config = &setup.config;
    match effect {
        Effect::List => list(state.config.clone(), setup.clone(), dispatch),
        Effect::ListRest(cursor) => list_rest(state.config.clone(), cursor, dispatch),
        Effect::Step => step(dispatch),
        Effect::Send(form, order) => at_once(send(setup.clone(), form, order), dispatch),
        Effect::Vote(id, value) => at_once(vote(setup.clone(), id, value), dispatch),
        Effect::FetchSource(id, token) => at_once(fetch_source(setup.clone(), id, token), dispatch),
        Effect::Preview(form, text) => at_once(preview(setup.clone(), form, text), dispatch),
        Effect::SaveDraft(name, kept) => draft::save(config, &name, &kept),
        Effect::RecallDraft(name) => dispatch.emit(Action::Recalled(draft::load(config, &name))),
        Effect::SaveName => draft::save_name(&state.composer.name),
        Effect::SaveSort(sort) => draft::save_sort(config, sort),
        Effect::Remember(memory) => draft::remember(config, memory),
        Effect::Listen(event) => drop(setup.outside.call("listen", &event)),
        Effect::CopyLink(id) => copy_link(setup, &id, dispatch),
        Effect::Emit(event) => setup.host.emit(&event),
        Effect::Focus(_) => {}
    }
}

/// With the settings as they are now: the comment that the list begins at is forgotten at some time.
fn list(config: Config, setup: Rc<Setup>, dispatch: Callback<Action>) {
    spawn_local(async move {
        let client = Client(&config);
        let answer = match setup.first_answer.take() {
            Some(response) => client.adopt(response).await,
            None => client.list(config.limit, None).await,
        };
        dispatch.emit(Action::Listed(answer));
    });
}

fn list_rest(config: Config, cursor: String, dispatch: Callback<Action>) {
    spawn_local(async move {
        let answer = Client(&config).list(LIST_LIMIT_MAX, Some(&cursor)).await;
        dispatch.emit(Action::RestListed(cursor, answer));
    });
}

/// What the state shows now is drawn in the task that runs this, and put on the screen in the next frame. The
/// longer of the two counts: each is a task of its own, and a click waits for one of them at most.
fn step(dispatch: Callback<Action>) {
    let started = turn::now_ms();
    spawn_local(async move {
        let drawn = turn::now_ms() - started;
        turn::frame().await;
        let started = turn::now_ms();
        turn::task().await;
        let painted = turn::now_ms() - started;
        // A part of the frame's price would be paid for any number of comments.
        dispatch.emit(Action::Step(drawn.max(painted / 2.0)));
    });
}

/// Something under way that ends with an action.
type Answer = Pin<Box<dyn Future<Output = Action>>>;

/// The request leaves at once, before what it changes is drawn: on a slow phone that is a tenth of the wait.
fn at_once(mut answer: Answer, dispatch: Callback<Action>) {
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(action) => dispatch.emit(action),
        Poll::Pending => spawn_local(async move { dispatch.emit(answer.await) }),
    }
}

fn send(setup: Rc<Setup>, form: Form, order: Order) -> Answer {
    Box::pin(async move {
        let reader = if let Order::Report(..) = order { draft::reader_token() } else { String::new() };
        let answer = Client(&setup.config).send(&order, &reader).await;
        Action::Submitted(form, answer)
    })
}

fn vote(setup: Rc<Setup>, id: String, value: i8) -> Answer {
    Box::pin(async move {
        let answer = Client(&setup.config).vote(&id, value, &draft::reader_token()).await;
        Action::Voted(id, answer)
    })
}

fn fetch_source(setup: Rc<Setup>, id: String, token: String) -> Answer {
    Box::pin(async move {
        let answer = Client(&setup.config).source(&id, &token).await;
        Action::SourceCame(id, answer)
    })
}

fn preview(setup: Rc<Setup>, form: Form, text: String) -> Answer {
    Box::pin(async move { Action::Previewed(form, Client(&setup.config).preview(text).await) })
}

/// Where the browser lets nobody write into the clipboard, the link itself still works.
fn copy_link(setup: &Setup, id: &str, dispatch: Callback<Action>) {
    let Some(copied) = setup.outside.call("copy", id).filter(|copied| !copied.is_undefined()) else { return };
    spawn_local(async move {
        if JsFuture::from(Promise::resolve(&copied)).await.is_ok() {
            dispatch.emit(Action::LinkCopied);
        }
    });
}

/// Writes the times that are shown anew, some at a time: what was five minutes ago is six by now.
pub fn renew_times(setup: Rc<Setup>) {
    const AT_ONCE: u32 = 50;
    spawn_local(async move {
        let Ok(times) = setup.root.query_selector_all("time") else { return };
        for index in 0..times.length() {
            if index % AT_ONCE == AT_ONCE - 1 {
                turn::task().await;
            }
            let time = times.get(index).and_then(|time| time.dyn_into::<Element>().ok());
            if let Some(time) = time {
                renew_time(&setup, &time);
            }
        }
    });
}

fn renew_time(setup: &Setup, time: &Element) {
    let (Some(moment), Some(text)) = (time.get_attribute("datetime"), time.first_child()) else { return };
    let words = setup.locale.moment(&moment).words;
    if text.node_value().as_ref() != Some(&words) {
        text.set_node_value(Some(&words));
    }
}
