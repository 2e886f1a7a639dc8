//! Branches that are folded up.

use std::rc::Rc;

use super::{List, Place};
use crate::state::forest::{Node, Replies};

impl List {
    /// Folds up the replies to a comment, or unfolds them; a branch inside that was folded up stays so.
    pub fn fold(&mut self, id: &str) {
        let Some(place) = self.place(id) else { return };
        let branch = self.branch(place);
        let folds = self.at(place).is_some_and(|node| node.replies == Replies::Shown);
        let number = u32::try_from(branch.len()).unwrap_or(u32::MAX);
        let replies = if folds { Replies::Folded(number) } else { Replies::Shown };
        self.change(id, &mut |node| node.replies = replies);
        let mut inner = None;
        for place in branch {
            self.hide(place, folds, &mut inner);
        }
    }

    /// Hides or shows one comment of a branch. `inner` is the depth of the folded one inside, whose branch it may be.
    fn hide(&mut self, place: Place, folds: bool, inner: &mut Option<u32>) {
        let mut changed = None;
        self.edit(place, &mut |nodes, at| {
            let node = Rc::make_mut(&mut nodes[at]);
            if inner.is_some_and(|depth| node.depth <= depth) {
                *inner = None;
            }
            node.is_hidden = folds || inner.is_some();
            if inner.is_none() && matches!(node.replies, Replies::Folded(_)) {
                *inner = Some(node.depth);
            }
            changed = Some(node.clone());
        });
        if let Some(node) = changed {
            self.forest.renew(&node);
        }
    }

    /// Those that come on the screen inside a folded branch come hidden, and it counts them.
    pub(super) fn fold_in(&mut self, nodes: &mut [Rc<Node>]) {
        for node in nodes {
            if self.is_folded_away(node) {
                Rc::make_mut(node).is_hidden = true;
                self.forest.renew(node);
                self.count_folded(node);
            }
        }
    }

    pub(super) fn hide_if_folded(&mut self, node: &Node) {
        if self.is_folded_away(node) {
            self.change(&node.comment.id, &mut |node| node.is_hidden = true);
            self.count_folded(node);
        }
    }

    fn is_folded_away(&self, node: &Node) -> bool {
        let parent = node.answers.as_ref().and_then(|parent| self.forest.find(&parent.id));
        parent.is_some_and(|parent| parent.hides_replies)
    }

    /// Counts one more in the branch that can be seen to be folded up.
    fn count_folded(&mut self, node: &Node) {
        let mut above = node.answers.clone();
        while let Some(comment) = above.take() {
            let Some(node) = self.node(&comment.id) else { return };
            above.clone_from(&node.answers);
            if !node.is_hidden {
                self.change(&comment.id, &mut |node| {
                    if let Replies::Folded(number) = &mut node.replies {
                        *number += 1;
                    }
                });
                return;
            }
        }
    }
}
