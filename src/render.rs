//! The widget drawn into text, on a server: the same view over the same state.

use std::rc::Rc;

use yew::{Callback, Component, Context, Html, Properties, ServerRenderer, html};

use crate::i18n::{Key, Locale};
use crate::state::State;
use crate::view;

/// The input of a server-side rendering.
#[derive(Debug)]
pub struct SsrInput {
    /// The state.
    pub state: State,
    /// The language.
    pub locale: Locale,
    /// The site's own words in it, as JSON, for the widget that takes over.
    pub words: Option<String>,
    /// The comment that was sent and the answer to that, as JSON, for the script that has sent it.
    pub submitted: Option<String>,
}

/// Draws what `scene` makes as one `<section class="dumka">`, behind the controls of all comments where a script repeats those.
///
/// The scene is made on the thread that draws it, since neither part of it can be sent to another.
///
/// # Panics
///
/// When `scene` does.
pub async fn render(scene: impl FnOnce() -> SsrInput + Send + 'static) -> String {
    let props = move || {
        let SsrInput { state, locale, words, submitted } = scene();
        Props { state: Rc::new(state), locale: Rc::new(locale), words, submitted }
    };
    ServerRenderer::<SsrRoot>::with_props(props).hydratable(false).render().await
}

struct SsrRoot;

#[derive(Properties)]
struct Props {
    state: Rc<State>,
    locale: Rc<Locale>,
    words: Option<String>,
    submitted: Option<String>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

impl Component for SsrRoot {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { state, locale, words, submitted } = ctx.props();
        let content = view::widget(state, locale, &Callback::noop());
        let (lang, dir) = (locale.lang.clone(), locale.text(Key::Dir).to_owned());
        let (words, submitted) = (words.clone(), submitted.clone());
        html! {
            <>
                { view::row_template(state, locale, &Callback::noop()) }
                <section class="dumka" {lang} {dir} data-words={words} data-submitted={submitted}>{ content }</section>
            </>
        }
    }
}
