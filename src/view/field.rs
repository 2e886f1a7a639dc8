//! A field of a form.

use dumka_api::ReportReason;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, InputEvent};
use yew::{Callback, Html, html};

use super::context::ViewContext;
use super::element;
use crate::i18n::{Key, Locale};
use crate::state::form::{FormKind, Phase};
use crate::state::{Action, Composer, Field, FormSlot};

/// Draws a field with what it is called and what is wrong with it. That has its place also where nothing is: Yew
/// compares children from their end, and would make the control anew when one comes or goes behind it, under the hand
/// that types.
pub(super) fn field(field: Field, composer: &Composer, locale: &Locale) -> Html {
    let reason = composer.failure().filter(|failure| failure.field() == Some(field));
    let reason = reason.map(|failure| locale.reason(failure));
    let label = match field {
        Field::Name => Key::Name,
        Field::Email => Key::Email,
        Field::Reason => Key::Reason,
        Field::Text if matches!(composer.kind, FormKind::Report(_)) => Key::Note,
        Field::Text => Key::Text,
    };
    html! {
        <label class="dumka-field">
            <span class="dumka-label">
                { locale.text(label) }
                if field == Field::Email {
                    { element::words("span", "dumka-hint", locale.text(Key::EmailHint)) }
                }
            </span>
            { control(field, composer, reason.as_ref(), locale) }
            { reason.as_ref().map(field_error).unwrap_or_default() }
        </label>
    }
}

/// Draws the error of a field. It is announced, and describes its field: an alert in a label is no part of the name.
fn field_error(reason: &String) -> Html {
    element::element("span", "dumka-error", Some("alert"), html! { { reason } })
}

fn control(field: Field, composer: &Composer, reason: Option<&String>, locale: &Locale) -> Html {
    let value = composer.value(field).to_owned();
    let (invalid, reason) = (reason.map(|_| "true"), reason.cloned());
    let readonly = composer.phase == Phase::Sending;
    let required = !matches!(composer.kind, FormKind::Report(_));
    match field {
        Field::Text => html! {
            <textarea name="text" rows="5" dir="auto" {required} {readonly} aria-invalid={invalid} aria-description={reason} {value} />
        },
        Field::Name => html! {
            <input name="name" autocomplete="name" dir="auto" required=true {readonly} aria-invalid={invalid} aria-description={reason} {value} />
        },
        Field::Email => html! {
            <input name="email" type="email" autocomplete="email" {readonly} aria-invalid={invalid} aria-description={reason} {value} />
        },
        Field::Reason => html! {
            <select name="reason" required=true aria-invalid={invalid} aria-description={reason}>
                <option value="" selected={value.is_empty()}></option>
                { for ReportReason::ALL.iter().map(|reason| option(*reason, &value, locale)) }
            </select>
        },
    }
}

fn option(reason: ReportReason, chosen: &str, locale: &Locale) -> Html {
    let key = match reason {
        ReportReason::Spam => Key::Spam,
        ReportReason::Insult => Key::Insult,
        ReportReason::Hate => Key::Hate,
        ReportReason::Illegal => Key::Illegal,
        ReportReason::PersonalData => Key::PersonalData,
        ReportReason::Other | ReportReason::Unknown => Key::OtherReason,
    };
    let value = reason.as_str();
    html! { <option {value} selected={value == chosen}>{ locale.text(key) }</option> }
}

/// Listens to the input of all fields of a form. The value is read in the listener: later, inside a shadow root, the
/// event's target is the host.
pub(super) fn listener(form: FormSlot, context: &ViewContext) -> Callback<InputEvent> {
    let dispatch = context.dispatch.clone();
    Callback::from(move |event: InputEvent| {
        // Every control has a name and a value, as an input has.
        let Some(control) = event.target().map(JsCast::unchecked_into::<HtmlInputElement>) else { return };
        if let Some(field) = Field::from_name(&control.name()) {
            dispatch.emit(Action::Input(form, field, control.value()));
        }
    })
}
