//! The loaded comments: the shown ones, in chunks, and the waiting ones.

use std::rc::Rc;

use dumka_api::{Comment, CommentId, Sort};

use super::comment_index::CommentIndex;
use super::form::Composer;
use super::node::{Node, Replies};

mod fold;
mod position;
mod update;

/// Number of comments in a full group. Showing more costs, here and in the browser's layout, a look at every group
/// and at every comment of the last one; fifty keep both short for ten thousand comments.
const GROUP_CAPACITY: usize = 50;

/// Comments in display order, shared down to each of them, so that a change of one costs what one costs.
pub type Nodes = Rc<Vec<Rc<Node>>>;

/// Comments that were shown together, or a group of such chunks. A chunk is never changed in place, so the same
/// allocation means the same comments.
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

impl Chunk {
    /// Returns `true` if it holds the comment with this id. The cost is a look at each of its comments.
    pub fn contains(&self, id: &str) -> bool {
        match self {
            Self::Comments(nodes) => nodes.iter().any(|node| node.comment.id == id),
            Self::Group(chunks) => chunks.iter().any(|chunk| chunk.contains(id)),
        }
    }
}

/// The loaded comments of a thread.
#[derive(Debug, PartialEq)]
pub struct List {
    /// The shown comments, in groups.
    pub groups: Vec<Chunk>,
    /// Comments that no list response has had yet: the reader's own and live ones. They stand first if the newest
    /// come first, or else last.
    pub detached: Nodes,
    /// The open form under one of them. It may wait for its comment, where that is not loaded in another order yet.
    pub panel: Option<Rc<Composer>>,
    shown: usize,
    /// Number of comments for which the last group has room.
    group_room: usize,
    waiting: Vec<Rc<Node>>,
    index: CommentIndex,
}

impl List {
    /// Creates a list of waiting comments in display order. They make one group, as a prerendered thread is one list.
    pub fn new(comments: Vec<Comment>) -> Self {
        let mut list = Self {
            groups: Vec::new(),
            detached: Nodes::default(),
            panel: None,
            shown: 0,
            group_room: comments.len().max(GROUP_CAPACITY),
            waiting: Vec::new(),
            index: CommentIndex::default(),
        };
        list.extend(comments);
        list
    }

    /// Number of shown comments, without the detached ones.
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// Number of loaded comments that are not shown yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Returns `true` if no comment is loaded.
    pub fn is_empty(&self) -> bool {
        self.shown + self.waiting.len() + self.detached.len() == 0
    }

    /// Appends comments in display order. Detached ones among them are attached; others that are in the list keep
    /// their positions. If a branch continues, detached replies still end it.
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

    /// Appends a waiting comment. The first reply follows its parent, and marks it as replied to.
    fn append(&mut self, comment: Comment) {
        let node = self.index.insert(comment);
        if node.depth > 0 {
            self.mark_last_replied(node.depth - 1);
        }
        self.waiting.push(Rc::new(node));
    }

    /// Returns the last position of the list.
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

    /// Shows up to `number` waiting comments; returns the id of the first of them.
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

    /// Shows the waiting comments up to the one with this id.
    fn show_until(&mut self, id: &str) {
        if let Some(Position::Waiting(at)) = self.position(id) {
            self.show(at + 1);
        }
    }

    /// Inserts a detached top-level comment; returns `false` if it is in the list, as after a retried request.
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

    /// Returns `true` if the parent of a comment is loaded.
    pub fn contains_parent(&self, comment: &Comment) -> bool {
        comment.parent.as_deref().is_some_and(|parent| self.contains(parent))
    }

    /// Returns `true` if the comment with this id is loaded.
    pub fn contains(&self, id: &str) -> bool {
        self.index.get(id).is_some()
    }
}

/// The position of a comment in one of the three parts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Among the shown comments.
    Shown(usize),
    /// Among the waiting comments.
    Waiting(usize),
    /// Among the detached comments.
    Detached(usize),
}
