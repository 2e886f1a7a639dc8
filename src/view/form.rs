//! A form, whatever it is for.

#[cfg(feature = "ssr")]
use std::rc::Rc;

#[cfg(feature = "ssr")]
use dumka_api::EditedAt;
use dumka_api::Feature;
use web_sys::{KeyboardEvent, MouseEvent, SubmitEvent};
use yew::{Html, html};

use super::context::ViewContext;
use super::control::{Control, consume};
use super::element::element;
use super::heading::heading;
use super::{body, field, notice};
use crate::i18n::{Key, Locale, PluralKey};
#[cfg(feature = "ssr")]
use crate::state::Controls;
use crate::state::form::{FormKind, Phase, Preview};
use crate::state::{Action, Composer, Field, FormSlot};

/// Characters below which the reader is told how many are left.
const CHARS_LEFT_SHOWN: i64 = 500;

/// Draws a form; `author` wrote the comment under which it stands.
pub(super) fn form(composer: &Composer, slot: FormSlot, author: &str, context: &ViewContext) -> Html {
    let locale = &*context.locale;
    let submit = context.dispatch.reform(move |event: SubmitEvent| {
        consume(&event);
        Action::Submit(slot)
    });
    let form = html! {
        // `novalidate`: the widget says what is wrong in the page's language, not in the browser's.
        <form class="dumka-form" action={context.thread_page.as_deref().map(ToOwned::to_owned)} method="post" novalidate=true
            onsubmit={submit} onkeydown={keys(slot, context)} oninput={field::listener(slot, context)}>
            { heading(context.heading_level + 1, "dumka-form-heading", &title(&composer.kind, author, locale)) }
            { failure(composer, locale) }
            { target(&composer.kind) }
            { for fields(&composer.kind).iter().map(|it| field::field(*it, composer, locale)) }
            { char_count(composer, locale) }
            { preview(&composer.preview, locale) }
            <div class="dumka-buttons">
                { submit_button(composer, locale) }
                { preview_button(composer, slot, context) }
                { cancel_button(slot, context) }
            </div>
        </form>
    };
    #[cfg(feature = "ssr")]
    let form = in_utf8(form);
    #[cfg(feature = "ssr")]
    let form =
        if context.controls == Controls::Forms && (slot == FormSlot::Panel || composer.failure().is_some()) {
            in_view(form)
        } else {
            form
        };
    form
}

/// Makes a page without scripts begin at a form, also where the link that opens it does not name it.
#[cfg(feature = "ssr")]
fn in_view(mut form: Html) -> Html {
    if let Html::VTag(tag) = &mut form {
        let tag = Rc::make_mut(tag);
        for (name, value) in [("id", "form"), ("tabindex", "-1"), ("autofocus", "")] {
            tag.add_attribute(name, value);
        }
    }
    form
}

/// Makes browsers without scripts submit a form in UTF-8, whatever the encoding of the page.
#[cfg(feature = "ssr")]
pub(super) fn in_utf8(mut form: Html) -> Html {
    if let Html::VTag(tag) = &mut form {
        Rc::make_mut(tag).add_attribute("accept-charset", "utf-8");
    }
    form
}

fn title(kind: &FormKind, author: &str, locale: &Locale) -> String {
    match kind {
        FormKind::Comment => locale.text(Key::FormHeading).into(),
        // Deleted meanwhile, it has no author any more.
        FormKind::Reply(_) if author.is_empty() => locale.text(Key::FormHeading).into(),
        FormKind::Reply(_) => locale.with(Key::ReplyHeading, author),
        FormKind::Edit(..) => locale.text(Key::EditHeading).into(),
        FormKind::Report(_) => locale.text(Key::ReportHeading).into(),
        FormKind::Delete(_) => locale.text(Key::DeleteHeading).into(),
    }
}

fn fields(kind: &FormKind) -> &'static [Field] {
    match kind {
        FormKind::Comment | FormKind::Reply(_) => &[Field::Text, Field::Name, Field::Email],
        FormKind::Edit(..) => &[Field::Text],
        FormKind::Report(_) => &[Field::Reason, Field::Text],
        FormKind::Delete(_) => &[],
    }
}

