//! Votes: shown at once, put back where the endpoint refuses them.

use std::rc::Rc;

use dumka_api::{CommentId, Votes};

use super::State;
use super::action::Effect;
use super::failure::Failure;
use super::session::{Memory, Vote};

/// A vote whose answer has not come.
#[derive(Debug, PartialEq)]
pub(super) struct UnderWay {
    id: CommentId,
    sent: i8,
    /// The reader's vote before, and all votes, to be put back.
    before: (i8, Votes),
}

impl State {
    /// The same vote again withdraws it.
    pub(super) fn vote(&mut self, id: CommentId, pressed: i8) -> Vec<Effect> {
        let Some(node) = self.loaded().and_then(|loaded| loaded.list.node(&id)) else { return vec![] };
        let before = (node.vote, node.comment.votes);
        let value = if node.vote == pressed { 0 } else { pressed };
        let kept = self.show_vote(&id, value, judged(before.1, before.0, value));
        // What is under way is answered first; then the reader's last word is sent.
        if self.voting.iter().any(|vote| vote.id == id) {
            return vec![kept];
        }
        self.voting.push(UnderWay { id: id.clone(), sent: value, before });
        vec![kept, Effect::Vote(id, value)]
    }

    pub(super) fn voted(&mut self, id: CommentId, answer: Result<Votes, Failure>) -> Vec<Effect> {
        let Some(place) = self.voting.iter().position(|vote| vote.id == id) else { return vec![] };
        let UnderWay { sent, before, .. } = self.voting.swap_remove(place);
        let wanted = self.session.vote(&id);
        match answer {
            Err(failure) => {
                let mut effects = vec![self.show_vote(&id, before.0, before.1)];
                effects.extend(self.has_trouble(&id, failure));
                effects
            }
            Ok(votes) if wanted == sent => vec![self.show_vote(&id, sent, votes)],
            Ok(votes) => {
                let kept = self.show_vote(&id, wanted, judged(votes, sent, wanted));
                self.voting.push(UnderWay { id: id.clone(), sent: wanted, before: (sent, votes) });
                vec![kept, Effect::Vote(id, wanted)]
            }
        }
    }

    /// Takes in how others judged a comment, unless this reader's own vote is under way: its answer says both.
    pub(super) fn judged_by_others(&mut self, id: &str, votes: Votes) {
        if self.voting.iter().any(|vote| vote.id == id) {
            return;
        }
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(id, &mut |node| Rc::make_mut(&mut node.comment).votes = votes);
        }
    }

    fn show_vote(&mut self, id: &str, value: i8, votes: Votes) -> Effect {
        let memory = Memory::Vote(Vote { id: id.into(), value });
        self.session.remember(memory.clone());
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(id, &mut |node| {
                (node.vote, node.trouble) = (value, None);
                Rc::make_mut(&mut node.comment).votes = votes;
            });
        }
        Effect::Remember(memory)
    }
}

/// All votes after one reader's has changed from `before` to `now`.
fn judged(votes: Votes, before: i8, now: i8) -> Votes {
    let counted =
        |number: u32, value| (number + u32::from(now == value)).saturating_sub(u32::from(before == value));
    Votes { up: counted(votes.up, 1), down: counted(votes.down, -1) }
}
