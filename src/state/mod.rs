//! What the widget knows and how it changes: pure, without DOM or network.
//!
//! [`State::apply`] takes an [`Action`], changes the state in place and answers the
//! [`Effect`]s to run; everything the widget does follows from that one function.

pub mod action;
pub mod composer;
pub mod failure;
pub mod forest;
pub mod list;
mod pace;
mod reading;
pub mod thread;

#[cfg(test)]
mod tests;

use dumka_api::{Comment, CommentState, NewComment, ProblemKind, Submitted, ThreadState};

use crate::config::Config;
pub use action::{Action, Effect, Event, Focus};
use composer::Phase;
pub use composer::{Composer, Draft, Field, Written};
use dumka_api::limits::LIST_LIMIT_MAX;
pub use failure::Failure;
pub use thread::{Discussion, Earlier, Loaded, Rest};

/// Everything one widget knows.
#[derive(Debug)]
pub struct State {
    /// The settings it was mounted with.
    pub config: Config,
    /// What is known of the thread.
    pub discussion: Discussion,
    /// The form.
    pub composer: Composer,
    /// What has just happened, for the live region.
    pub outcome: Option<Outcome>,
    fresh_key: fn() -> String,
    first_part: usize,
}

/// Something that was done and is said once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The reader's comment is published.
    Published,
    /// The reader's comment waits for a moderator.
    Held,
    /// The rest of the comments was asked for.
    RestComes,
    /// All comments are on the screen.
    AllShown,
}

impl State {
    /// The state of a widget whose first answer is on its way.
    ///
    /// `fresh_key` makes an `Idempotency-Key` that nobody else will make.
    pub fn new(config: Config, draft: Draft, author_name: String, fresh_key: fn() -> String) -> Self {
        Self {
            config,
            discussion: Discussion::Loading,
            composer: Composer::new(draft, author_name),
            outcome: None,
            fresh_key,
            first_part: reading::FIRST_PART,
        }
    }

    /// Applies one action and answers what is to be done in the world outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Reload => self.reload(),
            Action::Listed(answer) => self.listed(answer),
            Action::ShowAll => self.with_thread(Loaded::start_rest),
            Action::Stop => self.with_thread(Loaded::stop_rest),
            Action::RestListed(cursor, answer) => {
                self.with_thread(|loaded| loaded.rest_came(&cursor, answer))
            }
            Action::Step(took_ms) => self.with_thread(|loaded| loaded.step(took_ms)),
            Action::ShowEarlier => self.show_earlier(),
            Action::Adopt(written) => self.adopt(written),
            Action::ToggleComposer => self.toggle_composer(),
            Action::Typed(field, value) => self.typed(field, value),
            Action::Submit => self.submit(),
            Action::Submitted(answer) => self.submitted(answer),
        }
    }

    /// Where «show all» leads without this program: to the whole thread on its own page, or, where
    /// that is what is shown and is not all, to what follows.
    pub fn rest_address(&self) -> Option<String> {
        let mut address = [self.config.thread_page.as_ref()?, "&limit=all"].concat();
        if let Discussion::Ready(Loaded { next: Some(next), .. }) = &self.discussion
            && self.config.limit > LIST_LIMIT_MAX
        {
            address.push_str("&cursor=");
            address.push_str(next);
        }
        Some(address)
    }

    fn adopt(&mut self, written: Option<Written>) -> Vec<Effect> {
        let Some(written) = written else { return vec![] };
        let is_kept = written.text == self.composer.draft.text && written.name == self.composer.name;
        self.composer.adopt(written);
        if is_kept { vec![] } else { vec![Effect::SaveDraft, Effect::SaveName] }
    }

    fn toggle_composer(&mut self) -> Vec<Effect> {
        match self.composer.phase {
            Phase::Closed => {
                self.composer.phase = Phase::Open;
                vec![Effect::Focus(Focus::Field(Field::Text))]
            }
            // A comment on its way keeps its form until the answer comes.
            Phase::Sending => vec![],
            Phase::Open | Phase::Rejected(_) => {
                self.composer.phase = Phase::Closed;
                vec![]
            }
        }
    }

    fn typed(&mut self, field: Field, value: String) -> Vec<Effect> {
        self.composer.set(field, value);
        match field {
            Field::Text => vec![Effect::SaveDraft],
            Field::Name => vec![Effect::SaveName],
            Field::Email => vec![],
        }
    }

    fn submit(&mut self) -> Vec<Effect> {
        if self.composer.phase == Phase::Sending {
            return vec![];
        }
        if let Err(problem) = self.composer.check() {
            return self.reject(Failure::Problem(problem));
        }
        let request = self.request();
        let attempt = self.composer.attempt(request, self.fresh_key).clone();
        self.composer.phase = Phase::Sending;
        self.outcome = None;
        vec![Effect::SaveDraft, Effect::SaveName, Effect::Send(attempt)]
    }

    fn request(&self) -> NewComment {
        NewComment {
            site: self.config.site.clone(),
            page: self.config.page.clone(),
            parent: None,
            author: self.composer.author(),
            text: self.composer.draft.text.clone(),
            title: self.config.title.clone(),
            url: self.config.url.clone(),
        }
    }

    fn reject(&mut self, failure: Failure) -> Vec<Effect> {
        let focus = failure.field().map_or(Focus::Alert, Focus::Field);
        self.composer.phase = Phase::Rejected(failure.clone());
        vec![Effect::Focus(focus), Effect::Emit(Event::Error(failure))]
    }

    fn submitted(&mut self, answer: Result<Submitted, Failure>) -> Vec<Effect> {
        match answer {
            Ok(submitted) => self.accepted(submitted.comment),
            Err(failure) => {
                match failure.kind() {
                    // The key belongs to another request; the next try needs one of its own.
                    Some(ProblemKind::IdempotencyKeyReused) => self.composer.draft.attempt = None,
                    Some(ProblemKind::ThreadClosed) => self.close_thread(),
                    _ => {}
                }
                self.reject(failure)
            }
        }
    }

    fn accepted(&mut self, comment: Comment) -> Vec<Effect> {
        self.composer.clear();
        self.outcome =
            Some(if comment.state == CommentState::Pending { Outcome::Held } else { Outcome::Published });
        let id = comment.id.clone();
        if let Discussion::Ready(loaded) = &mut self.discussion {
            loaded.add_own(comment, self.config.sort);
        }
        vec![Effect::SaveDraft, Effect::Focus(Focus::Comment(id.clone())), Effect::Emit(Event::Posted(id))]
    }

    fn close_thread(&mut self) {
        if let Discussion::Ready(loaded) = &mut self.discussion {
            loaded.thread.state = ThreadState::Closed;
        }
    }
}
