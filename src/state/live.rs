//! Applies the events of the live stream. Changes are shown in place; new comments wait until the reader asks for
//! them, so that nothing moves under their eyes.

use dumka_api::{Comment, CommentState, Feature, Sort};

use super::action::{LiveChange, LiveEvent};
use super::effect::{Effect, Focus};
use super::form::Phase;
use super::thread::{LoadedThread, MoreState};
use super::{Announcement, State};

impl State {
    /// Follows the live stream from the event after the list.
    pub(super) fn listen(&self) -> Option<Effect> {
        let event = self.loaded()?.thread.event.clone().unwrap_or_else(|| "0".into());
        self.can(Feature::Live).then_some(Effect::FollowLive(event))
    }

    /// Number of unseen comments; 0 while one of the reader's own is being sent, which may be among them.
    pub fn unseen_count(&self) -> usize {
        let mut forms = self.panel().into_iter().chain([&self.composer]);
        if forms.any(|form| form.phase == Phase::Sending) { 0 } else { self.unseen.len() }
    }

    pub(super) fn on_live_event(&mut self, LiveEvent { change, total }: LiveEvent) -> Vec<Effect> {
        if let (Some(loaded), Some(total)) = (self.loaded_mut(), total) {
            loaded.thread.total = total;
        }
        match change {
            LiveChange::New(comment) => self.insert_unseen(comment),
            LiveChange::Edited(comment) => self.update_comment(comment),
            LiveChange::Deleted(id) => {
                self.pending_own.retain(|pending| pending.id != id);
                self.unseen.retain(|unseen| unseen.id != id);
                if let Some(loaded) = self.loaded_mut() {
                    loaded.list.remove(&id);
                }
            }
            LiveChange::Votes(id, votes) => {
                if let Some(unseen) = self.unseen.iter_mut().find(|unseen| unseen.id == id) {
                    unseen.votes = votes;
                }
                self.update_votes(&id, votes);
            }
            LiveChange::Thread(told) => {
                if let Some(LoadedThread { thread, .. }) = self.loaded_mut() {
                    (thread.state, thread.notice, thread.slow_secs) =
                        (told.state, told.notice, told.slow_secs);
                }
            }
        }
        // A moderator has decided on what was said to wait for one.
        if matches!(self.announcement, Some(Announcement::Pending)) && self.pending_own.is_empty() {
            self.announcement = None;
        }
        vec![]
    }

    fn insert_unseen(&mut self, comment: Comment) {
        self.track_pending(&comment);
        let is_here = self.loaded().is_some_and(|loaded| loaded.list.contains(&comment.id));
        if is_here || self.unseen.iter().any(|unseen| unseen.id == comment.id) {
            self.update_comment(comment);
        } else {
            self.unseen.push(comment);
        }
    }

    fn update_comment(&mut self, comment: Comment) {
        if let Some(unseen) = self.unseen.iter_mut().find(|unseen| unseen.id == comment.id) {
            *unseen = comment;
        } else if let Some(loaded) = self.loaded_mut() {
            if comment.state == CommentState::Deleted {
                return loaded.list.replace_with_tombstone(&comment.id);
            }
            loaded.list.replace(comment);
        }
    }

    pub(super) fn show_new(&mut self) -> Vec<Effect> {
        if self.unseen.is_empty() {
            return vec![];
        }
        let mut first = None;
        // They come in the order of their last change: a reply may stand before what it answers.
        while let Some(next) = self.next_placeable() {
            let comment = self.unseen.remove(next);
            let (id, sort, is_reply) = (comment.id.clone(), self.shown_sort(), comment.parent.is_some());
            let Some(loaded) = self.loaded_mut() else { break };
            let is_shown = if loaded.list.contains_parent(&comment) {
                loaded.list.append_reply(comment)
            } else if comment.parent.is_none() || loaded.more == MoreState::None {
                loaded.list.insert_detached(comment, sort)
            } else {
                // The rest will bring what it answers, and it with it.
                false
            };
            self.apply_session(&id);
            let stands_first = first.is_none() || (sort == Sort::Newest && !is_reply);
            if is_shown && stands_first {
                first = Some(id);
            }
        }
        // What was pressed is gone; those that are not shown come with the rest.
        vec![Effect::Focus(first.map_or(Focus::ShowAll, Focus::Comment))]
    }

    /// Finds the next unseen comment to show: one whose position is known, or else any.
    fn next_placeable(&self) -> Option<usize> {
        let list = &self.loaded()?.list;
        let has_place = |comment: &Comment| comment.parent.is_none() || list.contains_parent(comment);
        self.unseen.iter().position(has_place).or_else(|| self.unseen.len().checked_sub(1))
    }
}
