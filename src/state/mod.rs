//! The state of the widget, and its changes: pure, without DOM or network.
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

use std::rc::Rc;

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

/// The state of one widget.
#[derive(Debug)]
pub struct State {
    /// The settings it was mounted with.
    pub config: Config,
    /// The thread.
    pub thread: LoadState,
    /// The thread's own form.
    pub composer: Composer,
    /// The message in the live region.
    pub announcement: Option<Announcement>,
    /// New live comments that the reader has not asked for.
    pub unseen: Vec<Comment>,
    /// The reader's own pending comments, which no list response has.
    pending_own: Vec<Comment>,
    /// The action that the reader chose while a form was being sent, and its comment.
    queued_action: Option<(CommentAction, CommentId)>,
    session: Session,
    pending_votes: Vec<PendingVote>,
    /// The order of the shown comments, while another one is being loaded.
    previous_sort: Option<Sort>,
    /// The id of the last list request; responses to earlier ones are ignored.
    request_id: u32,
    now_ms: i64,
    generate_key: fn() -> String,
    first_batch: usize,
    /// The form of the controls under comments.
    #[cfg(feature = "ssr")]
    pub controls: Controls,
    /// The address of the article, where links to comments shall name it: a `<base>` leads the others elsewhere.
    #[cfg(feature = "ssr")]
    pub article: Option<String>,
    /// The failure of an action on a comment that does not stand here.
    #[cfg(feature = "ssr")]
    pub action_error: Option<Failure>,
}

/// The form of the controls under comments in a thread that a server renders.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Controls {
    /// Buttons, and links that also work without scripts.
    #[default]
    Mixed,
    /// Links and forms, which need no script: on the thread's own page.
    Forms,
    /// One row for all comments, which a script repeats.
    Template,
}

/// A message that the live region announces.
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
    /// The comments could not be loaded in that order.
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
            controls: Controls::default(),
            #[cfg(feature = "ssr")]
            article: None,
            #[cfg(feature = "ssr")]
            action_error: None,
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
            Action::ListLoaded(request_id, response) => self.on_list_loaded(request_id, response),
            Action::ShowAll => self.with_thread(LoadedThread::show_all),
            Action::Stop => self.with_thread(LoadedThread::stop),
            Action::MoreLoaded(cursor, response) => self.on_more_loaded(&cursor, response),
            Action::BatchDrawn(took_ms) => self.with_thread(|loaded| loaded.show_next_batch(took_ms)),
            Action::ShowEarlier => self.show_earlier(),
            Action::SortBy(sort) => self.sort_by(sort),
            Action::Hydrate(written) => self.hydrate(written),
            Action::ToggleComposer => self.toggle_composer(),
            Action::CommentAction(press, id) => self.on_comment_action(press, id),
            Action::Input(form, field, value) => self.on_input(form, field, value),
            Action::Preview(form) => self.preview(form),
            Action::PreviewLoaded(form, text, response) => self.on_preview_loaded(form, &text, response),
            Action::Submit(form) => self.submit(form),
            Action::Close(form) => self.close(form),
            Action::DraftLoaded(draft) => self.on_draft_loaded(draft),
            Action::SourceLoaded(id, response) => self.on_source_loaded(id, response),
            Action::PendingLoaded(response) => self.on_pending_loaded(response),
            Action::Submitted(form, response) => self.on_submitted(form, response),
            Action::Voted(id, response) => self.on_voted(id, response),
            Action::LiveEvent(happening) => self.on_live_event(happening),
            Action::ShowNew => self.show_new(),
            Action::LinkCopied => self.on_link_copied(),
            Action::Tick(now_ms) => self.on_tick(now_ms),
        }
    }

    /// Returns `true` if the endpoint has a feature.
    pub fn can(&self, feature: Feature) -> bool {
        self.loaded().is_some_and(|loaded| loaded.thread.features.contains(&feature))
    }

    /// Returns `true` if the thread takes no new comments.
    pub fn is_closed(&self) -> bool {
        self.loaded().is_some_and(|loaded| loaded.thread.state == ThreadState::Closed)
    }

    /// Returns the open form under a comment.
    pub fn panel(&self) -> Option<&Composer> {
        self.loaded()?.list.panel.as_deref()
    }

    /// Returns the phase of the open form under a comment, or else of the thread's own.
    pub fn phase(&self) -> &Phase {
        &self.panel().unwrap_or(&self.composer).phase
    }

    /// Returns the address of «show all» without scripts: the whole thread on its own page, or the part that follows
    /// the shown one there.
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
            FormSlot::Panel => self.loaded_mut()?.list.panel.as_mut().map(Rc::make_mut),
        }
    }

    fn close_thread(&mut self) {
        if let Some(loaded) = self.loaded_mut() {
            loaded.thread.state = ThreadState::Closed;
        }
    }
}