/// Hidden fields that name the comment, for browsers without scripts.
fn target(kind: &FormKind) -> Html {
    let hidden =
        |name: &'static str, value: &str| html! { <input type="hidden" {name} value={value.to_owned()} /> };
    match kind {
        FormKind::Reply(id) => hidden("parent", id),
        FormKind::Report(id) => hidden("report", id),
        // Where the program draws these, it sends them.
        #[cfg(feature = "ssr")]
        FormKind::Edit(id, base) => {
            let base = base.as_ref().map(|EditedAt(at)| at.as_ref().map_or("", |at| &at.0));
            html! { <>{ hidden("edit", id) }{ for base.map(|base| hidden("edited_at", base)) }</> }
        }
        #[cfg(feature = "ssr")]
        FormKind::Delete(id) => hidden("delete", id),
        _ => Html::default(),
    }
}

/// Draws a failure that belongs to no field.
fn failure(composer: &Composer, locale: &Locale) -> Html {
    let Some(failure) = composer.failure().filter(|failure| failure.field().is_none()) else {
        return Html::default();
    };
    let what = if composer.kind.is_comment() { Key::SendFailed } else { Key::ActionFailed };
    html! {
        <p class="dumka-error" role="alert" tabindex="-1">
            { locale.text(what) }{ " " }{ locale.reason(failure) }
        </p>
    }
}

/// Number of characters left, near the limit and past it; announced at every key only if there are too many.
fn char_count(composer: &Composer, locale: &Locale) -> Html {
    let left = composer.chars_left();
    if fields(&composer.kind).is_empty() || left > CHARS_LEFT_SHOWN {
        return Html::default();
    }
    let (phrase, role) = if left < 0 { (PluralKey::Over, Some("status")) } else { (PluralKey::Room, None) };
    element("p", "dumka-char-count", role, html! { { locale.count(phrase, left.unsigned_abs()) } })
}

fn preview(preview: &Preview, locale: &Locale) -> Html {
    match preview {
        Preview::Shown(text) => {
            element("div", "dumka-preview-body dumka-body", Some("status"), body::body(text))
        }
        Preview::Failed(failure) => notice::action_error(locale, failure),
        Preview::Closed | Preview::Loading => Html::default(),
    }
}

fn submit_button(composer: &Composer, locale: &Locale) -> Html {
    let is_sending = composer.phase == Phase::Sending;
    let key = match &composer.phase {
        Phase::Sending => Key::Sending,
        Phase::Rejected(failure) if failure.field().is_none() => Key::Retry,
        _ => match composer.kind {
            FormKind::Edit(..) => Key::Save,
            FormKind::Delete(_) => Key::Delete,
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

fn preview_button(composer: &Composer, form: FormSlot, context: &ViewContext) -> Html {
    let has_text = composer.kind.is_comment() || matches!(composer.kind, FormKind::Edit(..));
    if !has_text || !context.can(Feature::Preview) {
        return Html::default();
    }
    let onclick = context.dispatch.reform(move |_: MouseEvent| Action::Preview(form));
    let pressed = Some(composer.preview != Preview::Closed);
    let button = Control { pressed, onclick: Some(onclick), ..Control::of("dumka-preview") };
    button.draw(context.locale.text(Key::Preview))
}

/// Draws the button that closes a form under a comment. The thread's own is closed by its opener.
fn cancel_button(form: FormSlot, context: &ViewContext) -> Html {
    if form == FormSlot::Thread {
        return Html::default();
    }
    let onclick = context.dispatch.reform(move |_: MouseEvent| Action::Close(form));
    Control { onclick: Some(onclick), ..Control::of("dumka-cancel") }.draw(context.locale.text(Key::Cancel))
}

/// Listens to keys: Ctrl or Cmd and Enter submits, Escape closes; neither during the composition of a word.
fn keys(form: FormSlot, context: &ViewContext) -> yew::Callback<KeyboardEvent> {
    let dispatch = context.dispatch.clone();
    yew::Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => Action::Submit(form),
            "Escape" => Action::Close(form),
            _ => return,
        };
        if !event.is_composing() {
            consume(&event);
            dispatch.emit(action);
        }
    })
}
