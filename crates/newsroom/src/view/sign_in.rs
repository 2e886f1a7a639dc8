//! Signing in: by a passkey, by name and password, by an invitation.

use dumka_api::limits::PASSWORD_MIN_CHARS;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Html, SubmitEvent, html};

use super::control::{button, does, failure};
use super::{Ui, me};
use crate::browser;
use crate::i18n::Key;
use crate::state::{Access, AccessAction, Action};

/// Draws the page that is seen first.
pub(super) fn page(ui: &Ui) -> Html {
    html! {
        <main class="alone">
            <p class="mark" translate="no">{ "Dumka" }</p>
            if let Access::Invited(invitation) = &ui.state.access {
                { invite(ui, invitation.seen.as_ref()) }
            } else {
                <h1 id="heading" tabindex="-1">{ ui.words.text(Key::SignIn) }</h1>
                { ways(ui) }
            }
            { me::language(ui) }
        </main>
    }
}

/// Draws the dialog over what was on the screen when the session ended.
pub(super) fn dialog(ui: &Ui) -> Html {
    html! {
        <div class="veil">
            <dialog open={true} class="dialog" aria-modal="true" aria-labelledby="sign-in-heading">
                <h2 id="sign-in-heading">{ ui.words.text(Key::SignInAgain) }</h2>
                <p>{ ui.words.text(Key::NothingIsLost) }</p>
                { ways(ui) }
            </dialog>
        </div>
    }
}

/// Draws the two ways in.
fn ways(ui: &Ui) -> Html {
    let onsubmit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Access(AccessAction::SignIn(text_of("name"), text_of("password")))
    });
    let name = ui.state.access.me().map(|me| me.name.clone());
    html! {
        <div class="ways">
            { problem(ui) }
            if ui.has_passkeys {
                <button type="button" class="button strong wide" disabled={ui.state.sign_in.is_busy}
                    onclick={does(ui, Action::Access(AccessAction::UsePasskey))}>{ ui.words.text(Key::UsePasskey) }</button>
                <p class="or">{ ui.words.text(Key::Or) }</p>
            }
            <form {onsubmit}>
                <label class="field"><span>{ ui.words.text(Key::Name) }</span>
                    <input id="name" name="name" autocomplete="username" required={true} value={name} /></label>
                <label class="field"><span>{ ui.words.text(Key::Password) }</span>
                    <input id="password" name="password" type="password" autocomplete="current-password" required={true} /></label>
                <button type="submit" class="button wide" disabled={ui.state.sign_in.is_busy}>{ ui.words.text(Key::SignInButton) }</button>
            </form>
        </div>
    }
}

fn invite(ui: &Ui, seen: Option<&dumka_api::newsroom::InviteSeen>) -> Html {
    let Some(seen) = seen else {
        let leave = Action::Access(AccessAction::LeaveInvite);
        return html! {
            <>
                <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Invitation) }</h1>
                { problem(ui) }
                if ui.state.sign_in.failure.is_some() {
                    if ui.state.link_is_spent() { <p>{ ui.words.text(Key::AskForNewLink) }</p> }
                    { button(ui, "wide", Key::SignIn, leave) }
                } else {
                    <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p>
                }
            </>
        };
    };
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ ui.words.with(Key::Welcome, &seen.name) }</h1>
            <p>{ ui.words.text(Key::ChooseWay) }</p>
            { problem(ui) }
            if ui.has_passkeys && seen.passkeys {
                <button type="button" class="button strong wide" disabled={ui.state.sign_in.is_busy}
                    onclick={does(ui, Action::Access(AccessAction::MakePasskey))}>{ ui.words.text(Key::MakePasskey) }</button>
                <p class="quiet">{ ui.words.text(Key::PasskeyExplained) }</p>
                <p class="or">{ ui.words.text(Key::Or) }</p>
            }
            { new_password(ui, &seen.name) }
        </>
    }
}

fn new_password(ui: &Ui, name: &str) -> Html {
    let onsubmit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Access(AccessAction::MakePassword(text_of("password")))
    });
    html! {
        <form {onsubmit}>
            // For the browser's own store of passwords, which asks whose it is.
            <input class="unseen" name="name" autocomplete="username" value={name.to_owned()} readonly={true} tabindex="-1" aria-hidden="true" />
            <label class="field"><span>{ ui.words.text(Key::NewPassword) }</span>
                <input id="password" type="password" autocomplete="new-password" required={true}
                    minlength={PASSWORD_MIN_CHARS.to_string()} aria-describedby="password-hint" /></label>
            <p id="password-hint" class="quiet">{ ui.words.text(Key::PasswordHint) }</p>
            <button type="submit" class="button wide" disabled={ui.state.sign_in.is_busy}>{ ui.words.text(Key::MakePassword) }</button>
        </form>
    }
}

fn problem(ui: &Ui) -> Html {
    html! { <div id="sign-in-failure" tabindex="-1">{ failure(ui, ui.state.sign_in.failure.as_ref()) }</div> }
}

fn text_of(id: &str) -> String {
    let field = browser::element(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}
