//! The tree of a thread's replies: which comments are visible, and in which order they are shown.
//!
//! Everything here is iterative and linear, so a chain of ten thousand replies
//! costs what ten thousand separate comments do.

use std::collections::{HashMap, HashSet};

use crate::comment::{CommentId, StoredComment};

/// A comment that knows its id and its parent.
pub trait TreeNode {
    /// Returns the comment's id.
    fn id(&self) -> CommentId;
    /// Returns the id of the comment it answers.
    fn parent(&self) -> Option<CommentId>;
}

impl TreeNode for StoredComment {
    fn id(&self) -> CommentId {
        self.id
    }

    fn parent(&self) -> Option<CommentId> {
        self.parent
    }
}

/// A comment as visibility is computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisibilityNode {
    /// Its id.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// True where its status is `published`.
    pub published: bool,
}

/// Returns the visible comments: the published ones, and as tombstones those above a published one.
///
/// `nodes` holds whole trees, each node after its parent.
pub fn visible_ids(nodes: &[VisibilityNode]) -> HashSet<CommentId> {
    let mut visible = HashSet::new();
    for node in nodes.iter().rev() {
        if node.published || visible.contains(&node.id) {
            visible.insert(node.id);
            visible.extend(node.parent);
        }
    }
    visible
}

/// Puts the trees under `top_level` into display order: every comment after its parent, siblings as given.
///
/// `comments` holds the trees in any order in which older siblings come first; what hangs from
/// none of `top_level` is left out.
pub fn in_display_order<T: TreeNode>(top_level: &[CommentId], comments: Vec<T>) -> Vec<T> {
    let mut replies: HashMap<CommentId, Vec<usize>> = HashMap::new();
    let mut indexes: HashMap<CommentId, usize> = HashMap::new();
    for (index, comment) in comments.iter().enumerate() {
        match comment.parent() {
            Some(parent) => replies.entry(parent).or_default().push(index),
            None => drop(indexes.insert(comment.id(), index)),
        }
    }
    let mut stack: Vec<usize> = top_level.iter().rev().filter_map(|id| indexes.get(id).copied()).collect();
    let mut comments: Vec<Option<T>> = comments.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(comments.len());
    while let Some(index) = stack.pop() {
        let Some(comment) = comments[index].take() else { continue };
        stack.extend(replies.remove(&comment.id()).unwrap_or_default().into_iter().rev());
        ordered.push(comment);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use dumka_api::{Body, Votes};

    use super::*;
    use crate::comment::{Status, UnixMillis};

    fn id(number: u64) -> CommentId {
        CommentId(uuid::Uuid::from_u128(u128::from(number)))
    }

    fn comment(number: u64, parent: Option<u64>) -> StoredComment {
        StoredComment {
            id: id(number),
            parent: parent.map(id),
            author_name: String::new(),
            badge: None,
            created_at: UnixMillis(0),
            edited_at: None,
            status: Status::Published,
            body: Body::Plain(String::new()),
            marks: crate::comment::Marks::default(),
            votes: Votes::default(),
        }
    }

    fn node(number: u64, parent: Option<u64>, published: bool) -> VisibilityNode {
        VisibilityNode { id: id(number), parent: parent.map(id), published }
    }

    #[test]
    fn replies_follow_their_parent_and_older_siblings_their_whole_tree() {
        let comments = [(1, None), (2, None), (3, Some(1)), (4, Some(2)), (5, Some(3)), (6, Some(1))];
        let comments = comments.map(|(number, parent)| comment(number, parent)).to_vec();
        let ordered = in_display_order(&[id(2), id(1)], comments);
        let ids: Vec<_> = ordered.into_iter().map(|comment| comment.id).collect();
        assert_eq!(ids, [2, 4, 1, 3, 5, 6].map(id));
    }

    #[test]
    fn hidden_comment_is_visible_only_above_a_published_one() {
        let nodes = [
            node(1, None, false),
            node(2, Some(1), false),
            node(3, Some(2), true),
            node(4, Some(3), false),
            node(5, Some(1), false),
        ];
        assert_eq!(visible_ids(&nodes), HashSet::from([1, 2, 3].map(id)));
    }

    #[test]
    fn chain_of_a_hundred_thousand_replies_is_ordered() {
        let chain = (1..=100_000).map(|number| comment(number, (number > 1).then(|| number - 1)));
        let ordered = in_display_order(&[id(1)], chain.collect());
        assert_eq!(ordered.len(), 100_000);
        assert!(ordered.is_sorted_by_key(|comment| comment.id));
    }
}
