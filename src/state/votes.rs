//! Votes: shown at once, put back where the endpoint refuses them.

use std::rc::Rc;

use dumka_api::{CommentId, Votes};

use super::State;
use super::effect::Effect;
use super::failure::Failure;
use super::session::{SessionChange, Vote};

/// A vote whose request is under way.
#[derive(Debug, PartialEq)]
pub(super) struct PendingVote {
    id: CommentId,
    sent: i8,
    /// The reader's vote and all votes before, for a rollback.
    before: (i8, Votes),
}

impl State {
    /// Votes; the same vote again withdraws it.
    pub(super) fn vote(&mut self, id: CommentId, pressed: i8) -> Vec<Effect> {
        let Some(node) = self.loaded().and_then(|loaded| loaded.list.get(&id)) else { return vec![] };
        let before = (node.vote, node.comment.votes);
        let value = if node.vote == pressed { 0 } else { pressed };
        let kept = self.show_vote(&id, value, recounted(before.1, before.0, value));
        // What is under way is answered first; then the reader's last word is sent.
        if self.pending_votes.iter().any(|vote| vote.id == id) {
            return vec![kept];
        }
        self.pending_votes.push(PendingVote { id: id.clone(), sent: value, before });
        vec![kept, Effect::SendVote(id, value)]
    }

    pub(super) fn on_voted(&mut self, id: CommentId, response: Result<Votes, Failure>) -> Vec<Effect> {
        let Some(place) = self.pending_votes.iter().position(|vote| vote.id == id) else { return vec![] };
        let PendingVote { sent, before, .. } = self.pending_votes.swap_remove(place);
        let wanted = self.session.vote(&id);
        match response {
            Err(failure) => {
                let mut effects = vec![self.show_vote(&id, before.0, before.1)];
                effects.extend(self.show_action_error(&id, failure));
                effects
            }
            Ok(votes) if wanted == sent => vec![self.show_vote(&id, sent, votes)],
            Ok(votes) => {
                let kept = self.show_vote(&id, wanted, recounted(votes, sent, wanted));
                self.pending_votes.push(PendingVote { id: id.clone(), sent: wanted, before: (sent, votes) });
                vec![kept, Effect::SendVote(id, wanted)]
            }
        }
    }

    /// Updates the votes of others, unless the reader's own is under way: its response has both.
    pub(super) fn update_votes(&mut self, id: &str, votes: Votes) {
        if self.pending_votes.iter().any(|vote| vote.id == id) {
            return;
        }
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(id, &mut |node| Rc::make_mut(&mut node.comment).votes = votes);
        }
    }

    fn show_vote(&mut self, id: &str, value: i8, votes: Votes) -> Effect {
        let change = SessionChange::Vote(Vote { id: id.into(), value });
        self.session.apply(change.clone());
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.update(id, &mut |node| {
                (node.vote, node.action_error) = (value, None);
                Rc::make_mut(&mut node.comment).votes = votes;
            });
        }
        Effect::SaveSession(change)
    }
}

/// Returns all votes after one reader's vote has changed.
fn recounted(votes: Votes, before: i8, now: i8) -> Votes {
    let counted =
        |number: u32, value| (number + u32::from(now == value)).saturating_sub(u32::from(before == value));
    Votes { up: counted(votes.up, 1), down: counted(votes.down, -1) }
}
