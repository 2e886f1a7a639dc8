//! The comments that are here: those that are shown, in chunks, and those that wait for their turn.

use std::rc::Rc;

use dumka_api::{Comment, CommentId, Sort};

use super::comment_index::CommentIndex;
use super::node::{Node, Replies};

mod fold;
mod position;
mod update;

/// Comments after which a group is full. What is shown next costs, here and in the browser's layout, a look at
/// every group and at every comment of the last one; fifty keep both short for ten thousand comments.
const GROUP_CAPACITY: usize = 50;

/// Comments in display order, shared down to each of them, so that a change of one costs what one costs.
pub type Nodes = Rc<Vec<Rc<Node>>>;

/// Comments that came on the screen together, or a group of such chunks. It is never changed in place, so the
/// same allocation is the same comments.
#[derive(Debug, Clone)]
pub enum Chunk {
    /// Comments in display order.
    Comments(Nodes),
    /// Chunks in display order.
    Group(Rc<Vec<Self>>),
}

impl PartialEq for Chunk {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Comments(one), Self::Comments(other)) => Rc::ptr_eq(one, other),
            (Self::Group(one), Self::Group(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// The comments of a thread that are here.
#[derive(Debug, PartialEq)]
pub struct List {
    /// What is shown, in groups.
    pub groups: Vec<Chunk>,
    /// Comments that came outside the list, which it has not brought yet: written here, or by others meanwhile. They
    /// stand before all where the newest stand first, else after all.
    pub detached: Nodes,
    shown: usize,
    /// How many more the last group takes.
    group_room: usize,
    waiting: Vec<Rc<Node>>,
    index: CommentIndex,
}

impl List {
    /// Comments in display order, of which none is shown yet. They make one group, as an answer that is read
    /// without a script is one list.
    pub fn new(comments: Vec<Comment>) -> Self {
        let mut list = Self {
            groups: Vec::new(),
            detached: Nodes::default(),
            shown: 0,
            group_room: comments.len().max(GROUP_CAPACITY),
            waiting: Vec::new(),
            index: CommentIndex::default(),
        };
        list.extend(comments);
        list
    }

    /// How many are shown, without those written here.
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// How many are here and not shown.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether there is nothing to show, now or next.
    pub fn is_empty(&self) -> bool {
        self.shown + self.waiting.len() + self.detached.len() == 0
    }

    /// Takes in comments that follow in display order. One that came outside the list stands among them from now on;
    /// one that has its place already keeps it. A branch may go on in the next answer, and what was written here
    /// still ends it.
    pub fn extend(&mut self, comments: Vec<Comment>) {
        let last = self.remove_trailing_replies();
        for comment in comments {
            let detached = self.detached.iter().position(|detached| detached.comment.id == comment.id);
            if let Some(detached) = detached {
                Rc::make_mut(&mut self.detached).remove(detached);
            }
            if detached.is_some() || !self.contains(&comment.id) {
                self.append(comment);
            }
        }
        for node in last.into_iter().chain(self.remove_reattachable()) {
            if !self.contains(&node.comment.id) {
                self.insert_reply(node);
            }
        }
    }

    /// The first reply to a comment follows it, and so tells it that it is answered.
    fn append(&mut self, comment: Comment) {
        let node = self.index.insert(comment);
        if node.depth > 0 {
            self.mark_last_replied(node.depth - 1);
        }
        self.waiting.push(Rc::new(node));
    }

    /// The last place of the list.
    fn last(&self) -> Option<Position> {
        match (self.waiting.len(), self.shown) {
            (0, 0) => None,
            (0, shown) => Some(Position::Shown(shown - 1)),
            (waiting, _) => Some(Position::Waiting(waiting - 1)),
        }
    }

    fn mark_last_replied(&mut self, depth: u32) {
        let Some(last) = self.last() else { return };
        let is_first = |node: &Node| node.depth == depth && node.replies == Replies::None;
        if self.node_at(last).is_some_and(is_first) {
            self.modify(last, &mut |nodes, at| Rc::make_mut(&mut nodes[at]).replies = Replies::Shown);
        }
    }

    /// Shows the next of those that wait, up to so many; the id of the first of them.
    pub fn show(&mut self, number: usize) -> Option<CommentId> {
        let number = number.min(self.waiting.len());
        let rest = self.waiting.split_off(number);
        let mut nodes = std::mem::replace(&mut self.waiting, rest);
        let first = nodes.first()?.comment.id.clone();
        self.hide_folded(&mut nodes);
        self.shown += number;
        let chunk = Chunk::Comments(Rc::new(nodes));
        match self.groups.last_mut() {
            Some(Chunk::Group(open)) if self.group_room > 0 => Rc::make_mut(open).push(chunk),
            Some(_) => {
                self.group_room = GROUP_CAPACITY;
                self.groups.push(Chunk::Group(Rc::new(vec![chunk])));
            }
            None => self.groups.push(Chunk::Group(Rc::new(vec![chunk]))),
        }
        self.group_room = self.group_room.saturating_sub(number);
        Some(first)
    }

    /// Shows those that wait up to the one with this id, where that waits.
    fn show_until(&mut self, id: &str) {
        if let Some(Position::Waiting(at)) = self.position(id) {
            self.show(at + 1);
        }
    }

    /// Shows a top-level comment that came outside the list; whether it is a new one, for a retried post may bring
    /// one that is here.
    pub fn insert_detached(&mut self, comment: Comment, sort: Sort) -> bool {
        if self.contains(&comment.id) {
            return false;
        }
        let node = self.index.insert(comment);
        let detached = Rc::make_mut(&mut self.detached);
        let position = if sort == Sort::Newest { 0 } else { detached.len() };
        detached.insert(position, Rc::new(node));
        true
    }

    /// Whether what a comment answers is here.
    pub fn contains_parent(&self, comment: &Comment) -> bool {
        comment.parent.as_deref().is_some_and(|parent| self.contains(parent))
    }

    /// Whether the comment with this id is here.
    pub fn contains(&self, id: &str) -> bool {
        self.index.get(id).is_some()
    }
}

/// Where a comment is: the number of its place among its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Shown as a part of the list.
    Shown(usize),
    /// Not shown yet.
    Waiting(usize),
    /// Come outside the list.
    Detached(usize),
}
