//! The loaded thread: its comments, and the state of loading more.

use dumka_api::{Comment, CommentState, Listing, Sort, Thread};

use super::batch_size::BatchSize;
use super::effect::{Effect, Event, Focus};
use super::failure::Failure;
use super::list::List;

/// Comments that wait to be shown, below which the next answer is asked for.
const PREFETCH_BELOW: usize = 60;

/// The state of loading the thread.
#[derive(Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one per widget")]
pub enum LoadState {
    /// It is being loaded.
    Loading,
    /// It could not be loaded.
    Failed(Failure),
    /// It is loaded with its first comments at least.
    Ready(LoadedThread),
}

impl LoadState {
    /// Value of the element's `data-state`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Failed(_) => "failed",
            Self::Ready(loaded) if loaded.list.is_empty() => "empty",
            Self::Ready(_) => "ready",
        }
    }

    /// Returns `true` if it could not be loaded.
    pub(super) fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Returns `true` once the first response or a failure is shown.
    pub fn is_first_response_shown(&self) -> bool {
        match self {
            Self::Loading => false,
            Self::Failed(_) => true,
            Self::Ready(loaded) => loaded.is_first_response_shown,
        }
    }
}

/// A thread with its loaded comments.
#[derive(Debug, PartialEq)]
pub struct LoadedThread {
    /// The thread.
    pub thread: Thread,
    /// Its comments.
    pub list: List,
    /// The state of loading more.
    pub more: MoreState,
    /// The state of loading the earlier comments.
    pub earlier: EarlierState,
    /// The cursor after the loaded comments.
    pub(super) next: Option<String>,
    /// The cursor of the request that is under way.
    requested_cursor: Option<String>,
    batch_size: BatchSize,
    batch: BatchState,
    is_first_response_shown: bool,
}

/// The state of the next batch.
#[derive(Debug, Clone, Copy, PartialEq)]
enum BatchState {
    /// None is scheduled.
    Idle,
    /// It is shown when the browser has drawn the last one.
    Scheduled,
}

/// The state of loading the comments that are not shown.
#[derive(Debug, PartialEq)]
pub enum MoreState {
    /// There are none, or they are loaded without a request of the reader.
    None,
    /// There are some.
    Waiting,
    /// They are requested; none of them is shown yet.
    Starting,
    /// They are shown batch by batch.
    Showing,
    /// There are some; the reader has stopped loading.
    Stopped,
    /// They could not be loaded.
    Failed(Failure),
}

/// The state of loading the comments before the first one.
#[derive(Debug, PartialEq)]
pub enum EarlierState {
    /// There are none.
    None,
    /// There are some.
    Some,
    /// The thread is being loaded from its beginning.
    Loading,
    /// It could not be loaded.
    Failed(Failure),
}

impl MoreState {
    /// Returns `true` while comments are being loaded and shown.
    pub fn is_loading(&self) -> bool {
        matches!(self, Self::Starting | Self::Showing)
    }
}

impl LoadedThread {
    /// The thread as its first answer tells it. Nothing is shown before the first step.
    pub fn new(listing: Listing) -> Self {
        Self {
            thread: listing.thread,
            list: List::new(listing.comments),
            more: if listing.next.is_some() { MoreState::Waiting } else { MoreState::None },
            earlier: if listing.earlier { EarlierState::Some } else { EarlierState::None },
            next: listing.next,
            requested_cursor: None,
            batch_size: BatchSize::initial(),
            batch: BatchState::Idle,
            is_first_response_shown: false,
        }
    }

    /// Takes the place of `before`, whose steps, where one is due, and whose form become its own.
    pub(super) fn replace(&mut self, before: &Self) {
        self.batch = before.batch;
        self.list.panel.clone_from(&before.list.panel);
    }

