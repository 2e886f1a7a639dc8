//! Finds and modifies comments by position. A search walks all comments, which takes less time than drawing one.

use std::rc::Rc;

use super::{Chunk, List, Nodes, Position};
use crate::state::node::Node;

/// Modifies the slice that holds a comment, whose index in it is given.
type Modify<'a> = &'a mut dyn FnMut(&mut Vec<Rc<Node>>, usize);

impl List {
    pub(super) fn position(&self, id: &str) -> Option<Position> {
        // The table knows at once what is not here, as most of what happens elsewhere is not.
        self.index.get(id)?;
        let at = |nodes: &[Rc<Node>]| nodes.iter().position(|node| node.comment.id == id);
        if let Some(at) = at(&self.waiting) {
            return Some(Position::Waiting(at));
        }
        if let Some(at) = at(&self.detached) {
            return Some(Position::Detached(at));
        }
        let mut before = 0;
        for nodes in self.chunks() {
            if let Some(at) = at(nodes) {
                return Some(Position::Shown(before + at));
            }
            before += nodes.len();
        }
        None
    }

    /// Returns all replies below a comment; they follow it without a gap.
    pub(super) fn branch(&self, root: Position) -> Vec<Rc<Node>> {
        let Some(depth) = self.node_at(root).map(|node| node.depth) else { return Vec::new() };
        let (Position::Shown(at) | Position::Waiting(at) | Position::Detached(at)) = root;
        let mut nodes = Vec::new();
        if let Position::Shown(_) = root {
            self.chunks().for_each(|shown| nodes.extend_from_slice(shown));
        }
        nodes.extend_from_slice(if let Position::Detached(_) = root {
            &self.detached
        } else {
            &self.waiting
        });
        let mut branch = nodes.split_off(at + 1);
        let number = branch.iter().position(|node| node.depth <= depth);
        branch.truncate(number.unwrap_or(usize::MAX));
        branch
    }

    /// Replaces a branch chunk by chunk, since ten thousand searches for a position would hold up a phone.
    pub(super) fn replace_branch(&mut self, root: Position, mut branch: &[Rc<Node>]) {
        let mut position = self.offset(root, 1);
        while !branch.is_empty() {
            let mut number = branch.len();
            self.modify(position, &mut |nodes, at| {
                number = number.min(nodes.len() - at);
                nodes[at..at + number].clone_from_slice(&branch[..number]);
            });
            position = self.offset(position, number);
            branch = &branch[number..];
        }
    }

    pub(super) fn has_replies(&self, position: Position) -> bool {
        let depth = |position| self.node_at(position).map(|node| node.depth);
        self.after(position).is_some_and(|next| depth(next) > depth(position))
    }

    fn after(&self, position: Position) -> Option<Position> {
        let next = self.offset(position, 1);
        self.node_at(next).map(|_| next)
    }

    /// Returns the position `number` places further.
    pub(super) fn offset(&self, position: Position, number: usize) -> Position {
        match position {
            Position::Shown(at) if at + number < self.shown => Position::Shown(at + number),
            Position::Shown(at) => Position::Waiting(at + number - self.shown),
            Position::Waiting(at) => Position::Waiting(at + number),
            Position::Detached(at) => Position::Detached(at + number),
        }
    }

    pub(super) fn node_at(&self, position: Position) -> Option<&Node> {
        match position {
            Position::Waiting(at) => self.waiting.get(at).map(Rc::as_ref),
            Position::Detached(at) => self.detached.get(at).map(Rc::as_ref),
            Position::Shown(mut at) => {
                for nodes in self.chunks() {
                    match nodes.get(at) {
                        Some(node) => return Some(node),
                        None => at -= nodes.len(),
                    }
                }
                None
            }
        }
    }

    /// Iterates over the chunks of shown comments, in display order.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &Nodes> {
        let inner = self.groups.iter().flat_map(|group| match group {
            Chunk::Group(chunks) => chunks.as_slice(),
            Chunk::Comments(_) => std::slice::from_ref(group),
        });
        inner.filter_map(|chunk| if let Chunk::Comments(nodes) = chunk { Some(nodes) } else { None })
    }

    /// Modifies a comment, and replaces the chunk that holds it.
    pub(super) fn modify(&mut self, position: Position, modify: Modify) {
        match position {
            Position::Waiting(at) => modify(&mut self.waiting, at),
            Position::Detached(at) => modify(Rc::make_mut(&mut self.detached), at),
            Position::Shown(mut at) => {
                for group in &mut self.groups {
                    let Chunk::Group(chunks) = group else { continue };
                    let Some(number) = chunk_at(chunks, &mut at) else { continue };
                    if let Chunk::Comments(nodes) = &mut Rc::make_mut(chunks)[number] {
                        modify(Rc::make_mut(nodes), at);
                    }
                    return;
                }
            }
        }
    }
}

/// Finds the chunk with the comment at index `at`, which becomes its index in that chunk.
fn chunk_at(chunks: &[Chunk], at: &mut usize) -> Option<usize> {
    for (number, chunk) in chunks.iter().enumerate() {
        let Chunk::Comments(nodes) = chunk else { continue };
        if *at < nodes.len() {
            return Some(number);
        }
        *at -= nodes.len();
    }
    None
}
