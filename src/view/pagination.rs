//! The way to the comments that are not shown: those that follow, and those that stand before.

use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::control::{Control, ControlState, on_click};
use super::{element, notice};
use crate::i18n::{Key, Locale};
use crate::state::{Action, EarlierState, LoadedThread, MoreState, State};

/// Draws what stands under the list.
pub(super) fn more(
    loaded: &LoadedThread,
    state: &State,
    locale: &Locale,
    dispatch: &Callback<Action>,
) -> Html {
    let show_all = on_click(dispatch, || Action::ShowAll);
    match &loaded.more {
        MoreState::None => Html::default(),
        MoreState::Waiting | MoreState::Stopped => all(state.show_all_url(), locale, show_all),
        MoreState::Starting | MoreState::Showing => progress(loaded, locale, dispatch),
        MoreState::Failed(failure) => notice::failed(locale, Key::RestFailed, failure, show_all),
    }
}

/// Draws «show all», which is a link without scripts.
fn all(address: Option<String>, locale: &Locale, onclick: Callback<MouseEvent>) -> Html {
    let (href, onclick) = (address.map(Into::into), Some(onclick));
    Control { href, onclick, ..Control::of("dumka-all") }.draw(locale.text(Key::ShowAll))
}

/// Draws what stands above the list.
pub(super) fn earlier(
    loaded: &LoadedThread,
    state: &State,
    locale: &Locale,
    dispatch: &Callback<Action>,
) -> Html {
    let onclick = on_click(dispatch, || Action::ShowEarlier);
    match &loaded.earlier {
        EarlierState::None => Html::default(),
        EarlierState::Failed(failure) => notice::failed(locale, Key::ListFailed, failure, onclick),
        EarlierState::Some | EarlierState::Loading => {
            let is_loading = loaded.earlier == EarlierState::Loading;
            let control_state = if is_loading { ControlState::Busy } else { ControlState::Idle };
            let (href, onclick) = (state.config.thread_page.clone().map(Into::into), Some(onclick));
            Control { href, state: control_state, onclick, ..Control::of("dumka-show-earlier") }
                .draw(locale.text(Key::ShowEarlier))
        }
    }
}

/// Draws the progress and the control that stops it; the live region announces the words.
fn progress(loaded: &LoadedThread, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let shown = loaded.list.shown();
    let (total, shown) = (loaded.thread.total.max(shown as u64).to_string(), shown.to_string());
    let numbers = [&shown, " / ", &total].concat();
    let words = locale.text(Key::ShowingAll);
    let stop = Control { onclick: Some(on_click(dispatch, || Action::Stop)), ..Control::of("dumka-stop") };
    html! {
        <div class="dumka-loading">
            { element::words("span", "dumka-notice", words) }
            <progress class="dumka-progress" max={total} value={shown} aria-label={words.to_owned()} />
            { element::words("span", "dumka-progress-label", &numbers) }
            { stop.draw(locale.text(Key::Stop)) }
        </div>
    }
}
