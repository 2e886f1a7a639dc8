//! Updates, inserts and removes single comments.

use std::rc::Rc;

use dumka_api::{Author, Body, Comment, CommentState, Votes};

use super::{List, Position};
use crate::state::node::{Node, Origin, Replies, Visibility};

impl List {
    /// Updates the comment with this id; returns `false` if it is not loaded.
    pub fn update(&mut self, id: &str, update: &mut dyn FnMut(&mut Node)) -> bool {
        let Some(position) = self.position(id) else { return false };
        let mut changed = None;
        self.modify(position, &mut |nodes, at| {
            update(Rc::make_mut(&mut nodes[at]));
            changed = Some(nodes[at].clone());
        });
        if let Some(node) = changed {
            self.index.update(&node);
        }
        true
    }

    /// Returns the comment with this id.
    pub fn get(&self, id: &str) -> Option<&Node> {
        self.node_at(self.position(id)?)
    }

    /// Appends a reply to the branch of its parent, and shows it with the waiting comments before it; returns `false`
    /// if it is in the list or its parent is not.
    pub fn append_reply(&mut self, comment: Comment) -> bool {
        let is_new = self.contains_parent(&comment) && !self.contains(&comment.id);
        if is_new {
            let node = Node { origin: Origin::Detached, ..self.index.insert(comment) };
            let id = node.comment.id.clone();
            self.insert_reply(Rc::new(node));
            self.show_until(&id);
        }
        is_new
    }

    /// Inserts a reply at the end of the branch of its parent.
    pub(super) fn insert_reply(&mut self, mut node: Rc<Node>) {
        let Some(parent) = node.parent.as_ref().and_then(|parent| self.position(&parent.id)) else { return };
        let last = self.offset(parent, self.branch(parent).len());
        if self.node_at(parent).is_some_and(|parent| parent.replies == Replies::None) {
            self.modify(parent, &mut |nodes, at| Rc::make_mut(&mut nodes[at]).replies = Replies::Shown);
        }
        Rc::make_mut(&mut node).visibility = Visibility::Visible;
        self.index.update(&node);
        self.modify(last, &mut |nodes, at| nodes.insert(at + 1, node.clone()));
        if let Position::Shown(_) = last {
            self.shown += 1;
        }
        self.hide_if_folded(&node);
    }

    /// Removes the detached replies at the end of the list, since the next comments may belong before them.
    pub(super) fn remove_trailing_replies(&mut self) -> Vec<Rc<Node>> {
        let mut taken = Vec::new();
        while let Some(last) =
            self.last().filter(|&last| self.node_at(last).is_some_and(|node| node.origin == Origin::Detached))
        {
            taken.extend(self.remove_at(last));
        }
        taken.reverse();
        taken
    }

    /// Removes the detached comments whose parent is now in the list.
    pub(super) fn remove_reattachable(&mut self) -> Vec<Rc<Node>> {
        let mut taken = Vec::new();
        let is_reattachable = |detached: &[Rc<Node>], node: &Node| {
            let parent = node.parent.as_ref();
            parent.is_some_and(|parent| detached.iter().all(|detached| detached.comment.id != parent.id))
        };
        while let Some(at) = self.detached.iter().position(|node| is_reattachable(&self.detached, node)) {
            taken.extend(self.remove_at(Position::Detached(at)));
        }
        taken
    }

    /// Removes a comment, or replaces it with a tombstone if it has replies.
    pub fn remove(&mut self, id: &str) {
        let Some(position) = self.position(id) else { return };
        // What somebody writes under it right now stays where it is.
        let has_panel = self.panel.as_ref().is_some_and(|panel| panel.kind.comment() == Some(id));
        if has_panel || self.has_replies(position) {
            self.put_tombstone(position);
            return;
        }
        let Some(node) = self.remove_at(position) else { return };
        if let Some(parent) = &node.parent {
            self.on_reply_removed(&parent.id);
        }
    }

    /// Removes the comment at a position.
    fn remove_at(&mut self, position: Position) -> Option<Rc<Node>> {
        let mut taken = None;
        self.modify(position, &mut |nodes, at| taken = Some(nodes.remove(at)));
        let node = taken?;
        self.uncount_folded(&node);
        self.index.remove(&node.comment.id);
        if let Position::Shown(_) = position {
            self.shown -= 1;
        }
        Some(node)
    }

    /// Replaces the comment with this id with a tombstone.
    pub fn replace_with_tombstone(&mut self, id: &str) {
        if let Some(position) = self.position(id) {
            self.put_tombstone(position);
        }
    }

    fn put_tombstone(&mut self, position: Position) {
        if let Some(mark) = self.node_at(position).map(|node| tombstone(&node.comment)) {
            self.replace_at(position, mark);
        }
    }

    /// Replaces the comment that has the same id.
    pub fn replace(&mut self, comment: Comment) {
        if let Some(position) = self.position(&comment.id) {
            self.replace_at(position, comment);
        }
    }

    /// Replaces a comment, also in its replies if they name another author.
    fn replace_at(&mut self, position: Position, comment: Comment) {
        let comment = Rc::new(comment);
        let is_same_author =
            self.node_at(position).is_some_and(|node| node.comment.author.name == comment.author.name);
        self.update(&comment.id, &mut |node| node.comment = comment.clone());
        if is_same_author {
            return;
        }
        for (number, reply) in (1..).zip(self.branch(position)) {
            if reply.comment.parent.as_ref() == Some(&comment.id) {
                self.modify(self.offset(position, number), &mut |nodes, at| {
                    Rc::make_mut(&mut nodes[at]).parent = Some(comment.clone());
                });
            }
        }
    }

    /// Removes a tombstone with its last reply.
    fn on_reply_removed(&mut self, parent: &str) {
        let Some(position) = self.position(parent) else { return };
        if self.has_replies(position) {
            return;
        }
        self.update(parent, &mut |node| node.replies = Replies::None);
        if self.node_at(position).is_some_and(|node| node.comment.state == CommentState::Deleted) {
            self.remove(parent);
        }
    }
}

/// Creates the tombstone of a comment.
fn tombstone(comment: &Comment) -> Comment {
    Comment {
        id: comment.id.clone(),
        parent: comment.parent.clone(),
        author: Author::default(),
        created_at: comment.created_at.clone(),
        edited_at: None,
        state: CommentState::Deleted,
        body: Body::Blocks(Vec::new()),
        votes: Votes::default(),
        featured: false,
        pinned: false,
    }
}
