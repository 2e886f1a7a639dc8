//! Folds and unfolds branches.

use std::rc::Rc;

use super::List;
use crate::state::comment_index::TreeEntry;
use crate::state::node::{Node, Replies, Visibility};

impl List {
    /// Folds or unfolds the replies to a comment. Folded branches inside stay folded.
    pub fn fold(&mut self, id: &str) {
        let Some(position) = self.position(id) else { return };
        let folds = self.node_at(position).is_some_and(|node| node.replies == Replies::Shown);
        let mut branch = self.branch(position);
        let replies = if folds { folded(branch.len()) } else { Replies::Shown };
        self.update(id, &mut |node| node.replies = replies);
        // The depth of the folded one inside to whose branch a comment may belong.
        let mut inner = None;
        for at in 0..branch.len() {
            let Node { depth, mut replies, .. } = *branch[at];
            inner = inner.filter(|inner| depth > *inner);
            let is_hidden = folds || inner.is_some();
            let visibility = if is_hidden { Visibility::Hidden } else { Visibility::Visible };
            if inner.is_none() && matches!(replies, Replies::Folded(_)) {
                inner = Some(depth);
                // What came and went while this one was hidden was counted above it.
                replies = folded(branch[at + 1..].iter().take_while(|next| next.depth > depth).count());
            }
            let node = Rc::make_mut(&mut branch[at]);
            (node.visibility, node.replies) = (visibility, replies);
            self.index.update(node);
        }
        self.replace_branch(position, &branch);
    }

    /// Unfolds the branches around a comment.
    pub fn reveal(&mut self, id: &str) {
        while let Some(node) = self.get(id).filter(|node| node.is_hidden()) {
            let Some(above) = self.fold_above(node) else { return };
            self.fold(&above.comment.id);
        }
    }

    /// Hides new comments inside folded branches, and counts them there.
    pub(super) fn hide_folded(&mut self, nodes: &mut [Rc<Node>]) {
        let mut fold: Option<(TreeEntry, i32)> = None;
        for node in nodes {
            if node.is_hidden() || !self.is_folded_away(node) {
                continue;
            }
            Rc::make_mut(node).visibility = Visibility::Hidden;
            self.index.update(node);
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
        if !node.is_hidden() && self.is_folded_away(node) {
            self.update(&node.comment.id, &mut |node| node.visibility = Visibility::Hidden);
            self.count_folded(self.fold_above(node).map(|above| (above, 1)));
        }
    }

    /// Updates the count of the folded branch from which a comment is removed.
    pub(super) fn uncount_folded(&mut self, node: &Node) {
        if node.is_hidden() {
            self.count_folded(self.fold_above(node).map(|above| (above, -1)));
        }
    }

    fn is_folded_away(&self, node: &Node) -> bool {
        let parent = node.parent.as_ref().and_then(|parent| self.index.get(&parent.id));
        parent.is_some_and(|parent| parent.hides_replies)
    }

    /// Finds the visible folded comment above a hidden one. It follows the index, since a chain of ten thousand
    /// replies would be walked ten thousand times.
    fn fold_above(&self, node: &Node) -> Option<TreeEntry> {
        let mut above = self.index.get(&node.parent.as_ref()?.id)?;
        while let Some(parent) = self.hidden_above(above) {
            above = parent;
        }
        Some(above.clone())
    }

    fn hidden_above(&self, planted: &TreeEntry) -> Option<&TreeEntry> {
        let parent = self.index.get(planted.comment.parent.as_deref()?)?;
        (parent.hides_replies && parent.depth < planted.depth).then_some(parent)
    }

    fn count_folded(&mut self, fold: Option<(TreeEntry, i32)>) {
        let Some((above, more)) = fold else { return };
        self.update(&above.comment.id, &mut |node| {
            if let Replies::Folded(number) = &mut node.replies {
                *number = number.saturating_add_signed(more);
            }
        });
    }
}

fn folded(number: usize) -> Replies {
    Replies::Folded(u32::try_from(number).unwrap_or(u32::MAX))
}
