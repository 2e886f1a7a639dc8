//! Draws the state and turns what the reader does into actions; knows no network.
//!
//! The same functions draw on the server, so nothing here asks the browser anything
//! outside an event listener.

mod action_row;
mod actions;
mod body;
mod chunk;
mod comment;
mod composer;
mod context;
mod control;
mod field;
mod form;
mod heading;
mod notice;
mod pagination;
#[cfg(feature = "ssr")]
mod row_template;
mod sort;
mod thread;

use yew::{Callback, Html, html};

use self::context::ViewContext;
use crate::i18n::{Key, Locale};
use crate::state::{Action, LoadState, State};
use std::rc::Rc;

/// Draws the controls of all comments, which a script repeats, where any comment takes them.
#[cfg(feature = "ssr")]
pub fn row_template(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Html {
    match &state.thread {
        LoadState::Ready(loaded) if !loaded.list.is_empty() => {
            row_template::template(&ViewContext::of(state, locale, dispatch))
        }
        _ => Html::default(),
    }
}

/// Draws all that stands in the widget's `<section class="dumka">`.
pub fn widget(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Html {
    match &state.thread {
        LoadState::Loading => notice::loading(locale),
        LoadState::Failed(failure) => {
            let retry = dispatch.reform(|_| Action::Reload);
            // What was typed before is not lost for that, and one can write on.
            html! {
                <>
                    { notice::failed(locale, Key::ListFailed, failure, retry) }
                    { notice::announcement(locale, state.announcement) }
                    { composer::composer(state, &ViewContext::of(state, locale, dispatch)) }
                </>
            }
        }
        LoadState::Ready(loaded) => thread::thread(loaded, state, &ViewContext::of(state, locale, dispatch)),
    }
}
