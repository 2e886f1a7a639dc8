//! A form, whatever it is for.

#[cfg(feature = "ssr")]
use std::rc::Rc;

#[cfg(feature = "ssr")]
use dumka_api::EditedAt;
use dumka_api::Feature;
use web_sys::{KeyboardEvent, MouseEvent, SubmitEvent};
use yew::{Html, html};

use super::chunk::Common;
use super::control::{Control, take};
use super::heading::heading;
use super::{body, field, notice};
use crate::i18n::{Counted, Key, Locale};
use crate::state::composer::{Phase, Preview, Purpose};
use crate::state::{Action, Composer, Field, Form};

/// Characters below which the reader is told how many are left.
const ROOM_SHOWN: i64 = 500;

/// Draws a form; `author` wrote the comment under which it stands.
pub(super) fn form(composer: &Composer, form: Form, author: &str, common: &Common) -> Html {
    let locale = &*common.locale;
    let submit = common.dispatch.reform(move |event: SubmitEvent| {
        take(&event);
        Action::Submit(form)
    });
    let form = html! {
        // `novalidate`: the widget says what is wrong in the page's language, not in the browser's.
        <form class="dumka-form" action={common.thread_page.as_deref().map(ToOwned::to_owned)} method="post" novalidate=true
            onsubmit={submit} onkeydown={keys(form, common)} oninput={field::listener(form, common)}>
            { heading(common.heading_level + 1, "dumka-form-heading", &title(&composer.purpose, author, locale)) }
            { failure(composer, locale) }
            { target(&composer.purpose) }
            { for fields(&composer.purpose).iter().map(|it| field::field(*it, composer, locale)) }
            { room(composer, locale) }
            { preview(&composer.preview, locale) }
            <div class="dumka-buttons">
                { submit_button(composer, locale) }
                { preview_button(composer, form, common) }
                { cancel_button(form, common) }
            </div>
        </form>
    };
    #[cfg(feature = "ssr")]
    let form = in_utf8(form);
    form
}

/// The form as a browser sends it from a page in whichever encoding. Where the program draws it, the program sends it.
#[cfg(feature = "ssr")]
pub(super) fn in_utf8(mut form: Html) -> Html {
    if let Html::VTag(tag) = &mut form {
        Rc::make_mut(tag).add_attribute("accept-charset", "utf-8");
    }
    form
}

fn title(purpose: &Purpose, author: &str, locale: &Locale) -> String {
    match purpose {
        Purpose::Comment => locale.text(Key::FormHeading).into(),
        // Deleted meanwhile, it has no author any more.
        Purpose::Reply(_) if author.is_empty() => locale.text(Key::FormHeading).into(),
        Purpose::Reply(_) => locale.with(Key::ReplyHeading, author),
        Purpose::Edit(..) => locale.text(Key::EditHeading).into(),
        Purpose::Report(_) => locale.text(Key::ReportHeading).into(),
        Purpose::Delete(_) => locale.text(Key::DeleteHeading).into(),
    }
}

fn fields(purpose: &Purpose) -> &'static [Field] {
    match purpose {
        Purpose::Comment | Purpose::Reply(_) => &[Field::Text, Field::Name, Field::Email],
        Purpose::Edit(..) => &[Field::Text],
        Purpose::Report(_) => &[Field::Reason, Field::Text],
        Purpose::Delete(_) => &[],
    }
}

/// What the form is about, for a browser that sends it by itself.
fn target(purpose: &Purpose) -> Html {
    let hidden =
        |name: &'static str, value: &str| html! { <input type="hidden" {name} value={value.to_owned()} /> };
    match purpose {
        Purpose::Reply(id) => hidden("parent", id),
        Purpose::Report(id) => hidden("report", id),
        // Where the program draws these, it sends them.
        #[cfg(feature = "ssr")]
        Purpose::Edit(id, base) => {
            let base = base.as_ref().map(|EditedAt(at)| at.as_ref().map_or("", |at| &at.0));
            html! { <>{ hidden("edit", id) }{ for base.map(|base| hidden("edited_at", base)) }</> }
        }
        #[cfg(feature = "ssr")]
        Purpose::Delete(id) => hidden("delete", id),
        _ => Html::default(),
    }
}

