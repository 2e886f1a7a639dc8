//! The widget drawn into text, on a server: the same view over the same state.

use std::rc::Rc;

use yew::{Callback, Component, Context, Html, Properties, ServerRenderer, html};

use crate::i18n::{Key, Locale};
use crate::state::State;
use crate::view;

/// Draws the state that `scene` makes, in its language, as one `<section class="dumka">`.
///
/// The scene is made on the thread that draws it, since neither part of it can be sent to another.
///
/// # Panics
///
/// When `scene` does.
pub async fn render(scene: impl FnOnce() -> (State, Locale) + Send + 'static) -> String {
    let props = move || {
        let (state, locale) = scene();
        Props { state: Rc::new(state), locale: Rc::new(locale) }
    };
    ServerRenderer::<Drawing>::with_props(props).hydratable(false).render().await
}

struct Drawing;

#[derive(Properties)]
struct Props {
    state: Rc<State>,
    locale: Rc<Locale>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

impl Component for Drawing {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { state, locale } = ctx.props();
        let content = view::widget(state, locale, &Callback::noop());
        let (lang, dir) = (locale.lang.clone(), locale.text(Key::Dir).to_owned());
        html! { <section class="dumka" {lang} {dir}>{ content }</section> }
    }
}
