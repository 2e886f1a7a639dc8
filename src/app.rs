//! The root component: holds the state, runs its effects, draws it.

use std::rc::Rc;

use dumka_api::limits::LIST_LIMIT_MAX;
use gloo_timers::callback::Interval;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{Callback, Component, Context, Html, Properties};

use crate::client::response::{self, ListResponse, PendingResponse, Response};
use crate::client::{Client, Request};
use crate::config::Config;
use crate::host::{MountStage, WidgetContext};
use crate::state::effect::FormRequest;
use crate::state::{Action, Effect, Focus, FormSlot, State};
use crate::{focus, local_storage, scheduler, times, view};

/// Interval at which texts that depend on the time are refreshed.
const TICK_MS: u32 = 30_000;

/// The widget.
#[derive(Debug)]
pub struct App {
    state: State,
    context: Rc<WidgetContext>,
    dispatch: Callback<Action>,
    focus: Option<Focus>,
    _clock: Interval,
}

/// Properties of the root component.
#[derive(Debug, Clone, Properties)]
pub struct Props {
    /// Settings, language, host.
    pub context: Rc<WidgetContext>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.context, &other.context)
    }
}

impl Component for App {
    type Message = Action;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let context = ctx.props().context.clone();
        let config = &context.config;
        let mut state = State::new(
            config.clone(),
            local_storage::load(config, ""),
            local_storage::load_name(),
            local_storage::generate_key,
        )
        .with_session(local_storage::load_session(config), scheduler::clock_ms());
        if matches!(*context.stage.borrow(), MountStage::Hidden(_)) {
            state.start_hidden();
        }
        let dispatch = ctx.link().callback(|action| action);
        let tick = dispatch.reform(|()| Action::Tick(scheduler::clock_ms()));
        load_thread(dispatch.clone());
        let clock = Interval::new(TICK_MS, move || tick.emit(()));
        Self { state, context, dispatch, focus: None, _clock: clock }
    }

    fn update(&mut self, _ctx: &Context<Self>, action: Action) -> bool {
        if let Action::Tick(_) = action {
            times::refresh(self.context.clone());
        }
        for effect in self.state.apply(action) {
            self.run(effect);
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        view::widget(&self.state, &self.context.locale, &self.dispatch)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        self.step_onto_page();
        if self.is_on_page() {
            self.tell_host();
        }
        match self.focus.take() {
            // Telephones show their keyboard for a focus that comes with the touch.
            Some(target @ (Focus::Field(..) | Focus::Submit(_))) => focus::to(&self.context, &target),
            Some(target) => focus::in_next_frame(self.context.clone(), target),
            None => {}
        }
    }
}

impl App {
    fn is_on_page(&self) -> bool {
        matches!(*self.context.stage.borrow(), MountStage::OnPage)
    }

    /// Takes the next step towards the page, where what is drawn allows it.
    fn step_onto_page(&self) {
        let is_there = self.state.thread.is_first_response_shown();
        let stage = &self.context.stage;
        // Neither call answers anything, and what the loader throws is on the console.
        match stage.replace(MountStage::Waiting) {
            MountStage::Hidden(ready) if is_there => {
                let _ = ready.call1(&JsValue::UNDEFINED, &self.state.thread.as_str().into());
            }
            MountStage::Swapping(enter) => {
                stage.replace(MountStage::OnPage);
                let _ = enter.call0(&JsValue::UNDEFINED);
            }
            same => drop(stage.replace(same)),
        }
    }

    fn tell_host(&self) {
        self.context.host.set("data-state", self.state.thread.as_str());
        self.context.host.set("data-composer", self.state.phase().as_str());
    }

