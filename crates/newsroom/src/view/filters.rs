//! The filters of a queue, which stand in the address.

use dumka_api::newsroom::{QueueQuery, QueueSort};
use web_sys::HtmlInputElement;
use yew::{Html, SubmitEvent, html};

use super::Ui;
use super::control::{chosen, link, site_choice};
use crate::browser;
use crate::i18n::Key;
use crate::state::Place;
use wasm_bindgen::JsCast;

/// Draws the filters.
pub(super) fn draw(ui: &Ui) -> Html {
    let Place::Queue(query) = &ui.state.place else { return Html::default() };
    let query = (**query).clone();
    let of_site = query.clone();
    html! {
        <div class="filters">
            { search(ui, query.clone()) }
            { site_choice(ui, query.site.as_deref(), move |site| place(QueueQuery { site, page: None, ..of_site.clone() })) }
            { order(ui, query.clone()) }
            { narrowed(ui, &query) }
        </div>
    }
}

fn place(query: QueueQuery) -> Place {
    Place::Queue(Box::new(query))
}

fn search(ui: &Ui, query: QueueQuery) -> Html {
    let (go, asked) = (ui.go.clone(), query.q.clone().unwrap_or_default());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let field = browser::element("search").and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let q = field.map(|field| field.value().trim().to_owned()).filter(|q| !q.is_empty());
        go.emit(place(QueueQuery { q, ..query.clone() }));
    };
    html! {
        <form class="search" role="search" {onsubmit}>
            <label class="field">
                <span>{ ui.words.text(Key::Search) }</span>
                // Anew for another query, so that the field says what was asked.
                <input key={asked.clone()} id="search" type="search" maxlength="200" enterkeyhint="search" autocomplete="off" value={asked.clone()} />
            </label>
        </form>
    }
}

fn order(ui: &Ui, query: QueueQuery) -> Html {
    let (go, asked) = (ui.go.clone(), query.sort.unwrap_or_default());
    let onchange = move |event: yew::Event| {
        let sort = QueueSort::from_word(&chosen(&event)).filter(|sort| *sort != QueueSort::default());
        go.emit(place(QueueQuery { sort, ..query.clone() }));
    };
    html! {
        <label class="field">
            <span>{ ui.words.text(Key::Sort) }</span>
            <select {onchange}>
                { for QueueSort::ALL.iter().map(|sort| html! {
                    <option value={sort.as_str()} selected={*sort == asked}>{ ui.words.named("sort_", sort.as_str()) }</option>
                }) }
            </select>
        </label>
    }
}

/// Draws what else the list is narrowed by, each with the way to drop it.
fn narrowed(ui: &Ui, query: &QueueQuery) -> Html {
    let dropped = |text: &str, without: QueueQuery| {
        let content = html! { <>{ text }{ " ×" }</> };
        html! { <li>{ link(ui, place(without), "chip", content) }</li> }
    };
    html! {
        <ul class="chips narrowed">
            if let Some(q) = &query.q { { dropped(q, QueueQuery { q: None, ..query.clone() }) } }
            if query.author.is_some() {
                { dropped(ui.words.text(Key::OneAuthor), QueueQuery { author: None, ..query.clone() }) }
            }
            if let Some(page) = &query.page { { dropped(page, QueueQuery { page: None, ..query.clone() }) } }
            if let Some(detected) = &query.detected {
                { dropped(ui.words.named("phase_", detected), QueueQuery { detected: None, ..query.clone() }) }
            }
        </ul>
    }
}
