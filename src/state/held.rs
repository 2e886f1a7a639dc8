//! The reader's own comments that wait for a moderator: shown to their author alone, so no list brings them.

use dumka_api::{Comment, CommentState, Feature};

use super::State;
use super::action::{Effect, Source};
use super::failure::Failure;

impl State {
    /// Takes in how a comment stands now: one that is held is kept for the next list, which will not bring it.
    pub(super) fn hold(&mut self, comment: &Comment) {
        self.held.retain(|held| held.id != comment.id);
        if comment.state == CommentState::Pending {
            self.held.push(comment.clone());
        }
    }

    /// Puts them where they belong into a list that has just come, as far as what they answer is here.
    pub(super) fn show_held(&mut self) {
        let sort = self.shown_sort();
        for comment in self.held.clone() {
            let id = comment.id.clone();
            let Some(loaded) = self.loaded_mut() else { return };
            if comment.parent.is_none() || loaded.list.holds_parent(&comment) {
                loaded.add_own(comment, sort);
            }
            self.mark(&id);
        }
    }

    /// Asks for those that the reader wrote before the page was loaded anew: where the first list lacks a comment
    /// that can still be changed, it may be held.
    pub(super) fn ask_for_held(&self) -> Vec<Effect> {
        let Some(loaded) = self.loaded().filter(|_| self.can(Feature::Edit)) else { return vec![] };
        let is_missing =
            |id: &str| !loaded.list.holds(id) && self.session.minutes_left(id, self.now_ms).is_some();
        let missing = self.session.own.iter().filter(|own| is_missing(&own.id));
        missing.map(|own| Effect::FetchHeld(own.id.clone(), own.token.clone())).collect()
    }

    /// One that is published stands where its list brings it. That it did not come is no trouble of the reader's.
    pub(super) fn held_came(&mut self, answer: Result<Source, Failure>) -> Vec<Effect> {
        if let Ok(Source { comment, .. }) = answer {
            self.hold(&comment);
            self.show_held();
        }
        vec![]
    }
}
