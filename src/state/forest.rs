//! Places the comments of a flat list in the tree they form.

use std::rc::Rc;

use dumka_api::Comment;

use super::composer::Composer;
use super::failure::Failure;

/// A comment at its place, with what this reader sees and does there.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The comment; shared so that drawing again costs nothing.
    pub comment: Rc<Comment>,
    /// How many comments stand above it in the tree.
    pub depth: u32,
    /// The comment it answers, where that is here.
    pub answers: Option<Rc<Comment>>,
    /// Whether it came outside the list, which has not brought it.
    pub is_outside: bool,
    /// The replies to it.
    pub replies: Replies,
    /// Whether it stands in a branch that is folded up.
    pub is_hidden: bool,
    /// The reader's vote: 1, 0 or -1.
    pub vote: i8,
    /// Minutes in which the reader can still change it, where it is the reader's own.
    pub minutes_left: Option<u32>,
    /// The form that stands under it.
    pub panel: Option<Rc<Composer>>,
    /// Why the reader's last vote did not count.
    pub trouble: Option<Rc<Failure>>,
}

impl Node {
    /// A comment that nobody has touched.
    pub fn new(comment: Comment, depth: u32, answers: Option<Rc<Comment>>) -> Self {
        let (comment, replies) = (Rc::new(comment), Replies::None);
        let [is_outside, is_hidden] = [false, false];
        let (vote, minutes_left, panel, trouble) = (0, None, None, None);
        Self { comment, depth, answers, is_outside, replies, is_hidden, vote, minutes_left, panel, trouble }
    }

    /// Whether what answers it cannot be seen.
    pub fn hides_replies(&self) -> bool {
        self.is_hidden || matches!(self.replies, Replies::Folded(_))
    }
}

/// The replies to a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replies {
    /// There are none.
    None,
    /// They stand under it.
    Shown,
    /// They are folded up, and all that answers them: so many comments.
    Folded(u32),
}

/// All comments that were placed, found by their ids: an open hash table, always half empty at least. A map of
/// the standard library would weigh ten times as much in the bundle.
#[derive(Debug, Default, PartialEq)]
pub struct Forest {
    slots: Vec<Option<Planted>>,
    number: usize,
}

/// What the replies to a comment need to know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Planted {
    /// The comment.
    pub comment: Rc<Comment>,
    /// How many comments stand above it in the tree.
    pub depth: u32,
    /// Whether what answers it cannot be seen.
    pub hides_replies: bool,
}

impl Forest {
    /// Places a comment under its parent, in amortised constant time. Each comment follows its parent, as the
    /// list promises; one whose parent is not here stands as a top-level comment.
    pub fn plant(&mut self, comment: Comment) -> Node {
        let parent = comment.parent.as_deref().and_then(|id| self.find(id));
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        let answers = parent.map(|parent| parent.comment.clone());
        let node = Node::new(comment, depth, answers);
        self.renew(&node);
        node
    }

    /// Takes in what has become of a comment that was placed.
    pub fn renew(&mut self, node: &Node) {
        let comment = node.comment.clone();
        self.keep(Planted { comment, depth: node.depth, hides_replies: node.hides_replies() });
    }

    /// The comment with that id, where it was placed.
    pub fn find(&self, id: &str) -> Option<&Planted> {
        self.slots.get(self.slot(id))?.as_ref()
    }

    /// Forgets a comment. What stood behind it in the table moves up, so that it is still found.
    pub fn remove(&mut self, id: &str) {
        let mut slot = self.slot(id);
        if self.slots.get(slot).is_none_or(Option::is_none) {
            return;
        }
        self.slots[slot] = None;
        self.number -= 1;
        loop {
            slot = (slot + 1) & (self.slots.len() - 1);
            let Some(next) = self.slots[slot].take() else { return };
            let free = self.slot(&next.comment.id);
            self.slots[free] = Some(next);
        }
    }

    fn keep(&mut self, node: Planted) {
        if self.slots.len() <= 2 * self.number {
            self.grow();
        }
        let slot = self.slot(&node.comment.id);
        self.number += usize::from(self.slots[slot].replace(node).is_none());
    }

    fn grow(&mut self) {
        let doubled = vec![None; (2 * self.slots.len()).max(64)];
        for node in std::mem::replace(&mut self.slots, doubled).into_iter().flatten() {
            let slot = self.slot(&node.comment.id);
            self.slots[slot] = Some(node);
        }
    }

    /// Where the comment with that id stands or would stand; 0 where there are no slots yet.
    fn slot(&self, id: &str) -> usize {
        // The number of slots is a power of two.
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash(id) as usize & mask;
        while self.slots.get(slot).and_then(Option::as_ref).is_some_and(|node| node.comment.id != id) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// FNV-1a, by Fowler, Noll and Vo. Ids are the endpoint's, not the readers': nobody chooses them to collide.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
