//! The choice of a reason: one press rejects with it or without.

use dumka_api::newsroom::DecisionReason;
use yew::{Html, html};

use super::Ui;
use super::control::{button, does, typed};
use crate::i18n::Key;
use crate::state::{Action, ChoiceAction};

/// Draws the choice.
pub(super) fn panel(ui: &Ui) -> Html {
    let Some(choice) = &ui.state.choice else { return Html::default() };
    let reason = |&reason: &DecisionReason| {
        html! {
            <button type="button" class="button" onclick={does(ui, Action::Choice(ChoiceAction::Decide(Some(reason))))}>
                { ui.words.named("reason_", reason.as_str()) }
            </button>
        }
    };
    html! {
        <div class="choice" role="group" aria-label={ui.words.text(Key::RejectWhy).to_owned()}>
            <p class="question">{ ui.words.text(Key::RejectWhy) }</p>
            <div class="reasons">{ for DecisionReason::ALL.iter().map(reason) }</div>
            <details>
                <summary>{ ui.words.text(Key::NoteAndWords) }</summary>
                <label class="field">
                    <span>{ ui.words.text(Key::PrivateNote) }</span>
                    <textarea maxlength="1000" rows="2" value={choice.note.clone()}
                        oninput={typed(ui, |text| Action::Choice(ChoiceAction::Note(text)))} />
                </label>
                <label class="field">
                    <span>{ ui.words.text(Key::WordsToAuthor) }</span>
                    <textarea maxlength="1000" rows="2" value={choice.words.clone()}
                        oninput={typed(ui, |text| Action::Choice(ChoiceAction::Words(text)))} />
                </label>
            </details>
            <div class="acts">
                <button id="reject-without-reason" type="button" class="button reject"
                    onclick={does(ui, Action::Choice(ChoiceAction::Decide(None)))}>
                    { ui.words.text(Key::RejectWithoutReason) }<kbd aria-hidden="true">{ "r" }</kbd>
                </button>
                { button(ui, "plain", Key::Cancel, Action::Choice(ChoiceAction::Cancel)) }
            </div>
        </div>
    }
}
