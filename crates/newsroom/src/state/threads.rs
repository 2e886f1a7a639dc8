//! The threads and the form of one: title, address, state, announcement.

use dumka_api::Timestamp;
use dumka_api::newsroom::{NewsroomThread, ThreadChange, ThreadList, ThreadMode};

use super::State;
use super::action::{ThreadAction, ThreadField};
use super::answered::retry_later;
use super::call::Call;
use super::effect::{Effect, call};
use super::failure::Failure;
use super::outcome::Outcome;
use super::place::{Place, ThreadsQuery};
use super::queue::Loading;
use super::time;

/// The threads that a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Threads {
    /// The query.
    pub query: ThreadsQuery,
    /// The threads.
    pub found: Vec<NewsroomThread>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The request under way.
    pub loading: Loading,
}

/// One thread with its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadForm {
    /// The thread as the server has it, once it is there.
    pub thread: Option<NewsroomThread>,
    /// The fields as they are typed.
    pub typed: ThreadFields,
    /// True while a change is on its way.
    pub is_saving: bool,
    /// The reason why it was not shown or not changed.
    pub failure: Option<Failure>,
}

/// The fields of the form as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as the field on the wire")]
pub struct ThreadFields {
    pub title: String,
    pub url: String,
    pub state: ThreadMode,
    pub slow_secs: String,
    /// Hours until the state ends, empty for never; none where it stays as it is.
    pub state_hours: Option<String>,
    pub notice: String,
    /// Hours until the announcement ends, likewise.
    pub notice_hours: Option<String>,
}

/// Seconds between two comments of an author where nothing else is typed.
const SLOW_SECS: &str = "60";

const HOUR_MS: f64 = 3_600_000.0;

impl ThreadForm {
    /// Takes a thread and fills the form with it.
    fn fill(&mut self, thread: NewsroomThread) {
        self.typed = ThreadFields {
            title: thread.title.clone().unwrap_or_default(),
            url: thread.url.clone().unwrap_or_default(),
            state: thread.state,
            slow_secs: thread.slow_secs.map_or_else(|| SLOW_SECS.into(), |secs| secs.to_string()),
            state_hours: None,
            notice: thread.notice.clone().unwrap_or_default(),
            notice_hours: None,
        };
        *self = Self { thread: Some(thread), typed: self.typed.clone(), is_saving: false, failure: None };
    }

    fn typed(&mut self, field: ThreadField, text: String) {
        let typed = &mut self.typed;
        match field {
            ThreadField::Title => typed.title = text,
            ThreadField::Url => typed.url = text,
            ThreadField::State => typed.state = ThreadMode::from_word(&text).unwrap_or_default(),
            ThreadField::SlowSecs => typed.slow_secs = text,
            ThreadField::StateHours => typed.state_hours = Some(text),
            ThreadField::Notice => typed.notice = text,
            ThreadField::NoticeHours => typed.notice_hours = Some(text),
        }
    }

    /// The change from the thread as it is to the fields as they are typed.
    fn change(&self, now_ms: i64) -> ThreadChange {
        let (typed, before) = (&self.typed, self.thread.clone().unwrap_or_default());
        let text = |now: &str, before: Option<String>| {
            (now.trim() != before.unwrap_or_default()).then(|| now.trim().to_owned())
        };
        let slow_secs = typed.slow_secs.trim().parse().ok().filter(|_| typed.state == ThreadMode::Slow);
        let is_state_changed = typed.state != before.state
            || typed.state_hours.is_some()
            || (typed.state == ThreadMode::Slow && slow_secs != before.slow_secs);
        let mut notice = text(&typed.notice, before.notice);
        if typed.notice_hours.is_some() {
            notice.get_or_insert_with(|| typed.notice.trim().to_owned());
        }
        ThreadChange {
            title: text(&typed.title, before.title),
            url: text(&typed.url, before.url),
            state: is_state_changed.then_some(typed.state),
            state_until: is_state_changed
                .then(|| end(typed.state_hours.as_deref(), before.state_until, now_ms))
                .flatten(),
            slow_secs: slow_secs.filter(|_| is_state_changed),
            notice_until: notice
                .is_some()
                .then(|| end(typed.notice_hours.as_deref(), before.notice_until, now_ms))
                .flatten(),
            notice,
        }
    }
}

/// The end that hours name: the one before where nothing was typed, none for never.
fn end(hours: Option<&str>, before: Option<Timestamp>, now_ms: i64) -> Option<Timestamp> {
    let Some(hours) = hours else { return before };
    let hours: f64 = hours.trim().parse().ok().filter(|hours| *hours > 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "hours of a thread's state")]
    let later_ms = (hours * HOUR_MS) as i64;
    Some(time::timestamp(now_ms + later_ms))
}

impl State {
    pub(super) fn apply_thread(&mut self, action: ThreadAction) -> Vec<Effect> {
        match action {
            ThreadAction::More => {
                self.threads.loading = Loading::More;
                let cursor = self.threads.next.clone();
                vec![call(Call::Threads(ThreadsQuery { cursor, ..self.threads.query.clone() }))]
            }
            ThreadAction::Typed(field, text) => {
                self.thread.typed(field, text);
                Vec::new()
            }
            ThreadAction::Save(now_ms) => {
                let Place::Thread(address) = self.place.clone() else { return Vec::new() };
                (self.thread.is_saving, self.thread.failure) = (true, None);
                vec![call(Call::ChangeThread(address, Box::new(self.thread.change(now_ms))))]
            }
        }
    }

    /// Takes a page of threads.
    pub(super) fn threads_found(
        &mut self,
        query: &ThreadsQuery,
        answer: Result<ThreadList, Failure>,
    ) -> Vec<Effect> {
        match answer {
            Ok(page) => {
                if query.cursor.is_none() {
                    self.threads.found.clear();
                }
                self.threads.found.extend(page.threads);
                (self.threads.next, self.threads.loading) = (page.next, Loading::Idle);
                Vec::new()
            }
            Err(failure) => {
                self.threads.loading = Loading::Failed(failure.clone());
                retry_later(&failure)
            }
        }
    }

    /// Takes a thread, as it is or as it was changed.
    pub(super) fn thread_came(
        &mut self,
        is_change: bool,
        answer: Result<Box<NewsroomThread>, Failure>,
    ) -> Vec<Effect> {
        match answer {
            Ok(thread) => {
                self.thread.fill(*thread);
                if is_change {
                    self.say(Outcome::Saved);
                }
            }
            Err(failure) => (self.thread.is_saving, self.thread.failure) = (false, Some(failure)),
        }
        Vec::new()
    }
}
