//! Parts that every screen uses: buttons, links, times, failures.

use dumka_api::Timestamp;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, MouseEvent};
use yew::{Callback, Html, InputEvent, TargetCast, classes, html};

use super::Ui;
use crate::i18n::Key;
use crate::state::{Action, Failure, Loading, Place};

/// Draws a button with a text.
pub(super) fn button(ui: &Ui, class: &'static str, key: Key, action: Action) -> Html {
    html! { <button type="button" class={classes!("button", class)} onclick={does(ui, action)}>{ ui.words.text(key) }</button> }
}

/// Gives a listener that does something at each press.
pub(super) fn does(ui: &Ui, action: Action) -> Callback<MouseEvent> {
    ui.act.reform(move |_| action.clone())
}

/// Gives a listener that takes the text of a field.
pub(super) fn typed(ui: &Ui, action: impl Fn(String) -> Action + 'static) -> Callback<InputEvent> {
    ui.act.reform(move |event: InputEvent| action(value(&event)))
}

/// The text of the field of an event.
fn value(event: &InputEvent) -> String {
    let area = event.target_dyn_into::<HtmlTextAreaElement>().map(|it| it.value());
    area.or_else(|| event.target_dyn_into::<HtmlInputElement>().map(|it| it.value())).unwrap_or_default()
}

/// The chosen word of the list of an event.
pub(super) fn chosen(event: &yew::Event) -> String {
    event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default()
}

/// Draws a link to a place of the program, which a plain press follows without a request.
pub(super) fn link(ui: &Ui, place: Place, class: &'static str, content: Html) -> Html {
    let is_current = ui.state.place.path() == place.path();
    let href = [ui.base, &place.address()].concat();
    let go = ui.go.clone();
    let onclick = move |event: MouseEvent| {
        if event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            go.emit(place.clone());
        }
    };
    html! { <a {class} {href} {onclick} aria-current={is_current.then_some("page")}>{ content }</a> }
}

/// Draws a time, with its exact form as a title.
pub(super) fn time(ui: &Ui, time: &Timestamp) -> Html {
    html! { <time datetime={time.0.clone()} title={ui.words.exact(time)}>{ ui.words.time(time) }</time> }
}

/// Draws a failure.
pub(super) fn failure(ui: &Ui, failure: Option<&Failure>) -> Html {
    html! {
        if let Some(failure) = failure {
            <p class="failure" role="alert">{ ui.words.failure(failure) }</p>
        }
    }
}

/// Draws the foot of a list: what is under way, what failed, and the button for more.
pub(super) fn foot(ui: &Ui, loading: &Loading, has_more: bool, more: Action) -> Html {
    match loading {
        Loading::First | Loading::More => {
            html! { <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p> }
        }
        Loading::Failed(why) => html! {
            <div class="foot">{ failure(ui, Some(why)) }{ button(ui, "", Key::Again, Action::Retry) }</div>
        },
        Loading::Idle if has_more => {
            html! { <div class="foot">{ button(ui, "wide", Key::More, more) }</div> }
        }
        Loading::Idle => Html::default(),
    }
}

/// Draws the choice of a site; nothing where there is one alone.
pub(super) fn site_choice(
    ui: &Ui,
    asked: Option<&str>,
    chosen_site: impl Fn(Option<String>) -> Place + 'static,
) -> Html {
    let sites = ui.state.access.me().map(|me| me.sites.as_slice()).unwrap_or_default();
    if sites.len() < 2 {
        return Html::default();
    }
    let go = ui.go.clone();
    let onchange = move |event: yew::Event| {
        go.emit(chosen_site(Some(chosen(&event)).filter(|site| !site.is_empty())));
    };
    html! {
        <label class="field">
            <span>{ ui.words.text(Key::Site) }</span>
            <select {onchange}>
                <option value="" selected={asked.is_none()}>{ ui.words.text(Key::EverySite) }</option>
                { for sites.iter().map(|given| html! {
                    <option value={given.site.clone()} selected={asked == Some(&given.site)}>{ &given.site }</option>
                }) }
            </select>
        </label>
    }
}
