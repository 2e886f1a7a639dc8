//! Loads the comments: the first response, the others batch by batch, and the earlier ones.

use dumka_api::{Listing, Sort};

use super::effect::{Effect, Event, Focus};
use super::failure::Failure;
use super::thread::{EarlierState, LoadState, LoadedThread, MoreState};
use super::{Announcement, State};

/// Number of comments in the first batch: more than fit on a screen.
pub(super) const FIRST_BATCH: usize = 25;
/// A hidden widget has no comments in its first batch: the rest is drawn in a task of its own, in which the browser
/// compiles much of the program.
const HIDDEN_BATCH: usize = 0;

impl State {
    /// Starts hidden: draws the first response in small batches.
    pub fn start_hidden(&mut self) {
        self.first_batch = HIDDEN_BATCH;
    }

    /// Shows all loaded comments at once, for a page without scripts.
    pub fn show_at_once(&mut self) {
        if let LoadState::Ready(loaded) = &mut self.thread {
            loaded.show(usize::MAX);
        }
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if !matches!(self.thread, LoadState::Ready(_)) {
            self.thread = LoadState::Loading;
        }
        vec![self.request_list()]
    }

    fn request_list(&mut self) -> Effect {
        self.request_id += 1;
        Effect::FetchList(self.request_id)
    }

    /// Applies the response to the last list request. Late responses to earlier requests, which may have another
    /// order, are ignored.
    pub(super) fn on_list_loaded(
        &mut self,
        request_id: u32,
        response: Result<Listing, Failure>,
    ) -> Vec<Effect> {
        if request_id != self.request_id {
            return vec![];
        }
        match response {
            Ok(listing) => self.show_listing(listing),
            Err(failure) => {
                self.on_list_failed(failure.clone());
                self.restore_sort().into_iter().chain([Effect::Emit(Event::Error(failure))]).collect()
            }
        }
    }

    fn show_listing(&mut self, listing: Listing) -> Vec<Effect> {
        let ids: Vec<_> = listing.comments.iter().map(|comment| comment.id.clone()).collect();
        let mut loaded = LoadedThread::new(listing);
        let (mut first_batch, mut focus) = (self.first_batch, None);
        let is_first = !matches!(self.thread, LoadState::Ready(_));
        if let LoadState::Ready(before) = &self.thread {
            loaded.replace(before);
            // As many as stood there, lest the page become shorter under the reader and then longer again.
            first_batch = first_batch.max(before.list.shown());
            focus = ids.first().filter(|_| before.earlier == EarlierState::Loading).cloned();
        }
        let mut effects = loaded.show(first_batch);
        effects.extend(focus.map(|id| Effect::Focus(Focus::Comment(id))));
        self.thread = LoadState::Ready(loaded);
        if self.previous_sort.take().is_some() {
            self.announcement = Some(Announcement::Sorted(self.config.sort));
        }
        self.unseen.clear();
        self.show_pending_own();
        for id in &ids {
            self.apply_session(id);
        }
        effects.extend(self.listen());
        if is_first && self.first_batch != HIDDEN_BATCH {
            effects.extend(self.request_pending_own());
        }
        effects
    }

    pub(super) fn on_more_loaded(&mut self, cursor: &str, response: Result<Listing, Failure>) -> Vec<Effect> {
        let comments = response.iter().flat_map(|listing| &listing.comments);
        let ids: Vec<_> = comments.map(|comment| comment.id.clone()).collect();
        let effects = self.with_thread(|loaded| loaded.on_more_loaded(cursor, response));
        self.show_pending_own();
        for id in &ids {
            self.apply_session(id);
        }
        effects
    }

    pub(super) fn sort_by(&mut self, sort: Sort) -> Vec<Effect> {
        if self.config.sort == sort {
            return vec![];
        }
        self.previous_sort.get_or_insert(self.config.sort);
        self.config.sort = sort;
        self.config.comment = None;
        self.announcement = None;
        let request = self.request_list();
        // Few threads have featured comments: in the others, the choice would show none.
        if sort == Sort::Featured { vec![request] } else { vec![Effect::SaveSort(sort), request] }
    }

    /// Returns the order of the shown comments.
    pub fn shown_sort(&self) -> Sort {
        self.previous_sort.unwrap_or(self.config.sort)
    }

    /// Restores the order of the shown comments after a failure.
    fn restore_sort(&mut self) -> Option<Effect> {
        self.config.sort = self.previous_sort.take()?;
        self.announcement = Some(Announcement::ListFailed);
        Some(Effect::SaveSort(self.config.sort))
    }

    fn on_list_failed(&mut self, failure: Failure) {
        match &mut self.thread {
            LoadState::Ready(loaded) if loaded.earlier == EarlierState::Loading => {
                loaded.earlier = EarlierState::Failed(failure);
            }
            // A failed refresh leaves what is on the screen.
            LoadState::Ready(_) => {}
            thread => *thread = LoadState::Failed(failure),
        }
    }

    pub(super) fn show_earlier(&mut self) -> Vec<Effect> {
        match &mut self.thread {
            LoadState::Ready(loaded) if loaded.earlier != EarlierState::Loading => {
                loaded.earlier = EarlierState::Loading;
                self.config.comment = None;
                vec![self.request_list()]
            }
            _ => vec![],
        }
    }

    /// Changes the loaded thread, and announces the start and the end of loading all comments.
    pub(super) fn with_thread(
        &mut self,
        change: impl FnOnce(&mut LoadedThread) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let LoadState::Ready(loaded) = &mut self.thread else { return vec![] };
        let was_loading = loaded.more.is_loading();
        let effects = change(loaded);
        if loaded.more.is_loading() != was_loading {
            self.announcement = match &loaded.more {
                MoreState::Starting | MoreState::Showing => Some(Announcement::LoadingAll),
                MoreState::None if loaded.earlier == EarlierState::None => Some(Announcement::AllShown),
                // What is left to do stands there, and has the focus or is an alert.
                _ => None,
            };
        }
        effects
    }
}
