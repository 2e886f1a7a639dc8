//! What the widget knows and how it changes: pure, without DOM or network.
//!
//! [`State::apply`] takes an [`Action`], changes the state in place and answers the
//! [`Effect`]s to run; everything the widget does follows from that one function.

mod acting;
pub mod action;
pub mod composer;
pub mod draft;
pub mod failure;
pub mod forest;
mod held;
pub mod list;
mod live;
mod opening;
mod pace;
mod purpose;
mod reading;
mod sending;
pub mod session;
pub mod thread;
mod votes;
mod writing;

#[cfg(test)]
mod tests;

use dumka_api::limits::LIST_LIMIT_MAX;
use dumka_api::{Comment, CommentId, Feature, Sort, ThreadState};

pub use action::{Action, Effect, Event, Focus, Form, Press};
pub use composer::{Composer, Field};
use composer::{Phase, Purpose};
pub use draft::{Draft, Written};
pub use failure::Failure;
use session::Session;
pub use thread::{Discussion, Earlier, Loaded, Rest};
use votes::UnderWay;

use crate::config::Config;

/// Everything one widget knows.
#[derive(Debug)]
pub struct State {
    /// The settings it was mounted with.
    pub config: Config,
    /// What is known of the thread.
    pub discussion: Discussion,
    /// The form of the thread.
    pub composer: Composer,
    /// The form under a comment, where one is open.
    pub panel: Option<Composer>,
    /// What has just happened, for the live region.
    pub outcome: Option<Outcome>,
    /// Comments that came while the thread was read, which the reader has not asked for.
    pub fresh: Vec<Comment>,
    /// The reader's own comments that wait for a moderator, which no list brings.
    held: Vec<Comment>,
    /// What was pressed while the form under a comment was on its way, and at which comment.
    next_press: Option<(Press, CommentId)>,
    session: Session,
    voting: Vec<UnderWay>,
    /// The order of what is shown, where another one is on its way.
    sort_before: Option<Sort>,
    /// The number of the last question for the list: answers to those before it are passed over.
    question: u32,
    now_ms: i64,
    fresh_key: fn() -> String,
    first_part: usize,
    /// Whether the thread stands on its own page, where nothing listens: there forms and links do what is pressed.
    #[cfg(feature = "ssr")]
    pub is_own_page: bool,
    /// The address of the article, where links to comments shall name it: a `<base>` leads the others elsewhere.
    #[cfg(feature = "ssr")]
    pub article: Option<String>,
}

/// Something that was done and is said once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The reader's comment is published.
    Published,
    /// The reader's comment waits for a moderator.
    Held,
    /// The reader's comment says something else now.
    Saved,
    /// The reader's comment is gone.
    Deleted,
    /// The moderators will look at a comment.
    Reported,
    /// The address of a comment can be pasted.
    LinkCopied,
    /// The rest of the comments was asked for.
    RestComes,
    /// All comments are on the screen.
    AllShown,
    /// The comments stand in the order that was asked for.
    Sorted(Sort),
    /// They did not come in it.
    NotListed,
}

impl State {
    /// The state of a widget whose first answer is on its way.
    ///
    /// `fresh_key` makes an `Idempotency-Key` that nobody else will make.
    pub fn new(config: Config, draft: Draft, author_name: String, fresh_key: fn() -> String) -> Self {
        Self {
            config,
            discussion: Discussion::Loading,
            composer: Composer::new(Purpose::Comment, draft, author_name),
            panel: None,
            outcome: None,
            fresh: Vec::new(),
            held: Vec::new(),
            next_press: None,
            session: Session::default(),
            voting: Vec::new(),
            sort_before: None,
            question: 0,
            now_ms: 0,
            fresh_key,
            first_part: reading::FIRST_PART,
            #[cfg(feature = "ssr")]
            is_own_page: false,
            #[cfg(feature = "ssr")]
            article: None,
        }
    }

    /// Lets the reader go on with what they did before in this thread.
    #[must_use]
    pub fn going_on(self, session: Session, now_ms: i64) -> Self {
        Self { session, now_ms, ..self }
    }

    /// Applies one action and answers what is to be done in the world outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Reload => self.reload(),
            Action::Listed(question, answer) => self.listed(question, answer),
            Action::ShowAll => self.with_thread(Loaded::start_rest),
            Action::Stop => self.with_thread(Loaded::stop_rest),
            Action::RestListed(cursor, answer) => self.rest_listed(&cursor, answer),
            Action::Step(took_ms) => self.with_thread(|loaded| loaded.step(took_ms)),
            Action::ShowEarlier => self.show_earlier(),
            Action::SortBy(sort) => self.sort_by(sort),
            Action::Adopt(written) => self.adopt(written),
            Action::ToggleComposer => self.toggle_composer(),
            Action::Press(press, id) => self.press(press, id),
            Action::Typed(form, field, value) => self.typed(form, field, value),
            Action::Preview(form) => self.preview(form),
            Action::Previewed(form, text, answer) => self.previewed(form, &text, answer),
            Action::Submit(form) => self.submit(form),
            Action::Close(form) => self.close(form),
            Action::Recalled(draft) => self.recalled(draft),
            Action::SourceCame(id, answer) => self.source_came(id, answer),
            Action::HeldCame(answer) => self.held_came(answer),
            Action::Submitted(form, answer) => self.submitted(form, answer),
            Action::Voted(id, answer) => self.voted(id, answer),
            Action::Heard(happening) => self.heard(happening),
            Action::ShowNew => self.show_new(),
            Action::LinkCopied => self.link_copied(),
            Action::Tick(now_ms) => self.tick(now_ms),
        }
    }

    /// Whether the endpoint can do something beyond listing and adding.
    pub fn can(&self, feature: Feature) -> bool {
        self.loaded().is_some_and(|loaded| loaded.thread.features.contains(&feature))
    }

    /// Whether the thread takes no new comments.
    pub fn is_closed(&self) -> bool {
        self.loaded().is_some_and(|loaded| loaded.thread.state == ThreadState::Closed)
    }

    /// How far the form that is being filled in got, or else the one of the thread.
    pub fn phase(&self) -> &Phase {
        &self.panel.as_ref().unwrap_or(&self.composer).phase
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

    fn loaded(&self) -> Option<&Loaded> {
        if let Discussion::Ready(loaded) = &self.discussion { Some(loaded) } else { None }
    }

    fn loaded_mut(&mut self) -> Option<&mut Loaded> {
        if let Discussion::Ready(loaded) = &mut self.discussion { Some(loaded) } else { None }
    }

    fn form(&mut self, form: Form) -> Option<&mut Composer> {
        match form {
            Form::Thread => Some(&mut self.composer),
            Form::Panel => self.panel.as_mut(),
        }
    }

    fn close_thread(&mut self) {
        if let Some(loaded) = self.loaded_mut() {
            loaded.thread.state = ThreadState::Closed;
        }
    }
}
