//! The root component: holds the state, runs the effects that it asks for, draws it.

use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, KeyboardEvent};
use yew::{AttrValue, Callback, Component, Context, Html, Properties, function_component, html};
use yew_router::BrowserRouter;
use yew_router::hooks::{use_location, use_navigator};
use yew_router::navigator::Navigator;
use yew_router::query::Raw;

use crate::browser::{self, Passkeys};
use crate::client::{self, Stream};
use crate::i18n::{Lang, Locale};
use crate::keys;
use crate::preferences::{self, Theme};
use crate::state::{AccessAction, Action, Effect, Focus, Place, ReplyAction, StaffAction, State};
use crate::view::{self, Ui};

/// Milliseconds between two drawings of the relative times.
const TIMES_MS: u32 = 30_000;

/// What the page hands over.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProgramProps {
    /// The path of the newsroom, without a slash at its end.
    pub base: AttrValue,
    /// The browser's passkeys.
    pub passkeys: Shared,
    /// The secret of an invitation.
    pub invite: Option<String>,
}

/// The browser's passkeys, by whichever component needs them.
#[derive(Clone, PartialEq)]
pub struct Shared(pub Passkeys);

impl From<Passkeys> for Shared {
    fn from(passkeys: Passkeys) -> Self {
        Self(passkeys)
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passkeys")
    }
}

/// The program with its router.
#[function_component]
pub fn Program(props: &ProgramProps) -> Html {
    html! {
        <BrowserRouter basename={props.base.clone()}>
            <Routed ..props.clone() />
        </BrowserRouter>
    }
}

#[function_component]
fn Routed(props: &ProgramProps) -> Html {
    let location = use_location();
    let place = location.map_or(Place::Home, |location| {
        let path = location.path().strip_prefix(props.base.as_str()).unwrap_or(location.path());
        Place::parse(path, location.query_str())
    });
    let navigator = use_navigator().expect("it stands inside the router");
    html! { <App program={props.clone()} {place} {navigator} /> }
}

#[derive(PartialEq, Properties)]
struct AppProps {
    program: ProgramProps,
    place: Place,
    navigator: Navigator,
}

enum Message {
    Act(Action),
    Go(Place),
    Speak(Lang),
    Dress(Theme),
    Follow,
    Tick,
}

struct App {
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

/// What stands before every path of the server.
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
    // Both fail for queries that cannot be written; this one is.
    let _ = match (step, query.is_empty()) {
        (Step::Push, true) => Ok(navigator.push(place)),
        (Step::Push, false) => navigator.push_with_query(place, Raw(query)),
        (Step::Replace, true) => Ok(navigator.replace(place)),
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
