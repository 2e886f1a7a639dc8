//! The screen of a queue: filters, the bar of what is selected, the cards; and the screen of one comment.

use dumka_api::newsroom::Act;
use yew::{Html, html};

use super::control::{button, does, foot};
use super::{Ui, card, choice, filters, heading};
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, Loading, QueueAction, Selection, Target};

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let list = &ui.state.list;
    html! {
        <>
            <div class="heading">
                <h1 id="heading" tabindex="-1">{ heading(ui.state, ui.words) }</h1>
                if list.loading != Loading::First || !list.cards.is_empty() {
                    <span class="quiet" role="status">{ ui.words.count(PluralKey::Comments, list.total) }</span>
                }
            </div>
            { filters::draw(ui) }
            { newcomers(ui) }
            { selection_bar(ui) }
            { changed_number(ui) }
            if list.cards.is_empty() && list.loading == Loading::Idle {
                <p class="empty">{ ui.words.text(Key::Empty) }</p>
            }
            <ol class="cards" aria-busy={(list.loading == Loading::First).to_string()}>
                { for list.cards.iter().map(|it| card::item(ui, it)) }
            </ol>
            { foot(ui, &list.loading, list.next.is_some(), Action::Queue(QueueAction::More)) }
        </>
    }
}

/// Draws the screen of one comment.
pub(super) fn single(ui: &Ui) -> Html {
    let context = ui.state.context.as_ref().and_then(|context| context.detail.as_ref());
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Comment) }</h1>
            if let Some(Err(failure)) = context { { super::control::failure(ui, Some(failure)) } }
            if ui.state.list.loading == Loading::First && context.is_none() {
                <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p>
            }
            <ol class="cards">{ for ui.state.list.cards.iter().map(|it| card::item(ui, it)) }</ol>
        </>
    }
}

/// Draws what is selected and what can be done with it.
fn selection_bar(ui: &Ui) -> Html {
    let list = &ui.state.list;
    if list.selection == Selection::None {
        return Html::default();
    }
    if ui.state.choice.as_ref().is_some_and(|choice| choice.target == Target::Chosen) {
        return html! { <section class="selection">{ choice::panel(ui) }</section> };
    }
    let decide = |act| Action::Queue(QueueAction::Decide(Target::Chosen, act));
    html! {
        <section class="selection" aria-label={ui.words.text(Key::Selection).to_owned()}>
            <p role="status">{ ui.words.count(PluralKey::Selected, list.selected_count()) }</p>
            <div class="acts">
                { button(ui, "approve", Key::Approve, decide(Act::Approve)) }
                { button(ui, "reject", Key::Reject, decide(Act::Reject)) }
                { button(ui, "delete", Key::Delete, decide(Act::Delete)) }
                if list.selection != Selection::Whole {
                    { button(ui, "", Key::SelectShown, Action::Queue(QueueAction::SelectShown)) }
                    if list.total > list.cards.len() as u64 || list.next.is_some() {
                        <button type="button" class="button" onclick={does(ui, Action::Queue(QueueAction::SelectWhole))}>
                            { ui.words.count(PluralKey::SelectWhole, list.total) }
                        </button>
                    }
                }
                { button(ui, "plain", Key::Deselect, Action::Queue(QueueAction::Deselect)) }
            </div>
        </section>
    }
}

/// Says that the query finds another number by now, and offers to decide on that.
fn changed_number(ui: &Ui) -> Html {
    let Some(changed) = &ui.state.number_changed else { return Html::default() };
    if ui.state.list.loading != Loading::Idle {
        return Html::default();
    }
    let before = ui.words.count(PluralKey::ExpectedBefore, changed.expected);
    html! {
        <section class="selection" role="alert">
            <p>{ before }{ " " }{ ui.words.count(PluralKey::FoundNow, ui.state.list.total) }</p>
            <div class="acts">
                <button type="button" class="button strong" onclick={does(ui, Action::Queue(QueueAction::AcceptNumber))}>
                    { ui.words.named("act_", changed.decisions.decision.as_str()) }{ ": " }{ ui.state.list.total }
                </button>
                { button(ui, "plain", Key::Cancel, Action::Queue(QueueAction::Deselect)) }
            </div>
        </section>
    }
}

/// Draws the button that shows what came meanwhile.
fn newcomers(ui: &Ui) -> Html {
    let count = ui.state.list.newcomers;
    html! {
        if count > 0 {
            <button type="button" class="button newcomers"
                onclick={does(ui, Action::Queue(QueueAction::Refresh))}>
                { ui.words.count(PluralKey::Newcomers, count) }
            </button>
        }
    }
}
