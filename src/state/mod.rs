//! What the widget knows and how it changes: pure, without DOM or network.
//!
//! [`State::apply`] takes an [`Action`], changes the state in place and answers the
//! [`Effect`]s to run; everything the widget does follows from that one function.

pub mod action;
mod batch_size;
mod comment_actions;
pub mod comment_index;
pub mod draft;
pub mod effect;
pub mod failure;
mod field;
pub mod form;
pub mod id_map;
pub mod list;
mod live;
mod loading;
pub mod node;
mod pending_own;
pub mod session;
pub mod thread;
mod votes;

#[cfg(test)]
mod tests;

use dumka_api::limits::LIST_LIMIT_MAX;
use dumka_api::{Comment, CommentId, Feature, Sort, ThreadState};

pub use action::{Action, CommentAction, FormSlot};
pub use draft::{Draft, TypedForm};
pub use effect::{Effect, Event, Focus};
pub use failure::Failure;
pub use field::Field;
pub use form::{Composer, FormKind, Phase, Preview};
use session::Session;
pub use thread::{EarlierState, LoadState, LoadedThread, MoreState};
use votes::PendingVote;

use crate::config::Config;

/// Everything one widget knows.
#[derive(Debug)]
pub struct State {
    /// The settings it was mounted with.
    pub config: Config,
    /// What is known of the thread.
    pub thread: LoadState,
    /// The form of the thread.
    pub composer: Composer,
    /// The form under a comment, where one is open.
    pub panel: Option<Composer>,
    /// What has just happened, for the live region.
    pub announcement: Option<Announcement>,
    /// Comments that came while the thread was read, which the reader has not asked for.
    pub unseen: Vec<Comment>,
    /// The reader's own comments that wait for a moderator, which no list brings.
    pending_own: Vec<Comment>,
    /// What was pressed while the form under a comment was on its way, and at which comment.
    queued_action: Option<(CommentAction, CommentId)>,
    session: Session,
    pending_votes: Vec<PendingVote>,
    /// The order of what is shown, where another one is on its way.
    previous_sort: Option<Sort>,
    /// The number of the last question for the list: answers to those before it are passed over.
    request_id: u32,
    now_ms: i64,
    generate_key: fn() -> String,
    first_batch: usize,
    /// Whether the thread stands on its own page, where nothing listens: there forms and links do what is pressed.
    #[cfg(feature = "ssr")]
    pub is_own_page: bool,
    /// The address of the article, where links to comments shall name it: a `<base>` leads the others elsewhere.
    #[cfg(feature = "ssr")]
    pub article: Option<String>,
}

/// Something that was done and is said once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Announcement {
    /// The reader's comment is published.
    Published,
    /// The reader's comment waits for a moderator.
    Pending,
    /// The reader's comment says something else now.
    Saved,
    /// The reader's comment is gone.
    Deleted,
    /// The moderators will look at a comment.
    Reported,
    /// The address of a comment can be pasted.
    LinkCopied,
    /// The rest of the comments was asked for.
    LoadingAll,
    /// All comments are on the screen.
    AllShown,
    /// The comments stand in the order that was asked for.
    Sorted(Sort),
    /// They did not come in it.
    ListFailed,
}

impl State {
    /// The state of a widget whose first answer is on its way.
    ///
    /// `generate_key` makes an `Idempotency-Key` that nobody else will make.
    pub fn new(config: Config, draft: Draft, author_name: String, generate_key: fn() -> String) -> Self {
        Self {
            config,
            thread: LoadState::Loading,
            composer: Composer::new(FormKind::Comment, draft, author_name),
            panel: None,
            announcement: None,
            unseen: Vec::new(),
            pending_own: Vec::new(),
            queued_action: None,
            session: Session::default(),
            pending_votes: Vec::new(),
            previous_sort: None,
            request_id: 0,
            now_ms: 0,
            generate_key,
            first_batch: loading::FIRST_BATCH,
            #[cfg(feature = "ssr")]
            is_own_page: false,
            #[cfg(feature = "ssr")]
            article: None,
        }
    }

    /// Lets the reader go on with what they did before in this thread.
    #[must_use]
    pub fn with_session(self, session: Session, now_ms: i64) -> Self {
        Self { session, now_ms, ..self }
    }

    /// Applies one action and answers what is to be done in the world outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Reload => self.reload(),
            Action::ListLoaded(request_id, answer) => self.on_list_loaded(request_id, answer),
            Action::ShowAll => self.with_thread(LoadedThread::show_all),
            Action::Stop => self.with_thread(LoadedThread::stop),
            Action::MoreLoaded(cursor, answer) => self.on_more_loaded(&cursor, answer),
            Action::BatchDrawn(took_ms) => self.with_thread(|loaded| loaded.step(took_ms)),
            Action::ShowEarlier => self.show_earlier(),
            Action::SortBy(sort) => self.sort_by(sort),
            Action::Hydrate(written) => self.hydrate(written),
            Action::ToggleComposer => self.toggle_composer(),
            Action::CommentAction(press, id) => self.on_comment_action(press, id),
            Action::Input(form, field, value) => self.on_input(form, field, value),
            Action::Preview(form) => self.preview(form),
            Action::PreviewLoaded(form, text, answer) => self.on_preview_loaded(form, &text, answer),
            Action::Submit(form) => self.submit(form),
            Action::Close(form) => self.close(form),
            Action::DraftLoaded(draft) => self.on_draft_loaded(draft),
            Action::SourceLoaded(id, answer) => self.on_source_loaded(id, answer),
            Action::PendingLoaded(answer) => self.on_pending_loaded(answer),
            Action::Submitted(form, answer) => self.on_submitted(form, answer),
            Action::Voted(id, answer) => self.on_voted(id, answer),
            Action::LiveEvent(happening) => self.on_live_event(happening),
            Action::ShowNew => self.show_new(),
            Action::LinkCopied => self.on_link_copied(),
            Action::Tick(now_ms) => self.on_tick(now_ms),
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
    pub fn show_all_url(&self) -> Option<String> {
        let mut address = [self.config.thread_page.as_ref()?, "&limit=all"].concat();
        if let LoadState::Ready(LoadedThread { next: Some(next), .. }) = &self.thread
            && self.config.limit > LIST_LIMIT_MAX
        {
            address.push_str("&cursor=");
            address.push_str(next);
        }
        Some(address)
    }

    fn loaded(&self) -> Option<&LoadedThread> {
        if let LoadState::Ready(loaded) = &self.thread { Some(loaded) } else { None }
    }

    fn loaded_mut(&mut self) -> Option<&mut LoadedThread> {
        if let LoadState::Ready(loaded) = &mut self.thread { Some(loaded) } else { None }
    }

    fn form(&mut self, form: FormSlot) -> Option<&mut Composer> {
        match form {
            FormSlot::Thread => Some(&mut self.composer),
            FormSlot::Panel => self.panel.as_mut(),
        }
    }

    fn close_thread(&mut self) {
        if let Some(loaded) = self.loaded_mut() {
            loaded.thread.state = ThreadState::Closed;
        }
    }
}