/// A failure that no field is to blame for stands above them all.
fn failure(composer: &Composer, locale: &Locale) -> Html {
    let Some(failure) = composer.failure().filter(|failure| failure.field().is_none()) else {
        return Html::default();
    };
    let what = if composer.purpose.is_comment() { Key::SendFailed } else { Key::ActionFailed };
    html! {
        <p class="dumka-error" role="alert" tabindex="-1">
            { locale.text(what) }{ " " }{ locale.reason(failure) }
        </p>
    }
}

/// How many characters are left, near the limit and past it; heard at every key only where there are too many.
fn room(composer: &Composer, locale: &Locale) -> Html {
    let room = composer.room();
    if fields(&composer.purpose).is_empty() || room > ROOM_SHOWN {
        return Html::default();
    }
    let (phrase, role) = if room < 0 { (Counted::Over, Some("status")) } else { (Counted::Room, None) };
    html! { <p class="dumka-char-count" {role}>{ locale.count(phrase, room.unsigned_abs()) }</p> }
}

fn preview(preview: &Preview, locale: &Locale) -> Html {
    match preview {
        Preview::Shown(text) => {
            html! { <div class="dumka-preview-body dumka-body" role="status">{ body::body(text) }</div> }
        }
        Preview::Failed(failure) => notice::trouble(locale, failure),
        Preview::Closed | Preview::Loading => Html::default(),
    }
}

fn submit_button(composer: &Composer, locale: &Locale) -> Html {
    let is_sending = composer.phase == Phase::Sending;
    let key = match &composer.phase {
        Phase::Sending => Key::Sending,
        Phase::Rejected(failure) if failure.field().is_none() => Key::Retry,
        _ => match composer.purpose {
            Purpose::Edit(..) => Key::Save,
            Purpose::Delete(_) => Key::Delete,
            _ => Key::Submit,
        },
    };
    // Busy, not disabled: a disabled button would drop the reader's focus on the floor.
    let busy = is_sending.then_some("true");
    html! {
        <button type="submit" class="dumka-submit" aria-busy={busy} aria-disabled={busy}>
            { locale.text(key) }
        </button>
    }
}

fn preview_button(composer: &Composer, form: Form, common: &Common) -> Html {
    let has_text = composer.purpose.is_comment() || matches!(composer.purpose, Purpose::Edit(..));
    if !has_text || !common.can(Feature::Preview) {
        return Html::default();
    }
    let onclick = common.dispatch.reform(move |_: MouseEvent| Action::Preview(form));
    let pressed = Some(composer.preview != Preview::Closed);
    let button = Control { pressed, onclick: Some(onclick), ..Control::of("dumka-preview") };
    button.draw(common.locale.text(Key::Preview))
}

/// The form of the thread is closed by what opened it.
fn cancel_button(form: Form, common: &Common) -> Html {
    if form == Form::Thread {
        return Html::default();
    }
    let onclick = common.dispatch.reform(move |_: MouseEvent| Action::Close(form));
    Control { onclick: Some(onclick), ..Control::of("dumka-cancel") }.draw(common.locale.text(Key::Cancel))
}

/// Ctrl or Cmd and Enter sends, Escape closes; neither in the middle of a word that is being composed.
fn keys(form: Form, common: &Common) -> yew::Callback<KeyboardEvent> {
    let dispatch = common.dispatch.clone();
    yew::Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => Action::Submit(form),
            "Escape" => Action::Close(form),
            _ => return,
        };
        if !event.is_composing() {
            take(&event);
            dispatch.emit(action);
        }
    })
}
