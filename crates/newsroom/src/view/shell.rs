//! The frame around every screen: navigation, what the line is doing, outcomes, the bar of undo, the keys.

use dumka_api::newsroom::Queue;
use yew::{Html, html};

use super::control::link;
use super::outcome::outcome;
use super::{Ui, undo_bar};
use crate::i18n::Key;
use crate::state::{Access, Action, LogQuery, Place, ThreadsQuery};

/// The queues of the navigation.
const QUEUES: [Queue; 8] = [
    Queue::Pending,
    Queue::New,
    Queue::Reported,
    Queue::Held,
    Queue::Appeals,
    Queue::Rejected,
    Queue::Mine,
    Queue::All,
];

/// Draws the frame with a screen in it.
pub(super) fn draw(ui: &Ui, screen: Html) -> Html {
    // Behind a dialog nothing takes the focus.
    let is_covered = ui.state.is_help_open || matches!(ui.state.access, Access::Expired(_));
    html! {
        <div class="frame" inert={is_covered}>
            <a class="skip" href="#heading">{ ui.words.text(Key::SkipToContent) }</a>
            <header class="top">
                <span class="mark" translate="no">{ "Dumka" }</span>
                <nav aria-label={ui.words.text(Key::Newsroom).to_owned()}>{ sections(ui) }</nav>
            </header>
            if matches!(ui.state.place, Place::Queue(_) | Place::Home) {
                <nav class="queues" aria-label={ui.words.text(Key::Queues).to_owned()}>
                    <ul>{ for QUEUES.into_iter().map(|queue| queue_link(ui, queue)) }</ul>
                </nav>
            }
            <main>
                if ui.state.is_offline || ui.state.live.is_lost {
                    <p class="line-lost" role="status">{ ui.words.text(Key::LineLost) }</p>
                }
                { screen }
            </main>
            <p class="said" role="status" aria-live="polite">{ outcome(ui) }</p>
            { undo_bar::draw(ui) }
        </div>
    }
}

fn sections(ui: &Ui) -> Html {
    let text = |key| html! { { ui.words.text(key) } };
    let queue = Place::of_queue(Queue::Pending, None);
    let is_queue = matches!(ui.state.place, Place::Queue(_) | Place::Comment(_) | Place::Home);
    html! {
        <ul>
            <li class={is_queue.then_some("current")}>{ link(ui, queue, "section", text(Key::Queues)) }</li>
            <li>{ link(ui, Place::Threads(ThreadsQuery::default()), "section", text(Key::Threads)) }</li>
            <li>{ link(ui, Place::Log(LogQuery::default()), "section", text(Key::Log)) }</li>
            if ui.state.access.is_owner() {
                <li>{ link(ui, Place::Staff, "section", text(Key::Staff)) }</li>
            }
            <li>{ link(ui, Place::Me, "section", html! { { ui.state.access.me().map_or("", |me| me.name.as_str()) } }) }</li>
            <li>
                <button type="button" class="section" aria-label={ui.words.text(Key::Keys).to_owned()}
                    onclick={super::control::does(ui, Action::Help(true))}>{ "?" }</button>
            </li>
        </ul>
    }
}

fn queue_link(ui: &Ui, queue: Queue) -> Html {
    let site = match &ui.state.place {
        Place::Queue(query) => query.site.clone(),
        _ => None,
    };
    let count = ui.state.live.count(queue, site.as_deref()).filter(|&count| count > 0);
    let content = html! {
        <>
            { ui.words.named("queue_", queue.as_str()) }
            if let Some(count) = count {
                { " " }<span class="count">{ if count > 10_000 { "10 000+".into() } else { count.to_string() } }</span>
            }
        </>
    };
    html! { <li>{ link(ui, Place::of_queue(queue, site), "queue", content) }</li> }
}
