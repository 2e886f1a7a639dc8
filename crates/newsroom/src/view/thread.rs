//! One thread: its title and address, its state and its announcement, each perhaps with an end.

use dumka_api::Timestamp;
use dumka_api::newsroom::{NewsroomThread, Queue, QueueQuery, ThreadMode};
use yew::{Html, SubmitEvent, html};

use super::Ui;
use super::control::{chosen, failure, link, typed};
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, Place, ThreadAction, ThreadField};

/// Hours after which a state or an announcement may end by itself.
const HOURS: [&str; 6] = ["1", "2", "6", "24", "72", "168"];

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let form = &ui.state.thread;
    let Some(thread) = &form.thread else {
        return html! {
            <>
                <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Thread) }</h1>
                { failure(ui, form.failure.as_ref()) }
                if form.failure.is_none() { <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p> }
            </>
        };
    };
    let title = thread.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| thread.page.clone());
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ title }</h1>
            { facts(ui, thread) }
            if ui.state.access.decides_on(&thread.site) { { fields(ui, thread) } }
        </>
    }
}

fn facts(ui: &Ui, thread: &NewsroomThread) -> Html {
    let queue = |queue| {
        let (site, page) = (Some(thread.site.clone()), Some(thread.page.clone()));
        Place::Queue(Box::new(QueueQuery { queue: Some(queue), site, page, ..QueueQuery::default() }))
    };
    let is_safe = |url: &&String| dumka_api::Span::is_safe_href(url);
    html! {
        <p class="facts">
            <span class="quiet">{ &thread.site }{ " · " }{ &thread.page }</span>
            { link(ui, queue(Queue::All), "", html! { { ui.words.count(PluralKey::Comments, thread.total) } }) }
            if thread.pending > 0 {
                { link(ui, queue(Queue::Pending), "", html! { { ui.words.count(PluralKey::Waiting, thread.pending) } }) }
            }
            if let Some(url) = thread.url.as_ref().filter(is_safe) {
                <a href={url.clone()} target="_blank" rel="noopener noreferrer">{ ui.words.text(Key::OpenPage) }</a>
            }
        </p>
    }
}

fn fields(ui: &Ui, thread: &NewsroomThread) -> Html {
    let form = &ui.state.thread;
    let onsubmit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds since 1970 are whole and small enough"
        )]
        let now_ms = js_sys::Date::now() as i64;
        Action::Thread(ThreadAction::Save(now_ms))
    });
    html! {
        <form class="panel" {onsubmit}>
            <fieldset>
                <legend>{ ui.words.text(Key::State) }</legend>
                <div class="modes">{ for ThreadMode::ALL.iter().map(|&mode| self::mode(ui, mode)) }</div>
                if form.typed.state == ThreadMode::Slow {
                    { text_field(ui, Key::SlowSecs, ThreadField::SlowSecs, (&form.typed.slow_secs, "number")) }
                }
                if form.typed.state != ThreadMode::Open {
                    { end(ui, ThreadField::StateHours, thread.state_until.as_ref()) }
                }
            </fieldset>
            <fieldset>
                <legend>{ ui.words.text(Key::Announcement) }</legend>
                <label class="field"><span>{ ui.words.text(Key::AnnouncementHint) }</span>
                    <textarea rows="2" maxlength="500" value={form.typed.notice.clone()}
                        oninput={typed(ui, |text| Action::Thread(ThreadAction::Typed(ThreadField::Notice, text)))} /></label>
                { end(ui, ThreadField::NoticeHours, thread.notice_until.as_ref()) }
            </fieldset>
            <fieldset>
                <legend>{ ui.words.text(Key::Page) }</legend>
                { text_field(ui, Key::Title, ThreadField::Title, (&form.typed.title, "text")) }
                { text_field(ui, Key::Address, ThreadField::Url, (&form.typed.url, "url")) }
            </fieldset>
            { failure(ui, form.failure.as_ref()) }
            <button type="submit" class="button strong" disabled={form.is_saving}>
                { ui.words.text(if form.is_saving { Key::Sending } else { Key::Save }) }
            </button>
        </form>
    }
}

fn mode(ui: &Ui, mode: ThreadMode) -> Html {
    let set = Action::Thread(ThreadAction::Typed(ThreadField::State, mode.as_str().into()));
    html! {
        <label class="mode">
            <input type="radio" name="state" checked={ui.state.thread.typed.state == mode} onchange={ui.act.reform(move |_| set.clone())} />
            <span>{ ui.words.named("state_", mode.as_str()) }</span>
            <span class="quiet">{ ui.words.named("state_hint_", mode.as_str()) }</span>
        </label>
    }
}

fn text_field(ui: &Ui, key: Key, field: ThreadField, (value, kind): (&str, &'static str)) -> Html {
    html! {
        <label class="field"><span>{ ui.words.text(key) }</span>
            <input type={kind} value={value.to_owned()} min={(kind == "number").then_some("1")}
                oninput={typed(ui, move |text| Action::Thread(ThreadAction::Typed(field, text)))} /></label>
    }
}

/// Draws the choice of an end: as it is, never, or in some hours.
fn end(ui: &Ui, field: ThreadField, present: Option<&Timestamp>) -> Html {
    let onchange = ui.act.reform(move |event| Action::Thread(ThreadAction::Typed(field, chosen(&event))));
    html! {
        <label class="field"><span>{ ui.words.text(Key::EndsBy) }</span>
            <select {onchange}>
                if let Some(present) = present {
                    <option selected={true} disabled={true}>{ ui.words.exact(present) }</option>
                }
                <option value="" selected={present.is_none()}>{ ui.words.text(Key::Never) }</option>
                { for HOURS.iter().map(|&hours| html! {
                    <option value={hours}>{ ui.words.count(PluralKey::InHours, hours.parse().unwrap_or_default()) }</option>
                }) }
            </select>
        </label>
    }
}
