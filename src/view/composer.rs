//! The form of the thread, and what opens it.

use web_sys::MouseEvent;
use yew::{Html, html};

use super::chunk::Common;
use super::control::take;
use super::form::form;
use crate::i18n::Key;
use crate::state::composer::Phase;
use crate::state::{Action, Form, State};

/// Draws the opener and the form behind it.
pub(super) fn composer(state: &State, common: &Common) -> Html {
    let is_open = state.composer.phase != Phase::Closed;
    // The state opens and closes, not the browser: what it shows must be what the state says.
    let toggle = common.dispatch.reform(|event: MouseEvent| {
        take(&event);
        Action::ToggleComposer
    });
    html! {
        <details class="dumka-composer" open={is_open}>
            <summary class="dumka-add" onclick={toggle}>{ common.locale.text(Key::Add) }</summary>
            { form(&state.composer, Form::Thread, "", common) }
        </details>
    }
}
