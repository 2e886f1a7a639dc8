//! Changes of single comments that are here: another text, a reply more, one less.

use std::rc::Rc;

use dumka_api::{Author, Body, Comment, CommentState, Votes};

use super::{List, Place};
use crate::state::forest::{Node, Replies};

impl List {
    /// Changes the comment with this id; whether it is here.
    pub fn change(&mut self, id: &str, change: &mut dyn FnMut(&mut Node)) -> bool {
        let Some(place) = self.place(id) else { return false };
        let mut changed = None;
        self.edit(place, &mut |nodes, at| {
            change(Rc::make_mut(&mut nodes[at]));
            changed = Some(nodes[at].clone());
        });
        if let Some(node) = changed {
            self.forest.renew(&node);
        }
        true
    }

    /// The comment with this id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.at(self.place(id)?)
    }

    /// Shows a reply at the end of the branch it belongs to, and what waits before it; whether it is a new one whose
    /// parent is here.
    pub fn add_reply(&mut self, comment: Comment) -> bool {
        let is_new = self.holds_parent(&comment) && !self.holds(&comment.id);
        if is_new {
            let node = Node { is_outside: true, ..self.forest.plant(comment) };
            let id = node.comment.id.clone();
            self.put_reply(Rc::new(node));
            self.show_until(&id);
        }
        is_new
    }

    /// Puts a reply at the end of the branch of its parent, which is here.
    pub(super) fn put_reply(&mut self, mut node: Rc<Node>) {
        let Some(parent) = node.answers.as_ref().and_then(|parent| self.place(&parent.id)) else { return };
        let last = self.forward(parent, self.branch(parent).len());
        if self.at(parent).is_some_and(|parent| parent.replies == Replies::None) {
            self.edit(parent, &mut |nodes, at| Rc::make_mut(&mut nodes[at]).replies = Replies::Shown);
        }
        Rc::make_mut(&mut node).is_hidden = false;
        self.forest.renew(&node);
        self.edit(last, &mut |nodes, at| nodes.insert(at + 1, node.clone()));
        if let Place::Shown(_) = last {
            self.shown += 1;
        }
        self.hide_if_folded(&node);
    }

    /// Takes off the replies at the end of the list that it has not brought: what follows in it may belong before them.
    pub(super) fn take_last_replies(&mut self) -> Vec<Rc<Node>> {
        let mut taken = Vec::new();
        while let Some(last) = self.last().filter(|&last| self.at(last).is_some_and(|node| node.is_outside)) {
            taken.extend(self.take(last));
        }
        taken.reverse();
        taken
    }

    /// Takes off those outside the list that answer what it has brought by now.
    pub(super) fn take_strays(&mut self) -> Vec<Rc<Node>> {
        let mut taken = Vec::new();
        let is_stray = |own: &[Rc<Node>], node: &Node| {
            let parent = node.answers.as_ref();
            parent.is_some_and(|parent| own.iter().all(|own| own.comment.id != parent.id))
        };
        while let Some(at) = self.own.iter().position(|node| is_stray(&self.own, node)) {
            taken.extend(self.take(Place::Own(at)));
        }
        taken
    }

    /// Takes a comment off the list, or leaves a mark in its place where others answered it.
    pub fn remove(&mut self, id: &str) {
        let Some(place) = self.place(id) else { return };
        // What somebody writes under it right now stays where it is.
        let is_needed = self.is_answered(place) || self.at(place).is_some_and(|node| node.panel.is_some());
        if is_needed {
            self.leave_mark(place);
            return;
        }
        let Some(node) = self.take(place) else { return };
        if let Some(parent) = &node.answers {
            self.has_lost_reply(&parent.id);
        }
    }

    /// Takes a comment off the list.
    fn take(&mut self, place: Place) -> Option<Rc<Node>> {
        let mut taken = None;
        self.edit(place, &mut |nodes, at| taken = Some(nodes.remove(at)));
        let node = taken?;
        self.leave_fold(&node);
        self.forest.remove(&node.comment.id);
        if let Place::Shown(_) = place {
            self.shown -= 1;
        }
        Some(node)
    }

    /// Leaves a mark in the place of the comment with this id, where that is here.
    pub fn mark(&mut self, id: &str) {
        if let Some(place) = self.place(id) {
            self.leave_mark(place);
        }
    }

    fn leave_mark(&mut self, place: Place) {
        if let Some(mark) = self.at(place).map(|node| emptied(&node.comment)) {
            self.put(place, mark);
        }
    }

    /// Puts a comment in the place of the one with its id, where that is here.
    pub fn replace(&mut self, comment: Comment) {
        if let Some(place) = self.place(&comment.id) {
            self.put(place, comment);
        }
    }

    /// Whose comment it is, or that it is nobody's any more, its replies tell too.
    fn put(&mut self, place: Place, comment: Comment) {
        let comment = Rc::new(comment);
        let is_same_author =
            self.at(place).is_some_and(|node| node.comment.author.name == comment.author.name);
        self.change(&comment.id, &mut |node| node.comment = comment.clone());
        if is_same_author {
            return;
        }
        for (number, reply) in (1..).zip(self.branch(place)) {
            if reply.comment.parent.as_ref() == Some(&comment.id) {
                self.edit(self.forward(place, number), &mut |nodes, at| {
                    Rc::make_mut(&mut nodes[at]).answers = Some(comment.clone());
                });
            }
        }
    }

    /// A mark goes with the last reply that it stood for.
    fn has_lost_reply(&mut self, parent: &str) {
        let Some(place) = self.place(parent) else { return };
        if self.is_answered(place) {
            return;
        }
        self.change(parent, &mut |node| node.replies = Replies::None);
        if self.at(place).is_some_and(|node| node.comment.state == CommentState::Deleted) {
            self.remove(parent);
        }
    }
}

/// What is left of a comment that was deleted.
fn emptied(comment: &Comment) -> Comment {
    Comment {
        id: comment.id.clone(),
        parent: comment.parent.clone(),
        author: Author::default(),
        created_at: comment.created_at.clone(),
        edited_at: None,
        state: CommentState::Deleted,
        body: Body::Blocks(Vec::new()),
        votes: Votes::default(),
    }
}
