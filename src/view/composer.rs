//! The form of the thread, and what opens it.

use web_sys::MouseEvent;
use yew::{Html, html};

use super::context::ViewContext;
use super::control::consume;
use super::form::form;
use crate::i18n::Key;
use crate::state::form::Phase;
use crate::state::{Action, FormSlot, State};

/// Draws the opener and the form behind it.
pub(super) fn composer(state: &State, context: &ViewContext) -> Html {
    let is_open = state.composer.phase != Phase::Closed;
    // The state opens and closes, not the browser: what it shows must be what the state says.
    let toggle = context.dispatch.reform(|event: MouseEvent| {
        consume(&event);
        Action::ToggleComposer
    });
    html! {
        <details class="dumka-composer" open={is_open}>
            <summary class="dumka-add" onclick={toggle}>{ context.locale.text(Key::Add) }</summary>
            { form(&state.composer, FormSlot::Thread, "", context) }
        </details>
    }
}
