//! The form.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement, InputEvent, MouseEvent, SubmitEvent};
use yew::{Callback, Html, html};

use crate::i18n::{Key, Locale};
use crate::state::composer::Phase;
use crate::state::{Action, Composer, Failure, Field, State};

/// Draws the opener and the form behind it.
pub(super) fn composer(state: &State, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let is_open = state.composer.phase != Phase::Closed;
    // The state opens and closes, not the browser: what it shows must be what the state says.
    let toggle = dispatch.reform(|event: MouseEvent| {
        event.prevent_default();
        Action::ToggleComposer
    });
    html! {
        <details class="dumka-composer" open={is_open}>
            <summary class="dumka-add" onclick={toggle}>{ locale.text(Key::Add) }</summary>
            { form(state, locale, dispatch) }
        </details>
    }
}

fn form(state: &State, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let State { composer, config, .. } = state;
    let submit = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Submit
    });
    html! {
        // `novalidate`: the widget says what is wrong in the page's language, not in the browser's.
        <form class="dumka-form" action={config.thread_page.clone()} method="post" novalidate=true onsubmit={submit}>
            <h3 class="dumka-form-heading">{ locale.text(Key::FormHeading) }</h3>
            { failure(composer, locale) }
            { field(Field::Text, composer, locale, dispatch) }
            { field(Field::Name, composer, locale, dispatch) }
            { field(Field::Email, composer, locale, dispatch) }
            { submit_button(&composer.phase, locale) }
        </form>
    }
}

/// A failure that no field is to blame for stands above them all.
fn failure(composer: &Composer, locale: &Locale) -> Html {
    let Some(failure) = composer.failure().filter(|failure| failure.field().is_none()) else {
        return Html::default();
    };
    html! {
        <p class="dumka-error" role="alert" tabindex="-1">
            { locale.text(Key::SendFailed) }{ " " }{ locale.reason(failure) }
        </p>
    }
}

fn submit_button(phase: &Phase, locale: &Locale) -> Html {
    let is_sending = *phase == Phase::Sending;
    let key = match phase {
        Phase::Sending => Key::Sending,
        Phase::Rejected(failure) if failure.field().is_none() => Key::Retry,
        _ => Key::Submit,
    };
    // Busy, not disabled: a disabled button would drop the reader's focus on the floor.
    let busy = is_sending.then_some("true");
    html! {
        <button type="submit" class="dumka-submit" aria-busy={busy} aria-disabled={busy}>
            { locale.text(key) }
        </button>
    }
}

fn field(field: Field, composer: &Composer, locale: &Locale, dispatch: &Callback<Action>) -> Html {
    let reason = composer.failure().filter(|failure| failure.field() == Some(field));
    let label = match field {
        Field::Name => Key::Name,
        Field::Email => Key::Email,
        Field::Text => Key::Text,
    };
    html! {
        <label class="dumka-field">
            <span class="dumka-label">
                { locale.text(label) }
                if field == Field::Email {
                    <span class="dumka-hint">{ locale.text(Key::EmailHint) }</span>
                }
            </span>
            { control(field, composer, reason.is_some(), dispatch) }
            { for reason.map(|reason| field_error(reason, locale)) }
        </label>
    }
}

/// Stands inside the label, so that it is part of what the field is called.
fn field_error(reason: &Failure, locale: &Locale) -> Html {
    html! { <span class="dumka-error" role="alert">{ locale.reason(reason) }</span> }
}

fn control(field: Field, composer: &Composer, is_invalid: bool, dispatch: &Callback<Action>) -> Html {
    let value = composer.value(field).to_owned();
    let typed = dispatch.reform(move |event: InputEvent| Action::Typed(field, typed_value(&event)));
    let invalid = is_invalid.then_some("true");
    let readonly = composer.phase == Phase::Sending;
    match field {
        Field::Text => html! {
            <textarea name="text" rows="5" dir="auto" required=true {readonly} aria-invalid={invalid} {value} oninput={typed} />
        },
        Field::Name => html! {
            <input name="name" autocomplete="name" dir="auto" required=true {readonly} aria-invalid={invalid} {value} oninput={typed} />
        },
        Field::Email => html! {
            <input name="email" type="email" autocomplete="email" {readonly} aria-invalid={invalid} {value} oninput={typed} />
        },
    }
}

/// Read in the listener: later, inside a shadow root, the event's target is the host.
fn typed_value(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    match target.dyn_into::<HtmlTextAreaElement>() {
        Ok(area) => area.value(),
        Err(target) => target.unchecked_into::<HtmlInputElement>().value(),
    }
}
