//! The bar that offers to take the last decision back.

use yew::{Html, html};

use super::Ui;
use super::control::{button, does};
use super::outcome::outcome;
use crate::i18n::Key;
use crate::state::Action;

/// Draws the bar; nothing where there is nothing to take back.
pub(super) fn draw(ui: &Ui) -> Html {
    if ui.state.undo.offered().is_none() {
        return Html::default();
    }
    html! {
        <section class="undo-bar" aria-label={ui.words.text(Key::Undo).to_owned()}>
            // Said by the live region already.
            <span aria-hidden="true">{ outcome(ui) }</span>
            <span class="undo-buttons">
                <button type="button" class="button strong" onclick={does(ui, Action::Undo)}>
                    { ui.words.text(Key::Undo) }{ " " }<kbd>{ "z" }</kbd>
                </button>
                { button(ui, "plain", Key::Close, Action::DismissUndo) }
            </span>
        </section>
    }
}
