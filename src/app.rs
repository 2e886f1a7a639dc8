//! The root component: holds the state, runs its effects, draws it.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use yew::{Component, Context, Html, Properties};

use crate::mount::{Setup, Stage};
use crate::state::{Action, Effect, Focus, State};
use crate::{draft, effects, view};

/// The widget.
pub struct App {
    state: State,
    setup: Rc<Setup>,
    focus: Option<Focus>,
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
        let kept = draft::load(&setup.config);
        let mut state = State::new(setup.config.clone(), kept, draft::load_name(), draft::fresh_key);
        if matches!(*setup.stage.borrow(), Stage::Beside(_)) {
            state.begin_unseen();
        }
        ctx.link().send_message(Action::Reload);
        Self { state, setup, focus: None }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        for effect in self.state.apply(action) {
            match effect {
                Effect::Focus(focus) => self.focus = Some(focus),
                // The page has been told about the thread that it shows.
                Effect::Emit(_) if !self.is_on_page() => {}
                effect => {
                    effects::run(effect, &self.state, &self.setup, ctx.link().callback(|action| action));
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        view::widget(&self.state, &self.setup.locale, &ctx.link().callback(|action| action))
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        self.step_onto_page();
        if self.is_on_page() {
            self.tell_host();
        }
        if self.setup.root.get_root_node().is_instance_of::<web_sys::ShadowRoot>() {
            self.name_parts();
        }
        if let Some(focus) = self.focus.take() {
            self.move_focus(&focus);
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
        self.setup.host.set("data-composer", self.state.composer.phase.word());
    }

    /// Inside a shadow root every class is also a part, so that the page can style it.
    fn name_parts(&self) {
        let Ok(unnamed) = self.setup.root.query_selector_all("[class]:not([part])") else { return };
        for index in 0..unnamed.length() {
            let Some(element) = unnamed.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok())
            else {
                continue;
            };
            let _ = element.set_attribute("part", &element.class_name());
        }
    }

    fn move_focus(&self, focus: &Focus) {
        let selector = match focus {
            Focus::Field(field) => [".dumka-form [name=", field.name(), "]"].concat(),
            Focus::Alert => ".dumka-form > .dumka-error".into(),
            Focus::ShowAll => ".dumka-all".into(),
            Focus::Stop => ".dumka-stop".into(),
            // Ids of a foreign endpoint may hold anything; a quoted attribute value may not hold these.
            Focus::Comment(id) => {
                ["[id=\"comment-", &id.replace('\\', "\\\\").replace('"', "\\\""), "\"]"].concat()
            }
        };
        let found = self.setup.root.query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // A hidden element refuses the focus without harm.
            let _ = element.focus();
        }
    }
}
