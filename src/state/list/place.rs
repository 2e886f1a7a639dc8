//! Where comments are. One is looked for by walking all of them, which takes less time than drawing one.

use std::rc::Rc;

use super::{Chunk, List, Nodes, Place};
use crate::state::forest::Node;

/// Changes the comments that stand together with one, whose number among them is told.
type Edit<'a> = &'a mut dyn FnMut(&mut Vec<Rc<Node>>, usize);

impl List {
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

    /// All that answers a comment, and answers that: it follows it without a gap.
    pub(super) fn branch(&self, root: Place) -> Vec<Rc<Node>> {
        let Some(depth) = self.at(root).map(|node| node.depth) else { return Vec::new() };
        let (Place::Shown(at) | Place::Waiting(at) | Place::Own(at)) = root;
        let mut nodes = Vec::new();
        if let Place::Shown(_) = root {
            self.leaves().for_each(|shown| nodes.extend_from_slice(shown));
        }
        nodes.extend_from_slice(if let Place::Own(_) = root { &self.own } else { &self.waiting });
        let mut branch = nodes.split_off(at + 1);
        let number = branch.iter().position(|node| node.depth <= depth);
        branch.truncate(number.unwrap_or(usize::MAX));
        branch
    }

    /// Puts a branch in the place of what it was, chunk by chunk: a place that is looked up for each of ten thousand
    /// comments would hold up a phone.
    pub(super) fn put_branch(&mut self, root: Place, mut branch: &[Rc<Node>]) {
        let mut place = self.forward(root, 1);
        while !branch.is_empty() {
            let mut number = branch.len();
            self.edit(place, &mut |nodes, at| {
                number = number.min(nodes.len() - at);
                nodes[at..at + number].clone_from_slice(&branch[..number]);
            });
            place = self.forward(place, number);
            branch = &branch[number..];
        }
    }

    pub(super) fn is_answered(&self, place: Place) -> bool {
        let depth = |place| self.at(place).map(|node| node.depth);
        self.after(place).is_some_and(|next| depth(next) > depth(place))
    }

    fn after(&self, place: Place) -> Option<Place> {
        let next = self.forward(place, 1);
        self.at(next).map(|_| next)
    }

    /// So many places further.
    pub(super) fn forward(&self, place: Place, number: usize) -> Place {
        match place {
            Place::Shown(at) if at + number < self.shown => Place::Shown(at + number),
            Place::Shown(at) => Place::Waiting(at + number - self.shown),
            Place::Waiting(at) => Place::Waiting(at + number),
            Place::Own(at) => Place::Own(at + number),
        }
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
