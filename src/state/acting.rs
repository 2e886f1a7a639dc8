//! What the reader does with a single comment, besides judging it.

use std::rc::Rc;

use dumka_api::{Comment, CommentId, CommentState};

use super::action::{Effect, Event, Focus, Press};
use super::composer::Purpose;
use super::failure::Failure;
use super::session::Memory;
use super::thread::Loaded;
use super::{Outcome, State};

impl State {
    pub(super) fn press(&mut self, press: Press, id: CommentId) -> Vec<Effect> {
        let opens = matches!(press, Press::Reply | Press::Edit | Press::Delete | Press::Report);
        if opens && self.is_panel_on_its_way() {
            self.next_press = Some((press, id));
            return vec![];
        }
        match press {
            Press::Reply => self.open_panel(Purpose::Reply(id)),
            Press::Delete => self.open_panel(Purpose::Delete(id)),
            Press::Report => self.open_panel(Purpose::Report(id)),
            Press::Edit => {
                let own = self.session.own(&id);
                own.map(|own| Effect::FetchSource(id, own.token.clone())).into_iter().collect()
            }
            Press::VoteUp => self.vote(id, 1),
            Press::VoteDown => self.vote(id, -1),
            Press::Fold => {
                if let Some(loaded) = self.loaded_mut() {
                    loaded.list.fold(&id);
                }
                vec![]
            }
            Press::Permalink => vec![Effect::CopyLink(id)],
        }
    }

    pub(super) fn link_copied(&mut self) -> Vec<Effect> {
        self.outcome = Some(Outcome::LinkCopied);
        vec![]
    }

    /// Gives a comment that has just come what this reader did there before.
    pub(super) fn mark(&mut self, id: &str) {
        let (vote, minutes_left) = (self.session.vote(id), self.session.minutes_left(id, self.now_ms));
        if vote == 0 && minutes_left.is_none() {
            return;
        }
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(id, &mut |node| (node.vote, node.minutes_left) = (vote, minutes_left));
        }
    }

    pub(super) fn tick(&mut self, now_ms: i64) -> Vec<Effect> {
        self.now_ms = now_ms;
        let left =
            self.session.own.iter().map(|own| (own.id.clone(), self.session.minutes_left(&own.id, now_ms)));
        for (id, minutes_left) in left.collect::<Vec<_>>() {
            let Some(loaded) = self.loaded_mut() else { break };
            let is_other = loaded.list.node(&id).is_some_and(|node| node.minutes_left != minutes_left);
            if is_other {
                loaded.list.change(&id, &mut |node| node.minutes_left = minutes_left);
            }
        }
        vec![]
    }

    /// Says at the comment why what was pressed there did not happen.
    pub fn has_trouble(&mut self, id: &str, failure: Failure) -> Vec<Effect> {
        let trouble = Rc::new(failure.clone());
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(id, &mut |node| node.trouble = Some(trouble.clone()));
        }
        vec![Effect::Emit(Event::Error(failure))]
    }

    pub(super) fn has_edited(&mut self, comment: Comment) -> Vec<Effect> {
        let is_held = comment.state == CommentState::Pending;
        self.outcome = Some(if is_held { Outcome::Held } else { Outcome::Saved });
        let id = comment.id.clone();
        self.hold(&comment);
        let comment = Rc::new(comment);
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(&id, &mut |node| node.comment = comment.clone());
        }
        vec![Effect::Focus(Focus::Comment(id))]
    }

    pub(super) fn has_deleted(&mut self, id: &str) -> Vec<Effect> {
        self.outcome = Some(Outcome::Deleted);
        self.held.retain(|held| held.id != id);
        let gone = Memory::Gone(id.into());
        self.session.remember(gone.clone());
        let focus = self.take_off(id, Loaded::delete);
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(id, &mut |node| node.minutes_left = None);
        }
        vec![Effect::Remember(gone), Effect::Focus(focus)]
    }

    /// Takes a comment off the screen and answers where the focus goes: to where it stood, or to what it answered, or
    /// else to what follows on nothing.
    pub(super) fn take_off(&mut self, id: &str, take: fn(&mut Loaded, &str)) -> Focus {
        let Some(loaded) = self.loaded_mut() else { return Focus::Add };
        let parent = loaded.list.node(id).and_then(|node| node.answers.clone());
        take(loaded, id);
        let mut places = [id].into_iter().chain(parent.as_ref().map(|parent| parent.id.as_str()));
        let place = places.find(|id| loaded.list.holds(id));
        place.map_or(Focus::Add, |id| Focus::Comment(id.into()))
    }

    pub(super) fn has_reported(&mut self, id: CommentId) -> Vec<Effect> {
        self.outcome = Some(Outcome::Reported);
        vec![Effect::Focus(Focus::Pressed(Press::Report, id))]
    }
}