    /// Runs one effect; its outcome comes back as an action.
    fn run(&mut self, effect: Effect) {
        let config = &self.context.config;
        let client = Client(config);
        match effect {
            Effect::FetchList(request_id) => {
                let pending = self.send_list_request();
                self.read_list(pending, move |response| Action::ListLoaded(request_id, response));
            }
            Effect::FetchMore(cursor) => {
                // The cursor belongs to the order that is shown, also where another one is on its way.
                let config = Config { sort: self.state.shown_sort(), ..self.state.config.clone() };
                let pending = Client(&config).list(LIST_LIMIT_MAX, Some(&cursor)).send();
                self.read_list(pending, move |response| Action::MoreLoaded(cursor, response));
            }
            Effect::ScheduleBatch => self.measure_batch(),
            Effect::SendForm(form, form_request) => self.send_form(form, &form_request),
            Effect::SendVote(id, value) => {
                let request = client.vote(&id, value, &local_storage::reader_token());
                self.send(request, move |response| Action::Voted(id, response::votes(response)));
            }
            Effect::FetchSource(id, token) => {
                let request = client.source(&id, &token);
                self.send(request, move |response| Action::SourceLoaded(id, response::source(response)));
            }
            Effect::FetchPending(id, token) => {
                let request = client.source(&id, &token);
                self.send(request, |response| Action::PendingLoaded(response::source(response)));
            }
            Effect::FetchPreview(form, text) => {
                let request = client.preview(text.clone());
                self.send(request, move |response| {
                    Action::PreviewLoaded(form, text, response::previewed(response))
                });
            }
            // What the reader types is saved by the thread that is shown.
            Effect::SaveDraft(..) | Effect::SaveName if self.context.stage.borrow().is_hidden() => {}
            Effect::SaveDraft(name, kept) => local_storage::save(config, &name, &kept),
            Effect::LoadDraft(name) => {
                self.dispatch.emit(Action::DraftLoaded(local_storage::load(config, &name)));
            }
            Effect::SaveName => local_storage::save_name(&self.state.composer.name),
            Effect::SaveSort(sort) => local_storage::save_sort(config, sort),
            Effect::SaveSession(change) => local_storage::update_session(config, change),
            Effect::FollowLive(event) => drop(self.context.loader.call("listen", &event)),
            Effect::CopyLink(id) => self.copy_link(&id),
            Effect::Focus(focus) => self.focus = Some(focus),
            // The page has been told about the thread that it shows.
            Effect::Emit(event) if self.is_on_page() => self.context.host.emit(&event),
            Effect::Emit(_) => {}
        }
    }

    /// Requests the first comments, with the present settings: the comment at which the list begins is dropped at some
    /// time.
    fn send_list_request(&self) -> PendingResponse {
        match self.context.first_response.take() {
            Some(response) => PendingResponse::adopt(response),
            None => Client(&self.state.config).list(self.state.config.limit, None).send(),
        }
    }

    fn read_list(&self, pending: PendingResponse, then: impl FnOnce(ListResponse) -> Action + 'static) {
        let then: Box<dyn FnOnce(ListResponse) -> Action> = Box::new(then);
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            let listed = response::listing(pending).await;
            // Browsers compile a function when it is called first: what reads an answer and what draws it would take a
            // slow phone longer than one task may.
            scheduler::yield_task().await;
            dispatch.emit(then(listed));
        });
    }

    /// Measures the last batch. A hidden widget is in no frame and waits for none.
    fn measure_batch(&self) {
        let dispatch = self.dispatch.clone();
        let then = move |took_ms| dispatch.emit(Action::BatchDrawn(took_ms));
        scheduler::measure_batch(self.is_on_page(), then);
    }

    /// Sends a request at once, before its change is drawn: on a slow phone that is a tenth of the wait.
    fn send(&self, request: Request, then: impl FnOnce(Response) -> Action + 'static) {
        let (pending, dispatch) = (request.send(), self.dispatch.clone());
        // One future for all, whatever comes of the answer: each of its own would weigh a kilobyte.
        let then: Box<dyn FnOnce(Response) -> Action> = Box::new(then);
        spawn_local(async move { dispatch.emit(then(pending.read().await)) });
    }

    fn send_form(&self, form: FormSlot, form_request: &FormRequest) {
        let is_new = matches!(form_request, FormRequest::Add(_));
        let makes_comment = is_new || matches!(form_request, FormRequest::Edit(..));
        let context = self.context.clone();
        let request = Client(&context.config).form_request(form_request, local_storage::reader_token);
        self.send(request, move |response| {
            let made =
                if makes_comment { response::accepted(response).map(Some) } else { response.map(|_| None) };
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
    fn copy_link(&self, id: &str) {
        let copied = self.context.loader.call("copy", id).filter(|copied| !copied.is_undefined());
        let (Some(copied), dispatch) = (copied, self.dispatch.clone()) else { return };
        spawn_local(async move {
            if JsFuture::from(Promise::resolve(&copied)).await.is_ok() {
                dispatch.emit(Action::LinkCopied);
            }
        });
    }
}

/// Requests the thread, in a task after the one that has created the widget.
fn load_thread(dispatch: Callback<Action>) {
    spawn_local(async move {
        scheduler::yield_task().await;
        dispatch.emit(Action::Reload);
    });
}
