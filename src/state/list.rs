//! The comments that are here: those that are shown, in chunks, and those that wait for their turn.

use std::rc::Rc;

use dumka_api::{Comment, Sort};

use super::forest::{Forest, Node};

/// Comments after which a group is full. What is shown next costs, here and in the browser's layout, a look at
/// every group and at every comment of the last one; fifty keep both short for ten thousand comments.
const GROUP_FULL: usize = 50;

/// Comments that came on the screen together, or a group of such chunks. It is never changed in place, so the
/// same allocation is the same comments.
#[derive(Debug, Clone)]
pub enum Chunk {
    /// Comments in display order.
    Comments(Rc<[Node]>),
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
    /// Comments written here, which the list has not brought yet. They stand before all where the newest stand
    /// first, else after all.
    pub own: Rc<[Node]>,
    shown: usize,
    /// How many more the last group takes.
    room: usize,
    waiting: Vec<Node>,
    forest: Forest,
}

impl List {
    /// Comments in display order, of which none is shown yet. They make one group, as an answer that is read
    /// without a script is one list.
    pub fn new(comments: Vec<Comment>) -> Self {
        let mut list = Self {
            groups: Vec::new(),
            own: Rc::new([]),
            shown: 0,
            room: comments.len().max(GROUP_FULL),
            waiting: Vec::new(),
            forest: Forest::default(),
        };
        list.add(comments);
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
        self.shown + self.waiting.len() + self.own.len() == 0
    }

    /// Takes in comments that follow in display order; one that was written here stands among them from now on.
    pub fn add(&mut self, comments: Vec<Comment>) {
        let is_own = |own: &Node| comments.iter().any(|comment| comment.id == own.comment.id);
        if self.own.iter().any(is_own) {
            self.own = self.own.iter().filter(|own| !is_own(own)).cloned().collect();
        }
        let Self { waiting, forest, .. } = self;
        waiting.extend(comments.into_iter().map(|comment| forest.plant(comment)));
    }

    /// Shows the next of those that wait, up to so many; the id of the first of them.
    pub fn show(&mut self, number: usize) -> Option<String> {
        let number = number.min(self.waiting.len());
        let nodes: Rc<[Node]> = self.waiting.drain(..number).collect();
        let first = nodes.first()?.comment.id.clone();
        self.shown += number;
        let chunk = Chunk::Comments(nodes);
        match self.groups.last_mut() {
            Some(Chunk::Group(open)) if self.room > 0 => Rc::make_mut(open).push(chunk),
            Some(_) => {
                self.room = GROUP_FULL;
                self.groups.push(Chunk::Group(Rc::new(vec![chunk])));
            }
            None => self.groups.push(Chunk::Group(Rc::new(vec![chunk]))),
        }
        self.room = self.room.saturating_sub(number);
        Some(first)
    }

    /// Shows a comment written here; whether it is a new one, for a retried post may bring one that is here.
    pub fn add_own(&mut self, comment: Comment, sort: Sort) -> bool {
        let is_here = self.own.iter().any(|own| own.comment.id == comment.id);
        if is_here || self.forest.find(&comment.id).is_some() {
            return false;
        }
        let mut own = self.own.to_vec();
        let place = if sort == Sort::Newest { 0 } else { own.len() };
        own.insert(place, Node { comment: Rc::new(comment), depth: 0, answers: None });
        self.own = own.into();
        true
    }
}
