//! Runs what the state asks for; the only asynchronous code of the widget.

use std::rc::Rc;

use dumka_api::limits::LIST_LIMIT_MAX;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::client::Client;
use crate::draft;
use crate::mount::Setup;
use crate::state::composer::Attempt;
use crate::state::{Action, Effect, State};

/// Runs one effect; its outcome comes back through `dispatch`. Focus is the view's own affair.
pub fn run(effect: Effect, state: &State, setup: &Rc<Setup>, dispatch: Callback<Action>) {
    match effect {
        Effect::List => list(setup.clone(), dispatch),
        Effect::ListRest(cursor) => list_rest(setup.clone(), cursor, dispatch),
        Effect::Send(attempt) => send(setup.clone(), attempt, dispatch),
        Effect::SaveDraft => draft::save(&setup.config, &state.composer.draft),
        Effect::SaveName => draft::save_name(&state.composer.name),
        Effect::Emit(event) => setup.host.emit(&event),
        Effect::Focus(_) => {}
    }
}

fn list(setup: Rc<Setup>, dispatch: Callback<Action>) {
    spawn_local(async move {
        let client = Client(&setup.config);
        let answer = match setup.first_answer.take() {
            Some(response) => client.adopt(response).await,
            None => client.list(setup.config.limit, None).await,
        };
        dispatch.emit(Action::Listed(answer));
    });
}

fn list_rest(setup: Rc<Setup>, cursor: String, dispatch: Callback<Action>) {
    spawn_local(async move {
        let answer = Client(&setup.config).list(LIST_LIMIT_MAX, Some(&cursor)).await;
        dispatch.emit(Action::RestListed(answer));
    });
}

fn send(setup: Rc<Setup>, attempt: Attempt, dispatch: Callback<Action>) {
    spawn_local(async move {
        let answer = Client(&setup.config).submit(&attempt).await;
        dispatch.emit(Action::Submitted(answer));
    });
}
