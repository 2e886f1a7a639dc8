//! The person who is signed in: sessions, language, theme; and times in the browser's zone.

use dumka_api::newsroom::Session;
use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::{Html, html};

use super::Ui;
use super::control::{button, chosen, does, failure, time};
use crate::i18n::{Key, Lang};
use crate::preferences::Theme;
use crate::state::{AccessAction, Action, StaffAction};

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let Some(me) = ui.state.access.me() else { return Html::default() };
    let role = |given: &dumka_api::newsroom::SiteRole| {
        let site = if given.site == "*" { ui.words.text(Key::EverySite) } else { &given.site };
        html! { <li class="chip">{ ui.words.named("role_", given.role.as_str()) }{ " · " }{ site }</li> }
    };
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ &me.name }</h1>
            <ul class="chips">{ for me.roles.iter().map(role) }</ul>
            <div class="filters">{ language(ui) }{ theme(ui) }</div>
            <h2>{ ui.words.text(Key::Sessions) }</h2>
            { failure(ui, ui.state.staff.failure.as_ref()) }
            if let Some(own) = &ui.state.staff.sessions { { sessions(ui, own) } }
            <p>{ button(ui, "reject", Key::SignOut, Action::Access(AccessAction::SignOut)) }</p>
        </>
    }
}

/// Draws sessions, each with the button that ends it.
pub(super) fn sessions(ui: &Ui, sessions: &[Session]) -> Html {
    let row = |session: &Session| {
        let end = Action::Staff(StaffAction::EndSession(session.id.clone()));
        html! {
            <li key={session.id.clone()} class="row">
                <div class="row-text">
                    <p>{ &session.device }
                        if session.current { { " " }<span class="chip">{ ui.words.text(Key::ThisSession) }</span> }</p>
                    <p class="quiet">{ ui.words.text(Key::LastSeen) }{ " " }{ time(ui, &session.seen_at) }</p>
                </div>
                if !session.current {
                    <button type="button" class="button" onclick={does(ui, end)}>{ ui.words.text(Key::EndSession) }</button>
                }
            </li>
        }
    };
    html! { <ul class="rows">{ for sessions.iter().map(row) }</ul> }
}

/// Draws the choice of a language.
pub(super) fn language(ui: &Ui) -> Html {
    let speak = ui.speak.clone();
    let onchange = move |event: yew::Event| {
        if let Some(lang) = Lang::from_tag(&chosen(&event)) {
            speak.emit(lang);
        }
    };
    html! {
        <label class="field language"><span>{ ui.words.text(Key::Language) }</span>
            <select {onchange}>
                { for Lang::ALL.iter().map(|(lang, name)| html! {
                    <option value={lang.tag()} lang={lang.tag()} selected={ui.words.lang == *lang}>{ *name }</option>
                }) }
            </select>
        </label>
    }
}

fn theme(ui: &Ui) -> Html {
    let dress = ui.dress.clone();
    let onchange = move |event: yew::Event| {
        if let Some(theme) = Theme::from_word(&chosen(&event)) {
            dress.emit(theme);
        }
    };
    html! {
        <label class="field"><span>{ ui.words.text(Key::Theme) }</span>
            <select {onchange}>
                { for Theme::ALL.iter().map(|theme| html! {
                    <option value={theme.as_str()} selected={ui.theme == *theme}>{ ui.words.named("theme_", theme.as_str()) }</option>
                }) }
            </select>
        </label>
    }
}

/// Writes a time of the wire as a field of the browser takes it, in the browser's zone.
pub(super) fn local_time(utc: &str) -> String {
    let date = Date::new(&JsValue::from(utc));
    let shifted = Date::new(&JsValue::from(date.get_time() - date.get_timezone_offset() * 60_000.0));
    let text =
        if shifted.get_time().is_nan() { String::new() } else { String::from(shifted.to_iso_string()) };
    text.chars().take("2026-01-01T00:00".len()).collect()
}

/// Writes what such a field holds as a time of the wire.
pub(super) fn utc_time(local: &str) -> Option<String> {
    let date = Date::new(&JsValue::from(local));
    (!local.is_empty() && !date.get_time().is_nan()).then(|| date.to_iso_string().into())
}
