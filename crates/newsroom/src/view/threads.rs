//! The list of threads, to be searched.

use dumka_api::newsroom::{NewsroomThread, ThreadMode};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Html, SubmitEvent, html};

use super::Ui;
use super::control::{foot, link, site_choice};
use crate::browser;
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, Loading, Place, ThreadAction, ThreadAddress, ThreadsQuery};

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let threads = &ui.state.threads;
    let query = threads.query.clone();
    let of_site = query.clone();
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Threads) }</h1>
            <div class="filters">
                { search(ui, query.clone()) }
                { site_choice(ui, query.site.as_deref(), move |site| Place::Threads(ThreadsQuery { site, ..of_site.clone() })) }
            </div>
            if threads.found.is_empty() && threads.loading == Loading::Idle {
                <p class="empty">{ ui.words.text(Key::ThreadsEmpty) }</p>
            }
            <ol class="rows">{ for threads.found.iter().map(|it| row(ui, it)) }</ol>
            { foot(ui, &threads.loading, threads.next.is_some(), Action::Thread(ThreadAction::More)) }
        </>
    }
}

fn search(ui: &Ui, query: ThreadsQuery) -> Html {
    let (go, asked) = (ui.go.clone(), query.q.clone().unwrap_or_default());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let field = browser::element("search").and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let q = field.map(|field| field.value().trim().to_owned()).filter(|q| !q.is_empty());
        go.emit(Place::Threads(ThreadsQuery { q, ..query.clone() }));
    };
    html! {
        <form class="search" role="search" {onsubmit}>
            <label class="field"><span>{ ui.words.text(Key::SearchThreads) }</span>
                <input key={asked.clone()} id="search" type="search" maxlength="200" enterkeyhint="search" autocomplete="off" value={asked.clone()} />
            </label>
        </form>
    }
}

fn row(ui: &Ui, thread: &NewsroomThread) -> Html {
    let address = ThreadAddress { site: thread.site.clone(), page: thread.page.clone() };
    let title = thread.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| thread.page.clone());
    html! {
        <li class="row">
            <div class="row-text">
                <p>{ link(ui, Place::Thread(address), "thread", html! { { title } }) }</p>
                <p class="quiet">
                    { &thread.site }{ " · " }{ ui.words.count(PluralKey::Comments, thread.total) }
                    if thread.pending > 0 { { " · " }{ ui.words.count(PluralKey::Waiting, thread.pending) } }
                </p>
            </div>
            if thread.state != ThreadMode::Open {
                <span class="chip warn">{ ui.words.named("state_", thread.state.as_str()) }</span>
            }
        </li>
    }
}
