//! Draws the state and turns what the reader does into actions; knows no network.
//!
//! The same functions draw on the server, so nothing here asks the browser anything
//! outside an event listener.

mod actions;
mod body;
mod chunk;
mod comment;
mod composer;
mod control;
mod field;
mod form;
mod heading;
mod notice;
mod rest;
mod sort;
mod thread;

use yew::{Callback, Html, html};

use self::chunk::Common;
use crate::i18n::{Key, Locale};
use crate::state::{Action, Discussion, State};
use std::rc::Rc;

/// Draws all that stands in the widget's `<section class="dumka">`.
pub fn widget(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Html {
    match &state.discussion {
        Discussion::Loading => notice::loading(locale),
        Discussion::Failed(failure) => {
            let retry = dispatch.reform(|_| Action::Reload);
            // What was typed before is not lost for that, and one can write on.
            html! {
                <>
                    { notice::failed(locale, Key::ListFailed, failure, retry) }
                    { notice::outcome(locale, state.outcome) }
                    { composer::composer(state, &Common::of(state, locale, dispatch)) }
                </>
            }
        }
        Discussion::Ready(loaded) => thread::thread(loaded, state, &Common::of(state, locale, dispatch)),
    }
}
