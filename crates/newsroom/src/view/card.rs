//! A comment's card: who, when, where, the text, why it is here, and what can be decided.

use dumka_api::newsroom::{Act, NewsroomComment};
use yew::{Html, classes, html};

use super::control::{does, link, time};
use super::{Ui, body, card_id, choice, context, reply};
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, Card, Note, Place, QueueAction, ReplyAction, Target, ThreadAddress};

/// Draws a card as an item of the list.
pub(super) fn item(ui: &Ui, card: &Card) -> Html {
    let id = card.id().to_owned();
    let list = &ui.state.list;
    let is_current = list.current.as_deref() == Some(card.id());
    let onfocusin = {
        let id = id.clone();
        ui.act.reform(move |_| Action::Queue(QueueAction::Focused(id.clone())))
    };
    let class = classes!(
        "card",
        is_current.then_some("current"),
        list.is_selected(&id).then_some("selected"),
        matches!(card.note, Note::DecidedElsewhere { .. }).then_some("elsewhere")
    );
    html! {
        <li key={id.clone()}>
            <article id={card_id(&id)} {class} tabindex="-1" {onfocusin} aria-labelledby={["by-", &id].concat()}>
                { head(ui, card) }
                <div class="text">{ body::body(&card.comment.comment.body, &marks(ui, &card.comment)) }</div>
                { chips(ui, &card.comment) }
                { note(ui, card) }
                if ui.state.choice.as_ref().is_some_and(|it| it.target == Target::One(id.clone())) {
                    { choice::panel(ui) }
                } else {
                    { buttons(ui, card) }
                }
                { reply::form(ui, &id) }
                { context::panel(ui, &id) }
            </article>
        </li>
    }
}

fn head(ui: &Ui, card: &Card) -> Html {
    let comment = &card.comment;
    let id = card.id().to_owned();
    let name = comment.comment.author.name.clone();
    let label = ui.words.with(Key::SelectComment, &name);
    let thread = ThreadAddress { site: comment.site.clone(), page: comment.page.clone() };
    let title =
        comment.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| comment.page.clone());
    let select = Action::Queue(QueueAction::Toggle(Some(id.clone())));
    html! {
        <header class="card-head">
            if ui.state.access.decides_on(&comment.site) {
                <label class="tick">
                    <input type="checkbox" checked={ui.state.list.is_selected(&id)} aria-label={label} onclick={does(ui, select)} />
                </label>
            }
            <div class="who">
                <strong id={["by-", &id].concat()}>{ name }</strong>
                { email(ui, comment) }
                <span class="quiet when">{ time(ui, &comment.comment.created_at) }</span>
            </div>
            <span class={classes!("status", comment.status.as_str())}>{ ui.words.named("status_", comment.status.as_str()) }</span>
            <div class="where">
                    { link(ui, Place::Thread(thread), "thread", html! { { title } }) }
                    <span class="quiet">{ comment.site.clone() }</span>
                </div>
        </header>
    }
}

fn email(ui: &Ui, comment: &NewsroomComment) -> Html {
    html! {
        if let Some(email) = &comment.author_of.email {
            <span class="quiet" title={ui.words.text(Key::HasEmail).to_owned()}>{ ["@", &email.domain].concat() }</span>
        }
    }
}

/// The words to mark: those searched for, and those that a phase names behind a colon.
fn marks(ui: &Ui, comment: &NewsroomComment) -> Vec<String> {
    let searched = ui.state.list.query.q.iter().flat_map(|q| q.split_whitespace());
    let found = comment.detected.iter().filter_map(|phase| Some(phase.split_once(':')?.1));
    // The beginning of a longer word stands for its other forms.
    let stem = |word: &str| {
        let letters: Vec<char> =
            word.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
        let kept = if letters.len() > 5 { letters.len() - 2 } else { letters.len() };
        letters[..kept].iter().collect::<String>()
    };
    let marks =
        searched.map(stem).chain(found.flat_map(|words| words.split([',', ' ']).map(str::to_lowercase)));
    marks.filter(|mark| !mark.is_empty()).collect()
}

/// Draws why the comment is here.
fn chips(ui: &Ui, comment: &NewsroomComment) -> Html {
    let phase = |detected: &String| {
        let (phase, words) = detected.split_once(':').unwrap_or((detected, ""));
        html! {
            <li class="chip">
                { ui.words.named("phase_", phase) }
                if !words.is_empty() { { ": " }<q>{ words }</q> }
            </li>
        }
    };
    html! {
        if comment.reports > 0 || !comment.detected.is_empty() {
            <ul class="chips" aria-label={ui.words.text(Key::WhyHere).to_owned()}>
                if comment.reports > 0 {
                    <li class="chip warn">{ ui.words.count(PluralKey::Reports, comment.reports) }</li>
                }
                { for comment.detected.iter().map(phase) }
            </ul>
        }
    }
}

fn note(ui: &Ui, card: &Card) -> Html {
    let text = match &card.note {
        Note::Nothing => return Html::default(),
        Note::Outdated => ui.words.text(Key::NoteOutdated).to_owned(),
        Note::Refused(kind) => ui.words.problem_kind(*kind).to_owned(),
        Note::Failed(failure) => ui.words.failure(failure),
        Note::Answered => ui.words.text(Key::Replied).to_owned(),
        Note::DecidedElsewhere { decision, .. } => {
            let who = decision.by.name.clone();
            let who = who.unwrap_or_else(|| ui.words.named("actor_", decision.by.kind.as_str()).to_owned());
            [&who, ": ", ui.words.named("done_", decision.kind.as_str())].concat()
        }
    };
    html! { <p class="note" role="status">{ text }</p> }
}

fn buttons(ui: &Ui, card: &Card) -> Html {
    let (id, site) = (card.id().to_owned(), &card.comment.site);
    let decide = |act| Action::Queue(QueueAction::Decide(Target::One(id.clone()), act));
    let feature = if card.is_featured() { Key::Unfeature } else { Key::Feature };
    let pin = if card.is_pinned() { Key::Unpin } else { Key::Pin };
    let is_open = ui.state.context.as_ref().is_some_and(|context| context.id == id);
    html! {
        <div class="acts">
            if ui.state.access.decides_on(site) {
                { act(ui, "approve", (Key::Approve, "a"), decide(Act::Approve)) }
                { act(ui, "reject", (Key::Reject, "r"), decide(Act::Reject)) }
                { act(ui, "delete", (Key::Delete, "d"), decide(Act::Delete)) }
            }
            if ui.state.access.replies_on(site) && card.is_published() {
                { act(ui, "", (Key::Reply, "e"), Action::Reply(ReplyAction::Open(Some(id.clone())))) }
            }
            <button type="button" class="button" aria-expanded={is_open.to_string()}
                onclick={does(ui, Action::Queue(QueueAction::Context(Some(id.clone()))))}>
                { ui.words.text(Key::Context) }<kbd>{ "o" }</kbd>
            </button>
            if ui.state.access.decides_on(site) && card.is_published() {
                { act(ui, "", (feature, "f"), decide(Act::Feature)) }
            }
            if ui.state.access.decides_on(site) && card.takes_pin() {
                { act(ui, "", (pin, ""), decide(Act::Pin)) }
            }
        </div>
    }
}

fn act(ui: &Ui, class: &'static str, (name, key): (Key, &'static str), action: Action) -> Html {
    html! {
        <button type="button" class={classes!("button", class)} onclick={does(ui, action)}>
            { ui.words.text(name) }
            if !key.is_empty() { <kbd aria-hidden="true">{ key }</kbd> }
        </button>
    }
}
