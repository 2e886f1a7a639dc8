//! The dialog of the keys.

use yew::{Html, html};

use super::Ui;
use super::control::button;
use crate::i18n::Key;
use crate::keys::KEYS;
use crate::state::Action;

/// Draws the dialog.
pub(super) fn dialog(ui: &Ui) -> Html {
    let row = |&(key, name): &(&'static str, &'static str)| {
        html! { <div><dt><kbd>{ key }</kbd></dt><dd>{ ui.words.named("key_", name) }</dd></div> }
    };
    html! {
        <div class="veil">
            <dialog open={true} class="dialog" aria-modal="true" aria-labelledby="help-heading">
                <h2 id="help-heading" tabindex="-1">{ ui.words.text(Key::Keys) }</h2>
                <dl class="keys">{ for KEYS.iter().map(row) }</dl>
                { button(ui, "", Key::Close, Action::Help(false)) }
            </dialog>
        </div>
    }
}
