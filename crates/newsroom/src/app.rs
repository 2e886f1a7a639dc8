//! The root component: holds the state, runs the effects that it asks for, draws it.

use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Component, Context, Html, Properties};
use yew_router::navigator::Navigator;
use yew_router::query::Raw;

use crate::browser;
use crate::client::{self, Stream};
use crate::i18n::{Lang, Locale};
use crate::keys;
use crate::page::ProgramProps;
use crate::preferences::{self, Theme};

use crate::state::{Access, AccessAction, Action, Effect, Focus, Place, ReplyAction, StaffAction, State};
use crate::view::{self, Ui};

/// Milliseconds between two drawings of the relative times.
const TIMES_MS: u32 = 30_000;

/// The parts that the router hands over.
#[derive(PartialEq, Properties)]
pub struct AppProps {
    /// The page's parts.
    pub program: ProgramProps,
    /// The place of the address.
    pub place: Place,
    /// Goes to other places.
    pub navigator: Navigator,
}

/// Something for the root component.
pub enum Message {
    /// Something happened.
    Act(Action),
    /// A place is wanted.
    Go(Place),
    /// A language is wanted.
    Speak(Lang),
    /// A theme is wanted.
    Dress(Theme),
    /// The stream is wanted again.
    Follow,
    /// The relative times are old.
    Tick,
}

/// The root component.
pub struct App {
    state: State,
    locale: Locale,
    theme: Theme,
    stream: Option<Stream>,
    focus: Option<Focus>,
    _times: Interval,
    _keys: Closure<dyn FnMut(KeyboardEvent)>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let times = Interval::new(TIMES_MS, move || link.send_message(Message::Tick));
        let keys = listen_to_keys(ctx.link().callback(Message::Act));
        preferences::apply_theme(preferences::theme());
        let mut app = Self {
            state: State { place: ctx.props().place.clone(), ..State::default() },
            locale: Locale::new(preferences::language()),
            theme: preferences::theme(),
            stream: None,
            focus: None,
            _times: times,
            _keys: keys,
        };
        let start = AccessAction::Start(ctx.props().program.invite.clone());
        app.act(ctx, Action::Access(start));
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, escaped(action, &self.state)),
            Message::Go(place) => self.run(ctx, Effect::Navigate(place)),
            Message::Speak(lang) => {
                preferences::set_language(lang);
                self.locale = Locale::new(lang);
            }
            Message::Dress(theme) => {
                preferences::set_theme(theme);
                self.theme = theme;
            }
            // Not for somebody who has left meanwhile.
            Message::Follow if !matches!(self.state.access, Access::SignedIn(_)) => {}
            Message::Follow => self.run(ctx, Effect::Follow),
            Message::Tick => {}
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &AppProps) -> bool {
        if ctx.props().place != before.place {
            self.act(ctx, Action::Navigated(ctx.props().place.clone()));
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        view::draw(&Ui {
            state: &self.state,
            words: &self.locale,
            theme: self.theme,
            base: &ctx.props().program.base,
            has_passkeys: ctx.props().program.passkeys.0.supported(),
            act: link.callback(Message::Act),
            go: link.callback(Message::Go),
            speak: link.callback(Message::Speak),
            dress: link.callback(Message::Dress),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _is_first: bool) {
        let document = browser::document();
        document.set_title(&view::title(&self.state, &self.locale));
        if let Some(root) = document.document_element() {
            // A language tag is a valid value.
            let _ = root.set_attribute("lang", self.locale.lang.tag());
        }
        match self.focus.take() {
            Some(Focus::Card(id)) => browser::focus(&view::card_id(&id)),
            Some(Focus::Heading) => browser::focus("heading"),
            Some(Focus::Element(id)) => browser::focus(id),
            None => {}
        }
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        for effect in self.state.apply(action) {
            self.run(ctx, effect);
        }
    }

    fn run(&mut self, ctx: &Context<Self>, effect: Effect) {
        let (link, props) = (ctx.link(), ctx.props());
        let act = link.callback(Message::Act);
        match effect {
            Effect::Call(call) => {
                let root = root(&props.program.base).to_owned();
                spawn_local(async move {
                    let answer = client::send(&root, &call).await;
                    act.emit(Action::Answered(call, Box::new(answer)));
                });
            }
            Effect::Navigate(place) => go(&props.navigator, &place, Step::Push),
            Effect::Replace(place) => go(&props.navigator, &place, Step::Replace),
            Effect::Focus(focus) => self.focus = Some(focus),
            Effect::Later(ms, action) => {
                Timeout::new(ms, move || act.emit(*action)).forget();
            }
            Effect::Follow => {
                let lost = link.callback(|()| Message::Follow);
                self.stream = Stream::follow(root(&props.program.base), &act.reform(Action::Live), &lost);
            }
            Effect::Unfollow => self.stream = None,
            Effect::CreatePasskey(options) => self.ask_passkey(ctx, options, true),
            Effect::UsePasskey(options) => self.ask_passkey(ctx, options, false),
            Effect::LoadDraft(id) => {
                let text = browser::stored(&["reply:", &id].concat()).unwrap_or_default();
                act.emit(Action::Reply(ReplyAction::Draft(id, text)));
            }
            Effect::SaveDraft(id, text) => browser::store(&["reply:", &id].concat(), &text),
            Effect::Copy(text) => spawn_local(async move {
                if browser::copy(&text).await {
                    act.emit(Action::Staff(StaffAction::Copied));
                }
            }),
        }
    }

    #[expect(clippy::unused_self, reason = "one of the effects beside the others")]
    fn ask_passkey(&self, ctx: &Context<Self>, options: String, is_new: bool) {
        let (act, passkeys) = (ctx.link().callback(Message::Act), ctx.props().program.passkeys.clone());
        spawn_local(async move {
            let made = passkeys.0.ask(&options, is_new).await;
            act.emit(Action::Access(AccessAction::PasskeyReady(made)));
        });
    }
}

/// Gives the part before every path of the server.
fn root(base: &str) -> &str {
    base.strip_suffix("/newsroom").unwrap_or(base)
}

/// The two ways to another place.
enum Step {
    Push,
    Replace,
}

fn go(navigator: &Navigator, place: &Place, step: Step) {
    let query = place.query();
    // A query that is written already cannot fail to be.
    let _ = match (step, query.is_empty()) {
        (Step::Push, true) => return navigator.push(place),
        (Step::Replace, true) => return navigator.replace(place),
        (Step::Push, false) => navigator.push_with_query(place, Raw(query)),
        (Step::Replace, false) => navigator.replace_with_query(place, Raw(query)),
    };
}

/// Gives keys their meaning, while nobody types.
fn listen_to_keys(act: Callback<Action>) -> Closure<dyn FnMut(KeyboardEvent)> {
    let listener = Closure::new(move |event: KeyboardEvent| {
        let is_typing = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let is_typing = is_typing.is_some_and(|target| browser::is_typing(&target));
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
            return;
        }
        let action = match event.key().as_str() {
            "Escape" => Some(Action::Close),
            key if !is_typing => keys::action(key),
            _ => None,
        };
        if let Some(action) = action {
            event.prevent_default();
            act.emit(action);
        }
    });
    // It fails for listeners of another kind alone.
    let _ =
        browser::document().add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
    listener
}

/// Turns Escape into what it closes.
fn escaped(action: Action, state: &State) -> Action {
    if action == Action::Close { keys::escape(state).unwrap_or(action) } else { action }
}
