//! The reader's own pending comments, which only their author sees and no list response has.

use dumka_api::{Comment, CommentState, Feature};

use super::State;
use super::action::Source;
use super::effect::Effect;
use super::failure::Failure;

impl State {
    /// Takes in how a comment stands now: one that is held is kept for the next list, which will not bring it.
    pub(super) fn track_pending(&mut self, comment: &Comment) {
        self.pending_own.retain(|pending| pending.id != comment.id);
        if comment.state == CommentState::Pending {
            self.pending_own.push(comment.clone());
        }
    }

    /// Puts them where they belong into a list that has just come, as far as what they answer is here.
    pub(super) fn show_pending_own(&mut self) {
        let sort = self.shown_sort();
        for comment in self.pending_own.clone() {
            let id = comment.id.clone();
            let Some(loaded) = self.loaded_mut() else { return };
            if comment.parent.is_none() || loaded.list.contains_parent(&comment) {
                loaded.insert_detached(comment, sort);
            }
            self.apply_session(&id);
        }
    }

    /// Asks for those that the reader wrote before the page was loaded anew: where the first list lacks a comment
    /// that can still be changed, it may be held.
    pub(super) fn request_pending_own(&self) -> Vec<Effect> {
        let Some(loaded) = self.loaded().filter(|_| self.can(Feature::Edit)) else { return vec![] };
        let is_missing =
            |id: &str| !loaded.list.contains(id) && self.session.minutes_left(id, self.now_ms).is_some();
        let missing = self.session.owned.iter().filter(|own| is_missing(&own.id));
        missing.map(|own| Effect::FetchPending(own.id.clone(), own.token.clone())).collect()
    }

    /// Shows a pending comment. Published ones are in the list; a failure does not concern the reader.
    pub(super) fn on_pending_loaded(&mut self, response: Result<Source, Failure>) -> Vec<Effect> {
        if let Ok(Source { comment, .. }) = response {
            self.track_pending(&comment);
            self.show_pending_own();
        }
        vec![]
    }
}
