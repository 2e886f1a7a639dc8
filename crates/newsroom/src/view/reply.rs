//! The form that answers a comment in place, with the badge.

use yew::{Html, SubmitEvent, html};

use super::Ui;
use super::control::{button, failure, typed};
use crate::i18n::Key;
use crate::state::{Action, ReplyAction};

/// Draws the form where it is open for this comment.
pub(super) fn form(ui: &Ui, id: &str) -> Html {
    let Some(reply) = ui.state.reply.as_ref().filter(|reply| reply.id == id) else { return Html::default() };
    let onsubmit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Reply(ReplyAction::Send)
    });
    html! {
        <form class="reply" {onsubmit}>
            <label class="field">
                <span>{ ui.words.text(Key::ReplyAsStaff) }</span>
                <textarea id="reply-text" rows="4" maxlength="10000" value={reply.text.clone()} readonly={reply.is_sending}
                    oninput={typed(ui, |text| Action::Reply(ReplyAction::Typed(text)))} />
            </label>
            { failure(ui, reply.failure.as_ref()) }
            <div class="acts">
                <button type="submit" class="button strong" disabled={reply.is_sending}>
                    { ui.words.text(if reply.is_sending { Key::Sending } else { Key::Send }) }
                </button>
                { button(ui, "plain", Key::Cancel, Action::Reply(ReplyAction::Close)) }
            </div>
        </form>
    }
}
