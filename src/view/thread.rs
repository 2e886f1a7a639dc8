//! The thread: heading, form, comments.

use dumka_api::{Feature, Sort};
use web_sys::MouseEvent;
use yew::{Html, html};

use super::chunk::{Common, chunks};
use super::control::Control;
use super::heading::heading;
use super::{actions, composer, notice, rest, sort};
use crate::i18n::{Counted, Key};
use crate::state::composer::Phase;
use crate::state::list::{Chunk, List};
use crate::state::{Action, Loaded, State};

/// Draws a thread that is here.
pub(super) fn thread(loaded: &Loaded, state: &State, common: &Common) -> Html {
    let (locale, dispatch) = (&*common.locale, &common.dispatch);
    let number = loaded.thread.total.to_string();
    html! {
        <>
            { heading(common.heading_level, "dumka-count", &locale.with(Key::Heading, &number)) }
            { form_or_notice(state, common) }
            { notice::outcome(locale, state.outcome) }
            { sort::sort(loaded, state, common) }
            { rest::earlier(loaded, state, locale, dispatch) }
            { list(loaded, state.config.sort, common) }
            { rest::rest(loaded, state, locale, dispatch) }
            { new(state, common) }
        </>
    }
}

/// A closed thread shows no form, unless it closed while the reader was writing.
fn form_or_notice(state: &State, common: &Common) -> Html {
    if state.is_closed() && state.composer.phase == Phase::Closed {
        return html! { <p class="dumka-notice">{ common.locale.text(Key::Closed) }</p> };
    }
    composer::composer(state, common)
}

fn list(loaded: &Loaded, sort: Sort, common: &Common) -> Html {
    let list = &loaded.list;
    if list.is_empty() {
        return html! { <p class="dumka-empty">{ common.locale.text(Key::Empty) }</p> };
    }
    // Lists one after another: the browser lays out only those near the view.
    let end = list.groups.len().saturating_sub(1);
    let own_place = if sort == Sort::Newest { 0 } else { end };
    (0..=end)
        .map(|place| {
            let group = chunks(list.groups.get(place..=place).unwrap_or_default(), common);
            let own = if place == own_place { own(list, common) } else { Html::default() };
            let (before, after) = if sort == Sort::Newest { (own, group) } else { (group, own) };
            let onclick = actions::listener(&common.dispatch);
            // Said to be lists, since to Safari those without numbers are none.
            if place == 0 {
                html! { <ol key={place} class="dumka-list" role="list" {onclick}>{ before }{ after }</ol> }
            } else {
                html! { <ol key={place} class="dumka-list dumka-list-next" role="list" {onclick}>{ before }{ after }</ol> }
            }
        })
        .collect()
}

/// Draws the comments that came outside the list.
fn own(list: &List, common: &Common) -> Html {
    chunks(&[Chunk::Comments(list.own.clone())], common)
}

/// How many comments came meanwhile. It takes no room, so that nothing moves when the first one comes. That some came is
/// said once, not at each that follows.
fn new(state: &State, common: &Common) -> Html {
    if !state.can(Feature::Live) {
        return Html::default();
    }
    let number = state.new_number();
    let onclick = Some(common.dispatch.reform(|_: MouseEvent| Action::ShowNew));
    let show = Control { onclick, ..Control::of("dumka-new") };
    html! {
        <div class="dumka-new-bar" role="status" aria-atomic="false" aria-relevant="additions">
            if number > 0 {
                { show.draw(&common.locale.count(Counted::New, number as u64)) }
            }
        </div>
    }
}
