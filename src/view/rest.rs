//! The way to the comments that are not shown: those that follow, and those that stand before.

use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::control::{Control, take};
use super::notice;
use crate::i18n::{Key, Locale};
use crate::state::{Action, Earlier, Loaded, Rest, State};

/// Draws what stands under the list.
pub(super) fn rest(loaded: &Loaded, state: &State, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let show_all = acting(dispatch, || Action::ShowAll);
    match &loaded.rest {
        Rest::None => Html::default(),
        Rest::Waiting | Rest::Stopped => all(state.rest_address(), locale, show_all),
        Rest::Starting | Rest::Showing => progress(loaded, locale, dispatch),
        Rest::Failed(failure) => notice::failed(locale, Key::RestFailed, failure, show_all),
    }
}

/// Leads to all comments by itself where nothing listens.
fn all(address: Option<String>, locale: &Locale, onclick: Callback<MouseEvent>) -> Html {
    let (href, onclick) = (address.map(Into::into), Some(onclick));
    Control { href, onclick, ..Control::of("dumka-all") }.draw(locale.text(Key::ShowAll))
}

/// Draws what stands above the list.
pub(super) fn earlier(loaded: &Loaded, state: &State, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let onclick = acting(dispatch, || Action::ShowEarlier);
    match &loaded.earlier {
        Earlier::None => Html::default(),
        Earlier::Failed(failure) => notice::failed(locale, Key::ListFailed, failure, onclick),
        Earlier::Some | Earlier::Loading => {
            let (href, busy) = (state.config.thread_page.clone(), loaded.earlier == Earlier::Loading);
            let (href, onclick) = (href.map(Into::into), Some(onclick));
            Control { href, busy, onclick, ..Control::of("dumka-show-earlier") }
                .draw(locale.text(Key::ShowEarlier))
        }
    }
}

/// How far it is, and what stops it; the words are spoken by the live region.
fn progress(loaded: &Loaded, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let shown = loaded.list.shown();
    let (total, shown) = (loaded.thread.total.max(shown as u64).to_string(), shown.to_string());
    let numbers = [&shown, " / ", &total].concat();
    let words = locale.text(Key::ShowingAll);
    let stop = Control { onclick: Some(acting(dispatch, || Action::Stop)), ..Control::of("dumka-stop") };
    html! {
        <div class="dumka-loading">
            <span class="dumka-notice">{ words }</span>
            <progress class="dumka-progress" max={total} value={shown} aria-label={words.to_owned()} />
            <span class="dumka-progress-label">{ numbers }</span>
            { stop.draw(locale.text(Key::Stop)) }
        </div>
    }
}

/// Acts in the place of whatever the browser would do.
pub(super) fn acting(
    dispatch: &Callback<Action>,
    action: impl Fn() -> Action + 'static,
) -> Callback<MouseEvent> {
    dispatch.reform(move |event: MouseEvent| {
        take(&event);
        action()
    })
}
