//! Finds comments by their ids, and places new ones in the tree.

use std::rc::Rc;

use dumka_api::Comment;

use super::id_map::{HasId, IdMap};
use super::node::Node;

/// All loaded comments by their ids.
#[derive(Debug, Default, PartialEq)]
pub struct CommentIndex(IdMap<TreeEntry>);

/// The facts about a comment on which the place of its replies depends.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeEntry {
    /// The comment.
    pub comment: Rc<Comment>,
    /// Number of comments above it in the tree.
    pub depth: u32,
    /// `true` if the replies to it are hidden.
    pub hides_replies: bool,
}

impl HasId for TreeEntry {
    fn id(&self) -> &str {
        &self.comment.id
    }
}

impl CommentIndex {
    /// Places a comment under its parent, in amortised constant time. Every comment follows its parent in a list; one
    /// whose parent is not loaded becomes a top-level comment.
    pub fn insert(&mut self, comment: Comment) -> Node {
        let parent = comment.parent.as_deref().and_then(|id| self.get(id));
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        let parent = parent.map(|parent| parent.comment.clone());
        let node = Node::new(comment, depth, parent);
        self.update(&node);
        node
    }

    /// Updates the entry of a comment that has changed.
    pub fn update(&mut self, node: &Node) {
        let comment = node.comment.clone();
        self.0.insert(TreeEntry { comment, depth: node.depth, hides_replies: node.hides_replies() });
    }

    /// Returns the entry of the comment with this id.
    pub fn get(&self, id: &str) -> Option<&TreeEntry> {
        self.0.get(id)
    }

    /// Removes a comment.
    pub fn remove(&mut self, id: &str) {
        self.0.remove(id);
    }
}
