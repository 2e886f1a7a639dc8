//! The log: who decided what, with filters, and taking back one decision or a set.

use dumka_api::newsroom::{Act, Decision};
use web_sys::HtmlInputElement;
use yew::{Html, TargetCast, classes, html};

use super::Ui;
use super::context::sentence;
use super::control::{button, chosen, does, foot, link, site_choice};
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, Loading, Log, LogAction, LogQuery, Place};

/// The kinds that the log is filtered by.
const KINDS: [Act; 9] = [
    Act::Approve,
    Act::Reject,
    Act::Delete,
    Act::Hold,
    Act::Feature,
    Act::Unfeature,
    Act::Pin,
    Act::Unpin,
    Act::Undo,
];

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let log = &ui.state.log;
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Log) }</h1>
            { filters(ui, &log.query) }
            { set(ui) }
            if log.decisions.is_empty() && log.loading == Loading::Idle {
                <p class="empty">{ ui.words.text(Key::LogEmpty) }</p>
            }
            <ol class="rows">{ for log.decisions.iter().map(|it| row(ui, it)) }</ol>
            { foot(ui, &log.loading, log.next.is_some(), Action::Log(LogAction::More)) }
        </>
    }
}

fn filters(ui: &Ui, query: &LogQuery) -> Html {
    let of_site = query.clone();
    html! {
        <div class="filters">
            { person(ui, query.clone()) }
            { kind(ui, query.clone()) }
            { site_choice(ui, query.site.as_deref(), move |site| Place::Log(LogQuery { site, ..of_site.clone() })) }
            { since(ui, query.clone()) }
        </div>
    }
}

fn person(ui: &Ui, query: LogQuery) -> Html {
    let me = ui.state.access.me().map(|me| (me.id.clone(), me.name.clone()));
    let others = ui.state.log.people.iter().filter_map(|it| Some((it.id.clone()?, it.name.clone()?)));
    let others = others.filter(|(id, _)| Some(id) != me.as_ref().map(|(id, _)| id)).collect::<Vec<_>>();
    let shell = ("shell".to_owned(), ui.words.named("actor_", "shell").to_owned());
    let people = me.iter().cloned().chain(others).chain([shell]);
    let asked = query.by.clone();
    let go = ui.go.clone();
    let onchange = move |event: yew::Event| {
        let by = Some(chosen(&event)).filter(|by| !by.is_empty());
        go.emit(Place::Log(LogQuery { by, ..query.clone() }));
    };
    html! {
        <label class="field"><span>{ ui.words.text(Key::Person) }</span>
            <select {onchange}>
                <option value="" selected={asked.is_none()}>{ ui.words.text(Key::Everybody) }</option>
                { for people.map(|(id, name)| html! {
                    <option value={id.clone()} selected={asked.as_deref() == Some(&id)}>{ name }</option>
                }) }
            </select>
        </label>
    }
}

fn kind(ui: &Ui, query: LogQuery) -> Html {
    let (go, asked) = (ui.go.clone(), query.kind.clone());
    let onchange = move |event: yew::Event| {
        let kind = Some(chosen(&event)).filter(|kind| !kind.is_empty());
        go.emit(Place::Log(LogQuery { kind, ..query.clone() }));
    };
    html! {
        <label class="field"><span>{ ui.words.text(Key::Kind) }</span>
            <select {onchange}>
                <option value="" selected={asked.is_none()}>{ ui.words.text(Key::EveryKind) }</option>
                { for KINDS.iter().map(|kind| html! {
                    <option value={kind.as_str()} selected={asked.as_deref() == Some(kind.as_str())}>
                        { ui.words.named("done_", kind.as_str()) }
                    </option>
                }) }
            </select>
        </label>
    }
}

/// Draws the field of a day and an hour, in the browser's zone.
fn since(ui: &Ui, query: LogQuery) -> Html {
    let go = ui.go.clone();
    let value = query.since.as_deref().map(super::me::local_time).unwrap_or_default();
    let onchange = move |event: yew::Event| {
        let typed = event.target_dyn_into::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default();
        go.emit(Place::Log(LogQuery { since: super::me::utc_time(&typed), ..query.clone() }));
    };
    html! {
        <label class="field"><span>{ ui.words.text(Key::Since) }</span>
            <input type="datetime-local" {value} {onchange} /></label>
    }
}

/// Offers to take back all that somebody did since a time; asks once more, with the number.
fn set(ui: &Ui) -> Html {
    let log = &ui.state.log;
    let Some(set) = &log.set else {
        return html! {
            if log.names_set() && !log.decisions.is_empty() {
                <p>{ button(ui, "reject", Key::TakeBackAll, Action::Log(LogAction::OfferSet)) }</p>
            } else if !log.names_set() {
                <p class="quiet">{ ui.words.text(Key::SetHint) }</p>
            }
        };
    };
    html! {
        <section class="selection" id="set-question" tabindex="-1" role="alertdialog" aria-label={ui.words.text(Key::TakeBackAll).to_owned()}>
            if let Some((count, has_more)) = set.count {
                <p>
                    { ui.words.count(PluralKey::TakeBackSet, count as u64) }
                    if has_more { { " " }{ ui.words.text(Key::OrMore) } }
                </p>
                <div class="acts">
                    if count > 0 { { button(ui, "strong", Key::TakeBack, Action::Log(LogAction::ConfirmSet)) } }
                    { button(ui, "plain", Key::Cancel, Action::Log(LogAction::CancelSet)) }
                </div>
            } else {
                <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p>
            }
        </section>
    }
}

fn row(ui: &Ui, decision: &Decision) -> Html {
    let undo = Action::Log(LogAction::Undo(decision.id.clone()));
    html! {
        <li key={decision.id.clone()} class={classes!("row", decision.undone_by.is_some().then_some("undone"))}>
            <div class="row-text">
                { sentence(ui, decision) }
                <p class="quiet">
                    { link(ui, Place::Comment(decision.comment.to_string()), "", html! { { ui.words.text(Key::Comment) } }) }
                    { " · " }{ &decision.site }
                </p>
                if let Some(note) = &decision.note { <p class="said-by-reader">{ note }</p> }
                if let Some(words) = &decision.words { <p class="said-by-reader">{ words }</p> }
            </div>
            if Log::is_undoable(decision) && ui.state.access.decides_on(&decision.site) {
                <button type="button" class="button" onclick={does(ui, undo)}>{ ui.words.text(Key::TakeBack) }</button>
            }
        </li>
    }
}
