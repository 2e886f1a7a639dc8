//! The root component: holds the state, runs its effects, draws it.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::JsValue;
use yew::{Callback, Component, Context, Html, Properties};

use crate::mount::{Setup, Stage};
use crate::state::{Action, Effect, Focus, State};
use crate::{draft, effects, focus, turn, view};

/// How often what depends on the time of day is looked at.
const TICK_MS: u32 = 30_000;

/// The widget.
pub struct App {
    state: State,
    setup: Rc<Setup>,
    dispatch: Callback<Action>,
    focus: Option<Focus>,
    _clock: Interval,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// What the widget is given once.
#[derive(Debug, Clone, Properties)]
pub struct Props {
    /// Settings, language, host.
    pub setup: Rc<Setup>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.setup, &other.setup)
    }
}

impl Component for App {
    type Message = Action;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let setup = ctx.props().setup.clone();
        let config = &setup.config;
        let mut state =
            State::new(config.clone(), draft::load(config, ""), draft::load_name(), draft::fresh_key)
                .going_on(draft::load_session(config), turn::clock_ms());
        if matches!(*setup.stage.borrow(), Stage::Beside(_)) {
            state.begin_unseen();
        }
        let dispatch = ctx.link().callback(|action| action);
        let tick = dispatch.reform(|()| Action::Tick(turn::clock_ms()));
        effects::begin(dispatch.clone());
        let clock = Interval::new(TICK_MS, move || tick.emit(()));
        Self { state, setup, dispatch, focus: None, _clock: clock }
    }

    fn update(&mut self, _ctx: &Context<Self>, action: Action) -> bool {
        if let Action::Tick(_) = action {
            effects::renew_times(self.setup.clone());
        }
        for effect in self.state.apply(action) {
            match effect {
                Effect::Focus(focus) => self.focus = Some(focus),
                // The page has been told about the thread that it shows.
                Effect::Emit(_) if !self.is_on_page() => {}
                effect => {
                    effects::run(effect, &self.state, &self.setup, self.dispatch.clone());
                }
            }
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        view::widget(&self.state, &self.setup.locale, &self.dispatch)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        self.step_onto_page();
        if self.is_on_page() {
            self.tell_host();
        }
        match self.focus.take() {
            // Telephones show their keyboard for a focus that comes with the touch.
            Some(target @ (Focus::Field(..) | Focus::Submit(_))) => focus::to(&self.setup, &target),
            Some(target) => focus::in_next_frame(self.setup.clone(), target),
            None => {}
        }
    }
}

impl App {
    fn is_on_page(&self) -> bool {
        matches!(*self.setup.stage.borrow(), Stage::OnPage)
    }

    /// Takes the next step towards the page, where what is drawn allows it.
    fn step_onto_page(&self) {
        let is_there = self.state.discussion.is_settled();
        let stage = &self.setup.stage;
        // Neither call answers anything, and what the loader throws is on the console.
        match stage.replace(Stage::Waiting) {
            Stage::Beside(ready) if is_there => {
                let _ = ready.call1(&JsValue::UNDEFINED, &self.state.discussion.word().into());
            }
            Stage::Entering(enter) => {
                stage.replace(Stage::OnPage);
                let _ = enter.call0(&JsValue::UNDEFINED);
            }
            same => drop(stage.replace(same)),
        }
    }

    fn tell_host(&self) {
        self.setup.host.set("data-state", self.state.discussion.word());
        self.setup.host.set("data-composer", self.state.phase().word());
    }
}
