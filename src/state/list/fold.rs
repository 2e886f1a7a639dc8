//! Branches that are folded up.

use std::rc::Rc;

use super::List;
use crate::state::forest::{Node, Planted, Replies};

impl List {
    /// Folds up the replies to a comment, or unfolds them; a branch inside that was folded up stays so.
    pub fn fold(&mut self, id: &str) {
        let Some(place) = self.place(id) else { return };
        let folds = self.at(place).is_some_and(|node| node.replies == Replies::Shown);
        let mut branch = self.branch(place);
        let replies = if folds { folded(branch.len()) } else { Replies::Shown };
        self.change(id, &mut |node| node.replies = replies);
        // The depth of the folded one inside to whose branch a comment may belong.
        let mut inner = None;
        for at in 0..branch.len() {
            let Node { depth, mut replies, .. } = *branch[at];
            inner = inner.filter(|inner| depth > *inner);
            let is_hidden = folds || inner.is_some();
            if inner.is_none() && matches!(replies, Replies::Folded(_)) {
                inner = Some(depth);
                // What came and went while this one was hidden was counted above it.
                replies = folded(branch[at + 1..].iter().take_while(|next| next.depth > depth).count());
            }
            let node = Rc::make_mut(&mut branch[at]);
            (node.is_hidden, node.replies) = (is_hidden, replies);
            self.forest.renew(node);
        }
        self.put_branch(place, &branch);
    }

    /// Those that come on the screen inside a folded branch come hidden, and it counts them, unless it has.
    pub(super) fn fold_in(&mut self, nodes: &mut [Rc<Node>]) {
        let mut fold: Option<(Planted, i32)> = None;
        for node in nodes {
            if node.is_hidden || !self.is_folded_away(node) {
                continue;
            }
            Rc::make_mut(node).is_hidden = true;
            self.forest.renew(node);
            // One way up the tree serves all that follow in the same branch.
            match &mut fold {
                Some((above, number)) if node.depth > above.depth => *number += 1,
                _ => {
                    let next = self.fold_above(node).map(|above| (above, 1));
                    self.count_folded(std::mem::replace(&mut fold, next));
                }
            }
        }
        self.count_folded(fold);
    }

    pub(super) fn hide_if_folded(&mut self, node: &Node) {
        if !node.is_hidden && self.is_folded_away(node) {
            self.change(&node.comment.id, &mut |node| node.is_hidden = true);
            self.count_folded(self.fold_above(node).map(|above| (above, 1)));
        }
    }

    /// One that is taken away out of a folded branch counts no more.
    pub(super) fn leave_fold(&mut self, node: &Node) {
        if node.is_hidden {
            self.count_folded(self.fold_above(node).map(|above| (above, -1)));
        }
    }

    fn is_folded_away(&self, node: &Node) -> bool {
        let parent = node.answers.as_ref().and_then(|parent| self.forest.find(&parent.id));
        parent.is_some_and(|parent| parent.hides_replies)
    }

    /// The comment above a hidden one that can be seen to be folded up. The table knows the way: a chain of ten
    /// thousand replies would be walked ten thousand times.
    fn fold_above(&self, node: &Node) -> Option<Planted> {
        let mut above = self.forest.find(&node.answers.as_ref()?.id)?;
        while let Some(parent) = self.hidden_above(above) {
            above = parent;
        }
        Some(above.clone())
    }

    fn hidden_above(&self, planted: &Planted) -> Option<&Planted> {
        let parent = self.forest.find(planted.comment.parent.as_deref()?)?;
        (parent.hides_replies && parent.depth < planted.depth).then_some(parent)
    }

    fn count_folded(&mut self, fold: Option<(Planted, i32)>) {
        let Some((above, more)) = fold else { return };
        self.change(&above.comment.id, &mut |node| {
            if let Replies::Folded(number) = &mut node.replies {
                *number = number.saturating_add_signed(more);
            }
        });
    }
}

fn folded(number: usize) -> Replies {
    Replies::Folded(u32::try_from(number).unwrap_or(u32::MAX))
}
