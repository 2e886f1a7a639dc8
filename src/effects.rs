//! Runs what the state asks for; the only asynchronous code of the widget.

use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use dumka_api::limits::LIST_LIMIT_MAX;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::client::Client;
use crate::config::Config;
use crate::mount::Setup;
use crate::state::composer::Attempt;
use crate::state::{Action, Effect, State};
use crate::{draft, turn};

/// Runs one effect; its outcome comes back through `dispatch`. Focus is the view's own affair.
pub fn run(effect: Effect, state: &State, setup: &Rc<Setup>, dispatch: Callback<Action>) {
    match effect {
        Effect::List => list(state.config.clone(), setup.clone(), dispatch),
        Effect::ListRest(cursor) => list_rest(setup.clone(), cursor, dispatch),
        Effect::Step => step(dispatch),
        Effect::Send(attempt) => send(setup.clone(), attempt, dispatch),
        Effect::SaveDraft => draft::save(&setup.config, &state.composer.draft),
        Effect::SaveName => draft::save_name(&state.composer.name),
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

fn list_rest(setup: Rc<Setup>, cursor: String, dispatch: Callback<Action>) {
    spawn_local(async move {
        let answer = Client(&setup.config).list(LIST_LIMIT_MAX, Some(&cursor)).await;
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

/// The request leaves at once, before what it changes is drawn: on a slow phone that is a tenth of the wait.
fn send(setup: Rc<Setup>, attempt: Attempt, dispatch: Callback<Action>) {
    let mut answer = Box::pin(async move { Client(&setup.config).submit(&attempt).await });
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => dispatch.emit(Action::Submitted(answer)),
        Poll::Pending => spawn_local(async move { dispatch.emit(Action::Submitted(answer.await)) }),
    }
}
