//! The thread: heading, form, comments, and the way to the rest of them.

use std::rc::Rc;

use dumka_api::ThreadState;
use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::comment::CommentItem;
use super::{composer, notice};
use crate::i18n::{Key, Locale};
use crate::state::composer::Phase;
use crate::state::{Action, Loaded, Rest, State};

/// Draws a thread that is here.
pub(super) fn thread(
    loaded: &Loaded,
    state: &State,
    locale: &Rc<Locale>,
    dispatch: &Callback<Action>,
) -> Html {
    let number = loaded.thread.total.to_string();
    html! {
        <>
            <h2 class="dumka-count">{ locale.with(Key::Heading, &number) }</h2>
            { form_or_notice(loaded, state, locale, dispatch) }
            { notice::outcome(locale, state.outcome) }
            { list(loaded, locale) }
            { rest(loaded, state.rest_address(), locale, dispatch) }
        </>
    }
}

/// A closed thread shows no form, unless it closed while the reader was writing.
fn form_or_notice(loaded: &Loaded, state: &State, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let is_closed = loaded.thread.state == ThreadState::Closed;
    if is_closed && state.composer.phase == Phase::Closed {
        return html! { <p class="dumka-notice">{ locale.text(Key::Closed) }</p> };
    }
    composer::composer(state, locale, dispatch)
}

fn list(loaded: &Loaded, locale: &Rc<Locale>) -> Html {
    if loaded.nodes.is_empty() {
        return html! { <p class="dumka-empty">{ locale.text(Key::Empty) }</p> };
    }
    html! {
        <ol class="dumka-list">
            { for loaded.nodes.iter().map(|node| html! {
                <CommentItem key={node.comment.id.as_str()} node={node.clone()} locale={locale.clone()} />
            }) }
        </ol>
    }
}

fn rest(loaded: &Loaded, address: Option<String>, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let show_all = dispatch.reform(|_| Action::ShowAll);
    match &loaded.rest {
        Rest::None => Html::default(),
        Rest::Waiting => match address {
            Some(address) => link_to_all(address, locale, dispatch),
            None => html! {
                <button type="button" class="dumka-all" onclick={show_all}>{ locale.text(Key::ShowAll) }</button>
            },
        },
        Rest::Loading => html! {
            <button type="button" class="dumka-all" aria-disabled="true" aria-busy="true">{ locale.text(Key::ShowingAll) }</button>
        },
        Rest::Failed(failure) => notice::failed(locale, Key::RestFailed, failure, show_all),
    }
}

/// Leads to all comments by itself where nothing listens.
fn link_to_all(address: String, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let show_all = dispatch.reform(|event: MouseEvent| {
        event.prevent_default();
        Action::ShowAll
    });
    html! { <a class="dumka-all" href={address} onclick={show_all}>{ locale.text(Key::ShowAll) }</a> }
}
