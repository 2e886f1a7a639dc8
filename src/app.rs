//! The root component: holds the state, runs its effects, draws it.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::JsValue;
use yew::{Callback, Component, Context, Html, Properties};

use crate::host::{MountStage, WidgetContext};
use crate::state::{Action, Effect, Focus, State};
use crate::{effects, focus, local_storage, scheduler, view};

/// Interval at which texts that depend on the time are refreshed.
const TICK_MS: u32 = 30_000;

/// The widget.
pub struct App {
    state: State,
    context: Rc<WidgetContext>,
    dispatch: Callback<Action>,
    focus: Option<Focus>,
    _clock: Interval,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
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
        effects::load_thread(dispatch.clone());
        let clock = Interval::new(TICK_MS, move || tick.emit(()));
        Self { state, context, dispatch, focus: None, _clock: clock }
    }

    fn update(&mut self, _ctx: &Context<Self>, action: Action) -> bool {
        if let Action::Tick(_) = action {
            effects::refresh_times(self.context.clone());
        }
        for effect in self.state.apply(action) {
            match effect {
                Effect::Focus(focus) => self.focus = Some(focus),
                // The page has been told about the thread that it shows.
                Effect::Emit(_) if !self.is_on_page() => {}
                effect => {
                    effects::run(effect, &self.state, &self.context, self.dispatch.clone());
                }
            }
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
}
