//! Runs the reader's actions on single comments, except votes.

use std::rc::Rc;

use dumka_api::{Comment, CommentId, CommentState};

use super::action::CommentAction;
use super::effect::{Effect, Event, Focus};
use super::failure::Failure;
use super::form::FormKind;
use super::session::SessionChange;
use super::thread::LoadedThread;
use super::{Announcement, State};

impl State {
    pub(super) fn on_comment_action(&mut self, press: CommentAction, id: CommentId) -> Vec<Effect> {
        let opens = matches!(
            press,
            CommentAction::Reply | CommentAction::Edit | CommentAction::Delete | CommentAction::Report
        );
        if opens && self.is_panel_sending() {
            self.queued_action = Some((press, id));
            return vec![];
        }
        match press {
            CommentAction::Reply => self.open_panel(FormKind::Reply(id)),
            CommentAction::Delete => self.open_panel(FormKind::Delete(id)),
            CommentAction::Report => self.open_panel(FormKind::Report(id)),
            CommentAction::Edit => {
                let own = self.session.owned(&id);
                own.map(|own| Effect::FetchSource(id, own.token.clone())).into_iter().collect()
            }
            CommentAction::VoteUp => self.vote(id, 1),
            CommentAction::VoteDown => self.vote(id, -1),
            CommentAction::Fold => {
                if let Some(loaded) = self.loaded_mut() {
                    loaded.list.fold(&id);
                }
                vec![]
            }
            CommentAction::Permalink => vec![Effect::CopyLink(id)],
        }
    }

    pub(super) fn on_link_copied(&mut self) -> Vec<Effect> {
        self.announcement = Some(Announcement::LinkCopied);
        vec![]
    }

    /// Applies the reader's session to a comment that has just been loaded.
    pub(super) fn apply_session(&mut self, id: &str) {
        let (vote, minutes_left) = (self.session.vote(id), self.session.minutes_left(id, self.now_ms));
        if vote == 0 && minutes_left.is_none() {
            return;
        }
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(id, &mut |node| (node.vote, node.minutes_left) = (vote, minutes_left));
        }
    }

    pub(super) fn on_tick(&mut self, now_ms: i64) -> Vec<Effect> {
        self.now_ms = now_ms;
        let left =
            self.session.owned.iter().map(|own| (own.id.clone(), self.session.minutes_left(&own.id, now_ms)));
        for (id, minutes_left) in left.collect::<Vec<_>>() {
            let Some(loaded) = self.loaded_mut() else { break };
            let has_changed = loaded.list.get(&id).is_some_and(|node| node.minutes_left != minutes_left);
            if has_changed {
                loaded.list.update(&id, &mut |node| node.minutes_left = minutes_left);
            }
        }
        vec![]
    }

    /// Shows the failure of an action at its comment.
    pub fn show_action_error(&mut self, id: &str, failure: Failure) -> Vec<Effect> {
        let action_error = Rc::new(failure.clone());
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(id, &mut |node| node.action_error = Some(action_error.clone()));
        }
        vec![Effect::Emit(Event::Error(failure))]
    }

    pub(super) fn on_edited(&mut self, comment: Comment) -> Vec<Effect> {
        let is_pending = comment.state == CommentState::Pending;
        self.announcement = Some(if is_pending { Announcement::Pending } else { Announcement::Saved });
        let id = comment.id.clone();
        self.track_pending(&comment);
        let comment = Rc::new(comment);
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(&id, &mut |node| node.comment = comment.clone());
        }
        vec![Effect::Focus(Focus::Comment(id))]
    }

    pub(super) fn on_deleted(&mut self, id: &str) -> Vec<Effect> {
        self.announcement = Some(Announcement::Deleted);
        self.pending_own.retain(|pending| pending.id != id);
        let gone = SessionChange::Removed(id.into());
        self.session.apply(gone.clone());
        let focus = self.remove_and_refocus(id, LoadedThread::delete);
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(id, &mut |node| node.minutes_left = None);
        }
        vec![Effect::SaveSession(gone), Effect::Focus(focus)]
    }

    /// Removes a comment and returns the new target of the focus: its tombstone, its parent, or the opener of the form.
    pub(super) fn remove_and_refocus(&mut self, id: &str, take: fn(&mut LoadedThread, &str)) -> Focus {
        let Some(loaded) = self.loaded_mut() else { return Focus::Add };
        let parent = loaded.list.get(id).and_then(|node| node.parent.clone());
        take(loaded, id);
        let mut places = [id].into_iter().chain(parent.as_ref().map(|parent| parent.id.as_str()));
        let place = places.find(|id| loaded.list.contains(id));
        place.map_or(Focus::Add, |id| Focus::Comment(id.into()))
    }

    pub(super) fn on_reported(&mut self, id: CommentId) -> Vec<Effect> {
        self.announcement = Some(Announcement::Reported);
        vec![Effect::Focus(Focus::Control(CommentAction::Report, id))]
    }
}
