//! Places the comments of a flat list in the tree they form.

use std::rc::Rc;

use dumka_api::Comment;

/// A comment at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The comment; shared so that drawing again costs nothing.
    pub comment: Rc<Comment>,
    /// How many comments stand above it in the tree.
    pub depth: u32,
    /// The comment it answers, where that is here.
    pub answers: Option<Rc<Comment>>,
}

/// All comments that were placed, found by their ids: an open hash table, always half empty at least. A map of
/// the standard library would weigh ten times as much in the bundle.
#[derive(Debug, Default, PartialEq)]
pub struct Forest {
    slots: Vec<Option<Node>>,
    number: usize,
}

impl Forest {
    /// Places a comment under its parent, in amortised constant time. Each comment follows its parent, as the
    /// list promises; one whose parent is not here stands as a top-level comment.
    pub fn plant(&mut self, comment: Comment) -> Node {
        let parent = comment.parent.as_deref().and_then(|id| self.find(id));
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        let answers = parent.map(|parent| parent.comment.clone());
        let node = Node { comment: Rc::new(comment), depth, answers };
        self.keep(node.clone());
        node
    }

    /// The comment with that id, where it was placed.
    pub fn find(&self, id: &str) -> Option<&Node> {
        self.slots.get(self.slot(id))?.as_ref()
    }

    fn keep(&mut self, node: Node) {
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
