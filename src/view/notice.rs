//! What is said to the reader: what goes on, what went wrong, what was done.

use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::control::Control;
use crate::i18n::{Key, Locale};
use crate::state::{Failure, Outcome};

/// The thread is on its way.
pub(super) fn loading(locale: &Locale) -> Html {
    html! { <p class="dumka-notice" role="status">{ locale.text(Key::Loading) }</p> }
}

/// Something did not come; what, why, and a button to ask again.
pub(super) fn failed(locale: &Locale, what: Key, failure: &Failure, retry: Callback<MouseEvent>) -> Html {
    let retry = Control { onclick: Some(retry), ..Control::of("dumka-retry") };
    html! {
        <div class="dumka-error" role="alert">
            { locale.text(what) }{ " " }{ locale.reason(failure) }{ " " }
            { retry.draw(locale.text(Key::Retry)) }
        </div>
    }
}

/// What was pressed did not happen, and why.
pub(super) fn trouble(locale: &Locale, failure: &Failure) -> Html {
    html! { <p class="dumka-error" role="alert">{ locale.text(Key::ActionFailed) }{ " " }{ locale.reason(failure) }</p> }
}

/// The live region: always there, so that what appears in it is read out.
pub(super) fn outcome(locale: &Locale, outcome: Option<Outcome>) -> Html {
    match outcome {
        Some(Outcome::Published) => said(locale.text(Key::Published)),
        Some(Outcome::Held) => said(locale.text(Key::Held)),
        Some(Outcome::Saved) => said(locale.text(Key::Saved)),
        Some(Outcome::Deleted) => said(locale.text(Key::DeleteDone)),
        Some(Outcome::Reported) => said(locale.text(Key::Reported)),
        Some(Outcome::LinkCopied) => said(locale.text(Key::LinkCopied)),
        Some(Outcome::NotListed) => said(locale.text(Key::ListFailed)),
        Some(Outcome::RestComes) => heard(locale.text(Key::ShowingAll)),
        Some(Outcome::AllShown) => heard(locale.text(Key::AllShown)),
        Some(Outcome::Sorted(sort)) => {
            heard(&[locale.text(Key::SortBy), " ", locale.text(super::sort::words(sort))].concat())
        }
        None => said(""),
    }
}

fn said(text: &str) -> Html {
    html! { <p class="dumka-notice" role="status">{ text }</p> }
}

/// What is seen elsewhere, under the list.
fn heard(text: &str) -> Html {
    html! { <p class="dumka-sr-only" role="status">{ text }</p> }
}
