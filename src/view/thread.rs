//! The thread: heading, form, comments; or the notice that it is not here.

use std::rc::Rc;

use dumka_api::{Feature, Sort};
use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::comment::chunks;
use super::context::ViewContext;
use super::control::Control;
use super::heading::heading;
use super::{actions, composer, element, notice, pagination, sort};
use crate::i18n::{Key, Locale, PluralKey};
use crate::state::form::Phase;
use crate::state::list::{Chunk, List};
use crate::state::{Action, LoadState, LoadedThread, State};

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
        LoadState::Ready(loaded) => thread(loaded, state, &ViewContext::of(state, locale, dispatch)),
    }
}

/// Draws a thread that is here.
fn thread(loaded: &LoadedThread, state: &State, context: &ViewContext) -> Html {
    let (locale, dispatch) = (&*context.locale, &context.dispatch);
    let number = loaded.thread.total.to_string();
    let announcement = notice::announcement(locale, state.announcement);
    #[cfg(feature = "ssr")]
    let announcement = html! {
        <>
            { announcement }
            { for state.action_error.as_ref().map(|failure| notice::action_error(locale, failure)) }
        </>
    };
    html! {
        <>
            { heading(context.heading_level, "dumka-count", &locale.with(Key::Heading, &number)) }
            { told(loaded, locale) }
            { form_or_notice(state, context) }
            { announcement }
            { sort::sort(loaded, state, context) }
            { pagination::earlier(loaded, state, locale, dispatch) }
            { list(loaded, state.config.sort, context) }
            { pagination::more(loaded, state, locale, dispatch) }
            { new(state, context) }
        </>
    }
}

/// Draws the site's announcement, and how much time must pass between two comments of an author.
fn told(loaded: &LoadedThread, locale: &Locale) -> Html {
    html! {
        <>
            if let Some(notice) = &loaded.thread.notice {
                <p class="dumka-announcement" dir="auto">{ notice }</p>
            }
            if let Some(secs) = loaded.thread.slow_secs {
                { element::words("p", "dumka-notice dumka-slow", &slow(secs, locale)) }
            }
        </>
    }
}

fn slow(secs: u32, locale: &Locale) -> String {
    let (phrase, number) = if secs.is_multiple_of(60) {
        (PluralKey::SlowMinutes, secs / 60)
    } else {
        (PluralKey::SlowSecs, secs)
    };
    locale.count(phrase, number.into())
}

/// Draws the form, or the notice that the thread is closed. A form that is open stays open.
fn form_or_notice(state: &State, context: &ViewContext) -> Html {
    if state.is_closed() && state.composer.phase == Phase::Closed {
        return element::words("p", "dumka-notice", context.locale.text(Key::Closed));
    }
    composer::composer(state, context)
}

fn list(loaded: &LoadedThread, sort: Sort, context: &ViewContext) -> Html {
    let list = &loaded.list;
    if list.is_empty() && sort == Sort::Featured {
        return Html::default();
    }
    if list.is_empty() {
        return element::words("p", "dumka-empty", context.locale.text(Key::Empty));
    }
    // Lists one after another: the browser lays out only those near the view.
    let end = list.groups.len().saturating_sub(1);
    let detached_index = if sort == Sort::Newest { 0 } else { end };
    (0..=end)
        .map(|index| {
            let group = list.groups.get(index..=index).unwrap_or_default();
            let group = chunks(group, list.panel.as_ref(), context);
            let detached = if index == detached_index { detached(list, context) } else { Html::default() };
            let (before, after) = if sort == Sort::Newest { (detached, group) } else { (group, detached) };
            let onclick = actions::listener(&context.dispatch);
            // Said to be lists, since to Safari those without numbers are none.
            if index == 0 {
                html! { <ol key={index} class="dumka-list" role="list" {onclick}>{ before }{ after }</ol> }
            } else {
                html! { <ol key={index} class="dumka-list dumka-list-next" role="list" {onclick}>{ before }{ after }</ol> }
            }
        })
        .collect()
}

/// Draws the comments that came outside the list.
fn detached(list: &List, context: &ViewContext) -> Html {
    chunks(&[Chunk::Comments(list.detached.clone())], list.panel.as_ref(), context)
}

/// Draws the number of unseen comments. It takes no room, so that nothing moves when the first one arrives. It is
/// announced once, not for each that follows.
fn new(state: &State, context: &ViewContext) -> Html {
    if !state.can(Feature::Live) {
        return Html::default();
    }
    let number = state.unseen_count();
    let onclick = Some(context.dispatch.reform(|_: MouseEvent| Action::ShowNew));
    let show = Control { onclick, ..Control::of("dumka-new") };
    html! {
        <div class="dumka-new-bar" role="status" aria-atomic="false" aria-relevant="additions">
            if number > 0 {
                { show.draw(&context.locale.count(PluralKey::New, number as u64)) }
            }
        </div>
    }
}