    /// Begins to show the rest, or goes on, unless that is under way.
    pub(super) fn show_all(&mut self) -> Vec<Effect> {
        if self.more == MoreState::None || self.more.is_loading() {
            return vec![];
        }
        self.more = MoreState::Starting;
        // What was pressed makes room for what stops it.
        let mut effects = vec![Effect::Focus(Focus::Stop)];
        effects.extend(self.schedule());
        effects
    }

    /// Leaves what is shown, and keeps what is here for the next time.
    pub(super) fn stop(&mut self) -> Vec<Effect> {
        if !self.more.is_loading() {
            return vec![];
        }
        self.more = MoreState::Stopped;
        vec![Effect::Focus(Focus::ShowAll)]
    }

    /// Takes in what follows `cursor`; an answer that nobody waits for, since the thread was asked for anew
    /// meanwhile, is passed over.
    pub(super) fn on_more_loaded(&mut self, cursor: &str, response: Result<Listing, Failure>) -> Vec<Effect> {
        if self.requested_cursor.take_if(|requested_cursor| requested_cursor == cursor).is_none() {
            return vec![];
        }
        match response {
            Ok(listing) => {
                self.append(listing);
                self.schedule()
            }
            Err(failure) => {
                if self.more != MoreState::Stopped {
                    self.more = MoreState::Failed(failure.clone());
                }
                vec![Effect::Emit(Event::Error(failure))]
            }
        }
    }

    fn append(&mut self, listing: Listing) {
        self.list.extend(listing.comments);
        self.thread.total = listing.thread.total.max(self.thread.total);
        // An endpoint that points to the same place for ever would be asked for ever.
        self.next = listing.next.filter(|next| self.next.as_ref() != Some(next));
    }

    /// Shows the next comments, after a step that took so long.
    pub(super) fn show_next_batch(&mut self, took_ms: f64) -> Vec<Effect> {
        self.batch = BatchState::Idle;
        self.batch_size.adjust(took_ms);
        if self.more == MoreState::Stopped { vec![] } else { self.show(self.batch_size.next()) }
    }

    /// Shows so many of those that wait, and asks for what that needs next.
    pub(super) fn show(&mut self, number: usize) -> Vec<Effect> {
        let first_new = self.list.show(number);
        let mut effects = Vec::new();
        if let (MoreState::Starting, Some(first_new)) = (&self.more, first_new) {
            self.more = MoreState::Showing;
            // The reader stands at the first new comment while the others arrive below.
            effects.push(Effect::Focus(Focus::Comment(first_new)));
        }
        effects.extend(self.schedule());
        effects
    }

    /// Asks for the next step where comments wait, and for the next answer before they run out.
    fn schedule(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let waiting = self.list.waiting();
        if waiting > 0 && self.batch == BatchState::Idle && self.more != MoreState::Stopped {
            self.batch = BatchState::Scheduled;
            effects.push(Effect::ScheduleBatch);
        }
        if waiting == 0 && !self.is_first_response_shown {
            self.is_first_response_shown = true;
            effects.push(Effect::Emit(Event::Ready));
        }
        if waiting == 0 && self.next.is_none() {
            self.more = MoreState::None;
        }
        if self.more.is_loading() && waiting < PREFETCH_BELOW && self.requested_cursor.is_none() {
            self.requested_cursor.clone_from(&self.next);
            effects.extend(self.next.clone().map(Effect::FetchMore));
        }
        effects
    }

    /// Shows a comment written here: a reply under what it answers, another one where its order puts it; whether it is
    /// a new one.
    pub(super) fn insert_detached(&mut self, comment: Comment, sort: Sort) -> bool {
        if self.list.contains_parent(&comment) {
            self.list.append_reply(comment)
        } else {
            self.list.insert_detached(comment, sort)
        }
    }

    /// Takes a comment that was deleted here off the screen.
    pub(super) fn delete(&mut self, id: &str) {
        let counted = self.list.get(id).is_some_and(|node| node.comment.state == CommentState::Published);
        self.list.remove(id);
        self.thread.total -= u64::from(counted).min(self.thread.total);
    }
}
