//! Changes of single comments that are here: another text, a reply more, one less.
//!
//! A comment is looked for by walking all of them, which takes less time than drawing one.

use std::rc::Rc;

use dumka_api::{Author, Body, Comment, CommentState, Votes};

use super::{Chunk, List, Nodes, Place};
use crate::state::forest::{Node, Replies};

/// Changes the comments that stand together with one, whose number among them is told.
type Edit<'a> = &'a mut dyn FnMut(&mut Vec<Rc<Node>>, usize);

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

    /// Shows a reply at the end of the branch it belongs to; whether it is a new one whose parent is here.
    pub fn add_reply(&mut self, comment: Comment) -> bool {
        let parent = comment.parent.as_deref().and_then(|parent| self.place(parent));
        let Some(parent) = parent.filter(|_| !self.holds(&comment.id)) else { return false };
        let last = self.branch(parent).last().copied().unwrap_or(parent);
        let node = Rc::new(self.forest.plant(comment));
        if !self.is_answered(parent) {
            self.edit(parent, &mut |nodes, at| Rc::make_mut(&mut nodes[at]).replies = Replies::Shown);
        }
        self.edit(last, &mut |nodes, at| nodes.insert(at + 1, node.clone()));
        if let Place::Shown(_) = last {
            self.shown += 1;
        }
        self.hide_if_folded(&node);
        true
    }

    /// Takes a comment off the list, or leaves a mark in its place where others answered it.
    pub fn remove(&mut self, id: &str) {
        let Some(place) = self.place(id) else { return };
        // What somebody writes under it right now stays where it is.
        let is_needed = self.is_answered(place) || self.at(place).is_some_and(|node| node.panel.is_some());
        if is_needed {
            self.leave_mark(place, id);
            return;
        }
        let parent = self.at(place).and_then(|node| node.answers.clone());
        self.edit(place, &mut |nodes, at| drop(nodes.remove(at)));
        self.forest.remove(id);
        if let Place::Shown(_) = place {
            self.shown -= 1;
        }
        if let Some(parent) = parent {
            self.has_lost_reply(&parent.id);
        }
    }

    /// Leaves a mark in the place of the comment with this id, where that is here.
    pub fn mark(&mut self, id: &str) {
        if let Some(place) = self.place(id) {
            self.leave_mark(place, id);
        }
    }

    /// Whose comment it was, its replies do not tell any more either.
    fn leave_mark(&mut self, place: Place, id: &str) {
        self.change(id, &mut |node| node.comment = Rc::new(emptied(&node.comment)));
        let Some(mark) = self.at(place).map(|node| node.comment.clone()) else { return };
        for reply in self.branch(place) {
            if self.at(reply).is_some_and(|node| node.comment.parent.as_deref() == Some(id)) {
                self.edit(reply, &mut |nodes, at| Rc::make_mut(&mut nodes[at]).answers = Some(mark.clone()));
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

    pub(super) fn place(&self, id: &str) -> Option<Place> {
        // The table knows at once what is not here, as most of what happens elsewhere is not.
        self.forest.find(id)?;
        let at = |nodes: &[Rc<Node>]| nodes.iter().position(|node| node.comment.id == id);
        if let Some(at) = at(&self.waiting) {
            return Some(Place::Waiting(at));
        }
        if let Some(at) = at(&self.own) {
            return Some(Place::Own(at));
        }
        let mut before = 0;
        for nodes in self.leaves() {
            if let Some(at) = at(nodes) {
                return Some(Place::Shown(before + at));
            }
            before += nodes.len();
        }
        None
    }

    /// The places of all that answers a comment, and answers that: they follow it without a gap.
    pub(super) fn branch(&self, root: Place) -> Vec<Place> {
        let Some(depth) = self.at(root).map(|node| node.depth) else { return Vec::new() };
        let mut branch = Vec::new();
        let mut next = self.after(root);
        while let Some(place) = next.filter(|&place| self.at(place).is_some_and(|node| node.depth > depth)) {
            branch.push(place);
            next = self.after(place);
        }
        branch
    }

    fn is_answered(&self, place: Place) -> bool {
        let depth = |place| self.at(place).map(|node| node.depth);
        self.after(place).is_some_and(|next| depth(next) > depth(place))
    }

    fn after(&self, place: Place) -> Option<Place> {
        let next = match place {
            Place::Shown(at) if at + 1 < self.shown => Place::Shown(at + 1),
            Place::Shown(_) => Place::Waiting(0),
            Place::Waiting(at) => Place::Waiting(at + 1),
            Place::Own(at) => Place::Own(at + 1),
        };
        self.at(next).map(|_| next)
    }

    pub(super) fn at(&self, place: Place) -> Option<&Node> {
        match place {
            Place::Waiting(at) => self.waiting.get(at).map(Rc::as_ref),
            Place::Own(at) => self.own.get(at).map(Rc::as_ref),
            Place::Shown(mut at) => {
                for nodes in self.leaves() {
                    match nodes.get(at) {
                        Some(node) => return Some(node),
                        None => at -= nodes.len(),
                    }
                }
                None
            }
        }
    }

    /// The chunks of comments that are shown, in display order.
    pub(super) fn leaves(&self) -> impl Iterator<Item = &Nodes> {
        let inner = self.groups.iter().flat_map(|group| match group {
            Chunk::Group(chunks) => chunks.as_slice(),
            Chunk::Comments(_) => std::slice::from_ref(group),
        });
        inner.filter_map(|chunk| if let Chunk::Comments(nodes) = chunk { Some(nodes) } else { None })
    }

    /// Changes what stands at a place, and makes the chunk it stands in another one.
    pub(super) fn edit(&mut self, place: Place, edit: Edit) {
        match place {
            Place::Waiting(at) => edit(&mut self.waiting, at),
            Place::Own(at) => edit(Rc::make_mut(&mut self.own), at),
            Place::Shown(mut at) => {
                for group in &mut self.groups {
                    let Chunk::Group(chunks) = group else { continue };
                    let Some(number) = holding(chunks, &mut at) else { continue };
                    if let Chunk::Comments(nodes) = &mut Rc::make_mut(chunks)[number] {
                        edit(Rc::make_mut(nodes), at);
                    }
                    return;
                }
            }
        }
    }
}

/// Which of `chunks` holds the comment number `at`, which becomes its number there.
fn holding(chunks: &[Chunk], at: &mut usize) -> Option<usize> {
    for (number, chunk) in chunks.iter().enumerate() {
        let Chunk::Comments(nodes) = chunk else { continue };
        if *at < nodes.len() {
            return Some(number);
        }
        *at -= nodes.len();
    }
    None
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
