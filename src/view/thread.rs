//! The thread: heading, form, comments.

use std::rc::Rc;

use dumka_api::{Sort, ThreadState};
use yew::{Callback, Html, html};

use super::chunk::chunks;
use super::{composer, notice, rest};
use crate::i18n::{Key, Locale};
use crate::state::composer::Phase;
use crate::state::list::{Chunk, List};
use crate::state::{Action, Loaded, State};

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
            { rest::earlier(loaded, state, locale, dispatch) }
            { list(loaded, state.config.sort, locale) }
            { rest::rest(loaded, state, locale, dispatch) }
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

fn list(loaded: &Loaded, sort: Sort, locale: &Rc<Locale>) -> Html {
    let list = &loaded.list;
    if list.is_empty() {
        return html! { <p class="dumka-empty">{ locale.text(Key::Empty) }</p> };
    }
    // Lists one after another: the browser lays out only those near the view.
    let end = list.groups.len().saturating_sub(1);
    let own_place = if sort == Sort::Newest { 0 } else { end };
    (0..=end)
        .map(|place| {
            let group = chunks(list.groups.get(place..=place).unwrap_or_default(), locale);
            let own = if place == own_place { own(list, locale) } else { Html::default() };
            let (before, after) = if sort == Sort::Newest { (own, group) } else { (group, own) };
            if place == 0 {
                html! { <ol key={place} class="dumka-list">{ before }{ after }</ol> }
            } else {
                html! { <ol key={place} class="dumka-list dumka-later">{ before }{ after }</ol> }
            }
        })
        .collect()
}

/// Draws the comments written here.
fn own(list: &List, locale: &Rc<Locale>) -> Html {
    chunks(&[Chunk::Comments(list.own.clone())], locale)
}
