//! Notices: progress, errors, announcements.

use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::control::Control;
use super::element::element;
use crate::i18n::{Key, Locale};
use crate::state::{Announcement, Failure};

/// Draws the notice that the thread is loading.
pub(super) fn loading(locale: &Locale) -> Html {
    status(locale.text(Key::Loading))
}

/// Draws a failed request, with a button to retry.
pub(super) fn failed(locale: &Locale, what: Key, failure: &Failure, retry: Callback<MouseEvent>) -> Html {
    let retry = Control { onclick: Some(retry), ..Control::of("dumka-retry") };
    let content = html! {
        <>
            { locale.text(what) }{ " " }{ locale.reason(failure) }{ " " }
            { retry.draw(locale.text(Key::Retry)) }
        </>
    };
    element("div", "dumka-error", Some("alert"), content)
}

/// Draws the failure of an action.
pub(super) fn action_error(locale: &Locale, failure: &Failure) -> Html {
    let words = [locale.text(Key::ActionFailed), " ", &locale.reason(failure)].concat();
    element("p", "dumka-error", Some("alert"), html! { { words } })
}

/// Draws the live region, which is always there, so that its changes are announced.
pub(super) fn announcement(locale: &Locale, announcement: Option<Announcement>) -> Html {
    match announcement {
        Some(Announcement::Published) => status(locale.text(Key::Published)),
        Some(Announcement::Pending) => status(locale.text(Key::Held)),
        Some(Announcement::Saved) => status(locale.text(Key::Saved)),
        Some(Announcement::Deleted) => status(locale.text(Key::DeleteDone)),
        Some(Announcement::Reported) => status(locale.text(Key::Reported)),
        Some(Announcement::LinkCopied) => status(locale.text(Key::LinkCopied)),
        Some(Announcement::ListFailed) => status(locale.text(Key::ListFailed)),
        Some(Announcement::LoadingAll) => sr_status(locale.text(Key::ShowingAll)),
        Some(Announcement::AllShown) => sr_status(locale.text(Key::AllShown)),
        Some(Announcement::Sorted(sort)) => {
            sr_status(&[locale.text(Key::SortBy), " ", locale.text(Key::for_sort(sort))].concat())
        }
        None => status(""),
    }
}

fn status(text: &str) -> Html {
    element("p", "dumka-notice", Some("status"), html! { { text } })
}

/// Draws a status for screen readers alone; it is seen elsewhere, under the list.
fn sr_status(text: &str) -> Html {
    element("p", "dumka-sr-only", Some("status"), html! { { text } })
}
