//! Runs what the state asks for; with `scheduler` and `client` the only asynchronous code.

use std::rc::Rc;

use dumka_api::Listing;
use dumka_api::limits::LIST_LIMIT_MAX;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;
use yew::Callback;

use crate::client::{Client, PendingResponse, Request, Response, rest};
use crate::config::Config;
use crate::host::{MountStage, WidgetContext};
use crate::state::effect::FormRequest;
use crate::state::{Action, Effect, Failure, FormSlot, State};
use crate::{local_storage, scheduler};

/// Runs one effect; its outcome comes back through `dispatch`. Focus is the view's own affair.
pub fn run(effect: Effect, state: &State, context: &Rc<WidgetContext>, dispatch: Callback<Action>) {
    let config = &context.config;
    let client = Client(config);
    match effect {
        Effect::FetchList(request_id) => {
            read_list(send_list_request(state, context), dispatch, move |response| {
                Action::ListLoaded(request_id, response)
            });
        }
        Effect::FetchMore(cursor) => {
            // The cursor belongs to the order that is shown, also where another one is on its way.
            let config = Config { sort: state.shown_sort(), ..state.config.clone() };
            let pending = Client(&config).list(LIST_LIMIT_MAX, Some(&cursor)).send();
            read_list(pending, dispatch, move |response| Action::MoreLoaded(cursor, response));
        }
        Effect::ScheduleBatch => measure_batch(context, dispatch),
        Effect::SendForm(form, form_request) => send_form(context.clone(), form, &form_request, dispatch),
        Effect::SendVote(id, value) => {
            let request = client.vote(&id, value, &local_storage::reader_token());
            send(request, dispatch, move |response| Action::Voted(id, rest::votes(response)));
        }
        Effect::FetchSource(id, token) => {
            let request = client.source(&id, &token);
            send(request, dispatch, move |response| Action::SourceLoaded(id, rest::source(response)));
        }
        Effect::FetchPending(id, token) => {
            send(client.source(&id, &token), dispatch, |response| {
                Action::PendingLoaded(rest::source(response))
            });
        }
        Effect::FetchPreview(form, text) => {
            let request = client.preview(text.clone());
            send(request, dispatch, move |response| {
                Action::PreviewLoaded(form, text, rest::previewed(response))
            });
        }
        Effect::SaveDraft(name, kept) => local_storage::save(config, &name, &kept),
        Effect::LoadDraft(name) => dispatch.emit(Action::DraftLoaded(local_storage::load(config, &name))),
        Effect::SaveName => local_storage::save_name(&state.composer.name),
        Effect::SaveSort(sort) => local_storage::save_sort(config, sort),
        Effect::SaveSession(change) => local_storage::update_session(config, change),
        Effect::FollowLive(event) => drop(context.loader.call("listen", &event)),
        Effect::CopyLink(id) => copy_link(context, &id, dispatch),
        Effect::Emit(event) => context.host.emit(&event),
        Effect::Focus(_) => {}
    }
}

/// Requests the thread, in a task after the one that has created the widget.
pub fn load_thread(dispatch: Callback<Action>) {
    spawn_local(async move {
        scheduler::yield_task().await;
        dispatch.emit(Action::Reload);
    });
}

type ListResponse = Result<Listing, Failure>;

/// Requests the first comments, with the present settings: the comment at which the list begins is dropped at some
/// time.
fn send_list_request(state: &State, context: &WidgetContext) -> PendingResponse {
    match context.first_response.take() {
        Some(response) => PendingResponse::adopt(response),
        None => Client(&state.config).list(state.config.limit, None).send(),
    }
}

fn read_list(
    pending: PendingResponse,
    dispatch: Callback<Action>,
    then: impl FnOnce(ListResponse) -> Action + 'static,
) {
    let then: Box<dyn FnOnce(ListResponse) -> Action> = Box::new(then);
    spawn_local(async move {
        let listed = rest::listing(pending).await;
        // Browsers compile a function when it is called first: what reads an answer and what draws it would take a
        // slow phone longer than one task may.
        scheduler::yield_task().await;
        dispatch.emit(then(listed));
    });
}

/// Yields until the browser has drawn the last batch, and measures the time. The longer of drawing and painting
/// counts, since each is a task of its own and a click waits for one of them at most. A hidden widget is in no frame
/// and waits for none.
fn measure_batch(context: &WidgetContext, dispatch: Callback<Action>) {
    let started = scheduler::now_ms();
    let is_seen = matches!(*context.stage.borrow(), MountStage::OnPage);
    spawn_local(async move {
        let drawn = scheduler::now_ms() - started;
        if is_seen {
            scheduler::next_frame().await;
        }
        let started = scheduler::now_ms();
        scheduler::yield_task().await;
        let painted = scheduler::now_ms() - started;
        // A part of the frame's price would be paid for any number of comments.
        dispatch.emit(Action::BatchDrawn(drawn.max(painted / 2.0)));
    });
}

/// Sends a request at once, before its change is drawn: on a slow phone that is a tenth of the wait.
fn send(request: Request, dispatch: Callback<Action>, then: impl FnOnce(Response) -> Action + 'static) {
    let pending = request.send();
    // One future for all, whatever comes of the answer: each of its own would weigh a kilobyte.
    let then: Box<dyn FnOnce(Response) -> Action> = Box::new(then);
    spawn_local(async move { dispatch.emit(then(pending.read().await)) });
}

fn send_form(
    context: Rc<WidgetContext>,
    form: FormSlot,
    form_request: &FormRequest,
    dispatch: Callback<Action>,
) {
    let is_new = matches!(form_request, FormRequest::Add(_));
    let makes_comment = is_new || matches!(form_request, FormRequest::Edit(..));
    let request = Client(&context.config).form_request(form_request, local_storage::reader_token);
    send(request, dispatch, move |response| {
        let made = if makes_comment { rest::accepted(response).map(Some) } else { response.map(|_| None) };
        if let Ok(Some(made)) = &made
            && is_new
        {
            // Whatever the reader's clock shows, what was sent just now reads so.
            context.loader.call("learn", &made.comment.created_at.0);
        }
        Action::Submitted(form, made)
    });
}

/// Copies the address of a comment. Without access to the clipboard, the link itself still works.
fn copy_link(context: &WidgetContext, id: &str, dispatch: Callback<Action>) {
    let Some(copied) = context.loader.call("copy", id).filter(|copied| !copied.is_undefined()) else {
        return;
    };
    spawn_local(async move {
        if JsFuture::from(Promise::resolve(&copied)).await.is_ok() {
            dispatch.emit(Action::LinkCopied);
        }
    });
}

/// Refreshes the relative times, some at a time.
pub fn refresh_times(context: Rc<WidgetContext>) {
    const AT_ONCE: u32 = 50;
    spawn_local(async move {
        let Ok(times) = context.root.query_selector_all("time") else { return };
        for index in 0..times.length() {
            if index % AT_ONCE == AT_ONCE - 1 {
                scheduler::yield_task().await;
            }
            let time = times.get(index).and_then(|time| time.dyn_into::<Element>().ok());
            if let Some(time) = time {
                refresh_time(&context, &time);
            }
        }
    });
}

fn refresh_time(context: &WidgetContext, time: &Element) {
    let (Some(moment), Some(text)) = (time.get_attribute("datetime"), time.first_child()) else { return };
    let words = context.locale.format_date(&moment).words;
    if text.node_value().as_ref() != Some(&words) {
        text.set_node_value(Some(&words));
    }
}
